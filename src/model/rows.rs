//! A sequence that is cheap to clone and cheap to keep many versions of.
//!
//! Undo keeps a snapshot of the document for every step. With a plain `Vec` each snapshot of a form of ten thousand rows
//! would repeat ten thousand pointers; here only the changed chunk and the short list of chunks are new.

use std::{borrow::Cow, collections::HashSet, fmt, sync::Arc};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Rows per chunk at most; a chunk that grows past it is split in halves.
const CHUNK: usize = 64;

/// A persistent sequence of shared rows.
pub struct Rows<T> {
    chunks: Arc<Vec<Arc<Vec<Arc<T>>>>>,
    len: usize,
}

impl<T> Rows<T> {
    /// No rows.
    pub fn new() -> Self {
        Self {
            chunks: Arc::new(Vec::new()),
            len: 0,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The rows in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The row at `index`.
    pub fn get(&self, index: usize) -> Option<&Arc<T>> {
        let (chunk, offset) = self.locate(index)?;
        self.chunks[chunk].get(offset)
    }

    /// The first row.
    pub fn first(&self) -> Option<&Arc<T>> {
        self.get(0)
    }

    /// The last row.
    pub fn last(&self) -> Option<&Arc<T>> {
        self.chunks.last().and_then(|chunk| chunk.last())
    }

    /// The index of the first row that satisfies `test`.
    pub fn position(&self, mut test: impl FnMut(&T) -> bool) -> Option<usize> {
        self.iter().position(|row| test(row))
    }

    /// Appends a row.
    pub fn push(&mut self, row: impl Into<Arc<T>>) {
        self.insert(self.len, row);
    }

    /// Puts a row before the one at `index`; an index past the end appends.
    pub fn insert(&mut self, index: usize, row: impl Into<Arc<T>>) {
        let chunks = Arc::make_mut(&mut self.chunks);
        let (at, offset) = match locate(chunks, index) {
            Some(place) => place,
            None => {
                if chunks.is_empty() {
                    chunks.push(Arc::default());
                }
                let last = chunks.len() - 1;
                (last, chunks[last].len())
            }
        };
        let chunk = Arc::make_mut(&mut chunks[at]);
        chunk.insert(offset, row.into());
        if chunk.len() > CHUNK {
            let tail = chunk.split_off(chunk.len() / 2);
            chunks.insert(at + 1, Arc::new(tail));
        }
        self.len += 1;
    }

    /// Takes the row at `index` out.
    pub fn remove(&mut self, index: usize) -> Option<Arc<T>> {
        let (at, offset) = self.locate(index)?;
        let chunks = Arc::make_mut(&mut self.chunks);
        let chunk = Arc::make_mut(&mut chunks[at]);
        let row = chunk.remove(offset);
        if chunk.is_empty() {
            chunks.remove(at);
        }
        self.len -= 1;
        Some(row)
    }

    /// About how many bytes this version holds that `other` does not: the lists that differ and the rows that differ.
    /// `row` says how many bytes a row holds beyond its counterpart in the other version, where it has one.
    pub fn unshared_bytes(
        &self,
        other: &Self,
        mut row: impl FnMut(&T, Option<&T>) -> usize,
    ) -> usize {
        if Arc::ptr_eq(&self.chunks, &other.chunks) {
            return 0;
        }
        let (own, others) = differing(&self.chunks, &other.chunks);
        let own_rows: Vec<&Arc<T>> = own.iter().flat_map(|chunk| chunk.iter()).collect();
        let other_rows: Vec<&Arc<T>> = others.iter().flat_map(|chunk| chunk.iter()).collect();
        let lists =
            self.chunks.capacity() + own.iter().map(|chunk| chunk.capacity()).sum::<usize>();
        let headers = (1 + own.len()) * size_of::<Vec<Arc<T>>>();
        let shared: HashSet<*const T> = other_rows.iter().map(|row| Arc::as_ptr(row)).collect();
        let (own_middle, other_middle) =
            differing_by(&own_rows, &other_rows, |a, b| Arc::ptr_eq(a, b));
        let rows: usize = own_middle
            .iter()
            .enumerate()
            .filter(|(_, own)| !shared.contains(&Arc::as_ptr(own)))
            .map(|(index, own)| {
                let counterpart = other_middle.get(index).map(|row| &***row);
                size_of::<T>() + row(own, counterpart)
            })
            .sum();
        lists * size_of::<Arc<T>>() + headers + rows
    }

    fn locate(&self, index: usize) -> Option<(usize, usize)> {
        locate(&self.chunks, index)
    }
}

/// What is left of two lists of shared things without their common beginning and end.
fn differing<'a, T>(own: &'a [Arc<T>], other: &'a [Arc<T>]) -> (&'a [Arc<T>], &'a [Arc<T>]) {
    differing_by(own, other, Arc::ptr_eq)
}

fn differing_by<'a, T>(
    own: &'a [T],
    other: &'a [T],
    same: impl Fn(&T, &T) -> bool,
) -> (&'a [T], &'a [T]) {
    let pairs = own.iter().zip(other);
    let start = pairs.take_while(|(own, other)| same(own, other)).count();
    let (own, other) = (&own[start..], &other[start..]);
    let pairs = own.iter().rev().zip(other.iter().rev());
    let end = pairs.take_while(|(own, other)| same(own, other)).count();
    (&own[..own.len() - end], &other[..other.len() - end])
}

