//! A disk in memory for tests: any single operation can be made to fail, and the power can be cut at any of them.
//!
//! It is stricter than most real disks. Content survives a power loss only as far as it was synced, names only as far as
//! their folder was synced.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use super::{
    Fingerprint,
    fs::{FileInfo, FileKind, Fs, Lock, NewFile, ProcessMark, SharingViolation, too_large},
};

/// The operations that are counted and can be made to fail: the methods of [`Fs`] and [`NewFile`] that touch the disk.
#[expect(missing_docs, reason = "named as the methods")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Info,
    Resolve,
    Read,
    List,
    CreateFolders,
    CreateNew,
    CopyPermissions,
    Rename,
    RenameNew,
    Remove,
    SyncFolder,
    Append,
    Lock,
    Write,
    Sync,
    Close,
}

/// What happens instead of success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The disk is full.
    NoSpace,
    /// The device fails.
    Device,
    /// The rights are missing.
    Denied,
    /// Another program holds the file: Windows error 5, 32 or 33.
    Held(i32),
    /// The file system cannot do this.
    Unsupported,
    /// Half of the bytes are written and nothing is said; other operations succeed.
    ShortWrite,
    /// Half of the bytes are written, then the disk is full.
    TornWrite,
    /// The operation is carried out and reported as failed.
    LostAnswer,
    /// The process or the computer stops: half of a write happens, every later operation fails until
    /// [`restart`](SimulatedFs::restart).
    Crash,
}

/// A scripted failure.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Only this operation is counted and struck; `None` for every one.
    pub on: Option<Operation>,
    /// The first operation struck, counted from 1 from now on.
    pub from: u64,
    /// How many in a row are struck.
    pub times: u64,
    /// What happens to them.
    pub damage: Damage,
}

/// What a power loss leaves of things not synced. Real disks do any of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Survival {
    /// Nothing.
    Nothing,
    /// Names, but not content: renamed files are found empty or short.
    Names,
    /// All of it, as after a crash of the process alone.
    Everything,
}

/// A disk in memory. Clones share it.
#[derive(Debug, Clone)]
pub struct SimulatedFs {
    disk: Arc<Mutex<Disk>>,
}

#[derive(Debug)]
struct Disk {
    files: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    /// The names as they are after a power loss.
    synced_names: BTreeMap<PathBuf, usize>,
    links: BTreeMap<PathBuf, PathBuf>,
    folders: BTreeSet<PathBuf>,
    /// The locks held, each with the process that holds it.
    locks: BTreeMap<PathBuf, ProcessMark>,
    faults: Vec<(Fault, u64)>,
    /// What somebody else writes, and before which operation of ours.
    others: Vec<(Operation, PathBuf, Vec<u8>)>,
    done: Vec<Operation>,
    struck: bool,
    crashed: bool,
    now: SystemTime,
    process: ProcessMark,
}

#[derive(Debug, Clone)]
struct Content {
    bytes: Vec<u8>,
    synced: Vec<u8>,
    modified: SystemTime,
    read_only: bool,
}

impl Default for SimulatedFs {
    fn default() -> Self {
        Self::new()
    }
}

impl SimulatedFs {
    /// An empty disk whose clock stands at 2000-01-01 and moves a millisecond with every operation.
    pub fn new() -> Self {
        const YEAR_2000: Duration = Duration::from_secs(946_684_800);
        let disk = Disk {
            files: Vec::new(),
            names: BTreeMap::new(),
            synced_names: BTreeMap::new(),
            links: BTreeMap::new(),
            folders: BTreeSet::new(),
            locks: BTreeMap::new(),
            faults: Vec::new(),
            others: Vec::new(),
            done: Vec::new(),
            struck: false,
            crashed: false,
            now: SystemTime::UNIX_EPOCH + YEAR_2000,
            process: ProcessMark {
                machine: 1,
                pid: 100,
            },
        };
        Self {
            disk: Arc::new(Mutex::new(disk)),
        }
    }

    /// Puts a file on the disk, synced, with its folders.
    pub fn put(&self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        self.disk().put(path.as_ref().to_path_buf(), bytes.into());
    }

    /// Puts other content into a file without moving its time, as where a clock counts in steps of seconds.
    pub fn put_as_old(&self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) {
        let mut disk = self.disk();
        if let Ok(id) = disk.id(path.as_ref()) {
            disk.files[id].bytes = bytes.into();
            disk.files[id].synced = disk.files[id].bytes.clone();
        }
    }

