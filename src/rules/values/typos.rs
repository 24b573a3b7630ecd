//! V17: wrongly typed words, everywhere a person writes.

use crate::{
    model::{
        path::{GoalField, IndicatorField, Place},
        typed::trim,
    },
    rules::{
        facts::Facts,
        finding::{CellChange, Fix, Mend},
        form::{Form, Row},
        lexicon,
        sink::Sink,
    },
};

const LEAD: &str = "疑似错别字";
const HINT: &str = "请核对原意后改正";

/// V17
pub(super) fn typos(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.facts.has(Facts::TYPO) {
        return;
    }
    for of_goal in &form.goals {
        let goal = of_goal.goal;
        for (field, text, facts) in [
            (GoalField::Expected, &goal.expected, of_goal.expected_facts),
            (GoalField::Actual, &goal.actual, of_goal.actual_facts),
        ] {
            if facts.has(Facts::TYPO) {
                typos_at(form, Place::Goal(goal.id, field), text, sink);
            }
        }
        for reason in goal.reasons.iter() {
            typos_at(form, Place::Reason(reason.id), &reason.text, sink);
        }
    }
    for row in form.rows.iter().filter(|row| row.facts.has(Facts::TYPO)) {
        let indicator = row.indicator();
        for (field, text, mend) in [
            (
                IndicatorField::Name,
                indicator.name.as_str(),
                Mend::Approved,
            ),
            (
                IndicatorField::Target,
                indicator.target.text(),
                Mend::Approved,
            ),
            (IndicatorField::Actual, indicator.actual.text(), Mend::Now),
            (IndicatorField::Deviation, &indicator.deviation, Mend::Now),
        ] {
            typos_in_row(form, row, field, text, mend, sink);
        }
    }
}

fn typos_at(form: &Form<'_>, place: Place, text: &str, sink: &mut Sink<'_>) {
    if let Some(told) = told_typos(text) {
        let fix = mended(form, place.clone(), text);
        let hit = sink.hit(place, LEAD, HINT).item(told);
        sink.push(hit.fix(fix));
    }
}

fn typos_in_row(
    form: &Form<'_>,
    row: &Row<'_>,
    field: IndicatorField,
    text: &str,
    mend: Mend,
    sink: &mut Sink<'_>,
) {
    if let Some(told) = told_typos(text) {
        let place = row.place(field.clone());
        let fix = if mend == Mend::Now {
            mended(form, place, text)
        } else {
            None
        };
        let item = format!("{} {told}", trim(&row.indicator().name));
        let hit = sink.row_hit(row, field, LEAD, HINT).item(item);
        sink.push(hit.mend(mend).fix(fix));
    }
}

/// The typos of a text with some words around each, or nothing.
fn told_typos(text: &str) -> Option<String> {
    let told: Vec<String> = lexicon::TYPOS
        .find(text)
        .map(|found| {
            let meant = found.meant.unwrap_or_default();
            format!("“{}”应为“{meant}”", found.word)
        })
        .collect();
    (!told.is_empty()).then(|| told.join("，"))
}

fn mended(form: &Form<'_>, place: Place, text: &str) -> Option<Fix> {
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for found in lexicon::TYPOS.find(text) {
        new.push_str(&text[from..found.start]);
        new.push_str(found.meant?);
        from = found.end;
    }
    new.push_str(&text[from..]);
    Some(Fix {
        title: "改正错别字".into(),
        changes: vec![CellChange {
            at: form.at(place),
            new,
        }],
    })
}
