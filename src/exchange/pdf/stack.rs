//! Pages one below the other: one grid whose columns all tables share. What pages repeat is left out and said so; what the
//! end of a page cut is put together again.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lattice::{self, Span},
    layout::{Block, Layout, Table, TableCell},
    words::{self, Words},
};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Cell, Columns, Grid},
    limits,
};

/// Edges of tables on several pages this far apart are one edge.
const SAME_EDGE: f64 = 3.0;

/// A heading row repeated on a page says at least so much.
const HEADING: usize = 3;

/// Pages put one below the other.
#[derive(Debug, Default)]
pub(super) struct Stack {
    edges: Vec<f64>,
    cells: Vec<Cell>,
    row: u32,
    /// The texts of the rows so far, by their columns: what a page repeats is among them.
    rows: Vec<BTreeSet<(u32, String)>>,
    /// Texts outside of tables, before the first table of each page.
    tops: BTreeSet<String>,
    /// The table that the page before ended with.
    open: Option<Open>,
    /// What was left out as repeated, with how often.
    repeated: BTreeMap<String, usize>,
    /// The page numbers that were left out.
    numbers: Vec<String>,
    /// On which pages text that the end of a page had cut was put together.
    mended: BTreeSet<usize>,
}

/// A table that may go on.
#[derive(Debug)]
struct Open {
    page: usize,
    sides: (f64, f64),
    /// The cells that reach its last row: their columns and their numbers among the cells so far; `None` for blank ones.
    bottom: Vec<Bottom>,
}

#[derive(Debug)]
struct Bottom {
    column: u32,
    columns: u32,
    rows: u32,
    cell: Option<usize>,
}

/// Puts laid out pages below one another; the grid, and what a person should know.
///
/// # Errors
///
/// Rows or columns are past their limits.
pub(super) fn stack(mut pages: Vec<Layout>) -> Result<(Grid, Vec<String>), ReadError> {
    let mut numbers = Vec::new();
    for page in &mut pages {
        take_page_numbers(page, &mut numbers);
    }
    let xs: Vec<f64> = pages
        .iter()
        .flat_map(Layout::tables)
        .flat_map(|table| table.xs.iter().copied())
        .collect();
    let aligned = !xs.is_empty();
    let beside = pages_beside(&pages);
    let edges = if aligned {
        lattice::edges(xs, SAME_EDGE)
    } else {
        starts(&pages)
    };
    if edges.len() > limits::COLUMNS as usize + 1 {
        return Err(ReadError::TooLarge(Excess::Columns));
    }
    let mut stack = Stack {
        edges,
        numbers,
        ..Stack::default()
    };
    for (number, page) in pages.into_iter().enumerate() {
        stack.add_page(number, page)?;
    }
    let mut remarks = stack.remarks();
    if !beside.is_empty() {
        remarks.push(format!(
            "第 {} 页像是前一页表格的右半部分，左右两半没有拼在一起。请在 WPS 中把表格调整为一页宽，重新输出 PDF，或索取电子表格。",
            beside.join("、")
        ));
    }
    let mut cells = stack.cells;
    cells.retain(|cell| !cell.text.is_empty());
    cells.sort_by_key(|cell| cell.place);
    let grid = Grid {
        name: String::new(),
        columns: if aligned {
            Columns::Aligned
        } else {
            Columns::Loose
        },
        cells,
    };
    Ok((grid, remarks))
}

/// The pages that hold the right part of a table that was wider than its page.
fn pages_beside(pages: &[Layout]) -> Vec<String> {
    let pairs = (2..).zip(pages.windows(2));
    let beside = pairs.filter(|(_, pair)| match pair {
        [left, right] => left.goes_on_right(right),
        _ => false,
    });
    beside
        .map(|(number, _): (usize, _)| number.to_string())
        .collect()
}

/// Where the parts of lines begin, where no table says where columns are.
fn starts(pages: &[Layout]) -> Vec<f64> {
    let blocks = pages.iter().flat_map(|page| &page.blocks);
    let parts = blocks.flat_map(|block| match block {
        Block::Text(parts) => parts.as_slice(),
        Block::Table(_) => &[],
    });
    let starts = parts.map(|part| part.from).collect();
    let mut apart = 2.0 * SAME_EDGE;
    // Text without tables may begin anywhere; columns are loose then and only keep their order.
    let mut edges = lattice::edges(starts, apart);
    while edges.len() > limits::COLUMNS as usize {
        apart *= 2.0;
        edges = lattice::edges(edges, apart);
    }
    edges.push(f64::INFINITY);
    edges
}

