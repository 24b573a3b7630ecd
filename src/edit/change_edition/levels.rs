//! 一级指标, 二级指标 and goal blocks: their captions become the new edition's, groups that the new edition has elsewhere go
//! there (成本指标 between 产出指标 and a first level of its own), blank ones go and come.

use std::collections::HashSet;

use crate::model::{
    blank::{blank_goal, section as blank_section},
    edition::{Edition, FirstLevel, ScoredBy, SecondLevel},
    figure::FigureCell,
    id::{CountedIds, IdSource},
    indicator::{Group, Indicator, Section},
    project::{Goal, Project},
};

use super::{behind, referred, told::Told};

/// Brings goal blocks and their levels to the new edition.
pub(super) fn change(
    project: &mut Project,
    from: Option<&Edition>,
    to: &Edition,
    ids: &mut dyn IdSource,
    told: &mut Told,
) {
    let referred = referred(project);
    let there = Way {
        from,
        to,
        referred: &referred,
    };
    there.drop_goals(project);
    for index in 0..project.goals.len() {
        let Some(goal) = project.goals.get(index) else {
            continue;
        };
        let mut changed = there.levels(goal, ids, told);
        there.caption_goal(&mut changed, index);
        if let Some(goal) = project.goals.get_mut(index) {
            *goal = changed;
        }
    }
    there.add_goals(project, ids, told);
}

/// The way from one edition to another.
#[derive(Clone, Copy)]
struct Way<'a> {
    from: Option<&'a Edition>,
    to: &'a Edition,
    /// Parts that something refers to.
    referred: &'a HashSet<u64>,
}

/// Caption, weight, score and groups of a section.
type Content<'g> = (&'g str, &'g str, &'g str, Vec<&'g Group>);

/// Where a group goes: a first level of the new edition, and its caption there.
struct Destination<'a> {
    level: &'a FirstLevel,
    caption: String,
}

fn first<'e>(edition: Option<&'e Edition>, section: &Section) -> Option<&'e FirstLevel> {
    edition?.first_level(section.name())
}

fn second<'e>(level: &'e FirstLevel, name: &str) -> Option<&'e SecondLevel> {
    let mut children = level.children.iter();
    children.find(|child| child.name == name || child.aliases.iter().any(|alias| alias == name))
}

fn same_level(one: &FirstLevel, other: &FirstLevel) -> bool {
    same_name((&one.name, &one.aliases), (&other.name, &other.aliases))
}

fn same_child(one: &SecondLevel, other: &SecondLevel) -> bool {
    same_name((&one.name, &one.aliases), (&other.name, &other.aliases))
}

fn same_name(one: (&String, &[String]), other: (&String, &[String])) -> bool {
    one.0 == other.0 || one.1.contains(other.0) || other.1.contains(one.0)
}

impl<'a> Way<'a> {
    fn back(self) -> Option<Self> {
        Some(Self {
            from: Some(self.to),
            to: self.from?,
            referred: self.referred,
        })
    }

    /// The goal with the new edition's levels. Groups move and captions change only where the way back undoes it.
    fn levels(self, goal: &Goal, ids: &mut dyn IdSource, told: &mut Told) -> Goal {
        if self.to.indicators.columns.is_empty() {
            return goal.clone();
        }
        let mut bold = Told::default();
        let mut there = goal.clone();
        self.adapt(&mut there, true, ids, &mut bold);
        let returns = self.back().is_some_and(|back| {
            let mut home = there.clone();
            // Blank parts that are dropped again; nothing refers to such ids.
            let mut counted = CountedIds(1 << 63);
            back.adapt(&mut home, true, &mut counted, &mut Told::default());
            self.substance(&home) == self.substance(goal)
        });
        if !returns {
            there = goal.clone();
            bold = Told::default();
            self.adapt(&mut there, false, ids, &mut bold);
        }
        for moved in bold.moved {
            told.moved_times(&moved.from, &moved.to, moved.count);
        }
        bold.added.iter().for_each(|caption| told.added(caption));
        there
    }

