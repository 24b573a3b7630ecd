//! What a person should know of files that were made.

use super::item::Item;
use crate::{
    exchange::fill::Unplaced,
    model::path::CellPath,
    session::one_line::one_line,
    sheet::{
        booklet::{Booklet, Part},
        fonts::Face,
        pages::{Pages, Unprintable},
        table::Cell,
    },
};

/// The most characters told one by one.
const MOST: usize = 20;
/// The most letters of a cell that stand for its place.
const EXCERPT: usize = 12;

/// What a person should know of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    /// Sentences about it.
    pub notes: Vec<String>,
    /// The face that was asked for and is not on this computer.
    pub lacks_face: Option<Face>,
    /// Characters that no font has.
    pub lacking: Lacking,
    /// Values that a template has no place for.
    pub unplaced: Vec<Unplaced>,
}

/// The characters that no font has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lacking {
    /// The first [`MOST`] of them.
    first: Vec<Lack>,
    /// How many there are in all.
    count: usize,
}

/// A character that no font has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lack {
    character: char,
    place: String,
}

/// The characters that no font has, those that are told with their places in words.
pub fn lacking(pages: &Pages, booklet: &Booklet, items: &[Item]) -> Lacking {
    let lack = |one: &Unprintable| Lack {
        character: one.character,
        place: place(one, booklet, items),
    };
    Lacking {
        first: pages.unprintable.iter().take(MOST).map(lack).collect(),
        count: pages.unprintable.len(),
    }
}

fn place(unprintable: &Unprintable, booklet: &Booklet, items: &[Item]) -> String {
    let sheet = booklet.parts.get(unprintable.part).map(|part| &part.sheet);
    let cell = sheet.and_then(|sheet| {
        let address = unprintable.address?;
        let row = sheet.blocks.get(address.block)?.rows.get(address.row)?;
        row.cells.get(address.cell)
    });
    let Some((sheet, cell)) = sheet.zip(cell) else {
        return "页脚".into();
    };
    let at = unprintable.at.as_ref();
    let item = item_of(unprintable.part, booklet, items);
    let field = at.zip(item).and_then(|(at, item)| in_words(at, item));
    let place = field.unwrap_or_else(|| excerpt(cell, unprintable.character));
    format!("{} · {place}", sheet.name)
}

/// The project that a part belongs to. Pages are counted anew where a project begins; what begins before the first one is
/// the list of contents. Ids tell nothing here: copies of a project share them.
fn item_of<'a>(part: usize, booklet: &Booklet, items: &'a [Item]) -> Option<&'a Item> {
    let begun = |parts: &[Part]| parts.iter().filter(|part| part.restarts).count();
    let before = begun(&booklet.parts).checked_sub(items.len())?;
    let index = begun(booklet.parts.get(..=part)?).checked_sub(before + 1)?;
    items.get(index)
}

/// The field, if it is one of this project.
fn in_words(at: &CellPath, item: &Item) -> Option<String> {
    (at.project == item.project.id).then(|| at.in_words(&item.project, &item.edition))
}

/// The letters around a character.
fn excerpt(cell: &Cell, character: char) -> String {
    let before = cell.text.chars().take_while(|c| *c != character).count();
    let begin = before.saturating_sub(EXCERPT / 2);
    let letters: String = cell.text.chars().skip(begin).take(EXCERPT).collect();
    format!("“{letters}”处")
}

impl Notices {
    /// All of it but the values without a place, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        sentences(std::iter::once(self))
    }

    /// Takes in what else a person should know of the same file.
    pub(super) fn append(&mut self, other: Self) {
        self.notes.extend(other.notes);
        self.lacks_face = self.lacks_face.or(other.lacks_face);
        self.lacking.first.extend(other.lacking.first);
        self.lacking.count += other.lacking.count;
        self.unplaced.extend(other.unplaced);
    }
}

/// What a person should know of several files, each thing once.
pub fn sentences<'a>(all: impl Iterator<Item = &'a Notices> + Clone) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(face) = all.clone().find_map(|one| one.lacks_face) {
        said.push(format!("本机没有{}，已改用自带字体。", face.name()));
    }
    said.extend(all.clone().flat_map(|one| one.notes.iter().cloned()));
    let lacking = || all.clone().map(|one| &one.lacking);
    said.extend(
        lacking()
            .flat_map(|one| &one.first)
            .take(MOST)
            .map(Lack::sentence),
    );
    let count: usize = lacking().map(|one| one.count).sum();
    if let further @ 1.. = count.saturating_sub(MOST) {
        said.push(format!("另有 {further} 处这样的字，没有一一列出。"));
    }
    said
}

impl Lack {
    fn sentence(&self) -> String {
        let Self { character, place } = self;
        let code = u32::from(*character);
        format!(
            "“{character}”（U+{code:04X}）本机没有字体能显示，印成了带叉的方框。位置：{}",
            one_line(place)
        )
    }
}
