//! I19: indicators that repeat the budget execution, which the form scores by itself, and costs without a number.

use super::name::core;
use crate::{
    model::{edition::Sense, path::IndicatorField, policy::Severity, typed::trim},
    rules::{
        finding::Mend,
        form::{Form, Row, name_of},
        lexicon,
        sink::{Hit, Sink},
    },
};

const HINT: &str = "成本指标宜写单位成本或总成本的数值，如“≤500元/人”；经批准调整，或下年度改设";

/// I19
pub(super) fn repeats_execution(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let name = core(&row.indicator().name);
        let hit = if lexicon::EXECUTION.ends(name).is_some() {
            let lead = "与预算执行率重复";
            Some(sink.row_hit(
                row,
                IndicatorField::Name,
                lead,
                "预算执行率已单独计分；经批准调整，或下年度改设其他指标",
            ))
        } else if row.sense == Sense::Cost && !name.is_empty() {
            without_number(row, sink)
        } else {
            None
        };
        if let Some(hit) = hit {
            let target = trim(row.indicator().target.text());
            let item = format!("{} {target}", name_of(row.indicator()));
            sink.push(hit.item(item.trim_end()).mend(Mend::Approved));
        }
    }
}

fn without_number(row: &Row<'_>, sink: &Sink<'_>) -> Option<Hit> {
    let in_words = row.aim.is_some_and(|aim| aim.measure.is_qualitative());
    let caption = row.view.group.name();
    // Social and ecological costs are told in words.
    if !in_words || caption.contains("社会") || caption.contains("生态") {
        return None;
    }
    let field = IndicatorField::Target;
    Some(if row.indicator().target.text().contains("预算") {
        let lead = "成本指标没有量化，与预算执行率重复";
        sink.row_hit(row, field, lead, HINT)
    } else {
        sink.row_hit(row, field, "成本指标没有量化", HINT)
            .level(Severity::Hint)
    })
}
