//! Workbooks of Excel 97–2003 and 5.0 (.xls) and binary ones (.xlsb), by the texts that their cells show.
//!
//! | module | subject |
//! |---|---|
//! | `compound` | the file system inside of an .xls |
//! | `bytes` | numbers and errors by the bytes they stand in |
//! | `records` | the records of its workbook stream, and texts in them |
//! | `globals` | what holds for the whole workbook |
//! | `sheet` | the cells of a sheet |
//! | `binary` | .xlsb |
//!
//! Both are read here and not by calamine: that tells nothing of a number's format (0.985 instead of 98.5%), so that every
//! record must be walked anyway, and it holds the whole rectangle of every sheet, hidden ones included, before anybody can
//! count. The tests compare the values with calamine's.

mod binary;
pub(super) mod bytes;
mod compound;
pub(super) mod globals;
pub(super) mod records;
mod sheet;

use compound::Compound;
use globals::Globals;
pub(super) use sheet::is_drawing;

use super::{
    error::ReadError,
    grid::Content,
    kind::Kind,
    watch::Budget,
    workbook::{book::Book, gathered::Gathered},
};

/// Reads a workbook.
///
/// # Errors
///
/// Broken, protected, or past a limit.
pub fn read(kind: Kind, bytes: &[u8], budget: &mut Budget) -> Result<Content, ReadError> {
    match kind {
        Kind::OldWorkbook => read_old(bytes, budget),
        Kind::BinaryWorkbook => binary::read(bytes, budget),
        other => Err(ReadError::Unreadable(other)),
    }
}

/// The records of the workbook in an .xls.
///
/// # Errors
///
/// Broken, or it holds none.
pub(super) fn stream(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let file = Compound::open(bytes)?;
    file.stream("Workbook")
        .or_else(|| file.stream("Book"))
        .ok_or_else(without_workbook)
}

fn read_old(bytes: &[u8], budget: &mut Budget) -> Result<Content, ReadError> {
    let stream = stream(bytes)?;
    let globals = Globals::read(&stream, budget)?;
    let mut book = Book::default();
    for entry in &globals.sheets {
        if book.wants(&entry.name, entry.hidden, entry.has_cells)? {
            let mut gathered = Gathered::default();
            book.left_out |= sheet::read(&stream, entry, &globals, &mut gathered, budget)?;
            book.add(gathered.into_grid(&entry.name));
        }
    }
    Ok(book.finish())
}

fn without_workbook() -> ReadError {
    ReadError::Broken("里面没有工作簿".to_owned())
}
