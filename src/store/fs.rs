//! The one door to the disk. Everything the program reads or writes goes through [`Fs`], so that tests can make any single
//! operation fail.

use std::{
    ffi::OsString,
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::SystemTime,
};

use super::{Fingerprint, device_names::refuse_device, fingerprint::Fingerprinting};

/// What sort of thing a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A device, pipe or the like.
    Other,
}

/// What the file system says about a file without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileInfo {
    /// File, folder or neither.
    pub kind: FileKind,
    /// Bytes.
    pub length: u64,
    /// Last change, where the file system keeps it.
    pub modified: Option<SystemTime>,
    /// Marked read-only (on Unix: nobody may write).
    pub read_only: bool,
}

/// Which process on which computer wrote a temporary file. Shared folders show the files of several computers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessMark {
    /// A short hash that tells computers apart.
    pub machine: u32,
    /// The process id on that computer.
    pub pid: u32,
}

/// A file system. Each method is one operation that can fail by itself.
pub trait Fs: Send + Sync + fmt::Debug {
    /// What is at `path`, links followed.
    fn info(&self, path: &Path) -> io::Result<FileInfo>;

    /// The absolute location that `path` means, links followed. The file itself need not exist, its folder must.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// The content of an ordinary file of at most `limit` bytes.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] if there is more; no more than `limit` + 1 bytes are ever held.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// The fingerprint of an ordinary file of at most `limit` bytes. It is read piece by piece, so that a large file takes no
    /// memory; `go_on` is asked before each piece.
    ///
    /// # Errors
    /// [`ErrorKind::FileTooLarge`] if there is more; [`ErrorKind::Interrupted`] where `go_on` says no.
    fn fingerprint(
        &self,
        path: &Path,
        limit: u64,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<Fingerprint>;

    /// The names in a folder, in no particular order.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;

    /// Creates a folder and those above it; fine if it is there.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;

    /// Creates a file that must not exist yet.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// As [`create_new`](Self::create_new); where the system knows hidden files, the file is one.
    fn create_hidden(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.create_new(path)
    }

    /// Gives `to` the permissions of `from`.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames, replacing `to` in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames to a name that must be free.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] if `to` exists; both files are then as they were.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder survive a power loss, where the system knows how (not on Windows).
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Adds bytes to the end of a file, which is created if it is not there. For logs: nothing is synced.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Takes the lock of a file, which is created if it is not there. The lock is held until what is returned is dropped or
    /// the process ends, however it ends; `None` if it is held already.
    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>>;

    /// This process.
    fn process(&self) -> ProcessMark;

    /// Whether a process of this computer is running; `None` where that cannot be told.
    fn is_running(&self, pid: u32) -> Option<bool>;
}

/// A file being written.
pub trait NewFile: Send {
    /// Writes some of the bytes and says how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Makes what was written survive a power loss.
    fn sync(&mut self) -> io::Result<()>;

    /// Closes the file.
    fn close(self: Box<Self>) -> io::Result<()>;
}

/// A lock that is held until this is dropped.
pub trait Lock: Send + Sync + fmt::Debug {}

/// Another program holds the file: Windows error 5, 32 or 33, for file systems that are not the operating system's own.
#[derive(Debug, thiserror::Error)]
#[error("Windows error {0}")]
pub struct SharingViolation(pub i32);

/// Whether a file is (or may be) held by another program, so that trying again in a moment makes sense: access denied,
/// sharing violation, lock violation. Virus scanners, sync programs and office suites cause these for a few milliseconds.
pub fn is_sharing_violation(error: &io::Error) -> bool {
    let scripted = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<SharingViolation>())
        .map(|violation| violation.0);
    let code = scripted.or(error.raw_os_error().filter(|_| cfg!(windows)));
    matches!(code, Some(5 | 32 | 33))
}

/// The error of a bounded read that met more than `limit` bytes.
pub(super) fn too_large(limit: u64) -> io::Error {
    io::Error::new(
        ErrorKind::FileTooLarge,
        format!("more than {limit} bytes were found"),
    )
}

