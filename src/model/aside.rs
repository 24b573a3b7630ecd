//! What a project keeps for another edition than its present one. Fields, columns and texts without a place stay where they
//! are, under their keys; rows would be printed, so they are put aside here until an edition has them again.

use super::{
    id::Id,
    project::{FundRow, Project, TableRow},
    record::{KeyMap, record},
    rows::Rows,
};

record! {
    /// Rows of an earlier edition that the present one has no place for.
    pub struct Aside {
        /// Rows of the fund table.
        pub funds: Rows<FundRow>,
        /// Rows of further tables, by the table's key.
        pub tables: KeyMap<Rows<TableRow>>,
    }
}

impl Project {
    /// What is put aside, to put something aside.
    pub fn aside_mut(&mut self) -> &mut Aside {
        self.aside.get_or_insert_with(|| Aside {
            funds: Rows::new(),
            tables: KeyMap::new(),
            unknown: Default::default(),
        })
    }

    /// Forgets that anything was put aside, where nothing is any more.
    pub fn tidy_aside(&mut self) {
        if let Some(aside) = &mut self.aside {
            aside.tables.retain(|_, rows| !rows.is_empty());
            if aside.funds.is_empty() && aside.tables.is_empty() && aside.unknown.is_empty() {
                self.aside = None;
            }
        }
    }

    /// The fund row with this id, one that was put aside included.
    pub fn fund_row(&self, id: Id<FundRow>) -> Option<&FundRow> {
        let aside = self.aside.iter().flat_map(|aside| aside.funds.iter());
        let mut rows = self.funds.iter().chain(aside);
        rows.find(|row| row.id == id).map(|row| &**row)
    }
}
