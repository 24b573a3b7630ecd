//! I12: values that stand one column off.

use crate::{
    model::{
        numeral::{halfwidth, leading_number},
        path::IndicatorField,
        policy::Severity,
        typed::{Reading, trim},
    },
    rules::{
        form::{Form, Row},
        sink::Sink,
    },
};

/// Fewest rows from which it can be told.
const FEWEST: usize = 3;

/// What waits until weight and score no longer stand in the place of target and actual value.
const OF_REPEATED: &[&str] = &["V02", "V04", "C09"];

/// I12
pub(super) fn shifted(form: &Form<'_>, sink: &mut Sink<'_>) {
    let moved = || form.counted().filter(|row| is_moved(row));
    if let Some(first) = moved().next() {
        let indicator = first.indicator();
        let lead = format!(
            "{}条指标的数疑似错了一列：指标值栏空白，{}（如{}）",
            moved().count(),
            match score_of_moved(first) {
                Some(score) => format!("说明栏却写“{score}”"),
                None => format!("分值栏却写“{}”", trim(indicator.weight.text())),
            },
            super::name::core(&indicator.name)
        );
        let hint = "把这几行的数向左移一格，再核对合计";
        let hit = sink.hit(first.place(IndicatorField::Target), lead, hint);
        sink.push(hit.level(Severity::Error));
    } else {
        repeated(form, sink);
    }
}

/// Whether all that should begin in the target's cell begins one cell later.
fn is_moved(row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    indicator.target.is_empty()
        && !indicator.actual.is_empty()
        && (score_of_moved(row).is_some() || weighs_no_number(row))
}

/// A bare number in the cell for reasons, which was meant to be the score.
fn score_of_moved<'a>(row: &Row<'a>) -> Option<&'a str> {
    let reason = trim(&row.indicator().deviation);
    let half = halfwidth(reason);
    let (_, rest) = leading_number(&half)?;
    rest.is_empty().then_some(reason)
}

/// Whether the weight's cell holds an amount, a percentage or words.
fn weighs_no_number(row: &Row<'_>) -> bool {
    match row.indicator().weight.reading() {
        Reading::Value(figure) => figure.percent || figure.unit.is_some(),
        Reading::Unreadable => true,
        Reading::Empty | Reading::Dash | Reading::NotApplicable => false,
    }
}

fn repeated(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut scored = 0_usize;
    let mut shifted = 0_usize;
    let mut first: Option<&Row<'_>> = None;
    for row in form.counted() {
        if row.score.weight.is_none() || row.score.filed.is_none() {
            continue;
        }
        scored += 1;
        if repeats_points(row) {
            shifted += 1;
            first = first.or(Some(row));
        }
    }
    let Some(first) = first.filter(|_| scored >= FEWEST && shifted * 2 >= scored) else {
        return;
    };
    let lead = format!(
        "{scored}条指标中有{shifted}条的指标值等于分值、实际完成值等于得分，疑似列错位（如{}）",
        super::name::core(&first.indicator().name)
    );
    let hint = "核对各列：指标值填目标，实际完成值填完成情况，分值和得分另填";
    let hit = sink.hit(first.place(IndicatorField::Target), lead, hint);
    sink.push(hit.silences(OF_REPEATED));
}

/// Whether target and actual value are bare numbers that equal weight and score.
fn repeats_points(row: &Row<'_>) -> bool {
    let Some(aim) = row
        .aim
        .filter(|aim| aim.unit.is_empty() && aim.comparator.is_none())
    else {
        return false;
    };
    let Some(actual) = row.indicator().actual.value() else {
        return false;
    };
    let bare = actual.unit().is_empty() && actual.comparator.is_none();
    bare && aim
        .measure
        .number()
        .is_some_and(|target| Some(target) == row.score.weight)
        && actual
            .number()
            .is_some_and(|reached| Some(reached) == row.score.filed)
}
