//! The indicator table of a form: its columns and the levels an edition knows.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    layout::{Need, is_default},
    path::IndicatorField,
};

/// The indicator table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorLayout {
    /// Caption at the side ("绩效指标").
    pub caption: String,
    /// Columns in printed order.
    pub columns: Vec<IndicatorColumn>,
    /// First-level indicators in printed order; empty where the form has no levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<FirstLevel>,
    /// Whether other first- and second-level captions than those listed are usual.
    #[serde(default, skip_serializing_if = "is_default")]
    pub free_levels: bool,
    /// Where weight and score stand.
    #[serde(default)]
    pub scored_by: ScoredBy,
}

/// Where weight and score of indicators stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScoredBy {
    /// In every row.
    #[default]
    Row,
    /// In a cell merged over the second-level group.
    Group,
    /// The form has no weights and scores.
    Nothing,
}

/// A column of the indicator table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorColumn {
    /// What stands in it.
    pub role: IndicatorRole,
    /// Printed caption.
    pub caption: String,
    /// Key of the stored text; only for [`IndicatorRole::Extra`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Relative width on paper; 10 is a middling column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
}

/// What stands in a column of the indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorRole {
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标
    Name,
    /// 指标性质, 计算符号
    Nature,
    /// 指标值
    Target,
    /// 度量单位
    Unit,
    /// 实际完成值
    Actual,
    /// 分值
    Weight,
    /// 得分
    Score,
    /// 偏差原因分析及改进措施
    Deviation,
    /// Anything else; see the column's key.
    Extra,
}

impl IndicatorRole {
    /// The role of the column in which a field of a row stands.
    pub fn of(field: &IndicatorField) -> Self {
        match field {
            IndicatorField::Name => Self::Name,
            IndicatorField::Nature => Self::Nature,
            IndicatorField::Target => Self::Target,
            IndicatorField::Unit => Self::Unit,
            IndicatorField::Actual | IndicatorField::Tier => Self::Actual,
            IndicatorField::Weight => Self::Weight,
            IndicatorField::Score => Self::Score,
            IndicatorField::Deviation => Self::Deviation,
            IndicatorField::Extra(_) => Self::Extra,
        }
    }

    /// The usual caption, for editions that have no such column.
    pub fn usual_caption(self) -> &'static str {
        match self {
            Self::Level1 => "一级指标",
            Self::Level2 => "二级指标",
            Self::Name => "三级指标",
            Self::Nature => "指标性质",
            Self::Target => "年度指标值",
            Self::Unit => "度量单位",
            Self::Actual => "实际完成值",
            Self::Weight => "分值",
            Self::Score => "得分",
            Self::Deviation => "偏差原因分析及改进措施",
            Self::Extra => "其他",
        }
    }
}

/// 一级指标 as the edition knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstLevel {
    /// Name without points ("产出指标").
    pub name: String,
    /// Printed caption, points included ("产出指标（50分）"); the name where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Other names for the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Whether a form without it is incomplete.
    #[serde(default, skip_serializing_if = "is_default")]
    pub need: Need,
    /// What its indicators measure, where it has no second level that says so.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sense: Sense,
    /// 二级指标 in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<SecondLevel>,
}

/// 二级指标 as the edition knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondLevel {
    /// Name ("数量指标").
    pub name: String,
    /// Other names for the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Points the edition presets for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
    /// Whether a form without it is incomplete.
    #[serde(default, skip_serializing_if = "is_default")]
    pub need: Need,
    /// What its indicators measure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sense: Sense,
}

/// What an indicator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// 数量
    Quantity,
    /// 质量
    Quality,
    /// 时效
    Timeliness,
    /// 成本
    Cost,
    /// 经济效益
    Economic,
    /// 社会效益
    Social,
    /// 生态效益
    Ecological,
    /// 可持续影响
    Sustainable,
    /// 满意度
    Satisfaction,
    /// None of these, or not known.
    #[default]
    Other,
}

impl Sense {
    /// Whether it is one of 产出指标's.
    pub fn is_output(self) -> bool {
        matches!(
            self,
            Self::Quantity | Self::Quality | Self::Timeliness | Self::Cost
        )
    }

    /// Whether it is one of 效益指标's.
    pub fn is_benefit(self) -> bool {
        matches!(
            self,
            Self::Economic | Self::Social | Self::Ecological | Self::Sustainable
        )
    }

    /// The sense that a caption's own words tell.
    pub fn of_caption(caption: &str) -> Self {
        const WORDS: &[(&str, Sense)] = &[
            ("满意", Sense::Satisfaction),
            ("数量", Sense::Quantity),
            ("质量", Sense::Quality),
            ("时效", Sense::Timeliness),
            ("进度", Sense::Timeliness),
            ("成本", Sense::Cost),
            ("经济效益", Sense::Economic),
            ("社会效益", Sense::Social),
            ("生态", Sense::Ecological),
            ("环境效益", Sense::Ecological),
            ("可持续", Sense::Sustainable),
        ];
        WORDS
            .iter()
            .find(|(word, _)| caption.contains(word))
            .map_or(Self::Other, |(_, sense)| *sense)
    }
}