    fn adapt(self, goal: &mut Goal, bold: bool, ids: &mut dyn IdSource, told: &mut Told) {
        self.drop_blanks(goal);
        let mut reached = Vec::new();
        if bold {
            reached = self.move_groups(goal, ids, told);
            self.rename(goal, told);
        }
        self.add_blanks(goal, &reached, ids, told);
    }

    /// What a goal holds beside blank groups.
    fn substance(self, goal: &Goal) -> Vec<Content<'_>> {
        let sections = goal.sections.iter().map(|section| {
            let groups = section.groups.iter().map(|group| &**group);
            (
                section.caption.as_str(),
                section.weight.text(),
                section.score.text(),
                groups.filter(|group| !self.is_blank_group(group)).collect(),
            )
        });
        let holds = |(_, weight, score, groups): &Content| {
            !(weight.is_empty() && score.is_empty() && groups.is_empty())
        };
        sections.filter(holds).collect()
    }

    fn is_referred<T>(self, id: crate::model::id::Id<T>) -> bool {
        self.referred.contains(&id.bits())
    }

    fn is_blank_row(self, row: &Indicator) -> bool {
        let texts = [
            row.name.as_str(),
            row.nature.text(),
            row.target.text(),
            row.unit.as_str(),
            row.actual.text(),
            row.method.text(),
            row.weight.text(),
            row.score.text(),
            &row.deviation,
        ];
        texts.iter().all(|text| text.is_empty())
            && row.extra.values().all(|text| text.is_empty())
            && row.tier.is_none()
            && row.approved.is_none()
            && row.adjustments.is_empty()
            && row.unknown.is_empty()
            && !self.is_referred(row.id)
    }

    /// Whether nothing was typed into a group. Points that an edition presets were not typed.
    fn is_blank_group(self, group: &Group) -> bool {
        let preset = |edition: &Edition| {
            let children = edition
                .indicators
                .levels
                .iter()
                .flat_map(|level| &level.children);
            let mut points = children.filter_map(|child| child.weight);
            edition.indicators.scored_by == ScoredBy::Group
                && points.any(|points| FigureCell::of(points).text() == group.weight.text())
        };
        let weight =
            group.weight.text().is_empty() || self.from.is_some_and(preset) || preset(self.to);
        weight
            && group.score.text().is_empty()
            && group.unknown.is_empty()
            && !self.is_referred(group.id)
            && group.indicators.iter().all(|row| self.is_blank_row(row))
    }

    /// Whether a section can go once it is empty: there is nothing but the caption that the old edition prints.
    fn is_bare(self, section: &Section) -> bool {
        let printed = match first(self.from, section) {
            Some(level) => level.printed() == section.caption,
            None => section.caption.is_empty(),
        };
        printed
            && section.weight.text().is_empty()
            && section.score.text().is_empty()
            && section.unknown.is_empty()
            && !self.is_referred(section.id)
    }

    /// Whether the old edition prints the group as it stands.
    fn is_printed(self, section: &Section, group: &Group) -> bool {
        match first(self.from, section) {
            Some(level) => {
                let mut children = level.children.iter();
                (level.children.is_empty() && group.caption.is_empty())
                    || children.any(|child| child.name == group.caption)
            }
            None => section.caption.is_empty() && group.caption.is_empty(),
        }
    }

    /// Whether the new edition has a group where it stands.
    fn has(self, section: &Section, group: &Group) -> bool {
        let levels = &self.to.indicators.levels;
        if levels.is_empty() {
            return section.caption.is_empty() && group.caption.is_empty();
        }
        let old = first(self.from, section);
        let level = self.level_of(section);
        let child = old.and_then(|old| second(old, group.name()));
        level.is_some_and(|level| {
            (level.children.is_empty() && group.caption.is_empty())
                || second(level, group.name()).is_some()
                || child.is_some_and(|child| {
                    level.children.iter().any(|known| same_child(known, child))
                })
        })
    }

    /// The new edition's first level that a section is.
    fn level_of(self, section: &Section) -> Option<&'a FirstLevel> {
        first(Some(self.to), section).or_else(|| {
            let old = first(self.from, section)?;
            let mut levels = self.to.indicators.levels.iter();
            levels.find(|level| same_level(level, old))
        })
    }

    /// Takes out blank groups that the old edition prints and the new one does not, and sections that are empty then.
    fn drop_blanks(self, goal: &mut Goal) {
        for at in (0..goal.sections.len()).rev() {
            let Some(section) = goal.sections.get(at) else {
                continue;
            };
            let gone: Vec<usize> = section
                .groups
                .iter()
                .enumerate()
                .filter(|(_, group)| {
                    self.is_printed(section, group)
                        && self.is_blank_group(group)
                        && !self.has(section, group)
                })
                .map(|(index, _)| index)
                .collect();
            if gone.is_empty() {
                continue;
            }
            if gone.len() == section.groups.len() && self.is_bare(section) {
                goal.sections.remove(at);
            } else if let Some(section) = goal.sections.get_mut(at) {
                for index in gone.into_iter().rev() {
                    section.groups.remove(index);
                }
            }
        }
    }

    /// Moves groups to the first level under which the new edition has them; says which levels they reached.
    fn move_groups(
        self,
        goal: &mut Goal,
        ids: &mut dyn IdSource,
        told: &mut Told,
    ) -> Vec<&'a FirstLevel> {
        let mut moved: Vec<(Destination, Group)> = Vec::new();
        for at in (0..goal.sections.len()).rev() {
            let Some(section) = goal.sections.get(at) else {
                continue;
            };
            let leaving: Vec<(usize, Destination)> = section
                .groups
                .iter()
                .enumerate()
                .filter_map(|(index, group)| Some((index, self.destination(section, group)?)))
                .collect();
            if leaving.is_empty() {
                continue;
            }
            let empties = leaving.len() == section.groups.len();
            if empties && !self.is_bare(section) {
                continue;
            }
            let caption = section.name().to_owned();
            let Some(section) = goal.sections.get_mut(at) else {
                continue;
            };
            for (index, destination) in leaving.into_iter().rev() {
                if let Some(group) = section.groups.remove(index) {
                    told.moved(
                        &format!("{caption} › {}", group.name()),
                        &format!("{} › {}", destination.level.name, destination.caption),
                    );
                    moved.push((destination, (*group).clone()));
                }
            }
            if empties {
                goal.sections.remove(at);
            }
        }
        let reached = moved
            .iter()
            .map(|(destination, _)| destination.level)
            .collect();
        for (destination, mut group) in moved.into_iter().rev() {
            group.caption = destination.caption;
            let at = self.section_for(goal, destination.level, ids, |_, _| Vec::new());
            if let Some(section) = goal.sections.get_mut(at) {
                place_group(section, destination.level, group);
            }
        }
        reached
    }

    fn destination(self, section: &Section, group: &Group) -> Option<Destination<'a>> {
        let levels = &self.to.indicators.levels;
        if levels.is_empty() || self.has(section, group) {
            return None;
        }
        let old = first(self.from, section);
        let child = old.and_then(|old| second(old, group.name()));
        let is_child = |known: &&SecondLevel| match child {
            Some(child) => same_child(known, child),
            None => !group.caption.is_empty() && second_is(known, group.name()),
        };
        let mut found = levels.iter().filter_map(|level| {
            let known = level.children.iter().find(is_child)?;
            Some((level, known))
        });
        if let (Some((level, known)), None) = (found.next(), found.next()) {
            let printed = child.is_some_and(|child| child.name == group.caption);
            let caption = if printed {
                known.name.clone()
            } else {
                group.caption.clone()
            };
            return Some(Destination { level, caption });
        }
        // 成本指标 as a first level becomes a second level, and the other way round.
        let stays = || group.caption.clone();
        if self.level_of(section).is_none() {
            let mut parents = levels
                .iter()
                .filter_map(|level| Some((level, second(level, section.name())?)));
            if let (Some((level, known)), None) = (parents.next(), parents.next()) {
                let caption = match group.caption.as_str() {
                    "" => known.name.clone(),
                    _ => stays(),
                };
                return Some(Destination { level, caption });
            }
        }
        let level = self.to.first_level(group.name())?;
        let caption = if level.children.is_empty() {
            String::new()
        } else {
            stays()
        };
        Some(Destination { level, caption })
    }

    /// Gives sections and groups that are captioned as the old edition prints them the captions of the new one.
    fn rename(self, goal: &mut Goal, told: &mut Told) {
        for at in 0..goal.sections.len() {
            let Some(section) = goal.sections.get_mut(at) else {
                continue;
            };
            let (Some(old), Some(new)) = (first(self.from, section), self.level_of(section)) else {
                continue;
            };
            for index in 0..section.groups.len() {
                let Some(group) = section.groups.get(index) else {
                    continue;
                };
                let known = old
                    .children
                    .iter()
                    .find(|child| child.name == group.caption);
                let renamed = known.and_then(|child| {
                    let mut children = new.children.iter();
                    children.find(|known| same_child(known, child))
                });
                if let Some(renamed) = renamed.filter(|renamed| renamed.name != group.caption) {
                    told.moved(&group.caption, &renamed.name);
                    if let Some(group) = section.groups.get_mut(index) {
                        group.caption.clone_from(&renamed.name);
                    }
                }
            }
            if section.caption == old.printed() && section.caption != new.printed() {
                told.moved(&section.caption, new.printed());
                section.caption = new.printed().to_owned();
            }
        }
    }

    /// Adds levels that only the new edition has, blank, where the goal has none of them and nothing moved there.
    fn add_blanks(
        self,
        goal: &mut Goal,
        reached: &[&FirstLevel],
        ids: &mut dyn IdSource,
        told: &mut Told,
    ) {
        let layout = &self.to.indicators;
        if layout.levels.is_empty() {
            if goal.sections.is_empty() {
                goal.sections
                    .push(blank_section("", vec![Group::blank("", ids)], ids));
            }
            return;
        }
        for level in &layout.levels {
            if reached.iter().any(|other| std::ptr::eq(*other, level)) {
                continue;
            }
            let is_new = |child: Option<&SecondLevel>| !self.had(level, child);
            let new: Vec<&SecondLevel> = level
                .children
                .iter()
                .filter(|child| is_new(Some(child)))
                .collect();
            let whole = level.children.is_empty() && is_new(None);
            let exists = goal
                .sections
                .iter()
                .any(|section| self.is_level(section, level));
            if !exists && (whole || !new.is_empty()) {
                told.added(&level.name);
                self.section_for(goal, level, ids, |level, ids| {
                    match level.children.is_empty() {
                        true => vec![Group::blank("", ids)],
                        false => new
                            .iter()
                            .map(|child| self.blank_group(child, ids))
                            .collect(),
                    }
                });
                continue;
            }
            for child in new {
                self.add_group(goal, level, child, ids, told);
            }
        }
    }

    /// Whether the old edition has a second level, or a first level without any.
    fn had(self, level: &FirstLevel, child: Option<&SecondLevel>) -> bool {
        let old = self.from.iter().flat_map(|from| &from.indicators.levels);
        old.filter(|old| same_level(old, level))
            .any(|old| match child {
                Some(child) => old.children.iter().any(|known| same_child(known, child)),
                None => old.children.is_empty(),
            })
    }

    fn is_level(self, section: &Section, level: &FirstLevel) -> bool {
        self.level_of(section)
            .is_some_and(|own| std::ptr::eq(own, level))
    }

    fn blank_group(self, child: &SecondLevel, ids: &mut dyn IdSource) -> Group {
        let mut group = Group::blank(&child.name, ids);
        if let Some(points) = child.weight
            && self.to.indicators.scored_by == ScoredBy::Group
        {
            group.weight = FigureCell::of(points);
        }
        group
    }

    fn add_group(
        self,
        goal: &mut Goal,
        level: &FirstLevel,
        child: &SecondLevel,
        ids: &mut dyn IdSource,
        told: &mut Told,
    ) {
        let known = |group: &Group| second_is(child, group.name());
        let at = goal
            .sections
            .position(|section| self.is_level(section, level));
        let filled = goal
            .sections
            .iter()
            .filter(|section| self.is_level(section, level))
            .any(|section| section.groups.iter().any(|group| known(group)));
        if let Some(section) = at.and_then(|at| goal.sections.get_mut(at))
            && !filled
        {
            told.added(&child.name);
            place_group(section, level, self.blank_group(child, ids));
        }
    }

    /// The index of the section that is this level; where there is none, a new one at its place.
    fn section_for(
        self,
        goal: &mut Goal,
        level: &FirstLevel,
        ids: &mut dyn IdSource,
        groups: impl Fn(&FirstLevel, &mut dyn IdSource) -> Vec<Group>,
    ) -> usize {
        if let Some(at) = goal
            .sections
            .position(|section| self.is_level(section, level))
        {
            return at;
        }
        let rank = |level: &FirstLevel| {
            let mut levels = self.to.indicators.levels.iter();
            levels.position(|known| std::ptr::eq(known, level))
        };
        let own = rank(level);
        let at = behind(&goal.sections, |section| {
            let other = self.level_of(section).and_then(rank);
            other.is_some_and(|other| Some(other) < own)
        });
        let groups = groups(level, ids);
        goal.sections
            .insert(at, blank_section(level.printed(), groups, ids));
        at
    }

    /// The caption and points of a block as an edition prints them.
    fn preset(edition: Option<&Edition>, index: usize) -> (String, String) {
        let block = edition.and_then(|edition| edition.goals.blocks.get(index));
        let caption = block.map_or("", |block| &block.caption);
        let points = block.and_then(|block| block.weight);
        let points = points.map(|points| FigureCell::of(points).text().to_owned());
        (caption.to_owned(), points.unwrap_or_default())
    }

    fn is_preset(self, goal: &Goal, index: usize) -> bool {
        let (caption, points) = Self::preset(self.from, index);
        goal.caption == caption && goal.weight.text() == points
    }

    /// A block that is captioned as the old edition prints it is captioned as the new one does.
    fn caption_goal(self, goal: &mut Goal, index: usize) {
        if self.from.is_some() && self.is_preset(goal, index) {
            let (caption, points) = Self::preset(Some(self.to), index);
            goal.caption = caption;
            goal.weight = FigureCell::new(points);
        }
    }

    /// Takes out blank blocks that the old edition prints and the new one does not.
    fn drop_goals(self, project: &mut Project) {
        let printed = self.from.map_or(0, |from| from.goals.blocks.len());
        for index in (self.to.goals.blocks.len().max(1)..printed).rev() {
            let blank = project.goals.get(index).is_some_and(|goal| {
                self.is_preset(goal, index)
                    && goal.expected.is_empty()
                    && goal.actual.is_empty()
                    && goal.texts.values().all(|text| text.is_empty())
                    && goal.reasons.is_empty()
                    && goal.unknown.is_empty()
                    && !self.is_referred(goal.id)
                    && goal.sections.iter().all(|section| {
                        self.is_bare(section)
                            && section
                                .groups
                                .iter()
                                .all(|group| self.is_blank_group(group))
                    })
            });
            if blank {
                project.goals.remove(index);
            }
        }
    }

    fn add_goals(self, project: &mut Project, ids: &mut dyn IdSource, told: &mut Told) {
        let known = self.from.map_or(1, |from| from.goals.blocks.len().max(1));
        let blocks = self.to.goals.blocks.iter().enumerate();
        for (index, block) in blocks.skip(known) {
            if project.goals.len() == index {
                project.goals.push(blank_goal(self.to, Some(block), ids));
                told.added(&block.caption);
            }
        }
    }
}

fn second_is(child: &SecondLevel, name: &str) -> bool {
    child.name == name || child.aliases.iter().any(|alias| alias == name)
}

/// Puts a group behind those that the edition prints before it, and behind its like.
fn place_group(section: &mut Section, level: &FirstLevel, group: Group) {
    let rank = |group: &Group| {
        let mut children = level.children.iter();
        children.position(|child| second_is(child, group.name()))
    };
    let at = match rank(&group) {
        Some(own) => behind(&section.groups, |other| {
            rank(other).is_some_and(|other| other <= own)
        }),
        None => section.groups.len(),
    };
    section.groups.insert(at, group);
}
