//! 填回原表 in the window: a template is filled in, looked at, and saved under a new name.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::State;
use crate::{
    exchange::{
        error::{Excess, ReadError},
        fill::{self, Filled, Subject},
        kind::Kind,
        limits,
    },
    model::{id::Id, project::Project},
    session::{
        environment::Environment,
        jobs::{Revision, Wanted},
        print::failure,
        progress::Progress,
    },
    store::error::{reason, shown},
    ui::{
        app::{App, JobKind, JobResult},
        dialogs::fill::FillDialog,
        documents::with_extension,
        files::Purpose,
    },
};

/// What the dialog asks for.
#[derive(Debug, Clone)]
pub enum FillAction {
    /// Ask for the template.
    ChooseTemplate,
    /// Use this template.
    Template(PathBuf),
    /// Fill these projects in; all of the document where there are none.
    Start(Vec<Id<Project>>),
    /// Give up what is being filled in, or what came of it.
    Again,
    /// The dialog is closed: what is being filled in is given up, what is filled in and not saved yet stays.
    Leave,
    /// Ask where to save what was filled in.
    Save,
}

/// Where 填回原表 stands.
#[derive(Default)]
pub struct Filling {
    phase: Phase,
    template: Option<PathBuf>,
}

/// Where it stands.
#[derive(Default)]
pub enum Phase {
    /// Nothing was asked for yet.
    #[default]
    Asking,
    /// The template is being filled in.
    Running(Arc<Progress>),
    /// Nothing was filled in; why.
    Refused(String),
    /// It is filled in.
    Done(Done),
}

/// A template that is filled in.
pub struct Done {
    /// The template.
    pub template: PathBuf,
    /// The projects that were to be filled in, with their names.
    pub projects: Vec<(Id<Project>, String)>,
    /// The revision of the document that was filled in.
    pub revision: Revision,
    /// What came of it.
    pub filled: Arc<Filled>,
    /// What became of it since.
    pub state: State,
}

/// What a job came to.
pub enum Outcome {
    /// A template was filled in, or why not.
    Filled(Arc<Progress>, Result<Done, String>),
    /// What was filled in was written, or why not.
    Written(Arc<Filled>, State),
}

impl Filling {
    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The template that was chosen.
    pub fn template(&self) -> Option<&Path> {
        self.template.as_deref()
    }

    /// Gives up what is under way.
    pub(super) fn stop(&self) {
        if let Phase::Running(progress) = &self.phase {
            progress.stop();
        }
    }

    /// Keeps nothing but what is filled in and not saved yet.
    fn leave(&mut self) {
        let keeps =
            matches!(&self.phase, Phase::Done(done) if !matches!(done.state, State::Saved(_)));
        if !keeps {
            self.restart();
        }
    }

    /// Begins again; the template stays chosen.
    pub(super) fn restart(&mut self) {
        self.stop();
        self.phase = Phase::Asking;
    }
}

impl Done {
    /// The name that is proposed for the file: "附件3（已填）.xlsx".
    pub fn proposed_name(&self) -> String {
        let stem = self.template.file_stem().unwrap_or_default();
        format!("{}（已填）.{}", stem.to_string_lossy(), self.ending())
    }

    /// The names of projects that have no place in the template.
    pub fn without_place(&self) -> Vec<&str> {
        let has_place = |index| {
            self.filled
                .projects
                .iter()
                .any(|(known, _)| *known == index)
        };
        let all = self.projects.iter().enumerate();
        all.filter(|(index, _)| !has_place(*index))
            .map(|(_, (_, name))| name.as_str())
            .collect()
    }

    /// The ending of the file, without the dot: the template's own, or that of the kind it was converted to.
    fn ending(&self) -> &'static str {
        let own = self.template.extension().and_then(|own| own.to_str());
        let own = own.map(str::to_ascii_lowercase).unwrap_or_default();
        match self.filled.kind {
            Kind::Word if own == "docm" => "docm",
            Kind::Word => "docx",
            _ if own == "xlsm" => "xlsm",
            _ => "xlsx",
        }
    }
}

impl App {
    /// Shows the dialog; what was filled in and not taken away yet is still there.
    pub(in crate::ui) fn ask_what_to_fill(&mut self) {
        self.dialogs.push(Box::new(FillDialog::default()));
    }

    pub(in crate::ui) fn perform_fill(&mut self, action: FillAction) {
        match action {
            FillAction::ChooseTemplate => self.ask_where(Purpose::Template, ""),
            FillAction::Template(path) => self.use_template(path),
            FillAction::Start(projects) => self.start_filling(&projects),
            FillAction::Again => self.exporting.fill.restart(),
            FillAction::Leave => self.exporting.fill.leave(),
            FillAction::Save => {
                if let Phase::Done(done) = &self.exporting.fill.phase {
                    let name = done.proposed_name();
                    self.ask_where(Purpose::Filled, &name);
                }
            }
        }
    }

    /// Fills this template in from now on.
    pub(in crate::ui) fn use_template(&mut self, path: PathBuf) {
        self.exporting.fill.restart();
        self.exporting.fill.template = Some(path);
    }

