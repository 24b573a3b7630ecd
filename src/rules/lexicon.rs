//! Word lists of the text rules. The lists are data (`assets/lexicons`); where words overlap, the longest match wins, so a
//! right word that contains a wrong one by chance is simply listed too.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Words to look for, some of them only listed so that they are not mistaken for others.
pub struct Lexicon {
    matcher: AhoCorasick,
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
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|word| word.text))
            .expect("the word lists are small and fixed");
        Self { matcher, words }
    }

    /// The words of the list in `text`.
    pub fn find<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        self.matcher.find_iter(text).filter_map(|found| {
            let word = &self.words[found.pattern().as_usize()];
            word.counts.then_some(Found {
                word: word.text,
                meant: word.meant,
                start: found.start(),
                end: found.end(),
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
