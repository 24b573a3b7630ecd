//! A project that was printed, read back and recognised is the project again.

use std::{fmt::Write as _, fs, path::Path, sync::Arc};

use jiping::{
    exchange::{
        recognise::{self, File, Fit, Form, FormKind, Recognised, Wishes},
        report::Source,
    },
    model::id::CountedIds,
    store::editions::EditionShelf,
};

use super::{
    forms::differences,
    printed::{PRINTED, Printed},
    shown,
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

/// The built-in editions and those kept for tests.
pub(super) fn shelf() -> EditionShelf {
    let mut shelf = EditionShelf::built_in();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editions");
    for entry in fs::read_dir(folder).expect("tests/editions") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("an edition");
        shelf
            .add_user(&path.display().to_string(), &text)
            .expect("an edition");
    }
    shelf
}

/// What the project says, as if it had been recognised.
pub(super) fn original(printed: &Printed) -> Recognised {
    let form = Form {
        source: Source {
            file: 0,
            grid: 0,
            place: None,
        },
        what: FormKind::SelfEvaluation,
        project: printed.project.clone(),
        edition: Arc::new(printed.edition.clone()),
        fit: Fit::Chosen,
    };
    Recognised {
        forms: vec![form],
        ..Recognised::default()
    }
}

#[test]
fn a_printed_project_comes_back() {
    let shelf = shelf();
    let mut faults = String::new();
    let mut met = [false; OTHERWISE.len()];
    for printed in PRINTED.iter() {
        let file = File {
            name: printed.name.clone(),
            content: Arc::new(printed.content.clone()),
        };
        let (wishes, mut ids) = (Wishes::default(), CountedIds(1 << 20));
        let recognised = recognise::recognise(&[file], &shelf, &wishes, &mut ids);
        let expected = shown::recognised(&original(printed));
        let got = shown::recognised(&recognised);
        let expected: Vec<&str> = expected.lines().collect();
        let got: Vec<&str> = got.lines().collect();
        for line in differences(&expected, &got).lines() {
            let known = OTHERWISE.iter().position(|(document, part, _)| {
                printed.name == format!("{document}.jiping") && line.contains(part)
            });
            match known {
                Some(index) => met[index] = true,
                None => {
                    let _ = writeln!(faults, "{}  {line}", printed.name);
                }
            }
        }
    }
    for ((document, part, why), met) in OTHERWISE.iter().zip(met) {
        if !met {
            let _ = writeln!(faults, "{document}  {part}  no longer ({why})");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
