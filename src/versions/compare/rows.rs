//! What became of the rows of a list: kept, added, removed, moved.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate<'a, T, P> {
    /// It is in both states.
    Kept {
        older: &'a T,
        newer: &'a T,
        /// Where it stood, if it stands elsewhere now.
        moved: Option<Stood<P>>,
        /// Its index in the newer list.
        index: usize,
    },
    /// Only the newer state has it, at this index.
    Added(&'a T, usize),
    /// Only the older state has it, at this index.
    Removed(&'a T, usize),
}

/// Where a row stood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stood<P> {
    pub parent: P,
    pub index: usize,
}

/// All rows of one state by their keys, in whichever list they stand.
pub(super) struct Known<'a, T, K, P>(HashMap<K, (&'a T, Stood<P>)>);

impl<'a, T, K: Eq + Hash, P: Copy + PartialEq> Known<'a, T, K, P> {
    /// The rows of these lists. Of two with one key, the first is known.
    pub fn of<L: IntoIterator<Item = &'a T>>(
        lists: impl IntoIterator<Item = (P, L)>,
        key: impl Fn(&T) -> K,
    ) -> Self {
        let mut known = HashMap::new();
        for (parent, list) in lists {
            for (index, row) in list.into_iter().enumerate() {
                let stood = Stood { parent, index };
                known.entry(key(row)).or_insert((row, stood));
            }
        }
        Self(known)
    }
}

/// What became of the rows of one list, in the order of the newer one; what was removed stands behind the row that it stood
/// behind.
pub(super) fn fates<'a, T, K: Eq + Hash + Clone, P: Copy + PartialEq>(
    parent: P,
    older: impl IntoIterator<Item = &'a T>,
    newer: impl IntoIterator<Item = &'a T>,
    known: (&Known<'a, T, K, P>, &Known<'a, T, K, P>),
    key: impl Fn(&T) -> K,
) -> Vec<Fate<'a, T, P>> {
    let (before, now) = known;
    let newer: Vec<&T> = newer.into_iter().collect();
    let stood: Vec<Option<(&'a T, Stood<P>)>> = newer
        .iter()
        .map(|row| before.0.get(&key(row)).copied())
        .collect();
    let here = |one: &Option<(&'a T, Stood<P>)>| {
        one.filter(|(_, stood)| stood.parent == parent)
            .map(|(_, stood)| stood.index)
    };
    let stays = in_order(&stood.iter().map(here).collect::<Vec<_>>());
    let mut gone = gone_behind(older, now, &key);
    let mut fates: Vec<Fate<'a, T, P>> = gone.remove(&None).unwrap_or_default();
    for (index, row) in newer.into_iter().enumerate() {
        fates.push(match stood[index] {
            None => Fate::Added(row, index),
            Some((older, stood)) => Fate::Kept {
                older,
                newer: row,
                moved: (!stays.contains(&index)).then_some(stood),
                index,
            },
        });
        fates.extend(gone.remove(&Some(key(row))).unwrap_or_default());
    }
    // Behind rows that went to another list.
    let mut rest: Vec<Fate<'a, T, P>> = gone.into_values().flatten().collect();
    rest.sort_by_key(|fate| match fate {
        Fate::Removed(_, index) => *index,
        _ => 0,
    });
    fates.extend(rest);
    fates
}

/// The rows that the newer state has nowhere, by the row that they stood behind.
fn gone_behind<'a, T, K: Eq + Hash, P: Copy + PartialEq>(
    older: impl IntoIterator<Item = &'a T>,
    now: &Known<'a, T, K, P>,
    key: impl Fn(&T) -> K,
) -> HashMap<Option<K>, Vec<Fate<'a, T, P>>> {
    let mut gone: HashMap<Option<K>, Vec<Fate<'a, T, P>>> = HashMap::new();
    let mut behind: Option<&'a T> = None;
    for (index, row) in older.into_iter().enumerate() {
        if now.0.contains_key(&key(row)) {
            behind = Some(row);
        } else {
            let fate = Fate::Removed(row, index);
            gone.entry(behind.map(&key)).or_default().push(fate);
        }
    }
    gone
}

