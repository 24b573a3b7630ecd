//! From grids to forms. [`scan`] finds what stands where ([`found`]); then an edition at hand is chosen or a new one is built
//! from the form's own captions, and the form is settled on it as a project.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use self::{choose::Chooser, found::FoundForm, telling::Teller};
use super::{
    grid::{Cell, Content, Grid, Place},
    limits,
    report::{Fate, Report, Source},
};
use crate::{
    edit::block::Block,
    model::{
        edition::{Edition, IndicatorRole},
        id::IdSource,
        project::Project,
    },
    store::editions::EditionShelf,
};

pub(super) mod boxes;
mod build;
pub(super) mod captions;
pub(super) mod choose;
pub(super) mod clean;
pub mod found;
pub(super) mod matching;
mod offered;
pub mod scan;
pub(super) use scan::{is_dash, is_placeholder, is_year_line, with_year};
pub(super) mod settle;
mod telling;

pub use boxes::ticked;

/// A file to be recognised.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, without folder; empty for pasted text.
    pub name: String,
    /// What was read of it.
    pub content: Arc<Content>,
}

/// What a person wants.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The id of the edition to put every form on; else the best fit is found or built.
    pub edition: Option<String>,
    /// Columns that are something else than was found, by the place of their heading.
    pub columns: BTreeMap<Source, ColumnUse>,
    /// Rows that are something else than was found, by the place of their first cell (column 0).
    pub rows: BTreeMap<Source, RowUse>,
}

/// What a column of an indicator or fund table is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnUse {
    /// A column of the indicator table.
    Indicator(IndicatorRole),
    /// A column of the fund table, by its key (see `model::project::fund`), "remark" included.
    Fund(String),
    /// Of no use.
    Ignored,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowUse {
    /// An indicator of the open group.
    Indicator,
    /// An indicator that is part (其中) of the one above.
    Part,
    /// A row whose first text is a second-level caption.
    Group,
    /// A row whose first text is a first-level caption.
    Section,
    /// The total row.
    Total,
    /// A loose paragraph: the reason for the rows of the open section.
    Reason,
    /// A footnote.
    Footnote,
    /// Of no use.
    Ignored,
}

/// What all files hold together.
#[derive(Debug, Clone, Default)]
pub struct Recognised {
    /// The forms, in the order of the files.
    pub forms: Vec<Form>,
    /// Budget or payment tables.
    pub accounts: Vec<AccountTable>,
    /// What became of every cell.
    pub report: Report,
    /// What columns were taken for, by the place of their heading: what can be corrected.
    pub columns: BTreeMap<Source, ColumnUse>,
    /// What rows of indicator tables were taken for, by the place of their first cell (column 0).
    pub rows: BTreeMap<Source, RowUse>,
}

/// A form that was found.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it begins.
    pub source: Source,
    /// What it is.
    pub what: FormKind,
    /// The project as the form states it, with new ids.
    pub project: Project,
    /// The edition it is on.
    pub edition: Arc<Edition>,
    /// Why this edition.
    pub fit: Fit,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// 绩效自评表
    SelfEvaluation,
    /// 绩效运行监控表: how far a project has come at mid-year.
    Monitoring,
    /// 绩效目标申报表 or 批复表: approved values of a project.
    Targets,
}

/// Why a form is on its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Asked for.
    Chosen,
    /// An edition at hand fits, with so many percent of the form's captions.
    Known {
        /// Percent of captions that the edition has too.
        share: u8,
    },
    /// None fits: it was made from the form's own headings.
    Built,
}

/// A budget or payment table that was found.
#[derive(Debug, Clone)]
pub struct AccountTable {
    /// Where it stands.
    pub source: Source,
    /// Its rows with the headings first, the row above them with the unit included.
    pub block: Block,
}

/// Recognises every form and every budget table in the files.
pub fn recognise(
    files: &[File],
    shelf: &EditionShelf,
    wishes: &Wishes,
    ids: &mut dyn IdSource,
) -> Recognised {
    let mut run = Run::new(shelf, wishes, ids);
    for (number, file) in files.iter().enumerate() {
        run.file(number, file);
    }
    run.finish()
}

/// Settles forms that were already found, all in one grid.
pub fn settle_found(
    forms: &[FoundForm],
    shelf: &EditionShelf,
    wishes: &Wishes,
    ids: &mut dyn IdSource,
) -> Recognised {
    let mut run = Run::new(shelf, wishes, ids);
    run.forms(forms, 0, 0);
    run.finish()
}

/// Recognition under way.
struct Run<'a> {
    wishes: &'a Wishes,
    chooser: Chooser<'a>,
    ids: &'a mut dyn IdSource,
    all: Recognised,
}

impl<'a> Run<'a> {
    fn new(shelf: &'a EditionShelf, wishes: &'a Wishes, ids: &'a mut dyn IdSource) -> Self {
        let mut run = Self {
            wishes,
            chooser: Chooser::new(shelf, wishes),
            ids,
            all: Recognised::default(),
        };
        if let Some(id) = run.chooser.lacking() {
            let note = format!("找不到标识为“{id}”的表样，已自动选择表样");
            run.teller(0, 0)
                .of_grid(Fate::Guessed { sure: 50 }, "", note);
        }
        run
    }

