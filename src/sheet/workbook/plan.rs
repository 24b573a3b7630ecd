//! Where the cells of a form come to lie in a worksheet: one set of columns for all blocks, and rows that show all their text.

use rust_xlsxwriter::{ColNum, RowNum};

use super::number::Shown;
use crate::{
    model::path::Place,
    sheet::{
        fonts,
        markup::TEXT_SIZE,
        paper::{INSET_X, Paper},
        table::{Block, BlockKind, Cell, CellAddress, FULL_WIDTH, FormSheet, Row, Style},
        text::{self, Advances as _},
    },
};

/// How far two lines of a text are from each other, in sizes of the text: that of the widest fonts that a computer without
/// 宋体 puts in its place. With 宋体 some room is left.
const LINE: f64 = 1.45;
/// The room above and beneath a text, both together, in points: with it a row of one line is as high as on paper.
const INSET_Y: f64 = 3.2;
/// What a part of a row is set in, in points.
pub(super) const INDENT: f64 = 9.0;
/// The most that a row may be high, in pixels: 409 points.
const HIGHEST: u32 = 545;
/// The least width of a column, in pixels: one of none would be hidden.
const NARROWEST: u32 = 2;

/// The cells of a worksheet that a cell of the form covers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub row: RowNum,
    pub column: ColNum,
    pub last_row: RowNum,
    pub last_column: ColNum,
}

/// Columns and rows of a worksheet.
pub(super) struct Plan {
    edges: Vec<u16>,
    /// Widths of the columns, in pixels.
    pub widths: Vec<u32>,
    /// Heights of the rows, in pixels.
    pub heights: Vec<u32>,
    /// By block and row of the form: the first row of the worksheet that belongs to it, and the first that no longer does.
    rows: Vec<Vec<(RowNum, RowNum)>>,
    /// Blocks whose side caption takes the corner above it.
    cornered: Vec<bool>,
}

impl Plan {
    /// The plan of a sheet. Rows higher than a worksheet's rows may be become several, over which their cells are merged.
    pub fn new(sheet: &FormSheet) -> Self {
        let paper = Paper::of(sheet.page);
        let mut edges = sheet.edges();
        if edges.len() == 2 {
            // A column as wide as the page cannot be set smaller by programs that fit columns to it.
            edges = vec![edges[0], FULL_WIDTH / 4, FULL_WIDTH / 2, edges[1]];
        }
        let lines: Vec<u32> = edges
            .iter()
            .map(|edge| pixels(paper.points(*edge)))
            .collect();
        let widths = lines
            .windows(2)
            .map(|line| (line[1] - line[0]).max(NARROWEST));
        let mut plan = Self {
            widths: widths.collect(),
            edges,
            heights: Vec::new(),
            rows: Vec::new(),
            cornered: sheet.blocks.iter().map(has_corner).collect(),
        };
        for block in &sheet.blocks {
            let rows = heights(block, &paper);
            let placed = rows.into_iter().map(|height| plan.add(height)).collect();
            plan.rows.push(placed);
        }
        plan
    }

    fn add(&mut self, height: f64) -> (RowNum, RowNum) {
        let height = pixels(height);
        let count = height.div_ceil(HIGHEST).max(1);
        let first = self.end();
        self.heights
            .extend((0..count).map(|_| height.div_ceil(count)));
        (first, self.end())
    }

    /// The row behind the last.
    pub fn end(&self) -> RowNum {
        RowNum::try_from(self.heights.len()).unwrap_or(RowNum::MAX)
    }

    /// Where a cell lies; `None` for a corner that the caption below it takes.
    pub fn area(&self, at: CellAddress, cell: &Cell) -> Option<Area> {
        let rows = &self.rows[at.block];
        let mut first = at.row;
        if cell.left == 0 && self.cornered[at.block] {
            match at.row {
                0 => return None,
                1 => first = 0,
                _ => {}
            }
        }
        let last = (at.row + cell.rows.max(1) - 1).min(rows.len() - 1);
        Some(Area {
            row: rows[first].0,
            column: self.column(cell.left),
            last_row: rows[last].1 - 1,
            last_column: self.column(cell.right).saturating_sub(1),
        })
    }

    /// Whether a cell of one row lies over several rows of the worksheet, since one is not high enough.
    pub fn is_split(&self, at: CellAddress, cell: &Cell) -> bool {
        let (first, end) = self.rows[at.block][at.row];
        cell.rows == 1 && end - first > 1
    }

    fn column(&self, edge: u16) -> ColNum {
        let at = self.edges.binary_search(&edge).unwrap_or_default();
        // There are at most 1001 edges.
        ColNum::try_from(at).unwrap_or_default()
    }

    /// The rows that are printed again on every page. A worksheet has one such run: that of the block with most rows.
    pub fn repeated(&self, sheet: &FormSheet) -> Option<(RowNum, RowNum)> {
        let blocks = sheet.blocks.iter().zip(&self.rows);
        let (block, rows) = blocks
            .filter(|(block, _)| block.header_rows > 0)
            .max_by_key(|(block, _)| block.rows.len())?;
        let last = rows.get(block.header_rows - 1)?;
        Some((rows.first()?.0, last.1 - 1))
    }
}

