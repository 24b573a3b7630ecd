//! Footnotes: those of the old edition give way to the new one's, the person's own stay behind them.

use crate::model::{
    edition::Edition,
    path::{Place, StatedField},
    project::Project,
};

use super::{redirect, told::Told};

/// Where all of the old edition's footnotes stand first and unchanged, and nothing is noted at them, they are replaced.
/// A form that states no footnotes prints the edition's anyway.
pub(super) fn change(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let stated = &project.stated.footnotes;
    let (old, new) = (from.footnotes.len(), to.footnotes.len());
    let Some(own) = stated.strip_prefix(from.footnotes.as_slice()) else {
        return;
    };
    // Beside own footnotes the edition's could not be told from them on the way back.
    let untold = (old == 0 || new == 0) && !own.is_empty();
    if from.footnotes == to.footnotes || untold || is_noted(project, old) {
        return;
    }
    project.stated.footnotes = to.footnotes.iter().chain(own).cloned().collect();
    if old > 0 && new > 0 {
        told.moved("原表样的表下注释", "新表样的表下注释");
    }
    redirect(project, |place| match place {
        Place::Stated(StatedField::Footnote(index)) => {
            let own = index.checked_sub(old)?;
            Some(Place::Stated(StatedField::Footnote(new + own)))
        }
        _ => None,
    });
}

/// Whether something is noted or explained at one of the first footnotes.
fn is_noted(project: &Project, count: usize) -> bool {
    let notes = project.notes.iter().map(|note| &note.at);
    let given = project.explanations.iter().map(|given| &given.at);
    notes
        .chain(given)
        .any(|at| matches!(at.place, Place::Stated(StatedField::Footnote(index)) if index < count))
}
