//! The files that paths name, folders replaced by what lies in them.

use std::{
    collections::HashSet,
    ffi::OsStr,
    path::{Path, PathBuf},
};

use crate::store::{
    Fs,
    error::{reason, shown},
    fs::{FileInfo, FileKind},
};

/// How many folders deep files are looked for.
const DEPTH: usize = 3;

/// What is looked for in folders. What a person names itself is always taken.
pub struct Search<'a> {
    /// Files at most.
    pub most: usize,
    /// The endings of their names, in small letters.
    pub endings: &'a [&'a str],
    /// Whether to give it up.
    pub is_stopped: &'a dyn Fn() -> bool,
}

/// The files that were found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, in the order of their names in each folder.
    pub files: Vec<PathBuf>,
    /// Whether there are more than asked for.
    pub has_more: bool,
    /// How many files of no use lie in the folders: of other kinds, or left there by an office program.
    pub others: usize,
    /// Folders that could not be looked into, one sentence each.
    pub passed_over: Vec<String>,
    /// Where the files really are: one that is named twice is read once.
    known: HashSet<PathBuf>,
}

impl Search<'_> {
    /// The files that these paths name.
    pub fn below(&self, fs: &dyn Fs, paths: &[PathBuf]) -> Found {
        let mut found = Found::default();
        for path in paths {
            self.collect(fs, path, 0, &mut found);
        }
        found.has_more = found.files.len() > self.most;
        found.files.truncate(self.most);
        found
    }

    fn collect(&self, fs: &dyn Fs, path: &Path, depth: usize, found: &mut Found) {
        if found.files.len() > self.most || (self.is_stopped)() {
            return;
        }
        if !is_folder(fs, path) {
            let location = fs.resolve(path).unwrap_or_else(|_| path.to_path_buf());
            if found.known.insert(location) {
                found.files.push(path.to_path_buf());
            }
            return;
        }
        if depth > DEPTH {
            let folder = shown(path);
            found
                .passed_over
                .push(format!("文件夹超过 {DEPTH} 层，没有查看：{folder}"));
            return;
        }
        match fs.list(path) {
            Ok(mut names) => {
                names.sort();
                for name in names {
                    self.collect_in(fs, &path.join(&name), depth, found);
                }
            }
            Err(error) => {
                let (folder, reason) = (shown(path), reason(&error));
                found
                    .passed_over
                    .push(format!("文件夹打不开（{reason}），没有查看：{folder}"));
            }
        }
    }

    /// What lies in a folder: what has another ending is not what the person meant.
    fn collect_in(&self, fs: &dyn Fs, path: &Path, depth: usize, found: &mut Found) {
        let is_hidden = is_left_out(path.file_name().unwrap_or_default());
        if !is_hidden && (is_folder(fs, path) || self.wants(path)) {
            self.collect(fs, path, depth + 1, found);
        } else {
            found.others += 1;
        }
    }

    fn wants(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(OsStr::to_str);
        ending.is_some_and(|ending| self.endings.contains(&&*ending.to_ascii_lowercase()))
    }
}

fn is_folder(fs: &dyn Fs, path: &Path) -> bool {
    let is_folder = |info: FileInfo| info.kind == FileKind::Folder;
    fs.info(path).is_ok_and(is_folder)
}

/// Files that are none of the person's: hidden ones, and what Office leaves beside an open file (`~$…`).
fn is_left_out(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}
