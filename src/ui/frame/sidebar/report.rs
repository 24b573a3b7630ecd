//! The list of findings as a table for other programs.

use crate::edit::block::Block;

/// What each column is called.
const HEADINGS: [&str; 6] = ["项目", "级别", "规则", "位置", "问题", "建议"];

/// One finding: project, level, rule, place, problem, what to do.
pub type Line = [String; 6];

/// As Excel and WPS take it from the clipboard.
pub fn tab_separated(lines: &[Line]) -> String {
    let rows = table(lines).map(|line| line.map(unformulated).to_vec());
    Block::new(rows.collect()).to_string()
}

/// As Excel opens it by a double click: UTF-8 with a byte order mark, without which it would be read as GBK.
pub fn comma_separated(lines: &[Line]) -> String {
    let mut text = String::from("\u{FEFF}");
    for line in table(lines) {
        let cells = line.map(|cell| quoted(&unformulated(cell)));
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn table(lines: &[Line]) -> impl Iterator<Item = Line> {
    let headings = HEADINGS.map(str::to_owned);
    std::iter::once(headings).chain(lines.iter().cloned())
}

/// A text that Excel would take for a formula is marked as text.
fn unformulated(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
