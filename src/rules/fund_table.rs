//! The fund table as rules look at it: its main row, its amounts in the form's own unit, and how they are written out.

use rust_decimal::{Decimal, dec};

use super::{
    finding::Mend,
    form::Form,
    sink::{Hit, Sink},
};
use crate::model::{
    edition::{Edition, FundColumn, FundRole, FundSplit},
    path::Place,
    project::{FundRow, Project, fund},
    typed::Reading,
};

/// Amounts that differ by less are the same, in the form's own unit.
pub const MONEY_TOLERANCE: Decimal = dec!(0.005);

/// The fund table of a form.
#[derive(Clone, Copy)]
pub struct FundTable<'a> {
    project: &'a Project,
    edition: &'a Edition,
    /// 年度资金总额: the scored row, else the one that others add up to, else the first.
    pub main: Option<&'a FundRow>,
}

impl<'a> FundTable<'a> {
    /// The fund table of `form`.
    pub fn of(form: &Form<'a>) -> Self {
        let project = form.project;
        let scored = form
            .score
            .execution
            .row
            .and_then(|index| project.funds.get(index));
        let summed = || {
            let split = form.edition.funds.splits.first()?;
            project.funds.iter().find(|row| row.key == split.total)
        };
        Self {
            project,
            edition: form.edition,
            main: scored
                .or_else(summed)
                .or_else(|| project.funds.first())
                .map(|row| &**row),
        }
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &'a FundRow> + use<'a> {
        self.project.funds.iter().map(|row| &**row)
    }

    /// The columns of amounts that are typed, not derived from others.
    pub fn amount_columns(&self) -> impl Iterator<Item = &'a FundColumn> + use<'a> {
        self.edition
            .funds
            .columns
            .iter()
            .filter(|column| column.role == FundRole::Amount && column.formula.is_none())
    }

    /// The amount of a cell in the form's own unit.
    pub fn amount(&self, row: &FundRow, column: &str) -> Option<Decimal> {
        self.project.fund_number(row, column, self.edition)
    }

    /// The amount of a cell of the main row.
    pub fn main_amount(&self, column: &str) -> Option<Decimal> {
        self.amount(self.main?, column)
    }

    /// How the total budget was changed, where it was.
    pub fn budget_change(&self) -> Option<BudgetChange> {
        let change = BudgetChange {
            initial: self.main_amount(fund::INITIAL)?,
            adjusted: self.main_amount(fund::ADJUSTED)?,
        };
        (change.amount().abs() > MONEY_TOLERANCE).then_some(change)
    }

    /// Whether `row` is the main row.
    pub fn is_main(&self, row: &FundRow) -> bool {
        self.main.is_some_and(|main| main.id == row.id)
    }

    /// Whether the filed execution rate or its score rests on this cell: an amount of the main row from which the rate is
    /// formed, with a rate or a score beside it.
    pub fn bears_result(&self, row: &FundRow, column: &str) -> bool {
        let policy = &self.edition.scoring.execution;
        let is_result = |role| matches!(role, FundRole::Rate | FundRole::Score);
        self.is_main(row)
            && (column == policy.numerator || column == policy.denominator)
            && self
                .edition
                .funds
                .columns
                .iter()
                .any(|column| is_result(column.role) && row.figure(&column.key).number().is_some())
    }

    /// The row's caption without its 其中.
    pub fn name_of(&self, row: &'a FundRow) -> &'a str {
        row.short_name()
    }
}

/// How the total budget was changed during the year, in the form's own unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetChange {
    /// 年初预算数
    pub initial: Decimal,
    /// 全年预算数
    pub adjusted: Decimal,
}

impl BudgetChange {
    /// By how much it grew; negative where it shrank.
    pub fn amount(self) -> Decimal {
        self.adjusted - self.initial
    }

    /// "增加" or "减少".
    pub fn way(self) -> &'static str {
        match self.amount() > Decimal::ZERO {
            true => "增加",
            false => "减少",
        }
    }

