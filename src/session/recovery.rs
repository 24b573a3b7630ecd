//! Recovery copies of an open document: written in the background while there are unsaved changes, offered after a crash,
//! opened again as an unsaved session that still knows its file.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    environment::Environment,
    jobs::Revision,
    saving::OnDisk,
    session::{OpenError, Session},
};
use crate::{
    edit::{apply::apply, command::EditCommand},
    model::document::Document,
    store::{
        self, Fingerprint, MAX_FILE_BYTES, StoreError, format,
        lineage::Lineage,
        recovery::{Entry, EntryId, Recovered, Recoveries},
    },
    versions::compare::{Summary, compare},
};

/// The entry of one session among the recovery copies.
#[derive(Debug)]
pub(super) struct Slot {
    number: u64,
    gate: Arc<Mutex<Gate>>,
}

/// What the session and the jobs that write its copies have to agree on.
#[derive(Debug, Default)]
struct Gate {
    /// Counts how often the copy was given up. Jobs made before write nothing.
    given_up: u64,
    /// What the copy holds.
    kept: Option<Revision>,
    /// The entry that the session was restored from. It goes when the session has a copy of its own.
    restored_from: Option<EntryId>,
}

impl Slot {
    pub(super) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            gate: Arc::default(),
        }
    }
}

/// The writing of a copy, ready to run on any thread, and more than once. It holds the document as it was when the copy was
/// asked for.
#[derive(Debug, Clone)]
pub struct RecoveryJob {
    environment: Arc<Environment>,
    recoveries: Recoveries,
    document: Arc<Document>,
    /// Up to the version that the work came from.
    lineage: Lineage,
    revision: Revision,
    file: Option<OnDisk>,
    number: u64,
    gate: Arc<Mutex<Gate>>,
    given_up: u64,
}

impl RecoveryJob {
    /// The document's revision, for telling whether there is anything new to keep.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// Which entry it writes.
    pub fn entry(&self) -> EntryId {
        EntryId {
            run: self.environment.run().id(),
            number: self.number,
        }
    }

    /// Writes the copy and says where it is; `None` if it is not needed any more: the document was saved or closed, or a
    /// copy as new is there.
    ///
    /// # Errors
    ///
    /// It could not be written; an earlier copy is still there.
    pub fn run(&self) -> Result<Option<PathBuf>, StoreError> {
        let mut gate = held(&self.gate);
        let is_kept = gate.kept.is_some_and(|kept| kept >= self.revision);
        if gate.given_up != self.given_up || is_kept {
            return Ok(None);
        }
        let entry = Entry {
            number: self.number,
            run: self.environment.run(),
            path: self.file.as_ref().map(|file| &*file.path),
            opened: self.file.as_ref().map(|file| file.fingerprint),
            bytes: &format::write_version(&self.document, &self.lineage),
        };
        let (saver, now) = (self.environment.saver(), self.environment.now());
        let copy = self.recoveries.keep(&saver, entry, &now)?;
        gate.kept = Some(self.revision);
        if let Some(old) = gate.restored_from.take() {
            self.recoveries.discard(self.environment.fs(), old);
        }
        Ok(Some(copy))
    }
}

/// Recovery copies.
impl Session {
    /// The writing of a copy of the document as it is now; `None` if there is nothing unsaved, or no data folder.
    pub fn recovery_job(&self) -> Option<RecoveryJob> {
        let is_unsaved = self.is_dirty();
        let state = (Arc::clone(self.document()), self.revision());
        is_unsaved.then(|| self.copying(state)).flatten()
    }

    /// As [`recovery_job`](Self::recovery_job), with what stands in an editor and is not yet part of the document; several of
    /// them as [`EditCommand::Many`]. What the document would refuse is left out.
    pub fn recovery_job_with(&self, draft: &EditCommand) -> Option<RecoveryJob> {
        let drafts = match draft {
            EditCommand::Many { commands, .. } => commands.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut document = None;
        for draft in drafts {
            let before: &Document = document.as_ref().unwrap_or(self.document());
            document = apply(before, draft).ok().or(document);
        }
        match document {
            Some(document) => self.copying((Arc::new(document), Revision::next())),
            None => self.recovery_job(),
        }
    }

    fn copying(&self, (document, revision): (Arc<Document>, Revision)) -> Option<RecoveryJob> {
        let slot = self.slot();
        Some(RecoveryJob {
            environment: Arc::clone(self.environment()),
            recoveries: self.environment().folders()?.recoveries(),
            document,
            lineage: self.lineage().clone(),
            revision,
            file: self.file().cloned(),
            number: slot.number,
            gate: Arc::clone(&slot.gate),
            given_up: held(&slot.gate).given_up,
        })
    }

    /// Removes the copy, because its content is saved or the person gave it up. Jobs under way write nothing any more.
    /// Called by a save that leaves nothing unsaved.
    pub fn forget_recovery(&self) {
        let mut gate = held(&self.slot().gate);
        gate.given_up += 1;
        let own = gate.kept.take().map(|_| EntryId {
            run: self.environment().run().id(),
            number: self.slot().number,
        });
        let entries = own.into_iter().chain(gate.restored_from.take());
        if let Some(folders) = self.environment().folders() {
            entries.for_each(|id| folders.recoveries().discard(self.environment().fs(), id));
        }
    }
}

/// A copy that is offered.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The copy.
    pub entry: Recovered,
    /// The document's file, if it had one.
    pub path: Option<PathBuf>,
    /// When the copy was written last, local time, as "2021-03-05 14:32"; empty if that is not known.
    pub time: String,
    /// How the copy differs from the file; `None` where they could not be compared.
    pub difference: Option<Summary>,
    /// Whether the file is no longer what it was when the document was opened.
    pub is_file_changed: bool,
}

