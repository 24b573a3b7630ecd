//! Files that projects come from, and what a review copy says of them.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::store::Fingerprint;

/// As many digits of a fingerprint as tell versions apart for people.
const DIGITS: usize = 8;

/// A file that projects come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name without folder.
    pub name: String,
    /// The path as the person wrote it; `None` if it has no file yet.
    pub path: Option<PathBuf>,
    /// What its content is; `None` if it is nowhere on the disk.
    pub fingerprint: Option<Fingerprint>,
}

impl Source {
    /// The file at `path` with this content.
    pub fn of_file(path: &Path, fingerprint: Option<Fingerprint>) -> Self {
        let name = path.file_name().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            path: Some(path.to_path_buf()),
            fingerprint,
        }
    }

    /// A document without a file.
    pub fn unnamed() -> Self {
        Self {
            name: "未命名".into(),
            path: None,
            fingerprint: None,
        }
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> String {
        let stem = Path::new(&self.name).file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }
}

/// The names of the files that these are, each counted once, and 8 digits that change when any of their contents does; in
/// their place 未保存 if one has content that is nowhere on the disk.
pub fn identity<'a>(sources: impl Iterator<Item = &'a Arc<Source>>) -> (String, String) {
    let mut seen = HashSet::new();
    let sources: Vec<&Source> = sources
        .map(Arc::as_ref)
        .filter(|source| seen.insert((&source.path, &source.name)))
        .collect();
    let name = match sources.as_slice() {
        [] => String::new(),
        [only] => only.name.clone(),
        [first, ..] => format!("{}等{}个文件", first.name, sources.len()),
    };
    let hexes = sources.iter().map(|source| Some(source.fingerprint?.hex()));
    let hexes: Option<Vec<String>> = hexes.collect();
    let mut revision = match hexes.as_deref() {
        None | Some([]) => return (name, "未保存".into()),
        Some([only]) => only.clone(),
        Some(several) => Fingerprint::of(several.concat().as_bytes()).hex(),
    };
    revision.truncate(DIGITS);
    (name, revision)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, content: Option<&str>) -> Arc<Source> {
        let content = content.map(|content| Fingerprint::of(content.as_bytes()));
        Arc::new(Source::of_file(Path::new(path), content))
    }

    #[test]
    fn every_file_counts_once() {
        let (a, b) = (
            source("甲.jiping", Some("1")),
            source("乙.jiping", Some("2")),
        );
        let (name, revision) = identity([&a, &b, &a].into_iter());
        assert_eq!(name, "甲.jiping等2个文件");
        assert_eq!(revision, identity([&a, &b].into_iter()).1);
        let changed = source("乙.jiping", Some("3"));
        assert_ne!(revision, identity([&a, &changed].into_iter()).1);
        let (name, revision) = identity([&a, &a].into_iter());
        assert_eq!(name, "甲.jiping");
        assert!(Fingerprint::of(b"1").hex().starts_with(&revision));
        assert_eq!(revision.len(), DIGITS);
    }

    #[test]
    fn content_that_is_nowhere_has_no_revision() {
        let (a, unsaved) = (source("甲.jiping", Some("1")), source("乙.jiping", None));
        assert_eq!(identity([&unsaved].into_iter()).1, "未保存");
        assert_eq!(identity([&a, &unsaved].into_iter()).1, "未保存");
    }
}
