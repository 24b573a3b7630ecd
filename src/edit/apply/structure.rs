//! Inserting, removing and moving the parts of a project.

use std::{collections::HashSet, hash::Hash, sync::Arc};

use crate::model::{
    id::Id,
    indicator::{Group, Indicator, Removed, Section, SharedReason},
    project::{Project, TableRow},
    rows::Rows,
};

use super::{
    super::{
        command::{AsideRow, NewParts, Parts, ReasonSpan, Relocation},
        refusal::{Missing, Refusal},
    },
    cell::reason_position,
    locate::{goal_mut, group_mut, section_mut},
    parts::{Ids, Part, put, take},
    references::{forget, is_anchored, refuse_dangling, refuse_strays, with_their_parts},
};

/// Puts new parts in.
pub(super) fn insert(project: &mut Project, parts: &NewParts, index: usize) -> Result<(), Refusal> {
    let new = Ids::of_new(parts);
    if new.has_repeated() || new.overlaps(&Ids::of_project(project)) {
        return Err(Refusal::DuplicateId);
    }
    let before = project.clone();
    match parts {
        NewParts::Indicators(group, rows) => {
            put(
                &mut group_mut(project, *group)?.indicators,
                index,
                shared(rows),
            );
        }
        NewParts::Groups(section, groups) => {
            put(
                &mut section_mut(project, *section)?.groups,
                index,
                shared(groups),
            );
        }
        NewParts::Sections(goal, sections) => {
            put(
                &mut goal_mut(project, *goal)?.sections,
                index,
                shared(sections),
            );
        }
        NewParts::Goals(goals) => put(&mut project.goals, index, shared(goals)),
        NewParts::Funds(rows) => put(&mut project.funds, index, shared(rows)),
        NewParts::TableRows(table, rows) => {
            if !rows.is_empty() {
                put(
                    project.tables.entry(table.clone()).or_default(),
                    index,
                    shared(rows),
                );
            }
        }
        NewParts::Reasons(goal, reasons) => {
            put(
                &mut goal_mut(project, *goal)?.reasons,
                index,
                shared(reasons),
            );
        }
        NewParts::Evidence(evidence) => put(&mut project.evidence, index, shared(evidence)),
    }
    refuse_strays(&before, project)?;
    refuse_dangling(project, parts)
}

fn shared<T: Clone>(parts: &[T]) -> impl Iterator<Item = Arc<T>> {
    parts.iter().cloned().map(Arc::new)
}

/// Takes parts out with all that refers to them.
pub(super) fn remove(project: &mut Project, parts: &Parts) -> Result<(), Refusal> {
    let mut removed = ids_of(project, parts)?;
    let doomed: Vec<Id<Indicator>> = project
        .rows()
        .map(|view| view.indicator.id)
        .filter(|id| removed.has(*id))
        .collect();
    let family = with_their_parts(project, doomed);
    for view in project.rows() {
        if family.contains(&view.indicator.id) && view.indicator.approved.is_some() {
            return Err(Refusal::ApprovedRow(view.indicator.name.clone()));
        }
    }
    family.iter().for_each(|id| removed.add(*id));
    take_rows(project, &family);
    match parts {
        Parts::Indicators(_) => {}
        Parts::Groups(_) => {
            for id in section_ids(project) {
                let holds = |section: &Section| section.groups.iter().any(|g| removed.has(g.id));
                if project.section(id).is_some_and(holds) {
                    take(&mut section_mut(project, id)?.groups, |g| removed.has(g.id));
                }
            }
        }
        Parts::Sections(_) => {
            for index in 0..project.goals.len() {
                if let Some(goal) = project.goals.get_mut(index) {
                    take(&mut goal.sections, |section| removed.has(section.id));
                }
            }
        }
        Parts::Goals(_) => drop(take(&mut project.goals, |goal| removed.has(goal.id))),
        Parts::Funds(_) => drop(take(&mut project.funds, |row| removed.has(row.id))),
        Parts::TableRows(table, _) => {
            let rows = project.tables.entry(table.clone()).or_default();
            take(rows, |row| removed.has(row.id));
            if rows.is_empty() {
                project.tables.remove(table);
            }
        }
        Parts::Reasons(_) => {
            for index in 0..project.goals.len() {
                if let Some(goal) = project.goals.get_mut(index) {
                    take(&mut goal.reasons, |reason| removed.has(reason.id));
                }
            }
        }
        Parts::Evidence(_) => drop(take(&mut project.evidence, |each| removed.has(each.id))),
    }
    forget(project, &mut removed);
    Ok(())
}

/// Takes out a row and its parts (其中) with all that refers to them, approved or not, and says which approved ones went.
pub(super) fn remove_approved(project: &mut Project, row: Id<Indicator>) -> Vec<Removed> {
    let family = with_their_parts(project, [row]);
    let gone = project
        .rows()
        .filter(|view| family.contains(&view.indicator.id))
        .filter_map(|view| Some(Removed::of(&view, view.indicator.approved.clone()?)))
        .collect();
    let mut removed = Ids::default();
    family.iter().for_each(|id| removed.add(*id));
    take_rows(project, &family);
    forget(project, &mut removed);
    gone
}

