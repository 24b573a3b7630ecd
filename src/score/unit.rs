//! Whether two numbers can be compared although their units are written differently.

use rust_decimal::{Decimal, dec};

/// What a unit measures. Counters (个, 次, 场, 人次 …) are all one kind: which of them is written is a matter for a check,
/// not for a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Percent,
    Money,
    Count,
    Length,
    Area,
    /// 亩 is no round number of square metres.
    Mu,
    Mass,
    Time,
    WorkingDays,
    /// Months and years have no fixed number of days.
    Months,
}

/// Known units with what one of them is worth in the first one of their dimension.
const UNITS: &[(&str, Dimension, Decimal)] = &[
    ("%", Dimension::Percent, dec!(1)),
    ("％", Dimension::Percent, dec!(1)),
    ("百分比", Dimension::Percent, dec!(1)),
    ("百分点", Dimension::Percent, dec!(1)),
    ("个百分点", Dimension::Percent, dec!(1)),
    ("‰", Dimension::Percent, dec!(0.1)),
    ("元", Dimension::Money, dec!(1)),
    ("角", Dimension::Money, dec!(0.1)),
    ("米", Dimension::Length, dec!(1)),
    ("m", Dimension::Length, dec!(1)),
    ("公里", Dimension::Length, dec!(1000)),
    ("千米", Dimension::Length, dec!(1000)),
    ("km", Dimension::Length, dec!(1000)),
    ("㎞", Dimension::Length, dec!(1000)),
    ("平方米", Dimension::Area, dec!(1)),
    ("平米", Dimension::Area, dec!(1)),
    ("㎡", Dimension::Area, dec!(1)),
    ("m2", Dimension::Area, dec!(1)),
    ("m²", Dimension::Area, dec!(1)),
    ("公顷", Dimension::Area, dec!(10000)),
    ("平方公里", Dimension::Area, dec!(1000000)),
    ("平方千米", Dimension::Area, dec!(1000000)),
    ("亩", Dimension::Mu, dec!(1)),
    ("克", Dimension::Mass, dec!(1)),
    ("公斤", Dimension::Mass, dec!(1000)),
    ("千克", Dimension::Mass, dec!(1000)),
    ("kg", Dimension::Mass, dec!(1000)),
    ("㎏", Dimension::Mass, dec!(1000)),
    ("吨", Dimension::Mass, dec!(1000000)),
    ("秒", Dimension::Time, dec!(1)),
    ("分钟", Dimension::Time, dec!(60)),
    ("小时", Dimension::Time, dec!(3600)),
    ("个小时", Dimension::Time, dec!(3600)),
    ("天", Dimension::Time, dec!(86400)),
    ("日", Dimension::Time, dec!(86400)),
    ("周", Dimension::Time, dec!(604800)),
    ("工作日", Dimension::WorkingDays, dec!(1)),
    ("个工作日", Dimension::WorkingDays, dec!(1)),
    ("月", Dimension::Months, dec!(1)),
    ("个月", Dimension::Months, dec!(1)),
    ("季度", Dimension::Months, dec!(3)),
    ("个季度", Dimension::Months, dec!(3)),
    ("年", Dimension::Months, dec!(12)),
];

/// Numbers that stand before a unit.
const SCALES: &[(&str, Decimal)] = &[
    ("百万", dec!(1000000)),
    ("千万", dec!(10000000)),
    ("万", dec!(10000)),
    ("亿", dec!(100000000)),
];

struct Known<'a> {
    /// The unit without its scale and what it is counted per.
    base: &'a str,
    dimension: Dimension,
    factor: Decimal,
    /// What the unit is counted per, without marks ("人月" of "元/人·月"); empty where none is written.
    per: &'a str,
}

fn known(unit: &str) -> Known<'_> {
    let (scale, unit) = SCALES
        .iter()
        .find_map(|(word, scale)| unit.strip_prefix(word).map(|rest| (*scale, rest)))
        .unwrap_or((Decimal::ONE, unit));
    let (base, per) = unit.split_once(['/', '／']).unwrap_or((unit, ""));
    let (dimension, factor) = listed(base).unwrap_or((Dimension::Count, Decimal::ONE));
    Known {
        base,
        dimension,
        factor: factor * scale,
        per,
    }
}