    fn teller(&mut self, file: usize, grid: usize) -> Teller<'_> {
        Teller {
            entries: &mut self.all.report.entries,
            file,
            grid,
        }
    }

    fn file(&mut self, number: usize, file: &File) {
        for remark in &file.content.remarks {
            self.teller(number, 0)
                .of_grid(Fate::Guessed { sure: 90 }, "", remark.as_str());
        }
        let before = self.all.forms.len() + self.all.accounts.len();
        for (index, grid) in file.content.grids.iter().enumerate() {
            self.grid(number, index, grid);
        }
        if self.all.forms.len() + self.all.accounts.len() == before {
            let note = "没有找到绩效自评表、绩效目标表或预算数据表，没有导入任何内容";
            self.teller(number, 0)
                .of_grid(Fate::Ignored, &file.name, note);
        }
    }

    fn grid(&mut self, file: usize, index: usize, grid: &Grid) {
        let said = Corrections {
            wishes: self.wishes,
            file,
            grid: index,
        };
        let findings = scan::scan(grid, &said);
        self.forms(&findings.forms, file, index);
        let mut teller = Teller {
            entries: &mut self.all.report.entries,
            file,
            grid: index,
        };
        for rows in &findings.accounts {
            let table = account_table(grid, rows, &teller);
            let count = table.block.rows().len();
            let note = format!("预算或支付数据表，共{count}行，用于填写各项目的资金");
            teller.noted(&Cell::new(rows.start, 0, grid.name.as_str()), note);
            self.all.accounts.push(table);
        }
        for remarked in findings.ignored.iter().take(TOLD) {
            teller.ignored(&remarked.cell, remarked.note.as_str());
        }
        if let Some(more) = findings
            .ignored
            .len()
            .checked_sub(TOLD)
            .filter(|more| *more > 0)
        {
            let note = format!("另有 {more} 格在自评表的范围之外，没有导入");
            teller.of_grid(Fate::Ignored, "", note);
        }
    }

    fn forms(&mut self, forms: &[FoundForm], file: usize, grid: usize) {
        let mut teller = Teller {
            entries: &mut self.all.report.entries,
            file,
            grid,
        };
        for found in forms {
            let (edition, fit) = self.chooser.choose(found);
            offered::columns(found, &edition, &teller, &mut self.all.columns);
            offered::rows(found, &teller, &mut self.all.rows);
            self.all.forms.push(Form {
                source: teller.source(Some(beginning(found))),
                what: found.what,
                project: settle::settle(found, &edition, self.ids, &mut teller),
                edition,
                fit,
            });
        }
    }

    fn finish(mut self) -> Recognised {
        let entries = &mut self.all.report.entries;
        entries.sort_by(|left, right| left.source.cmp(&right.source));
        // What a person said stays to be seen and taken back, whatever became of it.
        let Wishes { columns, rows, .. } = self.wishes;
        self.all.columns.extend(columns.clone());
        self.all.rows.extend(rows.clone());
        self.all
    }
}

/// Where a form begins: its title, else the first of its rows.
fn beginning(found: &FoundForm) -> Place {
    let title = found.title.as_ref().map(|cell| cell.place);
    title.unwrap_or(Place {
        row: found.rows.start,
        column: 0,
    })
}

/// The rows of an account as texts. What covers several places stands in the first of them.
fn account_table(grid: &Grid, rows: &Range<u32>, teller: &Teller) -> AccountTable {
    let place = Place {
        row: rows.start,
        column: 0,
    };
    let texts = rows.clone().map(|row| {
        let mut texts: Vec<String> = Vec::new();
        for cell in grid.row(row) {
            let column = usize::try_from(cell.place.column).unwrap_or(usize::MAX);
            // Columns are bounded by the readers; a wider one is not worth its memory.
            if column < limits::COLUMNS as usize {
                texts.resize(texts.len().max(column), String::new());
                texts.push(clean::line(&cell.text).text);
            }
        }
        texts
    });
    AccountTable {
        source: teller.source(Some(place)),
        block: Block::new(texts.collect()),
    }
}

/// Cells outside of all forms that are told of one by one, for each table; what remains is counted. A list of hundreds of
/// thousands is of no use to anybody.
const TOLD: usize = 200;

/// What a person said of one grid.
struct Corrections<'w> {
    wishes: &'w Wishes,
    file: usize,
    grid: usize,
}

impl Corrections<'_> {
    fn source(&self, place: Place) -> Source {
        Source {
            file: self.file,
            grid: self.grid,
            place: Some(place),
        }
    }
}

impl scan::Said for Corrections<'_> {
    fn column(&self, heading: Place) -> Option<&ColumnUse> {
        self.wishes.columns.get(&self.source(heading))
    }

    fn row(&self, row: u32) -> Option<&RowUse> {
        self.wishes.rows.get(&self.source(Place { row, column: 0 }))
    }
}
