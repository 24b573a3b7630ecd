//! Merged areas once rows are inserted.

use std::collections::HashSet;

use super::{
    shift::{Growth, Shift},
    survey::Area,
};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::Place,
    limits,
};

/// The merged areas of a sheet after the insertions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Merges {
    /// Those that there were, in their order.
    pub kept: Vec<Area>,
    /// Those that have come: of inserted rows, and cells that had been single.
    pub added: Vec<Area>,
    /// Upper left corners, in the sheet as it was, of what covers rows beyond its first or has come to.
    tall: HashSet<Place>,
}

impl Merges {
    /// Moves areas; `grown` are the upper left corners of those that take in the rows after them.
    ///
    /// # Errors
    ///
    /// More areas would come than limits allow.
    pub fn moved(areas: &[Area], shift: &Shift, grown: &[(u32, Place)]) -> Result<Self, ReadError> {
        let mut merges = Self::default();
        for (first, last) in areas {
            let grows = grown.contains(&(last.row, *first));
            let growth = if grows { Growth::Always } else { Growth::Never };
            let (upper, lower) = shift.rows(first.row, last.row, growth);
            let at = |row, place: &Place| Place { row, ..*place };
            merges.kept.push((at(upper, first), at(lower, last)));
            if upper < lower {
                merges.tall.insert(*first);
            } else {
                let copies = 1..=shift.count_after(first.row);
                merges
                    .added
                    .extend(copies.map(|down| (at(upper + down, first), at(upper + down, last))));
                if merges.added.len() > limits::CELLS {
                    return Err(ReadError::TooLarge(Excess::Cells));
                }
            }
        }
        for (after, place) in grown {
            let is_single = !areas.iter().any(|(first, _)| first == place);
            let lower = shift.grown(*after);
            if is_single && place.row == *after && lower > shift.row(*after) {
                let last = Place {
                    row: lower,
                    ..*place
                };
                merges.added.push((shift.place(*place), last));
                merges.tall.insert(*place);
            }
        }
        Ok(merges)
    }

    /// Whether a cell, by its place in the sheet as it was, stands for several rows now.
    pub fn is_tall(&self, place: Place) -> bool {
        self.tall.contains(&place)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Area> {
        self.kept.iter().chain(&self.added)
    }

    /// The upper left corner of what covers a place.
    pub fn corner(&self, place: Place) -> Place {
        let found = self.all().find(|area| super::survey::holds(**area, place));
        found.map_or(place, |(first, _)| *first)
    }
}

/// An area's name.
pub(super) fn name((first, last): Area) -> String {
    format!("{}:{}", first.name(), last.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(names: &[&str]) -> Vec<Area> {
        let area = |name: &&str| crate::exchange::workbook::reference::area(name).unwrap();
        names.iter().map(area).collect()
    }

    #[test]
    fn merged_areas_move_grow_and_are_copied() {
        let shift = Shift::by([(4, 2)]);
        let place = |row, column| Place { row, column };
        let before = areas(&["A1:H1", "A3:A5", "B3:B9", "C5:D5", "E4:E5", "A6:B6"]);
        let grown = [(4, place(2, 0)), (4, place(4, 6))];
        let merges = Merges::moved(&before, &shift, &grown).unwrap();
        let expected = ["A1:H1", "A3:A7", "B3:B11", "C5:D5", "E4:E5", "A8:B8"];
        assert_eq!(merges.kept, areas(&expected));
        assert_eq!(merges.added, areas(&["C6:D6", "C7:D7", "G5:G7"]));
        assert!(merges.is_tall(place(4, 6)) && !merges.is_tall(place(4, 2)));
        assert_eq!(merges.corner(place(6, 6)), place(4, 6));
        assert_eq!(merges.corner(place(6, 7)), place(6, 7));
    }
}
