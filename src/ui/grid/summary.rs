//! Count, sum and average of the selected cells, as Excel shows them.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{selection::Selection, table::GridTable};
use crate::model::{figure::FigureCell, numeral::plain};

/// Decimals of a shown average.
const DIGITS: u32 = 2;

/// What is selected, in words; `None` for a single cell.
pub fn of(table: &GridTable, selection: Selection) -> Option<String> {
    let cells = selection.cells(table);
    if cells.len() < 2 {
        return None;
    }
    let numbers: Vec<Decimal> = cells
        .iter()
        .filter_map(|index| table.cells[*index].at.as_ref())
        .filter_map(|place| FigureCell::new(table.typed(place)).number())
        .collect();
    let count = format!("选中 {} 格", cells.len());
    let sum = numbers
        .iter()
        .try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number));
    let Some(sum) = sum.filter(|_| !numbers.is_empty()) else {
        return Some(count);
    };
    let average = sum
        .checked_div(Decimal::from(numbers.len()))
        .unwrap_or_default();
    let average = average.round_dp_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero);
    Some(format!(
        "{count} · 合计 {} · 平均 {}",
        plain(sum),
        plain(average)
    ))
}
