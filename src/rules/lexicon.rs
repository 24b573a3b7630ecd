//! Word lists of the text rules. The lists are data (`assets/lexicons`); where words overlap, the longest match wins, so a
//! right word that contains a wrong one by chance is simply listed too.

use std::sync::LazyLock;

/// Looks for words of a list: leftmost first, of those the longest, none overlapping.
///
/// Nearly no cell holds any of the words, and cells are short. So all depends on how fast a text is passed over: one look
/// at each pair of neighbouring characters tells whether a word may begin with it.
pub struct WordFinder {
    /// Longest first.
    words: Vec<&'static str>,
    begins: PairSet,
}

impl WordFinder {
    /// A finder of these words, each of two characters or more.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut words: Vec<&str> = words.into_iter().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut begins = PairSet([0; 64]);
        for word in &words {
            let mut characters = word.chars();
            let pair = characters.next().zip(characters.next());
            debug_assert!(pair.is_some(), "{word} is too short");
            if let Some((first, second)) = pair {
                begins.insert(first, second);
            }
        }
        Self { words, begins }
    }

    /// The words in `text`, each with the place in bytes where it begins.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'static str)> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (start, word) = self.first_in(text, from)?;
            from = start + word.len();
            Some((start, word))
        })
    }

    fn first_in(&self, text: &str, from: usize) -> Option<(usize, &'static str)> {
        let mut characters = text[from..].chars();
        let mut before = characters.next()?;
        let mut start = from;
        for c in characters {
            if self.begins.may_contain(before, c)
                && let Some(word) = self.word_at(&text[start..])
            {
                return Some((start, word));
            }
            start += before.len_utf8();
            before = c;
        }
        None
    }

    fn word_at(&self, text: &str) -> Option<&'static str> {
        self.words
            .iter()
            .copied()
            .find(|word| text.starts_with(word))
    }
}

/// Pairs of characters by a few bits of a hash: never denies a pair wrongly, hardly ever takes another for one of them.
struct PairSet([u64; 64]);

impl PairSet {
    fn position(first: char, second: char) -> (usize, u64) {
        let mixed = u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second);
        let hash = mixed.wrapping_mul(0x85EB_CA6B) >> 20;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn insert(&mut self, first: char, second: char) {
        let (index, bit) = Self::position(first, second);
        self.0[index] |= bit;
    }

    fn may_contain(&self, first: char, second: char) -> bool {
        let (index, bit) = Self::position(first, second);
        self.0[index] & bit != 0
    }
}

/// Words to look for, some of them only listed so that they are not mistaken for others.
pub struct Lexicon {
    finder: WordFinder,
    words: Vec<Word>,
}

struct Word {
    text: &'static str,
    meant: Option<&'static str>,
    counts: bool,
}

/// A word found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The word as it stands.
    pub word: &'static str,
    /// What was meant, for wrongly typed words.
    pub meant: Option<&'static str>,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
}

/// Wrongly typed words.
pub static TYPOS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(include_str!("../../assets/lexicons/typos.txt"), Kind::Pairs));

/// Words that admit that something was not done as planned.
pub static SHORTFALL: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        include_str!("../../assets/lexicons/shortfall.txt"),
        Kind::Words,
    )
});

/// Words that say how satisfaction was found out.
pub static SURVEY: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        include_str!("../../assets/lexicons/survey.txt"),
        Kind::Words,
    )
});

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Pairs,
    Words,
}

impl Lexicon {
    fn new(list: &'static str, kind: Kind) -> Self {
        let words: Vec<Word> = list
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| Word::read(line, kind))
            .collect();
        let finder = WordFinder::new(words.iter().map(|word| word.text));
        Self { finder, words }
    }

    /// The words of the list in `text`.
    pub fn find<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        self.finder.find(text).filter_map(|(start, text)| {
            let word = self.words.iter().find(|word| word.text == text)?;
            word.counts.then_some(Found {
                word: word.text,
                meant: word.meant,
                start,
                end: start + word.text.len(),
            })
        })
    }

    /// Whether any word of the list stands in `text`.
    pub fn is_in(&'static self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}

impl Word {
    fn read(line: &'static str, kind: Kind) -> Self {
        match (kind, line.split_once('='), line.strip_prefix("- ")) {
            (Kind::Pairs, Some((wrong, right)), _) => Self {
                text: wrong.trim(),
                meant: Some(right.trim()),
                counts: true,
            },
            (Kind::Words, _, None) => Self {
                text: line,
                meant: None,
                counts: true,
            },
            (Kind::Words, _, Some(text)) => Self {
                text,
                meant: None,
                counts: false,
            },
            (Kind::Pairs, None, _) => Self {
                text: line,
                meant: None,
                counts: false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let wrong = |text| TYPOS.find(text).map(|found| found.word).collect::<Vec<_>>();
        assert_eq!(wrong("提升科普工作能利"), ["能利"]);
        assert_eq!(wrong("功能利用、性能利用与太阳能利用"), [""; 0]);
        assert_eq!(wrong("人均均衡发展"), [""; 0]);
        assert_eq!(wrong("获奖人均均为博士"), ["均均"]);
        assert!(SHORTFALL.is_in("因疫情没有组织"));
        assert!(!SHORTFALL.is_in("无未完成事项"));
    }
}
