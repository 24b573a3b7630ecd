//! Word documents (.docx): paragraphs and tables, stacked in one grid.

mod beside;
mod body;
pub(super) mod located;
mod paragraph;
mod source;
pub(super) mod stack;
mod symbol;

use super::{error::ReadError, grid::Content, guard::Package, relations::Relations, watch::Budget};
use located::Located;
use source::Source;
use stack::Stack;

/// Where nearly every program puts the document.
const DOCUMENT: &str = "word/document.xml";

/// Reads a document.
///
/// # Errors
///
/// Broken, or past a limit.
pub fn read(mut package: Package, budget: &mut Budget) -> Result<Content, ReadError> {
    let name = document(&mut package, budget)?;
    let watch = budget.watch();
    let mut stack = Stack::new(budget);
    let mut remarks = Vec::new();
    match package.part(&name)? {
        Some(part) => {
            let mut source = Source::new(part, watch);
            body::read(&mut source, &mut stack)?;
            remarks.extend(source.remarks());
        }
        None => return Err(ReadError::Broken(format!("缺少 {DOCUMENT}"))),
    }
    remarks.extend(beside::remark(&mut package, watch)?);
    let grid = stack.into_grid();
    if grid.cells.is_empty() {
        return Err(ReadError::NoTable);
    }
    Ok(Content {
        grids: vec![grid],
        remarks,
        ..Content::default()
    })
}

/// Where everything stands in the document's part, which begins without a byte order mark.
///
/// # Errors
///
/// As of [`read`].
pub(super) fn locate(part: &str, budget: &mut Budget) -> Result<Located, ReadError> {
    let watch = budget.watch();
    let mut stack = Stack::new(budget);
    let part = Box::new(part.as_bytes());
    body::read(&mut Source::new(part, watch), &mut stack)?;
    Ok(stack.into_located())
}

/// The name of the main part. Some programs call it "document2.xml", and say so in the package's relations.
pub(super) fn document(package: &mut Package, budget: &Budget) -> Result<String, ReadError> {
    if package.has(DOCUMENT) {
        return Ok(DOCUMENT.to_owned());
    }
    let named = Relations::of(package, "", budget)?.first("officeDocument");
    Ok(named.unwrap_or_else(|| DOCUMENT.to_owned()))
}