    /// The change as a percentage of the initial budget, without sign; `None` where that was 0.
    pub fn percent(self) -> Option<Decimal> {
        let hundredfold = self.amount().abs().checked_mul(Decimal::ONE_HUNDRED)?;
        hundredfold.checked_div(self.initial)
    }
}

/// A column of a split: what the total row says and what the parts add up to.
pub struct ColumnSum<'a> {
    /// The row that says what they add up to.
    pub total_row: &'a FundRow,
    /// Its amount.
    pub total: Option<Decimal>,
    /// The sum of the parts.
    pub parts: Decimal,
    /// By how much the sum may be off because its parts were rounded.
    pub remainder: Decimal,
}

impl<'a> ColumnSum<'a> {
    /// `None` where there is no total row, no part has an amount or one is unreadable.
    pub fn of(table: &FundTable<'a>, split: &FundSplit, column: &str) -> Option<Self> {
        const FINEST: u32 = 20;
        let total_row = table.rows().find(|row| row.key == split.total)?;
        let mut parts = Decimal::ZERO;
        let (mut filled, mut rounded, mut decimals) = (false, 0_i64, 0);
        for row in table.rows().filter(|row| split.parts.contains(&row.key)) {
            let cell = row.figure(column);
            if matches!(cell.reading(), Reading::Unreadable) {
                return None;
            }
            let Some(amount) = table.amount(row, column) else {
                continue;
            };
            filled = true;
            decimals = decimals.max(amount.scale());
            rounded += i64::from(!amount.is_zero());
            parts = parts.checked_add(amount)?;
        }
        let cell = total_row.figure(column);
        if !filled || matches!(cell.reading(), Reading::Unreadable) {
            return None;
        }
        let total = table.amount(total_row, column);
        let decimals = decimals.max(total.map_or(0, |total| total.scale()));
        Some(Self {
            total_row,
            total,
            parts,
            remainder: Decimal::new(5 * rounded, decimals.min(FINEST) + 1),
        })
    }

    /// Whether the total row says nothing although its parts do.
    pub fn is_missing(&self) -> bool {
        self.parts > MONEY_TOLERANCE && self.total.is_none_or(|total| total.is_zero())
    }

    /// Total less parts, where they differ.
    pub fn difference(&self) -> Option<Decimal> {
        let difference = self.total? - self.parts;
        (difference.abs() > MONEY_TOLERANCE).then_some(difference)
    }
}

/// A hit at a cell of the fund table; hits of one rule with the same lead fold.
pub fn fund_hit(
    sink: &Sink<'_>,
    row: &FundRow,
    column: &str,
    lead: &'static str,
    hint: &'static str,
) -> Hit {
    let mut hit = sink.hit(Place::Fund(row.id, column.to_owned()), lead, hint);
    hit.mend = mend_of(column);
    hit.folds = true;
    hit
}

/// Who can mend a cell of this column: 年初预算 is approved with the budget.
pub fn mend_of(column: &str) -> Mend {
    if column == fund::INITIAL {
        Mend::Approved
    } else {
        Mend::Now
    }
}

/// Whether two amounts agree within half a percent.
pub fn roughly_equal(left: Decimal, right: Decimal) -> bool {
    const ONE_IN: Decimal = dec!(200);
    (left - right).abs().saturating_mul(ONE_IN) <= left.abs().max(right.abs())
}

/// Whether one amount is ten thousand times the other within half a percent: 元 taken for 万元 or the other way round.
pub fn off_by_ten_thousand(left: Decimal, right: Decimal) -> bool {
    const TEN_THOUSAND: Decimal = dec!(10000);
    let (small, large) = if left < right {
        (left, right)
    } else {
        (right, left)
    };
    small > Decimal::ZERO && roughly_equal(small.saturating_mul(TEN_THOUSAND), large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_times_is_seen_in_both_directions() {
        assert!(off_by_ten_thousand(dec!(810.86), dec!(8108600)));
        assert!(off_by_ten_thousand(dec!(8108600), dec!(810.86)));
        assert!(!off_by_ten_thousand(dec!(0), dec!(0)));
        assert!(!off_by_ten_thousand(dec!(100), dec!(100)));
    }
}
