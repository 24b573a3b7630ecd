//! H12: goal texts and tables that look as if one project had copied them from another.
//!
//! Texts with the same letters are one node; nodes are compared as [`crate::rules::alike`] says. What is found for a project
//! depends on the projects there are, not on how they came there: where only some can be looked at, their hashes say which.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use rust_decimal::{Decimal, RoundingStrategy, dec};

use super::{
    digest::{Body, Digest, Print, Told, Who},
    found::Found,
};
use crate::{
    model::{
        id::Id,
        path::{GoalField, Place},
        policy::Severity,
        project::Project,
    },
    rules::{
        alike::{LONGEST, MOST_SHARING, candidates, letters, similarity},
        catalogue::Phase,
        finding::Mend,
    },
};

/// Similarities below are not told apart, whatever a policy asks for.
const FLOOR: Decimal = dec!(0.8);
/// A text in half of so many projects or more is a phrase of the unit's own.
const FEWEST_FOR_PHRASE: usize = 10;

/// All texts of all projects.
#[derive(Default)]
pub struct Texts {
    nodes: HashMap<u64, Node>,
    by_run: HashMap<u64, BTreeSet<u64>>,
    /// Nodes whose neighbours may be others now.
    stale: BTreeSet<u64>,
    /// Nodes whose first owners may be others now.
    touched: BTreeSet<u64>,
    projects: usize,
    counted: usize,
}

/// Texts with the same letters.
struct Node {
    print: Arc<Print>,
    /// By the names of families; each with how often it has the text.
    owners: BTreeMap<Arc<str>, BTreeMap<Who, usize>>,
    /// Nodes that are like it, the most similar first.
    near: Vec<(Decimal, u64)>,
    compared: Vec<(u64, Option<Decimal>)>,
    face: Face,
}

/// What others see of a node: its first two families, each by its first project, and whether half of all projects have it.
#[derive(Default, Clone, PartialEq)]
struct Face {
    first: Vec<(Arc<str>, Who)>,
    is_phrase: bool,
}

impl Texts {
    pub fn replace(&mut self, old: Option<&Digest>, new: Option<&Digest>) {
        self.projects = self.projects + usize::from(new.is_some()) - usize::from(old.is_some());
        let is_same = |old: &Digest, new: &Digest| {
            let keys =
                |digest: &Digest| -> Vec<u64> { digest.texts.iter().map(Told::key).collect() };
            old.who == new.who && old.family == new.family && keys(old) == keys(new)
        };
        if old.zip(new).is_some_and(|(old, new)| is_same(old, new)) {
            return;
        }
        // First in, then out: a node that stays keeps what it knows.
        for told in new.iter().flat_map(|digest| &digest.texts) {
            new.into_iter().for_each(|digest| self.enter(told, digest));
        }
        for told in old.iter().flat_map(|digest| &digest.texts) {
            old.into_iter().for_each(|digest| self.leave(told, digest));
        }
    }

    fn enter(&mut self, told: &Told, digest: &Digest) {
        let key = told.key();
        let is_new = !self.nodes.contains_key(&key);
        let node = self.nodes.entry(key).or_insert_with(|| Node {
            print: Arc::clone(&told.print),
            owners: BTreeMap::new(),
            near: Vec::new(),
            compared: Vec::new(),
            face: Face::default(),
        });
        let family = node.owners.entry(Arc::clone(&digest.family)).or_default();
        *family.entry(digest.who.clone()).or_default() += 1;
        self.touched.insert(key);
        if is_new {
            for run in &told.print.sketch.runs {
                self.by_run.entry(*run).or_default().insert(key);
            }
            self.stale.insert(key);
            self.mark_around(key, &told.print);
        }
    }

    fn leave(&mut self, told: &Told, digest: &Digest) {
        let key = told.key();
        let Some(node) = self.nodes.get_mut(&key) else {
            return;
        };
        if let Some(family) = node.owners.get_mut(&digest.family) {
            if let Some(times) = family.get_mut(&digest.who) {
                *times -= 1;
                if *times == 0 {
                    family.remove(&digest.who);
                }
            }
            if family.is_empty() {
                node.owners.remove(&digest.family);
            }
        }
        self.touched.insert(key);
        if node.owners.is_empty() {
            self.mark_around(key, &told.print);
            self.nodes.remove(&key);
            for run in &told.print.sketch.runs {
                if let Some(sharing) = self.by_run.get_mut(run) {
                    sharing.remove(&key);
                    if sharing.is_empty() {
                        self.by_run.remove(run);
                    }
                }
            }
        }
    }

