//! The state of the program and its frame: keys first, then panels and pages, then what they asked for.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use egui::{Context, Ui};

use super::{
    action::{Action, Next, Outbox},
    command::{self, UiCommand},
    comparing::{self, Comparing},
    desk::{Desk, Position},
    dialogs::{self, Dialog, Outcome},
    editions::{self, FormReading},
    evidence::{self, Evidencing},
    exporting::{self, Exporting},
    faces::Faces,
    files::{FileAnswer, FileDialogs, FileRequest},
    filling_in::{self, FillingIn},
    focus::{BehindTab, Beneath},
    frame::{self, Views, start},
    importing::{self, Importing},
    keeping::Keeping,
    ledger::{self, Ledgering},
    library::{self, Librarian},
    listing,
    merging::{self, Merging},
    outgoing::{self, Outgoing, OutgoingAction},
    outside::Watching,
    pictures::EditionPictures,
    printing::{Made, Printing, ProofResult, Target, Tile},
    scene::Scene,
    theme,
    transcribing::Transcribing,
    versions::{self, Versions},
    widgets::focus::Holder,
};
use crate::{
    printers::{Details, Printer, SpoolError},
    rules::profile::InForce,
    session::{
        environment::Environment,
        holding::Kept,
        jobs::{Jobs, Revision, Snapshot, Wanted},
        outgoing::opening::is_packed,
        outside::Looked,
        print::files::PrintError,
        progress::Progress,
        saving::{Conflict, SaveResult},
    },
    sheet::{
        fonts::Face,
        layout::{LayoutError, Typesetter},
        picture::Picture,
    },
    store::{
        StoreError,
        settings::{Appearance, Settings},
    },
};

/// A step of the zoom, in percent.
pub(super) const ZOOM_STEP: i32 = 10;

/// What runs in the background, one of each kind at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// A save.
    Save,
    /// A file dialog.
    FileDialog,
    /// The writing of a recovery copy.
    Recovery,
    /// The picture of a blank form.
    EditionPicture,
    /// The making of an edition from a form.
    Form,
    /// The layout of the preview.
    Proof,
    /// Pictures of the preview's pages.
    Tiles,
    /// The writing of printed files.
    Print,
    /// The search for faces of the system.
    Faces,
    /// The picture of a chart.
    Chart,
    /// The list of printers.
    Printers,
    /// How a printer is.
    PrinterDetails,
    /// The reading of files to import.
    Import,
    /// The making of exported files.
    Export,
    /// The filling in of a template.
    Fill,
    /// The reading of files to sum up, and the writing of the summary.
    Summary,
    /// The reading of indicators for the library.
    Library,
    /// The looking into earlier versions.
    Versions,
    /// The look through the document before something is made of it for others.
    LookThrough,
    /// The making of something for others, and the reading of a parcel.
    Outgoing,
    /// A look at the file on the disk.
    Look,
    /// A look at the note beside the file.
    Note,
    /// The keeping of that note, as long as the file is open.
    Keep,
    /// The joining of two states, and the writing of split files.
    Merge,
    /// The reading of comments and earlier versions for the 整改台账.
    Ledger,
    /// The reading of files of 佐证材料.
    Evidence,
    /// The making of a list as a file.
    Listing,
    /// The comparing of two states of a document, and what is made of it.
    Compare,
    /// The writing of 填报表.
    HandOut,
    /// The reading of 填报表 that came back.
    Collect,
}

