//! Dates and times in number formats: a day is 1, counted from the end of 1899 or from 1904.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{format::Token, number::Number};

/// What `[$-F800]` stands for in the Chinese locale.
pub(super) const LONG_DATE: &str = "yyyy\"年\"m\"月\"d\"日\"";
/// What `[$-F400]` stands for in the Chinese locale.
pub(super) const LONG_TIME: &str = "h:mm:ss";

const DAY: i128 = 86_400_000;

/// A part of a date or time, with the number of letters where that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year(usize),
    Month(usize),
    Day(usize),
    /// As "星期三"; 3 letters as "三".
    ChineseWeekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// So many digits of the seconds behind the point.
    Fraction(usize),
    /// Before and after noon.
    Half(&'static str, &'static str),
    AllHours,
    AllMinutes,
    AllSeconds,
}

impl Unit {
    /// What a letter, so many times, stands for.
    pub fn of(letter: char, length: usize) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            'y' | 'e' => Self::Year(if letter.eq_ignore_ascii_case(&'e') {
                4
            } else {
                length
            }),
            'm' => Self::Month(length),
            'd' => Self::Day(length),
            'h' => Self::Hour(length),
            's' => Self::Second(length),
            'a' if length >= 3 => Self::ChineseWeekday(length),
            _ => return None,
        })
    }
}

/// An `m` next to hours or seconds stands for minutes.
pub(super) fn settle_minutes(tokens: &mut [Token]) {
    let units: Vec<(usize, Unit)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token {
            Token::Date(Unit::Half(..)) => None,
            Token::Date(unit) => Some((at, *unit)),
            _ => None,
        })
        .collect();
    for (index, (at, unit)) in units.iter().enumerate() {
        let Unit::Month(length @ 1..=2) = unit else {
            continue;
        };
        let before = index.checked_sub(1).and_then(|index| units.get(index));
        let after = units.get(index + 1);
        let is_minute = matches!(before, Some((_, Unit::Hour(_) | Unit::AllHours)))
            || matches!(after, Some((_, Unit::Second(_) | Unit::AllSeconds)));
        if is_minute && let Some(token) = tokens.get_mut(*at) {
            *token = Token::Date(Unit::Minute(*length));
        }
    }
}

/// What the tokens show of a number of days; `None` where Excel shows nothing but `#`.
pub(super) fn shown(tokens: &[Token], number: &Number, since_1904: bool) -> Option<String> {
    let moment = Moment::of(tokens, number, since_1904)?;
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Date(unit) => shown.push_str(&moment.shown(*unit)?),
            Token::Literal(literal) => shown.push_str(literal),
            Token::Slash => shown.push('/'),
            Token::Point => shown.push('.'),
            Token::Comma => shown.push(','),
            _ => {}
        }
    }
    Some(shown)
}

struct Moment {
    /// In the count of 1900.
    serial: i64,
    date: Option<Date>,
    /// Milliseconds of the day.
    time: i64,
    half_day: bool,
}

impl Moment {
    fn of(tokens: &[Token], number: &Number, since_1904: bool) -> Option<Self> {
        let has = |wanted: fn(&Unit) -> bool| {
            tokens
                .iter()
                .any(|token| matches!(token, Token::Date(unit) if wanted(unit)))
        };
        let mut milliseconds = number.whole_times(DAY)?;
        if !has(|unit| matches!(unit, Unit::Fraction(_))) {
            milliseconds = milliseconds.checked_add(500)?.div_euclid(1000) * 1000;
        }
        let serial = i64::try_from(milliseconds.div_euclid(DAY)).ok()?;
        let serial = serial.checked_add(if since_1904 { 1462 } else { 0 })?;
        // 9999-12-31 is the last day that Excel knows.
        if !(0..=2_958_465).contains(&serial) {
            return None;
        }
        Some(Self {
            serial,
            date: date_of(serial),
            time: i64::try_from(milliseconds.rem_euclid(DAY)).ok()?,
            half_day: has(|unit| matches!(unit, Unit::Half(..))),
        })
    }

    fn shown(&self, unit: Unit) -> Option<String> {
        let hour = self.time / 3_600_000;
        let minute = self.time / 60_000 % 60;
        let second = self.time / 1000 % 60;
        Some(match unit {
            Unit::Year(1 | 2) => format!("{:02}", self.date?.year() % 100),
            Unit::Year(_) => self.date?.year().to_string(),
            Unit::Month(length) => month(self.date?.month(), length),
            Unit::Day(1) => self.date?.day().to_string(),
            Unit::Day(2) => format!("{:02}", self.date?.day()),
            Unit::Day(length) => weekday(self.date?.weekday(), length),
            Unit::ChineseWeekday(length) => chinese_weekday(self.date?.weekday(), length),
            Unit::Hour(length) if self.half_day => padded((hour + 11) % 12 + 1, length),
            Unit::Hour(length) => padded(hour, length),
            Unit::Minute(length) => padded(minute, length),
            Unit::Second(length) => padded(second, length),
            Unit::Fraction(places) => {
                let digits = format!("{:03}", self.time % 1000);
                format!(".{digits:0<places$.places$}")
            }
            Unit::Half(before, _) if hour < 12 => before.to_owned(),
            Unit::Half(_, after) => after.to_owned(),
            Unit::AllHours => (self.serial * 24 + hour).to_string(),
            Unit::AllMinutes => (self.serial * 1440 + self.time / 60_000).to_string(),
            Unit::AllSeconds => (self.serial * 86_400 + self.time / 1000).to_string(),
        })
    }
}

/// Excel counts a 29 February 1900, which there was not; its days before are one off.
fn date_of(serial: i64) -> Option<Date> {
    let days = if serial < 60 { serial + 1 } else { serial };
    Date::new(1899, 12, 30)
        .and_then(|start| start.checked_add(days.days()))
        .ok()
}

fn padded(value: i64, length: usize) -> String {
    if length >= 2 {
        format!("{value:02}")
    } else {
        value.to_string()
    }
}

fn month(month: i8, length: usize) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| NAMES.get(at))
        .copied()
        .unwrap_or_default();
    match length {
        1 => month.to_string(),
        2 => format!("{month:02}"),
        3 => name.chars().take(3).collect(),
        5 => name.chars().take(1).collect(),
        _ => name.to_owned(),
    }
}

fn weekday(day: Weekday, length: usize) -> String {
    let name = match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let letters = if length == 3 { 3 } else { name.len() };
    name.chars().take(letters).collect()
}

fn chinese_weekday(day: Weekday, length: usize) -> String {
    let name = match day {
        Weekday::Monday => "一",
        Weekday::Tuesday => "二",
        Weekday::Wednesday => "三",
        Weekday::Thursday => "四",
        Weekday::Friday => "五",
        Weekday::Saturday => "六",
        Weekday::Sunday => "日",
    };
    let before = if length > 3 { "星期" } else { "" };
    format!("{before}{name}")
}
