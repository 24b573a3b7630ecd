//! 偏差说明: sentence patterns for what missed its target, passed it by far, or was not spent. A sentence says what the form
//! states and leaves blanks for what only the unit knows; nothing in it is invented.
//!
//! | module | what it is |
//! |---|---|
//! | [`phrases`] | the patterns, from `assets/phrases/deviation.txt` |
//! | [`occasion`] | what there is to explain at a place of the form, and the cells for it |
//! | `facts` | what the form states about it |

mod facts;
pub mod occasion;
pub mod phrases;

use std::borrow::Cow;

use phrases::{Pattern, Piece};

/// What is to be explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// 未达标: an indicator missed its target.
    Missed,
    /// 逾期: it was done after its date.
    Late,
    /// 超额: it went far beyond its target.
    Over,
    /// 执行率低: much of the money was not spent.
    LowExecution,
    /// 预算调整: the budget was changed during the year.
    Adjusted,
}

impl Deviation {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Missed,
        Self::Late,
        Self::Over,
        Self::LowExecution,
        Self::Adjusted,
    ];

    /// Those of an indicator.
    pub const OF_INDICATORS: &'static [Self] = &[Self::Missed, Self::Late, Self::Over];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missed => "未达标",
            Self::Late => "逾期",
            Self::Over => "超额",
            Self::LowExecution => "执行率低",
            Self::Adjusted => "预算调整",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// A fact by its name in the patterns, as it is written into a sentence.
pub type Fact = (&'static str, String);

/// A sentence on its way: words that stand, and blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    parts: Vec<Part>,
}

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words that stand.
    Words(Cow<'static, str>),
    /// A blank, by its name.
    Blank(&'static str),
}

impl Sentence {
    /// The deviation as the facts tell it, then the pattern's cause, effect and measure.
    fn new(pattern: &Pattern, facts: &[Fact]) -> Self {
        let mut sentence = Self::default();
        sentence.add(phrases::beginning(pattern.deviation), facts);
        sentence.add(&pattern.pieces, facts);
        sentence
    }

    fn add(&mut self, pieces: &[Piece], facts: &[Fact]) {
        let find = |name: &str| facts.iter().find(|(known, _)| *known == name);
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.parts.push(Part::Words((*words).into())),
                Piece::Blank(name) => self.parts.push(Part::Blank(name)),
                Piece::Fact(name) => self.parts.push(match find(name) {
                    Some((_, text)) => Part::Words(text.clone().into()),
                    None => Part::Blank(phrases::blank_of(name)),
                }),
                Piece::Where(inner) => {
                    let is_stated = |piece: &Piece| match piece {
                        Piece::Fact(name) => find(name).is_some(),
                        _ => true,
                    };
                    if inner.iter().all(is_stated) {
                        self.add(inner, facts);
                    }
                }
            }
        }
    }

    /// Its parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The names of its blanks in order, each once: the same name means the same thing.
    pub fn blanks(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for part in &self.parts {
            if let Part::Blank(name) = part
                && !names.contains(name)
            {
                names.push(*name);
            }
        }
        names
    }

    /// The sentence with what `told` gives for the blanks; what it does not tell stays a blank in its brackets.
    pub fn written(&self, told: impl Fn(&str) -> Option<String>) -> String {
        let write = |part: &Part| match part {
            Part::Words(words) => words.to_string(),
            Part::Blank(name) => told(name).unwrap_or_else(|| format!("【{name}】")),
        };
        self.parts.iter().map(write).collect()
    }
}
