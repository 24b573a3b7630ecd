//! A document: one or more projects of a unit, kept in one file.

use std::sync::Arc;

use super::{
    edition::Edition,
    id::Id,
    indicator::{Approved, Group, Indicator, Removed, Section},
    ledger::Rectification,
    project::{Goal, Project},
    record::record,
    rows::Rows,
    sending::Sending,
};

record! {
    /// The content of a `*.jiping` file.
    pub struct Document {
        /// Identity of the document, kept by 另存为 and mailing.
        pub id: Id<Document>,
        /// The projects in their order.
        pub projects: Rows<Project>,
        /// Editions that travel with the document, so that a colleague without them can open it.
        pub editions: Vec<Arc<Edition>>,
        /// 整改台账
        pub ledger: Rows<Rectification>,
        /// 发出的填报表
        pub sendings: Rows<Sending>,
    }
}

impl Document {
    /// An empty document.
    pub fn new(id: Id<Self>) -> Self {
        Self {
            id,
            projects: Rows::new(),
            editions: Vec::new(),
            ledger: Rows::new(),
            sendings: Rows::new(),
            unknown: Default::default(),
        }
    }

    /// The project with this id.
    pub fn project(&self, id: Id<Project>) -> Option<&Arc<Project>> {
        self.projects.iter().find(|project| project.id == id)
    }
}

/// An indicator with everything it stands in.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    /// The goal block.
    pub goal: &'a Goal,
    /// 一级指标
    pub section: &'a Section,
    /// 二级指标
    pub group: &'a Group,
    /// 三级指标
    pub indicator: &'a Indicator,
    /// The row's number within its group, from 1.
    pub number: usize,
}

impl Removed {
    /// A row with what was approved for it, as one that the form lacks.
    pub fn of(view: &RowView<'_>, approved: Approved) -> Self {
        Self {
            id: Id::from_bits(view.indicator.id.bits()),
            goal: view.goal.caption.clone(),
            section: view.section.caption.clone(),
            group: view.group.caption.clone(),
            approved,
            cancelled: None,
            unknown: Default::default(),
        }
    }
}

/// A group with everything it stands in.
#[derive(Debug, Clone, Copy)]
pub struct GroupView<'a> {
    /// The goal block.
    pub goal: &'a Goal,
    /// 一级指标
    pub section: &'a Section,
    /// 二级指标
    pub group: &'a Group,
}

impl Project {
    /// All groups in the order of the form.
    pub fn groups(&self) -> impl Iterator<Item = GroupView<'_>> {
        self.goals.iter().flat_map(|goal| {
            goal.sections.iter().flat_map(move |section| {
                section.groups.iter().map(move |group| GroupView {
                    goal,
                    section,
                    group,
                })
            })
        })
    }

    /// All indicator rows in the order of the form.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'_>> {
        self.groups().flat_map(
            |GroupView {
                 goal,
                 section,
                 group,
             }| {
                group
                    .indicators
                    .iter()
                    .enumerate()
                    .map(move |(index, indicator)| RowView {
                        goal,
                        section,
                        group,
                        indicator,
                        number: index + 1,
                    })
            },
        )
    }
}
