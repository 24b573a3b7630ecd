//! Reasons and measures as written, and those that are missing.

use super::{
    chapters::further_texts,
    indicators::{actual, target},
    told::Told,
    writing::Pages,
};
use crate::{
    model::{markup::visible_text, typed::trim},
    rules::form::{Row, name_of},
    sheet::word::document::Run,
};

/// Whether a further text of the form with this caption is about problems, reasons or measures.
pub(super) fn is_about_reasons(caption: &str) -> bool {
    ["问题", "原因", "改进", "措施"]
        .iter()
        .any(|word| caption.contains(word))
}

/// What is told of deviations: missed targets with their reasons, then all other reasons that are written in the form.
pub(super) fn write(pages: &mut Pages, one: &Told) {
    let form = one.form();
    let mut quoted: Vec<&str> = Vec::new();
    let missed: Vec<&Row> = form.counted().filter(|row| row.is_missed()).collect();
    for row in &missed {
        let name = name_of(row.indicator());
        let told = format!(
            "“{name}”指标值 {}，实际完成值 {}，没有达到指标值。",
            target(row.indicator()),
            actual(row.indicator())
        );
        match row.reason() {
            "" => pages.runs(vec![
                Run::of(format!("{told}尚未填写原因。")),
                Run::open(&format!("“{name}”没有达到指标值的原因和改进措施")),
            ]),
            reason if quoted.contains(&reason) => pages.text(format!("{told}原因同上。")),
            reason => {
                pages.quoted(&format!("{told}原因：{}", visible_text(reason)));
                quoted.push(reason);
            }
        }
    }
    let others = others(one, &form.rows, &quoted);
    for (whose, reason) in &others {
        pages.quoted(&format!("{whose}：{}", visible_text(reason)));
    }
    let judged = form.counted().count();
    if missed.is_empty() && others.is_empty() && judged > 0 {
        pages.open("有无偏离绩效目标的情况及原因；自评表中没有填写偏差原因");
    }
    further_texts(pages, one, is_about_reasons);
}

/// Reasons that stand in the form beside rows that did not miss their target, and shared ones, each once.
fn others<'a>(one: &Told<'a>, rows: &[Row<'a>], quoted: &[&str]) -> Vec<(String, &'a str)> {
    let mut others: Vec<(String, &'a str)> = Vec::new();
    for row in rows {
        let reason = trim(&row.view.indicator.deviation);
        let says_something = reason
            .chars()
            .any(|c| !matches!(c, '—' | '-' | '－' | '/' | '无'));
        if says_something && !quoted.contains(&reason) {
            others.push((format!("“{}”", name_of(row.indicator())), reason));
        }
    }
    for goal in one.project.goals.iter() {
        for shared in goal.reasons.iter() {
            let reason = trim(&shared.text);
            if reason.is_empty() || quoted.contains(&reason) {
                continue;
            }
            let section = goal
                .sections
                .iter()
                .find(|section| Some(section.id) == shared.section);
            let groups = goal
                .sections
                .iter()
                .flat_map(|section| section.groups.iter());
            let group = groups.clone().find(|group| Some(group.id) == shared.group);
            let whose = match (section, group) {
                (_, Some(group)) => group.name().to_owned(),
                (Some(section), None) => section.name().to_owned(),
                (None, None) => {
                    let rows = groups.flat_map(|group| group.indicators.iter());
                    let names: Vec<&str> = rows
                        .filter(|row| shared.rows.contains(&row.id))
                        .map(|row| name_of(row))
                        .collect();
                    format!("“{}”", names.join("”“"))
                }
            };
            others.push((whose, reason));
        }
    }
    others
}
