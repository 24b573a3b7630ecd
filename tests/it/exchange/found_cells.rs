//! The cells of a form as found, for tests that look for what was lost.

use jiping::exchange::{grid::Cell, recognise::found::FoundForm};

/// All cells of a form, wherever they were found to belong; those of warnings are among them already.
pub fn of(form: &FoundForm) -> Vec<&Cell> {
    let mut cells: Vec<&Cell> = Vec::new();
    cells.extend(&form.title);
    cells.extend(&form.form_no);
    cells.extend(form.year.iter().map(|(cell, _)| cell));
    cells.extend(form.money_unit.iter().map(|(cell, _)| cell));
    cells.extend(&form.unit_caption);
    for field in form.header.iter().chain(&form.fields_below) {
        cells.push(&field.caption);
        cells.extend(&field.value);
    }
    if let Some(funds) = &form.funds {
        cells.extend(&funds.caption);
        cells.extend(funds.columns.iter().map(|heading| &heading.cell));
        for row in &funds.rows {
            cells.push(&row.name);
            cells.extend(row.cells.iter().map(|(_, cell)| cell));
        }
    }
    for goal in &form.goals {
        cells.extend(goal.side.iter().chain(&goal.table_caption));
        cells.extend(goal.caption.iter().chain(&goal.weight));
        for field in goal.expected.iter().chain(&goal.actual).chain(&goal.others) {
            cells.push(&field.caption);
            cells.extend(&field.value);
        }
        cells.extend(goal.columns.iter().map(|heading| &heading.cell));
        for section in &goal.sections {
            cells.extend(
                section
                    .caption
                    .iter()
                    .chain(&section.weight)
                    .chain(&section.score),
            );
            for group in &section.groups {
                cells.extend(
                    group
                        .caption
                        .iter()
                        .chain(&group.weight)
                        .chain(&group.score),
                );
                let rows = group.rows.iter().flat_map(|row| &row.cells);
                cells.extend(rows.map(|(_, cell)| cell));
            }
        }
        cells.extend(goal.reasons.iter().map(|reason| &reason.cell));
    }
    if let Some(total) = &form.total {
        cells.push(&total.caption);
        cells.extend(total.weight.iter().chain(&total.score).chain(&total.rating));
    }
    for table in &form.tables {
        cells.extend(table.caption.iter().chain(&table.headings));
        cells.extend(table.rows.iter().flatten().flatten());
    }
    cells.extend(&form.footnotes);
    cells.extend(form.ignored.iter().map(|remarked| &remarked.cell));
    cells
}
