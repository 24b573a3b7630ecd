//! Groups whose weight and score stand in one cell.

use super::{TOLERANCE, group_has_full_marks, group_name, name_of, score_fix, shown, values_of};
use crate::{
    model::{
        numeral::plain,
        path::{BlockField, Place},
        policy::GroupMembers,
    },
    rules::{
        form::{Form, GroupOf, Row},
        sink::Sink,
    },
};

/// C16
pub(super) fn full_marks_beside_missed(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        if !contradicts_itself(form, group) {
            continue;
        }
        let missed: Vec<String> = missed(form, group)
            .map(|row| {
                let indicator = row.indicator();
                format!("{}{}", name_of(indicator), values_of(indicator))
            })
            .collect();
        let computed = group.score.computed.map_or_else(String::new, |score| {
            format!("；按{}测算为{}分", convention(form), shown(score, form))
        });
        let lead = format!(
            "{}得满分{}分，但{}未达标{computed}",
            group_name(group.group),
            plain(group.score.filed.value),
            missed.join("，")
        );
        let place = Place::Group(group.group.id, BlockField::Score);
        let fix = group
            .score
            .computed
            .filter(|_| group.group.score.number().is_some())
            .map(|score| score_fix(place.clone(), score, form));
        let hint = "请按未达标的程度改该组得分，并在偏差原因栏写明是哪个指标";
        let hit = sink.group_hit(group, place, lead, hint).fix(fix);
        sink.push(hit);
    }
}

/// C17
pub(super) fn differs_from_computed(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        let score = group.score;
        let Some(computed) = score
            .computed
            .filter(|_| score.as_one && score.filed.count > 0)
        else {
            continue;
        };
        let filed = score.filed.value;
        if (computed - filed).abs() <= TOLERANCE || filed > score.weight.value {
            continue;
        }
        let lead = format!(
            "{}填写得分{}分，按{}测算为{}分",
            group_name(group.group),
            plain(filed),
            convention(form),
            shown(computed, form)
        );
        let place = Place::Group(group.group.id, BlockField::Score);
        let hint = "组内如何分摊是约定；与本单位的算法一致时不用改";
        let hit = sink.group_hit(group, place, lead, hint);
        sink.push(hit);
    }
}

/// Whether the group is at full marks although a member is missed by more than rounding hides.
fn contradicts_itself(form: &Form<'_>, group: &GroupOf<'_>) -> bool {
    group_has_full_marks(group)
        && group.score.computed != Some(group.score.weight.value)
        && missed(form, group).next().is_some()
}

fn missed<'f, 'a>(
    form: &'f Form<'a>,
    group: &GroupOf<'_>,
) -> impl Iterator<Item = &'f Row<'a>> + use<'f, 'a> {
    form.rows_of(group)
        .iter()
        .filter(|row| row.score.counts && row.is_missed())
}

fn convention(form: &Form<'_>) -> &'static str {
    match form.edition.scoring.group_members {
        GroupMembers::Equal => "组内均分",
        GroupMembers::Weighted => "组内权重",
    }
}
