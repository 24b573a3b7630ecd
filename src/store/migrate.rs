//! Older versions of the file format. To change the format: append one function to [`HISTORY`] and freeze one old file
//! under `tests/files/`. The envelope itself (`format`, `version`, `document`) never changes.

use serde_json::Value;

/// The number of the first version.
const FIRST_VERSION: u32 = 1;

/// Turns the `document` of one version into that of the next. The error says in Chinese what is wrong.
pub type Migration = fn(&mut Value) -> Result<(), String>;

/// All versions of a format so far.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    steps: &'a [Migration],
}

/// The versions of the `*.jiping` format. Version 1 is the first, so there is nothing to migrate yet.
pub const HISTORY: History<'static> = History::new(&[]);

impl<'a> History<'a> {
    /// The history with these steps: the first leads from version 1 to 2, and so on.
    pub const fn new(steps: &'a [Migration]) -> Self {
        Self { steps }
    }

    /// The version that is written.
    pub const fn current(&self) -> u32 {
        FIRST_VERSION + self.steps.len() as u32
    }

    /// Whether files of this version can be read.
    pub fn knows(&self, version: u32) -> bool {
        (FIRST_VERSION..=self.current()).contains(&version)
    }

    /// Brings a `document` of version `from` up to the current one.
    ///
    /// # Errors
    /// The first step that cannot make sense of the content, in its own words.
    pub fn migrate(&self, document: &mut Value, from: u32) -> Result<(), String> {
        let done = from.saturating_sub(FIRST_VERSION) as usize;
        self.steps
            .iter()
            .skip(done)
            .try_for_each(|step| step(document))
    }
}
