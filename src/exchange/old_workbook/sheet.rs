//! The cells of a sheet of an .xls.

use super::{
    bytes::{error_text, f64_at, index_at, packed, truth_text, u16_at, u32_at},
    globals::{Globals, SheetEntry},
    records::{Length, Record, Records, kind},
};
use crate::exchange::{
    error::ReadError,
    grid::Place,
    watch::Budget,
    workbook::{book::LeftOut, gathered::Gathered},
};

/// Records between two questions whether to go on.
const ASK_EVERY: usize = 1024;

/// Reads a sheet into `gathered`, and says what it holds besides.
pub(super) fn read(
    stream: &[u8],
    entry: &SheetEntry,
    globals: &Globals,
    gathered: &mut Gathered,
    budget: &mut Budget,
) -> Result<LeftOut, ReadError> {
    let mut sheet = Sheet {
        globals,
        gathered,
        budget,
        awaits_text: None,
        left_out: LeftOut::default(),
    };
    let mut depth = 0_usize;
    for (count, record) in Records::from(stream, entry.start).enumerate() {
        if count % ASK_EVERY == 0 {
            sheet.budget.go_on()?;
        }
        // Charts in a sheet have records of cells of their own between a second beginning and its end.
        match record.kind {
            kind::BOF => depth += 1,
            kind::EOF if depth <= 1 => return Ok(sheet.left_out),
            kind::EOF => depth -= 1,
            _ if depth == 1 => sheet.take(&record)?,
            _ => {}
        }
    }
    Err(ReadError::Broken(format!("工作表“{}”不完整", entry.name)))
}

struct Sheet<'s, 'w> {
    globals: &'s Globals,
    gathered: &'s mut Gathered,
    budget: &'s mut Budget<'w>,
    /// The cell of a formula whose text comes in the next STRING, and its format.
    awaits_text: Option<(Place, u16)>,
    left_out: LeftOut,
}

