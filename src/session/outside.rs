//! What others do to the file while it is open here. Only the content decides: a new time alone is no change, and a file that
//! cannot be seen has not changed either. Nothing is taken over by itself.

use std::{io::ErrorKind, path::PathBuf, sync::Arc};

use jiff::Timestamp;

use super::{
    environment::Environment,
    session::Session,
    versions::{FileVersions, Line},
};
use crate::{
    model::document::Document,
    store::{
        Fingerprint, MAX_FILE_BYTES,
        error::reason,
        format,
        fs::{FileInfo, FileKind},
        lineage::Lineage,
    },
};

/// How often length and time of a file are to be seen unchanged, with its content read each time, before they are trusted:
/// whatever is written after the second look has another time, even where a disk counts in steps of two seconds.
const TRUSTED_AFTER: u32 = 2;

/// How many looks in a row may trust them. Some programs set a file's time back after they wrote it.
const TRUSTED_FOR: u32 = 20;

/// The file as somebody else left it.
#[derive(Debug)]
pub struct Theirs {
    /// Its document.
    pub document: Arc<Document>,
    /// The latest version that both have, where its content is at hand.
    pub base: Option<Arc<Document>>,
    /// When it was written, as far as can be told.
    pub time: Timestamp,
    fingerprint: Fingerprint,
    lineage: Lineage,
}

/// How the file is, compared with what the session knows of it.
#[derive(Debug, Clone, Default)]
pub enum Outside {
    /// As it was opened or saved last, as far as is known.
    #[default]
    Known,
    /// It cannot be looked at now, in words why: a share that is gone, a file that was moved. That is no change.
    Unseen(String),
    /// Somebody wrote something else.
    Changed(Arc<Theirs>),
    /// Somebody wrote what is no document of this program, at this time; in words what is wrong with it.
    Broken(Timestamp, String),
}

/// What a session remembers of its looks at the file.
#[derive(Debug, Default)]
pub(super) struct Watch {
    outside: Outside,
    /// Of which content of which file it is.
    about: Option<(PathBuf, Fingerprint)>,
    memory: Memory,
}

/// What the last looks showed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Memory {
    info: Option<FileInfo>,
    /// What was read.
    content: Option<Fingerprint>,
    /// How often in a row `info` was as it is and the content was read.
    read: u32,
    /// How often in a row it was trusted since.
    trusted: u32,
}

impl Memory {
    /// Whether a file that is as `info` says needs not be read.
    fn trusts(&self, info: FileInfo) -> bool {
        self.info == Some(info)
            && info.modified.is_some()
            && self.read >= TRUSTED_AFTER
            && self.trusted < TRUSTED_FOR
    }

    fn after_reading(self, info: FileInfo, content: Fingerprint) -> Self {
        let same = self.info == Some(info) && self.content == Some(content);
        Self {
            info: Some(info),
            content: Some(content),
            read: if same { self.read + 1 } else { 1 },
            trusted: 0,
        }
    }
}

/// A look at the file, ready to run on any thread.
#[derive(Debug)]
pub struct Look {
    environment: Arc<Environment>,
    path: PathBuf,
    known: Fingerprint,
    versions: FileVersions,
    /// The document as the file held it when the session last knew it.
    before: Option<Arc<Document>>,
    memory: Memory,
}

/// What a [`Look`] showed, to be given to [`Session::finish_look`].
#[derive(Debug)]
pub struct Looked {
    path: PathBuf,
    known: Fingerprint,
    memory: Memory,
    seen: Seen,
}

#[derive(Debug)]
enum Seen {
    /// What was seen before is still so.
    Same,
    /// The content that the session knows.
    Known,
    Unseen(String),
    Changed(Arc<Theirs>),
    Broken(Timestamp, String),
}

impl Look {
    /// Looks. Takes as long as reading the file does, and on a share that is gone as long as the system waits for it.
    pub fn run(self) -> Looked {
        let (seen, memory) = self.look().unwrap_or_else(|why| {
            // What is there again later is to be read again.
            (Seen::Unseen(why), Memory::default())
        });
        Looked {
            path: self.path,
            known: self.known,
            memory,
            seen,
        }
    }

