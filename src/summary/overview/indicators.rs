//! 全部指标: every indicator of every project, as a person reads them.

use crate::{
    model::project::header,
    summary::{
        facts::{Facts, RowFacts},
        table::{Filled, Table, Value},
    },
};

/// The table.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<RowFacts<'_, '_>>> = vec![
        Filled("project_name", "项目名称", 12, |one| {
            Value::text(one.facts.name())
        }),
        Filled("unit", "实施单位", 8, |one| {
            Value::text(one.facts.header(header::UNIT))
        }),
        Filled("year", "年度", 4, |one| {
            Value::text(one.facts.header(header::YEAR))
        }),
        Filled("section", "一级指标", 6, |one| {
            Value::text(one.section.name())
        }),
        Filled("group", "二级指标", 6, |one| {
            Value::text(one.group.name())
        }),
        Filled("name", "三级指标", 14, |one| {
            Value::text(&one.indicator.name)
        }),
        Filled("nature", "指标性质", 4, |one| {
            Value::text(one.indicator.nature.text())
        }),
        Filled("target", "年度指标值", 8, |one| {
            Value::text(one.indicator.target.text())
        }),
        Filled("measure_unit", "度量单位", 4, |one| {
            Value::text(&one.indicator.unit)
        }),
        Filled("actual", "实际完成值", 8, |one| {
            Value::text(one.indicator.actual.text())
        }),
        Filled("weight", "分值", 4, |one| weight(one)),
        Filled("score_stated", "得分（填报）", 4, |one| stated(one)),
        Filled("score_computed", "得分（测算）", 4, |one| {
            computed(one)
        }),
        Filled("verdict", "是否达成", 4, |one| {
            Value::text(one.verdict())
        }),
        Filled("deviation", "偏差原因及改进措施", 18, |one| {
            Value::text(one.reasons())
        }),
        Filled("file", "文件", 14, |one| {
            Value::text(&one.facts.subject.file)
        }),
    ];
    let rows = facts.iter().flat_map(Facts::rows);
    Table::of("indicators", "全部指标", &columns, rows)
}

/// Whether the points of a group that is scored as one stand in this row: its first.
fn stands_for_group(one: &RowFacts<'_, '_>) -> bool {
    one.group_score.as_one && one.number == 1
}

fn weight(one: &RowFacts<'_, '_>) -> Value {
    let of_group = &one.group_score.weight;
    match stands_for_group(one) && of_group.count > 0 {
        true => Value::Number(of_group.value),
        false if one.group_score.as_one => Value::Blank,
        false => Value::number(one.score.weight),
    }
}

fn stated(one: &RowFacts<'_, '_>) -> Value {
    let of_group = &one.group_score.filed;
    match stands_for_group(one) && of_group.count > 0 {
        true => Value::Number(of_group.value),
        false if one.group_score.as_one => Value::Blank,
        false => Value::number(one.score.filed),
    }
}

fn computed(one: &RowFacts<'_, '_>) -> Value {
    match stands_for_group(one) {
        true => Value::number(one.group_score.computed),
        false if one.group_score.as_one => Value::Blank,
        false => Value::number(one.score.computed),
    }
}
