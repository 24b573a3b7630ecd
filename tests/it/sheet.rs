//! The form on paper: the table of cells, the pages, the PDF. What it looks like is not tested, what it says and where is.

mod again;
mod cells;
mod chart;
mod editions;
mod figures;
mod filled;
mod fonts;
mod high_rows;
mod hostile;
mod inspect;
mod last_page;
mod merged;
mod on_paper;
mod pdf;
mod picture;
mod random;
pub mod readback;
mod review;
mod sample;
mod seal;
mod sides;
mod sizes;
mod typed;
mod word;
mod workbook;
mod working_paper;

use std::{fs, path::PathBuf, sync::LazyLock};

use jiff::civil::{DateTime, date};
use jiping::{
    model::{document::Document, edition::Edition, id::CountedIds, project::Project},
    sheet::{
        booklet::Booklet,
        fonts::SystemFonts,
        layout::Typesetter,
        pages::Pages,
        table::{Cell, FormSheet},
    },
    store::format,
};

use crate::cases;

/// When everything here is printed.
const TIME: DateTime = date(2021, 3, 5).at(14, 32, 7, 0);

/// A computer without fonts of its own, so that the tests find the same on every machine.
static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::with_fonts(SystemFonts::from_fn(Vec::new)));

static SAMPLE: LazyLock<LaidOut> = LazyLock::new(|| {
    let project = first_project("assets/samples/shenzhen-2020-filed.jiping");
    LaidOut::new(&project, &edition_of(&project))
});

/// A form and the pages that it becomes.
struct LaidOut {
    sheet: FormSheet,
    pages: Pages,
}

impl LaidOut {
    fn new(project: &Project, edition: &Edition) -> Self {
        Self::of(FormSheet::new(project, edition))
    }

    fn of(sheet: FormSheet) -> Self {
        let booklet = Booklet::official([sheet.clone()], TIME);
        let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
        Self { sheet, pages }
    }

    fn cell(&self, address: jiping::sheet::table::CellAddress) -> &Cell {
        &self.sheet.blocks[address.block].rows[address.row].cells[address.cell]
    }
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn document(path: &str) -> Document {
    let bytes = fs::read(folder(path)).expect("a document");
    let opened = format::read(&bytes, &mut CountedIds(0)).expect("opens");
    opened.document
}

fn first_project(path: &str) -> Project {
    Project::clone(document(path).projects.first().expect("a project"))
}

fn edition_of(project: &Project) -> Edition {
    cases::edition(&project.edition.id)
}

/// The names of the files in a folder of the project that end so, without the ending.
fn names_in(name: &str, ending: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder(name))
        .expect("the folder exists")
        .map(|entry| entry.expect("an entry").file_name())
        .filter_map(|file| Some(file.to_str()?.strip_suffix(ending)?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Shipped and draft editions.
pub static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| {
    let editions: Vec<Edition> = ["assets/editions", "tests/editions"]
        .iter()
        .flat_map(|folder| names_in(folder, ".json"))
        .map(|id| cases::edition(&id))
        .collect();
    assert!(editions.len() >= 10);
    editions
});

fn blank(edition: &Edition) -> Project {
    Project::blank(edition, &mut CountedIds(0))
}

/// Whether the long tests are asked for.
fn is_long() -> bool {
    std::env::var_os("JIPING_LONG_TESTS").is_some()
}

/// The text of the only cell with these words in it.
fn the_cell<'a>(sheet: &'a FormSheet, text: &str) -> &'a Cell {
    let found: Vec<&Cell> = sheet
        .cells()
        .map(|(_, cell)| cell)
        .filter(|cell| cell.text.contains(text))
        .collect();
    assert_eq!(found.len(), 1, "{text} stands in one cell: {found:?}");
    found[0]
}
