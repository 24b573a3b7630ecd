//! Heights of rows that show all their text. Not every program works them out when it opens a workbook.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use crate::{
    sheet::text::{Advances, line_count},
    summary::table::Column,
};

/// The height of a line, and the room around the lines, in points.
const LINE: f64 = 13.5;
const ROOM: f64 = 4.5;
/// Excel has no higher rows.
const HIGHEST: f64 = 409.0;

/// 宋体: Chinese characters are square, all others half as wide.
struct Typewriter;

impl Advances for Typewriter {
    fn advance(&self, character: char) -> u32 {
        if character.is_ascii() { 50 } else { 100 }
    }
}

/// Makes a row as high as the longest of its texts needs.
pub(super) fn set<'t>(
    sheet: &mut Worksheet,
    row: RowNum,
    texts: impl Iterator<Item = (&'t Column, &'t str)>,
) -> Result<(), XlsxError> {
    let lines = texts.map(|(column, text)| {
        // No text of so few bytes needs a second line.
        if text.len() < usize::from(column.width) && !text.contains('\n') {
            return 1;
        }
        // Lines are reckoned with to end a character before the edge; the column has some room to spare.
        line_count(text, u32::from(column.width) * 100 + 150, &Typewriter)
    });
    let lines = lines.max().unwrap_or(1);
    sheet.set_row_height(row, (f64::from(lines) * LINE + ROOM).min(HIGHEST))?;
    Ok(())
}
