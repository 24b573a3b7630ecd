//! What follows from the document: findings, verdict, scores. Computed when the document changed, never per frame.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    edit::change_edition::unplaced::unplaced,
    model::{
        edition::Edition,
        id::Id,
        path::{CellPath, Place},
        policy::Severity,
        project::Project,
    },
    rules::{
        checker::{ProjectFindings, Verdict},
        profile::InForce,
    },
    score::{ProjectScore, score_project},
    session::{jobs::Revision, session::Session},
};

/// What follows from one project.
pub struct ProjectFacts {
    /// The project it follows from.
    project: Arc<Project>,
    /// Its edition, where it is at hand.
    pub edition: Option<Arc<Edition>>,
    /// Its score; `None` without edition.
    pub score: Option<Arc<ProjectScore>>,
    /// What was found in it.
    pub findings: Arc<ProjectFindings>,
    /// Its findings by the cells they are about, as indexes into `findings`.
    marks: HashMap<Place, Vec<usize>>,
    /// Its open notes by the cells they are about, as indexes into the project's notes.
    notes: HashMap<Place, Vec<usize>>,
    /// Filled cells and cells to be filled, of those that every form needs.
    pub filled: Filled,
    /// Whether it keeps content that its form has no place for.
    pub has_unplaced: bool,
}

/// How far a form is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filled {
    /// Cells with content.
    pub done: usize,
    /// Cells that need content.
    pub of: usize,
}

impl Filled {
    /// Whole percent, rounded down, so that 100 means all.
    pub fn percent(self) -> usize {
        (self.done * 100).checked_div(self.of).unwrap_or(100)
    }
}

/// What follows from the document.
pub struct Facts {
    revision: Revision,
    in_force: InForce,
    projects: Vec<Arc<ProjectFacts>>,
    places: HashMap<Id<Project>, usize>,
    /// Whether it can be handed in.
    pub verdict: Verdict,
}

impl Facts {
    /// What follows from a document just opened.
    pub fn of(session: &mut Session) -> Self {
        let mut facts = Self {
            revision: session.revision(),
            in_force: session.in_force().clone(),
            projects: Vec::new(),
            places: HashMap::new(),
            verdict: Verdict::default(),
        };
        facts.renew(session);
        facts
    }

    /// Brings everything up to date. Only projects that changed are looked at, or all of them where another
    /// profile came into force.
    pub fn refresh(&mut self, session: &mut Session) {
        if self.revision != session.revision() || self.in_force != *session.in_force() {
            self.revision = session.revision();
            self.in_force = session.in_force().clone();
            self.renew(session);
        }
    }

    fn renew(&mut self, session: &mut Session) {
        let findings = session.findings().to_vec();
        self.verdict = Verdict::of(findings.iter().map(|project| &**project));
        let mut known: HashMap<Id<Project>, Arc<ProjectFacts>> = self
            .projects
            .drain(..)
            .map(|facts| (facts.project.id, facts))
            .collect();
        let document = Arc::clone(session.document());
        self.projects = document
            .projects
            .iter()
            .zip(findings)
            .map(|(project, findings)| match known.remove(&project.id) {
                Some(same) if same.is_of(project, &findings) => same,
                _ => {
                    let edition = session.editions().of(project);
                    Arc::new(ProjectFacts::new(project, edition, findings))
                }
            })
            .collect();
        let places = self.projects.iter().enumerate();
        self.places = places
            .map(|(index, facts)| (facts.project.id, index))
            .collect();
    }

    /// What follows from a project.
    pub fn project(&self, id: Id<Project>) -> Option<&Arc<ProjectFacts>> {
        self.places
            .get(&id)
            .and_then(|index| self.projects.get(*index))
    }

