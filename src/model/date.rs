//! Dates as forms write them: "2020年12月31日前", "9月底", "年底". A month or year before 前 is ambiguous and stays so.

use jiff::civil::Date;

use super::numeral::halfwidth;

/// A date or period as written; parts that are not said are taken from the form's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenDate {
    /// The year, where it is said.
    pub year: Option<i16>,
    /// The month; `None` means the whole year.
    pub month: Option<i8>,
    /// The day; `None` means the whole month or year.
    pub day: Option<i8>,
    /// Whether 底 or 末 points at the end of the period.
    pub end: bool,
    /// Whether 前 or 之前 follows.
    pub before: bool,
}

/// The days between which the last allowed day lies; both are the same unless the text is ambiguous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last allowed day in the strict reading.
    pub strict: Date,
    /// The last allowed day in the generous reading.
    pub generous: Date,
}

impl Deadline {
    /// Whether the two readings differ, so that a person has to be asked.
    pub fn is_ambiguous(&self) -> bool {
        self.strict != self.generous
    }
}

impl WrittenDate {
    /// Reads text that is a date and nothing else.
    pub fn read(text: &str) -> Option<Self> {
        if !may_be_date(text) {
            return None;
        }
        let half = halfwidth(text);
        let compact: String = half.chars().filter(|c| !c.is_whitespace()).collect();
        let (rest, before) = match strip_any(&compact, &["之前", "以前", "前"]) {
            Some(rest) => (rest, true),
            None => (
                strip_any(&compact, &["之内", "以内", "内"]).unwrap_or(&compact),
                false,
            ),
        };
        let (rest, end) = match strip_any(rest, &["底", "末"]) {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let (year, month, day) = read_parts(rest, end, before)?;
        let date = Self {
            year,
            month,
            day,
            end,
            before,
        };
        date.days(2000).map(|_| date)
    }

    /// The first and last day of the written period, with `form_year` where no year is written.
    pub fn days(&self, form_year: i16) -> Option<(Date, Date)> {
        let year = self.year.unwrap_or(form_year);
        let first = Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()?;
        let last = match (self.month, self.day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Some(if self.end {
            (last, last)
        } else {
            (first, last)
        })
    }

    /// Until when something is due that is to be done by this date.
    ///
    /// "12月31日前" includes the 31st, as is usual in budget papers; "9月底前" ends with the month; "9月前" may mean the
    /// end of August or of September.
    pub fn deadline(&self, form_year: i16) -> Option<Deadline> {
        let (first, last) = self.days(form_year)?;
        let strict = if self.before && self.day.is_none() && !self.end {
            first.yesterday().ok()?
        } else {
            last
        };
        Some(Deadline {
            strict,
            generous: last,
        })
    }
}

/// Whether `text` has a mark of dates at all. Most cells have none, and a large file has very many cells.
fn may_be_date(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|c| match c {
        '年' | '月' | '底' | '末' => true,
        '0'..='9' | '０'..='９' => {
            digits += 1;
            false
        }
        '.' | '-' | '/' | '．' | '－' | '／' => digits >= 4,
        _ => false,
    })
}

fn strip_any<'a>(text: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings.iter().find_map(|ending| text.strip_suffix(ending))
}

type Parts = (Option<i16>, Option<i8>, Option<i8>);

fn read_parts(text: &str, end: bool, before: bool) -> Option<Parts> {
    let text = match text {
        "" | "年" | "本年" | "当年" | "年度" | "本年度" | "全年" => {
            return end.then_some((None, None, None));
        }
        _ => text
            .strip_prefix("当年")
            .or_else(|| text.strip_prefix("本年"))
            .unwrap_or(text),
    };
    for separator in ['.', '-', '/'] {
        if text.contains(separator) {
            return read_separated(text, separator, end || before);
        }
    }
    let (year, rest) = match text.split_once('年') {
        Some((year, rest)) => (
            Some(read_year(year)?),
            rest.strip_prefix('度').unwrap_or(rest),
        ),
        None => (None, text),
    };
    let rest = rest.strip_suffix('份').unwrap_or(rest);
    if rest.is_empty() {
        return Some((year, None, None));
    }
    let (month, rest) = rest.split_once('月')?;
    let month = read_within(month, 12)?;
    let day = match rest.strip_suffix(['日', '号']).unwrap_or(rest) {
        "" => None,
        day => Some(read_within(day, 31)?),
    };
    Some((year, Some(month), day))
}

/// "2004.1" alone is a number; "2004.01", "2004.1前" and "2004.1.5" are dates.
fn read_separated(text: &str, separator: char, marked: bool) -> Option<Parts> {
    let mut parts = text.split(separator);
    let year = read_year(parts.next()?)?;
    let month_text = parts.next()?;
    let month = read_within(month_text, 12)?;
    let day = parts.next().map(|day| read_within(day, 31));
    if parts.next().is_some() {
        return None;
    }
    match day {
        None if separator == '.' && month_text.len() < 2 && !marked => None,
        None => Some((Some(year), Some(month), None)),
        Some(day) => Some((Some(year), Some(month), Some(day?))),
    }
}

fn read_year(text: &str) -> Option<i16> {
    let all_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = all_digits.then(|| text.parse().ok())??;
    (1990..=2099).contains(&year).then_some(year)
}

fn read_within(text: &str, most: i8) -> Option<i8> {
    let all_digits =
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = all_digits.then(|| text.parse().ok())??;
    (1..=most).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(text: &str) -> Option<String> {
        let deadline = WrittenDate::read(text)?.deadline(2020)?;
        Some(if deadline.is_ambiguous() {
            format!("{}?{}", deadline.strict, deadline.generous)
        } else {
            deadline.strict.to_string()
        })
    }

    #[test]
    fn reads_deadlines() {
        for (text, expected) in [
            ("2020年12月31日前", "2020-12-31"),
            ("２０２１年１２月３１日", "2021-12-31"),
            ("9月底", "2020-09-30"),
            ("9月底前", "2020-09-30"),
            ("年底", "2020-12-31"),
            ("2021年底前", "2021-12-31"),
            ("2020年2月", "2020-02-29"),
            ("2020.6.30", "2020-06-30"),
            ("2020.06", "2020-06-30"),
            ("2020.6底", "2020-06-30"),
            ("9月前", "2020-08-31?2020-09-30"),
        ] {
            assert_eq!(due(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "前",
            "及时",
            "3年",
            "13月",
            "2月30日",
            "2.5",
            "2004.1",
            "2004.13",
            "12",
            "300-500",
            "年",
        ] {
            assert_eq!(WrittenDate::read(text), None, "{text}");
        }
    }
}
