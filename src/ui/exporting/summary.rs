//! 汇总 in the window: over the projects of the open document, or over files and folders, saved as a workbook or as a PDF.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::State;
use crate::{
    rules::profile::InForce,
    session::{
        environment::Environment,
        export::{
            End, ExportOrder, Request, What,
            documents::{self, Gathered, Wanted as Reading},
            naming::literally,
        },
        jobs::Wanted,
        progress::Progress,
    },
    sheet::layout::Typesetter,
    store::error::shown,
    ui::{
        app::{App, JobKind, JobResult},
        dialogs::summary::SummaryDialog,
        files::Purpose,
    },
};

/// The name that is proposed for the file, without its ending.
const NAME: &str = "项目支出绩效自评汇总表";

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub enum SummaryAction {
    /// Ask for documents.
    ChooseFiles,
    /// Ask for a folder of documents.
    ChooseFolder,
    /// Take these files and folders too.
    Add(Vec<PathBuf>),
    /// Take this one off the list.
    Remove(usize),
    /// Read the files.
    Read,
    /// Give up what is being read or was read; the files stay chosen.
    Again,
    /// Ask where to save it: of what was read, else of the open document.
    Save(Form),
}

/// What a summary is saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// .xlsx
    Workbook,
    /// .pdf
    Pdf,
}

impl Form {
    /// Its ending, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    fn what(self) -> What {
        match self {
            Self::Workbook => What::Summary,
            Self::Pdf => What::SummaryPdf,
        }
    }
}

/// Where 汇总 stands.
#[derive(Default)]
pub struct Summing {
    phase: Phase,
    /// Files and folders that were chosen.
    paths: Vec<PathBuf>,
}

/// Where it stands.
#[derive(Default)]
pub enum Phase {
    /// It is asked what to sum up.
    #[default]
    Asking,
    /// Files are being read.
    Reading(Arc<Progress>),
    /// Files were read, or none had to be.
    Read(Read),
}

/// What is summed up.
pub struct Read {
    /// What was read; `None` for the open document.
    pub gathered: Option<Arc<Gathered>>,
    /// How many files were read.
    pub files: usize,
    /// What became of the summary.
    pub state: State,
}

/// What a job came to.
pub enum Outcome {
    /// Files were read.
    Read(Arc<Progress>, Read),
    /// A summary was written, or why not.
    Written(State),
}

impl Summing {
    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Files and folders that were chosen.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Gives up what is being read.
    pub(super) fn stop(&self) {
        if let Phase::Reading(progress) = &self.phase {
            progress.stop();
        }
    }

    /// Begins again; the files stay chosen.
    pub(super) fn restart(&mut self) {
        self.stop();
        self.phase = Phase::Asking;
    }
}

impl App {
    /// Shows the dialog.
    pub(in crate::ui) fn ask_what_to_sum_up(&mut self) {
        self.exporting.summary.restart();
        self.dialogs.push(Box::new(SummaryDialog::default()));
    }

    pub(in crate::ui) fn perform_summary(&mut self, action: SummaryAction) {
        let summary = &mut self.exporting.summary;
        match action {
            SummaryAction::ChooseFiles => self.ask_where(Purpose::SumUp, ""),
            SummaryAction::ChooseFolder => self.ask_where(Purpose::SumUpFolder, ""),
            SummaryAction::Add(paths) => self.add_to_summary(paths),
            SummaryAction::Remove(index) => {
                if index < summary.paths.len() {
                    summary.paths.remove(index);
                }
            }
            SummaryAction::Read => self.read_to_sum_up(),
            SummaryAction::Again => summary.restart(),
            SummaryAction::Save(form) => {
                let name = format!("{NAME}.{}", form.ending());
                self.ask_where(Purpose::Summary(form), &name);
            }
        }
    }

    /// Takes these files and folders too, each once.
    pub(in crate::ui) fn add_to_summary(&mut self, paths: Vec<PathBuf>) {
        let known = &mut self.exporting.summary.paths;
        for path in paths {
            if !known.contains(&path) {
                known.push(path);
            }
        }
    }

