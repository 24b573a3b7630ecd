//! The fund table.

use super::Form;
use crate::{
    model::{
        edition::{FundColumn, FundRole},
        path::Place,
        project::FundRow,
    },
    sheet::{
        edges::divided,
        table::{Block, Cell, Row, Style},
    },
};

/// Relative width of the rows' names.
const NAME_WIDTH: u32 = 17;

/// The fund table: its caption at the side, the columns' captions, one row per source.
pub(super) fn block(form: &Form) -> Option<Block> {
    let funds = &form.edition.funds;
    if funds.columns.is_empty() && form.project.funds.is_empty() {
        return None;
    }
    let widths: Vec<u32> = std::iter::once(NAME_WIDTH)
        .chain(funds.columns.iter().map(width))
        .collect();
    let caption_edge = form.caption_edge();
    let mut edges = vec![0];
    edges.extend(divided(caption_edge, &widths));
    let edges = form.snapped(edges);

    let count = form.project.funds.len() + 1;
    let caption = Cell::new(0, edges[1], caption(form), Style::Caption).over(count);
    let head = [caption, Cell::new(edges[1], edges[2], "", Style::Caption)]
        .into_iter()
        .chain(
            funds
                .columns
                .iter()
                .zip(edges[2..].windows(2))
                .map(|(column, edge)| Cell::new(edge[0], edge[1], &column.caption, Style::Caption)),
        );
    let mut rows = vec![Row::of(head).kept()];
    rows.extend(
        form.project
            .funds
            .iter()
            .map(|row| Row::of(cells(form, row, &edges)).kept()),
    );
    Some(Block::table(0, rows))
}

/// The caption of the table. It names the unit of the amounts: the project's, where that is not the edition's.
fn caption(form: &Form) -> String {
    let caption = &form.edition.funds.caption;
    let (usual, own) = (form.edition.money_unit, form.project.money_unit);
    if own == usual {
        return caption.clone();
    }
    let (usual, own) = (usual.to_string(), own.to_string());
    if caption.contains(&usual) {
        caption.replace(&usual, &own)
    } else {
        format!("{caption}（{own}）")
    }
}

/// The relative width of a column. Captions such as 预算执行率（B/A×100%） make a column of short figures wider, so that they
/// do not break within their formula.
fn width(column: &FundColumn) -> u32 {
    let halves = |c: char| if c.is_ascii() { 1 } else { 2 };
    let caption: u32 = column.caption.chars().map(halves).sum();
    let for_caption = (caption / 2 + 3).min(14);
    match column.role {
        FundRole::Amount => 14,
        FundRole::Rate => for_caption.max(9),
        FundRole::Weight | FundRole::Score => for_caption.max(7),
        FundRole::Remark => 18,
    }
}

fn cells(form: &Form, row: &FundRow, edges: &[u16]) -> Vec<Cell> {
    let name = Cell::new(edges[1], edges[2], &row.name, Style::Text)
        .at(form.at(Place::Fund(row.id, "name".into())));
    let columns = &form.edition.funds.columns;
    let figures = columns
        .iter()
        .zip(edges[2..].windows(2))
        .map(|(column, edge)| {
            let (text, field, style) = match column.role {
                FundRole::Remark => (row.remark.to_string(), "remark", Style::Text),
                FundRole::Amount => (
                    figure(form, row, column),
                    column.key.as_str(),
                    Style::Amount,
                ),
                _ => (
                    figure(form, row, column),
                    column.key.as_str(),
                    Style::Figure,
                ),
            };
            Cell::new(edge[0], edge[1], text, style).at(form.at(Place::Fund(row.id, field.into())))
        });
    std::iter::once(name).chain(figures).collect()
}

/// What was typed; in a column that the edition derives from others, and where nothing was typed, what follows from them.
fn figure(form: &Form, row: &FundRow, column: &FundColumn) -> String {
    let typed = row.figure(&column.key);
    if !typed.is_empty() || column.formula.is_none() {
        return typed.text().to_owned();
    }
    form.project
        .fund_number(row, &column.key, form.edition)
        .map(|number| column.written(number))
        .unwrap_or_default()
}
