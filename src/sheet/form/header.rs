//! The title and the fields above the table.

use super::Form;
use crate::{
    model::{
        edition::{FieldKind, FieldLayout, TotalPlace},
        layout::chosen,
        path::{Place, StatedField},
        project::header,
    },
    sheet::table::{Block, BlockKind, Cell, FULL_WIDTH, Row, Style},
};

/// The title, beneath the form's number where it has one.
pub(super) fn title(form: &Form) -> Block {
    let mut rows = Vec::new();
    if !form.edition.form_no.is_empty() {
        let number = format!("报表编号：{}", form.edition.form_no);
        rows.push(Row::of([Cell::new(0, FULL_WIDTH, number, Style::Aside)]).kept());
    }
    let title = Cell::new(0, FULL_WIDTH, form.title(), Style::Title);
    let title = title.at(form.at(Place::Stated(StatedField::Title)));
    rows.push(Row::of([title]).kept());
    Block {
        kind: BlockKind::Title,
        header_rows: 0,
        rows,
    }
}

/// A field to be printed: caption, value, address, and whether it needs a line of its own.
struct Field {
    caption: String,
    value: String,
    at: Place,
    wide: bool,
}

/// The header fields, two in a row where they fit.
pub(super) fn fields(form: &Form) -> Option<Block> {
    let mut fields: Vec<Field> = form
        .edition
        .header
        .iter()
        .filter(|field| !(field.kind == FieldKind::Year && form.has_year_in_title()))
        .map(|field| Field {
            caption: field.caption.clone(),
            value: value(field, form.project.header(&field.key)),
            at: Place::Header(field.key.clone()),
            wide: matches!(
                field.kind,
                FieldKind::Choice | FieldKind::Choices | FieldKind::Paragraph
            ),
        })
        .collect();
    let totals = &form.edition.totals;
    if totals.place == TotalPlace::Header && totals.score && !totals.caption.is_empty() {
        fields.push(Field {
            caption: totals.caption.clone(),
            value: form.project.stated.total_score.text().to_owned(),
            at: Place::Stated(StatedField::TotalScore),
            wide: false,
        });
    }
    widen_one_of_an_odd_number(&mut fields);
    (!fields.is_empty()).then(|| Block::table(0, rows(form, &fields)))
}

/// With an odd number of fields that share lines, the project's name gets a line of its own, else the last field.
fn widen_one_of_an_odd_number(fields: &mut [Field]) {
    if fields.iter().filter(|field| !field.wide).count() % 2 == 0 {
        return;
    }
    let name = fields
        .iter()
        .position(|field| field.at == Place::Header(header::PROJECT_NAME.into()) && !field.wide)
        // Where it is the second of its line, its neighbour would be left alone.
        .filter(|position| position % 2 == 0);
    let last = fields.iter().rposition(|field| !field.wide);
    if let Some(index) = name.or(last) {
        fields[index].wide = true;
    }
}

fn rows(form: &Form, fields: &[Field]) -> Vec<Row> {
    let first = form.caption_edge();
    let edges = form.snapped(vec![0, first, 560, 690, FULL_WIDTH]);
    let (middle, second) = (edges[2], edges[3]);
    let mut rows = Vec::new();
    let mut left = None;
    for field in fields {
        if field.wide {
            rows.extend(
                left.take()
                    .map(|field| pair(form, field, [0, first, FULL_WIDTH]))
                    .map(Row::of),
            );
            rows.push(Row::of(pair(form, field, [0, first, FULL_WIDTH])));
            continue;
        }
        match left.take() {
            None => left = Some(field),
            Some(before) => {
                let mut cells = pair(form, before, [0, first, middle]).to_vec();
                cells.extend(pair(form, field, [middle, second, FULL_WIDTH]));
                rows.push(Row::of(cells));
            }
        }
    }
    rows.extend(left.map(|field| Row::of(pair(form, field, [0, first, FULL_WIDTH]))));
    rows.into_iter().map(Row::kept).collect()
}

fn pair(form: &Form, field: &Field, [left, middle, right]: [u16; 3]) -> [Cell; 2] {
    [
        Cell::new(left, middle, &field.caption, Style::Caption),
        Cell::new(middle, right, &field.value, Style::Text).at(form.at(field.at.clone())),
    ]
}

/// The text of a field; of a choice all options, each behind a box.
fn value(field: &FieldLayout, typed: &str) -> String {
    if field.options.is_empty() || !matches!(field.kind, FieldKind::Choice | FieldKind::Choices) {
        return typed.to_owned();
    }
    let chosen: Vec<&str> = chosen(typed).collect();
    let mut text: Vec<String> = field
        .options
        .iter()
        .map(|option| {
            let is_chosen = chosen.contains(&option.as_str());
            format!("{}{option}", if is_chosen { '■' } else { '□' })
        })
        .collect();
    // What is none of the options was typed all the same.
    text.extend(
        chosen
            .iter()
            .filter(|choice| !field.options.iter().any(|option| option == *choice))
            .map(|choice| format!("■{choice}")),
    );
    text.join("  ")
}
