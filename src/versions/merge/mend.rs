//! What refers to what, set right after the parts were joined: nothing points at a row that is gone, parts (其中) stand under
//! their rows, and no id stands twice.

use std::collections::HashSet;

use crate::{
    edit::apply::{let_go_of_missing, strays},
    model::{
        id::Id,
        indicator::{Group, Indicator},
        path::Place,
        project::Project,
        rows::Rows,
    },
};

use super::{
    item::Matter,
    walk::{Spot, Three, Walk},
};

/// Sets the references of a merged project right.
pub(super) fn mend(walk: &mut Walk<'_>, three: Three<'_, Project>, merged: &mut Project) {
    let Three { ours, theirs, .. } = three;
    keep_notes(walk, three, merged);
    let_go_of_missing(merged, &[ours, theirs]);
    gather_parts(merged, [ours, theirs]);
    drop_listed_rows(merged, ours);
    keep_explanations(three, merged);
}

/// Whether a note or an explanation can stand at a place.
fn has(project: &Project, place: &Place) -> bool {
    *place == Place::Whole || project.cell_text(place).is_some()
}

/// An explanation stands while its place does, and each has an id of its own.
fn keep_explanations(three: Three<'_, Project>, merged: &mut Project) {
    let mut known = HashSet::new();
    let left = merged.explanations.iter().filter(|given| {
        let place = &given.at.place;
        let is_gone = !has(merged, place) && (has(three.ours, place) || has(three.theirs, place));
        !is_gone && known.insert(given.id)
    });
    let left: Rows<_> = left.cloned().collect();
    if left.len() < merged.explanations.len() {
        merged.explanations = left;
    }
}

/// A note is never lost: where its row is gone, it stands at the form as a whole.
fn keep_notes(walk: &mut Walk<'_>, three: Three<'_, Project>, merged: &mut Project) {
    for index in 0..merged.notes.len() {
        let Some(note) = merged.notes.get(index) else {
            continue;
        };
        let place = note.at.place.clone();
        let was_there = has(three.ours, &place) || has(three.theirs, &place);
        if has(merged, &place) || !was_there {
            continue;
        }
        let spot = Spot {
            address: format!("note/{}/place", note.id),
            place: Some(Place::Whole),
            caption: format!("审核意见 {}", note.author),
        };
        walk.tell(spot, Matter::NoteKept, note.text.to_string(), String::new());
        if let Some(note) = merged.notes.get_mut(index) {
            note.at.place = Place::Whole;
        }
    }
}

/// An approved row that stayed in the form is not listed as one that the form lacks.
fn drop_listed_rows(merged: &mut Project, ours: &Project) {
    let rows: HashSet<u64> = merged.rows().map(|view| view.indicator.id.bits()).collect();
    let known: HashSet<u64> = ours
        .removed
        .iter()
        .map(|removed| removed.id.bits())
        .collect();
    let removed = merged.removed.iter().filter(|removed| {
        let bits = removed.id.bits();
        !rows.contains(&bits) || known.contains(&bits)
    });
    if removed.clone().count() < merged.removed.len() {
        merged.removed = removed.cloned().collect();
    }
}

/// Moves parts that the joining took away from their rows under them again. Rows that stood wrongly before are let be.
fn gather_parts(merged: &mut Project, before: [&Project; 2]) {
    let known: HashSet<Id<Indicator>> = before.into_iter().flat_map(strays).collect();
    // Each round sets one row right.
    for _ in 0..merged.rows().count() {
        let Some(row) = strays(merged).into_iter().find(|row| !known.contains(row)) else {
            return;
        };
        gather(merged, row);
    }
}

fn parent_of(project: &Project, row: Id<Indicator>) -> Option<Id<Indicator>> {
    let view = project.rows().find(|view| view.indicator.id == row);
    view.and_then(|view| view.indicator.part_of)
}

/// Whether `row` is `above` or a part of it, however deep.
fn is_part_of(project: &Project, row: Id<Indicator>, above: Id<Indicator>) -> bool {
    let mut seen = HashSet::new();
    let mut at = Some(row);
    while let Some(id) = at.filter(|id| seen.insert(*id)) {
        if id == above {
            return true;
        }
        at = parent_of(project, id);
    }
    false
}

fn gather(project: &mut Project, row: Id<Indicator>) {
    let parent = parent_of(project, row);
    let here = |id| project.rows().any(|view| view.indicator.id == id);
    let parent = parent.filter(|parent| here(*parent) && !is_part_of(project, *parent, row));
    let Some(parent) = parent else {
        change_groups(project, |group| {
            if let Some(at) = group.indicators.position(|one| one.id == row)
                && let Some(row) = group.indicators.get_mut(at)
            {
                row.part_of = None;
            }
        });
        return;
    };
    let family: HashSet<Id<Indicator>> = project
        .rows()
        .map(|view| view.indicator.id)
        .filter(|id| *id != row && is_part_of(project, *id, parent))
        .collect();
    let mut moved = None;
    change_groups(project, |group| {
        if let Some(at) = group.indicators.position(|one| one.id == row) {
            moved = group.indicators.remove(at);
        }
    });
    change_groups(project, |group| {
        let Some(at) = group.indicators.position(|one| one.id == parent) else {
            return;
        };
        let after = group.indicators.iter().skip(at + 1);
        let below = after.take_while(|one| family.contains(&one.id)).count();
        if let Some(row) = moved.take() {
            group.indicators.insert(at + 1 + below, row);
        }
    });
}

fn change_groups(project: &mut Project, mut change: impl FnMut(&mut Group)) {
    fn each<T: Clone>(rows: &mut Rows<T>, mut change: impl FnMut(&mut T)) {
        for index in 0..rows.len() {
            if let Some(row) = rows.get_mut(index) {
                change(row);
            }
        }
    }
    each(&mut project.goals, |goal| {
        each(&mut goal.sections, |section| {
            each(&mut section.groups, |group| change(group));
        });
    });
}
