//! Amounts of the fund table, derived columns included.

use rust_decimal::{Decimal, RoundingStrategy, dec};

use super::{
    edition::{Edition, Formula, FundColumn, FundRole, FundSplit},
    figure::Figure,
    numeral::plain,
    project::{FundRow, Project},
};

/// How many formulas may have to be computed one after the other for a column (E/C with C = A − B takes two). The bound
/// keeps a malicious edition from making the computation long.
pub const MAX_NESTING: usize = 3;

impl Project {
    /// The number that counts in a cell of the fund table: computed where the edition derives the column from others, else as
    /// typed. Amounts typed with the other money unit are converted to the project's; rates are in percent and not rounded.
    ///
    /// `None` where nothing can be said: the cells it follows from are empty or unreadable, a divisor is 0, or the result is
    /// too large. In sums and as what is subtracted, an empty cell or a dash counts as nothing; an unreadable one never does.
    pub fn fund_number(&self, row: &FundRow, column: &str, edition: &Edition) -> Option<Decimal> {
        self.number(row, column, edition, MAX_NESTING).value()
    }

    /// What the parts of a split add up to in a column, in the project's money unit; `None` where no part has an amount, one is
    /// unreadable or the sum is too large.
    pub fn split_sum(&self, split: &FundSplit, column: &str, edition: &Edition) -> Option<Decimal> {
        self.funds
            .iter()
            .filter(|row| split.parts.contains(&row.key))
            .map(|row| self.number(row, column, edition, MAX_NESTING))
            .fold(Operand::Nothing, Operand::plus)
            .value()
    }

    /// The row of the form's total funds: the one that is scored, else the one that others add up to, else the first.
    pub fn total_fund_row(&self, edition: &Edition) -> Option<&FundRow> {
        let key = match edition.scored_fund_row() {
            Some(layout) => Some(&layout.key),
            None => edition.funds.splits.first().map(|split| &split.total),
        };
        let found = self.funds.iter().find(|row| Some(&row.key) == key);
        found.or_else(|| self.funds.first()).map(|row| &**row)
    }

    fn number(&self, row: &FundRow, column: &str, edition: &Edition, depth: usize) -> Operand {
        let formula = edition
            .fund_column_named(column)
            .and_then(|column| column.formula.as_ref());
        let Some(formula) = formula else {
            return self.typed_number(row, column);
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Operand::Unknown;
        };
        let operand = |column: &str| self.number(row, column, edition, depth);
        match formula {
            Formula::Sum(columns) => columns
                .iter()
                .map(|column| operand(column))
                .fold(Operand::Nothing, Operand::plus),
            Formula::Difference(first, second) => difference(operand(first), operand(second)),
            Formula::Ratio(first, second) => ratio(operand(first), operand(second)),
        }
    }

    fn typed_number(&self, row: &FundRow, column: &str) -> Operand {
        let cell = row.figure(column);
        match cell.value() {
            Some(figure) => Operand::of(self.in_own_unit(figure)),
            None if cell.is_empty() || cell.is_waived() => Operand::Nothing,
            None => Operand::Unknown,
        }
    }

    fn in_own_unit(&self, figure: &Figure) -> Option<Decimal> {
        match figure.unit {
            Some(unit) if unit != self.money_unit => figure
                .value
                .checked_mul(unit.in_yuan())?
                .checked_div(self.money_unit.in_yuan()),
            _ => Some(figure.value),
        }
    }
}

impl FundColumn {
    /// A derived number with the column's decimals: rates have two where the edition says nothing, amounts as many as they need.
    /// Rounded half away from zero.
    pub fn written(&self, number: Decimal) -> String {
        let is_rate = self.role == FundRole::Rate;
        let rounded = |decimals| {
            number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        };
        let mut text = match self.decimals.or(is_rate.then_some(2)) {
            Some(decimals) => format!("{:.places$}", rounded(decimals), places = decimals as usize),
            None => plain(rounded(6)),
        };
        if is_rate {
            text.push('%');
        }
        text
    }
}

/// What a cell contributes to a formula.
#[derive(Clone, Copy)]
enum Operand {
    Number(Decimal),
    /// The cell says that there is no amount.
    Nothing,
    /// The cell cannot be read or computed.
    Unknown,
}

impl Operand {
    fn of(number: Option<Decimal>) -> Self {
        number.map_or(Self::Unknown, Self::Number)
    }

    fn value(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Nothing | Self::Unknown => None,
        }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Self::of(left.checked_add(right)),
            (Self::Nothing, number) | (number, Self::Nothing) => number,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
        }
    }
}

fn difference(first: Operand, second: Operand) -> Operand {
    match (first, second) {
        (Operand::Number(first), Operand::Number(second)) => Operand::of(first.checked_sub(second)),
        (Operand::Number(first), Operand::Nothing) => Operand::Number(first),
        (Operand::Nothing, Operand::Nothing) => Operand::Nothing,
        _ => Operand::Unknown,
    }
}

fn ratio(first: Operand, second: Operand) -> Operand {
    match (first, second) {
        (Operand::Number(first), Operand::Number(second)) => Operand::of(
            first
                .checked_mul(dec!(100))
                .and_then(|first| first.checked_div(second)),
        ),
        (Operand::Unknown, _) | (_, Operand::Unknown) => Operand::Unknown,
        _ => Operand::Nothing,
    }
}
