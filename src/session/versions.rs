//! Earlier versions of a file: what the backups hold, how it differs from the present, and where two copies parted.

use std::{
    cmp::Reverse,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    environment::Environment,
    evidence::carried,
    saving::OnDisk,
    session::{OpenError, Session},
};
use crate::{
    edit::{command::EditCommand, history::StateId},
    model::{
        document::Document,
        id::{CountedIds, Id, IdSource},
    },
    store::{
        Backup, Backups, Fingerprint, MAX_FILE_BYTES, StoreError, format,
        lineage::{Lineage, VersionId},
    },
    versions::compare::compare,
};

/// The versions of one file, to be looked at on any thread.
#[derive(Debug, Clone)]
pub struct FileVersions {
    environment: Arc<Environment>,
    path: Option<PathBuf>,
    /// `None` where the file does not tell which document it holds.
    document: Option<Id<Document>>,
    lineage: Lineage,
    /// The document as the file held it last, as far as the session knows.
    base: Option<Arc<Document>>,
}

/// One earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Where it is kept.
    pub backup: Backup,
    /// In bytes; 0 where that is not known.
    pub size: u64,
    /// Where the file was then, if it was elsewhere.
    pub was: Option<PathBuf>,
}

impl Version {
    /// Until when the file held it, as "2021-03-05 14:32".
    pub fn time(&self) -> String {
        self.backup.at.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// What a look into a version tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// How the present differs from it, or why it cannot be used.
    pub words: String,
    /// Whether it can be used.
    pub is_whole: bool,
    /// How many projects are in it.
    pub projects: usize,
}

impl FileVersions {
    /// Those of a file that is not open, perhaps because it is damaged.
    pub fn of_file(environment: Arc<Environment>, path: &Path) -> Self {
        let bytes = environment.fs().read(path, MAX_FILE_BYTES);
        let bytes = bytes.unwrap_or_default();
        Self {
            document: format::document_id(&bytes),
            lineage: format::lineage(&bytes),
            path: Some(path.to_path_buf()),
            base: None,
            environment,
        }
    }

    /// Everything that is kept, newest first; after it what is kept of the same document from where it was before it was
    /// moved, renamed or saved under another name.
    ///
    /// # Errors
    ///
    /// There is no data folder, or the backups cannot be listed.
    pub fn list(&self) -> Result<Vec<Version>, StoreError> {
        let (fs, backups) = (self.environment.fs(), self.backups()?);
        let own = match &self.path {
            // The folder may be gone with the file.
            Some(path) if fs.resolve(path).is_ok() => backups.list(fs, path)?,
            _ => Vec::new(),
        };
        let version = |backup: Backup, was: Option<PathBuf>| Version {
            size: fs.info(&backup.path).map_or(0, |info| info.length),
            backup,
            was,
        };
        let mut earlier: Vec<Version> = backups
            .elsewhere(fs, self.path.as_deref())
            .into_iter()
            .flat_map(|(was, kept)| kept.into_iter().map(move |one| (one, was.clone())))
            .map(|(backup, was)| version(backup, Some(was)))
            .collect();
        earlier.sort_by_key(|version| Reverse(version.backup.at));
        let own = own.into_iter().map(|backup| version(backup, None));
        Ok(own.chain(earlier).collect())
    }

    /// Whether the file was ever saved by a program that counts versions.
    pub fn is_counted(&self) -> bool {
        !self.lineage.is_empty()
    }

    /// Reads a version.
    ///
    /// # Errors
    ///
    /// It is gone or damaged, or what was kept is no document.
    pub fn read(&self, version: &Version) -> Result<format::Opened, OpenError> {
        read(&self.environment, &version.backup)
    }

    /// The bytes of a version, just as they were in the file.
    ///
    /// # Errors
    ///
    /// It is gone or damaged.
    pub fn bytes(&self, version: &Version) -> Result<Vec<u8>, StoreError> {
        let fs = self.environment.fs();
        self.backups()?.read(fs, &version.backup, MAX_FILE_BYTES)
    }

