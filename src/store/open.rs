//! Reading a file, bounded, with what is needed to save it again later.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Fingerprint, Fs, Step, StoreError, fs::FileInfo, temporary};

/// The largest document file that is opened or saved, in bytes (256 MB); 1,000 projects take a good part of it.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The content.
    pub bytes: Vec<u8>,
    /// What the next save expects to find.
    pub fingerprint: Fingerprint,
    /// Where the file really is, links followed: its identity for backups and for "opened twice".
    pub location: PathBuf,
    /// What the file system says, read-only above all.
    pub info: FileInfo,
}

/// Reads `path`, at most `limit` bytes, and removes the files that dead processes left in its folder.
///
/// # Errors
/// The file is missing, too large, not a file, or unreadable. Leftovers that cannot be removed are no error.
pub fn open(fs: &dyn Fs, path: &Path, limit: u64, now: Timestamp) -> Result<Opened, StoreError> {
    let failed = |step, source| StoreError::reading(step, path, limit, source);
    let location = fs
        .resolve(path)
        .map_err(|error| failed(Step::Locate, error))?;
    let info = fs
        .info(&location)
        .map_err(|error| failed(Step::Open, error))?;
    let bytes = fs
        .read(&location, limit)
        .map_err(|error| failed(Step::Open, error))?;
    if let Some(folder) = location.parent() {
        temporary::clean_leftovers(fs, folder, now);
    }
    Ok(Opened {
        fingerprint: Fingerprint::of(&bytes),
        bytes,
        location,
        info,
    })
}
