//! The records of a workbook stream, and the texts in them: one of a record may go on in CONTINUE records.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::bytes::u16_at;

/// Record types, by their names in the published specification.
pub(in crate::exchange) mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000A;
    pub const PROTECT: u16 = 0x0012;
    pub const HEADER: u16 = 0x0014;
    pub const FOOTER: u16 = 0x0015;
    pub const NAME: u16 = 0x0018;
    pub const ROW_BREAKS: u16 = 0x001B;
    pub const NOTE: u16 = 0x001C;
    pub const DATE_MODE: u16 = 0x0022;
    pub const LEFT_MARGIN: u16 = 0x0026;
    pub const RIGHT_MARGIN: u16 = 0x0027;
    pub const TOP_MARGIN: u16 = 0x0028;
    pub const BOTTOM_MARGIN: u16 = 0x0029;
    pub const FILE_PASS: u16 = 0x002F;
    pub const FONT: u16 = 0x0031;
    pub const CONTINUE: u16 = 0x003C;
    pub const PANE: u16 = 0x0041;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const OBJECT: u16 = 0x005D;
    pub const COL_INFO: u16 = 0x007D;
    pub const SHEET_SETTINGS: u16 = 0x0081;
    pub const CENTRED_ACROSS: u16 = 0x0083;
    pub const CENTRED_DOWN: u16 = 0x0084;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const PALETTE: u16 = 0x0092;
    pub const PAGE_SETUP: u16 = 0x00A1;
    pub const MUL_RK: u16 = 0x00BD;
    pub const MUL_BLANK: u16 = 0x00BE;
    pub const R_STRING: u16 = 0x00D6;
    pub const XF: u16 = 0x00E0;
    pub const MERGE_CELLS: u16 = 0x00E5;
    pub const SST: u16 = 0x00FC;
    pub const LABEL_SST: u16 = 0x00FD;
    pub const BLANK: u16 = 0x0201;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const DEFAULT_ROW_HEIGHT: u16 = 0x0225;
    pub const WINDOW: u16 = 0x023E;
    pub const RK: u16 = 0x027E;
    pub const FORMAT: u16 = 0x041E;
    pub const BOF: u16 = 0x0809;
}

/// A record: its type, and its data in the parts that it was cut into.
pub(in crate::exchange) struct Record<'s> {
    pub kind: u16,
    pub data: &'s [u8],
    stream: &'s [u8],
    after: usize,
}

/// Walks the records of a stream from a place on; ends where a record is cut off.
pub(in crate::exchange) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    pub(in crate::exchange) fn from(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at }
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (kind, data) = record_at(self.stream, self.at)?;
        self.at += 4 + data.len();
        Some(Record {
            kind,
            data,
            stream: self.stream,
            after: self.at,
        })
    }
}

fn record_at(stream: &[u8], at: usize) -> Option<(u16, &[u8])> {
    let kind = u16_at(stream, at)?;
    let length = usize::from(u16_at(stream, at.checked_add(2)?)?);
    let from = at.checked_add(4)?;
    Some((kind, stream.get(from..from.checked_add(length)?)?))
}

impl<'s> Record<'s> {
    /// Its data from a place on, to be read in order and through its continuations.
    pub(in crate::exchange) fn reader(&self, from: usize) -> Reader<'s> {
        Reader {
            part: self.data.get(from..).unwrap_or_default(),
            stream: self.stream,
            next: self.after,
        }
    }
}

/// Reads a record in order.
pub(in crate::exchange) struct Reader<'s> {
    part: &'s [u8],
    stream: &'s [u8],
    next: usize,
}

