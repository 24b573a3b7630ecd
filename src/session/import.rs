//! Import: files, folders or pasted text are read and recognised in the background; what a person chose of it becomes one
//! step of the open document.

use std::{
    collections::HashSet,
    ffi::OsStr,
    io::{self, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::{environment::Environment, jobs::words_of, session::Session};
use crate::{
    edit::refusal::Refusal,
    exchange::{
        account,
        error::{Excess, ReadError},
        grid::{Content, Place},
        limits, read,
        recognise::{self, File, Recognised, Wishes},
        report::{Entry, Fate, Report, Source as At},
        step::{self, Take},
        watch::Watch,
    },
    model::{figure::MoneyUnit, id::Id, project::Project},
    store::{
        Fs,
        editions::EditionShelf,
        error::{reason, shown},
        fs::{FileInfo, FileKind},
    },
};

/// Files of one import at most.
const FILES: usize = 500;
/// How many folders deep files are looked for.
const DEPTH: usize = 3;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Files, and folders with all files in them.
    Paths(Vec<PathBuf>),
    /// Text that was pasted.
    Text(String),
}

/// How far the reading is, and whether it is still wanted; shared between the job and whoever waits.
#[derive(Debug, Default)]
pub struct Progress {
    stopped: AtomicBool,
    file: AtomicU32,
    files: AtomicU32,
    thousandths: AtomicU32,
    name: Mutex<String>,
}

/// How far the reading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The number of the file, from 0.
    pub file: usize,
    /// How many files there are.
    pub files: usize,
    /// How much of the file is read, in thousandths.
    pub thousandths: u32,
    /// The name of the file.
    pub name: String,
}

