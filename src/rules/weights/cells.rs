//! Single weights and scores, in rows and in cells of whole groups.

use rust_decimal::Decimal;

use crate::{
    model::{
        numeral::plain,
        path::{BlockField, IndicatorField, Place, StatedField},
    },
    rules::{
        finding::Mend,
        form::{Form, Row},
        sink::Sink,
    },
};

use super::{group_name, name_of, scores_nothing};

/// The most decimals a weight should have; scores keep no more.
const MOST_DECIMALS: u32 = 2;

/// S06
pub(super) fn above_weight(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "得分大于分值";
    const HINT: &str = "得分不得超过分值，请核对后改得分";
    if out_of_line(form, sink) {
        return;
    }
    for row in form.counted() {
        if let (Some(weight), Some(filed)) = (row.score.weight, row.score.filed)
            && filed > weight
        {
            let item = excess(name_of(row.indicator()), weight, filed);
            let hit = sink.row_hit(row, IndicatorField::Score, LEAD, HINT);
            sink.push(hit.item(item));
        }
    }
    for group in form.groups.iter().filter(|group| group.score.as_one) {
        let (weight, filed) = (group.score.weight, group.score.filed);
        if weight.count > 0 && filed.count > 0 && filed.value > weight.value {
            let place = Place::Group(group.group.id, BlockField::Score);
            let item = excess(group_name(group.group), weight.value, filed.value);
            let hit = sink.group_hit(group, place, LEAD, HINT);
            sink.push(hit.item(item));
        }
    }
}

/// Rows whose scores are the weights of one another: the scores or the weights stand some rows off.
fn out_of_line(form: &Form<'_>, sink: &mut Sink<'_>) -> bool {
    let points = |row: &Row<'_>| row.score.weight.zip(row.score.filed);
    let own = || form.counted().filter(|row| !row.as_one);
    let above = |row: &&Row<'_>| points(row).is_some_and(|(weight, filed)| filed > weight);
    let Some((first, (weight, filed))) =
        own().find(above).and_then(|row| Some(row).zip(points(row)))
    else {
        return false;
    };
    let off = own()
        .filter_map(points)
        .filter(|(weight, filed)| weight != filed);
    let (mut weights, mut scores): (Vec<Decimal>, Vec<Decimal>) = off.unzip();
    weights.sort_unstable();
    scores.sort_unstable();
    if weights != scores {
        return false;
    }
    let lead = format!(
        "{}行的得分与分值疑似错行：{}",
        weights.len(),
        excess(name_of(first.indicator()), weight, filed)
    );
    let hint = "这几行的得分正好是别行的分值，请逐行核对分值和得分";
    let hit = sink.hit(first.place(IndicatorField::Score), lead, hint);
    sink.push(hit);
    true
}

fn excess(name: &str, weight: Decimal, filed: Decimal) -> String {
    format!("{name} 分值{}，得分{}", plain(weight), plain(filed))
}

/// S07
pub(super) fn negative(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "得分为负数";
    const HINT: &str = "得分最低为0分，请核对后改得分";
    let below = |number: Option<Decimal>| number.filter(|number| *number < Decimal::ZERO);
    for row in form.counted() {
        if let Some(filed) = below(row.score.filed) {
            let item = format!("{} 得分{}", name_of(row.indicator()), plain(filed));
            let hit = sink.row_hit(row, IndicatorField::Score, LEAD, HINT);
            sink.push(hit.item(item));
        }
    }
    for group in &form.groups {
        if let Some(filed) = below(group.group.score.number()) {
            let place = Place::Group(group.group.id, BlockField::Score);
            let item = format!("{} 得分{}", group_name(group.group), plain(filed));
            sink.push(sink.group_hit(group, place, LEAD, HINT).item(item));
        }
    }
    if let Some(total) = below(form.project.stated.total_score.number()) {
        let place = Place::Stated(StatedField::TotalScore);
        let item = format!("总分{}", plain(total));
        sink.push(sink.hit(place, LEAD, HINT).item(item));
    }
}

/// The weights that stand in judged rows of their own.
fn leaf_weights<'f>(form: &'f Form<'f>) -> impl Iterator<Item = (&'f Row<'f>, Decimal)> {
    form.counted()
        .filter(|row| !row.as_one)
        .filter_map(|row| row.score.weight.map(|weight| (row, weight)))
}

/// S09
pub(super) fn without_weight(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "计分指标的分值不大于0";
    const HINT: &str = "考核的指标应有分值，不考核的写明“不适用”；分值是随预算批复的，请按规定调整";
    if scores_nothing(form) {
        return;
    }
    for (row, weight) in leaf_weights(form).filter(|(_, weight)| *weight <= Decimal::ZERO) {
        let item = format!("{} 分值{}", name_of(row.indicator()), plain(weight));
        let hit = sink.row_hit(row, IndicatorField::Weight, LEAD, HINT);
        sink.push(hit.item(item).mend(Mend::Approved));
    }
    for group in form.groups.iter().filter(|group| group.score.applicable) {
        let weight = group.group.weight.number();
        if let Some(weight) = weight.filter(|weight| *weight <= Decimal::ZERO) {
            let place = Place::Group(group.group.id, BlockField::Weight);
            let item = format!("{} 分值{}", group_name(group.group), plain(weight));
            let hit = sink.group_hit(group, place, LEAD, HINT);
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}

/// S10
pub(super) fn too_heavy(form: &Form<'_>, sink: &mut Sink<'_>) {
    let checks = &form.edition.checks;
    let by_share = checks
        .largest_share
        .checked_mul(form.edition.scoring.total)
        .unwrap_or(checks.largest_weight);
    let limit = checks.largest_weight.min(by_share);
    for (row, weight) in leaf_weights(form).filter(|(_, weight)| *weight > limit) {
        let item = format!("{} {}分", name_of(row.indicator()), plain(weight));
        let hit = sink.row_hit(
            row,
            IndicatorField::Weight,
            format!("单项指标分值过大，超过{}分", plain(limit)),
            "下年度填写目标时把指标细分，分值分散到几项",
        );
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// S11
pub(super) fn too_fine(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "分值的小数超过两位";
    const HINT: &str = "下年度填写目标时，分值保留一两位小数即可";
    let fine = |weight: Decimal| {
        weight.scale() > MOST_DECIMALS && weight.normalize().scale() > MOST_DECIMALS
    };
    for row in form.counted() {
        if let Some(weight) = row.score.weight.filter(|weight| fine(*weight)) {
            let item = format!("{} {}分", name_of(row.indicator()), plain(weight));
            let hit = sink.row_hit(row, IndicatorField::Weight, LEAD, HINT);
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
    for group in &form.groups {
        if let Some(weight) = group.group.weight.number().filter(|weight| fine(*weight)) {
            let place = Place::Group(group.group.id, BlockField::Weight);
            let item = format!("{} {}分", group_name(group.group), plain(weight));
            let hit = sink.group_hit(group, place, LEAD, HINT);
            sink.push(hit.item(item).mend(Mend::Approved));
        }
    }
}
