//! Number formats: what Excel shows of a number, for the formats that offices use.
//!
//! Padding (`_x`, `*x`) and the blanks of `?` are left out, and so is a point that no digit follows; fractions are shown as decimals.

use super::{
    code,
    date::{self, Unit},
    number::{self, Number},
};

/// A number format: up to four sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    sections: Vec<Section>,
}

/// One section: for which numbers, and what is shown of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Section {
    pub condition: Option<Condition>,
    pub tokens: Vec<Token>,
}

/// For which numbers a section is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    operator: String,
    value: Number,
}

/// A piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Shown as it stands.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    /// A part of a date.
    Date(Unit),
    /// "General".
    General,
    /// `@`
    Text,
    /// `/` between digits is a fraction, in dates it is a literal.
    Slash,
}

impl Format {
    /// Reads a format code.
    pub fn parse(code: &str) -> Self {
        Self {
            sections: code::sections(code),
        }
    }

    /// What it shows of a number as it stands in a file; what is no number stays as it is.
    pub fn number(&self, written: &str, since_1904: bool) -> String {
        let Some(number) = Number::parse(written) else {
            return written.trim().to_owned();
        };
        let Some((section, minus)) = self.section(&number) else {
            return number::general(&number);
        };
        let Some(shown) = section.number(&number, since_1904) else {
            return number::general(&number);
        };
        let has_own = section.is_date() || section.is_general();
        // What is rounded to zero is shown without a minus.
        let is_zero = section.has_digits() && !shown.contains(|digit| ('1'..='9').contains(&digit));
        let minus = minus && number.negative && !number.is_zero() && !has_own && !is_zero;
        // Blanks at the ends keep columns of numbers in line.
        format!("{}{}", if minus { "-" } else { "" }, shown.trim())
    }

    /// What it shows of a text.
    pub fn text(&self, text: &str) -> String {
        let section = match self.sections.as_slice() {
            [_, _, _, section, ..] => Some(section),
            sections => sections
                .last()
                .filter(|section| section.tokens.contains(&Token::Text)),
        };
        let Some(section) = section else {
            return text.to_owned();
        };
        let mut shown = String::new();
        for token in &section.tokens {
            match token {
                Token::Text => shown.push_str(text),
                Token::Literal(literal) => shown.push_str(literal),
                _ => {}
            }
        }
        shown
    }

    /// The section for a number, and whether a minus is to be shown for it: a section for negative numbers has its own.
    fn section(&self, number: &Number) -> Option<(&Section, bool)> {
        let numeric = self.numeric();
        if numeric.iter().any(|section| section.condition.is_some()) {
            return by_condition(numeric, number);
        }
        match numeric {
            [_, negative, ..] if number.negative && !number.is_zero() => Some((negative, false)),
            [_, _, zero] if number.is_zero() => Some((zero, false)),
            _ => numeric.first().map(|section| (section, true)),
        }
    }

    /// The sections for numbers: not the fourth, and not the last of several that holds `@`.
    fn numeric(&self) -> &[Section] {
        match self.sections.as_slice() {
            [numeric @ .., last]
                if (1..3).contains(&numeric.len()) && last.tokens.contains(&Token::Text) =>
            {
                numeric
            }
            sections => sections.get(..3).unwrap_or(sections),
        }
    }
}

fn by_condition<'s>(sections: &'s [Section], number: &Number) -> Option<(&'s Section, bool)> {
    let fits = |section: &Section, at: usize| match &section.condition {
        Some(condition) => condition.holds(number),
        None => at + 1 == sections.len() || (at == 1 && number.negative),
    };
    let section = sections
        .iter()
        .enumerate()
        .find(|(at, section)| fits(section, *at))
        .map(|(_, section)| section)
        .or(sections.last())?;
    let below_zero = section.condition.as_ref().is_some_and(|condition| {
        condition.operator.starts_with('<')
            && (condition.value.is_zero() || condition.value.negative)
    });
    Some((section, !below_zero))
}

impl Condition {
    /// Reads what stands in brackets (`>=100`).
    pub fn parse(text: &str) -> Option<Self> {
        let operator = ["<=", ">=", "<>", "<", ">", "="]
            .into_iter()
            .find(|operator| text.starts_with(operator))?;
        Some(Self {
            operator: operator.to_owned(),
            value: Number::parse(text.get(operator.len()..)?)?,
        })
    }

    fn holds(&self, number: &Number) -> bool {
        let order = number.compare(&self.value);
        match self.operator.as_str() {
            "<=" => order.is_le(),
            ">=" => order.is_ge(),
            "<>" => order.is_ne(),
            "<" => order.is_lt(),
            ">" => order.is_gt(),
            _ => order.is_eq(),
        }
    }
}

