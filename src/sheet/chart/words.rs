//! Amounts, rates and names as they stand in sentences and at axes.

use rust_decimal::{Decimal, dec};

use crate::{
    model::{
        figure::MoneyUnit,
        numeral::{aligned_money, plain},
        policy::Rounding,
        project::Project,
    },
    sheet::text,
};

/// So many names stand in a sentence; of more, the number.
const MOST_NAMES: usize = 3;
/// So many characters of a name stand in a sentence.
const NAME_LENGTH: usize = 18;
/// Numbers from here on stand at an axis in 亿.
const HUNDRED_MILLION: Decimal = dec!(100_000_000);
/// Numbers from here on stand at an axis in 万亿.
const TRILLION: Decimal = dec!(1_000_000_000_000);

/// An amount with its unit: "1,234.00 元".
pub fn amount(amount: Decimal, unit: MoneyUnit) -> String {
    format!("{} {unit}", aligned_money(amount, 2))
}

/// A rate in percent with the decimals of its rounding: "95.83%".
pub fn percent(rate: Decimal, rounding: Rounding) -> String {
    let digits = rounding.digits as usize;
    format!("{:.digits$}%", rounding.apply(rate))
}

/// Points: "97.5 分".
pub fn points(points: Decimal) -> String {
    format!("{} 分", plain(points))
}

/// A number as short as it can be said, for axes: "1,200", "3.5亿".
pub fn compact(number: Decimal) -> String {
    let size = number.abs();
    let (divisor, unit) = match size {
        size if size >= TRILLION => (TRILLION, "万亿"),
        size if size >= HUNDRED_MILLION => (HUNDRED_MILLION, "亿"),
        _ => (Decimal::ONE, ""),
    };
    let shown = number.checked_div(divisor).unwrap_or(number).normalize();
    let text = aligned_money(shown, 0);
    // Whole numbers have no decimals at an axis.
    let text = text.strip_suffix(".00").unwrap_or(&text);
    format!("{text}{unit}")
}

/// An amount at its mark: as [`compact`], rounded half up to two decimals.
pub fn at_mark(number: Decimal) -> String {
    let rounding = Rounding::default();
    compact(rounding.apply(number))
}

/// A text in one line with at most so many characters, the last … where it was longer.
pub fn clipped(text: &str, most: usize) -> String {
    let line = text::lines(text).join(" ");
    let line = line.trim();
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The name of a project in one line; never empty.
pub fn name_of(project: &Project) -> String {
    match text::lines(project.name()).join(" ").trim() {
        "" => "（未填写项目名称）".to_owned(),
        name => name.to_owned(),
    }
}

/// Names in a sentence: "“甲”、“乙”等 5 个".
pub fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = names.len();
    let list = first_of(names);
    if count > MOST_NAMES {
        format!("{list} {count} 个")
    } else {
        list
    }
}

/// Names in a sentence that has said how many there are: "“甲”、“乙”、“丙”等".
pub fn first_of<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let is_cut = names.len() > MOST_NAMES;
    let quoted: Vec<String> = names
        .take(MOST_NAMES)
        .map(|name| format!("“{}”", clipped(name, NAME_LENGTH)))
        .collect();
    format!("{}{}", quoted.join("、"), if is_cut { "等" } else { "" })
}

/// Places in a sentence, without quotation marks: "甲、乙等 5 处".
pub fn places(places: &[String]) -> String {
    let clip = |place: &String| clipped(place, NAME_LENGTH + 8);
    let list: Vec<String> = places.iter().take(MOST_NAMES).map(clip).collect();
    let list = list.join("、");
    if places.len() > MOST_NAMES {
        format!("{list}等 {} 处", places.len())
    } else {
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_axes_are_short() {
        let texts = [dec!(0), dec!(1200), dec!(0.5), dec!(-350_000_000)].map(compact);
        assert_eq!(texts, ["0", "1,200", "0.5", "-3.5亿"]);
        assert_eq!(compact(dec!(1_000_000_000_000_000)), "1,000万亿");
    }

    #[test]
    fn long_names_and_lists_are_shortened() {
        assert_eq!(clipped("甲乙丙丁", 3), "甲乙…");
        assert_eq!(clipped("甲\n乙", 3), "甲 乙");
        assert_eq!(listed(["甲", "乙"].into_iter()), "“甲”、“乙”");
        let many = ["甲", "乙", "丙", "丁"];
        assert_eq!(listed(many.into_iter()), "“甲”、“乙”、“丙”等 4 个");
    }
}
