//! The forms of all kinds as other programs see them.

use std::{collections::BTreeMap, fs, path::PathBuf};

use jiping::{model::edition::Orientation, sheet::table::FormSheet};
use tempfile::TempDir;

use super::{super::readback, Seen, bytes, forms, is_table, official, printed, seen};
use crate::foreign::converted;

/// Every cell of a table: edges, rows, text.
type Cells = Vec<(i64, i64, usize, String)>;

/// Captions over a single row of texts are not repeated: there the caption at the side takes the blank corner above it.
fn cells_of(sheet: &FormSheet) -> Cells {
    let mut all = Cells::new();
    for block in sheet.blocks.iter().filter(|block| is_table(block)) {
        let takes_corner = block.header_rows == 1 && block.rows.len() == 2;
        let mut side = block.rows[0].cells.iter().find(|_| takes_corner);
        if side.is_some_and(|corner| corner.text.is_empty()) {
            side = block.rows[1].cells.first();
        }
        for (number, row) in block.rows.iter().enumerate() {
            let mut cells: Vec<_> = row.cells.iter().collect();
            cells.sort_by_key(|cell| cell.left);
            for (index, cell) in cells.into_iter().enumerate() {
                let (shown, rows) = match side {
                    Some(_) if index == 0 && number == 1 => continue,
                    Some(side) if index == 0 => (side, 2),
                    _ => (cell, cell.rows),
                };
                let text = printed(&shown.text);
                all.push((cell.left.into(), cell.right.into(), rows, text));
            }
        }
    }
    all
}

fn cells_in(seen: &Seen) -> Cells {
    let mut all = Cells::new();
    for table in &seen.tables {
        let mut cells: Vec<_> = table.cells.iter().collect();
        cells.sort_by_key(|cell| (cell.2, cell.0));
        all.extend(
            cells
                .into_iter()
                .map(|(left, right, _, rows, text)| (*left, *right, *rows, text.clone())),
        );
    }
    all
}

#[test]
fn every_cell_of_every_form_is_where_it_is_on_paper() {
    let forms = forms();
    let sheets: Vec<FormSheet> = forms
        .iter()
        .map(|(_, project, edition)| FormSheet::new(project, edition))
        .collect();
    let documents: Vec<_> = sheets
        .iter()
        .map(|sheet| official([sheet.clone()]))
        .collect();
    for ((sheet, seen), (name, ..)) in sheets.iter().zip(seen(&documents)).zip(&forms) {
        assert_eq!(cells_in(&seen), cells_of(sheet), "{name}");
        let lines = sheet.blocks.iter().filter(|block| !is_table(block));
        let lines = lines
            .flat_map(|block| &block.rows)
            .flat_map(|row| &row.cells);
        let lines: Vec<String> = lines.map(|cell| printed(&cell.text)).collect();
        let paragraphs: Vec<String> = seen.paragraphs.iter().map(|one| one.1.clone()).collect();
        assert_eq!(paragraphs, lines, "{name}");
        assert!(seen.comments.is_empty(), "{name}");

        let (orientation, width, height, text_width, restarts) = &seen.sections[0];
        let sides = match sheet.page {
            Orientation::Portrait => ("PORTRAIT", 11906, 16838),
            Orientation::Landscape => ("LANDSCAPE", 16838, 11906),
        };
        assert_eq!((orientation.as_str(), *width, *height), sides, "{name}");
        assert!(restarts, "{name}");
        for table in &seen.tables {
            assert_eq!(
                table.width, *text_width,
                "{name}: tables are as wide as the text"
            );
        }
    }
}

