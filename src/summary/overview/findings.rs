//! 全部问题: every finding of every project.

use crate::{
    model::project::header,
    rules::finding::{Finding, Mend},
    summary::{
        facts::Facts,
        table::{Filled, Table, Value},
    },
};

struct Row<'f, 'a> {
    facts: &'f Facts<'a>,
    finding: &'a Finding,
}

/// The table.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Row<'_, '_>>> = vec![
        Filled("project_name", "项目名称", 12, |one| {
            Value::text(one.facts.name())
        }),
        Filled("unit", "实施单位", 8, |one| {
            Value::text(one.facts.header(header::UNIT))
        }),
        Filled("level", "级别", 4, |one| {
            Value::text(one.finding.level.to_string())
        }),
        Filled("rule", "规则", 4, |one| {
            Value::text(one.finding.rule.code)
        }),
        Filled("rule_name", "问题", 12, |one| {
            Value::text(one.finding.rule.name)
        }),
        Filled("place", "位置", 14, |one| {
            Value::text(
                one.finding
                    .at
                    .in_words(one.facts.project, one.facts.edition),
            )
        }),
        Filled("message", "问题说明", 24, |one| {
            Value::text(&one.finding.message)
        }),
        Filled("hint", "建议", 18, |one| Value::text(&one.finding.hint)),
        Filled("mend", "处理", 5, |one| {
            Value::text(match (one.finding.blocks(), one.finding.mend) {
                (true, _) => "必须修改",
                (false, Mend::Approved) => "批复内容",
                (false, Mend::Now) => "",
            })
        }),
        Filled("explained", "核实说明", 10, |one| {
            Value::text(one.finding.explained.as_deref().unwrap_or_default())
        }),
        Filled("file", "文件", 14, |one| {
            Value::text(&one.facts.subject.file)
        }),
    ];
    let rows = facts.iter().flat_map(|facts| {
        let findings = facts.subject.findings.findings.iter();
        findings.map(move |finding| Row { facts, finding })
    });
    Table::of("findings", "全部问题", &columns, rows)
}
