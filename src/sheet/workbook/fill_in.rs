//! A workbook that others fill in: everything is locked but the cells that are theirs, which are coloured; a mark beside each
//! row and a sheet that no menu shows say what is what when it comes back.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationErrorStyle, ProtectionOptions, Worksheet, XlsxError,
};

use super::{
    WorkbookOptions, begun, failed,
    look::{self, Look, Looks, Value},
    sheet::Sheet,
    told,
};
use crate::sheet::{
    booklet::Booklet,
    office::OfficeError,
    table::{Cell, CellAddress, Style},
};

/// The most that a cell of the hidden sheet holds, in units of UTF-16; a workbook takes a little more.
const CHUNK: usize = 30_000;

/// What is done with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Treatment {
    /// It is to be read.
    Locked,
    /// It is to be read, and shows the colour of what is to be filled in.
    Legend,
    /// It is to be filled in.
    Open(Prompt),
}

/// What is said of a cell that is to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// The title of the hint; at most 32 characters are shown.
    pub title: String,
    /// The hint; empty for none.
    pub message: String,
    /// What is offered to choose from. Something else may be typed, with a warning.
    pub options: Vec<String>,
    /// Whether long texts are expected.
    pub is_long: bool,
}

/// What is to be filled in, and what is noted about it.
pub struct ToFillIn<'a> {
    /// What is done with a cell of a part (by its index in the booklet).
    pub treatment: &'a dyn Fn(usize, &Cell) -> Treatment,
    /// What stands beside a row of a part, in a hidden column; told by the cells that begin in it, from left to right.
    pub mark: &'a dyn Fn(usize, &[&Cell]) -> Option<String>,
    /// What the hidden sheet is called.
    pub own_sheet: &'a str,
    /// The lines of the hidden sheet, once it is known where cells lie.
    pub note: &'a dyn Fn(&[SheetPlan]) -> Vec<String>,
}

/// Where the cells of a part lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetPlan {
    /// What its worksheet is called.
    pub name: String,
    /// Its cells in reading order, each with the row and column of its upper left corner, from 0.
    pub cells: Vec<(CellAddress, u32, u16)>,
}

/// Where the cells of a booklet's parts lie in its workbook.
///
/// # Errors
///
/// A drawing cannot be made.
pub fn plan(booklet: &Booklet) -> Result<Vec<SheetPlan>, OfficeError> {
    Ok(Sheet::all(booklet, &[])?.iter().map(planned).collect())
}

/// The booklet as the bytes of a workbook to be filled in. All cells are text, so that what is typed stays as it is typed.
/// Sheets are protected without a password: it keeps from mistakes, and whoever must can lift it.
///
/// # Errors
///
/// Why there is no workbook.
pub fn workbook(booklet: &Booklet, to_fill: &ToFillIn<'_>) -> Result<Vec<u8>, OfficeError> {
    let mut workbook = begun(booklet).map_err(failed)?;
    let mut looks = Looks::new(booklet.face);
    let sheets = Sheet::all(booklet, &[])?;
    for (index, sheet) in sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        let treatment = |cell: &Cell| (to_fill.treatment)(index, cell);
        let options = WorkbookOptions::default();
        sheet
            .write(worksheet, &sheets, &mut looks, options, &treatment)
            .and_then(|()| add_prompts(worksheet, sheet, &treatment))
            .and_then(|()| add_marks(worksheet, sheet, &|cells| (to_fill.mark)(index, cells)))
            .map_err(|error| told(error, &sheet.name))?;
        worksheet.protect_with_options(&ProtectionOptions {
            format_rows: true,
            format_columns: true,
            ..ProtectionOptions::default()
        });
    }
    let plans: Vec<SheetPlan> = sheets.iter().map(planned).collect();
    let own = workbook.add_worksheet();
    own.set_name(to_fill.own_sheet).map_err(failed)?;
    own.set_very_hidden(true);
    for (row, line) in (0..).zip((to_fill.note)(&plans)) {
        for (column, piece) in (0..).zip(pieces(&line)) {
            own.write_string(row, column, piece).map_err(failed)?;
        }
    }
    own.protect();
    workbook.save_to_buffer().map_err(failed)
}

fn planned(sheet: &Sheet<'_>) -> SheetPlan {
    let cells = sheet.form().cells().filter_map(|(at, cell)| {
        let area = sheet.plan().area(at, cell)?;
        Some((at, area.row, area.column))
    });
    SheetPlan {
        name: sheet.name.clone(),
        cells: cells.collect(),
    }
}

