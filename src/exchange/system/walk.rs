//! From cell to cell in a map's order, for those who retype a form into a web page.

use std::sync::Arc;

use super::{Filed, FlatCell, FlatTable, SystemMap, SystemTable, tables};
use crate::model::path::CellPath;

/// A walk over the cells of a project: where it stands, and what of it was copied.
///
/// The person presses once for each cell: the first press copies the cell that is shown, each further one goes on to the next
/// and copies that. Blank cells are passed over unless they are wanted.
#[derive(Debug, Clone)]
pub struct Walk {
    map: Arc<SystemMap>,
    filed: Filed,
    tables: Vec<FlatTable>,
    steps: Vec<Step>,
    skips_blanks: bool,
    at: usize,
    /// What was last taken of the cell that is shown.
    copied: Option<String>,
}

/// A cell on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The table of the map, by its index.
    pub table: usize,
    /// The row, by its index.
    pub row: usize,
    /// The column, by its index.
    pub column: usize,
}

impl Walk {
    /// At the first cell, of which nothing is copied yet.
    pub fn new(map: &Arc<SystemMap>, filed: &Filed) -> Self {
        let tables = tables(&filed.0, &filed.1, map);
        let mut walk = Self {
            map: Arc::clone(map),
            filed: filed.clone(),
            steps: Vec::new(),
            tables,
            skips_blanks: true,
            at: 0,
            copied: None,
        };
        walk.steps = walk.all_steps();
        walk
    }

    /// The map.
    pub fn map(&self) -> &Arc<SystemMap> {
        &self.map
    }

    /// The project and its edition as they were followed last.
    pub fn filed(&self) -> &Filed {
        &self.filed
    }

    /// Takes the project as it is now. The walk stays at its cell; where that is gone, at the next one. A copied cell whose
    /// text has changed counts as not copied. Cheap while nothing has changed.
    pub fn follow(&mut self, filed: &Filed) {
        let same = Arc::ptr_eq(&self.filed.0, &filed.0) && Arc::ptr_eq(&self.filed.1, &filed.1);
        if same {
            return;
        }
        let place = self.place();
        self.filed = filed.clone();
        self.tables = tables(&filed.0, &filed.1, &self.map);
        self.stand_at(place);
    }

    /// Whether blank cells are passed over.
    pub fn skips_blanks(&self) -> bool {
        self.skips_blanks
    }

    /// Says whether blank cells are passed over.
    pub fn skip_blanks(&mut self, skips: bool) {
        if self.skips_blanks != skips {
            let place = self.place();
            self.skips_blanks = skips;
            self.stand_at(place);
        }
    }

    /// How many cells are passed over.
    pub fn skipped(&self) -> usize {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        rows.map(Vec::len).sum::<usize>() - self.steps.len()
    }

    /// How many cells there are to copy.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is nothing to copy.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The index of the cell that is shown.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The cell that is shown; `None` where there is none.
    pub fn step(&self) -> Option<Step> {
        self.steps.get(self.at).copied()
    }

    /// All cells on the way.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether the cell that is shown is copied as it stands.
    pub fn is_copied(&self) -> bool {
        self.step()
            .is_some_and(|step| self.copied.as_deref() == Some(self.text(step)))
    }

    /// Whether the last cell is copied: the next press has nothing more to copy.
    pub fn is_done(&self) -> bool {
        self.is_copied() && self.at + 1 == self.steps.len()
    }

    /// Copies the cell that is shown, or the next one where that was done; its text. `None` at the end.
    pub fn press(&mut self) -> Option<&str> {
        if self.is_copied() {
            if self.is_done() {
                return None;
            }
            self.at += 1;
        }
        self.copy()
    }

    /// Goes back to the cell before and copies that; its text. `None` at the first.
    pub fn back(&mut self) -> Option<&str> {
        self.at = self.at.checked_sub(1)?;
        self.copy()
    }

