//! What columns and rows were taken for, so that a person can say that they are something else.

use std::collections::BTreeMap;

use super::{
    ColumnUse, RowUse,
    found::{FoundForm, FoundGoal},
    matching::Matches,
    telling::Teller,
};
use crate::{
    exchange::{grid::Place, report::Source},
    model::edition::Edition,
};

/// Adds what the columns of the form's tables were taken for, by their headings.
pub(super) fn columns(
    found: &FoundForm,
    edition: &Edition,
    teller: &Teller,
    uses: &mut BTreeMap<Source, ColumnUse>,
) {
    let matches = Matches::new(found, edition);
    let headings = found.funds.iter().flat_map(|funds| &funds.columns);
    for (heading, at) in headings.zip(&matches.fund_columns) {
        let column = at.and_then(|at| edition.funds.columns.get(at));
        let taken = column.map_or(ColumnUse::Ignored, |column| {
            ColumnUse::Fund(column.key.clone())
        });
        uses.insert(teller.source(Some(heading.cell.place)), taken);
    }
    for (goal, matched) in found.goals.iter().zip(&matches.goals) {
        for (heading, at) in goal.columns.iter().zip(&matched.columns) {
            let taken = match at {
                Some(_) => ColumnUse::Indicator(heading.role),
                None => ColumnUse::Ignored,
            };
            uses.insert(teller.source(Some(heading.cell.place)), taken);
        }
    }
}

/// Adds what the rows of the form's indicator tables were taken for. A row that begins a block and holds an indicator is an
/// indicator.
pub(super) fn rows(found: &FoundForm, teller: &Teller, uses: &mut BTreeMap<Source, RowUse>) {
    let mut put = |row: u32, taken: RowUse| {
        let place = Place { row, column: 0 };
        uses.entry(teller.source(Some(place))).or_insert(taken);
    };
    for goal in &found.goals {
        indicator_rows(goal, &mut put);
    }
    if let Some(total) = &found.total {
        put(total.caption.place.row, RowUse::Total);
    }
    for goal in &found.goals {
        captions(goal, &mut put);
    }
    for cell in &found.footnotes {
        put(cell.place.row, RowUse::Footnote);
    }
    let first = found
        .goals
        .iter()
        .flat_map(|goal| &goal.columns)
        .map(|heading| heading.cell.place.row)
        .min();
    for remarked in &found.ignored {
        let row = remarked.cell.place.row;
        if first.is_some_and(|first| row > first) {
            put(row, RowUse::Ignored);
        }
    }
}

fn indicator_rows(goal: &FoundGoal, put: &mut impl FnMut(u32, RowUse)) {
    let groups = goal.sections.iter().flat_map(|section| &section.groups);
    for row in groups.flat_map(|group| &group.rows) {
        let taken = if row.part {
            RowUse::Part
        } else {
            RowUse::Indicator
        };
        put(row.row, taken);
    }
}

/// Rows that hold nothing but a block's caption or a loose paragraph.
fn captions(goal: &FoundGoal, put: &mut impl FnMut(u32, RowUse)) {
    for section in &goal.sections {
        for cell in section
            .groups
            .iter()
            .filter_map(|group| group.caption.as_ref())
        {
            put(cell.place.row, RowUse::Group);
        }
        if let Some(cell) = &section.caption {
            put(cell.place.row, RowUse::Section);
        }
    }
    for reason in goal.reasons.iter().filter(|reason| reason.sure < 100) {
        put(reason.cell.place.row, RowUse::Reason);
    }
}
