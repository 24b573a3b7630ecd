//! Whether files are still what was registered, and what they are when they are registered. Called in a job's thread: files may
//! be large and lie on a slow share.

use std::{
    collections::HashMap,
    fmt,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{Line, place::written};
use crate::{
    model::{id::Id, project::Evidence},
    store::{
        Fingerprint, Fs,
        error::{reason, shown},
        fs::{FileInfo, FileKind},
    },
};

/// The largest file that is read, in bytes (4 GB).
pub const LARGEST: u64 = 4 << 30;

/// How it is with a registered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// 在: it is what was registered.
    Present,
    /// 已改动: it is there, with another content.
    Changed,
    /// 找不到: there is no file.
    Missing,
    /// 未登记校验码: it is there, and was not read when it was registered.
    Unregistered,
    /// 读不出来: whether it is there, or what it is, cannot be told, and why. A share that is away is no change.
    Unreadable(String),
}

impl State {
    /// Whether the file can be shown with the form: it is there, and nothing says that it is another.
    pub fn is_sound(&self) -> bool {
        matches!(self, Self::Present | Self::Unregistered)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Present => "在",
            Self::Changed => "已改动",
            Self::Missing => "找不到",
            Self::Unregistered => "未登记校验码",
            Self::Unreadable(_) => "读不出来",
        })
    }
}

/// The states of files by what is registered.
pub type States = HashMap<Id<Evidence>, State>;

/// Looks at all files. `begun` is told before each; `go_on` is asked between them and while one is read.
pub fn check(
    fs: &dyn Fs,
    lines: &[Line],
    begun: &dyn Fn(usize, &Line),
    go_on: &dyn Fn() -> bool,
) -> States {
    let mut states = States::new();
    for (number, line) in lines.iter().enumerate() {
        if !go_on() {
            break;
        }
        begun(number, line);
        if let Some(state) = state(fs, line, go_on) {
            states.insert(line.evidence.id, state);
        }
    }
    states
}

/// How it is with one file; `None` where it was given up.
fn state(fs: &dyn Fs, line: &Line, go_on: &dyn Fn() -> bool) -> Option<State> {
    let Some(path) = &line.path else {
        return Some(State::Missing);
    };
    let info = match fs.info(path) {
        Ok(FileInfo {
            kind: FileKind::File,
            length,
            ..
        }) => length,
        Ok(_) => return Some(State::Missing),
        Err(error) if is_absence(error.kind()) => return Some(State::Missing),
        Err(error) => return Some(State::Unreadable(reason(&error))),
    };
    let Some(registered) = line.evidence.fingerprint() else {
        return Some(State::Unregistered);
    };
    if info != registered.length() {
        return Some(State::Changed);
    }
    match fs.fingerprint(path, LARGEST, go_on) {
        Ok(found) if found == registered => Some(State::Present),
        Ok(_) => Some(State::Changed),
        Err(error) if error.kind() == ErrorKind::Interrupted => None,
        Err(error) if is_absence(error.kind()) => Some(State::Missing),
        Err(error) => Some(State::Unreadable(reason(&error))),
    }
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// A file as it is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Where it is.
    pub path: PathBuf,
    /// How that is written into the document.
    pub file: String,
    /// 材料名称 that is proposed: the name without its ending.
    pub title: String,
    /// What it is; `None` where it could not be read.
    pub fingerprint: Option<Fingerprint>,
    /// Why it could not be read, in a sentence.
    pub problem: Option<String>,
}

/// Reads a file that is to be registered in a document in `folder`.
///
/// # Errors
///
/// Why it cannot be registered at all, in a sentence, or an empty one where it was given up.
pub fn register(
    fs: &dyn Fs,
    path: &Path,
    folder: Option<&Path>,
    go_on: &dyn Fn() -> bool,
) -> Result<Registered, String> {
    let refused = |why: &str| format!("{why}，没有登记。文件：{}", shown(path));
    let location = fs
        .resolve(path)
        .map_err(|error| refused(&format!("文件读不出来（{}）", reason(&error))))?;
    let info = fs
        .info(&location)
        .map_err(|error| refused(&format!("文件读不出来（{}）", reason(&error))))?;
    if info.kind != FileKind::File {
        return Err(refused("这是文件夹，请选择其中的文件"));
    }
    let file = written(&location, folder);
    let file = file.ok_or_else(|| refused("文件名中有认不出的字符，请先改名"))?;
    let (fingerprint, problem) = match fs.fingerprint(&location, LARGEST, go_on) {
        Ok(fingerprint) => (Some(fingerprint), None),
        Err(error) if error.kind() == ErrorKind::Interrupted => return Err(String::new()),
        Err(error) => {
            let problem = format!(
                "已登记，但内容读不出来（{}），以后无法核对是否改动。文件：{}",
                reason(&error),
                shown(path)
            );
            (None, Some(problem))
        }
    };
    let title = location.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Registered {
        title: title.into_owned(),
        path: location,
        file,
        fingerprint,
        problem,
    })
}

impl Registered {
    /// The file as evidence with this id, under the title that is proposed.
    pub fn evidence(&self, id: Id<Evidence>) -> Evidence {
        Evidence {
            id,
            indicator: None,
            title: self.title.clone(),
            file: self.file.clone(),
            hash: self.fingerprint.map_or_else(String::new, |one| one.hex()),
            length: self.fingerprint.map_or(0, |one| one.length()),
            unknown: Default::default(),
        }
    }

    /// What was registered before, with where the file is now and what it is now.
    pub fn again(&self, known: &Evidence) -> Evidence {
        Evidence {
            indicator: known.indicator,
            title: known.title.clone(),
            unknown: known.unknown.clone(),
            ..self.evidence(known.id)
        }
    }
}
