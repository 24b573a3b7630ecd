//! What of files is printed, on paper or into files.

pub mod notices;
mod source;

use std::{path::PathBuf, sync::Arc};

use jiff::Zoned;

pub use source::Source;
use source::identity;

use super::{
    arguments::ContentArguments,
    progress::Progress,
    workspace::{OpenFile, Workspace, no_project},
};
use crate::{
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
    sheet::{
        booklet::{Booklet, Mark},
        fonts::Face,
        review::{Imprint, ReviewOptions, Reviewed},
        table::FormSheet,
    },
};

/// A project that can be printed.
pub struct Item {
    /// The file it comes from.
    pub source: Arc<Source>,
    /// The project.
    pub project: Arc<Project>,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// For the review copy alone.
    findings: Option<Arc<ProjectFindings>>,
}

/// What there is to be printed, and why some of it is not.
#[derive(Default)]
pub struct Gathered {
    /// The projects.
    pub items: Vec<Item>,
    /// Why others are not among them, in words.
    pub problems: Vec<String>,
}

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The form alone.
    Official,
    /// The review copy with this mark and these appendices.
    Review(Mark, ReviewOptions),
}

impl Kind {
    /// What the arguments ask for. `undone` says what then has not happened: "没有生成文件".
    ///
    /// # Errors
    ///
    /// Options that do not go together, in words.
    pub fn of(arguments: &ContentArguments, undone: &str) -> Result<Self, String> {
        if arguments.charts && !arguments.review {
            return Err(format!(
                "正式打印的表后不附图表，{undone}。要打印带图表的审阅稿，请加上 --review；否则请去掉 --charts。"
            ));
        }
        match (arguments.review, arguments.mark) {
            (true, mark) => {
                let options = ReviewOptions {
                    charts: arguments.charts,
                    ..ReviewOptions::default()
                };
                Ok(Self::Review(mark.unwrap_or_default(), options))
            }
            (false, None) => Ok(Self::Official),
            (false, Some(mark)) => Err(format!(
                "正式打印的表上不印“{}”等标记，{undone}。要打印带标记的审阅稿，请加上 --review；否则请去掉 --mark。",
                mark.words()
            )),
        }
    }
}

/// Opens the files. What cannot be printed does not keep the rest from it. `undone` as in [`Kind::of`].
pub fn gather(
    workspace: &Workspace,
    files: &[PathBuf],
    arguments: &ContentArguments,
    undone: &str,
) -> Gathered {
    let filter = arguments.project.as_deref();
    let mut gathered = Gathered::default();
    let progress = Progress::new("读取", files.len());
    for path in files {
        progress.step(path);
        match workspace.open(path) {
            Ok(mut file) => gathered.add(&mut file, filter, arguments.review, undone),
            Err(problem) => gathered.problems.push(problem),
        }
    }
    progress.finish();
    if gathered.items.is_empty() && gathered.problems.is_empty() {
        gathered.problems.push(no_project(filter));
    }
    gathered
}

impl Gathered {
    fn add(&mut self, file: &mut OpenFile, filter: Option<&str>, reviewed: bool, undone: &str) {
        let chosen: Vec<Arc<Project>> = file.matching(filter).into_iter().cloned().collect();
        if filter.is_none() && chosen.is_empty() {
            self.problems.push(file.about(&no_project(None)));
        }
        let source = Arc::new(Source {
            path: file.path().to_path_buf(),
            fingerprint: file.fingerprint(),
        });
        let findings = if reviewed { file.findings() } else { &[] }.to_vec();
        let before = self.items.len();
        let count = chosen.len();
        for project in chosen {
            let Some(edition) = file.edition_of(&project) else {
                continue;
            };
            let found = findings.iter().find(|found| found.project == project.id);
            self.items.push(Item {
                source: Arc::clone(&source),
                findings: found.cloned(),
                project,
                edition,
            });
        }
        let missing = count - (self.items.len() - before);
        if missing > 0 {
            let problem = format!("有 {missing} 个项目缺少表样，{undone}。");
            self.problems.push(file.about(&problem));
        }
    }
}

/// The sheets for some projects, printed at `now`.
pub fn booklet(items: &[Item], kind: Kind, face: Face, now: &Zoned) -> Booklet {
    let time = now.datetime();
    let booklet = match kind {
        Kind::Official => {
            let sheet = |item: &Item| FormSheet::new(&item.project, &item.edition);
            Booklet::official(items.iter().map(sheet), time)
        }
        Kind::Review(mark, options) => {
            let reviewed: Vec<Reviewed<'_>> = items.iter().filter_map(reviewed).collect();
            let sources = items.iter().map(|item| &item.source);
            let (document, revision) = identity(sources);
            let imprint = Imprint {
                document,
                revision,
                time,
                mark,
            };
            Booklet::review(&reviewed, &imprint, options)
        }
    };
    Booklet { face, ..booklet }
}

fn reviewed(item: &Item) -> Option<Reviewed<'_>> {
    Some(Reviewed {
        project: &item.project,
        edition: &item.edition,
        findings: item.findings.as_deref()?,
    })
}
