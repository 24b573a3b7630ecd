//! Numbers of a workbook by their decimal digits: never a float, so that what is shown is what Excel shows.

/// Significant digits that Excel shows.
const DIGITS: usize = 15;
/// Exponents that a workbook's numbers can have.
const EXPONENTS: std::ops::RangeInclusive<i32> = -330..=330;

/// A number: 0.`digits` × 10^`point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Whether it is below zero.
    pub negative: bool,
    /// From 0 to 9 each, neither beginning nor ending with 0; none for zero.
    digits: Vec<u8>,
    point: i32,
}

impl Number {
    /// Reads a number as it stands in a file (`12`, `-0.5`, `1.5E-3`), to the digits that Excel shows. `None` for what Excel could
    /// not hold.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut digits = Vec::new();
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte.is_ascii_digit().then(|| byte - b'0')?);
        }
        let point = exponent.checked_add(i32::try_from(whole.len()).ok()?)?;
        let mut number = Self {
            negative,
            digits,
            point,
        };
        number.tidy();
        number.cut(DIGITS);
        (number.is_zero() || EXPONENTS.contains(&number.point)).then_some(number)
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// How it is ordered to another, sign included.
    pub fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let sign = |number: &Self| match (number.is_zero(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = (self.point, &self.digits).cmp(&(other.point, &other.digits));
        sign(self).cmp(&sign(other)).then(match sign(self) {
            0 => std::cmp::Ordering::Equal,
            1 => size,
            _ => size.reverse(),
        })
    }

    /// It, times a power of ten.
    #[must_use]
    pub fn times_ten_to(mut self, power: i32) -> Self {
        self.point = self.point.saturating_add(power);
        self
    }

    /// It, rounded half away from zero to so many decimals.
    #[must_use]
    pub fn rounded(mut self, decimals: usize) -> Self {
        let kept = i64::from(self.point) + i64::try_from(decimals).unwrap_or(i64::MAX / 2);
        match usize::try_from(kept) {
            Ok(kept) => self.cut(kept),
            Err(_) => self.digits.clear(),
        }
        self.tidy();
        self
    }

    /// The exponent of its first digit; 0 for zero.
    pub fn exponent(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// The digits before the point, without leading zeros.
    pub fn whole(&self) -> String {
        let places = usize::try_from(self.point).unwrap_or(0);
        if self.is_zero() {
            return String::new();
        }
        (0..places).map(|at| self.digit(at)).collect()
    }

    /// So many digits behind the point.
    pub fn fraction(&self, decimals: usize) -> String {
        (0..decimals)
            .map(|at| {
                let at = i64::from(self.point) + i64::try_from(at).unwrap_or(i64::MAX / 2);
                usize::try_from(at).map_or('0', |at| self.digit(at))
            })
            .collect()
    }

    /// How many decimals say it whole.
    pub fn decimals(&self) -> usize {
        let digits = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        usize::try_from(digits - i64::from(self.point)).unwrap_or(0)
    }

    /// It times `factor`, rounded to a whole number; `None` where that is out of any use.
    pub fn whole_times(&self, factor: i128) -> Option<i128> {
        if self.is_zero() {
            return Some(0);
        }
        let mut value: i128 = 0;
        for digit in &self.digits {
            value = value * 10 + i128::from(*digit);
        }
        let power = self.point - i32::try_from(self.digits.len()).ok()?;
        let ten = |power: u32| 10_i128.checked_pow(power);
        let value = value.checked_mul(factor)?;
        let value = match u32::try_from(power) {
            Ok(power) => value.checked_mul(ten(power)?)?,
            Err(_) => match ten(power.unsigned_abs()) {
                Some(divisor) => (value + divisor / 2) / divisor,
                None => 0,
            },
        };
        Some(if self.negative { -value } else { value })
    }

    fn digit(&self, at: usize) -> char {
        self.digits
            .get(at)
            .map_or('0', |digit| char::from(b'0' + digit))
    }

    /// Keeps so many digits, the rest rounded half up.
    fn cut(&mut self, kept: usize) {
        let Some(next) = self.digits.get(kept).copied() else {
            return;
        };
        self.digits.truncate(kept);
        if next >= 5 {
            self.round_up();
        }
        self.tidy();
    }

    fn round_up(&mut self) {
        while let Some(last) = self.digits.pop() {
            if last < 9 {
                self.digits.push(last + 1);
                return;
            }
        }
        self.digits.push(1);
        self.point = self.point.saturating_add(1);
    }

    fn tidy(&mut self) {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point = self
            .point
            .saturating_sub(i32::try_from(zeros).unwrap_or(i32::MAX));
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }
}

/// As the format "General" shows it, in a cell that is wide enough.
pub(super) fn general(number: &Number) -> String {
    let sign = if number.negative && !number.is_zero() {
        "-"
    } else {
        ""
    };
    if (-10..i32::try_from(DIGITS).unwrap_or(0)).contains(&number.exponent()) {
        return format!("{sign}{}", plain(number));
    }
    let exponent = number.exponent();
    let mantissa = plain(&number.clone().times_ten_to(-exponent));
    let direction = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{mantissa}E{direction}{:02}", exponent.unsigned_abs())
}

fn plain(number: &Number) -> String {
    let whole = number.whole();
    let whole = if whole.is_empty() { "0" } else { &whole };
    match number.decimals() {
        0 => whole.to_owned(),
        decimals => format!("{whole}.{}", number.fraction(decimals)),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn general_shows_what_excel_shows() {
        for (written, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("007", "7"),
            ("-12.50", "-12.5"),
            ("0.30000000000000004", "0.3"),
            ("1234567.8899999999", "1234567.89"),
            ("99.999999999999999", "100"),
            ("0.1", "0.1"),
            ("1E-4", "0.0001"),
            ("1.2345678901234567E-5", "0.0000123456789012346"),
            ("1e20", "1E+20"),
            ("123456789012345", "123456789012345"),
            ("-1.5E-20", "-1.5E-20"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("9.9999999999999999E+307", "1E+308"),
        ] {
            assert_eq!(general(&number(written)), shown, "{written}");
        }
    }

    #[test]
    fn what_excel_cannot_hold_is_no_number() {
        for text in [
            "",
            "-",
            ".",
            "1e400",
            "1e99999999999",
            "NaN",
            "1,000",
            "1 2",
            "e5",
            "１",
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse("0e999"), Some(number("0")));
    }

    #[test]
    fn numbers_are_rounded_half_away_from_zero() {
        for (written, decimals, whole, fraction) in [
            ("1.005", 2, "1", "01"),
            ("2.5", 0, "3", ""),
            ("-2.5", 0, "3", ""),
            ("0.004", 2, "", "00"),
            ("0.005", 2, "", "01"),
            ("0.5", 0, "1", ""),
            ("0.05", 0, "", ""),
            ("999.995", 2, "1000", "00"),
        ] {
            let rounded = number(written).rounded(decimals);
            assert_eq!(rounded.whole(), whole, "{written}");
            assert_eq!(rounded.fraction(decimals), fraction, "{written}");
        }
    }

    #[test]
    fn numbers_are_compared_with_their_sign() {
        for (left, right, order) in [
            ("1", "2", Ordering::Less),
            ("-1", "-2", Ordering::Greater),
            ("-1", "0", Ordering::Less),
            ("0", "-0", Ordering::Equal),
            ("10", "9.9", Ordering::Greater),
            ("0.01", "0", Ordering::Greater),
        ] {
            assert_eq!(
                number(left).compare(&number(right)),
                order,
                "{left} {right}"
            );
        }
    }

    #[test]
    fn a_number_times_a_factor_is_a_whole_one() {
        assert_eq!(number("45292.5").whole_times(86_400), Some(3_913_272_000));
        assert_eq!(number("0.5").whole_times(3), Some(2));
        assert_eq!(number("1e-300").whole_times(1), Some(0));
        assert_eq!(number("1e300").whole_times(1), None);
    }
}
