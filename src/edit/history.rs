//! Undo and redo. Every step keeps a whole snapshot; snapshots share all that did not change.

use std::{collections::VecDeque, sync::Arc};

use crate::model::{
    document::Document, id::Id, ledger::Rectification, path::CellPath, project::Evidence,
};

use super::{apply::apply, command::EditCommand, footprint::Footprint as _, refusal::Refusal};

/// How much is kept for undo. The latest step is always kept, however large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most steps.
    pub steps: usize,
    /// Most bytes that the kept snapshots need beyond the document itself, as estimated.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            steps: 1000,
            bytes: 128 << 20,
        }
    }
}

/// Marks keystrokes that belong together: the caller takes a new number whenever a cell is entered anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grouping(pub u64);

/// Names one state of the document within its history. A state that was left and is never reached again keeps its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateId(u64);

/// A document with its past and undone future.
#[derive(Debug)]
pub struct History {
    present: State,
    /// Steps that can be undone, oldest first, each with the state before it.
    past: VecDeque<Step>,
    /// Steps that can be redone, next last, each with the state after it.
    future: Vec<Step>,
    /// What is being typed into.
    open: Option<(Typed, Grouping)>,
    saved: Option<StateId>,
    /// The number of the latest state.
    latest: u64,
    limits: Limits,
    /// Sum of the steps' bytes.
    bytes: usize,
}

/// What is being typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    Cell(CellPath),
    Rectification(Id<Rectification>),
    Evidence(Id<Evidence>),
}

impl Typed {
    fn of(command: &EditCommand) -> Option<Self> {
        Some(match command {
            EditCommand::SetCell { at, .. } => Self::Cell(at.clone()),
            EditCommand::SetRectification { entry } => Self::Rectification(entry.id),
            EditCommand::SetEvidence { evidence, .. } => Self::Evidence(evidence.id),
            _ => return None,
        })
    }
}

#[derive(Debug, Clone)]
struct State {
    document: Arc<Document>,
    id: StateId,
}

#[derive(Debug)]
struct Step {
    label: String,
    state: State,
    /// What the state holds beyond its neighbour on the side of the present.
    bytes: usize,
}

impl Step {
    fn new(label: String, state: State, neighbour: &Document) -> Self {
        let bytes = size_of::<Document>() + (*state.document).bytes_beyond(Some(neighbour));
        Self {
            label,
            state,
            bytes,
        }
    }
}

impl History {
    /// A document without past. It counts as not saved until [`Self::mark_saved`].
    pub fn new(document: Document, limits: Limits) -> Self {
        Self {
            present: State {
                document: Arc::new(document),
                id: StateId(0),
            },
            past: VecDeque::new(),
            future: Vec::new(),
            open: None,
            saved: None,
            latest: 0,
            limits,
            bytes: 0,
        }
    }

    /// The document as it is now.
    pub fn document(&self) -> &Arc<Document> {
        &self.present.document
    }

    /// The name of the present state, to be given to [`Self::mark_saved`] once it is written.
    pub fn state(&self) -> StateId {
        self.present.id
    }

    /// Makes a change. Returns whether the document is another one now; a command that changes nothing leaves no step.
    ///
    /// Typing into one cell with the same grouping becomes one step.
    ///
    /// # Errors
    ///
    /// The [`Refusal`] of [`apply`]; then nothing is changed.
    pub fn edit(
        &mut self,
        command: &EditCommand,
        grouping: Option<Grouping>,
    ) -> Result<bool, Refusal> {
        let document = apply(&self.present.document, command)?;
        if document == *self.present.document {
            return Ok(false);
        }
        let typed = grouping.and_then(|grouping| Some((Typed::of(command)?, grouping)));
        let joins = typed.is_some() && typed == self.open;
        self.forget_future();
        match self.past.pop_back_if(|_| joins) {
            Some(latest) => self.join(latest, document),
            None => {
                self.step(command.label(), document);
                self.open = typed;
            }
        }
        self.trim();
        Ok(true)
    }

    /// Puts another document in the place of this one as one step: what is filed elsewhere, to which no lock of this one
    /// applies. Returns whether the document is another one now.
    pub fn replace(&mut self, label: &str, document: &Document) -> bool {
        if *document == *self.present.document {
            return false;
        }
        self.close_group();
        self.forget_future();
        self.step(label.to_owned(), document.clone());
        self.trim();
        true
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The labels of the steps that can be undone, latest first.
    pub fn undo_labels(&self) -> impl Iterator<Item = &str> {
        self.past.iter().rev().map(|step| step.label.as_str())
    }

    /// The labels of the steps that can be redone, next first.
    pub fn redo_labels(&self) -> impl Iterator<Item = &str> {
        self.future.iter().rev().map(|step| step.label.as_str())
    }

    /// Takes the latest step back and returns its label.
    pub fn undo(&mut self) -> Option<String> {
        self.close_group();
        let step = self.past.pop_back()?;
        let undone = std::mem::replace(&mut self.present, step.state);
        let undone = Step::new(step.label.clone(), undone, &self.present.document);
        self.bytes = self.bytes + undone.bytes - step.bytes;
        self.future.push(undone);
        Some(step.label)
    }

    /// Makes the step that was undone last again and returns its label.
    pub fn redo(&mut self) -> Option<String> {
        self.close_group();
        let step = self.future.pop()?;
        let left = std::mem::replace(&mut self.present, step.state);
        let left = Step::new(step.label.clone(), left, &self.present.document);
        self.bytes = self.bytes + left.bytes - step.bytes;
        self.past.push_back(left);
        Some(step.label)
    }

    /// Ends the run of keystrokes that become one step.
    pub fn close_group(&mut self) {
        self.open = None;
    }

    /// Says that the file holds this state. Typing that goes on meanwhile is a step of its own.
    pub fn mark_saved(&mut self, state: StateId) {
        self.close_group();
        self.saved = Some(state);
    }

    /// Whether the file holds the present state.
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.present.id)
    }

    /// About how many bytes the kept snapshots need beyond the document itself.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    fn step(&mut self, label: String, document: Document) {
        let after = self.fresh(document);
        let before = std::mem::replace(&mut self.present, after);
        let step = Step::new(label, before, &self.present.document);
        self.bytes += step.bytes;
        self.past.push_back(step);
    }

    /// Makes the document part of the latest step. Where it is back at the step's beginning, the step goes.
    fn join(&mut self, step: Step, document: Document) {
        self.bytes -= step.bytes;
        if document == *step.state.document {
            self.present = step.state;
            self.close_group();
            return;
        }
        self.present = self.fresh(document);
        let step = Step::new(step.label, step.state, &self.present.document);
        self.bytes += step.bytes;
        self.past.push_back(step);
    }

    fn fresh(&mut self, document: Document) -> State {
        self.latest += 1;
        State {
            document: Arc::new(document),
            id: StateId(self.latest),
        }
    }

    fn forget_future(&mut self) {
        for step in self.future.drain(..) {
            self.bytes -= step.bytes;
        }
    }

    fn trim(&mut self) {
        let limits = self.limits;
        while self.past.len() > 1 && (self.past.len() > limits.steps || self.bytes > limits.bytes) {
            if let Some(oldest) = self.past.pop_front() {
                self.bytes -= oldest.bytes;
            }
        }
    }
}
