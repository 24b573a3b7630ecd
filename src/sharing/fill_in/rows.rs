//! Which row is which: colleagues insert rows, move them, sort them, copy them into a sheet of their own.

use std::collections::{HashMap, HashSet};

use super::{
    layout::key_of,
    ticket::{SentCell, SentForm, SentRow},
};
use crate::{
    exchange::grid::{Cell, Grid, Place as At},
    model::{
        folding::squeezed,
        path::{BlockField, IndicatorField, Place},
    },
};

/// By what a row was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Its mark in the hidden column, or it stands where it stood.
    Mark,
    /// What stands in it.
    Name,
    /// The row above.
    Neighbour,
}

/// A sheet that came back, and where its rows are.
pub(super) struct Board<'a> {
    texts: HashMap<At, &'a str>,
    /// Places that a merged cell covers, its own corner left out.
    covered: HashSet<At>,
    /// For every row of the form, which row of the sheet it is.
    pub rows: Vec<Option<(u32, By)>>,
    /// The row behind the last one with text.
    pub height: u32,
}

impl<'a> Board<'a> {
    /// Finds the rows of a form in a sheet. `marks` are what stands beside its rows.
    pub fn new(form: &SentForm, grid: &'a Grid, marks: &[(u32, &str)]) -> Self {
        let texts = grid.cells.iter();
        let mut board = Self {
            texts: texts.map(|cell| (cell.place, cell.text.as_str())).collect(),
            covered: covered(grid),
            rows: vec![None; form.rows.len()],
            // Merged cells may reach far below the last text.
            height: grid
                .cells
                .iter()
                .map(|cell| cell.place.row + 1)
                .max()
                .unwrap_or(0),
        };
        let names: Vec<Vec<(u32, String)>> = form.rows.iter().map(naming).collect();
        board.by_mark(form, &names, marks);
        board.by_name(form, &names);
        board.by_neighbour(form, &names);
        board
    }

    /// What stands at a place.
    pub fn text(&self, row: u32, column: u32) -> &'a str {
        self.texts.get(&At { row, column }).copied().unwrap_or("")
    }

    /// Whether a merged cell that begins elsewhere covers a place.
    pub fn is_covered(&self, row: u32, column: u32) -> bool {
        self.covered.contains(&At { row, column })
    }

    /// The row of the sheet that a row of the form is.
    pub fn row(&self, index: usize) -> Option<u32> {
        self.rows.get(index).copied().flatten().map(|(row, _)| row)
    }

    /// Whether a row of the sheet is one of the form's.
    pub fn is_known(&self, row: u32) -> bool {
        self.rows.iter().flatten().any(|(own, _)| *own == row)
    }

    fn says(&self, row: u32, names: &[(u32, String)]) -> bool {
        !names.is_empty()
            && names
                .iter()
                .all(|(column, name)| squeezed(self.text(row, *column)) == *name)
    }

    /// Rows with their mark. One that says what another row said, while its own words stand elsewhere, was moved without its
    /// mark: rows were sorted, and the hidden column was not.
    fn by_mark(&mut self, form: &SentForm, names: &[Vec<(u32, String)>], marks: &[(u32, &str)]) {
        let mut places: HashMap<&str, Vec<u32>> = HashMap::new();
        for (row, mark) in marks {
            places.entry(mark).or_default().push(*row);
        }
        let mut says: HashMap<&[(u32, String)], usize> = HashMap::new();
        for names in names {
            *says.entry(names).or_default() += 1;
        }
        let words = |index: usize| names.get(index).map_or(&[][..], Vec::as_slice);
        for (index, row) in form.rows.iter().enumerate() {
            let Some(rows) = key_of(row.cells.iter().filter_map(|cell| cell.at.as_ref()))
                .and_then(|key| places.get(key.as_str()))
            else {
                continue;
            };
            // A row that was copied is there twice: the first that says the same is the row itself.
            let own = rows.iter().find(|row| self.says(**row, words(index)));
            let Some(at) = own.or_else(|| rows.first()).copied() else {
                continue;
            };
            let is_other = own.is_none()
                && form.rows.iter().enumerate().any(|(other, _)| {
                    other != index
                        && says.get(words(other)) == Some(&1)
                        && self.says(at, words(other))
                });
            let is_elsewhere = || {
                says.get(words(index)) == Some(&1)
                    && (0..self.height).any(|row| self.says(row, words(index)))
            };
            let was_moved = is_other && is_elsewhere();
            if !was_moved && !self.is_known(at) {
                self.put(index, at, By::Mark);
            }
        }
    }

    /// Rows by what stands in them: where they stood, else in order of those that say the same.
    fn by_name(&mut self, form: &SentForm, names: &[Vec<(u32, String)>]) {
        for (index, (row, names)) in form.rows.iter().zip(names).enumerate() {
            let is_free = self.row(index).is_none() && !self.is_known(row.row);
            if is_free && self.says(row.row, names) {
                self.put(index, row.row, By::Mark);
            }
        }
        let mut taken: HashSet<u32> = self.rows.iter().flatten().map(|(row, _)| *row).collect();
        // What the rows of the sheet say, by the first of the words: no row is compared with all others.
        let mut saying: HashMap<(u32, String), Vec<u32>> = HashMap::new();
        let mut columns: Vec<u32> = names.iter().flatten().map(|(column, _)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        for row in 0..self.height {
            for column in &columns {
                let text = squeezed(self.text(row, *column));
                if !text.is_empty() {
                    saying.entry((*column, text)).or_default().push(row);
                }
            }
        }
        for (index, names) in names.iter().enumerate() {
            let (None, Some(first)) = (self.row(index), names.first()) else {
                continue;
            };
            let rows = saying.get(first).map_or(&[][..], Vec::as_slice);
            let found = rows
                .iter()
                .find(|row| !taken.contains(row) && self.says(**row, names));
            if let Some(row) = found.copied() {
                taken.insert(row);
                self.put(index, row, By::Name);
            }
        }
    }

    /// Rows that say nothing of themselves stand below the one above them.
    fn by_neighbour(&mut self, form: &SentForm, names: &[Vec<(u32, String)>]) {
        for index in 1..form.rows.len() {
            let says_nothing = names.get(index).is_some_and(Vec::is_empty);
            let (true, None, Some(above)) = (says_nothing, self.row(index), self.row(index - 1))
            else {
                continue;
            };
            let (Some(row), Some(before)) = (form.rows.get(index), form.rows.get(index - 1)) else {
                continue;
            };
            let at = above.saturating_add(row.row.saturating_sub(before.row));
            if !self.is_known(at) {
                self.put(index, at, By::Neighbour);
            }
        }
    }

    fn put(&mut self, index: usize, row: u32, by: By) {
        if let Some(own) = self.rows.get_mut(index) {
            *own = Some((row, by));
        }
    }
}

