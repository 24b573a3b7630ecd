//! Workbooks (.xlsx, .xlsm), read as a stream, by the texts that their cells show; and what workbooks of all kinds share.
//!
//! | module | subject |
//! |---|---|
//! | `outline` | which sheets there are, and where their parts lie |
//! | `properties` | when it was saved |
//! | `strings`, `styles` | shared texts and number formats, as XML has them |
//! | `sheet`, `reference` | the cells of a sheet, and their places |
//! | `book` | the sheets of a workbook of any kind, and what is told of the rest |
//! | `gathered`, `spans` | the cells and merged areas of a sheet of any kind |
//! | `texts` | shared texts of any kind |
//! | `formats`, `format`, `code`, `number`, `date` | numbers, texts and dates as a number format shows them |

pub(super) mod book;
mod code;
mod date;
pub mod format;
pub(super) mod formats;
pub(super) mod gathered;
mod number;
pub(super) mod outline;
mod properties;
pub(super) mod reference;
mod sheet;
mod spans;
mod strings;
mod styles;
pub(super) mod texts;

use self::{
    book::{Book, LeftOut},
    formats::Formats,
    outline::{Outline, SheetPart},
    sheet::SheetReader,
};
use super::{error::ReadError, grid::Content, guard::Package, watch::Budget};

/// Reads a workbook: the sheets that are not hidden, in their order.
///
/// # Errors
///
/// Broken, or past a limit.
pub fn read(mut package: Package, budget: &mut Budget) -> Result<Content, ReadError> {
    read_parts(&mut package, budget).map(|read| read.content)
}

/// A workbook, and what its grids were made of.
pub(super) struct Read {
    /// The sheets that are not hidden, in their order.
    pub content: Content,
    /// For each grid, which sheet of the outline it is.
    pub sheets: Vec<usize>,
    /// All sheets.
    pub outline: Outline,
    /// How cells show numbers.
    pub formats: Formats,
}

/// Reads a workbook, with what its grids are made of.
///
/// # Errors
///
/// As of [`read`].
pub(super) fn read_parts(package: &mut Package, budget: &mut Budget) -> Result<Read, ReadError> {
    let outline = Outline::read(package, budget)?;
    let mut formats = Formats::default();
    formats.since_1904 = outline.since_1904;
    styles::read(package, outline.styles.as_deref(), &mut formats, budget)?;
    let texts = strings::read(package, outline.strings.as_deref(), budget)?;
    let mut book = Book::default();
    book.left_out = LeftOut::of(package);
    let mut sheets = Vec::new();
    for (at, sheet) in outline.sheets.iter().enumerate() {
        if !book.wants(&sheet.name, sheet.hidden, sheet.has_cells)? {
            continue;
        }
        let reached = 1000 * at / outline.sheets.len();
        budget
            .watch()
            .reached(u32::try_from(reached).unwrap_or(1000));
        let part = package.part(&sheet.path)?.ok_or_else(|| missing(sheet))?;
        let reader = SheetReader {
            name: &sheet.name,
            texts: &texts,
            formats: &formats,
            budget,
        };
        if book.add(reader.read(part)?) {
            sheets.push(at);
        }
    }
    let mut content = book.finish();
    if content.own.sheet.is_some() {
        content.own.saved = properties::saved(package)?;
    }
    Ok(Read {
        content,
        sheets,
        outline,
        formats,
    })
}

fn missing(sheet: &SheetPart) -> ReadError {
    ReadError::Broken(format!("缺少工作表“{}”的内容", sheet.name))
}

/// Whether a switch (`hidden`, `date1904`) is on.
fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}
