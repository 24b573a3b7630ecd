//! Percentages: beyond 100 % (V06), shares typed as they are (V07), made-up ones (V12), and rates of completion beside
//! quantities that say otherwise (V23).

use rust_decimal::{Decimal, dec};

use super::{actual_becomes, quoted, units::usual};
use crate::{
    model::{
        edition::Sense,
        measure::{Measure, Quantity},
        numeral::plain,
        path::IndicatorField,
        policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::{Fix, Mend},
        form::{Form, Row, name_of},
        lexicon,
        sink::Sink,
    },
    score::{Over, may_pass_hundred},
};

/// The number of a percentage, where it is one of those that `wanted` looks for; `unit` is in force where the cell has none of
/// its own.
fn percentage(measure: &Measure, unit: &str, wanted: impl Fn(Decimal) -> bool) -> Option<Decimal> {
    let Quantity::Number { value, unit: own } = &measure.quantity else {
        return None;
    };
    let unit = if own.is_empty() { unit } else { own };
    (wanted(*value) && usual(unit) == "%").then_some(*value)
}

/// The actual value, where results are due already.
fn actual_of<'a>(form: &Form<'_>, row: &Row<'a>) -> Option<&'a Measure> {
    row.indicator()
        .actual
        .value()
        .filter(|_| form.phase() == Phase::Results)
}

/// V06. Rates of work done may be told beyond 100 %, though they had better not; growth may be anything.
pub(super) fn beyond_hundred(form: &Form<'_>, sink: &mut Sink<'_>) {
    const WORK: &[&str] = &[
        "完成", "执行", "使用", "利用", "支付", "支出", "入住", "产能", "负荷",
    ];
    for row in form.counted() {
        let indicator = row.indicator();
        let unit = row.aim.map_or("", |aim| aim.unit);
        let beyond = |measure: Option<&Measure>| {
            measure
                .and_then(|measure| percentage(measure, unit, |value| value > Decimal::ONE_HUNDRED))
                .is_some()
        };
        let (field, text, mend) = if beyond(indicator.target.value()) {
            let text = indicator.target.text();
            (IndicatorField::Target, text, Mend::Approved)
        } else if beyond(actual_of(form, row)) {
            (IndicatorField::Actual, indicator.actual.text(), Mend::Now)
        } else {
            continue;
        };
        let name = indicator.name.as_str();
        if may_pass_hundred(name) {
            continue;
        }
        let level = if WORK.iter().any(|word| name.contains(word)) {
            Severity::Hint
        } else {
            Severity::Warning
        };
        let hit = sink.row_hit(
            row,
            field,
            "百分比超过100%",
            "请核对分子和分母；超额完成的，率按100%填写，超出部分在说明中写明",
        );
        sink.push(hit.item(quoted(row, text)).level(level).mend(mend));
    }
}

/// V07. A target below 1 % is only doubted where the name says that nearly all are meant; an actual value only beside a
/// target by which most are.
pub(super) fn share_for_percent(form: &Form<'_>, sink: &mut Sink<'_>) {
    const LEAD: &str = "百分比疑似未乘100";
    const HINT: &str = "百分比按100计：百分之九十五写95%，不写0.95%";
    let small = |value: Decimal| value > Decimal::ZERO && value <= Decimal::ONE;
    let most = |value: Decimal| value >= MOST && value <= Decimal::ONE_HUNDRED;
    for row in form.counted() {
        let indicator = row.indicator();
        let Some(aim) = &row.aim else { continue };
        if percentage(aim.measure, aim.unit, small).is_some() {
            if means_nearly_all(row) {
                let item = quoted(row, indicator.target.text());
                let hit = sink.row_hit(row, IndicatorField::Target, LEAD, HINT);
                sink.push(hit.item(item).mend(Mend::Approved));
            }
            continue;
        }
        let reached = actual_of(form, row).and_then(|actual| percentage(actual, aim.unit, small));
        let target = reached.and_then(|_| percentage(aim.measure, aim.unit, most));
        if let (Some(target), Some(reached)) = (target, reached)
            && !falls(row)
        {
            let item = format!(
                "{}，指标值为“{}”",
                quoted(row, indicator.actual.text()),
                trim(indicator.target.text())
            );
            let hit = sink.row_hit(row, IndicatorField::Actual, LEAD, HINT);
            let hit = hit.item(item).fix(as_percent(form, row, target, reached));
            // Times 100 it meets the target and has the score for that: it is missed on paper only.
            sink.push(match hit.fix {
                Some(_) => hit.level(Severity::Warning),
                None => hit,
            });
        }
    }
}

/// A target of so many percent means most of all there are.
const MOST: Decimal = dec!(50);

/// Whether less is better, or growth is measured: then any percentage may be right.
fn falls(row: &Row<'_>) -> bool {
    let bound = row.score.comparator;
    bound.is_some_and(|comparator| comparator.is_upper_bound())
        || may_pass_hundred(&row.indicator().name)
}

