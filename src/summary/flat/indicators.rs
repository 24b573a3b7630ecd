//! A row for each indicator.

use rust_decimal::Decimal;

use crate::{
    model::measure::{Measure, MeasureCell, Quantity},
    score::Verdict,
    summary::{
        facts::{Facts, RowFacts},
        table::{Filled, Table, Value},
    },
};

type Row<'f, 'a> = RowFacts<'f, 'a>;

/// The table `indicators`.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let mut columns = places();
    columns.extend(values());
    columns.extend(scores());
    Table::of(
        "indicators",
        "指标",
        &columns,
        facts.iter().flat_map(Facts::rows),
    )
}

/// Where a row stands.
fn places<'f, 'a>() -> Vec<Filled<Row<'f, 'a>>> {
    vec![
        Filled("file", "文件", 16, |one| {
            Value::text(&one.facts.subject.file)
        }),
        Filled("project_id", "项目标识", 10, |one| {
            Value::text(one.facts.project.id.to_string())
        }),
        Filled("indicator_id", "指标标识", 10, |one| {
            Value::text(one.indicator.id.to_string())
        }),
        Filled("goal_number", "目标序号", 3, |one| {
            Value::Count(one.goal_number)
        }),
        Filled("goal", "目标", 8, |one| Value::text(&one.goal.caption)),
        Filled("section", "一级指标", 8, |one| {
            Value::text(one.section.name())
        }),
        Filled("group_id", "二级指标标识", 10, |one| {
            Value::text(one.group.id.to_string())
        }),
        Filled("group", "二级指标", 8, |one| {
            Value::text(one.group.name())
        }),
        Filled("number", "行号", 3, |one| Value::Count(one.number)),
        Filled("name", "三级指标", 16, |one| {
            Value::text(&one.indicator.name)
        }),
        Filled("part_of", "所属指标标识", 10, |one| {
            Value::text(
                one.indicator
                    .part_of
                    .map_or(String::new(), |id| id.to_string()),
            )
        }),
        Filled("counts", "是否计分", 4, |one| {
            Value::Flag(one.score.counts)
        }),
    ]
}

/// Target and actual value: as typed, and what they read as.
fn values<'f, 'a>() -> Vec<Filled<Row<'f, 'a>>> {
    vec![
        Filled("nature_text", "指标性质（原文）", 5, |one| {
            super::typed(&one.indicator.nature)
        }),
        Filled("target_text", "指标值（原文）", 10, |one| {
            super::typed(&one.indicator.target)
        }),
        Filled("target_operator", "计算符号", 3, |one| {
            let comparator = one.indicator.aim().and_then(|aim| aim.comparator);
            Value::text(comparator.map_or("", |comparator| comparator.sign()))
        }),
        Filled("target_kind", "指标值类型", 4, |one| {
            kind(&one.indicator.target)
        }),
        Filled("target_value", "指标值", 6, |one| {
            low(&one.indicator.target)
        }),
        Filled("target_high", "指标值上限", 6, |one| {
            high(&one.indicator.target)
        }),
        Filled("target_unit", "指标值单位", 5, |one| {
            Value::text(
                one.indicator
                    .aim()
                    .map_or(&*one.indicator.unit, |aim| aim.unit),
            )
        }),
        Filled("unit_text", "度量单位（原文）", 5, |one| {
            Value::text(&one.indicator.unit)
        }),
        Filled("actual_text", "实际完成值（原文）", 10, |one| {
            super::typed(&one.indicator.actual)
        }),
        Filled("actual_kind", "完成值类型", 4, |one| {
            kind(&one.indicator.actual)
        }),
        Filled("actual_value", "完成值", 6, |one| {
            low(&one.indicator.actual)
        }),
        Filled("actual_high", "完成值上限", 6, |one| {
            high(&one.indicator.actual)
        }),
        Filled("actual_unit", "完成值单位", 5, |one| {
            Value::text(one.indicator.actual.value().map_or("", Measure::unit))
        }),
        Filled("tier", "完成档次", 10, |one| {
            Value::text(
                one.indicator
                    .effective_tier()
                    .map_or("", |tier| tier.words()),
            )
        }),
        Filled("verdict", "是否达成", 4, |one| {
            Value::text(match one.score.verdict {
                Verdict::Met => "met",
                Verdict::Missed => "missed",
                Verdict::Open(_) => "open",
                Verdict::NotJudged => "",
            })
        }),
        Filled("open_reason", "不能判断的原因", 12, |one| {
            Value::text(match one.score.verdict {
                Verdict::Open(why) => why.words(),
                _ => "",
            })
        }),
    ]
}

/// Weights and scores, of the row and of a group that is scored as one.
fn scores<'f, 'a>() -> Vec<Filled<Row<'f, 'a>>> {
    vec![
        Filled("weight_text", "分值（原文）", 4, |one| {
            super::typed(&one.indicator.weight)
        }),
        Filled("weight", "分值", 4, |one| Value::number(one.score.weight)),
        Filled("score_text", "得分（原文）", 4, |one| {
            super::typed(&one.indicator.score)
        }),
        Filled("score_stated", "得分（填报）", 4, |one| {
            Value::number(one.score.filed)
        }),
        Filled("score_computed", "得分（测算）", 4, |one| {
            Value::number(one.score.computed)
        }),
        Filled("group_scored_as_one", "按组计分", 4, |one| {
            Value::Flag(one.group_score.as_one)
        }),
        Filled("group_weight", "组分值", 4, |one| {
            of_group(one, |score| {
                (score.weight.count > 0).then_some(score.weight.value)
            })
        }),
        Filled("group_score_stated", "组得分（填报）", 4, |one| {
            of_group(one, |score| {
                (score.filed.count > 0).then_some(score.filed.value)
            })
        }),
        Filled("group_score_computed", "组得分（测算）", 4, |one| {
            of_group(one, |score| score.computed)
        }),
        Filled("deviation", "偏差原因及改进措施", 20, |one| {
            Value::text(one.reasons())
        }),
        Filled("approved_target", "批复指标值", 8, |one| {
            Value::text(
                one.indicator
                    .approved
                    .as_ref()
                    .map_or("", |approved| &approved.target),
            )
        }),
        Filled("approved_weight", "批复分值", 4, |one| {
            Value::text(
                one.indicator
                    .approved
                    .as_ref()
                    .map_or("", |approved| &approved.weight),
            )
        }),
    ]
}

fn of_group(one: &Row<'_, '_>, number: fn(&crate::score::GroupScore) -> Option<Decimal>) -> Value {
    Value::number(number(one.group_score).filter(|_| one.group_score.as_one))
}

/// What a cell reads as, for programs.
fn kind(cell: &MeasureCell) -> Value {
    Value::text(match cell.value().map(|measure| &measure.quantity) {
        Some(Quantity::Number { .. }) => "number",
        Some(Quantity::Range { .. }) => "range",
        Some(Quantity::Date(_)) => "date",
        Some(Quantity::Words) => "words",
        None if cell.is_waived() => "waived",
        None => "",
    })
}

fn low(cell: &MeasureCell) -> Value {
    Value::number(match cell.value().map(|measure| &measure.quantity) {
        Some(Quantity::Number { value, .. }) => Some(*value),
        Some(Quantity::Range { low, .. }) => Some(*low),
        _ => None,
    })
}

fn high(cell: &MeasureCell) -> Value {
    Value::number(match cell.value().map(|measure| &measure.quantity) {
        Some(Quantity::Range { high, .. }) => Some(*high),
        _ => None,
    })
}
