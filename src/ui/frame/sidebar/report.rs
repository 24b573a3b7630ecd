//! The list of findings as a table for other programs.

use crate::{
    edit::block::Block,
    summary::csv::{self, guarded},
};

/// What each column is called.
const HEADINGS: [&str; 6] = ["项目", "级别", "规则", "位置", "问题", "建议"];

/// One finding: project, level, rule, place, problem, what to do.
pub type Line = [String; 6];

/// As Excel and WPS take it from the clipboard.
pub fn tab_separated(lines: &[Line]) -> String {
    let rows = table(lines).map(|line| line.map(|cell| guarded(cell).into_owned()).to_vec());
    Block::new(rows.collect()).to_string()
}

/// As Excel opens it by a double click.
pub fn comma_separated(lines: &[Line]) -> String {
    csv::of_texts(table(lines))
}

fn table(lines: &[Line]) -> impl Iterator<Item = [&str; 6]> {
    let lines = lines.iter();
    std::iter::once(HEADINGS).chain(lines.map(|line| line.each_ref().map(String::as_str)))
}
