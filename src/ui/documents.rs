//! Opening, saving and closing: what happens to files.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    action::{Action, NewForm, Next},
    app::{App, JobKind, JobResult},
    desk::{Desk, Position},
    dialogs::{new::NewDialog, open_other::OpenOther, path::PathDialog, unsaved::Unsaved},
    files::{Export, FileAnswer, FileRequest, Purpose},
    library::Gathering,
    preferences::Change,
    printing::Target,
};
use crate::{
    session::{
        import::is_office_file,
        jobs::Wanted,
        ledger::Earlier,
        outgoing::opening::is_packed,
        print::files::file_name,
        saving::{Conflict, SaveEnd, SaveError, SaveJob, SaveResult},
        session::{Access, Session},
    },
    store::{error::shown, settings::RecentFile},
};

/// The sample: a form as it was filed, faults included.
static SAMPLE: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-filed.jiping");

impl App {
    /// Goes on to something that ends work on the open document: asks first where there are unsaved changes.
    pub(super) fn leave_for(&mut self, next: Next) {
        match &self.desk {
            Some(desk) if desk.session.is_saving() => {
                self.after_save.push(Action::Leave(next));
            }
            Some(desk) if desk.session.is_dirty() => {
                let name = desk.file_name();
                self.dialogs.push(Box::new(Unsaved::new(name, next)));
            }
            _ => self.proceed(next),
        }
    }

    /// Goes on; what was not saved is gone.
    pub(super) fn proceed(&mut self, next: Next) {
        match next {
            Next::Close => self.close(),
            Next::Quit => {
                self.is_leaving = true;
                self.close();
            }
            Next::Open(path) => self.open(&path),
            Next::Sample => self.open_sample(),
            Next::Recover(entry) => drop(self.recover(&entry)),
            Next::Version(backup, instead_of) => self.open_version(&backup, instead_of.as_deref()),
            Next::New => self.dialogs.push(Box::new(NewDialog::document())),
        }
    }

    fn close(&mut self) {
        if let Some(desk) = &self.desk {
            // Saved, or given up by the person.
            desk.session.forget_recovery();
        }
        self.let_go_of_note();
        self.desk = None;
        self.printing.forget_document();
        self.exporting.forget_document();
        self.outgoing.forget_document();
        self.position = Position::default();
        self.views.forget_document();
    }

    /// Opens a file here, or asks in which window where one document is open already.
    pub(super) fn open_or_ask(&mut self, path: PathBuf) {
        match &self.desk {
            None => self.open(&path),
            Some(desk) if desk.session.path() == Some(&path) => {
                let text = format!("“{}”已在这个窗口中打开", desk.file_name());
                self.views.toasts.say(text);
            }
            Some(_) => self.dialogs.push(Box::new(OpenOther::new(path))),
        }
    }

    pub(super) fn open_in_new_window(&mut self, path: &Path) {
        if let Err(error) = self.files.open_window(path) {
            let text = format!(
                "没有打开新窗口（{error}）。这个窗口和文件都没有改动；可以再启动一次绩评，从那里打开。"
            );
            self.tell("没有打开", text);
        }
    }

    /// Opens the file that the program was started with, or imports it where it is another program's.
    pub fn open_or_import(&mut self, path: PathBuf) {
        if is_office_file(&path) {
            self.import_dropped(vec![path]);
        } else if is_packed(&path) {
            self.open_parcel(path);
        } else {
            self.open(&path);
        }
    }

    /// Opens a file in place of the open document.
    pub fn open(&mut self, path: &Path) {
        match Session::open(Arc::clone(&self.environment), path) {
            Ok(session) => {
                self.take(session);
                self.remember(path);
            }
            Err(error) => {
                // What cannot be read now may be there again later; what is gone only stands in the way.
                if self.environment.fs().info(path).is_err() {
                    self.settings.forget(path);
                }
                self.tell_not_opened(path, &error);
            }
        }
    }

    fn open_sample(&mut self) {
        match Session::of_bytes(Arc::clone(&self.environment), SAMPLE) {
            Ok(session) => {
                self.take(session);
                self.begin_pointers();
            }
            Err(error) => self.tell("没有打开", error.to_string()),
        }
    }

