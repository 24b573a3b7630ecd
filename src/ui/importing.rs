//! Import in the window: what is being read, what was recognised, and what becomes of it. Reading and recognising are jobs.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::import::ImportDialog,
    files::Purpose,
};
use crate::{
    exchange::{
        recognise::{Fit, Form, Recognised, Wishes},
        report::Report,
        step::{self, Take},
    },
    model::{document::Document, figure::MoneyUnit, id::Id, project::Project},
    session::{
        environment::Environment,
        import::{self, Gathered, Progress, Source},
        jobs::Wanted,
        session::Session,
    },
    store::editions::EditionShelf,
};

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub enum ImportAction {
    /// Ask for files.
    ChooseFiles,
    /// Ask for a folder.
    ChooseFolder,
    /// Read this.
    Read(Source),
    /// Recognise anew with these wishes.
    Wish(Wishes),
    /// Do this with a form.
    Take(usize, Take),
    /// Read the amounts of budget tables in this unit.
    Unit(MoneyUnit),
    /// Keep the edition with this id, made from a form, for later, or do not.
    Keep(String, bool),
    /// Give up what is being read or was read.
    Stop,
    /// Take it into the document.
    Finish,
}

/// Where an import stands.
#[derive(Default)]
pub struct Importing {
    phase: Phase,
    /// The project whose form of last year is looked for.
    for_last_year: Option<Id<Project>>,
}

/// Where an import stands.
#[derive(Default)]
pub enum Phase {
    /// Nothing was chosen yet.
    #[default]
    Asking,
    /// Files are being read.
    Reading(Arc<Progress>),
    /// Everything is read.
    Read(Preview),
}

/// What was read, before anything changes.
pub struct Preview {
    /// What the files hold.
    pub gathered: Arc<Gathered>,
    /// What was recognised in them.
    pub recognised: Arc<Recognised>,
    /// The report on it all: files that cannot be read, then every cell.
    pub report: Arc<Report>,
    /// What is done with each form.
    pub taking: Vec<Take>,
    /// The project of the open document that each form is about.
    pub twins: Vec<Option<Id<Project>>>,
    /// The project of the open document whose last year each form is of.
    pub next_years: Vec<Option<Id<Project>>>,
    /// The ids of editions made from forms that are kept for later.
    pub kept: BTreeSet<String>,
    /// The unit in which budget tables state their amounts.
    pub unit: Option<MoneyUnit>,
    /// What the person wants otherwise.
    pub wishes: Wishes,
}

/// What a job read.
pub struct Outcome {
    /// The reading that this came of; `None` where files that were read before were recognised anew.
    of: Option<Arc<Progress>>,
    gathered: Arc<Gathered>,
    recognised: Recognised,
    report: Report,
    wishes: Wishes,
}

impl Outcome {
    /// Recognises what was read; called in a job's thread.
    fn of(
        environment: &Environment,
        shelf: &EditionShelf,
        of: Option<Arc<Progress>>,
        gathered: Arc<Gathered>,
        wishes: Wishes,
    ) -> JobResult {
        let recognised = import::recognise(environment, shelf, &gathered, &wishes);
        JobResult::Import(Box::new(Self {
            of,
            report: gathered.report(&recognised),
            gathered,
            recognised,
            wishes,
        }))
    }
}

impl Importing {
    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whose last year forms are of: where one project's is looked for, the only form is its own, and of several those that
    /// name it; `found` is what the forms say.
    fn meant(&self, found: Vec<Option<Id<Project>>>) -> Vec<Option<Id<Project>>> {
        let Some(project) = self.for_last_year else {
            return found;
        };
        match found.len() {
            1 => vec![Some(project)],
            _ => found
                .into_iter()
                .map(|one| one.filter(|one| *one == project))
                .collect(),
        }
    }

    /// Gives up what is being read: the program ends, and would wait for it.
    pub(super) fn stop(&self) {
        if let Phase::Reading(progress) = &self.phase {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Import && matches!(self.phase, Phase::Reading(_)) {
            self.phase = Phase::Asking;
        }
    }
}

impl Preview {
    /// How many projects the document gets or changes.
    pub fn taken(&self) -> usize {
        self.taking
            .iter()
            .filter(|take| **take != Take::Skip)
            .count()
    }

