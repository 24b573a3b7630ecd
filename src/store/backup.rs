//! The newest earlier versions of each file, in the program's data folder.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use jiff::{Zoned, civil::DateTime};

use super::{
    Fingerprint, Fs, Saver, Step, StoreError,
    temporary::{clean_leftovers, shortened, split_name, time_in_name},
};

/// How many versions of each file are kept.
pub const KEPT: usize = 10;

/// Hexadecimal digits of a hash in names: 64 bits.
const DIGITS: usize = 16;

/// The folder of all backups. Each file has its own folder in it, named by a hash of where the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    folder: PathBuf,
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
        }
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
        self.list_of(fs, &location)
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

    /// Keeps `bytes`, the content of the file at `location` (links followed) that is about to be replaced, and drops what is
    /// beyond [`KEPT`]. Says where it is. Content that is kept already is not stored twice, it only becomes the newest.
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
        let kept = self.list_of(fs, location)?;
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
                for old in kept.iter().skip(KEPT - 1) {
                    let _tried_again_next_time = fs.remove(&old.path);
                }
            }
        }
        Ok(path)
    }

    fn list_of(&self, fs: &dyn Fs, location: &Path) -> Result<Vec<Backup>, StoreError> {
        let folder = self.folder_of(location);
        let names = match fs.list(&folder) {
            Ok(names) => names,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => {
                return Err(StoreError::Unreadable {
                    step: Step::ListBackups,
                    path: folder,
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

    fn folder_of(&self, location: &Path) -> PathBuf {
        let identity = Fingerprint::of(location.as_os_str().as_encoded_bytes());
        self.folder.join(digits(&identity))
    }
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
