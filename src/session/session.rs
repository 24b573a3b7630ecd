//! One open file. Pages and commands change the document through it and through nothing else.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    edit::{
        command::EditCommand,
        history::{Grouping, History, Limits, StateId},
        refusal::Refusal,
    },
    model::document::Document,
};

use super::{environment::Environment, jobs::Revision};

/// One open file: the document with its undo steps, and what is known of the file on disk.
#[derive(Debug)]
pub struct Session {
    history: History,
    revision: Revision,
    file: Option<PathBuf>,
    disk: DiskState,
    environment: Environment,
}

/// What is known of the file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiskState {
    /// The document was never saved.
    New,
    /// The file is as this session read or wrote it last.
    InStep,
    /// Somebody else has changed the file.
    ChangedOutside,
    /// The file is gone.
    Missing,
}

/// The document at one moment, for a job: nothing that happens later changes it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The document.
    pub document: Arc<Document>,
    /// Which revision it is.
    pub revision: Revision,
    state: StateId,
}

impl Session {
    /// A document that was never saved.
    pub fn with_new(document: Document, environment: Environment) -> Self {
        Self {
            history: History::new(document, Limits::default()),
            revision: Revision::default(),
            file: None,
            disk: DiskState::New,
            environment,
        }
    }

    /// A document just read from `file`.
    pub fn with_opened(document: Document, file: PathBuf, environment: Environment) -> Self {
        let mut session = Self::with_new(document, environment);
        let state = session.history.state();
        session.history.mark_saved(state);
        session.file = Some(file);
        session.disk = DiskState::InStep;
        session
    }

    /// The document as it is now.
    pub fn document(&self) -> &Arc<Document> {
        self.history.document()
    }

    /// The revision of the document; results of jobs over an older one are dropped.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The undo steps.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Clock, ids and user name.
    pub fn environment(&mut self) -> &mut Environment {
        &mut self.environment
    }

    /// Makes a change. Typing with the same grouping into one cell becomes one step.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; then nothing is changed.
    pub fn edit(
        &mut self,
        command: &EditCommand,
        grouping: Option<Grouping>,
    ) -> Result<Revision, Refusal> {
        if self.history.edit(command, grouping)? {
            self.revision.0 += 1;
        }
        Ok(self.revision)
    }

    /// Takes the latest step back and returns its label.
    pub fn undo(&mut self) -> Option<String> {
        let label = self.history.undo()?;
        self.revision.0 += 1;
        Some(label)
    }

    /// Makes the step that was undone last again and returns its label.
    pub fn redo(&mut self) -> Option<String> {
        let label = self.history.redo()?;
        self.revision.0 += 1;
        Some(label)
    }

    /// Ends the run of keystrokes that become one step, as when a cell is left.
    pub fn leave_cell(&mut self) {
        self.history.close_group();
    }

    /// The document for a job.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            document: Arc::clone(self.history.document()),
            revision: self.revision,
            state: self.history.state(),
        }
    }

    /// The document for saving: as [`Self::snapshot`], and typing that goes on becomes a step of its own, so that undo can
    /// come back to what was saved.
    pub fn snapshot_for_saving(&mut self) -> Snapshot {
        self.history.close_group();
        self.snapshot()
    }

    /// Says that `file` holds the snapshot. What was changed since it was taken stays unsaved.
    pub fn saved(&mut self, snapshot: &Snapshot, file: PathBuf) {
        self.history.mark_saved(snapshot.state);
        self.file = Some(file);
        self.disk = DiskState::InStep;
    }

    /// Whether the file holds the document as it is now.
    pub fn is_saved(&self) -> bool {
        self.history.is_saved()
    }

    /// The file, once there is one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What is known of the file on disk.
    pub fn disk(&self) -> DiskState {
        self.disk
    }

    /// Takes note of what was seen on disk.
    pub fn observe_disk(&mut self, disk: DiskState) {
        self.disk = disk;
    }
}
