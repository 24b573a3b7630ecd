//! Numbers as people type them: full-width digits, thousands separators, a sign.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// The largest magnitude a typed number may have (10^15). With at most [`MAX_DECIMALS`] decimals, sums and products of
/// weights and ratios of such numbers stay inside `Decimal`.
pub const MAX_MAGNITUDE: Decimal = Decimal::from_parts(0xA4C6_8000, 0x0003_8D7E, 0, false, 0);

/// The most decimals a typed number may have.
pub const MAX_DECIMALS: u32 = 10;

/// The number at the start of `text` and what follows it.
///
/// Full-width digits and signs are read as the ordinary ones. A comma is a thousands separator only where the groups are
/// regular ("1,234.5"); "7,00.0,77" is not a number. Numbers out of bounds are not read.
pub fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let end = text
        .char_indices()
        .find(|&(at, c)| !is_part_of_number(c, at == 0))
        .map_or(text.len(), |(at, _)| at);
    let (number, rest) = text.split_at(end);
    let number = number.trim_end_matches([',', '，', '.', '．']);
    let rest = if number.len() == end {
        rest
    } else {
        &text[number.len()..]
    };
    Some((parse(&halfwidth(number))?, rest))
}

fn is_part_of_number(c: char, first: bool) -> bool {
    match c {
        '0'..='9' | '０'..='９' => true,
        '.' | '．' | ',' | '，' => !first,
        '-' | '－' | '+' | '＋' => first,
        _ => false,
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = ungroup(whole)?;
    let ordinary = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if plain.is_empty() || !ordinary(&plain) || !ordinary(fraction) {
        return None;
    }
    if fraction.len() > MAX_DECIMALS as usize || plain.trim_start_matches('0').len() > 16 {
        return None;
    }
    let joined = if fraction.is_empty() {
        plain.into_owned()
    } else {
        format!("{plain}.{fraction}")
    };
    let mut value = Decimal::from_str_exact(&joined).ok()?;
    if value > MAX_MAGNITUDE {
        return None;
    }
    value.set_sign_negative(text.starts_with('-') && !value.is_zero());
    Some(value)
}

fn ungroup(whole: &str) -> Option<Cow<'_, str>> {
    if !whole.contains(',') {
        return Some(Cow::Borrowed(whole));
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let regular = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    regular.then(|| Cow::Owned(whole.replace(',', "")))
}

/// `text` with full-width ASCII look-alikes made ordinary.
pub fn halfwidth(text: &str) -> Cow<'_, str> {
    // Their first bytes in UTF-8; ordinary Chinese characters begin with others.
    if !text.bytes().any(|byte| matches!(byte, 0xEF | 0xE3)) {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(|c| matches!(c, '！'..='～' | '　')) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '　' => ' ',
            _ => c,
        })
        .collect::<String>()
        .into()
}

/// A number without trailing zeros, for messages: 15.0 prints as 15.
pub fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The least decimals of an amount of money.
pub const MONEY_DECIMALS: u32 = 2;

/// An amount as people write it: "8,108,600.00", at least two decimals.
pub fn money(amount: Decimal) -> String {
    aligned_money(amount, MONEY_DECIMALS)
}

/// As [`money`] with at least `decimals` decimals, so that amounts beneath one another align at the decimal point. Exact:
/// nothing is rounded.
pub fn aligned_money(amount: Decimal, decimals: u32) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < decimals {
        amount.rescale(decimals);
    }
    let plain = amount.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    if amount.is_sign_negative() && !amount.is_zero() {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push('.');
    text.push_str(fraction);
    text
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn number(text: &str) -> Option<String> {
        leading_number(text).map(|(value, rest)| format!("{value}|{rest}"))
    }

    #[test]
    fn reads_what_people_type() {
        assert_eq!(number("1,234.50元").as_deref(), Some("1234.50|元"));
        assert_eq!(number("１２．５％").as_deref(), Some("12.5|％"));
        assert_eq!(number("-0").as_deref(), Some("0|"));
        assert_eq!(number("8,报告").as_deref(), Some("8|,报告"));
        assert_eq!(
            number("1000000000000000").as_deref(),
            Some("1000000000000000|")
        );
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in [
            "",
            "-",
            "7,00.0,77",
            "1,23",
            "1.2.3",
            "1000000000000001",
            "0.12345678901",
            &"9".repeat(200),
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(money(dec!(511400)), "511,400.00");
        assert_eq!(money(dec!(-86.5)), "-86.50");
        assert_eq!(money(dec!(1234.56789)), "1,234.56789");
    }
}
