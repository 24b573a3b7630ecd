//! The grid while it is scanned: its cells by row, what they mean, and which of them are taken already.

use std::ops::Range;

use super::{Said, words};
use crate::{
    exchange::{
        grid::{Cell, Columns, Grid, Place},
        recognise::found::Remarked,
    },
    model::typed::trim,
};

/// A grid with what was taken of it. Cells are named by their index.
pub(super) struct Sheet<'g> {
    pub(super) said: &'g dyn Said,
    /// Whether columns cannot be relied on.
    pub(super) loose: bool,
    cells: &'g [Cell],
    keys: Vec<String>,
    taken: Vec<bool>,
    /// The cells with text that begin in a row or reach it from above, by row, from left to right.
    rows: Vec<Vec<usize>>,
}

impl<'g> Sheet<'g> {
    pub(super) fn new(grid: &'g Grid, said: &'g dyn Said) -> Self {
        let mut rows = grid.by_row(|cell| !trim(&cell.text).is_empty());
        for row in &mut rows {
            row.sort_by_key(|&index| grid.cells[index].place.column);
        }
        Self {
            said,
            loose: grid.columns == Columns::Loose,
            cells: &grid.cells,
            keys: grid
                .cells
                .iter()
                .map(|cell| words::key(&cell.text))
                .collect(),
            taken: vec![false; grid.cells.len()],
            rows,
        }
    }

    /// How many rows.
    pub(super) fn height(&self) -> u32 {
        // Limited by `Grid::by_row`.
        self.rows.len() as u32
    }

    /// The cells with text that begin in the row and are not taken.
    pub(super) fn line(&self, row: u32) -> Vec<usize> {
        let mut cells = self.reaching(row);
        cells.retain(|&index| self.cell(index).place.row == row);
        cells
    }

    /// The cells with text that begin in the row or reach it from above, and are not taken.
    pub(super) fn reaching(&self, row: u32) -> Vec<usize> {
        let mut cells = self.all(row).to_vec();
        cells.retain(|&index| !self.taken[index]);
        cells
    }

    /// The cells with text that begin in the row or reach it, taken or not.
    pub(super) fn all(&self, row: u32) -> &[usize] {
        self.rows.get(row as usize).map_or(&[], Vec::as_slice)
    }

    /// The next row from `row` on, before `end`, in which a cell begins that is not taken.
    pub(super) fn next_line(&self, row: u32, end: u32) -> Option<u32> {
        (row..end).find(|&row| !self.line(row).is_empty())
    }

    pub(super) fn cell(&self, index: usize) -> &'g Cell {
        &self.cells[index]
    }

    pub(super) fn text(&self, index: usize) -> &'g str {
        trim(&self.cells[index].text)
    }

    pub(super) fn key(&self, index: usize) -> &str {
        &self.keys[index]
    }

    /// The columns that a cell covers.
    pub(super) fn columns(&self, index: usize) -> Range<u32> {
        columns(self.cell(index))
    }

    /// The cell, which nobody else will be given.
    pub(super) fn take(&mut self, index: usize) -> Cell {
        self.taken[index] = true;
        self.cells[index].clone()
    }

    /// Takes several cells as one: at the place of the first, their texts joined.
    pub(super) fn take_joined(&mut self, cells: &[usize], between: &str) -> Option<Cell> {
        let mut joined: Option<Cell> = None;
        for &index in cells {
            let cell = self.take(index);
            match &mut joined {
                None => joined = Some(cell),
                Some(first) => {
                    let last = cell.place.row.saturating_add(cell.rows);
                    first.rows = first.rows.max(last.saturating_sub(first.place.row));
                    append(first, between, &cell);
                }
            }
        }
        joined
    }

    /// The cells of headings in the rows, from left to right: those over others, and those with none below.
    pub(super) fn headings(&self, rows: Range<u32>) -> (Vec<usize>, Vec<usize>) {
        let mut all: Vec<usize> = rows.flat_map(|row| self.line(row)).collect();
        all.sort_by_key(|&index| (self.cell(index).place.column, self.cell(index).place.row));
        all.iter()
            .partition(|&&index| all.iter().any(|&other| self.is_over(index, other)))
    }

    /// Whether one heading stands over another.
    pub(super) fn is_over(&self, upper: usize, lower: usize) -> bool {
        !self.loose
            && self.cell(lower).place.row > self.cell(upper).place.row
            && overlap(&self.columns(upper), &self.columns(lower)) > 0
    }

    /// Takes all cells that are left in the rows, with the note on each.
    pub(super) fn leftovers(&mut self, rows: Range<u32>, note: &str) -> Vec<Remarked> {
        let mut left = Vec::new();
        for row in rows {
            for index in self.line(row) {
                left.push(Remarked {
                    cell: self.take(index),
                    note: note.to_owned(),
                });
            }
        }
        left
    }
}

/// Joins the text of a cell to that of another.
pub(super) fn append(first: &mut Cell, between: &str, more: &Cell) {
    first.text.truncate(first.text.trim_end().len());
    first.text.push_str(between);
    first.text.push_str(trim(&more.text));
}

/// The columns that a cell covers.
pub(super) fn columns(cell: &Cell) -> Range<u32> {
    cell.place.column..cell.place.column.saturating_add(cell.columns.max(1))
}

/// How many columns two cells have in common.
pub(super) fn overlap(a: &Range<u32>, b: &Range<u32>) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// A cell without text where a form has none.
pub(super) fn blank(place: Place) -> Cell {
    Cell {
        place,
        rows: 1,
        columns: 1,
        text: String::new(),
    }
}
