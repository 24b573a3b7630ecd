//! A save in two halves: what the session hands out, and what comes back. Between them the save can run in the background
//! while editing goes on.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::environment::Environment;
use crate::{
    edit::history::StateId,
    model::{document::Document, id::CountedIds},
    store::{
        Backups, Expected, Fingerprint, SaveOutcome, SaveRequest, SaveWarning, StoreError,
        error::shown, format, lineage::Lineage,
    },
};

/// A file as the session last saw it on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// The path as the person named it.
    pub path: PathBuf,
    /// Its content.
    pub fingerprint: Fingerprint,
}

/// What may be replaced by a save.
#[derive(Debug, Clone)]
pub(super) enum Replacing {
    /// The file that was opened or saved last; any other file only if it does not exist.
    Own(Option<OnDisk>),
    /// Exactly what a conflict showed, because the person agreed.
    Shown(Option<Fingerprint>),
}

/// A save, ready to run on any thread. It holds the document as it was when the save was asked for.
#[derive(Debug)]
#[must_use = "a save that is not run and finished keeps the session from saving again"]
pub struct SaveJob {
    pub(super) environment: Arc<Environment>,
    pub(super) document: Arc<Document>,
    /// The versions up to the one that is written.
    pub(super) lineage: Lineage,
    /// The version that the work came from.
    pub(super) base: Option<(Arc<Document>, Lineage)>,
    pub(super) state: StateId,
    pub(super) path: PathBuf,
    pub(super) replacing: Replacing,
}

/// What came of a [`SaveJob`], to be given to [`Session::finish_save`](super::session::Session::finish_save).
#[derive(Debug)]
#[must_use = "a save that is not finished keeps the session from saving again"]
pub struct SaveResult {
    pub(super) document: Arc<Document>,
    pub(super) lineage: Lineage,
    pub(super) state: StateId,
    pub(super) path: PathBuf,
    pub(super) expected: Expected,
    pub(super) outcome: Result<SaveOutcome, StoreError>,
}

/// How a save ended that did not fail.
#[derive(Debug)]
pub enum SaveEnd {
    /// The file holds the document as it was when the save was asked for. What went wrong without harm is to be shown.
    Saved(Vec<SaveWarning>),
    /// Something else is on the disk; nothing was written.
    Conflict(Conflict),
}

/// Something else is on the disk than the session expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub path: PathBuf,
    /// What is there now; `None` if the file is gone.
    pub on_disk: Option<Fingerprint>,
    /// Whether the session had opened or saved this file before.
    pub own: bool,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = match (self.own, self.on_disk) {
            (true, Some(_)) => {
                "文件在打开之后被别人或其他程序改动，没有覆盖它，本次内容尚未保存。请另存为新文件，再与原文件核对"
            }
            (_, None) => {
                "文件已被移走、改名或删除，没有写入任何内容，本次内容尚未保存。请另存为新文件"
            }
            (false, Some(_)) => "同名文件已存在，没有覆盖它，本次内容尚未保存。请换一个文件名",
        };
        write!(f, "{message}。文件：{}", shown(&self.path))
    }
}

/// Why a save was not made, or not made whole.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The document has no file yet.
    #[error("这份内容还没有文件名，没有保存。请用“另存为”选择保存的位置。")]
    NoPath,
    /// The last save has not come back.
    #[error("上一次保存还没有结束，没有开始新的保存。请稍候再保存一次。")]
    UnderWay,
    /// The disk refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SaveJob {
    /// Writes, reads back and compares; see [`crate::store::save`].
    pub fn run(self) -> SaveResult {
        let expected = self.expected();
        SaveResult {
            outcome: self.write(expected),
            document: self.document,
            lineage: self.lineage,
            state: self.state,
            path: self.path,
            expected,
        }
    }

    fn expected(&self) -> Expected {
        match &self.replacing {
            Replacing::Own(Some(own)) if self.is_at(&own.path) => {
                Expected::Content(own.fingerprint)
            }
            Replacing::Own(_) | Replacing::Shown(None) => Expected::Absent,
            Replacing::Shown(Some(shown)) => Expected::Content(*shown),
        }
    }

    /// Whether the save goes to the file at `path`, perhaps by another name.
    fn is_at(&self, path: &Path) -> bool {
        let location = |path| self.environment.fs().resolve(path).ok();
        self.path == path || location(&self.path).is_some_and(|own| location(path) == Some(own))
    }

    fn write(&self, expected: Expected) -> Result<SaveOutcome, StoreError> {
        let folders = self.environment.folders();
        let backups = folders.map(|folders| folders.backups().of_document(self.document.id));
        let mut outcome = self.environment.saver().save(SaveRequest {
            path: &self.path,
            bytes: &format::write_version(&self.document, &self.lineage),
            expected,
            backups: backups.as_ref(),
            check: Some(&|bytes| self.read_back(bytes)),
            now: &self.environment.now(),
        })?;
        if let (SaveOutcome::Saved(_), Some(backups)) = (&outcome, &backups) {
            self.keep_base(backups);
            backups.hold_bound(self.environment.fs());
        }
        if let SaveOutcome::Saved(saved) = &mut outcome
            && backups.is_none()
            && expected != Expected::Absent
        {
            let warning = SaveWarning::Backup(StoreError::NoDataFolder);
            saved.warnings.push(warning);
        }
        Ok(outcome)
    }

    /// Where the work came from something else than the file held that was replaced, as after 另存为 or over the work of another,
    /// keeps that among the versions: two copies are later joined by it.
    fn keep_base(&self, backups: &Backups) {
        let is_elsewhere = match &self.replacing {
            Replacing::Own(own) => own.as_ref().is_some_and(|own| !self.is_at(&own.path)),
            Replacing::Shown(_) => true,
        };
        let Some((base, lineage)) = self.base.as_ref().filter(|_| is_elsewhere) else {
            return;
        };
        if *base != self.document {
            let (saver, now) = (self.environment.saver(), self.environment.now());
            let bytes = format::write_version(base, lineage);
            // Without it, copies are joined without what they began with.
            let _only_helps = saver.back_up(backups, &self.path, &bytes, &now);
        }
    }

    /// The last look before the disk is touched: the bytes hold exactly this document.
    fn read_back(&self, bytes: &[u8]) -> Result<(), String> {
        // Should ids have to be renewed while reading, the documents differ whatever the new ones are.
        match format::read(bytes, &mut CountedIds(0)) {
            Ok(again) if again.document == *self.document && again.lineage == self.lineage => {
                Ok(())
            }
            Ok(_) => Err("写出的内容与正在编辑的不一致".into()),
            Err(error) => Err(match error.position() {
                Some(at) => format!("写出的内容在{at}读不回来"),
                None => "写出的内容读不回来".into(),
            }),
        }
    }
}
