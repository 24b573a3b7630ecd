//! Rows of the fund table and of further tables. A filled row that the new edition has no place for is put aside, and comes
//! back once an edition has it again; blank ones go and come.

use crate::model::{
    aside::Aside,
    blank::{blank_fund_row, blank_table_row},
    captions::{self, bare, exact},
    edition::{Edition, FundRole},
    id::IdSource,
    project::{FundRow, Project, TableRow},
    rows::Rows,
};

use super::{Meaning, behind, fields::class, pairs, referred, told::Told};

/// Brings the rows of all tables to the new edition.
pub(super) fn change(
    project: &mut Project,
    from: Option<&Edition>,
    to: &Edition,
    ids: &mut dyn IdSource,
    told: &mut Told,
) {
    if let Some(from) = from {
        rename_fund_rows(project, from, to, told);
    }
    let referred = referred(project);
    let mut aside = project.aside.take().unwrap_or_else(|| Aside {
        funds: Rows::new(),
        tables: Default::default(),
        unknown: Default::default(),
    });
    let order: Vec<&str> = to.funds.rows.iter().map(|row| &*row.key).collect();
    let known =
        |key: &str| from.is_some_and(|from| from.funds.rows.iter().any(|row| row.key == key));
    let form = Table {
        order: &order,
        free: to.funds.free_rows,
        is_blank: &|row: &FundRow| {
            !referred.contains(&row.id.bits()) && from.is_some_and(|from| is_blank_fund(row, from))
        },
    };
    form.settle(&mut project.funds, &mut aside.funds);
    for layout in &to.funds.rows {
        if !known(&layout.key) && !project.funds.iter().any(|row| row.key == layout.key) {
            form.place(&mut project.funds, blank_fund_row(to, layout, ids));
            told.added(&layout.caption);
        }
    }
    let is_blank = |row: &TableRow| {
        !referred.contains(&row.id.bits()) && row.cells.values().all(|text| text.is_empty())
    };
    tables(project, &mut aside, [from, Some(to)], &is_blank, ids, told);
    project.aside = Some(aside);
    project.tidy_aside();
}

/// A row with a key that an edition gives it.
trait KeyedRow: Clone {
    fn key(&self) -> &str;
}

impl KeyedRow for FundRow {
    fn key(&self) -> &str {
        &self.key
    }
}

impl KeyedRow for TableRow {
    fn key(&self) -> &str {
        &self.key
    }
}

/// A table as the new edition has it.
struct Table<'a, T> {
    /// The keys of its rows.
    order: &'a [&'a str],
    /// Whether the person may add rows: then rows that the edition does not know are such.
    free: bool,
    /// Whether a row is as a blank form of the old edition has it.
    is_blank: &'a dyn Fn(&T) -> bool,
}

impl<T: KeyedRow> Table<'_, T> {
    fn has(&self, row: &T) -> bool {
        row.key().is_empty() || self.order.contains(&row.key())
    }

    /// Takes out the rows without a place, and puts back those that have one again.
    fn settle(&self, rows: &mut Rows<T>, aside: &mut Rows<T>) {
        for index in (0..rows.len()).rev() {
            let Some(row) = rows.get(index) else { continue };
            let blank = (self.is_blank)(row);
            if self.has(row) || (self.free && !blank) {
                continue;
            }
            if let Some(row) = rows.remove(index)
                && !blank
            {
                aside.insert(0, row);
            }
        }
        let here: Vec<String> = rows.iter().map(|row| row.key().to_owned()).collect();
        let mut index = 0;
        while let Some(row) = aside.get(index) {
            if !self.has(row) || here.iter().any(|key| key == row.key()) {
                index += 1;
            } else if let Some(row) = aside.remove(index) {
                self.place(rows, (*row).clone());
            }
        }
    }

    /// Puts a row behind those that the edition prints before it.
    fn place(&self, rows: &mut Rows<T>, row: T) {
        let rank = |row: &T| self.order.iter().position(|key| *key == row.key());
        let own = rank(&row);
        let at = behind(rows, |other| {
            rank(other).is_some_and(|other| Some(other) <= own)
        });
        rows.insert(at, row);
    }
}

