//! Goals with their sections, groups and rows. A row keeps its identity wherever it is moved, so each level is joined as a
//! whole, and the levels are put together afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    sync::Arc,
};

use crate::model::{
    id::Id,
    indicator::{Group, Indicator, Section, SharedReason},
    path::{BlockField, GoalField, Place},
    project::{Goal, Project},
    rows::Rows,
};

use super::{
    level::{Level, Node, Present, Side},
    walk::{Spot, Three, Walk},
    words::{listed, named},
};

/// The parts of a side by what they stand under.
struct Tree<'a> {
    goals: &'a Rows<Goal>,
    present: Present,
}

impl<'a> Tree<'a> {
    fn of(project: &'a Project) -> Self {
        let sections = project.goals.iter().flat_map(|goal| goal.sections.iter());
        let sections = sections.map(|section| section.id.bits());
        let groups = project.groups().map(|view| view.group.id.bits());
        let rows = project.rows().map(|view| view.indicator.id.bits());
        Self {
            goals: &project.goals,
            present: Present {
                parts: sections.chain(groups).chain(rows).collect(),
                given_up: project
                    .removed
                    .iter()
                    .map(|removed| removed.id.bits())
                    .collect(),
            },
        }
    }

    fn goals(&self) -> Side<'a, Goal, ()> {
        Side::new([()], self.goals.iter().map(|goal| ((), goal)))
    }

    fn sections(&self) -> Side<'a, Section, Id<Goal>> {
        let parents = self.goals.iter().map(|goal| goal.id);
        let sections = self
            .goals
            .iter()
            .flat_map(|goal| goal.sections.iter().map(|section| (goal.id, section)));
        Side::new(parents, sections)
    }

    fn reasons(&self) -> Side<'a, SharedReason, Id<Goal>> {
        let parents = self.goals.iter().map(|goal| goal.id);
        let reasons = self
            .goals
            .iter()
            .flat_map(|goal| goal.reasons.iter().map(|reason| (goal.id, reason)));
        Side::new(parents, reasons)
    }

    fn all_sections(&self) -> impl Iterator<Item = &'a Arc<Section>> + use<'a> {
        self.goals.iter().flat_map(|goal| goal.sections.iter())
    }

    fn groups(&self) -> Side<'a, Group, Id<Section>> {
        let parents = self.all_sections().map(|section| section.id);
        let groups = self
            .all_sections()
            .flat_map(|section| section.groups.iter().map(|group| (section.id, group)));
        Side::new(parents, groups)
    }

    fn rows(&self) -> Side<'a, Indicator, Id<Group>> {
        let groups = || {
            self.all_sections()
                .flat_map(|section| section.groups.iter())
        };
        let rows = groups().flat_map(|group| group.indicators.iter().map(|row| (group.id, row)));
        Side::new(groups().map(|group| group.id), rows)
    }
}

/// The trees of three states.
struct Trees<'a> {
    base: Option<Tree<'a>>,
    ours: Tree<'a>,
    theirs: Tree<'a>,
}

impl<'a> Trees<'a> {
    fn level<T: Node, P>(&'a self, side: impl Fn(&Tree<'a>) -> Side<'a, T, P>) -> Level<'a, T, P> {
        Level {
            base: self.base.as_ref().map(&side),
            ours: side(&self.ours),
            theirs: side(&self.theirs),
            here: &self.ours.present,
            there: &self.theirs.present,
            is_whole: true,
        }
    }
}

fn order_in(part: &'static str, id: impl Display, caption: &str) -> Spot {
    Spot::field(format!("{part}/{id}/order"), caption.to_owned())
}

fn ids<P, T: Node>(level: &BTreeMap<P, Vec<Arc<T>>>) -> BTreeSet<T::Key> {
    level.values().flatten().map(|row| row.key()).collect()
}