    fn start_filling(&mut self, projects: &[Id<Project>]) {
        let Some((desk, template)) = self.desk.as_ref().zip(self.exporting.fill.template.clone())
        else {
            return;
        };
        let document = desk.session.document();
        let is_wanted = |project: &Project| projects.is_empty() || projects.contains(&project.id);
        let mut subjects = Vec::new();
        let mut missing = Vec::new();
        for project in document.projects.iter().filter(|one| is_wanted(one)) {
            match desk.session.editions().of(project) {
                Some(edition) => subjects.push(Subject {
                    project: Arc::clone(project),
                    edition,
                }),
                None => missing.push(format!(
                    "项目缺少表样，没有填写。请向提供文件的单位索取表样并添加。项目：{}",
                    project.name()
                )),
            }
        }
        let revision = desk.session.revision();
        let progress = Arc::new(Progress::default());
        self.exporting.fill.phase = Phase::Running(Arc::clone(&progress));
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Fill, "fill", Wanted::Always, move || {
            let filled = fill_in(&environment, &template, &subjects, &progress);
            let done = filled.map(|mut filled| {
                filled.remarks.extend(missing);
                let projects = subjects.iter().map(|one| &one.project);
                Done {
                    template,
                    projects: projects
                        .map(|project| (project.id, project.name().to_owned()))
                        .collect(),
                    revision,
                    filled: Arc::new(filled),
                    state: State::Unsaved,
                }
            });
            JobResult::Filled(Box::new(Outcome::Filled(progress, done)))
        });
    }

    /// Saves what was filled in to a path that the person chose, never over the template.
    pub(in crate::ui) fn save_filled(&mut self, path: PathBuf) {
        let Phase::Done(done) = &mut self.exporting.fill.phase else {
            return;
        };
        let path = with_extension(path, done.ending());
        done.state = State::Saving;
        let (filled, template) = (Arc::clone(&done.filled), done.template.clone());
        let environment = Arc::clone(&self.environment);
        self.start(JobKind::Fill, "fill", Wanted::Always, move || {
            let state = write(&environment, &template, path, &filled.bytes);
            JobResult::Filled(Box::new(Outcome::Written(filled, state)))
        });
    }

    /// Takes what a job came to, unless the person has given it up.
    pub(in crate::ui) fn filled(&mut self, outcome: Outcome) {
        let fill = &mut self.exporting.fill;
        match (outcome, &mut fill.phase) {
            (Outcome::Filled(of, result), Phase::Running(progress))
                if Arc::ptr_eq(&of, progress) =>
            {
                fill.phase = match result {
                    Ok(done) => Phase::Done(done),
                    Err(problem) => Phase::Refused(problem),
                };
            }
            (Outcome::Written(of, state), Phase::Done(done)) if Arc::ptr_eq(&of, &done.filled) => {
                done.state = state;
            }
            // What was written is there, whatever is asked for by now.
            (Outcome::Written(_, State::Saved(path)), _) => {
                let said = format!("已填回原表：{}", shown(&path));
                self.views.toasts.written(said, path);
            }
            (Outcome::Written(_, State::Failed(why)), _) => self.tell("没有保存", why),
            _ => {}
        }
    }
}

fn fill_in(
    environment: &Environment,
    template: &Path,
    subjects: &[Subject],
    progress: &Progress,
) -> Result<Filled, String> {
    if subjects.is_empty() {
        return Err(
            "没有可以填写的项目：所选项目缺少表样。请向提供文件的单位索取表样并添加。".into(),
        );
    }
    let bytes = environment.fs().read(template, limits::FILE as u64);
    let bytes = bytes.map_err(|error| not_read(&error, template))?;
    let name = template.file_name().unwrap_or_default().to_string_lossy();
    fill::fill(&bytes, &name, subjects, environment.reader(), progress)
        .map_err(|error| error.to_string())
}

fn not_read(error: &io::Error, path: &Path) -> String {
    match error.kind() {
        io::ErrorKind::FileTooLarge => ReadError::TooLarge(Excess::File).to_string(),
        _ => format!(
            "原表读不出来（{}），没有填写，表中内容没有改动。请关闭正在使用它的程序，或把它复制到本机后再试。文件：{}",
            reason(error),
            shown(path)
        ),
    }
}

/// Writes a file; the dialog for files has asked about replacing.
fn write(environment: &Environment, template: &Path, path: PathBuf, bytes: &[u8]) -> State {
    let fs = environment.fs();
    let at = [template, &path].map(|path| fs.resolve(path).ok());
    if at[0].is_some() && at[0] == at[1] {
        return State::Failed(format!(
            "这个文件正是原表，没有覆盖它。请换一个文件名再保存。文件：{}",
            shown(&path)
        ));
    }
    let saver = environment.saver();
    match saver.replace_atomically(&path, bytes, &environment.now()) {
        Ok(_) => State::Saved(path),
        Err(error) => State::Failed(failure::in_words(&error)),
    }
}
