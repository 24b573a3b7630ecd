//! What a person may be about to type: what the document holds in the same kind of cell already, the most frequent first.

use std::collections::HashMap;

use crate::model::{document::Document, edition::Edition, folding::Pattern, typed::trim};

/// Most suggestions at a time.
pub const MOST: usize = 8;

/// Names of indicators that hold what is `typed`, or all where nothing is: those of groups with the caption `group` first,
/// then those that begin with it, then the most frequent.
pub fn names(document: &Document, group: Option<&str>, typed: &str) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    for project in document.projects.iter() {
        for view in project.groups() {
            let is_own = group.is_some_and(|own| own == view.group.name());
            for row in view
                .group
                .indicators
                .iter()
                .filter(|row| row.is_applicable())
            {
                ranking.add(&row.name, is_own);
            }
        }
    }
    ranking.best()
}

/// Units of measure that hold what is `typed`: from the unit column and from inside of targets and actual values.
pub fn units(document: &Document, typed: &str) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    for project in document.projects.iter() {
        for view in project.rows() {
            let row = view.indicator;
            let measured = [&row.target, &row.actual]
                .into_iter()
                .find_map(|cell| cell.value().map(|measure| measure.unit()));
            match trim(&row.unit) {
                "" => ranking.add(measured.unwrap_or_default(), false),
                unit => ranking.add(unit, false),
            }
        }
    }
    ranking.best()
}

/// Values of a header field that hold what is `typed`: from other projects, and the choices that the edition offers.
pub fn header_values(
    document: &Document,
    edition: Option<&Edition>,
    key: &str,
    typed: &str,
) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    for project in document.projects.iter() {
        ranking.add(project.header(key), false);
    }
    let fields = edition.into_iter().flat_map(|edition| &edition.header);
    for field in fields.filter(|field| field.key == key) {
        field
            .options
            .iter()
            .for_each(|option| ranking.add(option, false));
    }
    ranking.best()
}

/// Captions of first-level indicators that hold what is `typed`: the edition's and the document's.
pub fn section_captions(
    document: &Document,
    edition: Option<&Edition>,
    typed: &str,
) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    let levels = edition
        .into_iter()
        .flat_map(|edition| &edition.indicators.levels);
    for level in levels {
        ranking.add(level.printed(), true);
    }
    for project in document.projects.iter() {
        for goal in project.goals.iter() {
            for section in goal.sections.iter() {
                ranking.add(&section.caption, false);
            }
        }
    }
    ranking.best()
}

/// Captions of second-level indicators that hold what is `typed`: the edition's under the first-level name `section` come
/// first, then what the document has.
pub fn group_captions(
    document: &Document,
    edition: Option<&Edition>,
    section: &str,
    typed: &str,
) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    let level = edition.and_then(|edition| edition.first_level(section));
    for child in level.into_iter().flat_map(|level| &level.children) {
        ranking.add(&child.name, true);
    }
    for project in document.projects.iter() {
        for view in project.groups() {
            ranking.add(&view.group.caption, view.section.name() == section);
        }
    }
    ranking.best()
}

/// Names of fund rows that hold what is `typed`: the edition's and the document's.
pub fn fund_names(document: &Document, edition: Option<&Edition>, typed: &str) -> Vec<String> {
    let mut ranking = Ranking::new(typed);
    for row in edition.into_iter().flat_map(|edition| &edition.funds.rows) {
        ranking.add(&row.caption, true);
    }
    for project in document.projects.iter() {
        for row in project.funds.iter() {
            ranking.add(&row.name, false);
        }
    }
    ranking.best()
}

/// Counts candidates and puts the best first.
struct Ranking<'a> {
    typed: &'a str,
    pattern: Pattern,
    found: HashMap<&'a str, Standing>,
}

/// How a candidate compares; what is greater comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    is_own: bool,
    begins: bool,
    count: usize,
    /// Of equals, the one seen first.
    seen: std::cmp::Reverse<usize>,
}

impl<'a> Ranking<'a> {
    fn new(typed: &'a str) -> Self {
        let typed = trim(typed);
        Self {
            typed,
            pattern: Pattern::new(typed),
            found: HashMap::new(),
        }
    }

    /// Counts a candidate. Empty ones, and what is typed already, are none.
    fn add(&mut self, candidate: &'a str, is_own: bool) {
        let candidate = trim(candidate);
        let fits = self.pattern.is_empty() || self.pattern.is_in(candidate);
        if candidate.is_empty() || candidate == self.typed || !fits {
            return;
        }
        let seen = std::cmp::Reverse(self.found.len());
        let begins = self.pattern.begins(candidate);
        let standing = self.found.entry(candidate).or_insert(Standing {
            is_own: false,
            begins,
            count: 0,
            seen,
        });
        standing.is_own |= is_own;
        standing.count += 1;
    }

    fn best(self) -> Vec<String> {
        let mut found: Vec<(&str, Standing)> = self.found.into_iter().collect();
        found.sort_by_key(|(_, standing)| std::cmp::Reverse(*standing));
        let best = found.into_iter().take(MOST);
        best.map(|(candidate, _)| candidate.to_owned()).collect()
    }
}