    /// Codes of the rules that were not looked at in every project, in order.
    pub fn rules_off(&self) -> BTreeSet<&'static str> {
        let projects = self.projects.iter();
        projects
            .flat_map(|one| one.findings.judged_by.off())
            .collect()
    }

    /// What follows from each project, in order.
    pub fn projects(&self) -> &[Arc<ProjectFacts>] {
        &self.projects
    }

    /// Where a project stands, or stood before it went.
    pub fn last_index(&self, id: Id<Project>) -> usize {
        self.places.get(&id).copied().unwrap_or_default()
    }
}

impl ProjectFacts {
    fn new(
        project: &Arc<Project>,
        edition: Option<Arc<Edition>>,
        findings: Arc<ProjectFindings>,
    ) -> Self {
        let mut marks: HashMap<Place, Vec<usize>> = HashMap::new();
        for (index, finding) in findings.findings.iter().enumerate() {
            for cell in &finding.cells {
                marks.entry(cell.place.clone()).or_default().push(index);
            }
        }
        let mut notes: HashMap<Place, Vec<usize>> = HashMap::new();
        for (index, note) in project.notes.iter().enumerate() {
            if !note.resolved {
                notes.entry(note.at.place.clone()).or_default().push(index);
            }
        }
        Self {
            score: edition
                .as_ref()
                .map(|edition| Arc::new(score_project(project, edition))),
            filled: filled(project),
            has_unplaced: edition
                .as_ref()
                .is_some_and(|edition| !unplaced(project, edition, &[edition]).is_empty()),
            project: Arc::clone(project),
            edition,
            findings,
            marks,
            notes,
        }
    }

    fn is_of(&self, project: &Arc<Project>, findings: &Arc<ProjectFindings>) -> bool {
        Arc::ptr_eq(&self.project, project) && Arc::ptr_eq(&self.findings, findings)
    }

    /// The project.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// The findings about a cell, as indexes into [`ProjectFacts::findings`].
    pub fn at(&self, place: &Place) -> &[usize] {
        self.marks.get(place).map_or(&[], Vec::as_slice)
    }

    /// The notes about a cell that are not dealt with, as indexes into the project's notes.
    pub fn open_notes_at(&self, place: &Place) -> &[usize] {
        self.notes.get(place).map_or(&[], Vec::as_slice)
    }

    /// The worst level of what still stands against a cell.
    pub fn level_at(&self, place: &Place) -> Option<Severity> {
        let findings = self.at(place).iter();
        findings
            .filter_map(|index| self.findings.findings.get(*index))
            .filter(|finding| finding.explained.is_none())
            .map(|finding| finding.level)
            .max()
    }

    /// How many findings of each level still stand.
    pub fn counts(&self) -> BTreeMap<Severity, usize> {
        [Severity::Error, Severity::Warning, Severity::Hint]
            .map(|level| (level, self.findings.count(level)))
            .into()
    }

    /// The address of the first cell of a finding.
    pub fn first(&self) -> Option<&CellPath> {
        self.findings.findings.first().map(|finding| &finding.at)
    }
}

/// Header fields, the scored amounts, goals and the row cells that a form cannot do without.
fn filled(project: &Project) -> Filled {
    let mut filled = Filled::default();
    let mut count = |text: &str| {
        filled.of += 1;
        filled.done += usize::from(!text.trim().is_empty());
    };
    project.header.values().for_each(|text| count(text));
    for goal in project.goals.iter() {
        count(&goal.expected);
        count(&goal.actual);
    }
    if let Some(row) = project.funds.get(0) {
        use crate::model::project::fund;
        for key in [fund::INITIAL, fund::ADJUSTED, fund::EXECUTED] {
            count(row.figure(key).text());
        }
    }
    for view in project.rows() {
        let row = view.indicator;
        if row.part_of.is_some() || !row.is_applicable() {
            continue;
        }
        count(&row.name);
        count(row.target.text());
        count(row.actual.text());
        count(if view.group.is_scored_as_one() {
            view.group.score.text()
        } else {
            row.score.text()
        });
    }
    filled
}