/// What comes back.
pub enum JobResult {
    /// The end of a save, and what follows when it went well.
    Save(Box<SaveResult>, Option<Next>),
    /// The answer of a file dialog, and what follows when a path was chosen.
    File(FileRequest, FileAnswer, Option<Next>),
    /// The end of a recovery copy.
    Recovery(Result<Option<PathBuf>, StoreError>),
    /// The blank form of the edition with this hash, drawn; `None` where that failed.
    EditionPicture(Arc<str>, Option<Picture>),
    /// The edition that was made of a form.
    Form(Box<editions::Outcome>),
    /// The layout of the preview.
    Proof(Box<ProofResult>),
    /// Pictures of the preview's pages.
    Tiles(Vec<(Tile, Option<Picture>)>),
    /// The end of printing.
    Printed(Target, Result<Made, PrintError>),
    /// The faces that the system has.
    Faces(Vec<Face>),
    /// A chart as PNG, under the name that is suggested for it.
    Chart(String, Result<Vec<u8>, LayoutError>),
    /// The printers of this computer.
    Printers(Result<Vec<Printer>, SpoolError>),
    /// How a printer is.
    PrinterDetails(String, Result<Details, SpoolError>),
    /// What was read to import.
    Import(Box<importing::Outcome>),
    /// What came of an export.
    Exported(Box<exporting::Outcome>),
    /// What came of filling a template in.
    Filled(Box<exporting::fill::Outcome>),
    /// What came of summing up.
    SummedUp(Box<exporting::summary::Outcome>),
    /// What was read for the library.
    Library(Box<library::Outcome>),
    /// What was found in earlier versions.
    Versions(Box<versions::Outcome>),
    /// What a look at the file showed, and the conflict that it was looked at for.
    Looked(Box<Looked>, Option<(Conflict, Option<Next>)>),
    /// What a look at the note beside the file showed; nothing once the file is closed.
    Note(Option<Kept>),
    /// What came of joining or splitting.
    Merged(Box<merging::Outcome>),
    /// What was read for the 整改台账.
    Ledger(Box<ledger::Outcome>),
    /// What was found of 佐证材料.
    Evidence(Arc<Progress>, Box<evidence::Outcome>),
    /// A list that was made.
    Listed(listing::Made),
    /// What came of something that goes to others.
    Outgoing(Box<outgoing::Outcome>),
    /// What came of comparing.
    Compared(Box<comparing::Outcome>),
    /// What came of 填报表.
    FilledIn(Box<filling_in::Outcome>),
}

/// The program.
pub struct App {
    pub(super) environment: Arc<Environment>,
    pub(super) settings: Settings,
    /// By what is checked: what the settings say of it.
    pub(super) in_force: InForce,
    /// The settings as they are on the disk.
    pub(super) saved_settings: Settings,
    pub(super) desk: Option<Desk>,
    pub(super) position: Position,
    pub(super) views: Views,
    pub(super) dialogs: Vec<Box<dyn Dialog>>,
    pub(super) send: Outbox,
    /// Before the jobs, which wait for their end when they are dropped: that of a note ends with this.
    pub(super) watching: Watching,
    pub(super) jobs: Jobs<JobKind, JobResult>,
    pub(super) files: Arc<dyn FileDialogs>,
    pub(super) pictures: EditionPictures,
    pub(super) form: FormReading,
    pub(super) printing: Printing,
    pub(super) importing: Importing,
    pub(super) exporting: Exporting,
    pub(super) library: Librarian,
    pub(super) merging: Merging,
    pub(super) ledger: Ledgering,
    pub(super) evidence: Evidencing,
    pub(super) outgoing: Outgoing,
    pub(super) comparing: Comparing,
    pub(super) filling_in: FillingIn,
    pub(super) transcribing: Transcribing,
    pub(super) versions: Versions,
    /// Made by the first job that needs it: it looks for the fonts of this computer.
    pub(super) typesetter: Arc<OnceLock<Typesetter>>,
    pub(super) faces: Faces,
    /// Set when nothing stands in the way of leaving any more: the window is then told to close.
    pub(super) is_leaving: bool,
    /// What waits for the end of a save.
    pub(super) after_save: Vec<Action>,
    pub(super) keeping: Keeping,
    pub(super) beneath: Beneath,
    behind_tab: BehindTab,
    /// What the wheel turned of the next step of the zoom.
    pub(super) zoom_turned: f32,
    title: String,
}

