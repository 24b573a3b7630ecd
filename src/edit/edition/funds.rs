//! 项目资金: columns, rows, and which rows add up to which.

use super::fresh;
use crate::model::{
    edition::{Edition, Formula, FundColumn, FundRole, FundRowLayout, FundSplit},
    project::fund,
};

/// What a column of the fund table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnUse {
    /// Its key; `None` for a column of the form's own.
    pub key: Option<&'static str>,
    /// What stands in it.
    pub role: FundRole,
    /// What a person calls it.
    pub name: &'static str,
}

/// What columns of the fund table hold.
pub const COLUMN_USES: &[ColumnUse] = &[
    of(Some(fund::INITIAL), FundRole::Amount, "年初预算数"),
    of(Some(fund::ADJUSTED), FundRole::Amount, "全年预算数"),
    of(Some(fund::EXECUTED), FundRole::Amount, "全年执行数"),
    of(Some(fund::RATE), FundRole::Rate, "执行率"),
    of(Some(fund::WEIGHT), FundRole::Weight, "分值"),
    of(Some(fund::SCORE), FundRole::Score, "得分"),
    of(Some("remark"), FundRole::Remark, "原因说明"),
    of(None, FundRole::Amount, "其他金额"),
    of(None, FundRole::Rate, "其他比率"),
];

const fn of(key: Option<&'static str>, role: FundRole, name: &'static str) -> ColumnUse {
    ColumnUse { key, role, name }
}

/// What rows of the fund table are, as far as the program knows them: the key and what a person calls it.
pub const ROW_USES: &[(&str, &str)] = &[
    ("total", "资金总额"),
    ("appropriation", "当年财政拨款"),
    ("carried_over", "上年结转资金"),
    ("other", "其他资金"),
];

/// What a column holds.
pub fn use_of(column: &FundColumn) -> ColumnUse {
    let known = |one: &&ColumnUse| one.key == Some(column.key.as_str());
    let own = |one: &&ColumnUse| one.key.is_none() && one.role == column.role;
    let uses = || COLUMN_USES.iter();
    let found = uses().find(known).or_else(|| uses().find(own));
    found.copied().unwrap_or(of(None, column.role, "其他"))
}

/// Puts a new column at the end.
pub fn add_column(edition: &mut Edition, column_use: ColumnUse) {
    let columns = &mut edition.funds.columns;
    let known = columns.iter().map(|column| column.key.as_str());
    let free = column_use
        .key
        .filter(|key| known.clone().all(|known| known != *key));
    let key = free.map_or_else(|| fresh("column", known), str::to_owned);
    columns.push(FundColumn {
        key,
        caption: column_use.name.to_owned(),
        role: match (free, column_use.key) {
            // Another one holds it.
            (None, Some(_)) => FundRole::Amount,
            _ => column_use.role,
        },
        formula: None,
        decimals: None,
    });
}

/// Takes a column out, with the formulas that need it.
pub fn remove_column(edition: &mut Edition, index: usize) {
    let columns = &mut edition.funds.columns;
    if index >= columns.len() {
        return;
    }
    let gone = columns.remove(index).key;
    for column in columns {
        if let Some(Formula::Sum(parts)) = &mut column.formula {
            parts.retain(|part| *part != gone);
        }
        let needs = |formula: &Formula| {
            formula.operands().is_empty() || formula.operands().contains(&gone.as_str())
        };
        column.formula = column.formula.take().filter(|formula| !needs(formula));
    }
}

/// Says what a column holds. One that held it before is a column of the form's own from now on.
pub fn set_use(edition: &mut Edition, index: usize, column_use: ColumnUse) {
    let taken: Vec<String> = edition
        .funds
        .columns
        .iter()
        .map(|one| one.key.clone())
        .collect();
    let own = fresh("column", taken.iter().map(String::as_str));
    let Some(current) = edition.funds.columns.get(index).map(use_of) else {
        return;
    };
    match column_use.key {
        None if current.key.is_none() => {}
        None => rename(edition, index, &own),
        Some(key) => {
            if let Some(other) = taken.iter().position(|taken| taken == key)
                && other != index
            {
                rename(edition, other, &own);
                if let Some(other) = edition.funds.columns.get_mut(other)
                    && !matches!(other.role, FundRole::Amount | FundRole::Rate)
                {
                    other.role = FundRole::Amount;
                }
            }
            rename(edition, index, key);
        }
    }
    if let Some(column) = edition.funds.columns.get_mut(index) {
        column.role = column_use.role;
        if !matches!(column.role, FundRole::Amount | FundRole::Rate) {
            column.formula = None;
        }
    }
}

