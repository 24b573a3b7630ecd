//! The appendix of adjustments: what is on record of changes of budget and targets.

use super::{Reviewed, appendix, captions};
use crate::{
    model::{changes::RecordedChange, numeral::money},
    rules::budget::signed,
    sheet::{
        edges::divided,
        table::{Block, Cell, FormSheet, Row, Style},
    },
};

/// Relative widths: date, subject, change, document, reason, remark.
const WIDTHS: [u32; 6] = [13, 24, 22, 18, 24, 12];

/// The appendix; `None` where nothing is on record.
pub(super) fn sheet(one: &Reviewed, form: &FormSheet, ordinal: &str) -> Option<FormSheet> {
    let changes = one.project.recorded_changes(one.edition);
    if changes.is_empty() {
        return None;
    }
    let edges = divided(0, &WIDTHS);
    let mut rows = vec![captions(&edges, &RecordedChange::CAPTIONS)];
    rows.extend(changes.iter().map(|change| {
        let cells = change.parts().into_iter().zip(edges.windows(2));
        Row::of(cells.map(|(text, edge)| Cell::new(edge[0], edge[1], text, Style::Text)))
    }));
    let line =
        budget_line(one).unwrap_or_else(|| format!("{}　共 {} 项", form.name, changes.len()));
    let heading = format!("{ordinal}　调整记录");
    Some(appendix(form, &heading, line, Block::table(1, rows)))
}

/// How the recorded adjustments lead from one budget to the other.
fn budget_line(one: &Reviewed) -> Option<String> {
    let row = one.project.total_fund_row(one.edition)?;
    let ledger = one.project.budget_ledger(row, one.edition)?;
    let unit = one.project.money_unit;
    let amount = |amount: Option<_>| amount.map_or_else(|| "—".to_owned(), money);
    Some(format!(
        "{}　预算：年初 {} {unit}，登记调整 {} {unit}，合计 {} {unit}；全年预算数 {} {unit}。",
        one.project.shown_name(),
        amount(ledger.initial),
        ledger.sum.map_or_else(|| "—".to_owned(), signed),
        amount(ledger.expected()),
        amount(ledger.adjusted)
    ))
}