/// Takes page numbers off the first and the last line of a page.
fn take_page_numbers(page: &mut Layout, into: &mut Vec<String>) {
    for last in [false, true] {
        let index = if last {
            page.blocks.len().saturating_sub(1)
        } else {
            0
        };
        if let Some(Block::Text(parts)) = page.blocks.get_mut(index) {
            parts.retain(|part| {
                let number = is_page_number(&part.text);
                if number {
                    into.push(part.text.clone());
                }
                !number
            });
            if parts.is_empty() {
                page.blocks.remove(index);
            }
        }
    }
}

/// Whether a line is the number of its page: 第 1 页 共 3 页, - 2 -, 3/5, 4.
fn is_page_number(text: &str) -> bool {
    let solid: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    let sign = |one: char| "第页共/-—–－·,，、PpageofOF".contains(one);
    let numeral = |one: char| one.is_ascii_digit() || "一二三四五六七八九十".contains(one);
    let digits = solid.chars().filter(|one| numeral(*one)).count();
    let signs = solid.chars().filter(|one| sign(*one)).count();
    let rest = solid.chars().count() - digits - signs;
    let bare = signs == 0 && digits <= 3 && solid.chars().all(|one| one.is_ascii_digit());
    let paged = solid.contains(['页', '/', '-', '—', '–', '－', '·'])
        || solid.to_ascii_lowercase().starts_with("page");
    rest == 0 && (1..=8).contains(&digits) && (bare || (paged && signs <= 12))
}

impl Stack {
    fn add_page(&mut self, number: usize, page: Layout) -> Result<(), ReadError> {
        let mut before_table = true;
        let mut tops = Vec::new();
        for block in page.blocks {
            match block {
                Block::Text(parts) => {
                    let text = whole(&parts);
                    if before_table {
                        if number > 0 && (self.tops.contains(&text) || only_continued(&text)) {
                            *self.repeated.entry(text).or_default() += 1;
                            continue;
                        }
                        tops.push(text);
                    }
                    self.open = None;
                    self.add_text(&parts)?;
                }
                Block::Table(table) => {
                    let goes_on = before_table && self.continues(number, &table);
                    before_table = false;
                    self.add_table(number, table, goes_on)?;
                }
            }
        }
        self.tops.extend(tops);
        Ok(())
    }

    /// The column that a place lies in.
    fn column(&self, x: f64) -> u32 {
        let after = self.edges.partition_point(|edge| *edge <= x + 0.5);
        let last = self.edges.len().saturating_sub(2);
        u32::try_from(after.saturating_sub(1).min(last)).unwrap_or(0)
    }

