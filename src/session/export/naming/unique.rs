//! Names, no two of them alike.

use std::collections::HashSet;

use super::{
    page_name::{Ending, FileName},
    pattern::{Pattern, Values},
};

/// Gives names, no two of them alike.
pub struct Names<'a> {
    pattern: &'a Pattern,
    taken: HashSet<String>,
    /// Names that have a taken one among their pages.
    wholes: HashSet<String>,
}

impl<'a> Names<'a> {
    /// Names after this pattern.
    pub fn new(pattern: &'a Pattern) -> Self {
        Self {
            pattern,
            taken: HashSet::new(),
            wholes: HashSet::new(),
        }
    }

    /// The name with these values; " (2)" follows where another has it already.
    pub fn next(&mut self, values: &Values<'_>, ending: &Ending) -> FileName {
        self.take(self.pattern.fill(values), ending)
    }

    /// The name of what is made of all projects together: after the pattern, or `title` where that is for each.
    pub fn of_all(&mut self, title: &str, ending: &Ending) -> FileName {
        if self.pattern.is_for_each() {
            return self.take((title.to_owned(), String::new()), ending);
        }
        self.next(&Values::default(), ending)
    }

    fn take(&mut self, (before, after): (String, String), ending: &Ending) -> FileName {
        let first = FileName {
            before,
            paging: ending.paging,
            after,
            extension: ending.extension,
        };
        let first = first.followed_by(&ending.suffix);
        let mut name = first.clone();
        let mut count = 1;
        while !self.is_free(&name) {
            count += 1;
            name = first.again(count);
        }
        self.taken.insert(name.key());
        self.wholes.extend(name.key_of_whole());
        name
    }

    fn is_free(&self, name: &FileName) -> bool {
        let key = name.key();
        let whole = name.key_of_whole();
        !self.taken.contains(&key)
            && !self.wholes.contains(&key)
            && whole.is_none_or(|whole| !self.taken.contains(&whole))
    }
}
