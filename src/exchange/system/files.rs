//! The tables of projects as a workbook that a system imports: a worksheet for each table, a heading row, the projects one
//! below the other.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::{Filed, FlatTable, SystemColumn, SystemHeading, SystemMap, SystemTable, tables};
use crate::model::project::header;

/// Why there is no workbook. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SystemFileError {
    /// A worksheet has no room for all rows.
    #[error(
        "“{0}”的行数超过一张工作表的上限 1048576，没有生成文件，数据不受影响。请减少一次导出的项目后再试。"
    )]
    Rows(String),
    /// A cell has no room for its text: where, and how many characters there are.
    #[error(
        "{0}有 {1} 个字，超过一个单元格的上限 {MOST_CHARACTERS} 个，没有生成文件，数据不受影响。请缩短后再试。"
    )]
    Text(String, usize),
    /// The writer failed, with its own words.
    #[error(
        "生成导入文件时出错，没有生成文件，数据不受影响。请重试；仍然如此时请把下面的话告诉我们。（{0}）"
    )]
    Failed(String),
}

/// What a cell of a workbook holds.
const MOST_CHARACTERS: usize = 32_767;
/// What a worksheet holds.
const MOST_ROWS: usize = 1_048_576;
/// A number in a workbook keeps this many digits; longer ones are written as text.
const EXACT_DIGITS: usize = 15;

/// The files of a map for these projects, as file name and bytes: one workbook with a worksheet for each table. Of several
/// projects, each row begins with name and code of its project. In columns with `number`, numbers are numbers, shown with the
/// decimals they were typed with; everything else is text, and never a formula. The same projects always give the same bytes.
///
/// # Errors
///
/// More rows or longer texts than a workbook holds; what failed in the writer.
pub fn files(
    map: &SystemMap,
    projects: &[Filed],
) -> Result<Vec<(String, Vec<u8>)>, SystemFileError> {
    let filled: Vec<Vec<FlatTable>> = projects
        .iter()
        .map(|(project, edition)| tables(project, edition, map))
        .collect();
    let mut book = Workbook::new();
    // Not the moment: there is no clock here, and the same forms are to give the same file.
    let begun = ExcelDateTime::from_ymd(2020, 1, 1).map_err(failed)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&map.name)
            .set_creation_datetime(&begun),
    );
    for (index, table) in map.tables.iter().enumerate() {
        let of_table: Vec<&FlatTable> = filled.iter().map(|tables| &tables[index]).collect();
        let sheet = book.add_worksheet();
        sheet.set_name(&table.name).map_err(failed)?;
        Writer {
            sheet,
            table,
            names: (projects.len() > 1).then_some(projects),
        }
        .write(map.heading, &of_table)?;
    }
    let bytes = book.save_to_buffer().map_err(failed)?;
    Ok(vec![(format!("{}.xlsx", map.name), bytes)])
}

fn failed(error: XlsxError) -> SystemFileError {
    SystemFileError::Failed(error.to_string())
}

/// Columns that tell projects apart: header field, key and caption in one.
const NAMES: [(&str, &str); 2] = [
    (header::PROJECT_NAME, "项目名称"),
    (header::PROJECT_CODE, "项目编码"),
];

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    table: &'a SystemTable,
    /// The projects, where rows have to say whose they are.
    names: Option<&'a [Filed]>,
}

