//! Many projects at once. Forms are written in the language of the case files (`tests/rules/README.md`), one case a project.

mod alike;
mod flat;
mod overview;
mod paper;
mod progress;
mod report;
mod workbook;

use std::sync::Arc;

use jiff::civil::{DateTime, date};
use jiping::{
    rules::checker::check_project,
    summary::{
        Subject,
        table::{Table, Value},
    },
};

use crate::cases;

pub const TIME: DateTime = date(2021, 3, 5).at(14, 32, 0, 0);

/// The projects of these cases; the words after 不报警 are the files' names.
pub fn subjects(text: &str) -> Vec<Subject> {
    let cases = cases::parse(text);
    let subjects = cases.iter().map(|case| {
        let (project, edition, _) = case.check();
        let findings = check_project(&project, &edition, TIME.date());
        let file = case.title.trim_start_matches("不报警").trim();
        Subject {
            file: file.to_owned(),
            project: Arc::new(project),
            edition: Arc::new(edition),
            findings: Arc::new(findings),
        }
    });
    subjects.collect()
}

/// Some columns of a table as lines of text, 合计 included.
pub fn shown(table: &Table, keys: &[&str]) -> Vec<String> {
    let columns: Vec<usize> = keys
        .iter()
        .map(|key| {
            table
                .column(key)
                .unwrap_or_else(|| panic!("no column {key}"))
        })
        .collect();
    let rows = table.rows.iter().chain(&table.totals);
    rows.map(|row| {
        let cells: Vec<String> = columns.iter().map(|column| words(&row[*column])).collect();
        cells.join(" | ")
    })
    .collect()
}

/// A value as text; shares with their % sign.
pub fn words(value: &Value) -> String {
    match value {
        Value::Blank => "–".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Share(share) => format!(
            "{}%",
            (share * rust_decimal::Decimal::ONE_HUNDRED).normalize()
        ),
        Value::Count(count) => count.to_string(),
        Value::Flag(flag) => if *flag { "是" } else { "否" }.to_owned(),
    }
}
