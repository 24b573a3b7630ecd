//! Word lists of the text rules. The lists are data (`assets/lexicons`); where words overlap, the longest match wins, so a
//! right word that contains a wrong one by chance is simply listed too.

use std::collections::BTreeMap;

mod lists;

pub use lists::*;

/// Looks for words of a list: leftmost first, of those the longest, none overlapping.
///
/// Nearly no cell holds any of the words, and cells are short. So all depends on how fast a text is passed over: one look
/// at each pair of neighbouring characters tells whether a word may begin with it.
pub struct WordFinder {
    /// By the two characters with which they begin, of those the longest first.
    words: Vec<(Pair, &'static str)>,
    begins: PairSet<64>,
}

/// Two characters in a row.
pub type Pair = (char, char);

impl WordFinder {
    /// A finder of these words, each of two characters or more.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut words: Vec<(Pair, &str)> = words
            .into_iter()
            .filter_map(|word| {
                debug_assert!(word.chars().nth(1).is_some(), "{word} is too short");
                Some((beginning(word)?, word))
            })
            .collect();
        words.sort_by_key(|(begins, word)| (*begins, std::cmp::Reverse(word.len())));
        let mut begins = PairSet::default();
        for (pair, _) in &words {
            begins.insert(*pair);
        }
        Self { words, begins }
    }

    /// The words in `text`, each with the place in bytes where it begins.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, &'static str)> + 't {
        self.indices(text)
            .map(|(start, index)| (start, self.words[index].1))
    }

    /// The words in `text` by their places in the finder.
    fn indices<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let (start, index) = self.first_in(text, from)?;
            from = start + self.words[index].1.len();
            Some((start, index))
        })
    }

    fn first_in(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let mut characters = text[from..].chars();
        let mut before = characters.next()?;
        let mut start = from;
        for c in characters {
            if self.begins.may_contain((before, c))
                && let Some(word) = self.word_at((before, c), &text[start..])
            {
                return Some((start, word));
            }
            start += before.len_utf8();
            before = c;
        }
        None
    }

    fn word_at(&self, pair: Pair, text: &str) -> Option<usize> {
        let first = self.words.partition_point(|(begins, _)| *begins < pair);
        let same = self.words[first..]
            .iter()
            .take_while(|(begins, _)| *begins == pair);
        let mut same = same.enumerate();
        same.find(|(_, (_, word))| text.starts_with(word))
            .map(|(offset, _)| first + offset)
    }
}

/// The two characters with which a word begins.
pub fn beginning(word: &str) -> Option<Pair> {
    let mut characters = word.chars();
    characters.next().zip(characters.next())
}

/// Pairs of characters by a few bits of a hash: never denies a pair wrongly, hardly ever takes another for one of them. The
/// number of 64 bits it holds is a power of two.
pub struct PairSet<const N: usize = 64>([u64; N]);

impl<const N: usize> Default for PairSet<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> PairSet<N> {
    fn position((first, second): Pair) -> (usize, u64) {
        let mixed = u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second);
        let hash = mixed.wrapping_mul(0x85EB_CA6B) >> (26 - N.trailing_zeros());
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Puts a pair in.
    pub fn insert(&mut self, pair: Pair) {
        let (index, bit) = Self::position(pair);
        self.0[index] |= bit;
    }

    /// Whether the pair may have been put in.
    pub fn may_contain(&self, pair: Pair) -> bool {
        let (index, bit) = Self::position(pair);
        self.0[index] & bit != 0
    }
}

/// Words to look for, some of them only listed so that they are not mistaken for others.
pub struct Lexicon {
    finder: WordFinder,
    /// In the order of the finder.
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

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Pairs,
    Words,
}

impl Lexicon {
    fn new(list: &'static str, kind: Kind) -> Self {
        let mut words = words_of(list, kind);
        words.sort_by_key(|word| (beginning(word.text), std::cmp::Reverse(word.text.len())));
        let finder = WordFinder::new(words.iter().map(|word| word.text));
        Self { finder, words }
    }

