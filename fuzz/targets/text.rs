//! Pasted text becomes forms, whatever it is: `cargo fuzz run text`.

#![no_main]

use std::sync::Arc;

use jiping::{
    exchange::{
        read,
        recognise::{self, File, Wishes},
        watch::Unwatched,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(content) = read::read_pasted(text, &Unwatched) {
        let file = File {
            name: String::new(),
            content: Arc::new(content),
        };
        let shelf = EditionShelf::built_in();
        recognise::recognise(&[file], &shelf, &Wishes::default(), &mut CountedIds(0));
    }
});
