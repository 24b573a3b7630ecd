//! Which findings are listed, in which groups and which order. Built when something changed, never per frame: a document
//! can have thousands.

use std::{
    cell::OnceCell,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

use crate::{
    model::{
        id::Id,
        path::{CellPath, Place},
        policy::Severity,
        project::Project,
    },
    rules::{
        catalogue,
        finding::{Finding, Mend},
        profile::InForce,
    },
    session::jobs::Revision,
    store::settings::Grouping,
    ui::{
        desk::{Desk, Page},
        facts::ProjectFacts,
        widgets::badge,
    },
};

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// Of the document.
    pub revision: Revision,
    /// By what it is checked.
    pub in_force: InForce,
    /// How it is grouped.
    pub grouping: Grouping,
    /// The project it is about; `None` means the whole document.
    pub project: Option<Id<Project>>,
    /// Levels that are left out.
    pub hidden: BTreeSet<Severity>,
    /// What must occur in every finding, in lower case; empty for all.
    pub search: String,
}

/// Names a finding as long as its cell and rule stay, whatever its message says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FindingKey {
    rule: &'static str,
    at: CellPath,
    /// Counts findings of one rule at one cell.
    nth: usize,
}

/// A group of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKey {
    /// Findings about the whole form, which no page shows.
    Whole,
    /// Findings on a page.
    Page(Page),
    /// Findings of a rule, by its place in the catalogue.
    Rule(usize),
    /// Findings of a level, the gravest first.
    Level(Reverse<Severity>),
    /// 批复内容
    Approved,
    /// 已说明
    Explained,
}

impl GroupKey {
    /// Whether it is open before the person has said anything about it.
    pub fn is_open_at_first(self) -> bool {
        self != Self::Explained
    }

    fn caption(self) -> &'static str {
        match self {
            Self::Whole => "整份表",
            Self::Page(page) => page.name(),
            Self::Rule(index) => catalogue::all().nth(index).map_or("", |rule| rule.name),
            Self::Level(Reverse(level)) => badge::level_name(level),
            Self::Approved => "批复内容",
            Self::Explained => "已说明",
        }
    }
}

/// A group with its findings.
pub struct Group {
    /// Which.
    pub key: GroupKey,
    /// What its heading says.
    pub caption: &'static str,
    /// Its findings.
    pub entries: Vec<Entry>,
}

/// A finding of the list.
pub struct Entry {
    /// Its name.
    pub key: FindingKey,
    /// Its project, with all that follows from it.
    pub facts: Arc<ProjectFacts>,
    /// Its place among the findings of the project.
    index: usize,
    /// Stands for everything that its height in the list depends on, but the width.
    pub shape: u64,
    place: OnceCell<String>,
}

impl Entry {
    /// The finding.
    pub fn finding(&self) -> Option<&Finding> {
        self.facts.findings.findings.get(self.index)
    }

    /// Where it is, in words.
    pub fn place(&self) -> &str {
        self.place.get_or_init(|| {
            let finding = self.finding();
            let words = finding.zip(self.facts.edition.as_ref());
            words
                .map(|(finding, edition)| finding.at.in_words(self.facts.project(), edition))
                .unwrap_or_default()
        })
    }

    fn contains(&self, search: &str, with_project: bool) -> bool {
        let Some(finding) = self.finding() else {
            return false;
        };
        let has = |text: &str| text.to_lowercase().contains(search);
        search.is_empty()
            || has(&finding.message)
            || has(finding.rule.name)
            || has(finding.rule.code)
            || finding.explained.as_deref().is_some_and(has)
            || (with_project && has(self.facts.project().name()))
            || has(self.place())
    }
}

/// The findings of the sidebar.
pub struct List {
    /// What it was asked for.
    pub query: Query,
    /// Groups that are not empty, in their order.
    pub groups: Vec<Group>,
    /// How many findings of each level still count, whatever the filter says.
    pub counts: BTreeMap<Severity, usize>,
    /// How many findings there are in all, those set aside included.
    pub total: usize,
    /// How many findings of a rule the program can mend at once, whatever the filter says.
    pub fixes: HashMap<&'static str, usize>,
    /// How many projects were not checked because their edition is not at hand.
    pub unchecked: usize,
}

