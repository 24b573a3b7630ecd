//! Scores of indicators by their comparators, and of groups that are scored as one.

use rust_decimal::Decimal;

use super::{
    Form, Offered,
    expression::{Expression, Relation},
};
use crate::{
    model::{
        indicator::{Group, Indicator},
        measure::{Comparator, Measure},
        path::{BlockField, IndicatorField, Place},
        policy::{ForwardFormula, ReverseFormula},
        typed::Reading,
    },
    score::{GroupScore, IndicatorScore, ProjectScore, explanation::Working},
};

pub(super) fn offer(form: &Form, score: &ProjectScore, offered: &mut Offered) {
    for (goal, goal_score) in form.behind.project.goals.iter().zip(&score.goals) {
        for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
            for (group, group_score) in section.groups.iter().zip(&section_score.groups) {
                let place = Place::Group(group.id, BlockField::Score);
                offered.offer(&place, of_group(form, group, group_score));
                for (row, row_score) in group.indicators.iter().zip(&group_score.members) {
                    let place = Place::Indicator(row.id, IndicatorField::Score);
                    offered.offer(&place, of_row(form, row, row_score));
                }
            }
        }
    }
}

fn number(value: Decimal) -> Expression {
    Expression::Number(value)
}

/// Mean achievement × points, divided last.
fn of_group(form: &Form, group: &Group, score: &GroupScore) -> Option<Expression> {
    let Working::Group {
        full,
        partial,
        of,
        weight,
        ..
    } = &score.working
    else {
        return None;
    };
    let sum = partial.iter().fold(number(*full), |sum, member| {
        let share = number(member.share.numerator()).over(number(member.share.denominator()));
        sum.plus(if member.weight == Decimal::ONE {
            share
        } else {
            share.times(number(member.weight))
        })
    });
    let weight = form.operand(&Place::Group(group.id, BlockField::Weight), *weight);
    let points = sum.times(weight).over(number(*of));
    Some(points.rounded(form.behind.edition.scoring.rounding))
}

/// A row whose target and actual value are numbers in one unit.
struct Comparison {
    actual: Expression,
    target: Expression,
    weight: Expression,
    comparator: Comparator,
    is_above_zero: bool,
}

fn of_row(form: &Form, row: &Indicator, score: &IndicatorScore) -> Option<Expression> {
    // A row's own 计分办法 is no formula of the edition.
    if !matches!(row.method(), Reading::Empty) {
        return None;
    }
    let comparison = comparison(form, row, score)?;
    let rounding = form.behind.edition.scoring.rounding;
    if !comparison.is_above_zero {
        return comparison.all_or_nothing();
    }
    if comparison.comparator.is_upper_bound() {
        match form.behind.edition.scoring.reverse {
            ReverseFormula::Linear => Some(comparison.reverse_linear().rounded(rounding)),
            ReverseFormula::Ratio => Some(comparison.reverse_ratio().rounded(rounding)),
            ReverseFormula::Steps { .. } => None,
        }
    } else {
        match form.behind.edition.scoring.forward {
            ForwardFormula::Proportional => Some(comparison.forward().rounded(rounding)),
            ForwardFormula::ProportionalFrom(pass) => {
                Some(comparison.forward_from(pass).rounded(rounding))
            }
            ForwardFormula::AllOrNothing => comparison.all_or_nothing(),
        }
    }
}

fn comparison(form: &Form, row: &Indicator, score: &IndicatorScore) -> Option<Comparison> {
    let aim = row.aim().filter(|aim| !aim.qualitative)?;
    let actual = row.actual.value()?;
    let (target_value, actual_value) = (aim.measure.number()?, actual.number()?);
    let units = [aim.unit, actual.unit()];
    // A number without unit takes the other's; what would have to be converted is left alone.
    if units[0] != units[1] && units.iter().all(|unit| !unit.is_empty()) {
        return None;
    }
    let place = |field| Place::Indicator(row.id, field);
    let is_share = |measure: &Measure| measure.is_percent();
    let in_percent = is_share(aim.measure) || is_share(actual);
    let operand = |field, value| {
        if in_percent {
            form.share(&place(field), value)
        } else {
            form.operand(&place(field), value)
        }
    };
    Some(Comparison {
        actual: operand(IndicatorField::Actual, actual_value),
        target: operand(IndicatorField::Target, target_value),
        weight: form.operand(&place(IndicatorField::Weight), score.weight?),
        comparator: score.comparator?,
        is_above_zero: target_value > Decimal::ZERO,
    })
}

impl Comparison {
    fn share(&self) -> Expression {
        self.actual.clone().over(self.target.clone())
    }

    /// actual ÷ target × points, all of them at most.
    fn forward(&self) -> Expression {
        let share = number(Decimal::ONE).at_most(self.share());
        share.times(self.weight.clone())
    }

    /// The same, nothing below a share of the target.
    fn forward_from(&self, pass: Decimal) -> Expression {
        let least = self.target.clone().times(number(pass));
        let nothing = number(Decimal::ZERO);
        Expression::when(
            self.actual.clone(),
            Relation::Less,
            least,
            nothing,
            self.forward(),
        )
    }

    /// (1 − (actual − target) ÷ target) × points, all of them at most, nothing at least.
    fn reverse_linear(&self) -> Expression {
        let beyond = self.actual.clone().minus(self.target.clone());
        let share = number(Decimal::ONE).minus(beyond.over(self.target.clone()));
        let share = number(Decimal::ONE).at_most(share);
        let share = number(Decimal::ZERO).at_least(share);
        share.times(self.weight.clone())
    }

    /// target ÷ actual × points beyond the target.
    fn reverse_ratio(&self) -> Expression {
        let share = self.target.clone().over(self.actual.clone());
        let points = share.times(self.weight.clone());
        let weight = self.weight.clone();
        Expression::when(
            self.actual.clone(),
            Relation::AtMost,
            self.target.clone(),
            weight,
            points,
        )
    }

    /// All points where the target is met, else none.
    fn all_or_nothing(&self) -> Option<Expression> {
        let relation = match self.comparator {
            Comparator::AtLeast | Comparator::MoreThan => Relation::AtLeast,
            Comparator::AtMost | Comparator::LessThan => Relation::AtMost,
            Comparator::Equal if self.is_above_zero => Relation::AtLeast,
            Comparator::Equal if self.target.value() == Some(Decimal::ZERO) => Relation::AtMost,
            Comparator::Equal => return None,
        };
        let (actual, target) = (self.actual.clone(), self.target.clone());
        let nothing = number(Decimal::ZERO);
        Some(Expression::when(
            actual,
            relation,
            target,
            self.weight.clone(),
            nothing,
        ))
    }
}
