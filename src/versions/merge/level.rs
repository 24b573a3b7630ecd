//! Rows of one level, by their ids: which are there after the merge, under what they stand, and in which order.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Display,
    hash::Hash,
    sync::Arc,
};

use crate::model::{path::Place, rows::Rows};

use super::{
    item::{Choice, Clash, Matter},
    walk::{Question, Spot, Three, Walk},
};

/// What one side has anywhere: a group that is gone there while its rows live on elsewhere was not emptied.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Ids of sections, groups and indicators.
    pub(super) parts: HashSet<u64>,
    /// Ids of approved indicators that are listed as missing in the form.
    pub(super) given_up: HashSet<u64>,
}

/// A row that has an identity.
pub(super) trait Node: Clone + PartialEq {
    /// What tells it from others.
    type Key: Clone + Ord + Hash + Display;

    /// The address of its kind.
    const PART: &'static str;

    /// What tells it from others.
    fn key(&self) -> Self::Key;

    /// What it is called: "指标行 年度课题数量".
    fn name(&self) -> String;

    /// A cell of it.
    fn place(&self) -> Option<Place> {
        None
    }

    /// What it says in short, for a list of what is new or gone.
    fn told(&self) -> String {
        String::new()
    }

    /// When it was made, where rows of two sides are put in the order of time.
    fn time(&self) -> &str {
        ""
    }

    /// Joins what both sides made of it, without what is a level of its own.
    fn merge(walk: &mut Walk<'_>, three: Three<'_, Self>) -> Self;

    /// It without what is a level of its own.
    fn alone(row: &Arc<Self>) -> Arc<Self> {
        Arc::clone(row)
    }

    /// Whether it is as in `base`, but for what lives on elsewhere on the side that removed it.
    fn is_as(&self, base: &Self, _removing: &Present) -> bool {
        self == base
    }

    /// Whether it may not be removed at all.
    fn is_fixed(&self) -> bool {
        false
    }

    /// Whether its removal needs more than somebody's wish.
    fn is_guarded(&self, _removing: &Present) -> bool {
        false
    }
}

/// The rows of one level of one side, each under its parent.
pub(super) struct Side<'a, T: Node, P> {
    rows: Vec<(P, &'a Arc<T>)>,
    at: HashMap<T::Key, usize>,
    /// What rows can stand under, on this side.
    parents: HashSet<P>,
}

impl<'a, T: Node, P: Copy + Eq + Hash> Side<'a, T, P> {
    pub(super) fn new(
        parents: impl IntoIterator<Item = P>,
        rows: impl IntoIterator<Item = (P, &'a Arc<T>)>,
    ) -> Self {
        let mut side = Self {
            rows: Vec::new(),
            at: HashMap::new(),
            parents: parents.into_iter().collect(),
        };
        for (parent, row) in rows {
            side.at.entry(row.key()).or_insert(side.rows.len());
            side.rows.push((parent, row));
        }
        side
    }

    fn get(&self, key: &T::Key) -> Option<(P, &'a Arc<T>)> {
        self.at.get(key).map(|at| self.rows[*at])
    }

    /// The keys under a parent that the merge has there too, in this side's order.
    fn under(&self, parent: P, live: &HashMap<T::Key, P>) -> Vec<T::Key> {
        let rows = self.rows.iter().filter(|(own, _)| *own == parent);
        let keys = rows.map(|(_, row)| row.key());
        keys.filter(|key| live.get(key) == Some(&parent)).collect()
    }
}

/// A level in three states.
pub(super) struct Level<'a, T: Node, P> {
    /// In the state that both come from, where that is known.
    pub(super) base: Option<Side<'a, T, P>>,
    /// In this document.
    pub(super) ours: Side<'a, T, P>,
    /// In the other one.
    pub(super) theirs: Side<'a, T, P>,
    /// What this side has anywhere.
    pub(super) here: &'a Present,
    /// What the other side has anywhere.
    pub(super) there: &'a Present,
    /// Whether what the other side lacks was removed there: not where it is a part of the document only.
    pub(super) is_whole: bool,
}

