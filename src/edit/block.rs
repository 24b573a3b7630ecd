//! A block of cells in the text form that Excel and WPS put on the clipboard: cells apart by tabs, rows by line breaks, a cell
//! that holds either of them in double quotes with its own quotes doubled.

use std::fmt::{self, Write as _};

use crate::model::{document::Document, path::CellPath};

/// Cells in rows. Rows may differ in length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    rows: Vec<Vec<String>>,
}

impl Block {
    /// A block of these cells.
    pub fn new(rows: Vec<Vec<String>>) -> Self {
        Self { rows }
    }

    /// Reads the clipboard's text. One line break at the end closes the last row. Line breaks inside a cell become "\n".
    /// A quote that is never closed is an ordinary character. Every text is a block; an empty one has no rows.
    pub fn parse(text: &str) -> Self {
        let mut rows = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let mut row = Vec::new();
            loop {
                let (cell, after) = read_cell(rest);
                row.push(cell);
                match after.strip_prefix('\t') {
                    Some(next) => rest = next,
                    None => {
                        rest = strip_line_break(after).unwrap_or(after);
                        break;
                    }
                }
            }
            rows.push(row);
        }
        Self { rows }
    }

    /// The rows.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The only cell, where there is one and no other.
    pub fn single(&self) -> Option<&str> {
        match self.rows.as_slice() {
            [row] => match row.as_slice() {
                [cell] => Some(cell),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The block as clipboard text; every row ends in a line break.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            for (number, cell) in row.iter().enumerate() {
                if number > 0 {
                    f.write_char('\t')?;
                }
                write_cell(f, cell)?;
            }
            f.write_str("\r\n")?;
        }
        Ok(())
    }
}

/// The cells as clipboard text; a cell that is not in the document is empty.
pub fn copy_block(document: &Document, cells: &[Vec<CellPath>]) -> String {
    let text = |at: &CellPath| {
        let project = document.project(at.project)?;
        project.cell_text(&at.place).map(|text| text.into_owned())
    };
    let rows = cells
        .iter()
        .map(|row| row.iter().map(|at| text(at).unwrap_or_default()).collect())
        .collect();
    Block::new(rows).to_string()
}

fn write_cell(f: &mut fmt::Formatter<'_>, cell: &str) -> fmt::Result {
    if !cell.contains(['\t', '\n', '\r']) && !cell.starts_with('"') {
        return f.write_str(cell);
    }
    write!(f, "\"{}\"", cell.replace('"', "\"\""))
}

fn strip_line_break(text: &str) -> Option<&str> {
    text.strip_prefix("\r\n")
        .or_else(|| text.strip_prefix(['\n', '\r']))
}

/// The first cell of `text` and what follows it, which begins with a tab or a line break or is empty.
fn read_cell(text: &str) -> (String, &str) {
    if let Some(quoted) = text.strip_prefix('"').and_then(read_quoted) {
        return quoted;
    }
    let end = text.find(['\t', '\r', '\n']).unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

/// A quoted cell after its opening quote; `None` where the quote is not closed right before the next cell.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let quote = rest.find('"')?;
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => break,
        }
    }
    let closed = rest.is_empty() || rest.starts_with(['\t', '\r', '\n']);
    closed.then(|| (cell.replace("\r\n", "\n").replace('\r', "\n"), rest))
}
