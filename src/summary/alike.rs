//! Finds texts that are alike among very many, without comparing each with each.
//!
//! A text stands for those that are like it. A further text is compared only with such representatives as share rare runs of
//! three characters with it, and with few of those; so the cost grows with the number of texts, not with its square. Two texts
//! that are alike to nine tenths share nearly half of their runs, and therefore some among the rarer half of each: an index of
//! the rarer runs finds them.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::{Decimal, dec};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::folding::fold;

/// Texts with fewer letters and digits are not looked at: short ones are alike by chance.
pub const SHORTEST: usize = 15;
/// Texts are alike from this similarity on: twice the characters in common, in order, by the characters of both.
pub const ALIKE: Decimal = dec!(0.9);
/// Of a long text only so many letters and digits are compared.
pub const LONGEST: usize = 2_000;
/// A text is compared with at most so many others.
const MOST_COMPARED: usize = 8;
/// So many representatives are kept for a run of characters; what more texts share tells nothing.
const MOST_SHARING: usize = 48;

/// A text and whose it is. Texts of one owner may be alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose<'t> {
    /// A number for the owner.
    pub owner: usize,
    /// The text.
    pub text: &'t str,
}

/// A text of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its index among the texts given.
    pub index: usize,
    /// How alike it is to the cluster's first text, 1 being the same letters and digits.
    pub similarity: Decimal,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Texts that are alike, of at least two owners; in the order of the first of each.
    pub clusters: Vec<Vec<Member>>,
    /// How many pairs of texts were compared.
    pub comparisons: usize,
}

/// Finds the texts that are alike.
pub fn find(texts: &[Whose<'_>]) -> Found {
    let distinct = distinct(texts);
    let order = Rarity::of(&distinct);
    let mut index = Index::default();
    let mut families: Vec<Vec<Member>> = Vec::new();
    for text in &distinct {
        let runs = order.rarest(text);
        let found = index.nearest(text, &runs);
        let (family, similarity) = found.unwrap_or_else(|| {
            index.add(text, &runs);
            families.push(Vec::new());
            (families.len() - 1, Decimal::ONE)
        });
        let members = text.indices.iter();
        families[family].extend(members.map(|index| Member {
            index: *index,
            similarity,
        }));
    }
    families.retain(|members| {
        let owners = members.iter().map(|member| texts[member.index].owner);
        owners.collect::<BTreeSet<usize>>().len() > 1
    });
    Found {
        clusters: families,
        comparisons: index.comparisons,
    }
}

/// Three characters in one number.
type Run = u64;

/// Letters and digits, and the texts that have exactly these.
struct Distinct {
    letters: Vec<char>,
    /// Its runs, sorted, each once.
    runs: Vec<Run>,
    indices: Vec<usize>,
}

fn distinct(texts: &[Whose<'_>]) -> Vec<Distinct> {
    let mut known: HashMap<Vec<char>, usize> = HashMap::new();
    let mut distinct: Vec<Distinct> = Vec::new();
    for (index, one) in texts.iter().enumerate() {
        let folded = one.text.chars().map(fold).filter(|c| c.is_alphanumeric());
        let letters: Vec<char> = folded.take(LONGEST).collect();
        if letters.len() < SHORTEST {
            continue;
        }
        let at = *known.entry(letters).or_insert_with_key(|letters| {
            distinct.push(Distinct {
                letters: letters.clone(),
                runs: runs(letters),
                indices: Vec::new(),
            });
            distinct.len() - 1
        });
        distinct[at].indices.push(index);
    }
    distinct
}

fn runs(letters: &[char]) -> Vec<Run> {
    let packed = letters.windows(3).map(|three| {
        three.iter().fold(0, |run: Run, letter| {
            (run << 21) | Run::from(u32::from(*letter))
        })
    });
    let mut runs: Vec<Run> = packed.collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How many runs a text of so many has at least in common with any text that is alike: every character not in common breaks up
/// to three, and one put in between two.
fn least_common(runs: usize) -> usize {
    (runs * 45 / 100).saturating_sub(2).max(1)
}

/// In how many texts each run stands.
struct Rarity(HashMap<Run, u32>);

impl Rarity {
    fn of(texts: &[Distinct]) -> Self {
        let mut counts = HashMap::new();
        for run in texts.iter().flat_map(|text| &text.runs) {
            *counts.entry(*run).or_insert(0) += 1;
        }
        Self(counts)
    }

    /// So many of a text's rarest runs that a text that is alike must have one of them among its own.
    fn rarest(&self, text: &Distinct) -> Vec<Run> {
        let mut runs = text.runs.clone();
        runs.sort_unstable_by_key(|run| (self.0.get(run).copied().unwrap_or_default(), *run));
        runs.truncate(runs.len() + 1 - least_common(runs.len()).min(runs.len()));
        runs
    }
}

/// The representatives by their rarer runs.
#[derive(Default)]
struct Index<'d> {
    representatives: Vec<&'d Distinct>,
    by_run: HashMap<Run, Vec<usize>>,
    comparisons: usize,
}

impl<'d> Index<'d> {
    fn add(&mut self, text: &'d Distinct, runs: &[Run]) {
        let number = self.representatives.len();
        self.representatives.push(text);
        for run in runs {
            let sharing = self.by_run.entry(*run).or_default();
            if sharing.len() < MOST_SHARING {
                sharing.push(number);
            }
        }
    }

    /// A representative that the text is like, and how much.
    fn nearest(&mut self, text: &Distinct, runs: &[Run]) -> Option<(usize, Decimal)> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for number in runs.iter().filter_map(|run| self.by_run.get(run)).flatten() {
            *shared.entry(*number).or_default() += 1;
        }
        let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
        candidates.sort_unstable_by_key(|(number, shared)| (std::cmp::Reverse(*shared), *number));
        candidates.truncate(MOST_COMPARED);
        candidates.into_iter().find_map(|(number, _)| {
            self.comparisons += 1;
            let similarity = similarity(self.representatives.get(number)?, text)?;
            Some((number, similarity))
        })
    }
}

/// How alike two texts are; `None` where they are not. What cannot be is told by what they have in common before they are
/// compared in order.
fn similarity(left: &Distinct, right: &Distinct) -> Option<Decimal> {
    let (short, long) = match left.letters.len() <= right.letters.len() {
        true => (left, right),
        false => (right, left),
    };
    let of = |common: usize| {
        let both = Decimal::from(left.letters.len() + right.letters.len());
        Some(Decimal::from(2 * common).checked_div(both)?).filter(|share| *share >= ALIKE)
    };
    of(short.letters.len())?;
    if common(&left.runs, &right.runs) < least_common(long.runs.len()) {
        return None;
    }
    let steps = capture_diff_slices(Algorithm::Myers, &left.letters, &right.letters);
    let equal = steps.iter().map(|step| match step {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    });
    of(equal.sum())
}

/// How many numbers two sorted lists have in common.
fn common(left: &[Run], right: &[Run]) -> usize {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut common = 0;
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                common += 1;
                left.next();
                right.next();
            }
        }
    }
    common
}