    /// A new document on an edition.
    pub(super) fn create_document(&mut self, form: &NewForm) {
        let environment = Arc::clone(&self.environment);
        let session = Session::with_project(
            environment,
            &form.edition,
            self.settings.embed_editions,
            |ids| form.project(ids),
        );
        self.take(session);
        self.begin_form();
    }

    /// Puts a document on the desk.
    pub(super) fn take(&mut self, mut session: Session) {
        self.close();
        session.judge_by(self.in_force.clone());
        let desk = Desk::new(session);
        for note in desk.session.notes() {
            self.views.toasts.warn(note);
        }
        self.position = Position::start(&desk);
        self.desk = Some(desk);
    }

    /// Saves to the document's file, or asks where.
    pub(super) fn save(&mut self, next: Option<Next>) {
        self.embed_editions();
        let Some(desk) = &mut self.desk else { return };
        if desk.session.is_saving() {
            return self.after_save.push(Action::SaveThen(next));
        }
        if desk.session.path().is_none() || desk.session.access() != Access::Full {
            return self.ask_where_to_save(next);
        }
        let job = desk.session.prepare_save();
        self.run_save(job, next);
    }

    /// Saves to a path that the person chose.
    pub(super) fn save_to(&mut self, path: &Path, next: Option<Next>) {
        self.embed_editions();
        let Some(desk) = &mut self.desk else { return };
        let job = desk.session.prepare_save_as(path);
        self.run_save(job, next);
    }

    /// Saves over what a conflict showed, after the person agreed.
    pub(super) fn save_over(&mut self, conflict: &Conflict, next: Option<Next>) {
        let Some(desk) = &mut self.desk else { return };
        let job = desk.session.prepare_save_over(conflict);
        self.run_save(job, next);
    }

    fn run_save(&mut self, job: Result<SaveJob, SaveError>, next: Option<Next>) {
        match job {
            Ok(job) => self.start(JobKind::Save, "save", Wanted::Always, move || {
                JobResult::Save(Box::new(job.run()), next)
            }),
            Err(error) => self.tell("没有保存", error.to_string()),
        }
    }

    /// Takes note of the end of a save.
    pub(super) fn saved(&mut self, result: SaveResult, next: Option<Next>) {
        let waiting = std::mem::take(&mut self.after_save);
        let Some(desk) = &mut self.desk else { return };
        match desk.session.finish_save(result) {
            Ok(SaveEnd::Saved(warnings)) => {
                self.views.copied_at = None;
                waiting
                    .into_iter()
                    .for_each(|action| self.send.send(action));
                for warning in warnings {
                    self.views.toasts.warn(warning.to_string());
                }
                if let Some(path) = self.path() {
                    self.remember(&path);
                    self.print_beside_if_wanted(&path);
                }
                if let Some(next) = next {
                    self.leave_for(next);
                }
            }
            Ok(SaveEnd::Conflict(conflict)) => self.look_into(conflict, next),
            Err(error) => self.tell("没有保存", error.to_string()),
        }
    }

    fn path(&self) -> Option<PathBuf> {
        let desk = self.desk.as_ref()?;
        desk.session.path().map(Path::to_path_buf)
    }

    /// Puts the file first among the recent ones.
    fn remember(&mut self, path: &Path) {
        let Some(desk) = &self.desk else { return };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let score = match desk.facts.projects() {
            [one] => one
                .score
                .as_ref()
                .map(|score| score.total.filed.value.normalize()),
            _ => None,
        };
        self.settings.remember(RecentFile {
            path,
            projects: desk.session.document().projects.len(),
            score: score.map(|score| score.to_string()).unwrap_or_default(),
            time: self.environment.time_in_words(),
        });
    }
}

/// Asking for paths.
impl App {
    pub(super) fn ask_to_open(&mut self) {
        self.ask_for_file(
            FileRequest {
                purpose: Purpose::Open,
                folder: self.first_folder(),
                name: String::new(),
            },
            None,
        );
    }

    pub(super) fn ask_where_to_save(&mut self, next: Option<Next>) {
        let request = self.request(Purpose::SaveAs, &self.suggested_name());
        self.ask_for_file(request, next);
    }

