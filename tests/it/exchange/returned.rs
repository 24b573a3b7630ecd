//! A project that was printed, read back and recognised is the project again.

use jiping::exchange::recognise::Wishes;

use super::{
    compared::{Otherwise, changed, recognised},
    printed::{PRINTED, Printed},
};

/// What comes back otherwise: the document, what a line of the difference holds, and why. Each must still be so: what comes
/// back as it was is taken off the list.
const OTHERWISE: [(&str, &str, &str); 14] = [
    (
        "shenzhen-2020-corrected",
        "应为    共用原因 产出指标（50分）：",
        BESIDE,
    ),
    (
        "shenzhen-2020-corrected",
        "读成    共用原因 信息安全维护次数、",
        BESIDE,
    ),
    ("shenzhen-2020-filed", "应为    预期：<p>", MARKUP),
    ("shenzhen-2020-filed", "应为    实际：<p>", MARKUP),
    ("shenzhen-2020-filed", "读成    预期：一、", MARKUP),
    ("shenzhen-2020-filed", "读成    实际：一、", MARKUP),
    ("06", "读成  注：", NOTES),
    ("12", "读成  注：", NOTES),
    ("19", "读成  注：", NOTES),
    ("31", "读成  注：", NOTES),
    ("32", "读成  注：", NOTES),
    ("37", "读成  注：", NOTES),
    ("19", "应为  标题：", YEAR),
    ("19", "读成  标题：", YEAR),
];
/// A reason of a whole section is printed beside those of its rows that have none of their own.
const BESIDE: &str = "the print does not say which rows a reason is for";
/// Such marks were left in the text that was filed.
const MARKUP: &str = "marks such as <p> are not printed";
/// A project states its footnotes only where they are its own.
const NOTES: &str = "the print does not say that its footnotes are the edition's";
/// The year stands behind the title, in brackets of half width; it comes back as the project's year.
const YEAR: &str = "the year is no part of the title";

#[test]
fn a_printed_project_comes_back() {
    let mut otherwise = Otherwise::new(&OTHERWISE);
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
