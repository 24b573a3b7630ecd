//! What the project says in a field, and how a cell gets it.

use rust_decimal::Decimal;

use crate::{
    exchange::{
        fill::Value,
        recognise::{captions::exact, is_placeholder, settle::Kind},
    },
    model::{numeral::leading_number, path, typed::trim},
};

/// A field of the project.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) place: path::Place,
    /// In words.
    pub(super) words: String,
    /// As typed.
    pub(super) text: String,
    /// How the import cleans such a cell.
    pub(super) kind: Kind,
    /// Whether a number is written as one.
    pub(super) number: bool,
    /// Whether it is compared without regard to spaces and width.
    pub(super) folded: bool,
    /// Whether it was stated by whoever made the template, who is to see where the project says otherwise.
    pub(super) stated: bool,
}

impl Entry {
    /// A field of text.
    pub(super) fn text(place: path::Place, words: impl Into<String>, text: &str) -> Self {
        Self {
            place,
            words: words.into(),
            text: text.to_owned(),
            kind: Kind::Paragraph,
            number: false,
            folded: false,
            stated: false,
        }
    }

    /// A field of one line.
    pub(super) fn line(place: path::Place, words: impl Into<String>, text: &str) -> Self {
        Self {
            kind: Kind::Line,
            ..Self::text(place, words, text)
        }
    }

    /// A line that is a number where it reads as one.
    pub(super) fn measure(place: path::Place, words: impl Into<String>, text: &str) -> Self {
        Self {
            number: true,
            ..Self::line(place, words, text)
        }
    }

    /// A figure.
    pub(super) fn figure(place: path::Place, words: impl Into<String>, text: &str) -> Self {
        Self {
            kind: Kind::Figure,
            ..Self::measure(place, words, text)
        }
    }

    /// The same, stated by whoever made the template.
    pub(super) fn stated(self) -> Self {
        Self {
            stated: true,
            ..self
        }
    }

    /// The same, compared without regard to spaces and width.
    pub(super) fn folded(self) -> Self {
        Self {
            folded: true,
            ..self
        }
    }
}

/// What the cell gets.
pub(super) fn of(entry: &Entry) -> Value {
    let text = entry.text.clone();
    if trim(&text).is_empty() {
        return Value::Blank;
    }
    match number(&text).filter(|_| entry.number) {
        Some(value) => Value::Number { value, text },
        None => Value::Text(text),
    }
}

/// The number that a text is and nothing else; of a percentage the share.
fn number(text: &str) -> Option<Decimal> {
    let (value, rest) = leading_number(trim(text))?;
    match trim(rest) {
        "" => Some(value),
        "%" | "％" => value.checked_div(Decimal::ONE_HUNDRED),
        _ => None,
    }
}

/// Whether a text only shows how to fill in ("≥XX", "XX%", "××").
pub(super) fn is_example(text: &str) -> bool {
    exact(text)
        .chars()
        .all(|c| "x×≥≤=<>%.…_-".contains(c.to_ascii_lowercase()))
}

/// Whether a text only leaves room for others, line by line ("目标1：", "……").
pub(super) fn is_prompt(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    text.lines().map(exact).all(|line| {
        let rest = line.strip_prefix("目标");
        let rest = rest.map(|rest| rest.strip_suffix("完成情况").unwrap_or(rest));
        is_placeholder(&line) || rest.is_some_and(|rest| rest.chars().all(number))
    })
}

/// Whether both are the same points, one of them with 分 behind ("10分", "10").
pub(super) fn are_same_points(one: &str, other: &str) -> bool {
    let points = |text: &str| {
        let (value, rest) = leading_number(trim(text))?;
        match trim(rest) {
            "" => Some((value, false)),
            "分" => Some((value, true)),
            _ => None,
        }
    };
    let both = points(one).zip(points(other));
    both.is_some_and(|((one, with), (other, without))| one == other && with != without)
}

/// A text that holds a caption, a colon and the `old` value, with the new one in its place. Lines to write on are taken away.
pub(super) fn behind(text: &str, caption: &str, old: &str, new: &str) -> Option<String> {
    let begin = text.find(caption)? + caption.len();
    let rest = text.get(begin..)?;
    let trimmed = rest.trim_start();
    let colon = trimmed.chars().next().filter(|c| matches!(c, ':' | '：'));
    let colon = colon.map_or(0, char::len_utf8) + rest.len() - trimmed.len();
    let (head, tail) = text.split_at_checked(begin + colon)?;
    let tail = match trim(old) {
        "" => without_line(tail),
        old => {
            let at = tail.find(old)?;
            tail.get(at + old.len()..)?
        }
    };
    // A colon parts caption and value, also where the caption had none.
    let colon = if head.ends_with([':', '：']) {
        ""
    } else {
        "："
    };
    Some(format!("{head}{colon}{new}{tail}"))
}

/// A text without the dashes to write on at its beginning.
fn without_line(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| matches!(c, '_' | '＿') || c.is_whitespace());
    let line = text.get(..text.len() - rest.len()).unwrap_or_default();
    if line.contains(['_', '＿']) {
        // What follows stays apart.
        let gap = line.trim_end_matches(char::is_whitespace).len();
        return text.get(gap..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::exchange::recognise::with_year;

    #[test]
    fn values_stand_behind_their_captions() {
        for (text, caption, old, new, whole) in [
            ("填报人：", "填报人", "", "张三", "填报人：张三"),
            ("填报人：李四", "填报人", "李四", "张三", "填报人：张三"),
            (
                "填报人：____  电话：1",
                "填报人",
                "",
                "张三",
                "填报人：张三  电话：1",
            ),
            (
                "填报人：甲  电话：1",
                "电话",
                "1",
                "2",
                "填报人：甲  电话：2",
            ),
            ("填报人", "填报人", "", "张三", "填报人：张三"),
            ("填报人：李四", "填报人", "李四", "", "填报人："),
        ] {
            assert_eq!(behind(text, caption, old, new).as_deref(), Some(whole));
        }
    }

    #[test]
    fn a_year_replaces_another_or_the_blanks_left_for_it() {
        for (text, whole) in [
            ("（2021年度）", Some("（2022年度）")),
            ("（    年度）", Some("（2022年度）")),
            ("（年度）", Some("（2022年度）")),
            ("（20  年度）", Some("（2022年度）")),
            ("____年度项目自评表", Some("2022年度项目自评表")),
            ("２０２１年自评表", Some("2022年自评表")),
            ("近20 年度目标", None),
            ("项目年度目标", None),
            ("年度绩效自评表", None),
        ] {
            assert_eq!(with_year(text, "2022").as_deref(), whole, "{text}");
        }
    }

    #[test]
    fn a_percentage_is_a_share_and_a_unit_makes_a_text() {
        assert_eq!(number("95.5%"), Some(dec!(0.955)));
        assert_eq!(number("1,234.50"), Some(dec!(1234.50)));
        assert_eq!(number("12场"), None);
        assert!(is_example("≥XX%") && !is_example("≥5"));
        assert!(is_prompt("目标1：\n目标2：\n……") && !is_prompt("目标1：修路\n……"));
        assert!(are_same_points("10分", "10.0") && !are_same_points("10", "10.0"));
    }
}
