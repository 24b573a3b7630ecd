//! Bytes of any kind are refused, or become forms. Begin with the corpus: `cargo fuzz run file fuzz/corpus/file tests/exchange/forms`.

#![no_main]

use std::sync::Arc;

use jiping::{
    exchange::{
        child::Within,
        read,
        recognise::{self, File, Wishes},
        watch::Unwatched,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(content) = read::read(bytes, "file", &Within, &Unwatched) {
        let file = File {
            name: "file".into(),
            content: Arc::new(content),
        };
        let shelf = EditionShelf::built_in();
        recognise::recognise(&[file], &shelf, &Wishes::default(), &mut CountedIds(0));
    }
});
