//! Everything that the program can show a person, on one page for reading through:
//! `cargo test --test it -- reading` writes `target/window/reading.html` with its pictures beside it.
//!
//! The source is the measure of what has to be there: a dialog or an error without an example fails the test.

mod commands;
mod dialogs;
mod empty;
mod messages;
mod page;
mod rules;
mod screens;
mod source;

use std::{collections::BTreeSet, fs, path::Path};

use page::Chapter;
use source::Source;

/// Every `impl Dialog` of the source is shown.
fn check_dialogs(sources: &[Source], shown: &Chapter) {
    let named = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>();
    let written: BTreeSet<String> = sources
        .iter()
        .flat_map(|source| source.dialogs.iter().cloned())
        .collect();
    let shown: BTreeSet<String> = shown
        .entries
        .iter()
        .filter_map(|entry| Some(entry.source.rsplit_once("::")?.1.to_owned()))
        .collect();
    assert_eq!(
        named(written),
        named(shown),
        "left: dialogs of the source, right: dialogs on the page (tests/it/window/reading/dialogs.rs)"
    );
}

#[test]
fn everything_that_can_be_shown_stands_on_one_page() {
    let sources = source::sources();
    let dialogs = dialogs::chapter();
    check_dialogs(&sources, &dialogs);
    let chapters = [
        dialogs,
        messages::chapter(&sources),
        messages::spoken(&sources),
        rules::chapter(),
        commands::chapter(),
        empty::chapter(),
        messages::remaining(&sources),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/window");
    let page = folder.join("reading.html");
    fs::write(&page, page::html(&chapters)).expect("the page is written");
    let pictures: Vec<&String> = chapters
        .iter()
        .flat_map(|chapter| chapter.entries.iter())
        .filter_map(|entry| entry.picture.as_ref())
        .collect();
    for picture in pictures {
        let is_there = folder.join("reading").join(picture).is_file();
        assert!(is_there, "{picture}");
    }
}
