//! Rules that a person has turned off.

use std::{collections::BTreeSet, sync::Arc};

use super::catalogue;

/// Rules that are not looked at: they find nothing, count nowhere and silence no other rule. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disabled(Arc<BTreeSet<&'static str>>);

impl Disabled {
    /// The rules with these codes. Codes that the catalogue does not have are left out, so that they are not counted.
    pub fn of<S: AsRef<str>>(codes: impl IntoIterator<Item = S>) -> Self {
        let rules = codes
            .into_iter()
            .filter_map(|code| catalogue::by_code(code.as_ref()));
        Self(Arc::new(rules.map(|rule| rule.code).collect()))
    }

    /// Whether the rule with this code is turned off.
    pub fn has(&self, code: &str) -> bool {
        self.0.contains(code)
    }

    /// How many rules are turned off.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Their codes in order.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}
