//! What leaves the program as files: which projects, as what, named how; in the background, with progress and a list of what
//! came of it. Nothing is overwritten unasked, and no source ever.
//!
//! An [`ExportOrder`] is made from the open document ([`Session::export_order`]) or, on the command line, from items of many
//! files. It knows the names of all files before anything is made, so that whoever asked can be told what is
//! [taken](ExportOrder::taken); then it [runs](ExportOrder::run) on any thread.
//!
//! | module | what it is |
//! |---|---|
//! | [`mod@what`] | what can be made |
//! | [`naming`] | names of files after a pattern |
//! | [`item`], [`source`] | projects with what belongs to them, and the files they come from |
//! | [`documents`] | items of many files |
//! | [`order`] | what is to be written where |
//! | [`run`], `make` | makes it, several files at a time; the bytes of each kind of file |
//! | [`notices`] | what a person should know of files that were made |

pub mod documents;
pub mod item;
mod make;
pub mod naming;
pub mod notices;
pub mod order;
pub mod run;
pub mod source;
pub mod what;

use std::{path::PathBuf, sync::Arc};

pub use super::progress::{Moment, Progress};
pub use notices::Notices;
pub use order::ExportOrder;
pub use what::What;

use super::session::Session;
use crate::{
    model::{id::Id, project::Project},
    sheet::fonts::Face,
};
use item::{Item, OnForm};
use source::Source;

/// An export.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The projects, in this order; empty for all of the document.
    pub projects: Vec<Id<Project>>,
    /// What is made of them; each becomes its own files.
    pub what: Vec<What>,
    /// The folder that files are put into.
    pub folder: PathBuf,
    /// How files are named, without ending: see [`naming::Pattern`]. With {name}, {n}, {file} or {year} each project becomes
    /// a file of its own; what is made of all projects together then has a name of its own.
    pub pattern: String,
    /// Printed in this face.
    pub face: Face,
    /// Whether files that are there are replaced.
    pub overwrites: bool,
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where it is or should be.
    pub path: PathBuf,
    /// What it is ("审阅稿 PDF").
    pub what: &'static str,
    /// How it went.
    pub end: End,
}

/// How it went with one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Written.
    Written {
        /// How much it is, in words ("3 页", "填写 58 格").
        size: String,
        /// What a person should know.
        notices: Notices,
    },
    /// Something is there already and was left as it is.
    Taken,
    /// Why it was not written, in words, the path last.
    Failed(String),
    /// Given up before it was begun.
    Cancelled,
    /// Not begun, because the disk refused another before it.
    Stopped,
}

impl Session {
    /// What is to be exported of the document as it is now. Projects whose edition is not at hand are left out;
    /// [`ExportOrder::left_out`] says so.
    ///
    /// # Errors
    ///
    /// The pattern makes no sense, in words.
    pub fn export_order(&mut self, request: &Request) -> Result<ExportOrder, String> {
        let needs_findings = request.what.iter().any(What::needs_findings);
        let findings = match needs_findings {
            true => self.findings().to_vec(),
            false => Vec::new(),
        };
        let saved = self.fingerprint().filter(|_| !self.is_dirty());
        let source = Arc::new(match self.path() {
            Some(path) => Source::of_file(path, saved),
            None => Source::unnamed(),
        });
        let mut items = Vec::new();
        let mut left_out = Vec::new();
        for project in self.chosen(&request.projects) {
            let Some(edition) = self.editions().of(&project) else {
                left_out.push(format!(
                    "项目缺少表样，没有导出。请向提供文件的单位索取表样并添加。项目：{}",
                    project.name()
                ));
                continue;
            };
            let found = findings.iter().find(|found| found.project == project.id);
            items.push(Item {
                source: Arc::clone(&source),
                findings: found.cloned(),
                monitoring: OnForm::monitoring(&project, self.editions()),
                project,
                edition,
            });
        }
        ExportOrder::new(items, left_out, request, self.environment().now())
    }

    /// The projects with these ids in this order, or all.
    fn chosen(&self, ids: &[Id<Project>]) -> Vec<Arc<Project>> {
        let all = &self.document().projects;
        if ids.is_empty() {
            return all.iter().cloned().collect();
        }
        let of_id = |id: &Id<Project>| all.iter().find(|project| project.id == *id);
        ids.iter().filter_map(of_id).cloned().collect()
    }
}
