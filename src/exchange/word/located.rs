//! Where the cells and paragraphs of the grid stand in the document's part.

use std::ops::Range;

use super::stack::Merge;
use crate::exchange::grid::Place;

/// Where everything stands. A range begins behind the start tag of its element and ends with the end tag, in bytes.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Located {
    /// The rows of tables, from top to bottom.
    pub(in crate::exchange) rows: Vec<LocatedRow>,
    /// The paragraphs outside of tables; one inside of a text box has an empty range.
    pub(in crate::exchange) paragraphs: Vec<(Place, Range<u64>)>,
}

/// A row of a table.
#[derive(Debug)]
pub(in crate::exchange) struct LocatedRow {
    /// Its row in the grid.
    pub(in crate::exchange) row: u32,
    /// Where it stands.
    pub(in crate::exchange) range: Range<u64>,
    /// Its cells from left to right, those that merged cells cover included.
    pub(in crate::exchange) cells: Vec<LocatedCell>,
}

/// A cell of a row.
#[derive(Debug)]
pub(in crate::exchange) struct LocatedCell {
    /// The first column that it covers in the grid.
    pub(in crate::exchange) column: u32,
    /// How many columns it covers.
    pub(in crate::exchange) columns: u32,
    /// Where it stands; empty for a gap, which is no cell.
    pub(in crate::exchange) range: Range<u64>,
    /// Whether a merged cell that begins above or to the left covers it.
    pub(in crate::exchange) covered: bool,
    /// Its part in a cell merged over several rows.
    pub(in crate::exchange) down: Merge,
}

impl LocatedRow {
    /// Notes that a merged cell covers the last of the cells so far.
    pub(in crate::exchange) fn cover(&mut self) {
        if let Some(cell) = self.cells.last_mut() {
            cell.covered = true;
        }
    }
}