/// Whether a rate's name says that nearly all are meant.
fn means_nearly_all(row: &Row<'_>) -> bool {
    const RATES: &[&str] = &[
        "合格率",
        "达标率",
        "完成率",
        "完成度",
        "覆盖率",
        "满意度",
        "满意率",
        "准确率",
        "及时率",
        "到位率",
        "通过率",
        "知晓率",
        "参与率",
        "出勤率",
        "执行率",
        "办结率",
        "上岗率",
        "完好率",
        "保障率",
    ];
    let name = row.indicator().name.as_str();
    !falls(row) && RATES.iter().any(|rate| name.contains(rate))
}

/// A share times 100, where that reaches the target and full marks were given: then nothing else has to change.
fn as_percent(form: &Form<'_>, row: &Row<'_>, target: Decimal, share: Decimal) -> Option<Fix> {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED)?;
    (percent >= target && row.has_full_marks())
        .then(|| actual_becomes(form, row, format!("{}%", plain(percent))))
}

/// V12. Only names that say nothing that could be counted, and only where nobody says how it is.
pub(super) fn hollow(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let Some(aim) = row.aim.filter(|_| row.sense.is_benefit()) else {
            continue;
        };
        let from = form.edition.checks.hollow_percent_from;
        let name = indicator.name.as_str();
        let says_nothing = lexicon::HOLLOW.is_in(name) && !name.contains('率');
        if percentage(aim.measure, aim.unit, |value| value >= from).is_none()
            || !says_nothing
            || name.contains("满意")
            || is_reckoned(form, row)
        {
            continue;
        }
        let hit = sink.row_hit(
            row,
            IndicatorField::Target,
            "效益指标的百分比没有测算依据",
            "请说明怎样算出；说不清的，下年度改用能统计的指标，或改为定性描述",
        );
        let item = format!("{} {}", name_of(indicator), trim(indicator.target.text()));
        sink.push(hit.item(item).mend(Mend::Approved));
    }
}

/// Whether some text of the row says how the percentage is reckoned.
fn is_reckoned(form: &Form<'_>, row: &Row<'_>) -> bool {
    let told = |text: &str| {
        lexicon::SURVEY.is_in(text)
            || ["测算", "计算", "公式", "÷", "统计", "除以", "/"]
                .iter()
                .any(|word| text.contains(word))
    };
    let indicator = row.indicator();
    told(indicator.actual.text())
        || told(row.reason())
        || indicator.extra.values().any(|text| told(text))
        || form
            .project
            .evidence
            .iter()
            .any(|evidence| evidence.indicator == Some(indicator.id))
}

/// V23
pub(super) fn rate_beside_excess(form: &Form<'_>, sink: &mut Sink<'_>) {
    let from = form.edition.scoring.over_fulfilment.reduce_from;
    let excess: Vec<&Row<'_>> = form
        .counted()
        .filter(|row| row.sense == Sense::Quantity && row.reason().is_empty())
        .filter(|row| matches!(row.score.over, Some(Over::Ratio(ratio)) if ratio >= from))
        .collect();
    if excess.is_empty() {
        return;
    }
    for row in form.counted().filter(|row| row.reason().is_empty()) {
        let indicator = row.indicator();
        let Some(object) = object_of_rate(&indicator.name) else {
            continue;
        };
        let all = |value| value == Decimal::ONE_HUNDRED;
        let unit = row.aim.map_or("", |aim| aim.unit);
        let actual = indicator.actual.value();
        if actual.is_none_or(|actual| percentage(actual, unit, all).is_none()) {
            continue;
        }
        let about = |quantity: &&&Row<'_>| is_about(object, &quantity.indicator().name);
        let Some(quantity) = excess.iter().find(about) else {
            continue;
        };
        let counted = quantity.indicator();
        let item = format!(
            "{} {}，而{} {}→{}",
            name_of(indicator),
            trim(indicator.actual.text()),
            name_of(counted),
            trim(counted.target.text()),
            trim(counted.actual.text())
        );
        let hit = sink.row_hit(
            row,
            IndicatorField::Actual,
            "完成率写100%，数量却超额一倍以上",
            "请核对完成率的口径，并在说明中写明超额完成的情况",
        );
        sink.push(hit.item(item));
    }
}

/// What a rate of completion is about: "创新驿站管理" of "创新驿站管理完成度".
fn object_of_rate(name: &str) -> Option<&str> {
    ["完成率", "完成度", "完成比例"]
        .iter()
        .find_map(|rate| trim(name).strip_suffix(rate))
        .filter(|object| !object.is_empty())
}

/// Whether most pairs of neighbouring characters of `object` stand in `name` too.
fn is_about(object: &str, name: &str) -> bool {
    const FEWEST: usize = 2;
    let pairs = || object.chars().zip(object.chars().skip(1));
    let has = |(first, second): &(char, char)| {
        name.chars()
            .zip(name.chars().skip(1))
            .any(|pair| pair == (*first, *second))
    };
    let (all, shared) = (pairs().count(), pairs().filter(has).count());
    shared >= FEWEST && shared * 3 >= all * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_belongs_to_the_quantity_that_is_named_like_it() {
        for (object, name, belongs) in [
            ("引进人才和团队", "引进人才和项目团队", true),
            ("高层次人才活动", "举办高层次人才活动", true),
            ("参加国际知名展", "参加招才引智活动", false),
            ("任务", "课题数量", false),
        ] {
            assert_eq!(is_about(object, name), belongs, "{object} {name}");
        }
    }
}
