//! Texts: CSV, TSV, and text as it comes out of a PDF.
//!
//! What a text is, is told by its content: nearly all rows with the same number of fields are a table. Where tabs leave the
//! rows ragged, the text comes out of a PDF, and its columns are not to be relied on. A row of the grid is a line of the text,
//! blank ones counted, so that a person finds it again.

mod fields;
mod gaps;

use std::{borrow::Cow, collections::BTreeMap};

use fields::Fields;

use super::{
    encoding,
    error::{Excess, ReadError},
    grid::{Cell, Columns, Content, Grid},
    limits,
    watch::Budget,
};

/// Reads a text file or pasted text.
///
/// # Errors
///
/// What is past its limit.
pub fn read(text: &str, name: &str, budget: &mut Budget) -> Result<Content, ReadError> {
    let text = plain_line_ends(text);
    if text.trim().is_empty() {
        return Err(ReadError::NoTable);
    }
    let mut rows = Rows::new(budget);
    let columns = match Shape::of(&text, Ending::of(name), &rows)? {
        Shape::Table(delimiter) => {
            rows.table(&text, delimiter)?;
            Columns::Aligned
        }
        Shape::Lines => {
            rows.lines(&text)?;
            Columns::Loose
        }
    };
    let lost = encoding::lost(&text);
    Ok(Content {
        grids: vec![Grid {
            name: String::new(),
            columns,
            cells: rows.cells,
        }],
        remarks: (lost > 0)
            .then(|| {
                format!(
                    "有 {lost} 处字符无法识别，显示为“{}”，请对照原文件核对。",
                    encoding::LOST
                )
            })
            .into_iter()
            .collect(),
        ..Content::default()
    })
}

/// The text without a byte order mark, with "\n" for every kind of line and page end.
fn plain_line_ends(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    const OTHERS: [char; 6] = ['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(OTHERS) {
        return Cow::Borrowed(text);
    }
    // A form feed follows the line end of the last line of a page.
    Cow::Owned(
        text.replace("\r\n", "\n")
            .replace("\n\u{C}", "\n")
            .replace(OTHERS, "\n"),
    )
}

/// What the name of a file promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// .csv, .tsv, .tab
    Table,
    Other,
}

impl Ending {
    fn of(name: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("csv" | "tsv" | "tab") => Self::Table,
            _ => Self::Other,
        }
    }
}

/// How a text is to be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A table with this between its fields.
    Table(char),
    /// Lines with tabs or gaps of spaces, or plain paragraphs.
    Lines,
}

impl Shape {
    fn of(text: &str, ending: Ending, rows: &Rows) -> Result<Self, ReadError> {
        let mut best: Option<(Counts, char)> = None;
        for delimiter in ['\t', ',', ';'] {
            if !text.contains(delimiter) {
                continue;
            }
            let counts = Counts::of(text, delimiter, rows)?;
            if !counts.is_table(delimiter, ending) {
                continue;
            }
            let better = best
                .as_ref()
                .is_none_or(|(other, _)| counts.usual_rows > other.usual_rows);
            if better {
                best = Some((counts, delimiter));
            }
        }
        Ok(best.map_or(Self::Lines, |(_, delimiter)| Self::Table(delimiter)))
    }
}

/// How many fields the rows of a text have.
struct Counts {
    /// Rows that are not blank.
    rows: usize,
    /// The number of fields that most of them have.
    usual: usize,
    /// How many have it.
    usual_rows: usize,
    /// How many have one field only.
    single: usize,
    /// How many have at least two.
    split: usize,
}

impl Counts {
    fn of(text: &str, delimiter: char, watched: &Rows) -> Result<Self, ReadError> {
        let mut by_fields: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut fields, mut blank) = (0_usize, true);
        for field in Fields::new(text, delimiter) {
            fields += 1;
            blank &= is_blank(&field.text);
            if field.closes_row {
                // A blank line is no row of the table; a row of blank fields is.
                if fields > 1 || !blank {
                    *by_fields.entry(fields).or_default() += 1;
                }
                (fields, blank) = (0, true);
                watched.budget.go_on()?;
            }
        }
        let single = by_fields.get(&1).copied().unwrap_or(0);
        let rows = by_fields.values().sum();
        let most = by_fields
            .into_iter()
            .max_by_key(|(fields, rows)| (*rows, *fields));
        let (usual, usual_rows) = most.unwrap_or((0, 0));
        Ok(Self {
            rows,
            usual,
            usual_rows,
            single,
            split: rows - single,
        })
    }

    /// Whether the rows are those of a table.
    fn is_table(&self, delimiter: char, ending: Ending) -> bool {
        let consistent = self.usual > 1 && self.usual_rows >= self.rows - self.rows / 20;
        match (delimiter, ending) {
            // A title above the table that somebody typed without the delimiters of the blank cells beside it.
            ('\t', Ending::Table) => consistent,
            (_, Ending::Table) => consistent || self.split * 2 > self.rows,
            // Excel and WPS write the blank cells beside a title as well; a PDF does not.
            ('\t', Ending::Other) => consistent && self.single == 0,
            // Sentences have commas too.
            (_, Ending::Other) => consistent && self.usual > 2 && self.rows > 1,
        }
    }
}

/// Cells of a text, row by row.
struct Rows<'b, 'w> {
    budget: &'b mut Budget<'w>,
    cells: Vec<Cell>,
}

impl<'b, 'w> Rows<'b, 'w> {
    fn new(budget: &'b mut Budget<'w>) -> Self {
        Self {
            budget,
            cells: Vec::new(),
        }
    }

    fn table(&mut self, text: &str, delimiter: char) -> Result<(), ReadError> {
        let (mut row, mut column) = (0, 0);
        for field in Fields::new(text, delimiter) {
            self.put(row, column, &field.text)?;
            if field.closes_row {
                (row, column) = (row + 1, 0);
                self.budget.go_on()?;
            } else {
                column += 1;
            }
        }
        Ok(())
    }

    fn lines(&mut self, text: &str) -> Result<(), ReadError> {
        let lines = gaps::Lines::new(text);
        for (row, (line, has_columns)) in lines.enumerate() {
            self.budget.go_on()?;
            if line.contains('\t') {
                for (column, field) in line.split('\t').enumerate() {
                    self.put(row, column, field)?;
                }
            } else if has_columns {
                for (column, field) in gaps::pieces(line).enumerate() {
                    self.put(row, column, field)?;
                }
            } else {
                self.put(row, 0, line)?;
            }
        }
        Ok(())
    }

    /// Keeps a cell unless it is blank. Only cells with text count for the limits: an empty sheet copied whole has none.
    fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), ReadError> {
        if is_blank(text) {
            return Ok(());
        }
        let within = |at: usize, limit: u32, excess: Excess| {
            u32::try_from(at)
                .ok()
                .filter(|at| *at < limit)
                .ok_or(ReadError::TooLarge(excess))
        };
        let row = within(row, limits::ROWS, Excess::Rows)?;
        let column = within(column, limits::COLUMNS, Excess::Columns)?;
        self.budget.take_cell(text)?;
        self.cells.push(Cell::new(row, column, text));
        Ok(())
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