fn listed(unit: &str) -> Option<(Dimension, Decimal)> {
    let mut units = UNITS.iter();
    let (_, dimension, factor) = units.find(|(word, ..)| *word == unit)?;
    Some((*dimension, *factor))
}

/// Whether the unit is a percentage.
pub(super) fn is_percent(unit: &str) -> bool {
    // What all its spellings have in one place or another; nearly all units have none of it.
    if !unit.contains(['%', '％', '‰', '百']) {
        return false;
    }
    known(unit).dimension == Dimension::Percent
}

/// By what target and actual value are to be multiplied before they are compared; `None` where they cannot be.
///
/// A number without unit takes the other's.
pub(super) fn common(target: &str, actual: &str) -> Option<(Decimal, Decimal)> {
    if target == actual || target.is_empty() || actual.is_empty() {
        return Some((Decimal::ONE, Decimal::ONE));
    }
    let (target, actual) = (known(target), known(actual));
    let comparable = target.dimension == actual.dimension && same_per(target.per, actual.per);
    comparable.then_some((target.factor, actual.factor))
}

/// A number in one unit as a number in another; `None` where they cannot be compared or the number gets too large. A number
/// without unit takes the other's.
pub fn converted(number: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let (from, to) = common(from, to)?;
    number.checked_mul(from)?.checked_div(to)
}

/// Whether two units say the same thing, at most at different scales (万人次 and 人次, 万元 and 元). Counters that differ
/// (人 and 人次) do not, although they are compared.
pub fn says_the_same(target: &str, actual: &str) -> bool {
    if target.is_empty() || actual.is_empty() {
        return target == actual;
    }
    let counters = |unit| {
        let unit = known(unit);
        (unit.dimension == Dimension::Count).then_some(unit.base)
    };
    common(target, actual).is_some() && counters(target) == counters(actual)
}

/// "人·月" and "人/月" are the same, and so are "平方米" and "㎡"; a form that leaves the part out once means the same as well.
fn same_per(left: &str, right: &str) -> bool {
    left.is_empty()
        || right.is_empty()
        || left
            .chars()
            .filter(|c| c.is_alphanumeric())
            .eq(right.chars().filter(|c| c.is_alphanumeric()))
        || listed(left).is_some_and(|unit| listed(right) == Some(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_differ_in_kind_are_not_compared() {
        for (target, actual) in [
            ("%", "个"),
            ("元", "次"),
            ("天", "次"),
            ("亩", "公顷"),
            ("元/年", "元/月"),
        ] {
            assert_eq!(common(target, actual), None, "{target} {actual}");
        }
    }

    #[test]
    fn scales_do_not_make_another_unit_but_counters_do() {
        for (target, actual, same) in [
            ("万人次", "人次", true),
            ("万元", "元", true),
            ("人", "人次", false),
            ("元", "个", false),
            ("个", "", false),
        ] {
            assert_eq!(says_the_same(target, actual), same, "{target} {actual}");
        }
    }

    #[test]
    fn money_lengths_and_times_are_converted() {
        for (target, actual, same) in [
            ("万元", "元", (dec!(10000), dec!(1))),
            ("亿元", "万元", (dec!(100000000), dec!(10000))),
            ("公里", "米", (dec!(1000), dec!(1))),
            ("万人", "人次", (dec!(10000), dec!(1))),
            ("元/人·月", "元/人/月", (dec!(1), dec!(1))),
            ("元/平方米", "元/㎡", (dec!(1), dec!(1))),
            ("项", "个", (dec!(1), dec!(1))),
            ("万元", "", (dec!(1), dec!(1))),
            ("百分比", "%", (dec!(1), dec!(1))),
        ] {
            assert_eq!(common(target, actual), Some(same), "{target} {actual}");
        }
    }
}
