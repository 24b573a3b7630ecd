//! The editions that the projects of an open file are filled in on.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    model::{
        document::Document,
        edition::Edition,
        edition_difference::differences,
        project::{EditionRef, Project},
    },
    rules::checker::EditionSource,
    store::editions::{EditionShelf, Origin, Shelved},
};

/// The editions at hand for one document: its own before the user's before the program's. A project whose edition is not
/// among them is kept and shown, but neither checked nor scored.
#[derive(Debug, Clone)]
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

    /// Takes the editions at hand beside those of `document` as they are now.
    pub fn renew(&mut self, at_hand: &EditionShelf, document: &Document) {
        self.at_hand = at_hand.clone();
        self.shelf = self.at_hand.for_document(document);
        self.embedded.clone_from(&document.editions);
        self.revision += 1;
    }

    /// The user's own editions that projects are on, and that do not travel with the document yet.
    pub fn to_embed(&self, document: &Document) -> Vec<Arc<Edition>> {
        let shelved = self.shelf.list().iter();
        let used = |known: &&Shelved| {
            let mut projects = document.projects.iter();
            known.origin == Origin::User
                && projects.any(|project| {
                    project.edition.id == known.edition.id && project.edition.hash == *known.hash
                })
        };
        let is_embedded = |known: &&Shelved| {
            let mut all = self.shelf.list().iter();
            all.any(|other| other.origin == Origin::Document && other.hash == known.hash)
        };
        let wanting = shelved.filter(used).filter(|known| !is_embedded(known));
        wanting.map(|known| Arc::clone(&known.edition)).collect()
    }

    /// How many projects of `document` are on an edition of exactly this content.
    pub fn projects_on(&self, known: &Shelved, document: &Document) -> usize {
        let is_on = |project: &&Arc<Project>| {
            let own = &project.edition;
            own.id == known.edition.id && (own.hash.is_empty() || own.hash == *known.hash)
        };
        document.projects.iter().filter(is_on).count()
    }

    /// Editions that go by the id of another one and have another content.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        let all = self.shelf.list();
        for (index, first) in all.iter().enumerate() {
            let same_id = |other: &&Shelved| other.edition.id == first.edition.id;
            for other in all.iter().skip(index + 1).filter(same_id) {
                if other.hash != first.hash && other.origin != first.origin {
                    conflicts.push(Conflict {
                        first: first.clone(),
                        other: other.clone(),
                    });
                }
            }
        }
        conflicts
    }

    /// The edition of a project, if it is at hand.
    pub fn of(&self, project: &Project) -> Option<Arc<Edition>> {
        self.edition(&project.edition)
    }

    /// The form for monitoring on which a project is printed: its own edition where that is one, else the first at hand.
    pub fn monitoring_form(&self, project: &Project) -> Option<Arc<Edition>> {
        let own = self.of(project);
        own.filter(|edition| edition.is_for_monitoring())
            .or_else(|| self.shelf.monitoring_form().map(Arc::clone))
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
        let conflicts = self.conflicts().into_iter();
        let of_document = conflicts.filter(|conflict| conflict.first.origin == Origin::Document);
        let conflicts = of_document.map(|conflict| conflict.sentence());
        refused
            .chain(missing)
            .chain(changed)
            .chain(conflicts)
            .collect()
    }
}

/// Two editions of one id and of different content. A project is on the one with the content that it was filled in on; one
/// that knows no content is on the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The one that is taken where nothing else says which.
    pub first: Shelved,
    /// The other one.
    pub other: Shelved,
}

impl Conflict {
    /// In what the first differs from the other, one sentence each.
    pub fn differences(&self) -> Vec<String> {
        differences(&self.other.edition, &self.first.edition)
    }

    /// The sentence that is told when the file is opened.
    pub fn sentence(&self) -> String {
        /// As many differences as are read in passing.
        const TOLD: usize = 3;
        let all = self.differences();
        let mut told = all
            .iter()
            .take(TOLD)
            .cloned()
            .collect::<Vec<_>>()
            .join("；");
        if all.len() > TOLD {
            told.push_str(&format!("；等 {} 处", all.len()));
        }
        let (first, other) = (self.first.origin, self.other.origin);
        format!(
            "表样“{}”有两份：{first}的与{other}的内容不同（{told}）。各项目仍按填报时所用的那一份校验和测算。",
            self.first.edition.name
        )
    }
}

/// What a person should know of these editions before forms on them are handed in: a sentence for each that was not compared
/// with a whole form. With several editions it says which.
pub fn cautions<'e>(editions: impl Iterator<Item = &'e Arc<Edition>>) -> Vec<String> {
    let mut distinct: Vec<&Arc<Edition>> = Vec::new();
    for edition in editions {
        if !distinct.iter().any(|known| Arc::ptr_eq(known, edition)) {
            distinct.push(edition);
        }
    }
    let is_alone = distinct.len() == 1;
    let sentence = |edition: &&Arc<Edition>| {
        let caution = edition.caution()?;
        Some(match is_alone {
            true => caution,
            false => format!("{caution}（{}）", edition.name),
        })
    };
    distinct.iter().filter_map(sentence).collect()
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
