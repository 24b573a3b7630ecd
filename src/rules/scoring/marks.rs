//! A row's score against what its target and actual value say.

use rust_decimal::Decimal;

use super::{
    TOLERANCE, deducted, group_deducted, group_name, has_full_marks, is_by_its_own_terms, name_of,
    score_fix, shown, values_of,
};
use crate::{
    model::{
        measure::{Quantity, Tier},
        numeral::plain,
        path::{BlockField, GoalField, IndicatorField, Place},
        policy::{Mode, Rounding, Severity},
        project::Goal,
        typed::Reading,
    },
    rules::{
        form::{Form, GroupOf, Row},
        sink::{Hit, Sink},
    },
    score::{Share, Verdict, Why},
};

/// Differences up to this many points are a warning only.
const SMALL: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// C01
pub(super) fn full_marks_for_missed_target(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let Some(filed) = row.score.filed else {
            continue;
        };
        let words = row.aim.is_none_or(|aim| aim.qualitative);
        let rounds_to_full = row.score.computed == Some(filed);
        if !row.is_missed()
            || !row.has_full_marks()
            || words
            || rounds_to_full
            || filed <= Decimal::ZERO
        {
            continue;
        }
        let computed = row.score.computed.map_or_else(String::new, |score| {
            format!("，测算为{}分", shown(score, form))
        });
        let indicator = row.indicator();
        let item = format!(
            "{} {}，得{}分{computed}",
            name_of(indicator),
            values_of(indicator),
            plain(filed)
        );
        let hit = sink
            .row_hit(
                row,
                IndicatorField::Score,
                "未达目标却得满分",
                "请按实际完成情况改得分，并说明偏差原因和改进措施",
            )
            .item(item)
            .fix(row_fix(row, form));
        sink.push(hit);
    }
}

/// C02
pub(super) fn off_formula(form: &Form<'_>, sink: &mut Sink<'_>) {
    off(form, sink, "得分与完成情况不符", |row| {
        !is_reverse(row)
    });
}

/// C03
pub(super) fn off_reverse_formula(form: &Form<'_>, sink: &mut Sink<'_>) {
    off(form, sink, "反向指标得分有误", is_reverse);
}

fn is_reverse(row: &Row<'_>) -> bool {
    row.score
        .comparator
        .is_some_and(|comparator| comparator.is_upper_bound())
}

fn off(form: &Form<'_>, sink: &mut Sink<'_>, lead: &'static str, wanted: fn(&Row<'_>) -> bool) {
    for row in form.counted() {
        let Some((expected, filed)) = contradiction(row) else {
            continue;
        };
        if !wanted(row) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Score,
            lead,
            "请核对实际完成值，按公式改得分",
        );
        sink.push(with_scores(hit, form, row, expected, filed));
    }
}

/// The computed and the filed score of a missed target, where they disagree.
fn contradiction(row: &Row<'_>) -> Option<(Decimal, Decimal)> {
    let (expected, filed) = (row.score.computed?, row.score.filed?);
    let judged = row.is_missed() || is_by_its_own_terms(row);
    (judged && (expected - filed).abs() > TOLERANCE).then_some((expected, filed))
}

