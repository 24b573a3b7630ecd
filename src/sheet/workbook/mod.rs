//! The form as a workbook (.xlsx): the same cells as on paper, one worksheet for each part of the booklet.
//!
//! | module | subject |
//! |---|---|
//! | `names` | what worksheets are called |
//! | `plan` | where cells lie: columns, and rows high enough for their text |
//! | `look` | fonts, borders, alignment |
//! | `number` | typed text as a number that is shown as typed |
//! | `formula` | sums, rates and scores as formulas |
//! | `sheet` | the cells of a part |
//! | [`fill_in`] | a workbook for others to fill in |
//! | `remarks` | comments of a review copy |
//! | `pictures` | drawings beneath a sheet |
//! | `page` | print set-up |

pub mod fill_in;
mod formula;
mod look;
mod names;
mod number;
mod page;
mod pictures;
mod plan;
mod remarks;
mod sheet;

use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::{fill_in::Treatment, look::Looks, sheet::Sheet};
pub use self::{number::float, page::A4};
use super::{
    booklet::Booklet,
    office::{Behind, OfficeError},
};

/// What is written beside the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkbookOptions {
    /// Sums, the rate and scores as formulas, where the formula gives what the form states: the person's number stands.
    /// Values are written beside them, for programs that do not calculate.
    pub formulas: bool,
}

/// The booklet as the bytes of a workbook. `behind` has an entry for each project of the booklet; a part without one is
/// written as text. The same booklet gives the same bytes.
///
/// Numbers are written as numbers where a number format shows them exactly as typed; everything else is text, whatever sign it
/// begins with. Rows higher than a worksheet's may be become several, over which their cells are merged. Cells that tell a page
/// on paper lead to the worksheet instead.
///
/// # Errors
///
/// Why there is no workbook.
pub fn workbook(
    booklet: &Booklet,
    behind: &[Behind<'_>],
    options: WorkbookOptions,
) -> Result<Vec<u8>, OfficeError> {
    let mut workbook = begun(booklet).map_err(failed)?;
    let mut looks = Looks::new(booklet.face);
    let sheets = Sheet::all(booklet, behind)?;
    for sheet in &sheets {
        let worksheet = workbook.add_worksheet();
        sheet
            .write(worksheet, &sheets, &mut looks, options, &|_| {
                Treatment::Locked
            })
            .map_err(|error| told(error, &sheet.name))?;
    }
    workbook.save_to_buffer().map_err(failed)
}

/// A workbook without sheets, with what the booklet says of itself.
fn begun(booklet: &Booklet) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&booklet.title, booklet.time)?);
    workbook.set_default_format(&look::usual(), look::USUAL_HEIGHT, look::USUAL_WIDTH)?;
    Ok(workbook)
}

fn failed(error: XlsxError) -> OfficeError {
    OfficeError::Failed(error.to_string())
}

/// Title and date of a workbook. Its date is when what stands in it was put together: two runs give the same bytes.
///
/// # Errors
///
/// A date before 1900.
pub fn properties(title: &str, time: DateTime) -> Result<DocProperties, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(time.year()).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(year, part(time.month()), part(time.day()))?.and_hms(
        part(time.hour()).into(),
        part(time.minute()),
        part(time.second()),
    )?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author("绩评")
        .set_creation_datetime(&created))
}

fn told(error: XlsxError, name: &str) -> OfficeError {
    match error {
        XlsxError::RowColumnLimitError => {
            OfficeError::TooLarge(format!("“{name}”的行数超过 1048576 行"))
        }
        XlsxError::MaxStringLengthExceeded => {
            OfficeError::TooLarge(format!("“{name}”有一格的文字超过 32767 字"))
        }
        error => OfficeError::Failed(error.to_string()),
    }
}
