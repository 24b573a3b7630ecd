//! What is printed together: forms, and in a review copy all that goes with them.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::DateTime;

use super::{
    fonts::Face,
    table::{CellAddress, FormSheet},
    text,
};

/// Sheets that become one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Booklet {
    /// The title of the file.
    pub title: String,
    /// When it is printed, local time; also the file's own date.
    pub time: DateTime,
    /// The letters in the background; the official print has none.
    pub mark: Option<Mark>,
    /// What stands at the left of every page's foot; `None` on the official print, which has the page number alone.
    pub footer: Option<String>,
    /// What it is printed with.
    pub face: Face,
    /// Whether the rows of a part may stand a little closer than usual where that saves a last page with hardly anything
    /// on it.
    pub saves_pages: bool,
    /// Forms, and in a review copy contents and appendices, in printed order.
    pub parts: Vec<Part>,
    /// Cells that say on which page something is.
    pub references: Vec<Reference>,
}

/// A run of pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What is drawn.
    pub sheet: FormSheet,
    /// Whether its pages are counted from 1; else on from those of the part before.
    pub restarts: bool,
    /// Numbers of findings by the cell that they are about.
    pub chips: BTreeMap<CellAddress, Vec<Chip>>,
    /// Cells that are marked as changed, each with what it said before.
    pub redlines: BTreeMap<CellAddress, Redline>,
    /// Drawings beneath the sheet.
    pub drawings: Vec<Drawing>,
}

/// The text of a changed cell with what it said before: it is drawn on a tint, what went is struck through, what came is
/// underlined. Without runs the text is drawn as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redline {
    /// The text from left to right.
    pub runs: Vec<Run>,
}

/// A run of a changed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Whether it was there before.
    pub tense: Tense,
    /// The run.
    pub text: String,
}

/// When a run of a text was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// Before and after.
    Stays,
    /// Before only.
    Went,
    /// After only.
    Came,
}

/// A drawing as wide as the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The drawing as SVG.
    pub svg: String,
    /// What it says to those who do not see it.
    pub alternative: String,
}

/// The number of a finding, printed at a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chip {
    /// The number, as in the list of findings.
    pub number: usize,
    /// Whether it is printed strongly.
    pub is_error: bool,
}

impl Part {
    /// The sheet by itself, with pages of its own count.
    pub fn alone(sheet: FormSheet) -> Self {
        Self {
            sheet,
            restarts: true,
            chips: BTreeMap::new(),
            redlines: BTreeMap::new(),
            drawings: Vec::new(),
        }
    }
}

/// A cell that says on which page something is. The page is known only once all is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The part the cell is in.
    pub part: usize,
    /// The cell.
    pub cell: CellAddress,
    /// The part that it points to.
    pub to_part: usize,
    /// The cell it points to; `None` for the part as a whole.
    pub to_cell: Option<CellAddress>,
    /// Whether pages are counted through the whole file, not by project.
    pub through: bool,
}

/// How far a copy is on its way. Printed large and pale behind the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// 草稿
    Draft,
    /// 送审稿
    #[default]
    ForReview,
    /// 定稿
    Final,
}

impl Mark {
    /// All marks.
    pub const ALL: [Self; 3] = [Self::Draft, Self::ForReview, Self::Final];

    /// The letters.
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::ForReview => "送审稿",
            Self::Final => "定稿",
        }
    }
}

impl Booklet {
    /// The official print: forms as the bureau wants them, and nothing else.
    pub fn official(sheets: impl IntoIterator<Item = FormSheet>, time: DateTime) -> Self {
        let parts: Vec<Part> = sheets.into_iter().map(Part::alone).collect();
        let sheets: Vec<&FormSheet> = parts.iter().map(|part| &part.sheet).collect();
        Self {
            title: title_of(&sheets),
            time,
            mark: None,
            footer: None,
            face: Face::default(),
            saves_pages: true,
            parts,
            references: Vec::new(),
        }
    }

    /// The parts whose pages are counted together with those of this one.
    pub(super) fn run_of(&self, part: usize) -> Range<usize> {
        let restarts = |index: &usize| self.parts[*index].restarts;
        let first = (0..=part).rev().find(restarts).unwrap_or(0);
        let end = (part + 1..self.parts.len()).find(restarts);
        first..end.unwrap_or(self.parts.len())
    }
}

/// The title of a file with these forms, in one line: what the first says of itself, and whose it is.
pub(super) fn title_of(sheets: &[&FormSheet]) -> String {
    /// Longer titles are cut; they are shown in the bars of windows.
    const LONGEST: usize = 100;
    let Some(first) = sheets.first() else {
        return "项目支出绩效自评表".to_owned();
    };
    let more = match sheets.len() {
        1 => String::new(),
        count => format!("等{count}个项目"),
    };
    let title = format!("{} {}{more}", first.title(), first.name);
    let line = text::lines(&title).join(" ");
    line.chars().take(LONGEST).collect()
}
