//! The total, the names at the foot, the footnotes.

use super::Form;
use crate::{
    model::{
        edition::{IndicatorRole, TotalPlace},
        path::{Place, StatedField},
    },
    sheet::{
        edges::divided,
        table::{Block, BlockKind, Cell, FULL_WIDTH, Row, Style},
    },
};

/// The total row: its caption up to the columns of points, the points in theirs, the rating behind them.
pub(super) fn total(form: &Form) -> Vec<Row> {
    let layout = &form.edition.totals;
    if layout.caption.is_empty() || layout.place != TotalPlace::Row {
        return Vec::new();
    }
    let stated = &form.project.stated;
    let mut cells: Vec<Cell> = Vec::new();
    let mut reached = 0;
    let columns = form.edition.indicators.columns.iter();
    for (column, edge) in columns.zip(form.lines[1..].windows(2)) {
        let (text, field) = match column.role {
            IndicatorRole::Weight if layout.weight => {
                (stated.total_weight.text(), StatedField::TotalWeight)
            }
            IndicatorRole::Score if layout.score => {
                (stated.total_score.text(), StatedField::TotalScore)
            }
            _ => continue,
        };
        if edge[0] > reached {
            let caption = if reached == 0 {
                layout.caption.as_str()
            } else {
                ""
            };
            cells.push(Cell::new(reached, edge[0], caption, Style::Caption));
        }
        cells.push(
            Cell::new(edge[0], edge[1], text, Style::Total).at(form.at(Place::Stated(field))),
        );
        reached = edge[1];
    }
    if cells.is_empty() {
        cells.push(Cell::new(
            0,
            form.caption_edge(),
            &layout.caption,
            Style::Caption,
        ));
        reached = form.caption_edge();
    }
    let rating = || {
        let text = format!("评价等级：{}", stated.rating.text());
        (text, form.at(Place::Stated(StatedField::Rating)))
    };
    let mut rows = Vec::new();
    if reached < FULL_WIDTH {
        let mut rest = Cell::new(reached, FULL_WIDTH, "", Style::Short);
        if layout.rating {
            let (text, at) = rating();
            rest.text = text;
            rest = rest.at(at);
        }
        cells.push(rest);
        rows.push(Row::of(cells));
    } else {
        rows.push(Row::of(cells));
        if layout.rating {
            let (text, at) = rating();
            rows.push(Row::of([
                Cell::new(0, FULL_WIDTH, text, Style::Short).at(at)
            ]));
        }
    }
    rows
}

/// The names beneath the table, up to three in a line.
pub(super) fn signatures(form: &Form) -> Option<Block> {
    let fields = &form.edition.footer;
    if fields.is_empty() {
        return None;
    }
    let rows: Vec<Row> = fields
        .chunks(3)
        .map(|fields| {
            let edges = divided(0, &vec![1; fields.len()]);
            let cells = fields.iter().zip(edges.windows(2)).map(|(field, edge)| {
                let name = form.project.footer.get(&field.key).map_or("", |text| text);
                let name = match name.trim() {
                    "" => "____________",
                    name => name,
                };
                let text = format!("{}：{name}", field.caption);
                Cell::new(edge[0], edge[1], text, Style::Signature)
                    .at(form.at(Place::Footer(field.key.clone())))
            });
            Row::of(cells).kept()
        })
        .collect();
    Some(Block {
        kind: BlockKind::Signatures,
        header_rows: 0,
        rows,
    })
}

/// Whether a footnote says itself that it is one ("注：", "填表说明：").
fn has_own_heading(note: &str) -> bool {
    let head = note.trim_start();
    let head = head.split(['：', ':']).next().unwrap_or_default();
    head.starts_with('注') || ["说明", "备注"].iter().any(|end| head.ends_with(end))
}

/// The footnotes as the form states them, else as the edition prints them.
pub(super) fn notes(form: &Form) -> Option<Block> {
    let stated = &form.project.stated.footnotes;
    let (notes, are_stated) = if stated.is_empty() {
        (&form.edition.footnotes, false)
    } else {
        (stated, true)
    };
    if notes.is_empty() {
        return None;
    }
    let rows = notes.iter().enumerate().map(|(index, note)| {
        let text = match index {
            0 if !has_own_heading(note) => format!("注：{note}"),
            _ => note.clone(),
        };
        let mut cell = Cell::new(0, FULL_WIDTH, text, Style::Note);
        if are_stated {
            cell = cell.at(form.at(Place::Stated(StatedField::Footnote(index))));
        }
        Row::of([cell])
    });
    Some(Block {
        kind: BlockKind::Notes,
        header_rows: 0,
        rows: rows.collect(),
    })
}
