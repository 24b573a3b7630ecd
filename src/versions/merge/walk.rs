//! The walk over three states: what is the same, what only one side changed, what has to be decided. Fields and cells are here;
//! rows are in [`super::level`].

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::model::{
    id::Id,
    measure::Tier,
    path::{CellPath, Place},
    project::Project,
    record::{KeyMap, Text, Unknown},
    typed::{Typed, trim},
};

use super::item::{Choice, Clash, Item, Key, Matter};

/// The same thing in three states.
#[derive(Debug)]
pub(super) struct Three<'a, T: ?Sized> {
    /// In the state that both come from, where that is known and has it.
    pub(super) base: Option<&'a T>,
    /// In this document.
    pub(super) ours: &'a T,
    /// In the other one.
    pub(super) theirs: &'a T,
}

impl<T: ?Sized> Clone for Three<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: ?Sized> Copy for Three<'_, T> {}

/// Who changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// Nobody, or both in the same way, or only this side.
    NotThere,
    /// Only the other side.
    There,
    /// Both, or nobody knows.
    Both,
}

impl<'a, T: ?Sized> Three<'a, T> {
    /// A part of it.
    pub(super) fn of<U: ?Sized>(self, part: impl Fn(&'a T) -> &'a U) -> Three<'a, U> {
        Three {
            base: self.base.map(&part),
            ours: part(self.ours),
            theirs: part(self.theirs),
        }
    }
}

impl<T: PartialEq + ?Sized> Three<'_, T> {
    /// Who changed it.
    pub(super) fn changed(self) -> Changed {
        if self.ours == self.theirs || self.base == Some(self.theirs) {
            Changed::NotThere
        } else if self.base == Some(self.ours) {
            Changed::There
        } else {
            Changed::Both
        }
    }
}

/// A value that stands in a cell or in a field of a record.
pub(super) trait Cell: Clone + PartialEq {
    /// As it is shown.
    fn shown(&self) -> Cow<'_, str>;

    /// Both, one beneath the other; `None` where that makes no sense.
    fn joined(&self, _theirs: &Self) -> Option<Self> {
        None
    }

    /// Whether it says nothing.
    fn is_blank(&self) -> bool {
        trim(&self.shown()).is_empty()
    }
}

impl Cell for String {
    fn shown(&self) -> Cow<'_, str> {
        self.as_str().into()
    }
}

impl Cell for Text {
    fn shown(&self) -> Cow<'_, str> {
        (&**self).into()
    }

    fn joined(&self, theirs: &Self) -> Option<Self> {
        Some(if self.contains(&**theirs) {
            self.clone()
        } else if theirs.contains(&**self) {
            theirs.clone()
        } else {
            format!("{}\n{theirs}", self.trim_end()).into()
        })
    }
}

impl<T> Cell for Typed<T>
where
    Self: Clone,
{
    fn shown(&self) -> Cow<'_, str> {
        self.text().into()
    }
}

impl Cell for Option<Tier> {
    fn shown(&self) -> Cow<'_, str> {
        self.map_or(Cow::Borrowed(""), |tier| tier.to_string().into())
    }
}

impl Cell for bool {
    fn shown(&self) -> Cow<'_, str> {
        if *self { "是" } else { "否" }.into()
    }

    fn is_blank(&self) -> bool {
        false
    }
}

/// What something that can be told is called, and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    /// Its address within the project or the document.
    pub(super) address: String,
    /// The cell, where there is one.
    pub(super) place: Option<Place>,
    /// What it is, where no cell says so.
    pub(super) caption: String,
}

impl Spot {
    /// A field of a record without a place of its own.
    pub(super) fn field(address: String, caption: String) -> Self {
        Self {
            address,
            place: None,
            caption,
        }
    }
}

/// Something to decide or to tell.
pub(super) struct Question {
    pub(super) spot: Spot,
    pub(super) matter: Matter,
    pub(super) base: Option<String>,
    pub(super) mine: String,
    pub(super) theirs: String,
    pub(super) clash: Option<Clash>,
    pub(super) allows_both: bool,
}

