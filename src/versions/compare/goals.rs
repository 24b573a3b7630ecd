//! Two states of the goals with their sections, groups and shared reasons.

use std::hash::Hash;

use super::{
    Kind, Topic,
    pass::{Beside, Pass},
    rows::{Fate, Known, fates, of_list, of_lists},
    written,
};
use crate::model::{
    figure::FigureCell,
    id::Id,
    indicator::{Group, Indicator, Section, SharedReason},
    path::{BlockField, GoalField, IndicatorField, Place},
    project::{Goal, Project},
    rows::Rows,
    typed::trim,
};

/// The parts of one kind in both states, in whichever block they stand.
type Both<'a, T, P> = (Known<'a, T, Id<T>, P>, Known<'a, T, Id<T>, P>);

/// The parts of both states.
struct Parts<'a> {
    sections: Both<'a, Section, Id<Goal>>,
    groups: Both<'a, Group, Id<Section>>,
    rows: Both<'a, Indicator, Id<Group>>,
}

fn plain<T>(rows: &Rows<T>) -> impl Iterator<Item = &T> + Clone {
    rows.iter().map(|row| &**row)
}

fn sections(project: &Project) -> impl Iterator<Item = &Section> {
    project.goals.iter().flat_map(|goal| plain(&goal.sections))
}

impl<'a> Parts<'a> {
    fn of(older: &'a Project, newer: &'a Project) -> Self {
        fn known<'a, T: 'a, P: Copy + PartialEq>(
            lists: impl Iterator<Item = (P, &'a Rows<T>)>,
            id: impl Fn(&T) -> Id<T>,
        ) -> Known<'a, T, Id<T>, P>
        where
            Id<T>: Eq + Hash,
        {
            Known::of(lists.map(|(parent, rows)| (parent, plain(rows))), id)
        }
        let of_goals = |project: &'a Project| {
            let goals = project.goals.iter();
            known(goals.map(|goal| (goal.id, &goal.sections)), |one| one.id)
        };
        let of_sections = |project: &'a Project| {
            known(sections(project).map(|one| (one.id, &one.groups)), |one| {
                one.id
            })
        };
        let of_groups = |project: &'a Project| {
            let groups = project.groups().map(|view| view.group);
            known(groups.map(|group| (group.id, &group.indicators)), |one| {
                one.id
            })
        };
        Self {
            sections: (of_goals(older), of_goals(newer)),
            groups: (of_sections(older), of_sections(newer)),
            rows: (of_groups(older), of_groups(newer)),
        }
    }
}

impl<'a> Pass<'a, Project> {
    /// Goals with all that is in them.
    pub(super) fn goals(&mut self) {
        let (older, newer) = (self.older, self.newer);
        let parts = Parts::of(older, newer);
        for fate in of_list(plain(&older.goals), plain(&newer.goals), |goal| goal.id) {
            let at = |goal: &Goal| Place::Goal(goal.id, GoalField::Caption);
            self.fate(&fate, (), at, |_, (), index| format!("第 {} 个", index + 1));
            let (before, after) = match &fate {
                Fate::Kept { older, newer, .. } => {
                    self.goal(older, newer);
                    (Some(*older), Some(*newer))
                }
                Fate::Added(goal, _) => (None, Some(*goal)),
                Fate::Removed(goal, _) => (Some(*goal), None),
            };
            self.sections_of(before, after, &parts);
        }
        self.reasons();
    }

    fn goal(&mut self, before: &Goal, after: &Goal) {
        let Goal {
            id,
            copied_from,
            caption,
            weight,
            expected,
            actual,
            texts,
            sections: _,
            reasons: _,
            unknown,
        } = after;
        let at = |field| move || Place::Goal(*id, field);
        self.text(at(GoalField::Caption), &before.caption, caption);
        let field = at(GoalField::Weight);
        self.typed(field, &before.weight, weight, written::figure);
        self.text(at(GoalField::Expected), &before.expected, expected);
        self.text(at(GoalField::Actual), &before.actual, actual);
        self.keyed(&before.texts, texts, &[], |key| {
            Place::Goal(*id, GoalField::Text(key.to_owned()))
        });
        let of = || Beside::row(Topic::Other, at(GoalField::Caption)(), "目标");
        self.origin(of, before.copied_from, *copied_from);
        self.unknown(of, &before.unknown, unknown);
    }

    fn sections_of(
        &mut self,
        before: Option<&'a Goal>,
        after: Option<&'a Goal>,
        parts: &Parts<'a>,
    ) {
        let Some(goal) = after.or(before) else { return };
        let fates = fates(
            goal.id,
            before.iter().flat_map(|goal| plain(&goal.sections)),
            after.iter().flat_map(|goal| plain(&goal.sections)),
            (&parts.sections.0, &parts.sections.1),
            |section| section.id,
        );
        for fate in fates {
            let at = |section: &Section| Place::Section(section.id, BlockField::Caption);
            self.fate(&fate, goal.id, at, |project, goal, index| {
                let number = project.goals.position(|one| one.id == goal);
                match number.filter(|_| project.goals.len() > 1) {
                    Some(number) => format!("目标 {} 第 {} 个", number + 1, index + 1),
                    None => format!("第 {} 个", index + 1),
                }
            });
            let (before, after) = match &fate {
                Fate::Kept { older, newer, .. } => {
                    self.section(older, newer);
                    (Some(*older), Some(*newer))
                }
                Fate::Added(section, _) => (None, Some(*section)),
                Fate::Removed(section, _) => (Some(*section), None),
            };
            self.groups_of(before, after, parts);
        }
    }

