//! Ranges of axes, and the round numbers at which their lines stand.

use rust_decimal::Decimal;

use super::words::compact;

/// About so many intervals lie between the ticks of an axis.
const INTERVALS: i64 = 5;

/// An axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What it measures.
    pub name: String,
    /// In which unit; may be empty.
    pub unit: String,
    /// Its lower end.
    pub low: Decimal,
    /// Its upper end, always above the lower.
    pub high: Decimal,
    /// Round numbers from end to end.
    pub ticks: Vec<Tick>,
}

/// A round number on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Where.
    pub at: Decimal,
    /// What stands there.
    pub words: String,
}

impl Axis {
    /// An axis that reaches over all values and over `least`.
    pub fn over(
        name: &str,
        unit: &str,
        values: impl Iterator<Item = Decimal>,
        least: (Decimal, Decimal),
    ) -> Self {
        let (low, high) = values.fold(least, |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let high = if high > low {
            high
        } else {
            low.saturating_add(Decimal::ONE)
        };
        let ticks = ticks(low, high).unwrap_or_else(|| vec![low, high]);
        let first = ticks.first().copied().unwrap_or(low);
        let last = ticks.last().copied().unwrap_or(high);
        Self {
            name: name.to_owned(),
            unit: unit.to_owned(),
            low: low.min(first),
            high: high.max(last),
            ticks: ticks
                .into_iter()
                .map(|at| Tick {
                    at,
                    words: compact(at),
                })
                .collect(),
        }
    }

    /// Name and unit.
    pub fn caption(&self) -> String {
        match self.unit.as_str() {
            "" => self.name.clone(),
            unit => format!("{}（{unit}）", self.name),
        }
    }
}

/// Multiples of 1, 2 or 5 times a power of ten that enclose both ends; `None` beyond what numbers can hold.
fn ticks(low: Decimal, high: Decimal) -> Option<Vec<Decimal>> {
    let step = step(high.checked_sub(low)?)?;
    let mut at = low.checked_div(step)?.floor().checked_mul(step)?;
    let mut ticks = vec![at.normalize()];
    while at < high {
        at = at.checked_add(step)?;
        ticks.push(at.normalize());
    }
    Some(ticks)
}

fn step(range: Decimal) -> Option<Decimal> {
    let raw = range.checked_div(Decimal::from(INTERVALS))?;
    let mut unit = Decimal::ONE;
    while unit > raw {
        unit = unit
            .checked_div(Decimal::TEN)
            .filter(|unit| !unit.is_zero())?;
    }
    while unit.checked_mul(Decimal::TEN)? <= raw {
        unit = unit.checked_mul(Decimal::TEN)?;
    }
    [1, 2, 5, 10]
        .into_iter()
        .filter_map(|times| unit.checked_mul(Decimal::from(times)))
        .find(|step| *step >= raw)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn words(low: Decimal, high: Decimal) -> Vec<String> {
        let axis = Axis::over("", "", [low, high].into_iter(), (low, high));
        assert!(axis.low <= low && axis.high >= high && axis.low < axis.high);
        axis.ticks.into_iter().map(|tick| tick.words).collect()
    }

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        assert_eq!(
            words(dec!(0), dec!(100)),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(words(dec!(-3), dec!(11)), ["-5", "0", "5", "10", "15"]);
        assert_eq!(words(dec!(0), dec!(0.013)), ["0", "0.005", "0.01", "0.015"]);
    }

    #[test]
    fn any_numbers_have_an_axis() {
        for value in [
            Decimal::MAX,
            Decimal::MIN,
            dec!(0.0000000000000000000000000001),
        ] {
            let axis = Axis::over("", "", [value].into_iter(), (Decimal::ZERO, Decimal::ZERO));
            assert!(axis.low < axis.high, "{value}");
            assert!(
                (2..=12).contains(&axis.ticks.len()),
                "{value}: {:?}",
                axis.ticks
            );
        }
    }
}
