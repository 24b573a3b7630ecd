//! The working of a score, kept as data and written out only when somebody asks.

use std::fmt;

use rust_decimal::Decimal;

use crate::model::{
    measure::Tier,
    numeral::{money, plain},
};

use super::fraction::Fraction;

/// How a score comes about. Its `Display` is one line that can be read aloud: "7 ÷ 10 × 15 = 10.50".
///
/// Scores keep the decimals that the edition shows; amounts of money are grouped and have two decimals; all else is
/// written as typed, without trailing zeros.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Working {
    /// Nothing to show.
    #[default]
    Nothing,
    /// Why nothing is computed, in words.
    Open(&'static str),
    /// Why there are no points, in words.
    Zero(&'static str),
    /// The target is met: full marks.
    Full {
        /// Points.
        weight: Decimal,
    },
    /// rate × weight.
    Execution {
        /// What was spent.
        executed: Decimal,
        /// What could be spent.
        budget: Decimal,
        /// The rate in percent, rounded to the edition's digits but not fewer than two.
        rate: Decimal,
        /// Points.
        weight: Decimal,
        /// The score; not above the weight where the edition caps it.
        score: Decimal,
    },
    /// The fixed score of the band in which the rate lies.
    ExecutionBand {
        /// What was spent.
        executed: Decimal,
        /// What could be spent.
        budget: Decimal,
        /// The rate in percent, rounded to the edition's digits but not fewer than two.
        rate: Decimal,
        /// The lowest rate of the band in percent; `None` below all bands.
        from: Option<Decimal>,
        /// The score.
        score: Decimal,
    },
    /// actual ÷ target × weight.
    Forward {
        /// Actual value.
        actual: Decimal,
        /// Target.
        target: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// (1 − (actual − target) ÷ target) × weight.
    ReverseLinear {
        /// Actual value.
        actual: Decimal,
        /// Target.
        target: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// target ÷ actual × weight.
    ReverseRatio {
        /// Actual value.
        actual: Decimal,
        /// Target.
        target: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// weight − steps × points per step.
    Deduct {
        /// How many steps are begun.
        steps: Decimal,
        /// Points per step.
        each: Decimal,
        /// What a step is ("个月", "档").
        per: &'static str,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// The tier's band of points.
    Tier {
        /// The tier.
        tier: Tier,
        /// Lowest points.
        low: Decimal,
        /// Highest points.
        high: Decimal,
    },
    /// Mean achievement of the members × weight.
    Group {
        /// How many members are met, or the sum of their weights.
        full: Decimal,
        /// Members that are partly met; those with nothing are not listed.
        partial: Vec<Member>,
        /// How many members there are, or the sum of their weights.
        of: Decimal,
        /// Points of the group.
        weight: Decimal,
        /// The score, rounded once.
        score: Decimal,
    },
}

/// A member of a group that is partly met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its share.
    pub share: Fraction,
    /// What it weighs among the members; 1 where they weigh the same.
    pub weight: Decimal,
}

impl fmt::Display for Working {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Open(why) | Self::Zero(why) => f.write_str(why),
            Self::Full { weight } => write!(f, "已达成，得满分 {}", plain(*weight)),
            Self::Execution {
                executed,
                budget,
                rate,
                weight,
                score,
            } => {
                write_rate(f, *executed, *budget, *rate)?;
                if executed > budget && score == weight {
                    write!(f, "，不超过分值，得 {score}")
                } else {
                    write!(f, "，× {} = {score}", plain(*weight))
                }
            }
            Self::ExecutionBand {
                executed,
                budget,
                rate,
                from,
                score,
            } => {
                write_rate(f, *executed, *budget, *rate)?;
                match from {
                    Some(from) => write!(f, "，达到 {}% 一档，得 {score}", plain(*from)),
                    None => write!(f, "，低于各档，得 {score}"),
                }
            }
            Self::Forward {
                actual,
                target,
                weight,
                score,
            } => write_product(f, *actual, *target, *weight, *score),
            Self::ReverseRatio {
                actual,
                target,
                weight,
                score,
            } => write_product(f, *target, *actual, *weight, *score),
            Self::ReverseLinear {
                actual,
                target,
                weight,
                score,
            } => {
                let (actual, target) = (plain(*actual), plain(*target));
                write!(
                    f,
                    "(1 − ({actual} − {target}) ÷ {target}) × {} = {score}",
                    plain(*weight)
                )
            }
            Self::Deduct {
                steps,
                each,
                per,
                weight,
                score,
            } => write!(
                f,
                "{} − {} {per} × {} = {score}",
                plain(*weight),
                plain(*steps),
                plain(*each)
            ),
            Self::Tier { tier, low, high } => {
                let end = if *tier == Tier::Reached { "]" } else { ")" };
                write!(f, "{tier}，得分区间 [{low}, {high}{end}")
            }
            Self::Group {
                full,
                partial,
                of,
                weight,
                score,
            } => {
                write_members(f, *full, partial)?;
                write!(f, " ÷ {} × {} = {score}", plain(*of), plain(*weight))
            }
        }
    }
}

fn write_rate(
    f: &mut fmt::Formatter<'_>,
    executed: Decimal,
    budget: Decimal,
    rate: Decimal,
) -> fmt::Result {
    write!(f, "{} ÷ {} = {rate}%", money(executed), money(budget))
}

fn write_product(
    f: &mut fmt::Formatter<'_>,
    numerator: Decimal,
    denominator: Decimal,
    weight: Decimal,
    score: Decimal,
) -> fmt::Result {
    let (numerator, denominator) = (plain(numerator), plain(denominator));
    write!(
        f,
        "{numerator} ÷ {denominator} × {} = {score}",
        plain(weight)
    )
}

/// "(14 + 7 ÷ 10)", or a single number without brackets.
fn write_members(f: &mut fmt::Formatter<'_>, full: Decimal, partial: &[Member]) -> fmt::Result {
    if partial.is_empty() {
        return f.write_str(&plain(full));
    }
    f.write_str("(")?;
    let mut plus = "";
    if !full.is_zero() {
        f.write_str(&plain(full))?;
        plus = " + ";
    }
    for Member { share, weight } in partial {
        let (numerator, denominator) = (plain(share.numerator()), plain(share.denominator()));
        write!(f, "{plus}{numerator} ÷ {denominator}")?;
        if *weight != Decimal::ONE {
            write!(f, " × {}", plain(*weight))?;
        }
        plus = " + ";
    }
    f.write_str(")")
}
