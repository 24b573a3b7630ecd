//! 定量指标: numbers against numbers.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::{
    edition::Sense,
    indicator::{Aim, Indicator},
    measure::{Comparator, Measure, MeasureCell, Quantity},
    policy::{EqualTarget, ForwardFormula, ReverseFormula, ScoringPolicy},
    typed::Reading,
};

use super::{
    comparator::assumed,
    deadline::{self, Late},
    fraction::Fraction,
    judgement::{Earned, Judgement, Shape, TOO_LARGE},
    method,
    outcome::{Over, Why},
    qualitative, unit,
};

const METHOD_UNREADABLE: &str = "计分办法未能识别，请人工判分";
const NOT_REACHED: &str = "未达成，不得分";
const BELOW_PASS: &str = "完成比例低于及格线，不得分";
const TWICE: &str = "达到指标值的两倍及以上，不得分";
const MORE_THAN_EQUAL: &str = "超过指标值，按“等于”不算达成，请人工判分";
const EXACTLY_THE_BOUND: &str = "正好等于指标值，按“大于”“小于”不算达成，请人工判分";

/// Compares what was reached with what was aimed at, by the row's own 计分办法 or the edition's formulas.
pub(super) fn judge(
    indicator: &Indicator,
    sense: Sense,
    form_year: Option<i16>,
    policy: &ScoringPolicy,
) -> Judgement {
    let formulas = Formulas::of(policy, sense, form_year);
    match indicator.method() {
        Reading::Value(own) => method::judge(indicator, &own, formulas),
        Reading::Unreadable => Judgement {
            earned: Earned::Open(METHOD_UNREADABLE),
            ..by_formulas(indicator, formulas)
        },
        Reading::Empty | Reading::Dash | Reading::NotApplicable => by_formulas(indicator, formulas),
    }
}

/// By what a row is judged.
#[derive(Clone, Copy)]
pub(super) struct Formulas<'a> {
    pub policy: &'a ScoringPolicy,
    pub sense: Sense,
    pub form_year: Option<i16>,
    pub forward: &'a ForwardFormula,
    /// What a missed date costs.
    pub late: Late<'a>,
    /// The comparator where none is written, if the name is not to tell it.
    pub unwritten: Option<Comparator>,
}

impl<'a> Formulas<'a> {
    fn of(policy: &'a ScoringPolicy, sense: Sense, form_year: Option<i16>) -> Self {
        Self {
            policy,
            sense,
            form_year,
            forward: &policy.forward,
            late: Late::By(&policy.missed_date),
            unwritten: None,
        }
    }
}

/// Compares by formulas.
pub(super) fn by_formulas(indicator: &Indicator, formulas: Formulas<'_>) -> Judgement {
    let Formulas {
        policy, form_year, ..
    } = formulas;
    let Some(aim) = indicator.aim() else {
        return Judgement::open(Why::NoTarget);
    };
    if aim.qualitative {
        return Judgement {
            comparator: aim.comparator,
            ..qualitative::judge(indicator, aim.measure, policy)
        };
    }
    let in_force = || {
        aim.comparator
            .or(formulas.unwritten)
            .unwrap_or_else(|| assumed(&indicator.name, formulas.sense))
    };
    let Some(actual) = compared(&indicator.actual, &aim) else {
        return Judgement::open(Why::NoActual);
    };
    let actual = &*actual;
    match &aim.measure.quantity {
        Quantity::Date(target) => Judgement {
            comparator: aim.comparator,
            ..deadline::judge(
                indicator,
                *target,
                aim.comparator,
                actual,
                form_year,
                (formulas.late, policy),
            )
        },
        Quantity::Number { value, .. } => {
            let comparator = in_force();
            let comparison = Comparison {
                policy,
                forward: formulas.forward,
                name: &indicator.name,
                target: *value,
                unit: aim.unit,
                comparator,
            };
            Judgement {
                comparator: Some(comparator),
                ..comparison.judge_measure(actual)
            }
        }
        Quantity::Range { low, high, .. } => {
            let comparator = in_force();
            Judgement {
                comparator: Some(comparator),
                ..judge_range(indicator, &aim, (*low, *high), comparator, actual, formulas)
            }
        }
        Quantity::Words => Judgement::open(Why::NoTier),
    }
}

