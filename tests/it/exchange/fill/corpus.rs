//! The corpus of forms as templates, and what is read from them.

use std::{fs, sync::Arc};

use jiping::{
    exchange::{
        child::Within,
        fill::Subject,
        grid::Content,
        kind::Kind,
        read,
        recognise::{self, File, Recognised, Wishes},
        watch::Unwatched,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

use super::super::forms;

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
