//! Saving without losing anything. The order of steps is the promise:
//!
//! 1. the caller's check of the bytes;
//! 2. compare what is on the disk with what the caller last saw there;
//! 3. back up what is on the disk (a failure is a warning);
//! 4. write, sync and close a temporary file in the same folder;
//! 5. rename it over the file, again and again for a moment while another program holds the file;
//! 6. if that fails, keep the complete new content under a name that people find;
//! 7. read the file again and compare;
//! 8. one save at a time.
//!
//! Whatever fails, the file is either as it was or complete and new.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Zoned;

use super::{
    Backups, Fingerprint, Fs, Left, MAX_FILE_BYTES, Step, StoreError,
    error::{reason, shown},
    fs::{FileInfo, FileKind, NewFile, is_sharing_violation},
    temporary::{TemporaryName, kept_beside},
};

/// How long to wait before each further attempt on a file that another program holds.
pub const RETRY_DELAYS: [Duration; 5] = [
    Duration::from_millis(10),
    Duration::from_millis(25),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
];

/// Waits between attempts; injected so that tests need not.
pub trait Sleeper: Send + Sync {
    /// Waits for `time`.
    fn sleep(&self, time: Duration);
}

/// Really waits.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealSleeper;

impl Sleeper for RealSleeper {
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// What the caller believes to be on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// No file: it is saved for the first time.
    Absent,
    /// The content that was opened or saved last.
    Content(Fingerprint),
    /// Whatever: the person was asked and chose to overwrite.
    Anything,
}

impl Expected {
    fn allows(self, found: Option<Fingerprint>) -> bool {
        match self {
            Self::Absent => found.is_none(),
            Self::Content(content) => found == Some(content),
            Self::Anything => true,
        }
    }
}

/// The caller's last look at the bytes before the disk is touched: parses them back and compares with the document. The text
/// of a refusal is shown.
pub type Check<'a> = &'a dyn Fn(&[u8]) -> Result<(), String>;

/// One save.
#[derive(Clone, Copy)]
pub struct SaveRequest<'a> {
    /// The file, as the person names it; links are followed.
    pub path: &'a Path,
    /// The whole new content.
    pub bytes: &'a [u8],
    /// What must be on the disk for the save to go ahead.
    pub expected: Expected,
    /// Where the replaced content is kept; `None` for files of which no earlier versions are needed.
    pub backups: Option<&'a Backups>,
    /// Run first, if given.
    pub check: Option<Check<'a>>,
    /// The local time, for names of backups and kept copies.
    pub now: &'a Zoned,
}

/// How a save ended that did not fail.
#[derive(Debug)]
pub enum SaveOutcome {
    /// The file holds the bytes, read back and compared.
    Saved(Saved),
    /// The disk holds something other than expected; nothing was written.
    Conflict {
        /// What is there now; `None` if the file is gone.
        on_disk: Option<Fingerprint>,
    },
}

/// A completed save.
#[derive(Debug)]
pub struct Saved {
    /// What the next save expects.
    pub fingerprint: Fingerprint,
    /// What went wrong without harm to the file; to be shown.
    pub warnings: Vec<SaveWarning>,
}

/// A step that failed although the file was saved.
#[derive(Debug)]
pub enum SaveWarning {
    /// The replaced content could not be kept.
    Backup(StoreError),
    /// The permissions of the file are those of a new file.
    Permissions(io::Error),
    /// A power loss in the next seconds may bring the earlier content back.
    SyncFolder(io::Error),
}