    fn section(&mut self, before: &Section, after: &Section) {
        let Section {
            id,
            copied_from,
            caption,
            weight,
            score,
            groups: _,
            unknown,
        } = after;
        let at = |field| Place::Section(*id, field);
        let texts = (before.caption.as_str(), caption.as_str());
        self.block(at, texts, (&before.weight, weight), (&before.score, score));
        let of = || Beside::row(Topic::Other, at(BlockField::Caption), "一级指标");
        self.origin(of, before.copied_from, *copied_from);
        self.unknown(of, &before.unknown, unknown);
    }

    fn block(
        &mut self,
        at: impl Fn(BlockField) -> Place,
        caption: (&str, &str),
        weight: (&FigureCell, &FigureCell),
        score: (&FigureCell, &FigureCell),
    ) {
        self.text(|| at(BlockField::Caption), caption.0, caption.1);
        let figure = written::figure;
        self.typed(|| at(BlockField::Weight), weight.0, weight.1, figure);
        self.typed(|| at(BlockField::Score), score.0, score.1, figure);
    }

    fn groups_of(
        &mut self,
        before: Option<&'a Section>,
        after: Option<&'a Section>,
        parts: &Parts<'a>,
    ) {
        let Some(section) = after.or(before) else {
            return;
        };
        let fates = fates(
            section.id,
            before.iter().flat_map(|section| plain(&section.groups)),
            after.iter().flat_map(|section| plain(&section.groups)),
            (&parts.groups.0, &parts.groups.1),
            |group| group.id,
        );
        for fate in fates {
            let at = |group: &Group| Place::Group(group.id, BlockField::Caption);
            self.fate(&fate, section.id, at, |project, section, index| {
                let name = project.section(section).map_or("", Section::name);
                format!("{name} 第 {} 个", index + 1)
            });
            let (before, after) = match &fate {
                Fate::Kept { older, newer, .. } => {
                    self.group(older, newer);
                    (Some(*older), Some(*newer))
                }
                Fate::Added(group, _) => (None, Some(*group)),
                Fate::Removed(group, _) => (Some(*group), None),
            };
            self.rows_of(before, after, parts);
        }
    }

    fn group(&mut self, before: &Group, after: &Group) {
        let Group {
            id,
            copied_from,
            caption,
            weight,
            score,
            indicators: _,
            unknown,
        } = after;
        let at = |field| Place::Group(*id, field);
        let texts = (before.caption.as_str(), caption.as_str());
        self.block(at, texts, (&before.weight, weight), (&before.score, score));
        let of = || Beside::row(Topic::Other, at(BlockField::Caption), "二级指标");
        self.origin(of, before.copied_from, *copied_from);
        self.unknown(of, &before.unknown, unknown);
    }

    fn rows_of(&mut self, before: Option<&'a Group>, after: Option<&'a Group>, parts: &Parts<'a>) {
        let Some(group) = after.or(before) else {
            return;
        };
        let fates = fates(
            group.id,
            before.iter().flat_map(|group| plain(&group.indicators)),
            after.iter().flat_map(|group| plain(&group.indicators)),
            (&parts.rows.0, &parts.rows.1),
            |row| row.id,
        );
        for fate in fates {
            let at = |row: &Indicator| Place::Indicator(row.id, IndicatorField::Name);
            self.fate(&fate, group.id, at, |project, group, index| {
                let found = project.groups().find(|view| view.group.id == group);
                let name = found.map_or("", |view| view.group.name());
                format!("{name} 第 {} 行", index + 1)
            });
            if let Fate::Kept { older, newer, .. } = fate {
                self.indicator(older, newer);
            }
        }
    }

    fn reasons(&mut self) {
        fn lists(project: &Project) -> Vec<(Id<Goal>, Vec<&SharedReason>)> {
            let goals = project.goals.iter();
            goals
                .map(|goal| (goal.id, plain(&goal.reasons).collect()))
                .collect()
        }
        let (before, after) = (lists(self.older), lists(self.newer));
        for (goal, fate) in of_lists(&before, &after, |reason| reason.id) {
            let at = |reason: &SharedReason| Place::Reason(reason.id);
            self.fate(&fate, goal, at, |_, _, index| {
                format!("第 {} 个", index + 1)
            });
            if let Fate::Kept { older, newer, .. } = fate {
                self.reason(older, newer);
            }
        }
    }

    fn reason(&mut self, before: &SharedReason, after: &SharedReason) {
        let SharedReason {
            id,
            copied_from,
            section,
            group,
            rows,
            text,
            unknown,
        } = after;
        let at = || Place::Reason(*id);
        self.text(at, &before.text, text);
        let of = || Beside::row(Topic::Texts, at(), "合并的原因");
        let was = (before.section, before.group, &before.rows);
        let is = (*section, *group, rows);
        if was != is {
            let (old, new) = (spanned(self.older, before), spanned(self.newer, after));
            self.beside(of().field("范围"), Kind::Changed, &old, &new);
        }
        self.origin(of, before.copied_from, *copied_from);
        self.unknown(of, &before.unknown, unknown);
    }
}

/// What a shared reason spans, in words.
fn spanned(project: &Project, reason: &SharedReason) -> String {
    let section = reason.section.and_then(|id| project.section(id));
    let group = project
        .groups()
        .find(|view| Some(view.group.id) == reason.group);
    let rows = project
        .rows()
        .filter(|view| reason.rows.contains(&view.indicator.id));
    let blocks = [
        section.map(|section| section.name().to_owned()),
        group.map(|view| view.group.name().to_owned()),
    ];
    let rows = rows.map(|view| match trim(&view.indicator.name) {
        "" => format!("{} 第 {} 行", view.group.name(), view.number),
        name => name.to_owned(),
    });
    let all: Vec<String> = blocks.into_iter().flatten().chain(rows).collect();
    all.join("、")
}
