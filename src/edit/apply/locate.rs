//! Finding the parts of a project for reading and for changing.

use crate::model::{
    id::Id,
    indicator::{Group, Indicator, Section},
    project::{Goal, Project},
};

use super::super::refusal::{Missing, Refusal};

/// Where a row stands, as positions from the goal down.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowAddress {
    goal: usize,
    section: usize,
    group: usize,
    row: usize,
}

impl RowAddress {
    /// Where the row with this id stands. A row at `near` or right after it is found at once; all others are searched for.
    pub(super) fn find(project: &Project, id: Id<Indicator>, near: Self) -> Option<Self> {
        let next = Self {
            row: near.row + 1,
            ..near
        };
        [near, next]
            .into_iter()
            .find(|address| address.read(project).is_some_and(|row| row.id == id))
            .or_else(|| Self::search(project, id))
    }

    fn search(project: &Project, id: Id<Indicator>) -> Option<Self> {
        for (goal, block) in project.goals.iter().enumerate() {
            for (section, part) in block.sections.iter().enumerate() {
                for (group, rows) in part.groups.iter().enumerate() {
                    if let Some(row) = rows.indicators.position(|row| row.id == id) {
                        return Some(Self {
                            goal,
                            section,
                            group,
                            row,
                        });
                    }
                }
            }
        }
        None
    }

    /// The row that stands here.
    pub(super) fn read(self, project: &Project) -> Option<&Indicator> {
        let goal = project.goals.get(self.goal)?;
        let section = goal.sections.get(self.section)?;
        let group = section.groups.get(self.group)?;
        group.indicators.get(self.row).map(|row| &**row)
    }

    /// The row that stands here, for changing.
    pub(super) fn change(self, project: &mut Project) -> Option<&mut Indicator> {
        let goal = project.goals.get_mut(self.goal)?;
        let section = goal.sections.get_mut(self.section)?;
        let group = section.groups.get_mut(self.group)?;
        group.indicators.get_mut(self.row)
    }
}

/// A goal block for changing.
pub(super) fn goal_mut(project: &mut Project, id: Id<Goal>) -> Result<&mut Goal, Refusal> {
    project
        .goals
        .position(|goal| goal.id == id)
        .and_then(|at| project.goals.get_mut(at))
        .ok_or(Refusal::UnknownPlace(Missing::Goal))
}

/// A first-level section for changing.
pub(super) fn section_mut(project: &mut Project, id: Id<Section>) -> Result<&mut Section, Refusal> {
    let position = project.goals.iter().enumerate().find_map(|(goal, block)| {
        let section = block.sections.position(|section| section.id == id)?;
        Some((goal, section))
    });
    position
        .and_then(|(goal, section)| project.goals.get_mut(goal)?.sections.get_mut(section))
        .ok_or(Refusal::UnknownPlace(Missing::Section))
}

/// A second-level group for changing.
pub(super) fn group_mut(project: &mut Project, id: Id<Group>) -> Result<&mut Group, Refusal> {
    let section = project
        .goals
        .iter()
        .flat_map(|goal| goal.sections.iter())
        .find(|section| section.groups.iter().any(|group| group.id == id))
        .map(|section| section.id)
        .ok_or(Refusal::UnknownPlace(Missing::Group))?;
    let section = section_mut(project, section)?;
    section
        .groups
        .position(|group| group.id == id)
        .and_then(|at| section.groups.get_mut(at))
        .ok_or(Refusal::UnknownPlace(Missing::Group))
}