    /// Marks the nodes that look at this one, or at another in its place.
    fn mark_around(&mut self, key: u64, print: &Print) {
        for run in &print.sketch.runs {
            let Some(sharing) = self.by_run.get(run).filter(|sharing| sharing.len() > 1) else {
                continue;
            };
            if sharing.iter().take(MOST_SHARING).any(|one| *one == key) {
                self.stale.extend(sharing);
            }
        }
    }

    /// Works out what changed, and adds the projects for which something else may be found now.
    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        let mut faced = self.renew_faces();
        faced.retain(|key| {
            let node = self.nodes.get(key);
            node.is_some_and(|node| {
                changed.extend(node.projects());
                true
            })
        });
        for key in &faced {
            if let Some(node) = self.nodes.get(key) {
                let print = Arc::clone(&node.print);
                self.mark_around(*key, &print);
            }
        }
        for key in std::mem::take(&mut self.stale) {
            let Some(found) = self.look_around(key) else {
                continue;
            };
            let Some(node) = self.nodes.get_mut(&key) else {
                continue;
            };
            let sees_change = found.near.iter().any(|(_, near)| faced.contains(near));
            if sees_change || node.near != found.near {
                changed.extend(node.projects());
            }
            node.near = found.near;
            node.compared = found.compared;
        }
    }

    /// The nodes that look otherwise from outside now.
    fn renew_faces(&mut self) -> BTreeSet<u64> {
        let mut touched = std::mem::take(&mut self.touched);
        if self.counted != self.projects {
            self.counted = self.projects;
            let many = self.nodes.iter();
            let many =
                many.filter(|(_, node)| node.projects().nth(FEWEST_FOR_PHRASE / 2 - 1).is_some());
            touched.extend(many.map(|(key, _)| *key));
        }
        let projects = self.projects;
        touched
            .into_iter()
            .filter(|key| {
                let Some(node) = self.nodes.get_mut(key) else {
                    return false;
                };
                let face = node.face_among(projects);
                let is_other = face != node.face;
                node.face = face;
                is_other
            })
            .collect()
    }

    fn look_around(&self, key: u64) -> Option<Around> {
        let node = self.nodes.get(&key)?;
        let runs = node.print.sketch.runs.iter();
        let sharing = runs
            .filter_map(|run| self.by_run.get(run))
            .flat_map(|sharing| sharing.iter().copied().take(MOST_SHARING))
            .filter(|other| *other != key);
        let mut own = None;
        let mut compared: Vec<(u64, Option<Decimal>)> = Vec::new();
        for other_key in candidates(sharing) {
            let Some(other) = self.nodes.get(&other_key) else {
                continue;
            };
            let known = node
                .compared_with(other_key)
                .or_else(|| other.compared_with(key));
            let similarity = known.unwrap_or_else(|| {
                own.get_or_insert_with(|| Comparable::of(&node.print))
                    .with(&other.print)
            });
            compared.push((other_key, similarity));
        }
        let mut near: Vec<(Decimal, u64)> = compared
            .iter()
            .filter_map(|(key, similarity)| Some(((*similarity)?, *key)))
            .collect();
        near.sort_unstable_by_key(|(similarity, key)| (Reverse(*similarity), *key));
        Some(Around { near, compared })
    }
}

struct Around {
    near: Vec<(Decimal, u64)>,
    compared: Vec<(u64, Option<Decimal>)>,
}

impl Node {
    fn projects(&self) -> impl Iterator<Item = Id<Project>> {
        let families = self.owners.values();
        families.flat_map(|family| family.keys().map(|who| who.id))
    }

    fn compared_with(&self, other: u64) -> Option<Option<Decimal>> {
        let mut compared = self.compared.iter();
        compared
            .find(|(key, _)| *key == other)
            .map(|(_, similarity)| *similarity)
    }

    fn face_among(&self, projects: usize) -> Face {
        let families = self.owners.iter().take(2);
        let first = families.filter_map(|(family, members)| {
            let (who, _) = members.first_key_value()?;
            Some((Arc::clone(family), who.clone()))
        });
        let own = self.owners.values().map(BTreeMap::len).sum::<usize>();
        Face {
            first: first.collect(),
            is_phrase: projects >= FEWEST_FOR_PHRASE && 2 * own >= projects,
        }
    }
}

/// The letters of a text, worked out when it is compared.
enum Comparable<'p> {
    Letters(Vec<char>),
    Rows(&'p [u64]),
}

