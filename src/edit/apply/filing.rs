//! What is filed beside the form's cells: explanations, evidence, records.

use crate::model::{
    budget::BudgetAdjustment,
    id::Id,
    method::{Method, MethodCell},
    path::{CellPath, Place, StatedField},
    project::{Evidence, Explanation, Project},
};

use super::{
    super::refusal::{Missing, Refusal},
    locate::RowAddress,
    parts::take,
};

/// Gives an explanation; one for the same rule and place is replaced.
pub(super) fn explain(project: &mut Project, given: &Explanation) -> Result<(), Refusal> {
    refuse_unaddressable(project, &given.at)?;
    let same = |known: &Explanation| known.rule == given.rule && known.at == given.at;
    let clashes = |known: &Explanation| known.id == given.id && !same(known);
    if project.explanations.iter().any(|known| clashes(known)) {
        return Err(Refusal::DuplicateId);
    }
    let at = project.explanations.position(same);
    match at.and_then(|at| project.explanations.get_mut(at)) {
        Some(known) => known.clone_from(given),
        None => project.explanations.push(given.clone()),
    }
    Ok(())
}

/// Takes an explanation back.
pub(super) fn unexplain(project: &mut Project, id: Id<Explanation>) -> Result<(), Refusal> {
    match take(&mut project.explanations, |given| given.id == id).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::Explanation)),
        false => Ok(()),
    }
}

/// A note at an address that cannot be read back would make the whole file unreadable. The working paper is no place for
/// notes: it has a column for them.
pub(super) fn refuse_unaddressable(project: &Project, at: &CellPath) -> Result<(), Refusal> {
    let exists = at.place == Place::Whole || project.cell_text(&at.place).is_some();
    if at.project != project.id || !exists || matches!(at.place, Place::Paper(_)) {
        return Err(Refusal::UnknownPlace(Missing::Cell));
    }
    match at.to_string().parse::<CellPath>() {
        Ok(same) if same == *at => Ok(()),
        _ => Err(Refusal::Unaddressable),
    }
}

/// Replaces evidence.
pub(super) fn set_evidence(project: &mut Project, evidence: &Evidence) -> Result<(), Refusal> {
    let known = |id| project.rows().any(|view| view.indicator.id == id);
    if !evidence.indicator.is_none_or(known) {
        return Err(Refusal::DanglingReference("佐证材料"));
    }
    let at = project.evidence.position(|each| each.id == evidence.id);
    at.and_then(|at| project.evidence.get_mut(at))
        .ok_or(Refusal::UnknownPlace(Missing::Evidence))?
        .clone_from(evidence);
    Ok(())
}

/// Says where files lie now.
pub(super) fn move_evidence(
    project: &mut Project,
    files: &[(Id<Evidence>, String)],
) -> Result<(), Refusal> {
    for (id, file) in files {
        let at = project.evidence.position(|each| each.id == *id);
        at.and_then(|at| project.evidence.get_mut(at))
            .ok_or(Refusal::UnknownPlace(Missing::Evidence))?
            .file
            .clone_from(file);
    }
    Ok(())
}

/// Records an adjustment of the budget; one with the same id is replaced.
pub(super) fn record_adjustment(
    project: &mut Project,
    given: &BudgetAdjustment,
) -> Result<(), Refusal> {
    let known = |id| project.funds.iter().any(|row| row.id == id);
    if !given.fund.is_none_or(known) {
        return Err(Refusal::UnknownPlace(Missing::Fund));
    }
    let records = &mut project.budget_adjustments;
    let at = records.position(|record| record.id == given.id);
    match at.and_then(|at| records.get_mut(at)) {
        Some(record) => record.clone_from(given),
        None => records.push(given.clone()),
    }
    Ok(())
}

/// Takes an adjustment of the budget off the record.
pub(super) fn drop_adjustment(
    project: &mut Project,
    id: Id<BudgetAdjustment>,
) -> Result<(), Refusal> {
    match take(&mut project.budget_adjustments, |record| record.id == id).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::BudgetAdjustment)),
        false => Ok(()),
    }
}

/// Removes a footnote with what is filed at it; what is filed at later ones moves along.
pub(super) fn remove_footnote(project: &mut Project, index: usize) -> Result<(), Refusal> {
    if index >= project.stated.footnotes.len() {
        return Err(Refusal::UnknownPlace(Missing::Footnote));
    }
    project.stated.footnotes.remove(index);
    take(&mut project.notes, |note| footnote(&note.at) == Some(index));
    take(&mut project.explanations, |given| {
        footnote(&given.at) == Some(index)
    });
    for at in 0..project.notes.len() {
        let later = project
            .notes
            .get(at)
            .and_then(|note| moved_up(&note.at, index));
        if let (Some(place), Some(note)) = (later, project.notes.get_mut(at)) {
            note.at.place = place;
        }
    }
    for at in 0..project.explanations.len() {
        let given = project.explanations.get(at);
        let later = given.and_then(|given| moved_up(&given.at, index));
        if let (Some(place), Some(given)) = (later, project.explanations.get_mut(at)) {
            given.at.place = place;
        }
    }
    Ok(())
}

fn footnote(at: &CellPath) -> Option<usize> {
    match at.place {
        Place::Stated(StatedField::Footnote(index)) => Some(index),
        _ => None,
    }
}

/// The place of a footnote that stood after the removed one.
fn moved_up(at: &CellPath, removed: usize) -> Option<Place> {
    let later = footnote(at).filter(|index| *index > removed)?;
    Some(Place::Stated(StatedField::Footnote(later - 1)))
}

/// Says how a row is scored. Words that are no method are replaced as any other.
pub(super) fn set_method(
    project: &mut Project,
    address: RowAddress,
    method: &Option<Method>,
) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Indicator);
    let row = address.change(project).ok_or(missing)?;
    let text = match method {
        None => String::new(),
        Some(method) => match method.problem(row.weight.number()) {
            Some(problem) => return Err(Refusal::UnusableMethod(problem)),
            None => method.to_string(),
        },
    };
    row.method = MethodCell::new(text);
    Ok(())
}
