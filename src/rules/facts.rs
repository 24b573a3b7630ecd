//! What a text may hold, told in one pass for all rules that look for something nearly no text has.

use std::{ops::BitOr, sync::LazyLock};

use super::{
    lexicon::{self, Pair, PairSet, beginning},
    remains,
};

/// Kinds of characters and words in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u16);

impl Facts {
    /// A digit, full-width ones included.
    pub const DIGIT: Self = Self(1);
    /// A sign with which markup begins: < and &.
    pub const MARKUP: Self = Self(1 << 1);
    /// Full-width digits and points, and characters that are not seen.
    pub const ODD: Self = Self(1 << 2);
    /// Another character for ≥ or ≤, or one that may begin such.
    pub const GLYPH: Self = Self(1 << 3);
    /// Eleven digits in a row or more.
    pub const LONG_NUMBER: Self = Self(1 << 4);
    /// A word of [`lexicon::TYPOS`].
    pub const TYPO: Self = Self(1 << 5);
    /// A text of a template.
    pub const PROMPT: Self = Self(1 << 6);
    /// Dots that may stand for what is missing.
    pub const DOTS: Self = Self(1 << 7);
    /// A word of [`lexicon::SURVEY`].
    pub const SURVEY: Self = Self(1 << 8);
    /// A word of [`lexicon::SHORTFALL`].
    pub const SHORTFALL: Self = Self(1 << 9);

    /// The facts of a text.
    pub fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        let words = &*WORDS;
        let (mut facts, mut digits, mut before, mut start) = (Self::default(), 0, '\0', 0);
        for (at, c) in text.char_indices() {
            // Chinese characters, nearly all there are, are of no kind.
            if !matches!(c, '一'..='鿿') {
                facts = facts | kind(c);
                digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
                if digits == LONG {
                    facts = facts | Self::LONG_NUMBER;
                }
            } else {
                digits = 0;
            }
            if words.begins.may_contain((before, c)) {
                facts = facts | words.at((before, c), &text[start..]);
            }
            before = c;
            start = at;
        }
        facts
    }

    /// Whether the text may hold one of these.
    pub fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

/// The digits of a mobile number.
const LONG: u32 = 11;

impl BitOr for Facts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

fn kind(c: char) -> Facts {
    match c {
        '0'..='9' => Facts::DIGIT,
        '<' => Facts::MARKUP | Facts::GLYPH,
        '&' => Facts::MARKUP,
        '>' => Facts::GLYPH,
        '\0'..='\x7f' => Facts::default(),
        '０'..='９' => Facts::DIGIT | Facts::ODD,
        '≧' | '⩾' | '＞' | '≦' | '⩽' | '＜' | '═' => Facts::GLYPH,
        '…' => Facts::DOTS,
        '．' => Facts::ODD,
        _ if remains::is_invisible(c) => Facts::ODD,
        _ => Facts::default(),
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    words.add(Facts::TYPO, lexicon::TYPOS.words());
    words.add(Facts::SURVEY, lexicon::SURVEY.words());
    words.add(Facts::SHORTFALL, lexicon::SHORTFALL.words());
    words.add(Facts::PROMPT, remains::prompts());
    words.add(Facts::DOTS, [".."]);
    words.words.sort_unstable_by_key(|(begins, ..)| *begins);
    words
});

/// The words of several lists.
#[derive(Default)]
struct Words {
    begins: PairSet<512>,
    /// By the two characters with which they begin.
    words: Vec<(Pair, &'static str, Facts)>,
}

impl Words {
    fn add(&mut self, facts: Facts, words: impl IntoIterator<Item = &'static str>) {
        for word in words {
            if let Some(begins) = beginning(word) {
                self.begins.insert(begins);
                self.words.push((begins, word, facts));
            }
        }
    }

    /// What is told by the words at the start of `text`, which begins with this pair.
    fn at(&self, pair: Pair, text: &str) -> Facts {
        let first = self.words.partition_point(|(begins, ..)| *begins < pair);
        let same = self.words[first..].iter();
        same.take_while(|(begins, ..)| *begins == pair)
            .filter(|(_, word, _)| text.starts_with(word))
            .fold(Facts::default(), |all, (.., facts)| all | *facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_seen() {
        for (text, kind) in [
            ("第３期", Facts::DIGIT),
            ("甲<p>", Facts::MARKUP),
            ("甲\u{200b}乙", Facts::ODD),
            ("＞＝3", Facts::GLYPH),
            ("电话13800001234", Facts::LONG_NUMBER),
            ("提升工作能利", Facts::TYPO),
            ("完成**项", Facts::PROMPT),
            ("甲……", Facts::DOTS),
            ("问卷调查", Facts::SURVEY),
            ("因疫情取消", Facts::SHORTFALL),
        ] {
            assert!(Facts::of(text).has(kind), "{text}");
        }
        assert_eq!(Facts::of("组织科普活动，完成率"), Facts::default());
    }
}
