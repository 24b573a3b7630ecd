//! 性质, 指标值 and 度量单位: some forms have one column for "≥95%", others two or three.

use crate::model::{
    edition::{Edition, IndicatorRole},
    indicator::Indicator,
    measure::{Measure, MeasureCell, NatureCell, Quantity},
    numeral::leading_number,
    project::Project,
};

use super::{each_row, told::Told};

/// Which columns of their own a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    nature: bool,
    unit: bool,
}

impl Columns {
    fn of(edition: &Edition) -> Self {
        Self {
            nature: edition.has_column(IndicatorRole::Nature),
            unit: edition.has_column(IndicatorRole::Unit),
        }
    }
}

/// The three texts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Aim {
    nature: String,
    target: String,
    unit: String,
}

/// Spreads targets over the new edition's columns, or draws them together, where they say exactly the same before and
/// after. Approved rows stay.
pub(super) fn change(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let (old, new) = (Columns::of(from), Columns::of(to));
    let has_targets = |edition: &Edition| edition.has_column(IndicatorRole::Target);
    if old == new || !has_targets(from) || !has_targets(to) {
        return;
    }
    let mut count = 0;
    each_row(project, |row| {
        if row.approved.is_none() && change_row(row, old, new) {
            count += 1;
        }
    });
    if count > 0 {
        let words = |columns: Columns| match (columns.nature, columns.unit) {
            (true, true) => "性质、指标值、单位分列",
            (true, false) => "性质、指标值分列",
            (false, true) => "指标值、单位分列",
            (false, false) => "指标值写在一格",
        };
        told.moved_times(words(old), words(new), count);
    }
}

fn change_row(row: &mut Indicator, old: Columns, new: Columns) -> bool {
    let aim = Aim {
        nature: row.nature.text().to_owned(),
        target: row.target.text().to_owned(),
        unit: row.unit.clone(),
    };
    let after = spread(&aim, old, new);
    if after == aim || spread(&after, new, old) != aim {
        return false;
    }
    let mut changed = row.clone();
    changed.nature = NatureCell::new(after.nature);
    changed.target = MeasureCell::new(after.target);
    changed.unit = after.unit;
    let same = meaning(row).is_some_and(|before| meaning(&changed) == Some(before));
    if same {
        *row = changed;
    }
    same
}

/// What a row aims at, wherever it is written.
fn meaning(row: &Indicator) -> Option<(String, Quantity, String)> {
    let aim = row.aim()?;
    let comparator = aim.comparator.map_or("", |comparator| comparator.sign());
    let quantity = match &aim.measure.quantity {
        Quantity::Number { value, .. } => Quantity::Number {
            value: *value,
            unit: String::new(),
        },
        Quantity::Range { low, high, .. } => Quantity::Range {
            low: *low,
            high: *high,
            unit: String::new(),
        },
        Quantity::Date(_) | Quantity::Words => return None,
    };
    Some((comparator.to_owned(), quantity, aim.unit.to_owned()))
}

fn spread(aim: &Aim, old: Columns, new: Columns) -> Aim {
    let mut aim = aim.clone();
    if old.unit && !new.unit {
        aim.target.push_str(&std::mem::take(&mut aim.unit));
    }
    if old.nature && !new.nature && is_sign(&aim.nature) {
        aim.target.insert_str(0, &std::mem::take(&mut aim.nature));
    }
    if new.nature && !old.nature && aim.nature.is_empty() {
        let sign = aim.target.chars().next().map(String::from);
        let parted = aim.target.chars().nth(1).is_none_or(char::is_whitespace);
        if let Some(sign) = sign.filter(|sign| is_sign(sign) && !parted) {
            aim.target.drain(..sign.len());
            aim.nature = sign;
        }
    }
    if new.unit
        && !old.unit
        && aim.unit.is_empty()
        && let Some(number) = number_length(&aim.target)
    {
        aim.unit = aim.target.split_off(number);
    }
    aim
}

fn is_sign(text: &str) -> bool {
    matches!(text, "≥" | "≤" | "=" | ">" | "<")
}

/// How long the number is that a target consists of but for its unit; with a comparator before it, together with that.
fn number_length(target: &str) -> Option<usize> {
    use crate::model::typed::Readable as _;
    let unit = match Measure::read(target)?.quantity {
        Quantity::Number { unit, .. } => unit,
        _ => return None,
    };
    let number = target.trim_start_matches(['≥', '≤', '=', '>', '<']);
    let (_, rest) = leading_number(number)?;
    (rest == unit && !unit.is_empty()).then(|| target.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_exactly_is_spread() {
        let one = Columns {
            nature: false,
            unit: false,
        };
        let three = Columns {
            nature: true,
            unit: true,
        };
        for (target, nature, number, unit) in [
            ("≥95%", "≥", "95", "%"),
            ("=12场次", "=", "12", "场次"),
            ("1,200人", "", "1,200", "人"),
            ("≥95", "≥", "95", ""),
            ("有效保障", "", "有效保障", ""),
            ("≥ 95%", "", "≥ 95%", ""),
            ("不少于3次", "", "不少于3次", ""),
            ("300-500人", "", "300-500人", ""),
        ] {
            let mut row = Indicator::blank(&mut crate::model::id::CountedIds(0));
            row.target = target.into();
            let changed = change_row(&mut row, one, three);
            let got = (row.nature.text(), row.target.text(), row.unit.as_str());
            assert_eq!(got, (nature, number, unit), "{target}");
            assert_eq!(change_row(&mut row, three, one), changed, "{target}");
            assert_eq!(row.target.text(), target);
        }
    }
}