impl<'p> Comparable<'p> {
    fn of(print: &'p Print) -> Self {
        match &print.body {
            Body::Text(text) => Self::Letters(letters(text).take(LONGEST).collect()),
            Body::Rows(rows) => Self::Rows(rows),
        }
    }

    fn with(&self, other: &Print) -> Option<Decimal> {
        match (self, Comparable::of(other)) {
            (Self::Letters(own), Comparable::Letters(other)) => similarity(own, &other, FLOOR),
            (Self::Rows(own), Comparable::Rows(other)) => {
                let both = Decimal::from(own.len() + other.len());
                let share = Decimal::from(2 * common(own, other)).checked_div(both)?;
                (share >= FLOOR).then_some(share)
            }
            _ => None,
        }
    }
}

/// How many numbers two sorted lists have in common.
fn common(left: &[u64], right: &[u64]) -> usize {
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

/// The other project that a text is most like.
struct Alike<'t> {
    told: &'t Told,
    similarity: Decimal,
    is_phrase: bool,
}

/// Finding.
impl Texts {
    pub fn find(&self, digest: &Digest) -> Option<Found> {
        let mut by_other: BTreeMap<&Who, Vec<Alike<'_>>> = BTreeMap::new();
        for told in &digest.texts {
            if let Some((other, alike)) = self.most_alike(told, digest) {
                by_other.entry(other).or_default().push(alike);
            }
        }
        let weight =
            |alike: &[Alike<'_>]| -> Decimal { alike.iter().map(|one| one.similarity).sum() };
        let most = by_other.into_iter().max_by(|(a_who, a), (b_who, b)| {
            let by_similarity = weight(a).cmp(&weight(b));
            by_similarity.then_with(|| b_who.cmp(a_who))
        });
        let (other, alike) = most?;
        Some(found(digest, other, &alike))
    }

    fn most_alike<'s>(&'s self, told: &'s Told, digest: &Digest) -> Option<(&'s Who, Alike<'s>)> {
        let node = self.nodes.get(&told.key())?;
        let other_in = |node: &'s Node| {
            let mut first = node.face.first.iter();
            let other = first.find(|(family, _)| *family != digest.family);
            other.map(|(_, who)| who)
        };
        let alike = |similarity| Alike {
            told,
            similarity,
            is_phrase: node.face.is_phrase,
        };
        if let Some(other) = other_in(node) {
            return Some((other, alike(Decimal::ONE)));
        }
        let least = digest.edition.checks.alike_from.max(FLOOR);
        let near = node.near.iter();
        let mut near = near.take_while(|(similarity, _)| *similarity >= least);
        near.find_map(|(similarity, key)| {
            let other = other_in(self.nodes.get(key)?)?;
            Some((other, alike(*similarity)))
        })
    }
}

fn found(digest: &Digest, other: &Who, alike: &[Alike<'_>]) -> Found {
    let items: Vec<String> = alike
        .iter()
        .map(|one| {
            let percent = (one.similarity * Decimal::ONE_HUNDRED)
                .round_dp_with_strategy(0, RoundingStrategy::ToZero);
            match &one.told.print.body {
                Body::Text(text) => {
                    format!("{}相似度{percent}%（“{}”）", one.told.called, begin(text))
                }
                Body::Rows(rows) => format!("{}{}项相似度{percent}%", one.told.called, rows.len()),
            }
        })
        .collect();
    let is_actual = |at: &Place| matches!(at, Place::Goal(_, GoalField::Actual));
    let is_approved =
        digest.phase >= Phase::Results && !alike.iter().any(|one| is_actual(&one.told.at));
    let (mend, hint) = match is_approved {
        true => (
            Mend::Approved,
            "目标和指标已经批复的本次不改；下年度按本项目自己的任务编写",
        ),
        false => (
            Mend::Now,
            "按本项目自己的任务和完成情况改写；内容确实相近的，写明各自的对象、范围和数量",
        ),
    };
    Found {
        level: alike
            .iter()
            .all(|one| one.is_phrase)
            .then_some(Severity::Hint),
        cells: alike.iter().map(|one| one.told.at.clone()).collect(),
        mend,
        message: format!("与项目“{}”高度雷同：{}", other.name, items.join("；")),
        hint: hint.into(),
        fix: None,
    }
}

/// The first words of a text.
fn begin(text: &str) -> String {
    const SHOWN: usize = 16;
    let mut shown: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(SHOWN)
        .collect();
    if text
        .chars()
        .filter(|c| !c.is_whitespace())
        .nth(SHOWN)
        .is_some()
    {
        shown.push('…');
    }
    shown
}