    /// Shows the cell with this index; the next press copies it.
    pub fn go_to(&mut self, position: usize) {
        self.at = position.min(self.steps.len().saturating_sub(1));
        self.copied = None;
    }

    /// The text of a cell.
    pub fn text(&self, step: Step) -> &str {
        self.cell(step).map_or("", |cell| &cell.text)
    }

    /// The field of a cell, where it is one.
    pub fn field(&self, step: Step) -> Option<&CellPath> {
        self.cell(step)?.at.as_ref()
    }

    /// Table and row: "绩效指标 第3行".
    pub fn row_in_words(&self, step: Step) -> String {
        let Some(table) = self.table(step) else {
            return String::new();
        };
        if table.rows.is_single() {
            table.name.clone()
        } else {
            format!("{} 第{}行", table.name, step.row + 1)
        }
    }

    /// The caption of the column.
    pub fn column_in_words(&self, step: Step) -> &str {
        self.table(step)
            .and_then(|table| table.columns.get(step.column))
            .map_or("", |column| &column.caption)
    }

    /// What the row is called: the name of an indicator or of a source of funds; empty where the table does not tell.
    pub fn row_name(&self, step: Step) -> &str {
        let name = self.table(step).and_then(|table| {
            let column = table
                .columns
                .iter()
                .position(|column| column.field == "name")?;
            self.cell(Step { column, ..step })
        });
        name.map_or("", |cell| &cell.text)
    }

    /// The first cell of every row that has one on the way, for a list to jump from.
    pub fn rows(&self) -> impl Iterator<Item = (usize, Step)> {
        let starts = self.steps.iter().enumerate().filter(|(index, step)| {
            let before = index
                .checked_sub(1)
                .and_then(|before| self.steps.get(before));
            before.is_none_or(|before| (before.table, before.row) != (step.table, step.row))
        });
        starts.map(|(index, step)| (index, *step))
    }

    fn table(&self, step: Step) -> Option<&SystemTable> {
        self.map.tables.get(step.table)
    }

    fn cell(&self, step: Step) -> Option<&FlatCell> {
        let row = self.tables.get(step.table)?.rows.get(step.row)?;
        row.get(step.column)
    }

    fn copy(&mut self) -> Option<&str> {
        let step = self.step()?;
        self.copied = Some(self.text(step).to_owned());
        self.copied.as_deref()
    }

    fn all_steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (table, filled) in self.tables.iter().enumerate() {
            for (row, cells) in filled.rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    if !(self.skips_blanks && cell.is_blank()) {
                        steps.push(Step { table, row, column });
                    }
                }
            }
        }
        steps
    }

    /// Where the walk stands, so that it is found again when rows have moved.
    fn place(&self) -> Option<(Step, Option<CellPath>)> {
        let step = self.step()?;
        Some((step, self.row_field(step).cloned()))
    }

    /// A field by which a row is known.
    fn row_field(&self, step: Step) -> Option<&CellPath> {
        let row = self.tables.get(step.table)?.rows.get(step.row)?;
        row.iter().find_map(|cell| cell.at.as_ref())
    }

    /// Finds the steps anew, and stands where it stood.
    fn stand_at(&mut self, place: Option<(Step, Option<CellPath>)>) {
        self.steps = self.all_steps();
        let Some((before, field)) = place else {
            return self.go_to(0);
        };
        let rows = self
            .tables
            .get(before.table)
            .map_or(0, |table| table.rows.len());
        let row = (0..rows).find(|row| {
            let step = Step {
                row: *row,
                ..before
            };
            field.is_some() && self.row_field(step) == field.as_ref()
        });
        let step = Step {
            row: row.unwrap_or(before.row),
            ..before
        };
        let order = |step: &Step| (step.table, step.row, step.column);
        let at = self
            .steps
            .partition_point(|other| order(other) < order(&step));
        self.at = at.min(self.steps.len().saturating_sub(1));
        if self.step() != Some(step) {
            self.copied = None;
        }
    }
}
