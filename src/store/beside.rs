//! A note beside a file that somebody has open, as office programs leave one, so that colleagues on a shared folder see it:
//! `~$<name of the file>`, hidden where the system knows hidden files. It is advice and nothing else: nobody is kept from
//! anything by it, a folder that takes no note gets none, and what is no note of ours counts as none.
//!
//! Of several who have the file open, the first one's note stands; who comes later leaves it alone, and puts a note of
//! their own there once it is gone. A note is renewed as long as its file is open. One that is renewed no more expires by
//! what it says and not by the time of its file, since shares stamp files by another clock. Whose clock goes wrong is
//! noticed all the same: a note that moves is alive, whatever time it tells.

use std::{
    ffi::OsString,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Fs,
    fs::ProcessMark,
    moment::Moment,
    run::{Run, RunId},
    temporary::{LONGEST_NAME, shortened},
};
use crate::model::id::{Id, IdSource};

/// How often a note is renewed.
pub const RENEWED_EVERY: SignedDuration = SignedDuration::from_mins(2);

/// How long a note counts after it was renewed last.
pub const EXPIRES_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// How far ahead another computer's clock may be: one that was set to another time zone still tells who has a file.
const AHEAD_AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// The largest note that is read, in bytes.
const LIMIT: u64 = 16 * 1024;

/// What says that a file is a note.
const FORMAT: &str = "jiping-open";

/// How a note begins, also one that was never finished.
const BEGINNING: &[u8] = b"{\"format\":\"jiping-open\"";

/// What the name of a note begins with. Office programs have theirs begin so too, and file searches of both leave them out.
pub const PREFIX: &str = "~$";

/// Somebody else who has the file open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The name of the person as it stands in the note; may be empty, and anything that a file can hold.
    pub user: String,
    /// The name of the computer, as above.
    pub computer: String,
    /// When the file was opened, by that computer's clock.
    pub since: Timestamp,
}

/// Who opens a file, for the note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name; may be empty.
    pub user: String,
    /// The name of the computer; may be empty.
    pub computer: String,
    /// Tells data folders apart. Runs that share one know of each other by their locks.
    pub home: Option<u32>,
}

/// What a look at the note showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who else has the file open, as far as can be told.
    pub other: Option<Colleague>,
    /// Whether files can be created in the folder; `None` where nothing was tried.
    pub takes_files: Option<bool>,
}

/// Whether a run is still going; given the process of a run that holds no lock.
pub type IsGoing<'a> = &'a dyn Fn(RunId, Option<ProcessMark>) -> bool;

/// One file that this window has open, and the note about it.
#[derive(Debug)]
pub struct Holding {
    file: PathBuf,
    person: Person,
    opening: Id<Holding>,
    since: Timestamp,
    /// The note of somebody else as it was seen last, and when it first looked so by our own clock.
    seen: Option<(Sign, Timestamp)>,
    is_released: bool,
}

/// What changes when a note is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    opening: Id<Holding>,
    renewed: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Note {
    format: String,
    user: String,
    computer: String,
    machine: u32,
    #[serde(default)]
    home: Option<u32>,
    run: String,
    pid: u32,
    /// Whether the run holds a lock, so that its process id need not be asked.
    locked: bool,
    /// Names this opening of the file among all.
    opening: String,
    since: Moment,
    renewed: Moment,
}

/// What lies where the note belongs.
enum Found {
    /// Nothing, or the beginning of a note that was never finished.
    Nothing,
    Note(Box<Note>),
    /// A link, or a file that is no note; it is left alone.
    Foreign,
}

/// Whose note it is.
enum Whose {
    /// Nobody's: none there, expired, or left behind.
    Nobody,
    /// No note at all: the place is taken.
    Foreign,
    /// Of this opening.
    Own,
    /// Of another window of this person on this computer, which is told of elsewhere.
    Sibling,
    /// Somebody else's.
    Other(Colleague),
}

impl Holding {
    /// `file` is open from now on. Nothing is written yet.
    pub fn new(file: &Path, person: Person, ids: &mut dyn IdSource, now: Timestamp) -> Self {
        Self {
            file: file.to_path_buf(),
            person,
            opening: Id::new(ids),
            since: now,
            seen: None,
            is_released: false,
        }
    }

    /// The file, as the person named it.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Looks who else has the file open, and writes or renews the note where nobody has.
    ///
    /// It never fails: what cannot be read or written warns nobody.
    pub fn renew(&mut self, fs: &dyn Fs, run: &Run, now: Timestamp, is_going: IsGoing<'_>) -> Held {
        let untried = Held {
            other: None,
            takes_files: None,
        };
        let Some(path) = note_path(fs, &self.file).filter(|_| !self.is_released) else {
            return untried;
        };
        let other = match self.whose(fs, &path, now, is_going) {
            Whose::Other(other) => Some(other),
            Whose::Sibling | Whose::Foreign => return untried,
            Whose::Own | Whose::Nobody => None,
        };
        if other.is_some() {
            return Held { other, ..untried };
        }
        let written = self.write(fs, &path, run, now);
        Held {
            other: None,
            takes_files: match written {
                Ok(()) => Some(true),
                Err(error) => is_refusal(&error).then_some(false),
            },
        }
    }

