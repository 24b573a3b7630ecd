//! 整改台账: what a bureau objected to, and what was done about it.

use super::{
    document::Document,
    id::Id,
    path::CellPath,
    project::Project,
    record::{Text, record},
};

record! {
    /// One comment of the bureau.
    pub struct Rectification {
        /// Identity.
        pub id: Id<Rectification>,
        /// 序号, as the bureau numbers it.
        pub number: String,
        /// The project it is about; `None` where it is about all, or it is not known which.
        pub project: Option<Id<Project>>,
        /// The project as the bureau calls it.
        pub project_name: String,
        /// The cell it is about, once that is known.
        pub at: Option<CellPath>,
        /// The place as the bureau calls it.
        pub place: String,
        /// 审核意见
        pub comment: Text,
        /// What stood there before it was changed.
        pub before: Text,
        /// What stands there after.
        pub after: Text,
        /// 整改情况, 回复
        pub reply: Text,
        /// 责任人
        pub by: String,
        /// When it was dealt with, as typed.
        pub date: String,
        /// Whether it is dealt with.
        pub done: bool,
        /// Whether project and cell were guessed from names in the text, and nobody has looked at them yet.
        pub guessed: bool,
    }
}

impl Rectification {
    /// An entry that says nothing yet.
    pub fn blank(id: Id<Self>) -> Self {
        Self {
            id,
            number: String::new(),
            project: None,
            project_name: String::new(),
            at: None,
            place: String::new(),
            comment: Text::default(),
            before: Text::default(),
            after: Text::default(),
            reply: Text::default(),
            by: String::new(),
            date: String::new(),
            done: false,
            guessed: false,
            unknown: Default::default(),
        }
    }

    /// The project as lists name it: by the form's own name where it is known which, else as the bureau calls it; empty where
    /// neither is known.
    pub fn shown_project<'d>(&'d self, document: &'d Document) -> &'d str {
        let known = self.project.and_then(|id| document.project(id));
        known.map_or(&self.project_name, |project| project.shown_name())
    }
}

/// How much of a 整改台账 is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rectified {
    /// Entries that are done.
    pub done: usize,
    /// All entries.
    pub all: usize,
}

impl Document {
    /// How much of the 整改台账 is dealt with.
    pub fn rectified(&self) -> Rectified {
        Rectified {
            done: self.ledger.iter().filter(|entry| entry.done).count(),
            all: self.ledger.len(),
        }
    }

    /// The entry of the 整改台账 with this id.
    pub fn rectification(&self, id: Id<Rectification>) -> Option<&Rectification> {
        let mut entries = self.ledger.iter();
        entries.find(|entry| entry.id == id).map(|entry| &**entry)
    }
}
