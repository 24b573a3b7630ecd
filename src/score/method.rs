//! Rows with a 计分办法 of their own.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::{
    indicator::{Aim, Indicator},
    measure::{Comparator, Quantity, Tier},
    method::{Away, BandOn, Bands, Deduct, Method, Side},
    policy::ForwardFormula,
};

use super::{
    deadline::{Late, steps},
    judgement::{Earned, Judgement, TOO_LARGE},
    outcome::{Verdict, Why},
    quantitative::{Formulas, by_formulas, compared},
    unit, yes_no,
};

const DIRECT: &str = "按计分办法由人工判分";
const NOT_MET: &str = "未达到，按计分办法不得分";
const NO_RATIO: &str = "指标值为0，完成比例无法计算，请人工判分";

/// Judges a row by its own method. Whether the target is met stays the comparison's business, where there is one.
pub(super) fn judge(indicator: &Indicator, method: &Method, formulas: Formulas<'_>) -> Judgement {
    match method {
        Method::Direct => Judgement {
            earned: Earned::Open(DIRECT),
            ..by_formulas(indicator, formulas)
        },
        Method::Proportional { pass } => {
            let pass = pass.and_then(|pass| pass.checked_div(Decimal::ONE_HUNDRED));
            let forward = pass.map_or(
                ForwardFormula::Proportional,
                ForwardFormula::ProportionalFrom,
            );
            by_formulas(
                indicator,
                Formulas {
                    forward: &forward,
                    ..formulas
                },
            )
        }
        Method::YesNo => all_or_nothing(indicator, formulas),
        Method::Deduct(deduct) => deducted(indicator, deduct, formulas),
        Method::Banded(bands) => banded(indicator, bands, formulas),
    }
}

fn all_or_nothing(indicator: &Indicator, formulas: Formulas<'_>) -> Judgement {
    let judgement = by_formulas(indicator, formulas);
    let met = match (judgement.verdict, indicator.effective_tier()) {
        (Verdict::Met, _) => Some(true),
        (Verdict::Missed, _) => Some(false),
        (_, Some(tier)) => Some(tier == Tier::Reached),
        (Verdict::Open(Why::NoTarget | Why::NoActual), _) => None,
        _ => yes_no::is_met(indicator.target.text(), indicator.actual.text()),
    };
    match met {
        Some(true) => Judgement {
            verdict: Verdict::Met,
            earned: Earned::Full,
            unranked: false,
            ..judgement
        },
        Some(false) => Judgement {
            verdict: Verdict::Missed,
            earned: Earned::Nothing(NOT_MET),
            unranked: false,
            ..judgement
        },
        None => judgement,
    }
}

/// The numbers of a row.
struct Numbers {
    /// Target and actual value, brought to one unit.
    target: Decimal,
    actual: Decimal,
    /// By what a number in the target's unit is multiplied to stand in that unit.
    of_target: Decimal,
    /// Whether both are percentages.
    percent: bool,
}

impl Numbers {
    fn of(indicator: &Indicator, aim: &Aim<'_>) -> Result<Self, Why> {
        let target = aim.measure.number().ok_or(Why::DifferentKinds)?;
        let (actual, own) = actual_of(indicator, Some(aim))?;
        let (of_target, of_actual) = unit::common(aim.unit, &own).ok_or(Why::DifferentUnits)?;
        let percent = unit::is_percent(if aim.unit.is_empty() { &own } else { aim.unit });
        let scaled =
            |number: Decimal, factor| number.checked_mul(factor).ok_or(Why::DifferentUnits);
        let (target, actual) = (scaled(target, of_target)?, scaled(actual, of_actual)?);
        Ok(Self {
            target,
            actual: if target > Decimal::ZERO {
                actual.max(Decimal::ZERO)
            } else {
                actual
            },
            of_target,
            percent,
        })
    }

    /// So many percent of the target as a number is; `None` without a target above zero.
    fn percent_of_target(&self, number: Decimal) -> Option<Decimal> {
        if self.target <= Decimal::ZERO {
            return None;
        }
        number
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(self.target)
    }
}

/// The actual value as a number with its unit, remarks set aside.
fn actual_of(indicator: &Indicator, aim: Option<&Aim<'_>>) -> Result<(Decimal, String), Why> {
    let actual = match aim {
        Some(aim) => compared(&indicator.actual, aim),
        None => indicator.actual.value().map(Cow::Borrowed),
    };
    let actual = actual.ok_or(Why::NoActual)?;
    match actual.quantity {
        Quantity::Number { value, .. } => Ok((value, actual.unit().to_owned())),
        Quantity::Range { .. } => Err(Why::Range),
        Quantity::Date(_) | Quantity::Words => Err(Why::DifferentKinds),
    }
}

