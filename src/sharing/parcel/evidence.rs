//! Files of evidence as they are when a parcel is made: there, changed since they were registered, or missing.

use std::path::{Component, Path, PathBuf};

use crate::{
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        path::{CellPath, IndicatorField, Place},
        project::{Evidence, Project},
    },
    store::{Fingerprint, Fs},
};

/// Bytes of one file of evidence at most (48 MB): the reader of parcels takes no larger one.
pub const LARGEST: u64 = 48 << 20;
/// Bytes of all of them together at most (120 MB).
pub const ALL: u64 = 120 << 20;
/// How many at most.
pub const MOST: usize = 1_500;

/// How a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// No file was named.
    Unnamed,
    /// It is there, so many bytes long.
    There(u64),
    /// It is not there.
    Missing,
    /// Its path leads out of the folder of the document: it is not looked at.
    Outside,
    /// It is larger than what is taken.
    TooLarge,
}

/// A file of evidence.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The project.
    pub project: Id<Project>,
    /// The evidence.
    pub evidence: Evidence,
    /// What it proves, in words.
    pub proves: String,
    /// Where it lies; `None` where that cannot be told.
    pub path: Option<PathBuf>,
    /// How it is.
    pub state: State,
}

/// The evidence of a project.
pub fn of<'a>(
    project: &'a Project,
    edition: &'a Edition,
) -> impl Iterator<Item = (&'a Evidence, String)> {
    project.evidence.iter().map(|evidence| {
        let at = evidence.indicator.map(|row| CellPath {
            project: project.id,
            place: Place::Indicator(row, IndicatorField::Name),
        });
        let view = project
            .rows()
            .find(|view| Some(view.indicator.id) == evidence.indicator);
        let proves = match (at, view) {
            (Some(_), Some(view)) => format!("{} {}", view.group.name(), view.indicator.name),
            (Some(at), None) => at.in_words(project, edition),
            (None, _) => "整个项目".to_owned(),
        };
        (&**evidence, proves)
    })
}

/// Where a file of evidence lies: beside the document, in its folder or below. A document may come from anybody, and its
/// evidence may name any file of this computer: what leads elsewhere is not packed.
pub fn path_of(evidence: &Evidence, folder: &Path) -> Option<PathBuf> {
    let named = evidence.file.replace('\\', "/");
    let relative = Path::new(&named);
    let is_below = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let has_drive = named.contains(':');
    (is_below && !has_drive && !named.is_empty()).then(|| folder.join(relative))
}

/// All evidence of these projects, looked up in `folder`; without one no file is found.
pub fn look_up(
    document: &Document,
    editions: &[(&Project, &Edition)],
    folder: Option<&Path>,
    fs: &dyn Fs,
) -> Vec<Registered> {
    let mut found = Vec::new();
    for (project, edition) in editions {
        if document.project(project.id).is_none() {
            continue;
        }
        for (evidence, proves) in of(project, edition) {
            let path = folder.and_then(|folder| path_of(evidence, folder));
            let state = match (&path, evidence.file.trim()) {
                (_, "") => State::Unnamed,
                (None, _) if folder.is_some() => State::Outside,
                (None, _) => State::Missing,
                (Some(path), _) => state_of(path, folder, fs),
            };
            found.push(Registered {
                project: project.id,
                evidence: evidence.clone(),
                proves,
                path,
                state,
            });
        }
    }
    found
}

fn state_of(path: &Path, folder: Option<&Path>, fs: &dyn Fs) -> State {
    use crate::store::fs::FileKind;
    let Ok(info) = fs.info(path) else {
        return State::Missing;
    };
    // A link below the folder may lead out of it.
    let root = folder.and_then(|folder| fs.resolve(folder).ok());
    let is_below = fs
        .resolve(path)
        .is_ok_and(|at| root.is_none_or(|root| at.starts_with(root)));
    match info.kind {
        _ if !is_below => State::Outside,
        FileKind::File if info.length > LARGEST => State::TooLarge,
        FileKind::File => State::There(info.length),
        FileKind::Folder | FileKind::Other => State::Missing,
    }
}

impl Registered {
    /// How it is, in words; `read` is the content where it was read.
    pub fn in_words(&self, read: Option<Fingerprint>) -> &'static str {
        match (&self.state, read) {
            (State::Unnamed, _) => "未登记文件",
            (State::Missing, _) => "找不到",
            (State::Outside, _) => "不在文件所在的文件夹内",
            (State::TooLarge, _) => "超过 48 MB",
            (State::There(_), Some(read)) if !self.is_as_registered(read) => "与登记时不同",
            (State::There(_), _) => "在",
        }
    }

    /// Whether the content is that which was registered; where no hash was, it counts as such.
    pub fn is_as_registered(&self, read: Fingerprint) -> bool {
        let hash = self.evidence.hash.trim();
        hash.is_empty() || read.hex().starts_with(&hash.to_ascii_lowercase())
    }
}
