//! What the program works out for a cell of the fund table.

use rust_decimal::{Decimal, RoundingStrategy};

use super::display::Money;
use crate::{
    model::{
        edition::{FundColumn, FundRole},
        figure::Figure,
        policy::Rounding,
        project::FundRow,
        typed::Reading,
    },
    score::execution_rate,
    ui::scene::Shown,
};

/// A computed value that stands in an empty cell, or beside a typed one that differs.
pub struct Computed {
    /// As shown.
    pub shown: String,
    /// As it would be typed into the cell.
    pub typed: String,
    /// Where it comes from, in words.
    pub says: String,
}

/// What is computed for a cell; `None` where nothing is, where the cell says the same, or where it says that it has no value.
pub fn computed(
    shown: &Shown,
    row: &FundRow,
    column: &FundColumn,
    money: &Money,
) -> Option<Computed> {
    let cell = row.figure(&column.key);
    let typed = match cell.reading() {
        Reading::Dash | Reading::NotApplicable => return None,
        Reading::Value(figure) => Some(figure),
        Reading::Empty | Reading::Unreadable => None,
    };
    if column.formula.is_some() {
        return derived(shown, row, column, typed, money);
    }
    match column.role {
        FundRole::Amount => sum(shown, row, column, money),
        FundRole::Rate => rate(shown, row, typed),
        FundRole::Score => score(shown, row),
        FundRole::Weight | FundRole::Remark => None,
    }
}

fn derived(
    shown: &Shown,
    row: &FundRow,
    column: &FundColumn,
    typed: Option<&Figure>,
    money: &Money,
) -> Option<Computed> {
    let number = shown
        .project
        .fund_number(row, &column.key, &shown.edition)?;
    let is_rate = column.role == FundRole::Rate;
    let same = typed.is_some_and(|figure| {
        let least = if is_rate { 0 } else { 2 };
        let decimals = figure.decimals().max(least);
        let strategy = RoundingStrategy::MidpointAwayFromZero;
        number.round_dp_with_strategy(decimals, strategy) == figure.value
    });
    let written = column.written(number);
    (!same).then(|| Computed {
        shown: if is_rate {
            written.clone()
        } else {
            money.amount(number)
        },
        typed: written,
        says: "由其他栏计算得出".into(),
    })
}

/// The sum of the first split that the cell contradicts.
fn sum(shown: &Shown, row: &FundRow, column: &FundColumn, money: &Money) -> Option<Computed> {
    let (project, edition) = (&shown.project, &shown.edition);
    let stated = project.fund_number(row, &column.key, edition);
    let splits = edition.funds.splits.iter();
    splits
        .filter(|split| split.total == row.key)
        .filter_map(|split| Some((split, project.split_sum(split, &column.key, edition)?)))
        .find(|(_, sum)| stated != Some(*sum))
        .map(|(split, sum)| {
            let figure = money.amount(sum);
            let unit = money.unit();
            Computed {
                says: format!("各{}相加为 {figure} {unit}", split.name),
                shown: figure,
                typed: sum.to_string(),
            }
        })
}

fn rate(shown: &Shown, row: &FundRow, typed: Option<&Figure>) -> Option<Computed> {
    let rounding = shown.edition.scoring.execution.rate;
    let percent = execution_rate(&shown.project, row, &shown.edition).percent()?;
    let rounded = |digits| {
        let rounding = Rounding { digits, ..rounding };
        rounding.apply(percent)
    };
    let same = typed.is_some_and(|figure| rounded(figure.decimals()) == figure.value);
    let places = rounding.digits as usize;
    let written = format!("{:.places$}%", rounded(rounding.digits));
    (!same).then(|| Computed {
        says: format!("执行数 ÷ 预算数 = {written}"),
        shown: written.clone(),
        typed: written,
    })
}

fn score(shown: &Shown, row: &FundRow) -> Option<Computed> {
    let execution = &shown.facts.score.as_ref()?.execution;
    let scored = shown.project.funds.get(execution.row?)?;
    let score = execution.score.filter(|_| scored.id == row.id)?;
    if accepted(execution.filed, [Some(score), execution.score_from_shown]) {
        return None;
    }
    Some(Computed {
        shown: score.to_string(),
        typed: score.to_string(),
        says: execution.working.to_string(),
    })
}

/// Whether a filed score is one of the computed ones.
pub fn accepted(filed: Option<Decimal>, computed: [Option<Decimal>; 2]) -> bool {
    filed.is_some() && computed.contains(&filed)
}
