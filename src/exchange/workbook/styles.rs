//! Which number formats the cells of a workbook have.

use super::formats::Formats;
use crate::exchange::{
    error::ReadError,
    guard::Package,
    markup::{Element, Markup, Node},
    watch::Budget,
};

/// Reads the number formats into `formats`; without the part, all numbers are "General".
pub(super) fn read(
    package: &mut Package,
    path: Option<&str>,
    formats: &mut Formats,
    budget: &Budget,
) -> Result<(), ReadError> {
    let Some(part) = package.part(path.unwrap_or("xl/styles.xml"))? else {
        return Ok(());
    };
    let mut markup = Markup::new(part);
    // The same elements stand in other lists too, of styles' parents and of conditional formats.
    let mut list = String::new();
    while let Some(node) = markup.next()? {
        budget.go_on()?;
        match node {
            Node::Open(element) => match (list.as_str(), element.name.as_str()) {
                ("", "numFmts" | "cellXfs" | "cellStyleXfs" | "dxfs" | "extLst") => {
                    list = element.name;
                }
                ("numFmts", "numFmt") => {
                    if let (Some(id), Some(code)) = (id(&element), element.get("formatCode")) {
                        formats.add_code(id, code);
                    }
                }
                ("cellXfs", "xf") => formats.add_cell_format(id(&element).unwrap_or(0)),
                _ => {}
            },
            Node::Close(name) if name == list => list.clear(),
            _ => {}
        }
    }
    Ok(())
}

/// The number of a number format.
fn id(element: &Element) -> Option<u32> {
    element.get("numFmtId")?.parse().ok()
}
