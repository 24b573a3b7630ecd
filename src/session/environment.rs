//! What the program takes from the world around it, in one place, so that a test can give it another world.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

use super::library::AtHand;
use crate::{
    exchange::{
        child::{Apart, Aside, Within},
        error::ReadError,
        grid::Content,
        kind::Kind,
        system::SystemShelf,
        watch::Watch,
    },
    model::{
        edition::Edition,
        id::{CountedIds, IdSource, RandomIds},
    },
    printers::{self, Spooler, simulated::SimulatedPrinters},
    store::{
        Fingerprint, Folders, Fs, RealFs, RealSleeper, Saver, Sleeper, StoreError,
        beside::Person,
        editions::{EditionShelf, Origin},
        error::{reason, shown},
        fs::ProcessMark,
        log::{Level, Log},
        presence::OtherProcess,
        profiles::ProfileShelf,
        run::{self, Run, RunId},
        simulated::SimulatedFs,
    },
};

/// The environment variable that fixes the clock, in seconds since 1970 UTC: printed times and names then do not depend on
/// when they were made (<https://reproducible-builds.org/specs/source-date-epoch/>).
pub const CLOCK_VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// Tells the local time.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Zoned;
}

/// The computer's clock in its own time zone.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the clock"
    )]
    fn now(&self) -> Zoned {
        Zoned::now()
    }
}

/// A clock that stands until it is set.
#[derive(Debug)]
pub struct FixedClock(Mutex<Zoned>);

impl FixedClock {
    /// A clock that stands at `time`.
    pub fn new(time: Zoned) -> Self {
        Self(Mutex::new(time))
    }

    /// The clock that the value of [`CLOCK_VARIABLE`] asks for; `None` if it is no number of seconds.
    pub fn from_epoch(seconds: &OsStr) -> Option<Self> {
        let seconds = seconds.to_str()?.trim().parse().ok()?;
        let time = Timestamp::from_second(seconds).ok()?;
        Some(Self::new(time.to_zoned(TimeZone::UTC)))
    }

    /// Sets the clock.
    pub fn set(&self, time: Zoned) {
        *held(&self.0) = time;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Zoned {
        held(&self.0).clone()
    }
}

/// Clock, ids, user, disk, folders, printers, editions, profiles and maps of budget systems. Shared by all sessions and jobs of a program.
pub struct Environment {
    clock: Arc<dyn Clock>,
    ids: Mutex<Box<dyn IdSource + Send>>,
    user: String,
    computer: String,
    fs: Arc<dyn Fs>,
    sleeper: Arc<dyn Sleeper>,
    folders: Option<Folders>,
    spooler: Arc<dyn Spooler>,
    reader: Box<dyn Aside + Send + Sync>,
    pub(super) editions: Mutex<Arc<EditionShelf>>,
    pub(super) profiles: Mutex<Arc<ProfileShelf>>,
    /// Read when first asked for.
    pub(super) library: Mutex<Option<AtHand>>,
    systems: SystemShelf,
    problems: Vec<String>,
    /// Begun when first asked for: commands of the command line need none.
    run: OnceLock<Run>,
}

impl Environment {
    /// The computer as it is. What could not be had is in [`Self::problems`]; the program works without.
    pub fn real() -> Self {
        let fixed =
            std::env::var_os(CLOCK_VARIABLE).and_then(|value| FixedClock::from_epoch(&value));
        let folders = Folders::of_user();
        let mut environment = Self {
            clock: match fixed {
                Some(fixed) => Arc::new(fixed),
                None => Arc::new(SystemClock),
            },
            ids: Mutex::new(Box::new(RandomIds)),
            user: user_name(),
            computer: computer_name(&RealFs),
            fs: Arc::new(RealFs),
            sleeper: Arc::new(RealSleeper),
            problems: folders
                .as_ref()
                .err()
                .map(ToString::to_string)
                .into_iter()
                .collect(),
            reader: reader_of_program(folders.as_ref().ok()),
            folders: folders.ok(),
            spooler: printers::of_system(),
            editions: Mutex::default(),
            profiles: Mutex::default(),
            library: Mutex::default(),
            systems: SystemShelf::built_in(),
            run: OnceLock::new(),
        };
        environment.add_files_of_user();
        environment
    }

    /// A world in memory: ids counted from `first_id`, a clock that stands, no waiting. Its files can be looked at and its
    /// operations made to fail through the `fs` given, its clock be set through the `clock` given.
    pub fn for_tests(fs: &SimulatedFs, clock: Arc<FixedClock>, first_id: u64) -> Self {
        let mut environment = Self {
            clock,
            ids: Mutex::new(Box::new(CountedIds(first_id))),
            user: "测试员".into(),
            computer: "办公电脑".into(),
            fs: Arc::new(fs.clone()),
            sleeper: Arc::new(NoSleep),
            folders: Some(Folders::at("/data")),
            spooler: Arc::new(SimulatedPrinters::default()),
            reader: Box::new(Within),
            editions: Mutex::default(),
            profiles: Mutex::default(),
            library: Mutex::default(),
            systems: SystemShelf::built_in(),
            problems: Vec::new(),
            run: OnceLock::new(),
        };
        environment.add_files_of_user();
        environment
    }