fn deducted(indicator: &Indicator, deduct: &Deduct, formulas: Formulas<'_>) -> Judgement {
    let formulas = Formulas {
        late: late(deduct).unwrap_or(formulas.late),
        unwritten: match deduct.away {
            Away::Short => Some(Comparator::AtLeast),
            Away::Beyond => Some(Comparator::AtMost),
            Away::Either => None,
        },
        ..formulas
    };
    let judgement = by_formulas(indicator, formulas);
    let Some(aim) = indicator.aim().filter(|aim| !aim.qualitative) else {
        return judgement;
    };
    if matches!(aim.measure.quantity, Quantity::Date(_)) {
        return judgement;
    }
    let numbers = match Numbers::of(indicator, &aim) {
        Ok(numbers) => numbers,
        Err(why) => return opened(judgement, why.words()),
    };
    let beyond = numbers.actual.saturating_sub(numbers.target);
    let gap = match deduct.away {
        Away::Short => -beyond,
        Away::Beyond => beyond,
        Away::Either => beyond.abs(),
    };
    if gap <= Decimal::ZERO {
        // A strict bound that is just reached, or a gap in the direction that the method says nothing about.
        return judgement;
    }
    match steps_of(deduct, gap, &numbers, aim.unit) {
        Ok(steps) => Judgement {
            verdict: Verdict::Missed,
            over: None,
            earned: if steps.is_zero() {
                Earned::Full
            } else {
                Earned::Less {
                    steps,
                    each: deduct.points,
                    per: "档",
                }
            },
            ..judgement
        },
        Err(why) => opened(judgement, why),
    }
}

fn opened(judgement: Judgement, why: &'static str) -> Judgement {
    Judgement {
        earned: Earned::Open(why),
        ..judgement
    }
}

/// What a missed date costs by the method.
fn late(deduct: &Deduct) -> Option<Late<'static>> {
    match deduct.unit.as_str() {
        "天" | "日" => Some(Late::Days {
            every: deduct.every,
            each: deduct.points,
            begun: deduct.begun,
        }),
        "个月" | "月" => Some(Late::Months {
            every: deduct.every,
            each: deduct.points,
        }),
        _ => None,
    }
}

/// How many steps a gap is.
fn steps_of(
    deduct: &Deduct,
    gap: Decimal,
    numbers: &Numbers,
    target_unit: &str,
) -> Result<Decimal, &'static str> {
    let percent = unit::is_percent(&deduct.unit);
    let (gap, every) = if percent && numbers.percent {
        (Some(gap), Some(deduct.every))
    } else if percent && deduct.unit == "%" {
        let share = numbers.percent_of_target(gap).ok_or(NO_RATIO)?;
        (Some(share), Some(deduct.every))
    } else {
        let every = unit::converted(deduct.every, &deduct.unit, target_unit)
            .ok_or(Why::DifferentUnits.words())?;
        (Some(gap), every.checked_mul(numbers.of_target))
    };
    gap.zip(every)
        .and_then(|(gap, every)| steps(gap, every, deduct.begun))
        .ok_or(TOO_LARGE)
}

fn banded(indicator: &Indicator, bands: &Bands, formulas: Formulas<'_>) -> Judgement {
    let unwritten = match (bands.on, bands.side) {
        (BandOn::Actual, Side::AtLeast) => Some(Comparator::AtLeast),
        (BandOn::Actual, Side::AtMost) => Some(Comparator::AtMost),
        _ => None,
    };
    let judgement = by_formulas(
        indicator,
        Formulas {
            unwritten,
            ..formulas
        },
    );
    let value = match value_of(indicator, bands) {
        Ok(value) => value,
        Err(why) => return opened(judgement, why),
    };
    let (at, award) = bands.award(value);
    let limit = |at: usize| bands.bands.get(at).map(|band| band.limit);
    let (worse, better) = (limit(at), at.checked_sub(1).and_then(limit));
    Judgement {
        earned: Earned::Award {
            award,
            on: bands.on,
            value,
            ends: match bands.side {
                Side::AtLeast => (worse, better),
                Side::AtMost => (better, worse),
            },
        },
        ..judgement
    }
}

/// The value that decides on the band.
fn value_of(indicator: &Indicator, bands: &Bands) -> Result<Decimal, &'static str> {
    let aim = indicator.aim();
    if bands.on == BandOn::Actual {
        let (actual, own) = actual_of(indicator, aim.as_ref()).map_err(Why::words)?;
        let own = match own.as_str() {
            "" => aim.as_ref().map_or("", |aim| aim.unit),
            own => own,
        };
        return unit::converted(actual, own, &bands.unit).ok_or(Why::DifferentUnits.words());
    }
    let aim = aim.ok_or(Why::NoTarget.words())?;
    let numbers = Numbers::of(indicator, &aim).map_err(Why::words)?;
    let compared = match bands.on {
        BandOn::Deviation => numbers.actual.saturating_sub(numbers.target).abs(),
        BandOn::Completion | BandOn::Actual => numbers.actual,
    };
    numbers.percent_of_target(compared).ok_or(NO_RATIO)
}
