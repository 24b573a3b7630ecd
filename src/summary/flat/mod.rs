//! Projects, funds, indicators and findings as plain tables, one row each, joined by the file and the project's id.
//!
//! Keys of columns are stable. What a form states has keys that end in `_stated`, or in `_text` as it is typed; what the
//! program computes ends in `_computed`. Amounts stand in the form's own unit, and exactly converted in 元 under `_yuan`.
//! Rates are shares (1 is 100 %); computed ones are rounded half up to six decimals.

mod findings;
mod funds;
mod indicators;
mod projects;

use super::{
    Subject,
    facts::Facts,
    table::{Table, Value},
};
use crate::model::{figure::FigureCell, typed::Typed};

/// The four tables, in this order. Numbers are those that the forms state; the score that the program computes stands beside.
pub fn tables(subjects: &[Subject]) -> Vec<Table> {
    let facts = Facts::of(subjects);
    vec![
        projects::table(&facts),
        funds::table(&facts),
        indicators::table(&facts),
        findings::table(subjects),
    ]
}

/// A cell as it is typed.
fn typed<T>(cell: &Typed<T>) -> Value {
    Value::text(cell.text())
}

/// The rate in a cell as a share, where it is a number.
fn rate(cell: &FigureCell) -> Value {
    Value::percent(cell.number())
}
