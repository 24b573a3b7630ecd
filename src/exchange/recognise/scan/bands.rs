//! Forms that stand side by side on one sheet.

use std::{borrow::Cow, ops::Range};

use super::{sheet, words};
use crate::{
    exchange::grid::{Columns, Grid},
    model::typed::trim,
};

/// The grid cut into the columns of each form; the grid as it is where forms do not stand side by side.
pub(super) fn of(grid: &Grid) -> Vec<Cow<'_, Grid>> {
    let borders = borders(grid);
    if borders.is_empty() {
        return vec![Cow::Borrowed(grid)];
    }
    let starts = std::iter::once(0).chain(borders.iter().copied());
    let ends = borders.iter().copied().chain([u32::MAX]);
    let cut = |(from, to)| {
        let own = grid
            .cells
            .iter()
            .filter(|cell| (from..to).contains(&cell.place.column));
        Cow::Owned(Grid {
            name: grid.name.clone(),
            columns: grid.columns,
            cells: own.cloned().collect(),
        })
    };
    starts.zip(ends).map(cut).collect()
}

/// The columns in which forms begin that stand right of another: their titles are in the same row, each names its project,
/// and no cell reaches from one into the other.
fn borders(grid: &Grid) -> Vec<u32> {
    if grid.columns == Columns::Loose {
        return Vec::new();
    }
    let mut rows = grid
        .cells
        .chunk_by(|left, right| left.place.row == right.place.row);
    let titles = rows.find_map(|row| {
        let titles = row.iter().filter(|cell| words::title(&cell.text).is_some());
        let columns: Vec<u32> = titles.map(|cell| cell.place.column).collect();
        (!columns.is_empty()).then_some(columns)
    });
    let titles = titles.unwrap_or_default();
    let borders: Vec<u32> = titles
        .windows(2)
        .filter_map(|pair| border(grid, pair[0], pair[1]))
        .collect();
    let starts = std::iter::once(0).chain(borders.iter().copied());
    let ends = borders.iter().copied().chain([u32::MAX]);
    let names_project = |(from, to): (u32, u32)| {
        grid.cells.iter().any(|cell| {
            (from..to).contains(&cell.place.column)
                && words::is_project_name(&words::key(&cell.text))
        })
    };
    if borders.len() + 1 == titles.len() && starts.zip(ends).all(names_project) {
        borders
    } else {
        Vec::new()
    }
}

/// Where the right one of two forms begins: after a blank column left of its title, else with the title.
fn border(grid: &Grid, left: u32, right: u32) -> Option<u32> {
    let mut covered: Vec<Range<u32>> = grid
        .cells
        .iter()
        .filter(|cell| !trim(&cell.text).is_empty())
        .map(sheet::columns)
        .collect();
    covered.retain(|columns| columns.end > left && columns.start < right);
    let last = covered.iter().map(|columns| columns.end).max();
    let blank = (left + 1..right)
        .rev()
        .find(|column| !covered.iter().any(|columns| columns.contains(column)));
    match blank {
        Some(column) => Some(column + 1),
        None => last.filter(|end| *end <= right).map(|_| right),
    }
}
