//! Checks documents. Projects that did not change since the last check, and whose surroundings did not either, are not
//! looked at again.

use std::{collections::HashMap, fmt, sync::Arc};

use jiff::civil::Date;

use super::{
    across::{Across, Digest},
    finding::{Finding, Mend},
    form::Form,
    profile::{Applied, InForce},
    sink::{self, Sink},
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
    /// By what it was checked: that a rule which is off found nothing says nothing.
    pub judged_by: Applied,
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
            verdict.disabled = verdict.disabled.max(project.judged_by.off().len());
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

/// Checks one project by all rules that look at one project alone.
pub fn check_project(project: &Project, edition: &Edition, today: Date) -> ProjectFindings {
    check_by(project, edition, today, &Applied::default())
}

/// Checks one project by the rules that look at one project alone, with the levels in force. The edition is the one with the
/// thresholds in force: both come from [`InForce::on`].
pub fn check_by(
    project: &Project,
    edition: &Edition,
    today: Date,
    applied: &Applied,
) -> ProjectFindings {
    let score = score_project(project, edition);
    let form = Form::new(project, edition, &score, today);
    findings_of(&form, applied)
}

fn findings_of(form: &Form<'_>, applied: &Applied) -> ProjectFindings {
    let mut findings = Sink::run(form, applied);
    sort(&mut findings);
    ProjectFindings {
        project: form.project.id,
        findings,
        missing_edition: None,
        judged_by: applied.clone(),
    }
}

/// Errors first; what is equally bad stays in order.
fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
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
/// time, costs one comparison of pointers. What shows only across projects is looked at again for those that have something in
/// common with a project that changed.
#[derive(Default)]
pub struct Checker {
    in_force: InForce,
    surroundings: Option<(u64, Date, InForce)>,
    checked: Vec<Checked>,
    across: Across,
}

#[derive(Clone)]
struct Checked {
    project: Arc<Project>,
    /// What its form alone shows.
    own: Arc<ProjectFindings>,
    digest: Option<Arc<Digest>>,
    /// What shows only beside the others.
    across: Vec<Finding>,
    /// Both together; the same as `own` where there is nothing else.
    findings: Arc<ProjectFindings>,
}

impl Checker {
    /// From the next check on this is in force.
    pub fn judge_by(&mut self, in_force: InForce) {
        self.in_force = in_force;
    }

    /// What is in force.
    pub fn in_force(&self) -> &InForce {
        &self.in_force
    }

    /// The findings of every project in order.
    pub fn check(
        &mut self,
        document: &Document,
        editions: &dyn EditionSource,
        today: Date,
    ) -> Vec<Arc<ProjectFindings>> {
        let surroundings = Some((editions.revision(), today, self.in_force.clone()));
        if self.surroundings != surroundings {
            self.checked.clear();
            self.across = Across::default();
            self.surroundings = surroundings;
        }
        let fresh = self.fresh(document, editions, today);
        self.put(fresh, document.projects.len());
        self.look_across();
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
            let before = match here.filter(|one| one.project.id == project.id) {
                Some(edited_here) => Some(edited_here),
                None => {
                    let by_id = elsewhere.get_or_insert_with(|| by_id(known));
                    by_id.get(&project.id).copied()
                }
            };
            let one = match before.filter(|one| is_same(one)) {
                Some(moved) => moved.clone(),
                None => Checked::new(project, editions, today, &self.in_force, before),
            };
            fresh.push((index, one));
        }
        fresh
    }

    /// Puts them at their places, the last of `count`, and tells the rules across projects who came and who went.
    fn put(&mut self, fresh: Vec<(usize, Checked)>, count: usize) {
        let mut left: HashMap<Id<Project>, Option<Arc<Digest>>> = HashMap::new();
        let mut leaves = |one: &mut Checked| left.insert(one.project.id, one.digest.take());
        for one in self.checked.iter_mut().skip(count) {
            leaves(one);
        }
        self.checked.truncate(count);
        for (index, _) in &fresh {
            if let Some(one) = self.checked.get_mut(*index) {
                leaves(one);
            }
        }
        for (index, one) in fresh {
            let old = left.remove(&one.project.id).flatten();
            let is_same = match (&old, &one.digest) {
                (Some(old), Some(new)) => Arc::ptr_eq(old, new),
                (None, None) => true,
                _ => false,
            };
            if !is_same {
                self.across.replace(one.project.id, one.digest.clone());
            }
            match self.checked.get_mut(index) {
                Some(place) => *place = one,
                None => self.checked.push(one),
            }
        }
        let gone = left.into_iter().filter(|(_, digest)| digest.is_some());
        for (id, _) in gone {
            self.across.replace(id, None);
        }
    }

    /// Brings up to date what shows only across projects.
    fn look_across(&mut self) {
        let changed = self.across.settle();
        if changed.is_empty() {
            return;
        }
        for one in &mut self.checked {
            if changed.contains(&one.project.id) {
                let judged_by = &one.own.judged_by;
                let mut across = self.across.findings(one.project.id, judged_by);
                judged_by.grade(&mut across);
                one.take(across);
            }
        }
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
        in_force: &InForce,
        before: Option<&Self>,
    ) -> Self {
        let (own, digest) = match editions.edition(&project.edition) {
            Some(edition) => {
                let (edition, applied) = in_force.on(&edition);
                let score = score_project(project, &edition);
                let form = Form::new(project, &edition, &score, today);
                let before = before.and_then(|before| before.digest.as_deref());
                let digest = Digest::of(project, &edition, &form, before);
                (findings_of(&form, &applied), Some(Arc::new(digest)))
            }
            None => {
                let unchecked = ProjectFindings {
                    project: project.id,
                    findings: Vec::new(),
                    missing_edition: Some(project.edition.clone()),
                    judged_by: in_force.general(),
                };
                (unchecked, None)
            }
        };
        let own = Arc::new(own);
        Self {
            project: Arc::clone(project),
            findings: Arc::clone(&own),
            across: Vec::new(),
            own,
            digest,
        }
    }

    /// Takes what shows across projects now.
    fn take(&mut self, across: Vec<Finding>) {
        if self.across == across {
            return;
        }
        self.findings = match across.is_empty() {
            true => Arc::clone(&self.own),
            false => Arc::new(self.together(&across)),
        };
        self.across = across;
    }

    /// What the form alone shows and what shows across projects, without what follows from other findings at the same cells.
    fn together(&self, across: &[Finding]) -> ProjectFindings {
        let mut across = across.to_vec();
        sink::set_aside(&self.project, &mut across);
        let follows = |one: &Finding, causes: &[Finding]| {
            let is_cause = |cause: &Finding| {
                cause.rule.silences.contains(&one.rule.code)
                    && cause.cells.iter().any(|cell| one.cells.contains(cell))
            };
            causes.iter().any(is_cause)
        };
        let own = &self.own.findings;
        let mut findings: Vec<Finding> = own
            .iter()
            .filter(|one| !follows(one, &across))
            .cloned()
            .collect();
        across.retain(|one| !follows(one, own));
        findings.extend(across);
        sort(&mut findings);
        ProjectFindings {
            findings,
            ..ProjectFindings::clone(&self.own)
        }
    }
}
