//! Indicators of satisfaction: whether people were asked, and whom.

use super::name::core;
use crate::{
    model::{edition::Sense, path::IndicatorField, policy::Severity, typed::trim},
    rules::{
        facts::Facts,
        finding::Mend,
        form::{Form, Row},
        lexicon,
        sink::Sink,
    },
};

/// Whether a row counts complaints instead of asking people.
fn counts_complaints(row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    let about_complaints =
        indicator.name.contains("投诉") || indicator.actual.text().contains("投诉");
    row.sense == Sense::Satisfaction && about_complaints && !indicator.name.contains("满意")
}

fn satisfaction_rows<'f, 'a>(form: &'f Form<'a>) -> impl Iterator<Item = &'f Row<'a>> {
    form.counted()
        .filter(|row| row.sense == Sense::Satisfaction)
}

/// I14
pub(super) fn without_survey(form: &Form<'_>, sink: &mut Sink<'_>) {
    let told_in_goals = || {
        form.project
            .goals
            .iter()
            .any(|goal| lexicon::SURVEY.is_in(&goal.actual))
            || form
                .project
                .texts
                .values()
                .any(|text| lexicon::SURVEY.is_in(text))
    };
    let filled = |row: &&Row<'_>| !row.indicator().actual.is_empty();
    for row in satisfaction_rows(form)
        .filter(|row| !counts_complaints(row))
        .filter(filled)
    {
        let may_be_told = form.facts.has(Facts::SURVEY);
        if !(is_surveyed(form, row) || may_be_told && told_in_goals()) {
            let hit = sink.row_hit(
                row,
                IndicatorField::Deviation,
                "满意度没有说明调查方式和样本",
                "在完成情况或说明中写明调查方式、发放和收回份数，并登记佐证材料",
            );
            sink.push(hit.item(trim(&row.indicator().name)));
        }
    }
}

fn is_surveyed(form: &Form<'_>, row: &Row<'_>) -> bool {
    let indicator = row.indicator();
    let told = |text: &str| lexicon::SURVEY.is_in(text);
    let told_in_row = || {
        told(&indicator.name)
            || told(indicator.actual.text())
            || told(&indicator.deviation)
            || indicator.extra.values().any(|text| told(text))
    };
    row.facts.has(Facts::SURVEY) && told_in_row()
        || states_sample(indicator.actual.text())
        || row.spanning_reasons().any(told)
        || form
            .project
            .evidence
            .iter()
            .any(|evidence| evidence.indicator == Some(indicator.id) && told(&evidence.title))
}

/// Whether it says how many were asked: "96%（走访48户）".
fn states_sample(text: &str) -> bool {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .into_iter()
        .any(|(first, next)| first.is_ascii_digit() && "人户份条名位家".contains(next))
}

/// I15
pub(super) fn complaints_instead(form: &Form<'_>, sink: &mut Sink<'_>) {
    let real = satisfaction_rows(form).any(|row| !counts_complaints(row));
    for row in satisfaction_rows(form).filter(|row| counts_complaints(row)) {
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "以投诉情况衡量满意度",
            "满意度宜通过问卷、回访等调查得出，下年度改设调查类指标",
        );
        let level = if real {
            Severity::Hint
        } else {
            Severity::Warning
        };
        sink.push(
            hit.item(trim(&row.indicator().name))
                .level(level)
                .mend(Mend::Approved),
        );
    }
}

/// I21
pub(super) fn only_own_people(form: &Form<'_>, sink: &mut Sink<'_>) {
    let is_own = |row: &&Row<'_>| lexicon::OWN_PEOPLE.is_in(core(&row.indicator().name));
    if satisfaction_rows(form).any(|row| !is_own(&row) && !counts_complaints(row)) {
        return;
    }
    for row in satisfaction_rows(form).filter(is_own) {
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            "满意度只调查本单位人员",
            "项目另有服务对象的，下年度改为调查服务对象或受益群众",
        );
        let hit = hit.item(trim(&row.indicator().name));
        sink.push(hit.mend(Mend::Approved));
    }
}
