//! The cells of a booklet that tell on which page something is, and those they point to.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    super::{
        booklet::Booklet,
        table::{CellAddress, FormSheet},
    },
    document::Target,
};

/// Cells by part.
type Cells = BTreeMap<(usize, CellAddress), Target>;

/// Where references are, and where they lead.
#[derive(Debug, Default)]
pub(super) struct Places {
    targets: Cells,
    references: Cells,
}

impl Places {
    /// Those of a booklet. A reference to a whole part leads to its first cell.
    pub fn of(booklet: &Booklet) -> Self {
        let mut places = Self::default();
        for reference in &booklet.references {
            let part = booklet.parts.get(reference.to_part);
            let first = || first_cell(&part?.sheet);
            let Some(cell) = reference.to_cell.or_else(first) else {
                continue;
            };
            let next = Target(places.targets.len());
            let target = match places.targets.entry((reference.to_part, cell)) {
                Entry::Vacant(place) => *place.insert(next),
                Entry::Occupied(place) => *place.get(),
            };
            places
                .references
                .insert((reference.part, reference.cell), target);
        }
        places
    }

    /// The place that references to this cell lead to.
    pub fn at(&self, part: usize, cell: CellAddress) -> Option<Target> {
        self.targets.get(&(part, cell)).copied()
    }

    /// The place whose page this cell tells.
    pub fn told_in(&self, part: usize, cell: CellAddress) -> Option<Target> {
        self.references.get(&(part, cell)).copied()
    }
}

fn first_cell(sheet: &FormSheet) -> Option<CellAddress> {
    sheet.cells().next().map(|(address, _)| address)
}
