//! 预算执行率: what was spent of what could be spent.

use rust_decimal::{Decimal, dec};

use crate::model::{
    edition::{Edition, FundRole},
    figure::FigureCell,
    policy::{ExecutionMethod, ExecutionPolicy, Rounding, RoundingMode, ZeroBudget},
    project::{FundRow, Project, fund},
    typed::Reading,
};

use super::{
    explanation::Working,
    fraction::Fraction,
    judgement::{TOO_LARGE, padded, rounded},
    outcome::ExecutionScore,
};

const NO_AMOUNTS: &str = "预算数或执行数未填写，无法计算执行率";
const AMOUNTS_UNREADABLE: &str = "预算数或执行数写的不是数字，无法计算执行率";
const NO_BUDGET: &str = "预算数为 0，执行率无法计算，请按当地规定处理";
const NO_BUDGET_ZERO: &str = "预算数为 0，按规定执行率和得分计 0";
const NEGATIVE: &str = "预算数为负数，无法计算执行率";

/// The rate of a fund row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ExecutionRate {
    /// What was spent is so large a share of the budget.
    Share(Fraction),
    /// The edition says what a budget of zero means: a rate in percent.
    Set(Decimal),
    /// It cannot be formed; why.
    Open(&'static str),
}

impl ExecutionRate {
    /// The rate in percent, not rounded.
    pub fn percent(self) -> Option<Decimal> {
        match self {
            Self::Share(share) => share.of(Decimal::ONE_HUNDRED),
            Self::Set(percent) => Some(percent),
            Self::Open(_) => None,
        }
    }
}

/// The execution rate of one fund row by the edition's columns and its policy for a budget of zero.
pub fn execution_rate(project: &Project, row: &FundRow, edition: &Edition) -> ExecutionRate {
    let policy = &edition.scoring.execution;
    let amount = |column: &str| project.fund_number(row, column, edition);
    let (Some(executed), Some(budget)) = (amount(&policy.numerator), amount(&policy.denominator))
    else {
        let unreadable = [&policy.numerator, &policy.denominator]
            .into_iter()
            .any(|column| matches!(row.figure(column).reading(), Reading::Unreadable));
        return ExecutionRate::Open(if unreadable {
            AMOUNTS_UNREADABLE
        } else {
            NO_AMOUNTS
        });
    };
    if let Some(share) = Fraction::new(executed, budget) {
        return ExecutionRate::Share(share);
    }
    if budget < Decimal::ZERO {
        return ExecutionRate::Open(NEGATIVE);
    }
    match policy.zero_budget {
        ZeroBudget::Zero if executed.is_zero() => ExecutionRate::Set(Decimal::ZERO),
        ZeroBudget::Full if executed.is_zero() => ExecutionRate::Set(Decimal::ONE_HUNDRED),
        _ => ExecutionRate::Open(NO_BUDGET),
    }
}

/// The score that a rate in percent earns at this weight by the edition's method, rounded as it says.
pub fn execution_score(percent: Decimal, weight: Decimal, edition: &Edition) -> Option<Decimal> {
    let points = Points {
        policy: &edition.scoring.execution,
        weight,
        rounding: edition.scoring.rounding,
    };
    points.of_percent(percent)
}

/// Scores the budget execution of a form from the fund row that the edition scores.
pub(super) fn score(project: &Project, edition: &Edition) -> ExecutionScore {
    let found = edition.scored_fund_row().and_then(|layout| {
        project
            .funds
            .iter()
            .enumerate()
            .find(|(_, row)| row.key == layout.key)
    });
    let Some((index, row)) = found else {
        return ExecutionScore::default();
    };
    let policy = &edition.scoring.execution;
    let rate = execution_rate(project, row, edition);
    let percent = rate.percent();
    let shown_rate = percent.map(|percent| padded(policy.rate.apply(percent), policy.rate));
    let mut outcome = ExecutionScore {
        row: Some(index),
        rate: percent,
        shown_rate,
        weight: weight(figure(row, edition, FundRole::Weight), policy),
        filed: figure(row, edition, FundRole::Score).number(),
        ..ExecutionScore::default()
    };
    let Some(weight) = outcome.weight.filter(|weight| *weight >= Decimal::ZERO) else {
        return outcome;
    };
    let points = Points {
        policy,
        weight,
        rounding: edition.scoring.rounding,
    };
    outcome.score = points.exact(rate, percent);
    outcome.score_from_shown = match (outcome.score, shown_rate) {
        (Some(score), Some(shown)) => points.of_shown(shown, score),
        _ => None,
    };
    outcome.working = points.working(rate, percent, outcome.score);
    outcome
}

