//! Pasting into the fund table.

use crate::model::{
    edition::{Edition, FundRole},
    id::{Id, IdSource},
    path::Place,
    project::{FundRow, Project},
};

use super::{
    super::{
        apply::fill_fund_cell,
        block::Block,
        command::NewParts,
        refusal::{Missing, Refusal},
    },
    NewRows, PastePlan, PlannedCell, is_blank, refuse_too_wide,
};

/// Plans a paste from the cell `key` of the fund row `row` on.
pub(super) fn plan(
    project: &Project,
    edition: &Edition,
    row: Id<FundRow>,
    key: &str,
    block: &Block,
    ids: &mut dyn IdSource,
) -> Result<PastePlan, Refusal> {
    let missing = Refusal::UnknownPlace(Missing::Fund);
    let first_row = project
        .funds
        .position(|each| each.id == row)
        .ok_or(missing)?;
    let columns = columns(edition);
    let first_column = columns
        .iter()
        .position(|column| *column == key)
        .ok_or(Refusal::PasteOutsideTable)?;
    let columns = &columns[first_column..];
    refuse_too_wide(block, columns.len())?;

    let room = project.funds.len() - first_row;
    let (onto, beyond) = block.rows().split_at(block.rows().len().min(room));
    let mut cells = Vec::new();
    for (row, texts) in project.funds.iter().skip(first_row).zip(onto) {
        for (key, text) in columns.iter().zip(texts) {
            let place = Place::Fund(row.id, (*key).to_owned());
            let old = project.cell_text(&place).unwrap_or_default();
            cells.push(PlannedCell::new(
                project.at(place.clone()),
                &old,
                text,
                Ok(()),
            ));
        }
    }
    Ok(PastePlan {
        project: project.id,
        cells,
        new_rows: new_rows(edition, columns, beyond, ids)?,
    })
}

/// The table's columns from left to right, by the key of their cells.
fn columns(edition: &Edition) -> Vec<&str> {
    let figures = edition
        .funds
        .columns
        .iter()
        .map(|column| match column.role {
            FundRole::Remark => "remark",
            _ => column.key.as_str(),
        });
    std::iter::once("name").chain(figures).collect()
}

fn new_rows(
    edition: &Edition,
    columns: &[&str],
    beyond: &[Vec<String>],
    ids: &mut dyn IdSource,
) -> Result<Option<NewRows>, Refusal> {
    let mut rows = Vec::new();
    let mut filled = 0;
    for texts in beyond
        .iter()
        .filter(|texts| !texts.iter().all(|text| is_blank(text)))
    {
        let mut row = FundRow::blank(ids);
        for (key, text) in columns.iter().zip(texts) {
            fill_fund_cell(&mut row, key, text);
            filled += usize::from(!is_blank(text));
        }
        rows.push(row);
    }
    match rows.len() {
        0 => Ok(None),
        count if edition.funds.free_rows => Ok(Some(NewRows {
            parts: NewParts::Funds(rows),
            count,
            filled,
        })),
        count => Err(Refusal::PasteTooLong(count)),
    }
}
