//! The files that a save puts beside a file: their names, and removing those whose process is gone.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime},
};

use jiff::{Timestamp, civil::DateTime};

use super::{Fs, fs::ProcessMark};

/// How long a temporary file must lie untouched before it counts as left behind although its process is unknown here: it
/// belongs to another computer, or this system cannot tell. A save takes seconds.
pub const STALE_AFTER: Duration = Duration::from_hours(1);

/// The longest name that every common file system takes, in bytes of UTF-8.
pub(super) const LONGEST_NAME: usize = 255;

const TAG: &str = ".jiping-tmp-";

/// The name of a temporary file: `.名称.jiping-tmp-<machine>-<pid>-<n>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemporaryName {
    of: String,
    mark: ProcessMark,
    number: u64,
}

impl TemporaryName {
    /// A name beside `file` that this process has not used yet.
    pub fn beside(file: &Path, mark: ProcessMark) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self {
            of: split_name(file).0,
            mark,
            number: NEXT.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// Reads a name that this program gave; `None` for any other.
    pub fn parse(name: &str) -> Option<Self> {
        let (of, rest) = name.strip_prefix('.')?.rsplit_once(TAG)?;
        let mut parts = rest.split('-');
        let (machine, pid, number) = (parts.next()?, parts.next()?, parts.next()?);
        let parsed = Self {
            of: of.to_owned(),
            mark: ProcessMark {
                machine: u32::from_str_radix(machine, 16).ok()?,
                pid: pid.parse().ok()?,
            },
            number: number.parse().ok()?,
        };
        (parsed.to_string() == name).then_some(parsed)
    }
}

impl fmt::Display for TemporaryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ProcessMark { machine, pid } = self.mark;
        let ending = format!("{TAG}{machine:08x}-{pid}-{}", self.number);
        let of = shortened(&self.of, LONGEST_NAME - 1 - ending.len());
        write!(f, ".{of}{ending}")
    }
}

/// Removes what dead processes left in `folder` and says what was removed. Only files with a [`TemporaryName`] are touched,
/// and only if their process is known to be gone or they are older than [`STALE_AFTER`]. Failures are left for next time.
pub fn clean_leftovers(fs: &dyn Fs, folder: &Path, now: Timestamp) -> Vec<PathBuf> {
    let names = fs.list(folder).unwrap_or_default();
    let ours = names.iter().filter_map(|name| {
        let parsed = TemporaryName::parse(name.to_str()?)?;
        Some((folder.join(name), parsed))
    });
    ours.filter(|(path, name)| is_left_behind(fs, path, name, now) && fs.remove(path).is_ok())
        .map(|(path, _)| path)
        .collect()
}

fn is_left_behind(fs: &dyn Fs, path: &Path, name: &TemporaryName, now: Timestamp) -> bool {
    let here = fs.process();
    if name.mark.machine == here.machine
        && let Some(running) = fs.is_running(name.mark.pid)
        && name.mark.pid != here.pid
    {
        return !running;
    }
    let modified = fs.info(path).ok().and_then(|info| info.modified);
    modified
        .and_then(|modified| SystemTime::from(now).duration_since(modified).ok())
        .is_some_and(|age| age >= STALE_AFTER)
}

/// Where the content of a save goes that could not replace `file`: `名称（未能覆盖的保存 2025-03-01 14-30-05）.jiping`, with a
/// number from the second `attempt` on.
pub fn kept_beside(file: &Path, at: DateTime, attempt: u32) -> PathBuf {
    let again = match attempt {
        0 => String::new(),
        n => format!(" {}", n + 1),
    };
    let (stem, extension) = split_name(file);
    let ending = format!("（未能覆盖的保存 {}{again}）{extension}", time_in_name(at));
    let room = LONGEST_NAME.saturating_sub(ending.len());
    file.with_file_name(format!("{}{ending}", shortened(&stem, room)))
}

/// A time that may stand in a file name everywhere (no colons): `2025-03-01 14-30-05`.
pub(super) fn time_in_name(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H-%M-%S").to_string()
}

/// The longest beginning of `text` that takes at most `bytes` bytes and cuts no character.
pub(super) fn shortened(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// The name of a file before and from its last dot. A very long "extension" is no extension but part of the name.
pub(super) fn split_name(file: &Path) -> (String, String) {
    const LONGEST_EXTENSION: usize = 16;
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    match text(file.extension()) {
        extension if extension.is_empty() || extension.len() > LONGEST_EXTENSION => {
            (text(file.file_name()), String::new())
        }
        extension => (text(file.file_stem()), format!(".{extension}")),
    }
}
