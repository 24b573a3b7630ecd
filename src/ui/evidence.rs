//! 佐证材料 in the window: files are looked at, registered and found again in the background.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    app::{App, JobKind, JobResult},
    dialogs::evidence::EvidenceDialog,
    files::Purpose,
};
use crate::{
    edit::command::{EditCommand, NewParts},
    model::{
        id::Id,
        indicator::Indicator,
        project::{Evidence, Project},
    },
    session::{
        environment::Environment,
        evidence::{self, Checked},
        jobs::Wanted,
        listing::ListForm,
        progress::Progress,
    },
    sharing::evidence::{
        Line,
        check::{Registered, State},
        find::Found,
        folder_of, lines, sheet,
    },
    store::error::shown,
};

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub enum EvidenceAction {
    /// Look at all files.
    Check,
    /// Ask for files that prove this.
    Choose(Proves),
    /// Register these files.
    Register(Proves, Vec<PathBuf>),
    /// Register what is there now in the place of what was registered.
    Again(Vec<Line>),
    /// Ask for the file that this is.
    ChooseOther(Box<Line>),
    /// Ask for the folder in which files that are not found are looked for.
    ChooseFolder,
    /// Open a file, or the folder it lies in, with the system's own program.
    Open(PathBuf),
    /// Give up what is under way.
    Stop,
    /// Make the 佐证材料登记表.
    Make(ListForm),
}

/// What files prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proves {
    /// The project.
    pub project: Id<Project>,
    /// The indicator; `None` for the project as a whole.
    pub indicator: Option<Id<Indicator>>,
}

/// What is known of the files, and what is under way.
#[derive(Default)]
pub struct Evidencing {
    checked: Option<Arc<Checked>>,
    working: Option<Arc<Progress>>,
}

/// What a job came to.
pub enum Outcome {
    /// Files were looked at.
    Checked(Checked),
    /// Files were read, for this; with what is to be told.
    Registered(Proves, Vec<Registered>, Vec<String>),
    /// Files were read that were registered already.
    Again(Vec<(Line, Registered)>, Vec<String>),
    /// A folder was looked through.
    Found(Found, usize),
}

impl Evidencing {
    /// The files as they were found.
    pub fn checked(&self) -> Option<&Checked> {
        self.checked.as_deref()
    }

    /// How far work is, where some is under way.
    pub fn working(&self) -> Option<&Progress> {
        self.working.as_deref()
    }

    /// Gives up what is under way.
    pub(super) fn stop(&self) {
        if let Some(progress) = &self.working {
            progress.stop();
        }
    }

    /// Nothing comes of a job.
    pub(super) fn give_up(&mut self, kind: JobKind) {
        if kind == JobKind::Evidence {
            self.working = None;
        }
    }
}

impl App {
    /// Shows the register, and looks at its files.
    pub(super) fn show_evidence(&mut self) {
        let dialog = EvidenceDialog::new(&self.position);
        self.dialogs.push(Box::new(dialog));
        self.evidence.checked = None;
        self.check_evidence();
    }

    pub(super) fn perform_evidence(&mut self, action: EvidenceAction) {
        match action {
            EvidenceAction::Check => self.check_evidence(),
            EvidenceAction::Choose(proves) => self.ask_where(Purpose::Evidence(proves), ""),
            EvidenceAction::Register(proves, paths) => self.register(proves, paths),
            EvidenceAction::Again(lines) => {
                let paths = lines.into_iter();
                let paths = paths.filter_map(|line| Some((line.path.clone()?, line)));
                let (paths, lines): (Vec<PathBuf>, Vec<Line>) = paths.unzip();
                self.register_again(paths, lines);
            }
            EvidenceAction::ChooseOther(line) => {
                self.ask_where(Purpose::MovedEvidence(line.evidence.id), "");
            }
            EvidenceAction::ChooseFolder => self.ask_where(Purpose::EvidenceFolder, ""),
            EvidenceAction::Open(path) => self.open_evidence(&path),
            EvidenceAction::Stop => {
                self.evidence.stop();
                self.evidence.working = None;
            }
            EvidenceAction::Make(form) => {
                let Some(desk) = &self.desk else { return };
                let document = desk.session.document();
                let lines = self.evidence_lines();
                let states = self.evidence.checked.as_ref();
                let states = states.map(|checked| checked.states.clone());
                let time = self.environment.now().datetime();
                let list = sheet::listing(document, &lines, &states.unwrap_or_default(), time);
                self.make_list(list, form);
            }
        }
    }

    fn evidence_lines(&self) -> Vec<Line> {
        let Some(desk) = &self.desk else {
            return Vec::new();
        };
        let folder = folder_of(self.environment.fs(), desk.session.path());
        lines(desk.session.document(), folder.as_deref())
    }

    /// Begins work in the background; what was under way is given up.
    fn work_on_evidence(
        &mut self,
        work: impl FnOnce(&Environment, &Progress) -> Outcome + Send + 'static,
    ) {
        self.evidence.stop();
        let progress = Arc::new(Progress::default());
        self.evidence.working = Some(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Evidence, "evidence", Wanted::Always, move || {
            let outcome = work(&environment, &progress);
            JobResult::Evidence(progress, Box::new(outcome))
        });
    }

    fn own_file(&self) -> Option<PathBuf> {
        self.desk.as_ref()?.session.path().map(Path::to_path_buf)
    }

    fn check_evidence(&mut self) {
        let Some(desk) = &self.desk else { return };
        let document = Arc::clone(desk.session.document());
        let own = self.own_file();
        self.work_on_evidence(move |environment, progress| {
            let own = own.as_deref();
            Outcome::Checked(evidence::checked(environment, &document, own, progress))
        });
    }