/// Whether a side caption stands below a blank corner. On paper they are two, since the row of the corner is printed again on
/// each page; to the eye, and in a workbook, they are one.
fn has_corner(block: &Block) -> bool {
    let first = |row: usize| {
        let row: Option<&Row> = block.rows.get(row);
        row.and_then(|row| row.cells.first())
            .filter(|cell| cell.left == 0)
    };
    let (Some(corner), Some(caption)) = (first(0), first(1)) else {
        return false;
    };
    block.header_rows == 1
        && corner.style == Style::Caption
        && corner.text.is_empty()
        && corner.rows == 1
        && caption.style == Style::Span
        && caption.right == corner.right
}

/// Points as pixels of 1/96 inch, rounded.
fn pixels(points: f64) -> u32 {
    // Between 0 and some million.
    (points * 96.0 / 72.0).round() as u32
}

/// The size of a style's text, in points.
pub(super) fn size(style: Style) -> f64 {
    match style {
        Style::Title => 16.0,
        Style::Heading => 13.0,
        Style::Aside | Style::Note => 7.0,
        _ => TEXT_SIZE,
    }
}

/// The number that a cell is written as: where its field holds numbers, or it shows a figure that is no field's, and its text
/// can be shown by a number format.
pub(super) fn number(cell: &Cell) -> Option<Shown> {
    let is_number = match &cell.at {
        Some(at) => holds_numbers(&at.place),
        None => matches!(cell.style, Style::Figure | Style::Total),
    };
    is_number.then(|| Shown::of(&cell.text)).flatten()
}

fn holds_numbers(place: &Place) -> bool {
    use crate::model::{
        path::{BlockField, IndicatorField, StatedField},
        working_paper::{PaperCell, PaperField},
    };
    match place {
        Place::Fund(_, column) => !matches!(column.as_str(), "name" | "remark"),
        Place::Section(_, field) | Place::Group(_, field) => *field != BlockField::Caption,
        Place::Indicator(_, field) => matches!(
            field,
            IndicatorField::Target
                | IndicatorField::Actual
                | IndicatorField::Weight
                | IndicatorField::Score
        ),
        Place::Stated(field) => {
            matches!(field, StatedField::TotalWeight | StatedField::TotalScore)
        }
        Place::Paper(PaperCell::Line(_, field)) => *field != PaperField::Note,
        _ => false,
    }
}

/// The heights of a block's rows in points, so that every cell shows its text.
fn heights(block: &Block, paper: &Paper) -> Vec<f64> {
    let mut heights = vec![height_of(1, TEXT_SIZE); block.rows.len()];
    if !block.kind.is_ruled() {
        heights.fill(0.0);
    }
    let mut cells: Vec<(usize, &Cell)> = block
        .rows
        .iter()
        .enumerate()
        .flat_map(|(row, content)| content.cells.iter().map(move |cell| (row, cell)))
        .collect();
    // What a high cell lacks is known once the rows of the lower ones are.
    cells.sort_by_key(|(_, cell)| cell.rows);
    for (row, cell) in cells {
        let end = (row + cell.rows.max(1)).min(heights.len());
        let rows = &mut heights[row..end];
        let missing = needed(cell, paper) - rows.iter().sum::<f64>();
        if missing > 0.0 {
            let each = missing / rows.len() as f64;
            rows.iter_mut().for_each(|height| *height += each);
        }
    }
    add_gap(block.kind, &mut heights);
    heights
}

/// The room between blocks, as on paper.
fn add_gap(kind: BlockKind, heights: &mut [f64]) {
    let (row, gap) = match kind {
        BlockKind::Table => return,
        BlockKind::Title => (heights.last_mut(), 5.0),
        BlockKind::Signatures => (heights.first_mut(), 8.0),
        BlockKind::Notes => (heights.first_mut(), 5.0),
    };
    if let Some(height) = row {
        *height += gap;
    }
}

/// The height that a cell needs, in points.
fn needed(cell: &Cell, paper: &Paper) -> f64 {
    let size = size(cell.style);
    if number(cell).is_some() {
        return height_of(1, size);
    }
    let indent = if cell.style == Style::Part {
        INDENT
    } else {
        0.0
    };
    let width = paper.points(cell.right - cell.left) - INSET_X - indent;
    // Between 1 and some ten thousand.
    let room = (width.max(size) / size * 100.0) as u32;
    let lines = text::lines(&cell.text)
        .iter()
        .map(|line| line_count(line, room))
        .sum();
    height_of(lines, size)
}

fn height_of(lines: u32, size: f64) -> f64 {
    f64::from(lines) * size * LINE + INSET_Y
}

/// How many lines a worksheet makes of one: it ends lines between Chinese characters and at spaces, and breaks what is wider
/// than the cell anywhere.
pub(super) fn line_count(line: &str, room: u32) -> u32 {
    let measure = fonts::sans();
    let mut lines = 1;
    let mut used = 0;
    for stretch in text::stretches(line) {
        let width = measure.width(stretch.trim_end());
        if used > 0 && used + width > room {
            lines += 1;
            used = 0;
        }
        if width <= room {
            used += measure.width(stretch);
            continue;
        }
        for character in stretch.chars() {
            let width = measure.advance(character);
            if used > 0 && used + width > room {
                lines += 1;
                used = 0;
            }
            used += width;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_chinese_characters_and_at_spaces() {
        assert_eq!(line_count("", 500), 1);
        assert_eq!(line_count("年度课题数", 500), 1);
        assert_eq!(line_count("年度课题数量", 500), 2);
        // No line begins with a stop.
        assert_eq!(line_count("年度课题数，量多", 500), 2);
        assert_eq!(line_count("abcdef abcdef", 500), 2);
        assert_eq!(line_count(&"年".repeat(60), 500), 12);
        assert!(line_count(&"a".repeat(60), 500) > 5);
    }
}