impl Section {
    fn is_date(&self) -> bool {
        let is_date = |token: &Token| matches!(token, Token::Date(_));
        self.tokens.iter().any(is_date)
    }

    /// Whether it shows a number as "General" does, which has its own minus.
    fn is_general(&self) -> bool {
        self.tokens
            .iter()
            .any(|token| matches!(token, Token::General | Token::Text))
    }

    fn has_digits(&self) -> bool {
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        self.tokens.iter().any(is_digit)
    }

    /// What it shows of a number, without sign; `None` where it cannot and "General" is to show it.
    fn number(&self, number: &Number, since_1904: bool) -> Option<String> {
        if self.is_date() {
            return date::shown(&self.tokens, number, since_1904);
        }
        if self.is_general() {
            return Some(self.around(&number::general(number)));
        }
        if self.has_digits() && self.tokens.contains(&Token::Slash) {
            return None;
        }
        if self
            .tokens
            .iter()
            .any(|token| matches!(token, Token::Exponent(_)))
        {
            return Some(self.scientific(number));
        }
        Some(Layout::of(&self.tokens).shown(&self.tokens, number))
    }

    /// A text with the section's literals around it.
    fn around(&self, text: &str) -> String {
        let mut shown = String::new();
        for token in &self.tokens {
            match token {
                Token::General | Token::Text => shown.push_str(text),
                Token::Literal(literal) => shown.push_str(literal),
                _ => {}
            }
        }
        shown
    }

    fn scientific(&self, number: &Number) -> String {
        let is_exponent = |token: &Token| matches!(token, Token::Exponent(_));
        let at = self.tokens.iter().position(is_exponent).unwrap_or(0);
        let (mantissa, rest) = self.tokens.split_at(at);
        let (exponent_token, rest) = rest.split_at(rest.len().min(1));
        let layout = Layout::of(mantissa);
        let step = i32::try_from(layout.whole.max(1)).unwrap_or(1);
        let of = |number: &Number| number.exponent().div_euclid(step) * step;
        let exponent = of(number);
        // Rounding may make one digit more of it: 9.99 is 1.0E+1.
        let rounded = number
            .clone()
            .times_ten_to(-exponent)
            .rounded(layout.decimals);
        let exponent = exponent + of(&rounded);
        let mut shown = layout.shown(mantissa, &number.clone().times_ten_to(-exponent));
        let sign = match exponent_token {
            _ if exponent < 0 => "-",
            [Token::Exponent(true)] => "+",
            _ => "",
        };
        let places = rest
            .iter()
            .filter(|token| matches!(token, Token::Digit('0')))
            .count();
        shown.push_str(&format!("E{sign}{:0places$}", exponent.unsigned_abs()));
        for token in rest {
            if let Token::Literal(literal) = token {
                shown.push_str(literal);
            }
        }
        shown
    }
}

/// How the digits of a section stand.
struct Layout {
    /// Digits before the point.
    whole: usize,
    /// Digits behind it.
    decimals: usize,
    /// Whether thousands are separated.
    grouped: bool,
    /// By which power of ten the number is shown: percents, and commas behind the last digit.
    power: i32,
}

impl Layout {
    fn of(tokens: &[Token]) -> Self {
        let mut layout = Self {
            whole: 0,
            decimals: 0,
            grouped: false,
            power: 0,
        };
        let mut behind_point = false;
        let mut commas = 0;
        for token in tokens {
            match token {
                Token::Digit(_) if behind_point => {
                    layout.decimals += 1;
                    commas = 0;
                }
                Token::Digit(_) => {
                    layout.whole += 1;
                    layout.grouped |= commas > 0;
                    commas = 0;
                }
                Token::Comma if layout.whole + layout.decimals > 0 => commas += 1,
                Token::Point if commas > 0 => {
                    layout.power -= 3 * commas;
                    commas = 0;
                    behind_point = true;
                }
                Token::Point => behind_point = true,
                Token::Percent => layout.power += 2,
                _ => {}
            }
        }
        layout.power -= 3 * commas;
        layout
    }