/// What an actual value says beside this aim: as read, or the one number in its words. `None` where it has no value.
pub(super) fn compared<'a>(actual: &'a MeasureCell, aim: &Aim<'_>) -> Option<Cow<'a, Measure>> {
    let read = actual.value()?;
    let numeric = matches!(
        aim.measure.quantity,
        Quantity::Number { .. } | Quantity::Range { .. }
    );
    let remarked = (numeric && read.is_qualitative())
        .then(|| Measure::read_remarked(actual.text(), aim.unit))
        .flatten();
    Some(remarked.map_or(Cow::Borrowed(read), Cow::Owned))
}

/// A range is to be kept at both ends. With a comparator written, or less being better, only one end counts. Beyond an end
/// that is not a bound of the comparison a person has to judge.
fn judge_range(
    indicator: &Indicator,
    aim: &Aim<'_>,
    (low, high): (Decimal, Decimal),
    comparator: Comparator,
    actual: &Measure,
    formulas: Formulas<'_>,
) -> Judgement {
    let bound = if comparator.is_upper_bound() {
        high
    } else {
        low
    };
    let comparison = Comparison {
        policy: formulas.policy,
        forward: formulas.forward,
        name: &indicator.name,
        target: bound,
        unit: aim.unit,
        comparator,
    };
    let two_sided =
        matches!(aim.comparator, None | Some(Comparator::Equal)) && !comparator.is_upper_bound();
    if two_sided {
        let Quantity::Number { value, .. } = actual.quantity else {
            return comparison.judge_measure(actual);
        };
        let above = unit::common(aim.unit, actual.unit()).is_some_and(|(of_target, of_actual)| {
            match (value.checked_mul(of_actual), high.checked_mul(of_target)) {
                (Some(value), Some(high)) => value > high,
                _ => true,
            }
        });
        if above {
            return Judgement::open(Why::Range);
        }
    }
    Judgement {
        over: None,
        ..comparison.judge_measure(actual)
    }
}

/// A number to be compared with.
struct Comparison<'a> {
    policy: &'a ScoringPolicy,
    forward: &'a ForwardFormula,
    name: &'a str,
    target: Decimal,
    unit: &'a str,
    comparator: Comparator,
}

