//! What a workbook stream says before its sheets: their names and places, the shared texts, number formats, the calendar.

use encoding_rs::Encoding;

use super::{
    bytes::{index_at, u16_at},
    records::{Length, Reader, Record, Records, Script, kind},
};
use crate::exchange::{
    error::ReadError,
    watch::Budget,
    workbook::{formats::Formats, texts::Texts},
};

/// The version of the records since Excel 97.
const BIFF8: u16 = 0x0600;

/// The version of the records of Excel 5 and 95.
const BIFF5: u16 = 0x0500;

/// What holds for the whole workbook.
pub(in crate::exchange) struct Globals {
    pub script: Script,
    pub sheets: Vec<SheetEntry>,
    pub texts: Texts,
    pub formats: Formats,
}

/// A sheet as it is listed.
pub(in crate::exchange) struct SheetEntry {
    pub name: String,
    pub start: usize,
    pub hidden: bool,
    /// Hidden so that no menu shows it again.
    pub very_hidden: bool,
    /// Cells, not a chart or macros.
    pub has_cells: bool,
}

impl Globals {
    /// Reads the records up to the end of the globals.
    pub(in crate::exchange) fn read(stream: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut records = Records::from(stream, 0);
        let opening = records.next().filter(|record| record.kind == kind::BOF);
        let version = opening.and_then(|record| u16_at(record.data, 0));
        let mut globals = Self {
            script: match version {
                Some(BIFF8) => Script::Unicode,
                Some(BIFF5) => Script::CodePage(encoding_rs::GB18030),
                _ => return Err(ReadError::Broken("不是 Excel 5.0 以后的 .xls".to_owned())),
            },
            sheets: Vec::new(),
            texts: Texts::default(),
            formats: Formats::default(),
        };
        for record in records {
            if record.kind == kind::EOF {
                break;
            }
            globals.take(&record, budget)?;
        }
        Ok(globals)
    }

    fn take(&mut self, record: &Record, budget: &Budget) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::FILE_PASS => return Err(ReadError::Protected),
            kind::CODE_PAGE => {
                if let (Script::CodePage(_), Some(page)) = (self.script, u16_at(data, 0)) {
                    self.script = Script::CodePage(code_page(page));
                }
            }
            kind::DATE_MODE => self.formats.since_1904 = u16_at(data, 0) == Some(1),
            kind::FORMAT => self.take_format(record),
            kind::XF => self
                .formats
                .add_cell_format(u16_at(data, 2).unwrap_or(0).into()),
            kind::SST => self.take_texts(record.reader(8), budget)?,
            kind::BOUND_SHEET => self.take_sheet(record),
            _ => {}
        }
        Ok(())
    }

    fn take_texts(&mut self, mut reader: Reader, budget: &Budget) -> Result<(), ReadError> {
        const ASK_EVERY: usize = 4096;
        while !reader.is_at_end() {
            // A text that is cut off is the last; what was read of it stays.
            let whole = self.texts.add(|all| reader.shared_text(all));
            if whole.is_none() {
                break;
            }
            if self.texts.count().is_multiple_of(ASK_EVERY) {
                budget.go_on()?;
            }
        }
        Ok(())
    }

    fn take_format(&mut self, record: &Record) {
        let length = match self.script {
            Script::Unicode => Length::Word,
            Script::CodePage(_) => Length::Byte,
        };
        let code = record.reader(2).text(self.script, length);
        if let (Some(id), Some(code)) = (u16_at(record.data, 0), code) {
            self.formats.add_code(id.into(), &code);
        }
    }

    fn take_sheet(&mut self, record: &Record) {
        const HIDDEN: u8 = 3;
        const VERY_HIDDEN: u8 = 2;
        let start = index_at(record.data, 0);
        let name = record.reader(6).text(self.script, Length::Byte);
        if let (Some(start), [_, _, _, _, state, what, ..]) = (start, record.data) {
            self.sheets.push(SheetEntry {
                name: name.unwrap_or_default(),
                start,
                hidden: state & HIDDEN != 0,
                very_hidden: state & HIDDEN == VERY_HIDDEN,
                has_cells: *what == 0,
            });
        }
    }
}

/// The encoding of a code page of Windows. One that is not known is most likely Chinese here.
fn code_page(page: u16) -> &'static Encoding {
    match page {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 0x8001 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1258 => encoding_rs::WINDOWS_1258,
        _ => encoding_rs::GB18030,
    }
}
