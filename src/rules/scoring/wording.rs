//! What a reason says: whether it agrees with the score, tells anything and promises a measure.

use rust_decimal::{Decimal, dec};

use super::{
    deducted, has_full_marks, is_by_its_own_terms, name_of,
    over_fulfilment::wants_reason,
    reasons::{extent_of, group_of, is_own, names, spanned},
};
use crate::{
    model::{
        numeral::{leading_number, plain},
        path::{IndicatorField, Place},
        typed::trim,
    },
    rules::{
        form::{Form, Row},
        lexicon,
        sink::{Hit, Sink},
    },
};

/// A reason with fewer characters than this cannot tell what happened.
const SHORTEST: usize = 8;

/// A stated deduction may differ from the real one by so many percentage points.
const DEDUCTION_TOLERANCE: Decimal = dec!(15);

/// Phrases that tell nothing by themselves.
const VAGUE: &[&str] = &[
    "疫情原因",
    "疫情影响",
    "受疫情影响",
    "因疫情影响",
    "因疫情",
    "由于疫情原因",
    "因疫情原因",
    "受新冠疫情影响",
    "资金不足",
    "经费不足",
    "资金原因",
    "经费原因",
    "资金紧张",
    "人员不足",
    "人手不足",
    "人员紧张",
    "客观原因",
    "主观原因",
    "政策原因",
    "政策调整",
    "历史原因",
    "工作原因",
    "其他原因",
    "特殊原因",
    "天气原因",
    "时间紧",
    "时间紧任务重",
    "任务重",
    "工作量大",
    "年初预算不准确",
    "实际情况",
    "实际需要",
    "工作需要",
    "未完成",
    "未达标",
    "已完成",
    "超额完成",
    "正常",
    "存在偏差",
    "略有偏差",
    "详见报告",
];

/// Words for work that was not done.
const UNFINISHED: &[&str] = &[
    "未完成",
    "未能完成",
    "未按时完成",
    "未按期完成",
    "未全部完成",
    "没有完成",
    "没完成",
    "未达到",
    "未能达到",
    "未达标",
    "未实现",
    "压减",
    "取消",
];

/// C10
pub(super) fn unfinished_at_full_marks(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "满分但偏差栏写有未完成原因";
    const HINT: &str = "请核对：确有未完成的，改得分；已完成的，改写说明";
    for group in &form.groups {
        for row in form.rows_of(group) {
            let reason = row.reason();
            if reason.is_empty() || !row.score.counts || row.score.over.is_some() {
                continue;
            }
            let Some(word) = word_about(row, reason) else {
                continue;
            };
            let granted = is_by_its_own_terms(row) && row.score.computed == row.score.filed;
            if has_full_marks(row, group) && !granted {
                let item = format!("{} 满分，说明写有“{word}”", name_of(row.indicator()));
                let hit = sink.row_hit(row, IndicatorField::Deviation, LEAD, HINT);
                sink.push(at_reason(form, row, hit).item(item));
            }
        }
    }
    for goal in form.project.goals.iter() {
        for reason in goal.reasons.iter() {
            let Some(word) = unfinished(&reason.text, false) else {
                continue;
            };
            let rows: Vec<&Row<'_>> = spanned(form, goal, reason).collect();
            let Some(first) = rows.first() else {
                continue;
            };
            let full = |row: &&Row<'_>| {
                !row.is_missed()
                    && row.score.over.is_none()
                    && group_of(form, row).is_some_and(|group| has_full_marks(row, group))
            };
            if rows.iter().any(|row| names(&reason.text, row)) || !rows.iter().all(full) {
                continue;
            }
            let lead = format!("{LEAD}：合并单元格内各项均为满分，说明写有“{word}”");
            let mut hit = sink.hit(Place::Reason(reason.id), lead, HINT);
            hit.extent = extent_of(reason, first);
            sink.push(hit);
        }
    }
}

/// The word for unfinished work in what a reason says about the row: all of its own reason, the naming sentences of a
/// shared one.
fn word_about(row: &Row<'_>, reason: &str) -> Option<&'static str> {
    let reverse = row
        .score
        .comparator
        .is_some_and(|comparator| comparator.is_upper_bound());
    if is_own(row, reason) {
        return unfinished(reason, reverse);
    }
    reason
        .split(['。', '；', ';', '\n'])
        .filter(|sentence| names(sentence, row))
        .find_map(|sentence| unfinished(sentence, reverse))
}

/// The first word for unfinished work that is neither negated nor about another year. Not to reach an upper bound is
/// nothing unfinished, and what was cut short or cancelled may have been completed nevertheless.
fn unfinished(text: &str, reverse: bool) -> Option<&'static str> {
    let completed = [
        "仍完成",
        "均已完成",
        "全部完成",
        "按期完成",
        "如期完成",
        "仍按",
    ]
    .iter()
    .any(|word| text.contains(word));
    UNFINISHED.iter().copied().find(|word| {
        let cut = matches!(*word, "压减" | "取消");
        if (cut && completed) || (reverse && word.contains("达到")) {
            return false;
        }
        text.match_indices(word)
            .any(|(at, _)| !is_negated(&text[..at], cut))
    })
}

