//! 偏差原因分析及改进措施: where a reason is owed, and to which rows a shared one belongs.

use super::{deducted, group_deducted, group_name, name_of, over_fulfilment::wants_reason};
use crate::{
    model::{
        edition::IndicatorRole,
        indicator::SharedReason,
        numeral::plain,
        path::{BlockField, IndicatorField, Place},
        project::Goal,
        typed::trim,
    },
    rules::{
        form::{Form, GroupOf, Row},
        sink::{Extent, Sink},
    },
    score::Verdict,
};

/// Whether the text of a shared reason says anything.
fn says_something(text: &str) -> bool {
    !text
        .chars()
        .all(|c| matches!(c, '—' | '-' | '－' | '/' | '无'))
}

/// Whether the reason is the row's own and not a shared one.
pub(super) fn is_own(row: &Row<'_>, reason: &str) -> bool {
    trim(&row.indicator().deviation) == reason
}

/// Whether a shared reason names the row's indicator.
pub(super) fn names(text: &str, row: &Row<'_>) -> bool {
    let name = trim(&row.indicator().name);
    !name.is_empty() && text.contains(name)
}

/// The judged rows that a shared reason spans.
pub(super) fn spanned<'f, 'a>(
    form: &'f Form<'a>,
    goal: &'f Goal,
    reason: &'f SharedReason,
) -> impl Iterator<Item = &'f Row<'a>> {
    form.counted()
        .filter(move |row| std::ptr::eq(row.view.goal, goal) && row.is_spanned_by(reason))
}

pub(super) fn group_of<'f, 'a>(form: &'f Form<'a>, row: &Row<'_>) -> Option<&'f GroupOf<'a>> {
    form.groups
        .iter()
        .find(|group| group.group.id == row.view.group.id)
}

/// What lies within the cell of a shared reason: its group or section, else the section of its rows.
pub(super) fn extent_of(reason: &SharedReason, first: &Row<'_>) -> Extent {
    Extent {
        section: Some(first.view.section.id),
        group: reason.group,
        ..Extent::default()
    }
}

/// Whether any reason is written for the group: in its rows or in a cell that spans any of them.
pub(super) fn group_is_explained(form: &Form<'_>, group: &GroupOf<'_>) -> bool {
    form.rows_of(group)
        .iter()
        .any(|row| !row.reason().is_empty() || row.spanning_reasons().any(says_something))
}

/// Whether every judged member of the group reached its target.
pub(super) fn all_met(form: &Form<'_>, group: &GroupOf<'_>) -> bool {
    form.rows_of(group)
        .iter()
        .all(|row| matches!(row.score.verdict, Verdict::Met | Verdict::NotJudged))
}

/// C06. A form without a column for reasons has no place for one.
pub(super) fn deducted_without_reason(form: &Form<'_>, sink: &mut Sink<'_>) {
    if !form.edition.has_column(IndicatorRole::Deviation) {
        return;
    }
    const HINT: &str = "请写明扣分的原因和改进措施";
    for row in form.counted() {
        let judged_met = row.score.verdict == Verdict::Met;
        let Some(points) = deducted(row).filter(|_| !judged_met && row.reason().is_empty()) else {
            continue;
        };
        if lies_under_nameless_reason(form, row) {
            continue;
        }
        let item = format!(
            "{} 得{}分，扣{}分",
            name_of(row.indicator()),
            plain(row.score.filed.unwrap_or_default()),
            plain(points)
        );
        let lead = "扣分但未填写偏差原因及改进措施";
        let hit = sink.row_hit(row, IndicatorField::Deviation, lead, HINT);
        sink.push(hit.item(item));
    }
    for group in &form.groups {
        let Some(points) = group_deducted(group) else {
            continue;
        };
        if all_met(form, group) || group_is_explained(form, group) {
            continue;
        }
        let lead = format!(
            "扣分但未填写偏差原因及改进措施：{}得{}分，扣{}分",
            group_name(group.group),
            plain(group.score.filed.value),
            plain(points)
        );
        let place = Place::Group(group.group.id, BlockField::Score);
        let hit = sink.group_hit(group, place, lead, HINT);
        sink.push(hit);
    }
}

/// Whether a shared reason spans the row that names no indicator at all: that reason is what has to be mended.
fn lies_under_nameless_reason(form: &Form<'_>, row: &Row<'_>) -> bool {
    row.spanning_reasons()
        .filter(|text| says_something(text))
        .any(|text| !form.rows.iter().any(|other| names(text, other)))
}

/// C13
pub(super) fn shared_names_nothing(form: &Form<'_>, sink: &mut Sink<'_>) {
    let policy = &form.edition.scoring.over_fulfilment;
    for goal in form.project.goals.iter() {
        for reason in goal.reasons.iter() {
            let text = trim(&reason.text);
            let rows: Vec<&Row<'_>> = spanned(form, goal, reason).collect();
            let (Some(first), true) = (rows.first(), says_something(text)) else {
                continue;
            };
            if rows.len() < 2 || rows.iter().any(|row| names(text, row)) {
                continue;
            }
            let deviates = |row: &&&Row<'_>| {
                row.is_missed() || deducted(row).is_some() || wants_reason(row, policy)
            };
            let owed: Vec<&str> = rows
                .iter()
                .filter(deviates)
                .map(|row| name_of(row.indicator()))
                .collect();
            let group_owes = |row: &&Row<'_>| {
                group_of(form, row).is_some_and(|group| group_deducted(group).is_some())
            };
            if owed.is_empty() && !rows.iter().any(group_owes) {
                continue;
            }
            let needing = if owed.is_empty() {
                String::new()
            } else {
                format!("；需要说明的有：{}", owed.join("、"))
            };
            let lead = format!(
                "合并的偏差说明跨{}行，却没有提到任何三级指标{needing}",
                rows.len()
            );
            let hint = "请在说明中写出对应的三级指标名称";
            let mut hit = sink.hit(Place::Reason(reason.id), lead, hint);
            hit.extent = extent_of(reason, first);
            sink.push(hit);
        }
    }
}