impl Writer<'_> {
    fn write(
        mut self,
        heading: SystemHeading,
        projects: &[&FlatTable],
    ) -> Result<(), SystemFileError> {
        let first_row = self.heading(heading)?;
        let count: usize = projects.iter().map(|project| project.rows.len()).sum();
        if first_row as usize + count > MOST_ROWS {
            return Err(SystemFileError::Rows(self.table.name.clone()));
        }
        self.sheet.set_freeze_panes(first_row, 0).map_err(failed)?;
        self.widths()?;
        let mut line = first_row;
        for (index, project) in projects.iter().enumerate() {
            for row in &project.rows {
                let before = self.project_names(line, index)?;
                for ((at, column), cell) in (before..).zip(&self.table.columns).zip(row) {
                    self.cell(line, at, column, &cell.text)?;
                }
                line += 1;
            }
        }
        Ok(())
    }

    /// The rows above the columns; how many there are.
    fn heading(&mut self, heading: SystemHeading) -> Result<u32, SystemFileError> {
        let rows: &[bool] = match heading {
            SystemHeading::Captions => &[true],
            SystemHeading::Keys => &[false],
            SystemHeading::Both => &[true, false],
        };
        let bold = text_format().set_bold();
        for (line, is_caption) in (0..).zip(rows) {
            let before = NAMES.iter().filter(|_| self.names.is_some());
            let before = before.map(|(key, caption)| if *is_caption { *caption } else { *key });
            let columns = self.table.columns.iter();
            let own = columns.map(|column| {
                if *is_caption {
                    &column.caption
                } else {
                    &column.key
                }
            });
            for (at, text) in (0..).zip(before.chain(own.map(String::as_str))) {
                self.sheet
                    .write_string_with_format(line, at, text, &bold)
                    .map_err(failed)?;
            }
        }
        Ok(rows.len() as u32)
    }

    /// Whose row this is; the column after it.
    fn project_names(&mut self, line: u32, index: usize) -> Result<u16, SystemFileError> {
        let Some((project, _)) = self.names.and_then(|projects| projects.get(index)) else {
            return Ok(0);
        };
        for (at, (key, caption)) in (0..).zip(NAMES) {
            self.text(line, at, caption, project.header(key))?;
        }
        Ok(NAMES.len() as u16)
    }

    fn cell(
        &mut self,
        line: u32,
        at: u16,
        column: &SystemColumn,
        text: &str,
    ) -> Result<(), SystemFileError> {
        match exact(text).filter(|_| column.number) {
            Some((number, decimals)) => {
                let format = Format::new().set_num_format(number_format(decimals));
                self.sheet
                    .write_number_with_format(line, at, number, &format)
                    .map(drop)
                    .map_err(failed)
            }
            None => self.text(line, at, &column.caption, text),
        }
    }

    fn text(
        &mut self,
        line: u32,
        at: u16,
        caption: &str,
        text: &str,
    ) -> Result<(), SystemFileError> {
        // Excel counts as JavaScript does.
        let length = text.encode_utf16().count();
        if length > MOST_CHARACTERS {
            let place = format!("“{}”第 {} 行“{caption}”", self.table.name, line + 1);
            return Err(SystemFileError::Text(place, length));
        }
        if !text.is_empty() {
            self.sheet
                .write_string_with_format(line, at, text, &text_format())
                .map_err(failed)?;
        }
        Ok(())
    }

    fn widths(&mut self) -> Result<(), SystemFileError> {
        /// Of columns for numbers and for texts, in characters.
        const NARROW: u8 = 14;
        const WIDE: u8 = 28;
        let names = NAMES.iter().filter(|_| self.names.is_some()).map(|_| WIDE);
        let columns = self.table.columns.iter();
        let own = columns.map(|column| if column.number { NARROW } else { WIDE });
        for (at, width) in (0..).zip(names.chain(own)) {
            self.sheet.set_column_width(at, width).map_err(failed)?;
        }
        Ok(())
    }
}

/// As text, wrapped: what a person types there later stays as typed, too.
fn text_format() -> Format {
    Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// The number as a workbook holds it, and its decimals; `None` where it is none, or would lose digits.
fn exact(text: &str) -> Option<(f64, u32)> {
    let decimal = Decimal::from_str_exact(text).ok()?;
    let digits = decimal.mantissa().unsigned_abs().to_string().len();
    let number = text.parse().ok()?;
    (digits <= EXACT_DIGITS).then_some((number, decimal.scale()))
}

fn number_format(decimals: u32) -> String {
    match decimals {
        0 => "0".to_owned(),
        _ => format!("0.{}", "0".repeat(decimals as usize)),
    }
}