impl Offer {
    /// The difference in words.
    pub fn words(&self) -> String {
        let difference = match (&self.difference, &self.path) {
            _ if !self.entry.has_copy => return "副本已不在，不能恢复".into(),
            (Some(difference), Some(_)) if difference.is_none() => "与文件内容相同".into(),
            (Some(difference), Some(_)) => difference.to_string(),
            (Some(difference), None) => format!("从未保存过，{} 个项目", difference.added),
            (None, Some(_)) => "原文件打不开，无法比较".into(),
            (None, None) => "副本已损坏，不能恢复".into(),
        };
        match self.is_file_changed {
            true => format!("{difference}；原文件在那之后另有改动"),
            false => difference,
        }
    }

    fn of(environment: &Environment, recoveries: &Recoveries, entry: Recovered) -> Self {
        let record = entry.record.as_ref();
        let zone = environment.now().time_zone().clone();
        let path = record.and_then(|record| record.path.clone());
        let opened = record.and_then(|record| record.opened);
        let file = path.as_deref().map(|path| {
            let read = store::open(
                environment.fs(),
                path,
                MAX_FILE_BYTES,
                environment.timestamp(),
            );
            read.ok().map(|file| (file.fingerprint, file.bytes))
        });
        let older = match &file {
            None => Some(Document::new(crate::model::id::Id::from_bits(0))),
            Some(None) => None,
            Some(Some((_, bytes))) => read(bytes),
        };
        let copy = recoveries.read(environment.fs(), &entry).ok();
        let newer = copy.and_then(|bytes| read(&bytes));
        Self {
            time: record.map_or_else(String::new, |record| {
                let time = record.time.to_zoned(zone);
                time.strftime("%Y-%m-%d %H:%M").to_string()
            }),
            difference: older
                .zip(newer)
                .map(|(older, newer)| compare(&older, &newer).summary()),
            is_file_changed: match (&file, opened) {
                (Some(file), Some(opened)) => {
                    file.as_ref().map(|(fingerprint, _)| *fingerprint) != Some(opened)
                }
                _ => false,
            },
            path,
            entry,
        }
    }
}

/// The copies of runs that ended without the person's doing, newest first, those declined before left out. Entries declined
/// long ago are removed.
pub fn offers(environment: &Environment) -> Vec<Offer> {
    let Some(recoveries) = environment.folders().map(|folders| folders.recoveries()) else {
        return Vec::new();
    };
    recoveries.clean_up(environment.fs(), &environment.now());
    recoveries
        .list(environment.fs(), &|run, process| {
            environment.is_going(run, process)
        })
        .into_iter()
        .filter(|entry| !entry.is_declined())
        .map(|entry| Offer::of(environment, &recoveries, entry))
        .collect()
}

/// Opens a copy as a session with unsaved changes that knows the file it belongs to, so that a save over a file that changed
/// since is a conflict. The copy stays until the session has one of its own or is saved.
///
/// # Errors
///
/// The copy cannot be read, or is no document. It is still there.
pub fn restore(environment: Arc<Environment>, entry: &Recovered) -> Result<Session, OpenError> {
    let recoveries = environment
        .folders()
        .ok_or(StoreError::NoDataFolder)?
        .recoveries();
    let bytes = recoveries.read(environment.fs(), entry)?;
    let mut ids = &*environment;
    let opened = format::read(&bytes, &mut ids).map_err(|error| OpenError::Format {
        error,
        path: entry.copy.clone(),
    })?;
    let known = entry.record.as_ref();
    let file = known.and_then(|record| record.path.clone().zip(record.opened));
    let file = file.map(|(path, fingerprint): (PathBuf, Fingerprint)| OnDisk { path, fingerprint });
    let session = Session::recovered(environment, opened, file);
    held(&session.slot().gate).restored_from = Some(entry.id);
    Ok(session)
}

/// Notes that the person does not want a copy; it is kept for a while all the same.
///
/// # Errors
///
/// That could not be noted; the copy is offered again.
pub fn decline(environment: &Environment, entry: &Recovered) -> Result<(), StoreError> {
    let folders = environment.folders().ok_or(StoreError::NoDataFolder)?;
    folders
        .recoveries()
        .decline(&environment.saver(), entry, &environment.now())
}

fn read(bytes: &[u8]) -> Option<Document> {
    // The document is only compared: ids that had to be renewed make rows that count as different.
    let opened = format::read(bytes, &mut crate::model::id::CountedIds(0));
    opened.ok().map(|opened| opened.document)
}

/// Nothing is left half done under these locks, so a panic elsewhere does not spoil them.
fn held(gate: &Mutex<Gate>) -> MutexGuard<'_, Gate> {
    gate.lock().unwrap_or_else(PoisonError::into_inner)
}
