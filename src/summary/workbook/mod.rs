//! The 汇总表 as a workbook: a worksheet for each table, with filters, frozen headings, print setup and charts.

mod charts;
mod heights;
mod looks;

use jiff::civil::DateTime;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ColNum, Formula, RowNum, Workbook, Worksheet, XlsxError};

use self::looks::{Look, Looks};
use super::{
    overview::Overview,
    table::{Column, Table, Value},
};
use crate::sheet::{
    office::OfficeError,
    workbook::{A4, float, properties},
};

/// What a worksheet holds.
const MOST_ROWS: usize = 1_048_576;
/// What a cell holds is 32,767 UTF-16 units; a longer text is cut and says so.
const LONGEST_TEXT: usize = 32_000;
const CUT: &str = "……（文字过长，以下省略，全文见原表）";
/// Columns at the end of a table that help to find things and are not printed.
const NOT_PRINTED: [&str; 3] = ["project_code", "edition", "file"];

/// The bytes of the workbook. The same overview gives the same bytes.
///
/// # Errors
///
/// Why there is none: a table has more rows than a worksheet, or the writer failed.
pub fn workbook(overview: &Overview) -> Result<Vec<u8>, OfficeError> {
    let Overview {
        tables: all,
        remarks,
        time,
        ..
    } = overview;
    tables("绩效自评汇总表", all, remarks, *time)
}

/// The bytes of a workbook with these tables, each on a worksheet, and `remarks` on the last. The same tables and time give the
/// same bytes.
///
/// # Errors
///
/// As [`workbook`].
pub fn tables(
    title: &str,
    tables: &[Table],
    remarks: &[String],
    time: DateTime,
) -> Result<Vec<u8>, OfficeError> {
    // One row for headings and one for 合计.
    if let Some(table) = tables.iter().find(|table| table.rows.len() + 2 > MOST_ROWS) {
        let why = format!("“{}”的行数超过 {MOST_ROWS}", table.name);
        return Err(OfficeError::TooLarge(why));
    }
    written(title, tables, remarks, time).map_err(|error| OfficeError::Failed(error.to_string()))
}

fn written(
    title: &str,
    tables: &[Table],
    remarks: &[String],
    time: DateTime,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut looks = Looks::default();
    for table in tables {
        let sheet = workbook.add_worksheet();
        set_up(sheet, title, table)?;
        fill(sheet, table, &mut looks)?;
        charts::insert(sheet, table)?;
    }
    explain(workbook.add_worksheet(), title, remarks, time, &mut looks)?;
    workbook.set_properties(&properties(title, time)?);
    workbook.save_to_buffer()
}

/// Name, widths, frozen and repeated headings, paper.
fn set_up(sheet: &mut Worksheet, title: &str, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    for (column, index) in table.columns.iter().zip(0..) {
        // A Chinese character is as wide as two digits.
        sheet.set_column_width(index, f64::from(column.width) * 2.0 + 1.5)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    let heading = match table.name == title {
        true => title.to_owned(),
        false => format!("{title}　{}", table.name),
    };
    sheet.set_header(format!("&C&\"黑体,Regular\"&12{heading}"));
    sheet.set_footer("&C第 &P 页　共 &N 页");
    Ok(())
}

/// Headings, rows, 合计, filter.
fn fill(sheet: &mut Worksheet, table: &Table, looks: &mut Looks) -> Result<(), XlsxError> {
    let heading = looks.of(Look::Heading, false);
    for (column, index) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(0, index, &column.caption, heading)?;
    }
    let captions = table
        .columns
        .iter()
        .map(|column| (column, column.caption.as_str()));
    heights::set(sheet, 0, captions)?;
    let decimals: Vec<Option<u32>> = (0..table.columns.len())
        .map(|index| amount_decimals(table, index))
        .collect();
    let mut next: RowNum = 1;
    for row in &table.rows {
        for ((value, decimals), index) in row.iter().zip(&decimals).zip(0..) {
            write(sheet, (next, index), value, looks, (*decimals, false))?;
        }
        heights::set(sheet, next, texts(table, row))?;
        next += 1;
    }
    let last = ColNum::try_from(table.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    if !table.rows.is_empty() {
        sheet.autofilter(0, 0, next - 1, last)?;
    }
    if let Some(totals) = &table.totals {
        for ((value, decimals), (at, index)) in totals.iter().zip(&decimals).zip((0..).zip(0..)) {
            write(sheet, (next, at), value, looks, (*decimals, true))?;
            if let Some(formula) = sum_formula(table, index, value, next) {
                let look = looks.of(Look::of(value, *decimals), true);
                sheet.write_formula_with_format(next, at, formula, look)?;
            }
        }
        heights::set(sheet, next, texts(table, totals))?;
        next += 1;
    }
    let printed = ColNum::try_from(printed(table).len().saturating_sub(1)).unwrap_or(last);
    sheet.set_print_area(0, 0, next - 1 + charts::rows_beneath(table), printed)?;
    Ok(())
}

/// The columns that are printed.
fn printed(table: &Table) -> &[Column] {
    let columns = &table.columns;
    let is_printed = |column: &Column| !NOT_PRINTED.contains(&column.key);
    let end = columns
        .iter()
        .rposition(is_printed)
        .map_or(0, |last| last + 1);
    &columns[..end]
}

/// How wide the printed columns are, in pixels.
fn printed_width(table: &Table) -> u32 {
    let widths = printed(table).iter().map(|column| u32::from(column.width));
    // Seven pixels a digit, and the edges of the cell.
    widths.map(|width| (width * 2 + 1) * 7 + 8).sum()
}

/// The texts of a row with their columns.
fn texts<'t>(table: &'t Table, row: &'t [Value]) -> impl Iterator<Item = (&'t Column, &'t str)> {
    let cells = table.columns.iter().zip(row);
    cells.filter_map(|(column, value)| match value {
        Value::Text(text) => Some((column, text.as_str())),
        _ => None,
    })
}

