//! What a merge made of two states of a document, in the place of the present one.

use std::collections::HashSet;

use crate::model::{document::Document, project::Project};

use super::{super::refusal::Refusal, parts::refuse_repeated_ids, refuse_locked_stage};

/// Refuses what was merged over another state of the document, what would change a locked form, and what has an id twice.
pub(super) fn take(
    document: &mut Document,
    over: &Document,
    merged: &Document,
) -> Result<(), Refusal> {
    if *document != *over {
        return Err(Refusal::MergeOutdated);
    }
    for before in over.projects.iter() {
        if merged
            .project(before.id)
            .is_none_or(|after| is_breach(before, after))
        {
            refuse_locked_stage(before)?;
        }
    }
    let mut projects = HashSet::new();
    for project in merged.projects.iter() {
        if !projects.insert(project.id) {
            return Err(Refusal::DuplicateId);
        }
        if over.project(project.id) != Some(project) {
            refuse_repeated_ids(project)?;
        }
    }
    *document = Document {
        id: over.id,
        ..merged.clone()
    };
    Ok(())
}

/// Whether more than what every stage allows is different, though the form went no further.
fn is_breach(before: &Project, after: &Project) -> bool {
    let allowed = Project {
        notes: after.notes.clone(),
        working_paper: after.working_paper.clone(),
        stages: after.stages.clone(),
        deadlines: after.deadlines.clone(),
        last_year: after.last_year.clone(),
        ..before.clone()
    };
    before.stage == after.stage && allowed != *after
}
