//! Import: files, folders or pasted text are read and recognised in the background; what a person chose of it becomes one
//! step of the open document.

use std::{
    collections::HashSet,
    ffi::OsStr,
    io::{self, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};

pub use super::progress::{Moment, Progress};

use super::{
    environment::Environment,
    found::{Found, Search},
    jobs::words_of,
    session::Session,
};
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
    },
    model::{figure::MoneyUnit, id::Id, project::Project},
    store::{
        Fs,
        editions::EditionShelf,
        error::{reason, shown},
    },
};

/// Files of one import at most.
const FILES: usize = 500;
/// The endings of office files: those that are read, and those of which is said how to convert them.
pub const ENDINGS: &[&str] = &[
    "xlsx", "xlsm", "xltx", "xls", "xlt", "xlsb", "ods", "et", "ett", "csv", "tsv", "txt", "docx",
    "docm", "doc", "wps", "odt", "rtf", "pdf",
];

/// Whether a file is another program's, by its name.
pub fn is_office_file(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending.to_ascii_lowercase()))
}

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Files, and folders with all files in them.
    Paths(Vec<PathBuf>),
    /// Text that was pasted.
    Text(String),
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
            let found = found(environment.fs(), paths, progress);
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
    content_of(environment, &bytes_of(environment, path)?, name, progress)
}

/// The bytes of a file, or why there are none, in words.
pub(super) fn bytes_of(environment: &Environment, path: &Path) -> Result<Vec<u8>, String> {
    let bytes = environment.fs().read(path, limits::FILE as u64);
    bytes.map_err(|error| not_read(&error, path))
}

/// What stands in a file, or why it cannot be read, in words.
pub(super) fn content_of(
    environment: &Environment,
    bytes: &[u8],
    name: &str,
    progress: &Progress,
) -> Result<Content, String> {
    let reader = environment.reader();
    guarded(|| read::read(bytes, name, reader, progress)).map_err(|error| error.to_string())
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

/// The files that are to be read, and what is said of the others.
pub(super) fn found(fs: &dyn Fs, paths: &[PathBuf], progress: &Progress) -> Found {
    let search = Search {
        most: FILES,
        endings: ENDINGS,
        is_stopped: &|| progress.is_stopped(),
    };
    let mut found = search.below(fs, paths);
    if found.has_more {
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