impl fmt::Display for SaveWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backup(StoreError::NoDataFolder) => write!(
                f,
                "已保存，但上一版本没有留下备份：系统没有给出用户文件夹，备份无处存放。刚保存的文件完好；请用环境变量 {} 指定一个文件夹",
                super::folders::DATA_FOLDER_VARIABLE
            ),
            Self::Backup(error) => write!(
                f,
                "已保存，但上一版本没有留下备份：{}。刚保存的文件完好；请检查备份所在的磁盘。备份：{}",
                error.cause(),
                error.path().map(shown).unwrap_or_default()
            ),
            Self::Permissions(error) => write!(
                f,
                "已保存，但{}时出错：{}。内容不受影响；如与他人共用此文件，请检查其权限",
                Step::Permissions,
                reason(error)
            ),
            Self::SyncFolder(error) => write!(
                f,
                "已保存，但{}时出错：{}。此刻断电可能退回上一版本；请稍后再保存一次",
                Step::SyncFolder,
                reason(error)
            ),
        }
    }
}

/// Saves files on one file system.
#[derive(Clone, Copy)]
pub struct Saver<'a> {
    /// Where.
    pub fs: &'a dyn Fs,
    /// Waits while another program holds the file.
    pub sleeper: &'a dyn Sleeper,
}

impl Saver<'_> {
    /// Saves as the [module](self) describes. Saves of one process wait for each other, so of two that expect the same
    /// content the second meets a conflict. If the disk already holds exactly these bytes, nothing is written.
    ///
    /// # Errors
    /// Every [`StoreError`] says at which step and what is on the disk. The document stays unsaved.
    pub fn save(&self, request: SaveRequest<'_>) -> Result<SaveOutcome, StoreError> {
        let _one_at_a_time = one_at_a_time();
        if let Some(check) = request.check {
            check(request.bytes).map_err(|reason| StoreError::Refused {
                reason,
                path: request.path.to_path_buf(),
            })?;
        }
        let mut job = Job::new(self, request.path, request.bytes)?;
        let current = job.look()?;
        let found = current.as_deref().map(Fingerprint::of);
        if found == Some(job.fingerprint) {
            job.sync_folder();
            return Ok(SaveOutcome::Saved(job.saved()));
        }
        if !request.expected.allows(found) {
            return Ok(SaveOutcome::Conflict { on_disk: found });
        }
        job.refuse_read_only()?;
        if let (Some(backups), Some(current)) = (request.backups, &current)
            && let Err(error) = backups.store(self, &job.target, current, request.now)
        {
            job.warnings.push(SaveWarning::Backup(error));
        }
        let temporary = job.write_temporary()?;
        if let Some(on_disk) = job.changed_since(found, &temporary)? {
            return Ok(SaveOutcome::Conflict { on_disk });
        }
        match job.put_in_place(&temporary) {
            Ok(()) => job.finish().map(SaveOutcome::Saved),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                job.discard(&temporary);
                let on_disk = job.look()?.as_deref().map(Fingerprint::of);
                Ok(SaveOutcome::Conflict { on_disk })
            }
            Err(error) => Err(job.keep(&temporary, &request, error)),
        }
    }

    /// Replaces a file, or creates it, without asking what was there: for exports over a file that the person agreed to
    /// replace, and for files that only this program writes.
    ///
    /// # Errors
    /// As [`save`](Self::save), and [`StoreError::ChangedMeanwhile`] if somebody else writes the file at the same time.
    pub fn replace_atomically(
        &self,
        path: &Path,
        bytes: &[u8],
        now: &Zoned,
    ) -> Result<Saved, StoreError> {
        let request = SaveRequest {
            path,
            bytes,
            expected: Expected::Anything,
            backups: None,
            check: None,
            now,
        };
        match self.save(request)? {
            SaveOutcome::Saved(saved) => Ok(saved),
            SaveOutcome::Conflict { .. } => Err(StoreError::ChangedMeanwhile {
                path: path.to_path_buf(),
            }),
        }
    }

    /// Writes a file that must not exist: for exports and copies. Nothing remains of it if it fails.
    ///
    /// # Errors
    /// [`StoreError::Exists`], or the step that failed.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<Saved, StoreError> {
        let _one_at_a_time = one_at_a_time();
        self.create(path, bytes)
    }

    /// Keeps `bytes` among the backups of the file at `path`, as if they had been its content: what is about to be given up
    /// elsewhere than on the disk.
    ///
    /// # Errors
    /// The file cannot be located, or the backup not be written.
    pub fn back_up(
        &self,
        backups: &Backups,
        path: &Path,
        bytes: &[u8],
        now: &Zoned,
    ) -> Result<PathBuf, StoreError> {
        let _one_at_a_time = one_at_a_time();
        let location = self
            .fs
            .resolve(path)
            .map_err(|error| StoreError::reading(Step::Locate, path, 0, error))?;
        backups.store(self, &location, bytes, now)
    }

    /// [`write_new`](Self::write_new) for a caller that already holds the turn.
    pub(super) fn create(&self, path: &Path, bytes: &[u8]) -> Result<Saved, StoreError> {
        let mut job = Job::new(self, path, bytes)?;
        let exists = || StoreError::Exists {
            path: path.to_path_buf(),
        };
        match self.fs.info(&job.target) {
            Ok(_) => return Err(exists()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(job.unseen(Step::ReadCurrent, error)),
        }
        let temporary = job.write_temporary()?;
        if let Err(error) = job.put_in_place(&temporary) {
            job.discard(&temporary);
            return Err(match error.kind() {
                ErrorKind::AlreadyExists => exists(),
                _ => job.failed(Step::Replace, error),
            });
        }
        job.finish()
    }

    /// Tries again while another program holds the file.
    fn patiently<T>(&self, mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        for delay in RETRY_DELAYS {
            match attempt() {
                Err(error) if is_sharing_violation(&error) => self.sleeper.sleep(delay),
                done => return done,
            }
        }
        attempt()
    }
}

