//! 审阅模式: a form is looked through by somebody else. While it lasts, nothing of the forms can be changed: only what lies
//! beside them, such as notes and the working paper, and where they stand.

use super::session::Session;
use crate::{
    edit::{apply::apply, command::EditCommand, refusal::Refusal},
    model::{
        document::Document,
        project::{Project, Stage},
        rows::Rows,
    },
};

impl Session {
    /// Whether the forms are being reviewed. That is so until it is ended or the document closed; no file knows of it.
    pub fn is_reviewing(&self) -> bool {
        self.reviewing
    }

    /// Begins or ends reviewing.
    pub fn set_reviewing(&mut self, reviewing: bool) {
        self.reviewing = reviewing;
    }

    /// Refuses a change of a form while it is being reviewed.
    pub(super) fn refuse_while_reviewing(&self, command: &EditCommand) -> Result<(), Refusal> {
        if !self.reviewing {
            return Ok(());
        }
        let after = apply(self.document(), command)?;
        match leaves_forms(self.document(), &after) {
            true => Ok(()),
            false => Err(Refusal::Reviewing),
        }
    }
}

/// Whether the forms of both are the same, whatever lies beside them.
pub(super) fn leaves_forms(before: &Document, after: &Document) -> bool {
    let mut pairs = before.projects.iter().zip(after.projects.iter());
    before.projects.len() == after.projects.len()
        && pairs.all(|(before, after)| {
            std::sync::Arc::ptr_eq(before, after) || form_of(before) == form_of(after)
        })
}

/// The project without what a reviewer writes.
fn form_of(project: &Project) -> Project {
    Project {
        stage: Stage::default(),
        stages: Rows::new(),
        notes: Rows::new(),
        working_paper: None,
        ..project.clone()
    }
}