/// What becomes of a row.
enum Fate<'a, T, P> {
    Gone,
    /// As one side has it.
    Alone(P, &'a Arc<T>),
    /// On both sides.
    Joined(P, Option<&'a Arc<T>>, &'a Arc<T>, &'a Arc<T>),
}

impl<'a, T: Node, P: Copy + Eq + Hash + Ord> Level<'a, T, P> {
    /// Joins the level. `live` is what rows can stand under after the merge; `order` names the order of rows under a parent.
    pub(super) fn merge(
        &self,
        walk: &mut Walk<'_>,
        live: &BTreeSet<P>,
        order: impl Fn(P) -> Spot,
    ) -> BTreeMap<P, Vec<Arc<T>>> {
        let theirs_only = self.theirs.rows.iter();
        let theirs_only = theirs_only.filter(|(_, row)| !self.ours.at.contains_key(&row.key()));
        let all: Vec<T::Key> = self
            .ours
            .rows
            .iter()
            .chain(theirs_only)
            .map(|(_, row)| row.key())
            .collect();
        let mut parents: HashMap<T::Key, P> = HashMap::new();
        let mut rows: HashMap<T::Key, Arc<T>> = HashMap::new();
        for key in all {
            if parents.contains_key(&key) {
                continue;
            }
            let (parent, row) = match self.fate(walk, &key, live) {
                Fate::Gone => continue,
                Fate::Alone(parent, row) => (parent, T::alone(row)),
                Fate::Joined(parent, base, ours, theirs) => {
                    let row = match Arc::ptr_eq(ours, theirs) || ours == theirs {
                        true => T::alone(ours),
                        false => {
                            let base = base.map(|row| &**row);
                            Arc::new(T::merge(walk, Three { base, ours, theirs }))
                        }
                    };
                    (parent, row)
                }
            };
            parents.insert(key.clone(), parent);
            rows.insert(key, row);
        }
        let mut merged = BTreeMap::new();
        for parent in live {
            let keys = self.order(walk, *parent, &parents, &order);
            let children: Vec<Arc<T>> = keys.iter().filter_map(|key| rows.remove(key)).collect();
            if !children.is_empty() {
                merged.insert(*parent, children);
            }
        }
        merged
    }

    fn fate(&self, walk: &mut Walk<'_>, key: &T::Key, live: &BTreeSet<P>) -> Fate<'a, T, P> {
        let base = self.base.as_ref().and_then(|base| base.get(key));
        match (self.ours.get(key), self.theirs.get(key)) {
            (Some(ours), Some(theirs)) => self.on_both(walk, base, ours, theirs, live),
            (Some((parent, row)), None) => {
                let stays = live.contains(&parent)
                    && (!self.theirs.parents.contains(&parent)
                        || base.is_none_or(|(_, base)| self.stays_here(walk, row, base)));
                match stays {
                    true => Fate::Alone(parent, row),
                    false => Fate::Gone,
                }
            }
            (None, Some((parent, row))) => {
                let comes = live.contains(&parent)
                    && (!self.ours.parents.contains(&parent)
                        || match base {
                            None => self.is_added(walk, row),
                            Some((_, base)) => self.comes_back(walk, row, base),
                        });
                match comes {
                    true => Fate::Alone(parent, row),
                    false => Fate::Gone,
                }
            }
            (None, None) => Fate::Gone,
        }
    }

    /// A row that the other side removed: whether it stays.
    fn stays_here(&self, walk: &mut Walk<'_>, row: &T, base: &T) -> bool {
        if !self.is_whole {
            return true;
        }
        let clash = if row.is_guarded(self.there) {
            Some(Clash::Approved)
        } else if row.is_as(base, self.there) {
            None
        } else {
            Some(Clash::RemovedThere)
        };
        let (told, gone) = (row.told(), String::new());
        if row.is_fixed() {
            let spot = of_row(row, Matter::Locked, None, told.clone(), gone.clone()).spot;
            walk.tell(spot, Matter::Locked, told, "对方已删除".to_owned());
            return true;
        }
        walk.ask(of_row(row, Matter::Removed, clash, told, gone)) == Choice::Mine
    }

    /// A row that this side removed: whether it comes back.
    fn comes_back(&self, walk: &mut Walk<'_>, row: &T, base: &T) -> bool {
        let clash = if row.is_guarded(self.here) {
            Clash::Approved
        } else if row.is_as(base, self.here) {
            return false;
        } else {
            Clash::RemovedHere
        };
        let told = row.told();
        let question = of_row(row, Matter::Added, Some(clash), String::new(), told);
        walk.ask(question) == Choice::Theirs
    }

    fn is_added(&self, walk: &mut Walk<'_>, row: &T) -> bool {
        let question = of_row(row, Matter::Added, None, String::new(), row.told());
        walk.ask(question) == Choice::Theirs
    }

    fn on_both(
        &self,
        walk: &mut Walk<'_>,
        base: Option<(P, &'a Arc<T>)>,
        (ours_at, ours): (P, &'a Arc<T>),
        (theirs_at, theirs): (P, &'a Arc<T>),
        live: &BTreeSet<P>,
    ) -> Fate<'a, T, P> {
        let base_at = base.map(|(parent, _)| parent);
        let clash = match base_at {
            _ if ours_at == theirs_at || base_at == Some(theirs_at) => None,
            Some(base_at) if base_at == ours_at => Some(None),
            _ => Some(Some(Clash::BothMoved)),
        };
        let choice = clash.map(|clash| {
            let mut question = of_row(
                &**theirs,
                Matter::Moved,
                clash,
                String::new(),
                String::new(),
            );
            question.spot.address += "/moved";
            walk.ask(question)
        });
        let wanted = match choice {
            Some(Choice::Theirs) => [theirs_at, ours_at],
            _ => [ours_at, theirs_at],
        };
        let candidates = wanted.into_iter().chain(base_at);
        match candidates.into_iter().find(|parent| live.contains(parent)) {
            Some(parent) => Fate::Joined(parent, base.map(|(_, row)| row), ours, theirs),
            None => Fate::Gone,
        }
    }

    /// The order of the rows under a parent.
    fn order(
        &self,
        walk: &mut Walk<'_>,
        parent: P,
        live: &HashMap<T::Key, P>,
        spot: &impl Fn(P) -> Spot,
    ) -> Vec<T::Key> {
        let ours = self.ours.under(parent, live);
        let theirs = self.theirs.under(parent, live);
        let base = self.base.as_ref().map(|base| base.under(parent, live));
        let common = self.common(walk, &ours, &theirs, base.as_deref(), || spot(parent));
        let known: HashSet<&T::Key> = common.iter().collect();
        let (mut ours, mut theirs) = (Gaps::of(&ours, &known), Gaps::of(&theirs, &known));
        let mut merged = self.between(ours.take(None), theirs.take(None));
        for key in &common {
            merged.push(key.clone());
            let (ours, theirs) = (ours.take(Some(key)), theirs.take(Some(key)));
            merged.extend(self.between(ours, theirs));
        }
        // A row whose chosen parent is gone stands under one where neither side has it.
        let placed: HashSet<&T::Key> = merged.iter().collect();
        let strays = live
            .iter()
            .filter(|(key, own)| **own == parent && !placed.contains(key));
        let mut strays: Vec<T::Key> = strays.map(|(key, _)| key.clone()).collect();
        strays.sort();
        merged.extend(strays);
        merged
    }

    /// The order of what both sides have under a parent.
    fn common(
        &self,
        walk: &mut Walk<'_>,
        ours: &[T::Key],
        theirs: &[T::Key],
        base: Option<&[T::Key]>,
        spot: impl Fn() -> Spot,
    ) -> Vec<T::Key> {
        let in_theirs: HashSet<&T::Key> = theirs.iter().collect();
        let in_ours: HashSet<&T::Key> = ours.iter().collect();
        let mine = restricted(ours, |key| in_theirs.contains(key));
        let other = restricted(theirs, |key| in_ours.contains(key));
        if mine == other {
            return mine;
        }
        let clash = match base {
            None => Some(Clash::BothMoved),
            Some(base) => {
                let known: HashSet<&T::Key> = base.iter().collect();
                let before =
                    restricted(base, |key| in_ours.contains(key) && in_theirs.contains(key));
                let is_moved =
                    |keys: &[T::Key]| restricted(keys, |key| known.contains(key)) != before;
                match (is_moved(&mine), is_moved(&other)) {
                    (_, false) => return mine,
                    (false, true) => None,
                    (true, true) => Some(Clash::BothMoved),
                }
            }
        };
        let named = |keys: &[T::Key]| {
            let rows = keys.iter().filter_map(|key| self.ours.get(key));
            let names: Vec<String> = rows.map(|(_, row)| row.name()).collect();
            names.join("、")
        };
        let choice = walk.ask(Question {
            spot: spot(),
            matter: Matter::Order,
            base: None,
            mine: named(&mine),
            theirs: named(&other),
            clash,
            allows_both: false,
        });
        match choice {
            Choice::Theirs => other,
            Choice::Mine | Choice::Both => mine,
        }
    }

    /// Rows that only one side has between the same neighbours: by time where they have one, else one side's after the other's,
    /// in an order that is the same whoever merges.
    fn between(&self, ours: Vec<T::Key>, theirs: Vec<T::Key>) -> Vec<T::Key> {
        let time = |side: &Side<'a, T, P>, key: &T::Key| {
            side.get(key)
                .map_or(String::new(), |(_, row)| row.time().to_owned())
        };
        let is_timed = |side, keys: &[T::Key]| keys.iter().all(|key| !time(side, key).is_empty());
        if ours.is_empty() || theirs.is_empty() {
            return ours.into_iter().chain(theirs).collect();
        }
        if is_timed(&self.ours, &ours) && is_timed(&self.theirs, &theirs) {
            let ours = ours.into_iter().map(|key| (time(&self.ours, &key), key));
            let theirs = theirs
                .into_iter()
                .map(|key| (time(&self.theirs, &key), key));
            let mut all: Vec<_> = ours.chain(theirs).collect();
            all.sort();
            return all.into_iter().map(|(_, key)| key).collect();
        }
        // Without a common state it is one document that is put to another.
        let (first, second) = match self.base.is_none() || ours.first() < theirs.first() {
            true => (ours, theirs),
            false => (theirs, ours),
        };
        first.into_iter().chain(second).collect()
    }
}

fn restricted<K: Clone>(keys: &[K], test: impl Fn(&K) -> bool) -> Vec<K> {
    keys.iter().filter(|key| test(key)).cloned().collect()
}

fn of_row<T: Node>(
    row: &T,
    matter: Matter,
    clash: Option<Clash>,
    mine: String,
    theirs: String,
) -> Question {
    Question {
        spot: Spot {
            address: format!("{}/{}", T::PART, row.key()),
            place: row.place(),
            caption: row.name(),
        },
        matter,
        base: None,
        mine,
        theirs,
        clash,
        allows_both: false,
    }
}

/// Rows of one side by the common row that they stand after.
struct Gaps<K>(HashMap<Option<K>, Vec<K>>);

impl<K: Clone + Eq + Hash> Gaps<K> {
    fn of(keys: &[K], common: &HashSet<&K>) -> Self {
        let mut gaps: HashMap<Option<K>, Vec<K>> = HashMap::new();
        let mut after: Option<K> = None;
        for key in keys {
            match common.contains(key) {
                true => after = Some(key.clone()),
                false => gaps.entry(after.clone()).or_default().push(key.clone()),
            }
        }
        Self(gaps)
    }

    fn take(&mut self, after: Option<&K>) -> Vec<K> {
        self.0.remove(&after.cloned()).unwrap_or_default()
    }
}

/// Joins rows that stand under nothing else.
pub(super) fn rows<T: Node>(
    walk: &mut Walk<'_>,
    three: Three<'_, Rows<T>>,
    order: &str,
) -> Rows<T> {
    rows_of(walk, three, true, order)
}

/// As [`rows`]; where the other side is not whole, what it lacks was not removed.
pub(super) fn rows_of<T: Node>(
    walk: &mut Walk<'_>,
    three: Three<'_, Rows<T>>,
    is_whole: bool,
    order: &str,
) -> Rows<T> {
    fn side<T: Node>(rows: &Rows<T>) -> Side<'_, T, ()> {
        Side::new([()], rows.iter().map(|row| ((), row)))
    }
    if three.ours == three.theirs {
        return three.ours.clone();
    }
    let nothing = Present::default();
    let level = Level {
        base: three.base.map(side),
        ours: side(three.ours),
        theirs: side(three.theirs),
        here: &nothing,
        there: &nothing,
        is_whole,
    };
    let mut merged = level.merge(walk, &BTreeSet::from([()]), |()| Spot {
        address: format!("{}/order", T::PART),
        place: None,
        caption: order.to_owned(),
    });
    merged.remove(&()).into_iter().flatten().collect()
}