fn one_at_a_time() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One file on its way to the disk.
struct Job<'a> {
    saver: &'a Saver<'a>,
    /// The path as the person named it, for messages.
    named: &'a Path,
    /// Where the file really is.
    target: PathBuf,
    bytes: &'a [u8],
    fingerprint: Fingerprint,
    /// What was at `target` when looked at last; `None` if nothing.
    seen: Option<FileInfo>,
    warnings: Vec<SaveWarning>,
}

impl<'a> Job<'a> {
    fn new(saver: &'a Saver<'a>, named: &'a Path, bytes: &'a [u8]) -> Result<Self, StoreError> {
        let mut job = Self {
            saver,
            named,
            target: named.to_path_buf(),
            bytes,
            fingerprint: Fingerprint::of(bytes),
            seen: None,
            warnings: Vec::new(),
        };
        if job.fingerprint.length() > MAX_FILE_BYTES {
            return Err(StoreError::TooLarge {
                limit: MAX_FILE_BYTES,
                path: named.to_path_buf(),
            });
        }
        job.target = saver
            .fs
            .resolve(named)
            .map_err(|error| job.not_located(error))?;
        Ok(job)
    }

    /// The content on the disk now, and in `seen` what the file system says about it.
    fn look(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        let fs = self.saver.fs;
        self.seen = match self.saver.patiently(|| fs.info(&self.target)) {
            Ok(info) if info.kind == FileKind::File => Some(info),
            Ok(_) => {
                return Err(StoreError::NotAFile {
                    path: self.named.to_path_buf(),
                });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return self.gone(),
            Err(error) => return Err(self.unseen(Step::ReadCurrent, error)),
        };
        let read = || fs.read(&self.target, MAX_FILE_BYTES);
        match self.saver.patiently(read) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => self.gone(),
            Err(error) => Err(self.unseen(Step::ReadCurrent, error)),
        }
    }

    fn gone(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        self.seen = None;
        Ok(None)
    }

    fn refuse_read_only(&self) -> Result<(), StoreError> {
        match self.seen {
            Some(info) if info.read_only => Err(StoreError::ReadOnly {
                path: self.named.to_path_buf(),
            }),
            _ => Ok(()),
        }
    }

