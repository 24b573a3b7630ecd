//! How two states of a document differ: project by project, cell by cell, in the order of the form.
//!
//! Parts are told apart by their ids. What has no id is told apart by what it says. A field kept by key counts as empty where
//! the key is missing: a blank form has keys that an imported one has not, and nobody sees them. The identity of the document is no
//! content. Fields of a newer version of the program, which this one does not know, are compared as they are.

mod document;
mod goals;
mod indicator;
mod papers;
mod pass;
pub mod passages;
mod project;
mod records;
mod review;
mod rows;
mod says;
mod words;
mod written;

use std::{collections::HashMap, fmt, sync::Arc};

pub use document::DocumentChange;
pub use words::{EditionsAtHand, Line};

use crate::model::{
    document::Document,
    id::Id,
    path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
    project::{Project, fund, header},
    typed::trim,
};

/// How two states of a document differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Projects that only the newer state has, in its order.
    pub added: Vec<Arc<Project>>,
    /// Projects that only the older state has, in its order.
    pub removed: Vec<Arc<Project>>,
    /// Projects in both that differ, in the order of the newer state.
    pub changed: Vec<ProjectComparison>,
    /// What differs beside the projects: their order, 表样 in the file, 整改台账, 填报表 given out.
    pub document: Vec<DocumentChange>,
    /// 可能是同一项目: a project that only the older state has and one that only the newer has, with the same name and code.
    pub alike: Vec<(Arc<Project>, Arc<Project>)>,
}

/// A project in both states.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectComparison {
    /// As it was.
    pub older: Arc<Project>,
    /// As it is.
    pub newer: Arc<Project>,
    /// What differs, in the order of the form; never empty.
    pub changes: Vec<Change>,
}

/// One place at which two states of a project differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where: in the newer state, or in the older where [`Kind::Removed`].
    pub at: CellPath,
    /// What it is about that place.
    pub what: What,
    /// How it differs.
    pub kind: Kind,
    /// What part of the form it belongs to, for filters.
    pub topic: Topic,
    /// What stood there; of a row in words, empty where there was nothing.
    pub before: String,
    /// What stands there; of a row in words, empty where there is nothing.
    pub after: String,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The text of the cell.
    Cell,
    /// The row or block that the cell belongs to, as a whole.
    Row,
    /// Something that is kept with the row or block, so called ("计分办法").
    OfRow(String),
    /// Something that lies beside the cell or the whole form, so called ("审核意见（李明）").
    Beside(String),
}

/// How a place differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 修改: it says something else.
    Changed,
    /// 写法不同: it says the same in another way: 10 and 10.0, （ and (.
    Rewritten,
    /// 新增
    Added,
    /// 删除
    Removed,
    /// 移动: a row that stands elsewhere. Rows after an insertion have not moved.
    Moved,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Changed,
        Self::Rewritten,
        Self::Added,
        Self::Removed,
        Self::Moved,
    ];

    /// A name that stays, for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Rewritten => "rewritten",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Changed => "修改",
            Self::Rewritten => "写法不同",
            Self::Added => "新增",
            Self::Removed => "删除",
            Self::Moved => "移动",
        })
    }
}

/// What part of a form something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// 基本信息: head, foot, edition, unit of money.
    Basics,
    /// 资金
    Funds,
    /// 目标
    Goals,
    /// 指标
    Indicators,
    /// 分值和得分
    Scores,
    /// 文字: reasons, further tables and texts, footnotes.
    Texts,
    /// 审核: notes, explanations, working paper, stages.
    Review,
    /// 批复和调整: approved values, adjustments, 账面数, last year.
    Records,
    /// 其他: evidence, deadlines, and what else lies beside the form.
    Other,
}

impl Topic {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Basics,
        Self::Funds,
        Self::Goals,
        Self::Indicators,
        Self::Scores,
        Self::Texts,
        Self::Review,
        Self::Records,
        Self::Other,
    ];

    /// What a cell belongs to.
    pub fn of(place: &Place) -> Self {
        match place {
            Place::Whole => Self::Other,
            Place::Header(_) | Place::Footer(_) => Self::Basics,
            Place::Stated(StatedField::Title | StatedField::MoneyUnit) => Self::Basics,
            Place::Fund(_, column) if column == fund::WEIGHT || column == fund::SCORE => {
                Self::Scores
            }
            Place::Fund(..) => Self::Funds,
            Place::Goal(_, GoalField::Weight)
            | Place::Section(_, BlockField::Weight | BlockField::Score)
            | Place::Group(_, BlockField::Weight | BlockField::Score)
            | Place::Indicator(
                _,
                IndicatorField::Tier | IndicatorField::Weight | IndicatorField::Score,
            )
            | Place::Stated(
                StatedField::TotalWeight | StatedField::TotalScore | StatedField::Rating,
            ) => Self::Scores,
            Place::Goal(..) => Self::Goals,
            Place::Indicator(_, IndicatorField::Deviation)
            | Place::Reason(_)
            | Place::Stated(StatedField::Footnote(_))
            | Place::Table(..)
            | Place::Text(_) => Self::Texts,
            Place::Section(..) | Place::Group(..) | Place::Indicator(..) => Self::Indicators,
            Place::Paper(_) => Self::Review,
        }
    }

    /// A name that stays, for other programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Funds => "funds",
            Self::Goals => "goals",
            Self::Indicators => "indicators",
            Self::Scores => "scores",
            Self::Texts => "texts",
            Self::Review => "review",
            Self::Records => "records",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basics => "基本信息",
            Self::Funds => "资金",
            Self::Goals => "目标",
            Self::Indicators => "指标",
            Self::Scores => "分值得分",
            Self::Texts => "文字",
            Self::Review => "审核",
            Self::Records => "批复和调整",
            Self::Other => "其他",
        })
    }
}

