//! Checks documents. Projects that did not change since the last check, and whose surroundings did not either, are not
//! looked at again.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::Date;

use super::{
    finding::{Finding, Mend},
    form::Form,
    sink::Sink,
};
use crate::{
    model::{
        document::Document,
        edition::Edition,
        id::Id,
        policy::Severity,
        project::{EditionRef, Project},
    },
    score::score_project,
};

/// The findings of one project, errors first, otherwise in the order of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectFindings {
    /// The project.
    pub project: Id<Project>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl ProjectFindings {
    /// How many findings of `level` still count.
    pub fn count(&self, level: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == level && finding.explained.is_none())
            .count()
    }

    /// How many findings must be mended before the form can be handed in.
    pub fn blocking(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.blocks())
            .count()
    }

    /// How many findings lie in approved content, to be noted for next year.
    pub fn in_approved_content(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.mend == Mend::Approved)
            .count()
    }
}

/// The verdict line: whether the form can be handed in.
pub fn verdict(blocking: usize) -> String {
    match blocking {
        0 => "可以报送".into(),
        count => format!("还有 {count} 处必须修改"),
    }
}

/// Checks one project.
pub fn check_project(project: &Project, edition: &Edition, today: Date) -> ProjectFindings {
    let score = score_project(project, edition);
    let form = Form::new(project, edition, &score, today);
    let mut findings = Sink::run(&form);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    ProjectFindings {
        project: project.id,
        findings,
    }
}

/// Checks documents and remembers what did not change.
#[derive(Debug, Default)]
pub struct Checker {
    checked: HashMap<Id<Project>, Checked>,
}

#[derive(Debug)]
struct Checked {
    project: Arc<Project>,
    edition: Arc<Edition>,
    today: Date,
    findings: Arc<ProjectFindings>,
}

impl Checker {
    /// The findings of every project in order. `edition_of` tells the edition of a project; the same edition must come
    /// back as the same `Arc`.
    pub fn check(
        &mut self,
        document: &Document,
        edition_of: &dyn Fn(&EditionRef) -> Arc<Edition>,
        today: Date,
    ) -> Vec<Arc<ProjectFindings>> {
        let findings = document
            .projects
            .iter()
            .map(|project| self.check_one(project, edition_of(&project.edition), today))
            .collect();
        if self.checked.len() > document.projects.len() {
            self.forget_removed(document);
        }
        findings
    }

    fn check_one(
        &mut self,
        project: &Arc<Project>,
        edition: Arc<Edition>,
        today: Date,
    ) -> Arc<ProjectFindings> {
        if let Some(known) = self.checked.get(&project.id)
            && Arc::ptr_eq(&known.project, project)
            && Arc::ptr_eq(&known.edition, &edition)
            && known.today == today
        {
            return Arc::clone(&known.findings);
        }
        let findings = Arc::new(check_project(project, &edition, today));
        let checked = Checked {
            project: Arc::clone(project),
            edition,
            today,
            findings: Arc::clone(&findings),
        };
        self.checked.insert(project.id, checked);
        findings
    }

    fn forget_removed(&mut self, document: &Document) {
        let kept: std::collections::HashSet<_> =
            document.projects.iter().map(|project| project.id).collect();
        self.checked.retain(|id, _| kept.contains(id));
    }
}
