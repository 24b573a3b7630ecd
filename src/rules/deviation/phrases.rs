//! The sentence patterns: `assets/phrases/deviation.txt`, read once.

use std::sync::LazyLock;

use super::Deviation;

/// Facts of the form that patterns name, each as the blank that stands where the form does not state it.
const FACTS: [&str; 10] = [
    "【指标】",
    "【目标】",
    "【实际】",
    "【差距】",
    "【执行率】",
    "【预算】",
    "【结余】",
    "【年初】",
    "【全年】",
    "【增减】",
];

/// The section whose lines state the deviation itself.
const BEGINNINGS: &str = "偏差";

/// A sentence pattern for a deviation and a kind of cause.
#[derive(Debug)]
pub struct Pattern {
    /// The kind of cause ("招标采购进度").
    pub cause: &'static str,
    /// What it explains.
    pub deviation: Deviation,
    pub(super) pieces: Vec<Piece>,
}

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Piece {
    /// Words as they stand.
    Words(&'static str),
    /// A fact of the form, by name.
    Fact(&'static str),
    /// What only the person knows: the name of the blank.
    Blank(&'static str),
    /// Left out as a whole where a fact in it is not stated.
    Where(Vec<Piece>),
}

/// The lines of the file: those of [`BEGINNINGS`], and the others.
struct Phrases {
    beginnings: Vec<Pattern>,
    patterns: Vec<Pattern>,
}

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../assets/phrases/deviation.txt")));

impl Phrases {
    fn read(text: &'static str) -> Self {
        let mut cause = "";
        let (mut beginnings, mut patterns) = (Vec::new(), Vec::new());
        for line in text.lines().map(str::trim) {
            if line.starts_with('#') {
                continue;
            }
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|name| name.strip_suffix(']'))
            {
                cause = name;
            } else if let Some((deviation, sentence)) = line.split_once('：')
                && let Some(deviation) = Deviation::named(deviation)
            {
                let list = if cause == BEGINNINGS {
                    &mut beginnings
                } else {
                    &mut patterns
                };
                list.push(Pattern {
                    cause,
                    deviation,
                    pieces: pieces(sentence),
                });
            }
        }
        Self {
            beginnings,
            patterns,
        }
    }
}

/// A pattern's parts. A bracket that is not closed stays words.
fn pieces(text: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, inside, after)) = next_bracket(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(inside);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

/// What stands before the first bracket, the bracket, and what follows it.
fn next_bracket(text: &'static str) -> Option<(&'static str, Piece, &'static str)> {
    let start = text.find(['{', '【', '['])?;
    let (before, rest) = text.split_at(start);
    let (close, make): (char, fn(&'static str) -> Piece) = match rest.chars().next()? {
        '{' => ('}', Piece::Fact),
        '【' => ('】', Piece::Blank),
        _ => (']', |inside| Piece::Where(pieces(inside))),
    };
    let mut inside = rest.chars();
    inside.next();
    let (inside, after) = inside.as_str().split_once(close)?;
    Some((before, make(inside), after))
}

/// The patterns for a deviation, in the order in which causes are offered.
pub fn patterns(deviation: Deviation) -> impl Iterator<Item = &'static Pattern> {
    let all = PHRASES.patterns.iter();
    all.filter(move |pattern| pattern.deviation == deviation)
}

/// What states the deviation itself.
pub(super) fn beginning(deviation: Deviation) -> &'static [Piece] {
    let mut all = PHRASES.beginnings.iter();
    all.find(|pattern| pattern.deviation == deviation)
        .map_or(&[], |pattern| &pattern.pieces)
}

/// The name of the blank for a fact that is not stated.
pub(super) fn blank_of(fact: &str) -> &'static str {
    let name = |blank: &'static str| blank.trim_matches(['【', '】']);
    let mut names = FACTS.iter().map(|blank| name(blank));
    names.find(|name| *name == fact).unwrap_or("内容")
}

/// Every blank that a sentence may hold, in its brackets; some may come twice. Rule H08 looks for those left over.
pub fn blanks() -> impl Iterator<Item = &'static str> {
    let text = include_str!("../../../assets/phrases/deviation.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let written = lines.flat_map(|line| {
        let ends = line.match_indices('】');
        ends.filter_map(|(end, close)| {
            let start = line.get(..end)?.rfind('【')?;
            line.get(start..end + close.len())
        })
    });
    FACTS.into_iter().chain(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_pattern_and_every_bracket_means_something() {
        fn look(pieces: &[Piece]) {
            for piece in pieces {
                match piece {
                    Piece::Words(words) => {
                        assert!(!words.contains(['{', '}', '【', '】', '[', ']']), "{words}");
                    }
                    Piece::Fact(fact) => assert_eq!(blank_of(fact), *fact),
                    Piece::Blank(name) => assert!(!name.is_empty()),
                    Piece::Where(inner) => {
                        look(inner);
                        assert!(inner.iter().any(|piece| matches!(piece, Piece::Fact(_))));
                    }
                }
            }
        }
        let text = include_str!("../../../assets/phrases/deviation.txt");
        let is_pattern = |line: &&str| !line.is_empty() && !line.starts_with(['#', '[']);
        let phrases = &*PHRASES;
        let read = phrases.beginnings.len() + phrases.patterns.len();
        assert_eq!(read, text.lines().filter(is_pattern).count());
        let all = phrases.beginnings.iter().chain(&phrases.patterns);
        all.for_each(|pattern| look(&pattern.pieces));
        for deviation in Deviation::ALL {
            assert!(!beginning(deviation).is_empty());
            assert!(patterns(deviation).any(|pattern| pattern.cause == "其他"));
        }
    }
}
