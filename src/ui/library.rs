//! The 指标库 in the window: what is on its way into it, and what becomes of it. Reading files is a job.

use std::{path::PathBuf, sync::Arc};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::library::{LibraryDialog, taking::TakingDialog},
    files::{Export, Purpose},
};
use crate::{
    model::library::{Entry, EntryKey},
    session::{
        jobs::Wanted,
        library::{
            HandedOn, Offer, forget, handed_on, offer_of_forms, offer_of_lists, offer_of_project,
            take,
        },
        progress::Progress,
    },
    store::editions::EditionShelf,
};

/// What the dialogs ask for.
#[derive(Debug, Clone)]
pub enum LibraryAction {
    /// Take the indicators of the shown project.
    GatherProject,
    /// Ask for forms.
    ChooseForms,
    /// Ask for a folder of forms.
    ChooseFolder,
    /// Ask for a list.
    ChooseList,
    /// Give up what is being read or was read.
    Stop,
    /// Take these entries.
    Take(Vec<Entry>),
    /// Keep an entry, in the place of another where it was changed.
    Keep(Option<EntryKey>, Box<Entry>),
    /// Take an entry out of the person's own.
    Forget(EntryKey),
    /// Ask where to write the person's own entries.
    HandOn(HandedOn),
}

/// What files are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gathering {
    /// Filled in forms.
    Forms,
    /// Lists of indicators.
    Lists,
}

/// What is on its way into the library.
#[derive(Default)]
pub struct Librarian {
    phase: Phase,
}

/// Where it stands.
#[derive(Default)]
pub enum Phase {
    /// Nothing is on its way.
    #[default]
    Idle,
    /// Files are being read.
    Reading(Arc<Progress>),
    /// This may be taken.
    Offered(Arc<Offer>),
}

/// What a job read.
pub struct Outcome {
    of: Arc<Progress>,
    offer: Offer,
}

impl Librarian {
    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Gives up what is being read.
    pub(super) fn stop(&self) {
        if let Phase::Reading(progress) = &self.phase {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Library {
            self.phase = Phase::Idle;
        }
    }
}

impl App {
    /// Shows the library.
    pub(super) fn show_library(&mut self) {
        let dialog = LibraryDialog::new(self.shown().as_ref(), self.position.cell.as_ref());
        self.dialogs.push(Box::new(dialog));
    }

    pub(super) fn perform_library(&mut self, action: LibraryAction) {
        match action {
            LibraryAction::GatherProject => {
                let Some(shown) = self.shown() else { return };
                let offer = offer_of_project(&self.environment, &shown.project, &shown.edition);
                self.offer(Phase::Offered(Arc::new(offer)));
            }
            LibraryAction::ChooseForms => self.ask_where(Purpose::LibraryForms, ""),
            LibraryAction::ChooseFolder => self.ask_where(Purpose::LibraryFolder, ""),
            LibraryAction::ChooseList => self.ask_where(Purpose::LibraryList, ""),
            LibraryAction::Stop => {
                self.library.stop();
                self.library.phase = Phase::Idle;
            }
            LibraryAction::Take(entries) => {
                let taken = take(&self.environment, entries);
                self.say_taken(taken);
            }
            LibraryAction::Keep(before, entry) => {
                let name = entry.name.clone();
                let kept = self
                    .environment
                    .change_library(|library| library.replace(before.as_ref(), *entry));
                self.say_taken(kept.map(|()| format!("指标库已保存“{name}”")));
            }
            LibraryAction::Forget(key) => {
                let forgotten = forget(&self.environment, &key);
                self.say_taken(forgotten.map(|()| "已从指标库删除".to_owned()));
            }
            LibraryAction::HandOn(form) => self.hand_library_on(form),
        }
    }

    fn say_taken(&mut self, result: Result<String, String>) {
        match result {
            Ok(said) => self.views.toasts.done(said),
            Err(problem) => self.tell("指标库没有变化", problem),
        }
    }

    /// Reads files whose indicators are to be taken.
    pub(super) fn read_for_library(&mut self, gathering: Gathering, paths: Vec<PathBuf>) {
        let progress = Arc::new(Progress::default());
        self.offer(Phase::Reading(Arc::clone(&progress)));
        let environment = Arc::clone(&self.environment);
        let shelf = match &self.desk {
            Some(desk) => desk.session.editions().shelf().clone(),
            None => EditionShelf::clone(&environment.editions()),
        };
        self.start(JobKind::Library, "library", Wanted::Always, move || {
            let offer = match gathering {
                Gathering::Forms => offer_of_forms(&environment, &shelf, &paths, &progress),
                Gathering::Lists => offer_of_lists(&environment, &paths, &progress),
            };
            let of = progress;
            JobResult::Library(Box::new(Outcome { of, offer }))
        });
    }

    fn offer(&mut self, phase: Phase) {
        self.library.stop();
        self.library.phase = phase;
        self.dialogs.push(Box::new(TakingDialog::default()));
    }

    /// Shows what was read, unless the person has given it up.
    pub(super) fn library_read(&mut self, outcome: Outcome) {
        if let Phase::Reading(progress) = &self.library.phase
            && Arc::ptr_eq(progress, &outcome.of)
        {
            self.library.phase = Phase::Offered(Arc::new(outcome.offer));
        }
    }

    fn hand_library_on(&mut self, form: HandedOn) {
        let own = self.environment.library().own;
        if own.entries.is_empty() {
            let text = "还没有自建或收录的指标，先收录或新建".to_owned();
            return self.views.toasts.say(text);
        }
        let (filter, name): ((&str, &[&str]), &str) = match form {
            HandedOn::Workbook => (("Excel 文件", &["xlsx"]), "指标库.xlsx"),
            HandedOn::Json => (("指标库", &["json"]), "指标库.json"),
        };
        match handed_on(&own, form) {
            Ok(bytes) => {
                let export = Export {
                    bytes: Arc::from(bytes),
                    title: "导出指标库",
                    filter,
                };
                self.ask_where(Purpose::Export(export), name);
            }
            Err(problem) => self.tell("没有导出", problem),
        }
    }
}
