//! What Jiping itself prints is read back: every cell of the form in its order, and nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jiff::civil::date;
use jiping::{
    exchange::{
        grid::{Columns, Content},
        pdf,
        watch::{Budget, Unwatched},
    },
    model::{edition::Edition, id::CountedIds, project::Project},
    sheet::{
        booklet::Booklet,
        fonts::SystemFonts,
        layout::Typesetter,
        pdf::Conformance,
        table::{Block, Cell, FormSheet, Style},
    },
    store::format,
};

use crate::cases;

/// A project, and what is read of its print.
pub(super) struct Printed {
    /// The document's file.
    pub name: String,
    pub project: Project,
    pub edition: Edition,
    pub sheet: FormSheet,
    pub content: Content,
}

/// Every document, printed and read once for all tests.
pub(super) static PRINTED: LazyLock<Vec<Printed>> = LazyLock::new(|| {
    let typesetter = Typesetter::with_fonts(SystemFonts::from_fn(Vec::new));
    let paths = documents();
    paths
        .iter()
        .map(|path| Printed::of(path, &typesetter))
        .collect()
});

impl Printed {
    fn of(path: &Path, typesetter: &Typesetter) -> Self {
        let bytes = fs::read(path).expect("a document");
        let document = format::read(&bytes, &mut CountedIds(0))
            .expect("opens")
            .document;
        let project: &Project = document.projects.first().expect("a project");
        let edition = cases::edition(&project.edition.id);
        let sheet = FormSheet::new(project, &edition);
        let booklet = Booklet::official([sheet.clone()], date(2021, 3, 5).at(14, 32, 7, 0));
        let pages = typesetter.lay_out(&booklet).expect("lays out");
        let pdf = pages.pdf(Conformance::Tagged).expect("a PDF");
        let name = path.file_name().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            project: project.clone(),
            edition,
            sheet,
            content: pdf::read(&pdf, &mut Budget::new(&Unwatched)).expect("is read"),
        }
    }
}

/// The samples and the forms of offices that are kept for tests.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = ["assets/samples", "tests/forms"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("the folder exists"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jiping"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 8, "{paths:?}");
    paths
}

/// Without spaces, line breaks and lines to sign on.
fn solid(text: &str) -> String {
    text.chars()
        .filter(|one| !one.is_whitespace() && !matches!(one, '_' | '\u{200B}'))
        .collect()
}

/// What a block says, cell by cell as the eye sees them: a side caption takes the blank corner above it too.
fn seen(block: &Block) -> Vec<String> {
    let mut cells = Vec::new();
    let mut above: &[Cell] = &[];
    for (number, row) in block.rows.iter().enumerate() {
        for cell in &row.cells {
            let corner = above.iter().any(|corner| {
                corner.text.is_empty() && (corner.left, corner.right) == (cell.left, cell.right)
            });
            let caption = cell.style == Style::Span && corner;
            let first = if caption { number - 1 } else { number };
            cells.push((first, cell.left, solid(&cell.text)));
        }
        above = &row.cells;
    }
    cells.sort();
    let texts = cells.into_iter().map(|(.., text)| text);
    texts.filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_cell_of_a_printed_form_is_read_back() {
    for Printed {
        name,
        sheet,
        content,
        ..
    } in PRINTED.iter()
    {
        let [grid] = &content.grids[..] else {
            panic!("{name}: one grid");
        };
        assert_eq!(grid.columns, Columns::Aligned, "{name}");

        let mut read = grid.cells.iter().map(|cell| solid(&cell.text));
        for block in &sheet.blocks {
            let texts = seen(block);
            if block.kind.is_ruled() {
                for text in texts {
                    assert_eq!(read.next().as_ref(), Some(&text), "{name}");
                }
                continue;
            }
            // Lines outside of the table may be cut into cells otherwise.
            let whole = texts.concat();
            let mut got = String::new();
            while got.len() < whole.len() {
                got += &read.next().unwrap_or_else(|| panic!("{name}: {got}"));
            }
            assert_eq!(got, whole, "{name}");
        }
        assert_eq!(read.next(), None, "{name}: read and not printed");
    }
}
