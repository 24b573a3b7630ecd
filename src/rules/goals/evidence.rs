//! Indicators without 佐证材料 where others have some: G09.

use std::collections::BTreeSet;

use crate::{
    model::path::IndicatorField,
    rules::{
        form::{Form, name_of},
        sink::Sink,
    },
};

/// G09
pub fn missing(form: &Form<'_>, sink: &mut Sink<'_>) {
    let proved: BTreeSet<_> = form
        .project
        .evidence
        .iter()
        .filter_map(|evidence| evidence.indicator)
        .collect();
    // Most units keep their evidence in folders; only who registers it here by indicator means the register to be whole.
    if proved.is_empty() {
        return;
    }
    for row in form.counted() {
        let indicator = row.indicator();
        if indicator.actual.is_empty() || proved.contains(&indicator.id) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "没有登记佐证材料",
            "登记能证明完成情况的材料（合同、验收单、签到表、问卷等）",
        );
        sink.push(hit.item(name_of(indicator)));
    }
}
