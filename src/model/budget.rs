//! 预算调整: recorded changes of a project's budget during the year, and what they add up to.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    edition::Edition,
    figure::{FigureCell, MoneyUnit},
    id::Id,
    project::{FundRow, Project, fund},
    record::{Text, always_written, record},
};

record! {
    /// A recorded change of the budget. Every change is on record once: one that names a row of the fund table counts for
    /// that row and for the total.
    pub struct BudgetAdjustment {
        /// Identity.
        pub id: Id<BudgetAdjustment>,
        /// The fund row it is about; `None` for the total as a whole.
        pub fund: Option<Id<FundRow>>,
        /// 调增, 调减 or 调剂
        pub way: BudgetMove,
        /// How much, as typed, in the form's unit where it names none.
        pub amount: FigureCell,
        /// When, as typed.
        pub date: String,
        /// 文号
        pub document_no: String,
        /// Why.
        pub reason: Text,
        /// 备注
        pub remark: Text,
    }
}

/// Which way a budget is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetMove {
    /// 调增
    #[default]
    Increase,
    /// 调减
    Decrease,
    /// 调剂: between projects or rows; the sign of the amount says which way.
    Transfer,
}

always_written!(BudgetMove);

impl BudgetMove {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Increase, Self::Decrease, Self::Transfer];
}

impl fmt::Display for BudgetMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Increase => "调增",
            Self::Decrease => "调减",
            Self::Transfer => "调剂",
        })
    }
}

impl BudgetAdjustment {
    /// By how much it changes the budget, in `unit`: 调增 adds and 调减 takes off whatever sign was typed, 调剂 counts as
    /// typed. Exact. `None` where no amount can be read, or it has too many digits.
    pub fn effect(&self, unit: MoneyUnit) -> Option<Decimal> {
        let figure = self.amount.value().filter(|figure| !figure.percent)?;
        let amount = figure.unit.unwrap_or(unit).convert(figure.value, unit)?;
        Some(match self.way {
            BudgetMove::Increase => amount.abs(),
            BudgetMove::Decrease => -amount.abs(),
            BudgetMove::Transfer => amount,
        })
    }
}

/// From 年初预算 over the recorded adjustments to 全年预算, in the form's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetLedger {
    /// 年初预算数; `None` where the form states none.
    pub initial: Option<Decimal>,
    /// The sum of the adjustments; `None` where one has no amount that can be read.
    pub sum: Option<Decimal>,
    /// 全年预算数 as the form states it.
    pub adjusted: Option<Decimal>,
}

impl BudgetLedger {
    /// 年初预算数 with the adjustments; `None` where one of the two is not known.
    pub fn expected(&self) -> Option<Decimal> {
        self.initial?.checked_add(self.sum?)
    }
}

impl Project {
    /// The ledger of a fund row, over the adjustments that name it; of the row of the total over all of them. `None` where
    /// no adjustment is on record for it.
    pub fn budget_ledger(&self, row: &FundRow, edition: &Edition) -> Option<BudgetLedger> {
        let total = self.total_fund_row(edition);
        let is_total = total.is_some_and(|total| total.id == row.id);
        let counts = |record: &&BudgetAdjustment| is_total || record.fund == Some(row.id);
        let records = || self.budget_adjustments.iter().map(|record| &**record);
        records().find(counts)?;
        let unit = self.money_unit;
        let sum = records()
            .filter(counts)
            .map(|record| record.effect(unit))
            .try_fold(Decimal::ZERO, |sum, effect| sum.checked_add(effect?));
        Some(BudgetLedger {
            initial: self.fund_number(row, fund::INITIAL, edition),
            sum,
            adjusted: self.fund_number(row, fund::ADJUSTED, edition),
        })
    }

    /// The fund row that an adjustment names; the total where it names none, or one that is gone.
    pub fn adjusted_row(&self, record: &BudgetAdjustment, edition: &Edition) -> Option<&FundRow> {
        let named = record.fund;
        let named = named.and_then(|id| self.funds.iter().find(|row| row.id == id));
        match named {
            Some(row) => Some(row),
            None => self.total_fund_row(edition),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(way: BudgetMove, amount: &str) -> BudgetAdjustment {
        BudgetAdjustment {
            id: Id::from_bits(1),
            fund: None,
            way,
            amount: amount.into(),
            date: String::new(),
            document_no: String::new(),
            reason: Text::default(),
            remark: Text::default(),
            unknown: Default::default(),
        }
    }

    #[test]
    fn the_way_says_the_sign_and_the_cell_may_name_its_unit() {
        use BudgetMove::{Decrease, Increase, Transfer};
        for (way, amount, effect) in [
            (Increase, "10.00", Some("10.00")),
            (Increase, "-10", Some("10")),
            (Decrease, "10", Some("-10")),
            (Decrease, "-10", Some("-10")),
            (Transfer, "-10", Some("-10")),
            (Increase, "50000元", Some("5.0000")),
            (Increase, "10%", None),
            (Increase, "", None),
            (Increase, "若干", None),
        ] {
            let found = record(way, amount).effect(MoneyUnit::TenThousandYuan);
            let found = found.map(|number| number.to_string());
            assert_eq!(found.as_deref(), effect, "{way} {amount}");
        }
    }
}
