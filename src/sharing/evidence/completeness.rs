//! Which indicators have 佐证材料, and which lack them.

use std::collections::HashSet;

use crate::model::{id::Id, indicator::Indicator, project::Project, typed::trim};

/// How complete the register of a project is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// How many indicators want evidence: those with a result that is judged, parts (其中) left out. Rule G09 asks the same.
    pub wanted: usize,
    /// Those of them without any.
    pub without: Vec<Id<Indicator>>,
}

impl Completeness {
    /// That of a project.
    pub fn of(project: &Project) -> Self {
        let proved: HashSet<Id<Indicator>> = project
            .evidence
            .iter()
            .filter_map(|evidence| evidence.indicator)
            .collect();
        let mut completeness = Self::default();
        let groups = project.groups().filter(|view| view.group.is_applicable());
        for row in groups.flat_map(|view| view.group.indicators.iter()) {
            let wants =
                row.part_of.is_none() && row.is_applicable() && !trim(row.actual.text()).is_empty();
            if wants {
                completeness.wanted += 1;
                if !proved.contains(&row.id) {
                    completeness.without.push(row.id);
                }
            }
        }
        completeness
    }

    /// How many indicators have some.
    pub fn with(&self) -> usize {
        self.wanted - self.without.len()
    }

    /// In words: "12 项指标中 9 项有材料".
    pub fn in_words(&self) -> String {
        match self.wanted {
            0 => "还没有填实际完成值的指标".to_owned(),
            wanted if self.without.is_empty() => format!("{wanted} 项指标都有材料"),
            wanted => format!("{wanted} 项指标中 {} 项有材料", self.with()),
        }
    }
}