impl App {
    /// The program in its first state. `ctx` gets fonts and colours.
    pub fn new(ctx: &Context, environment: Arc<Environment>, files: Arc<dyn FileDialogs>) -> Self {
        theme::install(ctx);
        let (settings, problem) = match environment.folders() {
            Some(folders) => Settings::load(environment.fs(), folders, &environment.now()),
            None => (Settings::default(), None),
        };
        let wake = ctx.clone();
        let mut app = Self {
            saved_settings: settings.clone(),
            in_force: environment.in_force(&settings),
            settings,
            desk: None,
            position: Position::default(),
            views: Views::default(),
            dialogs: Vec::new(),
            send: Outbox::default(),
            watching: Watching::default(),
            jobs: Jobs::new(move || wake.request_repaint()),
            files,
            pictures: EditionPictures::default(),
            form: FormReading::default(),
            printing: Printing::default(),
            importing: Importing::default(),
            exporting: Exporting::default(),
            library: Librarian::default(),
            merging: Merging::default(),
            ledger: Ledgering::default(),
            evidence: Evidencing::default(),
            outgoing: Outgoing::default(),
            comparing: Comparing::default(),
            filling_in: FillingIn::default(),
            transcribing: Transcribing::default(),
            versions: Versions::default(),
            typesetter: Arc::default(),
            faces: Faces::default(),
            is_leaving: false,
            after_save: Vec::new(),
            keeping: Keeping::default(),
            beneath: Beneath::default(),
            behind_tab: BehindTab::default(),
            zoom_turned: 0.0,
            title: String::new(),
            environment,
        };
        for sentence in app.environment.problems().iter().cloned().chain(problem) {
            app.views.toasts.warn(sentence);
        }
        app.apply_settings(ctx);
        app
    }

    /// Asks for something, as a view does.
    pub fn send(&mut self, action: Action) {
        self.send.send(action);
    }

    /// The open document.
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    /// Where the person is in it.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// What the person has set.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether something runs in the background.
    pub fn is_busy(&self) -> bool {
        let kinds = [
            JobKind::Save,
            JobKind::FileDialog,
            JobKind::EditionPicture,
            JobKind::Form,
            JobKind::Proof,
            JobKind::Tiles,
            JobKind::Print,
            JobKind::Faces,
            JobKind::Chart,
            JobKind::Printers,
            JobKind::PrinterDetails,
            JobKind::Import,
            JobKind::Export,
            JobKind::Fill,
            JobKind::Summary,
            JobKind::Library,
            JobKind::Versions,
            JobKind::LookThrough,
            JobKind::Outgoing,
            JobKind::Look,
            JobKind::Note,
            JobKind::Merge,
            JobKind::Ledger,
            JobKind::Evidence,
            JobKind::Listing,
            JobKind::Compare,
            JobKind::HandOut,
            JobKind::Collect,
        ];
        kinds.into_iter().any(|kind| self.jobs.is_running(kind))
    }