/// Goals with all that stands in them: rows keep their identity wherever they are moved.
pub(super) fn goals(walk: &mut Walk<'_>, three: Three<'_, Project>) -> Rows<Goal> {
    if three.ours.goals == three.theirs.goals {
        return three.ours.goals.clone();
    }
    let trees = Trees {
        base: three.base.map(Tree::of),
        ours: Tree::of(three.ours),
        theirs: Tree::of(three.theirs),
    };
    let mut goals = trees
        .level(Tree::goals)
        .merge(walk, &BTreeSet::from([()]), |()| {
            order_in("goal", "all", "目标的顺序")
        });
    let live = ids(&goals);
    let mut sections = trees
        .level(Tree::sections)
        .merge(walk, &live, |goal| order_in("goal", goal, "一级指标的顺序"));
    let mut groups = trees
        .level(Tree::groups)
        .merge(walk, &ids(&sections), |section| {
            order_in("section", section, "二级指标的顺序")
        });
    let mut rows = trees.level(Tree::rows).merge(walk, &ids(&groups), |group| {
        order_in("group", group, "指标行的顺序")
    });
    let mut reasons = trees.level(Tree::reasons).merge(walk, &live, |goal| {
        order_in("reason", goal, "合并原因的顺序")
    });
    fill(&mut groups, |group| {
        group.indicators = rows.remove(&group.id).into_iter().flatten().collect();
    });
    fill(&mut sections, |section| {
        section.groups = groups.remove(&section.id).into_iter().flatten().collect();
    });
    fill(&mut goals, |goal| {
        goal.sections = sections.remove(&goal.id).into_iter().flatten().collect();
        goal.reasons = reasons.remove(&goal.id).into_iter().flatten().collect();
    });
    goals.remove(&()).into_iter().flatten().collect()
}

fn fill<P, T: Clone>(level: &mut BTreeMap<P, Vec<Arc<T>>>, mut put: impl FnMut(&mut T)) {
    level
        .values_mut()
        .flatten()
        .for_each(|row| put(Arc::make_mut(row)));
}

impl Node for Goal {
    type Key = Id<Self>;
    const PART: &'static str = "goal";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("目标", &self.caption)
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Goal(self.id, GoalField::Expected))
    }

    fn told(&self) -> String {
        let rows = self.sections.iter().map(|section| rows_in(section));
        let count = rows.sum::<usize>().to_string();
        listed([("预期目标", &*self.expected), ("指标行数", &count)])
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let at = |field| move || Place::Goal(id, field);
        Self {
            id,
            copied_from: walk.quiet(three.of(|goal| &goal.copied_from)),
            caption: walk.cell(three.of(|goal| &goal.caption), at(GoalField::Caption)),
            weight: walk.cell(three.of(|goal| &goal.weight), at(GoalField::Weight)),
            expected: walk.cell(three.of(|goal| &goal.expected), at(GoalField::Expected)),
            actual: walk.cell(three.of(|goal| &goal.actual), at(GoalField::Actual)),
            texts: walk.keyed(three.of(|goal| &goal.texts), |key| {
                Place::Goal(id, GoalField::Text(key))
            }),
            sections: Rows::new(),
            reasons: Rows::new(),
            unknown: walk.unknown(three.of(|goal| &goal.unknown)),
        }
    }

    fn alone(row: &Arc<Self>) -> Arc<Self> {
        Arc::new(Self {
            sections: Rows::new(),
            reasons: Rows::new(),
            ..(**row).clone()
        })
    }

    fn is_as(&self, base: &Self, removing: &Present) -> bool {
        let left = |goal: &Self| {
            let sections = goal.sections.iter();
            let sections = sections.filter_map(|section| section_left(section, removing));
            Self {
                sections: sections.collect(),
                ..goal.clone()
            }
        };
        left(self) == left(base)
    }

    fn is_guarded(&self, removing: &Present) -> bool {
        self.sections
            .iter()
            .any(|section| section.is_guarded(removing))
    }
}

