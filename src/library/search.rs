//! Finding entries by words, by initials ("hycql") and by whole pinyin. What fits the row and the project comes first.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
};

use crate::model::{
    edition::Sense,
    folding::{Pattern, folded},
    library::{Entry, levels_in_words},
    pinyin::Spelling,
};

use super::shelf::Shelf;

/// An index over a shelf, made once.
#[derive(Debug, Clone, Default)]
pub struct Index {
    shelf: Shelf,
    lines: Vec<Line>,
}

/// What an entry is found by.
#[derive(Debug, Clone)]
struct Line {
    name: Spelling,
    kinds: Vec<Spelling>,
    /// Kinds, levels, unit.
    near: String,
    /// How measured, evidence, remark, origin.
    far: String,
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query<'q> {
    /// Words that must all match, parted by white space.
    pub words: &'q str,
    /// Only entries for this 项目类型.
    pub kind: Option<&'q str>,
    /// Only entries of this sense.
    pub sense: Option<Sense>,
    /// Only the person's own entries.
    pub only_own: bool,
    /// What the row measures that an entry is wanted for: such come before others.
    pub fits: Option<Sense>,
    /// The kinds of the project: their entries come before others.
    pub kinds_of_project: BTreeSet<&'q str>,
}

/// A word that is looked for.
struct Word {
    text: String,
    pattern: Pattern,
}

impl Index {
    /// The index of a shelf.
    pub fn new(shelf: Shelf) -> Self {
        let mut kinds: HashMap<String, Spelling> = HashMap::new();
        let lines = shelf.items().iter();
        let lines = lines.map(|item| line(&item.entry, &mut kinds)).collect();
        Self { shelf, lines }
    }

    /// What is looked through.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The entries that answer the query, best first, as indexes of the shelf's items.
    pub fn find(&self, query: &Query<'_>) -> Vec<usize> {
        let words: Vec<Word> = query
            .words
            .split_whitespace()
            .map(|word| Word {
                text: folded(word),
                pattern: Pattern::new(word),
            })
            .collect();
        let mut found: Vec<(Reverse<Rank>, usize)> = (0..self.lines.len())
            .filter_map(|at| Some((Reverse(self.rank(at, query, &words)?), at)))
            .collect();
        found.sort();
        found.into_iter().map(|(_, at)| at).collect()
    }

    /// Names of entries that measure `sense` and whose own words, initials or pinyin are `typed`, best first.
    pub fn names(&self, typed: &str, sense: Sense, most: usize) -> Vec<&str> {
        let word = Word {
            text: folded(typed),
            pattern: Pattern::new(typed),
        };
        let query = Query {
            words: typed,
            sense: Some(sense),
            ..Query::default()
        };
        let found = self.find(&query).into_iter();
        let is_in_name = |at: &usize| {
            let (item, line) = (self.shelf.items().get(*at)?, self.lines.get(*at)?);
            line.in_name(&item.entry, &word)
        };
        found
            .filter(|at| is_in_name(at).is_some())
            .filter_map(|at| self.shelf.items().get(at))
            .map(|item| &*item.entry.name)
            .take(most)
            .collect()
    }

    fn rank(&self, at: usize, query: &Query<'_>, words: &[Word]) -> Option<Rank> {
        let (item, line) = (self.shelf.items().get(at)?, self.lines.get(at)?);
        let entry = &item.entry;
        let is_kind = |kind: &str| entry.kinds.iter().any(|own| own == kind);
        let is_wanted = query.kind.is_none_or(is_kind)
            && query.sense.is_none_or(|sense| entry.sense == sense)
            && (!query.only_own || item.is_own);
        if !is_wanted {
            return None;
        }
        let mut matched = 0;
        for word in words {
            matched += line.matches(entry, word)?;
        }
        let is_of_project = entry
            .kinds
            .iter()
            .any(|kind| query.kinds_of_project.contains(&**kind));
        Some(Rank {
            fits: query.fits.is_some_and(|sense| entry.sense == sense),
            matched,
            is_of_project,
            used: entry.times_used(),
            is_own: item.is_own,
        })
    }
}

/// How well an entry answers; what is greater comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    fits: bool,
    matched: u32,
    is_of_project: bool,
    used: usize,
    is_own: bool,
}

impl Line {
    /// How well a word matches; `None` where it does not.
    fn matches(&self, entry: &Entry, word: &Word) -> Option<u32> {
        if let Some(rank) = self.in_name(entry, word) {
            return Some(rank);
        }
        if word.pattern.is_in(&self.near) {
            return Some(3);
        }
        let mut kinds = self.kinds.iter();
        if kinds.any(|kind| kind.find(&word.text) == Some(0)) {
            return Some(2);
        }
        word.pattern.is_in(&self.far).then_some(1)
    }

    /// How well a word matches the name; `None` where it does not.
    fn in_name(&self, entry: &Entry, word: &Word) -> Option<u32> {
        if word.pattern.begins(&entry.name) {
            return Some(6);
        }
        if word.pattern.is_in(&entry.name) {
            return Some(5);
        }
        let at = self.name.find(&word.text)?;
        Some(if at == 0 { 5 } else { 4 })
    }
}

fn line(entry: &Entry, kinds: &mut HashMap<String, Spelling>) -> Line {
    let mut spelling = |kind: &String| {
        let known = kinds.entry(kind.clone());
        known.or_insert_with(|| Spelling::of(kind)).clone()
    };
    let target = entry.whole_target();
    let origin = entry.origin.to_string();
    Line {
        name: Spelling::of(&entry.name),
        kinds: entry.kinds.iter().map(&mut spelling).collect(),
        near: [
            &*entry.kinds.join("\n"),
            &levels_in_words(entry),
            &entry.unit,
            &target,
        ]
        .join("\n"),
        far: [&*entry.measured, &entry.evidence, &entry.remark, &origin].join("\n"),
    }
}
