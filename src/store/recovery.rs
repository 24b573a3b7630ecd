//! Copies of documents with unsaved changes, in the program's data folder: what a crash or a power loss would take away. The
//! folder of temporary files would not do, since systems empty it.
//!
//! Each open document has one entry of two files: `<run>-<number>.jiping`, which can be opened like any document, and
//! `<run>-<number>.json`, which says where it belongs.

use std::{
    cmp::Reverse,
    fmt,
    io::ErrorKind,
    path::{Path, PathBuf},
    str::FromStr,
};

use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::{
    Fingerprint, Fs, MAX_FILE_BYTES, Saver, Step, StoreError,
    fs::ProcessMark,
    moment::Moment,
    run::{Run, RunId},
    temporary::clean_leftovers,
};
use crate::model::id::BadId;

/// How long an entry is kept after the person declined it.
pub const KEPT_AFTER_DECLINING: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The largest record that is read, in bytes.
const LIMIT: u64 = 64 * 1024;

/// Names an entry: a run of the program and a number within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    /// The run that wrote it.
    pub run: RunId,
    /// Tells the documents of that run apart.
    pub number: u64,
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.run, self.number)
    }
}

impl FromStr for EntryId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let (run, number) = text.split_once('-').ok_or(BadId)?;
        let id = Self {
            run: run.parse()?,
            number: number.parse().map_err(|_| BadId)?,
        };
        (id.to_string() == text).then_some(id).ok_or(BadId)
    }
}

/// What is to be kept.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Tells the documents of `run` apart.
    pub number: u64,
    /// The run that keeps it.
    pub run: &'a Run,
    /// The document's file, once it has one.
    pub path: Option<&'a Path>,
    /// What the file held when it was opened or saved last.
    pub opened: Option<Fingerprint>,
    /// The document as a file holds it.
    pub bytes: &'a [u8],
}

/// An entry of a run that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// Which one.
    pub id: EntryId,
    /// The copy of the document.
    pub copy: PathBuf,
    /// What the record says; `None` if it is broken. The copy may be whole all the same.
    pub record: Option<Record>,
    /// Whether there is a copy.
    pub has_copy: bool,
}

/// Where an entry belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The document's file, if it had one.
    pub path: Option<PathBuf>,
    /// When the copy was written last.
    pub time: Timestamp,
    /// What the file held when it was opened or saved last.
    pub opened: Option<Fingerprint>,
    /// When the person declined it.
    pub declined: Option<Timestamp>,
}

impl Recovered {
    /// Whether record and copy are there.
    pub fn is_whole(&self) -> bool {
        self.has_copy && self.record.is_some()
    }

    /// Whether the person was asked before and did not want it.
    pub fn is_declined(&self) -> bool {
        self.record
            .as_ref()
            .is_some_and(|record| record.declined.is_some())
    }

    fn time(&self) -> Option<Timestamp> {
        self.record.as_ref().map(|record| record.time)
    }
}

/// The record as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    path: Option<PathBuf>,
    time: Moment,
    opened: Option<WrittenFingerprint>,
    machine: u32,
    pid: u32,
    /// Whether the run holds a lock, so that its process id need not be asked.
    locked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declined: Option<Moment>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFingerprint {
    length: u64,
    sha256: String,
}

impl Written {
    /// The process to ask, of a run without a lock.
    fn process(&self) -> Option<ProcessMark> {
        (!self.locked).then_some(ProcessMark {
            machine: self.machine,
            pid: self.pid,
        })
    }

    fn into_record(self) -> Record {
        let opened = self.opened;
        Record {
            path: self.path,
            time: self.time.0,
            opened: opened.and_then(|it| Fingerprint::from_parts(it.length, &it.sha256)),
            declined: self.declined.map(|moment| moment.0),
        }
    }
}

/// The folder of all entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoveries {
    folder: PathBuf,
}

impl Recoveries {
    /// Entries in `folder`, which is created when first needed.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a copy, in place of the earlier one of the same document, and says where it is.
    ///
    /// # Errors
    /// The copy or its record could not be written; the earlier copy is then still there, or the new one is.
    pub fn keep(
        &self,
        saver: &Saver<'_>,
        entry: Entry<'_>,
        now: &Zoned,
    ) -> Result<PathBuf, StoreError> {
        // A folder that cannot be created is named by what fails next.
        let _said_below = saver.fs.create_folders(&self.folder);
        let id = EntryId {
            run: entry.run.id(),
            number: entry.number,
        };
        let copy = self.copy(id);
        saver.replace_atomically(&copy, entry.bytes, now)?;
        let process = entry.run.process();
        let written = Written {
            // What is no Unicode cannot be written down; such a document is recovered as one without a file.
            path: entry
                .path
                .filter(|path| path.to_str().is_some())
                .map(Path::to_path_buf),
            time: Moment(now.timestamp()),
            opened: entry.opened.map(|opened| WrittenFingerprint {
                length: opened.length(),
                sha256: opened.hex(),
            }),
            machine: process.machine,
            pid: process.pid,
            locked: entry.run.is_locked(),
            declined: None,
        };
        self.write_record(saver, id, &written, now)?;
        Ok(copy)
    }

