//! Fields, columns and texts: each stays under its key. Where the new edition calls the same thing by another key, the two
//! keys exchange what they hold, so that nothing is overwritten and the way back is the same.

use crate::model::{
    captions::{self, bare, exact},
    edition::{Edition, FieldLayout, FundRole, IndicatorRole},
    monitoring,
    path::{GoalField, IndicatorField, Place},
    project::Project,
    record::{KeyMap, Text},
};

use super::{Meaning, each_row, pairs, redirect, told::Told};

/// Moves what stands under keys that only the old edition has.
pub(super) fn change(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    free_fields(project, from, to, told);
    goal_texts(project, from, to, told);
    fund_columns(project, from, to, told);
    extra_columns(project, from, to, told);
}

/// A part of the form that holds fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    Header,
    Text,
    Footer,
}

/// A field and where it stands.
struct Spot {
    area: Area,
    key: String,
    caption: String,
}

impl Area {
    fn place(self, key: &str) -> Place {
        match self {
            Self::Header => Place::Header(key.to_owned()),
            Self::Text => Place::Text(key.to_owned()),
            Self::Footer => Place::Footer(key.to_owned()),
        }
    }

    fn of(self, project: &mut Project) -> &mut KeyMap<Text> {
        match self {
            Self::Header => &mut project.header,
            Self::Text => &mut project.texts,
            Self::Footer => &mut project.footer,
        }
    }
}

fn spots(edition: &Edition) -> impl Iterator<Item = (Area, &FieldLayout)> {
    let areas = [
        (Area::Header, &edition.header),
        (Area::Text, &edition.texts),
        (Area::Footer, &edition.footer),
    ];
    areas
        .into_iter()
        .flat_map(|(area, fields)| fields.iter().map(move |field| (area, field)))
}

/// Fields of one edition that the other does not have at the same place.
fn only_in(edition: &Edition, other: &Edition) -> Vec<Spot> {
    spots(edition)
        .filter(|(area, field)| {
            !spots(other).any(|(there, known)| there == *area && known.key == field.key)
        })
        .map(|(area, field)| Spot {
            area,
            key: field.key.clone(),
            caption: field.caption.clone(),
        })
        .collect()
}

fn free_fields(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let (old, new) = (only_in(from, to), only_in(to, from));
    let class = |spot: &Spot| class(captions::field(&spot.caption));
    let ways: [Meaning<Spot>; 4] = [
        &|spot| spot.key.clone(),
        &|spot| exact(&spot.caption),
        &|spot| bare(&spot.caption),
        &class,
    ];
    for (one, other) in pairs(&old, &new, &ways) {
        let (one, other) = (&old[one], &new[other]);
        let (left, right) = (&one.key, &other.key);
        let value = one.area.of(project).remove(left);
        let before = other.area.of(project).remove(right);
        if value.as_ref().is_some_and(|text| !text.is_empty()) {
            told.moved(&one.caption, &other.caption);
        }
        one.area
            .of(project)
            .extend(before.map(|text| (left.clone(), text)));
        other
            .area
            .of(project)
            .extend(value.map(|text| (right.clone(), text)));
        let (left, right) = (one.area.place(left), other.area.place(right));
        redirect(project, |place| match place {
            place if *place == left => Some(right.clone()),
            place if *place == right => Some(left.clone()),
            _ => None,
        });
    }
}

/// The word for a class of captions; empty where the caption is of none.
pub(super) fn class(class: Option<captions::Class>) -> String {
    class.map_or("", |class| class.key).to_owned()
}

/// A column or text by key and caption.
#[derive(Clone)]
struct Keyed {
    key: String,
    caption: String,
    /// What it holds, where not all of them hold the same.
    kind: String,
}

