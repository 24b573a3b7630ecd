//! Cleaning of texts as they come from other programs. Only what would not be read otherwise or is plainly left over is
//! taken out; what a text means never changes, and every cleaning is told.

use super::{boxes, captions};
use crate::{
    edit::cleanup,
    model::{
        figure::{FigureCell, MoneyUnit},
        markup::Markup,
        numeral::{halfwidth, leading_number},
        typed::{Reading, trim},
    },
};

/// A text after cleaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct Cleaned {
    /// The text to keep.
    pub(in crate::exchange) text: String,
    /// What was done, in words for the report.
    pub(in crate::exchange) done: Vec<&'static str>,
    /// What a person should look at; nothing was changed for it.
    pub(in crate::exchange) doubt: Option<String>,
}

impl Cleaned {
    fn change(&mut self, text: String, done: &'static str) {
        if self.text != text {
            self.text = text;
            self.done.push(done);
        }
    }
}

/// Text of any length; lines and indents stay.
pub(in crate::exchange) fn paragraph(raw: &str) -> Cleaned {
    let mut cleaned = Cleaned {
        // Spaces and breaks at the end come with typing and are not worth a word.
        text: raw.trim_end_matches([' ', '\n', '\r', '\t']).to_owned(),
        ..Cleaned::default()
    };
    let tidy = cleanup::clean(&cleaned.text);
    let had_markup = !Markup::in_text(&cleaned.text).is_none();
    // How lines end is the source's business.
    if cleaned.text.replace("\r\n", "\n").replace('\r', "\n") == tidy {
        cleaned.text = tidy;
    } else if had_markup {
        cleaned.change(tidy, "清除了网页标签");
    } else {
        cleaned.change(tidy, "清除了多余的空格、空行或不可见字符");
    }
    cleaned
}

/// Text of one line: line breaks that a narrow cell needed are taken out.
pub(in crate::exchange) fn line(raw: &str) -> Cleaned {
    let mut cleaned = paragraph(raw.trim_start_matches([' ', '\n', '\r', '\t']));
    if cleaned.text.contains('\n') {
        let joined = joined_lines(&cleaned.text);
        cleaned.change(joined, "去掉了格内换行");
    }
    let trimmed = trim(&cleaned.text).to_owned();
    cleaned.change(trimmed, "清除了首尾的空格");
    cleaned
}

/// What was filled into a field of one line. Dashes to write on, and boxes of which none is ticked, are no entry.
pub(in crate::exchange) fn entry(raw: &str) -> Cleaned {
    let mut cleaned = line(raw);
    let to_write_on = cleaned
        .text
        .chars()
        .all(|c| c == '_' || c == '＿' || c.is_whitespace());
    let unticked = cleaned.text.contains(boxes::OPEN) && !cleaned.text.contains(boxes::TICKED);
    if to_write_on {
        cleaned.change(String::new(), "只有供填写的横线，按未填写处理");
    } else if unticked {
        cleaned.change(String::new(), "没有勾选任何一项，按未填写处理");
    }
    cleaned
}

/// What was ticked where each of a field's options is printed behind a box. What is said in another way stays as it is.
pub(in crate::exchange) fn choice(raw: &str, options: &[String]) -> Cleaned {
    let mut cleaned = entry(raw);
    if let Some(ticked) = boxes::ticked(&cleaned.text, options) {
        cleaned.change(ticked, "只保留了勾选的选项");
    }
    cleaned
}

/// 评价等级, without its caption where that stands in the same cell.
pub(in crate::exchange) fn rating(raw: &str) -> Cleaned {
    let mut cleaned = line(raw);
    let value = captions::rating_value(&cleaned.text).to_owned();
    cleaned.change(value, "去掉了等级前面的标题");
    cleaned
}

/// A caption: a line; spaces that only stretch it ("项 目 名 称") are taken out.
pub(in crate::exchange) fn caption(raw: &str) -> Cleaned {
    let mut cleaned = line(raw);
    let is_stretched = {
        let mut words = cleaned
            .text
            .split([' ', '　'])
            .filter(|word| !word.is_empty());
        let is_single = |word: &str| {
            let mut chars = word.chars();
            chars.next().is_some_and(|c| !c.is_ascii()) && chars.next().is_none()
        };
        words.clone().count() > 1 && words.all(is_single)
    };
    if is_stretched {
        let close = cleaned.text.replace([' ', '　'], "");
        cleaned.change(close, "去掉了字间空格");
    }
    cleaned
}

/// A number. `unit` is given for amounts of money: the form's own unit need not stand in every cell.
pub(in crate::exchange) fn figure(raw: &str, unit: Option<MoneyUnit>) -> Cleaned {
    let mut cleaned = paragraph(raw.trim_start_matches([' ', '\n', '\r', '\t']));
    let trimmed = trim(&cleaned.text).to_owned();
    cleaned.change(trimmed, "清除了首尾的空格");
    if cleaned
        .text
        .chars()
        .any(|c| matches!(c, '０'..='９' | '％' | '．' | '，'))
        && let half = halfwidth(&cleaned.text).into_owned()
        && reads(&half)
    {
        cleaned.change(half, "全角数字改成了半角");
    }
    if !reads(&cleaned.text)
        && let Some(close) = without_gaps(&cleaned.text).filter(|close| reads(close))
    {
        cleaned.change(close, "去掉了数字中间的空格或换行");
    }
    if let Some(unit) = unit {
        without_unit(&mut cleaned, unit);
    }
    if !reads(&cleaned.text) && cleaned.doubt.is_none() {
        let joined = joined_lines(&cleaned.text);
        cleaned.change(joined, "去掉了格内换行");
    }
    cleaned
}

