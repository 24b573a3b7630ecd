//! The program's entries and the person's own, as one list.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::model::{
    folding::are_same,
    library::{Entry, EntryKey, KindOfProject, Library, Origin},
    project::Project,
};

/// An entry on the shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What is known. Where both know the indicator, the person's own entry with what only the program's says.
    pub entry: Entry,
    /// Its key.
    pub key: EntryKey,
    /// Whether it is the person's own, and may be changed.
    pub is_own: bool,
}

/// All entries at hand. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    items: Arc<[Item]>,
    places: Arc<HashMap<EntryKey, usize>>,
    kinds: Arc<[Kind]>,
}

/// 项目类型 with the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub name: String,
    words: Vec<String>,
}

impl Shelf {
    /// The shelf of these: the person's own entries first.
    pub fn new(built_in: &[KindOfProject], own: &Library) -> Self {
        let mut places = HashMap::new();
        let mut items: Vec<Item> = Vec::new();
        for entry in &own.entries {
            add(&mut places, &mut items, entry.clone(), true);
        }
        for kind in built_in {
            for entry in &kind.entries {
                let mut entry = entry.clone();
                entry.origin = Origin::BuiltIn;
                entry.kinds = vec![kind.kind.clone()];
                add(&mut places, &mut items, entry, false);
            }
        }
        let mut kinds: Vec<Kind> = built_in
            .iter()
            .map(|kind| Kind {
                name: kind.kind.clone(),
                words: kind.words.clone(),
            })
            .collect();
        for name in own.entries.iter().flat_map(|entry| &entry.kinds) {
            if !kinds.iter().any(|kind| are_same(&kind.name, name)) {
                kinds.push(Kind {
                    name: name.clone(),
                    words: vec![name.clone()],
                });
            }
        }
        Self {
            items: items.into(),
            places: Arc::new(places),
            kinds: kinds.into(),
        }
    }

    /// The entries.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The entry of this indicator.
    pub fn get(&self, key: &EntryKey) -> Option<&Item> {
        self.items.get(*self.places.get(key)?)
    }

    /// 项目类型, the program's first.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kinds that the name of a project tells.
    pub fn kinds_of<'s>(&'s self, project: &Project) -> BTreeSet<&'s str> {
        let name = project.name();
        self.kinds
            .iter()
            .filter(|kind| kind.words.iter().any(|word| name.contains(word.as_str())))
            .map(|kind| &*kind.name)
            .collect()
    }
}

fn add(places: &mut HashMap<EntryKey, usize>, items: &mut Vec<Item>, entry: Entry, is_own: bool) {
    let key = entry.key();
    match places.get(&key).and_then(|at| items.get_mut(*at)) {
        Some(known) => {
            // The program's entry of the same indicator only fills gaps.
            let Entry {
                target, comparator, ..
            } = known.entry.clone();
            known.entry.absorb(&entry);
            if !target.is_empty() {
                (known.entry.target, known.entry.comparator) = (target, comparator);
            }
        }
        None => {
            places.insert(key.clone(), items.len());
            items.push(Item { entry, key, is_own });
        }
    }
}