    fn look(&self) -> Result<(Seen, Memory), String> {
        let fs = self.environment.fs();
        let in_words = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => {
                "文件不在原处，可能已被移走、改名，或 U 盘、共享文件夹断开了".into()
            }
            _ => reason(&error),
        };
        let info = fs.info(&self.path).map_err(in_words)?;
        if info.kind != FileKind::File {
            return Err("原处已不是文件".into());
        }
        if self.memory.trusts(info) {
            let memory = Memory {
                trusted: self.memory.trusted + 1,
                ..self.memory
            };
            return Ok((Seen::Same, memory));
        }
        let bytes = fs.read(&self.path, MAX_FILE_BYTES).map_err(in_words)?;
        let content = Fingerprint::of(&bytes);
        let memory = self.memory.after_reading(info, content);
        let seen = match content {
            known if known == self.known => Seen::Known,
            // Already told, but what is no document may have been half of one: it is told at the second look.
            before if Some(before) == self.memory.content && memory.read != 2 => Seen::Same,
            _ => self.read(&bytes, content, info),
        };
        Ok((seen, memory))
    }

    fn read(&self, bytes: &[u8], fingerprint: Fingerprint, info: FileInfo) -> Seen {
        let time = self.time(info);
        match format::read(bytes, &mut &*self.environment) {
            Ok(opened) => Seen::Changed(Arc::new(Theirs {
                base: self.base_of(&opened),
                document: Arc::new(opened.document),
                time,
                fingerprint,
                lineage: opened.lineage,
            })),
            Err(error) => Seen::Broken(time, error.to_string()),
        }
    }

    /// What ours and theirs began with. A file that nobody has counted versions of yet was the same for both when it was
    /// opened, if the document is the same one.
    fn base_of(&self, theirs: &format::Opened) -> Option<Arc<Document>> {
        let counted = self.versions.ancestor_of(&theirs.lineage).map(Arc::new);
        let is_same = |before: &&Arc<Document>| before.id == theirs.document.id;
        let uncounted = || self.before.as_ref().filter(is_same).cloned();
        match self.versions.is_counted() {
            true => counted,
            false => counted.or_else(uncounted),
        }
    }

    /// When the file was written: what the disk says, unless its clock is ahead of ours.
    fn time(&self, info: FileInfo) -> Timestamp {
        let now = self.environment.timestamp();
        let written = info
            .modified
            .and_then(|time| Timestamp::try_from(time).ok());
        written.filter(|time| *time <= now).unwrap_or(now)
    }
}

/// What others do to the file.
impl Session {
    /// A look at the file, for a job; `None` while there is none, or while it is being saved.
    pub fn look(&self) -> Option<Look> {
        let file = self.file().filter(|_| !self.is_saving())?;
        Some(Look {
            environment: Arc::clone(self.environment()),
            path: file.path.clone(),
            known: file.fingerprint,
            versions: self.versions(),
            before: self.line.base.clone(),
            memory: match self.is_watched() {
                true => self.watch.memory,
                false => Memory::default(),
            },
        })
    }

    /// Takes note of what a look showed. A look at what the session saved meanwhile shows nothing.
    pub fn finish_look(&mut self, looked: Looked) {
        let about = (looked.path, looked.known);
        let own = self.file().map(|file| (&file.path, file.fingerprint));
        if own != Some((&about.0, about.1)) || self.is_saving() {
            return;
        }
        let is_again = self.watch.memory.content == looked.memory.content && self.is_watched();
        self.watch.memory = looked.memory;
        self.watch.about = Some(about);
        match looked.seen {
            Seen::Same => {}
            Seen::Known => self.watch.outside = Outside::Known,
            Seen::Unseen(why) => self.watch.outside = Outside::Unseen(why),
            Seen::Changed(theirs) => self.note(theirs),
            // At the first look it may be half of what somebody is writing.
            Seen::Broken(time, why) if is_again => self.watch.outside = Outside::Broken(time, why),
            Seen::Broken(..) => {}
        }
    }

    /// What is known of the file on the disk.
    pub fn outside(&self) -> &Outside {
        static KNOWN: Outside = Outside::Known;
        match self.is_watched() {
            true => &self.watch.outside,
            false => &KNOWN,
        }
    }

    /// Puts the content of the file on the disk in the place of the document as one step, which undo takes back. Returns
    /// whether the document is another one now.
    pub fn take_theirs(&mut self) -> bool {
        let Outside::Changed(theirs) = self.outside().clone() else {
            return false;
        };
        let is_changed = self.replace("换成磁盘上的内容", &theirs.document);
        self.know(&theirs);
        self.mark_saved();
        is_changed
    }

    /// Takes note that the document has in it what the file on the disk holds, as after a merge: the next save may replace it.
    pub fn join_theirs(&mut self, theirs: &Theirs) {
        self.know(theirs);
        if **self.document() == *theirs.document {
            self.mark_saved();
        }
    }

    /// Tells whether the change matters. The same document in other bytes is known from now on.
    fn note(&mut self, theirs: Arc<Theirs>) {
        if let Outside::Changed(before) = &self.watch.outside
            && before.fingerprint == theirs.fingerprint
        {
            return;
        }
        let as_before = self
            .line
            .base
            .as_ref()
            .is_some_and(|base| **base == *theirs.document);
        if as_before || **self.document() == *theirs.document {
            self.join_theirs(&theirs);
        } else {
            self.watch.outside = Outside::Changed(theirs);
        }
    }

    fn know(&mut self, theirs: &Theirs) {
        self.know_file(theirs.fingerprint);
        self.line = Line::opened(theirs.lineage.clone(), &theirs.document);
        self.watch = Watch::default();
    }

    /// Whether what was seen is about the file as the session knows it now.
    fn is_watched(&self) -> bool {
        let own = self.file().map(|file| (&file.path, file.fingerprint));
        let about = self.watch.about.as_ref();
        own.is_some() && own == about.map(|(path, content)| (path, *content))
    }
}