#[test]
fn lists_repeat_their_captions_and_rows_stay_whole() {
    let forms = forms();
    for (name, project, edition) in &forms[..3] {
        let sheet = FormSheet::new(project, edition);
        let [seen] = &seen(&[official([sheet.clone()])])[..] else {
            panic!("{name}: one document");
        };
        let is_list = |rows: usize, header: usize| header > 0 && rows > header + 1;
        let lists = sheet
            .blocks
            .iter()
            .filter(|block| is_list(block.rows.len(), block.header_rows));
        let lists: Vec<(usize, String)> = lists
            .map(|block| {
                let first = block.rows[0]
                    .cells
                    .iter()
                    .find(|cell| !cell.text.is_empty());
                (block.header_rows, first.expect("a caption").text.clone())
            })
            .collect();
        let repeating: Vec<(usize, String)> = seen
            .tables
            .iter()
            .filter(|table| table.header_rows > 0)
            .map(|table| {
                let first = table.cells.iter().find(|cell| !cell.4.is_empty());
                (table.header_rows, first.expect("a caption").4.clone())
            })
            .collect();
        assert_eq!(repeating, lists, "{name}");
        for table in seen.tables.iter().filter(|table| table.header_rows > 0) {
            assert!(table.ruled, "{name}: lists have lines");
            // The longest cell of these lists has some ten lines.
            assert!(table.kept.iter().all(|(whole, _)| *whole), "{name}");
            assert!(
                table.kept[0].1,
                "{name}: captions stay with what they are over"
            );
            let is_free = table.kept.iter().any(|(_, kept)| !kept);
            assert!(is_free, "{name}: pages may end somewhere");
        }
    }
}

#[test]
fn pages_are_numbered_by_form_and_the_file_says_what_it_is() {
    let forms = forms();
    let sheets: Vec<FormSheet> = forms[..2]
        .iter()
        .map(|(_, project, edition)| FormSheet::new(project, edition))
        .collect();
    let one = official([sheets[0].clone()]);
    let two = official(sheets);
    let seen = seen(&[one, two]);
    assert_eq!(seen[0].fields, ["PAGE", "NUMPAGES"]);
    assert_eq!(
        seen[1].fields,
        ["PAGE", "SECTIONPAGES", "PAGE", "SECTIONPAGES"]
    );
    assert_eq!(seen[1].sections.len(), 2);
    assert!(seen[1].title.ends_with("等2个项目"), "{}", seen[1].title);
    assert_eq!(seen[1].author, "绩评");
    // It was 14:32:07 in China.
    assert!(
        seen[1].created.starts_with("2021-03-05T06:32:07"),
        "{}",
        seen[1].created
    );
    assert_eq!(
        seen[0].paragraphs[0].0, "Title",
        "forms show in the outline"
    );
}

/// How often each character occurs, white space left out.
fn characters(texts: impl IntoIterator<Item = String>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in texts
        .into_iter()
        .flat_map(|text| text.chars().collect::<Vec<_>>())
    {
        if !character.is_whitespace() {
            *counts.entry(character).or_default() += 1;
        }
    }
    counts
}

#[test]
fn libre_office_prints_every_text_once() {
    let folder = TempDir::new().expect("a folder");
    let forms = forms();
    let sheets: Vec<FormSheet> = forms
        .iter()
        .map(|(_, project, edition)| FormSheet::new(project, edition))
        .collect();
    let files: Vec<PathBuf> = sheets
        .iter()
        .enumerate()
        .map(|(number, sheet)| {
            let path = folder.path().join(format!("{number}.docx"));
            fs::write(&path, bytes(&official([sheet.clone()]))).expect("is written");
            path
        })
        .collect();
    let files: Vec<&std::path::Path> = files.iter().map(PathBuf::as_path).collect();
    for ((pdf, sheet), (name, ..)) in converted(&files, "pdf", folder.path())
        .iter()
        .zip(&sheets)
        .zip(&forms)
    {
        let pages = readback::drawn_texts_of(&fs::read(pdf).expect("a PDF"));
        let count = pages.len();
        let on_paper = characters(pages);
        let said = characters(sheet.cells().map(|(_, cell)| printed(&cell.text)));
        let captions = sheet
            .blocks
            .iter()
            .flat_map(|block| &block.rows[..block.header_rows]);
        let captions = captions
            .flat_map(|row| &row.cells)
            .map(|cell| cell.text.clone());
        let foot = "第0123456789页共0123456789页".to_owned();
        // What may stand on every page.
        let repeated = characters(captions.chain([foot]));
        for (character, found) in &on_paper {
            let own = said.get(character).copied().unwrap_or_default();
            let most = own + count * repeated.get(character).copied().unwrap_or_default();
            assert!(
                (own..=most).contains(found),
                "{name}: {character:?} is there {found} times, not {own}"
            );
        }
        for (character, own) in &said {
            assert!(
                on_paper.get(character) >= Some(own),
                "{name}: {character:?} is lost"
            );
        }
    }
}
