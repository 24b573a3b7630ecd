//! A sheet of an .xls, record by record, into one of .xlsx.

use std::{collections::BTreeSet, ops::BitOrAssign};

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{failed, looks::Looks};
use crate::exchange::{
    error::{Excess, ReadError},
    old_workbook::{
        bytes::{error_text, f64_at, index_at, packed, u16_at, u32_at},
        globals::{Globals, SheetEntry},
        is_drawing,
        records::{Length, Record, Records, kind},
    },
    watch::Budget,
};

/// Records between two questions whether to go on.
const ASK_EVERY: usize = 1024;

/// What .xlsx does not have of the old workbook after the conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lost {
    pub formulas: bool,
    pub notes: bool,
    pub drawings: bool,
    pub charts: bool,
    pub password: bool,
}

impl BitOrAssign for Lost {
    fn bitor_assign(&mut self, other: Self) {
        self.formulas |= other.formulas;
        self.notes |= other.notes;
        self.drawings |= other.drawings;
        self.charts |= other.charts;
        self.password |= other.password;
    }
}

impl Lost {
    /// In words, one sentence each.
    pub fn remarks(self) -> Vec<String> {
        let formulas = "原表中的公式已转为数值，填写后合计等不会自动计算，请核对。";
        let all = [
            (self.formulas, formulas),
            (self.notes, "原表中的批注没有转换。"),
            (self.drawings, "原表中的图片、图形和控件没有转换。"),
            (self.charts, "原表中的图表工作表没有转换。"),
            (self.password, "工作表保护已保留，但不再需要密码即可撤销。"),
        ];
        all.iter()
            .filter(|(is_lost, _)| *is_lost)
            .map(|(_, words)| (*words).to_owned())
            .collect()
    }
}

/// A sheet to be converted.
pub(super) struct Source<'s> {
    pub stream: &'s [u8],
    pub entry: &'s SheetEntry,
    pub globals: &'s Globals,
    pub looks: &'s Looks,
}

/// The sheet while it is converted.
struct Conversion<'s, 'w> {
    source: &'s Source<'s>,
    new: &'s mut Worksheet,
    budget: &'s mut Budget<'w>,
    /// Blank cells with a format that may still come.
    blanks: &'s mut usize,
    lost: Lost,
    page: Page,
    /// The cell of a formula whose text comes in the next STRING, and its format.
    awaits_text: Option<(Cell, u16)>,
    /// Corners of what is written already, for rows that say their formats after.
    merged: BTreeSet<Cell>,
}

/// Row and column.
type Cell = (u32, u16);

/// How a sheet is printed and shown, in several records.
struct Page {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    header: f64,
    footer: f64,
    fits: bool,
    setup: Option<(u16, u16, u16)>,
    is_frozen: bool,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            left: 0.75,
            right: 0.75,
            top: 1.0,
            bottom: 1.0,
            header: 0.5,
            footer: 0.5,
            fits: false,
            setup: None,
            is_frozen: false,
        }
    }
}

impl Source<'_> {
    /// Converts it, and says what was lost.
    pub fn convert(
        &self,
        new: &mut Worksheet,
        blanks: &mut usize,
        budget: &mut Budget,
    ) -> Result<Lost, ReadError> {
        let mut conversion = Conversion {
            source: self,
            new,
            budget,
            blanks,
            lost: Lost::default(),
            page: Page::default(),
            awaits_text: None,
            merged: BTreeSet::new(),
        };
        // Merged areas come last in the file, but are written before the cells in them.
        conversion.walk(|conversion, record| match record.kind {
            kind::MERGE_CELLS => conversion.merges(record.data),
            _ => Ok(()),
        })?;
        conversion.walk(Conversion::take)?;
        conversion.finish_page();
        Ok(conversion.lost)
    }
}

