//! What a workbook says of itself.

use crate::exchange::{
    error::ReadError,
    guard::Package,
    markup::{self, Markup, Node},
};

/// The part with title, author and times.
const PART: &str = "docProps/core.xml";

/// When it was last saved ("2021-03-05T14:32:00Z"); empty where it does not say.
///
/// # Errors
///
/// Broken, or past a limit.
pub(super) fn saved(package: &mut Package) -> Result<String, ReadError> {
    let mut saved = String::new();
    let Some(part) = package.part(PART)? else {
        return Ok(saved);
    };
    let mut markup = Markup::new(part);
    let mut is_time = false;
    while let Some(node) = markup.next()? {
        match node {
            Node::Open(element) => is_time = element.name == "modified",
            Node::Close(_) => is_time = false,
            Node::Text(piece) if is_time => markup::append(&mut saved, &piece)?,
            Node::Text(_) => {}
        }
    }
    Ok(saved.trim().to_owned())
}
