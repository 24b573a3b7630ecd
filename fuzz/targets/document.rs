//! The program's own files are read or refused, whatever is in them: `cargo fuzz run document fuzz/corpus/document assets/samples`.

#![no_main]

use jiping::{
    model::id::CountedIds,
    store::{editions::read_edition, format, library, profiles::read_profile},
};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(opened) = format::read(bytes, &mut CountedIds(0)) {
        let again = format::read(&format::write(&opened.document), &mut CountedIds(0));
        assert!(again.is_ok_and(|again| again.document == opened.document));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        let _refused = read_edition("file.json", text);
        let _refused = read_profile("file.json", text);
        let _refused = library::read(text);
    }
});