impl Progress {
    /// Gives the reading up.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it was given up.
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How far it is now.
    pub fn now(&self) -> Moment {
        Moment {
            file: self.file.load(Ordering::Relaxed) as usize,
            files: self.files.load(Ordering::Relaxed) as usize,
            thousandths: self.thousandths.load(Ordering::Relaxed),
            name: self
                .name
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }

    fn begin(&self, file: usize, files: usize, name: &str) {
        // Some hundred at most.
        self.file
            .store(u32::try_from(file).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.files
            .store(u32::try_from(files).unwrap_or(u32::MAX), Ordering::Relaxed);
        self.thousandths.store(0, Ordering::Relaxed);
        name.clone_into(&mut self.name.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Moment {
    /// How much of all files is read, from 0 to 1.
    pub fn share(&self) -> f32 {
        let files = self.files.max(1) as f32;
        (self.file as f32 + self.thousandths as f32 / 1000.0) / files
    }
}

impl Watch for Progress {
    fn stopped(&self) -> Option<ReadError> {
        self.is_stopped().then_some(ReadError::Cancelled)
    }

    fn reached(&self, thousandths: u32) {
        self.thousandths.store(thousandths, Ordering::Relaxed);
    }
}

/// What was read, file by file. One that cannot be read is there too, without content.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The files.
    pub files: Vec<File>,
    /// What cannot be read, by the number of its file, with why.
    pub refused: Vec<(usize, String)>,
    /// What was passed over, one sentence each: more files than are read at once, folders that cannot be listed.
    pub passed_over: Vec<String>,
}

impl Gathered {
    fn add(&mut self, name: &str, content: Result<Content, String>) {
        let content = content.unwrap_or_else(|why| {
            self.refused.push((self.files.len(), why));
            Content::default()
        });
        self.files.push(File {
            name: name.to_owned(),
            content: Arc::new(content),
        });
    }

    /// What became of every cell. Of a file that cannot be read there is nothing to say but that.
    pub fn entries<'r>(&self, recognised: &'r Recognised) -> impl Iterator<Item = &'r Entry> {
        let refused: HashSet<usize> = self.refused.iter().map(|(file, _)| *file).collect();
        let entries = recognised.report.entries.iter();
        entries.filter(move |entry| !refused.contains(&entry.source.file))
    }

    /// The report on everything: what cannot be read first, then what became of every cell.
    pub fn report(&self, recognised: &Recognised) -> Report {
        let refused = self.refused.iter().map(|(file, why)| {
            let name = self.files.get(*file).map_or("", |file| file.name.as_str());
            whole(*file, Fate::Refused, name, why)
        });
        let passed_over = self.passed_over.iter();
        let passed_over = passed_over.map(|why| whole(self.files.len(), Fate::Ignored, "", why));
        Report {
            entries: refused
                .chain(passed_over)
                .chain(self.entries(recognised).cloned())
                .collect(),
        }
    }
}

/// An entry about a whole file.
fn whole(file: usize, fate: Fate, name: &str, note: &str) -> Entry {
    Entry {
        fate,
        source: At {
            file,
            grid: 0,
            place: None,
        },
        text: name.to_owned(),
        target: None,
        field: String::new(),
        note: note.to_owned(),
    }
}

/// Reads everything that `source` names. Called in a job's thread: files may lie on a slow share.
pub fn gather(environment: &Environment, source: &Source, progress: &Progress) -> Gathered {
    let mut gathered = Gathered::default();
    match source {
        Source::Text(text) => {
            progress.begin(0, 1, "粘贴的内容");
            let content = guarded(|| read::read_pasted(text, progress));
            gathered.add("", content.map_err(|error| error.to_string()));
        }
        Source::Paths(paths) => {
            let found = Found::below(environment.fs(), paths, progress);
            for (number, path) in found.files.iter().enumerate() {
                if progress.is_stopped() {
                    break;
                }
                let name = path.file_name().unwrap_or(path.as_os_str());
                let name = name.to_string_lossy();
                progress.begin(number, found.files.len(), &name);
                gathered.add(&name, read_file(environment, path, &name, progress));
            }
            gathered.passed_over = found.passed_over;
        }
    }
    gathered
}

fn read_file(
    environment: &Environment,
    path: &Path,
    name: &str,
    progress: &Progress,
) -> Result<Content, String> {
    let bytes = environment.fs().read(path, limits::FILE as u64);
    let bytes = bytes.map_err(|error| not_read(&error, path))?;
    let reader = environment.reader();
    guarded(|| read::read(&bytes, name, reader, progress)).map_err(|error| error.to_string())
}

/// A fault of a parser costs this file and no other.
fn guarded(read: impl FnOnce() -> Result<Content, ReadError>) -> Result<Content, ReadError> {
    // What was being read is dropped whole, so nothing half done is seen afterwards.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Err(ReadError::Crashed(words_of(&*panic))))
}

fn not_read(error: &io::Error, path: &Path) -> String {
    let path = shown(path);
    match error.kind() {
        ErrorKind::FileTooLarge => ReadError::TooLarge(Excess::File).to_string(),
        ErrorKind::NotFound => {
            format!("找不到文件，没有导入任何内容。请确认文件还在原处。文件：{path}")
        }
        _ => format!(
            "文件读不出来（{}），没有导入任何内容。请关闭正在使用它的程序，或把它复制到本机后再导入。文件：{path}",
            reason(error)
        ),
    }
}

/// The files that are to be read.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    passed_over: Vec<String>,
    /// Files of no use in folders: of other kinds, or left there by an office program.
    others: usize,
    /// Where the files really are: one that is named twice is read once.
    known: HashSet<PathBuf>,
}

impl Found {
    /// The files that paths name, folders replaced by what lies in them, in the order of their names.
    fn below(fs: &dyn Fs, paths: &[PathBuf], progress: &Progress) -> Self {
        let mut found = Self::default();
        for path in paths {
            found.collect(fs, path, 0, progress);
        }
        if found.files.len() > FILES {
            found.files.truncate(FILES);
            found.passed_over.push(format!(
                "文件超过 {FILES} 个，只读取了前 {FILES} 个。请把其余的分几次导入。"
            ));
        }
        if found.others > 0 {
            let others = found.others;
            found.passed_over.push(format!(
                "文件夹中另有 {others} 个临时文件或其他类型的文件，没有读取。"
            ));
        }
        found
    }