    fn shown(&self, tokens: &[Token], number: &Number) -> String {
        let number = number
            .clone()
            .times_ten_to(self.power)
            .rounded(self.decimals);
        let mut whole = Whole {
            digits: number.whole(),
            places: self.whole,
            grouped: self.grouped,
        };
        let mut decimals = self.decimals_of(tokens, &number).into_iter();
        let mut shown = String::new();
        let mut behind_point = false;
        for token in tokens {
            match token {
                Token::Digit(kind) if !behind_point => whole.next(*kind, &mut shown),
                Token::Digit(_) => shown.extend(decimals.next()),
                Token::Point if !behind_point => {
                    behind_point = true;
                    if self.whole == 0 {
                        shown.push_str(&whole.digits);
                    }
                    if decimals.len() > 0 {
                        shown.push('.');
                    }
                }
                Token::Literal(literal) => shown.push_str(literal),
                Token::Percent => shown.push('%'),
                Token::Slash => shown.push('/'),
                _ => {}
            }
        }
        shown
    }

    /// The digits behind the point, without the zeros at the end that the format does not ask for.
    fn decimals_of(&self, tokens: &[Token], number: &Number) -> Vec<char> {
        let mut digits: Vec<char> = number.fraction(self.decimals).chars().collect();
        let kinds = tokens
            .iter()
            .skip_while(|token| !matches!(token, Token::Point))
            .filter_map(|token| match token {
                Token::Digit(kind) => Some(*kind),
                _ => None,
            });
        let kinds: Vec<char> = kinds.collect();
        for kind in kinds.iter().rev() {
            if *kind == '0' || digits.last() != Some(&'0') {
                break;
            }
            digits.pop();
        }
        digits
    }
}

/// The digits before the point, handed out to their places from left to right; the first place takes all that have none.
struct Whole {
    digits: String,
    places: usize,
    grouped: bool,
}

impl Whole {
    fn next(&mut self, kind: char, shown: &mut String) {
        let place = self.places;
        self.places = self.places.saturating_sub(1);
        if self.digits.len() < place {
            if kind == '0' {
                self.push('0', place, shown);
            }
            return;
        }
        // All digits are ASCII.
        let here = self.digits.len() + 1 - place;
        let digits: Vec<char> = self.digits.drain(..here).collect();
        for (at, digit) in digits.into_iter().enumerate() {
            self.push(digit, place + here - 1 - at, shown);
        }
    }

    /// A digit of the place so many from the point.
    fn push(&self, digit: char, place: usize, shown: &mut String) {
        shown.push(digit);
        if self.grouped && place > 1 && place % 3 == 1 {
            shown.push(',');
        }
    }
}

