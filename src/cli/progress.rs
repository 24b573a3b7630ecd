//! Tells on a terminal how far long work has come. Nothing is told where a program reads the output.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::session::export::run::Onlooker;

/// The progress of work over several files, perhaps by several threads.
pub struct Progress {
    verb: &'static str,
    total: usize,
    done: AtomicUsize,
    shown: bool,
}

impl Progress {
    /// Work over `total` files; a single file needs no progress.
    pub fn new(verb: &'static str, total: usize) -> Self {
        Self {
            verb,
            total,
            done: AtomicUsize::new(0),
            shown: total > 1 && io::stderr().is_terminal(),
        }
    }

    /// The next file.
    pub fn step(&self, path: &Path) {
        let mut terminal = io::stderr().lock();
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            let name = path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy();
            let (verb, total) = (self.verb, self.total);
            let _ = write!(
                terminal,
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

impl Onlooker for Progress {
    fn is_stopped(&self) -> bool {
        false
    }

    fn begun(&self, _: usize, _: usize, path: &Path) {
        self.step(path);
    }
}
