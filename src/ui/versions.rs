//! 历史版本: what was kept of a file before each save, how the present differs from it, and the ways back. Reading is a job;
//! the list is there at once, and what the versions hold follows one after another.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    action::{Action, Next},
    app::{App, JobKind, JobResult},
    desk::Desk,
    dialogs::{unreadable::Unreadable, versions::VersionsDialog},
    files::Purpose,
};
use crate::{
    model::document::Document,
    session::{
        jobs::Wanted,
        print::files::file_name,
        session::OpenError,
        versions::{FileVersions, Look, Version, open_version, restoring},
    },
    store::{Backup, StoreError, format::Opened, lineage::Lineage},
};

/// What the dialog asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionsAction {
    /// Show those of a file that cannot be opened.
    ShowOf(PathBuf),
    /// Open this one as a document of its own.
    OpenCopy(usize),
    /// Put this one in the place of the open document, or of the file that cannot be opened.
    Restore(usize),
    /// Ask where to write this one.
    SaveAs(usize),
    /// Look into no more of them.
    Stop,
}

/// The versions that are shown.
#[derive(Default)]
pub struct Versions {
    shown: Option<Shown>,
    /// Tells what an earlier list is still being looked into.
    turn: u64,
}

struct Shown {
    of: Of,
    list: List,
    is_looking: bool,
    is_fetching: bool,
}

/// Whose versions they are.
enum Of {
    /// The open document's, as it is now.
    Document(FileVersions, Arc<Document>),
    /// Those of a file that cannot be opened.
    File(PathBuf, Option<FileVersions>),
}

/// What is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// They are being looked for.
    Listing,
    /// They cannot be listed; why, in words.
    Failed(String),
    /// These, newest first.
    Listed(Vec<Row>),
}

/// One version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which one.
    pub version: Version,
    /// What is in it, once it was looked into.
    pub look: Option<Look>,
}

/// What a job found.
pub struct Outcome {
    turn: u64,
    found: Found,
}

enum Found {
    List(FileVersions, Result<Vec<Version>, StoreError>),
    Looks(Vec<(usize, Look)>),
    Content(Box<Version>, Result<Opened, OpenError>),
}

impl Versions {
    /// What is known of the versions that are shown.
    pub fn list(&self) -> Option<&List> {
        self.shown.as_ref().map(|shown| &shown.list)
    }

    /// The file that cannot be opened, where they are its versions.
    pub fn file(&self) -> Option<&Path> {
        match &self.shown.as_ref()?.of {
            Of::Document(..) => None,
            Of::File(path, _) => Some(path),
        }
    }

    /// Whether one is being read to be put in the place of the present.
    pub fn is_fetching(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.is_fetching)
    }

    /// A job ended without a result.
    pub fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Versions {
            self.shown = None;
        }
    }

    fn reader(&self) -> Option<&FileVersions> {
        match &self.shown.as_ref()?.of {
            Of::Document(reader, _) => Some(reader),
            Of::File(_, reader) => reader.as_ref(),
        }
    }

    fn version(&self, index: usize) -> Option<Version> {
        match self.list()? {
            List::Listed(rows) => rows.get(index).map(|row| row.version.clone()),
            _ => None,
        }
    }
}

impl App {
    /// Shows the versions of the open document.
    pub(super) fn show_versions(&mut self) {
        let Some(desk) = &self.desk else { return };
        let of = Of::Document(desk.session.versions(), Arc::clone(desk.session.document()));
        self.list_versions(of);
    }

    /// Does what the dialog asks for.
    pub(super) fn perform_versions(&mut self, action: VersionsAction) {
        match action {
            VersionsAction::ShowOf(path) => self.list_versions(Of::File(path, None)),
            // The dialog goes too when one is being read that takes the place of the present.
            VersionsAction::Stop if self.versions.is_fetching() => {}
            VersionsAction::Stop => self.versions.shown = None,
            VersionsAction::OpenCopy(index) => {
                if let Some(version) = self.versions.version(index) {
                    self.versions.shown = None;
                    self.leave_for(Next::Version(version.backup, None));
                }
            }
            VersionsAction::Restore(index) => self.restore_version(index),
            VersionsAction::SaveAs(index) => self.ask_where_to_put_version(index),
        }
    }

    fn list_versions(&mut self, of: Of) {
        self.versions.turn += 1;
        let turn = self.versions.turn;
        let environment = Arc::clone(&self.environment);
        let known = match &of {
            Of::Document(reader, _) => Ok(reader.clone()),
            Of::File(path, _) => Err(path.clone()),
        };
        self.versions.shown = Some(Shown {
            of,
            list: List::Listing,
            is_looking: false,
            is_fetching: false,
        });
        self.dialogs.push(Box::new(VersionsDialog::default()));
        self.start(JobKind::Versions, "versions", Wanted::Always, move || {
            let reader = known.unwrap_or_else(|path| FileVersions::of_file(environment, &path));
            let list = reader.list();
            let found = Found::List(reader, list);
            JobResult::Versions(Box::new(Outcome { turn, found }))
        });
    }

    /// Takes note of what a job found.
    pub(super) fn versions_looked_at(&mut self, outcome: Outcome) {
        if outcome.turn != self.versions.turn {
            return;
        }
        let Some(shown) = &mut self.versions.shown else {
            return;
        };
        match outcome.found {
            Found::List(reader, list) => {
                if let Of::File(_, known) = &mut shown.of {
                    *known = Some(reader);
                }
                shown.list = match list {
                    Ok(list) => List::Listed(list.into_iter().map(Row::unseen).collect()),
                    Err(error) => List::Failed(error.to_string()),
                };
            }
            Found::Looks(looks) => {
                shown.is_looking = false;
                if let List::Listed(rows) = &mut shown.list {
                    for (index, look) in looks {
                        if let Some(row) = rows.get_mut(index) {
                            row.look = Some(look);
                        }
                    }
                }
            }
            Found::Content(version, opened) => {
                self.versions.shown = None;
                return self.put_version_in_place(&version, opened);
            }
        }
        self.look_into_more();
    }