/// Gives a column another key, in the formulas too. What the execution is computed from stays what it is: it is named by
/// what it holds.
fn rename(edition: &mut Edition, index: usize, key: &str) {
    let Some(column) = edition.funds.columns.get_mut(index) else {
        return;
    };
    let before = std::mem::replace(&mut column.key, key.to_owned());
    let renamed = |operand: &mut String| {
        if *operand == before {
            key.clone_into(operand);
        }
    };
    for column in &mut edition.funds.columns {
        match &mut column.formula {
            Some(Formula::Sum(parts)) => parts.iter_mut().for_each(renamed),
            Some(Formula::Difference(one, other) | Formula::Ratio(one, other)) => {
                renamed(one);
                renamed(other);
            }
            None => {}
        }
    }
}

/// Puts a new row at the end.
pub fn add_row(edition: &mut Edition, caption: &str) {
    let rows = &mut edition.funds.rows;
    let key = fresh("row", rows.iter().map(|row| row.key.as_str()));
    rows.push(FundRowLayout {
        key,
        caption: caption.to_owned(),
        scored: false,
    });
}

/// Takes a row out, and out of all sums.
pub fn remove_row(edition: &mut Edition, index: usize) {
    let funds = &mut edition.funds;
    if index >= funds.rows.len() {
        return;
    }
    let gone = funds.rows.remove(index);
    for split in &mut funds.splits {
        split.parts.retain(|part| *part != gone.key);
    }
    funds
        .splits
        .retain(|split| split.total != gone.key && !split.parts.is_empty());
    if gone.scored
        && let Some(first) = funds.rows.first_mut()
    {
        first.scored = true;
    }
}

/// Says what a row is: one of [`ROW_USES`], or one of the form's own.
pub fn set_row_use(edition: &mut Edition, index: usize, key: Option<&str>) {
    let taken: Vec<String> = edition
        .funds
        .rows
        .iter()
        .map(|row| row.key.clone())
        .collect();
    let own = fresh("row", taken.iter().map(String::as_str));
    let Some(current) = taken.get(index) else {
        return;
    };
    let known = ROW_USES.iter().any(|(known, _)| known == current);
    match key {
        None if !known => {}
        None => rename_row(edition, index, &own),
        Some(key) => {
            if let Some(other) = taken.iter().position(|taken| taken == key)
                && other != index
            {
                rename_row(edition, other, &own);
            }
            rename_row(edition, index, key);
        }
    }
}

fn rename_row(edition: &mut Edition, index: usize, key: &str) {
    let Some(row) = edition.funds.rows.get_mut(index) else {
        return;
    };
    let before = std::mem::replace(&mut row.key, key.to_owned());
    for split in &mut edition.funds.splits {
        for name in std::iter::once(&mut split.total).chain(&mut split.parts) {
            if *name == before {
                key.clone_into(name);
            }
        }
    }
}

/// Says which row carries weight and score.
pub fn set_scored(edition: &mut Edition, index: Option<usize>) {
    for (at, row) in edition.funds.rows.iter_mut().enumerate() {
        row.scored = index == Some(at);
    }
}

/// Adds a sum: the first row of the others.
pub fn add_split(edition: &mut Edition) {
    let mut keys = edition.funds.rows.iter().map(|row| row.key.clone());
    if let Some(total) = keys.next() {
        let parts: Vec<String> = keys.collect();
        if !parts.is_empty() {
            edition.funds.splits.push(FundSplit {
                name: "资金来源".into(),
                total,
                parts,
            });
        }
    }
}

/// Says whether a row is added in a sum. The sum itself is none of its parts.
pub fn set_part(edition: &mut Edition, split: usize, row: &str, is_part: bool) {
    let order: Vec<String> = edition
        .funds
        .rows
        .iter()
        .map(|row| row.key.clone())
        .collect();
    let Some(split) = edition.funds.splits.get_mut(split) else {
        return;
    };
    split.parts.retain(|part| part != row);
    if is_part && split.total != row {
        split.parts.push(row.to_owned());
        split
            .parts
            .sort_by_key(|part| order.iter().position(|key| key == part));
    }
}

/// Says which row is the sum.
pub fn set_total(edition: &mut Edition, split: usize, row: &str) {
    if let Some(split) = edition.funds.splits.get_mut(split) {
        row.clone_into(&mut split.total);
        split.parts.retain(|part| part != row);
    }
}