    fn next_row(&mut self, rows: usize) -> Result<u32, ReadError> {
        let row = self.row;
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.row = row.saturating_add(rows);
        if self.row > limits::ROWS {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        Ok(row)
    }

    /// A line of text: one part takes the whole width, several stand where they begin.
    fn add_text(&mut self, parts: &[Words]) -> Result<(), ReadError> {
        let row = self.next_row(1)?;
        let width = u32::try_from(self.edges.len().saturating_sub(1)).unwrap_or(1);
        let width = width.max(1);
        if let [only] = parts {
            let loose = self.edges.last() == Some(&f64::INFINITY);
            let cell = Cell::new(row, 0, only.text.clone());
            self.cells.push(if loose {
                Cell::new(row, self.column(only.from), only.text.clone())
            } else {
                cell.spanning(1, width)
            });
            return Ok(());
        }
        let mut free = 0;
        let mut columns = Vec::with_capacity(parts.len());
        for part in parts {
            let column = self.column(part.from).max(free);
            free = column + 1;
            columns.push(column);
        }
        if free > limits::COLUMNS {
            return Err(ReadError::TooLarge(Excess::Columns));
        }
        for (part, column) in parts.iter().zip(columns) {
            self.cells.push(Cell::new(row, column, part.text.clone()));
        }
        Ok(())
    }

    /// Whether a table goes on that the page before ended with.
    fn continues(&self, page: usize, table: &Table) -> bool {
        let (Some(open), Some(left), Some(right)) = (&self.open, table.xs.first(), table.xs.last())
        else {
            return false;
        };
        open.page + 1 == page
            && (open.sides.0 - left).abs() <= SAME_EDGE
            && (open.sides.1 - right).abs() <= SAME_EDGE
    }

    fn add_table(&mut self, page: usize, table: Table, goes_on: bool) -> Result<(), ReadError> {
        let columns: Vec<u32> = table
            .xs
            .iter()
            .map(|x| u32::try_from(lattice::nearest(&self.edges, *x)).unwrap_or(0))
            .collect();
        let sides = (
            table.xs.first().copied().unwrap_or(0.0),
            table.xs.last().copied().unwrap_or(0.0),
        );
        let mut rows = table.ys.len().saturating_sub(1);
        let mut cells = table.cells;
        if page > 0 {
            let heading = self.repeated_heading(&cells, &columns);
            self.take_heading(&mut cells, heading);
            rows -= heading;
        }
        let row = self.next_row(rows)?;
        let open = self.open.take().filter(|_| goes_on);
        let taken = open.map_or_else(BTreeSet::new, |open| {
            self.go_on(page, &open, &mut cells, &columns)
        });
        self.note_rows(rows, &cells, &columns);
        let mut bottom = Vec::new();
        for (index, cell) in cells.into_iter().enumerate() {
            let Some((column, width)) = across(cell.span, &columns) else {
                continue;
            };
            let high = u32::try_from(cell.span.rows).unwrap_or(1);
            let number = match taken.iter().find(|(from, _)| *from == index) {
                Some((_, into)) => Some(*into),
                None if cell.text.is_empty() => None,
                None => {
                    let at = row + u32::try_from(cell.span.row).unwrap_or(0);
                    self.cells
                        .push(Cell::new(at, column, cell.text).spanning(high, width));
                    Some(self.cells.len() - 1)
                }
            };
            if cell.span.row + cell.span.rows == rows {
                bottom.push(Bottom {
                    column,
                    columns: width,
                    rows: number
                        .and_then(|number| self.cells.get(number))
                        .map_or(high, |cell| cell.rows),
                    cell: number,
                });
            }
        }
        self.open = Some(Open {
            page,
            sides,
            bottom,
        });
        Ok(())
    }

    /// How many rows at the top of a table say again what headings before said.
    fn repeated_heading(&self, cells: &[TableCell], columns: &[u32]) -> usize {
        let mut count = 0;
        let mut said = 0;
        for row in 0..6 {
            let here = || cells.iter().filter(move |cell| cell.span.row == row);
            // A caption that stands beside the heading and the rows below is none of it.
            let texts: BTreeSet<(u32, String)> = here()
                .filter(|cell| !cell.text.is_empty() && (row > 0 || cell.span.rows <= 4))
                .filter_map(|cell| Some((across(cell.span, columns)?.0, cell.text.clone())))
                .collect();
            let heading = here().next().is_some()
                && texts.iter().all(|(_, text)| !is_number(text))
                && self.rows.iter().any(|before| texts.is_subset(before))
                && (!texts.is_empty() || said > 0);
            if !heading {
                break;
            }
            said += texts.len();
            count = row + 1;
        }
        if said >= HEADING { count } else { 0 }
    }

    /// Takes the first rows off a table. Cells that go on below are cut.
    fn take_heading(&mut self, cells: &mut Vec<TableCell>, rows: usize) {
        if rows == 0 {
            return;
        }
        let mut texts = Vec::new();
        cells.retain_mut(|cell| {
            let end = cell.span.row + cell.span.rows;
            if end <= rows {
                texts.extend((!cell.text.is_empty()).then(|| cell.text.clone()));
                return false;
            }
            let row = cell.span.row.saturating_sub(rows);
            cell.span.rows = end - rows - row;
            cell.span.row = row;
            true
        });
        *self.repeated.entry(texts.join("、")).or_default() += 1;
    }

    fn note_rows(&mut self, rows: usize, cells: &[TableCell], columns: &[u32]) {
        let first = self.rows.len();
        self.rows.resize(first + rows, BTreeSet::new());
        for cell in cells {
            if let Some((column, _)) = across(cell.span, columns)
                && let Some(row) = self.rows.get_mut(first + cell.span.row)
                && !cell.text.is_empty()
            {
                row.insert((column, cell.text.clone()));
            }
        }
    }

    /// Joins the cells at the top of a table with those that the page before cut. Gives the numbers of the cells that are
    /// joined, with the numbers of those they went into.
    fn go_on(
        &mut self,
        page: usize,
        open: &Open,
        cells: &mut [TableCell],
        columns: &[u32],
    ) -> BTreeSet<(usize, usize)> {
        let tops: Vec<usize> = (0..cells.len())
            .filter(|index| cells.get(*index).is_some_and(|cell| cell.span.row == 0))
            .collect();
        let row_goes_on = self.row_goes_on(open, cells, &tops, columns);
        let mut taken = BTreeSet::new();
        for index in tops {
            let Some(cell) = cells.get(index) else {
                continue;
            };
            let Some(above) = above(open, cell, columns) else {
                // A new group begins: what stands right of it is its own.
                if cell.text.is_empty() {
                    continue;
                } else {
                    break;
                }
            };
            let (Some(number), high) = (above.cell, cell.span.rows) else {
                continue;
            };
            let merged = above.rows > 1 || high > 1;
            let Some(before) = self.cells.get_mut(number) else {
                continue;
            };
            let text = without_continued(&cell.text);
            let again = text.is_empty() || (text == before.text && merged);
            let rest = row_goes_on && high == 1 || merged && cut(&before.text, text);
            if !(again && (merged || row_goes_on) || rest) {
                if high > 1 { break } else { continue }
            }
            if !again {
                words::join(&mut before.text, text);
                self.mended.insert(page);
            }
            before.rows = before
                .rows
                .saturating_add(u32::try_from(high).unwrap_or(u32::MAX));
            taken.insert((index, number));
        }
        taken
    }

    /// Whether the first row is the rest of the last one: it has text only below text that was cut.
    fn row_goes_on(
        &self,
        open: &Open,
        cells: &[TableCell],
        tops: &[usize],
        columns: &[u32],
    ) -> bool {
        let mut blank_below_text = false;
        let mut rest = false;
        for index in tops {
            let Some(cell) = cells.get(*index) else {
                continue;
            };
            if cell.span.rows > 1 {
                continue;
            }
            let Some(above) = above(open, cell, columns) else {
                return false;
            };
            let before = above.cell.and_then(|number| self.cells.get(number));
            match (before, cell.text.is_empty()) {
                (Some(before), false) if cut(&before.text, &cell.text) => rest = true,
                (_, false) => return false,
                (Some(_), true) if !above_is_caption(above) => blank_below_text = true,
                (_, true) => {}
            }
        }
        rest && blank_below_text
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(first) = self.numbers.first() {
            remarks.push(format!(
                "页码没有读取：“{first}”等 {} 处。",
                self.numbers.len()
            ));
        }
        for (text, times) in &self.repeated {
            remarks.push(format!(
                "后面页上重复的内容没有再次读取（{times} 处）：{text}"
            ));
        }
        for page in &self.mended {
            remarks.push(format!(
                "第 {page} 页末被分页截断的文字已与第 {} 页接上，请核对。",
                page + 1
            ));
        }
        remarks
    }
}

/// The columns that a cell of a table covers among all columns.
fn across(span: Span, columns: &[u32]) -> Option<(u32, u32)> {
    let from = *columns.get(span.column)?;
    let to = *columns.get(span.column + span.columns)?;
    Some((from, to.checked_sub(from)?.max(1)))
}

/// The cell with the same columns that ended the page before.
fn above<'o>(open: &'o Open, cell: &TableCell, columns: &[u32]) -> Option<&'o Bottom> {
    let (column, width) = across(cell.span, columns)?;
    open.bottom
        .iter()
        .find(|bottom| bottom.column == column && bottom.columns == width)
}

fn above_is_caption(above: &Bottom) -> bool {
    above.rows > 1
}

/// Whether text may be the rest of other text: that was long, and did not end.
fn cut(before: &str, rest: &str) -> bool {
    let ended = before.ends_with(['。', '；', '！', '？', ';', '）', ')']);
    !rest.is_empty() && before.chars().count() >= 8 && !ended && !is_number(rest)
}

/// A text without the sign that it is a continuation.
fn without_continued(text: &str) -> &str {
    let signs = ["（续）", "(续)", "（续表）", "(续表)"];
    let stripped = signs.iter().find_map(|sign| text.strip_suffix(sign));
    stripped.map_or(text, str::trim_end)
}

/// Whether a line says no more than that the table goes on.
fn only_continued(text: &str) -> bool {
    matches!(
        text,
        "续表" | "（续）" | "(续)" | "（续表）" | "(续表)" | "接上页" | "（接上页）"
    )
}

fn is_number(text: &str) -> bool {
    text.chars().any(|one| one.is_ascii_digit())
        && text
            .chars()
            .all(|one| one.is_ascii_digit() || ".,%-—/ ，％".contains(one))
}

fn whole(parts: &[Words]) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    texts.join("  ")
}