    pub(super) fn ask_where_to_copy(&mut self) {
        let name = self.suggested_name();
        let stem = name.strip_suffix(".jiping").unwrap_or(&name);
        let request = self.request(Purpose::SaveCopy, &format!("{stem}（副本）.jiping"));
        self.ask_for_file(request, None);
    }

    /// Asks for the folder in which dialogs begin.
    pub(super) fn ask_for_folder(&mut self) {
        let request = FileRequest {
            purpose: Purpose::Folder,
            folder: self.first_folder(),
            name: String::new(),
        };
        self.ask_for_file(request, None);
    }

    /// The folder in which dialogs begin: the one that was set while it is there, else that of the file used last.
    pub(super) fn first_folder(&self) -> Option<PathBuf> {
        let is_there = |folder: &&PathBuf| self.environment.fs().info(folder).is_ok();
        let set = self.settings.folder.as_ref().filter(is_there).cloned();
        let recent = self.settings.recent.first();
        set.or_else(|| Some(recent?.path.parent()?.to_path_buf()))
    }

    /// Asks where a list of findings is to be written.
    pub(super) fn ask_where_to_export(&mut self, name: &str, text: String) {
        let filter: (&str, &[&str]) = if name.ends_with(".csv") {
            ("表格（CSV）", &["csv"])
        } else {
            ("文本文件", &["txt"])
        };
        let export = Export {
            bytes: Arc::from(text.into_bytes()),
            title: "导出问题清单",
            filter,
        };
        self.ask_where(Purpose::Export(export), name);
    }

    /// Asks for a path, with a suggested name.
    pub(super) fn ask_where(&mut self, purpose: Purpose, name: &str) {
        let request = self.request(purpose, name);
        self.ask_for_file(request, None);
    }

    /// Asks where the pages of the preview are to be written.
    pub(super) fn ask_where_to_print(&mut self, purpose: Purpose, extension: &str) {
        let Some(order) = self.print_order() else {
            return;
        };
        let name = format!("{}.{extension}", file_name(&order.title()));
        let request = self.request(purpose, &name);
        self.ask_for_file(request, None);
    }

    fn request(&self, purpose: Purpose, name: &str) -> FileRequest {
        let desk = self.desk.as_ref();
        let own = desk.and_then(|desk| desk.session.path().or(desk.session.copied_from()));
        let own = own.and_then(|path| path.parent().map(Path::to_path_buf));
        FileRequest {
            purpose,
            folder: own.or_else(|| self.first_folder()),
            name: name.to_owned(),
        }
    }

    /// The file's own name, else that of the first project.
    fn suggested_name(&self) -> String {
        let Some(desk) = &self.desk else {
            return String::new();
        };
        if desk.session.path().or(desk.session.copied_from()).is_some() {
            return desk.file_name();
        }
        let first = desk.session.document().projects.get(0);
        let name = first.map_or("", |project| project.name());
        format!("{}.jiping", file_name(name))
    }

    fn ask_for_file(&mut self, request: FileRequest, next: Option<Next>) {
        if self.jobs.is_running(JobKind::FileDialog) {
            return;
        }
        let files = Arc::clone(&self.files);
        self.start(
            JobKind::FileDialog,
            "file dialog",
            Wanted::Always,
            move || {
                let answer = files.ask(&request);
                JobResult::File(request, answer, next)
            },
        );
    }

    /// Goes on with the path that the person chose.
    pub(super) fn answered(
        &mut self,
        request: FileRequest,
        answer: FileAnswer,
        next: Option<Next>,
    ) {
        match answer {
            FileAnswer::Cancelled => {}
            FileAnswer::Unavailable => {
                self.dialogs.push(Box::new(PathDialog::new(request, next)));
            }
            FileAnswer::Chosen(path) => self.use_path(request, path, next),
            FileAnswer::Several(paths) => match request.purpose {
                Purpose::SumUp => self.add_to_summary(paths),
                Purpose::Join => self.join_files(paths),
                Purpose::Collect => self.collect(paths),
                Purpose::LibraryForms => self.read_for_library(Gathering::Forms, paths),
                Purpose::LibraryList => self.read_for_library(Gathering::Lists, paths),
                Purpose::Comments => self.read_comments_of(paths),
                Purpose::Evidence(proves) => self.register(proves, paths),
                _ => self.read_to_import(paths),
            },
        }
    }