    fn read_to_sum_up(&mut self) {
        let summary = &mut self.exporting.summary;
        let paths = summary.paths.clone();
        let progress = Arc::new(Progress::default());
        summary.phase = Phase::Reading(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let in_force = self.in_force.clone();
        self.start(JobKind::Summary, "summary", Wanted::Always, move || {
            let read = read(&environment, &in_force, &paths, &progress);
            JobResult::SummedUp(Box::new(Outcome::Read(progress, read)))
        });
    }

    /// Saves the summary to a path that the person chose.
    pub(in crate::ui) fn save_summary(&mut self, path: PathBuf, form: Form) {
        let request = Request {
            projects: Vec::new(),
            what: vec![form.what()],
            folder: path.parent().unwrap_or(Path::new("")).to_path_buf(),
            pattern: literally(&path.file_stem().unwrap_or_default().to_string_lossy()),
            face: self.settings.face.into(),
            overwrites: true,
        };
        let gathered = match &self.exporting.summary.phase {
            Phase::Read(read) => read.gathered.clone(),
            Phase::Asking | Phase::Reading(_) => None,
        };
        let order = match (&gathered, &mut self.desk) {
            (Some(gathered), _) => {
                let (items, now) = (gathered.items.clone(), self.environment.now());
                ExportOrder::new(items, Vec::new(), &request, now)
            }
            (None, Some(desk)) => desk.session.export_order(&request),
            (None, None) => return,
        };
        let order = match order {
            Ok(order) => order,
            Err(problem) => return self.tell("没有保存", problem),
        };
        let files = match &self.exporting.summary.phase {
            Phase::Read(read) => read.files,
            Phase::Asking | Phase::Reading(_) => 0,
        };
        self.exporting.summary.phase = Phase::Read(Read {
            gathered,
            files,
            state: State::Saving,
        });
        let environment = Arc::clone(&self.environment);
        let typesetter = Arc::clone(&self.typesetter);
        self.start(JobKind::Summary, "summary", Wanted::Always, move || {
            let state = write(
                &order,
                &environment,
                typesetter.get_or_init(Typesetter::new),
            );
            JobResult::SummedUp(Box::new(Outcome::Written(state)))
        });
    }

    /// Takes what a job came to, unless the person has given it up.
    pub(in crate::ui) fn summed_up(&mut self, outcome: Outcome) {
        let summary = &mut self.exporting.summary;
        match (outcome, &mut summary.phase) {
            (Outcome::Read(of, read), Phase::Reading(progress)) if Arc::ptr_eq(&of, progress) => {
                summary.phase = Phase::Read(read);
            }
            (Outcome::Written(state), Phase::Read(read)) if read.state == State::Saving => {
                read.state = state;
            }
            // What was written is there, whatever is asked for by now.
            (Outcome::Written(State::Saved(path)), _) => {
                let said = format!("已保存汇总表：{}", shown(&path));
                self.views.toasts.written(said, path);
            }
            (Outcome::Written(State::Failed(why)), _) => self.tell("没有保存", why),
            _ => {}
        }
    }
}

fn read(
    environment: &Arc<Environment>,
    in_force: &InForce,
    paths: &[PathBuf],
    progress: &Progress,
) -> Read {
    let found = documents::below(environment, paths, &|| progress.is_stopped());
    let wanted = Reading {
        filter: None,
        findings: true,
        in_force,
        undone: "没有汇总",
    };
    let mut gathered = documents::gather(environment, &found.files, wanted, progress);
    gathered.problems.extend(found.passed_over);
    Read {
        gathered: Some(Arc::new(gathered)),
        files: found.files.len(),
        state: State::Unsaved,
    }
}

/// Writes the one file of an order; the dialog for files has asked about replacing.
fn write(order: &ExportOrder, environment: &Environment, typesetter: &Typesetter) -> State {
    if let Err(problem) = order.taken(environment) {
        return State::Failed(problem);
    }
    let made = order.run(environment, typesetter, &Progress::default());
    match made.into_iter().next().map(|made| (made.path, made.end)) {
        Some((path, End::Written { .. })) => State::Saved(path),
        Some((_, End::Failed(why))) => State::Failed(why),
        _ => State::Failed("没有可以汇总的项目，没有生成文件。请另选文件。".into()),
    }
}
