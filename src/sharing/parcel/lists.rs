//! 问题清单 and 佐证材料登记表 as workbooks.

use jiff::civil::DateTime;

use super::evidence::Registered;
use crate::{
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
    sheet::office::OfficeError,
    store::Fingerprint,
    summary::{
        table::{Column, Table, Value},
        workbook,
    },
};

/// A project with what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its edition.
    pub edition: &'a Edition,
    /// What was found.
    pub findings: &'a ProjectFindings,
}

fn table(
    key: &'static str,
    name: &'static str,
    columns: &[(&'static str, &str, u16)],
    rows: Vec<Vec<Value>>,
) -> Table {
    let columns = columns.iter().map(|(key, caption, width)| Column {
        key,
        caption: (*caption).to_owned(),
        width: *width,
    });
    Table {
        key,
        name,
        columns: columns.collect(),
        rows,
        totals: None,
    }
}

/// 问题清单: a row for each finding.
///
/// # Errors
///
/// Why there is none.
pub fn findings(checked: &[Checked<'_>], time: DateTime) -> Result<Vec<u8>, OfficeError> {
    const COLUMNS: [(&str, &str, u16); 8] = [
        ("project", "项目名称", 16),
        ("number", "序号", 3),
        ("level", "级别", 4),
        ("rule", "规则", 4),
        ("place", "位置", 18),
        ("message", "问题", 24),
        ("hint", "建议", 20),
        ("explained", "核实说明", 16),
    ];
    let rows = checked.iter().flat_map(|one| {
        (1..).zip(&one.findings.findings).map(|(number, finding)| {
            vec![
                Value::text(one.project.shown_name()),
                Value::Count(number),
                Value::text(finding.level.to_string()),
                Value::text(finding.rule.code),
                Value::text(finding.at.in_words(one.project, one.edition)),
                Value::text(&finding.message),
                Value::text(&finding.hint),
                Value::text(finding.explained.as_deref().unwrap_or_default()),
            ]
        })
    });
    let table = table("findings", "问题清单", &COLUMNS, rows.collect());
    workbook::tables("问题清单", &[table], &[], time)
}

/// 佐证材料登记表: a row for each evidence, with the content that was read of its file, and its name in the parcel.
///
/// # Errors
///
/// Why there is none.
pub fn register(
    projects: &[&Project],
    evidence: &[(Registered, Option<Fingerprint>, Option<String>)],
    time: DateTime,
) -> Result<Vec<u8>, OfficeError> {
    const COLUMNS: [(&str, &str, u16); 8] = [
        ("project", "项目名称", 16),
        ("title", "材料名称", 18),
        ("proves", "佐证的指标", 18),
        ("file", "文件", 20),
        ("state", "现状", 8),
        ("size", "字节", 6),
        ("sha256", "SHA-256", 32),
        ("member", "材料包内的名称", 20),
    ];
    let name_of = |one: &Registered| {
        let of = projects.iter().find(|project| project.id == one.project);
        of.map_or("", |project| project.shown_name())
    };
    let rows = evidence.iter().map(|(one, read, member)| {
        let hash = match read {
            Some(read) => read.hex(),
            None => one.evidence.hash.clone(),
        };
        let size = read.and_then(|read| usize::try_from(read.length()).ok());
        vec![
            Value::text(name_of(one)),
            Value::text(&one.evidence.title),
            Value::text(&one.proves),
            Value::text(&one.evidence.file),
            Value::text(one.in_words(*read)),
            size.map_or(Value::Blank, Value::Count),
            Value::text(hash),
            Value::text(member.as_deref().unwrap_or_default()),
        ]
    });
    let table = table("evidence", "佐证材料登记表", &COLUMNS, rows.collect());
    workbook::tables("佐证材料登记表", &[table], &[], time)
}