    /// Looks into a version, and compares the present with it where there is one.
    pub fn look(&self, version: &Version, present: Option<&Document>) -> Look {
        let then = match self.read(version) {
            Ok(opened) => opened.document,
            Err(error) => {
                return Look {
                    words: match error {
                        OpenError::Store(StoreError::DamagedBackup { .. }) => {
                            "这个版本的备份已损坏，不能使用".into()
                        }
                        OpenError::Store(_) => "这个版本的备份读不出来，不能使用".into(),
                        OpenError::Format { .. } => "当时的文件已损坏或不是绩评文件".into(),
                    },
                    is_whole: false,
                    projects: 0,
                };
            }
        };
        let projects = then.projects.len();
        let words = match present {
            Some(present) if present.id != then.id => {
                format!("当时是另一份内容，{projects} 个项目")
            }
            Some(present) => {
                let difference = compare(&then, present).summary();
                match difference.is_none() {
                    true => "与当前内容相同".into(),
                    false => format!("此后：{difference}"),
                }
            }
            None => format!("{projects} 个项目"),
        };
        Look {
            words,
            is_whole: true,
            projects,
        }
    }

    /// Keeps the present content, which no file holds, among the versions: it is about to give way.
    ///
    /// # Errors
    ///
    /// It could not be kept.
    pub fn keep(&self, present: &Document, lineage: &Lineage) -> Result<(), StoreError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let bytes = format::write_version(present, lineage);
        let (saver, now) = (self.environment.saver(), self.environment.now());
        saver
            .back_up(&self.backups()?, path, &bytes, &now)
            .map(drop)
    }

    /// The latest version that `theirs` has too and whose content is at hand: as the file held it last, on the disk, or in a
    /// backup. What two people did since then can be told apart by it.
    pub fn ancestor_of(&self, theirs: &Lineage) -> Option<Document> {
        let wanted: Vec<VersionId> = self.lineage.common(theirs).collect();
        let latest = *wanted.first()?;
        if let Some(base) = &self.base
            && self.lineage.last() == Some(latest)
        {
            return Some((**base).clone());
        }
        let mut best: Option<(usize, Vec<u8>)> = None;
        for bytes in self.contents() {
            let own = format::lineage(&bytes).last();
            let rank = wanted.iter().position(|version| own == Some(*version));
            if let Some(rank) = rank
                && best.as_ref().is_none_or(|(least, _)| rank < *least)
            {
                best = Some((rank, bytes));
            }
            if matches!(best, Some((0, _))) {
                break;
            }
        }
        let (_, bytes) = best?;
        let opened = format::read(&bytes, &mut CountedIds(0)).ok()?;
        Some(opened.document)
    }

    /// What the file, those that the document was in before and the backups hold, one after another; what cannot be read is
    /// left out.
    fn contents(&self) -> impl Iterator<Item = Vec<u8>> + '_ {
        let fs = self.environment.fs();
        let kept = self.list().unwrap_or_default();
        let mut files: Vec<PathBuf> = self.path.iter().cloned().collect();
        files.extend(kept.iter().filter_map(|version| version.was.clone()));
        files.dedup();
        let files = files.into_iter();
        let files = files.filter_map(|path| fs.read(&path, MAX_FILE_BYTES).ok());
        let kept = kept.into_iter();
        files.chain(kept.filter_map(|version| self.bytes(&version).ok()))
    }

    fn backups(&self) -> Result<Backups, StoreError> {
        let backups = backups(&self.environment)?;
        Ok(match self.document {
            Some(document) => backups.of_document(document),
            None => backups,
        })
    }
}

fn backups(environment: &Environment) -> Result<Backups, StoreError> {
    let folders = environment.folders().ok_or(StoreError::NoDataFolder)?;
    Ok(folders.backups())
}

fn read(environment: &Environment, backup: &Backup) -> Result<format::Opened, OpenError> {
    let bytes = backups(environment)?.read(environment.fs(), backup, MAX_FILE_BYTES)?;
    format::read(&bytes, &mut &*environment).map_err(|error| OpenError::Format {
        error,
        path: backup.path.clone(),
    })
}