/// Hints and choices at the cells that are to be filled in.
fn add_prompts(
    worksheet: &mut Worksheet,
    sheet: &Sheet<'_>,
    treatment: &dyn Fn(&Cell) -> Treatment,
) -> Result<(), XlsxError> {
    for (at, cell) in sheet.form().cells() {
        let (Treatment::Open(prompt), Some(area)) = (treatment(cell), sheet.plan().area(at, cell))
        else {
            continue;
        };
        if let Some(validation) = prompt.validation()? {
            worksheet.add_data_validation(
                area.row,
                area.column,
                area.last_row,
                area.last_column,
                &validation,
            )?;
        }
    }
    Ok(())
}

/// Marks beside the rows, in a hidden column behind the form.
fn add_marks(
    worksheet: &mut Worksheet,
    sheet: &Sheet<'_>,
    mark: &dyn Fn(&[&Cell]) -> Option<String>,
) -> Result<(), XlsxError> {
    let column = ColNum::try_from(sheet.plan().widths.len()).unwrap_or(ColNum::MAX);
    let mut rows: BTreeMap<u32, BTreeMap<u16, &Cell>> = BTreeMap::new();
    for (at, cell) in sheet.form().cells() {
        if let Some(area) = sheet.plan().area(at, cell) {
            rows.entry(area.row).or_default().insert(area.column, cell);
        }
    }
    for (row, cells) in rows {
        let cells: Vec<&Cell> = cells.into_values().collect();
        if let Some(mark) = mark(&cells) {
            worksheet.write_string(row, column, mark)?;
        }
    }
    worksheet.set_column_hidden(column)?;
    Ok(())
}

impl Treatment {
    /// What it does to the look of a cell.
    pub(super) fn change(&self, look: &mut Look) {
        match self {
            Self::Locked => {}
            Self::Legend => look.part = look::Part::Shaded,
            Self::Open(prompt) => {
                look.part = look::Part::Open;
                let is_long = prompt.is_long || look.style == Style::Passage;
                // What is typed into a guarded cell stays as it is typed: 98.50% does not become 0.985. Old programs show long
                // texts of such cells as a row of crosses.
                if !is_long {
                    look.value = Value::Guarded;
                }
            }
        }
    }
}

impl Prompt {
    fn validation(&self) -> Result<Option<DataValidation>, XlsxError> {
        /// Units of UTF-16 that a title and a hint may have.
        const TITLE: usize = 32;
        const MESSAGE: usize = 255;
        /// Units of all choices together, commas included.
        const CHOICES: usize = 255;
        let length: usize = self.options.iter().map(|one| units(one) + 1).sum();
        // A comma parts two choices.
        let can_list = length > 0
            && length <= CHOICES
            && !self.options.iter().any(|one| one.contains([',', '"']));
        if self.message.is_empty() && !can_list {
            return Ok(None);
        }
        let mut validation = DataValidation::new().allow_any_value();
        if can_list {
            validation = validation
                .allow_list_strings(&self.options)?
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("不在可选项中")?
                .set_error_message("可以从下拉列表中选。确实要填别的内容，请选“是”。")?;
        }
        if !self.message.is_empty() {
            validation = validation
                .set_input_title(beginning(&self.title, TITLE))?
                .set_input_message(beginning(&self.message, MESSAGE))?;
        }
        Ok(Some(validation))
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of a text as has at most so many units.
fn beginning(text: &str, most: usize) -> &str {
    let mut length = 0;
    let end = text.char_indices().find(|(_, character)| {
        length += character.len_utf16();
        length > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// A line in pieces that cells can hold.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let piece = beginning(rest, CHUNK);
        pieces.push(piece);
        rest = &rest[piece.len()..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let line = "甲😀".repeat(20_000);
        let cut = pieces(&line);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut.concat(), line);
        assert!(cut.iter().all(|piece| units(piece) <= CHUNK));
        assert!(pieces("").is_empty());
    }

    #[test]
    fn choices_that_no_list_can_hold_are_left_out() {
        let prompt = |options: &[&str]| Prompt {
            options: options.iter().map(|one| (*one).to_owned()).collect(),
            ..Prompt::default()
        };
        let has_list = |options: &[&str]| prompt(options).validation().unwrap().is_some();
        assert!(has_list(&["达成", "未达成"]));
        assert!(!has_list(&["达成,或基本达成"]));
        assert!(!has_list(&[&"长".repeat(300)]));
        assert!(!has_list(&[]));
    }
}
