//! What is found out about one indicator before its points are known.

use rust_decimal::Decimal;

use crate::model::{
    measure::{Comparator, Tier},
    method::{Award, BandOn},
    policy::Rounding,
};

use super::{
    explanation::Working,
    fraction::Fraction,
    outcome::{Over, Share, Verdict, Why},
};

/// What the comparison of target and actual value says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judgement {
    pub verdict: Verdict,
    pub comparator: Option<Comparator>,
    pub over: Option<Over>,
    pub earned: Earned,
    pub unranked: bool,
}

/// What part of the points is earned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Earned {
    /// Nobody can say without a person's judgement; why.
    Open(&'static str),
    /// All.
    Full,
    /// None; why.
    Nothing(&'static str),
    /// A share by formula.
    Part {
        share: Fraction,
        shape: Shape,
        actual: Decimal,
        target: Decimal,
    },
    /// All but so many points.
    Less {
        steps: Decimal,
        each: Decimal,
        per: &'static str,
    },
    /// What a band of the row's own 计分办法 awards.
    Award {
        award: Award,
        on: BandOn,
        /// The value that decides.
        value: Decimal,
        /// The ends of the band, the better one open where it is the best, the worse one where it is the last.
        ends: (Option<Decimal>, Option<Decimal>),
    },
    /// Anything in a tier's band of shares.
    Band {
        tier: Tier,
        low: Decimal,
        high: Decimal,
    },
}

/// Which formula gives a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// actual ÷ target
    Forward,
    /// 1 − (actual − target) ÷ target
    ReverseLinear,
    /// target ÷ actual
    ReverseRatio,
}

impl Judgement {
    pub(super) fn open(why: Why) -> Self {
        Self {
            verdict: Verdict::Open(why),
            comparator: None,
            over: None,
            earned: Earned::Open(why.words()),
            unranked: false,
        }
    }

    pub(super) fn met() -> Self {
        Self {
            verdict: Verdict::Met,
            comparator: None,
            over: None,
            earned: Earned::Full,
            unranked: false,
        }
    }

    pub(super) fn missed(earned: Earned) -> Self {
        Self {
            verdict: Verdict::Missed,
            earned,
            ..Self::met()
        }
    }
}

impl Earned {
    pub(super) fn share(self) -> Option<Share> {
        match self {
            Self::Open(_) => None,
            Self::Full => Some(Share::Exact(Decimal::ONE)),
            Self::Nothing(_) => Some(Share::Exact(Decimal::ZERO)),
            Self::Part { share, .. } => share.value().map(Share::Exact),
            Self::Less { steps, each, .. } => steps.checked_mul(each).map(Share::Deduct),
            Self::Award { award, .. } => match award {
                Award::Full => Some(Share::Exact(Decimal::ONE)),
                Award::Points(points) => Some(Share::Points(points)),
                Award::Share(percent) => {
                    percent.checked_div(Decimal::ONE_HUNDRED).map(Share::Exact)
                }
            },
            Self::Band { tier, low, high } => Some(Share::Band { tier, low, high }),
        }
    }

    /// The score of a row with so many points, and how it comes about.
    pub(super) fn points(
        self,
        weight: Option<Decimal>,
        rounding: Rounding,
    ) -> (Option<Decimal>, Working) {
        let weight = match (self, weight) {
            (Self::Open(why), _) => return (None, Working::Open(why)),
            (Self::Nothing(why), Some(weight)) if weight >= Decimal::ZERO => {
                return (Some(padded(Decimal::ZERO, rounding)), Working::Zero(why));
            }
            (_, Some(weight)) if weight >= Decimal::ZERO => weight,
            _ => return (None, Working::Nothing),
        };
        match self {
            Self::Part {
                share,
                shape,
                actual,
                target,
            } => match share.of(weight) {
                Some(points) => {
                    let score = rounded(points, weight, rounding);
                    let working = shape.working(actual, target, weight, score);
                    (Some(score), working)
                }
                None => (None, Working::Open(TOO_LARGE)),
            },
            Self::Less { steps, each, per } => {
                match steps
                    .checked_mul(each)
                    .and_then(|less| weight.checked_sub(less))
                {
                    Some(points) => {
                        let score = rounded(points, weight, rounding);
                        let working = Working::Deduct {
                            steps,
                            each,
                            per,
                            weight,
                            score,
                        };
                        (Some(score), working)
                    }
                    None => (None, Working::Open(TOO_LARGE)),
                }
            }
            Self::Award {
                award,
                on,
                value,
                ends,
            } => match award.of(weight) {
                Some(points) => {
                    let score = rounded(points, weight, rounding);
                    let working = Working::Banded {
                        on,
                        value,
                        ends,
                        score,
                    };
                    (Some(score), working)
                }
                None => (None, Working::Open(TOO_LARGE)),
            },
            Self::Band { tier, low, high } => {
                let bound = |share: Decimal| {
                    share
                        .checked_mul(weight)
                        .map(|points| padded(rounding.apply(points), rounding))
                };
                let working = match (bound(low), bound(high)) {
                    (Some(low), Some(high)) => Working::Tier { tier, low, high },
                    _ => Working::Open(TOO_LARGE),
                };
                (None, working)
            }
            Self::Full | Self::Nothing(_) | Self::Open(_) => {
                (Some(padded(weight, rounding)), Working::Full { weight })
            }
        }
    }
}

impl Shape {
    fn working(self, actual: Decimal, target: Decimal, weight: Decimal, score: Decimal) -> Working {
        match self {
            Self::Forward => Working::Forward {
                actual,
                target,
                weight,
                score,
            },
            Self::ReverseLinear => Working::ReverseLinear {
                actual,
                target,
                weight,
                score,
            },
            Self::ReverseRatio => Working::ReverseRatio {
                actual,
                target,
                weight,
                score,
            },
        }
    }
}

/// Why nothing is computed where numbers are beyond all reckoning.
pub(super) const TOO_LARGE: &str = "数值过大，无法测算";

/// `points` rounded, neither below 0 nor above `most`, with the decimals that the edition shows.
pub(super) fn rounded(points: Decimal, most: Decimal, rounding: Rounding) -> Decimal {
    let score = rounding.apply(points.max(Decimal::ZERO)).min(most);
    padded(score, rounding)
}

/// `score` with at least the decimals that the edition shows: 15.00.
pub(super) fn padded(mut score: Decimal, rounding: Rounding) -> Decimal {
    if score.scale() < rounding.digits {
        score.rescale(rounding.digits);
    }
    score
}

impl Why {
    /// Why nothing is computed, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoTarget => "未填写指标值，无法测算",
            Self::NoActual => "未填写实际完成值，无法测算",
            Self::NoTier => "定性指标尚未判定完成档次，需人工判分",
            Self::DifferentKinds => "实际完成值与指标值一个是数字、一个是日期或文字，无法测算",
            Self::DifferentUnits => "实际完成值与指标值的单位不能换算，无法测算",
            Self::AmbiguousDate => "完成时限有两种理解，请人工判断是否按时",
            Self::Range => "数值是一个区间或超出目标区间，请人工判断是否达成",
        }
    }
}
