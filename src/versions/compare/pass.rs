//! One pass over two states: what has been found so far, and how it is told.

use std::{collections::BTreeSet, fmt};

use serde::Serialize;

use super::{
    Kind, Topic, What,
    rows::{Fate, of_list},
    says::{Says, told},
    written::{self, Same},
};
use crate::model::{
    path::Place,
    record::{KeyMap, Text, Unknown},
    typed::Typed,
};

/// One pass over two states of a project or of a document.
pub(super) struct Pass<'a, S> {
    pub older: &'a S,
    pub newer: &'a S,
    pub found: Vec<Found>,
}

/// A place at which they differ.
pub(super) struct Found {
    pub of: Beside,
    pub kind: Kind,
    pub before: String,
    pub after: String,
}

/// What a difference is about: a cell, or something that lies beside the cells and what it is called.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    pub at: Place,
    pub what: What,
    pub topic: Topic,
}

impl Beside {
    /// Beside the form as a whole.
    pub fn form(topic: Topic, called: impl Into<String>) -> Self {
        Self {
            at: Place::Whole,
            what: What::Beside(called.into()),
            topic,
        }
    }

    /// Kept with a row.
    pub fn row(topic: Topic, at: Place, called: impl Into<String>) -> Self {
        Self {
            at,
            what: What::OfRow(called.into()),
            topic,
        }
    }

    /// A field of it.
    pub fn field(&self, caption: &str) -> Self {
        let called = |called: &str| format!("{called} · {caption}");
        Self {
            at: self.at.clone(),
            what: match &self.what {
                What::Beside(name) => What::Beside(called(name)),
                What::OfRow(name) => What::OfRow(called(name)),
                What::Cell | What::Row => What::OfRow(caption.to_owned()),
            },
            topic: self.topic,
        }
    }
}

impl<'a, S> Pass<'a, S> {
    pub fn new(older: &'a S, newer: &'a S) -> Self {
        Self {
            older,
            newer,
            found: Vec::new(),
        }
    }

    fn push(&mut self, of: Beside, kind: Kind, before: String, after: String) {
        self.found.push(Found {
            of,
            kind,
            before,
            after,
        });
    }

    fn push_cell(&mut self, at: Place, kind: Kind, before: &str, after: &str) {
        let topic = Topic::of(&at);
        let what = What::Cell;
        let of = Beside { at, what, topic };
        self.push(of, kind, before.to_owned(), after.to_owned());
    }

    /// A cell of text.
    pub fn text(&mut self, at: impl FnOnce() -> Place, before: &str, after: &str) {
        if before != after {
            let kind = written::text(before, after).kind();
            self.push_cell(at(), kind, before, after);
        }
    }

    /// A typed cell; `same` says whether two of its kind say the same.
    pub fn typed<T>(
        &mut self,
        at: impl FnOnce() -> Place,
        before: &Typed<T>,
        after: &Typed<T>,
        same: impl FnOnce(&Typed<T>, &Typed<T>) -> Same,
    ) {
        if before != after {
            let kind = same(before, after).kind();
            self.push_cell(at(), kind, before.text(), after.text());
        }
    }

    /// A cell that only the older state has.
    pub fn lost_cell(&mut self, at: Place, before: &str) {
        self.push_cell(at, Kind::Removed, before, "");
    }

    /// A cell that only the newer state has.
    pub fn new_cell(&mut self, at: Place, after: &str) {
        self.push_cell(at, Kind::Added, "", after);
    }

    /// A row or block of the list `here` that one state has only, or that stands elsewhere. `stood` says in words where one
    /// stands in a state.
    pub fn fate<T: Says, P: Copy>(
        &mut self,
        fate: &Fate<'_, T, P>,
        here: P,
        at: impl Fn(&T) -> Place,
        stood: impl Fn(&S, P, usize) -> String,
    ) {
        let (at, kind, before, after) = match fate {
            Fate::Added(row, _) => (at(row), Kind::Added, String::new(), told(*row)),
            Fate::Removed(row, _) => (at(row), Kind::Removed, told(*row), String::new()),
            Fate::Kept {
                newer,
                moved: Some(from),
                index,
                ..
            } => {
                let before = stood(self.older, from.parent, from.index);
                let after = stood(self.newer, here, *index);
                (at(newer), Kind::Moved, before, after)
            }
            Fate::Kept { moved: None, .. } => return,
        };
        let (topic, what) = (Topic::of(&at), What::Row);
        self.push(Beside { at, what, topic }, kind, before, after);
    }

    /// Something beside the cells.
    pub fn beside(&mut self, of: Beside, kind: Kind, before: &str, after: &str) {
        self.push(of, kind, before.to_owned(), after.to_owned());
    }

    /// A value beside the cells that people read as text.
    pub fn field(&mut self, of: &Beside, caption: &str, before: &str, after: &str) {
        if before != after {
            let kind = written::text(before, after).kind();
            self.beside(of.field(caption), kind, before, after);
        }
    }

    /// A value beside the cells that is chosen, not typed. `words` need not tell any two values apart.
    pub fn choice<T: PartialEq>(
        &mut self,
        of: &Beside,
        caption: &str,
        before: &T,
        after: &T,
        words: impl Fn(&T) -> String,
    ) {
        if before != after {
            let (before, after) = (words(before), words(after));
            self.beside(of.field(caption), Kind::Changed, &before, &after);
        }
    }

    /// A choice about the whole.
    pub fn whole<T: PartialEq>(
        &mut self,
        caption: &str,
        topic: Topic,
        before: &T,
        after: &T,
        words: impl Fn(&T) -> String,
    ) {
        if before != after {
            let (before, after) = (words(before), words(after));
            let of = Beside::form(topic, caption);
            self.beside(of, Kind::Changed, &before, &after);
        }
    }