    /// The local time now.
    pub fn now(&self) -> Zoned {
        self.clock.now()
    }

    /// The local time now as it stands under notes and in lists: "2021-03-05 14:32".
    pub fn time_in_words(&self) -> String {
        self.now().strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// A moment in local time, short: "14:32", with the date where it is not of today.
    pub fn moment_in_words(&self, moment: Timestamp) -> String {
        let now = self.now();
        let moment = moment.to_zoned(now.time_zone().clone());
        let format = match moment.date() == now.date() {
            true => "%H:%M",
            false => "%Y-%m-%d %H:%M",
        };
        moment.strftime(format).to_string()
    }

    /// The local date now: deadlines and years are checked against it.
    pub fn today(&self) -> Date {
        self.now().date()
    }

    /// The moment now.
    pub fn timestamp(&self) -> Timestamp {
        self.now().timestamp()
    }

    /// The name of the person at the computer, for notes and explanations; may be empty.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The name of the computer in the office's network; may be empty.
    pub fn computer(&self) -> &str {
        &self.computer
    }

    /// Another person at another computer, with a data folder of their own.
    pub fn of_colleague(mut self, user: &str, computer: &str, folders: Folders) -> Self {
        self.user = user.to_owned();
        self.computer = computer.to_owned();
        self.folders = Some(folders);
        self
    }

    /// Who opens a file, for the note beside it; `name` is what the person calls themselves.
    pub fn person(&self, name: &str) -> Person {
        let name = name.trim();
        let user = if name.is_empty() { &self.user } else { name };
        let home = self.folders.as_ref().map(|folders| {
            let path = folders.data().as_os_str().as_encoded_bytes();
            u32::from_str_radix(&Fingerprint::of(path).short(), 16).unwrap_or_default()
        });
        Person {
            user: user.to_owned(),
            computer: self.computer.clone(),
            home,
        }
    }

    /// With these printers.
    pub fn with_spooler(mut self, spooler: Arc<dyn Spooler>) -> Self {
        self.spooler = spooler;
        self
    }

    /// With these folders.
    pub fn with_folders(mut self, folders: Folders) -> Self {
        self.folders = Some(folders);
        self
    }

    /// The printers of this computer.
    pub fn spooler(&self) -> &dyn Spooler {
        &*self.spooler
    }

    /// Reads files of other people whose parsers are not to run in this process.
    pub fn reader(&self) -> &dyn Aside {
        &*self.reader
    }

    /// The disk.
    pub fn fs(&self) -> &dyn Fs {
        &*self.fs
    }

    /// Writes files on the disk.
    pub fn saver(&self) -> Saver<'_> {
        Saver {
            fs: &*self.fs,
            sleeper: &*self.sleeper,
        }
    }

    /// The program's own folders; `None` where the system names no home folder, and no backups are kept then.
    pub fn folders(&self) -> Option<&Folders> {
        self.folders.as_ref()
    }

    /// The editions at hand without those inside documents.
    pub fn editions(&self) -> Arc<EditionShelf> {
        Arc::clone(&held(&self.editions))
    }

    /// Keeps an edition among the user's own: it is at hand from now on, and in each later run. One that is kept already with
    /// the same content is left as it is.
    ///
    /// # Errors
    ///
    /// Why it was not kept, in words.
    pub fn keep_edition(&self, edition: &Edition) -> Result<(), String> {
        let hash = edition.hash();
        let shelf = self.editions();
        let mut known = shelf.list().iter();
        if known.any(|known| known.origin == Origin::User && *known.hash == *hash) {
            return Ok(());
        }
        let folders = self.folders.as_ref().ok_or(StoreError::NoDataFolder);
        let folder = folders.map_err(|error| error.to_string())?.editions();
        let text = serde_json::to_string_pretty(edition).map_err(|error| error.to_string())?;
        let name = format!("{hash}.json");
        // Tried on a shelf of its own: what does not load is not written either.
        let mut shelf = EditionShelf::clone(&shelf);
        let added = shelf.add_user(&name, &text);
        added.map_err(|error| error.to_string())?;
        let not_made = |error| {
            let (reason, folder) = (reason(&error), shown(&folder));
            format!(
                "表样没有保存：文件夹建不了（{reason}）。导入的内容不受影响，表样仍随文件保存。文件夹：{folder}"
            )
        };
        self.fs.create_folders(&folder).map_err(not_made)?;
        let written = self.saver().write_new(&folder.join(name), text.as_bytes());
        written.map_err(|error| error.to_string())?;
        *held(&self.editions) = Arc::new(shelf);
        Ok(())
    }

    /// The maps of budget systems at hand.
    pub fn systems(&self) -> &SystemShelf {
        &self.systems
    }

    /// What the program has to do without, one sentence each: editions, profiles and maps of the user's that do not
    /// load, no data folder.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// This run of the program. From the first call on, other runs can tell that it is going.
    pub fn run(&self) -> &Run {
        self.run.get_or_init(|| match &self.folders {
            Some(folders) => Run::start(self.fs(), folders, &mut &*self),
            None => Run::unseen(self.fs(), &mut &*self),
        })
    }

