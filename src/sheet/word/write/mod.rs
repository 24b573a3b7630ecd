//! A document as the bytes of a .docx: WordprocessingML as Word itself writes it, packed without any trace of the machine.

mod body;
mod layout;
mod package;
mod remarks;
mod styles;
mod table;
mod text;
mod xml;

use super::{super::office::OfficeError, document::Document};

/// The bytes of the document. The same document gives the same bytes.
///
/// # Errors
///
/// Why there is none.
pub fn write(document: &Document) -> Result<Vec<u8>, OfficeError> {
    package::packed(&package::parts(document))
        .map_err(|error| OfficeError::Failed(error.to_string()))
}