/// A small difference is a warning, and so is a score given by hand or taken lower with a reason.
fn level_of(row: &Row<'_>, form: &Form<'_>, expected: Decimal, filed: Decimal) -> Severity {
    let by_hand = form.edition.scoring.quantitative == Mode::Manual;
    let small = (expected - filed).abs() <= SMALL;
    if by_hand || small || (filed < expected && !row.reason().is_empty()) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

fn off_item(row: &Row<'_>, form: &Form<'_>, expected: Decimal, filed: Decimal) -> String {
    let indicator = row.indicator();
    let method = match indicator.method() {
        Reading::Value(method) => format!("按计分办法“{method}”"),
        _ => String::new(),
    };
    format!(
        "{} {}，{method}应为{}分，填写{}分",
        name_of(indicator),
        values_of(indicator),
        shown(expected, form),
        plain(filed)
    )
}

fn row_fix(row: &Row<'_>, form: &Form<'_>) -> Option<crate::rules::finding::Fix> {
    let score = row.score.computed?;
    Some(score_fix(row.place(IndicatorField::Score), score, form))
}

/// C18
pub(super) fn negative_actual(form: &Form<'_>, sink: &mut Sink<'_>) {
    below_nothing(
        form,
        sink,
        "实际值为负数，应按0计分",
        |target, actual| target > Decimal::ZERO && actual < Decimal::ZERO,
    );
}

/// C19
pub(super) fn beyond_zero_target(form: &Form<'_>, sink: &mut Sink<'_>) {
    below_nothing(
        form,
        sink,
        "指标值为0，超出后应为0分",
        |target, actual| target.is_zero() && actual > Decimal::ZERO,
    );
}

/// Rows worth 0 by their very numbers that were given points nevertheless.
fn below_nothing(
    form: &Form<'_>,
    sink: &mut Sink<'_>,
    lead: &'static str,
    applies: fn(Decimal, Decimal) -> bool,
) {
    for row in form.counted() {
        let Some((expected, filed)) = contradiction(row) else {
            continue;
        };
        let numbers = row.aim.and_then(|aim| aim.measure.number()).zip(
            row.indicator()
                .actual
                .value()
                .and_then(|actual| actual.number()),
        );
        let worthless = expected.is_zero() && filed > Decimal::ZERO;
        if !worthless || !numbers.is_some_and(|(target, actual)| applies(target, actual)) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Score,
            lead,
            "请核对实际完成值；无误时得分改为0",
        );
        sink.push(with_scores(hit, form, row, expected, filed));
    }
}

/// Tells of a filed score that is not the expected one, and offers to set it.
fn with_scores(hit: Hit, form: &Form<'_>, row: &Row<'_>, expected: Decimal, filed: Decimal) -> Hit {
    hit.level(level_of(row, form, expected, filed))
        .item(off_item(row, form, expected, filed))
        .fix(row_fix(row, form))
}

/// C04
pub(super) fn deducted_though_met(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let met = row.score.verdict == Verdict::Met;
        let owed = met && row.reason().is_empty() && !is_by_its_own_terms(row);
        let Some(points) = deducted(row).filter(|_| owed) else {
            continue;
        };
        let indicator = row.indicator();
        let filed = row.score.filed.unwrap_or_default();
        let item = format!(
            "{} {}，得{}分，扣{}分",
            name_of(indicator),
            values_of(indicator),
            plain(filed),
            plain(points)
        );
        let hit = sink.row_hit(row, IndicatorField::Score, DEDUCTED, DEDUCTED_HINT);
        sink.push(hit.item(item));
    }
    for group in &form.groups {
        deducted_group(form, group, sink);
    }
    for goal in form.project.goals.iter() {
        deducted_goal(form, goal, sink);
    }
}

const DEDUCTED: &str = "已达目标却未得满分，且无说明";
const DEDUCTED_HINT: &str = "请改得分，或在偏差原因栏说明为什么扣分";

fn deducted_group(form: &Form<'_>, group: &GroupOf<'_>, sink: &mut Sink<'_>) {
    let Some(points) = group_deducted(group) else {
        return;
    };
    if !super::reasons::all_met(form, group) || super::reasons::group_is_explained(form, group) {
        return;
    }
    let place = Place::Group(group.group.id, BlockField::Score);
    let lead = format!(
        "{}各项指标均达标，得{}分，扣{}分，且无说明",
        group_name(group.group),
        plain(group.score.filed.value),
        plain(points)
    );
    let hit = sink.group_hit(group, place, lead, DEDUCTED_HINT);
    sink.push(hit);
}