/// What is decided already, and what is told.
pub(super) struct Walk<'a> {
    choices: &'a BTreeMap<Key, Choice>,
    /// The project that is walked through; `None` for what belongs to the document.
    project: Option<Id<Project>>,
    /// The key of the further table whose rows are walked through.
    pub(super) table: String,
    /// What is told, in the order of the form.
    pub(super) items: Vec<Item>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(choices: &'a BTreeMap<Key, Choice>) -> Self {
        Self {
            choices,
            project: None,
            table: String::new(),
            items: Vec::new(),
        }
    }

    /// Walks through a project.
    pub(super) fn inside<R>(
        &mut self,
        project: Id<Project>,
        walk: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let outside = self.project.replace(project);
        let result = walk(self);
        self.project = outside;
        result
    }

    /// Tells of something, and says what is done about it.
    pub(super) fn ask(&mut self, question: Question) -> Choice {
        let Question {
            spot,
            matter,
            base,
            mine,
            theirs,
            clash,
            allows_both,
        } = question;
        let at = self.project.zip(spot.place);
        let at = at.map(|(project, place)| CellPath { project, place });
        let key = Key(match (&at, self.project) {
            (Some(at), _) if spot.address.is_empty() => at.to_string(),
            (_, Some(project)) => format!("{project}/{}", spot.address),
            (_, None) => format!("document/{}", spot.address),
        });
        let decided = self.choices.get(&key).copied();
        let decided = decided.filter(|choice| allows_both || *choice != Choice::Both);
        let is_told_only = matches!(matter, Matter::Locked | Matter::NoteKept);
        let decided = decided.filter(|_| !is_told_only);
        let usual = match clash {
            None if !is_told_only => Choice::Theirs,
            _ => Choice::Mine,
        };
        let choice = decided.unwrap_or(usual);
        self.items.push(Item {
            key,
            project: self.project,
            at,
            caption: spot.caption,
            matter,
            base,
            mine,
            theirs,
            clash,
            choice,
            is_decided: decided.is_some(),
            allows_both,
        });
        choice
    }

    /// Tells something about which nothing can be chosen.
    pub(super) fn tell(&mut self, spot: Spot, matter: Matter, mine: String, theirs: String) {
        self.ask(Question {
            spot,
            matter,
            base: None,
            mine,
            theirs,
            clash: None,
            allows_both: false,
        });
    }

    /// A field that nobody sees: where both changed it, this document's.
    pub(super) fn quiet<T: Clone + PartialEq>(&self, three: Three<'_, T>) -> T {
        match three.changed() {
            Changed::There => three.theirs.clone(),
            Changed::NotThere | Changed::Both => three.ours.clone(),
        }
    }

    /// Fields of a newer version.
    pub(super) fn unknown(&self, three: Three<'_, Unknown>) -> Unknown {
        if three.changed() != Changed::Both {
            return self.quiet(three);
        }
        let mut merged = three.ours.clone();
        for (key, value) in three.theirs.iter() {
            let is_base = three.base.is_some_and(|base| base.contains(key));
            if !merged.contains(key) && !is_base {
                merged.keep(key.clone(), value.clone());
            }
        }
        merged
    }

    /// A cell of the form.
    pub(super) fn cell<T: Cell>(
        &mut self,
        three: Three<'_, T>,
        place: impl FnOnce() -> Place,
    ) -> T {
        self.guarded(three, [false; 2], place)
    }

    /// A cell that a change of this or of the other side may not simply go through: it was approved.
    pub(super) fn guarded<T: Cell>(
        &mut self,
        three: Three<'_, T>,
        [mine, theirs]: [bool; 2],
        place: impl FnOnce() -> Place,
    ) -> T {
        let is_guarded = match three.changed() {
            Changed::NotThere => mine && three.ours != three.theirs,
            Changed::There => theirs,
            Changed::Both => false,
        };
        let clash = is_guarded.then_some(Clash::Approved);
        self.decide(three, clash, || {
            let place = place();
            Spot {
                place: Some(place),
                ..Spot::default()
            }
        })
    }

    /// A field of a record.
    pub(super) fn field<T: Cell>(&mut self, three: Three<'_, T>, spot: impl FnOnce() -> Spot) -> T {
        self.decide(three, None, spot)
    }

    /// A record that is one or the other.
    pub(super) fn whole<T: Clone + PartialEq>(
        &mut self,
        three: Three<'_, T>,
        shown: impl Fn(&T) -> String,
        spot: impl FnOnce() -> Spot,
    ) -> T {
        let Three { base, ours, theirs } = three;
        let (mine, other) = (shown(ours), shown(theirs));
        let clash = match three.changed() {
            Changed::NotThere => return ours.clone(),
            Changed::There => None,
            Changed::Both if base.is_none() && mine.is_empty() => None,
            Changed::Both if base.is_none() && other.is_empty() => return ours.clone(),
            Changed::Both => Some(Clash::BothChanged),
        };
        let choice = self.ask(Question {
            spot: spot(),
            matter: Matter::Text,
            base: base.map(shown),
            mine,
            theirs: other,
            clash,
            allows_both: false,
        });
        match choice {
            Choice::Theirs => theirs.clone(),
            Choice::Mine | Choice::Both => ours.clone(),
        }
    }

    fn decide<T: Cell>(
        &mut self,
        three: Three<'_, T>,
        clash: Option<Clash>,
        spot: impl FnOnce() -> Spot,
    ) -> T {
        let Three { base, ours, theirs } = three;
        let clash = match three.changed() {
            Changed::NotThere if clash.is_none() => return ours.clone(),
            Changed::NotThere | Changed::There => clash,
            // Nobody knows who changed it: what is filled in never gives way to a blank.
            Changed::Both if base.is_none() && ours.is_blank() => None,
            Changed::Both if base.is_none() && theirs.is_blank() => return ours.clone(),
            Changed::Both => Some(Clash::BothChanged),
        };
        let spot = spot();
        let is_line = matches!(spot.place, Some(Place::Header(_) | Place::Footer(_)));
        let joined = match !is_line && clash == Some(Clash::BothChanged) {
            true => ours.joined(theirs),
            false => None,
        };
        let is_nothing = ours.is_blank() || theirs.is_blank();
        let joined = joined.filter(|_| !is_nothing);
        let choice = self.ask(Question {
            spot,
            matter: Matter::Text,
            base: base.map(|base| base.shown().into_owned()),
            mine: ours.shown().into_owned(),
            theirs: theirs.shown().into_owned(),
            clash,
            allows_both: joined.is_some(),
        });
        match (choice, joined) {
            (Choice::Both, Some(joined)) => joined,
            (Choice::Theirs, _) => theirs.clone(),
            _ => ours.clone(),
        }
    }

    /// Cells by key. A key without a text is not the same as no key, but only texts are told.
    pub(super) fn keyed<T: Cell + Default>(
        &mut self,
        three: Three<'_, KeyMap<T>>,
        place: impl Fn(String) -> Place,
    ) -> KeyMap<T> {
        let blank = T::default();
        let keys: BTreeSet<&String> = three.ours.keys().chain(three.theirs.keys()).collect();
        let mut merged = KeyMap::new();
        for key in keys {
            let (ours, theirs) = (three.ours.get(key), three.theirs.get(key));
            let base = three.base.map(|base| base.get(key));
            let cells = Three {
                base: base.map(|base| base.unwrap_or(&blank)),
                ours: ours.unwrap_or(&blank),
                theirs: theirs.unwrap_or(&blank),
            };
            let value = self.cell(cells, || place(key.clone()));
            let has_key = match base {
                Some(base) if base.is_some() == ours.is_some() => theirs.is_some(),
                Some(_) => ours.is_some(),
                None => true,
            };
            if has_key || value != blank {
                merged.insert(key.clone(), value);
            }
        }
        merged
    }
}
