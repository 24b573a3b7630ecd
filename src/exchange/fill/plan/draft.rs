//! The plan of one form while it is made: what the project says, where it goes, and what finds no place.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    board::Board,
    value::{self, Entry},
};
use crate::{
    exchange::{
        fill::{Insert, Subject, Unplaced, Value},
        grid::Place,
        recognise::{captions::exact, found::FoundForm, is_dash},
    },
    model::{
        edition::Edition,
        path::{self, CellPath},
        project::Project,
        typed::trim,
    },
};

/// Where a cell will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spotted {
    /// In a row of the template.
    Old(Place),
    /// In the `nth` of the rows inserted after a row.
    New { after: u32, nth: u32, column: u32 },
}

/// A cell to be written, in rows of the template as it is.
#[derive(Debug, Clone)]
pub(super) struct Intent {
    pub(super) value: Value,
    pub(super) at: CellPath,
}

/// What becomes of one form.
pub(super) struct Draft<'t> {
    pub(super) board: &'t Board<'t>,
    pub(super) found: &'t FoundForm,
    pub(super) project: &'t Project,
    pub(super) edition: &'t Edition,
    /// Whether rows may be inserted: not where another form stands beside this one.
    pub(super) may_insert: bool,
    pub(super) intents: BTreeMap<Spotted, Intent>,
    pub(super) inserts: BTreeMap<u32, Insert>,
    pub(super) unplaced: Vec<Unplaced>,
    pub(super) remarks: Vec<String>,
    /// What is told of a cell that keeps what the bureau printed, unless another field comes into it or says the same.
    printed: BTreeMap<Place, String>,
    /// The fields that are written, in words.
    pub(super) words: BTreeMap<CellPath, String>,
    /// Fields of the project that have a place or were told of.
    seen: BTreeSet<path::Place>,
    /// Places whose content is the project's already.
    kept: BTreeSet<Place>,
    /// Cells that hold several fields, with their texts so far.
    shared: BTreeMap<Place, String>,
}

impl<'t> Draft<'t> {
    pub(super) fn new(
        board: &'t Board<'t>,
        found: &'t FoundForm,
        subject: &'t Subject,
        may_insert: bool,
    ) -> Self {
        Self {
            board,
            found,
            project: &subject.project,
            edition: &subject.edition,
            may_insert,
            intents: BTreeMap::new(),
            inserts: BTreeMap::new(),
            unplaced: Vec::new(),
            remarks: Vec::new(),
            printed: BTreeMap::new(),
            words: BTreeMap::new(),
            seen: BTreeSet::new(),
            kept: BTreeSet::new(),
            shared: BTreeMap::new(),
        }
    }

    /// The place in words.
    pub(super) fn place_name(&self, place: Place) -> String {
        place_name(&self.board.grid.name, place)
    }

    /// Notes that a field is dealt with.
    pub(super) fn see(&mut self, place: &path::Place) {
        self.seen.insert(place.clone());
    }

    pub(super) fn has_seen(&self, place: &path::Place) -> bool {
        self.seen.contains(place)
    }

    /// Tells that a value has no place. A blank one needs none.
    pub(super) fn lacks(&mut self, entry: &Entry, place: Option<Place>, why: &str) {
        self.see(&entry.place);
        if trim(&entry.text).is_empty() {
            return;
        }
        self.unplaced.push(Unplaced {
            at: Some(self.project.at(entry.place.clone())),
            field: entry.words.clone(),
            text: entry.text.clone(),
            place: place.map_or_else(String::new, |place| self.place_name(place)),
            why: why.to_owned(),
        });
    }

    /// Puts a value into a cell of the template, unless that says the same.
    pub(super) fn put(&mut self, place: Place, entry: &Entry) {
        let spot = self.board.at(place);
        if spot.place != place {
            return self.lacks(entry, Some(place), "原表中这一格已并入别的单元格");
        }
        self.see(&entry.place);
        let own = entry.kind.clean(spot.text).text;
        let is_same = own == entry.text
            || spot.text == entry.text
            || own == entry.kind.clean(&entry.text).text
            || (entry.folded && exact(&own) == exact(&entry.text))
            || (entry.stated && value::are_same_points(&own, &entry.text));
        if is_same {
            if !own.is_empty() {
                self.kept.insert(place);
                self.intents.remove(&Spotted::Old(place));
            }
            return;
        }
        let blank = trim(&entry.text).is_empty();
        // A dash that the bureau printed says that there is nothing to fill in.
        if blank && (own.is_empty() || is_dash(&own)) {
            return;
        }
        if is_printed(entry, &own) {
            if blank {
                return self.keep_printed(place, &own, entry);
            }
            let (name, words) = (self.place_name(place), &entry.words);
            let (own, text) = (beginning(&own), beginning(&entry.text));
            self.remarks.push(format!(
                "{name}：原表的“{words}”是“{own}”，已按项目写为“{text}”，请核对。"
            ));
        }
        self.intend(Spotted::Old(place), entry);
    }

