//! Formulas as data: what they are written as, and what they give.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy, dec};
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};

use crate::{
    model::{
        numeral::plain,
        policy::{Rounding, RoundingMode},
    },
    sheet::workbook::plan::Area,
};

/// A formula or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// The number in a cell.
    Cell(Area, Decimal),
    /// A number.
    Number(Decimal),
    /// A number of percent: 95% is 0.95.
    Percent(Decimal),
    /// The sum of cells.
    Sum(Vec<(Area, Decimal)>),
    /// Two numbers reckoned together.
    Of(Operator, Box<[Expression; 2]>),
    /// The smaller.
    Least(Box<[Expression; 2]>),
    /// The larger.
    Greatest(Box<[Expression; 2]>),
    /// The third where the comparison holds between the first two, else the fourth.
    If(Relation, Box<[Expression; 4]>),
    /// Rounded as the edition does.
    Rounded(Box<Expression>, Rounding),
}

/// Signs of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// Signs of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Less,
    AtMost,
    AtLeast,
}

impl Expression {
    pub fn of(self, operator: Operator, other: Self) -> Self {
        Self::Of(operator, Box::new([self, other]))
    }

    pub fn plus(self, other: Self) -> Self {
        self.of(Operator::Plus, other)
    }

    pub fn minus(self, other: Self) -> Self {
        self.of(Operator::Minus, other)
    }

    pub fn times(self, other: Self) -> Self {
        self.of(Operator::Times, other)
    }

    pub fn over(self, other: Self) -> Self {
        self.of(Operator::Over, other)
    }

    pub fn at_most(self, other: Self) -> Self {
        Self::Least(Box::new([self, other]))
    }

    pub fn at_least(self, other: Self) -> Self {
        Self::Greatest(Box::new([self, other]))
    }

    pub fn rounded(self, rounding: Rounding) -> Self {
        Self::Rounded(Box::new(self), rounding)
    }

    /// `then` where the comparison holds, else `otherwise`.
    pub fn when(left: Self, relation: Relation, right: Self, then: Self, otherwise: Self) -> Self {
        Self::If(relation, Box::new([left, right, then, otherwise]))
    }

    /// What it gives, exactly; `None` where that cannot be said, or where programs that reckon in binary may come to
    /// another result.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Cell(_, value) | Self::Number(value) => Some(*value),
            Self::Percent(value) => value.checked_div(Decimal::ONE_HUNDRED),
            Self::Sum(cells) => cells
                .iter()
                .try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value)),
            Self::Of(operator, both) => {
                let (left, right) = (both[0].value()?, both[1].value()?);
                match operator {
                    Operator::Plus => left.checked_add(right),
                    Operator::Minus => left.checked_sub(right),
                    Operator::Times => left.checked_mul(right),
                    Operator::Over => left.checked_div(right),
                }
            }
            Self::Least(both) => Some(both[0].value()?.min(both[1].value()?)),
            Self::Greatest(both) => Some(both[0].value()?.max(both[1].value()?)),
            Self::If(relation, parts) => {
                let (left, right) = (parts[0].value()?, parts[1].value()?);
                let holds = match relation {
                    Relation::Less => left < right,
                    Relation::AtMost => left <= right,
                    Relation::AtLeast => left >= right,
                };
                parts[if holds { 2 } else { 3 }].value()
            }
            Self::Rounded(of, rounding) => rounded(of.value()?, *rounding),
        }
    }

    fn binds(&self) -> u8 {
        match self {
            Self::Of(Operator::Plus | Operator::Minus, _) => 1,
            Self::Of(..) => 2,
            _ => 3,
        }
    }
}

/// Digits to which truncated numbers are rounded first: binary numbers lie a trace below what they stand for.
const GUARD: u32 = 9;

