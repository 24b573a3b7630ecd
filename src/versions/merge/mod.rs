//! Joining two states of a document, over the state that both come from where it is known.
//!
//! Everything is matched by ids: cells by their rows, rows by their projects. What only one side changed is taken, what both
//! changed is for a person to decide. Without a common state nobody knows who changed what: what only one side has counts as
//! added, a blank gives way, and all else that differs is to be decided.
//!
//! | module | what it is |
//! |---|---|
//! | [`item`] | an entry of the list of changes |
//! | [`walk`] | the walk over three states: fields and cells |
//! | [`level`] | rows of one level: which are there, where, in which order |
//! | [`document`], [`project`] | what is around the form |
//! | [`tables`], [`tree`], [`indicators`] | the form |
//! | [`beside`] | what lies beside it |
//! | [`mend`] | references, set right afterwards |

mod beside;
mod document;
mod indicators;
mod item;
mod level;
mod mend;
mod project;
mod report;
mod tables;
mod tree;
mod walk;
mod words;

use std::{collections::BTreeMap, sync::Arc};

pub use item::{Choice, Clash, Item, Key, Matter};
pub use report::Editions;
use walk::{Three, Walk};

use crate::{
    edit::command::EditCommand,
    model::{document::Document, project::Project},
};

/// Two states of a document being joined.
#[derive(Debug, Clone)]
pub struct Merge {
    base: Option<Arc<Document>>,
    ours: Arc<Document>,
    theirs: Arc<Document>,
    choices: BTreeMap<Key, Choice>,
    items: Vec<Item>,
    merged: Arc<Document>,
}

/// Joins what two people made of one document. `base` is the state that both come from; `None` where it is not at hand.
///
/// Where nobody decides, a conflict is decided for `ours`.
pub fn merge(base: Option<&Document>, ours: &Document, theirs: &Document) -> Merge {
    let [ours, theirs] = [ours, theirs].map(|document| Arc::new(document.clone()));
    Merge::new(base.map(|base| Arc::new(base.clone())), ours, theirs)
}

impl Merge {
    /// As [`merge`], over documents that are shared.
    pub fn new(base: Option<Arc<Document>>, ours: Arc<Document>, theirs: Arc<Document>) -> Self {
        let theirs = Arc::new(sharing(&theirs, &[&ours]));
        let base = base.map(|base| Arc::new(sharing(&base, &[&ours, &theirs])));
        let mut merge = Self {
            base,
            merged: Arc::clone(&ours),
            ours,
            theirs,
            choices: BTreeMap::new(),
            items: Vec::new(),
        };
        merge.join();
        merge
    }

    fn join(&mut self) {
        let mut walk = Walk::new(&self.choices);
        let three = Three {
            base: self.base.as_deref(),
            ours: &*self.ours,
            theirs: &*self.theirs,
        };
        let merged = document::merge(&mut walk, three);
        self.items = walk.items;
        self.merged = Arc::new(merged);
    }

    /// Decides entries; those that are not known any more are passed over.
    pub fn choose(&mut self, choices: impl IntoIterator<Item = (Key, Choice)>) {
        self.choices.extend(choices);
        self.join();
    }

    /// Takes decisions back: conflicts stand as they did when nobody had decided, changes are taken.
    pub fn forget_choices(&mut self) {
        self.choices.clear();
        self.join();
    }

    /// What the other side has otherwise, in the order of the document.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What a person has to decide, decided or not.
    pub fn conflicts(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_conflict())
    }

    /// How many conflicts nobody decided.
    pub fn undecided(&self) -> usize {
        self.conflicts().filter(|item| !item.is_decided).count()
    }

    /// Whether the state that both come from is known.
    pub fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// This document, as it was given.
    pub fn ours(&self) -> &Arc<Document> {
        &self.ours
    }

    /// The other one, as it was given.
    pub fn theirs(&self) -> &Arc<Document> {
        &self.theirs
    }

    /// What comes of it with the decisions made so far.
    pub fn merged(&self) -> &Arc<Document> {
        &self.merged
    }

    /// Whether this document becomes another one.
    pub fn changes_anything(&self) -> bool {
        *self.merged != *self.ours
    }

    /// The one step that does it.
    pub fn command(&self, label: impl Into<String>) -> EditCommand {
        EditCommand::TakeMerge {
            label: label.into(),
            over: Arc::clone(&self.ours),
            merged: Arc::clone(&self.merged),
        }
    }
}

/// The document with the projects of the others where they are equal, so that joining again sees that at a glance.
fn sharing(document: &Document, others: &[&Document]) -> Document {
    let shared = |project: &Arc<Project>| {
        let known = others.iter().filter_map(|other| other.project(project.id));
        let mut equal = known.filter(|known| *known == project);
        equal.next().unwrap_or(project).clone()
    };
    Document {
        projects: document.projects.iter().map(shared).collect(),
        ..document.clone()
    }
}
