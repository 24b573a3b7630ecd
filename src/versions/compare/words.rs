//! Changes in words: one line each, as lists show, filter and export them.

use std::sync::Arc;

use super::{Change, Comparison, Kind, ProjectComparison, Topic, What};
use crate::model::{
    edition::Edition,
    id::Id,
    path::{CellPath, Place},
    project::Project,
};

/// Gives the edition whose captions name the places of a project. Where its own is not at hand, any other will do: the keys of
/// common columns are the same in all. With none, places are named by their addresses.
pub type EditionsAtHand<'a> = &'a dyn Fn(&Project) -> Option<Arc<Edition>>;

/// A change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The project; `None` for what is about the file.
    pub project: Option<Id<Project>>,
    /// Its name, that of the newer state where it has one; "整个文件" where there is none.
    pub project_name: String,
    /// The place, as people say it.
    pub place: String,
    /// What part of the form it belongs to.
    pub topic: Topic,
    /// What it is about that place.
    pub what: What,
    /// How it differs.
    pub kind: Kind,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
    /// Where to find it: in the newer state, or in the older where [`Kind::Removed`]; `None` where there is no cell for it.
    pub at: Option<CellPath>,
}

impl Comparison {
    /// All changes in words, project by project in the order of the newer state; removed projects and what is about the file
    /// last.
    pub fn lines(&self, editions: EditionsAtHand<'_>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        lines.extend(self.added.iter().map(|one| whole(one, Kind::Added)));
        for project in &self.changed {
            lines.extend(project.lines(editions));
        }
        lines.extend(self.removed.iter().map(|one| whole(one, Kind::Removed)));
        lines.extend(self.document.iter().map(|change| Line {
            project: None,
            project_name: "整个文件".to_owned(),
            place: change.what.clone(),
            topic: Topic::Other,
            what: What::Beside(change.what.clone()),
            kind: change.kind,
            before: change.before.clone(),
            after: change.after.clone(),
            at: None,
        }));
        lines
    }
}

impl ProjectComparison {
    /// Its changes in words, in the order of the form.
    pub fn lines(&self, editions: EditionsAtHand<'_>) -> Vec<Line> {
        let (older, newer) = (editions(&self.older), editions(&self.newer));
        let line = |change: &Change| {
            let edition = match change.kind {
                Kind::Removed => &older,
                _ => &newer,
            };
            Line {
                project: Some(self.newer.id),
                project_name: self.newer.shown_name().to_owned(),
                place: match edition {
                    Some(edition) => change.in_words(self.side_of(change), edition),
                    None => change.at.to_string(),
                },
                topic: change.topic,
                what: change.what.clone(),
                kind: change.kind,
                before: change.before.clone(),
                after: change.after.clone(),
                at: (change.at.place != Place::Whole).then(|| change.at.clone()),
            }
        };
        self.changes.iter().map(line).collect()
    }
}

impl Change {
    /// The place in words: "绩效指标 · 数量指标 第11行 年度课题数量 · 实际完成值". `project` is the state in which it is found, see
    /// [`ProjectComparison::side_of`].
    pub fn in_words(&self, project: &Project, edition: &Edition) -> String {
        let place = &self.at.place;
        match &self.what {
            What::Cell => self.at.in_words(project, edition),
            What::Row => self.at.row_in_words(project, edition),
            What::OfRow(called) => {
                format!("{} · {called}", self.at.row_in_words(project, edition))
            }
            What::Beside(called) if *place == Place::Whole => called.clone(),
            What::Beside(called) => {
                format!("{} · {called}", self.at.in_words(project, edition))
            }
        }
    }
}

/// A project that one state has only.
fn whole(project: &Arc<Project>, kind: Kind) -> Line {
    let count = format!("整份表，{} 行指标", project.rows().count());
    let (before, after) = match kind {
        Kind::Removed => (count, String::new()),
        _ => (String::new(), count),
    };
    Line {
        project: Some(project.id),
        project_name: project.shown_name().to_owned(),
        place: "整个项目".to_owned(),
        topic: Topic::Basics,
        what: What::Row,
        kind,
        before,
        after,
        at: Some(project.at(Place::Whole)),
    }
}