fn rounded(exact: Decimal, rounding: Rounding) -> Option<Decimal> {
    match rounding.mode {
        RoundingMode::Truncate => {
            let guarded =
                exact.round_dp_with_strategy(GUARD, RoundingStrategy::MidpointAwayFromZero);
            Some(rounding.apply(guarded))
        }
        RoundingMode::HalfUp => {
            let result = rounding.apply(exact);
            let beyond = exact.checked_sub(result)?.abs();
            let to_tie = (beyond - rounding.unit() * dec!(0.5)).abs();
            // On a tie a binary trace decides.
            (to_tie > dec!(0.000000001)).then_some(result)
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(area, _) => f.write_str(&row_col_to_cell(area.row, area.column)),
            Self::Number(value) => f.write_str(&plain(*value)),
            Self::Percent(value) => write!(f, "{}%", plain(*value)),
            Self::Sum(cells) => write!(f, "SUM({})", ranges(cells)),
            Self::Of(operator, both) => {
                let sign = match operator {
                    Operator::Plus => '+',
                    Operator::Minus => '-',
                    Operator::Times => '*',
                    Operator::Over => '/',
                };
                let own = self.binds();
                operand(f, &both[0], own)?;
                write!(f, "{sign}")?;
                operand(f, &both[1], own + 1)
            }
            Self::Least(both) => write!(f, "MIN({},{})", both[0], both[1]),
            Self::Greatest(both) => write!(f, "MAX({},{})", both[0], both[1]),
            Self::If(relation, parts) => {
                let sign = match relation {
                    Relation::Less => "<",
                    Relation::AtMost => "<=",
                    Relation::AtLeast => ">=",
                };
                let [left, right, then, otherwise] = &**parts;
                write!(f, "IF({left}{sign}{right},{then},{otherwise})")
            }
            Self::Rounded(of, rounding) => match rounding.mode {
                RoundingMode::HalfUp => write!(f, "ROUND({of},{})", rounding.digits),
                RoundingMode::Truncate => {
                    write!(f, "ROUNDDOWN(ROUND({of},{GUARD}),{})", rounding.digits)
                }
            },
        }
    }
}

fn operand(f: &mut fmt::Formatter<'_>, of: &Expression, binds: u8) -> fmt::Result {
    let is_negative = matches!(of, Expression::Number(value) | Expression::Percent(value) if value.is_sign_negative());
    if of.binds() < binds || is_negative {
        write!(f, "({of})")
    } else {
        write!(f, "{of}")
    }
}

/// Cells below each other as one range.
fn ranges(cells: &[(Area, Decimal)]) -> String {
    let mut runs: Vec<Area> = Vec::new();
    for (area, _) in cells {
        match runs.last_mut() {
            Some(run) if run.column == area.column && run.last_row + 1 == area.row => {
                run.last_row = area.last_row;
            }
            _ => runs.push(*area),
        }
    }
    let written: Vec<String> = runs
        .iter()
        .map(|run| {
            let is_one = cells.iter().any(|(area, _)| {
                area.row == run.row && area.column == run.column && area.last_row == run.last_row
            });
            if is_one {
                row_col_to_cell(run.row, run.column)
            } else {
                cell_range(run.row, run.column, run.last_row, run.column)
            }
        })
        .collect();
    written.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: Decimal) -> Expression {
        Expression::Number(value)
    }

    fn cell(row: u32, last_row: u32, value: Decimal) -> (Area, Decimal) {
        let area = Area {
            row,
            column: 2,
            last_row,
            last_column: 3,
        };
        (area, value)
    }

    #[test]
    fn a_share_is_written_and_reckoned() {
        let share = number(dec!(7)).over(number(dec!(10)));
        let score = share
            .at_most(number(dec!(1)))
            .times(number(dec!(15)))
            .rounded(Rounding::default());
        assert_eq!(score.to_string(), "ROUND(MIN(7/10,1)*15,2)");
        assert_eq!(score.value(), Some(dec!(10.5)));
    }

    #[test]
    fn parentheses_stand_where_they_are_needed() {
        let difference = number(dec!(3)).minus(number(dec!(-2)).plus(number(dec!(1))));
        let product = difference.times(Expression::Percent(dec!(50)));
        assert_eq!(product.to_string(), "(3-((-2)+1))*50%");
        assert_eq!(product.value(), Some(dec!(2)));
        let right = number(dec!(1)).over(number(dec!(2)).times(number(dec!(4))));
        assert_eq!(right.to_string(), "1/(2*4)");
    }

    #[test]
    fn cells_below_each_other_are_a_range() {
        let sum = Expression::Sum(vec![
            cell(0, 2, dec!(1)),
            cell(3, 3, dec!(2)),
            cell(5, 6, dec!(3)),
        ]);
        assert_eq!(sum.to_string(), "SUM(C1:C4,C6)");
        assert_eq!(sum.value(), Some(dec!(6)));
    }

    #[test]
    fn ties_are_left_alone_and_truncation_is_guarded() {
        let half_up = Rounding::default();
        let tie = number(dec!(0.9685)).times(number(dec!(10)));
        assert_eq!(tie.clone().rounded(half_up).value(), None);
        let truncated = Rounding {
            mode: RoundingMode::Truncate,
            digits: 2,
        };
        let score = tie.rounded(truncated);
        assert_eq!(score.value(), Some(dec!(9.68)));
        assert_eq!(score.to_string(), "ROUNDDOWN(ROUND(0.9685*10,9),2)");
        let nothing = number(dec!(1)).over(number(dec!(0)));
        assert_eq!(nothing.value(), None);
    }
}