    /// The words of the list.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        let words = self.words.iter().filter(|word| word.counts);
        words.map(|word| word.text)
    }

    /// The words of the list in `text`.
    pub fn find<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        self.finder.indices(text).filter_map(|(start, index)| {
            let word = self.words.get(index)?;
            word.counts.then_some(Found {
                word: word.text,
                meant: word.meant,
                start,
                end: start + word.text.len(),
            })
        })
    }

    /// What is meant by `text` as a whole, where it is one of the list's wrong words.
    pub fn meant(&'static self, text: &str) -> Option<&'static str> {
        let pair = beginning(text)?;
        if !self.finder.begins.may_contain(pair) {
            return None;
        }
        let word = self.words.iter().find(|word| word.text == text)?;
        word.meant
    }

    /// Whether any word of the list stands in `text`.
    pub fn is_in(&'static self, text: &str) -> bool {
        self.find(text).next().is_some()
    }
}

/// Words that are looked for at one place of a text only, so that a single character may be a word.
pub struct Edges {
    /// Longest first.
    words: Vec<Word>,
    by_last: ByCharacter,
    by_first: ByCharacter,
}

/// Words by the character at one of their ends, so that nearly every text is passed over at a glance.
struct ByCharacter {
    /// A bit for each character, by the last of its own bits.
    any: u64,
    /// Characters in order, each with its words by their places in the list.
    groups: Vec<(char, Vec<usize>)>,
}

impl Edges {
    fn new(list: &'static str) -> Self {
        let mut words = words_of(list, Kind::Words);
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self {
            by_last: ByCharacter::new(&words, |word| word.chars().next_back()),
            by_first: ByCharacter::new(&words, |word| word.chars().next()),
            words,
        }
    }

    /// The word with which `text` ends.
    pub fn ends(&self, text: &str) -> Option<&'static str> {
        let among = self.by_last.of(text.chars().next_back()?)?;
        self.longest(among, |word| text.ends_with(word))
    }

    /// The word with which `text` begins.
    pub fn begins(&self, text: &str) -> Option<&'static str> {
        let among = self.by_first.of(text.chars().next()?)?;
        self.longest(among, |word| text.starts_with(word))
    }

    /// The words of the list.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.words
            .iter()
            .filter(|word| word.counts)
            .map(|word| word.text)
    }

    fn longest(&self, among: &[usize], fits: impl Fn(&str) -> bool) -> Option<&'static str> {
        let mut words = among.iter().map(|index| &self.words[*index]);
        let word = words.find(|word| fits(word.text))?;
        word.counts.then_some(word.text)
    }
}

impl ByCharacter {
    fn new(words: &[Word], edge: fn(&str) -> Option<char>) -> Self {
        let mut groups: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (index, word) in words.iter().enumerate() {
            if let Some(c) = edge(word.text) {
                groups.entry(c).or_default().push(index);
            }
        }
        Self {
            any: groups.keys().fold(0, |any, c| any | bit_of(*c)),
            groups: groups.into_iter().collect(),
        }
    }

    fn of(&self, c: char) -> Option<&[usize]> {
        if self.any & bit_of(c) == 0 {
            return None;
        }
        let at = self.groups.binary_search_by_key(&c, |group| group.0).ok()?;
        Some(&self.groups[at].1)
    }
}

fn bit_of(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

fn words_of(list: &'static str, kind: Kind) -> Vec<Word> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| Word::read(line, kind))
        .collect()
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

    #[test]
    fn at_an_edge_the_longest_word_wins_too() {
        assert_eq!(RATES.ends("疫苗接种率"), Some("率"));
        assert_eq!(RATES.ends("办事效率"), None);
        assert_eq!(COUNTERS.begins("人次以上"), Some("人次"));
        assert_eq!(COUNTERS.begins("个月内办结"), None);
    }
}
