//! What a person should know of pages that were printed.

use super::{Item, printing::Printed};
use crate::{
    cli::{one_line::one_line, workspace::tell},
    model::path::CellPath,
    sheet::{
        booklet::Booklet,
        fonts::Face,
        pages::{Pages, Unprintable},
        table::{Cell, FormSheet},
    },
};

/// The most characters told one by one.
const MOST: usize = 20;
/// The most letters of a cell that stand for its place.
const EXCERPT: usize = 12;

/// A character that no font has.
pub struct Lack {
    character: char,
    place: String,
}

/// The characters that no font has, with their places in words.
pub fn lacking(pages: &Pages, booklet: &Booklet, items: &[Item]) -> Vec<Lack> {
    let lack = |one: &Unprintable| Lack {
        character: one.character,
        place: place(one, booklet, items),
    };
    pages.unprintable.iter().map(lack).collect()
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
    let field = at.and_then(|at| in_words(at, sheet, items));
    let place = field.unwrap_or_else(|| excerpt(cell, unprintable.character));
    format!("{} · {place}", sheet.name)
}

/// Copies of a project share its id, so that the one is looked for whose form this is.
fn in_words(at: &CellPath, sheet: &FormSheet, items: &[Item]) -> Option<String> {
    let is_it = |item: &&Item| FormSheet::new(&item.project, &item.edition) == *sheet;
    let mut of_project = items.iter().filter(|item| item.project.id == at.project);
    let item = of_project
        .clone()
        .find(is_it)
        .or_else(|| of_project.next())?;
    Some(at.in_words(&item.project, &item.edition))
}

/// The letters around a character.
fn excerpt(cell: &Cell, character: char) -> String {
    let before = cell.text.chars().take_while(|c| *c != character).count();
    let begin = before.saturating_sub(EXCERPT / 2);
    let letters: String = cell.text.chars().skip(begin).take(EXCERPT).collect();
    format!("“{letters}”处")
}

/// Tells all on the error output; nothing of it keeps the command from being done.
pub fn tell_all(printed: &[Option<Printed>], face: Face) {
    let begun = || printed.iter().flatten();
    if begun().any(|one| one.lacks_face) {
        tell(&format!("本机没有{}，已改用自带字体。", face.name()));
    }
    for note in begun().flat_map(|one| &one.notes) {
        tell(note);
    }
    let all = || begun().flat_map(|one| &one.lacking);
    for lack in all().take(MOST) {
        let Lack { character, place } = lack;
        let code = u32::from(*character);
        tell(&format!(
            "“{character}”（U+{code:04X}）本机没有字体能显示，印成了空框。位置：{}",
            one_line(place)
        ));
    }
    if let further @ 1.. = all().count().saturating_sub(MOST) {
        tell(&format!("另有 {further} 处这样的字，没有一一列出。"));
    }
}
