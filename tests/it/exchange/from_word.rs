//! A project that went out as a Word document and is read back is the project again.

use std::fmt::Write as _;

use jiff::civil::date;
use jiping::{
    exchange::{child::Within, read::read, recognise::Wishes, watch::Unwatched},
    model::{edition::Edition, id::CountedIds, project::Project},
    sheet::{
        booklet::Booklet,
        table::FormSheet,
        word::{self, form},
    },
};
use proptest::prelude::*;

use super::{
    any_form::{filled, plain, typed},
    compared::{OF_EVERY_DOCUMENT, Otherwise, changed, recognised},
    printed::PRINTED,
};
use crate::sheet::EDITIONS;

/// What tells the document that is read back from the project it was written from.
fn changed_by_word(project: &Project, edition: &Edition) -> Vec<String> {
    let time = date(2021, 3, 5).at(14, 32, 7, 0);
    let booklet = Booklet::official([FormSheet::new(project, edition)], time);
    let document = form::document(&booklet, &[]).expect("a document");
    let docx = word::write(&document).expect("is written");
    let content = read(&docx, "自评表.docx", &Within, &Unwatched).expect("is read");
    let got = recognised("自评表.docx", content, &Wishes::default());
    let mut lines = changed(project, edition, &got);
    // A document does not say that its footnotes are the edition's.
    lines.retain(|line| !line.starts_with("读成  注："));
    lines
}

#[test]
fn the_documents_of_offices_come_back() {
    let mut otherwise = Otherwise::new(&OF_EVERY_DOCUMENT);
    for printed in PRINTED.iter() {
        let name = printed.name.trim_end_matches(".jiping");
        otherwise.take(name, changed_by_word(&printed.project, &printed.edition));
    }
    otherwise.check();
}

/// Fails with what came back otherwise on any edition.
fn check_every_edition(form: impl Fn(&Edition) -> Project, comes_back: impl Fn(&str) -> bool) {
    let mut faults = String::new();
    for edition in EDITIONS.iter() {
        let mut lines = changed_by_word(&form(edition), edition);
        lines.retain(|line| comes_back(line));
        if !lines.is_empty() {
            let _ = writeln!(faults, "{}\n{}", edition.id, lines.join("\n"));
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn a_filled_form_of_every_edition_comes_back() {
    check_every_edition(|edition| filled(edition, &plain()), |_| true);
}

#[test]
fn a_blank_form_of_every_edition_comes_back() {
    let blank = |edition: &Edition| {
        let mut project = Project::blank(edition, &mut CountedIds(1 << 30));
        project.stated.footnotes.clear();
        project
    };
    // Of rows and levels without a word nothing can be told.
    let says_something =
        |line: &str| !matches!(line.trim(), "应为" | "应为    一级" | "应为      二级");
    check_every_edition(blank, says_something);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_form_of_any_edition_comes_back(typed in typed(), edition in 0..EDITIONS.len()) {
        let edition = &EDITIONS[edition];
        let project = filled(edition, &typed);
        let lines = changed_by_word(&project, edition);
        prop_assert!(lines.is_empty(), "{}\n{}", edition.id, lines.join("\n"));
    }
}
