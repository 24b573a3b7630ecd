//! This year's indicators beside last year's.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use rust_decimal::Decimal;

use super::pairs::{How, Pair, pairs};
use crate::{
    model::{
        document::GroupView,
        folding::are_same,
        indicator::Indicator,
        last_year::{LastIndicator, LastYear},
        measure::Measure,
        numeral::plain,
        path::{CellPath, IndicatorField, Place},
        project::Project,
        typed::trim,
    },
    rules::years::percent_of,
    score::{converted, says_the_same},
};

/// An indicator in both years.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorLine {
    /// 二级指标, or 一级指标 where the form has no second level.
    pub group: String,
    /// The name this year; last year's where it was given up.
    pub name: String,
    /// What it was called last year, where that was another name.
    pub was: Option<String>,
    /// How sure it is that both are one; `None` where there is only one.
    pub how: Option<How>,
    /// 上年指标值 with sign and unit; empty where there is none.
    pub last_target: String,
    /// 上年完成值 with its unit; empty where there is none.
    pub last_actual: String,
    /// 今年指标值 with sign and unit; empty where there is none.
    pub target: String,
    /// 今年完成值 with its unit; empty where there is none.
    pub actual: String,
    /// What became of the target.
    pub change: Change,
    /// What a reviewer would ask; empty where nothing.
    pub remark: String,
    /// Where this year's target stands; `None` for one that was given up.
    pub at: Option<CellPath>,
}

impl IndicatorLine {
    /// Whether there is anything to be looked at: a change, a name that was another, or a remark.
    pub fn is_told(&self) -> bool {
        self.change != Change::Same || self.was.is_some() || !self.remark.is_empty()
    }
}

/// What became of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// 新增
    New,
    /// 取消
    Gone,
    /// 提高; where less is better (`true`), this is a laxer target.
    Raised(bool),
    /// 降低; where less is better (`true`), this is a stricter target.
    Lowered(bool),
    /// 单位不同
    OtherUnit,
    /// 改写: words, signs or kinds of value that differ.
    Reworded,
    /// 不变
    Same,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "新增",
            Self::Gone => "取消",
            Self::Raised(false) => "提高",
            Self::Raised(true) => "提高（放宽）",
            Self::Lowered(false) => "降低",
            Self::Lowered(true) => "降低（收紧）",
            Self::OtherUnit => "单位不同",
            Self::Reworded => "改写",
            Self::Same => "不变",
        })
    }
}

/// The lines in the order of this year's form; what was given up stands after the rows of its group, or at the end.
pub(super) fn lines(project: &Project, last: &LastYear) -> Vec<IndicatorLine> {
    let by_row: HashMap<_, Pair> = pairs(project, last)
        .into_iter()
        .map(|pair| (pair.row, pair))
        .collect();
    let paired: HashSet<usize> = by_row.values().map(|pair| pair.last).collect();
    let lasts = last.indicators.iter().enumerate();
    let mut gone: Vec<&LastIndicator> = lasts
        .filter(|(index, one)| !paired.contains(index) && !one.name.is_empty())
        .map(|(_, one)| &**one)
        .collect();
    let mut lines = Vec::new();
    for view in project.groups() {
        for row in view.group.indicators.iter() {
            let pair = by_row.get(&row.id);
            let before = pair.and_then(|pair| Some((&**last.indicators.get(pair.last)?, pair.how)));
            if !trim(&row.name).is_empty() || before.is_some() {
                lines.push(line(project, view, row, before));
            }
        }
        let is_here = |one: &&LastIndicator| {
            are_same(&one.section, view.section.name()) && are_same(&one.group, view.group.name())
        };
        lines.extend(gone.iter().copied().filter(is_here).map(given_up));
        gone.retain(|one| !is_here(one));
    }
    lines.extend(gone.into_iter().map(given_up));
    lines
}

fn line(
    project: &Project,
    view: GroupView<'_>,
    row: &Indicator,
    before: Option<(&LastIndicator, How)>,
) -> IndicatorLine {
    let name = trim(&row.name);
    let was = before.filter(|(last, _)| !are_same(&last.name, name));
    IndicatorLine {
        group: group_name(view.section.name(), view.group.name()),
        name: name.to_owned(),
        was: was.map(|(last, _)| last.name.clone()),
        how: before.map(|(_, how)| how),
        last_target: before.map_or_else(String::new, |(last, _)| last_target(last)),
        last_actual: before.map_or_else(String::new, |(last, _)| last_actual(last)),
        target: target_of(row),
        actual: with_unit(row.actual.text(), row.actual.value(), &row.unit),
        change: before.map_or(Change::New, |(last, _)| change(row, last)),
        remark: before
            .and_then(|(last, _)| remark(row, last))
            .unwrap_or_default(),
        at: Some(project.at(Place::Indicator(row.id, IndicatorField::Target))),
    }
}

