//! The working of a score, kept as data and written out only when somebody asks.

use std::fmt;

use rust_decimal::Decimal;

use crate::model::{
    measure::Tier,
    method::BandOn,
    numeral::{money, plain},
    policy::Rounding,
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
    /// What the band of the row's own 计分办法 awards.
    Banded {
        /// What is looked at.
        on: BandOn,
        /// The value that decides; percent where completion or deviation is looked at.
        value: Decimal,
        /// The lower and the upper end of its band, where it has such.
        ends: (Option<Decimal>, Option<Decimal>),
        /// The score.
        score: Decimal,
    },
    /// 单项得分 × 权重占比.
    Converted {
        /// 单项得分, out of 100.
        single: Decimal,
        /// Points.
        weight: Decimal,
        /// The score.
        score: Decimal,
    },
    /// A computed score less what the form's 扣分 column takes off.
    Deducted {
        /// How the computed score comes about.
        of: Box<Working>,
        /// Points off.
        deduction: Decimal,
        /// The score.
        score: Decimal,
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
            Self::Banded {
                on,
                value,
                ends,
                score,
            } => write_band(f, *on, *value, *ends, *score),
            Self::Converted {
                single,
                weight,
                score,
            } => write!(f, "{} × {}% = {score}", plain(*single), plain(*weight)),
            Self::Deducted {
                of,
                deduction,
                score,
            } => write!(f, "{of}，扣 {}，得 {score}", plain(*deduction)),
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

/// "完成比例 85%，在 80%～90% 一档，得 8.00".
fn write_band(
    f: &mut fmt::Formatter<'_>,
    on: BandOn,
    value: Decimal,
    ends: (Option<Decimal>, Option<Decimal>),
    score: Decimal,
) -> fmt::Result {
    let (what, percent) = match on {
        BandOn::Actual => ("实际完成值", ""),
        BandOn::Completion | BandOn::Deviation => (on.words(), "%"),
    };
    let value = Rounding::default().apply(value);
    write!(f, "{what} {}{percent}，", plain(value))?;
    match ends {
        (Some(low), Some(high)) => write!(
            f,
            "在 {}{percent}～{}{percent} 一档",
            plain(low),
            plain(high)
        )?,
        (Some(low), None) => write!(f, "在 {}{percent} 以上一档", plain(low))?,
        (None, Some(high)) => write!(f, "在 {}{percent} 以下一档", plain(high))?,
        (None, None) => f.write_str("不在各档之内")?,
    }
    write!(f, "，得 {score}")
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