    fn collect(&mut self, fs: &dyn Fs, path: &Path, depth: usize, progress: &Progress) {
        if self.files.len() > FILES || progress.is_stopped() {
            return;
        }
        let is_folder = |info: FileInfo| info.kind == FileKind::Folder;
        if !fs.info(path).is_ok_and(is_folder) {
            let location = fs.resolve(path).unwrap_or_else(|_| path.to_path_buf());
            if self.known.insert(location) {
                self.files.push(path.to_path_buf());
            }
            return;
        }
        if depth > DEPTH {
            let folder = shown(path);
            self.passed_over
                .push(format!("文件夹超过 {DEPTH} 层，没有查看：{folder}"));
            return;
        }
        match fs.list(path) {
            Ok(mut names) => {
                names.sort();
                for name in names {
                    self.collect_in(fs, &path.join(&name), depth, progress);
                }
            }
            Err(error) => {
                let (folder, reason) = (shown(path), reason(&error));
                self.passed_over
                    .push(format!("文件夹打不开（{reason}），没有查看：{folder}"));
            }
        }
    }

    /// What lies in a folder: what cannot be an office file is not what the person meant.
    fn collect_in(&mut self, fs: &dyn Fs, path: &Path, depth: usize, progress: &Progress) {
        let is_folder = |info: FileInfo| info.kind == FileKind::Folder;
        let is_hidden = is_left_out(path.file_name().unwrap_or_default());
        if !is_hidden && (fs.info(path).is_ok_and(is_folder) || is_office_file(path)) {
            self.collect(fs, path, depth + 1, progress);
        } else {
            self.others += 1;
        }
    }
}

/// Whether a file's name is that of an office file: one that is read, or one of which is said how to convert it.
fn is_office_file(path: &Path) -> bool {
    const ENDINGS: [&str; 19] = [
        "xlsx", "xlsm", "xltx", "xls", "xlt", "xlsb", "ods", "et", "ett", "csv", "tsv", "txt",
        "docx", "docm", "doc", "wps", "odt", "rtf", "pdf",
    ];
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending.to_ascii_lowercase()))
}

/// Files that are none of the person's: hidden ones, and what Office leaves beside an open file (`~$…`).
fn is_left_out(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}

/// Recognises what was read, on the editions of `shelf`: those of the open document, where one is open. Called in a job's
/// thread.
pub fn recognise(
    environment: &Environment,
    shelf: &EditionShelf,
    gathered: &Gathered,
    wishes: &Wishes,
) -> Recognised {
    let mut ids = environment;
    recognise::recognise(&gathered.files, shelf, wishes, &mut ids)
}

/// What came of taking an import into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The first project that is new or changed.
    pub first: Option<Id<Project>>,
    /// What was done, for the message: "已导入 3 个项目".
    pub said: String,
    /// What has no place in the document or was guessed, one sentence each.
    pub left_out: Vec<String>,
    /// The same for the report.
    pub entries: Vec<Entry>,
}

/// Takes what was chosen of an import into the open document, as one step. Where nothing was chosen, nothing is done.
///
/// # Errors
///
/// A [`Refusal`]; nothing was changed then.
pub fn take(
    session: &mut Session,
    gathered: &Gathered,
    recognised: &Recognised,
    taking: &[Take],
    unit: Option<MoneyUnit>,
) -> Result<Taken, Refusal> {
    let files = &gathered.files;
    let shelf = session.editions().shelf();
    let import = step::step(session.document(), shelf, files, recognised, taking, unit)?;
    session.edit(&import.command)?;
    let sentence = |entry: &Entry| {
        let place = entry.source.place.map_or_else(String::new, Place::name);
        let name = account::name_of(files, &entry.source);
        match &*entry.text {
            "" => format!("{name}：{}", entry.note),
            text => format!("{name} {place}“{text}”：{}", entry.note),
        }
    };
    Ok(Taken {
        first: import.first,
        said: format!("已{}", import.command.label()),
        left_out: import.entries.iter().map(sentence).collect(),
        entries: import.entries,
    })
}