fn rows_in(section: &Section) -> usize {
    section
        .groups
        .iter()
        .map(|group| group.indicators.len())
        .sum()
}

/// A section without what lives on elsewhere; `None` where it does itself.
fn section_left(section: &Section, elsewhere: &Present) -> Option<Section> {
    if elsewhere.parts.contains(&section.id.bits()) {
        return None;
    }
    let groups = section.groups.iter();
    Some(Section {
        groups: groups
            .filter_map(|group| group_left(group, elsewhere))
            .collect(),
        ..section.clone()
    })
}

fn group_left(group: &Group, elsewhere: &Present) -> Option<Group> {
    if elsewhere.parts.contains(&group.id.bits()) {
        return None;
    }
    let rows = group.indicators.iter();
    let left = rows.filter(|row| !elsewhere.parts.contains(&row.id.bits()));
    Some(Group {
        indicators: left.cloned().collect(),
        ..group.clone()
    })
}

impl Node for Section {
    type Key = Id<Self>;
    const PART: &'static str = "section";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("一级指标", Self::name(self))
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Section(self.id, BlockField::Caption))
    }

    fn told(&self) -> String {
        listed([("指标行数", rows_in(self).to_string().as_str())])
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let at = |field| move || Place::Section(id, field);
        Self {
            id,
            copied_from: walk.quiet(three.of(|section| &section.copied_from)),
            caption: walk.cell(
                three.of(|section| &section.caption),
                at(BlockField::Caption),
            ),
            weight: walk.cell(three.of(|section| &section.weight), at(BlockField::Weight)),
            score: walk.cell(three.of(|section| &section.score), at(BlockField::Score)),
            groups: Rows::new(),
            unknown: walk.unknown(three.of(|section| &section.unknown)),
        }
    }

    fn alone(row: &Arc<Self>) -> Arc<Self> {
        Arc::new(Self {
            groups: Rows::new(),
            ..(**row).clone()
        })
    }

    fn is_as(&self, base: &Self, removing: &Present) -> bool {
        section_left(self, removing) == section_left(base, removing)
    }

    fn is_guarded(&self, removing: &Present) -> bool {
        self.groups.iter().any(|group| group.is_guarded(removing))
    }
}

impl Node for Group {
    type Key = Id<Self>;
    const PART: &'static str = "group";

    fn key(&self) -> Self::Key {
        self.id
    }

    fn name(&self) -> String {
        named("二级指标", Self::name(self))
    }

    fn place(&self) -> Option<Place> {
        Some(Place::Group(self.id, BlockField::Caption))
    }

    fn told(&self) -> String {
        listed([("指标行数", self.indicators.len().to_string().as_str())])
    }

    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self {
        let id = three.ours.id;
        let at = |field| move || Place::Group(id, field);
        Self {
            id,
            copied_from: walk.quiet(three.of(|group| &group.copied_from)),
            caption: walk.cell(three.of(|group| &group.caption), at(BlockField::Caption)),
            weight: walk.cell(three.of(|group| &group.weight), at(BlockField::Weight)),
            score: walk.cell(three.of(|group| &group.score), at(BlockField::Score)),
            indicators: Rows::new(),
            unknown: walk.unknown(three.of(|group| &group.unknown)),
        }
    }

    fn alone(row: &Arc<Self>) -> Arc<Self> {
        Arc::new(Self {
            indicators: Rows::new(),
            ..(**row).clone()
        })
    }

    fn is_as(&self, base: &Self, removing: &Present) -> bool {
        group_left(self, removing) == group_left(base, removing)
    }

    fn is_guarded(&self, removing: &Present) -> bool {
        let is_here = |row: &Indicator| !removing.parts.contains(&row.id.bits());
        let rows = self.indicators.iter();
        rows.clone()
            .any(|row| is_here(row) && row.is_guarded(removing))
    }
}
