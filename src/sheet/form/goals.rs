//! The goals: expected beside actual.

use super::Form;
use crate::{
    model::{
        indicator::caption_points,
        path::{GoalField, Place},
        project::Goal,
    },
    sheet::{
        edges::divided,
        table::{Block, Cell, Row, Style},
    },
};

/// One goal: its caption at the side, the captions of its texts, the texts.
pub(super) fn block(form: &Form, goal: &Goal) -> Block {
    let layout = &form.edition.goals;
    let mut texts = vec![(
        layout.expected.caption.as_str(),
        &*goal.expected,
        GoalField::Expected,
    )];
    // A goal that was adjusted during the year stands between what was expected and what came of it.
    texts.extend(layout.extra.iter().map(|field| {
        let text = goal.texts.get(&field.key).map_or("", |text| text);
        (
            field.caption.as_str(),
            text,
            GoalField::Text(field.key.clone()),
        )
    }));
    if layout.has_actual() {
        texts.push((
            layout.actual.caption.as_str(),
            &*goal.actual,
            GoalField::Actual,
        ));
    }

    let side = form.side().max(50);
    let mut edges = vec![0];
    edges.extend(divided(side, &vec![1; texts.len()]));
    let edges = form.snapped(edges);
    let columns = || texts.iter().zip(edges[1..].windows(2));

    let caption = Cell::new(0, edges[1], caption(form, goal), Style::Span)
        .at(form.at(Place::Goal(goal.id, GoalField::Caption)));
    let captions = columns()
        .map(|((caption, ..), edge)| Cell::new(edge[0], edge[1], *caption, Style::Caption));
    let values = columns().map(|((_, text, field), edge)| {
        Cell::new(edge[0], edge[1], *text, Style::Passage)
            .at(form.at(Place::Goal(goal.id, field.clone())))
    });
    let corner = Cell::new(0, edges[1], "", Style::Caption);
    Block::table(
        1,
        vec![
            Row::of(std::iter::once(corner).chain(captions)),
            Row::of(std::iter::once(caption).chain(values)),
        ],
    )
}

/// The goal's own caption, else the edition's; with its points, where the form gives it some.
fn caption(form: &Form, goal: &Goal) -> String {
    let caption = match goal.caption.trim() {
        "" => &form.edition.goals.caption,
        caption => caption,
    };
    let points = goal.weight.value().map(|figure| figure.value);
    match goal.weight.text().trim() {
        "" => caption.to_owned(),
        _ if points.is_some() && points == caption_points(caption) => caption.to_owned(),
        weight => format!("{caption}（{}分）", weight.trim_end_matches('分')),
    }
}
