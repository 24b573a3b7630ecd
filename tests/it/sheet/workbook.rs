//! The form as a workbook, read back by this program and by others.

mod back;
mod hostile;
mod others;
mod places;
mod review;

use std::io::{Cursor, Read as _};

use jiping::{
    exchange::{child::Within, grid::Content, read, watch::Unwatched},
    model::{edition::Edition, project::Project},
    sheet::{
        booklet::Booklet,
        office::{Behind, OfficeError},
        table::FormSheet,
        workbook::{WorkbookOptions, workbook},
    },
};
use zip::ZipArchive;

use super::{EDITIONS, TIME, edition_of, filled, first_project, names_in};
use crate::cases;

const FORMULAS: WorkbookOptions = WorkbookOptions { formulas: true };
const VALUES: WorkbookOptions = WorkbookOptions { formulas: false };

/// A project and the edition of its form.
struct Subject {
    name: String,
    project: Project,
    edition: Edition,
}

impl Subject {
    fn new(name: impl Into<String>, project: Project, edition: Edition) -> Self {
        Self {
            name: name.into(),
            project,
            edition,
        }
    }

    fn sheet(&self) -> FormSheet {
        FormSheet::new(&self.project, &self.edition)
    }

    fn write(&self, options: WorkbookOptions) -> Result<Vec<u8>, OfficeError> {
        let booklet = Booklet::official([self.sheet()], TIME);
        let behind = Behind {
            project: &self.project,
            edition: &self.edition,
            findings: None,
        };
        workbook(&booklet, &[behind], options)
    }
}

/// The samples, and forms that were really filed.
fn filed() -> Vec<Subject> {
    let folders = ["assets/samples", "tests/forms"].iter();
    let names = folders.flat_map(|folder| {
        let names = names_in(folder, ".jiping").into_iter();
        names.map(move |name| (format!("{folder}/{name}.jiping"), name))
    });
    let subjects = names.map(|(path, name)| {
        let project = first_project(&path);
        let edition = edition_of(&project);
        Subject::new(name, project, edition)
    });
    subjects.collect()
}

/// A plausible form on every edition.
fn clean() -> Vec<Subject> {
    let subjects = EDITIONS.iter().map(|edition| {
        let mut project = cases::clean_project(edition);
        for field in edition
            .header
            .iter()
            .filter(|field| !field.options.is_empty())
        {
            let choice = field.options[0].as_str().into();
            project.header.insert(field.key.clone(), choice);
        }
        Subject::new(&edition.id, project, edition.clone())
    });
    subjects.collect()
}

/// A form on every edition in which every field has a text of its own.
fn full() -> Vec<Subject> {
    let editions = EDITIONS.iter();
    editions
        .map(|edition| {
            let project = filled::filled(edition, 3, filled::Points::Rows);
            Subject::new(&edition.id, project, edition.clone())
        })
        .collect()
}

fn read_back(bytes: &[u8]) -> Content {
    read::read(bytes, "导出.xlsx", &Within, &Unwatched).expect("is read")
}

/// The text of an entry of the package.
pub(super) fn entry(bytes: &[u8], name: &str) -> String {
    let mut package = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    let mut entry = package.by_name(name).expect("an entry");
    entry.read_to_string(&mut text).expect("UTF-8");
    text
}
