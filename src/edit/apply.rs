//! The one place that changes a document.
//!
//! A change is made on a copy that shares all unchanged parts; when any part of it is refused the copy is dropped, so a
//! command is made whole or not at all. What approval and stage lock is refused here and nowhere else.

mod approval;
mod cell;
mod filing;
mod ledger;
mod locate;
mod merged;
mod parts;
mod references;
mod replace;
mod review;
mod sendings;
mod structure;

use std::{collections::BTreeSet, sync::Arc};

use crate::model::{
    document::Document,
    edition::Edition,
    id::Id,
    indicator::Indicator,
    project::{Project, Stage},
};

use super::{
    command::EditCommand,
    refusal::{Missing, Refusal},
};
pub(super) use cell::{fill_fund_cell, fill_row_cell, refuse_locked_cell};
use locate::RowAddress;
pub use references::{let_go_of_missing, strays};

/// The document after the command; the one before is left as it was.
///
/// # Errors
///
/// A [`Refusal`] says why the command cannot be made; then nothing of it is made.
pub fn apply(document: &Document, command: &EditCommand) -> Result<Document, Refusal> {
    let mut draft = Draft {
        document: document.clone(),
        near: RowAddress::default(),
    };
    draft.make(command)?;
    Ok(draft.document)
}

/// The copy that a command is made on.
struct Draft {
    document: Document,
    /// Where the last row was found: a block of cells goes on there.
    near: RowAddress,
}

impl Draft {
    fn make(&mut self, command: &EditCommand) -> Result<(), Refusal> {
        use EditCommand as C;
        match command {
            C::SetCell { at, text } => cell::set(self, at, text),
            C::MoveOn { project, record } => review::move_on(self.change(*project)?, record),
            C::SetStage { project, stage } => self.change(*project).map(|p| p.stage = *stage),
            C::SetMoneyUnit { project, unit } => self.content(*project, |p| {
                p.money_unit = *unit;
                Ok(())
            }),
            C::SetEdition { project, edition } => self.content(*project, |p| {
                p.edition.clone_from(edition);
                Ok(())
            }),
            C::ReplaceForm { form, .. } => self.content(form.id, |p| replace::replace(p, form)),
            C::RestoreVersion { document, .. } => self.restore(document),
            C::DropAside { project, row } => {
                self.content(*project, |p| structure::drop_aside(p, *row))
            }
            C::SetPartOf {
                project,
                row,
                parent,
            } => self.content(*project, |p| structure::set_part_of(p, *row, *parent)),
            C::SetMethod {
                project,
                row,
                method,
            } => {
                let address = self.find_row(*project, *row)?;
                self.content(*project, |p| filing::set_method(p, address, method))
            }
            C::SetReasonSpan {
                project,
                reason,
                span,
            } => self.content(*project, |p| structure::span(p, *reason, span)),
            C::SetEvidence { project, evidence } => {
                self.content(*project, |p| filing::set_evidence(p, evidence))
            }
            C::MoveEvidence { project, files } => {
                filing::move_evidence(self.change(*project)?, files)
            }
            C::Insert {
                project,
                parts,
                index,
            } => self.content(*project, |p| structure::insert(p, parts, *index)),
            C::Remove { project, parts } => self.content(*project, |p| structure::remove(p, parts)),
            C::Move { project, to, index } => {
                self.content(*project, |p| structure::relocate(p, to, *index))
            }
            C::RemoveFootnote { project, index } => {
                self.content(*project, |p| filing::remove_footnote(p, *index))
            }
            C::SetExplanation {
                project,
                explanation,
            } => self.content(*project, |p| filing::explain(p, explanation)),
            C::RemoveExplanation {
                project,
                explanation,
            } => self.content(*project, |p| filing::unexplain(p, *explanation)),
            C::ApproveTargets { project } => self.content(*project, approval::approve),
            C::RecordAdjustment {
                project,
                row,
                adjustment,
            } => {
                let address = self.find_row(*project, *row)?;
                self.content(*project, |p| approval::adjust(p, address, adjustment))
            }
            C::ApproveRow {
                project,
                row,
                approved,
            } => {
                let address = self.find_row(*project, *row)?;
                self.content(*project, |p| approval::approve_row(p, address, approved))
            }
            C::RecordCancellation {
                project,
                of,
                cancellation,
            } => self.content(*project, |p| approval::cancel(p, *of, cancellation)),
            C::ListRemoved { project, removed } => {
                self.content(*project, |p| approval::list(p, removed))
            }
            C::DropRemoved { project, removed } => {
                self.content(*project, |p| approval::drop_listed(p, *removed))
            }
            C::SetAccount { project, account } => self.content(*project, |p| {
                p.account.clone_from(account);
                Ok(())
            }),
            C::SetLastYear { project, last } => self
                .change(*project)
                .map(|p| p.last_year = last.as_deref().cloned()),
            C::SetDeadline {
                project,
                stage,
                deadline,
            } => self
                .change(*project)
                .map(|p| p.set_deadline(*stage, deadline.clone())),
            C::SetWithheld { project, withheld } => self
                .change(*project)
                .map(|p| p.withheld.clone_from(withheld)),
            C::RecordBudgetAdjustment {
                project,
                adjustment,
            } => self.content(*project, |p| filing::record_adjustment(p, adjustment)),
            C::DropBudgetAdjustment {
                project,
                adjustment,
            } => self.content(*project, |p| filing::drop_adjustment(p, *adjustment)),
            C::ClearWorkingPaper { project, line } => {
                let is_gone = |subject| line.is_none_or(|line| line == subject);
                self.change(*project)?.forget_paper_lines(is_gone);
                Ok(())
            }
            C::AddNote { project, note } => review::add_note(self.change(*project)?, note),
            C::ResolveNote {
                project,
                note,
                resolved,
            } => review::resolve_note(self.change(*project)?, *note, *resolved),
            C::ChangeNote {
                project,
                note,
                text,
                kind,
            } => review::change_note(self.change(*project)?, *note, text, *kind),
            C::ReplyToNote {
                project,
                note,
                reply,
            } => review::reply(self.change(*project)?, *note, reply),
            C::RemoveReply {
                project,
                note,
                reply,
            } => review::remove_reply(self.change(*project)?, *note, *reply),
            C::RemoveNote { project, note } => review::remove_note(self.change(*project)?, *note),
            C::InsertProject { index, project } => self.insert_project(*index, project),
            C::RemoveProject { project } => self.remove_project(*project),
            C::MoveProject { project, index } => self.move_project(*project, *index),
            C::EmbedEdition { edition } => {
                self.embed(edition);
                Ok(())
            }
            C::RecordSending { sending } => {
                sendings::record(&mut self.document, sending);
                Ok(())
            }
            C::RecordReturn { sending, given } => {
                sendings::record_return(&mut self.document, *sending, given)
            }
            C::DropSending { sending } => sendings::drop_sending(&mut self.document, *sending),
            C::TakeMerge { over, merged, .. } => merged::take(&mut self.document, over, merged),
            C::AddRectifications { entries, index } => {
                ledger::add(&mut self.document.ledger, entries, *index)
            }
            C::SetRectification { entry } => ledger::set(&mut self.document.ledger, entry),
            C::DropRectifications { entries } => {
                ledger::drop_entries(&mut self.document.ledger, entries)
            }
            C::MoveRectification { entry, index } => {
                ledger::relocate(&mut self.document.ledger, *entry, *index)
            }
            C::Many { commands, .. } => commands.iter().try_for_each(|each| self.make(each)),
        }
    }

