//! Pages as a PDF: text that can be selected, searched and read aloud.

use memchr::memmem;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::pages::Pages;

/// What a PDF must conform to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Conformance {
    /// PDF 1.7, tagged.
    #[default]
    Tagged,
    /// PDF/UA-1, for people who have forms read aloud to them.
    Accessible,
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有生成 PDF，表中内容没有改动。请把以下信息交给维护人员：{0}。")]
pub struct PdfError(String);

/// Who made it, as a PDF says of itself.
const CREATOR: &str = "绩评";

/// Whether these bytes are a PDF as this program wrote it: one that somebody has signed, filled in or commented since says
/// that it was modified later than it was made.
pub fn is_untouched(pdf: &[u8]) -> bool {
    let value = |name: &str| {
        let (open, close) = (format!("<xmp:{name}>"), format!("</xmp:{name}>"));
        let from = memmem::find(pdf, open.as_bytes())? + open.len();
        let length = memmem::find(&pdf[from..], close.as_bytes())?;
        Some(&pdf[from..from + length])
    };
    value("CreatorTool") == Some(CREATOR.as_bytes())
        && value("CreateDate").is_some_and(|made| value("ModifyDate") == Some(made))
        && memmem::rfind(pdf, b"%%EOF") == memmem::find(pdf, b"%%EOF")
}

impl Pages {
    /// The pages as a PDF.
    ///
    /// # Errors
    ///
    /// The pages do not conform; with [`Conformance::Tagged`] that would be a fault of the program.
    pub fn pdf(&self, conformance: Conformance) -> Result<Vec<u8>, PdfError> {
        let standards: &[PdfStandard] = match conformance {
            Conformance::Tagged => &[],
            Conformance::Accessible => &[PdfStandard::Ua_1],
        };
        let standards = match standards {
            [] => PdfStandards::default(),
            list => {
                PdfStandards::new(list).map_err(|error| PdfError(error.message().to_string()))?
            }
        };
        let options = PdfOptions {
            standards,
            ..self.options()
        };
        written(&self.document, &options)
    }

    /// Some of the pages as a PDF for a printer: one page per side of paper, in this order, without tags, links and outline.
    /// A side is a page, counted from 0, or `None`: blank, and as large as the side before it.
    ///
    /// # Errors
    ///
    /// There is no side at all, or no such page.
    pub fn pdf_of(&self, sides: &[Option<usize>]) -> Result<Vec<u8>, PdfError> {
        let document = self
            .sides(sides)
            .ok_or_else(|| PdfError("没有这些页面".to_owned()))?;
        let options = PdfOptions {
            tagged: false,
            ..self.options()
        };
        written(&document, &options)
    }

    fn options(&self) -> PdfOptions {
        PdfOptions {
            creator: Smart::Custom(Some(CREATOR.to_owned())),
            timestamp: self.timestamp(),
            ..PdfOptions::default()
        }
    }

    fn timestamp(&self) -> Option<Timestamp> {
        /// All of China is eight hours ahead of UTC; in minutes.
        const OFFSET: i32 = 8 * 60;
        let (date, time) = (self.time.date(), self.time.time());
        let number = |part: i8| u8::try_from(part).unwrap_or_default();
        let time = Datetime::from_ymd_hms(
            date.year().into(),
            number(date.month()),
            number(date.day()),
            number(time.hour()),
            number(time.minute()),
            number(time.second()),
        )?;
        Timestamp::new_local(time, OFFSET)
    }
}

fn written(document: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
    typst_pdf::pdf(document, options).map_err(|errors| {
        let errors: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        PdfError(errors.join("；"))
    })
}
