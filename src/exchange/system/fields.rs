//! What a column of a map names.

use super::SystemRows;
use crate::model::path::{BlockField, GoalField, IndicatorField, StatedField};

/// A field as a map names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field<'m> {
    /// A header field, by key.
    Header(&'m str),
    /// What the form states of itself.
    Stated(StatedField),
    /// A cell of the fund table: "name", "remark" or a column's key.
    Fund(&'m str),
    /// A cell of a goal block.
    Goal(GoalField),
    /// 一级指标
    FirstLevel,
    /// 二级指标
    SecondLevel,
    /// The comparison sign, wherever it is written.
    Sign,
    /// The target's number without sign and unit.
    Value,
    /// The unit, wherever it is written.
    Unit,
    /// 分值 or 得分, of the row or of the cell merged over it.
    Points(BlockField),
    /// 偏差原因, of the row or of the cell merged over it.
    Reason,
    /// Any other cell of an indicator row.
    Row(IndicatorField),
    /// A field at the foot, by key.
    Footer(&'m str),
    /// A further text, by key.
    Text(&'m str),
}

/// The field that a map calls `name` in a table of such rows; `None` where there is none.
pub(super) fn field(rows: SystemRows, name: &str) -> Option<Field<'_>> {
    match rows {
        SystemRows::Project => of_project(name),
        SystemRows::Funds => is_key(name).then_some(Field::Fund(name)),
        SystemRows::Goals => of_goal(name).map(Field::Goal),
        SystemRows::Indicators => of_indicator(name),
        SystemRows::Foot => match name.split_once(':')? {
            ("footer", key) if is_key(key) => Some(Field::Footer(key)),
            ("text", key) if is_key(key) => Some(Field::Text(key)),
            _ => None,
        },
    }
}

/// What can be named in a table of such rows, in words.
pub(super) fn known(rows: SystemRows) -> &'static str {
    match rows {
        SystemRows::Project => "header:字段、total_score、total_weight、rating、money_unit",
        SystemRows::Funds => "name、remark，或表样资金表的列标识，如 initial、adjusted、executed",
        SystemRows::Goals => "caption、weight、expected、actual、text:字段",
        SystemRows::Indicators => {
            "level1、level2、name、nature、sign、target、value、unit、actual、weight、score、deviation、extra:字段"
        }
        SystemRows::Foot => "footer:字段、text:字段",
    }
}

fn of_project(name: &str) -> Option<Field<'_>> {
    Some(match name {
        "total_score" => Field::Stated(StatedField::TotalScore),
        "total_weight" => Field::Stated(StatedField::TotalWeight),
        "rating" => Field::Stated(StatedField::Rating),
        "money_unit" => Field::Stated(StatedField::MoneyUnit),
        _ => Field::Header(name.strip_prefix("header:").filter(|key| is_key(key))?),
    })
}

fn of_goal(name: &str) -> Option<GoalField> {
    Some(match name {
        "caption" => GoalField::Caption,
        "weight" => GoalField::Weight,
        "expected" => GoalField::Expected,
        "actual" => GoalField::Actual,
        _ => GoalField::Text(name.strip_prefix("text:").filter(|key| is_key(key))?.into()),
    })
}

fn of_indicator(name: &str) -> Option<Field<'_>> {
    Some(match name {
        "level1" => Field::FirstLevel,
        "level2" => Field::SecondLevel,
        "name" => Field::Row(IndicatorField::Name),
        "nature" => Field::Row(IndicatorField::Nature),
        "sign" => Field::Sign,
        "target" => Field::Row(IndicatorField::Target),
        "value" => Field::Value,
        "unit" => Field::Unit,
        "actual" => Field::Row(IndicatorField::Actual),
        "weight" => Field::Points(BlockField::Weight),
        "score" => Field::Points(BlockField::Score),
        "deviation" => Field::Reason,
        _ => {
            let key = name.strip_prefix("extra:").filter(|key| is_key(key))?;
            Field::Row(IndicatorField::Extra(key.into()))
        }
    })
}

/// Whether an edition could have a key like this.
fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