    /// Leaves what the bureau printed where the project says nothing.
    fn keep_printed(&mut self, place: Place, own: &str, entry: &Entry) {
        let (name, words, own) = (self.place_name(place), &entry.words, beginning(own));
        let told =
            format!("{name}：原表的“{words}”是“{own}”，项目中没有填写，保留了原表的内容，请核对。");
        self.printed.insert(place, told);
    }

    /// What a person should know, one sentence each.
    pub(super) fn told(&mut self) -> Vec<String> {
        let printed = std::mem::take(&mut self.printed).into_iter();
        let stays =
            printed.filter(|(place, _)| !self.is_taken(*place) && !self.kept.contains(place));
        let stays: Vec<String> = stays.map(|(_, told)| told).collect();
        let mut told = std::mem::take(&mut self.remarks);
        told.extend(stays);
        told
    }

    /// Whether something is written into the cell already.
    pub(super) fn is_taken(&self, place: Place) -> bool {
        self.intents.contains_key(&Spotted::Old(place))
    }

    /// Puts a value into a cell of an inserted row.
    pub(super) fn put_new(&mut self, (after, nth): (u32, u32), column: u32, entry: &Entry) {
        self.see(&entry.place);
        if !trim(&entry.text).is_empty() {
            self.intend(Spotted::New { after, nth, column }, entry);
        }
    }

    /// Of two values for one cell the first counts, and any goes before none.
    fn intend(&mut self, spotted: Spotted, entry: &Entry) {
        let value = value::of(entry);
        let taken = match (&spotted, self.intents.get(&spotted)) {
            (Spotted::Old(place), None) => self.kept.contains(place),
            (_, found) => found.is_some_and(|intent| intent.value != Value::Blank),
        };
        if taken {
            if value != Value::Blank {
                let place = match spotted {
                    Spotted::Old(place) => Some(place),
                    Spotted::New { .. } => None,
                };
                self.lacks(entry, place, "原表只有一格，已写入另一项内容");
            }
            return;
        }
        let at = self.named(entry);
        self.intents.insert(spotted, Intent { value, at });
    }

    /// The address of a field that is written, which is noted in words.
    fn named(&mut self, entry: &Entry) -> CellPath {
        let at = self.project.at(entry.place.clone());
        self.words.insert(at.clone(), entry.words.clone());
        at
    }

    /// Removes what stands in a cell as an example.
    pub(super) fn blank(&mut self, place: Place, at: &path::Place) {
        let spot = self.board.at(place);
        if spot.place == place && !spot.is_blank() && !self.kept.contains(&place) {
            self.intents
                .entry(Spotted::Old(place))
                .or_insert_with(|| Intent {
                    value: Value::Blank,
                    at: self.project.at(at.clone()),
                });
        }
    }

    /// Puts a value behind its caption in the same cell: what stood there before is `old`.
    pub(super) fn put_behind(&mut self, place: Place, caption: &str, old: &str, entry: &Entry) {
        self.see(&entry.place);
        let own = entry.kind.clean(old).text;
        if own == entry.text {
            return;
        }
        if trim(&entry.text).is_empty() && is_printed(entry, &own) {
            return self.keep_printed(place, &own, entry);
        }
        let spot = self.board.at(place);
        let text = self
            .shared
            .get(&place)
            .map_or(spot.text, String::as_str)
            .to_owned();
        let Some(text) = value::behind(&text, caption, old, &entry.text) else {
            return self.lacks(entry, Some(place), "没有找到原表中填写这一项的位置");
        };
        let at = self.named(entry);
        let value = Value::Text(text.clone());
        self.shared.insert(place, text);
        self.intents
            .insert(Spotted::Old(place), Intent { value, at });
    }

    /// Replaces what the template says by the same with the project's value in it.
    pub(super) fn replace(&mut self, place: Place, value: Value, at: &path::Place) {
        let at = self.project.at(at.clone());
        self.intents
            .insert(Spotted::Old(place), Intent { value, at });
    }

    /// The next of the rows inserted after a row of the template, with the cells that grow over all of them.
    pub(super) fn new_row(&mut self, after: u32, grown: impl FnOnce() -> Vec<Place>) -> (u32, u32) {
        let insert = self.inserts.entry(after).or_insert_with(|| Insert {
            after,
            count: 0,
            grown: grown(),
        });
        insert.count += 1;
        (after, insert.count - 1)
    }
}

/// Whether a cell says what its bureau stated there, and no example of it.
fn is_printed(entry: &Entry, own: &str) -> bool {
    entry.stated && !own.is_empty() && !value::is_prompt(own) && !value::is_example(own)
}

/// A place in a grid in words: "自评表!B7"; of a document the row.
pub(in crate::exchange::fill) fn place_name(grid: &str, place: Place) -> String {
    if grid.is_empty() {
        format!("第 {} 行", u64::from(place.row) + 1)
    } else {
        format!("{grid}!{}", place.name())
    }
}

/// As much of a text as is needed to find it again.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 30;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
