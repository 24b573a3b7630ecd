//! Where files went: in a folder, those with the content that was registered.

use std::{
    collections::{HashMap, HashSet},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{Line, check::LARGEST};
use crate::{
    model::{id::Id, project::Evidence},
    store::{Fingerprint, Fs, fs::FileKind},
};

/// Files that are looked at, at most.
const FILES: usize = 20_000;
/// How many folders deep files are looked for.
const DEPTH: usize = 6;

/// Files that were found again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// What is registered, and where its file is now.
    pub files: Vec<(Id<Evidence>, PathBuf)>,
    /// How many files were looked at.
    pub seen: usize,
    /// Whether there were more files than are looked at.
    pub has_more: bool,
}

/// Looks for the files of `lines` below a folder: by their content, and those that were registered without one by their names.
/// Only files as long as one of them are read.
pub fn find(fs: &dyn Fs, folder: &Path, lines: &[Line], go_on: &dyn Fn() -> bool) -> Found {
    let mut found = Found::default();
    let mut files = Vec::new();
    collect(fs, folder, 0, &mut files, &mut found, go_on);
    found.seen = files.len();
    let lengths: HashSet<u64> = lines
        .iter()
        .filter_map(|line| Some(line.evidence.fingerprint()?.length()))
        .collect();
    let mut by_content: HashMap<Fingerprint, &Path> = HashMap::new();
    for (path, _) in files.iter().filter(|(_, length)| lengths.contains(length)) {
        match fs.fingerprint(path, LARGEST, go_on) {
            Ok(fingerprint) => drop(by_content.entry(fingerprint).or_insert(path)),
            Err(error) if error.kind() == ErrorKind::Interrupted => return found,
            // It cannot be the one if it cannot be read.
            Err(_) => {}
        }
    }
    for line in lines {
        let path = match line.evidence.fingerprint() {
            Some(fingerprint) => by_content.get(&fingerprint).copied(),
            None => only_named(&files, line.file_name()),
        };
        if let Some(path) = path {
            found.files.push((line.evidence.id, path.to_path_buf()));
        }
    }
    found
}

/// The only file of this name.
fn only_named<'f>(files: &'f [(PathBuf, u64)], name: &str) -> Option<&'f Path> {
    let is_named = |path: &Path| path.file_name().is_some_and(|own| own == name);
    let mut named = files.iter().filter(|(path, _)| is_named(path));
    match (named.next(), named.next()) {
        (Some((only, _)), None) => Some(only),
        _ => None,
    }
}

fn collect(
    fs: &dyn Fs,
    folder: &Path,
    depth: usize,
    files: &mut Vec<(PathBuf, u64)>,
    found: &mut Found,
    go_on: &dyn Fn() -> bool,
) {
    let Ok(mut names) = fs.list(folder) else {
        return;
    };
    names.sort();
    for name in names {
        if files.len() >= FILES {
            found.has_more = true;
            return;
        }
        if !go_on() {
            return;
        }
        let path = folder.join(name);
        match fs.info(&path) {
            Ok(info) if info.kind == FileKind::File => files.push((path, info.length)),
            Ok(info) if info.kind == FileKind::Folder && depth < DEPTH => {
                collect(fs, &path, depth + 1, files, found, go_on);
            }
            _ => {}
        }
    }
}
