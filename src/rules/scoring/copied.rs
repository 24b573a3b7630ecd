//! Actual values that merely repeat the targets.

use rust_decimal::Decimal;

use crate::{
    model::{path::IndicatorField, typed::trim},
    rules::{
        form::{Form, Row},
        sink::Sink,
    },
};

/// C09
pub(super) fn copied_actuals(form: &Form<'_>, sink: &mut Sink<'_>) {
    let mut rows = 0u32;
    let mut copied = 0u32;
    let mut first: Option<&Row<'_>> = None;
    for row in form.counted() {
        let indicator = row.indicator();
        if row.aim.is_none_or(|aim| aim.qualitative) || indicator.actual.is_empty() {
            continue;
        }
        rows += 1;
        if trim(indicator.target.text()) == trim(indicator.actual.text()) {
            copied += 1;
            first = first.or(Some(row));
        }
    }
    let policy = &form.edition.checks;
    let Some(first) = first.filter(|_| rows >= policy.copied_rows) else {
        return;
    };
    if Decimal::from(copied) / Decimal::from(rows) < policy.copied_share {
        return;
    }
    let lead = format!("{rows}条定量指标中有{copied}条的实际完成值与指标值逐字相同，疑似照抄");
    let hit = sink.hit(
        first.place(IndicatorField::Actual),
        lead,
        "请按台账、报表等核实后填写实际完成值",
    );
    sink.push(hit);
}
