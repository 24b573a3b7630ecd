//! Comparing text as people mean it: full-width and half-width signs are the same, and so are capital and small letters.

use std::ops::Range;

use super::typed::trim;

/// The character that stands for all that mean the same. One character stays one, so that positions can be told.
pub fn fold(c: char) -> char {
    let half = match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '　' | '\u{a0}' => ' ',
        _ => c,
    };
    if half.is_ascii() {
        return half.to_ascii_lowercase();
    }
    let mut small = half.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => half,
    }
}

/// Text to compare and sort by: trimmed and folded.
pub fn folded(text: &str) -> String {
    trim(text).chars().map(fold).collect()
}

/// Text to compare by where spaces mean nothing: folded, without any white space.
pub fn squeezed(text: &str) -> String {
    squeezed_chars(text).collect()
}

/// Whether two texts are the same but for white space, widths and capitals.
pub fn are_same(one: &str, other: &str) -> bool {
    one == other || squeezed_chars(one).eq(squeezed_chars(other))
}

fn squeezed_chars(text: &str) -> impl Iterator<Item = char> + '_ {
    let kept = trim(text).chars().map(fold);
    kept.filter(|c| !c.is_whitespace())
}

/// A text to look for, folded once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    chars: Vec<char>,
}

impl Pattern {
    /// The pattern that finds `text`; an empty one finds nothing.
    pub fn new(text: &str) -> Self {
        Self {
            chars: text.chars().map(fold).collect(),
        }
    }

    /// Whether it was made from an empty text.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The bytes of every place where `text` holds the pattern, from left to right, none overlapping the one before.
    pub fn ranges<'t>(&self, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'t, '_> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.first(text, from)?;
            from = found.end;
            Some(found)
        })
    }

    /// Whether `text` holds the pattern.
    pub fn is_in(&self, text: &str) -> bool {
        self.first(text, 0).is_some()
    }

    /// Whether `text` begins with the pattern; every text begins with an empty one.
    pub fn begins(&self, text: &str) -> bool {
        self.is_empty() || self.length_at_start(text).is_some()
    }

    /// Whether `text` is the pattern and nothing else.
    pub fn is_whole(&self, text: &str) -> bool {
        self.chars.iter().copied().eq(text.chars().map(fold))
    }

    fn first(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let head = *self.chars.first()?;
        let rest = text.get(from..)?;
        rest.char_indices()
            .filter(|(_, c)| fold(*c) == head)
            .find_map(|(at, _)| {
                let start = from + at;
                let length = self.length_at_start(&text[start..])?;
                Some(start..start + length)
            })
    }

    /// How many bytes the pattern takes up at the start of `text`.
    fn length_at_start(&self, text: &str) -> Option<usize> {
        let mut rest = text.chars();
        let alike = self
            .chars
            .iter()
            .all(|wanted| rest.next().is_some_and(|c| fold(c) == *wanted));
        alike.then(|| text.len() - rest.as_str().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let pattern = Pattern::new(pattern);
        pattern
            .ranges(text)
            .map(|range| text[range].to_owned())
            .collect()
    }

    #[test]
    fn widths_and_cases_are_the_same() {
        assert_eq!(found("(a1)", "（Ａ１）和(a1)"), ["（Ａ１）", "(a1)"]);
        assert_eq!(found("课题", "课题数量、课题"), ["课题", "课题"]);
        assert_eq!(folded("　ＡＢ（甲） "), "ab(甲)");
        assert_eq!(squeezed(" 参训　人数 （人） "), "参训人数(人)");
        assert!(are_same("50 %", "５０％\u{200b}") && !are_same("50%", "5%"));
    }

    #[test]
    fn places_do_not_overlap() {
        assert_eq!(found("aa", "aaaaa"), ["aa", "aa"]);
        assert_eq!(found("甲甲乙", "甲甲甲乙"), ["甲甲乙"]);
    }

    #[test]
    fn nothing_is_found_by_an_empty_pattern() {
        let empty = Pattern::new("");
        assert_eq!(empty.ranges("甲").count(), 0);
        assert!(empty.begins("甲") && empty.is_whole("") && !empty.is_whole("甲"));
    }
}