impl Comparison<'_> {
    fn judge_measure(&self, actual: &Measure) -> Judgement {
        let value = match actual.quantity {
            Quantity::Number { value, .. } => value,
            Quantity::Range { .. } => return Judgement::open(Why::Range),
            Quantity::Date(_) | Quantity::Words => return Judgement::open(Why::DifferentKinds),
        };
        let Some((of_target, of_actual)) = unit::common(self.unit, actual.unit()) else {
            return Judgement::open(Why::DifferentUnits);
        };
        let percent = unit::is_percent(if self.unit.is_empty() {
            actual.unit()
        } else {
            self.unit
        });
        match (
            self.target.checked_mul(of_target),
            value.checked_mul(of_actual),
        ) {
            (Some(target), Some(value)) => self.judge(target, value, percent),
            _ => Judgement {
                earned: Earned::Open(TOO_LARGE),
                ..Judgement::open(Why::DifferentUnits)
            },
        }
    }

    fn judge(&self, target: Decimal, actual: Decimal, percent: bool) -> Judgement {
        let positive = target > Decimal::ZERO;
        // A negative result of something that is counted is nothing; only beside a target that may itself be negative
        // (利润 ≥ −5) does the sign mean something.
        let actual = if positive {
            actual.max(Decimal::ZERO)
        } else {
            actual
        };
        if self.is_met(target, actual) {
            return Judgement {
                over: self.over(target, actual, percent),
                ..Judgement::met()
            };
        }
        Judgement::missed(if !positive {
            Earned::Nothing(NOT_REACHED)
        } else if self.comparator.is_upper_bound() {
            self.beyond(target, actual)
        } else {
            self.below(target, actual)
        })
    }

    fn is_met(&self, target: Decimal, actual: Decimal) -> bool {
        let strict = self.policy.strict_comparators;
        match self.comparator {
            Comparator::MoreThan if strict => actual > target,
            Comparator::AtLeast | Comparator::MoreThan => actual >= target,
            Comparator::LessThan if strict => actual < target,
            Comparator::AtMost | Comparator::LessThan => actual <= target,
            Comparator::Equal if target > Decimal::ZERO => match self.policy.equal {
                EqualTarget::Met => actual >= target,
                EqualTarget::Missed => actual == target,
            },
            Comparator::Equal if target.is_zero() => actual <= target,
            Comparator::Equal => actual == target,
        }
    }

    /// What is earned below a target above zero.
    fn below(&self, target: Decimal, actual: Decimal) -> Earned {
        if actual > target {
            return Earned::Open(MORE_THAN_EQUAL);
        }
        let pass = match *self.forward {
            ForwardFormula::AllOrNothing => return Earned::Nothing(NOT_REACHED),
            ForwardFormula::Proportional => None,
            ForwardFormula::ProportionalFrom(pass) => Some(pass),
        };
        if actual == target {
            return Earned::Open(EXACTLY_THE_BOUND);
        }
        if pass
            .and_then(|pass| target.checked_mul(pass))
            .is_some_and(|least| actual < least)
        {
            return Earned::Nothing(BELOW_PASS);
        }
        part(actual, target, Shape::Forward, actual, target)
    }

    /// What is earned beyond a bound above zero.
    fn beyond(&self, target: Decimal, actual: Decimal) -> Earned {
        if actual == target {
            return Earned::Open(EXACTLY_THE_BOUND);
        }
        match &self.policy.reverse {
            ReverseFormula::Linear => {
                let Some(left) = target
                    .checked_add(target)
                    .and_then(|twice| twice.checked_sub(actual))
                else {
                    return Earned::Open(TOO_LARGE);
                };
                if left <= Decimal::ZERO {
                    return Earned::Nothing(TWICE);
                }
                part(left, target, Shape::ReverseLinear, actual, target)
            }
            ReverseFormula::Ratio => part(target, actual, Shape::ReverseRatio, actual, target),
            ReverseFormula::Steps {
                every_percent,
                deduct,
            } => {
                let steps = (actual - target)
                    .checked_mul(Decimal::ONE_HUNDRED)
                    .and_then(|beyond| beyond.checked_div(target.checked_mul(*every_percent)?));
                match steps {
                    Some(steps) => Earned::Less {
                        steps: steps.ceil(),
                        each: *deduct,
                        per: "档",
                    },
                    None => Earned::Open(TOO_LARGE),
                }
            }
        }
    }

    fn over(&self, target: Decimal, actual: Decimal, percent: bool) -> Option<Over> {
        if self.comparator.is_upper_bound() || self.is_bounded(target, actual, percent) {
            return None;
        }
        if target > Decimal::ZERO && actual > target {
            return actual.checked_div(target).map(Over::Ratio);
        }
        let countable = matches!(self.comparator, Comparator::AtLeast | Comparator::MoreThan);
        (countable && target.is_zero() && actual > target).then_some(Over::BeyondZero(actual))
    }

    /// Whether the value is a rate that cannot pass 100 %, by its unit or, where none is written, by its name.
    fn is_bounded(&self, target: Decimal, actual: Decimal, percent: bool) -> bool {
        let rate = percent
            || (self.unit.is_empty()
                && target.max(actual) <= Decimal::ONE_HUNDRED
                && (self.name.contains('率') || self.name.contains("满意度")));
        rate && !may_pass_hundred(self.name)
    }
}

/// Whether a percentage of this name may pass 100 %: growth, and rates of gain and debt.
pub fn may_pass_hundred(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "增长",
        "提高",
        "增幅",
        "增加",
        "提升",
        "超",
        "同比",
        "环比",
        "升幅",
        "涨幅",
        "增值",
        "收益率",
        "回报率",
        "利润率",
        "周转率",
        "负债率",
    ];
    WORDS.iter().any(|word| name.contains(word))
}

fn part(
    numerator: Decimal,
    denominator: Decimal,
    shape: Shape,
    actual: Decimal,
    target: Decimal,
) -> Earned {
    Fraction::new(numerator, denominator).map_or(Earned::Open(TOO_LARGE), |share| Earned::Part {
        share,
        shape,
        actual,
        target,
    })
}
