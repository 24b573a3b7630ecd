//! What was approved with the budget, and what was changed of it since by recorded adjustments.

use crate::model::{
    id::Id,
    indicator::{Adjustment, Approved, Cancellation, Indicator, Removed},
    project::Project,
    typed::trim,
};

use super::{
    super::{
        command::{ApprovedIndicator, NewAdjustment},
        refusal::{Missing, Refusal},
    },
    cell::{filed_field, fill_row_cell},
    locate::RowAddress,
    parts::take,
    structure::remove_approved,
};

/// Records the filed values as approved where nothing is on record.
pub(super) fn approve(project: &mut Project) -> Result<(), Refusal> {
    let open: Vec<Id<Indicator>> = project
        .rows()
        .filter(|view| view.indicator.approved.is_none())
        .map(|view| view.indicator.id)
        .collect();
    let mut near = RowAddress::default();
    for id in open {
        let address = RowAddress::find(project, id, near);
        if let Some(address) = address {
            near = address;
            if let Some(row) = address.change(project) {
                row.approved = Some(row.filed());
            }
        }
    }
    Ok(())
}

/// Records what was approved for one row; what is filed stays as it is.
pub(super) fn approve_row(
    project: &mut Project,
    address: RowAddress,
    approved: &Option<Approved>,
) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Indicator);
    let row = address.change(project).ok_or(missing)?;
    row.approved.clone_from(approved);
    Ok(())
}

/// Changes a filed value and records the change. What was approved stays on record as it was.
pub(super) fn adjust(
    project: &mut Project,
    address: RowAddress,
    adjustment: &NewAdjustment,
) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Indicator);
    let row = address.change(project).ok_or(missing)?;
    let field = filed_field(adjustment.field);
    let old = row.cell_text(&field).into_owned();
    if old == adjustment.new {
        return complete(row, adjustment);
    }
    fill_row_cell(row, &field, &adjustment.new)?;
    row.adjustments.push(Adjustment {
        date: adjustment.date.clone(),
        document_no: adjustment.document_no.clone(),
        reason: adjustment.reason.clone(),
        field: adjustment.field,
        old,
        new: adjustment.new.clone(),
        unknown: Default::default(),
    });
    Ok(())
}

/// Completes the last adjustment of the value where it is on record without a 文号.
fn complete(row: &mut Indicator, given: &NewAdjustment) -> Result<(), Refusal> {
    let nothing = Refusal::NothingAdjusted(given.field);
    let mut adjustments = row.adjustments.iter_mut().rev();
    let open = adjustments
        .find(|known| known.field == given.field)
        .filter(|known| known.new == given.new && trim(&known.document_no).is_empty())
        .ok_or(nothing)?;
    open.date.clone_from(&given.date);
    open.document_no.clone_from(&given.document_no);
    open.reason.clone_from(&given.reason);
    Ok(())
}

/// Records that an approved indicator was given up; one that stands in the form is taken out of it.
pub(super) fn cancel(
    project: &mut Project,
    of: ApprovedIndicator,
    cancellation: &Cancellation,
) -> Result<(), Refusal> {
    match of {
        ApprovedIndicator::Removed(id) => {
            let at = project.removed.position(|removed| removed.id == id);
            at.and_then(|at| project.removed.get_mut(at))
                .ok_or(Refusal::UnknownPlace(Missing::Removed))?
                .cancelled = Some(cancellation.clone());
        }
        ApprovedIndicator::Row(id) => {
            let address = RowAddress::find(project, id, RowAddress::default());
            let row = address.and_then(|address| address.read(project));
            let row = row.ok_or(Refusal::UnknownPlace(Missing::Indicator))?;
            if row.approved.is_none() {
                return Err(Refusal::NotApproved(row.name.clone()));
            }
            for removed in remove_approved(project, id) {
                let cancelled = Some(cancellation.clone());
                put_listed(
                    project,
                    Removed {
                        cancelled,
                        ..removed
                    },
                );
            }
        }
    }
    Ok(())
}

/// Lists an approved indicator that the form lacks; what is on record of its adjustment stays.
pub(super) fn list(project: &mut Project, new: &Removed) -> Result<(), Refusal> {
    let mut removed = new.clone();
    let known = project.removed.iter().find(|known| is_same(known, new));
    if let Some(known) = known
        && removed.cancelled.is_none()
    {
        removed.cancelled.clone_from(&known.cancelled);
    }
    put_listed(project, removed);
    Ok(())
}

/// Takes an indicator off the list of those that the form lacks.
pub(super) fn drop_listed(project: &mut Project, id: Id<Removed>) -> Result<(), Refusal> {
    match take(&mut project.removed, |removed| removed.id == id).is_empty() {
        true => Err(Refusal::UnknownPlace(Missing::Removed)),
        false => Ok(()),
    }
}

/// Puts it in the place of the one it is the same as, else at the end.
fn put_listed(project: &mut Project, removed: Removed) {
    let is_known = |known: &Removed| known.id == removed.id || is_same(known, &removed);
    let at = project.removed.position(is_known);
    take(&mut project.removed, is_known);
    project.removed.insert(at.unwrap_or(usize::MAX), removed);
}

fn is_same(known: &Removed, new: &Removed) -> bool {
    known.goal == new.goal
        && known.is_named(new.section_name(), new.group_name(), &new.approved.name)
}