/// Keys of the old edition alone beside those of the new one that mean the same, with both captions. Figures of mid-year are
/// never those of the year, whatever the columns are called.
fn renamed(old: Vec<Keyed>, new: Vec<Keyed>) -> Vec<(Keyed, Keyed)> {
    let only = |one: &[Keyed], other: &[Keyed]| -> Vec<Keyed> {
        one.iter()
            .filter(|each| !monitoring::is_key(&each.key))
            .filter(|each| !other.iter().any(|known| known.key == each.key))
            .cloned()
            .collect()
    };
    let (old, new) = (only(&old, &new), only(&new, &old));
    let with_kind = |each: &Keyed, caption: String| match caption.as_str() {
        "" => caption,
        _ => format!("{}/{caption}", each.kind),
    };
    let ways: [Meaning<Keyed>; 2] = [&|each| with_kind(each, exact(&each.caption)), &|each| {
        with_kind(each, bare(&each.caption))
    }];
    pairs(&old, &new, &ways)
        .into_iter()
        .map(|(one, other)| (old[one].clone(), new[other].clone()))
        .collect()
}

/// Exchanges what two keys hold; says whether the first held anything.
fn exchange<T>(map: &mut KeyMap<T>, one: &str, other: &str) -> bool {
    let (first, second) = (map.remove(one), map.remove(other));
    let held = first.is_some();
    map.extend(first.map(|value| (other.to_owned(), value)));
    map.extend(second.map(|value| (one.to_owned(), value)));
    held
}

/// The other of two keys, where `key` is one of them.
fn other_of<'k>(key: &str, (one, other): (&'k str, &'k str)) -> Option<&'k str> {
    match key {
        key if key == one => Some(other),
        key if key == other => Some(one),
        _ => None,
    }
}

fn goal_texts(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let keyed = |edition: &Edition| {
        let fields = edition.goals.extra.iter().map(|field| Keyed {
            key: field.key.clone(),
            caption: field.caption.clone(),
            kind: String::new(),
        });
        fields.collect()
    };
    for (one, other) in renamed(keyed(from), keyed(to)) {
        let mut held = false;
        for index in 0..project.goals.len() {
            if let Some(goal) = project.goals.get_mut(index) {
                held |= exchange(&mut goal.texts, &one.key, &other.key);
            }
        }
        redirect(project, |place| match place {
            Place::Goal(id, GoalField::Text(key)) => other_of(key, (&one.key, &other.key))
                .map(|key| Place::Goal(*id, GoalField::Text(key.to_owned()))),
            _ => None,
        });
        if held {
            told.moved(&one.caption, &other.caption);
        }
    }
}

fn fund_columns(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let keyed = |edition: &Edition| {
        let columns = edition.funds.columns.iter();
        columns
            .filter(|column| column.role != FundRole::Remark)
            .map(|column| Keyed {
                key: column.key.clone(),
                caption: column.caption.clone(),
                kind: format!("{:?}", column.role),
            })
            .collect()
    };
    for (one, other) in renamed(keyed(from), keyed(to)) {
        let mut held = false;
        let aside = project.aside.iter_mut().map(|aside| &mut aside.funds);
        for rows in std::iter::once(&mut project.funds).chain(aside) {
            for index in 0..rows.len() {
                if let Some(row) = rows.get_mut(index) {
                    held |= exchange(&mut row.figures, &one.key, &other.key);
                }
            }
        }
        redirect(project, |place| match place {
            Place::Fund(id, key) => {
                other_of(key, (&one.key, &other.key)).map(|key| Place::Fund(*id, key.to_owned()))
            }
            _ => None,
        });
        if held {
            told.moved(&one.caption, &other.caption);
        }
    }
}

fn extra_columns(project: &mut Project, from: &Edition, to: &Edition, told: &mut Told) {
    let keyed = |edition: &Edition| {
        let columns = edition.indicators.columns.iter();
        columns
            .filter(|column| column.role == IndicatorRole::Extra)
            .map(|column| Keyed {
                key: column.key.clone(),
                caption: column.caption.clone(),
                kind: String::new(),
            })
            .collect()
    };
    for (one, other) in renamed(keyed(from), keyed(to)) {
        let mut held = false;
        each_row(project, |row| {
            held |= exchange(&mut row.extra, &one.key, &other.key);
        });
        redirect(project, |place| match place {
            Place::Indicator(id, IndicatorField::Extra(key)) => {
                other_of(key, (&one.key, &other.key))
                    .map(|key| Place::Indicator(*id, IndicatorField::Extra(key.to_owned())))
            }
            _ => None,
        });
        if held {
            told.moved(&one.caption, &other.caption);
        }
    }
}
