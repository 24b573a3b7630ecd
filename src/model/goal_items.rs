//! 年度总体目标 as a list: "一、……二、……". The outermost numbering of the text makes the items; numbers inside an item
//! (1、…6、) belong to it.

use std::ops::Range;

use super::typed::trim;

/// One numbered item of a goal text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalItem<'t> {
    /// The number as written ("三、").
    pub label: &'t str,
    /// What stands before the first colon, where that is short; else empty.
    pub title: &'t str,
    /// The item's text without its number, the title included.
    pub text: &'t str,
    /// Where `label` begins in the whole text, in bytes.
    pub label_start: usize,
    /// Where `text` begins in the whole text, in bytes.
    pub text_start: usize,
}

/// A way of numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1、 1. 1．
    Digits,
    /// （1）
    DigitsInBrackets,
}

/// The numbered items of a text by their places, so that whoever keeps the text can keep them beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items(Vec<Places>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Places {
    label: Range<usize>,
    title: Range<usize>,
    text: Range<usize>,
}

impl Items {
    /// The items of a text without markup; none where the text is not numbered.
    pub fn of(text: &str) -> Self {
        let place = |part: &str| {
            let start = part.as_ptr().addr() - text.as_ptr().addr();
            start..start + part.len()
        };
        let items = split(text).into_iter().map(|item| Places {
            label: place(item.label),
            title: match item.title {
                "" => 0..0,
                title => place(title),
            },
            text: place(item.text),
        });
        Self(items.collect())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the text is not numbered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The items, given the text that they were found in.
    pub fn in_text<'t>(
        &self,
        text: &'t str,
    ) -> impl DoubleEndedIterator<Item = GoalItem<'t>> + ExactSizeIterator {
        self.0.iter().map(|places| GoalItem {
            label: &text[places.label.clone()],
            title: &text[places.title.clone()],
            text: &text[places.text.clone()],
            label_start: places.label.start,
            text_start: places.text.start,
        })
    }
}

struct Mark {
    style: Style,
    number: u32,
    start: usize,
    end: usize,
}

/// The numbered items of a text without markup; none where the text is not numbered.
pub fn split(text: &str) -> Vec<GoalItem<'_>> {
    let marks = marks(text);
    let Some(outermost) = marks.first().map(|mark| mark.style) else {
        return Vec::new();
    };
    let mut kept: Vec<&Mark> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.style == outermost) {
        if mark.number == kept.len() as u32 + 1 {
            kept.push(mark);
        }
    }
    let ends = kept
        .iter()
        .skip(1)
        .map(|mark| mark.start)
        .chain([text.len()]);
    kept.iter()
        .zip(ends)
        .map(|(mark, end)| item(text, mark, end))
        .collect()
}

/// The item that begins with `mark` and ends at `end`.
fn item<'t>(whole: &'t str, mark: &Mark, end: usize) -> GoalItem<'t> {
    const LONGEST_TITLE: usize = 30;
    let text = trim(&whole[mark.end..end]);
    let title = text
        .split_once(['：', ':'])
        .map(|(title, _)| trim(title))
        .filter(|title| title.chars().count() <= LONGEST_TITLE && !title.contains(['。', '；']));
    GoalItem {
        label: &whole[mark.start..mark.end],
        title: title.unwrap_or_default(),
        text,
        label_start: mark.start,
        text_start: text.as_ptr().addr() - whole.as_ptr().addr(),
    }
}

/// The number that would follow `count` items numbered like `label`: "四、" after three items numbered "一、". `None` where
/// the label is no number, or the next one is past 九十九.
pub fn next_label(label: &str, count: usize) -> Option<String> {
    let mark = mark_at(label, 0)?;
    let number = u32::try_from(count).ok()?.checked_add(1)?;
    let written = match mark.style {
        Style::Chinese | Style::ChineseInBrackets => chinese(number)?,
        Style::Digits | Style::DigitsInBrackets => number.to_string(),
    };
    let is_part = |c: &char| c.is_ascii_digit() || chinese_digit(*c).is_some();
    let before: String = label.chars().take_while(|c| !is_part(c)).collect();
    let after = label.chars().skip_while(|c| !is_part(c));
    let after: String = after.skip_while(is_part).collect();
    Some(format!("{before}{written}{after}"))
}

/// 1 to 99 as 一 to 九十九.
fn chinese(number: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS.get(digit as usize).copied();
    Some(match number {
        1..=9 => digit(number)?.to_owned(),
        10..=19 => format!("十{}", digit(number - 10)?),
        20..=99 => format!("{}十{}", digit(number / 10)?, digit(number % 10)?),
        _ => return None,
    })
}