/// How many places merged cells are followed over; a hostile sheet may have very many.
const FOLLOWED: usize = 400_000;

fn covered(grid: &Grid) -> HashSet<At> {
    let places = |cell: &Cell| {
        let At { row, column } = cell.place;
        let rows = row..row.saturating_add(cell.rows);
        let columns = column..column.saturating_add(cell.columns);
        rows.flat_map(move |row| columns.clone().map(move |column| At { row, column }))
            .skip(1)
    };
    let merged = grid
        .cells
        .iter()
        .filter(|cell| cell.rows > 1 || cell.columns > 1);
    merged.flat_map(places).take(FOLLOWED).collect()
}

/// The words by which a row is known, with their columns: the name of an indicator with its target, else all that was not to
/// be filled in and is no cell over several rows.
fn naming(row: &SentRow) -> Vec<(u32, String)> {
    let is_name = |cell: &&SentCell| {
        let place = cell.at.as_ref().map(|at| &at.place);
        matches!(place, Some(Place::Indicator(_, IndicatorField::Name)))
    };
    let is_target = |cell: &&SentCell| {
        let place = cell.at.as_ref().map(|at| &at.place);
        matches!(place, Some(Place::Indicator(_, IndicatorField::Target))) && !cell.is_open
    };
    let words = |cell: &SentCell| {
        Some((cell.column, squeezed(&cell.shown))).filter(|(_, text)| !text.is_empty())
    };
    if let Some(name) = row.cells.iter().find(is_name) {
        // Without a name, a target alone tells nothing.
        let name = words(name);
        let target = row.cells.iter().find(is_target).and_then(words);
        return name
            .into_iter()
            .flat_map(|name| [Some(name), target.clone()])
            .flatten()
            .collect();
    }
    let is_fixed = |cell: &&SentCell| {
        let place = cell.at.as_ref().map(|at| &at.place);
        !cell.is_open
            && !matches!(
                place,
                Some(
                    Place::Section(_, BlockField::Caption)
                        | Place::Group(_, BlockField::Caption)
                        | Place::Reason(_)
                )
            )
    };
    row.cells
        .iter()
        .filter(is_fixed)
        .filter_map(words)
        .collect()
}