    /// Whether a run is still going, as far as can be told.
    pub fn is_going(&self, run: RunId, process: Option<ProcessMark>) -> bool {
        self.folders
            .as_ref()
            .is_some_and(|folders| run::is_going(self.fs(), folders, run, process))
    }

    /// Notes that this run has a file open, and says who else has; see [`crate::store::presence`].
    pub fn announce(&self, file: &Path) -> Option<OtherProcess> {
        let presence = self.folders.as_ref()?.presence();
        let is_going = |run, process| self.is_going(run, process);
        presence.announce(&self.saver(), file, self.run(), &self.now(), &is_going)
    }

    /// Notes that this run has closed a file.
    pub fn withdraw(&self, file: &Path) {
        if let Some(folders) = &self.folders {
            folders.presence().withdraw(self.fs(), file, self.run());
        }
    }

    /// The log file.
    pub fn log_file(&self) -> Log {
        Log::new(Arc::clone(&self.fs), self.folders.as_ref())
    }

    /// Adds a line to the log file. It never holds the content of a document.
    pub fn log(&self, level: Level, text: &str) {
        self.log_file().write(&self.now(), level, text);
    }

    /// Puts the user's own editions and maps of budget systems on their shelves, in the order of their file names.
    fn add_files_of_user(&mut self) {
        let Some(folders) = self.folders.clone() else {
            return;
        };
        for path in self.json_files(&folders.editions()) {
            let added = self.text_of_user(&path).and_then(|text| {
                let name = path.display().to_string();
                let shelf = self.editions.get_mut();
                let shelf = shelf.unwrap_or_else(PoisonError::into_inner);
                let added = Arc::make_mut(shelf).add_user(&name, &text);
                added.map(drop).map_err(|error| error.to_string())
            });
            self.problems.extend(added.err());
        }
        for path in self.json_files(&folders.systems()) {
            let added = self.text_of_user(&path).and_then(|text| {
                let name = path.display().to_string();
                let added = self.systems.add_user(&name, &text);
                added.map_err(|error| error.to_string())
            });
            self.problems.extend(added.err());
        }
        let refused = self.add_profiles();
        self.problems.extend(refused);
    }

    /// The JSON files in a folder by name. Without the folder there are none, which is the usual case.
    pub(super) fn json_files(&self, folder: &Path) -> Vec<PathBuf> {
        let mut names = self.fs.list(folder).unwrap_or_default();
        names.retain(|name| Path::new(name).extension() == Some(OsStr::new("json")));
        names.sort();
        names.into_iter().map(|name| folder.join(name)).collect()
    }

    /// The text of a file that a person wrote or was given.
    pub(super) fn text_of_user(&self, path: &Path) -> Result<String, String> {
        /// The largest file read, in bytes (4 MB); the program's own are some 20 KB.
        const LIMIT: u64 = 4 << 20;
        let file = crate::store::open(&*self.fs, path, LIMIT, self.clock.now().timestamp())
            .map_err(|error: StoreError| error.to_string())?;
        Ok(String::from_utf8_lossy(&file.bytes).into_owned())
    }
}

/// New ids, from wherever an environment is at hand.
impl IdSource for &Environment {
    fn next_id(&mut self) -> u64 {
        held(&self.ids).next_id()
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("user", &self.user)
            .field("fs", &self.fs)
            .field("folders", &self.folders)
            .finish_non_exhaustive()
    }
}

/// Reads in another process of this program. Where the system does not tell which program this is, files that need one are
/// refused, and all others are read.
fn reader_of_program(folders: Option<&Folders>) -> Box<dyn Aside + Send + Sync> {
    let folder = folders.map_or_else(std::env::temp_dir, Folders::scratch);
    match Apart::of_this_program(folder) {
        Ok(apart) => Box::new(apart),
        Err(error) => Box::new(NoReader(error)),
    }
}

/// There is no other process to read in.
struct NoReader(ReadError);

impl Aside for NoReader {
    fn read(&self, _: Kind, _: &[u8], _: &dyn Watch) -> Result<Content, ReadError> {
        Err(self.0.clone())
    }
}

/// Waiting for other programs is pointless where there are none.
struct NoSleep;

impl Sleeper for NoSleep {
    fn sleep(&self, _time: std::time::Duration) {}
}

/// The variable that Windows sets, then that of Unix.
fn user_name() -> String {
    std::env::var("USERNAME")
        .or_else(|_| std::env::var("USER"))
        .unwrap_or_default()
}

/// What Windows calls the computer, then what Linux does.
fn computer_name(fs: &dyn Fs) -> String {
    const LIMIT: u64 = 4096;
    let of_linux = || {
        let bytes = fs.read(Path::new("/etc/hostname"), LIMIT).ok()?;
        String::from_utf8(bytes).ok()
    };
    let name = std::env::var("COMPUTERNAME").ok().or_else(of_linux);
    name.unwrap_or_default().trim().to_owned()
}

/// Nothing is left half done under these locks, so a panic elsewhere does not spoil them.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
