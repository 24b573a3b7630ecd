//! What is printed of the sheets of an .xls, and which rows stand on each page: names of the workbook say it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::exchange::{
    error::ReadError,
    old_workbook::{
        bytes::u16_at,
        records::{Records, kind},
    },
    watch::Budget,
};

/// The last row and the last column of an .xls.
const LAST_ROW: u16 = u16::MAX;
const LAST_COLUMN: u16 = 255;

/// What is printed, by the numbers of sheets.
#[derive(Default)]
pub(super) struct Printed {
    areas: Vec<(usize, Area)>,
    /// Rows or columns that stand on each page.
    titles: Vec<(usize, Area)>,
}

/// An area of a sheet.
#[derive(Clone, Copy)]
struct Area {
    rows: (u16, u16),
    columns: (u16, u16),
}

impl Printed {
    /// Reads the names of the workbook that mean it.
    pub fn read(stream: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut printed = Self::default();
        for record in Records::from(stream, 0) {
            match record.kind {
                kind::EOF => break,
                kind::NAME => {
                    printed.take(record.data);
                }
                _ => {}
            }
            budget.go_on()?;
        }
        Ok(printed)
    }

    fn take(&mut self, data: &[u8]) -> Option<()> {
        const NAME: usize = 15;
        let length = usize::from(*data.get(3)?);
        let sheet = usize::from(u16_at(data, 8)?).checked_sub(1)?;
        // The names are one letter each, but some writers spell them out.
        let found = match data.get(NAME..NAME + length)? {
            [6] | b"_xlnm.Print_Area" => &mut self.areas,
            [7] | b"_xlnm.Print_Titles" => &mut self.titles,
            _ => return None,
        };
        let formula = data.get(NAME + length..)?;
        let formula = formula
            .get(..usize::from(u16_at(data, 4)?))
            .unwrap_or(formula);
        found.extend(areas(formula).into_iter().map(|area| (sheet, area)));
        Some(())
    }

    /// Tells the new sheet of what was told of the one of this number.
    pub fn apply(&self, sheet: usize, new: &mut Worksheet) -> Result<(), XlsxError> {
        let of_sheet = |(own, _): &&(usize, Area)| *own == sheet;
        // .xlsx may print several areas, but the writer takes one: the first, as most have.
        if let Some((_, Area { rows, columns })) = self.areas.iter().find(of_sheet) {
            new.set_print_area(rows.0.into(), columns.0, rows.1.into(), columns.1)?;
        }
        for (_, Area { rows, columns }) in self.titles.iter().filter(of_sheet) {
            if columns.0 == 0 && columns.1 >= LAST_COLUMN {
                new.set_repeat_rows(rows.0.into(), rows.1.into())?;
            } else if rows.0 == 0 && rows.1 == LAST_ROW {
                new.set_repeat_columns(columns.0, columns.1)?;
            }
        }
        Ok(())
    }
}

/// The areas that a formula of nothing but areas names.
fn areas(mut formula: &[u8]) -> Vec<Area> {
    let mut found = Vec::new();
    while let Some(token) = formula.first() {
        let length = match token {
            // Several areas come with a word on how long they are.
            0x29 | 0x49 | 0x69 => 3,
            // The mark that joins two.
            0x10 => 1,
            0x3B | 0x5B | 0x7B => {
                let word = |at| u16_at(formula, at).unwrap_or(0);
                // Above the number of a column stands whether it is relative.
                let column = |at| word(at) & LAST_COLUMN;
                let (rows, columns) = ((word(3), word(5)), (column(7), column(9)));
                if rows.0 <= rows.1 && columns.0 <= columns.1 {
                    found.push(Area { rows, columns });
                }
                11
            }
            _ => break,
        };
        formula = formula.get(length..).unwrap_or_default();
    }
    found
}
