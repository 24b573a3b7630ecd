//! Lists for others as files: the 整改情况反馈表, the 佐证材料登记表.

use std::{ffi::OsStr, path::Path};

use jiff::civil::DateTime;

use crate::{
    sharing::listing::Listing,
    sheet::{fonts::Face, layout::Typesetter, pdf::Conformance},
};

/// As what a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListForm {
    /// .xlsx
    Workbook,
    /// .docx
    Word,
    /// .pdf
    Pdf,
}

impl ListForm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Workbook, Self::Word, Self::Pdf];

    /// Its ending, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Word => "docx",
            Self::Pdf => "pdf",
        }
    }

    /// What it is called: "Excel".
    pub fn name(self) -> &'static str {
        match self {
            Self::Workbook => "Excel",
            Self::Word => "Word",
            Self::Pdf => "PDF",
        }
    }

    /// The form that a file's name asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension().and_then(OsStr::to_str)?;
        let mut all = Self::ALL.into_iter();
        all.find(|form| ending.eq_ignore_ascii_case(form.ending()))
    }
}

/// The bytes of a list. Typesetting takes its time, so this is called in a job's thread.
///
/// # Errors
///
/// Why there is no file, in words.
pub fn made<'t>(
    listing: &Listing,
    form: ListForm,
    time: DateTime,
    face: Face,
    typesetter: impl FnOnce() -> &'t Typesetter,
) -> Result<Vec<u8>, String> {
    match form {
        ListForm::Workbook => listing
            .workbook(time, face)
            .map_err(|error| error.to_string()),
        ListForm::Word => listing.word(time, face).map_err(|error| error.to_string()),
        ListForm::Pdf => {
            let pages = typesetter().lay_out(&listing.booklet(time, face));
            let pages = pages.map_err(|error| format!("{error}。"))?;
            let pdf = pages.pdf(Conformance::Tagged);
            pdf.map_err(|error| format!("{error}。"))
        }
    }
}
