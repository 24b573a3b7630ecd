//! The review copy: numbers at the cells, what is listed behind the form, several projects in one file.

mod appendices;
mod marks;
mod numbers;
mod options;
mod random;
mod several;

use std::sync::LazyLock;

use jiff::civil::date;
use jiping::{
    model::{edition::Edition, project::Project},
    rules::checker::{ProjectFindings, check_project},
    sheet::{
        booklet::{Booklet, Mark},
        pages::Pages,
        review::{Imprint, ReviewOptions, Reviewed},
        table::{BlockKind, Cell, CellAddress, FormSheet},
    },
};

use super::{
    TIME, TYPESETTER, blank, edition_of, filled, first_project,
    inspect::letters,
    readback::{self, Word},
};
use crate::cases;

/// The height of a page's foot, in points.
const FOOT: f64 = 45.0;

/// A project that is reviewed.
pub(super) struct Subject {
    project: Project,
    edition: Edition,
    findings: ProjectFindings,
}

impl Subject {
    fn new(project: Project, edition: Edition) -> Self {
        let findings = check_project(&project, &edition, date(2021, 3, 1));
        Self {
            project,
            edition,
            findings,
        }
    }

    fn of(path: &str) -> Self {
        let project = first_project(path);
        let edition = edition_of(&project);
        Self::new(project, edition)
    }

    fn form(&self) -> FormSheet {
        FormSheet::new(&self.project, &self.edition)
    }
}

/// A review copy laid out and read back.
pub(super) struct ReviewCopy {
    pub(super) subjects: Vec<Subject>,
    booklet: Booklet,
    pub(super) pages: Pages,
    words: Vec<Word>,
}

pub(super) static FILED: LazyLock<ReviewCopy> = LazyLock::new(|| {
    let filed = Subject::of("assets/samples/shenzhen-2020-filed.jiping");
    ReviewCopy::new(vec![filed])
});

/// An upright form, a blank one, and one on its side that has no scores.
pub(super) static SEVERAL: LazyLock<ReviewCopy> = LazyLock::new(|| {
    let corrected = Subject::of("assets/samples/shenzhen-2020-corrected.jiping");
    let edition = cases::edition("mof-2020");
    let mut project = blank(&edition);
    let name = "乡村道路养护 #1 [甲]";
    project
        .header
        .insert("project_name".to_owned(), name.into());
    let named = Subject::new(project, edition);
    let edition = cases::edition("forestry-2024");
    let flat = filled::filled(&edition, 1, filled::Points::Rows);
    ReviewCopy::new(vec![corrected, named, Subject::new(flat, edition)])
});

fn imprint(mark: Mark) -> Imprint {
    Imprint {
        document: "科协自评表_$x$".to_owned(),
        revision: "3f9ac2e1".to_owned(),
        time: TIME,
        mark,
    }
}

fn booklet(subjects: &[Subject], mark: Mark) -> Booklet {
    booklet_with(subjects, mark, ReviewOptions::default())
}

pub(super) fn booklet_with(subjects: &[Subject], mark: Mark, options: ReviewOptions) -> Booklet {
    let reviewed: Vec<Reviewed> = subjects
        .iter()
        .map(|subject| Reviewed {
            project: &subject.project,
            edition: &subject.edition,
            findings: &subject.findings,
        })
        .collect();
    Booklet::review(&reviewed, &imprint(mark), options)
}

impl ReviewCopy {
    fn new(subjects: Vec<Subject>) -> Self {
        let booklet = booklet(&subjects, Mark::default());
        let pages = TYPESETTER.lay_out(&booklet).expect("lays out");
        let words = readback::words(&pages);
        Self {
            subjects,
            booklet,
            pages,
            words,
        }
    }

    /// The parts in which forms are, one for each subject.
    fn forms(&self) -> Vec<usize> {
        let several = usize::from(self.subjects.len() > 1);
        let parts = self.booklet.parts.iter().enumerate().skip(several);
        let forms: Vec<usize> = parts
            .filter(|(_, part)| part.restarts)
            .map(|(index, _)| index)
            .collect();
        assert_eq!(forms.len(), self.subjects.len());
        forms
    }

    /// What is printed in a cell.
    fn printed(&self, part: usize, address: CellAddress) -> String {
        let placed = self.pages.placed(part, address).expect("is printed");
        let inside = self.words.iter().filter(|word| {
            let x = f64::midpoint(word.left, word.right);
            let y = f64::midpoint(word.top, word.bottom);
            let mut pieces = placed.pieces.iter();
            pieces.any(|(page, rect)| *page == word.page && rect.contains(x, y))
        });
        let texts: Vec<&str> = inside.map(|word| word.text.as_str()).collect();
        letters(&texts.concat())
    }

    /// What is printed in the last column of a table's row.
    fn last_printed(&self, part: usize, row: usize) -> String {
        let sheet = &self.booklet.parts[part].sheet;
        let block = table(sheet);
        let cell = sheet.blocks[block].rows[row].cells.len() - 1;
        self.printed(part, CellAddress { block, row, cell })
    }

    /// What stands at the foot of a page.
    fn foot(&self, page: usize) -> String {
        let (_, height) = self.pages.size(page).expect("a page");
        let mut words: Vec<&Word> = self
            .words
            .iter()
            .filter(|word| word.page == page && word.top > height - FOOT)
            .collect();
        words.sort_by(|one, other| one.left.total_cmp(&other.left));
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        letters(&texts.concat())
    }
}

/// The index of the only ruled block.
fn table(sheet: &FormSheet) -> usize {
    let blocks = sheet.blocks.iter();
    let mut tables = blocks
        .enumerate()
        .filter(|(_, block)| block.kind == BlockKind::Table);
    let (index, _) = tables.next().expect("a table");
    assert!(tables.next().is_none(), "one table");
    index
}

/// The rows of the only ruled block, beneath its captions.
fn rows(sheet: &FormSheet) -> impl Iterator<Item = &[Cell]> {
    let block = &sheet.blocks[table(sheet)];
    let rows = block.rows.iter().skip(block.header_rows);
    rows.map(|row| row.cells.as_slice())
}

/// The text above a table.
fn heading(sheet: &FormSheet) -> String {
    let blocks = sheet.blocks.iter();
    let titles = blocks.filter(|block| block.kind == BlockKind::Title);
    let cells = titles
        .flat_map(|block| &block.rows)
        .flat_map(|row| &row.cells);
    let texts: Vec<&str> = cells.map(|cell| cell.text.as_str()).collect();
    texts.join("\n")
}
