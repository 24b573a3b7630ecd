//! Who has which file open: an advisory note in the data folder, so that a file opened in two windows is noticed. Nothing is
//! written beside the file, and nobody is kept from opening it.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::{
    Fingerprint, Fs, Saver,
    fs::ProcessMark,
    moment::Moment,
    run::{Run, RunId},
};

/// The largest note that is read, in bytes.
const LIMIT: u64 = 64 * 1024;

/// Hexadecimal digits of the hash of a file's location in the name of a note: 64 bits.
const DIGITS: usize = 16;

/// The folder of the notes, one per file and run: `<hash of the location>-<run>.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    folder: PathBuf,
}

/// Another run that has the file open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherProcess {
    /// Its process.
    pub process: ProcessMark,
    /// When it opened the file.
    pub since: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Note {
    machine: u32,
    pid: u32,
    /// Whether the run holds a lock, so that its process id need not be asked.
    locked: bool,
    since: Moment,
}

impl Presence {
    /// Notes in `folder`, which is created when first needed.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Notes that `run` has `file` open, and says who else has. Notes of runs that ended, told apart by `is_going`, are
    /// removed. A note that cannot be written or read is no error: then nobody is warned.
    pub fn announce(
        &self,
        saver: &Saver<'_>,
        file: &Path,
        run: &Run,
        now: &Zoned,
        is_going: &dyn Fn(RunId, Option<ProcessMark>) -> bool,
    ) -> Option<OtherProcess> {
        let fs = saver.fs;
        let stem = stem(fs, file)?;
        let note = Note {
            machine: run.process().machine,
            pid: run.process().pid,
            locked: run.is_locked(),
            since: Moment(now.timestamp()),
        };
        // Our own note first: of two that open a file at once, at least one sees the other.
        if fs.create_folders(&self.folder).is_ok()
            && let Ok(bytes) = serde_json::to_vec(&note)
        {
            let _nobody_is_warned =
                saver.replace_atomically(&self.path(&stem, run.id()), &bytes, now);
        }
        let others = fs.list(&self.folder).unwrap_or_default();
        let others = others.iter().filter_map(|name| {
            let ending = name.to_str()?.strip_prefix(&stem)?.strip_prefix('-')?;
            let other: RunId = ending.strip_suffix(".json")?.parse().ok()?;
            (other != run.id()).then_some(other)
        });
        others
            .filter_map(|other| self.look(fs, &self.path(&stem, other), other, is_going))
            .min_by_key(|other| other.since)
    }

    /// Takes the note back: `run` has closed `file`.
    pub fn withdraw(&self, fs: &dyn Fs, file: &Path, run: &Run) {
        if let Some(stem) = stem(fs, file) {
            let _removed_as_stale_later = fs.remove(&self.path(&stem, run.id()));
        }
    }

    fn look(
        &self,
        fs: &dyn Fs,
        path: &Path,
        run: RunId,
        is_going: &dyn Fn(RunId, Option<ProcessMark>) -> bool,
    ) -> Option<OtherProcess> {
        let note = fs.read(path, LIMIT).ok()?;
        let other = serde_json::from_slice::<Note>(&note).ok().and_then(|note| {
            let process = ProcessMark {
                machine: note.machine,
                pid: note.pid,
            };
            is_going(run, (!note.locked).then_some(process)).then_some(OtherProcess {
                process,
                since: note.since.0,
            })
        });
        if other.is_none() {
            let _tried_again_next_time = fs.remove(path);
        }
        other
    }

    fn path(&self, stem: &str, run: RunId) -> PathBuf {
        self.folder.join(format!("{stem}-{run}.json"))
    }
}

/// The beginning of the names of the notes about a file: a hash of where it is, links followed.
fn stem(fs: &dyn Fs, file: &Path) -> Option<String> {
    let location = fs.resolve(file).ok()?;
    let mut hex = Fingerprint::of(location.as_os_str().as_encoded_bytes()).hex();
    hex.truncate(DIGITS);
    Some(hex)
}
