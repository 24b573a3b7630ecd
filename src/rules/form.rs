//! The form as rules look at it: everything that several rules need, worked out once.

use std::{borrow::Cow, cell::OnceCell};

use jiff::civil::Date;

use super::{catalogue::Phase, cells, facts::Facts};
use crate::{
    model::{
        document::RowView,
        edition::{Edition, Sense},
        goal_items::{GoalItem, Items},
        indicator::{Aim, Group, Indicator, Section, SharedReason},
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
    /// What all filled cells together may hold.
    pub facts: Facts,
}

/// A goal block with its texts as a reader sees them.
pub struct GoalOf<'a> {
    /// The goal block.
    pub goal: &'a Goal,
    /// 预期目标
    pub expected: Cow<'a, str>,
    /// 实际完成情况
    pub actual: Cow<'a, str>,
    /// What 预期目标 as typed may hold.
    pub expected_facts: Facts,
    /// What 实际完成情况 as typed may hold.
    pub actual_facts: Facts,
    expected_items: OnceCell<Items>,
    actual_items: OnceCell<Items>,
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
    /// Whether it is judged: applicable, and no part of another row.
    pub counts: bool,
    /// Whether weight, score and reason may stand in the group's cell instead of the row's.
    pub as_one: bool,
    /// What it measures.
    pub sense: Sense,
    /// What it aims at.
    pub aim: Option<Aim<'a>>,
    /// The indicator's name, trimmed.
    pub name: &'a str,
    /// What the name may hold.
    pub name_facts: Facts,
    /// What all cells of the row together may hold.
    pub facts: Facts,
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
            facts: Facts::default(),
        };
        for (goal, goal_score) in project.goals.iter().zip(&score.goals) {
            for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
                form.add_section(goal, section, section_score);
            }
        }
        form.facts = cells::facts(&form);
        form
    }

    fn add_section(&mut self, goal: &'a Goal, section: &'a Section, score: &'a SectionScore) {
        let first_group = self.groups.len();
        for (group, group_score) in section.groups.iter().zip(&score.groups) {
            let first_row = self.rows.len();
            let members = group.indicators.iter().zip(&group_score.members);
            for (index, (indicator, row_score)) in members.enumerate() {
                let name_facts = Facts::of(&indicator.name);
                let mut row = Row {
                    view: RowView {
                        goal,
                        section,
                        group,
                        indicator,
                        number: index + 1,
                    },
                    score: row_score,
                    counts: row_score.counts,
                    as_one: group_score.as_one,
                    sense: group_score.sense,
                    aim: indicator.aim(),
                    name: trim(&indicator.name),
                    name_facts,
                    facts: name_facts | cells::facts_beside_name(indicator),
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
        self.rows.iter().filter(|row| row.counts)
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
            expected_facts: Facts::of(&goal.expected),
            actual_facts: Facts::of(&goal.actual),
            expected_items: OnceCell::new(),
            actual_items: OnceCell::new(),
        }
    }

    /// The numbered items of 预期目标.
    pub fn expected_items(
        &self,
    ) -> impl DoubleEndedIterator<Item = GoalItem<'_>> + ExactSizeIterator {
        let items = self
            .expected_items
            .get_or_init(|| Items::of(&self.expected));
        items.in_text(&self.expected)
    }

    /// The numbered items of 实际完成情况.
    pub fn actual_items(
        &self,
    ) -> impl DoubleEndedIterator<Item = GoalItem<'_>> + ExactSizeIterator {
        let items = self.actual_items.get_or_init(|| Items::of(&self.actual));
        items.in_text(&self.actual)
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
        let name = self.name;
        self.spanning_reasons()
            .find(|reason| !name.is_empty() && reason.contains(name))
            .unwrap_or("")
    }

    /// Whether the cell of a shared reason spans the row.
    pub fn is_spanned_by(&self, reason: &SharedReason) -> bool {
        spans(reason, &self.view)
    }

    /// The texts of all shared reasons whose cell spans the row, whether they name it or not.
    pub fn spanning_reasons(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let view = self.view;
        view.goal
            .reasons
            .iter()
            .filter(move |reason| spans(reason, &view))
            .map(|reason| trim(&reason.text))
            .filter(|text| !text.is_empty())
    }
}

fn spans(reason: &SharedReason, view: &RowView<'_>) -> bool {
    reason.section == Some(view.section.id)
        || reason.group == Some(view.group.id)
        || reason.rows.contains(&view.indicator.id)
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
