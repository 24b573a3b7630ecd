//! Whether an indicator measures what its second level is for, told by the words of its name and by the unit of its target.

use std::borrow::Cow;

use super::name::core;
use crate::{
    model::{
        edition::Sense, indicator::Aim, measure::Quantity, path::IndicatorField, policy::Severity,
        typed::trim,
    },
    rules::{
        finding::Mend,
        form::{Form, Row, group_name, name_of},
        lexicon,
        sink::Sink,
    },
};

/// I05
pub(super) fn misplaced(form: &Form<'_>, sink: &mut Sink<'_>) {
    const HINT: &str = "经批准调整，或下年度改放到相应的二级指标下，或改用符合该类的指标";
    for row in form.counted() {
        let name = core(&row.indicator().name);
        if name.is_empty() {
            continue;
        }
        if let Some(why) = misfit(row, name) {
            // That it repeats the budget execution is said by I19.
            if lexicon::EXECUTION.ends(name).is_some() {
                continue;
            }
            let lead = format!("三级指标与{}不匹配", group_name(row.view.group));
            let item = format!("{}（{why}）", name_of(row.indicator()));
            let hit = sink.row_hit(row, IndicatorField::Name, lead, HINT);
            sink.push(hit.item(item).mend(Mend::Approved));
        } else if is_output_as_effect(row.sense, name) {
            let lead = format!("{}疑似产出，不是效益", group_name(row.view.group));
            let hint = "效益指标应反映产出带来的效果；下年度改放到产出指标，或改写为效果";
            let hit = sink.row_hit(row, IndicatorField::Name, lead, hint);
            let hit = hit.item(name_of(row.indicator()));
            sink.push(hit.level(Severity::Hint).mend(Mend::Approved));
        }
    }
}

/// Why a row does not belong under its second level.
fn misfit(row: &Row<'_>, name: &str) -> Option<Cow<'static, str>> {
    match row.sense {
        Sense::Quantity => not_a_quantity(row, name),
        Sense::Quality => is_mere_count(row, name).then_some("只计数量，没有反映质量".into()),
        Sense::Timeliness => (!tells_time(row, name)).then_some("没有时间要求".into()),
        Sense::Cost => (!tells_cost(row, name)).then_some("与成本、费用无关".into()),
        Sense::Ecological if is_spending(name) => Some("衡量的是花了多少钱".into()),
        Sense::Economic | Sense::Social | Sense::Ecological | Sense::Sustainable => {
            let asks = name.ends_with("满意度") || name.ends_with("满意率");
            asks.then_some("衡量的是满意度".into())
        }
        Sense::Satisfaction => (!asks_people(row, name)).then_some("衡量的不是满意度".into()),
        Sense::Other => None,
    }
}

/// Whether the target is a percentage, wherever its unit stands.
pub(super) fn is_percent(aim: &Aim<'_>) -> bool {
    aim.measure.is_percent() || matches!(aim.unit, "%" | "％" | "百分比" | "百分点")
}

/// The unit of a target that is counted, not a share: "人" of "24694人".
fn counted_unit<'a>(row: &Row<'a>) -> Option<&'a str> {
    let aim = row.aim.filter(|aim| !aim.qualitative)?;
    let counted = !aim.unit.is_empty() && !is_percent(&aim);
    counted.then_some(aim.unit)
}

fn not_a_quantity(row: &Row<'_>, name: &str) -> Option<Cow<'static, str>> {
    let counted = counted_unit(row);
    if counted.is_none() && lexicon::PUNCTUAL.is_in(name) {
        return Some("衡量的是时间".into());
    }
    if counted.is_none_or(|unit| unit.ends_with('元')) && lexicon::SPENDING.is_in(name) {
        return Some("衡量的是花了多少钱".into());
    }
    let unit = counted.filter(|_| lexicon::RATES.ends(name).is_some())?;
    Some(format!("名称是比率，指标值却以“{unit}”计").into())
}

fn is_mere_count(row: &Row<'_>, name: &str) -> bool {
    counted_unit(row).is_some()
        && lexicon::COUNTS.ends(name).is_some()
        && !lexicon::QUALITY.is_in(name)
}

fn tells_time(row: &Row<'_>, name: &str) -> bool {
    let indicator = row.indicator();
    let says = |text: &str| {
        lexicon::PUNCTUAL.is_in(text) || lexicon::TIMES.is_in(text) || has_written_time(text)
    };
    let aims_at_time = row.aim.is_some_and(|aim| {
        matches!(aim.measure.quantity, Quantity::Date(_))
            || aim
                .unit
                .ends_with(['天', '日', '周', '月', '年', '时', '分', '秒'])
            || lexicon::TIMES.is_in(aim.unit)
    });
    let is_progress = row.view.group.name().contains("进度");
    aims_at_time
        || is_progress
        || says(name)
        || says(indicator.target.text())
        || says(indicator.actual.text())
}

/// Whether a number of days, months or years is written ("12月", "三日内").
fn has_written_time(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs
        .into_iter()
        .any(|(first, next)| matches!(next, '天' | '日' | '月' | '年' | '时') && is_digit(first))
}

/// Social and ecological costs are not paid in money.
fn tells_cost(row: &Row<'_>, name: &str) -> bool {
    /// Characters that stand in words of money only: 服务费, 单价, 货款, 万元.
    const MONEY: &[char] = &['费', '价', '款', '薪', '税', '元'];
    let caption = row.view.group.name();
    let says = |text: &str| lexicon::COSTS.is_in(text) || text.contains(MONEY);
    caption.contains("社会")
        || caption.contains("生态")
        || caption.contains("环境")
        || says(name)
        || says(row.indicator().target.text())
        || says(&row.indicator().unit)
}

fn is_spending(name: &str) -> bool {
    lexicon::SPENDING.is_in(name) && !name.contains(['降', '节', '减'])
}

/// A name that only says who is asked ("受益群众") relies on the caption. Complaints are another rule's.
fn asks_people(row: &Row<'_>, name: &str) -> bool {
    let indicator = row.indicator();
    lexicon::SATISFACTION.is_in(name)
        || lexicon::PEOPLE.ends(name).is_some()
        || lexicon::SATISFACTION.is_in(indicator.target.text())
        || lexicon::SATISFACTION.is_in(indicator.actual.text())
        || name.contains("投诉")
        || indicator.actual.text().contains("投诉")
}

fn is_output_as_effect(sense: Sense, name: &str) -> bool {
    sense.is_benefit() && lexicon::OUTPUTS.ends(name).is_some()
}

/// I06
pub(super) fn rate_as_quantity(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted().filter(|row| row.sense == Sense::Quantity) {
        let indicator = row.indicator();
        let name = core(&indicator.name);
        let by_value = row.aim.is_some_and(|aim| is_percent(&aim));
        let by_name = || counted_unit(row).is_none() && lexicon::RATES.ends(name).is_some();
        if name.is_empty() || !(by_value || by_name()) {
            continue;
        }
        let unit = row.aim.map_or("", |aim| aim.unit);
        let target = trim(indicator.target.text());
        let shown = if target.ends_with(unit) { "" } else { unit };
        let hit = sink.row_hit(
            row,
            IndicatorField::Name,
            format!("{}使用比率", group_name(row.view.group)),
            "数量指标应写明做多少；比率经批准调整，或下年度改放到质量指标等",
        );
        let item = format!("{} {target}{shown}", name_of(indicator));
        sink.push(hit.item(item.trim_end()).mend(Mend::Approved));
    }
}
