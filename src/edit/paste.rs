//! Pasting a block of cells: what each cell would become is planned and shown first, then applied as one step.

mod funds;
mod indicators;

use crate::model::{
    document::Document,
    edition::Edition,
    id::{Id, IdSource},
    path::{CellPath, Place},
    project::Project,
};

use super::{
    apply::{apply, refuse_locked_stage},
    block::Block,
    command::{EditCommand, NewParts},
    refusal::Refusal,
};

/// What pasting a block would do.
#[derive(Debug, Clone, PartialEq)]
pub struct PastePlan {
    project: Id<Project>,
    /// The cells that are there already, in the order of the block.
    pub cells: Vec<PlannedCell>,
    /// Rows that the block needs beyond the table's last one, filled in.
    pub new_rows: Option<NewRows>,
}

/// A cell that a block covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCell {
    /// The cell.
    pub at: CellPath,
    /// Its text now.
    pub old: String,
    /// Its text afterwards.
    pub new: String,
    /// Whether it can be so.
    pub verdict: Verdict,
}

/// What becomes of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The cell is empty or holds the same text.
    Fits,
    /// The cell's text is replaced.
    Changed,
    /// The cell stays as it is.
    Refused(Refusal),
}

/// Rows to be added below a table's last row.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRows {
    /// The rows and where they belong.
    pub parts: NewParts,
    /// How many there are.
    pub count: usize,
    /// How many of their cells are filled in.
    pub filled: usize,
}

/// Plans the paste of `block` with its upper left cell at `start`.
///
/// In the indicator table the block goes over the edition's columns and the project's rows. Captions of first and second
/// level are compared, not changed: a row that stands under another caption is left out; below a merged caption the cells
/// are empty and mean the same. A merged weight, score or reason is taken from its first row. A block of one cell may go
/// anywhere.
///
/// # Errors
///
/// A [`Refusal`] where nothing of the block can be pasted.
pub fn plan(
    document: &Document,
    edition: &Edition,
    start: &CellPath,
    block: &Block,
    ids: &mut dyn IdSource,
) -> Result<PastePlan, Refusal> {
    let project = document
        .project(start.project)
        .ok_or(Refusal::UnknownProject)?;
    refuse_locked_stage(project)?;
    if block.rows().is_empty() {
        return Err(Refusal::PasteNothing);
    }
    if let Some(text) = block.single() {
        return plan_single(document, project, start, text);
    }
    match &start.place {
        Place::Indicator(..) | Place::Group(..) | Place::Section(..) | Place::Reason(_) => {
            indicators::plan(project, edition, &start.place, block, ids)
        }
        Place::Fund(row, key) => funds::plan(project, edition, *row, key, block, ids),
        _ => Err(Refusal::PasteOutsideTable),
    }
}

fn plan_single(
    document: &Document,
    project: &Project,
    at: &CellPath,
    text: &str,
) -> Result<PastePlan, Refusal> {
    let command = EditCommand::SetCell {
        at: at.clone(),
        text: text.to_owned(),
    };
    let old = project.cell_text(&at.place).unwrap_or_default();
    let allowed = match apply(document, &command) {
        Err(gone @ Refusal::UnknownPlace(_)) => return Err(gone),
        Err(refusal) => Err(refusal),
        Ok(_) => Ok(()),
    };
    Ok(PastePlan {
        project: project.id,
        cells: vec![PlannedCell::new(at.clone(), &old, text, allowed)],
        new_rows: None,
    })
}

impl PlannedCell {
    pub(super) fn new(at: CellPath, old: &str, new: &str, allowed: Result<(), Refusal>) -> Self {
        let verdict = match allowed {
            _ if old == new => Verdict::Fits,
            Err(refusal) => Verdict::Refused(refusal),
            Ok(()) if old.is_empty() => Verdict::Fits,
            Ok(()) => Verdict::Changed,
        };
        Self {
            at,
            old: old.to_owned(),
            new: new.to_owned(),
            verdict,
        }
    }

    /// Whether pasting gives the cell another text.
    pub fn is_written(&self) -> bool {
        self.old != self.new && !matches!(self.verdict, Verdict::Refused(_))
    }
}

impl PastePlan {
    /// The cells that stay as they are because pasting there is refused.
    pub fn refused(&self) -> impl Iterator<Item = (&CellPath, &Refusal)> {
        self.cells.iter().filter_map(|cell| match &cell.verdict {
            Verdict::Refused(refusal) => Some((&cell.at, refusal)),
            Verdict::Fits | Verdict::Changed => None,
        })
    }

    /// The paste as one step; refused cells are left out.
    pub fn command(&self) -> EditCommand {
        let written = self.cells.iter().filter(|cell| cell.is_written());
        let mut commands: Vec<EditCommand> = written
            .map(|cell| EditCommand::SetCell {
                at: cell.at.clone(),
                text: cell.new.clone(),
            })
            .collect();
        let mut label = format!("粘贴 {} 个单元格", commands.len());
        if let Some(rows) = &self.new_rows {
            let filled = commands.len() + rows.filled;
            label = format!("粘贴 {filled} 个单元格，新增 {} 行", rows.count);
            commands.push(EditCommand::Insert {
                project: self.project,
                parts: rows.parts.clone(),
                index: usize::MAX,
            });
        }
        EditCommand::Many { label, commands }
    }
}

/// Refuses a block that has text to the right of the table's last column.
fn refuse_too_wide(block: &Block, columns: usize) -> Result<(), Refusal> {
    let widest = block
        .rows()
        .iter()
        .filter_map(|row| row.iter().rposition(|cell| !is_blank(cell)))
        .map(|last| last + 1)
        .max();
    match widest.unwrap_or_default().checked_sub(columns) {
        None | Some(0) => Ok(()),
        Some(over) => Err(Refusal::PasteTooWide(over)),
    }
}

fn is_blank(text: &str) -> bool {
    crate::model::typed::trim(text).is_empty()
}
