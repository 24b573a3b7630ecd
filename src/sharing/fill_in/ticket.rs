//! What is noted in the hidden sheet of a workbook that was given out: whose it is, where every cell lies, what stood there.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    exchange::grid::Grid,
    model::{
        document::Document,
        id::Id,
        indicator::{Group, Indicator},
        path::{CellPath, Place},
        project::Project,
        sending::Sending,
    },
};

/// The version of what is noted.
const VERSION: u32 = 1;

/// How the last line begins.
const CHECKSUM: &str = "checksum:";

/// What is noted of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    /// What it is.
    pub head: Head,
    /// Its forms, in the order of [`Head::forms`].
    pub forms: Vec<SentForm>,
}

/// What a workbook is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    version: u32,
    /// Under what it is listed.
    pub sending: Id<Sending>,
    /// The document that it comes from.
    pub document: Id<Document>,
    /// When it was made, as "2021-03-05 14:32".
    pub time: String,
    /// To whom it was given.
    pub to: String,
    /// By when it is to be back.
    pub due: String,
    forms: Vec<FormHead>,
}

/// What a form is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormHead {
    /// The project.
    pub project: Id<Project>,
    /// Its name.
    pub name: String,
    /// The id of its edition.
    pub edition: String,
    /// The edition's content hash.
    pub hash: String,
    /// What its worksheet is called.
    pub sheet: String,
    /// Blank rows for new indicators, and the groups that they stand in.
    pub blank: Vec<(Id<Indicator>, Id<Group>)>,
}

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentForm {
    /// What it is.
    pub head: FormHead,
    /// Its rows from top to bottom.
    pub rows: Vec<SentRow>,
}

/// A row as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRow {
    /// The row of the worksheet, from 0.
    pub row: u32,
    /// Its cells from left to right.
    pub cells: Vec<SentCell>,
}

/// A cell as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentCell {
    /// The column of the worksheet, from 0.
    pub column: u32,
    /// The field; `None` for a caption.
    pub at: Option<CellPath>,
    /// Whether it was to be filled in.
    pub is_open: bool,
    /// What was shown.
    pub shown: String,
    /// What the field held, where something else was shown (boxes of a choice, a caption before a name).
    pub held: Option<String>,
}

impl SentCell {
    /// What the field held.
    pub fn stored(&self) -> &str {
        self.held.as_deref().unwrap_or(&self.shown)
    }
}

/// A row in a line of the sheet.
#[derive(Serialize, Deserialize)]
struct Line(usize, u32, Vec<CellLine>);

/// Column, whether it is open, the field, what was shown, what it held.
#[derive(Serialize, Deserialize)]
struct CellLine(u32, bool, Option<CellPath>, String, Option<String>);

/// Why a workbook has no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTicket {
    /// The hidden sheet is gone.
    Missing,
    /// The hidden sheet was changed, or is of a newer program.
    Damaged,
}

impl Head {
    /// The head of a workbook, its forms still to be added.
    pub fn new(sending: &Sending, document: Id<Document>) -> Self {
        Self {
            version: VERSION,
            sending: sending.id,
            document,
            time: sending.time.clone(),
            to: sending.to.clone(),
            due: sending.due.clone(),
            forms: Vec::new(),
        }
    }
}

impl Ticket {
    /// The ticket of these forms.
    pub fn new(mut head: Head, forms: Vec<SentForm>) -> Self {
        head.forms = forms.iter().map(|form| form.head.clone()).collect();
        Self { head, forms }
    }

    /// The lines of the hidden sheet.
    pub fn lines(&self) -> Vec<String> {
        let head = serde_json::to_string(&self.head).unwrap_or_default();
        let rows = self.forms.iter().enumerate().flat_map(|(form, sent)| {
            sent.rows.iter().map(move |row| {
                let cells = row.cells.iter().map(|cell| {
                    CellLine(
                        cell.column,
                        cell.is_open,
                        cell.at.clone(),
                        cell.shown.clone(),
                        cell.held.clone(),
                    )
                });
                let line = Line(form, row.row, cells.collect());
                serde_json::to_string(&line).unwrap_or_default()
            })
        });
        let mut lines: Vec<String> = std::iter::once(head).chain(rows).collect();
        lines.push(format!("{CHECKSUM}{}", checksum(&lines)));
        lines
    }

    /// Reads the hidden sheet.
    ///
    /// # Errors
    ///
    /// There is none, or it was changed.
    pub fn read(sheet: Option<&Grid>) -> Result<Self, NoTicket> {
        let sheet = sheet.ok_or(NoTicket::Missing)?;
        Self::of_lines(lines_of(sheet)).ok_or(NoTicket::Damaged)
    }

    fn of_lines(mut lines: Vec<String>) -> Option<Self> {
        let last = lines.pop()?;
        if last.strip_prefix(CHECKSUM)? != checksum(&lines) {
            return None;
        }
        let (head, rows) = lines.split_first()?;
        let head: Head = serde_json::from_str(head).ok()?;
        if head.version != VERSION {
            return None;
        }
        let mut forms: Vec<SentForm> = head
            .forms
            .iter()
            .map(|head| SentForm {
                head: head.clone(),
                rows: Vec::new(),
            })
            .collect();
        for line in rows {
            let Line(form, row, cells) = serde_json::from_str(line).ok()?;
            let cells = cells.into_iter().map(|cell| {
                let CellLine(column, is_open, at, shown, held) = cell;
                SentCell {
                    column,
                    at,
                    is_open,
                    shown,
                    held,
                }
            });
            let cells = cells.collect();
            forms.get_mut(form)?.rows.push(SentRow { row, cells });
        }
        Some(Self { head, forms })
    }
}

fn checksum(lines: &[String]) -> String {
    let mut hasher = Sha256::new();
    for line in lines {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    let hash: [u8; 32] = hasher.finalize().into();
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The lines of the sheet: the pieces of each row put together.
fn lines_of(sheet: &Grid) -> Vec<String> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    for cell in &sheet.cells {
        match lines.last_mut() {
            Some((row, line)) if *row == cell.place.row => line.push_str(&cell.text),
            _ => lines.push((cell.place.row, cell.text.clone())),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

impl SentForm {
    /// The blank row for new indicators that a field stands in.
    pub fn blank_row(&self, place: &Place) -> Option<(Id<Indicator>, Id<Group>)> {
        let Place::Indicator(row, _) = place else {
            return None;
        };
        let mut blank = self.head.blank.iter();
        blank.find(|(own, _)| own == row).copied()
    }
}