/// All numbers that may begin an item: at the start of the text or after white space or the end of a sentence.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at_boundary = true;
    for (start, c) in text.char_indices() {
        if at_boundary
            && may_begin_mark(c)
            && let Some(mark) = mark_at(text, start)
        {
            marks.push(mark);
        }
        // The first range is Chinese characters, for which the other questions need not be asked.
        at_boundary = match c {
            '一'..='鿿' => false,
            '。' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?' => true,
            _ => c.is_whitespace(),
        };
    }
    marks
}

fn may_begin_mark(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '（' | '(') || chinese_digit(c).is_some()
}

fn mark_at(text: &str, start: usize) -> Option<Mark> {
    let rest = &text[start..];
    let inside = rest.strip_prefix(['（', '(']);
    let body = inside.unwrap_or(rest);
    let (digits, after) = split_while(body, |c| c.is_ascii_digit());
    let (chinese, after_chinese) = split_while(body, |c| chinese_digit(c).is_some());
    let (number, after, style) = match (digits.is_empty(), inside.is_some()) {
        (false, true) => (digits.parse().ok()?, after, Style::DigitsInBrackets),
        (false, false) => (digits.parse().ok()?, after, Style::Digits),
        (true, true) => (
            chinese_number(chinese)?,
            after_chinese,
            Style::ChineseInBrackets,
        ),
        (true, false) => (chinese_number(chinese)?, after_chinese, Style::Chinese),
    };
    let closed = match style {
        Style::Chinese => after.strip_prefix('、'),
        Style::Digits => after
            .strip_prefix(['、', '.', '．'])
            .filter(|next| !next.starts_with(|c: char| c.is_ascii_digit())),
        Style::ChineseInBrackets | Style::DigitsInBrackets => after.strip_prefix(['）', ')']),
    }?;
    Some(Mark {
        style,
        number,
        start,
        end: text.len() - closed.len(),
    })
}

fn split_while(text: &str, test: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !test(c)).unwrap_or(text.len());
    text.split_at(end)
}

fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// 一 to 九十九.
fn chinese_number(text: &str) -> Option<u32> {
    let digits: Vec<u32> = text.chars().filter_map(chinese_digit).collect();
    match *digits.as_slice() {
        [digit @ 1..=10] => Some(digit),
        [10, ones @ 1..=9] => Some(10 + ones),
        [tens @ 2..=9, 10] => Some(tens * 10),
        [tens @ 2..=9, 10, ones @ 1..=9] => Some(tens * 10 + ones),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<&str> {
        split(text).iter().map(|item| item.label).collect()
    }

    #[test]
    fn the_outermost_numbering_makes_the_items() {
        let text = "一、科普: 开展活动;\n二、联谊: 1、形成机制。2、建立平台。\n三、收尾。";
        assert_eq!(labels(text), ["一、", "二、", "三、"]);
        assert_eq!(split(text)[1].title, "联谊");
        assert_eq!(split(text)[1].text, "联谊: 1、形成机制。2、建立平台。");
        assert_eq!(
            labels("1.办班3期；2.印发1.5万册。3.验收"),
            ["1.", "2.", "3."]
        );
        assert_eq!(labels("（一）甲。（二）乙。"), ["（一）", "（二）"]);
    }

    #[test]
    fn numbers_in_running_text_are_no_items() {
        assert_eq!(labels("完成10个课题，1.5万人受益。"), [""; 0]);
        assert_eq!(labels("一、甲。三、丙。"), ["一、"]);
        assert_eq!(labels(""), [""; 0]);
    }

    #[test]
    fn counts_past_ten() {
        let text: String = [
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
        ]
        .iter()
        .map(|number| format!("{number}、事项。"))
        .collect();
        assert_eq!(split(&text).len(), 12);
    }

    #[test]
    fn items_know_where_they_stand() {
        let text = "总述。\n一、 甲。 \n二、乙。";
        for item in split(text) {
            assert!(text[item.label_start..].starts_with(item.label));
            assert!(text[item.text_start..].starts_with(item.text));
        }
        assert_eq!(split(text)[0].label_start, "总述。\n".len());
    }

    #[test]
    fn the_next_number_is_written_like_the_others() {
        for (label, count, next) in [
            ("一、", 2, Some("三、")),
            ("（一）", 10, Some("（十一）")),
            ("1.", 9, Some("10.")),
            ("(1)", 3, Some("(4)")),
            ("一、", 19, Some("二十、")),
            ("一、", 99, None),
            ("甲", 1, None),
        ] {
            assert_eq!(next_label(label, count).as_deref(), next, "{label} {count}");
        }
    }
}
