//! .xls into .xlsx, since the old format cannot be written back: texts, numbers, merges, widths, heights, fonts, borders,
//! alignment, number formats and print setup are carried over; of formulas what they came to.
//!
//! | module | subject |
//! |---|---|
//! | `looks` | fonts, colours and formats of cells |
//! | `sheet` | the cells of a sheet, its rows and columns |
//! | `page` | how it is printed |
//!
//! Records are walked one by one, and cells counted as they come, blank ones too: what is held is bounded by the limits, so
//! that this needs no process of its own as reading for the first time does.

mod looks;
mod page;
mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::{looks::Looks, page::Printed, sheet::Lost};
use crate::exchange::{
    error::{Excess, ReadError},
    limits,
    old_workbook::{
        globals::{Globals, SheetEntry},
        records::Script,
        stream,
    },
    watch::{Budget, Watch},
};

/// The workbook as .xlsx, and what a person should know of the conversion, one sentence each.
///
/// # Errors
///
/// The file is broken or older than Excel 97, or more than limits allow.
pub fn workbook(old: &[u8], watch: &dyn Watch) -> Result<(Vec<u8>, Vec<String>), ReadError> {
    if old.len() > limits::FILE {
        return Err(ReadError::TooLarge(Excess::File));
    }
    let budget = &mut Budget::new(watch);
    let stream = stream(old)?;
    let globals = Globals::read(&stream, budget)?;
    if !matches!(globals.script, Script::Unicode) {
        let what = "是 Excel 95 或更早的格式，不能转换";
        return Err(ReadError::Broken(what.to_owned()));
    }
    if globals.sheets.len() > limits::SHEETS {
        return Err(ReadError::TooLarge(Excess::Sheets));
    }
    let looks = Looks::read(&stream, &globals, budget)?;
    let printed = Printed::read(&stream, budget)?;
    let mut book = Workbook::new();
    book.set_properties(&properties()?);
    let mut lost = Lost::default();
    let shown = globals.sheets.iter().position(is_shown);
    let mut blanks = limits::CELLS;
    for (at, entry) in globals.sheets.iter().enumerate() {
        if !entry.has_cells {
            lost.charts = true;
            continue;
        }
        let new = book.add_worksheet();
        new.set_name(&entry.name).map_err(|error| failed(&error))?;
        if shown == Some(at) {
            new.set_active(true).set_first_tab(true);
        } else if entry.very_hidden {
            new.set_very_hidden(true);
        } else if entry.hidden && shown.is_some() {
            new.set_hidden(true);
        }
        let source = sheet::Source {
            stream: &stream,
            entry,
            globals: &globals,
            looks: &looks,
        };
        lost |= source.convert(new, &mut blanks, budget)?;
        printed.apply(at, new).map_err(|error| failed(&error))?;
    }
    budget.go_on()?;
    let bytes = book.save_to_buffer().map_err(|error| failed(&error))?;
    Ok((bytes, lost.remarks()))
}

fn is_shown(entry: &SheetEntry) -> bool {
    entry.has_cells && !entry.hidden
}

/// No time of day: the same file comes out each time.
fn properties() -> Result<DocProperties, ReadError> {
    let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| failed(&error))?;
    Ok(DocProperties::new().set_creation_datetime(&date))
}

/// What the writer of .xlsx does not take.
fn failed(error: &XlsxError) -> ReadError {
    ReadError::Broken(match error {
        XlsxError::MergeRangeOverlaps(..) => "合并单元格互相重叠".to_owned(),
        XlsxError::MaxStringLengthExceeded => "有单元格的文字超过 32767 字".to_owned(),
        _ => "内容超出 .xlsx 能表示的范围".to_owned(),
    })
}