/// The parts with all that stands in them.
fn ids_of(project: &Project, parts: &Parts) -> Result<Ids, Refusal> {
    let mut ids = Ids::default();
    let sections = || project.goals.iter().flat_map(|goal| goal.sections.iter());
    match parts {
        Parts::Indicators(wanted) => {
            let rows = project.rows().map(|view| view.indicator);
            pick(wanted, rows, Missing::Indicator, |row| ids.add(row.id))
        }
        Parts::Groups(wanted) => {
            let groups = project.groups().map(|view| view.group);
            pick(wanted, groups, Missing::Group, |group| ids.add_group(group))
        }
        Parts::Sections(wanted) => {
            let sections = sections().map(|section| &**section);
            pick(wanted, sections, Missing::Section, |each| {
                ids.add_section(each)
            })
        }
        Parts::Goals(wanted) => {
            let goals = project.goals.iter().map(|goal| &**goal);
            pick(wanted, goals, Missing::Goal, |goal| ids.add_goal(goal))
        }
        Parts::Funds(wanted) => {
            let rows = project.funds.iter().map(|row| &**row);
            pick(wanted, rows, Missing::Fund, |row| ids.add(row.id))
        }
        Parts::TableRows(table, wanted) => {
            let rows = table_rows(project, table);
            pick(wanted, rows, Missing::TableRow, |row| ids.add(row.id))
        }
        Parts::Reasons(wanted) => {
            let goals = project.goals.iter();
            let reasons = goals.flat_map(|goal| goal.reasons.iter().map(|reason| &**reason));
            pick(wanted, reasons, Missing::Reason, |reason| {
                ids.add(reason.id)
            })
        }
        Parts::Evidence(wanted) => {
            let evidence = project.evidence.iter().map(|each| &**each);
            pick(wanted, evidence, Missing::Evidence, |each| ids.add(each.id))
        }
    }?;
    Ok(ids)
}

fn table_rows<'a>(project: &'a Project, table: &str) -> impl Iterator<Item = &'a TableRow> {
    project
        .tables
        .get(table)
        .into_iter()
        .flat_map(|rows| rows.iter().map(|row| &**row))
}

