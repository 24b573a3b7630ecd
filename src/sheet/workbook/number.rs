//! Typed text as a number, with a number format that shows it exactly as it was typed.

use rust_decimal::Decimal;

use crate::model::numeral::leading_number;

/// How many digits a workbook keeps of a number.
const DIGITS: usize = 15;

/// A number and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// What the cell holds: 0.95 for "95%".
    pub value: Decimal,
    /// Decimals as shown, those of the percentage for a percentage.
    pub decimals: u32,
    /// Whether a percent sign is shown.
    pub percent: bool,
    /// The number format.
    pub format: String,
}

impl Shown {
    /// The number that a text is; `None` for a text that a workbook would show in another way.
    pub fn of(text: &str) -> Option<Self> {
        let (body, percent) = match text.strip_suffix('%') {
            Some(body) => (body, true),
            None => (text, false),
        };
        let (typed, rest) = leading_number(body)?;
        let is_grouped = body.contains(',');
        // Nothing around it, no zeros before it, no sign but a minus.
        let is_plain = rest.is_empty() && body.replace(',', "") == typed.to_string();
        let digits = typed.normalize().mantissa().unsigned_abs().to_string();
        if !is_plain || digits.len() > DIGITS {
            return None;
        }
        let decimals = typed.scale();
        let value = if percent {
            Decimal::try_from_i128_with_scale(typed.mantissa(), decimals + 2).ok()?
        } else {
            typed
        };
        Some(Self {
            value: value.normalize(),
            decimals,
            percent,
            format: pattern(is_grouped, decimals, percent),
        })
    }
}

/// A number as the file format wants it: the float nearest to it.
pub fn float(number: Decimal) -> f64 {
    // Every decimal's text is also that of a float.
    number.to_string().parse().unwrap_or_default()
}

fn pattern(is_grouped: bool, decimals: u32, percent: bool) -> String {
    let mut pattern = if is_grouped { "#,##0" } else { "0" }.to_owned();
    if decimals > 0 {
        pattern.push('.');
        pattern.extend((0..decimals).map(|_| '0'));
    }
    if percent {
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_shown_as_typed_is_a_number() {
        for (text, value, format) in [
            ("14.7", "14.7", "0.0"),
            ("1,234.50", "1234.5", "#,##0.00"),
            ("95%", "0.95", "0%"),
            ("99.70%", "0.997", "0.00%"),
            ("-3", "-3", "0"),
            ("0", "0", "0"),
        ] {
            let shown = Shown::of(text).expect(text);
            assert_eq!(
                (shown.value.to_string().as_str(), shown.format.as_str()),
                (value, format)
            );
        }
    }

    #[test]
    fn everything_else_stays_text() {
        for text in [
            "",
            " 5",
            "5 ",
            "+5",
            "007",
            "-0",
            "５",
            "5.",
            ".5",
            "5％",
            "1e3",
            "12,34",
            "0,123",
            "10分",
            "1234567890123456",
            "95%%",
            "=1",
            "—",
        ] {
            assert_eq!(Shown::of(text), None, "{text}");
        }
    }
}
