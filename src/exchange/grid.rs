//! What every source becomes: grids of cells with spans, as the source shows them.

use serde::{Deserialize, Serialize};

use super::limits;

/// How many rows all merged cells together are followed down; past that they count as one row.
const FOLLOWED: u32 = 4_000_000;

/// What a file holds, before anybody asks what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    /// Its tables: the sheets of a workbook; the whole of a document, a PDF or a text, its paragraphs as rows of one cell.
    pub grids: Vec<Grid>,
    /// What a person should know of how it was read (an encoding, a hidden sheet, pages without text), one sentence each.
    pub remarks: Vec<String>,
    /// What the program noted for itself in a workbook that it gave out.
    #[serde(default)]
    pub own: Own,
}

/// What the program itself noted in a workbook that was given out and comes back (填报表). Nothing of it is among the grids.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Own {
    /// The sheet [`OWN_SHEET`], hidden or not.
    pub sheet: Option<Grid>,
    /// What stood beside rows behind [`MARK`].
    pub marks: Vec<RowMark>,
    /// When the workbook was last saved, as it says itself ("2021-03-05T14:32:00Z"); empty where it does not, or where there
    /// is no such sheet.
    pub saved: String,
}

/// What the program wrote beside a row, to find it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowMark {
    /// Which of the grids.
    pub grid: usize,
    /// The row.
    pub row: u32,
    /// What was written.
    pub text: String,
}

/// What the sheet is called in which the program notes something for itself.
pub const OWN_SHEET: &str = "_jiping";

/// How the text of a cell begins in which the program notes something beside a row.
pub const MARK: &str = "#jiping:";

/// A table of cells. Cells that are blank may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grid {
    /// What the source calls it: the sheet's name; empty for a document, a PDF or a text.
    pub name: String,
    /// Whether columns can be relied on.
    pub columns: Columns,
    /// The cells by row, then column; no two cover the same place.
    pub cells: Vec<Cell>,
}

/// Whether the column of a cell says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Columns {
    /// As in a workbook: what stands below a heading belongs to it.
    #[default]
    Aligned,
    /// As in text copied out of a PDF: cells keep their order, but may have slipped to other columns.
    Loose,
}

/// A cell with text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its upper left corner.
    pub place: Place,
    /// How many rows it covers, at least 1.
    pub rows: u32,
    /// How many columns it covers, at least 1.
    pub columns: u32,
    /// Its text as shown, number format applied; may hold line breaks.
    pub text: String,
}

/// A place in a grid, counted from 0.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Place {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

impl Place {
    /// The place as a workbook names it: "B7".
    pub fn name(self) -> String {
        format!("{}{}", self.column_name(), u64::from(self.row) + 1)
    }

    /// The column as a workbook names it: "B".
    pub fn column_name(self) -> String {
        let mut letters = Vec::new();
        let mut left = u64::from(self.column) + 1;
        while left > 0 {
            left -= 1;
            // A remainder of 26 fits.
            letters.push(b'A' + (left % 26) as u8);
            left /= 26;
        }
        letters.reverse();
        letters.into_iter().map(char::from).collect()
    }
}

impl Cell {
    /// A cell that covers one place.
    pub fn new(row: u32, column: u32, text: impl Into<String>) -> Self {
        Self {
            place: Place { row, column },
            rows: 1,
            columns: 1,
            text: text.into(),
        }
    }

    /// The same cell, covering `rows` × `columns` places.
    #[must_use]
    pub fn spanning(self, rows: u32, columns: u32) -> Self {
        Self {
            rows,
            columns,
            ..self
        }
    }

    /// Whether it covers the place.
    pub fn covers(&self, place: Place) -> bool {
        let Place { row, column } = self.place;
        (row..row.saturating_add(self.rows)).contains(&place.row)
            && (column..column.saturating_add(self.columns)).contains(&place.column)
    }
}

impl Grid {
    /// How many rows it has: one more than the last that a cell covers.
    pub fn height(&self) -> u32 {
        self.cells
            .iter()
            .map(|cell| cell.place.row.saturating_add(cell.rows))
            .max()
            .unwrap_or(0)
    }

    /// How many columns it has.
    pub fn width(&self) -> u32 {
        self.cells
            .iter()
            .map(|cell| cell.place.column.saturating_add(cell.columns))
            .max()
            .unwrap_or(0)
    }

    /// The cells that begin in a row, from left to right.
    pub fn row(&self, row: u32) -> &[Cell] {
        let from = self.cells.partition_point(|cell| cell.place.row < row);
        let to = self.cells.partition_point(|cell| cell.place.row <= row);
        &self.cells[from..to]
    }

    /// For every row, up to as many as limits allow, the indices of the cells that begin in it or reach it from above; of
    /// those that are `wanted`, in the order of the grid.
    pub(super) fn by_row(&self, wanted: impl Fn(&Cell) -> bool) -> Vec<Vec<usize>> {
        let height = self.height().min(limits::ROWS);
        let mut rows = vec![Vec::new(); height as usize];
        let mut left = FOLLOWED;
        for (index, cell) in self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| wanted(cell))
        {
            let reach = cell.rows.clamp(1, left.max(1));
            left = left.saturating_sub(reach);
            let first = cell.place.row;
            for row in first..first.saturating_add(reach).min(height) {
                if let Some(row) = rows.get_mut(row as usize) {
                    row.push(index);
                }
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_named_as_in_a_workbook() {
        for (column, name) in [
            (0, "A1"),
            (25, "Z1"),
            (26, "AA1"),
            (701, "ZZ1"),
            (702, "AAA1"),
        ] {
            assert_eq!(Place { row: 0, column }.name(), name);
        }
    }
}