    /// Somebody else writes this file just before the next operation of this sort.
    pub fn let_another_write(
        &self,
        before: Operation,
        path: impl AsRef<Path>,
        bytes: impl Into<Vec<u8>>,
    ) {
        let other = (before, path.as_ref().to_path_buf(), bytes.into());
        self.disk().others.push(other);
    }

    /// Makes `link` a symbolic link to `target`.
    pub fn link(&self, link: impl AsRef<Path>, target: impl AsRef<Path>) {
        let mut disk = self.disk();
        let link = link.as_ref().to_path_buf();
        disk.folders
            .extend(link.ancestors().skip(1).map(Path::to_path_buf));
        disk.links.insert(link, target.as_ref().to_path_buf());
    }

    /// Marks an existing file read-only, or not.
    pub fn set_read_only(&self, path: impl AsRef<Path>, read_only: bool) {
        let mut disk = self.disk();
        if let Ok(id) = disk.id(path.as_ref()) {
            disk.files[id].read_only = read_only;
        }
    }

    /// The content of a file, without counting as an operation.
    pub fn content(&self, path: impl AsRef<Path>) -> Option<Vec<u8>> {
        let disk = self.disk();
        let id = disk.id(path.as_ref()).ok()?;
        Some(disk.files[id].bytes.clone())
    }

    /// The names in a folder in order, without counting as an operation.
    pub fn names(&self, folder: impl AsRef<Path>) -> Vec<String> {
        let names = self.disk().children(folder.as_ref());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }

    /// The operations so far, those that failed included.
    pub fn operations(&self) -> Vec<Operation> {
        self.disk().done.clone()
    }

    /// Adds a scripted failure; counting starts now.
    pub fn inject(&self, fault: Fault) {
        self.disk().faults.push((fault, 0));
    }

    /// Whether any scripted failure has struck; the loop over n ends when one did not.
    pub fn was_struck(&self) -> bool {
        self.disk().struck
    }

    /// Forgets all scripted failures.
    pub fn heal(&self) {
        let mut disk = self.disk();
        disk.faults.clear();
        disk.struck = false;
    }

    /// Cuts the power, now or where a [`Damage::Crash`] struck, and starts again with a new process id.
    pub fn restart(&self, survival: Survival) {
        let mut disk = self.disk();
        if survival == Survival::Nothing {
            disk.names = disk.synced_names.clone();
        }
        if survival != Survival::Everything {
            for file in &mut disk.files {
                file.bytes = file.synced.clone();
            }
        }
        for file in &mut disk.files {
            file.synced = file.bytes.clone();
        }
        disk.synced_names = disk.names.clone();
        disk.locks.clear();
        disk.faults.clear();
        disk.struck = false;
        disk.crashed = false;
        disk.process.pid += 1;
    }

    /// Moves the clock that stamps files.
    pub fn advance(&self, by: Duration) {
        self.disk().now += by;
    }

    /// The clock that stamps files.
    pub fn now(&self) -> SystemTime {
        self.disk().now
    }

    /// Makes this the process that is running.
    pub fn set_process(&self, process: ProcessMark) {
        self.disk().process = process;
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an operation, then lets it happen, fail, or happen and be reported as failed.
    fn perform<T>(
        &self,
        operation: Operation,
        action: impl FnOnce(&mut Disk) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut disk = self.disk();
        match disk.strike(operation)? {
            None | Some(Damage::ShortWrite | Damage::TornWrite) => action(&mut disk),
            Some(Damage::LostAnswer) => action(&mut disk).and(Err(device_error())),
            Some(damage) => Err(damage.error()),
        }
    }
}

impl Damage {
    fn error(self) -> io::Error {
        match self {
            Self::NoSpace | Self::TornWrite => ErrorKind::StorageFull.into(),
            Self::Denied => ErrorKind::PermissionDenied.into(),
            Self::Held(code) => io::Error::other(SharingViolation(code)),
            Self::Unsupported => ErrorKind::Unsupported.into(),
            Self::Device | Self::ShortWrite | Self::LostAnswer => device_error(),
            Self::Crash => io::Error::other("the simulated computer is off"),
        }
    }
}

fn device_error() -> io::Error {
    io::Error::other("simulated device error")
}

impl Disk {
    /// Counts an operation and says what is to happen to it; fails if the computer is off.
    fn strike(&mut self, operation: Operation) -> io::Result<Option<Damage>> {
        self.now += Duration::from_millis(1);
        if self.crashed {
            return Err(Damage::Crash.error());
        }
        self.done.push(operation);
        while let Some(next) = self.others.iter().position(|(on, ..)| *on == operation) {
            let (_, path, bytes) = self.others.remove(next);
            self.put(path, bytes);
        }
        let mut damage = None;
        for (fault, count) in &mut self.faults {
            if fault.on.is_none_or(|on| on == operation) {
                *count += 1;
                let last = fault.from.saturating_add(fault.times);
                if (fault.from..last).contains(count) {
                    damage = Some(fault.damage);
                }
            }
        }
        self.struck |= damage.is_some();
        self.crashed |= damage == Some(Damage::Crash);
        Ok(damage)
    }

