//! One run of the program. Recovery copies and notes about open files say which run they belong to, and a lock tells whether
//! that run is still going: the system gives it up however the process ends, and a process id that is used again does not
//! mislead.

use std::{fmt, path::Path, str::FromStr};

use super::{
    Folders, Fs,
    fs::{Lock, ProcessMark},
};
use crate::model::id::{BadId, Id, IdSource};

/// Names one run of the program on any computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId(Id<Run>);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for RunId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        text.parse().map(Self)
    }
}

/// This run. While it lives, [`is_going`] says so to other runs.
#[derive(Debug)]
pub struct Run {
    id: RunId,
    process: ProcessMark,
    /// `None` where there is no data folder or its disk knows no locks; the process id serves then.
    lock: Option<Box<dyn Lock>>,
}

impl Run {
    /// A run that nobody else can see, for programs without a data folder.
    pub fn unseen(fs: &dyn Fs, ids: &mut dyn IdSource) -> Self {
        Self {
            id: RunId(Id::new(ids)),
            process: fs.process(),
            lock: None,
        }
    }

    /// A run with its lock in the data folder, and removes the locks of runs that ended.
    pub fn start(fs: &dyn Fs, folders: &Folders, ids: &mut dyn IdSource) -> Self {
        let mut run = Self::unseen(fs, ids);
        let folder = folders.runs();
        if fs.create_folders(&folder).is_ok() {
            remove_ended(fs, &folder);
            let lock = fs.lock(&folder.join(name(run.id)));
            run.lock = lock.ok().flatten();
        }
        run
    }

    /// Which run it is.
    pub fn id(&self) -> RunId {
        self.id
    }

    /// The process of the run.
    pub fn process(&self) -> ProcessMark {
        self.process
    }

    /// Whether other runs can tell by a lock that this one is going.
    pub fn is_locked(&self) -> bool {
        self.lock.is_some()
    }
}

/// Whether the run of this id is still going. `process` is asked where its lock does not tell; it is to be given only for runs
/// that hold none, since process ids are used again. What cannot be told counts as ended: work that is offered twice is better
/// than work that is never offered.
pub fn is_going(fs: &dyn Fs, folders: &Folders, run: RunId, process: Option<ProcessMark>) -> bool {
    let path = folders.runs().join(name(run));
    if fs.info(&path).is_ok() {
        match fs.lock(&path) {
            Ok(None) => return true,
            Ok(Some(_given_up_at_once)) => return false,
            Err(_) => {}
        }
    }
    process.is_some_and(|process| {
        process.machine == fs.process().machine && fs.is_running(process.pid).unwrap_or(false)
    })
}

fn name(run: RunId) -> String {
    format!("{run}.lock")
}

/// A lock that can be taken belongs to nobody. Failures are left for next time.
fn remove_ended(fs: &dyn Fs, folder: &Path) {
    for name in fs.list(folder).unwrap_or_default() {
        let is_lock = |name: &str| name.strip_suffix(".lock")?.parse::<RunId>().ok();
        if name.to_str().and_then(is_lock).is_some()
            && let Ok(Some(_lock)) = fs.lock(&folder.join(&name))
        {
            let _tried_again_next_time = fs.remove(&folder.join(&name));
        }
    }
}
