//! Checks documents. Projects that did not change since the last check, and whose surroundings did not either, are not
//! looked at again.

use std::{collections::HashMap, fmt, sync::Arc};

use jiff::civil::Date;

use super::{
    disabled::Disabled,
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
    /// The edition that the project is filled in on, where it is not at hand: the project was then not checked, and that
    /// nothing was found says nothing.
    pub missing_edition: Option<EditionRef>,
    /// Rules that were turned off: that they found nothing says nothing.
    pub disabled: Disabled,
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

    /// How many errors lie in approved content, which is not changed now but adjusted or corrected next year.
    pub fn in_approved_content(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.level == Severity::Error && finding.explained.is_none())
            .filter(|finding| finding.mend == Mend::Approved)
            .count()
    }

    /// Whether the project was checked: its edition was at hand.
    pub fn is_checked(&self) -> bool {
        self.missing_edition.is_none()
    }
}

/// Whether forms can be handed in, and what stands against it. Printed, it is the verdict line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Findings that must be mended first.
    pub blocking: usize,
    /// Errors in approved content: they stand in the way of nothing, but are not to be passed over.
    pub approved: usize,
    /// Projects that were not checked.
    pub unchecked: usize,
    /// Rules that were turned off.
    pub disabled: usize,
}

impl Verdict {
    /// The verdict on these projects together.
    pub fn of<'f>(projects: impl IntoIterator<Item = &'f ProjectFindings>) -> Self {
        let mut verdict = Self::default();
        for project in projects {
            verdict.blocking += project.blocking();
            verdict.approved += project.in_approved_content();
            verdict.unchecked += usize::from(!project.is_checked());
            verdict.disabled = verdict.disabled.max(project.disabled.count());
        }
        verdict
    }

    /// Whether nothing that was looked at stands against handing in.
    pub fn is_ready(self) -> bool {
        self.blocking == 0 && self.unchecked == 0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.blocking, self.unchecked) {
            (0, 0) if self.approved == 0 => f.write_str("可以报送")?,
            (0, 0) => write!(
                f,
                "可以报送；另有 {} 处批复内容的错误，请办理调整或下年度修正",
                self.approved
            )?,
            (blocking, 0) => write!(f, "还有 {blocking} 处必须修改")?,
            (0, unchecked) => write!(f, "有 {unchecked} 个项目缺少表样，未校验")?,
            (blocking, unchecked) => write!(
                f,
                "还有 {blocking} 处必须修改，另有 {unchecked} 个项目缺少表样，未校验"
            )?,
        }
        match self.disabled {
            0 => Ok(()),
            count => write!(f, "（已停用 {count} 条规则）"),
        }
    }
}

/// Checks one project by all rules.
pub fn check_project(project: &Project, edition: &Edition, today: Date) -> ProjectFindings {
    check_without(project, edition, today, &Disabled::default())
}

/// Checks one project by the rules that are not turned off.
pub fn check_without(
    project: &Project,
    edition: &Edition,
    today: Date,
    disabled: &Disabled,
) -> ProjectFindings {
    let score = score_project(project, edition);
    let form = Form::new(project, edition, &score, today);
    let mut findings = Sink::run(&form, disabled);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    ProjectFindings {
        project: project.id,
        findings,
        missing_edition: None,
        disabled: disabled.clone(),
    }
}

/// Where a checker gets the editions of projects from.
pub trait EditionSource {
    /// The edition to check a project by, if it is at hand. While the revision stays, the same reference gives the same
    /// answer.
    fn edition(&self, reference: &EditionRef) -> Option<Arc<Edition>>;

    /// A number that changes whenever an answer of [`EditionSource::edition`] may change.
    fn revision(&self) -> u64;
}

/// Checks documents and remembers what did not change.
///
/// A thousand projects are looked through after every edit, so the usual case, the same project at the same place as last
/// time, costs one comparison of pointers.
#[derive(Debug, Default)]
pub struct Checker {
    disabled: Disabled,
    surroundings: Option<(u64, Date, Disabled)>,
    checked: Vec<Checked>,
}

#[derive(Debug, Clone)]
struct Checked {
    project: Arc<Project>,
    findings: Arc<ProjectFindings>,
}

impl Checker {
    /// From the next check on these rules are off, and no others.
    pub fn turn_off(&mut self, disabled: Disabled) {
        self.disabled = disabled;
    }

    /// The rules that are turned off.
    pub fn disabled(&self) -> &Disabled {
        &self.disabled
    }

    /// The findings of every project in order.
    pub fn check(
        &mut self,
        document: &Document,
        editions: &dyn EditionSource,
        today: Date,
    ) -> Vec<Arc<ProjectFindings>> {
        let surroundings = Some((editions.revision(), today, self.disabled.clone()));
        if self.surroundings != surroundings {
            self.checked.clear();
            self.surroundings = surroundings;
        }
        let fresh = self.fresh(document, editions, today);
        self.checked.truncate(document.projects.len());
        for (index, one) in fresh {
            match self.checked.get_mut(index) {
                Some(old) => *old = one,
                None => self.checked.push(one),
            }
        }
        self.checked
            .iter()
            .map(|one| Arc::clone(&one.findings))
            .collect()
    }
}

impl Checker {
    /// What has to be put at places whose project is not the one that stood there last time, in order.
    fn fresh(
        &self,
        document: &Document,
        editions: &dyn EditionSource,
        today: Date,
    ) -> Vec<(usize, Checked)> {
        let known = &self.checked;
        let mut elsewhere = None;
        let mut fresh = Vec::new();
        for (index, project) in document.projects.iter().enumerate() {
            let is_same = |one: &Checked| Arc::ptr_eq(&one.project, project);
            let here = known.get(index);
            if here.is_some_and(is_same) {
                continue;
            }
            let edited_here = here.is_some_and(|one| one.project.id == project.id);
            let moved = if edited_here {
                None
            } else {
                let by_id = elsewhere.get_or_insert_with(|| by_id(known));
                by_id.get(&project.id).copied()
            };
            let one = match moved.filter(|one| is_same(one)) {
                Some(moved) => moved.clone(),
                None => Checked::new(project, editions, today, &self.disabled),
            };
            fresh.push((index, one));
        }
        fresh
    }
}

fn by_id(checked: &[Checked]) -> HashMap<Id<Project>, &Checked> {
    checked.iter().map(|one| (one.project.id, one)).collect()
}

impl Checked {
    fn new(
        project: &Arc<Project>,
        editions: &dyn EditionSource,
        today: Date,
        disabled: &Disabled,
    ) -> Self {
        let findings = match editions.edition(&project.edition) {
            Some(edition) => check_without(project, &edition, today, disabled),
            None => ProjectFindings {
                project: project.id,
                findings: Vec::new(),
                missing_edition: Some(project.edition.clone()),
                disabled: disabled.clone(),
            },
        };
        Self {
            project: Arc::clone(project),
            findings: Arc::new(findings),
        }
    }
}