    /// Something that there may be one of.
    pub fn presence<'e, T: Says + 'e>(
        &mut self,
        of: impl Fn() -> Beside,
        before: Option<&'e T>,
        after: Option<&'e T>,
        mut both: impl FnMut(&mut Self, &'e T, &'e T),
    ) {
        match (before, after) {
            (Some(before), Some(after)) => both(self, before, after),
            (None, Some(after)) => self.beside(of(), Kind::Added, "", &told(after)),
            (Some(before), None) => self.beside(of(), Kind::Removed, &told(before), ""),
            (None, None) => {}
        }
    }

    /// Entries with ids that lie beside the form.
    pub fn entries<'e, T: Says + 'e, K: Eq + std::hash::Hash + Clone>(
        &mut self,
        (before, after): (
            impl IntoIterator<Item = &'e T> + Clone,
            impl IntoIterator<Item = &'e T> + Clone,
        ),
        key: impl Fn(&T) -> K,
        of: impl Fn(&T) -> Beside,
        mut both: impl FnMut(&mut Self, &'e T, &'e T),
    ) {
        for fate in of_list(before, after, key) {
            match fate {
                Fate::Added(entry, _) => self.beside(of(entry), Kind::Added, "", &told(entry)),
                Fate::Removed(entry, _) => {
                    self.beside(of(entry), Kind::Removed, &told(entry), "");
                }
                Fate::Kept {
                    older,
                    newer,
                    moved,
                    index,
                } => {
                    if let Some(stood) = moved {
                        let (before, after) = (nth(stood.index), nth(index));
                        self.beside(of(newer), Kind::Moved, &before, &after);
                    }
                    both(self, older, newer);
                }
            }
        }
    }

    /// Entries without ids, told apart by all that is in them.
    pub fn anonymous<'e, T: Says + Serialize + 'e>(
        &mut self,
        before: impl IntoIterator<Item = &'e T>,
        after: impl IntoIterator<Item = &'e T>,
        of: impl Fn() -> Beside,
    ) {
        let (before, after) = (counted(before), counted(after));
        for fate in of_list(&before, &after, |one| (one.content.clone(), one.number)) {
            match fate {
                Fate::Added(one, _) => self.beside(of(), Kind::Added, "", &told(one.entry)),
                Fate::Removed(one, _) => self.beside(of(), Kind::Removed, &told(one.entry), ""),
                Fate::Kept {
                    moved: Some(stood),
                    index,
                    ..
                } => self.beside(of(), Kind::Moved, &nth(stood.index), &nth(index)),
                Fate::Kept { .. } => {}
            }
        }
    }

    /// Fields that this version of the program does not know.
    pub fn unknown(&mut self, of: impl Fn() -> Beside, before: &Unknown, after: &Unknown) {
        if before == after {
            return;
        }
        let names: BTreeSet<&String> = before
            .iter()
            .chain(after.iter())
            .map(|(name, _)| name)
            .collect();
        for name in names {
            let (old, new) = (before.get(name), after.get(name));
            if old != new {
                let words = |value: Option<&serde_json::Value>| {
                    value.map_or_else(String::new, ToString::to_string)
                };
                let of = Beside {
                    topic: Topic::Other,
                    ..of().field(&format!("新版本程序的内容 {name}"))
                };
                self.beside(of, Kind::Changed, &words(old), &words(new));
            }
        }
    }

    /// Where a part was copied from.
    pub fn origin<T: PartialEq + fmt::Display>(
        &mut self,
        of: impl Fn() -> Beside,
        before: Option<T>,
        after: Option<T>,
    ) {
        if before != after {
            let words = |origin: &Option<T>| match origin {
                Some(id) => format!("复制自 {id}"),
                None => String::new(),
            };
            let of = Beside {
                topic: Topic::Other,
                ..of()
            };
            self.choice(&of, "复制来源", &before, &after, words);
        }
    }

    /// Texts by key, those whose keys the program knows first.
    pub fn keyed(
        &mut self,
        before: &KeyMap<Text>,
        after: &KeyMap<Text>,
        first: &[&str],
        place: impl Fn(&str) -> Place,
    ) {
        for key in keys(before, after, first) {
            let old = before.get(key).map_or("", |text| &**text);
            let new = after.get(key).map_or("", |text| &**text);
            self.text(|| place(key), old, new);
        }
    }
}

/// The keys of both, those of `first` before all others.
pub(super) fn keys<'k, T>(
    before: &'k KeyMap<T>,
    after: &'k KeyMap<T>,
    first: &[&'k str],
) -> Vec<&'k str> {
    let all: BTreeSet<&str> = before
        .keys()
        .chain(after.keys())
        .map(|key| &**key)
        .collect();
    let known = first.iter().copied().filter(|key| all.contains(key));
    let others = all.iter().copied().filter(|key| !first.contains(key));
    known.chain(others).collect()
}

/// An entry without id.
struct Counted<'a, T> {
    entry: &'a T,
    /// All that is in it.
    content: String,
    /// How many before it are the same.
    number: usize,
}

fn counted<'a, T: Serialize>(entries: impl IntoIterator<Item = &'a T>) -> Vec<Counted<'a, T>> {
    let mut counted: Vec<Counted<'a, T>> = Vec::new();
    for entry in entries {
        // Texts and numbers only: this cannot fail.
        let content = serde_json::to_string(entry).unwrap_or_default();
        let number = counted.iter().filter(|one| one.content == content).count();
        counted.push(Counted {
            entry,
            content,
            number,
        });
    }
    counted
}

/// A place in a list, in words.
pub(super) fn nth(index: usize) -> String {
    format!("第 {} 位", index + 1)
}
