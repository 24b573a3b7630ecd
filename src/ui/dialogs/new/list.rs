//! The editions to choose from: an own one first, then by region, in each those that were compared with a whole form first.

use std::cmp::Reverse;

use egui::{RichText, ScrollArea, Ui};

use super::about;
use crate::{
    model::{
        edition::{Edition, EditionStatus},
        pinyin::{Sought, initials},
    },
    store::editions::{EditionShelf, Origin, Shelved},
    ui::{
        dialogs::{choosing::Choosing, editions},
        theme::{self, Palette},
        widgets::row::Row,
    },
};

/// The height of an edition's row, in points.
const ROW: f32 = 50.0;

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
enum Line {
    /// The name of a group.
    Group(String),
    /// An edition.
    Edition(Shelved),
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// What was searched for, and among how many; found anew where it is otherwise.
    of: Option<(String, Vec<String>)>,
    lines: Vec<Line>,
}

impl Found {
    /// Finds the editions that answer the search.
    pub fn find(&mut self, shelf: &EditionShelf, made: Option<&Shelved>, search: &str) {
        let all: Vec<&Shelved> = made.into_iter().chain(shelf.list()).collect();
        let hashes = all.iter().map(|known| known.hash.to_string()).collect();
        let of = Some((search.trim().to_owned(), hashes));
        if self.of == of {
            return;
        }
        self.of = of;
        let terms = Sought::terms(search);
        let mut found: Vec<(Key, &Shelved)> = Vec::new();
        for known in all {
            let is_made = made.is_some_and(|made| made.hash == known.hash);
            let is_known = found.iter().any(|(_, other)| other.hash == known.hash);
            let is_draft = known.edition.status == EditionStatus::Draft;
            if !is_known && !is_draft && answers(&known.edition, &terms) {
                found.push((Key::of(known, is_made), known));
            }
        }
        let best = |key: &Key| {
            let same = found.iter().filter(|(other, _)| other.group == key.group);
            same.map(|(key, _)| key.status).min().unwrap_or(2)
        };
        let mut keyed: Vec<_> = found
            .iter()
            .map(|(key, known)| ((key.rank, best(key), key.clone()), *known))
            .collect();
        keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.lines.clear();
        let mut group = None;
        for ((_, _, key), known) in keyed {
            if group.as_ref() != Some(&key.group) {
                self.lines.push(Line::Group(key.group.clone()));
                group = Some(key.group);
            }
            self.lines.push(Line::Edition(known.clone()));
        }
    }

    fn editions(&self) -> impl Iterator<Item = &Shelved> {
        self.lines.iter().filter_map(|line| match line {
            Line::Edition(known) => Some(known),
            Line::Group(_) => None,
        })
    }

    /// How many editions there are.
    pub fn count(&self) -> usize {
        self.editions().count()
    }

    /// The edition with this number.
    pub fn get(&self, number: usize) -> Option<Shelved> {
        self.editions().nth(number).cloned()
    }

    /// The number of the first edition that is meant.
    pub fn position(&self, is_meant: impl Fn(&Shelved) -> bool) -> Option<usize> {
        self.editions().position(is_meant)
    }
}

impl Found {
    /// Draws the editions; returns whether one was double clicked.
    pub fn show(&self, ui: &mut Ui, choosing: &mut Choosing, height: f32) -> bool {
        let mut clicked = None;
        let mut is_final = false;
        ScrollArea::vertical()
            .id_salt("editions")
            .max_height(height - 44.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let mut line = 0;
                for entry in &self.lines {
                    let known = match entry {
                        Line::Group(name) => {
                            editions::heading(ui, name);
                            continue;
                        }
                        Line::Edition(known) => known,
                    };
                    let is_chosen = line == choosing.line;
                    let response = row(ui, known, is_chosen);
                    if is_chosen && choosing.moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        clicked = Some(line);
                    }
                    is_final |= response.double_clicked();
                    line += 1;
                }
                if line == 0 {
                    let words = RichText::new("没有找到这样的表样");
                    ui.label(words.color(Palette::of(ui).text_weak));
                }
            });
        if let Some(line) = clicked {
            choosing.line = line;
        }
        is_final
    }
}

fn answers(edition: &Edition, terms: &[Sought]) -> bool {
    let status = edition.status.to_string();
    terms.iter().all(|term| {
        [&edition.name, &edition.region, &edition.id, &status]
            .into_iter()
            .any(|text| term.is_in(text))
    })
}

/// Where an edition stands in the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Made just now, the document's, the user's, the whole country's, a region's.
    rank: u8,
    /// The group by the readings of its name.
    reading: String,
    group: String,
    /// 已核对 first.
    status: u8,
    /// The latest first.
    from: Reverse<Option<i16>>,
    name: String,
}

impl Key {
    fn of(known: &Shelved, is_made: bool) -> Self {
        const COUNTRY: &str = "全国";
        let edition = &known.edition;
        let (rank, group) = match known.origin {
            _ if is_made => (0, "刚做成的表样"),
            Origin::Document => (1, "本文件的表样"),
            Origin::User => (2, "自行添加的表样"),
            Origin::BuiltIn if edition.region == COUNTRY => (3, COUNTRY),
            Origin::BuiltIn => (3, edition.region.as_str()),
        };
        Self {
            rank,
            reading: match group {
                COUNTRY => String::new(),
                group => initials(group),
            },
            group: group.to_owned(),
            status: match edition.status {
                EditionStatus::Verified => 0,
                EditionStatus::Reference => 1,
                EditionStatus::Draft => 2,
            },
            from: Reverse(edition.years.from),
            name: edition.name.clone(),
        }
    }
}

/// One edition.
fn row(ui: &mut Ui, known: &Shelved, is_chosen: bool) -> egui::Response {
    let palette = Palette::of(ui);
    let edition = &known.edition;
    let about = about(known);
    let color = match edition.status {
        EditionStatus::Verified => palette.good,
        EditionStatus::Reference | EditionStatus::Draft => palette.text_weak,
    };
    Row::new(&edition.name)
        .line(&edition.name, theme::text::grid(), palette.text)
        .line(&about, theme::text::small(), color)
        .chosen(is_chosen)
        .show(ui, ROW)
        .on_hover_ui(|ui| {
            ui.label(&edition.name);
            ui.label(about.as_str());
        })
}
