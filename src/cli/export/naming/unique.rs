//! Names, no two of them alike.

use std::collections::HashSet;

use super::{
    page_name::{FileName, Paging},
    pattern::{Pattern, Values},
};

/// Gives names, no two of them alike.
pub struct Names<'a> {
    pattern: &'a Pattern,
    paging: Paging,
    extension: &'static str,
    taken: HashSet<String>,
    /// Names that have a taken one among their pages.
    wholes: HashSet<String>,
}

impl<'a> Names<'a> {
    /// Names after this pattern.
    pub fn new(pattern: &'a Pattern, paging: Paging, extension: &'static str) -> Self {
        Self {
            pattern,
            paging,
            extension,
            taken: HashSet::new(),
            wholes: HashSet::new(),
        }
    }

    /// The name with these values; " (2)" follows where another has it already.
    pub fn next(&mut self, values: &Values<'_>) -> FileName {
        let (before, after) = self.pattern.fill(values);
        let first = FileName {
            before,
            paging: self.paging,
            after,
            extension: self.extension,
        };
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