impl Sheet<'_, '_> {
    fn take(&mut self, record: &Record) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::MERGE_CELLS => self.take_merges(data),
            kind::ROW => self.take_row_height(data),
            kind::COL_INFO => self.take_columns(data),
            kind::NOTE => self.left_out.comments = true,
            kind::OBJECT => self.left_out.drawings |= is_drawing(data),
            kind::STRING => {
                if let Some((place, format)) = self.awaits_text.take() {
                    self.take_text(place, format, record, 0)?;
                }
            }
            _ => {
                if let (Some(place), Some(format)) = (place(data), u16_at(data, 4)) {
                    self.take_cell(place, format, record)?;
                }
            }
        }
        Ok(())
    }

    fn take_cell(&mut self, place: Place, format: u16, record: &Record) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::LABEL_SST => self.take_shared(place, format, data),
            kind::LABEL | kind::R_STRING => self.take_text(place, format, record, 6),
            kind::NUMBER => self.take_number(place, format, f64_at(data, 6)),
            kind::RK => self.take_number(place, format, u32_at(data, 6).map(packed)),
            kind::MUL_RK => self.take_row(place, data),
            kind::BOOL_ERR => self.take_truth_or_error(place, data),
            kind::FORMULA => self.take_formula(place, format, data),
            _ => Ok(()),
        }
    }

    fn keep(&mut self, place: Place, text: &str) -> Result<(), ReadError> {
        self.gathered.keep(place, text, self.budget)
    }

    fn take_number(
        &mut self,
        place: Place,
        format: u16,
        number: Option<f64>,
    ) -> Result<(), ReadError> {
        let Some(number) = number else {
            return Ok(());
        };
        let shown = self.globals.formats.float(number, format.into());
        self.gathered.unshown += usize::from(number != 0.0 && shown.trim().is_empty());
        self.keep(place, &shown)
    }

    /// A text of the cell's own.
    fn take_text(
        &mut self,
        place: Place,
        format: u16,
        record: &Record,
        from: usize,
    ) -> Result<(), ReadError> {
        let text = record.reader(from).text(self.globals.script, Length::Word);
        let text = text.ok_or_else(|| without_text(place))?;
        let shown = self.globals.formats.text(&text, format.into());
        self.keep(place, &shown)
    }

    fn take_shared(&mut self, place: Place, format: u16, data: &[u8]) -> Result<(), ReadError> {
        let text = index_at(data, 6).and_then(|index| self.globals.texts.get(index));
        let text = text.ok_or_else(|| without_text(place))?;
        let shown = self.globals.formats.text(text, format.into());
        self.keep(place, &shown)
    }

    /// Numbers side by side, each with its format, in one record; the last column stands at the end.
    fn take_row(&mut self, first: Place, data: &[u8]) -> Result<(), ReadError> {
        let cells = data
            .get(4..data.len().saturating_sub(2))
            .unwrap_or_default();
        for (column, cell) in (first.column..).zip(cells.chunks_exact(6)) {
            let place = Place { column, ..first };
            let format = u16_at(cell, 0).unwrap_or(0);
            self.take_number(place, format, u32_at(cell, 2).map(packed))?;
        }
        Ok(())
    }

    fn take_truth_or_error(&mut self, place: Place, data: &[u8]) -> Result<(), ReadError> {
        match data {
            [_, _, _, _, _, _, code, is_error, ..] if *is_error != 0 => {
                self.keep(place, error_text(*code))
            }
            [_, _, _, _, _, _, value, ..] => self.keep(place, truth_text(*value)),
            _ => Ok(()),
        }
    }

    /// The value that was calculated last.
    fn take_formula(&mut self, place: Place, format: u16, data: &[u8]) -> Result<(), ReadError> {
        self.awaits_text = None;
        match data.get(6..14) {
            Some([0, .., 0xFF, 0xFF]) => {
                self.awaits_text = Some((place, format));
                Ok(())
            }
            Some([1, _, value, .., 0xFF, 0xFF]) => self.keep(place, truth_text(*value)),
            Some([2, _, code, .., 0xFF, 0xFF]) => self.keep(place, error_text(*code)),
            Some([_, .., 0xFF, 0xFF]) => Ok(()),
            _ => self.take_number(place, format, f64_at(data, 6)),
        }
    }

    fn take_row_height(&mut self, data: &[u8]) {
        const HIDDEN: u16 = 0x20;
        let flags = u16_at(data, 12).unwrap_or(0);
        if let (Some(row), true) = (u16_at(data, 0), flags & HIDDEN != 0) {
            self.gathered.hide_row(row.into());
        }
    }

    fn take_columns(&mut self, data: &[u8]) {
        const HIDDEN: u16 = 1;
        let flags = u16_at(data, 8).unwrap_or(0);
        if let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2))
            && flags & HIDDEN != 0
        {
            self.gathered.hide_columns(first.into(), last.into());
        }
    }

    fn take_merges(&mut self, data: &[u8]) {
        for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let number = |at| u32::from(u16_at(range, at).unwrap_or(0));
            let place = |row, column| Place { row, column };
            self.gathered
                .merge(place(number(0), number(4)), place(number(2), number(6)));
        }
    }
}

fn place(data: &[u8]) -> Option<Place> {
    Some(Place {
        row: u16_at(data, 0)?.into(),
        column: u16_at(data, 2)?.into(),
    })
}

fn without_text(place: Place) -> ReadError {
    ReadError::Broken(format!("单元格 {} 的文字缺失", place.name()))
}

/// Whether an object is one that people see: comments are objects too, and so are the arrows of filters and lists.
pub(in crate::exchange) fn is_drawing(data: &[u8]) -> bool {
    const DROP_DOWN: u16 = 0x14;
    const COMMENT: u16 = 0x19;
    u16_at(data, 4).is_some_and(|what| what != DROP_DOWN && what != COMMENT)
}