    /// Writes the bytes beside the target, complete and synced; removes what it began if it fails.
    fn write_temporary(&mut self) -> Result<PathBuf, StoreError> {
        let (temporary, file) = self.create_temporary()?;
        if let Err(error) = self.fill(file) {
            self.discard(&temporary);
            return Err(error);
        }
        if self.seen.is_some()
            && let Err(error) = self.saver.fs.copy_permissions(&self.target, &temporary)
        {
            self.warnings.push(SaveWarning::Permissions(error));
        }
        Ok(temporary)
    }

    fn create_temporary(&self) -> Result<(PathBuf, Box<dyn NewFile>), StoreError> {
        // A name is taken only if a process of the same id died here before.
        const ATTEMPTS: usize = 100;
        let fs = self.saver.fs;
        let attempt = || {
            let name = TemporaryName::beside(&self.target, fs.process());
            let temporary = self.target.with_file_name(name.to_string());
            (fs.create_new(&temporary), temporary)
        };
        let mut tried = attempt();
        for _ in 1..ATTEMPTS {
            match &tried.0 {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => tried = attempt(),
                _ => break,
            }
        }
        match tried {
            (Ok(file), temporary) => Ok((temporary, file)),
            (Err(error), _) => Err(self.failed(Step::CreateTemporary, error)),
        }
    }

    fn fill(&self, mut file: Box<dyn NewFile>) -> Result<(), StoreError> {
        write_all(file.as_mut(), self.bytes)
            .map_err(|error| self.failed(Step::WriteTemporary, error))?;
        tolerant(file.sync()).map_err(|error| self.failed(Step::SyncTemporary, error))?;
        file.close()
            .map_err(|error| self.failed(Step::CloseTemporary, error))
    }

