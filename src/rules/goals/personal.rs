//! Telephone and identity numbers in a form that is made public: G10.

use crate::{
    model::{path::Place, project::Stage},
    rules::{
        cells::{Cell, each_filled},
        facts::Facts,
        finding::{CellChange, Fix, Mend},
        form::Form,
        personal::{
            self,
            numbers::{self, Personal},
        },
        sink::Sink,
    },
};

/// G10
pub fn numbers_of_persons(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.facts.has(Facts::LONG_NUMBER) {
        return;
    }
    let is_public = form.project.stage == Stage::Published;
    let mut hits = Vec::new();
    each_filled(form, &mut |cell| {
        if cell.text.len() < SHORTEST
            || cell.numeric
            || !is_public && asks_for_telephone(form, cell)
        {
            return;
        }
        let found = numbers::of_persons(cell.text);
        if let Some(first) = found.first() {
            let hit = cell
                .hit(
                    sink,
                    "公开的表中有个人电话或身份证号",
                    "公开前删去号码或隐去中间几位",
                )
                .item(format!(
                    "{} 有{}{}",
                    cell.in_words(form),
                    first.kind.words(),
                    first.masked
                ));
            let fix = (cell.mend == Mend::Now).then(|| masked(form, cell, &found));
            hits.push(hit.fix(fix));
        }
    });
    for hit in hits {
        sink.push(hit);
    }
}

/// The digits of a mobile number.
const SHORTEST: usize = 11;

/// Whether the cell is the form's own field for a telephone number, which is masked only when the form is made public.
fn asks_for_telephone(form: &Form<'_>, cell: &Cell<'_>) -> bool {
    let caption = match cell.place() {
        Place::Header(key) => form.edition.header_caption(&key).to_owned(),
        Place::Footer(key) => form.edition.footer_caption(&key).to_owned(),
        _ => return false,
    };
    personal::is_for_telephone(&caption)
}

fn masked(form: &Form<'_>, cell: &Cell<'_>, found: &[Personal]) -> Fix {
    Fix {
        title: "隐去中间几位".into(),
        changes: vec![CellChange {
            at: form.at(cell.place()),
            new: numbers::masked(cell.text, found),
        }],
    }
}