    /// Identity stays. A document that came from elsewhere than a file may hold an id twice.
    fn restore(&mut self, version: &Document) -> Result<(), Refusal> {
        let mut known = BTreeSet::new();
        for project in version.projects.iter() {
            if !known.insert(project.id) {
                return Err(Refusal::DuplicateId);
            }
            parts::refuse_repeated_ids(project)?;
        }
        self.document = Document {
            id: self.document.id,
            ..version.clone()
        };
        Ok(())
    }

    fn insert_project(&mut self, index: usize, project: &Arc<Project>) -> Result<(), Refusal> {
        let projects = &mut self.document.projects;
        if projects.iter().any(|known| known.id == project.id) {
            return Err(Refusal::DuplicateId);
        }
        parts::refuse_repeated_ids(project)?;
        projects.insert(index, project.clone());
        Ok(())
    }

    fn remove_project(&mut self, id: Id<Project>) -> Result<(), Refusal> {
        refuse_locked_stage(self.read(id)?)?;
        let at = self.position(id)?;
        self.document.projects.remove(at);
        Ok(())
    }

    fn move_project(&mut self, id: Id<Project>, index: usize) -> Result<(), Refusal> {
        let at = self.position(id)?;
        if let Some(moved) = self.document.projects.remove(at) {
            self.document.projects.insert(index, moved);
        }
        Ok(())
    }

    fn embed(&mut self, edition: &Arc<Edition>) {
        let reference = edition.reference();
        let known = |own: &Arc<Edition>| Arc::ptr_eq(own, edition) || own.reference() == reference;
        if !self.document.editions.iter().any(known) {
            self.document.editions.push(edition.clone());
        }
    }

    fn position(&self, id: Id<Project>) -> Result<usize, Refusal> {
        self.document
            .projects
            .position(|project| project.id == id)
            .ok_or(Refusal::UnknownProject)
    }

    fn read(&self, id: Id<Project>) -> Result<&Project, Refusal> {
        self.document
            .project(id)
            .map(|project| &**project)
            .ok_or(Refusal::UnknownProject)
    }

    /// The project for a change that every stage allows.
    fn change(&mut self, id: Id<Project>) -> Result<&mut Project, Refusal> {
        let at = self.position(id)?;
        self.document
            .projects
            .get_mut(at)
            .ok_or(Refusal::UnknownProject)
    }

    /// A change of the project's content, which some stages lock.
    fn content(
        &mut self,
        id: Id<Project>,
        change: impl FnOnce(&mut Project) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        refuse_locked_stage(self.read(id)?)?;
        change(self.change(id)?)
    }

    /// Where a row stands.
    fn find_row(&mut self, id: Id<Project>, row: Id<Indicator>) -> Result<RowAddress, Refusal> {
        let near = self.near;
        let found = RowAddress::find(self.read(id)?, row, near)
            .ok_or(Refusal::UnknownPlace(Missing::Indicator))?;
        self.near = found;
        Ok(found)
    }
}

/// Refuses where the project's [`Stage`] locks its content.
pub(super) fn refuse_locked_stage(project: &Project) -> Result<(), Refusal> {
    let stage: Stage = project.stage;
    if stage.is_editable() {
        Ok(())
    } else {
        Err(Refusal::LockedByStage(stage))
    }
}
