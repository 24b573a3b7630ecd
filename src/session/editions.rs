//! The editions that the projects of an open file are filled in on.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    model::{
        document::Document,
        edition::Edition,
        project::{EditionRef, Project},
    },
    rules::checker::EditionSource,
    store::editions::EditionShelf,
};

/// The editions at hand for one document: its own before the user's before the program's. A project whose edition is not
/// among them is kept and shown, but neither checked nor scored.
#[derive(Debug)]
pub struct DocumentEditions {
    at_hand: EditionShelf,
    embedded: Vec<Arc<Edition>>,
    shelf: EditionShelf,
    revision: u64,
}

impl DocumentEditions {
    /// The editions for `document`, of those `at_hand` and its own.
    pub fn new(at_hand: &EditionShelf, document: &Document) -> Self {
        Self {
            shelf: at_hand.for_document(document),
            embedded: document.editions.clone(),
            at_hand: at_hand.clone(),
            revision: 0,
        }
    }

    /// Takes the editions inside `document` as they are now. Cheap while they stay the same.
    pub fn follow(&mut self, document: &Document) {
        let before = &self.embedded;
        let same = before.len() == document.editions.len()
            && before
                .iter()
                .zip(&document.editions)
                .all(|(before, now)| Arc::ptr_eq(before, now));
        if !same {
            self.shelf = self.at_hand.for_document(document);
            self.embedded.clone_from(&document.editions);
            self.revision += 1;
        }
    }

    /// The edition of a project, if it is at hand.
    pub fn of(&self, project: &Project) -> Option<Arc<Edition>> {
        self.edition(&project.edition)
    }

    /// All editions at hand for the document.
    pub fn shelf(&self) -> &EditionShelf {
        &self.shelf
    }

    /// What a person should know about the editions of `document`, one sentence each: missing ones, ones that changed since
    /// the form was filled in, and ones inside the file that cannot be used.
    pub fn notes(&self, document: &Document) -> Vec<String> {
        let mut missing = BTreeSet::new();
        let mut changed = BTreeSet::new();
        for project in document.projects.iter() {
            let reference = &project.edition;
            match self.shelf.get(reference) {
                None => missing.insert(&*reference.id),
                Some(found) if !found.exact => changed.insert(&*reference.id),
                Some(_) => false,
            };
        }
        let refused = self.shelf.refused().iter().map(ToString::to_string);
        let missing = missing.into_iter().map(missing_edition);
        let changed = changed.into_iter().map(|id| {
            format!(
                "表样“{id}”与填报时使用的版本内容不同，已按现有版本校验和测算，表中内容没有改动。如需按原版本处理，请向提供文件的单位索取原表样。"
            )
        });
        refused.chain(missing).chain(changed).collect()
    }
}

/// What it means that no edition of this id is at hand.
pub fn missing_edition(id: &str) -> String {
    format!(
        "缺少表样“{id}”，使用它的项目可以查看和保存，但不能校验和测算，内容没有改动。请向提供文件的单位索取该表样并添加。"
    )
}

impl EditionSource for DocumentEditions {
    fn edition(&self, reference: &EditionRef) -> Option<Arc<Edition>> {
        self.shelf.get(reference).map(|found| found.edition)
    }

    fn revision(&self) -> u64 {
        self.revision
    }
}
