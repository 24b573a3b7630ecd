//! 附表: further tables with rows of their own.

use super::{
    fields::{self, FieldList},
    fresh,
};
use crate::model::edition::{Edition, TableLayout, TableRowLayout};

/// Puts a new table at the end, with a column and a row to begin with.
pub fn add(edition: &mut Edition) {
    let known = edition.tables.iter().map(|table| table.key.as_str());
    let key = fresh("table", known);
    edition.tables.push(TableLayout {
        key,
        caption: "附表".into(),
        columns: Vec::new(),
        rows: Vec::new(),
        free_rows: false,
    });
    let table = edition.tables.len() - 1;
    fields::add(edition, FieldList::Columns(table), "内容");
    add_row(edition, table);
}

/// Puts a new fixed row at the end of a table.
pub fn add_row(edition: &mut Edition, table: usize) {
    if let Some(table) = edition.tables.get_mut(table) {
        let key = fresh("row", table.rows.iter().map(|row| row.key.as_str()));
        let caption = format!("第{}行", table.rows.len() + 1);
        table.rows.push(TableRowLayout { key, caption });
    }
}

/// Takes a fixed row out. A table without any lets the person add rows.
pub fn remove_row(edition: &mut Edition, table: usize, index: usize) {
    if let Some(table) = edition.tables.get_mut(table)
        && index < table.rows.len()
    {
        table.rows.remove(index);
        table.free_rows |= table.rows.is_empty();
    }
}
