//! Earlier versions of each file, in the program's data folder: the newest ones, one for each day of work before, within a
//! bound of bytes.
//!
//! Every file has a folder of its own, named by where the file is. An index says which folders hold versions of the same
//! document, so that its past is found after it was moved, renamed or saved under another name.

use std::{
    collections::BTreeSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use jiff::{Zoned, civil::DateTime};

use crate::model::{document::Document, id::Id};

use super::{
    Fingerprint, Fs, Saver, Step, StoreError,
    temporary::{clean_leftovers, shortened, split_name, time_in_name},
};

/// How many of the newest versions of each file are kept.
pub const KEPT: usize = 10;

/// For how many days on which a file was saved its content at the beginning of the day is kept: what the day of work before
/// ended with. Days are counted as they come, so no clock that is wrong for a while costs a version.
pub const DAYS: usize = 30;

/// How many of the newest versions stay whatever their size.
pub const ALWAYS_KEPT: usize = 3;

/// How much is kept, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Of one file (64 MB).
    pub of_file: u64,
    /// Of all files (512 MB).
    pub in_all: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            of_file: 64 << 20,
            in_all: 512 << 20,
        }
    }
}

/// The folder of the index, beside the folders of files.
const INDEX: &str = "documents";

/// The longest path that is read from the index, in bytes.
const LONGEST_PATH: u64 = 64 * 1024;

/// Hexadecimal digits of a hash in names: 64 bits.
const DIGITS: usize = 16;

/// The folder of all backups. Each file has its own folder in it, named by a hash of where the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    folder: PathBuf,
    /// Names the document in the index.
    document: Option<String>,
    bounds: Bounds,
}

/// One kept version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// When it was replaced by a newer version, local time.
    pub at: DateTime,
    /// Counts the backups of a file. Newest is highest, whatever the clock said.
    number: u32,
    /// The first digits of the content's hash.
    hash: String,
}

impl Backup {
    /// Reads the name `<number>_<time>_<hash>_<name of the file>`; `None` for files that are no backups.
    fn parse(path: PathBuf) -> Option<Self> {
        let mut parts = path.file_name()?.to_str()?.splitn(4, '_');
        let (number, at, hash) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next()?;
        let is_hash = hash.len() == DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(Self {
            number: number.parse().ok()?,
            at: DateTime::strptime("%Y-%m-%d %H-%M-%S", at).ok()?,
            hash: is_hash.then(|| hash.to_owned())?,
            path,
        })
    }
}

