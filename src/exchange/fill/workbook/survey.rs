//! What a sheet holds as a whole, read before any of it is changed: what is written into a row depends on what stands below.

use std::collections::{BTreeSet, HashMap};

use super::{
    cells::RowSource,
    pieces::{Piece, Pieces},
    stale::Mentions,
};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::Place,
    limits,
    watch::Budget,
    workbook::reference,
};

/// An area from its first cell to its last.
pub(super) type Area = (Place, Place);

/// Merged areas of a sheet at most.
const MERGED: usize = limits::CELLS;

/// Bytes of a formula that cells share, at most: it is written out for each of them. Excel itself takes 8192 characters.
const SHARED: usize = 4 * 8192;

/// What a sheet holds as a whole.
#[derive(Default)]
pub(super) struct Survey {
    /// The prefix of the names of its elements, with the colon.
    pub prefix: String,
    /// In the order of the part.
    pub merges: Vec<Area>,
    /// The formats of columns: the first, the last, the format.
    columns: Vec<(u32, u32, String)>,
    /// Formulas that several cells share, by number: the cell that has it, and the formula.
    shared: HashMap<String, (Place, String)>,
    /// Where the values of one formula fill several cells.
    arrays: Vec<Area>,
    pub has_formulas: bool,
    /// The sheets that its formulas name.
    pub named: BTreeSet<usize>,
}

impl Survey {
    /// Reads a sheet's part.
    pub fn of(text: &str, mentions: &Mentions, budget: &Budget) -> Result<Self, ReadError> {
        let mut survey = Self::default();
        let mut pieces = Pieces::of(text);
        let mut next_row = 0;
        while let Some((piece, range)) = pieces.next()? {
            let (Piece::Open(tag) | Piece::Empty(tag)) = piece else {
                continue;
            };
            match tag.name() {
                "worksheet" => survey.prefix = tag.prefix().to_owned(),
                "col" => survey.take_column(|name| tag.get(name)),
                "mergeCell" => {
                    let area = tag.get("ref").and_then(|area| reference::area(&area));
                    survey.merges.extend(area);
                    if survey.merges.len() > MERGED {
                        return Err(ReadError::TooLarge(Excess::Cells));
                    }
                }
                "row" => {
                    budget.go_on()?;
                    let row = RowSource::read(text, &mut pieces, (piece, range), next_row)?;
                    next_row = row.number + 1;
                    survey.take_row(&row, mentions);
                }
                _ => {}
            }
        }
        Ok(survey)
    }

    fn take_column(&mut self, attribute: impl Fn(&str) -> Option<String>) {
        let number = |name| attribute(name)?.parse::<u32>().ok()?.checked_sub(1);
        if let (Some(first), Some(last), Some(style)) =
            (number("min"), number("max"), attribute("style"))
        {
            self.columns.push((first, last, style));
        }
    }

    fn take_row(&mut self, row: &RowSource, mentions: &Mentions) {
        for cell in &row.cells {
            let Some(formula) = &cell.formula else {
                continue;
            };
            self.has_formulas = true;
            self.named.extend(mentions.within(&formula.text));
            let kind = formula.tag.get("t");
            match (kind.as_deref(), formula.tag.get("si")) {
                (Some("shared"), Some(number))
                    if !formula.text.is_empty() && formula.text.len() <= SHARED =>
                {
                    let master = (cell.place, formula.text.clone());
                    self.shared.entry(number).or_insert(master);
                }
                (Some("array" | "dataTable"), _) => {
                    let area = formula.tag.get("ref");
                    let area = area.and_then(|area| reference::area(&area));
                    self.arrays.extend(area);
                }
                _ => {}
            }
        }
    }

    /// The format of a column.
    pub fn column_style(&self, column: u32) -> Option<&str> {
        let found = self
            .columns
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column));
        found.map(|(_, _, style)| style.as_str())
    }

    /// A formula that cells share, with the cell that has it.
    pub fn shared(&self, number: &str) -> Option<&(Place, String)> {
        self.shared.get(number)
    }

    /// Whether a cell shows a value of a formula that fills several.
    pub fn is_in_array(&self, place: Place) -> bool {
        self.arrays.iter().any(|area| holds(*area, place))
    }
}

/// Whether an area covers a place.
pub(super) fn holds((first, last): Area, place: Place) -> bool {
    (first.row..=last.row).contains(&place.row)
        && (first.column..=last.column).contains(&place.column)
}
