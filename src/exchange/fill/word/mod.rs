//! Carries plans out in .docx: the texts of cells are replaced inside the document's own paragraphs.
//!
//! The document's part is changed by ranges of bytes: what is not written stays as it is, byte for byte, and all other parts
//! are copied as they are packed.
//!
//! | module | subject |
//! |---|---|
//! | `rows` | rows that are inserted, as copies of the one above them |
//! | `cell` | a cell or paragraph with another text |
//! | `scan` | the paragraphs, runs and texts of a cell, by their bytes |

use std::{collections::BTreeMap, ops::Range};

use super::{
    Plan,
    workbook::{Written, parts::Parts},
};
use crate::exchange::{
    error::ReadError,
    grid::Place,
    guard::Package,
    watch::{Budget, Watch},
    word::{self, located::Located},
};

mod cell;
mod rows;
mod scan;

/// Carries the plans out. Rows and columns are counted as [`crate::exchange::word::read`] counts them.
///
/// # Errors
///
/// The package is broken, or more than limits allow.
pub fn apply(bytes: &[u8], plans: &[Plan], watch: &dyn Watch) -> Result<Written, ReadError> {
    let mut package = Package::open(bytes)?;
    let name = word::document(&mut package, &Budget::new(watch))?;
    let mut parts = Parts::of(package);
    let mut text = parts.needed(&name)?;
    let mut kept = Vec::new();
    // A document is one grid.
    for (number, plan) in plans.iter().enumerate().filter(|(_, plan)| plan.grid == 0) {
        if !plan.inserts.is_empty() {
            let located = locate(&text, watch)?;
            text = rows::insert(&text, &located, &plan.inserts)?;
        }
        let homes = homes(&locate(&text, watch)?);
        let mut edits = Edits::default();
        for write in &plan.writes {
            let home = homes.get(&write.place);
            let refused =
                match home.and_then(|range| Some((range.clone(), text.get(range.clone())?))) {
                    Some((range, content)) => match cell::written(content, write.value.text())? {
                        Ok(inside) => {
                            edits.add(inside, range.start);
                            None
                        }
                        Err(why) => Some(why),
                    },
                    None => Some("原表中没有这一格，或者它在文本框里"),
                };
            kept.extend(refused.map(|why| (number, write.clone(), why.to_owned())));
        }
        text = edits.apply(&text);
    }
    parts.set(&name, text);
    Ok(Written {
        bytes: parts.finish()?,
        kept,
        remarks: Vec::new(),
    })
}

fn locate(text: &str, watch: &dyn Watch) -> Result<Located, ReadError> {
    word::locate(text, &mut Budget::new(watch))
}

/// Where the contents of cells and paragraphs stand, their end tags not included, by their places in the grid.
fn homes(located: &Located) -> BTreeMap<Place, Range<usize>> {
    let mut homes = BTreeMap::new();
    for row in &located.rows {
        for cell in row.cells.iter().filter(|cell| !cell.covered) {
            let place = Place {
                row: row.row,
                column: cell.column,
            };
            homes.extend(bytes(&cell.range).map(|range| (place, range)));
        }
    }
    for (place, range) in &located.paragraphs {
        homes.extend(bytes(range).map(|range| (*place, range)));
    }
    homes
}

/// A range that is not empty as one of bytes in memory.
fn bytes(range: &Range<u64>) -> Option<Range<usize>> {
    let start = usize::try_from(range.start).ok()?;
    let end = usize::try_from(range.end).ok()?;
    (start < end).then_some(start..end)
}

/// Replacements of ranges that do not overlap.
#[derive(Debug, Default)]
struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Adds those of a piece that begins at `offset`.
    fn add(&mut self, inside: Edits, offset: usize) {
        let moved = inside.0.into_iter();
        self.0
            .extend(moved.map(|(range, text)| (range.start + offset..range.end + offset, text)));
    }

    /// The text with the replacements made; of two that overlap the first counts.
    fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut copy = super::workbook::pieces::Copy::of(text);
        let mut at = 0;
        for (range, new) in self.0 {
            if range.start >= at {
                at = range.end;
                copy.replace(range, &new);
            }
        }
        copy.finish()
    }
}
