//! The parts of a package as texts, and what has become of them.

use std::{collections::BTreeMap, io::Read as _};

use crate::exchange::{error::ReadError, guard::Package};

/// A package some parts of which change.
pub(in crate::exchange::fill) struct Parts<'b> {
    pub package: Package<'b>,
    changed: BTreeMap<String, Option<Vec<u8>>>,
}

impl<'b> Parts<'b> {
    /// Nothing has changed yet.
    pub fn of(package: Package<'b>) -> Self {
        Self {
            package,
            changed: BTreeMap::new(),
        }
    }

    /// A part as it is in the file; `None` where there is none, or none in UTF-8.
    pub fn text(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        let Some(mut part) = self.package.part(path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).ok();
        Ok(text.map(|text| text.trim_start_matches('\u{feff}').to_owned()))
    }

    /// A part that must be there.
    pub fn needed(&mut self, path: &str) -> Result<String, ReadError> {
        let missing = || ReadError::Broken(format!("缺少部件 {path}，或其文字编码不是 UTF-8"));
        self.text(path)?.ok_or_else(missing)
    }

    /// Gives a part another content.
    pub fn set(&mut self, path: &str, text: String) {
        if let Some(name) = self.package.own_name(path) {
            self.changed
                .insert(name.to_owned(), Some(text.into_bytes()));
        }
    }

    /// Takes a part out.
    pub fn remove(&mut self, path: &str) {
        if let Some(name) = self.package.own_name(path) {
            self.changed.insert(name.to_owned(), None);
        }
    }

    /// The package as it is now.
    pub fn finish(mut self) -> Result<Vec<u8>, ReadError> {
        self.package.rewritten(&self.changed)
    }
}
