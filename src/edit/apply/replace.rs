//! A project's form in the place of its present one.

use std::collections::HashMap;

use crate::model::{
    id::Id,
    indicator::{ApprovedField, Indicator},
    path::IndicatorField,
    project::Project,
};

use super::{
    super::refusal::{Missing, Refusal},
    cell::{filed_field, refuse_locked_cell},
    parts::refuse_repeated_ids,
    references::{refuse_dangling_places, refuse_strays},
};

/// Refuses what would change an approved value, lose an approved row, or leave something pointing at nothing.
pub(super) fn replace(project: &mut Project, form: &Project) -> Result<(), Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Indicator);
    let rows: HashMap<Id<Indicator>, &Indicator> = form
        .rows()
        .map(|view| (view.indicator.id, view.indicator))
        .collect();
    for view in project.rows() {
        let row = view.indicator;
        if row.approved.is_none() {
            continue;
        }
        let same = rows.get(&row.id).ok_or(missing.clone())?;
        if same.approved != row.approved || same.adjustments != row.adjustments {
            return Err(Refusal::ApprovedRow(row.name.clone()));
        }
        let changed = ApprovedField::ALL
            .into_iter()
            .find(|field| same.filed_value(*field) != row.filed_value(*field));
        if let Some(field) = changed {
            let field: IndicatorField = filed_field(field);
            refuse_locked_cell(row, &field)?;
        }
    }
    refuse_repeated_ids(form)?;
    refuse_strays(project, form)?;
    refuse_dangling_places(project, form)?;
    let (stage, stages) = (project.stage, std::mem::take(&mut project.stages));
    *project = form.clone();
    project.stage = stage;
    project.stages = stages;
    Ok(())
}
