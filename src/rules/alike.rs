//! Texts that are alike, found among very many without comparing each with each.
//!
//! Of every text the smallest few of its runs of three letters, by a hash, are its sketch. Texts that are alike share most of
//! their runs and therefore much of their sketches, so only texts whose sketches meet are compared, and of those a few. The cost
//! grows with the number of texts, not with its square.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::{Decimal, dec, prelude::ToPrimitive};

use crate::model::folding::fold;

/// For a summary, texts with fewer letters and digits are not looked at: short ones are alike by chance.
pub const SHORTEST: usize = 15;
/// For a summary, texts are alike from this similarity on: twice the letters in common, in order, by the letters of both.
pub const ALIKE: Decimal = dec!(0.9);
/// Of a long text only so many letters and digits are compared.
pub const LONGEST: usize = 2_000;
/// A text is compared with at most so many others.
pub(super) const MOST_COMPARED: usize = 8;
/// So many texts are looked at for one run; what more share tells little.
pub(super) const MOST_SHARING: usize = 48;
/// Runs in a sketch.
const SKETCHED: usize = 32;
/// Texts whose sketches have fewer runs in common are not compared. Of texts alike to nine tenths, nearly half of the runs
/// are common at least.
pub(super) const LEAST_SHARED: usize = 3;

/// The letters and digits of a text, as texts are compared: folded, without signs and white space.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    // The first range is Chinese characters, for which the general questions are slow.
    text.chars().filter_map(|c| match c {
        '一'..='鿿' => Some(c),
        _ => Some(fold(c)).filter(|c| c.is_alphanumeric()),
    })
}

/// What stands for a text when others are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The same for the same letters, hardly ever for others.
    pub key: u64,
    /// The smallest runs, sorted, each once.
    pub runs: Box<[u64]>,
}

impl Sketch {
    /// The sketch of these letters.
    pub fn of_letters(letters: &[char]) -> Self {
        let key = letters.iter().fold(0, |key, c| mixed(key ^ u64::from(*c)));
        let runs = letters.windows(3).map(|three| {
            let packed = three
                .iter()
                .fold(0, |run: u64, c| (run << 21) | u64::from(*c));
            mixed(packed)
        });
        Self {
            key,
            runs: smallest(runs.collect()),
        }
    }

    /// The sketch of things that are told apart by these hashes.
    pub fn of_hashes(hashes: &[u64]) -> Self {
        let key = hashes.iter().fold(1, |key, hash| mixed(key ^ hash));
        Self {
            key,
            runs: smallest(hashes.to_vec()),
        }
    }
}

/// The smallest of these hashes. More than are kept are sorted, because a repeated one counts once.
fn smallest(mut hashes: Vec<u64>) -> Box<[u64]> {
    const SORTED: usize = 2 * SKETCHED;
    if hashes.len() > SORTED {
        hashes.select_nth_unstable(SORTED);
        hashes.truncate(SORTED);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCHED);
    hashes.into()
}

/// Spreads a number over all bits (the finisher of SplitMix64).
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// How alike two texts are, 1 being the same letters and digits; `None` below `least`.
pub(super) fn similarity(left: &[char], right: &[char], least: Decimal) -> Option<Decimal> {
    let both = left.len() + right.len();
    let limit = ((Decimal::ONE - least) * Decimal::from(both)).to_usize()?;
    let edits = edits_within(left, right, limit)?;
    Decimal::from(both - edits).checked_div(Decimal::from(both))
}

/// How many letters must be taken out of either to leave the same ones; `None` above `limit`.
fn edits_within(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[head..], &right[head..]);
    let ends = left.iter().rev().zip(right.iter().rev());
    let tail = ends.take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[..left.len() - tail], &right[..right.len() - tail]);
    if left.len().abs_diff(right.len()) > limit || differ_by_more(left, right, limit) {
        return None;
    }
    let edits = left.len() + right.len() - 2 * in_common(left, right);
    (edits <= limit).then_some(edits)
}

