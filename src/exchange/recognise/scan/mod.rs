//! What stands where in a grid.
//!
//! A grid is cut into forms and budget tables ([`outline`]); a form is read from top to bottom, block by block ([`form`]).
//! Every block takes the cells that it understands off the [`sheet`]; what is left over in the end is told as ignored, so
//! that nothing is dropped in silence.

use super::{ColumnUse, RowUse, found::Findings};
use crate::exchange::grid::{Grid, Place};

mod aligned;
mod amounts;
mod bands;
mod foot;
mod form;
mod funds;
mod goals;
mod head;
mod heading;
mod loose;
mod merged;
mod outline;
mod parts;
mod sheet;
mod table;
mod words;

pub(in crate::exchange) use table::is_placeholder;
pub(in crate::exchange) use words::{is_dash, is_year_line, with_year};

use outline::Part;
use sheet::Sheet;

/// What a person said of a grid's columns and rows.
pub trait Said {
    /// What the column below this heading is.
    fn column(&self, heading: Place) -> Option<&ColumnUse>;

    /// What this row is.
    fn row(&self, row: u32) -> Option<&RowUse>;
}

/// Finds the forms and budget tables of a grid.
pub fn scan(grid: &Grid, said: &dyn Said) -> Findings {
    let mut findings = Findings::default();
    for band in bands::of(grid) {
        scan_band(&band, said, &mut findings);
    }
    findings
}

/// Finds the forms and budget tables of a grid in which no two forms stand side by side.
fn scan_band(grid: &Grid, said: &dyn Said, findings: &mut Findings) {
    let mut sheet = Sheet::new(grid, said);
    for part in outline::parts(&sheet) {
        match part {
            Part::Form(rows) => findings.forms.push(form::read(&mut sheet, rows)),
            Part::Account(rows) => findings.accounts.push(rows),
            Part::Other(rows) => findings
                .ignored
                .extend(sheet.leftovers(rows, "不在自评表或资金表中，没有导入")),
        }
    }
}