/// A goal block whose rows have scores but no weights: all targets met, and yet points are missing from the block's own
/// weight.
fn deducted_goal(form: &Form<'_>, goal: &Goal, sink: &mut Sink<'_>) {
    let Some(weight) = goal.weight.number() else {
        return;
    };
    let rows: Vec<&Row<'_>> = form
        .counted()
        .filter(|row| std::ptr::eq(row.view.goal, goal))
        .collect();
    let unweighted = |row: &&Row<'_>| {
        !row.as_one && row.score.weight.is_none() && row.score.verdict == Verdict::Met
    };
    let explained = !goal.reasons.is_empty() || rows.iter().any(|row| !row.reason().is_empty());
    if explained || !rows.iter().all(unweighted) {
        return;
    }
    let Some(filed) = rows
        .iter()
        .map(|row| row.score.filed)
        .sum::<Option<Decimal>>()
    else {
        return;
    };
    let gap = weight - filed;
    if rows.is_empty() || gap <= TOLERANCE {
        return;
    }
    let message = |who: &str| {
        format!(
            "已达目标却未得满分，且无说明：{who}（目标分值{}，各项得分合计{}）",
            plain(weight),
            plain(filed)
        )
    };
    let hit = match taken_by_rate(&rows, gap) {
        Some((row, full)) => {
            let indicator = row.indicator();
            let who = format!(
                "{} {}，得{}分，似为按完成率折算，达标应得{}分",
                name_of(indicator),
                values_of(indicator),
                plain(full - gap),
                plain(full)
            );
            sink.hit(
                row.place(IndicatorField::Score),
                message(&who),
                DEDUCTED_HINT,
            )
        }
        None => {
            let who = format!("各项指标均达标，仍少{}分", plain(gap));
            let place = Place::Goal(goal.id, GoalField::Weight);
            sink.hit(place, message(&who), DEDUCTED_HINT)
        }
    };
    sink.push(hit);
}

/// The only row whose score is its full marks times its percentage, and these full marks.
fn taken_by_rate<'r, 'a>(rows: &[&'r Row<'a>], gap: Decimal) -> Option<(&'r Row<'a>, Decimal)> {
    let mut found = rows.iter().filter_map(|row| {
        let percent = row
            .indicator()
            .actual
            .value()
            .filter(|actual| actual.is_percent())?;
        let filed = row.score.filed?;
        let full = filed + gap;
        let by_rate = full.checked_mul(percent.number()?)? / Decimal::ONE_HUNDRED;
        ((by_rate - filed).abs() <= TOLERANCE).then_some((*row, full))
    });
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// C21
pub(super) fn incomparable_at_full_marks(form: &Form<'_>, sink: &mut Sink<'_>) {
    for group in &form.groups {
        for row in form.rows_of(group) {
            let incomparable = row.score.verdict == Verdict::Open(Why::DifferentKinds);
            let numeric = row.aim.is_some_and(|aim| {
                !aim.qualitative
                    && matches!(
                        aim.measure.quantity,
                        Quantity::Number { .. } | Quantity::Range { .. }
                    )
            });
            if !incomparable || !numeric || !row.score.counts || !has_full_marks(row, group) {
                continue;
            }
            let indicator = row.indicator();
            let item = format!("{} {}", name_of(indicator), values_of(indicator));
            let hit = sink.row_hit(
                row,
                IndicatorField::Actual,
                "实际完成值无法与指标值比较，得分无从核对",
                "请在实际完成值写明与指标值同单位的数字，其余说明写入偏差原因栏",
            );
            sink.push(hit.item(item));
        }
    }
}

/// C05
pub(super) fn outside_tier(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let (Some(Share::Band { tier, low, high }), Some(weight), Some(filed)) =
            (row.score.share, row.score.weight, row.score.filed)
        else {
            continue;
        };
        let (Some(low), Some(high)) = (low.checked_mul(weight), high.checked_mul(weight)) else {
            continue;
        };
        // The bounds are rounded half up to two decimals, whatever the edition keeps of scores.
        let bound = Rounding::default();
        let (low, high) = (bound.apply(low), bound.apply(high));
        // The best tier has no upper end of its own: a score above the weight is another rule's business.
        let best = tier == Tier::Reached;
        if filed >= low && (best || filed < high) {
            continue;
        }
        let excluded = if best { "" } else { "（不含）" };
        let item = format!(
            "{} 档次为“{tier}”，应在{}至{}{excluded}分，填写{}分",
            name_of(row.indicator()),
            plain(low),
            plain(high),
            plain(filed)
        );
        let hit = sink.row_hit(
            row,
            IndicatorField::Score,
            "定性得分不在所选档次区间",
            "请在区间内打分，或改选完成档次",
        );
        sink.push(hit.item(item));
    }
}