/// How many letters two texts have in common, in order, 64 of the left one at a time (Hyyrö 2004): a bit is cleared where the
/// longest common part with what was seen of the right one grows.
fn in_common(left: &[char], right: &[char]) -> usize {
    let blocks = left.len().div_ceil(64);
    let mut kinds = left.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    // Of each kind of letter, where it stands in the left text.
    let mut places = vec![0_u64; kinds.len() * blocks];
    for (at, letter) in left.iter().enumerate() {
        if let Ok(kind) = kinds.binary_search(letter) {
            places[kind * blocks + at / 64] |= 1 << (at % 64);
        }
    }
    let mut kept = vec![u64::MAX; blocks];
    for letter in right {
        let Ok(kind) = kinds.binary_search(letter) else {
            continue;
        };
        let mut carry = false;
        for (kept, places) in kept.iter_mut().zip(&places[kind * blocks..]) {
            let here = *kept & places;
            let (sum, over) = kept.overflowing_add(here);
            let (sum, over_by_carry) = sum.overflowing_add(u64::from(carry));
            carry = over || over_by_carry;
            *kept = sum | (*kept & !places);
        }
    }
    // Bits past the end of the text are never cleared: no letter stands there.
    kept.iter().map(|block| block.count_zeros() as usize).sum()
}

/// Whether more than `limit` letters must be taken out, told without regard to all of their order: texts on one pattern have
/// much in common and are still far apart. Each letter taken out changes the count of one letter, and those of three pairs of
/// neighbours at most. Letters and pairs are told apart by some bits only, so that a difference may be missed, but none is made
/// up.
fn differ_by_more(left: &[char], right: &[char], limit: usize) -> bool {
    const KINDS: usize = 1 << 10;
    let mut letters = [0_i32; KINDS];
    let mut pairs = [0_i32; KINDS];
    for (text, sign) in [(left, 1), (right, -1)] {
        for letter in text {
            letters[*letter as usize % KINDS] += sign;
        }
        for pair in text.windows(2) {
            let mixed = u32::from(pair[0]).wrapping_mul(31) ^ u32::from(pair[1]);
            pairs[mixed as usize % KINDS] += sign;
        }
    }
    let apart = |counts: &[i32]| -> usize {
        let counts = counts.iter();
        counts.map(|count| count.unsigned_abs() as usize).sum()
    };
    apart(&letters) > limit || apart(&pairs) > 3 * limit
}

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

