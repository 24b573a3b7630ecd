//! A project that was printed, read back and recognised is the project again.

use jiping::exchange::recognise::Wishes;

use super::{
    compared::{OF_EVERY_DOCUMENT, Otherwise, changed, recognised},
    printed::{PRINTED, Printed},
};

/// What comes back otherwise beside [`OF_EVERY_DOCUMENT`]: footnotes, which a project states only where they are its own.
const FOOTNOTES: [(&str, &str, &str); 6] = [
    ("06", "读成  注：", NOTES),
    ("12", "读成  注：", NOTES),
    ("19", "读成  注：", NOTES),
    ("31", "读成  注：", NOTES),
    ("32", "读成  注：", NOTES),
    ("37", "读成  注：", NOTES),
];
const NOTES: &str = "the print does not say that its footnotes are the edition's";

#[test]
fn a_printed_project_comes_back() {
    let list = [&OF_EVERY_DOCUMENT[..], &FOOTNOTES[..]].concat();
    let mut otherwise = Otherwise::new(&list);
    for printed in PRINTED.iter() {
        let Printed {
            name,
            project,
            edition,
            content,
            ..
        } = printed;
        let got = recognised(name, content.clone(), &Wishes::default());
        let name = name.trim_end_matches(".jiping");
        otherwise.take(name, changed(project, edition, &got));
    }
    otherwise.check();
}
