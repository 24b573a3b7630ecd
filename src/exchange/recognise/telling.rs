//! Tells for the report what became of every cell.

use super::clean::Cleaned;
use crate::{
    exchange::{
        grid::{Cell, Place},
        report::{Entry, Fate, Source},
    },
    model::{
        id::Id,
        path::{self, CellPath},
        project::Project,
        typed::trim,
    },
};

/// Longest text of an entry, in characters.
const LONGEST: usize = 60;

/// Collects entries about one grid.
pub(super) struct Teller<'e> {
    pub(super) entries: &'e mut Vec<Entry>,
    pub(super) file: usize,
    pub(super) grid: usize,
}

/// A field that a text goes to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its address; `None` for captions, which the edition prints.
    pub(super) at: Option<CellPath>,
    /// In words.
    pub(super) words: String,
}

impl Target {
    /// A field of a project.
    pub(super) fn new(project: Id<Project>, place: path::Place, words: String) -> Self {
        Self {
            at: Some(CellPath { project, place }),
            words,
        }
    }

    /// A caption, which is not stored with the project.
    pub(super) fn caption(of: &str) -> Self {
        Self {
            at: None,
            words: format!("标题 · {of}"),
        }
    }
}

/// How sure it is that a text belongs where it is put, and what is to be said of that.
#[derive(Debug, Clone)]
pub(super) struct Trust<'n> {
    pub(super) sure: u8,
    pub(super) note: &'n str,
}

impl Trust<'static> {
    /// Nothing was guessed.
    pub(super) const FULL: Self = Trust {
        sure: 100,
        note: "",
    };
}

impl Teller<'_> {
    /// The place as a source of this grid.
    pub(super) fn source(&self, place: Option<Place>) -> Source {
        Source {
            file: self.file,
            grid: self.grid,
            place,
        }
    }

    /// Tells that the cell was taken.
    pub(super) fn taken(&mut self, cell: &Cell, cleaned: &Cleaned, target: Target, trust: &Trust) {
        let fate = match (trust.sure, &cleaned.doubt, cleaned.done.is_empty()) {
            (sure @ ..100, _, _) => Fate::Guessed { sure },
            (_, Some(_), _) => Fate::Guessed { sure: DOUBTFUL },
            (_, None, false) => Fate::Cleaned,
            (_, None, true) => Fate::Read,
        };
        let mut notes: Vec<&str> = cleaned.done.clone();
        notes.extend(cleaned.doubt.as_deref());
        if !trust.note.is_empty() {
            notes.push(trust.note);
        }
        let note = notes.join("；");
        if has_text(cell) {
            self.push(cell, fate, Some(target), note);
        }
    }

    /// Tells that the cell was left out.
    pub(super) fn ignored(&mut self, cell: &Cell, why: impl Into<String>) {
        if has_text(cell) {
            self.push(cell, Fate::Ignored, None, why.into());
        }
    }

    /// Tells what a person should look at.
    pub(super) fn doubted(&mut self, cell: &Cell, sure: u8, why: impl Into<String>) {
        self.push(cell, Fate::Guessed { sure }, None, why.into());
    }

    /// Tells of a table that is kept as a whole, by its first cell.
    pub(super) fn noted(&mut self, first: &Cell, what: impl Into<String>) {
        self.push(first, Fate::Read, None, what.into());
    }

    fn push(&mut self, cell: &Cell, fate: Fate, target: Option<Target>, note: String) {
        let (at, field) = match target {
            Some(target) => (target.at, target.words),
            None => (None, String::new()),
        };
        self.entries.push(Entry {
            fate,
            source: self.source(Some(cell.place)),
            text: shortened(&cell.text),
            target: at,
            field,
            note,
        });
    }

    /// Tells something of the grid as a whole.
    pub(super) fn of_grid(&mut self, fate: Fate, text: &str, note: impl Into<String>) {
        self.entries.push(Entry {
            fate,
            source: self.source(None),
            text: shortened(text),
            target: None,
            field: String::new(),
            note: note.into(),
        });
    }
}

/// A blank cell is not worth an entry.
fn has_text(cell: &Cell) -> bool {
    !trim(&cell.text).is_empty()
}

/// How sure a cell is taken that a person should look at.
const DOUBTFUL: u8 = 80;

/// The text on one line, cut where it is long.
pub(super) fn shortened(text: &str) -> String {
    let mut short = String::new();
    let words = text.split_whitespace();
    for (number, word) in words.enumerate() {
        if number > 0 {
            short.push(' ');
        }
        for c in word.chars() {
            short.push(c);
        }
        if short.chars().count() > LONGEST {
            break;
        }
    }
    if short.chars().count() <= LONGEST {
        return short;
    }
    short.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shortened(" 甲\n乙　丙 "), "甲 乙 丙");
        let long = shortened(&"甲".repeat(1000));
        assert_eq!(long.chars().count(), 60);
        assert!(long.ends_with('…'));
        assert_eq!(shortened(&"乙".repeat(60)), "乙".repeat(60));
    }
}
