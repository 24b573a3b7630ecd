//! What leaves the program, in the window: what was asked for, how far it is, and what came of it. Everything that makes or
//! reads files is a job.

pub mod fill;
pub mod summary;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::export::ExportDialog,
    files::Purpose,
};
use crate::{
    session::{
        export::{End, Made, Progress, Request},
        jobs::{Revision, Wanted},
    },
    sheet::layout::Typesetter,
    store::error::shown,
};
use fill::Filling;
use summary::Summing;

/// What the dialog 导出 asks for.
#[derive(Debug, Clone)]
pub enum ExportAction {
    /// Ask for the folder that files are put into.
    ChooseFolder,
    /// Find out which files this would make.
    Plan(Request),
    /// Make the files; where some are there already, ask first unless they are to be replaced.
    Start(Request),
    /// Make the files that are not there yet.
    StartBeside(Request),
    /// Give up what is being made.
    Stop,
    /// Ask anew: what came of the last export was read, or files that are there are not to be replaced.
    Again,
    /// The dialog is closed.
    Leave,
    /// Open a file or folder that was written.
    Open(PathBuf),
}

/// Everything that leaves the program.
#[derive(Default)]
pub struct Exporting {
    phase: Phase,
    /// The folder that was chosen; `None` for the document's own.
    folder: Option<PathBuf>,
    plan: Option<Plan>,
    /// Whether the dialog is open, so that nothing need be said beside it.
    is_watched: bool,
    /// 填回原表
    pub fill: Filling,
    /// 汇总
    pub summary: Summing,
}

/// Where an export stands.
#[derive(Default)]
pub enum Phase {
    /// Nothing was asked for yet.
    #[default]
    Asking,
    /// Files are being made.
    Running(Arc<Progress>),
    /// Nothing was made: these files are there already, of so many that were planned.
    Taken(Box<Request>, Vec<PathBuf>, usize),
    /// Nothing was made; why.
    Refused(String),
    /// What came of it.
    Done(Results),
}

/// What came of an export.
pub struct Results {
    /// The folder that files were put into.
    pub folder: PathBuf,
    /// The files.
    pub made: Vec<Made>,
    /// What there is no file of, and why, one sentence each.
    pub left_out: Vec<String>,
}

/// The files that a request would make.
pub struct Plan {
    request: Request,
    revision: Revision,
    /// Their paths, or why there would be none.
    pub files: Result<Vec<PathBuf>, String>,
    /// What there would be no file of, and why, one sentence each.
    pub left_out: Vec<String>,
}

/// What a job came to.
pub struct Outcome {
    phase: Phase,
}

/// What became of something that was made in memory first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is in memory alone.
    Unsaved,
    /// It is being written.
    Saving,
    /// It was written to this path.
    Saved(PathBuf),
    /// It was not written; why.
    Failed(String),
}

impl Results {
    /// How many files were written.
    pub fn written(&self) -> usize {
        let is_written = |made: &&Made| matches!(made.end, End::Written { .. });
        self.made.iter().filter(is_written).count()
    }

    /// Whether everything that was asked for is there.
    pub fn is_whole(&self) -> bool {
        self.left_out.is_empty() && self.written() == self.made.len()
    }
}

impl Exporting {
    /// Where the export stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The folder that was chosen.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The files that this request would make of the document at this revision, where that is known.
    pub fn plan(&self, request: &Request, revision: Revision) -> Option<&Plan> {
        let plan = self.plan.as_ref()?;
        (plan.request == *request && plan.revision == revision).then_some(plan)
    }

    /// What is being made, in words, for the status bar.
    pub fn writing(&self) -> Option<String> {
        let Phase::Running(progress) = &self.phase else {
            return None;
        };
        let now = progress.now();
        Some(match now.files {
            0 => "正在导出…".to_owned(),
            files => format!("正在导出 {}/{files}：{}", now.file + 1, now.name),
        })
    }

    /// Gives up what is under way: the program ends, and would wait for it.
    pub(super) fn stop(&self) {
        if let Phase::Running(progress) = &self.phase {
            progress.stop();
        }
        self.fill.stop();
        self.summary.stop();
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        match kind {
            JobKind::Export => self.phase = Phase::Asking,
            JobKind::Fill => self.fill.restart(),
            JobKind::Summary => self.summary.restart(),
            _ => {}
        }
    }

