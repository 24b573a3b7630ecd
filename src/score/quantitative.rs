//! 定量指标: numbers against numbers.

use rust_decimal::Decimal;

use crate::model::{
    edition::Sense,
    indicator::{Aim, Indicator},
    measure::{Comparator, Measure, Quantity},
    policy::{ForwardFormula, ReverseFormula, ScoringPolicy},
};

use super::{
    comparator::assumed,
    deadline,
    fraction::Fraction,
    judgement::{Earned, Judgement, Shape, TOO_LARGE},
    outcome::{Over, Why},
    qualitative, unit,
};

const NOT_REACHED: &str = "未达成，不得分";
const BELOW_PASS: &str = "完成比例低于及格线，不得分";
const TWICE: &str = "达到指标值的两倍及以上，不得分";
const EXACTLY_THE_BOUND: &str = "正好等于指标值，按“大于”“小于”不算达成，请人工判分";

/// Compares what was reached with what was aimed at.
pub(super) fn judge(
    indicator: &Indicator,
    sense: Sense,
    form_year: Option<i16>,
    policy: &ScoringPolicy,
) -> Judgement {
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
            .unwrap_or_else(|| assumed(&indicator.name, sense))
    };
    let Some(actual) = indicator.actual.value() else {
        return Judgement::open(Why::NoActual);
    };
    let numeric = matches!(
        aim.measure.quantity,
        Quantity::Number { .. } | Quantity::Range { .. }
    );
    let remarked = (numeric && actual.is_qualitative())
        .then(|| Measure::read_remarked(indicator.actual.text(), aim.unit))
        .flatten();
    let actual = remarked.as_ref().unwrap_or(actual);
    match &aim.measure.quantity {
        Quantity::Date(target) => Judgement {
            comparator: aim.comparator,
            ..deadline::judge(
                indicator,
                *target,
                aim.comparator,
                actual,
                form_year,
                policy,
            )
        },
        Quantity::Number { value, .. } => {
            let comparator = in_force();
            let comparison = Comparison {
                policy,
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
                ..judge_range(indicator, &aim, (*low, *high), comparator, actual, policy)
            }
        }
        Quantity::Words => Judgement::open(Why::NoTier),
    }
}

/// A range is to be kept at both ends. With a comparator written, or less being better, only one end counts. Beyond an end
/// that is not a bound of the comparison a person has to judge.
fn judge_range(
    indicator: &Indicator,
    aim: &Aim<'_>,
    (low, high): (Decimal, Decimal),
    comparator: Comparator,
    actual: &Measure,
    policy: &ScoringPolicy,
) -> Judgement {
    let bound = if comparator.is_upper_bound() {
        high
    } else {
        low
    };
    let comparison = Comparison {
        policy,
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
            Comparator::Equal if target > Decimal::ZERO => actual >= target,
            Comparator::Equal if target.is_zero() => actual <= target,
            Comparator::Equal => actual == target,
        }
    }

    /// What is earned below a target above zero.
    fn below(&self, target: Decimal, actual: Decimal) -> Earned {
        let pass = match self.policy.forward {
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
        const GROWTH: &[&str] = &["增长", "提高", "增幅", "增加", "提升", "超"];
        let rate = percent
            || (self.unit.is_empty()
                && target.max(actual) <= Decimal::ONE_HUNDRED
                && (self.name.contains('率') || self.name.contains("满意度")));
        rate && !GROWTH.iter().any(|word| self.name.contains(word))
    }
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
