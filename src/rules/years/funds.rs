//! This year's funds beside last year's, in this year's money unit.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::{
    model::{
        edition::Edition,
        folding::are_same,
        last_year::{LastFunds, LastYear},
        path::{CellPath, Place},
        project::{FundRow, Project, fund},
    },
    score::fraction::Fraction,
};

/// A row of funds in both years.
#[derive(Debug, Clone, PartialEq)]
pub struct FundLine {
    /// The caption without its 其中.
    pub name: String,
    /// 年初预算数, 全年预算数 and 全年执行数.
    pub amounts: [Amounts; 3],
    /// 执行率 in percent, 全年执行数 by 全年预算数, rounded half up to two decimals: last year's, this year's.
    pub rate: [Option<Decimal>; 2],
    /// Where this year's row stands; `None` for one that last year's form alone has.
    pub at: Option<CellPath>,
}

/// An amount in both years, in this year's money unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Last year's.
    pub last: Option<Decimal>,
    /// This year's.
    pub now: Option<Decimal>,
}

impl Amounts {
    /// How much more it is this year.
    pub fn difference(self) -> Option<Decimal> {
        self.now?.checked_sub(self.last?)
    }

    /// How much more it is this year, in percent of last year's, rounded half up to one decimal.
    pub fn percent(self) -> Option<Decimal> {
        let last = self.last.filter(|last| *last > Decimal::ZERO)?;
        percent_of(self.difference()?, last, 1)
    }
}

/// A part in percent of a whole, rounded half away from zero; `None` where the whole is 0 or less.
pub fn percent_of(part: Decimal, whole: Decimal, decimals: u32) -> Option<Decimal> {
    let share = Fraction::new(part, whole).filter(|_| whole > Decimal::ZERO)?;
    let percent = share.of(Decimal::ONE_HUNDRED)?;
    Some(percent.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
}

/// The columns that are compared.
pub(super) const COLUMNS: [&str; 3] = [fund::INITIAL, fund::ADJUSTED, fund::EXECUTED];

/// The rows of this year's form, each with last year's of the same key or name, then those that only last year's has.
pub(super) fn lines(project: &Project, edition: &Edition, last: &LastYear) -> Vec<FundLine> {
    let mut left: Vec<&LastFunds> = last.funds.iter().map(|row| &**row).collect();
    let total = project.total_fund_row(edition).map(|row| row.id);
    let mut lines = Vec::new();
    for row in project.funds.iter() {
        let is_same = |one: &&LastFunds| match one.is_total || total == Some(row.id) {
            true => one.is_total && total == Some(row.id),
            false if !row.key.is_empty() => one.key == row.key,
            false => are_same(one.short_name(), row.short_name()),
        };
        let before = left.iter().position(is_same).map(|at| left.remove(at));
        lines.push(line(project, edition, last, Some(row), before));
    }
    let gone = left.into_iter();
    lines.extend(gone.map(|before| line(project, edition, last, None, Some(before))));
    // A row without an amount in either year says nothing.
    lines.retain(|line| {
        let has_amount = |both: &Amounts| both.last.is_some() || both.now.is_some();
        line.amounts.iter().any(has_amount)
    });
    lines
}

fn line(
    project: &Project,
    edition: &Edition,
    last: &LastYear,
    row: Option<&FundRow>,
    before: Option<&LastFunds>,
) -> FundLine {
    let amounts = COLUMNS.map(|column| {
        let typed = before.and_then(|before| last.amount(before.figure(column)?));
        Amounts {
            last: typed.and_then(|amount| last.money_unit.convert(amount, project.money_unit)),
            now: row.and_then(|row| project.fund_number(row, column, edition)),
        }
    });
    let [_, budget, executed] = amounts;
    let rate =
        |executed: Option<Decimal>, budget: Option<Decimal>| percent_of(executed?, budget?, 2);
    let name = row.map(FundRow::short_name);
    FundLine {
        name: name
            .or_else(|| before.map(LastFunds::short_name))
            .unwrap_or_default()
            .to_owned(),
        rate: [
            rate(executed.last, budget.last),
            rate(executed.now, budget.now),
        ],
        at: row.map(|row| {
            let key = COLUMNS
                .into_iter()
                .find(|key| edition.fund_column_named(key).is_some());
            project.at(Place::Fund(row.id, key.unwrap_or("name").to_owned()))
        }),
        amounts,
    }
}
