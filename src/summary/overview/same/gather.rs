//! Which indicators are the same, and what of them can be put together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::{
    model::{
        edition::Edition,
        figure::MoneyUnit::TenThousandYuan,
        folding::folded,
        indicator::{Aim, Indicator},
        measure::{Comparator, Measure, Quantity},
        project::header,
        typed::trim,
    },
    score::{converted, says_the_same},
    summary::facts::{Facts, RowFacts},
};

const WORDS: &str = "定性指标，不能累加";
const DATES: &str = "指标值是日期，不能累加";
const RANGES: &str = "指标值是区间，不能累加";
const TIMES: &str = "时长不能相加";
const NO_TARGET: &str = "没有可用的指标值";
const NO_ACTUAL: &str = "实际完成值不是一个数";
const OTHER_UNIT: &str = "实际完成值的单位不能换算";
const NO_FUNDS: &str = "没有大于零的预算数可作权数";

/// Under which captions indicators are the same.
#[derive(Clone)]
pub(super) struct Heading<'a> {
    pub year: Option<i16>,
    pub section: &'a str,
    pub group: &'a str,
    pub name: &'a str,
}

/// How values are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// 绝对值: added up.
    Added,
    /// 相对值: the mean weighted by 全年预算数.
    Weighted,
    /// Not at all; why.
    None(&'static str),
}

/// Indicators of one heading that can be put together.
pub(super) struct Class<'a> {
    pub way: Way,
    /// The unit of the first; the values of all stand in it.
    pub unit: &'a str,
    /// Whether less is better.
    is_upper_bound: bool,
    pub members: Vec<Contribution<'a>>,
    /// Why rows were left out, and how many.
    pub left_out: BTreeMap<&'static str, usize>,
    /// Those that have the indicator, by name and unit.
    pub projects: BTreeSet<(String, String)>,
    pub units: BTreeSet<String>,
}

/// What a row contributes.
pub(super) struct Contribution<'a> {
    pub edition: &'a Edition,
    pub indicator: &'a Indicator,
    pub target: Decimal,
    pub actual: Decimal,
    pub comparator: Option<Comparator>,
    pub weight: Option<Decimal>,
    /// 全年预算数 in 万元.
    pub funds: Option<Decimal>,
}

/// The classes in the order in which they come first.
pub(super) fn classes<'a>(facts: &[Facts<'a>]) -> Vec<(Heading<'a>, Class<'a>)> {
    type Key = (Option<i16>, String, String, String);
    let mut places: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut classes: Vec<(Heading<'a>, Class<'a>)> = Vec::new();
    for one in facts {
        let year = one.project.year();
        for row in one.rows().filter(|row| row.score.counts) {
            let heading = Heading {
                year,
                section: row.section.name(),
                group: row.group.name(),
                name: trim(&row.indicator.name),
            };
            if heading.name.is_empty() {
                continue;
            }
            let key = (
                year,
                folded(heading.section),
                folded(heading.group),
                folded(heading.name),
            );
            let nature = Nature::of(row.indicator);
            let known = places.entry(key).or_default();
            let place = known
                .iter()
                .copied()
                .find(|place| nature.is_of(&classes[*place].1));
            let place = place.unwrap_or_else(|| {
                classes.push((heading, Class::new(&nature)));
                known.push(classes.len() - 1);
                classes.len() - 1
            });
            classes[place].1.add(&row);
        }
    }
    classes
}

/// What decides whether two indicators of a name can be put together.
struct Nature<'a> {
    way: Way,
    unit: &'a str,
    is_upper_bound: bool,
}

impl<'a> Nature<'a> {
    fn of(indicator: &'a Indicator) -> Self {
        let aim = indicator.aim();
        Self {
            way: aim.as_ref().map_or(Way::None(NO_TARGET), way),
            unit: aim.map_or("", |aim| aim.unit),
            is_upper_bound: aim
                .and_then(|aim| aim.comparator)
                .is_some_and(Comparator::is_upper_bound),
        }
    }

    fn is_of(&self, class: &Class<'_>) -> bool {
        self.way == class.way
            && (matches!(self.way, Way::None(_))
                || (self.is_upper_bound == class.is_upper_bound
                    && says_the_same(class.unit, self.unit)))
    }
}

fn way(aim: &Aim<'_>) -> Way {
    match aim.measure.quantity {
        _ if aim.qualitative => Way::None(WORDS),
        Quantity::Words => Way::None(WORDS),
        Quantity::Date(_) => Way::None(DATES),
        Quantity::Range { .. } => Way::None(RANGES),
        Quantity::Number { .. } => way_of(aim.unit),
    }
}

/// Percentages and what is counted per something are 相对值. Two terms of three days are not one of six.
fn way_of(unit: &str) -> Way {
    if says_the_same("%", unit) || unit.contains(['/', '／', '每']) {
        Way::Weighted
    } else if ["天", "工作日", "个月"]
        .iter()
        .any(|time| says_the_same(time, unit))
    {
        Way::None(TIMES)
    } else {
        Way::Added
    }
}

impl<'a> Class<'a> {
    fn new(nature: &Nature<'a>) -> Self {
        Self {
            way: nature.way,
            unit: nature.unit,
            is_upper_bound: nature.is_upper_bound,
            members: Vec::new(),
            left_out: BTreeMap::new(),
            projects: BTreeSet::new(),
            units: BTreeSet::new(),
        }
    }

    fn add(&mut self, row: &RowFacts<'_, 'a>) {
        self.projects.insert(row.facts.identity());
        self.units
            .insert(folded(row.facts.project.header(header::UNIT)));
        if matches!(self.way, Way::None(_)) {
            return;
        }
        match self.contribution(row) {
            Ok(contribution) => self.members.push(contribution),
            Err(why) => *self.left_out.entry(why).or_default() += 1,
        }
    }

    fn contribution(&self, row: &RowFacts<'_, 'a>) -> Result<Contribution<'a>, &'static str> {
        let aim = row.indicator.aim().ok_or(NO_TARGET)?;
        let target = aim.measure.number().ok_or(NO_TARGET)?;
        let (actual, unit) = actual(row.indicator, aim.unit).ok_or(NO_ACTUAL)?;
        let funds = row
            .facts
            .budget(TenThousandYuan)
            .filter(|funds| *funds > Decimal::ZERO);
        if self.way == Way::Weighted && funds.is_none() {
            return Err(NO_FUNDS);
        }
        let in_ours = |number, unit: &str| converted(number, unit, self.unit).ok_or(OTHER_UNIT);
        let in_targets = converted(actual, &unit, aim.unit).ok_or(OTHER_UNIT)?;
        Ok(Contribution {
            edition: row.facts.edition,
            indicator: row.indicator,
            target: in_ours(target, aim.unit)?,
            actual: in_ours(in_targets, aim.unit)?,
            comparator: aim.comparator,
            weight: row.score.weight,
            funds,
        })
    }
}

/// The number in the cell of the actual value, with its unit; remarks beside it are set aside as in scoring.
fn actual(indicator: &Indicator, unit: &str) -> Option<(Decimal, String)> {
    let measure = indicator.actual.value()?;
    let remarked = measure
        .is_qualitative()
        .then(|| Measure::read_remarked(indicator.actual.text(), unit))
        .flatten();
    let measure = remarked.as_ref().unwrap_or(measure);
    Some((measure.number()?, measure.unit().to_owned()))
}