/// The total as a formula that follows the filter, where it is the sum of its column.
fn sum_formula(table: &Table, index: usize, total: &Value, row: RowNum) -> Option<Formula> {
    let cached = match total {
        Value::Number(number) => number.to_string(),
        Value::Count(count) => count.to_string(),
        _ => return None,
    };
    let column = rust_xlsxwriter::utility::column_number_to_name(ColNum::try_from(index).ok()?);
    (table.sum(index) == *total)
        .then(|| Formula::new(format!("=SUBTOTAL(109,{column}2:{column}{row})")).set_result(cached))
}

/// The decimals of a column of amounts, so that their points stand beneath each other; `None` of other columns.
fn amount_decimals(table: &Table, index: usize) -> Option<u32> {
    if !is_amount(table.columns.get(index)?) {
        return None;
    }
    let scales = table.rows.iter().filter_map(|row| match row.get(index)? {
        Value::Number(number) => Some(number.normalize().scale()),
        _ => None,
    });
    Some(scales.max().unwrap_or_default().max(2))
}

/// Whether a column holds amounts of money.
pub(super) fn is_amount(column: &Column) -> bool {
    column.key.ends_with("_wan")
}

/// Writes a value; text never becomes a formula, a number or a link.
fn write(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    value: &Value,
    looks: &mut Looks,
    (decimals, is_total): (Option<u32>, bool),
) -> Result<(), XlsxError> {
    let look = looks.of(Look::of(value, decimals), is_total);
    match value {
        Value::Blank => sheet.write_blank(row, column, look)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, cut(text), look)?,
        Value::Number(number) | Value::Share(number) => {
            sheet.write_number_with_format(row, column, float(*number), look)?
        }
        Value::Count(count) => {
            sheet.write_number_with_format(row, column, float(Decimal::from(*count)), look)?
        }
        Value::Flag(flag) => {
            sheet.write_string_with_format(row, column, if *flag { "是" } else { "否" }, look)?
        }
    };
    Ok(())
}

fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|character| {
        units += character.len_utf16();
        units <= LONGEST_TEXT
    });
    kept.chain(CUT.chars()).collect()
}

/// The last worksheet: when the workbook was made, and what is to be known.
fn explain(
    sheet: &mut Worksheet,
    title: &str,
    remarks: &[String],
    time: DateTime,
    looks: &mut Looks,
) -> Result<(), XlsxError> {
    sheet.set_name("说明")?;
    sheet.set_column_width(0, 100)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let heading = looks.of(Look::Heading, false);
    sheet.write_string_with_format(0, 0, title, heading)?;
    let look = looks.of(Look::Text, false);
    let made = time.strftime("%Y-%m-%d %H:%M");
    sheet.write_string_with_format(1, 0, format!("{made} 由绩评生成。"), look)?;
    for (remark, row) in remarks.iter().zip(2..) {
        sheet.write_string_with_format(row, 0, cut(remark), look)?;
    }
    Ok(())
}