    /// Registers files that the person chose or dropped.
    pub(super) fn register(&mut self, proves: Proves, paths: Vec<PathBuf>) {
        let own = self.own_file();
        self.work_on_evidence(move |environment, progress| {
            let (taken, problems) =
                evidence::registered(environment, &paths, own.as_deref(), progress);
            Outcome::Registered(proves, taken, problems)
        });
    }

    /// Registers the file that the person says this is.
    pub(super) fn register_moved(&mut self, id: Id<Evidence>, path: PathBuf) {
        let lines = self.evidence_lines();
        if let Some(line) = lines.into_iter().find(|line| line.evidence.id == id) {
            self.register_again(vec![path], vec![line]);
        }
    }

    fn register_again(&mut self, paths: Vec<PathBuf>, lines: Vec<Line>) {
        let own = self.own_file();
        self.work_on_evidence(move |environment, progress| {
            let mut again = Vec::new();
            let mut problems = Vec::new();
            for (path, line) in paths.into_iter().zip(lines) {
                let (taken, told) =
                    evidence::registered(environment, &[path], own.as_deref(), progress);
                problems.extend(told);
                again.extend(taken.into_iter().map(|one| (line.clone(), one)));
            }
            Outcome::Again(again, problems)
        });
    }

    /// Looks below a folder for files that are not where they were.
    pub(super) fn look_for_evidence(&mut self, folder: PathBuf) {
        let checked = self.evidence.checked.clone();
        let is_lost = |line: &Line| {
            let state = checked.as_ref().and_then(|one| one.state(&line.evidence));
            !matches!(state, Some(State::Present | State::Changed))
        };
        let mut lines = self.evidence_lines();
        lines.retain(is_lost);
        self.work_on_evidence(move |environment, progress| {
            let found = evidence::found(environment, &folder, &lines, progress);
            Outcome::Found(found, lines.len())
        });
    }

    fn open_evidence(&mut self, path: &Path) {
        if let Err(error) = self.files.open_with_system(path) {
            let text = format!("没有打开（{error}）。请在文件管理器中打开：{}", shown(path));
            self.tell("没有打开", text);
        }
    }

    /// Takes what a job came to, unless the person has given it up.
    pub(super) fn evidence_done(&mut self, of: &Arc<Progress>, outcome: Outcome) {
        let is_wanted = |progress: &Arc<Progress>| Arc::ptr_eq(progress, of);
        if !self.evidence.working.as_ref().is_some_and(is_wanted) {
            return;
        }
        self.evidence.working = None;
        match outcome {
            Outcome::Checked(checked) => self.evidence.checked = Some(Arc::new(checked)),
            Outcome::Registered(proves, taken, problems) => {
                self.add_evidence(proves, &taken);
                self.tell_problems(problems);
                self.check_evidence();
            }
            Outcome::Again(again, problems) => {
                self.replace_evidence(&again);
                self.tell_problems(problems);
                self.check_evidence();
            }
            Outcome::Found(found, wanted) => {
                self.relink_evidence(&found, wanted);
                self.check_evidence();
            }
        }
    }

    fn tell_problems(&mut self, problems: Vec<String>) {
        if !problems.is_empty() {
            self.tell("有文件没有登记好", problems.join("\n"));
        }
    }

    fn add_evidence(&mut self, proves: Proves, taken: &[Registered]) {
        if taken.is_empty() {
            return;
        }
        let new = |one: &Registered| Evidence {
            indicator: proves.indicator,
            ..one.evidence(Id::new(&mut &*self.environment))
        };
        let parts: Vec<Evidence> = taken.iter().map(new).collect();
        let said = format!("已登记 {} 份佐证材料", parts.len());
        let command = EditCommand::Insert {
            project: proves.project,
            parts: NewParts::Evidence(parts),
            index: usize::MAX,
        };
        self.edit_and_say(&command, said);
    }

    fn replace_evidence(&mut self, again: &[(Line, Registered)]) {
        let commands = again.iter().map(|(line, one)| EditCommand::SetEvidence {
            project: line.project,
            evidence: one.again(&line.evidence),
        });
        let commands: Vec<EditCommand> = commands.collect();
        if commands.is_empty() {
            return;
        }
        let said = format!("已重新登记 {} 份佐证材料", commands.len());
        let label = "重新登记 佐证材料".into();
        self.edit_and_say(&EditCommand::Many { label, commands }, said);
    }

    fn relink_evidence(&mut self, found: &Found, wanted: usize) {
        let Some(desk) = &self.desk else { return };
        let own = desk.session.path();
        let places = evidence::places(&self.environment, found, own);
        let mut commands = Vec::new();
        for project in desk.session.document().projects.iter() {
            let files: Vec<(Id<Evidence>, String)> = places
                .iter()
                .filter(|(id, _)| project.evidence.iter().any(|one| one.id == *id))
                .cloned()
                .collect();
            if !files.is_empty() {
                let project = project.id;
                commands.push(EditCommand::MoveEvidence { project, files });
            }
        }
        let more = match found.has_more {
            true => "，文件夹中文件太多，没有看完",
            false => "",
        };
        let said = format!(
            "看了 {} 个文件，{wanted} 份材料找回 {} 份{more}",
            found.seen,
            places.len()
        );
        let label = "找回 佐证材料".into();
        match commands.is_empty() {
            true => self.views.toasts.say(said),
            false => self.edit_and_say(&EditCommand::Many { label, commands }, said),
        }
    }
}
