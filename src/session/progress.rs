//! How far work over several files is, shared between a job and whoever waits for it.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use crate::exchange::{error::ReadError, watch::Watch};

/// How far the work is, and whether it is still wanted.
#[derive(Debug, Default)]
pub struct Progress {
    stopped: AtomicBool,
    file: AtomicU32,
    files: AtomicU32,
    thousandths: AtomicU32,
    name: Mutex<String>,
}

/// How far the work is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The number of the file, from 0.
    pub file: usize,
    /// How many files there are.
    pub files: usize,
    /// How much of the file is done, in thousandths.
    pub thousandths: u32,
    /// The name of the file.
    pub name: String,
}

impl Progress {
    /// Gives the work up.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was given up.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How far it is now.
    pub fn now(&self) -> Moment {
        Moment {
            file: self.file.load(Ordering::Relaxed) as usize,
            files: self.files.load(Ordering::Relaxed) as usize,
            thousandths: self.thousandths.load(Ordering::Relaxed),
            name: self
                .name
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }

    /// The work comes to a file, counted from 0.
    pub(super) fn begin(&self, file: usize, files: usize, name: &str) {
        // Some thousand at most.
        self.file
            .store(u32::try_from(file).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.files
            .store(u32::try_from(files).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.thousandths.store(0, Ordering::Relaxed);
        name.clone_into(&mut self.name.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Moment {
    /// How much of all files is done, from 0 to 1.
    pub fn share(&self) -> f32 {
        let files = self.files.max(1) as f32;
        (self.file as f32 + self.thousandths as f32 / 1000.0) / files
    }
}

impl Watch for Progress {
    fn stopped(&self) -> Option<ReadError> {
        self.is_stopped().then_some(ReadError::Cancelled)
    }

    fn reached(&self, thousandths: u32) {
        self.thousandths.store(thousandths, Ordering::Relaxed);
    }
}
