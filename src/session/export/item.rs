//! What is exported: projects with all that belongs to them.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::source::{Source, identity};
use crate::{
    exchange::{fill, system::Filed},
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
    session::{editions::DocumentEditions, print::Copy},
    sheet::{
        booklet::Booklet,
        fonts::Face,
        office::Behind,
        review::{Imprint, Reviewed},
        table::FormSheet,
    },
    summary,
};

/// A project that can be exported, as it was when it was asked for.
#[derive(Debug, Clone)]
pub struct Item {
    /// The file it comes from.
    pub source: Arc<Source>,
    /// The project.
    pub project: Arc<Project>,
    /// Its edition.
    pub edition: Arc<Edition>,
    /// As a form for monitoring; `None` where no edition of such a form is at hand.
    pub monitoring: Option<OnForm>,
    /// What was found in it; needed where [`What::needs_findings`](super::What::needs_findings) says so.
    pub findings: Option<Arc<ProjectFindings>>,
}

/// A project beside the edition that it is shown on.
#[derive(Debug, Clone)]
pub struct OnForm {
    /// The project.
    pub project: Arc<Project>,
    /// The edition.
    pub edition: Arc<Edition>,
}

impl OnForm {
    /// As a form for monitoring (监控表).
    pub fn monitoring(project: &Arc<Project>, editions: &DocumentEditions) -> Option<Self> {
        let edition = editions.monitoring_form(project)?;
        Some(Self {
            project: project.on_monitoring_form(&edition),
            edition,
        })
    }

    /// The form. It is a view of the project, so it has no 内容校验码 of its own.
    pub fn sheet(&self) -> FormSheet {
        FormSheet {
            seal: None,
            ..FormSheet::new(&self.project, &self.edition)
        }
    }
}

impl Item {
    /// The year as four digits, or whatever was typed.
    pub(super) fn year(&self) -> String {
        use crate::model::project::header::YEAR;
        let typed = || self.project.header(YEAR).to_owned();
        self.project
            .year()
            .map_or_else(typed, |year| year.to_string())
    }

    fn reviewed(&self) -> Option<Reviewed<'_>> {
        Some(Reviewed {
            project: &self.project,
            edition: &self.edition,
            findings: self.findings.as_deref()?,
        })
    }

    /// What stands behind its form in a file of an office program.
    pub(super) fn behind(&self, copy: Copy) -> Behind<'_> {
        let findings = match copy {
            Copy::Official | Copy::WorkingPaper | Copy::Monitoring => None,
            Copy::Review(..) => self.findings.as_deref(),
        };
        let shown = self.monitoring.as_ref();
        let shown = shown.filter(|_| copy == Copy::Monitoring);
        Behind {
            project: shown.map_or(&self.project, |shown| &shown.project),
            edition: shown.map_or(&self.edition, |shown| &shown.edition),
            findings,
        }
    }

    /// As it comes into a template.
    pub(super) fn filled(&self) -> fill::Subject {
        fill::Subject {
            project: Arc::clone(&self.project),
            edition: Arc::clone(&self.edition),
        }
    }

    /// As it comes into the columns of a budget system.
    pub(super) fn filed(&self) -> Filed {
        (Arc::clone(&self.project), Arc::clone(&self.edition))
    }

    /// As it comes into a summary.
    pub(super) fn subject(&self) -> Option<summary::Subject> {
        Some(summary::Subject {
            file: self.source.name.clone(),
            project: Arc::clone(&self.project),
            edition: Arc::clone(&self.edition),
            findings: Arc::clone(self.findings.as_ref()?),
        })
    }
}

/// The sheets for some projects, printed at `time`.
pub fn booklet(items: &[Item], copy: Copy, face: Face, time: DateTime) -> Booklet {
    let booklet = match copy {
        Copy::Official => {
            let sheet = |item: &Item| FormSheet::new(&item.project, &item.edition);
            Booklet::official(items.iter().map(sheet), time)
        }
        Copy::Review(mark, options) => {
            let reviewed: Vec<Reviewed<'_>> = items.iter().filter_map(Item::reviewed).collect();
            let (document, revision) = identity(items.iter().map(|item| &item.source));
            let imprint = Imprint {
                document,
                revision,
                time,
                mark,
            };
            Booklet::review(&reviewed, &imprint, options)
        }
        Copy::WorkingPaper => {
            let reviewed = items.iter().filter_map(Item::reviewed);
            let sheets = reviewed.map(|one| FormSheet::working_paper(&one));
            Booklet::official(sheets, time)
        }
        Copy::Monitoring => {
            let shown = items.iter().filter_map(|item| item.monitoring.as_ref());
            Booklet::official(shown.map(OnForm::sheet), time)
        }
    };
    Booklet { face, ..booklet }
}
