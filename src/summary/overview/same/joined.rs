//! Puts the values of one indicator together, and scores what comes out.

use rust_decimal::Decimal;

use super::gather::{Class, Contribution, Heading, Way};
use crate::{
    model::{
        figure::FigureCell,
        indicator::Indicator,
        measure::{Comparator, MeasureCell},
        numeral::plain,
    },
    score::{Verdict, score_row},
    summary::facts::{mean, share_of},
};

const TOO_LARGE: &str = "数值过大，无法汇总";
const OTHER_SIGNS: &str = "各项目的计算符号写法不同";
const OTHER_METHODS: &str = "各项目的计分办法不同，按表样公式测算";
const OTHER_WEIGHTS: &str = "各项目分值不同，取平均分值";

/// What an indicator comes to over all projects.
#[derive(Default)]
pub(super) struct Joined {
    pub comparator: Option<Comparator>,
    pub target: Option<Decimal>,
    pub actual: Option<Decimal>,
    pub completion: Option<Decimal>,
    pub verdict: &'static str,
    pub weight: Option<Decimal>,
    pub score: Option<Decimal>,
    pub remarks: Vec<&'static str>,
}

/// Puts the members of a class together.
pub(super) fn joined(heading: &Heading<'_>, class: &Class<'_>) -> Joined {
    let mut joined = Joined::default();
    let Some(first) = class.members.first() else {
        return joined;
    };
    joined.target = together(class, |member| member.target);
    joined.actual = together(class, |member| member.actual);
    let (Some(target), Some(actual)) = (joined.target, joined.actual) else {
        joined.remarks.push(TOO_LARGE);
        return joined;
    };
    joined.completion = share_of(actual, target);
    joined.comparator = first.comparator;
    if class
        .members
        .iter()
        .any(|member| member.comparator != first.comparator)
    {
        joined.comparator = None;
        joined.remarks.push(OTHER_SIGNS);
    }
    joined.weight = weight(class);
    let same_method = class
        .members
        .iter()
        .all(|member| member.indicator.method == first.indicator.method);
    if !same_method {
        joined.remarks.push(OTHER_METHODS);
    }
    let mut row = row(first.indicator, class.unit, &joined, (target, actual));
    if !same_method {
        row.method = Default::default();
    }
    let edition = first.edition;
    let sense = edition.sense(heading.section, heading.group);
    let scored = score_row(&row, sense, heading.year, edition);
    joined.score = scored.computed;
    joined.verdict = match scored.verdict {
        Verdict::Met => "达成",
        Verdict::Missed => "未达成",
        Verdict::Open(_) => "待判断",
        Verdict::NotJudged => "",
    };
    if class
        .members
        .iter()
        .any(|member| member.weight != first.weight)
        && joined.weight.is_some()
    {
        joined.remarks.push(OTHER_WEIGHTS);
    }
    joined
}

/// The sum, or the mean weighted by funds, of a value over the members; `None` where it is too large.
fn together(class: &Class<'_>, of: fn(&Contribution<'_>) -> Decimal) -> Option<Decimal> {
    let mut values = class.members.iter();
    if class.way == Way::Added {
        let sum = values.try_fold(Decimal::ZERO, |sum, one| sum.checked_add(of(one)));
        return sum.map(|sum| sum.normalize());
    }
    let (sum, funds) = values.try_fold((Decimal::ZERO, Decimal::ZERO), |(sum, all), one| {
        let funds = one.funds?;
        let part = of(one).checked_mul(funds)?;
        Some((sum.checked_add(part)?, all.checked_add(funds)?))
    })?;
    mean(sum, funds)
}

/// The points of the indicator: those of all rows where they agree, else their mean; nothing where a row has none.
fn weight(class: &Class<'_>) -> Option<Decimal> {
    let weights: Option<Vec<Decimal>> = class.members.iter().map(|member| member.weight).collect();
    let weights = weights?;
    let first = *weights.first()?;
    if weights.iter().all(|weight| *weight == first) {
        return Some(first);
    }
    let mut all = weights.iter();
    let sum = all.try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
    mean(sum, Decimal::from(weights.len()))
}

/// A row with the values put together, to be scored as any other.
fn row(
    first: &Indicator,
    unit: &str,
    joined: &Joined,
    (target, actual): (Decimal, Decimal),
) -> Indicator {
    let sign = joined.comparator.map_or("", Comparator::sign);
    Indicator {
        target: MeasureCell::new(format!("{sign}{}", plain(target))),
        actual: MeasureCell::new(plain(actual)),
        unit: unit.to_owned(),
        weight: joined.weight.map(FigureCell::of).unwrap_or_default(),
        nature: Default::default(),
        score: Default::default(),
        tier: None,
        part_of: None,
        ..first.clone()
    }
}