impl<T: Clone> Rows<T> {
    /// The row at `index` for changing; it is copied first where another version of the document shares it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let (chunk, offset) = self.locate(index)?;
        let chunks = Arc::make_mut(&mut self.chunks);
        Arc::make_mut(&mut chunks[chunk])
            .get_mut(offset)
            .map(Arc::make_mut)
    }
}

fn locate<T>(chunks: &[Arc<Vec<T>>], mut index: usize) -> Option<(usize, usize)> {
    for (at, chunk) in chunks.iter().enumerate() {
        if index < chunk.len() {
            return Some((at, index));
        }
        index -= chunk.len();
    }
    None
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self {
            chunks: Arc::clone(&self.chunks),
            len: self.len,
        }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: PartialEq> PartialEq for Rows<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len
            && self
                .iter()
                .zip(other.iter())
                .all(|(left, right)| Arc::ptr_eq(left, right) || left == right)
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        rows.into_iter().map(Arc::new).collect()
    }
}

impl<T> FromIterator<Arc<T>> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = Arc<T>>>(rows: I) -> Self {
        let mut chunks: Vec<Arc<Vec<Arc<T>>>> = Vec::new();
        let mut open: Vec<Arc<T>> = Vec::new();
        let mut len = 0;
        for row in rows {
            if open.len() == CHUNK {
                chunks.push(Arc::new(std::mem::take(&mut open)));
            }
            open.push(row);
            len += 1;
        }
        if !open.is_empty() {
            chunks.push(Arc::new(open));
        }
        Self {
            chunks: Arc::new(chunks),
            len,
        }
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|row| &**row))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(std::marker::PhantomData<fn() -> T>);
        impl<'de, T: Deserialize<'de>> de::Visitor<'de> for List<T> {
            type Value = Rows<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("列表")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Rows<T>, A::Error> {
                let mut failed = None;
                let rows = std::iter::from_fn(|| match list.next_element::<T>() {
                    Ok(row) => row,
                    Err(error) => {
                        failed = Some(error);
                        None
                    }
                })
                .collect();
                failed.map_or(Ok(rows), Err)
            }
        }
        deserializer.deserialize_seq(List(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Rows<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Rows_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn behaves_like_a_vec(steps in proptest::collection::vec((any::<bool>(), 0usize..300), 0..400)) {
            let mut rows = Rows::new();
            let mut model = Vec::new();
            for (number, (insert, place)) in steps.into_iter().enumerate() {
                let before = rows.clone();
                let copy = model.clone();
                if insert || model.is_empty() {
                    let at = place.min(model.len());
                    rows.insert(at, number);
                    model.insert(at, number);
                } else {
                    let at = place % model.len();
                    prop_assert_eq!(*rows.remove(at).expect("in range"), model.remove(at));
                }
                prop_assert_eq!(rows.len(), model.len());
                prop_assert!(rows.iter().map(|row| **row).eq(model.iter().copied()));
                prop_assert!(before.iter().map(|row| **row).eq(copy.iter().copied()));
            }
            for (index, number) in model.iter().enumerate() {
                prop_assert_eq!(rows.get(index).map(|row| **row), Some(*number));
            }
            prop_assert!(rows.get(model.len()).is_none());
        }
    }

    #[test]
    fn a_change_copies_one_row_and_leaves_the_other_version_alone() {
        let mut rows: Rows<String> = (0..1000).map(|number| number.to_string()).collect();
        let before = rows.clone();
        *rows.get_mut(500).expect("in range") = "changed".into();
        assert_eq!(before.get(500).expect("in range").as_str(), "500");
        let copied = rows
            .iter()
            .zip(before.iter())
            .filter(|(left, right)| !Arc::ptr_eq(left, right))
            .count();
        assert_eq!(copied, 1);
    }
}
