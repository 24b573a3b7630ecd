//! What is written into a cell, as its number format asks for.

use std::fmt::Write as _;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{super::Value, pieces::escaped};
use crate::exchange::{markup::is_allowed, workbook::formats::Formats};

/// Characters of a cell at most, counted as Excel counts them. A longer one makes Excel repair the file.
const LONGEST: usize = 32_767;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    Text(String),
    /// A number as XML writes it.
    Number(String),
    Nothing,
}

/// What is written for a value into a cell of this format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub held: Held,
    pub remark: Option<Remark>,
}

/// What is to be said of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// It is written as text, since the format would show another: formulas do not count it.
    Uncounted,
    /// The format shows fewer decimals than it has.
    Rounded,
}

/// What to write; `None` for a text that no cell holds.
pub(super) fn written(value: &Value, style: usize, formats: &Formats) -> Option<Written> {
    let mut remark = None;
    let held = match value {
        Value::Blank => Held::Nothing,
        Value::Text(text) if text.is_empty() => Held::Nothing,
        Value::Text(text) => Held::Text(text.clone()),
        Value::Number { value, text } => {
            let number = value.normalize().to_string();
            let is_number = !formats.is_text(style);
            let shown = formats.number(&number, style);
            if is_number && shows_same(&shown, text) {
                Held::Number(number)
            } else if is_number && shows_rounded(&shown, text) {
                remark = Some(Remark::Rounded);
                Held::Number(number)
            } else {
                let is_plain = plain(text).is_some_and(|(_, is_share)| !is_share);
                remark = (is_number && is_plain).then_some(Remark::Uncounted);
                Held::Text(text.clone())
            }
        }
    };
    match &held {
        Held::Text(text) if text.encode_utf16().count() > LONGEST => None,
        _ => Some(Written { held, remark }),
    }
}

/// Whether what a cell shows says what was typed: the same text, or the same number as a plain one or a percentage.
fn shows_same(shown: &str, typed: &str) -> bool {
    shown == typed || plain(shown).is_some_and(|shown| plain(typed) == Some(shown))
}

/// Whether a cell shows a typed plain number rounded to its cents or further, as amounts in 万元 are; the cell holds all of it.
fn shows_rounded(shown: &str, typed: &str) -> bool {
    /// Digits that a cell holds.
    const DIGITS: u32 = 15;
    let (Some((shown, false)), Some((typed, false))) = (plain(shown), plain(typed)) else {
        return false;
    };
    let digits = typed.normalize().mantissa().unsigned_abs();
    shown.scale() >= 2
        && digits < 10_u128.pow(DIGITS)
        && typed.round_dp_with_strategy(shown.scale(), RoundingStrategy::MidpointAwayFromZero)
            == shown
}

/// A number that is nothing but one, and whether it is a percentage.
fn plain(text: &str) -> Option<(Decimal, bool)> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '¥' | '￥'))
        .collect();
    let number = text.trim_end_matches(['%', '％']);
    let value = number.parse::<Decimal>().ok()?;
    Some((value, number.len() < text.len()))
}

/// A cell of this name and format that holds something. `prefix` is that of the part's elements.
pub(super) fn cell(prefix: &str, name: &str, style: Option<&str>, held: &Held) -> String {
    let mut cell = format!("<{prefix}c r=\"{name}\"");
    if let Some(style) = style {
        let _ = write!(cell, " s=\"{}\"", escaped(style));
    }
    match held {
        Held::Nothing => cell.push_str("/>"),
        Held::Number(number) => {
            let _ = write!(cell, "><{prefix}v>{number}</{prefix}v></{prefix}c>");
        }
        Held::Text(text) => {
            let text = encoded(text);
            let _ = write!(
                cell,
                " t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is></{prefix}c>"
            );
        }
    }
    cell
}

/// A text as a workbook writes it: what XML cannot hold stands as `_x0007_`, and what looks like that is marked.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for (at, character) in text.char_indices() {
        if !is_allowed(character) {
            let _ = write!(out, "_x{:04X}_", u32::from(character));
        } else if character == '_' && is_code(&text[at..]) {
            out.push_str("_x005F_");
        } else {
            out.push(character);
        }
    }
    escaped(&out).into_owned()
}

/// Whether a text begins with what stands for a character.
fn is_code(text: &str) -> bool {
    let code = text.as_bytes();
    let digits = code.get(2..6).unwrap_or_default();
    code.get(1) == Some(&b'x')
        && code.get(6) == Some(&b'_')
        && digits.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats() -> Formats {
        let mut formats = Formats::default();
        formats.add_code(176, "0.0\"万元\"");
        for id in [0, 1, 2, 9, 10, 49, 176, 14] {
            formats.add_cell_format(id);
        }
        formats
    }

    fn number(value: &str, text: &str, style: usize) -> (Held, Option<Remark>) {
        let value = Value::Number {
            value: value.parse().unwrap(),
            text: text.to_owned(),
        };
        let written = written(&value, style, &formats()).unwrap();
        (written.held, written.remark)
    }

    #[test]
    fn a_number_is_one_where_the_cell_shows_what_was_typed() {
        let count = |text: &str| (Held::Number(text.to_owned()), None);
        let text = |text: &str| (Held::Text(text.to_owned()), None);
        let uncounted = |text: &str| (Held::Text(text.to_owned()), Some(Remark::Uncounted));
        let rounded = |text: &str| (Held::Number(text.to_owned()), Some(Remark::Rounded));
        for (value, typed, style, expected) in [
            ("808.647564", "808.647564", 2, rounded("808.647564")),
            ("0.9973", "99.73%", 3, text("99.73%")),
            ("95.50", "95.50", 0, count("95.5")),
            ("1234.5", "1,234.50", 2, count("1234.5")),
            ("0.95", "95%", 3, count("0.95")),
            ("0.955", "95.5%", 3, text("95.5%")),
            ("0.955", "95.5％", 4, count("0.955")),
            ("0.95", "95%", 0, text("95%")),
            ("95", "95", 3, uncounted("95")),
            ("95.5", "95.5", 1, uncounted("95.5")),
            ("95", "95", 5, text("95")),
            ("12.5", "12.5万元", 6, count("12.5")),
            ("12.5", "12.5 吨", 0, text("12.5 吨")),
            ("45000", "45000", 7, uncounted("45000")),
        ] {
            assert_eq!(number(value, typed, style), expected, "{typed} {style}");
        }
        let exact = "1234567890123456.78";
        assert_eq!(number(exact, exact, 2).0, Held::Text(exact.to_owned()));
    }

    #[test]
    fn texts_are_written_as_texts_whatever_they_look_like() {
        let held = Held::Text("=1+1 <甲&乙>\r\n二\u{7}_x0041_".to_owned());
        assert_eq!(
            cell("", "B2", Some("3"), &held),
            "<c r=\"B2\" s=\"3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1 &lt;甲&amp;乙&gt;\n二_x0007__x005F_x0041_</t></is></c>"
        );
        let long = Value::Text("字".repeat(LONGEST + 1));
        assert_eq!(written(&long, 0, &formats()), None);
    }
}