/// The code of a format that has a number instead, as Excel of the Chinese locale shows it.
pub fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
        43 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: &str) -> String {
        Format::parse(code).number(number, false)
    }

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, number, expected) in [
            ("General", "0.30000000000000004", "0.3"),
            ("General", "-5", "-5"),
            ("General\"分\"", "-5", "-5分"),
            ("G/通用格式", "12.50", "12.5"),
            ("0", "2.5", "3"),
            ("0", "-0", "0"),
            ("0.00", "-0.001", "0.00"),
            ("\"完成\"", "-1", "-完成"),
            ("0.00", "1.005", "1.01"),
            ("0.0", "999.95", "1000.0"),
            ("000", "7", "007"),
            ("#", "0", ""),
            ("#.##", "5", "5"),
            ("#.##", "0.5", ".5"),
            ("0.0#", "5.25", "5.25"),
            ("0.0#", "5", "5.0"),
            (".00", "12.3", "12.30"),
            ("#,##0", "1234567.8", "1,234,568"),
            ("#,##0", "999", "999"),
            ("#,##0.00", "-1234.5", "-1,234.50"),
            ("0,000", "5", "0,005"),
            ("#,##0,", "1234567", "1,235"),
            ("0.00,,\"百万\"", "1234567", "1.23百万"),
            ("0!.0,\"万元\"", "12345", "1.2万元"),
            ("0\\.0,\"万元\"", "123456789", "12345.7万元"),
            ("0%", "0.985", "99%"),
            ("0.00%", "0.98765", "98.77%"),
            ("0\"元\"", "12", "12元"),
            ("[$¥-804]#,##0.00", "1", "¥1.00"),
            ("[Red]0.0;[蓝色](0.0)", "-1", "(1.0)"),
            ("0.0;(0.0);\"无\"", "0", "无"),
            ("0;-0;;@", "0", ""),
            (";;;", "5", ""),
            ("[>=100]\"满\";[<60]\"差\";0", "100", "满"),
            ("[>=100]\"满\";[<60]\"差\";0", "59", "差"),
            ("[>=100]\"满\";[<60]\"差\";0", "80", "80"),
            ("[<0]\"负\"0;0", "-3", "负3"),
            ("@", "12.50", "12.5"),
            ("0.00E+00", "12345", "1.23E+04"),
            ("0.0E+0", "9.99", "1.0E+1"),
            ("0.0E-0", "0.05", "5.0E-2"),
            ("##0.0E+0", "12345", "12.3E+3"),
            ("0.00E+00", "0", "0.00E+00"),
            ("# ?/?", "0.5", "0.5"),
            ("000-0000", "1234567", "123-4567"),
            ("\"完成\"", "1", "完成"),
            ("0.00_);(0.00)", "-2", "(2.00)"),
            ("0.0_ ;[Red]-0.0\\ ", "-2.55", "-2.6"),
            ("0", "1e400", "1e400"),
            ("", "5", "5"),
            ("0.0;@", "-1", "-1.0"),
            ("0;;@", "0", "0"),
            ("0;;@", "-1", ""),
        ] {
            assert_eq!(shown(code, number), expected, "{code} of {number}");
        }
    }

    #[test]
    fn formats_with_a_number_are_those_of_the_chinese_locale() {
        for (id, number, expected) in [
            (3, "1234.5", "1,235"),
            (9, "0.5", "50%"),
            (7, "-1234.5", "¥-1,234.50"),
            (41, "-1234", "-1,234"),
            (43, "1234.5", "1,234.50"),
            (43, "0", "-"),
            (44, "1", "¥1.00"),
            (14, "45657", "2024/12/31"),
            (22, "45657.75", "2024/12/31 18:00"),
            (27, "45657", "2024年12月"),
            (31, "45292", "2024年1月1日"),
            (34, "0.75", "下午6时00分"),
            (46, "1.5", "36:00:00"),
            (49, "0.10", "0.1"),
            (57, "45657", "2024年12月"),
            (58, "45657", "12月31日"),
        ] {
            let code = built_in(id).unwrap();
            assert_eq!(shown(code, number), expected, "{id}");
        }
        assert_eq!(built_in(23), None);
    }

    #[test]
    fn dates_are_counted_as_excel_counts_them() {
        for (code, number, expected) in [
            ("yyyy-mm-dd", "1", "1900-01-01"),
            ("yyyy-mm-dd", "59", "1900-02-28"),
            ("yyyy-mm-dd", "61", "1900-03-01"),
            ("yyyy-mm-dd", "45351", "2024-02-29"),
            ("yyyy-mm-dd", "2958465", "9999-12-31"),
            ("yyyy-mm-dd", "2958466", "2958466"),
            ("yyyy-mm-dd", "-1", "-1"),
            ("yyyy.m.d", "45657", "2024.12.31"),
            ("yy/m/d;@", "45657", "24/12/31"),
            ("[$-804]aaaa;@", "45657", "星期二"),
            ("d-mmm-yy dddd", "45657", "31-Dec-24 Tuesday"),
            (
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
                "45657",
                "2024年12月31日",
            ),
            (
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "45657",
                "2024年12月31日",
            ),
            ("h:mm AM/PM", "0.5", "12:00 PM"),
            ("h:mm AM/PM", "0", "12:00 AM"),
            ("hh:mm:ss", "0.999999999", "00:00:00"),
            ("mm:ss.0", "0.00001157", "00:01.0"),
            (
                "yyyy-mm-dd hh:mm:ss",
                "45292.999999999",
                "2024-01-02 00:00:00",
            ),
            ("[mm]:ss", "0.5", "720:00"),
            ("yyyy年m月d日", "45657", "2024年12月31日"),
        ] {
            assert_eq!(shown(code, number), expected, "{code} of {number}");
        }
        let format = Format::parse("yyyy/m/d");
        assert_eq!(format.number("0", true), "1904/1/1");
    }

    #[test]
    fn texts_are_shown_with_what_the_format_adds() {
        for (code, expected) in [
            ("General", "甲"),
            ("@", "甲"),
            ("0.00", "甲"),
            ("@\"类\"", "甲类"),
            ("0;-0;;@", "甲"),
            ("0;0;0;\"<\"@\">\"", "<甲>"),
            (";;;", ""),
        ] {
            assert_eq!(Format::parse(code).text("甲"), expected, "{code}");
        }
    }

    #[test]
    fn no_code_and_no_number_brings_it_down() {
        for code in [
            "\"",
            "[",
            "[$",
            "\\",
            "_",
            "*",
            ";;;;;;",
            "E+",
            "0E+",
            ".",
            "[h",
            ",,,",
            "0.0E+0.0E+0",
            "/",
            "!.",
        ] {
            for number in ["0", "-1.5", "1e300", "1e-300", "99999999999", "x", ""] {
                let format = Format::parse(code);
                let text = format.number(number, true);
                assert!(text.len() < 700, "{code} {number} {text}");
            }
        }
    }
}
