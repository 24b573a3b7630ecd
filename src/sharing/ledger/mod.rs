//! 整改台账: what a bureau objects to comes in ([`taken`]), what was changed since an earlier state is filled in ([`changes`]),
//! and the 整改情况反馈表 goes out ([`sheet`]).

pub mod changes;
mod guess;
pub mod sheet;

use std::sync::Arc;

use crate::{
    exchange::comments::{Comment, Comments},
    model::{
        document::Document,
        edition::Edition,
        id::{Id, IdSource},
        ledger::Rectification,
        project::{Note, Project},
        review::NoteKind,
        typed::trim,
    },
};

/// The edition of a project, where it is at hand.
pub type EditionOf<'a> = &'a dyn Fn(&Project) -> Option<Arc<Edition>>;

/// Comments as entries of the 整改台账, to be looked at before they are added: project and cell are found by names in the text,
/// and what was found so is marked as guessed.
pub fn taken(
    comments: &Comments,
    document: &Document,
    editions: EditionOf<'_>,
    ids: &mut dyn IdSource,
) -> Vec<Rectification> {
    let names = guess::Names::of(document, editions);
    let entry = |comment: &Comment| {
        let found = names.find(comment);
        Rectification {
            number: comment.number.clone(),
            project: found.project,
            project_name: found.project_name,
            at: found.at,
            place: comment.place.clone(),
            comment: comment.comment.as_str().into(),
            before: comment.before.as_str().into(),
            after: comment.after.as_str().into(),
            reply: comment.reply.as_str().into(),
            by: comment.by.clone(),
            date: comment.date.clone(),
            done: comment.done,
            guessed: found.guessed,
            ..Rectification::blank(Id::new(ids))
        }
    };
    comments.rows.iter().map(entry).collect()
}

/// The open notes of a reviewer that must be dealt with (必须改), as entries. Those that are in the 整改台账 already, by place and
/// words, are left out.
pub fn of_notes(document: &Document, ids: &mut dyn IdSource) -> Vec<Rectification> {
    let is_known = |note: &Note| {
        let mut entries = document.ledger.iter();
        entries.any(|entry| entry.at.as_ref() == Some(&note.at) && entry.comment == note.text)
    };
    let mut number = document.ledger.len();
    let mut entries = Vec::new();
    for project in document.projects.iter() {
        let notes = project.notes.iter();
        let wanted = notes.filter(|note| note.kind == NoteKind::MustChange && !note.resolved);
        for note in wanted.filter(|note| !is_known(note)) {
            number += 1;
            entries.push(Rectification {
                number: number.to_string(),
                project: Some(project.id),
                project_name: trim(project.name()).to_owned(),
                at: Some(note.at.clone()),
                comment: note.text.clone(),
                ..Rectification::blank(Id::new(ids))
            });
        }
    }
    entries
}

/// Where an entry lies, in words: the cell as the form names it, else the place as the bureau calls it; may be empty.
pub fn place_in_words(
    entry: &Rectification,
    document: &Document,
    editions: EditionOf<'_>,
) -> String {
    let cell = entry.at.as_ref().and_then(|at| {
        let project = document.project(at.project)?;
        let edition = editions(project)?;
        Some(at.in_words(project, &edition))
    });
    cell.unwrap_or_else(|| entry.place.clone())
}