    /// Looks once more just before the replacement, since writing took a while. `Some` is a conflict; the temporary file is
    /// then gone.
    fn changed_since(
        &mut self,
        found: Option<Fingerprint>,
        temporary: &Path,
    ) -> Result<Option<Option<Fingerprint>>, StoreError> {
        let info = match self.saver.fs.info(&self.target) {
            Ok(info) => Some(info),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                self.discard(temporary);
                return Err(self.unseen(Step::ReadCurrent, error));
            }
        };
        if info == self.seen {
            return Ok(None);
        }
        let looked = self.look();
        if looked.is_err() {
            self.discard(temporary);
        }
        let on_disk = looked?.as_deref().map(Fingerprint::of);
        if on_disk == found {
            return Ok(None);
        }
        self.discard(temporary);
        Ok(Some(on_disk))
    }

    fn put_in_place(&self, temporary: &Path) -> io::Result<()> {
        let fs = self.saver.fs;
        let renamed = self.saver.patiently(|| match self.seen {
            Some(_) => fs.rename(temporary, &self.target),
            None => fs.rename_new(temporary, &self.target),
        });
        // Network file systems may carry out a rename and lose the answer.
        renamed.or_else(|error| match self.arrived_after_all(temporary) {
            true => Ok(()),
            false => Err(error),
        })
    }

    fn arrived_after_all(&self, temporary: &Path) -> bool {
        let fs = self.saver.fs;
        let moved = fs.info(temporary);
        moved.is_err_and(|error| error.kind() == ErrorKind::NotFound)
            && fs
                .read(&self.target, MAX_FILE_BYTES)
                .is_ok_and(|bytes| Fingerprint::of(&bytes) == self.fingerprint)
    }

    /// Keeps the complete new content: beside the file under a name that people find, or, in a folder where nothing can be
    /// renamed any more, among the backups, or at the very least where it is.
    fn keep(&self, temporary: &Path, request: &SaveRequest<'_>, source: io::Error) -> StoreError {
        let kept = self.rename_to_be_found(temporary, request.now).or_else(|| {
            let backups = request.backups?;
            let stored = backups.store(self.saver, &self.target, self.bytes, request.now);
            stored.ok()
        });
        StoreError::NotReplaced {
            kept: kept.unwrap_or_else(|| temporary.to_path_buf()),
            left: self.left(),
            path: self.named.to_path_buf(),
            source,
        }
    }

    fn rename_to_be_found(&self, temporary: &Path, now: &Zoned) -> Option<PathBuf> {
        const NAMES: u32 = 100;
        let fs = self.saver.fs;
        for attempt in 0..NAMES {
            let kept = kept_beside(&self.target, now.datetime(), attempt);
            match self.saver.patiently(|| fs.rename_new(temporary, &kept)) {
                Ok(()) => return Some(kept),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(_) => return None,
            }
        }
        None
    }

    /// The new file is in place: make that last and read it again.
    fn finish(mut self) -> Result<Saved, StoreError> {
        self.sync_folder();
        let fs = self.saver.fs;
        let read = || fs.read(&self.target, MAX_FILE_BYTES);
        let bytes = self
            .saver
            .patiently(read)
            .map_err(|source| StoreError::Unverified {
                written: self.fingerprint,
                path: self.named.to_path_buf(),
                source,
            })?;
        let on_disk = Fingerprint::of(&bytes);
        if on_disk != self.fingerprint {
            return Err(StoreError::Differs {
                on_disk,
                path: self.named.to_path_buf(),
            });
        }
        Ok(self.saved())
    }

    fn saved(self) -> Saved {
        Saved {
            fingerprint: self.fingerprint,
            warnings: self.warnings,
        }
    }

    fn sync_folder(&mut self) {
        let Some(folder) = self.target.parent() else {
            return;
        };
        if let Err(error) = tolerant(self.saver.fs.sync_folder(folder)) {
            self.warnings.push(SaveWarning::SyncFolder(error));
        }
    }

    /// Removes a temporary file that is of no use; if that fails it is cleaned with the leftovers later.
    fn discard(&self, temporary: &Path) {
        let _cleaned_later = self.saver.fs.remove(temporary);
    }

    /// What is there could not be looked at, which does not mean that it changed: it stays.
    fn unseen(&self, step: Step, source: io::Error) -> StoreError {
        let path = self.named.to_path_buf();
        match source.kind() {
            ErrorKind::FileTooLarge => StoreError::TooLarge {
                limit: MAX_FILE_BYTES,
                path,
            },
            _ => StoreError::Failed {
                step,
                left: Left::Untouched,
                path,
                source,
            },
        }
    }

    /// As [`unseen`](Self::unseen), but a folder that is not there is named.
    fn not_located(&self, source: io::Error) -> StoreError {
        let is_missing = |folder: &&Path| match self.saver.fs.info(folder) {
            Err(error) => error.kind() == ErrorKind::NotFound,
            Ok(_) => false,
        };
        let folder = self
            .named
            .parent()
            .filter(|_| source.kind() == ErrorKind::NotFound);
        match folder.filter(is_missing) {
            Some(folder) if !folder.as_os_str().is_empty() => StoreError::NoFolder {
                folder: folder.to_path_buf(),
                path: self.named.to_path_buf(),
            },
            _ => self.unseen(Step::Locate, source),
        }
    }

    fn left(&self) -> Left {
        match self.seen {
            Some(_) => Left::Original,
            None => Left::Nothing,
        }
    }

    fn failed(&self, step: Step, source: io::Error) -> StoreError {
        StoreError::Failed {
            step,
            left: self.left(),
            path: self.named.to_path_buf(),
            source,
        }
    }
}

fn write_all(file: &mut dyn NewFile, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Some shares and FUSE file systems cannot sync and say so; that is no reason to refuse to save there.
fn tolerant(synced: io::Result<()>) -> io::Result<()> {
    match synced {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Unsupported | ErrorKind::InvalidInput
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}