fn is_negated(before: &str, cut: bool) -> bool {
    let clause = before
        .rsplit(['，', '。', '；', '：', '\n', ',', ';', ':'])
        .next()
        .unwrap_or_default();
    let without = clause.replace("无法", "");
    let negations = ["无", "没有", "不存在", "并非"];
    let another_year = ["上年", "上一年", "去年", "往年", "以前年度"];
    negations.iter().any(|word| without.contains(word))
        || another_year.iter().any(|word| clause.contains(word))
        || (cut && ["未", "不", "没"].iter().any(|word| clause.ends_with(word)))
}

/// The hit at the cell where the row's reason really stands.
fn at_reason(form: &Form<'_>, row: &Row<'_>, mut hit: Hit) -> Hit {
    let reason = row.reason();
    if !is_own(row, reason)
        && let Some(shared) = row
            .view
            .goal
            .reasons
            .iter()
            .find(|shared| trim(&shared.text) == reason)
    {
        hit.at = form.at(Place::Reason(shared.id));
    }
    hit
}

/// C11
pub(super) fn vague(form: &Form<'_>, sink: &mut Sink<'_>) {
    let policy = &form.edition.scoring.over_fulfilment;
    for row in form.counted() {
        let deviates = row.is_missed() || deducted(row).is_some();
        if !deviates && !wants_reason(row, policy) {
            continue;
        }
        let reason = row.reason();
        if !reason.is_empty() && is_vague(reason, trim(&row.indicator().name), deviates) {
            let item = format!("{}“{reason}”", name_of(row.indicator()));
            let hit = sink.row_hit(
                row,
                IndicatorField::Deviation,
                "偏差原因过于空泛",
                "请写明具体是什么原因、影响了哪项工作，以及改进措施",
            );
            sink.push(at_reason(form, row, hit).item(item));
        }
    }
}

fn is_vague(reason: &str, name: &str, deviates: bool) -> bool {
    let rest = if name.is_empty() {
        reason.to_owned()
    } else {
        reason.replace(name, "")
    };
    let mut clauses = rest
        .split(|c: char| c.is_whitespace() || "，。；：、,.;:！!".contains(c))
        .filter(|clause| !clause.is_empty());
    let short = rest.chars().count() < SHORTEST;
    (deviates && short) || clauses.all(|clause| VAGUE.contains(&clause))
}

/// C12
pub(super) fn without_measure(form: &Form<'_>, sink: &mut Sink<'_>) {
    let policy = &form.edition.scoring.over_fulfilment;
    for row in form.counted() {
        // Points taken off for doing far more than planned leave nothing to improve.
        let is_short = deducted(row).is_some() && !wants_reason(row, policy);
        if !row.is_missed() && !is_short {
            continue;
        }
        let reason = row.reason();
        if reason.is_empty() || promises(reason, form) {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Deviation,
            "只有原因没有改进措施",
            "请补充下一步的改进措施",
        );
        sink.push(at_reason(form, row, hit).item(name_of(row.indicator())));
    }
}

/// Whether a reason says what is going to be done. A date after the year of the form does so too: "2021年3月完工".
fn promises(reason: &str, form: &Form<'_>) -> bool {
    let later = || {
        form.year
            .is_some_and(|year| reason.contains(&format!("{}年", year + 1)))
    };
    reason.contains(['将', '拟']) || lexicon::REMEDIES.is_in(reason) || later()
}

/// C20
pub(super) fn stated_deduction(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let reason = trim(&row.indicator().deviation);
        let (Some(weight), Some(filed)) = (row.score.weight, row.score.filed) else {
            continue;
        };
        let Some(stated) = percent_deducted(reason).filter(|_| weight > Decimal::ZERO) else {
            continue;
        };
        let real = (weight - filed) / weight * Decimal::ONE_HUNDRED;
        if (real - stated).abs() <= DEDUCTION_TOLERANCE {
            continue;
        }
        let item = format!(
            "{} 写明扣{}%，实际扣{}%",
            name_of(row.indicator()),
            plain(stated),
            plain(real.round_dp(1))
        );
        let hit = sink.row_hit(
            row,
            IndicatorField::Score,
            "说明的扣分比例与实际扣分不一致",
            "请核对说明和得分，改成一致",
        );
        sink.push(hit.item(item));
    }
}

/// The percentage after 扣, as in "扣减5%" or "扣分比例为5%".
fn percent_deducted(reason: &str) -> Option<Decimal> {
    reason.match_indices('扣').find_map(|(at, word)| {
        let rest = reason[at + word.len()..]
            .trim_start_matches(|c: char| "减除分掉了去值的比例为约：: ".contains(c));
        let (percent, rest) = leading_number(rest)?;
        trim(rest).starts_with(['%', '％']).then_some(percent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_unfinished_from_negated() {
        assert_eq!(unfinished("活动未完成", false), Some("未完成"));
        assert_eq!(unfinished("按要求压减会议", false), Some("压减"));
        for text in [
            "无未完成事项",
            "没有一项未完成",
            "培训未取消",
            "上年未完成的任务已补齐",
            "未发生安全事故",
            "经费压减，仍完成全部任务",
        ] {
            assert_eq!(unfinished(text, false), None, "{text}");
        }
        assert_eq!(unfinished("支出未达到上限", true), None);
    }

    #[test]
    fn reads_the_stated_percentage() {
        assert_eq!(percent_deducted("按规定扣减5%"), Some(dec!(5)));
        assert_eq!(percent_deducted("扣分比例为 12.5％"), Some(dec!(12.5)));
        assert_eq!(percent_deducted("扣2分，完成率95%"), None);
        assert_eq!(percent_deducted("折扣率为95%"), None);
    }
}