/// Opens a version as a session with unsaved changes: on its own, as a copy that has no file yet, or in the place of a file
/// that cannot be opened, which it replaces when it is saved.
///
/// # Errors
///
/// The version cannot be read.
pub fn open_version(
    environment: Arc<Environment>,
    backup: &Backup,
    instead_of: Option<&Path>,
) -> Result<Session, OpenError> {
    let opened = read(&environment, backup)?;
    let file = instead_of.and_then(|path| {
        let bytes = environment.fs().read(path, MAX_FILE_BYTES).ok()?;
        Some(OnDisk {
            path: path.to_path_buf(),
            fingerprint: Fingerprint::of(&bytes),
        })
    });
    Ok(Session::recovered(environment, opened, file))
}

/// The step that puts a version in the place of the open document.
pub fn restoring(version: &Version, document: Document) -> EditCommand {
    EditCommand::RestoreVersion {
        label: format!("恢复 {} 之前的版本", version.time()),
        document: Arc::new(document),
    }
}

/// Versions.
impl Session {
    /// The versions that the document went through. What was changed since the last save comes after the last of them; undo
    /// does not take one away.
    pub fn lineage(&self) -> &Lineage {
        &self.line.lineage
    }

    /// Its versions, for a job.
    pub fn versions(&self) -> FileVersions {
        FileVersions {
            environment: Arc::clone(self.environment()),
            path: self.path().map(PathBuf::from),
            document: Some(self.document().id),
            lineage: self.line.lineage.clone(),
            base: self.line.base.clone(),
        }
    }

    /// The latest version that `theirs` has too and whose content is at hand; see [`FileVersions::ancestor_of`], which a job
    /// can call.
    pub fn ancestor_of(&self, theirs: &Lineage) -> Option<Document> {
        self.versions().ancestor_of(theirs)
    }

    /// The bytes of a copy for others at `to`, where it finds its evidence as well. It comes from the versions of the document; where there are changes that no file holds,
    /// it is a version of its own.
    pub fn copy(&self, to: &Path) -> Vec<u8> {
        let lineage = match self.is_dirty() {
            true => self
                .lineage()
                .with(VersionId::new(&mut &**self.environment())),
            false => self.lineage().clone(),
        };
        let carried = carried(self.environment(), self.document(), self.path(), to);
        format::write_version(carried.as_ref().unwrap_or(self.document()), &lineage)
    }
}

/// Where a session stands in the line of versions.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The versions that were opened and saved.
    pub(super) lineage: Lineage,
    /// The document as the file held it when it was opened or saved last.
    pub(super) base: Option<Arc<Document>>,
    /// The version that an attempt to save gave to a state. Another attempt is the same version: should the first have arrived
    /// after all, the file is known again.
    attempted: Option<(StateId, VersionId)>,
}

impl Line {
    /// After opening a file that held this.
    pub(super) fn opened(lineage: Lineage, document: &Arc<Document>) -> Self {
        Self {
            lineage,
            base: Some(Arc::clone(document)),
            attempted: None,
        }
    }

    /// The version that the work came from.
    pub(super) fn base(&self) -> Option<(Arc<Document>, Lineage)> {
        let base = self.base.clone()?;
        Some((base, self.lineage.clone()))
    }

    /// The lineage of a file that is to hold this state, which no file holds yet.
    pub(super) fn attempt(&mut self, state: StateId, ids: &mut dyn IdSource) -> Lineage {
        let version = match self.attempted {
            Some((attempted, version)) if attempted == state => version,
            _ => VersionId::new(ids),
        };
        self.attempted = Some((state, version));
        self.lineage.with(version)
    }

    /// After a save that wrote this.
    pub(super) fn saved(&mut self, lineage: Lineage, document: Arc<Document>) {
        *self = Self {
            lineage,
            base: Some(document),
            attempted: None,
        };
    }
}
