//! The number alone of a cell. Nothing is rounded: digits stay as typed ("99.70"), signs and units go. What holds no single
//! number (不适用, —, words, dates, ranges) stays as typed.

use crate::model::{
    figure::{Figure, FigureCell, MoneyUnit},
    measure::Measure,
    typed,
};

/// The number of a rate, a weight or a score.
pub(super) fn of_figure(cell: &FigureCell) -> Option<String> {
    cell.number().map(|number| number.to_string())
}

/// The number of an amount in the unit `to`; `from` is the unit of amounts that name none of their own.
pub(super) fn of_amount(cell: &FigureCell, from: MoneyUnit, to: MoneyUnit) -> Option<String> {
    let figure = cell.value()?;
    let from = figure.unit.unwrap_or(from);
    if figure.percent || from == to {
        return Some(figure.value.to_string());
    }
    from.convert(figure.value, to)
        .map(|number| number.to_string())
}

/// The number of a target or an actual value.
pub(super) fn of_measure(measure: Option<&Measure>) -> Option<String> {
    Some(measure?.number()?.to_string())
}

/// The number of a text of any kind.
pub(super) fn of_text(text: &str) -> Option<String> {
    let as_figure = || typed::read::<Figure>(text).value().map(|read| read.value);
    let number = typed::read::<Measure>(text)
        .value()
        .and_then(Measure::number)
        .or_else(as_figure)?;
    Some(number.to_string())
}
