//! Further tables and texts that an edition has.

use super::Form;
use crate::{
    model::{edition::TableLayout, path::Place, project::TableRow},
    sheet::{
        edges::divided,
        table::{Block, Cell, FULL_WIDTH, Row, Style},
    },
};

/// Relative widths: the rows' captions beside texts.
const ROW_CAPTION: u32 = 2;
const TEXT: u32 = 4;

/// The further tables, one block each.
pub(super) fn tables(form: &Form) -> Vec<Block> {
    form.edition
        .tables
        .iter()
        .map(|layout| table(form, layout))
        .collect()
}

fn table(form: &Form, layout: &TableLayout) -> Block {
    let side = form.side().max(50);
    let widths: Vec<u32> = std::iter::once(ROW_CAPTION)
        .chain(layout.columns.iter().map(|_| TEXT))
        .collect();
    let mut edges = vec![0];
    edges.extend(divided(side, &widths));
    let edges = form.snapped(edges);
    let head = [
        Cell::new(0, edges[1], "", Style::Caption),
        Cell::new(edges[1], edges[2], "", Style::Caption),
    ];
    let captions = layout.columns.iter().zip(edges[2..].windows(2));
    let captions =
        captions.map(|(column, edge)| Cell::new(edge[0], edge[1], &column.caption, Style::Caption));
    let mut rows = vec![Row::of(head.into_iter().chain(captions))];
    let filled = form.project.tables.get(&layout.key);
    if filled.is_none_or(|filled| filled.is_empty()) {
        let blanks = edges[1..].windows(2);
        rows.push(Row::of(
            blanks.map(|edge| Cell::new(edge[0], edge[1], "", Style::Text)),
        ));
    }
    if let Some(filled) = filled {
        rows.extend(
            filled
                .iter()
                .map(|row| table_row(form, layout, row, &edges)),
        );
    }
    let count = rows.len() - 1;
    if let Some(first) = rows.get_mut(1) {
        let caption = Cell::new(0, edges[1], &layout.caption, Style::Span).over(count);
        first.cells.insert(0, caption);
    }
    Block::table(1, rows)
}

fn table_row(form: &Form, layout: &TableLayout, row: &TableRow, edges: &[u16]) -> Row {
    let caption = layout
        .rows
        .iter()
        .find(|known| known.key == row.key)
        .map_or("", |known| &known.caption);
    let values = layout.columns.iter().zip(edges[2..].windows(2));
    let values = values.map(|(column, edge)| {
        let text = row.cells.get(&column.key).map_or("", |text| text);
        let place = Place::Table(layout.key.clone(), row.id, column.key.clone());
        Cell::new(edge[0], edge[1], text, Style::Text).at(form.at(place))
    });
    Row::of(std::iter::once(Cell::new(edges[1], edges[2], caption, Style::Caption)).chain(values))
}

/// The further texts: a caption beside each.
pub(super) fn texts(form: &Form) -> Option<Block> {
    let edge = form.caption_edge();
    let rows: Vec<Row> = form
        .edition
        .texts
        .iter()
        .map(|field| {
            let text = form.project.texts.get(&field.key).map_or("", |text| text);
            Row::of([
                Cell::new(0, edge, &field.caption, Style::Caption),
                Cell::new(edge, FULL_WIDTH, text, Style::Passage)
                    .at(form.at(Place::Text(field.key.clone()))),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Block::table(0, rows))
}