    /// The entries of runs that ended, newest first; those whose record is broken come last. `is_going` tells whether a run
    /// is still going; it is given the process of a run that holds no lock.
    pub fn list(
        &self,
        fs: &dyn Fs,
        is_going: &dyn Fn(RunId, Option<ProcessMark>) -> bool,
    ) -> Vec<Recovered> {
        let names = fs.list(&self.folder).unwrap_or_default();
        let mut ids: Vec<EntryId> = names
            .iter()
            .filter_map(|name| {
                let (stem, extension) = name.to_str()?.rsplit_once('.')?;
                matches!(extension, "jiping" | "json")
                    .then(|| stem.parse().ok())
                    .flatten()
            })
            .collect();
        ids.sort();
        ids.dedup();
        let mut found: Vec<Recovered> = ids
            .into_iter()
            .filter_map(|id| {
                let written = self.read_record(fs, id);
                let process = written.as_ref().and_then(Written::process);
                (!is_going(id.run, process)).then(|| self.recovered(fs, id, written))
            })
            .collect();
        found.sort_by_key(|entry| Reverse(entry.time()));
        found
    }

    /// The entry of this id whatever its run does; `None` if nothing of it is there. For a restart that hands its own entry
    /// on.
    pub fn find(&self, fs: &dyn Fs, id: EntryId) -> Option<Recovered> {
        let entry = self.recovered(fs, id, self.read_record(fs, id));
        (entry.has_copy || entry.record.is_some()).then_some(entry)
    }

    /// The copy of an entry.
    ///
    /// # Errors
    /// It is gone, too large or unreadable.
    pub fn read(&self, fs: &dyn Fs, entry: &Recovered) -> Result<Vec<u8>, StoreError> {
        fs.read(&entry.copy, MAX_FILE_BYTES)
            .map_err(|error| StoreError::reading(Step::Open, &entry.copy, MAX_FILE_BYTES, error))
    }

    /// Removes an entry. What cannot be removed is offered again.
    pub fn discard(&self, fs: &dyn Fs, id: EntryId) {
        // The copy goes first: what is left if this stops half way is then no work that seems lost.
        for path in [self.copy(id), self.record(id)] {
            let _offered_again = fs.remove(&path);
        }
    }

    /// Notes that the person does not want an entry. It is kept for [`KEPT_AFTER_DECLINING`], in case they think again.
    ///
    /// # Errors
    /// The record could not be written; the entry is then offered again.
    pub fn decline(
        &self,
        saver: &Saver<'_>,
        entry: &Recovered,
        now: &Zoned,
    ) -> Result<(), StoreError> {
        let mut written = self
            .read_record(saver.fs, entry.id)
            .unwrap_or_else(|| Written {
                path: None,
                time: Moment(now.timestamp()),
                opened: None,
                machine: 0,
                pid: 0,
                locked: true,
                declined: None,
            });
        written.declined = Some(Moment(now.timestamp()));
        self.write_record(saver, entry.id, &written, now)
    }

    /// Removes the entries that were declined long enough ago, and what dead processes left in the folder. Failures are left
    /// for next time.
    pub fn clean_up(&self, fs: &dyn Fs, now: &Zoned) {
        clean_leftovers(fs, &self.folder, now.timestamp());
        for entry in self.list(fs, &|_, _| false) {
            let declined = entry.record.and_then(|record| record.declined);
            if declined.is_some_and(|at| now.timestamp().duration_since(at) >= KEPT_AFTER_DECLINING)
            {
                self.discard(fs, entry.id);
            }
        }
    }

    fn recovered(&self, fs: &dyn Fs, id: EntryId, written: Option<Written>) -> Recovered {
        let copy = self.copy(id);
        let is_missing = |error: std::io::Error| matches!(error.kind(), ErrorKind::NotFound);
        Recovered {
            id,
            has_copy: !fs.info(&copy).is_err_and(is_missing),
            copy,
            record: written.map(Written::into_record),
        }
    }

    fn read_record(&self, fs: &dyn Fs, id: EntryId) -> Option<Written> {
        let bytes = fs.read(&self.record(id), LIMIT).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn write_record(
        &self,
        saver: &Saver<'_>,
        id: EntryId,
        written: &Written,
        now: &Zoned,
    ) -> Result<(), StoreError> {
        // A path that is no Unicode was left out, so every part can be written.
        let bytes = serde_json::to_vec_pretty(written).unwrap_or_default();
        saver
            .replace_atomically(&self.record(id), &bytes, now)
            .map(drop)
    }

    fn copy(&self, id: EntryId) -> PathBuf {
        self.folder.join(format!("{id}.jiping"))
    }

    fn record(&self, id: EntryId) -> PathBuf {
        self.folder.join(format!("{id}.json"))
    }
}