    /// Does what the path was asked for.
    pub(super) fn use_path(&mut self, request: FileRequest, path: PathBuf, next: Option<Next>) {
        match request.purpose {
            Purpose::Open if is_office_file(&path) => self.import_dropped(vec![path]),
            Purpose::Open if is_packed(&path) => self.open_parcel(path),
            Purpose::Open => self.open_or_ask(path),
            Purpose::SaveAs => self.save_to(&with_extension(path, "jiping"), next),
            Purpose::Import | Purpose::ImportFolder => self.read_to_import(vec![path]),
            Purpose::Comments => self.read_comments_of(vec![path]),
            Purpose::Earlier => self.fill_from(Earlier::File(path)),
            Purpose::Evidence(proves) => self.register(proves, vec![path]),
            Purpose::MovedEvidence(id) => self.register_moved(id, path),
            Purpose::EvidenceFolder => self.look_for_evidence(path),
            Purpose::Folder => self.change_settings(Change::Folder(Some(path))),
            Purpose::Profile => self.take_profile_over(&path),
            Purpose::Form => self.read_form(path),
            Purpose::Edition => self.take_edition_over(&path),
            Purpose::ExportFolder => self.export_into(path),
            Purpose::Template => self.use_template(path),
            Purpose::Filled => self.save_filled(path),
            Purpose::LastYear(project) => self.take_last_year_from(path, project),
            Purpose::Compare => self.compare_with_file(path),
            Purpose::SumUp | Purpose::SumUpFolder => self.add_to_summary(vec![path]),
            Purpose::LibraryForms | Purpose::LibraryFolder => {
                self.read_for_library(Gathering::Forms, vec![path]);
            }
            Purpose::LibraryList => self.read_for_library(Gathering::Lists, vec![path]),
            Purpose::Outgoing(ending) => self.put_outgoing(with_extension(path, ending)),
            Purpose::ParcelFolder => self.take_evidence_out(path),
            Purpose::Merge => self.merge_file(path),
            Purpose::Join => self.join_files(vec![path]),
            Purpose::SplitFolder => self.split_into(path),
            Purpose::HandOutFolder => self.hand_out_into(path),
            Purpose::Collect | Purpose::CollectFolder => self.collect(vec![path]),
            Purpose::Summary(form) => {
                self.save_summary(with_extension(path, form.ending()), form);
            }
            Purpose::SaveCopy => {
                let Some(desk) = &self.desk else { return };
                let path = with_extension(path, "jiping");
                let bytes = desk.session.copy(&path);
                self.write(&path, &bytes, "已保存副本");
            }
            Purpose::Version(backup) => self.save_version(&backup, &with_extension(path, "jiping")),
            Purpose::ExportPdf => self.print_to(Target::Pdf(with_extension(path, "pdf"))),
            Purpose::ExportPictures => self.print_to(Target::Pictures {
                first: with_extension(path, "png"),
                replaces: false,
            }),
            Purpose::Export(export) => {
                let extension = export.filter.1.first().copied().unwrap_or_default();
                let path = with_extension(path, extension);
                self.write(&path, &export.bytes, "已导出");
            }
        }
    }

    /// Writes a file that is not the document's own. The dialog has asked about replacing.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8], done: &str) {
        let saver = self.environment.saver();
        match saver.replace_atomically(path, bytes, &self.environment.now()) {
            Ok(_) => self.views.toasts.done(format!("{done}：{}", shown(path))),
            Err(error) => self.tell("没有写入", error.to_string()),
        }
    }
}

/// The path with this extension, added where it is missing, as the dialogs of some systems leave it out: without it a file
/// would not open by a double click.
pub(super) fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    let is_named = |wanted: &str| {
        let own = path.extension();
        own.is_some_and(|own| own.eq_ignore_ascii_case(wanted))
    };
    if is_named(extension) || (extension == "jiping" && path.extension().is_some()) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(extension);
    name.into()
}