/// Finds the texts that are alike. A text stands for those that are like it; a further text is compared with such
/// representatives only.
pub fn find(texts: &[Whose<'_>]) -> Found {
    let mut index = Index::default();
    let mut families: Vec<Vec<Member>> = Vec::new();
    for text in distinct(texts) {
        let found = index.nearest(&text);
        let (family, similarity) = found.unwrap_or_else(|| {
            families.push(Vec::new());
            (families.len() - 1, Decimal::ONE)
        });
        let members = text.indices.iter();
        families[family].extend(members.map(|index| Member {
            index: *index,
            similarity,
        }));
        if found.is_none() {
            index.add(text);
        }
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

/// Letters and digits, and the texts that have exactly these.
struct Distinct {
    letters: Vec<char>,
    sketch: Sketch,
    indices: Vec<usize>,
}

fn distinct(texts: &[Whose<'_>]) -> Vec<Distinct> {
    let mut known: HashMap<u64, usize> = HashMap::new();
    let mut distinct: Vec<Distinct> = Vec::new();
    for (index, one) in texts.iter().enumerate() {
        let letters: Vec<char> = letters(one.text).take(LONGEST).collect();
        if letters.len() < SHORTEST {
            continue;
        }
        let sketch = Sketch::of_letters(&letters);
        let at = *known.entry(sketch.key).or_insert_with(|| {
            distinct.push(Distinct {
                letters,
                sketch,
                indices: Vec::new(),
            });
            distinct.len() - 1
        });
        distinct[at].indices.push(index);
    }
    distinct
}

/// The representatives by the runs of their sketches.
#[derive(Default)]
struct Index {
    representatives: Vec<Distinct>,
    by_run: HashMap<u64, Vec<usize>>,
    comparisons: usize,
}

impl Index {
    fn add(&mut self, text: Distinct) {
        let number = self.representatives.len();
        for run in &text.sketch.runs {
            let sharing = self.by_run.entry(*run).or_default();
            if sharing.len() < MOST_SHARING {
                sharing.push(number);
            }
        }
        self.representatives.push(text);
    }

    /// A representative that the text is like, and how much.
    fn nearest(&mut self, text: &Distinct) -> Option<(usize, Decimal)> {
        let runs = text.sketch.runs.iter();
        let sharing = runs.filter_map(|run| self.by_run.get(run)).flatten();
        candidates(sharing.copied()).into_iter().find_map(|number| {
            self.comparisons += 1;
            let other = self.representatives.get(number)?;
            let similarity = similarity(&other.letters, &text.letters, ALIKE)?;
            Some((number, similarity))
        })
    }
}

/// The few texts worth comparing, of those that share runs, each as often as it shares one: those that share most first.
pub(super) fn candidates<K: Ord + std::hash::Hash + Copy>(
    sharing: impl Iterator<Item = K>,
) -> Vec<K> {
    let mut shared: HashMap<K, usize> = HashMap::new();
    for one in sharing {
        *shared.entry(one).or_default() += 1;
    }
    let mut candidates: Vec<(K, usize)> = shared
        .into_iter()
        .filter(|(_, shared)| *shared >= LEAST_SHARED)
        .collect();
    candidates.sort_unstable_by_key(|(one, shared)| (std::cmp::Reverse(*shared), *one));
    candidates.truncate(MOST_COMPARED);
    candidates.into_iter().map(|(one, _)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similar(left: &str, right: &str, least: Decimal) -> Option<Decimal> {
        let of = |text| letters(text).collect::<Vec<char>>();
        similarity(&of(left), &of(right), least)
    }

    /// The common part by its definition, cell by cell.
    fn plainly_in_common(left: &[char], right: &[char]) -> usize {
        let mut row = vec![0; right.len() + 1];
        for a in left {
            let mut before = 0;
            for (at, b) in right.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b {
                    before + 1
                } else {
                    above.max(row[at])
                };
                before = above;
            }
        }
        row[right.len()]
    }

    #[test]
    fn long_texts_have_in_common_what_the_definition_says() {
        let mut state = 7_u64;
        let mut text = |length: usize, kinds: u64| -> Vec<char> {
            let mut next = || {
                state = mixed(state);
                char::from_digit((state % kinds) as u32, 36).unwrap()
            };
            (0..length).map(|_| next()).collect()
        };
        for (left, right) in [
            (0, 5),
            (1, 1),
            (63, 64),
            (64, 64),
            (65, 130),
            (200, 150),
            (300, 7),
        ] {
            for kinds in [2, 5, 30] {
                let (left, right) = (text(left, kinds), text(right, kinds));
                assert_eq!(in_common(&left, &right), plainly_in_common(&left, &right));
            }
        }
    }

    #[test]
    fn similarity_counts_what_is_common_in_order() {
        assert_eq!(
            similar("全年 培训，十场", "全年培训十场。", dec!(0.9)),
            Some(dec!(1))
        );
        assert_eq!(similar("甲乙丙丁", "甲乙戊丁", dec!(0.5)), Some(dec!(0.75)));
        assert_eq!(similar("甲乙丙丁", "丁丙乙甲", dec!(0.5)), None);
        assert_eq!(
            similar("甲乙丙丁", "丁丙乙甲", dec!(0.25)),
            Some(dec!(0.25))
        );
        assert_eq!(
            similar("甲乙丙丁", "丙丁", dec!(0.6)),
            Some(dec!(2) / dec!(3))
        );
        assert_eq!(similar("甲乙丙丁", "", dec!(0.1)), None);
        assert_eq!(similar("甲", "甲乙丙丁戊己庚", dec!(0.9)), None);
    }
}