fn given_up(last: &LastIndicator) -> IndicatorLine {
    IndicatorLine {
        group: group_name(&last.section, &last.group),
        name: last.name.clone(),
        was: None,
        how: None,
        last_target: last_target(last),
        last_actual: last_actual(last),
        target: String::new(),
        actual: String::new(),
        change: Change::Gone,
        remark: String::new(),
        at: None,
    }
}

fn group_name(section: &str, group: &str) -> String {
    match group {
        "" => section,
        group => group,
    }
    .to_owned()
}

/// A target as it is read: sign, value and unit, wherever the form has them.
pub(in crate::rules) fn target_of(row: &Indicator) -> String {
    signed(
        row.nature.text(),
        &with_unit(row.target.text(), row.target.value(), &row.unit),
    )
}

pub(in crate::rules) fn last_target(last: &LastIndicator) -> String {
    let target = with_unit(last.target.text(), last.target.value(), &last.unit);
    signed(last.nature.text(), &target)
}

pub(in crate::rules) fn last_actual(last: &LastIndicator) -> String {
    with_unit(last.actual.text(), last.actual.value(), &last.unit)
}

/// A comparator that stands in a column of its own goes before the value.
fn signed(nature: &str, target: &str) -> String {
    let nature = trim(nature);
    let is_sign = !nature.is_empty() && nature.chars().all(|c| "≥≤＞＜><=＝≧≦".contains(c));
    match is_sign && !target.is_empty() && !target.starts_with(nature) {
        true => format!("{nature}{target}"),
        false => target.to_owned(),
    }
}

fn with_unit(text: &str, value: Option<&Measure>, unit: &str) -> String {
    let (text, unit) = (trim(text), trim(unit));
    let lacks = value.is_some_and(|value| value.number().is_some() && value.unit().is_empty());
    match lacks {
        true => format!("{text}{unit}"),
        false => text.to_owned(),
    }
}

fn change(row: &Indicator, last: &LastIndicator) -> Change {
    let same_text = are_same(&target_of(row), &last_target(last));
    let (Some(now), Some(before)) = (row.aim(), last.aim()) else {
        return if same_text {
            Change::Same
        } else {
            Change::Reworded
        };
    };
    let (Some(number), Some(old)) = (now.measure.number(), before.measure.number()) else {
        return if same_text {
            Change::Same
        } else {
            Change::Reworded
        };
    };
    if !now.unit.is_empty() && !before.unit.is_empty() && !says_the_same(now.unit, before.unit) {
        return Change::OtherUnit;
    }
    let Some(old) = converted(old, before.unit, now.unit) else {
        return Change::OtherUnit;
    };
    let less_is_better = now.comparator.is_some_and(|sign| sign.is_upper_bound());
    match number.cmp(&old) {
        std::cmp::Ordering::Greater => Change::Raised(less_is_better),
        std::cmp::Ordering::Less => Change::Lowered(less_is_better),
        std::cmp::Ordering::Equal if now.comparator == before.comparator => Change::Same,
        std::cmp::Ordering::Equal => Change::Reworded,
    }
}

/// How this year's target stands to what was reached last year, where more is better and both are numbers of one kind.
pub(in crate::rules) struct Against {
    /// This year's target.
    pub target: Decimal,
    /// Last year's target in this year's unit, where it was a number.
    pub old: Option<Decimal>,
    /// What was reached last year, in this year's unit.
    pub reached: Decimal,
    /// Whether both are rates.
    pub is_percent: bool,
}

impl Against {
    /// `None` where less is better or the two cannot be compared.
    pub fn of(row: &Indicator, last: &LastIndicator) -> Option<Self> {
        let aim = row.aim()?;
        let before = last.aim()?;
        let less_is_better = [aim.comparator, before.comparator]
            .into_iter()
            .flatten()
            .any(|sign| sign.is_upper_bound());
        let (reached, unit) = last.reached()?;
        if less_is_better || !says_the_same(aim.unit, unit) && aim.unit != unit {
            return None;
        }
        Some(Self {
            target: aim.measure.number()?,
            old: before
                .measure
                .number()
                .and_then(|old| converted(old, before.unit, aim.unit)),
            reached: converted(reached, unit, aim.unit)?,
            is_percent: aim.measure.is_percent() || matches!(aim.unit, "%" | "％" | "‰"),
        })
    }

    /// What was reached in percent of last year's target, rounded to whole percents.
    pub fn fulfilment(&self) -> Option<Decimal> {
        percent_of(self.reached, self.old?, 0)
    }

    /// Whether last year's target was far exceeded: by a fifth or more.
    pub fn was_far_exceeded(&self) -> bool {
        self.fulfilment()
            .is_some_and(|percent| percent >= Decimal::from(120))
    }
}

/// What a reviewer would ask.
fn remark(row: &Indicator, last: &LastIndicator) -> Option<String> {
    let against = Against::of(row, last)?;
    let is_same = against.old == Some(against.target);
    if is_same && against.was_far_exceeded() {
        let percent = plain(against.fulfilment()?);
        return Some(format!("上年完成 {percent}%，今年未提高"));
    }
    (against.target < against.reached && !is_same)
        .then(|| format!("低于上年完成值 {}", last_actual(last)))
}
