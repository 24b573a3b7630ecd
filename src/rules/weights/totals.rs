//! The sums of the form: total weight, total score, rating, and scores that were added twice.

use rust_decimal::Decimal;

use crate::{
    model::{
        numeral::plain,
        path::{BlockField, Place, StatedField},
        policy::{NotApplicablePolicy, Severity},
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::{CellChange, Fix, Mend},
        form::{Form, GroupOf},
        sink::Sink,
    },
};

use super::{
    blanks::Missing,
    group_name, has_waived,
    levels::excess_of_sections,
    scores_nothing,
    sums::{Points, TOLERANCE, Tail, judge, parts, tail_remark},
};

/// S01
pub(super) fn weights_off(form: &Form<'_>, sink: &mut Sink<'_>) {
    let execution = u32::from(form.score.execution.weight.is_some());
    let weight = form.score.total.weight;
    let is_blank = weight.count <= execution;
    if scores_nothing(form) || (is_blank && form.phase() == Phase::Results) {
        return;
    }
    let full = form.edition.scoring.total;
    if is_blank {
        let lead = format!("绩效指标没有填写分值，各项合计应为{}", plain(full));
        let place = stated_or_whole(form);
        let hit = sink.hit(place, lead, "照批复的绩效目标填写各项分值");
        sink.push(hit.mend(Mend::Approved));
        return;
    }
    match judge(weight.value, full, || Tail::of_form(form, Points::Weights)) {
        Some(level) => approved_weights_off(form, weight.value, level, sink),
        None => stated_weight_off(form, weight.value, sink),
    }
}

/// The weights do not add up to full marks. Too small a sum may have another cause, which has a rule of its own: weights
/// that are missing (S08, from 自评 on), or the weight of 不适用 indicators. Where the sections' own differences make up the
/// whole of it, S03 names the section.
fn approved_weights_off(form: &Form<'_>, sum: Decimal, level: Severity, sink: &mut Sink<'_>) {
    let full = form.edition.scoring.total;
    let has_own_rule =
        || has_waived(form) || (form.phase() == Phase::Results && Missing::of(form).weight);
    if sum < full && has_own_rule() {
        return;
    }
    let told_by_section = excess_of_sections(form)
        .is_some_and(|excess| (sum.saturating_sub(full) - excess).abs() <= TOLERANCE);
    if told_by_section {
        return;
    }
    let stated = match form.project.stated.total_weight.number() {
        Some(stated) if (stated - sum).abs() > TOLERANCE => {
            format!("，合计栏写{}", plain(stated))
        }
        _ => String::new(),
    };
    let lead = format!(
        "分值合计为{}，应为{}{stated}（{}）{}",
        plain(sum),
        plain(full),
        parts(form, Points::Weights),
        tail_remark(level),
    );
    let place = stated_or_whole(form);
    let hint = "请核对是否漏计预算执行率或抄错分值；分值是随预算批复的，确需调整的按规定办理";
    let hit = sink.hit(place, lead, hint);
    sink.push(hit.level(level).mend(Mend::Approved));
}

fn stated_or_whole(form: &Form<'_>) -> Place {
    match form.edition.totals.weight {
        true => Place::Stated(StatedField::TotalWeight),
        false => Place::Whole,
    }
}

/// The weights add up, but the total row says something else or nothing.
fn stated_weight_off(form: &Form<'_>, sum: Decimal, sink: &mut Sink<'_>) {
    let cell = &form.project.stated.total_weight;
    let right = cell
        .number()
        .is_some_and(|stated| (stated - sum).abs() <= TOLERANCE);
    if right || !form.edition.totals.weight || cell.is_waived() {
        return;
    }
    let (level, lead) = if cell.is_empty() {
        let lead = format!("合计栏没有填写分值，应为{}", plain(sum));
        (Severity::Hint, lead)
    } else {
        let stated = trim(cell.text());
        let lead = format!("合计栏分值写“{stated}”，各项分值合计为{}", plain(sum));
        (Severity::Error, lead)
    };
    let place = Place::Stated(StatedField::TotalWeight);
    let fix = set(form, place.clone(), plain(sum));
    let hit = sink.hit(place, lead, "请更正合计栏的分值");
    sink.push(hit.level(level).fix(Some(fix)));
}

fn set(form: &Form<'_>, place: Place, new: String) -> Fix {
    Fix {
        title: format!("改为 {new}"),
        changes: vec![CellChange {
            at: form.at(place),
            new,
        }],
    }
}

