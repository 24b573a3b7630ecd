//! Word documents (.docx): the form as an editable table, and reports.
//!
//! A [`document::Document`] is what Word shows: sections, paragraphs, tables. [`form`] makes one of a booklet, [`write()`] its
//! bytes.

pub mod document;
pub mod form;
mod places;
mod remarks;
mod write;

pub use write::write;
