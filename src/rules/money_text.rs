//! Amounts of money that are told in running text.

use rust_decimal::{Decimal, dec};

use crate::model::numeral::leading_number;

/// An amount of money in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ToldAmount<'t> {
    /// The amount in 元.
    pub yuan: Decimal,
    /// As written, with its unit.
    pub written: &'t str,
    /// The text before it.
    pub before: &'t str,
}

/// The amounts of money in `text`, in order. Prices such as "500元/人" and "每人500元" are none.
pub fn told_amounts(text: &str) -> impl Iterator<Item = ToldAmount<'_>> {
    text.match_indices('元').filter_map(|(at, sign)| {
        let end = at + sign.len();
        if text[end..].trim_start().starts_with(['/', '／', '每']) {
            return None;
        }
        let (digits_end, factor) = factor(&text[..at]);
        let number = trailing_number(&text[..digits_end]);
        let (value, rest) = leading_number(number)?;
        let begin = digits_end - number.len();
        let before = &text[..begin];
        if !rest.trim().is_empty() || is_price(before) {
            return None;
        }
        Some(ToldAmount {
            yuan: value.checked_mul(factor)?,
            written: &text[begin..end],
            before,
        })
    })
}

/// The last `count` characters of `text`.
pub fn last_chars(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take(count)
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

fn factor(text: &str) -> (usize, Decimal) {
    for (word, factor) in [("万", dec!(10000)), ("亿", dec!(100000000))] {
        if let Some(rest) = text.strip_suffix(word) {
            return (rest.len(), factor);
        }
    }
    (text.len(), Decimal::ONE)
}

fn trailing_number(text: &str) -> &str {
    let trimmed = text.trim_end();
    let start = trimmed
        .char_indices()
        .rev()
        .take_while(|(_, c)| matches!(c, '0'..='9' | '０'..='９' | '.' | ','))
        .last()
        .map_or(trimmed.len(), |(at, _)| at);
    text[start..].trim_start_matches(['.', ','])
}

fn is_price(before: &str) -> bool {
    const NEAR: usize = 6;
    let near = last_chars(before, NEAR);
    ["每", "均", "单价", "标准"]
        .iter()
        .any(|word| near.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, &str)> {
        told_amounts(text)
            .map(|amount| (amount.yuan.normalize().to_string(), amount.written))
            .collect()
    }

    #[test]
    fn reads_amounts_in_all_units() {
        let expected = [
            ("1740000", "174万元"),
            ("2026400", "2,026,400元"),
            ("120000000", "1.2亿元"),
        ]
        .map(|(yuan, written)| (yuan.to_owned(), written));
        assert_eq!(
            told("预算174万元，下达2,026,400元，累计1.2亿元。"),
            expected
        );
    }

    #[test]
    fn prices_and_words_are_no_amounts() {
        assert!(told("补贴500元/人，人均80元，多元化发展，单元楼3单元").is_empty());
    }
}
