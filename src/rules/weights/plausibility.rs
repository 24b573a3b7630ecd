//! Scores that are right one by one and doubtful together.

use rust_decimal::Decimal;

use crate::{
    model::{
        numeral::plain,
        path::{IndicatorField, Place, StatedField},
        policy::Severity,
    },
    rules::{
        form::{Form, Row},
        sink::Sink,
    },
    score::{Over, Sum, Verdict},
};

use super::{name_of, sums::TOLERANCE};

/// So many indicators are seldom all at full marks.
const MANY: usize = 8;

/// Fewest scores from which a second weighting can be told.
const FEWEST: usize = 3;

/// How many names a message gives.
const NAMED: usize = 3;

/// S14
pub(super) fn full_marks_everywhere(form: &Form<'_>, sink: &mut Sink<'_>) {
    let Some(points) = full_marks(form) else {
        return;
    };
    let number = form.counted().count();
    let missed: Vec<&str> = named(form, Row::is_missed);
    let over: Vec<&str> = named(form, |row| is_far_over(form, row));
    let (level, told) = match (missed.as_slice(), over.as_slice()) {
        (missed, over) if number < MANY && told_alone(form, missed.len() + over.len()) => return,
        // A project that went well looks just so.
        ([], []) => (Severity::Hint, format!("共{number}项，无一扣分")),
        ([], over) => (Severity::Warning, format!("但{}成倍超额完成", list(over))),
        (missed, _) => (Severity::Warning, format!("但{}未达标", list(missed))),
    };
    let points = plain(points);
    let lead = format!("绩效指标全部满分（{points}/{points}），{told}");
    let place = if form.edition.totals.score {
        Place::Stated(StatedField::TotalScore)
    } else {
        Place::Whole
    };
    let hint = "请逐项复核得分是否属实；情况属实的可写核实说明";
    sink.push(sink.hit(place, lead, hint).level(level));
}

/// Whether so few are doubted that a rule of their own says all there is to say: that one target is missed, or that it is
/// passed by far and nobody says why.
fn told_alone(form: &Form<'_>, doubted: usize) -> bool {
    let is_told = |row: &Row<'_>| row.is_missed() || row.reason().is_empty();
    let mut rows = form
        .counted()
        .filter(|row| row.is_missed() || is_far_over(form, row));
    doubted == 0 || doubted == 1 && rows.all(is_told)
}

/// The points of all indicators, where every one has full marks.
fn full_marks(form: &Form<'_>) -> Option<Decimal> {
    let (total, execution) = (&form.score.total, &form.score.execution);
    let less = |sum: Sum, part: Option<Decimal>| sum.value - part.unwrap_or_default();
    let weight = less(total.weight, execution.weight);
    let filed = less(total.filed, execution.filed);
    let broken = |weight: Sum, filed: Sum| {
        weight.count > 0 && (filed.count == 0 || weight.value != filed.value)
    };
    let some_off = form
        .groups
        .iter()
        .any(|group| broken(group.score.weight, group.score.filed))
        || form
            .counted()
            .any(|row| row.score.filed.is_some() && !row.as_one && is_off(row));
    (weight > Decimal::ZERO && weight == filed && !some_off).then_some(filed)
}

fn is_off(row: &Row<'_>) -> bool {
    row.score.weight.is_some() && !row.has_full_marks()
}

fn named<'f>(form: &'f Form<'f>, wanted: impl Fn(&Row<'f>) -> bool) -> Vec<&'f str> {
    form.counted()
        .filter(|row| wanted(row))
        .map(|row| name_of(row.indicator()))
        .collect()
}

fn is_far_over(form: &Form<'_>, row: &Row<'_>) -> bool {
    let policy = &form.edition.scoring.over_fulfilment;
    match row.score.over {
        Some(Over::Ratio(ratio)) => ratio >= policy.reduce_from,
        Some(Over::BeyondZero(actual)) => actual >= policy.zero_target_from,
        None => false,
    }
}

/// "甲、乙、丙等4项"
fn list(names: &[&str]) -> String {
    if names.len() <= NAMED {
        names.join("、")
    } else {
        format!("{}等{}项", names[..NAMED].join("、"), names.len())
    }
}

/// S16: every score that was earned in full is its weight times its share of the total.
pub(super) fn weighted_twice(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut told = 0;
    let mut example = None;
    let met = form
        .counted()
        .filter(|row| !row.as_one && row.score.verdict == Verdict::Met);
    for row in met {
        let (Some(weight), Some(filed)) = (row.score.weight, row.score.filed) else {
            continue;
        };
        let twice = weight
            .checked_mul(weight)
            .and_then(|square| square.checked_div(form.edition.scoring.total));
        let matches = twice.is_some_and(|twice| (twice - filed).abs() <= TOLERANCE);
        if weight <= Decimal::ZERO || filed >= weight || !matches {
            return;
        }
        told += 1;
        example.get_or_insert((row, weight, filed));
    }
    let Some((row, weight, filed)) = example.filter(|_| told >= FEWEST) else {
        return;
    };
    let lead = format!(
        "得分疑似又乘了一次权重：如{}分值{}，达到目标却得{}（{}×{}÷{}），全部得分合计仅{}",
        name_of(row.indicator()),
        plain(weight),
        plain(filed),
        plain(weight),
        plain(weight),
        plain(form.edition.scoring.total),
        plain(form.score.total.filed.value),
    );
    let hint = "分值已经是权重，达到目标的得满分，不再乘权重";
    sink.push(sink.hit(row.place(IndicatorField::Score), lead, hint));
}
