//! The fund table: sums of sources, columns that follow from others, the rate, the score of the execution.

use rust_decimal::Decimal;

use super::{
    Form, Offered,
    expression::{Expression, Relation},
};
use crate::{
    model::{
        edition::{Formula, FundColumn, FundRole},
        path::Place,
        policy::{ExecutionMethod, ExecutionPolicy, Rounding, RoundingMode},
        project::{FundRow, fund},
    },
    score::ProjectScore,
};

pub(super) fn offer(form: &Form, score: &ProjectScore, offered: &mut Offered) {
    let (project, edition) = (form.behind.project, form.behind.edition);
    for column in &edition.funds.columns {
        for row in project.funds.iter() {
            let place = Place::Fund(row.id, column.key.clone());
            if column.role == FundRole::Amount {
                offer_sums(form, row, column, offered);
            }
            match &column.formula {
                Some(Formula::Sum(columns)) => {
                    let cells = columns.iter().map(|key| Place::Fund(row.id, key.clone()));
                    offered.offer(&place, form.sum(cells));
                }
                Some(Formula::Difference(first, second)) => {
                    let difference = amount(form, row, first).zip(amount(form, row, second));
                    offered.offer(
                        &place,
                        difference.map(|(first, second)| first.minus(second)),
                    );
                }
                Some(Formula::Ratio(first, second)) => {
                    offer_rate(form, row, column, [first, second], offered);
                }
                None if column.role == FundRole::Rate => {
                    let policy = &edition.scoring.execution;
                    let columns = [&*policy.numerator, &*policy.denominator];
                    offer_rate(form, row, column, columns, offered);
                }
                None => {}
            }
        }
    }
    offer_score(form, score, offered);
}

/// What the parts of the row add up to.
fn offer_sums(form: &Form, row: &FundRow, column: &FundColumn, offered: &mut Offered) {
    let (project, edition) = (form.behind.project, form.behind.edition);
    let place = Place::Fund(row.id, column.key.clone());
    for split in edition
        .funds
        .splits
        .iter()
        .filter(|split| split.total == row.key)
    {
        let parts = project.funds.iter();
        let parts = parts.filter(|part| split.parts.contains(&part.key));
        let cells = parts.map(|part| Place::Fund(part.id, column.key.clone()));
        offered.offer(&place, form.sum(cells));
    }
}

/// The amount of a row: its cell, else the number that counts there.
fn amount(form: &Form, row: &FundRow, column: &str) -> Option<Expression> {
    let (project, edition) = (form.behind.project, form.behind.edition);
    let number = project.fund_number(row, column, edition)?;
    Some(form.operand(&Place::Fund(row.id, column.to_owned()), number))
}

fn offer_rate(
    form: &Form,
    row: &FundRow,
    column: &FundColumn,
    [first, second]: [&str; 2],
    offered: &mut Offered,
) {
    let place = Place::Fund(row.id, column.key.clone());
    let ratio = || Some(amount(form, row, first)?.over(amount(form, row, second)?));
    let Some(shown) = form.shown(&place) else {
        return;
    };
    // As the edition rounds it, else with as many decimals as were typed.
    let typed = Rounding {
        mode: RoundingMode::HalfUp,
        digits: shown.decimals,
    };
    for rounding in [form.behind.edition.scoring.execution.rate, typed] {
        let formula = ratio().map(|ratio| match shown.percent {
            true => ratio.rounded(Rounding {
                digits: rounding.digits + 2,
                ..rounding
            }),
            false => ratio
                .times(Expression::Number(Decimal::ONE_HUNDRED))
                .rounded(rounding),
        });
        offered.offer(&place, formula);
    }
}

fn offer_score(form: &Form, score: &ProjectScore, offered: &mut Offered) {
    let (project, edition) = (form.behind.project, form.behind.edition);
    let execution = &score.execution;
    let row = execution.row.and_then(|index| project.funds.get(index));
    let (Some(row), Some(weight)) = (row, execution.weight) else {
        return;
    };
    let key = |role, usual: &str| {
        let column = edition.fund_column(role);
        column.map_or(usual, |column| &column.key).to_owned()
    };
    let place = Place::Fund(row.id, key(FundRole::Score, fund::SCORE));
    let weight = form.operand(
        &Place::Fund(row.id, key(FundRole::Weight, fund::WEIGHT)),
        weight,
    );
    let policy = &edition.scoring.execution;
    let exact = amount(form, row, &policy.numerator)
        .zip(amount(form, row, &policy.denominator))
        .map(|(executed, budget)| executed.over(budget));
    let rate = Place::Fund(row.id, key(FundRole::Rate, fund::RATE));
    let shown = execution
        .shown_rate
        .map(|rate_shown| form.share(&rate, rate_shown));
    for share in [exact, shown].into_iter().flatten() {
        let points = points(share, &weight, policy);
        offered.offer(
            &place,
            points.map(|points| points.rounded(edition.scoring.rounding)),
        );
    }
}

/// The points of a share of the budget.
fn points(share: Expression, weight: &Expression, policy: &ExecutionPolicy) -> Option<Expression> {
    let points = match &policy.method {
        ExecutionMethod::Linear if policy.capped => {
            let most = Expression::Number(Decimal::ONE);
            return Some(share.at_most(most).times(weight.clone()));
        }
        ExecutionMethod::Linear => return Some(share.times(weight.clone())),
        ExecutionMethod::Tiered(bands) => {
            bands
                .iter()
                .rev()
                .fold(Expression::Number(Decimal::ZERO), |below, band| {
                    let from = Expression::Percent(band.from);
                    let points = Expression::Number(band.score);
                    Expression::when(share.clone(), Relation::AtLeast, from, points, below)
                })
        }
    };
    Some(if policy.capped {
        points.at_most(weight.clone())
    } else {
        points
    })
}
