//! What every shipped edition prints, blank and filled in, as a reader sees it: `tests/editions/printed/`, rewritten with
//! UPDATE=1.
//!
//! A line is a row of the table. ↓ tells over how many rows a cell goes, → over how many columns; the columns of each
//! part stand above it, in thousandths of its width. Nothing is said of captions that are printed again on a further page.

use std::fmt::Write as _;

use jiping::{
    model::{
        edition::{Edition, Orientation, ScoredBy},
        project::{Goal, Project},
    },
    sheet::table::{Block, CellAddress},
};

use super::{LaidOut, blank, folder, fs, inspect, names_in};
use crate::{
    cases,
    exchange::any_form::{self, plain},
};

/// A form as offices fill it in, with the notes that stand beneath it.
fn filled(edition: &Edition) -> Project {
    let mut project = any_form::filled(edition, &plain());
    project.stated.footnotes = edition.footnotes.clone();
    if edition.indicators.scored_by == ScoredBy::Group {
        for index in 0..project.goals.len() {
            score_groups(project.goals.get_mut(index).expect("a goal"));
        }
    }
    project
}

/// Puts points where the form has them: in the cells of groups.
fn score_groups(goal: &mut Goal) {
    for section in 0..goal.sections.len() {
        let section = goal.sections.get_mut(section).expect("a section");
        for group in 0..section.groups.len() {
            let group = section.groups.get_mut(group).expect("a group");
            (group.weight, group.score) = ("10".into(), "9.55".into());
            for row in 0..group.indicators.len() {
                let row = group.indicators.get_mut(row).expect("a row");
                (row.weight, row.score) = Default::default();
            }
        }
    }
}

#[test]
fn every_shipped_edition_prints_as_it_did() {
    let mut faults = Vec::new();
    for id in names_in("assets/editions", ".json") {
        let edition = cases::edition(&id);
        for (what, project) in [("empty", blank(&edition)), ("filled", filled(&edition))] {
            let laid_out = LaidOut::new(&project, &edition);
            let name = format!("{id}.{what}.txt");
            inspect::assert_sound(&laid_out, &name);
            if !is_as_published(&name, &told(&laid_out)) {
                faults.push(name);
            }
        }
    }
    assert!(
        faults.is_empty(),
        "print otherwise than tests/editions/printed says (UPDATE=1 writes it anew): {faults:?}"
    );
}

fn is_as_published(name: &str, text: &str) -> bool {
    let path = folder("tests/editions/printed").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).expect("the project can be written");
    }
    fs::read_to_string(path).is_ok_and(|published| published == text)
}

fn told(form: &LaidOut) -> String {
    let lies = match form.sheet.page {
        Orientation::Portrait => "纵向",
        Orientation::Landscape => "横向",
    };
    let mut text = String::new();
    let mut page = None;
    for (number, block) in form.sheet.blocks.iter().enumerate() {
        let edges: Vec<String> = block.edges().iter().map(u16::to_string).collect();
        let columns = format!("〔{}〕\n", edges.join(" "));
        let mut columns = Some(columns).filter(|_| edges.len() > 2);
        for row in 0..block.rows.len() {
            let on = page_of(form, number, row);
            if on.is_some() && on != page {
                page = on;
                let on = on.unwrap_or_default() + 1;
                let count = form.pages.count();
                let _ = writeln!(text, "==== 第{on}页，共{count}页（{lies}） ====");
            }
            text.push_str(&columns.take().unwrap_or_default());
            text.push_str(&row_of(block, row));
        }
    }
    text
}

/// The page on which a row begins.
fn page_of(form: &LaidOut, block: usize, row: usize) -> Option<usize> {
    let cells = 0..form.sheet.blocks[block].rows[row].cells.len();
    let placed = cells.filter_map(|cell| form.pages.placed(0, CellAddress { block, row, cell }));
    placed.filter_map(|cell| Some(cell.pieces.first()?.0)).min()
}

fn row_of(block: &Block, row: usize) -> String {
    let edges = block.edges();
    let cells = block.rows[row].cells.iter().map(|cell| {
        let mut text = cell.text.replace('\n', "⏎");
        let columns = edges
            .iter()
            .filter(|edge| (cell.left + 1..=cell.right).contains(*edge))
            .count();
        if columns > 1 {
            let _ = write!(text, " →{columns}");
        }
        if cell.rows > 1 {
            let _ = write!(text, " ↓{}", cell.rows);
        }
        text
    });
    let cells: Vec<String> = cells.collect();
    format!("{}\n", format!("| {} |", cells.join(" | ")).trim())
}
