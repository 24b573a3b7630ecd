//! The number formats of a workbook, and numbers and texts as its cells show them.

use std::{borrow::Cow, cell::RefCell, collections::BTreeMap};

use super::{
    code,
    format::{Format, built_in},
};

/// Number formats that are kept at most; Excel has some 250.
const FORMATS: usize = 1 << 12;

/// Formats of cells that are kept at most, as many as Excel has.
const CELL_FORMATS: usize = 1 << 16;

/// Number formats by number, and which of them cells have.
#[derive(Default)]
pub(in crate::exchange) struct Formats {
    codes: BTreeMap<u32, String>,
    of_cells: Vec<u32>,
    /// Days are counted from 1904 and not from 1900.
    pub since_1904: bool,
    /// Those that a cell had so far: few are, even where many are listed.
    used: RefCell<BTreeMap<u32, Format>>,
}

impl Formats {
    /// Adds a number format that is written out.
    pub fn add_code(&mut self, id: u32, code: &str) {
        if self.codes.len() < FORMATS {
            let kept = code.chars().take(code::LENGTH).collect();
            self.codes.insert(id, kept);
        }
    }

    /// Adds the next format of cells by the number of its number format.
    pub fn add_cell_format(&mut self, id: u32) {
        if self.of_cells.len() < CELL_FORMATS {
            self.of_cells.push(id);
        }
    }

    /// What a cell with this format shows of a number as XML writes it; what is no number stays as it stands.
    pub fn number(&self, written: &str, cell_format: usize) -> String {
        self.with(cell_format, |format| {
            format.number(written, self.since_1904)
        })
    }

    /// What a cell with this format shows of a number; empty for infinity and the like, which no cell holds.
    pub fn float(&self, number: f64, cell_format: usize) -> String {
        if !number.is_finite() {
            return String::new();
        }
        // The shortest digits that mean this number, as a workbook in XML would have them.
        self.number(&number.to_string(), cell_format)
    }

    /// What a cell with this format shows of a text.
    pub fn text<'t>(&self, text: &'t str, cell_format: usize) -> Cow<'t, str> {
        match self.codes.contains_key(&self.id(cell_format)) {
            true => self.with(cell_format, |format| format.text(text)).into(),
            // The formats that every workbook knows show texts as they are.
            false => text.into(),
        }
    }

    /// Whether cells with this format take all that is typed as text (`@`).
    pub fn is_text(&self, cell_format: usize) -> bool {
        self.code(cell_format) == "@"
    }

    /// The code of the number format of cells with this format.
    pub fn code(&self, cell_format: usize) -> &str {
        let id = self.id(cell_format);
        let own = self.codes.get(&id).map(String::as_str);
        own.or_else(|| built_in(id)).unwrap_or("General")
    }

    fn id(&self, cell_format: usize) -> u32 {
        self.of_cells.get(cell_format).copied().unwrap_or(0)
    }

    fn with(&self, cell_format: usize, show: impl FnOnce(&Format) -> String) -> String {
        let id = self.id(cell_format);
        let parse = || Format::parse(self.code(cell_format));
        show(self.used.borrow_mut().entry(id).or_insert_with(parse))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_numbers_by_their_format_and_texts_too() {
        let mut formats = Formats::default();
        formats.add_code(176, "0.0\"公里\"");
        formats.add_code(177, "@\"（暂定）\"");
        for id in [0, 10, 176, 177] {
            formats.add_cell_format(id);
        }
        let shown: Vec<_> = (0..5).map(|format| formats.float(0.985, format)).collect();
        assert_eq!(shown[..3], ["0.985", "98.50%", "1.0公里"]);
        assert_eq!(shown[4], "0.985", "a format that is not listed");
        assert_eq!(formats.float(0.1 + 0.2, 0), "0.3");
        assert_eq!(formats.float(f64::NAN, 0), "");
        assert_eq!(formats.text("完成", 1), "完成");
        assert_eq!(formats.text("完成", 3), "完成（暂定）");
    }
}