/// Hands over the wanted parts; refuses where one of them is not there.
fn pick<'a, T: Part + 'a>(
    wanted: &[Id<T>],
    present: impl Iterator<Item = &'a T>,
    missing: Missing,
    mut use_part: impl FnMut(&'a T),
) -> Result<(), Refusal> {
    let mut open: HashSet<Id<T>> = wanted.iter().copied().collect();
    for part in present {
        if open.remove(&part.id()) {
            use_part(part);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(Refusal::UnknownPlace(missing))
    }
}

fn section_ids(project: &Project) -> Vec<Id<Section>> {
    let sections = project.goals.iter().flat_map(|goal| goal.sections.iter());
    sections.map(|section| section.id).collect()
}

/// Takes rows out of all groups, in the order of the form. Groups without such a row are not touched.
fn take_rows(project: &mut Project, rows: &HashSet<Id<Indicator>>) -> Vec<Arc<Indicator>> {
    let groups: Vec<Id<Group>> = project
        .groups()
        .filter(|view| {
            view.group
                .indicators
                .iter()
                .any(|row| rows.contains(&row.id))
        })
        .map(|view| view.group.id)
        .collect();
    let mut taken = Vec::new();
    for id in groups {
        if let Ok(group) = group_mut(project, id) {
            taken.extend(take(&mut group.indicators, |row| rows.contains(&row.id)));
        }
    }
    taken
}

/// Moves parts.
pub(super) fn relocate(
    project: &mut Project,
    to: &Relocation,
    index: usize,
) -> Result<(), Refusal> {
    match to {
        Relocation::Indicators(wanted, group) => move_rows(project, wanted, *group, index),
        Relocation::Groups(wanted, section) => {
            let groups = project.groups().map(|view| view.group);
            pick(wanted, groups, Missing::Group, |_| ())?;
            let wanted = set(wanted);
            let mut moved = Vec::new();
            for id in section_ids(project) {
                let from = &mut section_mut(project, id)?.groups;
                moved.extend(take(from, |group| wanted.contains(&group.id)));
            }
            put(&mut section_mut(project, *section)?.groups, index, moved);
            Ok(())
        }
        Relocation::Sections(wanted, goal) => {
            let sections = project.goals.iter().flat_map(|goal| goal.sections.iter());
            pick(
                wanted,
                sections.map(|each| &**each),
                Missing::Section,
                |_| (),
            )?;
            let wanted = set(wanted);
            let mut moved = Vec::new();
            for at in 0..project.goals.len() {
                if let Some(from) = project.goals.get_mut(at) {
                    moved.extend(take(&mut from.sections, |each| wanted.contains(&each.id)));
                }
            }
            put(&mut goal_mut(project, *goal)?.sections, index, moved);
            Ok(())
        }
        Relocation::Goals(wanted) => reorder(&mut project.goals, wanted, index, Missing::Goal),
        Relocation::Funds(wanted) => reorder(&mut project.funds, wanted, index, Missing::Fund),
        Relocation::TableRows(table, wanted) => {
            let rows = project.tables.get_mut(table);
            let rows = rows.ok_or(Refusal::UnknownPlace(Missing::TableRow))?;
            reorder(rows, wanted, index, Missing::TableRow)
        }
        Relocation::Evidence(wanted) => {
            reorder(&mut project.evidence, wanted, index, Missing::Evidence)
        }
    }
}

fn set<T: Copy + Eq + Hash>(ids: &[T]) -> HashSet<T> {
    ids.iter().copied().collect()
}

fn reorder<T: Part>(
    rows: &mut Rows<T>,
    wanted: &[Id<T>],
    index: usize,
    missing: Missing,
) -> Result<(), Refusal> {
    pick(wanted, rows.iter().map(|row| &**row), missing, |_| ())?;
    let wanted = set(wanted);
    let moved = take(rows, |row| wanted.contains(&row.id()));
    put(rows, index, moved);
    Ok(())
}

fn move_rows(
    project: &mut Project,
    wanted: &[Id<Indicator>],
    group: Id<Group>,
    index: usize,
) -> Result<(), Refusal> {
    let rows = project.rows().map(|view| view.indicator);
    pick(wanted, rows, Missing::Indicator, |_| ())?;
    let before = project.clone();
    let family = with_their_parts(project, wanted.iter().copied());
    let moved = take_rows(project, &family);
    put(&mut group_mut(project, group)?.indicators, index, moved);
    refuse_strays(&before, project)
}

/// Drops a row that was put aside, with all that refers to it.
pub(super) fn drop_aside(project: &mut Project, row: AsideRow) -> Result<(), Refusal> {
    let mut removed = Ids::default();
    let aside = project.aside.as_mut();
    let gone = aside.map_or(0, |aside| match row {
        AsideRow::Fund(id) => {
            removed.add(id);
            take(&mut aside.funds, |row| row.id == id).len()
        }
        AsideRow::Table(id) => {
            removed.add(id);
            let tables = aside.tables.values_mut();
            tables
                .map(|rows| take(rows, |row| row.id == id).len())
                .sum()
        }
    });
    if gone == 0 {
        return Err(Refusal::UnknownPlace(match row {
            AsideRow::Fund(_) => Missing::Fund,
            AsideRow::Table(_) => Missing::TableRow,
        }));
    }
    project.tidy_aside();
    forget(project, &mut removed);
    Ok(())
}

/// Makes a row part of another, or independent.
pub(super) fn set_part_of(
    project: &mut Project,
    row: Id<Indicator>,
    parent: Option<Id<Indicator>>,
) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Indicator);
    let find = |id| project.rows().find(|view| view.indicator.id == id);
    let view = find(row).ok_or(missing.clone())?;
    let present = view.indicator.part_of;
    if present == parent {
        return Ok(());
    }
    if let Some(parent) = parent {
        find(parent).ok_or(missing.clone())?;
        let name = view.indicator.name.clone();
        if with_their_parts(project, [row]).contains(&parent) {
            return Err(Refusal::PartOfItself(name));
        }
        if view.indicator.approved.is_some() && present.is_none() {
            return Err(Refusal::ApprovedRow(name));
        }
    }
    let group = view.group.id;
    let before = project.clone();
    let group = group_mut(project, group)?;
    let at = group.indicators.position(|each| each.id == row);
    let changed = at.and_then(|at| group.indicators.get_mut(at));
    changed.ok_or(missing)?.part_of = parent;
    refuse_strays(&before, project)
}

/// Says what a shared reason spans.
pub(super) fn span(
    project: &mut Project,
    id: Id<SharedReason>,
    span: &ReasonSpan,
) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Reason);
    let known = Ids::of_project(project);
    let (goal, at) = reason_position(project, id).ok_or(missing.clone())?;
    let goal = project.goals.get_mut(goal).ok_or(missing.clone())?;
    let reason = goal.reasons.get_mut(at).ok_or(missing)?;
    (reason.section, reason.group, reason.rows) = match span {
        ReasonSpan::Section(section) => (Some(*section), None, Vec::new()),
        ReasonSpan::Group(group) => (None, Some(*group), Vec::new()),
        ReasonSpan::Rows(rows) => (None, None, rows.clone()),
    };
    if is_anchored(reason, &known) {
        Ok(())
    } else {
        Err(Refusal::DanglingReference("合并原因"))
    }
}
