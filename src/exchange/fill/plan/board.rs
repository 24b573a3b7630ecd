//! The template's grid, asked for the cell at a place.

use std::ops::Range;

use crate::{
    exchange::grid::{Cell, Grid, Place},
    model::typed::trim,
};

/// A grid with its cells by row.
pub(super) struct Board<'g> {
    pub(super) grid: &'g Grid,
    /// The cells that begin in a row or reach it from above.
    rows: Vec<Vec<usize>>,
    width: u32,
}

/// A cell of the template, blank ones included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot<'g> {
    /// Its upper left corner.
    pub(super) place: Place,
    /// How many rows it covers.
    pub(super) rows: u32,
    /// How many columns it covers.
    pub(super) columns: u32,
    /// Its text.
    pub(super) text: &'g str,
}

impl Spot<'_> {
    /// The first row below it.
    pub(super) fn below(&self) -> u32 {
        self.place.row.saturating_add(self.rows)
    }

    /// The first column right of it.
    pub(super) fn right(&self) -> u32 {
        self.place.column.saturating_add(self.columns)
    }

    /// Whether nothing is written in it.
    pub(super) fn is_blank(&self) -> bool {
        trim(self.text).is_empty()
    }
}

impl<'g> Board<'g> {
    pub(super) fn new(grid: &'g Grid) -> Self {
        Self {
            grid,
            rows: grid.by_row(|_| true),
            width: grid.width(),
        }
    }

    /// The cells of the grid that begin in the row or reach it.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = Spot<'g>> + '_ {
        let cells = self.rows.get(row as usize).map_or(&[][..], Vec::as_slice);
        cells
            .iter()
            .filter_map(|index| self.grid.cells.get(*index))
            .map(spot)
    }

    /// The cell that covers the place; a blank one where the grid has none.
    pub(super) fn at(&self, place: Place) -> Spot<'g> {
        let covers = |spot: &Spot| {
            (spot.place.row..spot.below()).contains(&place.row)
                && (spot.place.column..spot.right()).contains(&place.column)
        };
        self.row(place.row).find(covers).unwrap_or(Spot {
            place,
            rows: 1,
            columns: 1,
            text: "",
        })
    }

    /// Whether the grid has a cell that covers the place, with text or without.
    pub(super) fn has(&self, place: Place) -> bool {
        self.row(place.row)
            .any(|spot| (spot.place.column..spot.right()).contains(&place.column))
    }

    /// Of the cells in a row that have columns in common with `columns`, the one that has most; those that begin in the row
    /// go before those from above.
    pub(super) fn under(&self, row: u32, columns: &Range<u32>) -> Option<Spot<'g>> {
        let common = |spot: &Spot| {
            let end = spot.right().min(columns.end);
            end.saturating_sub(spot.place.column.max(columns.start))
        };
        self.row(row)
            .filter(|spot| common(spot) > 0)
            .max_by_key(|spot| (spot.place.row == row, common(spot)))
    }

    /// The cell right of another; `None` past the last column.
    pub(super) fn right_of(&self, spot: &Spot) -> Option<Spot<'g>> {
        let place = Place {
            row: spot.place.row,
            column: spot.right(),
        };
        (place.column < self.width).then(|| self.at(place))
    }

    /// The cell below another.
    pub(super) fn below(&self, spot: &Spot) -> Spot<'g> {
        self.at(Place {
            row: spot.below(),
            column: spot.place.column,
        })
    }
}

fn spot(cell: &Cell) -> Spot<'_> {
    Spot {
        place: cell.place,
        rows: cell.rows.max(1),
        columns: cell.columns.max(1),
        text: &cell.text,
    }
}
