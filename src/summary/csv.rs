//! Tables as CSV for Excel: UTF-8 with BOM, CRLF, quoted where needed. What begins like a formula is preceded by an
//! apostrophe, since Excel would calculate it.

use std::borrow::Cow;

use super::table::{Table, Value};

/// By this Excel knows that a file is UTF-8.
const BOM: &str = "\u{feff}";

/// The text of a CSV file with these lines of texts.
pub fn of_texts<'a, L>(lines: impl IntoIterator<Item = L>) -> String
where
    L: IntoIterator<Item = &'a str>,
{
    let mut text = String::from(BOM);
    for cells in lines {
        line(&mut text, cells.into_iter().map(guarded));
    }
    text
}

/// The bytes of a CSV file: the headings, then the rows. Shares stand as decimals (0.9583), unrounded; 合计 is left out.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut text = String::from(BOM);
    let headings = table.columns.iter();
    line(&mut text, headings.map(|column| guarded(&column.caption)));
    for row in &table.rows {
        line(&mut text, row.iter().map(cell));
    }
    text.into_bytes()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// A value as spreadsheets take it over.
pub(super) fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Blank => Cow::Borrowed(""),
        Value::Text(text) => guarded(text),
        Value::Number(number) | Value::Share(number) => Cow::Owned(number.to_string()),
        Value::Count(count) => Cow::Owned(count.to_string()),
        Value::Flag(flag) => Cow::Borrowed(if *flag { "是" } else { "否" }),
    }
}

/// A text that no spreadsheet takes for a formula. An apostrophe too many before what looks like a formula is kept apart from
/// one of our own, so that the text can be told from the file.
pub fn guarded(text: &str) -> Cow<'_, str> {
    let begins_a_formula = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    let body = text.trim_start_matches(['\'', ' ', '\u{feff}']);
    if body.starts_with(begins_a_formula) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
