//! A project that went out as a workbook, and through the hands of other programs, and is read back is the project again.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::date;
use jiping::{
    exchange::{
        child::Within,
        fill::{Subject, fill},
        read::read,
        watch::Unwatched,
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        project::Project,
    },
    sheet::{
        booklet::Booklet,
        office::Behind,
        table::FormSheet,
        workbook::{WorkbookOptions, workbook},
    },
    store::format,
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{
    any_form::{filled, plain, typed},
    compared::{Otherwise, changed_cells},
    printed::PRINTED,
};
use crate::{cases, foreign, sheet::EDITIONS};

/// What comes back otherwise: the document, what a line of the difference holds, and why. Each must still be so.
const OTHERWISE: [(&str, &str, &str); 3] = [
    ("shenzhen-2020-corrected", "共用原因", BESIDE),
    ("shenzhen-2020-filed", "目标 Expected", MARKUP),
    ("shenzhen-2020-filed", "目标 Actual", MARKUP),
];
/// A reason of a whole section is printed beside those of its rows that have none of their own.
const BESIDE: &str = "the form does not say which rows a reason is for";
/// Such marks were left in the text that was filed.
const MARKUP: &str = "marks such as <p> are not taken over";

fn written(project: &Project, edition: &Edition, formulas: bool) -> Vec<u8> {
    let time = date(2021, 3, 5).at(14, 32, 7, 0);
    let booklet = Booklet::official([FormSheet::new(project, edition)], time);
    let behind = Behind {
        project,
        edition,
        findings: None,
    };
    workbook(&booklet, &[behind], WorkbookOptions { formulas }).expect("a workbook")
}

/// What tells the project that is read of these bytes from the one that was written.
fn changed(project: &Project, edition: &Edition, name: &str, bytes: &[u8]) -> Vec<String> {
    let content = read(bytes, name, &Within, &Unwatched).expect("is read");
    changed_cells(project, edition, name, content)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_form_of_any_edition_comes_back(
        typed in typed(),
        edition in 0..EDITIONS.len(),
        formulas in any::<bool>(),
    ) {
        let edition = &EDITIONS[edition];
        let project = filled(edition, &typed);
        let bytes = written(&project, edition, formulas);
        let lines = changed(&project, edition, "导出.xlsx", &bytes);
        prop_assert!(lines.is_empty(), "{}\n{}", edition.id, lines.join("\n"));
    }
}

/// The same form of every edition, which [`any_form_of_any_edition_comes_back`] may not have drawn: from a file of our own
/// and from a workbook.
#[test]
fn a_filled_form_of_every_edition_comes_back() {
    for edition in EDITIONS.iter() {
        let project = filled(edition, &plain());
        let mut document = Document::new(Id::from_bits(1));
        document.projects.push(project.clone());
        let bytes = format::write(&document);
        let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
        assert_eq!(opened.document, document, "{}", edition.id);
        let bytes = written(&project, edition, true);
        let lines = changed(&project, edition, "导出.xlsx", &bytes);
        assert!(lines.is_empty(), "{}\n{}", edition.id, lines.join("\n"));
    }
}

/// Forms of offices, and two of every edition at random, the same in every run.
fn subjects() -> Vec<(String, Project, Edition)> {
    let mut runner = TestRunner::deterministic();
    let mut subjects: Vec<(String, Project, Edition)> = PRINTED
        .iter()
        .map(|printed| {
            let name = printed.name.trim_end_matches(".jiping").to_owned();
            (name, printed.project.clone(), printed.edition.clone())
        })
        .collect();
    for edition in EDITIONS.iter() {
        for number in 1..=2 {
            let form = typed().new_tree(&mut runner).expect("a form").current();
            let name = format!("{}-{number}", edition.id);
            subjects.push((name, filled(edition, &form), edition.clone()));
        }
    }
    subjects
}

/// What LibreOffice makes of a workbook is read in the same way, whatever kind of file it writes.
#[test]
fn forms_come_back_through_libre_office() {
    let folder = tempfile::tempdir().expect("a folder");
    let subjects = subjects();
    let paths: Vec<PathBuf> = subjects
        .iter()
        .map(|(name, project, edition)| {
            let path = folder.path().join(name).with_extension("xlsx");
            fs::write(&path, written(project, edition, true)).expect("is written");
            path
        })
        .collect();
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    let mut faults = Vec::new();
    for ending in ["xls", "ods", "xlsx"] {
        let other = tempfile::tempdir().expect("a folder");
        let converted = foreign::converted(&paths, ending, other.path());
        let mut otherwise = Otherwise::new(&OTHERWISE);
        for ((name, project, edition), path) in subjects.iter().zip(converted) {
            let bytes = fs::read(path).expect("is there");
            let file = format!("{name}.{ending}");
            otherwise.take(name, changed(project, edition, &file, &bytes));
        }
        faults.extend(
            otherwise
                .faults()
                .into_iter()
                .map(|fault| format!("{ending}  {fault}")),
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What was ticked on a form is ticked on it again, and the boxes stay, when it is filled in with another choice.
#[test]
fn a_choice_keeps_its_boxes_when_a_form_is_filled_in() {
    let edition = cases::edition("hubei-2019");
    let before = cases::clean_project(&edition);
    let chosen = |number: usize| {
        let mut project = before.clone();
        for field in edition
            .header
            .iter()
            .filter(|field| !field.options.is_empty())
        {
            let option = field.options[number].as_str().into();
            project.header.insert(field.key.clone(), option);
        }
        project
    };
    let template = written(&chosen(0), &edition, false);
    let subject = Subject {
        project: Arc::new(chosen(1)),
        edition: Arc::new(edition.clone()),
    };
    let filled =
        fill(&template, "原表.xlsx", &[subject], &Within, &Unwatched).expect("is filled in");
    let lines = changed(&chosen(1), &edition, "原表.xlsx", &filled.bytes);
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    let content = read(&filled.bytes, "原表.xlsx", &Within, &Unwatched).expect("is read");
    let mut texts = content.grids[0].cells.iter().map(|cell| cell.text.as_str());
    assert!(texts.any(|text| text == "□持续性项目  ■新增性项目"));
}
