//! A row's values against those that are in force for it: as approved, or as last adjusted.

use rust_decimal::Decimal;

use crate::{
    model::{
        date::WrittenDate,
        folding::are_same,
        indicator::{Aim, ApprovedField, Indicator},
        measure::{Comparator, MeasureCell, Nature, NatureCell, Quantity},
        numeral::leading_number,
        typed::trim,
    },
    score::{converted, says_the_same},
};

/// The value in force and the filed one, where both say something and are not written alike.
fn two_texts(row: &Indicator, field: ApprovedField) -> Option<(&str, &str)> {
    let told = row.in_force(field)?;
    let filed = row.filed_value(field);
    let differ = told != filed && !trim(told).is_empty() && !trim(filed).is_empty();
    (differ && !are_same(told, filed)).then_some((told, filed))
}

/// The name in force, where the row has another.
pub fn other_name(row: &Indicator) -> Option<&str> {
    two_texts(row, ApprovedField::Name).map(|(told, _)| told)
}

/// The weight in force and the filed one, where they are not the same number.
pub fn other_weight(row: &Indicator) -> Option<(&str, &str)> {
    let (told, filed) = two_texts(row, ApprovedField::Weight)?;
    let same = match (points(told), points(filed)) {
        (Some(told), Some(filed)) => told == filed,
        _ => false,
    };
    (!same).then_some((trim(told), trim(filed)))
}

/// 10 of "10", "10.0" and "10分".
fn points(text: &str) -> Option<Decimal> {
    let (number, rest) = leading_number(trim(text))?;
    matches!(trim(rest), "" | "分" | "%" | "％").then_some(number)
}

/// In what the filed target deviates from the one in force. Comparator and unit may stand in their own columns on one side
/// and in the target on the other; therefore the three are compared by what they say together.
pub struct Deviation {
    /// The row as it is to be.
    pub told: Indicator,
    /// Whether the value differs.
    pub target: bool,
    /// Whether comparator, or 定性 and 定量, differ.
    pub nature: bool,
    unit: bool,
}

impl Deviation {
    /// `None` where all is the same; `year` is the form's, for dates that name none.
    pub fn of(row: &Indicator, year: Option<i16>) -> Option<Self> {
        const FIELDS: [ApprovedField; 3] = [
            ApprovedField::Nature,
            ApprovedField::Target,
            ApprovedField::Unit,
        ];
        let is_alike = |field| row.in_force(field) == Some(row.filed_value(field));
        if row.approved.is_none() || FIELDS.into_iter().all(is_alike) {
            return None;
        }
        let mut told = row.clone();
        let in_force = |field| row.in_force(field).filter(|text| !trim(text).is_empty());
        if let Some(text) = in_force(ApprovedField::Nature) {
            told.nature = NatureCell::new(text);
        }
        if let Some(text) = in_force(ApprovedField::Target) {
            told.target = MeasureCell::new(text);
        }
        if let Some(text) = in_force(ApprovedField::Unit) {
            text.clone_into(&mut told.unit);
        }
        Self::between(told, row, year)
    }

    fn between(told: Indicator, filed: &Indicator, year: Option<i16>) -> Option<Self> {
        let (mut target, mut nature, mut unit) = (false, false, false);
        match (told.aim(), filed.aim()) {
            (Some(wanted), Some(given)) => {
                target = differ(&wanted, &given, &told, filed, year);
                unit = !target_is_words(&wanted, &given) && units_differ(wanted.unit, given.unit);
                let turned = comparators_differ(&wanted, &given) || natures_differ(&told, filed);
                let in_column = |row: &Indicator| !row.nature.is_empty();
                match in_column(&told) || in_column(filed) {
                    true => nature = turned,
                    false => target |= turned,
                }
            }
            _ if filed.target.is_empty() => {}
            _ => target = !are_same(told.target.text(), filed.target.text()),
        }
        (target || nature || unit).then_some(Self {
            told,
            target,
            nature,
            unit,
        })
    }

