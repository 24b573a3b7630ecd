//! What the commands work on: sessions in the environment of this computer.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{arguments::ProfileArguments, one_line::one_line};
use crate::{
    model::{document::Document, edition::Edition, project::Project},
    rules::{
        checker::ProjectFindings,
        profile::{InForce, remarks},
    },
    session::{environment::Environment, export::documents::NO_PROJECT, session::Session},
    store::{editions::EditionShelf, error::shown},
};

/// The environment that the commands of one run share.
pub struct Workspace {
    environment: Arc<Environment>,
    editions: Arc<EditionShelf>,
}

impl Workspace {
    /// This computer. What has to be done without is told on the error output.
    pub fn new() -> Self {
        let environment = Environment::real();
        for problem in environment.problems() {
            tell(problem);
        }
        Self {
            editions: environment.editions(),
            environment: Arc::new(environment),
        }
    }

    /// The environment, for work that opens sessions of its own.
    pub fn shared(&self) -> &Arc<Environment> {
        &self.environment
    }

    /// Clock and disk.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The editions at hand without those inside documents.
    pub fn editions(&self) -> &EditionShelf {
        &self.editions
    }

    /// A new document with one blank project.
    pub fn create(&self, edition: &Arc<Edition>) -> Session {
        Session::new(Arc::clone(&self.environment), edition)
    }

    /// A new document without projects.
    pub fn empty(&self) -> Session {
        Session::empty(Arc::clone(&self.environment))
    }

    /// What the commands check by: the profile of a file, else the program's own. What of it has no effect is told on the error
    /// output.
    ///
    /// # Errors
    ///
    /// Why the file cannot be used, in words, the path last.
    pub fn in_force(&self, arguments: &ProfileArguments) -> Result<InForce, String> {
        let Some(path) = &arguments.profile else {
            return Ok(InForce::default());
        };
        let profile = self.environment.read_profile(path);
        let profile = profile.map_err(|problem| one_line(&problem))?;
        remarks(&profile).iter().for_each(|said| tell(said));
        Ok(InForce::of(Arc::new(profile)))
    }

    /// Opens a file. What a person should know of it is told on the error output.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in words, the path last.
    pub fn open(&self, path: &Path) -> Result<OpenFile, String> {
        let session = Session::open(Arc::clone(&self.environment), path)
            .map_err(|error| one_line(&error.to_string()))?;
        let file = OpenFile {
            path: path.to_path_buf(),
            session,
        };
        for note in file.session.notes() {
            tell(&file.about(&note));
        }
        Ok(file)
    }
}

/// A file that was opened to be read.
pub struct OpenFile {
    path: PathBuf,
    session: Session,
}

impl OpenFile {
    /// The path as the person wrote it, for messages.
    pub fn name(&self) -> String {
        shown(&self.path)
    }

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        self.session.document()
    }

    /// The session, to go on with.
    pub fn into_session(self) -> Session {
        self.session
    }

    /// The edition of a project, if it is at hand.
    pub fn edition_of(&self, project: &Project) -> Option<Arc<Edition>> {
        self.session.editions().of(project)
    }

    /// Checks by this from now on.
    pub fn judge_by(&mut self, in_force: &InForce) {
        self.session.judge_by(in_force.clone());
    }

    /// The findings of every project, in the order of the document.
    pub fn findings(&mut self) -> &[Arc<ProjectFindings>] {
        self.session.findings()
    }

    /// The projects whose names contain `filter`; perhaps none.
    pub fn matching(&self, filter: Option<&str>) -> Vec<&Arc<Project>> {
        let matches =
            |project: &&Arc<Project>| filter.is_none_or(|filter| project.name().contains(filter));
        self.document().projects.iter().filter(matches).collect()
    }

    /// The projects whose names contain `filter`.
    ///
    /// # Errors
    ///
    /// There is none, in words, the path last.
    pub fn chosen(&self, filter: Option<&str>) -> Result<Vec<&Arc<Project>>, String> {
        let chosen = self.matching(filter);
        if chosen.is_empty() {
            return Err(self.about(&no_project(filter)));
        }
        Ok(chosen)
    }

    /// A message about the file.
    pub fn about(&self, message: &str) -> String {
        one_line(&format!("{message}文件：{}", self.name()))
    }
}

/// That there is no project to work on.
pub fn no_project(filter: Option<&str>) -> String {
    match filter {
        Some(filter) => format!(
            "没有名称中含有“{filter}”的项目，没有可以处理的内容。请核对 --project 后面的名称。"
        ),
        None => NO_PROJECT.into(),
    }
}

/// Tells something that does not stop the command. Nobody may be listening, which is no error.
pub fn tell(note: &str) {
    let _ = writeln!(std::io::stderr().lock(), "注意：{}", one_line(note));
}
