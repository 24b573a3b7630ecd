//! Projects that have something in common, by a hash of it: what all rules across projects but the look-alike texts look at.

use std::collections::{BTreeSet, HashMap};

use crate::model::{id::Id, project::Project};

/// What a project puts into buckets: keys with values, sorted by key, each key once.
pub(super) type Entries<V> = Box<[(u64, V)]>;

/// Puts entries in order; of those with one key the first stays.
pub(super) fn entries<V>(mut entries: Vec<(u64, V)>) -> Entries<V> {
    entries.sort_by_key(|(key, _)| *key);
    entries.dedup_by_key(|(key, _)| *key);
    entries.into()
}

/// Projects by key, each with a value, and what is told of all in a bucket. What is told depends on who is in it, not on how
/// they came there, so that it is the same after many edits as after one look.
pub(super) struct Buckets<V, S> {
    buckets: HashMap<u64, Bucket<V, S>>,
    touched: BTreeSet<u64>,
}

struct Bucket<V, S> {
    members: Vec<(Id<Project>, V)>,
    told: Option<S>,
}

impl<V, S> Default for Buckets<V, S> {
    fn default() -> Self {
        Self {
            buckets: HashMap::new(),
            touched: BTreeSet::new(),
        }
    }
}

impl<V: Clone + PartialEq, S: PartialEq> Buckets<V, S> {
    /// Puts the new entries of a project in the place of its old ones.
    pub fn replace(&mut self, id: Id<Project>, old: &[(u64, V)], new: &[(u64, V)]) {
        let has = |list: &[(u64, V)], (key, value): &(u64, V)| {
            let at = list.binary_search_by_key(key, |(key, _)| *key);
            at.is_ok_and(|at| list[at].1 == *value)
        };
        for (key, _) in old.iter().filter(|entry| !has(new, entry)) {
            if let Some(bucket) = self.buckets.get_mut(key) {
                bucket.members.retain(|(member, _)| *member != id);
                self.touched.insert(*key);
            }
        }
        for (key, value) in new.iter().filter(|entry| !has(old, entry)) {
            let bucket = self.buckets.entry(*key).or_insert_with(|| Bucket {
                members: Vec::new(),
                told: None,
            });
            bucket.members.push((id, value.clone()));
            self.touched.insert(*key);
        }
    }

    /// Works out what is told of buckets that changed, and adds the projects for which it is something else now.
    pub fn settle(
        &mut self,
        changed: &mut BTreeSet<Id<Project>>,
        tell: impl Fn(&[(Id<Project>, V)]) -> Option<S>,
    ) {
        for key in std::mem::take(&mut self.touched) {
            let Some(bucket) = self.buckets.get_mut(&key) else {
                continue;
            };
            if bucket.members.is_empty() {
                self.buckets.remove(&key);
                continue;
            }
            let told = tell(&bucket.members);
            if told != bucket.told {
                bucket.told = told;
                changed.extend(bucket.members.iter().map(|(id, _)| *id));
            }
        }
    }

    /// What is told of the buckets that a project is in, with its own value.
    pub fn told<'s>(&'s self, entries: &'s [(u64, V)]) -> impl Iterator<Item = (&'s V, &'s S)> {
        entries.iter().filter_map(|(key, value)| {
            let told = self.buckets.get(key)?.told.as_ref()?;
            Some((value, told))
        })
    }
}
