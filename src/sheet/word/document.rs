//! What a Word document is made of.

use jiff::civil::DateTime;

use crate::{model::edition::Orientation, sheet::fonts::Face};

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The title in its properties.
    pub title: String,
    /// When it was made, local time.
    pub time: DateTime,
    /// What it is set in; names of fonts that office machines have, never embedded.
    pub face: Face,
    /// How large it is set, and with what margins.
    pub look: Look,
    /// Large pale letters behind the text of every page (草稿).
    pub mark: Option<String>,
    /// Its sections, each beginning on a new page.
    pub sections: Vec<Section>,
}

/// How large a document is set, and with what margins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// As forms are printed: small, with narrow margins.
    #[default]
    Form,
    /// As official letters are: 三号 with wide margins.
    Report,
}

/// Pages that lie the same way and are numbered together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// How the page (A4) lies.
    pub page: Orientation,
    /// Whether its pages are numbered from 1; else on from those before.
    pub restarts: bool,
    /// What stands at the left of every page's foot, the page number then at the right; without it, the page number stands
    /// in the middle.
    pub footer: Option<String>,
    /// From top to bottom.
    pub elements: Vec<Element>,
}

/// Something in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// A heading that shows in the outline, with its level from 1 to 4.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table. One directly behind another touches it, as if the two were one.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// Its texts; '\n' in one is a line break.
    pub runs: Vec<Run>,
    /// How it is set.
    pub style: ParagraphStyle,
    /// What is remarked at it.
    pub remarks: Vec<Remark>,
    /// The place that references lead to, where there are any.
    pub target: Option<Target>,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ParagraphStyle {
    /// Running text, first line set in by two characters.
    #[default]
    Body,
    /// The title of the document or of a form, in the middle; it shows in the outline.
    Title,
    /// In the middle.
    Centred,
    /// From the left, small: notes beneath a table.
    Note,
    /// From the right.
    Right,
}

/// A text in one look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether a person still has to write here: printed with a background that cannot be overlooked.
    pub open: bool,
}

/// A comment in the margin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remark {
    /// Who wrote it.
    pub author: String,
    /// When, local time; `None` where it is not known.
    pub time: Option<DateTime>,
    /// What it says.
    pub text: String,
}

/// A place in the document that a page number can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target(pub usize);

/// A table as wide as the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Relative widths of its columns.
    pub widths: Vec<u32>,
    /// How many rows at its beginning are repeated on every page.
    pub header_rows: usize,
    /// Whether lines are drawn.
    pub ruled: bool,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRow {
    /// The cells that begin in it, by column; a place covered by one above or left has none. What would lie beneath another
    /// cell or beyond the last column is left out.
    pub cells: Vec<TableCell>,
    /// Whether no page may end between this row and the next.
    pub keep_with_next: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableCell {
    /// Its first column.
    pub column: usize,
    /// How many columns it covers; 0 is taken for 1.
    pub columns: usize,
    /// How many rows it covers; 0 is taken for 1.
    pub rows: usize,
    /// Its text; '\n' is a line break.
    pub text: String,
    /// How it is set.
    pub style: CellStyle,
    /// What is remarked at it.
    pub remarks: Vec<Remark>,
    /// The place that references lead to, where there are any.
    pub target: Option<Target>,
    /// The place whose page number is shown; the text stands there until the page is known.
    pub page_of: Option<Target>,
}

/// How the text of a cell is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellStyle {
    /// Where it stands in its width.
    pub align: Align,
    /// Whether it stands at the top; else in the middle of its height.
    pub top: bool,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is set as captions are.
    pub caption: bool,
    /// Whether it is a number: set smaller rather than broken where it is too wide.
    pub number: bool,
    /// Whether it is set smaller than the table's usual text: small print.
    pub small: bool,
    /// How many characters it is set in.
    pub indent: u8,
    /// The side at which no line is drawn.
    pub open: Option<Side>,
}

/// A side of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Above.
    Top,
    /// Beneath.
    Bottom,
}

/// Where text stands in its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// From the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// From the right.
    Right,
}

impl Paragraph {
    /// A paragraph of one text.
    pub fn of(text: impl Into<String>, style: ParagraphStyle) -> Self {
        Self {
            runs: vec![Run::of(text)],
            style,
            ..Self::default()
        }
    }
}

impl Run {
    /// A plain text.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// What a person still has to write, in words: printed in brackets that ask for it.
    pub fn open(what: &str) -> Self {
        Self {
            text: format!("【请填写：{what}】"),
            open: true,
            ..Self::default()
        }
    }
}
