//! Where rows come to stand once others are inserted between them.

use crate::exchange::grid::Place;

/// Rows of a sheet at most, in any program.
const LAST: u32 = (1 << 20) - 1;

/// The insertions of a sheet, by rows of the sheet as it was.
#[derive(Debug, Clone, Default)]
pub(super) struct Shift {
    /// The row after which they come, and how many; each row once, in order.
    inserts: Vec<(u32, u32)>,
}

/// Whether an area that ends where rows come in takes them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    /// It does not.
    Never,
    /// It does if it has several rows: a column that is summed, a table.
    Lists,
    /// It does: how a row looks or what may be typed into it holds for the rows that look like it.
    Always,
}

impl Shift {
    /// The shift by insertions in any order.
    pub fn by(inserts: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut sorted: Vec<(u32, u32)> = inserts.into_iter().filter(|(_, n)| *n > 0).collect();
        sorted.sort_unstable();
        let mut inserts: Vec<(u32, u32)> = Vec::new();
        for (after, count) in sorted {
            match inserts.last_mut() {
                Some((last, sum)) if *last == after => *sum = sum.saturating_add(count),
                _ => inserts.push((after, count)),
            }
        }
        Self { inserts }
    }

    /// Whether nothing moves.
    pub fn is_still(&self) -> bool {
        self.inserts.is_empty()
    }

    /// How many rows come in.
    pub fn inserted(&self) -> u32 {
        let counts = self.inserts.iter().map(|(_, count)| *count);
        counts.fold(0, u32::saturating_add)
    }

    /// The rows after which others come in.
    pub fn afters(&self) -> impl Iterator<Item = u32> {
        self.inserts.iter().map(|(after, _)| *after)
    }

    /// How many rows come in right after a row.
    pub fn count_after(&self, row: u32) -> u32 {
        let found = self.inserts.binary_search_by_key(&row, |(after, _)| *after);
        found.map_or(0, |at| self.inserts[at].1)
    }

    /// Where a row comes to stand.
    pub fn row(&self, row: u32) -> u32 {
        let before = self.inserts.iter().take_while(|(after, _)| *after < row);
        before
            .fold(row, |row, (_, count)| row.saturating_add(*count))
            .min(LAST)
    }

    /// Where a place comes to stand.
    pub fn place(&self, place: Place) -> Place {
        Place {
            row: self.row(place.row),
            ..place
        }
    }

    /// The last row of what takes in the rows after its own last.
    pub fn grown(&self, last: u32) -> u32 {
        self.row(last)
            .saturating_add(self.count_after(last))
            .min(LAST)
    }

    /// Where the rows of an area come to stand.
    pub fn rows(&self, first: u32, last: u32, growth: Growth) -> (u32, u32) {
        let grows = match growth {
            Growth::Never => false,
            Growth::Lists => first < last,
            Growth::Always => true,
        };
        let last = if grows {
            self.grown(last)
        } else {
            self.row(last)
        };
        (self.row(first), last)
    }
}

/// The shifts of the sheets of a workbook that have any, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Shifts {
    sheets: Vec<(String, Shift)>,
}

impl Shifts {
    /// Adds the shift of a sheet, unless nothing moves in it.
    pub fn add(&mut self, sheet: &str, shift: Shift) {
        if !shift.is_still() {
            self.sheets.push((sheet.to_lowercase(), shift));
        }
    }

    /// The shift of a sheet, whose name is of any case.
    pub fn of(&self, sheet: &str) -> Option<&Shift> {
        let sheet = sheet.to_lowercase();
        let found = self.sheets.iter().find(|(own, _)| *own == sheet);
        found.map(|(_, shift)| shift)
    }

    /// Whether nothing moves in any sheet.
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// Whether a formula names a sheet in which something moves.
    pub fn are_named_in(&self, formula: &str) -> bool {
        let formula = formula.to_lowercase();
        // A quote in a name is written twice.
        let named = |sheet: &str| formula.contains(&sheet.replace('\'', "''"));
        self.sheets.iter().any(|(sheet, _)| named(sheet))
    }
}
