//! Merged cells: how far they reach, and what they cover.

use crate::exchange::{
    grid::{Cell, Place},
    limits,
};

/// Columns of a row that are covered, one bit each.
type Row = [u64; limits::COLUMNS.div_ceil(64) as usize];

/// Rows that are looked at for all merged cells at most: no more than that where none overlap.
const WORK: u64 = limits::ROWS as u64 * limits::COLUMNS as u64;

/// Gives cells their spans and drops those that are covered. The cells stand in order, at places within the limits. Returns
/// how many were dropped.
///
/// A merged cell may reach over whole columns: it is cut to where there are cells. Where two overlap, which Excel itself
/// never writes, the second counts for nothing.
pub(super) fn apply(cells: &mut Vec<Cell>, areas: &[(Place, Place)]) -> usize {
    let Some(height) = cells.last().map(|cell| cell.place.row + 1) else {
        return 0;
    };
    let width = cells
        .iter()
        .map(|cell| cell.place.column + 1)
        .max()
        .unwrap_or(0);
    let mut covered = Covered {
        rows: vec![Row::default(); height as usize],
        work: WORK,
    };
    for (from, to) in areas {
        if from.row >= height || from.column >= width {
            continue;
        }
        let rows = to.row.min(height - 1) - from.row + 1;
        let columns = to.column.min(width - 1) - from.column + 1;
        // One that is cut to its first cell covers no other.
        if (rows, columns) == (1, 1) || !covered.cover(*from, rows, columns) {
            continue;
        }
        if let Ok(at) = cells.binary_search_by_key(from, |cell| cell.place)
            && let Some(cell) = cells.get_mut(at)
        {
            (cell.rows, cell.columns) = (rows, columns);
        }
    }
    let before = cells.len();
    // A cell with a span is the one that covers; all others in its area are covered.
    cells.retain(|cell| cell.rows > 1 || cell.columns > 1 || !covered.holds(cell.place));
    before - cells.len()
}

struct Covered {
    rows: Vec<Row>,
    work: u64,
}

impl Covered {
    /// Covers an area, unless some of it is covered already.
    fn cover(&mut self, from: Place, rows: u32, columns: u32) -> bool {
        let mask = mask(from.column, columns);
        let range = from.row as usize..(from.row + rows) as usize;
        let Some(area) = self.rows.get_mut(range) else {
            return false;
        };
        self.work = self.work.saturating_sub(u64::from(rows));
        let overlaps = |row: &Row| row.iter().zip(&mask).any(|(row, mask)| row & mask != 0);
        if self.work == 0 || area.iter().any(overlaps) {
            return false;
        }
        for row in area {
            for (row, mask) in row.iter_mut().zip(&mask) {
                *row |= mask;
            }
        }
        true
    }

    fn holds(&self, place: Place) -> bool {
        let row = self.rows.get(place.row as usize);
        let mask = mask(place.column, 1);
        row.is_some_and(|row| row.iter().zip(&mask).any(|(row, mask)| row & mask != 0))
    }
}

fn mask(from: u32, columns: u32) -> Row {
    let mut mask = Row::default();
    for column in from..from.saturating_add(columns).min(limits::COLUMNS) {
        if let Some(bits) = mask.get_mut(column as usize / 64) {
            *bits |= 1 << (column % 64);
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(from: (u32, u32), to: (u32, u32)) -> (Place, Place) {
        let place = |(row, column)| Place { row, column };
        (place(from), place(to))
    }

    #[test]
    fn spans_are_cut_to_where_cells_are_and_covered_cells_dropped() {
        let mut cells = vec![
            Cell::new(0, 0, "标题"),
            Cell::new(1, 0, "甲"),
            Cell::new(1, 1, "盖住"),
            Cell::new(2, 2, "末"),
        ];
        let dropped = apply(
            &mut cells,
            &[
                area((0, 0), (0, 16_383)),
                area((1, 0), (1_048_575, 1)),
                area((1, 1), (2, 2)),
                area((9, 9), (10, 10)),
            ],
        );
        assert_eq!(dropped, 1);
        assert_eq!(
            cells,
            [
                Cell::new(0, 0, "标题").spanning(1, 3),
                Cell::new(1, 0, "甲").spanning(2, 2),
                Cell::new(2, 2, "末"),
            ]
        );
    }

    #[test]
    fn a_merged_cell_in_the_last_row_and_column_stays() {
        let mut cells = vec![Cell::new(0, 0, "甲"), Cell::new(1, 0, "末")];
        assert_eq!(apply(&mut cells, &[area((1, 0), (3, 2))]), 0);
        assert_eq!(cells, [Cell::new(0, 0, "甲"), Cell::new(1, 0, "末")]);
    }

    #[test]
    fn a_blank_merged_cell_covers_too() {
        let mut cells = vec![Cell::new(0, 1, "盖住"), Cell::new(1, 1, "末")];
        assert_eq!(apply(&mut cells, &[area((0, 0), (0, 1))]), 1);
        assert_eq!(cells, [Cell::new(1, 1, "末")]);
    }

    #[test]
    fn many_areas_that_overlap_take_no_time() {
        let mut cells = vec![Cell::new(0, 0, "甲"), Cell::new(19_999, 199, "末")];
        let areas = vec![area((0, 0), (19_999, 199)); 300_000];
        assert_eq!(apply(&mut cells, &areas), 1);
        assert_eq!(cells, [Cell::new(0, 0, "甲").spanning(20_000, 200)]);
    }
}
