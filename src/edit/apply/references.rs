//! What refers to what: parts (其中) and their rows, and whatever points at rows that go.

use std::collections::{HashMap, HashSet};

use crate::model::{
    id::Id,
    indicator::{Indicator, SharedReason},
    path::CellPath,
    project::Project,
};

use super::{
    super::{command::NewParts, refusal::Refusal},
    parts::{Ids, take},
};

/// The rows that belong to one of `rows`, themselves included, however deep.
pub(super) fn with_their_parts(
    project: &Project,
    rows: impl IntoIterator<Item = Id<Indicator>>,
) -> HashSet<Id<Indicator>> {
    let mut parts: HashMap<Id<Indicator>, Vec<Id<Indicator>>> = HashMap::new();
    for view in project.rows() {
        if let Some(parent) = view.indicator.part_of {
            parts.entry(parent).or_default().push(view.indicator.id);
        }
    }
    let mut family = HashSet::new();
    let mut open: Vec<Id<Indicator>> = rows.into_iter().collect();
    while let Some(row) = open.pop() {
        if family.insert(row) {
            open.extend(parts.get(&row).into_iter().flatten());
        }
    }
    family
}

/// Refuses a change after which a part no longer stands right under the row it belongs to or under that row's other parts.
/// Rows that stood wrongly before, as in an imported form, are let be.
pub(super) fn refuse_strays(before: &Project, after: &Project) -> Result<(), Refusal> {
    let strays = stray_rows(after);
    if strays.is_empty() {
        return Ok(());
    }
    let known: HashSet<Id<Indicator>> = self::strays(before).into_iter().collect();
    match strays.into_iter().find(|row| !known.contains(&row.id)) {
        Some(row) => Err(Refusal::PartAway(row.name.clone())),
        None => Ok(()),
    }
}

/// Parts (其中) that do not stand right under the row they belong to or under that row's other parts.
pub fn strays(project: &Project) -> Vec<Id<Indicator>> {
    stray_rows(project).into_iter().map(|row| row.id).collect()
}

fn stray_rows(project: &Project) -> Vec<&Indicator> {
    let mut strays = Vec::new();
    for view in project.groups() {
        let mut above: Vec<Id<Indicator>> = Vec::new();
        for row in view.group.indicators.iter() {
            let depth = match row.part_of {
                None => 0,
                Some(parent) => above
                    .iter()
                    .rposition(|open| *open == parent)
                    .map_or(0, |depth| depth + 1),
            };
            if depth == 0 && row.part_of.is_some() {
                strays.push(&**row);
            }
            above.truncate(depth);
            above.push(row.id);
        }
    }
    strays
}

/// Refuses new reasons and evidence that point at rows the project does not have.
pub(super) fn refuse_dangling(project: &Project, parts: &NewParts) -> Result<(), Refusal> {
    let reasons: Vec<&SharedReason> = match parts {
        NewParts::Reasons(_, reasons) => reasons.iter().collect(),
        NewParts::Goals(goals) => goals
            .iter()
            .flat_map(|goal| goal.reasons.iter().map(|reason| &**reason))
            .collect(),
        NewParts::Evidence(evidence) => {
            let known = Ids::of_project(project);
            let lost = |id: Id<Indicator>| !known.has(id);
            return match evidence.iter().any(|each| each.indicator.is_some_and(lost)) {
                true => Err(Refusal::DanglingReference("佐证材料")),
                false => Ok(()),
            };
        }
        _ => return Ok(()),
    };
    if reasons.is_empty() {
        return Ok(());
    }
    let known = Ids::of_project(project);
    match reasons
        .into_iter()
        .all(|reason| is_anchored(reason, &known))
    {
        true => Ok(()),
        false => Err(Refusal::DanglingReference("合并原因")),
    }
}

/// Refuses a form in which a note or explanation lies in a part that is there no more. What pointed at nothing before is
/// let be.
pub(super) fn refuse_dangling_places(before: &Project, after: &Project) -> Result<(), Refusal> {
    let (had, has) = (Ids::of_project(before), Ids::of_project(after));
    let notes = after.notes.iter().map(|note| &note.at);
    let given = after.explanations.iter().map(|given| &given.at);
    let lost = |at: &CellPath| had.hold(&at.place) && !has.hold(&at.place);
    match notes.chain(given).any(lost) {
        true => Err(Refusal::DanglingReference("审核意见或核实说明")),
        false => Ok(()),
    }
}

/// Whether all that the reason spans is in the project.
pub(super) fn is_anchored(reason: &SharedReason, known: &Ids) -> bool {
    reason.section.is_none_or(|id| known.has(id))
        && reason.group.is_none_or(|id| known.has(id))
        && reason.rows.iter().all(|id| known.has(*id))
}

/// Lets go of all that points at parts which one of `before` has and the project has not.
pub fn let_go_of_missing(project: &mut Project, before: &[&Project]) {
    let here = Ids::of_project(project);
    let mut missing = Ids::default();
    for before in before {
        missing.add_missing(&Ids::of_project(before), &here);
    }
    if !missing.is_empty() {
        forget(project, &mut missing);
    }
}

/// Lets go of all that pointed at removed parts; see [`super::super::command::EditCommand::Remove`] for what becomes of it.
pub(super) fn forget(project: &mut Project, removed: &mut Ids) {
    for goal in 0..project.goals.len() {
        shrink_reasons(project, goal, removed);
    }
    let orphans: Vec<usize> = project
        .evidence
        .iter()
        .enumerate()
        .filter(|(_, evidence)| evidence.indicator.is_some_and(|id| removed.has(id)))
        .map(|(index, _)| index)
        .collect();
    for index in orphans {
        if let Some(evidence) = project.evidence.get_mut(index) {
            evidence.indicator = None;
        }
    }
    let strays = project.budget_adjustments.iter().enumerate();
    let strays = strays.filter(|(_, record)| record.fund.is_some_and(|id| removed.has(id)));
    let strays: Vec<usize> = strays.map(|(index, _)| index).collect();
    for index in strays {
        if let Some(record) = project.budget_adjustments.get_mut(index) {
            record.fund = None;
        }
    }
    let here = project.id;
    let gone = |at: &CellPath| at.project == here && removed.hold(&at.place);
    take(&mut project.notes, |note| gone(&note.at));
    take(&mut project.explanations, |given| gone(&given.at));
    project.forget_paper_lines(|subject| removed.hold_subject(subject));
}

/// Reasons of one goal block no longer span removed parts; those that span nothing any more go.
fn shrink_reasons(project: &mut Project, goal: usize, removed: &mut Ids) {
    let Some(block) = project.goals.get(goal) else {
        return;
    };
    let touched: Vec<(usize, SharedReason)> = block
        .reasons
        .iter()
        .enumerate()
        .filter_map(|(index, reason)| {
            let left = without(reason, removed);
            (left != **reason).then_some((index, left))
        })
        .collect();
    if touched.is_empty() {
        return;
    }
    let Some(block) = project.goals.get_mut(goal) else {
        return;
    };
    for (index, left) in touched.into_iter().rev() {
        if left.section.is_none() && left.group.is_none() && left.rows.is_empty() {
            removed.add(left.id);
            block.reasons.remove(index);
        } else if let Some(reason) = block.reasons.get_mut(index) {
            *reason = left;
        }
    }
}

fn without(reason: &SharedReason, removed: &Ids) -> SharedReason {
    let mut left = reason.clone();
    left.section = left.section.filter(|id| !removed.has(*id));
    left.group = left.group.filter(|id| !removed.has(*id));
    left.rows.retain(|id| !removed.has(*id));
    left
}
