//! Tables as JSON Lines: an object a row, keys as the columns', numbers as decimal texts so that none is rounded.

use std::fmt::Write as _;

use super::table::{Table, Value};

/// The text of a JSON Lines file. Blanks are null, counts numbers; keys stand in the order of the columns, in every row.
pub fn lines(table: &Table) -> String {
    let mut text = String::new();
    for row in &table.rows {
        text.push('{');
        for (index, (column, value)) in table.columns.iter().zip(row).enumerate() {
            if index > 0 {
                text.push(',');
            }
            // Writing to a string cannot fail.
            let _ = write!(text, "{}:", serde_json::Value::from(column.key));
            let _ = write!(text, "{}", json(value));
        }
        text.push_str("}\n");
    }
    text
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Blank => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) | Value::Share(number) => number.to_string().into(),
        Value::Count(count) => (*count).into(),
        Value::Flag(flag) => (*flag).into(),
    }
}
