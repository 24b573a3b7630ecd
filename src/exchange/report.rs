//! What became of every cell of a source: read, cleaned, guessed, ignored, refused. Nothing is dropped in silence.

use serde::Serialize;

use super::grid::Place;
use crate::model::path::CellPath;

/// The report of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// In the order of the sources.
    pub entries: Vec<Entry>,
}

/// What became of one cell, row or file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What became of it.
    pub fate: Fate,
    /// Where it stands.
    pub source: Source,
    /// Its text as it stands there, cut to a line where it is long.
    pub text: String,
    /// The field it went to; `None` where it went nowhere.
    pub target: Option<CellPath>,
    /// The field in words ("数量指标 · 培训场次 · 实际完成值"); empty where it went nowhere.
    pub field: String,
    /// What was done or guessed and why, one sentence; empty where there is nothing to say.
    pub note: String,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Taken as it stands.
    Read,
    /// Taken, with something cleaned away or rewritten; the note says what.
    Cleaned,
    /// Taken where it probably belongs.
    Guessed {
        /// How sure, in percent.
        sure: u8,
    },
    /// Left out.
    Ignored,
    /// The file or part cannot be read.
    Refused,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The number of the file among those imported, from 0.
    pub file: usize,
    /// The number of the grid in the file, from 0.
    pub grid: usize,
    /// The place in the grid; `None` for the whole of it.
    pub place: Option<Place>,
}

impl Report {
    /// The entries with this fate; guesses of any sureness count as one.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &Entry> {
        let wanted = std::mem::discriminant(&fate);
        self.entries
            .iter()
            .filter(move |entry| std::mem::discriminant(&entry.fate) == wanted)
    }

    /// What the command line ends with: 0 all read, 1 something guessed or ignored, 2 something unreadable.
    pub fn exit_code(&self) -> u8 {
        let of = |entry: &Entry| match entry.fate {
            Fate::Read | Fate::Cleaned => 0,
            Fate::Guessed { .. } | Fate::Ignored => 1,
            Fate::Refused => 2,
        };
        self.entries.iter().map(of).max().unwrap_or(0)
    }
}