/// Whether a fund row is as the edition prints it unfilled.
fn is_blank_fund(row: &FundRow, edition: &Edition) -> bool {
    let Some(layout) = edition
        .funds
        .rows
        .iter()
        .find(|layout| layout.key == row.key)
    else {
        return false;
    };
    let points = edition
        .fund_column(FundRole::Weight)
        .map(|column| &column.key);
    let preset = |key: &String| {
        Some(key) == points && row.figure(key).number() == Some(edition.scoring.execution.weight)
    };
    let blank = |(key, cell): (&String, &crate::model::figure::FigureCell)| {
        cell.text().is_empty() || preset(key)
    };
    row.name == layout.caption
        && row.remark.is_empty()
        && row.unknown.is_empty()
        && row.figures.iter().all(blank)
}

/// Gives rows the new edition's keys and captions.
fn rename_fund_rows(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let only = |one: &Edition, other: &Edition| -> Vec<(String, String)> {
        let rows = one.funds.rows.iter();
        rows.filter(|row| !other.funds.rows.iter().any(|known| known.key == row.key))
            .map(|row| (row.key.clone(), row.caption.clone()))
            .collect()
    };
    let (old, new) = (only(from, to), only(to, from));
    let ways: [Meaning<(String, String)>; 3] = [
        &|(_, caption)| exact(caption),
        &|(_, caption)| bare(caption),
        &|(_, caption)| class(captions::fund_row(caption)),
    ];
    let pairs = pairs(&old, &new, &ways);
    for index in 0..project.funds.len() {
        let Some(row) = project.funds.get(index) else {
            continue;
        };
        let pair = pairs.iter().find(|(one, _)| old[*one].0 == row.key);
        let key = pair.map_or(&row.key, |(_, other)| &new[*other].0).clone();
        let caption = |edition: &Edition, key: &str| {
            let rows = edition.funds.rows.iter();
            rows.filter(|row| row.key == key)
                .map(|row| row.caption.clone())
                .next()
        };
        let printed = caption(from, &row.key).filter(|caption| *caption == row.name);
        let name = printed
            .and(caption(to, &key))
            .unwrap_or_else(|| row.name.clone());
        if key == row.key && name == row.name {
            continue;
        }
        told.moved(&row.name, &name);
        if let Some(row) = project.funds.get_mut(index) {
            row.key = key;
            row.name = name;
        }
    }
}

/// Brings the rows of further tables to the new edition. A table that it does not have keeps its filled rows under its key.
fn tables(
    project: &mut Project,
    aside: &mut Aside,
    [from, to]: [Option<&Edition>; 2],
    is_blank: &dyn Fn(&TableRow) -> bool,
    ids: &mut dyn IdSource,
    told: &mut Told,
) {
    let layouts = to.map_or(&[][..], |to| &to.tables);
    let old = from.map_or(&[][..], |from| &from.tables);
    project.tables.retain(|key, rows| {
        layouts.iter().any(|layout| layout.key == *key) || !rows.iter().all(|row| is_blank(row))
    });
    for layout in layouts {
        let order: Vec<&str> = layout.rows.iter().map(|row| &*row.key).collect();
        let table = Table {
            order: &order,
            free: layout.free_rows,
            is_blank,
        };
        let before = old.iter().find(|table| table.key == layout.key);
        let rows = project.tables.entry(layout.key.clone()).or_default();
        table.settle(rows, aside.tables.entry(layout.key.clone()).or_default());
        for row in &layout.rows {
            let known = before.is_some_and(|table| table.rows.iter().any(|old| old.key == row.key));
            if !known && !rows.iter().any(|other| other.key == row.key) {
                table.place(rows, blank_table_row(layout, row, ids));
            }
        }
        if before.is_none() {
            told.added(&layout.caption);
        }
    }
}
