//! The byte-level half of the store: nothing that fails may cost anyone their file.

mod backups;
mod beside;
mod faults;
mod kill;
mod lineage;
mod log;
mod messages;
mod opening;
mod presence;
mod real_disk;
mod recovery;
mod saving;
mod settings;

use std::{sync::Mutex, time::Duration};

use jiff::{Zoned, civil::date};
use jiping::store::{
    Backups, Expected, Fingerprint, SaveOutcome, SaveRequest, Saved, Saver, Sleeper, StoreError,
    simulated::SimulatedFs,
};

/// The simulated file of most tests, and what it holds first.
const FILE: &str = "/项目/自评表 2020.jiping";
const FOLDER: &str = "/项目";
const OLD: &[u8] = b"the content that was opened";
const NEW: &[u8] = b"the content that is to be saved, a little longer";
const LIMIT: u64 = 1024;

fn now() -> Zoned {
    let noon = date(2025, 3, 1).at(14, 30, 5, 0);
    noon.in_tz("UTC").expect("a time that exists")
}

fn backups() -> Backups {
    Backups::at("/data/backups")
}

/// A disk with [`FILE`] on it.
fn disk() -> SimulatedFs {
    let fs = SimulatedFs::new();
    fs.put(FILE, OLD);
    fs
}

/// Does not wait, but remembers for how long it should have.
#[derive(Default)]
struct Scripted {
    slept: Mutex<Vec<Duration>>,
}

impl Scripted {
    fn milliseconds(&self) -> Vec<u128> {
        let slept = self.slept.lock().expect("not poisoned");
        slept.iter().map(Duration::as_millis).collect()
    }
}

impl Sleeper for Scripted {
    fn sleep(&self, time: Duration) {
        self.slept.lock().expect("not poisoned").push(time);
    }
}

fn expecting(bytes: &[u8]) -> Expected {
    Expected::Content(Fingerprint::of(bytes))
}

/// Saves `bytes` to [`FILE`] with backups, without waiting.
fn save(fs: &SimulatedFs, bytes: &[u8], expected: Expected) -> Result<SaveOutcome, StoreError> {
    let sleeper = Scripted::default();
    let saver = Saver {
        fs,
        sleeper: &sleeper,
    };
    saver.save(SaveRequest {
        path: FILE.as_ref(),
        bytes,
        expected,
        backups: Some(&backups()),
        check: None,
        now: &now(),
    })
}

fn saved(outcome: Result<SaveOutcome, StoreError>) -> Saved {
    match outcome {
        Ok(SaveOutcome::Saved(saved)) => saved,
        other => panic!("not saved: {other:?}"),
    }
}

/// The names in the folder of [`FILE`].
fn names(fs: &SimulatedFs) -> Vec<String> {
    fs.names(FOLDER)
}
