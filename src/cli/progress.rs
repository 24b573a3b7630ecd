//! Tells on a terminal how far long work has come. Nothing is told where a program reads the output.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::Path,
};

/// The progress of work over several files.
pub struct Progress {
    verb: &'static str,
    total: usize,
    done: usize,
    shown: bool,
}

impl Progress {
    /// Work over `total` files; a single file needs no progress.
    pub fn new(verb: &'static str, total: usize) -> Self {
        Self {
            verb,
            total,
            done: 0,
            shown: total > 1 && io::stderr().is_terminal(),
        }
    }

    /// The next file.
    pub fn step(&mut self, path: &Path) {
        self.done += 1;
        if self.shown {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy();
            let (verb, done, total) = (self.verb, self.done, self.total);
            let _ = write!(
                io::stderr().lock(),
                "\r\x1b[K正在{verb} {done}/{total}：{}",
                super::one_line::one_line(&name)
            );
        }
    }

    /// Clears the line.
    pub fn finish(&self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}
