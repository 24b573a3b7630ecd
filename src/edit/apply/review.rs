//! Notes of reviewers, what is answered to them, and the way of a form from hand to hand.

use crate::model::{
    id::Id,
    project::{Note, Project},
    review::{NoteKind, Reply, StageRecord},
    typed::trim,
};

use super::{
    super::refusal::{Missing, Refusal},
    filing::refuse_unaddressable,
    parts::take,
};

/// Adds a note.
pub(super) fn add_note(project: &mut Project, note: &Note) -> Result<(), Refusal> {
    refuse_unaddressable(project, &note.at)?;
    if project.notes.iter().any(|known| known.id == note.id) {
        return Err(Refusal::DuplicateId);
    }
    project.notes.push(note.clone());
    Ok(())
}

/// Marks a note as dealt with or open.
pub(super) fn resolve_note(
    project: &mut Project,
    id: Id<Note>,
    resolved: bool,
) -> Result<(), Refusal> {
    change(project, id)?.resolved = resolved;
    Ok(())
}

/// Gives a note another text and kind.
pub(super) fn change_note(
    project: &mut Project,
    id: Id<Note>,
    text: &str,
    kind: NoteKind,
) -> Result<(), Refusal> {
    let note = change(project, id)?;
    note.text = text.into();
    note.kind = kind;
    Ok(())
}

/// Answers a note; an answer with the same id is replaced.
pub(super) fn reply(project: &mut Project, id: Id<Note>, given: &Reply) -> Result<(), Refusal> {
    let is_given = |reply: &Reply| reply.id == given.id;
    let is_elsewhere =
        |note: &Note| note.id != id && note.replies.iter().any(|reply| is_given(reply));
    if project.notes.iter().any(|note| is_elsewhere(note)) {
        return Err(Refusal::DuplicateId);
    }
    let replies = &mut change(project, id)?.replies;
    let at = replies.position(is_given);
    match at.and_then(|at| replies.get_mut(at)) {
        Some(known) => known.clone_from(given),
        None => replies.push(given.clone()),
    }
    Ok(())
}

/// Takes an answer back.
pub(super) fn remove_reply(
    project: &mut Project,
    id: Id<Note>,
    reply: Id<Reply>,
) -> Result<(), Refusal> {
    let note = change(project, id)?;
    match take(&mut note.replies, |known| known.id == reply).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::Reply)),
        false => Ok(()),
    }
}

/// Removes a note.
pub(super) fn remove_note(project: &mut Project, id: Id<Note>) -> Result<(), Refusal> {
    match take(&mut project.notes, |note| note.id == id).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::Note)),
        false => Ok(()),
    }
}

fn change(project: &mut Project, id: Id<Note>) -> Result<&mut Note, Refusal> {
    let at = project.notes.position(|note| note.id == id);
    at.and_then(|at| project.notes.get_mut(at))
        .ok_or(Refusal::UnknownPlace(Missing::Note))
}

/// Moves the project on, and records it. What was closed is opened again only with a reason.
pub(super) fn move_on(project: &mut Project, record: &StageRecord) -> Result<(), Refusal> {
    let is_opened = project.stage.is_closed() && !record.to.is_closed();
    if is_opened && trim(&record.reason).is_empty() {
        return Err(Refusal::OpenedWithoutReason(project.stage));
    }
    if project.stages.iter().any(|known| known.id == record.id) {
        return Err(Refusal::DuplicateId);
    }
    project.stage = record.to;
    project.stages.push(record.clone());
    Ok(())
}
