//! Every text of the form stands in the workbook, at its place and over the cells that it spans on paper.

use std::collections::BTreeMap;

use jiping::{
    exchange::grid::{Cell as Read, Grid},
    sheet::table::{Block, Cell, FormSheet, Style},
};
use proptest::prelude::*;

use super::{FORMULAS, Subject, VALUES, read_back};
use crate::sheet::random;

/// A text that the form shows, and the row of the form in which its cell begins.
fn texts(sheet: &FormSheet) -> Vec<(usize, Cell)> {
    let mut before = 0;
    let mut texts = Vec::new();
    for block in &sheet.blocks {
        for (row, content) in block.rows.iter().enumerate() {
            let cells = content.cells.iter();
            let with_text = cells.filter(|cell| !cell.text.trim().is_empty());
            texts.extend(with_text.map(|cell| match corner(block, row, cell) {
                false => (before + row, cell.clone()),
                // To the eye it takes the blank corner above it too.
                true => (before + row - 1, cell.clone().over(cell.rows + 1)),
            }));
        }
        before += block.rows.len();
    }
    texts
}

/// Whether a caption at the side stands below a blank corner.
fn corner(block: &Block, row: usize, cell: &Cell) -> bool {
    let above = row.checked_sub(1).map(|row| &block.rows[row].cells);
    let corner = above.and_then(|cells| cells.first());
    row == block.header_rows
        && cell.style == Style::Span
        && cell.left == 0
        && corner.is_some_and(|corner| corner.text.is_empty() && corner.right == cell.right)
}

/// Fails unless the grid holds the texts of the sheet and no others, each over the cells that it covers.
pub fn assert_same(sheet: &FormSheet, grid: &Grid, name: &str) {
    let mut edges = sheet.edges();
    if edges.len() == 2 {
        edges = vec![0, 250, 500, 1000];
    }
    let column = |edge: u16| edges.binary_search(&edge).expect("an edge") as u32;
    let mut expected = texts(sheet);
    expected.sort_by_key(|(row, cell)| (*row, cell.left));
    let got: Vec<&Read> = grid.cells.iter().collect();
    let words = |cells: Vec<&str>| cells.join("\n--\n");
    assert_eq!(
        words(got.iter().map(|cell| &*cell.text).collect()),
        words(expected.iter().map(|(_, cell)| &*cell.text).collect()),
        "{name}"
    );
    // A row of the form may be several of the workbook: all its cells begin in the first of them.
    let mut first = BTreeMap::new();
    for ((row, _), read) in expected.iter().zip(&got) {
        let begins = *first.entry(*row).or_insert(read.place.row);
        assert_eq!(read.place.row, begins, "{name}: {}", read.text);
    }
    let rows: Vec<u32> = first.values().copied().collect();
    assert!(rows.is_sorted_by(|above, below| above < below), "{name}");
    // What is merged beyond the last text is not read back.
    let last = |end: fn(&Read) -> u32| got.iter().map(|cell| end(cell)).max().unwrap_or(0);
    let width = last(|cell| cell.place.column + 1);
    let height = last(|cell| cell.place.row + 1);
    for ((row, cell), read) in expected.iter().zip(&got) {
        let (left, right) = (column(cell.left), column(cell.right));
        assert_eq!(read.place.column, left, "{name}: {}", cell.text);
        assert_eq!(
            read.columns,
            right.min(width) - left,
            "{name}: {}",
            cell.text
        );
        if let Some(end) = first.get(&(row + cell.rows)) {
            let rows = (*end).min(height) - read.place.row;
            assert_eq!(read.rows, rows, "{name}: {}", cell.text);
        }
    }
}

#[test]
fn filed_and_filled_forms_are_whole() {
    for subject in super::filed().iter().chain(&super::full()) {
        for options in [VALUES, FORMULAS] {
            let content = read_back(&subject.write(options).expect("a workbook"));
            assert_eq!(content.remarks, [""; 0], "{}", subject.name);
            assert_same(&subject.sheet(), &content.grids[0], &subject.name);
        }
    }
}

proptest! {
    #![proptest_config(random::few())]

    #[test]
    fn any_form_is_whole(shape in random::shape()) {
        let (project, edition) = random::build(&shape);
        let subject = Subject::new("any", project, edition.clone());
        let content = read_back(&subject.write(FORMULAS).expect("a workbook"));
        assert_same(&subject.sheet(), &content.grids[0], "any");
    }
}