/// The operating system's files.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealFs;

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that touches the disk"
)]
impl Fs for RealFs {
    fn info(&self, path: &Path) -> io::Result<FileInfo> {
        refuse_device(path)?;
        let metadata = fs::metadata(path)?;
        Ok(FileInfo {
            kind: match () {
                () if metadata.is_file() => FileKind::File,
                () if metadata.is_dir() => FileKind::Folder,
                () => FileKind::Other,
            },
            length: metadata.len(),
            modified: metadata.modified().ok(),
            read_only: metadata.permissions().readonly(),
        })
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        // As many hops as Linux allows before it calls a chain of links a loop.
        const HOPS: usize = 40;
        // Before the path is made absolute: what that does with such a name differs between versions of Windows.
        refuse_device(path)?;
        let mut path = std::path::absolute(path)?;
        for _ in 0..HOPS {
            match canonical(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                done => return done,
            }
            let folder = canonical(path.parent().ok_or(ErrorKind::NotFound)?)?;
            path = folder.join(path.file_name().ok_or(ErrorKind::NotFound)?);
            match fs::read_link(&path) {
                Ok(target) => path = folder.join(target),
                Err(_) => return Ok(path),
            }
        }
        Err(ErrorKind::NotFound.into())
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let info = self.readable(path, limit)?;
        let mut bytes = Vec::new();
        bytes
            .try_reserve(usize::try_from(info.length).unwrap_or(usize::MAX))
            .map_err(|_| ErrorKind::OutOfMemory)?;
        // The length above is only what the file system claims; the bound counts what arrives.
        File::open(path)?
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        Ok(bytes)
    }

    fn fingerprint(
        &self,
        path: &Path,
        limit: u64,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<Fingerprint> {
        /// Bytes at a time.
        const PIECE: usize = 1 << 18;
        self.readable(path, limit)?;
        let mut file = File::open(path)?;
        let mut piece = vec![0; PIECE];
        let mut taken = Fingerprinting::default();
        loop {
            if !go_on() {
                return Err(ErrorKind::Interrupted.into());
            }
            match file.read(&mut piece) {
                Ok(0) => return Ok(taken.finish()),
                Ok(count) => taken.add(&piece[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            if taken.length() > limit {
                return Err(too_large(limit));
            }
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name()))
            .collect()
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Box::new(RealNewFile(file)))
    }

    #[cfg(windows)]
    fn create_hidden(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        use std::os::windows::fs::OpenOptionsExt as _;
        /// `FILE_ATTRIBUTE_HIDDEN`
        const HIDDEN: u32 = 2;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).attributes(HIDDEN);
        Ok(Box::new(RealNewFile(options.open(path)?)))
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::hard_link(from, to) {
            // A second name is all that is left if this fails; it is cleaned like any leftover.
            Ok(()) => fs::remove_file(from).or(Ok(())),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // FAT and some shares know no second names; there the check comes first and the rename after.
            Err(_) => match fs::symlink_metadata(to) {
                Ok(_) => Err(ErrorKind::AlreadyExists.into()),
                Err(error) if error.kind() == ErrorKind::NotFound => fs::rename(from, to),
                Err(error) => Err(error),
            },
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) {
            File::open(folder)?.sync_all()
        } else {
            Ok(())
        }
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(bytes)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let mut options = OpenOptions::new();
        let file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(RealLock(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn process(&self) -> ProcessMark {
        static MACHINE: OnceLock<u32> = OnceLock::new();
        ProcessMark {
            machine: *MACHINE.get_or_init(|| machine(self)),
            pid: std::process::id(),
        }
    }

    fn is_running(&self, pid: u32) -> Option<bool> {
        let processes = Path::new("/proc");
        (cfg!(target_os = "linux") && processes.join("self").exists())
            .then(|| processes.join(pid.to_string()).exists())
    }
}

impl RealFs {
    /// What is said of an ordinary file of at most `limit` bytes. Asked before opening, because opening a pipe would wait for
    /// its other end.
    fn readable(&self, path: &Path, limit: u64) -> io::Result<FileInfo> {
        let info = self.info(path)?;
        match info.kind {
            FileKind::File if info.length > limit => Err(too_large(limit)),
            FileKind::File => Ok(info),
            FileKind::Folder => Err(ErrorKind::IsADirectory.into()),
            FileKind::Other => Err(ErrorKind::Unsupported.into()),
        }
    }
}

/// The canonical path, or the absolute one where Windows cannot tell: on RAM disks and some mapped drives (error 1), and for
/// long paths on Wine (error 234).
fn canonical(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if cfg!(windows) && matches!(error.raw_os_error(), Some(1 | 234)) => {
            std::path::absolute(path)
        }
        other => other,
    }
}

/// A short hash of what names this computer.
fn machine(fs: &RealFs) -> u32 {
    const LIMIT: u64 = 4096;
    let name = fs
        .read(Path::new("/etc/machine-id"), LIMIT)
        .ok()
        .or_else(|| {
            let name = std::env::var_os("COMPUTERNAME").or_else(|| std::env::var_os("HOSTNAME"));
            name.map(OsString::into_encoded_bytes)
        });
    let hex = Fingerprint::of(&name.unwrap_or_default()).hex();
    u32::from_str_radix(&hex[..8], 16).unwrap_or_default()
}

/// Closing the file gives the lock up.
#[derive(Debug)]
struct RealLock(#[expect(dead_code, reason = "held, never looked at")] File);

impl Lock for RealLock {}

struct RealNewFile(File);

impl NewFile for RealNewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        drop(self.0);
        Ok(())
    }
}
