//! Items of many files, read one after the other: each is opened, taken what is needed of, and closed again.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    item::{Item, OnForm},
    order::told,
    run::Onlooker,
    source::Source,
};
use crate::{
    model::project::Project,
    rules::profile::InForce,
    session::{
        environment::Environment,
        found::{Found, Search},
        one_line::one_line,
        session::Session,
    },
};

/// That a file holds no project.
pub const NO_PROJECT: &str = "文件中没有项目，没有可以处理的内容。请确认选对了文件。";

/// Documents of one export at most.
const FILES: usize = 10_000;

/// What is taken of documents.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Only projects whose names contain this.
    pub filter: Option<&'a str>,
    /// Whether with findings.
    pub findings: bool,
    /// By what is checked.
    pub in_force: &'a InForce,
    /// What has not happened to what is left out: "没有导出".
    pub undone: &'a str,
}

/// What there is, and why some of it is not.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The projects, in the order of the files.
    pub items: Vec<Item>,
    /// What a person should know of the files, one sentence each.
    pub notes: Vec<String>,
    /// Why others are not among the items, one sentence each, the path last.
    pub problems: Vec<String>,
}

/// The documents that paths name: files, and folders with all documents in them.
pub fn below(environment: &Environment, paths: &[PathBuf], is_stopped: &dyn Fn() -> bool) -> Found {
    let search = Search {
        most: FILES,
        endings: &["jiping", "json"],
        is_stopped,
    };
    let mut found = search.below(environment.fs(), paths);
    if found.has_more {
        found.passed_over.push(format!(
            "文件超过 {FILES} 个，只读取了前 {FILES} 个。请分几次处理。"
        ));
    }
    found
}

/// Reads the files. One that cannot be read does not keep the others from it.
pub fn gather(
    environment: &Arc<Environment>,
    files: &[PathBuf],
    wanted: Wanted<'_>,
    onlooker: &dyn Onlooker,
) -> Gathered {
    let mut gathered = Gathered::default();
    for (done, path) in files.iter().enumerate() {
        if onlooker.is_stopped() {
            break;
        }
        onlooker.begun(done, files.len(), path);
        match Session::open(Arc::clone(environment), path) {
            Ok(mut session) => gathered.add(&mut session, path, wanted),
            Err(error) => gathered.problems.push(one_line(&error.to_string())),
        }
    }
    gathered
}

impl Gathered {
    fn add(&mut self, session: &mut Session, path: &Path, wanted: Wanted<'_>) {
        let about = |message: &str| one_line(&format!("{message}文件：{}", told(path)));
        self.notes
            .extend(session.notes().iter().map(|note| about(note)));
        let matches = |project: &&Arc<Project>| {
            let name = project.name();
            wanted.filter.is_none_or(|filter| name.contains(filter))
        };
        let all = session.document().projects.iter();
        let chosen: Vec<Arc<Project>> = all.filter(matches).cloned().collect();
        if wanted.filter.is_none() && chosen.is_empty() {
            self.problems.push(about(NO_PROJECT));
        }
        let source = Arc::new(Source::of_file(path, session.fingerprint()));
        let findings = match wanted.findings {
            true => {
                session.judge_by(wanted.in_force.clone());
                session.findings()
            }
            false => &[],
        }
        .to_vec();
        let (before, count) = (self.items.len(), chosen.len());
        for project in chosen {
            let Some(edition) = session.editions().of(&project) else {
                continue;
            };
            let found = findings.iter().find(|found| found.project == project.id);
            self.items.push(Item {
                source: Arc::clone(&source),
                findings: found.cloned(),
                monitoring: OnForm::monitoring(&project, session.editions()),
                project,
                edition,
            });
        }
        let missing = count - (self.items.len() - before);
        if missing > 0 {
            let undone = wanted.undone;
            let problem = format!("有 {missing} 个项目缺少表样，{undone}。");
            self.problems.push(about(&problem));
        }
    }
}
