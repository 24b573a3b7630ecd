//! The corpus of forms as templates, and what is read from them.

use std::{fmt::Write as _, fs, sync::Arc};

use jiping::{
    exchange::{
        child::Within,
        fill::{Subject, Unplaced},
        grid::Content,
        kind::Kind,
        read,
        recognise::{self, File, Recognised, Wishes},
        watch::Unwatched,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

use super::super::{forms, shown};

/// The files of the corpus that can be filled in, .xls as what they would be after conversion.
pub fn files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let only = std::env::var("JIPING_FORM").ok();
    let names = forms::names().into_iter().filter(move |name| {
        let fits = [".xlsx", ".docx", ".xls"]
            .iter()
            .any(|ending| name.ends_with(ending));
        fits && only.as_ref().is_none_or(|only| name.contains(only))
    });
    names.map(|name| {
        let bytes = fs::read(forms::folder().join(&name)).expect("a file");
        (name, bytes)
    })
}

/// What a template holds, with blank cells where its kind has them.
pub fn content(name: &str, bytes: &[u8]) -> Content {
    let content = match Kind::of(bytes, name) {
        kind @ (Kind::Workbook | Kind::Word) => read::read_template(bytes, kind, &Unwatched),
        _ => read::read(bytes, name, &Within, &Unwatched),
    };
    content.unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn recognised(name: &str, content: &Content) -> Recognised {
    let file = File {
        name: name.to_owned(),
        content: Arc::new(content.clone()),
    };
    let wishes = Wishes::default();
    recognise::recognise(
        &[file],
        &EditionShelf::built_in(),
        &wishes,
        &mut CountedIds(0),
    )
}

pub fn subjects(recognised: &Recognised) -> Vec<Subject> {
    let subject = |form: &recognise::Form| Subject {
        project: Arc::new(form.project.clone()),
        edition: Arc::clone(&form.edition),
    };
    recognised.forms.iter().map(subject).collect()
}

/// How what is read from a file that was filled in differs from what was filled in, with what found no place; empty where
/// there is nothing of either.
pub fn faults(name: &str, with: &Recognised, content: &Content, unplaced: &[Unplaced]) -> String {
    let expected = shown::recognised(with);
    let got = shown::recognised(&recognised(name, content));
    let mut faults = forms::differences(
        &expected.lines().collect::<Vec<_>>(),
        &got.lines().collect::<Vec<_>>(),
    );
    for unplaced in unplaced {
        let _ = writeln!(
            faults,
            "没有位置 {} {}「{}」{}",
            unplaced.place, unplaced.field, unplaced.text, unplaced.why
        );
    }
    if !faults.is_empty() {
        faults.insert_str(0, &format!("######## {name}\n"));
    }
    faults
}