/// S02
pub(super) fn score_off(form: &Form<'_>, sink: &mut Sink<'_>) {
    let cell = &form.project.stated.total_score;
    let sum = form.score.total.filed;
    let execution = u32::from(form.score.execution.filed.is_some());
    if scores_nothing(form) || sum.count <= execution || is_converted(form) {
        return;
    }
    let (level, lead) = match cell.number() {
        Some(stated) => {
            let tail = || Tail::of_form(form, Points::Scores);
            let Some(level) = judge(stated, sum.value, tail) else {
                return;
            };
            let explained = stated > sum.value && Missing::of(form).score;
            if explained || is_double_sum(form, stated) || follows_from_weights(form, stated) {
                return;
            }
            let lead = format!(
                "总分填写{}，各项得分合计为{}（{}）{}",
                plain(stated),
                plain(sum.value),
                parts(form, Points::Scores),
                tail_remark(level),
            );
            (level, lead)
        }
        None if !form.edition.totals.score || Missing::of(form).score => return,
        None if cell.is_empty() || cell.is_waived() => {
            let lead = format!("总分没有填写，各项得分合计为{}", plain(sum.value));
            (Severity::Error, lead)
        }
        None => {
            let stated = trim(cell.text());
            let lead = format!(
                "总分写“{stated}”，不是数字；各项得分合计为{}",
                plain(sum.value)
            );
            (Severity::Error, lead)
        }
    };
    let place = Place::Stated(StatedField::TotalScore);
    // More than full marks is no total: the scores have to be mended first.
    let possible = sum.value <= form.edition.scoring.total;
    let fix = possible.then(|| set(form, place.clone(), plain(sum.value)));
    let hint = "请核对各项得分后更正总分；合并计分的组只计一次";
    sink.push(sink.hit(place, lead, hint).level(level).fix(fix));
}

/// Whether only weights that add up to more than full marks (S01) make the scores add up to more: no total could be right.
fn follows_from_weights(form: &Form<'_>, stated: Decimal) -> bool {
    let total = &form.score.total;
    let full = form.edition.scoring.total;
    stated <= full && total.filed.value > full && total.weight.value >= total.filed.value
}

/// Whether the total is, or should be, converted because something is 不适用 and its weight was not given to others. Where
/// it should be and is not, C15 says so.
fn is_converted(form: &Form<'_>) -> bool {
    let total = &form.score.total;
    let full = form.edition.scoring.total;
    let weight = total.weight.value;
    if weight <= Decimal::ZERO || weight >= full - TOLERANCE || !has_waived(form) {
        return false;
    }
    if form.edition.scoring.not_applicable == NotApplicablePolicy::PerHundred {
        return true;
    }
    let converted = total
        .filed
        .value
        .checked_mul(full)
        .and_then(|points| points.checked_div(weight));
    let stated = form.project.stated.total_score.number();
    converted
        .zip(stated)
        .is_some_and(|(converted, stated)| (converted - stated).abs() <= TOLERANCE)
}

/// Sum of the scores in a group's rows where the group has a score of its own as well.
fn repeated(form: &Form<'_>, group: &GroupOf<'_>) -> Option<Decimal> {
    group.group.score.number()?;
    form.rows_of(group)
        .iter()
        .filter(|row| row.score.counts)
        .filter_map(|row| row.score.filed)
        .reduce(|sum, score| sum + score)
}

/// Whether the stated total adds the scores of rows to those of their groups.
fn is_double_sum(form: &Form<'_>, stated: Decimal) -> bool {
    let again = form
        .groups
        .iter()
        .filter_map(|group| repeated(form, group))
        .reduce(|sum, score| sum + score);
    again.is_some_and(|again| {
        !again.is_zero() && (form.score.total.filed.value + again - stated).abs() <= TOLERANCE
    })
}

/// S12
pub(super) fn counted_twice(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        let Some(rows) = repeated(form, group) else {
            continue;
        };
        let stated = form.project.stated.total_score.number();
        let double = stated.is_some_and(|stated| is_double_sum(form, stated));
        let own = group.score.filed.value;
        let differs = (own - rows).abs() > TOLERANCE;
        let name = group_name(group.group);
        let told = format!(
            "{name}合并单元格得分{}，明细得分合计{}",
            plain(own),
            plain(rows)
        );
        let (level, lead) = match (double, differs) {
            (true, _) => (
                Severity::Error,
                format!("合并计分组与明细重复计分：{told}，总分把两者都算了进去"),
            ),
            (false, true) => (
                Severity::Error,
                format!("合并计分组又填了明细得分，且两者不等：{told}"),
            ),
            (false, false) => (
                Severity::Hint,
                format!("合并计分组又填了明细得分：{told}，总分只计一次"),
            ),
        };
        let right = plain(form.score.total.filed.value);
        let fix = double.then(|| Fix {
            title: format!("总分改为 {right}"),
            ..set(form, Place::Stated(StatedField::TotalScore), right.clone())
        });
        let place = Place::Group(group.group.id, BlockField::Score);
        let hint = "得分填在合并单元格或各行其中一处即可";
        let hit = sink.group_hit(group, place, lead, hint);
        sink.push(hit.level(level).fix(fix));
    }
}

/// S13
pub(super) fn rating_off(form: &Form<'_>, sink: &mut Sink<'_>) {
    let stated = form.project.stated.rating.value();
    let (Some(stated), Some(rating)) = (stated, form.score.total.rating) else {
        return;
    };
    if *stated == rating {
        return;
    }
    let total = &form.score.total;
    let printed = form.project.stated.total_score.number();
    let points = printed.or(total.per_hundred).unwrap_or(total.filed.value);
    let lead = format!(
        "评价等级填写“{}”，总分{}应为“{rating}”",
        trim(form.project.stated.rating.text()),
        plain(points),
    );
    let place = Place::Stated(StatedField::Rating);
    let fix = set(form, place.clone(), rating.to_string());
    let hit = sink.hit(place, lead, "请按总分所在档次更正等级");
    sink.push(hit.fix(Some(fix)));
}