    /// Takes the note back: the file is not open any more. A note of somebody else stays.
    pub fn release(&mut self, fs: &dyn Fs) {
        self.is_released = true;
        if let Some(path) = note_path(fs, &self.file)
            && let Found::Note(note) = look(fs, &path)
            && note.opening == self.opening.to_string()
        {
            let _expires_by_itself = fs.remove(&path);
        }
    }

    fn whose(&mut self, fs: &dyn Fs, path: &Path, now: Timestamp, is_going: IsGoing<'_>) -> Whose {
        let note = match look(fs, path) {
            Found::Note(note) => note,
            Found::Nothing => {
                self.seen = None;
                return Whose::Nobody;
            }
            Found::Foreign => return Whose::Foreign,
        };
        let Ok(opening) = note.opening.parse::<Id<Holding>>() else {
            return Whose::Nobody;
        };
        if opening == self.opening {
            self.seen = None;
            return Whose::Own;
        }
        let process = ProcessMark {
            machine: note.machine,
            pid: note.pid,
        };
        let is_of_this_home = process.machine == fs.process().machine
            && note.home.is_some()
            && note.home == self.person.home;
        if is_of_this_home {
            let run = note.run.parse::<RunId>().ok();
            let process = (!note.locked).then_some(process);
            return match run.is_some_and(|run| is_going(run, process)) {
                true => Whose::Sibling,
                false => Whose::Nobody,
            };
        }
        let sign = Sign {
            opening,
            renewed: note.renewed.0,
        };
        match self.is_alive(sign, now) {
            true => Whose::Other(Colleague {
                user: note.user,
                computer: note.computer,
                since: note.since.0,
            }),
            false => Whose::Nobody,
        }
    }

    /// Whether a note of another computer still counts. At first sight its own time decides; afterwards it must move.
    fn is_alive(&mut self, sign: Sign, now: Timestamp) -> bool {
        match self.seen {
            Some((seen, since)) if seen == sign => now.duration_since(since) < EXPIRES_AFTER,
            Some((seen, _)) if seen.opening == sign.opening => {
                self.seen = Some((sign, now));
                true
            }
            _ => {
                self.seen = Some((sign, now));
                let age = now.duration_since(sign.renewed);
                age < EXPIRES_AFTER && age > -AHEAD_AT_MOST
            }
        }
    }

    /// Creates the note anew, so that a link in its place is removed and never written through.
    fn write(&self, fs: &dyn Fs, path: &Path, run: &Run, now: Timestamp) -> io::Result<()> {
        let process = run.process();
        let note = Note {
            format: FORMAT.to_owned(),
            user: self.person.user.clone(),
            computer: self.person.computer.clone(),
            machine: process.machine,
            home: self.person.home,
            run: run.id().to_string(),
            pid: process.pid,
            locked: run.is_locked(),
            opening: self.opening.to_string(),
            since: Moment(self.since),
            renewed: Moment(now),
        };
        let bytes = serde_json::to_vec(&note)?;
        let mut file = match fs.create_hidden(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                fs.remove(path)?;
                fs.create_hidden(path)?
            }
            created => created?,
        };
        let mut rest = &bytes[..];
        let written = loop {
            match file.write(rest) {
                Ok(0) => break Err(ErrorKind::WriteZero.into()),
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) => break Err(error),
            }
            if rest.is_empty() {
                break Ok(());
            }
        };
        let closed = file.close();
        if written.is_err() {
            let _half_a_note_counts_as_none = fs.remove(path);
        }
        written.and(closed)
    }
}

/// Whether a folder says that it takes no files at all: rights, or a disk that cannot be written to.
fn is_refusal(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// Where the note about a file lies: beside where the file really is, links followed.
fn note_path(fs: &dyn Fs, file: &Path) -> Option<PathBuf> {
    let location = fs.resolve(file).ok()?;
    let mut name = OsString::from(PREFIX);
    name.push(location.file_name()?);
    if name.len() > LONGEST_NAME {
        name = shortened(&name.to_string_lossy(), LONGEST_NAME).into();
    }
    Some(location.with_file_name(name))
}

/// What is at `path`, unless that leads somewhere else.
fn look(fs: &dyn Fs, path: &Path) -> Found {
    match fs.resolve(path) {
        Ok(location) if location == path => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
        _ => return Found::Foreign,
    }
    let bytes = match fs.read(path, LIMIT) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Found::Nothing,
        Err(_) => return Found::Foreign,
    };
    match serde_json::from_slice::<Note>(&bytes) {
        Ok(note) if note.format == FORMAT => Found::Note(Box::new(note)),
        _ if BEGINNING.starts_with(&bytes) || bytes.starts_with(BEGINNING) => Found::Nothing,
        _ => Found::Foreign,
    }
}