impl List {
    /// Lists what is asked for.
    pub fn of(desk: &Desk, query: Query) -> Self {
        let mut list = Self {
            groups: Vec::new(),
            counts: BTreeMap::new(),
            total: 0,
            fixes: HashMap::new(),
            unchecked: 0,
            query,
        };
        let ranks: HashMap<&str, usize> = catalogue::all()
            .enumerate()
            .map(|(rank, rule)| (rule.code, rank))
            .collect();
        let mut groups: BTreeMap<GroupKey, Vec<Entry>> = BTreeMap::new();
        let wanted = list.query.project;
        for facts in desk.facts.projects() {
            if wanted.is_none_or(|id| id == facts.project().id) {
                list.count(facts);
                list.sort_in(facts, &ranks, &mut groups);
            }
        }
        list.groups = groups
            .into_iter()
            .map(|(key, mut entries)| {
                // Stable: the order of the form remains within a level.
                entries.sort_by_key(|entry| Reverse(entry.finding().map(|finding| finding.level)));
                Group {
                    key,
                    caption: key.caption(),
                    entries,
                }
            })
            .collect();
        list
    }

    fn count(&mut self, facts: &ProjectFacts) {
        let findings = &facts.findings.findings;
        let is_open = facts.project().stage.is_editable();
        self.total += findings.len();
        self.unchecked += usize::from(!facts.findings.is_checked());
        for finding in findings {
            if finding.explained.is_none() {
                *self.counts.entry(finding.level).or_default() += 1;
                if finding.fix.is_some() && is_open {
                    *self.fixes.entry(finding.rule.code).or_default() += 1;
                }
            }
        }
    }

    /// Puts the findings of a project that are asked for into their groups.
    fn sort_in(
        &self,
        facts: &Arc<ProjectFacts>,
        ranks: &HashMap<&str, usize>,
        groups: &mut BTreeMap<GroupKey, Vec<Entry>>,
    ) {
        let mut seen: HashMap<(&str, &CellPath), usize> = HashMap::new();
        for (index, finding) in facts.findings.findings.iter().enumerate() {
            let nth = seen.entry((finding.rule.code, &finding.at)).or_default();
            *nth += 1;
            if self.query.hidden.contains(&finding.level) {
                continue;
            }
            let entry = Entry {
                key: FindingKey {
                    rule: finding.rule.code,
                    at: finding.at.clone(),
                    nth: *nth,
                },
                facts: Arc::clone(facts),
                index,
                shape: shape(finding, &self.query),
                place: OnceCell::new(),
            };
            if entry.contains(&self.query.search, self.query.project.is_none()) {
                let key = self.group_of(finding, ranks);
                groups.entry(key).or_default().push(entry);
            }
        }
    }

    fn group_of(&self, finding: &Finding, ranks: &HashMap<&str, usize>) -> GroupKey {
        if finding.explained.is_some() {
            return GroupKey::Explained;
        }
        if finding.mend == Mend::Approved {
            return GroupKey::Approved;
        }
        match self.query.grouping {
            Grouping::Page if finding.at.place == Place::Whole => GroupKey::Whole,
            Grouping::Page => GroupKey::Page(Page::of(&finding.at.place)),
            Grouping::Rule => GroupKey::Rule(ranks.get(finding.rule.code).copied().unwrap_or(0)),
            Grouping::Level => GroupKey::Level(Reverse(finding.level)),
        }
    }

    /// Findings to go through one by one, in the order in which they are listed; those set aside are not.
    pub fn open(&self) -> impl Iterator<Item = (GroupKey, &Entry)> {
        self.groups
            .iter()
            .filter(|group| group.key != GroupKey::Explained)
            .flat_map(|group| group.entries.iter().map(|entry| (group.key, entry)))
    }

    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

fn shape(finding: &Finding, query: &Query) -> u64 {
    let mut hasher = DefaultHasher::new();
    finding.rule.code.hash(&mut hasher);
    finding.at.hash(&mut hasher);
    finding.message.hash(&mut hasher);
    finding.explained.hash(&mut hasher);
    query.project.is_some().hash(&mut hasher);
    (query.grouping == Grouping::Rule).hash(&mut hasher);
    hasher.finish()
}
