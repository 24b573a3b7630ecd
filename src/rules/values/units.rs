//! Units: missing, different (V04) or not written as usual (V05).

use rust_decimal::Decimal;

use super::actual_becomes;
use crate::{
    model::{
        edition::IndicatorRole, measure::Measure, path::IndicatorField, policy::Severity,
        typed::trim,
    },
    rules::{
        catalogue::Phase,
        finding::{Fix, Mend},
        form::{Form, GroupOf, Row, name_of},
        lexicon,
        sink::{Hit, Sink},
    },
    score::says_the_same,
};

/// The usual spelling of a unit: "%" for "百分比".
pub(in crate::rules) fn usual(unit: &str) -> &str {
    match trim(unit) {
        "％" => "%",
        unit => lexicon::UNITS.meant(unit).unwrap_or(unit),
    }
}

/// What is wrong with the units of a row.
struct UnitFault {
    item: String,
    in_target: bool,
    harmless: bool,
    fix: Option<Fix>,
}

/// V04
pub(super) fn missing_or_different(form: &Form<'_>, sink: &mut Sink<'_>) {
    let own_column = form.edition.has_column(IndicatorRole::Unit);
    for group in &form.groups {
        let hits = unit_faults(form, group, own_column, sink);
        // Rows of one level are told in one finding. It can be mended now where any of them can.
        let mendable = |level: Severity| {
            hits.iter()
                .any(|(fault, hit)| hit.level == level && !fault.in_target)
        };
        let (warning, hint) = (mendable(Severity::Warning), mendable(Severity::Hint));
        for (_, hit) in hits {
            let now = if hit.level == Severity::Hint {
                hint
            } else {
                warning
            };
            let mend = if now { Mend::Now } else { Mend::Approved };
            sink.push(hit.mend(mend));
        }
    }
}

fn unit_faults(
    form: &Form<'_>,
    group: &GroupOf<'_>,
    own_column: bool,
    sink: &Sink<'_>,
) -> Vec<(UnitFault, Hit)> {
    let rows = form.rows_of(group).iter().filter(|row| row.score.counts);
    rows.filter_map(|row| {
        let fault = unit_fault(form, row, own_column)?;
        let hit = sink
            .row_hit(
                row,
                IndicatorField::Actual,
                "计量单位缺失或不一致",
                "实际完成值写上与指标值相同的单位；指标值缺单位的，下年度填写目标时补上",
            )
            .item(fault.item.clone())
            .level(if fault.harmless {
                Severity::Hint
            } else {
                Severity::Warning
            })
            .fix(fault.fix.clone());
        Some((fault, hit))
    })
    .collect()
}

fn unit_fault(form: &Form<'_>, row: &Row<'_>, own_column: bool) -> Option<UnitFault> {
    let aim = row.aim.as_ref().filter(|aim| !aim.qualitative)?;
    let target = aim.measure.number()?;
    let actual = row.indicator().actual.value()?;
    let reached = actual.number()?;
    let in_name = || unit_in(trim(&row.indicator().name));
    let or_named = |unit| match usual(unit) {
        "" => in_name(),
        unit => unit,
    };
    let wanted = or_named(aim.unit);
    let given = or_named(actual.unit());
    if says_the_same(wanted, given) && !wanted.is_empty()
        || own_column && given.is_empty() && !wanted.is_empty()
    {
        return None;
    }
    if wanted.is_empty() && given.is_empty() && is_pure_number(trim(&row.indicator().name)) {
        return None;
    }
    let harmless = target.is_zero() || reached.is_zero();
    let described = describe(wanted, given)?;
    Some(UnitFault {
        item: format!("{}（{described}）", trim(&row.indicator().name)),
        in_target: wanted.is_empty(),
        harmless,
        fix: add_unit(form, row, actual, wanted, given),
    })
}

/// Whether a name stands for a number without a unit: 灌溉水有效利用系数.
fn is_pure_number(name: &str) -> bool {
    ["系数", "指数", "比值", "倍数", "容积率", "pH值", "PH值"]
        .iter()
        .any(|word| name.ends_with(word))
}

/// The unit in brackets at the end of an indicator's name: "慰问困难职工（户）", "满意度（%）". Empty where there is none.
fn unit_in(name: &str) -> &str {
    let inner = |open, close| name.strip_suffix(close)?.rsplit_once(open);
    let unit = inner('（', '）').or_else(|| inner('(', ')'));
    let unit = usual(unit.map_or("", |(_, unit)| unit));
    let counter = unit.strip_prefix('万').unwrap_or(unit);
    let is_unit = matches!(unit, "%" | "元" | "万元" | "亿元" | "天" | "小时")
        || lexicon::COUNTERS.words().any(|word| word == counter);
    if is_unit { unit } else { "" }
}

fn describe(wanted: &str, given: &str) -> Option<String> {
    Some(match (wanted, given) {
        ("", "") => "目标和实际都没有单位".into(),
        ("", given) => format!("目标没有单位，实际为“{given}”"),
        (wanted, "") => format!("目标为“{wanted}”，实际没有单位"),
        (wanted, given) if wanted != given => format!("目标为“{wanted}”，实际为“{given}”"),
        _ => return None,
    })
}

/// Where only the unit of the actual value is missing, it can be added.
fn add_unit(
    form: &Form<'_>,
    row: &Row<'_>,
    actual: &Measure,
    wanted: &str,
    given: &str,
) -> Option<Fix> {
    let percent_of_share = wanted == "%" && actual.number()? <= Decimal::ONE;
    if wanted.is_empty() || !given.is_empty() || percent_of_share {
        return None;
    }
    let new = format!("{}{wanted}", trim(row.indicator().actual.text()));
    Some(actual_becomes(form, row, new))
}

/// V05. One finding a row: in the actual value, which can be mended now, else in what was approved.
pub(super) fn unusual(form: &Form<'_>, sink: &mut Sink<'_>) {
    for row in form.counted() {
        let indicator = row.indicator();
        let due = form.phase() == Phase::Results;
        let actual = indicator.actual.value().filter(|_| due);
        let actual = actual.map_or("", Measure::unit);
        let target = indicator.target.value().map_or("", Measure::unit);
        let places = [
            (IndicatorField::Actual, actual, Mend::Now),
            (IndicatorField::Target, target, Mend::Approved),
            (IndicatorField::Unit, trim(&indicator.unit), Mend::Approved),
        ];
        for (field, unit, mend) in places {
            let Some(meant) = lexicon::UNITS.meant(unit) else {
                continue;
            };
            let (fix, hint) = match mend {
                Mend::Now => (respelt(form, row, unit, meant), "请改用规范的单位写法"),
                Mend::Approved => (None, "下年度填写目标时改用规范的单位写法"),
            };
            let item = format!("{} “{unit}”应写作“{meant}”", name_of(indicator));
            let hit = sink.row_hit(row, field, "计量单位书写不规范", hint);
            sink.push(hit.item(item).mend(mend).fix(fix));
            break;
        }
    }
}

/// The actual value with its unit spelt as usual, where the unit stands in it just once.
fn respelt(form: &Form<'_>, row: &Row<'_>, unit: &str, meant: &str) -> Option<Fix> {
    let text = trim(row.indicator().actual.text());
    let once = text.matches(unit).count() == 1;
    once.then(|| actual_becomes(form, row, text.replacen(unit, meant, 1)))
}
