//! Actual values far beyond their targets.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{has_full_marks, name_of};
use crate::{
    model::{
        edition::IndicatorRole, numeral::plain, path::IndicatorField, policy::OverFulfilment,
        policy::Severity, typed::trim,
    },
    rules::{
        form::{Form, Row},
        sink::Sink,
    },
    score::Over,
};

/// Whether the row's actual value lies so far beyond the target that a reason is expected.
pub(super) fn wants_reason(row: &Row<'_>, policy: &OverFulfilment) -> bool {
    match row.score.over {
        Some(Over::Ratio(ratio)) => ratio >= policy.explain_from,
        Some(Over::BeyondZero(actual)) => actual >= policy.zero_target_from,
        None => false,
    }
}

/// C07. A form without a column for reasons has no place for one.
pub(super) fn unexplained(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Deviation) {
        return;
    }
    let policy = &form.edition.scoring.over_fulfilment;
    for row in form.counted() {
        let Some(over) = row.score.over else {
            continue;
        };
        if !wants_reason(row, policy) || !row.reason().is_empty() {
            continue;
        }
        let level = match (over, policy.require_from) {
            (Over::Ratio(ratio), Some(from)) if ratio >= from => Severity::Error,
            (Over::BeyondZero(_), Some(_)) => Severity::Error,
            _ => Severity::Warning,
        };
        let hit = sink.row_hit(
            row,
            IndicatorField::Deviation,
            "超额完成较多，未说明原因",
            "请说明超额的原因；指标值定得偏低的，可适当调减得分",
        );
        sink.push(hit.level(level).item(beyond(row, over)));
    }
}

/// C08. A form without scores gives no marks.
pub(super) fn far_beyond_at_full_marks(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Score) {
        return;
    }
    let policy = &form.edition.scoring.over_fulfilment;
    for group in &form.groups {
        for row in form.rows_of(group) {
            let Some(over @ Over::Ratio(ratio)) = row.score.over else {
                continue;
            };
            if !row.score.counts || ratio < policy.reduce_from || !has_full_marks(row, group) {
                continue;
            }
            if admits_low_target(row.reason()) {
                continue;
            }
            let hit = sink.row_hit(
                row,
                IndicatorField::Score,
                "超额一倍以上仍得满分",
                "建议适当调减得分，或说明指标值偏低、下年如何调整",
            );
            sink.push(hit.item(beyond(row, over)));
        }
    }
}

/// Whether a reason already owns that the target was set too low.
fn admits_low_target(reason: &str) -> bool {
    [
        "偏低",
        "过低",
        "较低",
        "保守",
        "核减",
        "调减",
        "调高",
        "调整",
        "合理设",
        "合理确定",
    ]
    .iter()
    .any(|word| reason.contains(word))
}

/// "参加招才引智活动 2场→10场（+400%）".
fn beyond(row: &Row<'_>, over: Over) -> String {
    let indicator = row.indicator();
    let values = format!(
        "{} {}→{}",
        name_of(indicator),
        trim(indicator.target.text()),
        trim(indicator.actual.text())
    );
    match over {
        Over::Ratio(ratio) => format!("{values}（+{}%）", percent_beyond(ratio)),
        Over::BeyondZero(_) => values,
    }
}

/// How many percent the target was passed by, half up to one decimal.
fn percent_beyond(ratio: Decimal) -> String {
    let beyond = (ratio - Decimal::ONE).checked_mul(Decimal::ONE_HUNDRED);
    let rounded = beyond
        .map(|beyond| beyond.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero));
    plain(rounded.unwrap_or(Decimal::MAX))
}