    /// The unit in force and the filed one, where they differ.
    pub fn units<'d>(&'d self, filed: &'d Indicator) -> Option<(&'d str, &'d str)> {
        let told = self.told.aim().filter(|_| self.unit)?.unit;
        Some((told, filed.aim()?.unit))
    }
}

/// Whether the numbers, dates or words differ, whatever stands before and after them.
fn differ(
    wanted: &Aim<'_>,
    given: &Aim<'_>,
    told: &Indicator,
    filed: &Indicator,
    year: Option<i16>,
) -> bool {
    let same_number = |one: Decimal, other: Decimal| {
        converted(one, wanted.unit, given.unit).unwrap_or(one) == other
    };
    match (&wanted.measure.quantity, &given.measure.quantity) {
        (Quantity::Number { value: one, .. }, Quantity::Number { value: other, .. }) => {
            !same_number(*one, *other)
        }
        (
            Quantity::Range { low, high, .. },
            Quantity::Range {
                low: other_low,
                high: other_high,
                ..
            },
        ) => !(same_number(*low, *other_low) && same_number(*high, *other_high)),
        (Quantity::Date(one), Quantity::Date(other)) => !is_same_date(one, other, year),
        _ => !are_same(
            without_stop(told.target.text()),
            without_stop(filed.target.text()),
        ),
    }
}

fn is_same_date(one: &WrittenDate, other: &WrittenDate, year: Option<i16>) -> bool {
    let last = |date: &WrittenDate| Some(date.deadline(year?)?.generous);
    one == other || last(one).is_some_and(|day| last(other) == Some(day))
}

fn without_stop(text: &str) -> &str {
    trim(text).trim_end_matches(['。', '；', ';', '，'])
}

fn target_is_words(wanted: &Aim<'_>, given: &Aim<'_>) -> bool {
    wanted.measure.is_qualitative() || given.measure.is_qualitative()
}

/// A unit that one side leaves out says nothing.
fn units_differ(told: &str, filed: &str) -> bool {
    let both = !told.is_empty() && !filed.is_empty();
    both && !are_same(told, filed) && !says_the_same(told, filed)
}

/// A comparator that one side leaves out says nothing, and "=" is what a number means without one.
fn comparators_differ(told: &Aim<'_>, filed: &Aim<'_>) -> bool {
    let both = told.comparator.zip(filed.comparator);
    both.is_some_and(|(told, filed)| told != filed)
}

/// Whether one column says 定性 and the other a comparator or 定量.
fn natures_differ(told: &Indicator, filed: &Indicator) -> bool {
    let is_words = |row: &Indicator| {
        let nature = row.nature.value()?;
        Some(matches!(nature, Nature::Qualitative))
    };
    let both = is_words(told).zip(is_words(filed));
    both.is_some_and(|(told, filed)| told != filed)
}

/// The target with the comparator and the unit of their own columns: "≥10场".
pub fn whole_target(row: &Indicator) -> String {
    let target = trim(row.target.text());
    let own = row.target.value();
    let sign = match row.nature.value() {
        Some(Nature::Compared(comparator)) if !has_comparator(row) => comparator.sign(),
        _ => "",
    };
    let unit = match own.is_some_and(|measure| measure.unit().is_empty()) {
        true => trim(&row.unit),
        false => "",
    };
    format!("{sign}{target}{unit}")
}

fn has_comparator(row: &Indicator) -> bool {
    row.target
        .value()
        .is_some_and(|measure| measure.comparator.is_some())
}

/// 指标性质 as its column says it, else the comparator of the target.
pub fn nature_in_words(row: &Indicator) -> &str {
    match trim(row.nature.text()) {
        "" => row
            .target
            .value()
            .and_then(|measure| measure.comparator)
            .map_or("", Comparator::sign),
        nature => nature,
    }
}