/// As [`fates`] for several lists, list by list, those that only the older state has last.
pub(super) fn of_lists<'a, T, K: Eq + Hash + Clone, P: Copy + PartialEq>(
    older: &[(P, Vec<&'a T>)],
    newer: &[(P, Vec<&'a T>)],
    key: impl Fn(&T) -> K,
) -> Vec<(P, Fate<'a, T, P>)> {
    let known = |lists: &[(P, Vec<&'a T>)]| {
        Known::of(
            lists
                .iter()
                .map(|(parent, rows)| (*parent, rows.iter().copied())),
            &key,
        )
    };
    let (before, now) = (known(older), known(newer));
    let rows = |lists: &[(P, Vec<&'a T>)], wanted: P| {
        let found = lists.iter().find(|(parent, _)| *parent == wanted);
        found.map_or_else(Vec::new, |(_, rows)| rows.clone())
    };
    let is_gone = |parent: &P| !newer.iter().any(|(other, _)| other == parent);
    let parents = newer.iter().map(|(parent, _)| *parent);
    let gone = older.iter().map(|(parent, _)| *parent).filter(is_gone);
    parents
        .chain(gone)
        .flat_map(|parent| {
            let (older, newer) = (rows(older, parent), rows(newer, parent));
            let fates = fates(parent, older, newer, (&before, &now), &key);
            fates.into_iter().map(move |fate| (parent, fate))
        })
        .collect()
}

/// As [`fates`], of rows that stand in one list only.
pub(super) fn of_list<'a, T, K: Eq + Hash + Clone>(
    older: impl IntoIterator<Item = &'a T> + Clone,
    newer: impl IntoIterator<Item = &'a T> + Clone,
    key: impl Fn(&T) -> K,
) -> Vec<Fate<'a, T, ()>> {
    let before = Known::of([((), older.clone())], &key);
    let now = Known::of([((), newer.clone())], &key);
    fates((), older, newer, (&before, &now), key)
}

/// The places of the longest run that is in ascending order; `None` is in no run. What is not in it has moved.
fn in_order(indexes: &[Option<usize>]) -> HashSet<usize> {
    // By length of run less one: the place of the smallest index that ends a run so long.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; indexes.len()];
    let value = |place: usize| indexes[place].unwrap_or_default();
    for (place, index) in indexes.iter().enumerate() {
        let Some(index) = index else { continue };
        let length = ends.partition_point(|end| value(*end) < *index);
        previous[place] = length.checked_sub(1).map(|before| ends[before]);
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    std::iter::successors(ends.last().copied(), |place| previous[*place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(older: &[&'static str], newer: &[&'static str]) -> String {
        let fates = of_list(older.iter(), newer.iter(), |row| *row);
        let words = fates.iter().map(|fate| match fate {
            Fate::Kept {
                newer, moved: None, ..
            } => (*newer).to_string(),
            Fate::Kept { newer, .. } => format!("~{newer}"),
            Fate::Added(row, _) => format!("+{row}"),
            Fate::Removed(row, _) => format!("-{row}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_rows_that_moved_have_moved() {
        for (older, newer, fates) in [
            (&["a", "b", "c"][..], &["x", "a", "b", "c"][..], "+x a b c"),
            (&["a", "b", "c"], &["a", "c"], "a -b c"),
            (&["a", "b", "c", "d"], &["d", "a", "b", "c"], "~d a b c"),
            (&["a", "b", "c"], &["c", "y"], "-a -b c +y"),
            (&["a", "b"], &[], "-a -b"),
        ] {
            assert_eq!(told(older, newer), fates, "{older:?} {newer:?}");
        }
    }

    #[test]
    fn a_row_of_another_list_has_moved_and_is_not_gone() {
        let older = [("一", vec!["a", "b"]), ("二", vec!["c"])];
        let newer = [("一", vec!["b"]), ("二", vec!["c", "a"])];
        let lists = |lists: &'static [(&'static str, Vec<&'static str>)]| {
            Known::of(lists.iter().map(|(name, rows)| (*name, rows)), |row| *row)
        };
        let (older, newer): (&'static _, &'static _) =
            (Box::leak(Box::new(older)), Box::leak(Box::new(newer)));
        let known = (&lists(older), &lists(newer));
        let first = fates("一", &older[0].1, &newer[0].1, known, |row| *row);
        assert!(matches!(first[..], [Fate::Kept { moved: None, .. }]));
        let second = fates("二", &older[1].1, &newer[1].1, known, |row| *row);
        assert!(matches!(
            second[..],
            [
                Fate::Kept { moved: None, .. },
                Fate::Kept {
                    moved: Some(Stood {
                        parent: "一",
                        index: 0
                    }),
                    index: 1,
                    ..
                }
            ]
        ));
    }
}