    /// Whether the edition of a form, made from it, is kept for later.
    pub fn is_kept(&self, form: &Form) -> bool {
        form.fit == Fit::Built && self.kept.contains(&form.edition.id)
    }

    /// Whether there is anything to take.
    pub fn has_something(&self) -> bool {
        self.taken() > 0 || !self.recognised.accounts.is_empty()
    }
}

impl App {
    /// Shows the dialog of an import.
    pub(super) fn ask_what_to_import(&mut self) {
        self.importing.phase = Phase::Asking;
        self.importing.for_last_year = None;
        self.dialogs.push(Box::new(ImportDialog::default()));
    }

    /// Shows the dialog and reads a file that is to hold the form of the year before a project's.
    pub(super) fn import_last_year(&mut self, path: PathBuf, project: Id<Project>) {
        self.ask_what_to_import();
        self.importing.for_last_year = Some(project);
        self.read(Source::Paths(vec![path]));
    }

    /// Shows the dialog and reads what was dropped on the window.
    pub(super) fn import_dropped(&mut self, paths: Vec<PathBuf>) {
        self.ask_what_to_import();
        self.read(Source::Paths(paths));
    }

    pub(super) fn perform_import(&mut self, action: ImportAction) {
        match action {
            ImportAction::ChooseFiles => self.ask_where(Purpose::Import, ""),
            ImportAction::ChooseFolder => self.ask_where(Purpose::ImportFolder, ""),
            ImportAction::Read(source) => self.read(source),
            ImportAction::Wish(wishes) => self.recognise_anew(wishes),
            ImportAction::Take(form, take) => {
                if let Phase::Read(preview) = &mut self.importing.phase
                    && let Some(own) = preview.taking.get_mut(form)
                {
                    *own = take;
                }
            }
            ImportAction::Unit(unit) => {
                if let Phase::Read(preview) = &mut self.importing.phase {
                    preview.unit = Some(unit);
                }
            }
            ImportAction::Keep(id, is_kept) => {
                if let Phase::Read(preview) = &mut self.importing.phase {
                    match is_kept {
                        true => preview.kept.insert(id),
                        false => preview.kept.remove(&id),
                    };
                }
            }
            ImportAction::Stop => {
                self.importing.stop();
                self.importing.phase = Phase::Asking;
            }
            ImportAction::Finish => self.finish_import(),
        }
    }

    /// Reads files that the person chose.
    pub(super) fn read_to_import(&mut self, paths: Vec<PathBuf>) {
        self.read(Source::Paths(paths));
    }

