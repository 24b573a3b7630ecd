//! Further tables of the form, 资金管理情况 above all: G08.

use std::collections::BTreeMap;

use rust_decimal::dec;

use crate::{
    model::{
        layout::{FieldLayout, Need, TableLayout},
        path::Place,
        project::TableRow,
        typed::trim,
    },
    rules::{form::Form, fund_table::FundTable, lexicon, sink::Sink},
    score::execution_rate,
};

/// G08
pub fn management_told(form: &Form<'_>, sink: &mut Sink<'_>) {
    for table in &form.edition.tables {
        let Some(rows) = form.project.tables.get(&table.key) else {
            continue;
        };
        let captions: BTreeMap<&str, &str> = table
            .rows
            .iter()
            .map(|row| (row.key.as_str(), row.caption.as_str()))
            .collect();
        for row in rows.iter() {
            if let Some(caption) = captions.get(row.key.as_str()) {
                blank_cells(table, row, caption, sink);
                denied_deviation(form, table, row, caption, sink);
            }
        }
    }
}

fn blank_cells(table: &TableLayout, row: &TableRow, caption: &str, sink: &mut Sink<'_>) {
    let due = |column: &&FieldLayout| column.need != Need::Optional;
    for column in table.columns.iter().filter(due) {
        if trim(text_of(row, &column.key)).is_empty() {
            let lead = format!("{}有未填写的项目", table.caption);
            let hint = "逐项说明，没有发生的写明“不涉及”";
            let mut hit = sink.hit(place(table, row, &column.key), lead, hint);
            hit.folds = true;
            sink.push(hit.item(format!("{caption}（{}）", column.caption)));
        }
    }
}

/// A row that denies any deviation although the execution rate is low.
fn denied_deviation(
    form: &Form<'_>,
    table: &TableLayout,
    row: &TableRow,
    caption: &str,
    sink: &mut Sink<'_>,
) {
    let limit = form.edition.checks.explain_rate_below.unwrap_or(dec!(90));
    let Some(main) = FundTable::of(form).main else {
        return;
    };
    // Forms of transfers print the rate, but score nothing by it.
    let rate = execution_rate(form.project, main, form.edition).percent();
    let Some(rate) = rate.filter(|rate| *rate < limit) else {
        return;
    };
    for column in &table.columns {
        let Some(found) = lexicon::NO_DEVIATION.find(text_of(row, &column.key)).next() else {
            continue;
        };
        let shown = form.edition.scoring.execution.rate.apply(rate);
        let lead = format!("{caption}写“{}”，执行率只有{shown}%", found.word);
        let hint = "核对执行情况；资金未用完的，写明原因和改进措施";
        sink.push(sink.hit(place(table, row, &column.key), lead, hint));
    }
}

fn text_of<'r>(row: &'r TableRow, column: &str) -> &'r str {
    row.cells.get(column).map_or("", |text| text)
}

fn place(table: &TableLayout, row: &TableRow, column: &str) -> Place {
    Place::Table(table.key.clone(), row.id, column.to_owned())
}
