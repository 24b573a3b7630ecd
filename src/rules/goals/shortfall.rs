//! Results that admit a shortfall beside full marks: G05.

use super::quantities::numbers;
use crate::{
    model::{
        path::{GoalField, Place},
        project::Goal,
    },
    rules::{
        form::{Form, GoalOf, Row},
        lexicon,
        sink::Sink,
    },
};

/// G05
pub fn shortfall_beside_full_marks(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !all_full_marks(form) {
        return;
    }
    for of_goal in &form.goals {
        let GoalOf { goal, actual, .. } = of_goal;
        let items = of_goal.actual_items();
        if items.len() == 0 {
            admitted(form, goal, "", actual, sink);
        }
        for item in items {
            admitted(form, goal, item.label, item.text, sink);
        }
    }
}

/// Whether every weighted group has all its points. A score without a readable weight leaves that open.
fn all_full_marks(form: &Form<'_>) -> bool {
    let is_open = form
        .groups
        .iter()
        .any(|group| group.score.filed.count > 0 && group.score.weight.count == 0);
    if is_open {
        return false;
    }
    let mut weighted = form
        .groups
        .iter()
        .filter(|group| !group.score.weight.value.is_zero())
        .peekable();
    weighted.peek().is_some()
        && weighted.all(|group| group.score.filed.value == group.score.weight.value)
}

/// Reports a text that admits a shortfall, unless the shortfall is that of a row which is reported as missed anyway.
fn admitted(form: &Form<'_>, goal: &Goal, label: &str, text: &str, sink: &mut Sink<'_>) {
    let mut admitting = lexicon::SHORTFALL.find(text);
    let Some(found) = admitting.find(|found| !is_about_money(found.word, &text[found.end..]))
    else {
        return;
    };
    let of_missed_row = |row: &Row<'_>| row.is_missed() && tells_actual_value(row, text);
    if form.counted().any(of_missed_row) {
        return;
    }
    let hit = sink.hit(
        Place::Goal(goal.id, GoalField::Actual),
        format!("{label}写有“{}”，绩效指标却全部满分", found.word),
        "请核实相应指标是否完成；已用其他方式完成的，写明方式和数量",
    );
    sink.push(hit);
}

/// Whether the clauses after an epidemic speak of money only: 受疫情影响，年中调减了预算.
fn is_about_money(word: &str, after: &str) -> bool {
    if !word.contains("疫情") {
        return false;
    }
    let sentence = after.split(['。', '；', ';']).next().unwrap_or("");
    ["预算", "经费", "资金"]
        .iter()
        .any(|money| sentence.contains(money))
}

fn tells_actual_value(row: &Row<'_>, text: &str) -> bool {
    let Some(number) = row
        .indicator()
        .actual
        .value()
        .and_then(|actual| actual.number())
    else {
        return false;
    };
    numbers(text).any(|told| told.value == number)
}
