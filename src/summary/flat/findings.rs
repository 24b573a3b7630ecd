//! A row for each finding.

use crate::{
    rules::finding::{Finding, Mend},
    summary::{
        Subject,
        table::{Filled, Table, Value},
    },
};

struct Row<'a> {
    subject: &'a Subject,
    number: usize,
    finding: &'a Finding,
}

/// The table `findings`.
pub(super) fn table(subjects: &[Subject]) -> Table {
    let columns: Vec<Filled<Row<'_>>> = vec![
        Filled("file", "文件", 16, |one| Value::text(&one.subject.file)),
        Filled("project_id", "项目标识", 10, |one| {
            Value::text(one.subject.project.id.to_string())
        }),
        Filled("number", "序号", 3, |one| Value::Count(one.number)),
        Filled("rule", "规则", 4, |one| {
            Value::text(one.finding.rule.code)
        }),
        Filled("rule_name", "问题", 16, |one| {
            Value::text(one.finding.rule.name)
        }),
        Filled("level", "级别", 4, |one| {
            Value::text(one.finding.level.to_string())
        }),
        Filled("place", "位置", 16, |one| {
            Value::text(
                one.finding
                    .at
                    .in_words(&one.subject.project, &one.subject.edition),
            )
        }),
        Filled("path", "位置代码", 16, |one| {
            Value::text(one.finding.at.to_string())
        }),
        Filled("message", "说明", 24, |one| {
            Value::text(&one.finding.message)
        }),
        Filled("hint", "建议", 20, |one| Value::text(&one.finding.hint)),
        Filled("mend", "可否本次修改", 6, |one| {
            Value::text(match one.finding.mend {
                Mend::Now => "now",
                Mend::Approved => "approved",
            })
        }),
        Filled("blocks", "必须修改", 4, |one| {
            Value::Flag(one.finding.blocks())
        }),
        Filled("explained", "核实说明", 16, |one| {
            Value::text(one.finding.explained.as_deref().unwrap_or_default())
        }),
    ];
    let rows = subjects.iter().flat_map(|subject| {
        (1..)
            .zip(&subject.findings.findings)
            .map(move |(number, finding)| Row {
                subject,
                number,
                finding,
            })
    });
    Table::of("findings", "问题", &columns, rows)
}
