//! The log file: what the program did and what went wrong, for finding faults. It never holds the content of a document, and
//! a log that cannot be written stops nobody.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Zoned;

use super::{Folders, Fs};

/// From this size on a new file is begun, in bytes (1 MB); the one before is kept.
pub const LARGEST: u64 = 1 << 20;

/// The longest text of one line, in bytes; the rest is cut.
const LONGEST_LINE: usize = 4096;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What happened.
    Info,
    /// Something went wrong without harm.
    Warning,
    /// Something failed.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "INFO",
            Self::Warning => "WARN",
            Self::Error => "ERROR",
        })
    }
}

/// Writes lines to `jiping.log`.
#[derive(Debug, Clone)]
pub struct Log {
    fs: Arc<dyn Fs>,
    folder: Option<PathBuf>,
}

impl Log {
    /// The log in the data folder; without one nothing is written.
    pub fn new(fs: Arc<dyn Fs>, folders: Option<&Folders>) -> Self {
        Self {
            fs,
            folder: folders.map(Folders::log),
        }
    }

    /// Where the lines go.
    pub fn path(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(current)
    }

    /// Adds a line. Line breaks in `text` are shown as `⏎`, so that one event is one line.
    pub fn write(&self, now: &Zoned, level: Level, text: &str) {
        let Some(folder) = &self.folder else {
            return;
        };
        let path = current(folder);
        match self.fs.info(&path) {
            Ok(info) if info.length >= LARGEST => {
                let _appended_to_instead = self.fs.rename(&path, &folder.join("jiping.1.log"));
            }
            Ok(_) => {}
            Err(_) => {
                let _said_by_append = self.fs.create_folders(folder);
            }
        }
        let time = now.strftime("%Y-%m-%d %H:%M:%S%:z");
        let text = &text[..text.floor_char_boundary(LONGEST_LINE)];
        let text = text
            .trim_end()
            .replace("\r\n", "⏎")
            .replace(['\n', '\r'], "⏎");
        let line = format!("{time} {level} {text}\n");
        let _best_effort = self.fs.append(&path, line.as_bytes());
    }
}

fn current(folder: &Path) -> PathBuf {
    folder.join("jiping.log")
}
