//! The form as rules look at it: everything that several rules need, worked out once.

use std::borrow::Cow;

use jiff::civil::Date;

use super::catalogue::Phase;
use crate::{
    model::{
        document::RowView,
        edition::{Edition, Sense},
        indicator::{Aim, Group, Indicator, Section},
        markup::visible_text,
        path::{CellPath, IndicatorField, Place},
        project::{Goal, Project},
        typed::trim,
    },
    score::{GroupScore, IndicatorScore, ProjectScore, SectionScore, Verdict},
};

/// A project with its edition and scores.
pub struct Form<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its edition.
    pub edition: &'a Edition,
    /// Its scores.
    pub score: &'a ProjectScore,
    /// The form's year, where it is readable.
    pub year: Option<i16>,
    /// Today, injected.
    pub today: Date,
    /// Goal blocks.
    pub goals: Vec<GoalOf<'a>>,
    /// First-level sections.
    pub sections: Vec<SectionOf<'a>>,
    /// Second-level groups.
    pub groups: Vec<GroupOf<'a>>,
    /// Indicator rows.
    pub rows: Vec<Row<'a>>,
}

/// A goal block with its texts as a reader sees them.
pub struct GoalOf<'a> {
    /// The goal block.
    pub goal: &'a Goal,
    /// 预期目标
    pub expected: Cow<'a, str>,
    /// 实际完成情况
    pub actual: Cow<'a, str>,
}

/// A section with its score.
pub struct SectionOf<'a> {
    /// Its goal block.
    pub goal: &'a Goal,
    /// The section.
    pub section: &'a Section,
    /// Its score.
    pub score: &'a SectionScore,
    /// Its groups, as a range of [`Form::groups`].
    pub groups: std::ops::Range<usize>,
}

/// A group with its score.
pub struct GroupOf<'a> {
    /// Its goal block.
    pub goal: &'a Goal,
    /// Its section.
    pub section: &'a Section,
    /// The group.
    pub group: &'a Group,
    /// Its score.
    pub score: &'a GroupScore,
    /// Its rows, as a range of [`Form::rows`].
    pub rows: std::ops::Range<usize>,
}

/// An indicator row with all that belongs to it.
pub struct Row<'a> {
    /// Goal, section, group, indicator and number in the group.
    pub view: RowView<'a>,
    /// Its score.
    pub score: &'a IndicatorScore,
    /// Whether weight, score and reason may stand in the group's cell instead of the row's.
    pub as_one: bool,
    /// What it measures.
    pub sense: Sense,
    /// What it aims at.
    pub aim: Option<Aim<'a>>,
    reason: &'a str,
}

impl<'a> Form<'a> {
    /// The form of `project`.
    pub fn new(
        project: &'a Project,
        edition: &'a Edition,
        score: &'a ProjectScore,
        today: Date,
    ) -> Self {
        let mut form = Self {
            project,
            edition,
            score,
            year: project.year(),
            today,
            goals: project.goals.iter().map(|goal| GoalOf::new(goal)).collect(),
            sections: Vec::new(),
            groups: Vec::new(),
            rows: Vec::with_capacity(project.rows().count()),
        };
        for (goal, goal_score) in project.goals.iter().zip(&score.goals) {
            for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
                form.add_section(goal, section, section_score);
            }
        }
        form
    }

    fn add_section(&mut self, goal: &'a Goal, section: &'a Section, score: &'a SectionScore) {
        let first_group = self.groups.len();
        for (group, group_score) in section.groups.iter().zip(&score.groups) {
            let first_row = self.rows.len();
            let members = group.indicators.iter().zip(&group_score.members);
            for (index, (indicator, row_score)) in members.enumerate() {
                let mut row = Row {
                    view: RowView {
                        goal,
                        section,
                        group,
                        indicator,
                        number: index + 1,
                    },
                    score: row_score,
                    as_one: group_score.as_one,
                    sense: group_score.sense,
                    aim: indicator.aim(),
                    reason: "",
                };
                row.reason = row.find_reason();
                self.rows.push(row);
            }
            self.groups.push(GroupOf {
                goal,
                section,
                group,
                score: group_score,
                rows: first_row..self.rows.len(),
            });
        }
        self.sections.push(SectionOf {
            goal,
            section,
            score,
            groups: first_group..self.groups.len(),
        });
    }

    /// What the form states at its stage.
    pub fn phase(&self) -> Phase {
        Phase::of(self.project.stage)
    }

    /// The rows that are judged: applicable and not part of another row.
    pub fn counted(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.score.counts)
    }

    /// The rows of a group.
    pub fn rows_of(&self, group: &GroupOf<'_>) -> &[Row<'a>] {
        &self.rows[group.rows.clone()]
    }

    /// The address of a place in this project.
    pub fn at(&self, place: Place) -> CellPath {
        self.project.at(place)
    }
}

impl<'a> GoalOf<'a> {
    fn new(goal: &'a Goal) -> Self {
        Self {
            goal,
            expected: visible_text(&goal.expected),
            actual: visible_text(&goal.actual),
        }
    }
}

impl<'a> Row<'a> {
    /// The indicator.
    pub fn indicator(&self) -> &'a Indicator {
        self.view.indicator
    }

    /// The place of one of the row's cells.
    pub fn place(&self, field: IndicatorField) -> Place {
        Place::Indicator(self.view.indicator.id, field)
    }

    /// Whether the target is missed.
    pub fn is_missed(&self) -> bool {
        self.score.verdict == Verdict::Missed
    }

    /// Whether the row's own score is filed and equals its own weight.
    pub fn has_full_marks(&self) -> bool {
        self.score.weight.is_some() && self.score.filed == self.score.weight
    }

    /// The reason that counts for the row: its own, else a shared one that spans it and names its indicator.
    pub fn reason(&self) -> &'a str {
        self.reason
    }

    fn find_reason(&self) -> &'a str {
        let own = trim(&self.view.indicator.deviation);
        if !own.is_empty()
            && !own
                .chars()
                .all(|c| matches!(c, '—' | '-' | '－' | '/' | '无'))
        {
            return own;
        }
        let name = trim(&self.view.indicator.name);
        self.spanning_reasons()
            .find(|reason| !name.is_empty() && reason.contains(name))
            .unwrap_or("")
    }

    /// The texts of all shared reasons whose cell spans the row, whether they name it or not.
    pub fn spanning_reasons(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let view = self.view;
        view.goal
            .reasons
            .iter()
            .filter(move |reason| {
                reason.section == Some(view.section.id)
                    || reason.group == Some(view.group.id)
                    || reason.rows.contains(&view.indicator.id)
            })
            .map(|reason| trim(&reason.text))
            .filter(|text| !text.is_empty())
    }
}

/// What an indicator is called in messages.
pub fn name_of(indicator: &Indicator) -> &str {
    match trim(&indicator.name) {
        "" => "（未命名指标）",
        name => name,
    }
}

/// What a group is called in messages.
pub fn group_name(group: &Group) -> &str {
    match group.name() {
        "" => "该组",
        name => name,
    }
}
