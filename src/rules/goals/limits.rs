//! Texts longer than the form allows: G07.

use crate::{
    model::{
        edition::IndicatorRole,
        markup::visible_text,
        path::{GoalField, IndicatorField, Place},
    },
    rules::{
        form::{Form, name_of},
        sink::Sink,
    },
};

const HINT: &str = "精简文字，细节写入自评报告或附件";

/// G07
pub fn too_long(form: &Form<'_>, sink: &mut Sink<'_>) {
    of_fields(form, sink);
    of_goals(form, sink);
    of_rows(form, sink);
}

/// By how much a text passes its limit: "158/100字".
fn excess(text: &str, limit: Option<u32>) -> Option<String> {
    let limit = limit? as usize;
    // No text has more characters than bytes.
    if text.len() <= limit {
        return None;
    }
    let length = visible_text(text).chars().count();
    (length > limit).then(|| format!("{length}/{limit}字"))
}

fn told(sink: &mut Sink<'_>, place: Place, caption: &str, excess: &str) {
    let hit = sink.hit(place, format!("{caption}超出字数限制"), HINT);
    sink.push(hit.item(excess));
}

fn of_fields(form: &Form<'_>, sink: &mut Sink<'_>) {
    for field in form
        .edition
        .header
        .iter()
        .filter(|field| field.limit.is_some())
    {
        if let Some(excess) = excess(form.project.header(&field.key), field.limit) {
            told(
                sink,
                Place::Header(field.key.clone()),
                &field.caption,
                &excess,
            );
        }
    }
    for field in form
        .edition
        .texts
        .iter()
        .filter(|field| field.limit.is_some())
    {
        let text = form.project.texts.get(&field.key).map_or("", |text| text);
        if let Some(excess) = excess(text, field.limit) {
            told(
                sink,
                Place::Text(field.key.clone()),
                &field.caption,
                &excess,
            );
        }
    }
}

fn of_goals(form: &Form<'_>, sink: &mut Sink<'_>) {
    let layout = &form.edition.goals;
    for goal in form.project.goals.iter() {
        for (field, text, at) in [
            (&layout.expected, &goal.expected, GoalField::Expected),
            (&layout.actual, &goal.actual, GoalField::Actual),
        ] {
            if let Some(excess) = excess(text, field.limit) {
                told(sink, Place::Goal(goal.id, at), &field.caption, &excess);
            }
        }
        for field in &layout.extra {
            let text = goal.texts.get(&field.key).map_or("", |text| text);
            if let Some(excess) = excess(text, field.limit) {
                let at = GoalField::Text(field.key.clone());
                told(sink, Place::Goal(goal.id, at), &field.caption, &excess);
            }
        }
    }
}

fn of_rows(form: &Form<'_>, sink: &mut Sink<'_>) {
    let columns = &form.edition.indicators.columns;
    for column in columns.iter().filter(|column| column.limit.is_some()) {
        for row in &form.rows {
            let indicator = row.indicator();
            let (text, field) = match column.role {
                IndicatorRole::Deviation => {
                    (indicator.deviation.as_ref(), IndicatorField::Deviation)
                }
                IndicatorRole::Extra => (
                    indicator.extra.get(&column.key).map_or("", |text| text),
                    IndicatorField::Extra(column.key.clone()),
                ),
                IndicatorRole::Actual => (indicator.actual.text(), IndicatorField::Actual),
                _ => continue,
            };
            if let Some(excess) = excess(text, column.limit) {
                let lead = format!("{}超出字数限制", column.caption);
                let hit = sink.row_hit(row, field, lead, HINT);
                sink.push(hit.item(format!("{} {excess}", name_of(indicator))));
            }
        }
    }
}
