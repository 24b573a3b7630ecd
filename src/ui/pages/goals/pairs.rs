//! The numbered items of expected and actual, each expected one beside what became of it.

use std::borrow::Cow;

use crate::model::{
    goal_items::{self, GoalItem},
    markup::{Markup, visible_text},
};

/// One text of a goal block, cut into items.
pub struct Side {
    /// What a reader sees of the text. Where it stands in the form without markup, it is the text itself.
    pub text: String,
    /// Whether the text in the form has markup, so that its items cannot be written back.
    pub is_marked_up: bool,
    /// Characters that a reader sees.
    pub characters: usize,
    /// Its items.
    pub items: Vec<Item>,
}

/// A numbered item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number as written ("三、").
    pub label: String,
    /// What stands before the first colon.
    pub title: String,
    /// The text without its number.
    pub text: String,
    /// Where the number begins in the side's text, in bytes.
    pub label_start: usize,
    /// Where the text begins in the side's text, in bytes.
    pub text_start: usize,
}

/// Two items that stand level with each other, as indexes; `None` is a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The item of the expected text.
    pub expected: Option<usize>,
    /// The item of the actual text.
    pub actual: Option<usize>,
}

impl Side {
    /// Cuts a text.
    pub fn of(filed: &str) -> Self {
        let visible: Cow<'_, str> = visible_text(filed);
        let items = goal_items::split(&visible).iter().map(Item::of).collect();
        Self {
            is_marked_up: !Markup::in_text(filed).is_none(),
            characters: visible.chars().count(),
            items,
            text: visible.into_owned(),
        }
    }

    /// What stands before the first item.
    pub fn preamble(&self) -> &str {
        self.items
            .first()
            .map_or("", |first| self.text[..first.label_start].trim())
    }

    /// The text with one more item at its end, numbered like `model` and begun with its title; `None` where the number
    /// cannot be told.
    pub fn with_item(&self, model: &Item) -> Option<String> {
        let label = goal_items::next_label(&model.label, self.items.len())?;
        let title = if model.title.is_empty() {
            String::new()
        } else {
            format!("{}：", model.title)
        };
        let text = self.text.trim_end();
        let gap = if text.is_empty() { "" } else { "\n" };
        Some(format!("{text}{gap}{label}{title}"))
    }
}

impl Item {
    fn of(item: &GoalItem<'_>) -> Self {
        Self {
            label: item.label.to_owned(),
            title: item.title.to_owned(),
            text: item.text.to_owned(),
            label_start: item.label_start,
            text_start: item.text_start,
        }
    }

    /// The bare number: "三" for "三、" and "（三）".
    pub fn number(&self) -> &str {
        self.label
            .trim_matches(['（', '(', '）', ')', '、', '.', '．'])
    }
}

/// Pairs items: those of the same title first, the others by their number.
pub fn pair(expected: &[Item], actual: &[Item]) -> Vec<Pair> {
    let mut of_expected: Vec<Option<usize>> = vec![None; expected.len()];
    let mut is_taken = vec![false; actual.len()];
    for (index, item) in expected.iter().enumerate() {
        let same = |(at, other): (usize, &Item)| {
            !item.title.is_empty() && !is_taken[at] && other.title == item.title
        };
        // The one at the same number first: titles may repeat.
        let found = actual
            .get(index)
            .filter(|other| same((index, other)))
            .map(|_| index)
            .or_else(|| {
                actual
                    .iter()
                    .enumerate()
                    .position(|(at, other)| same((at, other)))
            });
        if let Some(at) = found {
            is_taken[at] = true;
            of_expected[index] = Some(at);
        }
    }
    for (index, found) in of_expected.iter_mut().enumerate() {
        if found.is_none() && is_taken.get(index) == Some(&false) {
            is_taken[index] = true;
            *found = Some(index);
        }
    }
    with_remaining(&of_expected, &is_taken)
}

/// The pairs in the order of the expected items; actual items without partner after the one that stands before them.
fn with_remaining(of_expected: &[Option<usize>], is_taken: &[bool]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = of_expected
        .iter()
        .enumerate()
        .map(|(index, actual)| Pair {
            expected: Some(index),
            actual: *actual,
        })
        .collect();
    for (at, _) in is_taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        let before = at.checked_sub(1);
        let place = before
            .and_then(|before| pairs.iter().position(|pair| pair.actual == Some(before)))
            .map_or(0, |place| place + 1);
        pairs.insert(
            place,
            Pair {
                expected: None,
                actual: Some(at),
            },
        );
    }
    pairs
}

/// The numbers of items without partner: "第三、四条"; `None` where none is missing.
pub fn missing<'i>(items: impl Iterator<Item = &'i Item>) -> Option<String> {
    let numbers: Vec<&str> = items.map(Item::number).collect();
    (!numbers.is_empty()).then(|| format!("第{}条", numbers.join("、")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(expected: &str, actual: &str) -> Vec<(Option<usize>, Option<usize>)> {
        let (expected, actual) = (Side::of(expected), Side::of(actual));
        pair(&expected.items, &actual.items)
            .iter()
            .map(|pair| (pair.expected, pair.actual))
            .collect()
    }

    #[test]
    fn items_pair_by_number() {
        assert_eq!(
            pairs("一、甲。二、乙。三、丙。", "一、完成。二、完成。"),
            [(Some(0), Some(0)), (Some(1), Some(1)), (Some(2), None)]
        );
    }

    #[test]
    fn titles_outrank_numbers() {
        assert_eq!(
            pairs(
                "一、科普：办。二、评奖：评。三、联谊：聚。",
                "一、科普：办了。二、联谊：聚了。"
            ),
            [(Some(0), Some(0)), (Some(1), None), (Some(2), Some(1))]
        );
        assert_eq!(
            pairs("一、甲：办。", "一、甲：办了。二、乙：另办。"),
            [(Some(0), Some(0)), (None, Some(1))]
        );
    }

    #[test]
    fn repeated_titles_pair_in_order() {
        let text = "一、奖：评。二、奖：发。";
        assert_eq!(pairs(text, text), [(Some(0), Some(0)), (Some(1), Some(1))]);
    }

    #[test]
    fn what_is_missing_is_told_by_its_numbers() {
        let side = Side::of("<p>一、甲。</p><p>二、乙。</p><p>三、丙。</p>");
        assert!(side.is_marked_up);
        assert_eq!(
            missing(side.items[1..].iter()).as_deref(),
            Some("第二、三条")
        );
        assert_eq!(missing([].iter()), None);
    }

    #[test]
    fn an_item_is_added_with_the_next_number_and_the_title() {
        let expected = Side::of("一、甲。二、奖：评。");
        let actual = Side::of("一、完成。\n");
        assert_eq!(
            actual.with_item(&expected.items[1]).as_deref(),
            Some("一、完成。\n二、奖：")
        );
        let empty = Side::of("");
        assert_eq!(empty.with_item(&expected.items[0]).as_deref(), Some("一、"));
    }
}