    /// Forgets everything about the open document; what is being written goes on.
    pub(super) fn forget_document(&mut self) {
        if !matches!(self.phase, Phase::Running(_)) {
            self.phase = Phase::Asking;
        }
        self.folder = None;
        self.plan = None;
        self.fill.restart();
        self.summary.restart();
    }

    /// The dialog is open, or no longer.
    pub(super) fn watch(&mut self, is_watched: bool) {
        self.is_watched = is_watched;
        if !is_watched && !matches!(self.phase, Phase::Running(_)) {
            self.phase = Phase::Asking;
        }
    }
}

impl App {
    /// Shows the dialog, with what is being made where something is.
    pub(super) fn ask_what_to_export(&mut self) {
        self.exporting.watch(true);
        if self.exporting.folder.is_none() {
            self.exporting.folder = self.first_export_folder();
        }
        self.dialogs.push(Box::new(ExportDialog::default()));
    }

    pub(super) fn perform_export(&mut self, action: ExportAction) {
        match action {
            ExportAction::ChooseFolder => self.ask_where(Purpose::ExportFolder, ""),
            ExportAction::Plan(request) => self.plan_export(request),
            ExportAction::Start(request) => self.start_export(request, false),
            ExportAction::StartBeside(request) => self.start_export(request, true),
            ExportAction::Leave => self.exporting.watch(false),
            ExportAction::Stop => {
                if let Phase::Running(progress) = &self.exporting.phase {
                    progress.stop();
                }
            }
            ExportAction::Again => {
                if !matches!(self.exporting.phase, Phase::Running(_)) {
                    self.exporting.phase = Phase::Asking;
                }
            }
            ExportAction::Open(path) => self.open_with_system(&path),
        }
    }

    /// Puts files into this folder from now on.
    pub(super) fn export_into(&mut self, folder: PathBuf) {
        self.exporting.folder = Some(folder);
    }

    fn plan_export(&mut self, request: Request) {
        let Some(desk) = &mut self.desk else { return };
        let order = desk.session.export_order(&request);
        let left_out = order.as_ref().map(|order| order.left_out().to_vec());
        self.exporting.plan = Some(Plan {
            revision: desk.session.revision(),
            left_out: left_out.unwrap_or_default(),
            files: order.map(|order| order.planned()),
            request,
        });
    }

    /// Makes files; `leaves` says that those that are there already are left as they are, without asking.
    fn start_export(&mut self, request: Request, leaves: bool) {
        if matches!(self.exporting.phase, Phase::Running(_)) {
            return;
        }
        let Some(desk) = &mut self.desk else { return };
        let order = match desk.session.export_order(&request) {
            Ok(order) => order,
            Err(problem) => {
                self.exporting.phase = Phase::Refused(problem);
                return;
            }
        };
        let progress = Arc::new(Progress::default());
        self.exporting.phase = Phase::Running(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let typesetter = Arc::clone(&self.typesetter);
        self.start(JobKind::Export, "export", Wanted::Always, move || {
            let asks = !leaves && !request.overwrites;
            let phase = match order.taken(&environment) {
                Err(problem) => Phase::Refused(problem),
                Ok(taken) if asks && !taken.is_empty() => {
                    let planned = order.planned().len();
                    Phase::Taken(Box::new(request), taken, planned)
                }
                Ok(_) => {
                    let typesetter = typesetter.get_or_init(Typesetter::new);
                    Phase::Done(Results {
                        made: order.run(&environment, typesetter, &*progress),
                        left_out: order.left_out().to_vec(),
                        folder: request.folder,
                    })
                }
            };
            JobResult::Exported(Box::new(Outcome { phase }))
        });
    }

    /// Shows what came of an export: in the dialog where it is open, else in passing, or in the dialog where something is
    /// to be decided or to be known.
    pub(super) fn exported(&mut self, outcome: Outcome) {
        self.exporting.phase = outcome.phase;
        if self.exporting.is_watched {
            return;
        }
        match &self.exporting.phase {
            Phase::Done(results) if results.is_whole() => {
                let count = results.written();
                let said = format!("已导出 {count} 个文件：{}", shown(&results.folder));
                self.views.toasts.written(said, results.folder.clone());
                self.exporting.phase = Phase::Asking;
            }
            _ => self.ask_what_to_export(),
        }
    }

    /// The folder that files are put into first: that of the document, else the one in which dialogs begin.
    pub(super) fn first_export_folder(&self) -> Option<PathBuf> {
        let own = self.desk.as_ref()?.session.path();
        let own = own.and_then(|path| path.parent().map(Path::to_path_buf));
        own.or_else(|| self.first_folder())
    }
}
