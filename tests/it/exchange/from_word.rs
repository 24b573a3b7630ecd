//! A project that went out as a Word document and is read back is the project again.

use jiff::civil::date;
use jiping::{
    exchange::{child::Within, read::read, recognise::Wishes, watch::Unwatched},
    model::{edition::Edition, project::Project},
    sheet::{
        booklet::Booklet,
        table::FormSheet,
        word::{self, form},
    },
};
use proptest::prelude::*;

use super::{
    any_form::{filled, typed},
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
