//! One text that holds several captions with their values ("填表人：张三  联系电话：123").

use std::ops::Range;

use super::{super::found::Field, words};
use crate::{exchange::grid::Cell, model::typed::trim};

/// How long a caption inside a text may be.
const LONGEST: usize = 16;

/// The fields that the text holds; `None` where it begins with no known caption followed by a colon.
pub(super) fn split(cell: &Cell, is_caption: impl Fn(&str) -> bool) -> Option<Vec<Field>> {
    let text = cell.text.as_str();
    let captions = captions(text, is_caption);
    if captions
        .first()
        .is_none_or(|first| !trim(&text[..first.start]).is_empty())
    {
        return None;
    }
    let fields = captions.iter().enumerate().map(|(at, caption)| {
        let colon = text[caption.end..].chars().next().map_or(0, char::len_utf8);
        let end = captions.get(at + 1).map_or(text.len(), |next| next.start);
        let value = trim(&text[caption.end + colon..end]);
        Field {
            caption: with_text(cell, trim(&text[caption.clone()])),
            value: (!value.is_empty()).then(|| with_text(cell, value)),
        }
    });
    Some(fields.collect())
}

/// Where the known captions before a colon stand.
fn captions(text: &str, is_caption: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut captions: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for (colon, _) in text.match_indices([':', '：']) {
        let from_here = near(text, from, colon);
        let before = &text[from_here..colon];
        // The longest known caption that ends at the colon and begins the text or stands after a space.
        let starts = std::iter::once(0).chain(
            before
                .char_indices()
                .filter(|(_, c)| c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';' | '。'))
                .map(|(at, c)| at + c.len_utf8()),
        );
        let start = starts.map(|start| from_here + start).find(|&start| {
            let key = words::key(&text[start..colon]);
            words::length(&key) <= LONGEST && is_caption(&key)
        });
        if let Some(start) = start {
            captions.push(start..colon);
        }
        from = colon + text[colon..].chars().next().map_or(0, char::len_utf8);
    }
    captions
}

/// Where the last characters before `end` begin that a caption with spaces may take up, at `from` or later.
fn near(text: &str, from: usize, end: usize) -> usize {
    let last = text[from..end].char_indices().rev().nth(2 * LONGEST);
    last.map_or(from, |(at, c)| from + at + c.len_utf8())
}

fn with_text(cell: &Cell, text: &str) -> Cell {
    Cell {
        text: text.to_owned(),
        ..cell.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        split(&Cell::new(0, 0, text), words::is_people)
            .unwrap_or_default()
            .into_iter()
            .map(|field| {
                (
                    field.caption.text,
                    field.value.map(|value| value.text).unwrap_or_default(),
                )
            })
            .collect()
    }

    #[test]
    fn people_are_told_apart() {
        assert_eq!(
            pairs("填表人：张三  联系电话：0755-1234   单位负责人(签章)："),
            [
                ("填表人", "张三"),
                ("联系电话", "0755-1234"),
                ("单位负责人(签章)", "")
            ]
            .map(|(caption, value)| (caption.to_owned(), value.to_owned()))
        );
        assert!(pairs("会议时间：9:30").is_empty());
        assert!(pairs("经办 张三：已核").is_empty());
        let long = format!("{}，一 填表人：张三", "年度".repeat(60));
        assert!(pairs(&long).is_empty());
        let behind = format!("填表人：{} 联系电话：123", "张".repeat(60));
        assert_eq!(pairs(&behind)[1], ("联系电话".to_owned(), "123".to_owned()));
    }
}
