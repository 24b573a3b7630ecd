//! The form as a table: its cells cover it exactly, every field is in one of them, and nothing typed is missing.

use std::collections::BTreeSet;

use jiping::{
    model::{edition::Edition, path::Place, project::Project},
    sheet::table::{FULL_WIDTH, FormSheet},
};

use super::{
    EDITIONS, blank, edition_of,
    filled::{Points, filled},
    first_project, names_in,
    typed::printed_texts,
};

/// Fails unless the cells of every block cover it exactly once.
pub fn assert_tiled(sheet: &FormSheet, name: &str) {
    for (index, block) in sheet.blocks.iter().enumerate() {
        let width = usize::from(FULL_WIDTH);
        let mut covered = vec![0_u8; block.rows.len() * width];
        for (row, content) in block.rows.iter().enumerate() {
            let place = format!("{name}: block {index}, row {row}");
            let mut reached = 0;
            for cell in &content.cells {
                assert!(cell.left >= reached, "{place}: cells are in order");
                assert!(cell.left < cell.right, "{place}: {cell:?} has a width");
                assert!(
                    cell.right <= FULL_WIDTH,
                    "{place}: {cell:?} is too far right"
                );
                assert!(cell.rows >= 1, "{place}: {cell:?} has a height");
                let end = row + cell.rows;
                assert!(
                    end <= block.rows.len(),
                    "{place}: {cell:?} leaves its block"
                );
                let is_header = row < block.header_rows;
                assert!(
                    !is_header || end <= block.header_rows,
                    "{place}: {cell:?} leaves the header"
                );
                reached = cell.right;
                for row in row..end {
                    for at in cell.left..cell.right {
                        covered[row * width + usize::from(at)] += 1;
                    }
                }
            }
        }
        let fault = covered.iter().position(|count| *count != 1);
        assert_eq!(
            fault.map(|at| (at / width, at % width, covered[at])),
            None,
            "{name}: block {index} is not covered once (row, edge, how often)"
        );
    }
}

/// Fails where a field has two cells.
pub fn assert_addressed_once(sheet: &FormSheet, name: &str) {
    let mut seen = BTreeSet::new();
    for at in sheet.cells().filter_map(|(_, cell)| cell.at.as_ref()) {
        assert_eq!(Some(at.project), sheet.project, "{name}: {at}");
        assert!(seen.insert(at.clone()), "{name}: {at} has two cells");
    }
}

/// Fails where a text that was typed is in no cell, or its field has a cell that says something else.
pub fn assert_nothing_missing(project: &Project, edition: &Edition, sheet: &FormSheet, name: &str) {
    for (place, text) in printed_texts(project, edition) {
        let text = text.trim();
        let own = sheet
            .cells()
            .find(|(_, cell)| cell.at.as_ref().is_some_and(|at| at.place == place));
        let is_printed = match own {
            Some((_, cell)) => cell.text.contains(text),
            None => sheet.cells().any(|(_, cell)| cell.text.contains(text)),
        };
        assert!(
            is_printed,
            "{name}: {place:?} says {text:?}, the form does not"
        );
        assert!(
            sheet.cell_for(&place).is_some() || matches!(place, Place::Reason(_)),
            "{name}: {place:?} has no cell to mark"
        );
    }
}

fn assert_sound(project: &Project, edition: &Edition, name: &str) {
    let sheet = FormSheet::new(project, edition);
    assert_tiled(&sheet, name);
    assert_addressed_once(&sheet, name);
    assert_nothing_missing(project, edition, &sheet, name);
    assert_eq!(sheet.page, edition.page);
    assert_eq!(sheet.project, Some(project.id));
    assert!(!sheet.name.is_empty());
}

#[test]
fn blank_forms_are_sound() {
    for edition in EDITIONS.iter() {
        assert_sound(&blank(edition), edition, &edition.id);
    }
}

#[test]
fn filled_forms_are_sound_and_say_everything() {
    for edition in EDITIONS.iter() {
        for points in Points::ALL {
            for rows in [0, 1, 3] {
                let project = filled(edition, rows, points);
                let texts = printed_texts(&project, edition).len();
                assert!(texts > 15, "{}: only {texts} texts", edition.id);
                assert_sound(
                    &project,
                    edition,
                    &format!("{} {points:?} {rows}", edition.id),
                );
            }
        }
    }
}

#[test]
fn filed_forms_are_sound_and_say_everything() {
    let mut paths: Vec<String> = Vec::new();
    for folder in ["assets/samples", "tests/forms"] {
        let names = names_in(folder, ".jiping");
        paths.extend(names.iter().map(|name| format!("{folder}/{name}.jiping")));
    }
    assert_eq!(paths.len(), 8);
    for path in paths {
        let project = first_project(&path);
        assert_sound(&project, &edition_of(&project), &path);
    }
}

#[test]
fn a_project_without_a_name_has_one_in_the_list_of_contents() {
    let edition = &EDITIONS[0];
    let sheet = FormSheet::new(&blank(edition), edition);
    assert_eq!(sheet.name, "（未填写项目名称）");
}
