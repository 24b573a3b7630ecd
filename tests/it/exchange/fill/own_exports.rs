//! What Jiping exports is filled in like any other form: with the same project nothing changes, and nothing is told.

use std::{path::Path, sync::Arc};

use jiff::civil::{DateTime, date};
use jiping::{
    exchange::{
        child::Within,
        fill::{Filled, Subject, fill},
        watch::Unwatched,
    },
    model::id::CountedIds,
    sheet::{
        booklet::Booklet,
        table::FormSheet,
        word,
        workbook::{WorkbookOptions, workbook},
    },
    store::{editions::EditionShelf, format},
};

const TIME: DateTime = date(2021, 3, 5).at(14, 32, 7, 0);

fn sample(name: &str) -> Subject {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let bytes = std::fs::read(path.join(name)).expect("a sample");
    let document = format::read(&bytes, &mut CountedIds(1))
        .expect("a document")
        .document;
    let shelf = EditionShelf::built_in();
    let project = document.projects.first().expect("a project");
    let project = Arc::clone(project);
    let edition = shelf.for_document(&document).get(&project.edition);
    let edition = edition.expect("its edition").edition;
    Subject { project, edition }
}

fn refilled(name: &str, bytes: &[u8], subject: &Subject) -> Filled {
    fill(
        bytes,
        name,
        std::slice::from_ref(subject),
        &Within,
        &Unwatched,
    )
    .expect("is filled in")
}

#[test]
fn the_same_project_changes_nothing() {
    for name in [
        "shenzhen-2020-filed.jiping",
        "shenzhen-2020-corrected.jiping",
    ] {
        let subject = sample(name);
        let sheet = FormSheet::new(&subject.project, &subject.edition);
        let booklet = Booklet::official([sheet], TIME);
        let excel = workbook(&booklet, &[], WorkbookOptions::default()).expect("a workbook");
        let document = word::form::document(&booklet, &[]).expect("a document");
        let word = word::write(&document).expect("a document");
        for (kind, bytes) in [("表.xlsx", excel), ("表.docx", word)] {
            let filled = refilled(kind, &bytes, &subject);
            assert!(
                filled.remarks.is_empty(),
                "{name} {kind}: {:?}",
                filled.remarks
            );
            assert_eq!(filled.unplaced, [], "{name} {kind}");
            assert_eq!((filled.written, filled.inserted), (0, 0), "{name} {kind}");
        }
    }
}