impl Backups {
    /// Backups below `folder`, which is created when first needed.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            document: None,
            bounds: Bounds::default(),
        }
    }

    /// Those of this document, whose files may be several.
    #[must_use]
    pub fn of_document(mut self, document: Id<Document>) -> Self {
        self.document = Some(document.to_string());
        self
    }

    /// With other bounds.
    #[must_use]
    pub fn within(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The backups of `file`, newest first; none if there never were any.
    ///
    /// # Errors
    /// The file cannot be located or the folder not be read.
    pub fn list(&self, fs: &dyn Fs, file: &Path) -> Result<Vec<Backup>, StoreError> {
        let location = fs
            .resolve(file)
            .map_err(|error| StoreError::reading(Step::Locate, file, 0, error))?;
        list_in(fs, &self.folder_of(&location))
    }

    /// The backups of the document under the other names that it had, newest first for each name: where it was, and what is
    /// kept. Names of which nothing is kept any more are left out, and so is what cannot be read.
    pub fn elsewhere(&self, fs: &dyn Fs, file: Option<&Path>) -> Vec<(PathBuf, Vec<Backup>)> {
        let Some(index) = self.index() else {
            return Vec::new();
        };
        let own = file.and_then(|file| fs.resolve(file).ok());
        let own = own.map(|location| self.folder_of(&location));
        let mut names = fs.list(&index).unwrap_or_default();
        names.sort();
        let folders = names.iter().filter_map(|name| {
            let folder = self.folder.join(name);
            let is_other = own.as_ref() != Some(&folder);
            let kept = is_other.then(|| list_in(fs, &folder).unwrap_or_default())?;
            let was = fs.read(&index.join(name), LONGEST_PATH).unwrap_or_default();
            let was = PathBuf::from(String::from_utf8_lossy(&was).into_owned());
            (!kept.is_empty()).then_some((was, kept))
        });
        folders.collect()
    }

    /// The content of a backup of at most `limit` bytes.
    ///
    /// # Errors
    /// It is gone, too large, unreadable, or not what it was when stored.
    pub fn read(&self, fs: &dyn Fs, backup: &Backup, limit: u64) -> Result<Vec<u8>, StoreError> {
        let bytes = fs
            .read(&backup.path, limit)
            .map_err(|error| StoreError::reading(Step::Open, &backup.path, limit, error))?;
        if digits(&Fingerprint::of(&bytes)) != backup.hash {
            return Err(StoreError::DamagedBackup {
                path: backup.path.clone(),
            });
        }
        Ok(bytes)
    }

    /// Keeps `bytes`, the content of the file at `location` (links followed) that is about to be replaced, and drops what need
    /// not be kept any more. Says where it is. Content that is kept already is not stored twice, it only becomes the newest.
    ///
    /// # Errors
    /// The backup could not be written. Old backups that cannot be removed are no error; the next backup tries again.
    pub(super) fn store(
        &self,
        saver: &Saver<'_>,
        location: &Path,
        bytes: &[u8],
        now: &Zoned,
    ) -> Result<PathBuf, StoreError> {
        let fs = saver.fs;
        let folder = self.folder_of(location);
        let failed = |source| StoreError::Unreadable {
            step: Step::Backup,
            path: folder.clone(),
            source,
        };
        fs.create_folders(&folder).map_err(failed)?;
        clean_leftovers(fs, &folder, now.timestamp());
        self.note_in_index(saver, location);
        let mut kept = list_in(fs, &folder)?;
        let hash = digits(&Fingerprint::of(bytes));
        let number = kept
            .first()
            .map_or(1, |newest| newest.number.saturating_add(1));
        let path = folder.join(name(number, now.datetime(), &hash, location));
        match kept.iter().position(|backup| backup.hash == hash) {
            Some(0) => return Ok(kept[0].path.clone()),
            Some(older) => fs.rename(&kept[older].path, &path).map_err(failed)?,
            None => {
                saver.create(&path, bytes)?;
                kept.splice(0..0, Backup::parse(path.clone()));
                for old in self.superfluous(fs, &kept) {
                    let _tried_again_next_time = fs.remove(&old.path);
                }
            }
        }
        Ok(path)
    }

    /// Drops the oldest backups of all files until they are within the bound of all. The newest of each file stay.
    /// Failures are left for next time.
    pub fn hold_bound(&self, fs: &dyn Fs) {
        let mut total = 0;
        let mut old: Vec<(Backup, u64)> = Vec::new();
        for name in fs.list(&self.folder).unwrap_or_default() {
            let kept = list_in(fs, &self.folder.join(name)).unwrap_or_default();
            for (index, backup) in kept.into_iter().enumerate() {
                let size = size(fs, &backup);
                total += size;
                if index >= ALWAYS_KEPT {
                    old.push((backup, size));
                }
            }
        }
        old.sort_by_key(|(backup, _)| (backup.at, backup.number));
        for (backup, size) in old {
            if total <= self.bounds.in_all {
                break;
            }
            if fs.remove(&backup.path).is_ok() {
                total -= size;
            }
        }
    }

    /// Which backups of one file, given newest first, need not be kept.
    fn superfluous<'a>(&self, fs: &dyn Fs, kept: &'a [Backup]) -> Vec<&'a Backup> {
        let mut days = BTreeSet::new();
        // The oldest of each day stays; where a day begins is seen from the one before.
        let begins_day = |index: usize| {
            let next = kept.get(index + 1);
            next.is_none_or(|next| next.at.date() != kept[index].at.date())
        };
        let mut bytes = 0_u64;
        let mut superfluous = Vec::new();
        for (index, backup) in kept.iter().enumerate() {
            let is_of_day = begins_day(index) && days.len() < DAYS && days.insert(backup.at.date());
            bytes = bytes.saturating_add(size(fs, backup));
            let fits = index < ALWAYS_KEPT || bytes <= self.bounds.of_file;
            if !fits || (index >= KEPT && !is_of_day) {
                superfluous.push(backup);
            }
        }
        superfluous
    }

    /// Notes that the file at `location` holds the document. Without the note, its backups are still found by where it is.
    fn note_in_index(&self, saver: &Saver<'_>, location: &Path) {
        let folder = self.folder_of(location);
        let Some((index, name)) = self.index().zip(folder.file_name()) else {
            return;
        };
        let note = index.join(name);
        if saver.fs.info(&note).is_ok() || saver.fs.create_folders(&index).is_err() {
            return;
        }
        let text = location.to_string_lossy();
        let _tried_again_next_time = saver.create(&note, text.as_bytes());
    }

    fn index(&self) -> Option<PathBuf> {
        let document = self.document.as_ref()?;
        Some(self.folder.join(INDEX).join(document))
    }

    fn folder_of(&self, location: &Path) -> PathBuf {
        let identity = Fingerprint::of(location.as_os_str().as_encoded_bytes());
        self.folder.join(digits(&identity))
    }
}

/// The backups in a folder, newest first.
fn list_in(fs: &dyn Fs, folder: &Path) -> Result<Vec<Backup>, StoreError> {
    let names = match fs.list(folder) {
        Ok(names) => names,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => {
            return Err(StoreError::Unreadable {
                step: Step::ListBackups,
                path: folder.to_path_buf(),
                source,
            });
        }
    };
    let mut backups: Vec<Backup> = names
        .iter()
        .filter_map(|name| Backup::parse(folder.join(name)))
        .collect();
    backups.sort_by_key(|backup| (std::cmp::Reverse(backup.number), backup.hash.clone()));
    Ok(backups)
}

/// In bytes; what cannot be looked at counts as nothing.
fn size(fs: &dyn Fs, backup: &Backup) -> u64 {
    fs.info(&backup.path).map_or(0, |info| info.length)
}

fn digits(fingerprint: &Fingerprint) -> String {
    let mut hex = fingerprint.hex();
    hex.truncate(DIGITS);
    hex
}

/// The name of a backup; ends with the file's own name so that a person who looks into the folder finds it.
fn name(number: u32, at: DateTime, hash: &str, location: &Path) -> String {
    // Leaves room for the other parts and for what a temporary name adds.
    const OWN_NAME: usize = 150;
    let (stem, extension) = split_name(location);
    let stem = shortened(&stem, OWN_NAME);
    let at = time_in_name(at);
    format!("{number:06}_{at}_{hash}_{stem}{extension}")
}