/// The row's cell in the edition's column of this role.
fn figure<'a>(row: &'a FundRow, edition: &Edition, role: FundRole) -> &'a FigureCell {
    let usual = if role == FundRole::Weight {
        fund::WEIGHT
    } else {
        fund::SCORE
    };
    row.figure(
        edition
            .fund_column(role)
            .map_or(usual, |column| &column.key),
    )
}

/// As filed, else as the edition says; none where the row waives it or the edition does not score the execution.
fn weight(cell: &FigureCell, policy: &ExecutionPolicy) -> Option<Decimal> {
    let by_edition = (policy.weight > Decimal::ZERO && !cell.is_waived()).then_some(policy.weight);
    cell.number().or(by_edition)
}

struct Points<'a> {
    policy: &'a ExecutionPolicy,
    weight: Decimal,
    rounding: Rounding,
}

impl Points<'_> {
    fn exact(&self, rate: ExecutionRate, percent: Option<Decimal>) -> Option<Decimal> {
        match (&self.policy.method, rate) {
            (ExecutionMethod::Linear, ExecutionRate::Share(share)) => {
                Some(self.limited(share.of(self.weight)?))
            }
            _ => self.of_percent(percent?),
        }
    }

    fn of_percent(&self, percent: Decimal) -> Option<Decimal> {
        match &self.policy.method {
            ExecutionMethod::Linear => Some(self.limited(self.product(percent)?)),
            ExecutionMethod::Tiered(_) => {
                let band = self.band(percent).map_or(Decimal::ZERO, |band| band.1);
                Some(self.limited(band))
            }
        }
    }

    fn product(&self, percent: Decimal) -> Option<Decimal> {
        Fraction::new(percent, Decimal::ONE_HUNDRED)?.of(self.weight)
    }

    /// Lowest rate and score of the band.
    fn band(&self, percent: Decimal) -> Option<(Decimal, Decimal)> {
        let ExecutionMethod::Tiered(bands) = &self.policy.method else {
            return None;
        };
        bands
            .iter()
            .find(|band| percent >= band.from)
            .map(|band| (band.from, band.score))
    }

    fn limited(&self, points: Decimal) -> Decimal {
        let most = if self.policy.capped {
            self.weight
        } else {
            Decimal::MAX
        };
        rounded(points, most, self.rounding)
    }

    /// The score from the shown rate. Systems multiply in binary and come down on either side of a tie (96.85 % of 10
    /// points is printed as 9.68 and as 9.69): on a tie it is the neighbour that the exact rate does not give.
    fn of_shown(&self, shown: Decimal, exact: Decimal) -> Option<Decimal> {
        let score = self.of_percent(shown)?;
        let linear = self.policy.method == ExecutionMethod::Linear;
        if !linear || self.rounding.mode == RoundingMode::Truncate || score != exact {
            return Some(score);
        }
        let half = self.rounding.unit() * dec!(0.5);
        let below = score.checked_sub(self.product(shown)?)? == half;
        Some(if below {
            padded(score - self.rounding.unit(), self.rounding)
        } else {
            score
        })
    }

    fn working(
        &self,
        rate: ExecutionRate,
        percent: Option<Decimal>,
        score: Option<Decimal>,
    ) -> Working {
        let share = match rate {
            ExecutionRate::Open(why) => return Working::Open(why),
            ExecutionRate::Set(percent) if percent.is_zero() => {
                return Working::Zero(NO_BUDGET_ZERO);
            }
            ExecutionRate::Set(_) => {
                return Working::Full {
                    weight: self.weight,
                };
            }
            ExecutionRate::Share(share) => share,
        };
        let (Some(percent), Some(score)) = (percent, score) else {
            return Working::Open(TOO_LARGE);
        };
        let (executed, budget) = (share.numerator(), share.denominator());
        let rate = readable_rate(percent, self.policy.rate);
        match &self.policy.method {
            ExecutionMethod::Linear => Working::Execution {
                executed,
                budget,
                rate,
                weight: self.weight,
                score,
            },
            ExecutionMethod::Tiered(_) => Working::ExecutionBand {
                executed,
                budget,
                rate,
                from: self.band(percent).map(|band| band.0),
                score,
            },
        }
    }
}

/// The rate as the working tells it: with two decimals at least, so that the product can be followed.
fn readable_rate(percent: Decimal, rounding: Rounding) -> Decimal {
    let rounding = Rounding {
        digits: rounding.digits.max(2),
        ..rounding
    };
    padded(rounding.apply(percent), rounding)
}
