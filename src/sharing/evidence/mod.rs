//! 佐证材料: the register of files that prove results. Where each lies ([`place`]), whether it is still what was registered
//! ([`check`]), where it went ([`find`]), which indicators have none ([`completeness`]), and the 登记表 ([`sheet`]).

pub mod check;
pub mod completeness;
pub mod find;
pub mod place;
pub mod sheet;

use std::path::{Path, PathBuf};

use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        id::Id,
        indicator::Indicator,
        project::{Evidence, Project},
        typed::trim,
    },
    store::{Fingerprint, Fs},
};

/// A registered file, with all that lists and parcels need of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The project.
    pub project: Id<Project>,
    /// The project as lists name it.
    pub project_name: String,
    /// The indicator it proves as lists name it; `None` for the project as a whole.
    pub indicator: Option<String>,
    /// What is registered.
    pub evidence: Evidence,
    /// Where it lies on this computer; `None` where that cannot be told, as the document has no file yet.
    pub path: Option<PathBuf>,
}

impl Line {
    /// The file's name without folders.
    pub fn file_name(&self) -> &str {
        let file = self.evidence.file.as_str();
        file.rsplit('/').next().unwrap_or(file)
    }

    /// 材料名称; the file's name where none was given.
    pub fn title(&self) -> &str {
        match trim(&self.evidence.title) {
            "" => self.file_name(),
            title => title,
        }
    }
}

impl Evidence {
    /// What the file was when it was registered; `None` where it was not read then.
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        Fingerprint::from_parts(self.length, &self.hash)
    }
}

/// The folder of a document's file, links followed; `None` for a document without one.
pub fn folder_of(fs: &dyn Fs, document: Option<&Path>) -> Option<PathBuf> {
    let location = fs.resolve(document?).ok()?;
    location.parent().map(Path::to_path_buf)
}

/// All registered files, by project and then in the order of the form; `folder` is that of the document.
pub fn lines(document: &Document, folder: Option<&Path>) -> Vec<Line> {
    let mut lines = Vec::new();
    for project in document.projects.iter() {
        lines.extend(lines_of(project, folder));
    }
    lines
}

/// The registered files of one project.
pub fn lines_of(project: &Project, folder: Option<&Path>) -> Vec<Line> {
    let order: Vec<Id<Indicator>> = project.rows().map(|view| view.indicator.id).collect();
    let at = |one: &Evidence| {
        let row = one.indicator?;
        order.iter().position(|known| *known == row)
    };
    let mut evidence: Vec<&Evidence> = project.evidence.iter().map(|one| &**one).collect();
    // Those of the whole project stand last.
    evidence.sort_by_key(|one| at(one).unwrap_or(usize::MAX));
    let line = |one: &Evidence| Line {
        project: project.id,
        project_name: project.shown_name().to_owned(),
        indicator: one.indicator.and_then(|id| {
            let view = project.rows().find(|view| view.indicator.id == id)?;
            Some(match trim(&view.indicator.name) {
                "" => format!("{} 第{}行", view.group.name(), view.number),
                name => name.to_owned(),
            })
        }),
        path: place::located(&one.file, folder),
        evidence: one.clone(),
    };
    evidence.into_iter().map(line).collect()
}

/// The change by which files are found from another folder: the document goes from one folder to another, `None` being a
/// document without a file. `None` where nothing changes.
pub fn moved(document: &Document, from: Option<&Path>, to: Option<&Path>) -> Option<EditCommand> {
    let mut commands = Vec::new();
    for project in document.projects.iter() {
        let files = project.evidence.iter().filter_map(|one| {
            let path = place::located(&one.file, from)?;
            let file = place::written(&path, to)?;
            (file != one.file).then_some((one.id, file))
        });
        let files: Vec<(Id<Evidence>, String)> = files.collect();
        if !files.is_empty() {
            let project = project.id;
            commands.push(EditCommand::MoveEvidence { project, files });
        }
    }
    (!commands.is_empty()).then(|| EditCommand::Many {
        label: "改写 佐证材料的位置".into(),
        commands,
    })
}