/// How texts are kept: in Unicode since Excel 97, in a code page before.
#[derive(Clone, Copy)]
pub(in crate::exchange) enum Script {
    Unicode,
    CodePage(&'static Encoding),
}

/// How long a text's length is.
#[derive(Clone, Copy)]
pub(in crate::exchange) enum Length {
    Byte,
    Word,
}

impl<'s> Reader<'s> {
    /// Goes on to the next CONTINUE record if this one is used up; `false` at the end of all.
    fn refill(&mut self) -> bool {
        while self.part.is_empty() {
            match record_at(self.stream, self.next) {
                Some((kind::CONTINUE, data)) => {
                    self.part = data;
                    self.next += 4 + data.len();
                }
                _ => return false,
            }
        }
        true
    }

    /// Whether nothing is left.
    pub(in crate::exchange) fn is_at_end(&mut self) -> bool {
        !self.refill()
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.refill() {
            return None;
        }
        let (first, rest) = self.part.split_first()?;
        self.part = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn double_word(&mut self) -> Option<u32> {
        Some(u32::from(self.word()?) | u32::from(self.word()?) << 16)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            if !self.refill() {
                return None;
            }
            let step = bytes.min(self.part.len());
            self.part = &self.part[step..];
            bytes -= step;
        }
        Some(())
    }

    /// A text with its length before it; `None` if it is cut off.
    pub(in crate::exchange) fn text(&mut self, script: Script, length: Length) -> Option<String> {
        let units = match length {
            Length::Byte => usize::from(self.byte()?),
            Length::Word => usize::from(self.word()?),
        };
        let mut text = String::new();
        match script {
            Script::Unicode => self.unicode(units, &mut text)?,
            Script::CodePage(encoding) => text.push_str(&self.decoded(units, encoding)?),
        }
        Some(text)
    }

    /// Adds one of the shared texts, which are in Unicode and have a long length; `None` if it is cut off.
    pub(in crate::exchange) fn shared_text(&mut self, text: &mut String) -> Option<()> {
        let units = usize::from(self.word()?);
        self.unicode(units, text)
    }

    fn decoded(&mut self, bytes: usize, encoding: &'static Encoding) -> Option<Cow<'s, str>> {
        self.refill();
        let (text, rest) = self.part.split_at_checked(bytes)?;
        self.part = rest;
        Some(encoding.decode_without_bom_handling(text).0)
    }

    /// Adds a text of so many UTF-16 units to `text`, passing over the runs of format and the phonetics that may come with it.
    fn unicode(&mut self, mut units: usize, text: &mut String) -> Option<()> {
        const PHONETIC: u8 = 4;
        const RICH: u8 = 8;
        let flags = match units {
            // Some writers end an empty text before its flags.
            0 if self.is_at_end() => return Some(()),
            _ => self.byte()?,
        };
        let runs = match flags & RICH {
            0 => 0,
            _ => usize::from(self.word()?),
        };
        let phonetic = match flags & PHONETIC {
            0 => 0,
            _ => usize::try_from(self.double_word()?).ok()?,
        };
        let mut gathered = Vec::new();
        let mut width = width(flags);
        while units > 0 {
            if self.part.is_empty() {
                // A text that goes on in the next record says again how wide its characters are.
                width = self::width(self.byte()?);
            }
            units -= self.some_units(units, width, &mut gathered)?;
        }
        text.extend(
            char::decode_utf16(gathered).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)),
        );
        self.skip(runs * 4)?;
        self.skip(phonetic)
    }

    /// Takes units until the part is used up, and says how many; `None` if half a unit is left.
    fn some_units(&mut self, most: usize, width: usize, gathered: &mut Vec<u16>) -> Option<usize> {
        let count = most.min(self.part.len() / width);
        let (taken, rest) = self.part.split_at_checked(count * width)?;
        self.part = rest;
        match width {
            1 => gathered.extend(taken.iter().copied().map(u16::from)),
            _ => gathered.extend(
                taken
                    .chunks_exact(2)
                    .map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
            ),
        }
        (count > 0 || most == 0).then_some(count)
    }
}

/// Bytes of a character: Latin ones may be kept in one.
fn width(flags: u8) -> usize {
    1 + usize::from(flags & 1)
}