impl Conversion<'_, '_> {
    fn walk(
        &mut self,
        mut take: impl FnMut(&mut Self, &Record) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut depth = 0_usize;
        let records = Records::from(self.source.stream, self.source.entry.start);
        for (count, record) in records.enumerate() {
            if count % ASK_EVERY == 0 {
                self.budget.go_on()?;
            }
            // Charts in a sheet have records of their own between a second beginning and its end.
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return Ok(()),
                kind::EOF => depth -= 1,
                _ if depth == 1 => take(self, &record)?,
                _ => {}
            }
        }
        let name = &self.source.entry.name;
        Err(ReadError::Broken(format!("工作表“{name}”不完整")))
    }

    fn take(&mut self, record: &Record) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::ROW => self.row(data)?,
            kind::COL_INFO => self.columns(data)?,
            kind::DEFAULT_ROW_HEIGHT => {
                if let Some(height) = u16_at(data, 2).filter(|height| *height > 0) {
                    self.new.set_default_row_height(f64::from(height) / 20.0);
                }
            }
            kind::NOTE => self.lost.notes = true,
            kind::OBJECT => self.lost.drawings |= is_drawing(data),
            kind::PROTECT if u16_at(data, 0) == Some(1) => {
                self.lost.password = true;
                self.new.protect();
            }
            kind::STRING => {
                if let Some((cell, format)) = self.awaits_text.take() {
                    self.text(cell, format, record, 0)?;
                }
            }
            kind::ROW_BREAKS => self.breaks(data)?,
            _ => {
                self.page(record)?;
                if let (Some(row), Some(column), Some(format)) =
                    (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4))
                {
                    self.cell((row.into(), column), format, record)?;
                }
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: Cell, format: u16, record: &Record) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            kind::LABEL_SST => {
                let texts = &self.source.globals.texts;
                let text = index_at(data, 6).and_then(|index| texts.get(index));
                let text = text.unwrap_or_default().to_owned();
                self.put_text(cell, format, &text)
            }
            kind::LABEL | kind::R_STRING => self.text(cell, format, record, 6),
            kind::NUMBER => self.number(cell, format, f64_at(data, 6)),
            kind::RK => self.number(cell, format, u32_at(data, 6).map(packed)),
            kind::MUL_RK => {
                let cells = data.get(4..data.len().saturating_sub(2));
                let cells = cells.unwrap_or_default().chunks_exact(6);
                for (column, one) in (cell.1..).zip(cells) {
                    let format = u16_at(one, 0).unwrap_or(0);
                    self.number((cell.0, column), format, u32_at(one, 2).map(packed))?;
                }
                Ok(())
            }
            kind::BLANK => self.blank(cell, format),
            kind::MUL_BLANK => {
                let cells = data.get(4..data.len().saturating_sub(2));
                let cells = cells.unwrap_or_default().chunks_exact(2);
                for (column, one) in (cell.1..).zip(cells) {
                    self.blank((cell.0, column), u16_at(one, 0).unwrap_or(0))?;
                }
                Ok(())
            }
            kind::BOOL_ERR => self.truth_or_error(cell, format, data),
            kind::FORMULA => self.result(cell, format, data),
            _ => Ok(()),
        }
    }

    /// What a formula came to last.
    fn result(&mut self, cell: Cell, format: u16, data: &[u8]) -> Result<(), ReadError> {
        self.lost.formulas = true;
        self.awaits_text = None;
        match data.get(6..14) {
            Some([0, .., 0xFF, 0xFF]) => {
                self.awaits_text = Some((cell, format));
                Ok(())
            }
            Some([1, _, value, .., 0xFF, 0xFF]) => self.truth(cell, format, *value != 0),
            Some([2, _, code, .., 0xFF, 0xFF]) => self.put_text(cell, format, error_text(*code)),
            Some([_, .., 0xFF, 0xFF]) => self.blank(cell, format),
            _ => self.number(cell, format, f64_at(data, 6)),
        }
    }

    fn truth_or_error(&mut self, cell: Cell, format: u16, data: &[u8]) -> Result<(), ReadError> {
        match data {
            [_, _, _, _, _, _, code, is_error, ..] if *is_error != 0 => {
                self.put_text(cell, format, error_text(*code))
            }
            [_, _, _, _, _, _, value, ..] => self.truth(cell, format, *value != 0),
            _ => Ok(()),
        }
    }

    fn truth(&mut self, cell: Cell, format: u16, value: bool) -> Result<(), ReadError> {
        self.budget.take_cell("")?;
        let format = self.source.looks.format(format);
        let written = self
            .new
            .write_boolean_with_format(cell.0, cell.1, value, format);
        done(written)
    }

    fn number(&mut self, cell: Cell, format: u16, value: Option<f64>) -> Result<(), ReadError> {
        let Some(value) = value.filter(|value| value.is_finite()) else {
            return self.blank(cell, format);
        };
        let formats = &self.source.globals.formats;
        if formats.since_1904 {
            // .xlsx from this writer counts days from 1900 alone: what would show another date becomes what was shown.
            let shown = formats.float(value, format.into());
            if shown.contains(['-', '/', '年', '月', ':']) && !shown.starts_with('-') {
                return self.put_text(cell, format, &shown);
            }
        }
        self.budget.take_cell("")?;
        let format = self.source.looks.format(format);
        done(
            self.new
                .write_number_with_format(cell.0, cell.1, value, format),
        )
    }

    fn text(
        &mut self,
        cell: Cell,
        format: u16,
        record: &Record,
        from: usize,
    ) -> Result<(), ReadError> {
        let script = self.source.globals.script;
        let text = record.reader(from).text(script, Length::Word);
        self.put_text(cell, format, &text.unwrap_or_default())
    }

    fn put_text(&mut self, cell: Cell, format: u16, text: &str) -> Result<(), ReadError> {
        if text.is_empty() {
            return self.blank(cell, format);
        }
        self.budget.take_cell(text)?;
        let format = self.source.looks.format(format);
        done(
            self.new
                .write_string_with_format(cell.0, cell.1, text, format),
        )
    }

    fn blank(&mut self, cell: Cell, format: u16) -> Result<(), ReadError> {
        // Some workbooks have formats down to the last row of all; those far below the form are not missed.
        let Some(left) = self.blanks.checked_sub(1) else {
            return Ok(());
        };
        *self.blanks = left;
        let format = self.source.looks.format(format);
        done(self.new.write_blank(cell.0, cell.1, format))
    }

    fn row(&mut self, data: &[u8]) -> Result<(), ReadError> {
        const HIDDEN: u16 = 0x20;
        const OWN_HEIGHT: u16 = 0x40;
        const OWN_FORMAT: u16 = 0x80;
        let word = |at| u16_at(data, at).unwrap_or(0);
        let (row, flags) = (u32::from(word(0)), word(12));
        if flags & OWN_HEIGHT != 0 && word(6) & 0x8000 == 0 && word(6) > 0 {
            done(self.new.set_row_height(row, f64::from(word(6)) / 20.0))?;
        }
        if flags & OWN_FORMAT != 0 {
            let format = self.source.looks.format(word(14) & 0xFFF);
            done(self.new.set_row_format(row, format))?;
        }
        if flags & HIDDEN != 0 {
            done(self.new.set_row_hidden(row))?;
        }
        Ok(())
    }

    fn columns(&mut self, data: &[u8]) -> Result<(), ReadError> {
        const HIDDEN: u16 = 1;
        const LAST: u16 = 255;
        let word = |at| u16_at(data, at).unwrap_or(0);
        let width = (u32::from(word(4)) * self.source.looks.digit + 128) / 256;
        for column in word(0)..=word(2).min(LAST) {
            done(self.new.set_column_width_pixels(column, width))?;
            let format = self.source.looks.format(word(6));
            done(self.new.set_column_format(column, format))?;
            if word(8) & HIDDEN != 0 {
                done(self.new.set_column_hidden(column))?;
            }
        }
        Ok(())
    }

    fn merges(&mut self, data: &[u8]) -> Result<(), ReadError> {
        for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let word = |at| u16_at(range, at).unwrap_or(0);
            let (first, last) = ((word(0), word(4)), (word(2), word(6)));
            let is_area = first.0 <= last.0 && first.1 <= last.1 && first != last;
            // Every cell of it is written: an area over whole columns would be millions.
            let cells = usize::from(last.0.saturating_sub(first.0)) + 1;
            let cells = cells * (usize::from(last.1.saturating_sub(first.1)) + 1);
            let left = self.blanks.checked_sub(if is_area { cells } else { 0 });
            *self.blanks = left.ok_or(ReadError::TooLarge(Excess::Cells))?;
            if !is_area || !self.merged.insert((first.0.into(), first.1)) {
                continue;
            }
            let plain = self.source.looks.format(0);
            let (upper, lower) = (first.0.into(), last.0.into());
            let merged = self
                .new
                .merge_range(upper, first.1, lower, last.1, "", plain);
            match merged {
                // Where two overlap, which Excel itself never writes, the second counts for nothing.
                Err(XlsxError::MergeRangeOverlaps(..)) => {}
                other => done(other)?,
            }
        }
        Ok(())
    }

    fn breaks(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let breaks = data.get(2..).unwrap_or_default().chunks_exact(6);
        let rows: Vec<u32> = breaks
            .filter_map(|one| u16_at(one, 0).filter(|row| *row > 0))
            .map(u32::from)
            .collect();
        match rows.is_empty() {
            true => Ok(()),
            false => done(self.new.set_page_breaks(&rows)),
        }
    }

    fn page(&mut self, record: &Record) -> Result<(), ReadError> {
        const FITS: u16 = 0x100;
        const FROZEN: u16 = 8;
        const GRID: u16 = 2;
        let data = record.data;
        let script = self.source.globals.script;
        let is_on = |data: &[u8]| u16_at(data, 0) == Some(1);
        let margin = |before| {
            f64_at(data, 0)
                .filter(|inch| (0.0..50.0).contains(inch))
                .unwrap_or(before)
        };
        let words = || {
            record
                .reader(0)
                .text(script, Length::Word)
                .unwrap_or_default()
        };
        let page = &mut self.page;
        match record.kind {
            kind::LEFT_MARGIN => page.left = margin(page.left),
            kind::RIGHT_MARGIN => page.right = margin(page.right),
            kind::TOP_MARGIN => page.top = margin(page.top),
            kind::BOTTOM_MARGIN => page.bottom = margin(page.bottom),
            kind::SHEET_SETTINGS => page.fits = u16_at(data, 0).unwrap_or(0) & FITS != 0,
            kind::PAGE_SETUP => self.setup(data),
            kind::CENTRED_ACROSS => {
                self.new.set_print_center_horizontally(is_on(data));
            }
            kind::CENTRED_DOWN => {
                self.new.set_print_center_vertically(is_on(data));
            }
            kind::HEADER if !data.is_empty() => {
                self.new.set_header(words());
            }
            kind::FOOTER if !data.is_empty() => {
                self.new.set_footer(words());
            }
            kind::WINDOW => {
                let flags = u16_at(data, 0).unwrap_or(0);
                page.is_frozen = flags & FROZEN != 0;
                self.new.set_screen_gridlines(flags & GRID != 0);
            }
            kind::PANE if page.is_frozen => {
                let (columns, rows) = (u16_at(data, 0), u16_at(data, 2));
                if let (Some(columns), Some(rows)) = (columns, rows) {
                    done(self.new.set_freeze_panes(rows.into(), columns))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Paper, scale and direction.
    fn setup(&mut self, data: &[u8]) {
        const PORTRAIT: u16 = 2;
        const UNKNOWN: u16 = 4;
        const NO_DIRECTION: u16 = 0x40;
        let word = |at| u16_at(data, at).unwrap_or(0);
        let flags = word(10);
        let inches = |at, before| {
            f64_at(data, at)
                .filter(|inch| (0.0..50.0).contains(inch))
                .unwrap_or(before)
        };
        self.page.header = inches(16, self.page.header);
        self.page.footer = inches(24, self.page.footer);
        if flags & UNKNOWN == 0 {
            if let Ok(paper) = u8::try_from(word(0)) {
                self.new.set_paper_size(paper);
            }
            if flags & (PORTRAIT | NO_DIRECTION) == 0 {
                self.new.set_landscape();
            }
            self.page.setup = Some((word(2), word(6), word(8)));
        }
    }

    fn finish_page(&mut self) {
        let page = &self.page;
        self.new.set_margins(
            page.left,
            page.right,
            page.top,
            page.bottom,
            page.header,
            page.footer,
        );
        match page.setup {
            Some((_, width, height)) if page.fits => {
                self.new.set_print_fit_to_pages(width, height);
            }
            Some((scale @ 10..=400, _, _)) if scale != 100 => {
                self.new.set_print_scale(scale);
            }
            _ => {}
        }
    }
}

fn done<T>(written: Result<T, XlsxError>) -> Result<(), ReadError> {
    written.map(|_| ()).map_err(|error| failed(&error))
}