/// Whether a figure cell makes sense of the text.
fn reads(text: &str) -> bool {
    !matches!(FigureCell::new(text).reading(), Reading::Unreadable)
}

/// Takes the form's own money unit out of an amount; another unit stays and is pointed at.
fn without_unit(cleaned: &mut Cleaned, unit: MoneyUnit) {
    let bare = trim(
        cleaned
            .text
            .strip_prefix(['¥', '￥'])
            .unwrap_or(&cleaned.text),
    );
    let Some((_, rest)) = leading_number(bare) else {
        return;
    };
    let written = match trim(rest) {
        "元" => MoneyUnit::Yuan,
        "万元" | "万" => MoneyUnit::TenThousandYuan,
        _ => return,
    };
    if written == unit {
        let number = trim(&bare[..bare.len() - rest.len()]).to_owned();
        cleaned.change(number, "去掉了与表头相同的金额单位");
    } else {
        cleaned.doubt = Some(format!(
            "格内写的是“{written}”，与表的金额单位“{unit}”不同，已按原样保留，请核对"
        ));
    }
}

/// A number without the spaces and breaks inside it; `None` where they may part two numbers.
fn without_gaps(text: &str) -> Option<String> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let parts_numbers = |pair: &[&str]| {
        let [left, right] = pair else { return false };
        let digits = right.chars().take_while(char::is_ascii_digit).count();
        left.ends_with(|c: char| c.is_ascii_digit()) && digits > 0 && digits != 3
    };
    let apart = pieces.windows(2).any(parts_numbers);
    (pieces.len() > 1 && !apart).then(|| pieces.concat())
}

/// Lines put one behind the other; between two Latin words a space stays.
fn joined_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.split('\n').map(trim).filter(|line| !line.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(joined.chars().next_back()) && latin(line.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_typed_where_they_can_be_read() {
        for text in [
            "8,620,000.00",
            "10分",
            "99.7%",
            "—",
            "不适用",
            "¥5.00",
            "#DIV/0!",
            "7,00.0,77",
        ] {
            let cleaned = figure(text, Some(MoneyUnit::Yuan));
            assert_eq!((cleaned.text.as_str(), cleaned.done.len()), (text, 0));
            assert_eq!(cleaned.doubt, None);
        }
    }

    #[test]
    fn what_is_left_over_in_numbers_is_taken_out() {
        let yuan = Some(MoneyUnit::Yuan);
        for (raw, unit, meant) in [
            ("８６２．５％", None, "862.5%"),
            ("8 620 000.00", yuan, "8620000.00"),
            ("8,620,\n000", yuan, "8,620,000"),
            ("8620000元", yuan, "8620000"),
            ("862 万元", Some(MoneyUnit::TenThousandYuan), "862"),
            ("862.5万", Some(MoneyUnit::TenThousandYuan), "862.5"),
            ("\u{feff}10\u{a0}", None, "10"),
        ] {
            let cleaned = figure(raw, unit);
            assert_eq!(cleaned.text, meant, "{raw}");
            assert!(!cleaned.done.is_empty(), "{raw}");
        }
    }

    #[test]
    fn another_unit_and_two_numbers_stay() {
        let cleaned = figure("862万元", Some(MoneyUnit::Yuan));
        assert_eq!(cleaned.text, "862万元");
        assert!(cleaned.doubt.is_some());
        assert_eq!(figure("10 5", None).text, "10 5");
    }

    #[test]
    fn what_nobody_filled_in_is_blank() {
        for raw in ["______", " ＿＿ ", "□持续性项目 □新增性项目"] {
            let cleaned = entry(raw);
            assert_eq!(
                (cleaned.text.as_str(), cleaned.done.len()),
                ("", 1),
                "{raw}"
            );
        }
        for raw in ["☑是 □否", "□是 √否", "甲_乙", "2022年__月"] {
            assert_eq!(entry(raw).text, raw);
        }
        assert_eq!(entry("").done, Vec::<&str>::new());
    }

    #[test]
    fn what_is_ticked_is_chosen() {
        let options = ["持续性项目", "新增性项目"].map(str::to_owned);
        for (raw, meant) in [
            ("■持续性项目  □新增性项目", "持续性项目"),
            ("□持续性项目、☑新增性项目", "新增性项目"),
            ("□持续性项目 □√新增性项目", "新增性项目"),
            ("■持续性项目 ■新增性项目", "持续性项目、新增性项目"),
            ("□持续性项目 □新增性项目 ■其他", "其他"),
            ("□持续性项目 □新增性项目", ""),
            ("持续性项目", "持续性项目"),
            ("持续性项目√ 新增性项目□", "持续性项目√ 新增性项目□"),
            ("■持续性项目 □说明", "■持续性项目 □说明"),
        ] {
            assert_eq!(choice(raw, &options).text, meant, "{raw}");
        }
    }

    #[test]
    fn lines_and_captions_are_joined() {
        assert_eq!(line("培训\n场次").text, "培训场次");
        assert_eq!(line("ISO\n9001").text, "ISO 9001");
        assert_eq!(caption("项 目 名 称").text, "项目名称");
        assert_eq!(caption("产出指标\r\n（50分）").text, "产出指标（50分）");
        assert_eq!(caption("A 类 项目").text, "A 类 项目");
        assert_eq!(line("甲 \n").done, Vec::<&str>::new());
    }

    #[test]
    fn paragraphs_keep_lines_and_indents() {
        let cleaned = paragraph("　　一、甲。\r\n　　二、乙。\n");
        assert_eq!(cleaned.text, "　　一、甲。\n　　二、乙。");
        assert!(cleaned.done.is_empty());
        assert_eq!(paragraph("<p>甲</p>").done, ["清除了网页标签"]);
    }
}
