//! A plain table.

use rust_decimal::Decimal;

use super::facts::rounded_share;
use crate::score::ExecutionRate;

/// What stands before the sums.
pub(super) const TOTAL: &str = "合计";

/// A table with one heading row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name for programs and files ("projects").
    pub key: &'static str,
    /// Its name for people ("项目一览").
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
    /// 合计 beneath the rows, with a value for every column; `None` where adding up would say nothing.
    pub totals: Option<Vec<Value>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs ("execution_rate"); stable.
    pub key: &'static str,
    /// Its heading ("执行率").
    pub caption: String,
    /// How wide it is, in Chinese characters.
    pub width: u16,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Text; never a formula.
    Text(String),
    /// An amount, score or weight, with as many decimals as it is written with.
    Number(Decimal),
    /// A share, 1 being 100 %; shown with two decimals.
    Share(Decimal),
    /// A count.
    Count(usize),
    /// Yes or no.
    Flag(bool),
}

/// A column with what stands in it: key, heading, width, value.
pub(super) struct Filled<R>(
    pub &'static str,
    pub &'static str,
    pub u16,
    pub fn(&R) -> Value,
);

impl Table {
    /// A table of these columns over the rows.
    pub(super) fn of<R>(
        key: &'static str,
        name: &'static str,
        columns: &[Filled<R>],
        rows: impl IntoIterator<Item = R>,
    ) -> Self {
        let values = |row: R| columns.iter().map(|column| column.3(&row)).collect();
        Self {
            key,
            name,
            columns: columns
                .iter()
                .map(|Filled(key, caption, width, _)| Column {
                    key,
                    caption: (*caption).to_owned(),
                    width: *width,
                })
                .collect(),
            rows: rows.into_iter().map(values).collect(),
            totals: None,
        }
    }

    /// The table with 合计 beneath: the sums of these columns, and what else `given` says by column.
    #[must_use]
    pub(super) fn totalled(mut self, sums: &[&str], given: Vec<(&str, Value)>) -> Self {
        if self.rows.len() < 2 {
            return self;
        }
        // The word stands in the first column that has room for it and no sum.
        let is_summed = |key| sums.contains(&key) || given.iter().any(|(other, _)| *other == key);
        let mut columns = self.columns.iter();
        let label = columns.position(|column| column.width > 3 && !is_summed(column.key));
        let totals = self.columns.iter().enumerate().map(|(index, column)| {
            if let Some((_, value)) = given.iter().find(|(key, _)| *key == column.key) {
                return value.clone();
            }
            match sums.contains(&column.key) {
                true => self.sum(index),
                false if label == Some(index) => Value::Text(TOTAL.to_owned()),
                false => Value::Blank,
            }
        });
        self.totals = Some(totals.collect());
        self
    }

    /// The index of a column.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// Headings and rows as text that Excel takes as a table: tabs part cells. What begins like a formula is guarded, and what
    /// would part cells becomes a space.
    pub fn as_cells(&self) -> String {
        let flat = |text: &str| -> String {
            let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
            plain.collect()
        };
        let captions = self.columns.iter().map(|column| flat(&column.caption));
        let mut lines = vec![captions.collect::<Vec<_>>().join("\t")];
        for row in &self.rows {
            let cells = row.iter().map(|value| flat(&super::csv::cell(value)));
            lines.push(cells.collect::<Vec<_>>().join("\t"));
        }
        lines.join("\n")
    }

    /// The sum of a column's numbers or counts; blank where there are none, or too large a one.
    pub(super) fn sum(&self, column: usize) -> Value {
        let mut sum = Value::Blank;
        for row in &self.rows {
            sum = match (sum, row.get(column)) {
                (Value::Blank, Some(value @ (Value::Number(_) | Value::Count(_)))) => value.clone(),
                (Value::Number(sum), Some(Value::Number(number))) => {
                    match sum.checked_add(*number) {
                        Some(sum) => Value::Number(sum),
                        None => return Value::Blank,
                    }
                }
                (Value::Count(sum), Some(Value::Count(count))) => {
                    Value::Count(sum.saturating_add(*count))
                }
                (sum, _) => sum,
            };
        }
        sum
    }
}

impl Value {
    /// A text; nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Blank,
            text => Self::Text(text),
        }
    }

    /// A number, where there is one.
    pub fn number(number: impl Into<Option<Decimal>>) -> Self {
        number.into().map_or(Self::Blank, Self::Number)
    }

    /// A share, where there is one.
    pub fn share(share: impl Into<Option<Decimal>>) -> Self {
        share.into().map_or(Self::Blank, Self::Share)
    }

    /// A rate in percent as a share; nothing where there is none.
    pub fn percent(percent: impl Into<Option<Decimal>>) -> Self {
        let percent: Option<Decimal> = percent.into();
        Self::share(percent.and_then(|percent| percent.checked_div(Decimal::ONE_HUNDRED)))
    }

    /// A computed rate as a share, rounded as all shares are; nothing where it cannot be computed.
    pub(super) fn computed(rate: ExecutionRate) -> Self {
        match Self::percent(rate.percent()) {
            Self::Share(share) => Self::Share(rounded_share(share)),
            other => other,
        }
    }
}