    /// Looks into the next few versions that were not looked into yet.
    fn look_into_more(&mut self) {
        const AT_ONCE: usize = 4;
        let turn = self.versions.turn;
        let Some(reader) = self.versions.reader().cloned() else {
            return;
        };
        let Some(shown) = &mut self.versions.shown else {
            return;
        };
        let List::Listed(rows) = &shown.list else {
            return;
        };
        let unseen = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.look.is_none());
        let next: Vec<(usize, Version)> = unseen
            .take(AT_ONCE)
            .map(|(index, row)| (index, row.version.clone()))
            .collect();
        if next.is_empty() || shown.is_looking {
            return;
        }
        shown.is_looking = true;
        let present = match &shown.of {
            Of::Document(_, present) => Some(Arc::clone(present)),
            Of::File(..) => None,
        };
        self.start(JobKind::Versions, "versions", Wanted::Always, move || {
            let look = |(index, version)| (index, reader.look(&version, present.as_deref()));
            let found = Found::Looks(next.into_iter().map(look).collect());
            JobResult::Versions(Box::new(Outcome { turn, found }))
        });
    }

    fn restore_version(&mut self, index: usize) {
        let Some(version) = self.versions.version(index) else {
            return;
        };
        if let Some(path) = self.versions.file() {
            let next = Next::Version(version.backup, Some(path.to_path_buf()));
            self.versions.shown = None;
            return self.leave_for(next);
        }
        let Some(reader) = self.versions.reader().cloned() else {
            return;
        };
        if let Some(shown) = &mut self.versions.shown {
            shown.is_fetching = true;
        }
        let turn = self.versions.turn;
        let unsaved = self.desk.as_ref().and_then(unsaved_work);
        self.start(JobKind::Versions, "versions", Wanted::Always, move || {
            let opened = reader.read(&version);
            if let (Ok(_), Some((present, lineage))) = (&opened, unsaved) {
                // Undo has it too.
                let _undo_has_it = reader.keep(&present, &lineage);
            }
            let found = Found::Content(Box::new(version), opened);
            JobResult::Versions(Box::new(Outcome { turn, found }))
        });
    }

    fn put_version_in_place(&mut self, version: &Version, opened: Result<Opened, OpenError>) {
        match opened {
            Ok(opened) => {
                let command = restoring(version, opened.document);
                let said = format!("已恢复 {} 之前的版本，保存后才写入文件", version.time());
                self.edit_and_say(&command, said);
            }
            Err(error) => self.tell("没有恢复", error.to_string()),
        }
    }

    /// Opens a version as unsaved work.
    pub(super) fn open_version(&mut self, backup: &Backup, instead_of: Option<&Path>) {
        match open_version(Arc::clone(&self.environment), backup, instead_of) {
            Ok(session) => {
                self.take(session);
                self.views.toasts.say(match instead_of {
                    Some(_) => "已打开历史版本，核对后请保存；原来的文件会先留作备份".to_owned(),
                    None => "已作为新文件打开历史版本，原来的文件没有改动".to_owned(),
                });
            }
            Err(error) => self.tell("没有打开", error.to_string()),
        }
    }

    fn ask_where_to_put_version(&mut self, index: usize) {
        let Some(version) = self.versions.version(index) else {
            return;
        };
        let file = match (&self.desk, self.versions.file()) {
            (_, Some(path)) => path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
            (Some(desk), None) => Some(desk.file_name().trim_end_matches(".jiping").to_owned()),
            (None, None) => None,
        };
        let time = version.time().replace(':', "-");
        let name = file_name(&format!("{}（{time} 之前）", file.unwrap_or_default()));
        self.ask_where(Purpose::Version(version.backup), &format!("{name}.jiping"));
    }

    /// Writes a version to the path that the person chose.
    pub(super) fn save_version(&mut self, backup: &Backup, path: &Path) {
        let folders = self.environment.folders();
        let read = folders.map(|folders| {
            let limit = crate::store::MAX_FILE_BYTES;
            folders.backups().read(self.environment.fs(), backup, limit)
        });
        match read.unwrap_or(Err(StoreError::NoDataFolder)) {
            Ok(bytes) => self.write(path, &bytes, "已保存历史版本"),
            Err(error) => self.tell("没有写入", error.to_string()),
        }
    }

    /// Tells why a file was not opened; where it is damaged and has earlier versions, offers them.
    pub(super) fn tell_not_opened(&mut self, path: &Path, error: &OpenError) {
        let has_versions = matches!(error, OpenError::Format { .. }) && {
            let versions = FileVersions::of_file(Arc::clone(&self.environment), path);
            versions.list().is_ok_and(|list| !list.is_empty())
        };
        match has_versions {
            true => {
                let dialog = Unreadable::new(path.to_path_buf(), error.to_string());
                self.send.send(Action::Ask(Box::new(dialog)));
            }
            false => self.tell("没有打开", error.to_string()),
        }
    }
}

impl Row {
    fn unseen(version: Version) -> Self {
        Self {
            version,
            look: None,
        }
    }
}

/// What no file holds of the open document.
fn unsaved_work(desk: &Desk) -> Option<(Arc<Document>, Lineage)> {
    let session = &desk.session;
    session
        .is_dirty()
        .then(|| (Arc::clone(session.document()), session.lineage().clone()))
}