/// How `newer` differs from `older`. Cheap for projects that both share.
pub fn compare(older: &Document, newer: &Document) -> Comparison {
    let before: HashMap<Id<Project>, &Arc<Project>> =
        older.projects.iter().map(|one| (one.id, one)).collect();
    let mut comparison = Comparison::default();
    for project in newer.projects.iter() {
        match before.get(&project.id) {
            None => comparison.added.push(Arc::clone(project)),
            Some(before) => comparison.changed.extend(compare_projects(before, project)),
        }
    }
    let gone = |one: &&Arc<Project>| newer.project(one.id).is_none();
    comparison.removed = older.projects.iter().filter(gone).cloned().collect();
    comparison.alike = alike(&comparison.removed, &comparison.added);
    comparison.document = document::changes(older, newer);
    comparison
}

/// How two states of one project differ; `None` where they do not.
pub fn compare_projects(older: &Arc<Project>, newer: &Arc<Project>) -> Option<ProjectComparison> {
    if Arc::ptr_eq(older, newer) {
        return None;
    }
    let changes = project::changes(older, newer);
    (!changes.is_empty()).then(|| ProjectComparison {
        older: Arc::clone(older),
        newer: Arc::clone(newer),
        changes,
    })
}

/// Pairs of projects with the same name and code, each in one pair at most. Without a name nothing can be told.
fn alike(removed: &[Arc<Project>], added: &[Arc<Project>]) -> Vec<(Arc<Project>, Arc<Project>)> {
    let key = |project: &Project| {
        let name = trim(project.name()).to_owned();
        let code = trim(project.header(header::PROJECT_CODE)).to_owned();
        (!name.is_empty()).then_some((name, code))
    };
    let mut free: HashMap<_, Vec<&Arc<Project>>> = HashMap::new();
    for project in added.iter().rev() {
        if let Some(key) = key(project) {
            free.entry(key).or_default().push(project);
        }
    }
    let partner = |project: &Arc<Project>| {
        let found = free.get_mut(&key(project)?)?.pop()?;
        Some((Arc::clone(project), Arc::clone(found)))
    };
    removed.iter().filter_map(partner).collect()
}

impl Comparison {
    /// Whether the two states say the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.document.is_empty()
    }

    /// How many changes there are.
    pub fn summary(&self) -> Summary {
        Summary {
            changed: self.changed.len(),
            added: self.added.len(),
            removed: self.removed.len(),
            places: self.changed.iter().map(|one| one.changes.len()).sum(),
            beside: self.document.len(),
        }
    }

    /// A project that is in both states and differs.
    pub fn project(&self, id: Id<Project>) -> Option<&ProjectComparison> {
        self.changed.iter().find(|one| one.newer.id == id)
    }

    /// What differs at a cell, and in its row as a whole.
    pub fn at<'a>(&'a self, at: &'a CellPath) -> impl Iterator<Item = &'a Change> {
        let changes = self.project(at.project).into_iter();
        changes
            .flat_map(|one| &one.changes)
            .filter(|one| one.at == *at)
    }
}

impl ProjectComparison {
    /// The state in which the place of a change is found.
    pub fn side_of(&self, change: &Change) -> &Arc<Project> {
        match change.kind {
            Kind::Removed => &self.older,
            _ => &self.newer,
        }
    }
}

/// How many changes there are between two states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Projects in both, but not the same in both.
    pub changed: usize,
    /// Projects that only the newer state has.
    pub added: usize,
    /// Projects that only the older state has.
    pub removed: usize,
    /// Places in the projects that both have: cells, rows, and what lies beside them.
    pub places: usize,
    /// Places beside the projects: their order, 整改台账 and the like.
    pub beside: usize,
}

impl Summary {
    /// Whether the two states say the same.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            changed,
            added,
            removed,
            places,
            beside,
        } = self;
        let parts = [
            (*changed > 0).then(|| format!("{changed} 个项目有改动，共 {places} 处")),
            (*added > 0).then(|| format!("新增 {added} 个项目")),
            (*removed > 0).then(|| format!("删除 {removed} 个项目")),
            (*beside > 0).then(|| format!("项目以外 {beside} 处")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts[..] {
            [] => f.write_str("内容相同"),
            _ => f.write_str(&parts.join("；")),
        }
    }
}