    fn put(&mut self, path: PathBuf, bytes: Vec<u8>) {
        self.folders
            .extend(path.ancestors().skip(1).map(Path::to_path_buf));
        let id = self.add(bytes);
        self.files[id].synced = self.files[id].bytes.clone();
        self.names.insert(path.clone(), id);
        self.synced_names.insert(path, id);
    }

    fn add(&mut self, bytes: Vec<u8>) -> usize {
        self.files.push(Content {
            bytes,
            synced: Vec::new(),
            modified: self.now,
            read_only: false,
        });
        self.files.len() - 1
    }

    /// Follows links of files (folders are never links here).
    fn resolved(&self, path: &Path) -> io::Result<PathBuf> {
        let mut path = path.to_path_buf();
        for _ in 0..=self.links.len() {
            match self.links.get(&path) {
                Some(target) => path = target.clone(),
                None => return Ok(path),
            }
        }
        Err(ErrorKind::NotFound.into())
    }

    fn id(&self, path: &Path) -> io::Result<usize> {
        let path = self.resolved(path)?;
        let id = self.names.get(&path).copied();
        id.ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn has_folder_of(&self, path: &Path) -> io::Result<()> {
        match path.parent() {
            Some(folder) if self.folders.contains(folder) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        self.names.contains_key(path)
            || self.links.contains_key(path)
            || self.folders.contains(path)
    }

    fn children(&self, folder: &Path) -> impl Iterator<Item = OsString> + use<> {
        let all = self.names.keys().chain(self.links.keys());
        let here: BTreeSet<OsString> = all
            .filter(|path| path.parent() == Some(folder))
            .filter_map(|path| path.file_name().map(Into::into))
            .collect();
        here.into_iter()
    }

    fn folders_in(&self, folder: &Path) -> impl Iterator<Item = OsString> + use<> {
        let all = self.folders.iter();
        let here: Vec<OsString> = all
            .filter(|path| path.parent() == Some(folder))
            .filter_map(|path| path.file_name().map(Into::into))
            .collect();
        here.into_iter()
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.has_folder_of(to)?;
        let id = self.names.remove(from).ok_or(ErrorKind::NotFound)?;
        self.links.remove(to);
        self.names.insert(to.to_path_buf(), id);
        Ok(())
    }
}

impl Fs for SimulatedFs {
    fn info(&self, path: &Path) -> io::Result<FileInfo> {
        self.perform(Operation::Info, |disk| {
            if disk.folders.contains(path) {
                return Ok(FileInfo {
                    kind: FileKind::Folder,
                    length: 0,
                    modified: None,
                    read_only: false,
                });
            }
            let file = &disk.files[disk.id(path)?];
            Ok(FileInfo {
                kind: FileKind::File,
                length: file.bytes.len() as u64,
                modified: Some(file.modified),
                read_only: file.read_only,
            })
        })
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.perform(Operation::Resolve, |disk| {
            let path = disk.resolved(path)?;
            disk.has_folder_of(&path)?;
            Ok(path)
        })
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.perform(Operation::Read, |disk| {
            if disk.folders.contains(path) {
                return Err(ErrorKind::IsADirectory.into());
            }
            let file = &disk.files[disk.id(path)?];
            match file.bytes.len() as u64 > limit {
                true => Err(too_large(limit)),
                false => Ok(file.bytes.clone()),
            }
        })
    }

    fn fingerprint(
        &self,
        path: &Path,
        limit: u64,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<Fingerprint> {
        match go_on() {
            true => Ok(Fingerprint::of(&self.read(path, limit)?)),
            false => Err(ErrorKind::Interrupted.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        self.perform(Operation::List, |disk| {
            match disk.folders.contains(folder) {
                true => Ok(disk
                    .children(folder)
                    .chain(disk.folders_in(folder))
                    .collect()),
                false => Err(ErrorKind::NotFound.into()),
            }
        })
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.perform(Operation::CreateFolders, |disk| {
            disk.folders
                .extend(folder.ancestors().map(Path::to_path_buf));
            Ok(())
        })
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let id = self.perform(Operation::CreateNew, |disk| {
            disk.has_folder_of(path)?;
            if disk.exists(path) {
                return Err(ErrorKind::AlreadyExists.into());
            }
            let id = disk.add(Vec::new());
            disk.names.insert(path.to_path_buf(), id);
            Ok(id)
        })?;
        Ok(Box::new(SimulatedNewFile {
            fs: self.clone(),
            id,
        }))
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Operation::CopyPermissions, |disk| {
            let (from, to) = (disk.id(from)?, disk.id(to)?);
            disk.files[to].read_only = disk.files[from].read_only;
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Operation::Rename, |disk| disk.rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.perform(Operation::RenameNew, |disk| match disk.exists(to) {
            true => Err(ErrorKind::AlreadyExists.into()),
            false => disk.rename(from, to),
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.perform(Operation::Remove, |disk| {
            let removed = disk.names.remove(path);
            removed.map(drop).ok_or_else(|| ErrorKind::NotFound.into())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.perform(Operation::SyncFolder, |disk| {
            let here = |path: &Path| path.parent() == Some(folder);
            disk.synced_names.retain(|path, _| !here(path));
            let current = disk.names.iter().filter(|(path, _)| here(path));
            let current: Vec<_> = current.map(|(path, id)| (path.clone(), *id)).collect();
            disk.synced_names.extend(current);
            Ok(())
        })
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.perform(Operation::Append, |disk| {
            disk.has_folder_of(path)?;
            match disk.id(path) {
                Ok(id) => disk.files[id].bytes.extend_from_slice(bytes),
                Err(_) => {
                    let id = disk.add(bytes.to_vec());
                    disk.names.insert(path.to_path_buf(), id);
                }
            }
            Ok(())
        })
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        self.perform(Operation::Lock, |disk| {
            disk.has_folder_of(path)?;
            if disk.locks.contains_key(path) {
                return Ok(None);
            }
            if disk.id(path).is_err() {
                let id = disk.add(Vec::new());
                disk.names.insert(path.to_path_buf(), id);
            }
            let holder = disk.process;
            disk.locks.insert(path.to_path_buf(), holder);
            Ok(Some(Box::new(SimulatedLock {
                fs: self.clone(),
                path: path.to_path_buf(),
                holder,
            }) as Box<dyn Lock>))
        })
    }

    fn process(&self) -> ProcessMark {
        self.disk().process
    }

    fn is_running(&self, pid: u32) -> Option<bool> {
        Some(self.disk().process.pid == pid)
    }
}

#[derive(Debug)]
struct SimulatedLock {
    fs: SimulatedFs,
    path: PathBuf,
    holder: ProcessMark,
}

impl Lock for SimulatedLock {}

impl Drop for SimulatedLock {
    fn drop(&mut self) {
        let mut disk = self.fs.disk();
        // After a restart the lock is another's.
        if disk.locks.get(&self.path) == Some(&self.holder) {
            disk.locks.remove(&self.path);
        }
    }
}

struct SimulatedNewFile {
    fs: SimulatedFs,
    id: usize,
}

impl NewFile for SimulatedNewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut disk = self.fs.disk();
        let damage = disk.strike(Operation::Write)?;
        let written = match damage {
            None | Some(Damage::LostAnswer) => bytes.len(),
            Some(Damage::ShortWrite | Damage::TornWrite | Damage::Crash) => bytes.len() / 2,
            Some(_) => 0,
        };
        let modified = disk.now;
        let file = &mut disk.files[self.id];
        file.bytes.extend_from_slice(&bytes[..written]);
        file.modified = modified;
        match damage {
            None | Some(Damage::ShortWrite) => Ok(written),
            Some(damage) => Err(damage.error()),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.fs.perform(Operation::Sync, |disk| {
            let file = &mut disk.files[self.id];
            file.synced = file.bytes.clone();
            Ok(())
        })
    }

    fn close(self: Box<Self>) -> io::Result<()> {
        self.fs.perform(Operation::Close, |_| Ok(()))
    }
}