    /// What was said in passing, newest first.
    pub fn said(&self) -> Vec<&str> {
        self.views.toasts.texts().collect()
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        dialogs::note_composition(&ctx);
        self.finish_jobs(&ctx);
        self.take_dropped_files(&ctx);
        self.take_close_request(&ctx);
        self.take_keys(&ctx);
        self.take_zoom(&ctx);
        self.take_tab(&ctx);
        self.perform_all(&ctx);
        self.follow_focus(&ctx);
        self.refresh();
        self.follow_preview();
        let is_covered = self.is_covered();
        let mut scene = Scene {
            environment: &self.environment,
            settings: &self.settings,
            in_force: &self.in_force,
            desk: self.desk.as_ref(),
            pictures: &self.pictures,
            form: &self.form,
            printing: &self.printing,
            importing: &self.importing,
            exporting: &self.exporting,
            library: &self.library,
            versions: &self.versions,
            merging: &self.merging,
            ledger: &self.ledger,
            evidence: &self.evidence,
            outgoing: &self.outgoing,
            comparing: &self.comparing,
            filling_in: &self.filling_in,
            faces: &self.faces,
            position: &mut self.position,
            send: &mut self.send,
        };
        frame::show(ui, &mut scene, &mut self.views, is_covered);
        if self.jobs.is_running(JobKind::FileDialog) {
            dialogs::wait_for_system(&ctx);
        }
        // The one in front only: what lies beneath waits.
        if let Some(dialog) = self.dialogs.last_mut()
            && dialogs::show(&ctx, &mut **dialog, &mut scene) == Outcome::Close
        {
            if let Some(dialog) = self.dialogs.pop() {
                dialog.closed(scene.send);
            }
            ctx.request_repaint();
        }
        if !self.send.is_empty() {
            self.perform_all(&ctx);
            self.refresh();
            // What was drawn is out of date.
            ctx.request_repaint();
        }
        self.show_transcribing(&ctx);
        self.keep_copy(&ctx);
        self.follow_file();
        self.follow_note();
        self.watch_file(&ctx);
        self.keep_settings(&ctx);
        self.apply_settings(&ctx);
        self.show_title(&ctx);
        if std::mem::take(&mut self.is_leaving) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    pub(super) fn refresh(&mut self) {
        if let Some(desk) = &mut self.desk {
            let last_index = desk.facts.last_index(self.position.project);
            desk.facts.refresh(&mut desk.session);
            self.position.follow(desk, last_index);
        }
    }

    fn perform_all(&mut self, ctx: &Context) {
        for action in self.send.take() {
            self.perform(ctx, action);
        }
    }

    /// Whether a dialog is in front, of the program or of the system.
    pub(super) fn is_covered(&self) -> bool {
        !self.dialogs.is_empty() || self.jobs.is_running(JobKind::FileDialog)
    }

    /// Takes the keys of commands, unless a dialog is in front or the text that is being typed wants them.
    fn take_keys(&mut self, ctx: &Context) {
        if dialogs::is_composing(ctx) {
            return;
        }
        if self.is_covered() {
            return self.help_in_dialog(ctx);
        }
        let is_typing = self.views.is_typing()
            || (ctx.text_edit_focused()
                && !Holder::Field.had_focus(ctx)
                && !self.views.grid_has_focus());
        for &(shortcut, command) in command::by_length() {
            if is_typing && command.yields_to_typing() {
                continue;
            }
            let command = self.views.meant(command);
            if command.is_of_rows() && !self.views.grid_has_focus() {
                continue;
            }
            if !self.is_enabled(command) {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                self.send.command(command);
            }
        }
    }

    fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_path_buf()).collect()
        });
        match dropped.as_slice() {
            [] => {}
            // The dialog in front takes them.
            _ if self
                .dialogs
                .last()
                .is_some_and(|dialog| dialog.takes_files()) => {}
            _ if self.is_covered() => {
                let text = "请先完成打开的对话框，再拖入文件".to_owned();
                self.send.send(Action::Say(text));
            }
            [path] if is_packed(path) => {
                let open = OutgoingAction::Open(path.clone());
                self.send.send(Action::Outgoing(Box::new(open)));
            }
            [path] if start::is_document(path) => {
                self.send.send(Action::OpenFile(path.clone()));
            }
            several if several.iter().any(|path| start::is_document(path)) => {
                let text = "绩评文件请一次拖一个；要导入的表格可以一次拖多个".to_owned();
                self.send.send(Action::Say(text));
            }
            _ => self.send.send(Action::ImportFiles(dropped)),
        }
    }

    fn take_close_request(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        self.finish_typing();
        let is_free = !self.jobs.is_running(JobKind::FileDialog)
            && self
                .desk
                .as_ref()
                .is_none_or(|desk| !desk.session.is_dirty() && !desk.session.is_saving());
        if is_free {
            return;
        }
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        // What is asked in front of the window is to be answered first.
        if !self.is_covered() {
            self.send.command(UiCommand::Quit);
        }
    }

    /// Starts a job over the open document, or over nothing where none is open.
    pub(super) fn start(
        &mut self,
        kind: JobKind,
        name: &'static str,
        wanted: Wanted,
        work: impl FnOnce() -> JobResult + Send + 'static,
    ) {
        let snapshot = match &self.desk {
            Some(desk) => desk.session.snapshot(),
            None => nothing(&self.environment),
        };
        self.jobs
            .start(kind, name, wanted, snapshot, move |_, _| work());
    }

    fn finish_jobs(&mut self, ctx: &Context) {
        let revision = match &self.desk {
            Some(desk) => desk.session.revision(),
            None => Revision::next(),
        };
        for finished in self.jobs.poll(revision) {
            match finished.result {
                Ok(JobResult::Save(result, next)) => self.saved(*result, next),
                Ok(JobResult::Recovery(result)) => self.copy_kept(result),
                Ok(JobResult::File(request, answer, next)) => self.answered(request, answer, next),
                Ok(JobResult::EditionPicture(hash, picture)) => {
                    self.pictures.take(ctx, hash, picture);
                }
                Ok(JobResult::Form(outcome)) => self.form_read(*outcome),
                Ok(JobResult::Proof(result)) => self.proof_laid_out(*result),
                Ok(JobResult::Tiles(tiles)) => self.printing.take_tiles(ctx, tiles),
                Ok(JobResult::Printed(target, result)) => self.printed(target, result),
                Ok(JobResult::Faces(found)) => self.faces = Faces::Found(found),
                Ok(JobResult::Chart(name, png)) => self.chart_drawn(&name, png),
                Ok(JobResult::Printers(answer)) => self.printing.printers.take_list(answer),
                Ok(JobResult::PrinterDetails(name, answer)) => {
                    self.printing.printers.take_details(name, answer);
                }
                Ok(JobResult::Import(outcome)) => self.import_read(*outcome),
                Ok(JobResult::Exported(outcome)) => self.exported(*outcome),
                Ok(JobResult::Filled(outcome)) => self.filled(*outcome),
                Ok(JobResult::SummedUp(outcome)) => self.summed_up(*outcome),
                Ok(JobResult::Library(outcome)) => self.library_read(*outcome),
                Ok(JobResult::Versions(outcome)) => self.versions_looked_at(*outcome),
                Ok(JobResult::Outgoing(outcome)) => self.outgoing_came(*outcome),
                Ok(JobResult::Looked(looked, behind)) => self.looked(*looked, behind),
                Ok(JobResult::Note(Some(kept))) => self.note_kept(kept),
                Ok(JobResult::Note(None)) => {}
                Ok(JobResult::Merged(outcome)) => self.merge_made(*outcome),
                Ok(JobResult::Ledger(outcome)) => self.ledger_done(*outcome),
                Ok(JobResult::Evidence(of, outcome)) => self.evidence_done(&of, *outcome),
                Ok(JobResult::Listed(made)) => self.list_made(made),
                Ok(JobResult::Compared(outcome)) => self.compared(*outcome),
                Ok(JobResult::FilledIn(outcome)) => self.filled_in(*outcome),
                Err(error) => {
                    self.printing.give_up(finished.kind);
                    self.importing.give_up(finished.kind);
                    self.form.give_up(finished.kind);
                    self.exporting.give_up(finished.kind);
                    self.library.give_up(finished.kind);
                    self.ledger.give_up(finished.kind);
                    self.evidence.give_up(finished.kind);
                    self.versions.give_up(finished.kind);
                    self.outgoing.give_up(finished.kind);
                    self.comparing.give_up(finished.kind);
                    self.filling_in.give_up(finished.kind);
                    if finished.kind == JobKind::Save
                        && let Some(desk) = &mut self.desk
                    {
                        desk.session.abandon_save();
                    }
                    if finished.kind == JobKind::EditionPicture {
                        self.pictures.give_up();
                    }
                    if finished.kind == JobKind::Faces {
                        self.faces = Faces::Unknown;
                    }
                    self.tell("没有完成", error.to_string());
                }
            }
        }
    }

    fn apply_settings(&self, ctx: &Context) {
        let zoom = f32::from(self.settings.zoom) / 100.0;
        if ctx.zoom_factor() != zoom {
            ctx.set_zoom_factor(zoom);
        }
        let wanted = match self.settings.appearance {
            Appearance::System => egui::ThemePreference::System,
            Appearance::Light => egui::ThemePreference::Light,
            Appearance::Dark => egui::ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != wanted {
            ctx.set_theme(wanted);
        }
    }

    /// Writes the settings when they changed. A failure is told once: the program works without.
    fn keep_settings(&mut self, ctx: &Context) {
        self.views.note_panels(&mut self.settings);
        // Not in every frame in which a panel's edge is dragged.
        let is_dragging = ctx.input(|input| input.pointer.any_down());
        if is_dragging || self.settings == self.saved_settings {
            return;
        }
        self.saved_settings = self.settings.clone();
        let Some(folders) = self.environment.folders() else {
            return;
        };
        let saver = self.environment.saver();
        if let Err(error) = self.settings.save(&saver, folders, &self.environment.now()) {
            self.views.toasts.warn(format!("设置没有保存。{error}"));
        }
    }

    fn show_title(&mut self, ctx: &Context) {
        let title = match &self.desk {
            None => "绩评".to_owned(),
            Some(desk) => format!("{} - 绩评", desk.marked_name()),
        };
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        Self::ui(self, ui);
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        if self.behind_tab.sift(input) {
            ctx.request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

/// An empty document, for jobs that need none.
pub(super) fn nothing(environment: &Arc<Environment>) -> Snapshot {
    use crate::model::{document::Document, id::Id};
    let mut ids = &**environment;
    Snapshot {
        document: Arc::new(Document::new(Id::new(&mut ids))),
        revision: Revision::next(),
    }
}