    /// Reads files or pasted text, and recognises what is in them.
    fn read(&mut self, source: Source) {
        let progress = Arc::new(Progress::default());
        self.importing.phase = Phase::Reading(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        let shelf = self.shelf();
        self.start(JobKind::Import, "import", Wanted::Always, move || {
            let gathered = Arc::new(import::gather(&environment, &source, &progress));
            let wishes = Wishes::default();
            Outcome::of(&environment, &shelf, Some(progress), gathered, wishes)
        });
    }

    /// Recognises the same files once more. What is shown stays until the new result is there.
    fn recognise_anew(&mut self, wishes: Wishes) {
        let Phase::Read(preview) = &self.importing.phase else {
            return;
        };
        let gathered = Arc::clone(&preview.gathered);
        let environment = Arc::clone(&self.environment);
        let shelf = self.shelf();
        self.start(JobKind::Import, "import", Wanted::Always, move || {
            Outcome::of(&environment, &shelf, None, gathered, wishes)
        });
    }

    /// The editions at hand: those of the open document, where one is open.
    fn shelf(&self) -> EditionShelf {
        match &self.desk {
            Some(desk) => desk.session.editions().shelf().clone(),
            None => EditionShelf::clone(&self.environment.editions()),
        }
    }

    /// Shows what was read, unless the person has given it up.
    pub(super) fn import_read(&mut self, outcome: Outcome) {
        let before = match &self.importing.phase {
            Phase::Reading(progress) if is_for(&outcome, progress) => None,
            Phase::Read(preview) if Arc::ptr_eq(&preview.gathered, &outcome.gathered) => {
                Some((preview.taking.clone(), preview.unit, preview.kept.clone()))
            }
            // Given up, or something else is being read by now.
            Phase::Asking | Phase::Reading(_) | Phase::Read(_) => return,
        };
        let Outcome {
            gathered,
            recognised,
            report,
            wishes,
            ..
        } = outcome;
        let empty;
        let document = match &self.desk {
            Some(desk) => desk.session.document(),
            None => {
                empty = Session::empty(Arc::clone(&self.environment));
                empty.document()
            }
        };
        let forms = recognised.forms.iter();
        let next_years = forms.map(|form| step::next_year(document, form)).collect();
        let next_years = self.importing.meant(next_years);
        let mut taking = step::proposed(document, &recognised);
        if self.importing.for_last_year.is_some() {
            taking = next_years
                .iter()
                .map(|next| next.map_or(Take::Skip, Take::LastYear))
                .collect();
        }
        let (earlier, unit, kept) = before.unwrap_or_default();
        if earlier.len() == taking.len() {
            for (proposed, earlier) in taking.iter_mut().zip(earlier) {
                if is_possible(document, earlier) {
                    *proposed = earlier;
                }
            }
        }
        let forms = recognised.forms.iter();
        let twins = forms.map(|form| step::twin(document, form)).collect();
        self.importing.phase = Phase::Read(Preview {
            report: Arc::new(report),
            gathered,
            recognised: Arc::new(recognised),
            taking,
            twins,
            next_years,
            kept,
            unit,
            wishes,
        });
    }

    /// Takes what was read into the open document as one step, or into a new one.
    fn finish_import(&mut self) {
        let phase = std::mem::take(&mut self.importing.phase);
        let Phase::Read(preview) = phase else { return };
        let is_new = self.desk.is_none();
        let mut session = None;
        let desk = match &mut self.desk {
            Some(desk) => &mut desk.session,
            None => session.insert(Session::empty(Arc::clone(&self.environment))),
        };
        match import::take(
            desk,
            &preview.gathered,
            &preview.recognised,
            &preview.taking,
            preview.unit,
        ) {
            Err(refusal) => self.views.toasts.refused(&refusal),
            Ok(done) => {
                self.keep_editions(&preview);
                if let Some(session) = session {
                    self.take(session);
                }
                if let Some(first) = done.first {
                    self.position.show(first);
                }
                self.say_imported(is_new, &done.said, done.left_out);
            }
        }
    }

    /// Keeps the editions that the person wants kept, of forms that were taken.
    fn keep_editions(&mut self, preview: &Preview) {
        let forms = preview.recognised.forms.iter().zip(&preview.taking);
        let kept = forms.filter(|(form, take)| **take != Take::Skip && preview.is_kept(form));
        for (form, _) in kept {
            if let Err(problem) = self.environment.keep_edition(&form.edition) {
                self.views.toasts.warn(problem);
            }
        }
    }

    /// Says what was imported, with the way back where there was a document before.
    fn say_imported(&mut self, is_new: bool, said: &str, left_out: Vec<String>) {
        match self.desk.as_ref().filter(|_| !is_new) {
            Some(desk) => {
                let state = desk.session.history().state();
                self.views.toasts.undoable(said.to_owned(), state);
            }
            None => self.views.toasts.done(said.to_owned()),
        }
        if left_out.is_empty() {
            return;
        }
        /// As many as are read; all of them stand in the report of the command line.
        const TOLD: usize = 12;
        let mut text = left_out
            .iter()
            .take(TOLD)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n");
        if let Some(more) = left_out.len().checked_sub(TOLD).filter(|more| *more > 0) {
            text.push_str(&format!("\n另有 {more} 条"));
        }
        self.tell("已导入，另有几处请看一下", text);
    }
}

/// Whether an earlier choice is still one: the project that it is about may have been one of the import, and is another by
/// now.
fn is_possible(document: &Document, take: Take) -> bool {
    match take {
        Take::New | Take::Skip => true,
        Take::Replace(project) | Take::Approve(project) | Take::LastYear(project) => {
            document.project(project).is_some()
        }
    }
}

/// Whether what was read is what is waited for.
fn is_for(outcome: &Outcome, progress: &Arc<Progress>) -> bool {
    let of = outcome.of.as_ref();
    of.is_some_and(|of| Arc::ptr_eq(of, progress)) && !progress.is_stopped()
}

impl Drop for App {
    fn drop(&mut self) {
        self.importing.stop();
        self.exporting.stop();
        self.library.stop();
        self.ledger.stop();
        self.evidence.stop();
        self.outgoing.stop();
        self.filling_in.stop();
    }
}
