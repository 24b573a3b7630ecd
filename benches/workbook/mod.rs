//! A form as a plain workbook, for LibreOffice to print: the same cells, spans, widths and lines.

use jiping::{
    model::edition::Orientation,
    sheet::table::{FormSheet, Style},
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook};

/// The width of a page of A4 in Excel's units, which are about the width of a digit.
const PAGE_WIDTH: f64 = 95.0;

/// The workbook's bytes.
pub fn of(sheet: &FormSheet) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if sheet.page == Orientation::Landscape {
        page.set_landscape();
    }
    let edges = sheet.edges();
    let column = |edge| edges.binary_search(&edge).expect("an edge of this sheet") as u16;
    for (index, edge) in edges.windows(2).enumerate() {
        let share = f64::from(edge[1] - edge[0]) / 1000.0;
        page.set_column_width(index as u16, share * PAGE_WIDTH)
            .expect("a column");
    }
    let mut top = 0;
    for block in &sheet.blocks {
        for (row, cells) in block.rows.iter().enumerate() {
            for cell in &cells.cells {
                let (first_row, first) = (top + row as u32, column(cell.left));
                let (last_row, last) = (first_row + cell.rows as u32 - 1, column(cell.right) - 1);
                let format = format(cell.style, block.kind.is_ruled());
                if (first_row, first) == (last_row, last) {
                    page.write_with_format(first_row, first, cell.text.as_str(), &format)
                } else {
                    page.merge_range(first_row, first, last_row, last, &cell.text, &format)
                }
                .expect("a cell");
            }
        }
        top += block.rows.len() as u32;
    }
    book.save_to_buffer().expect("a workbook")
}

fn format(style: Style, is_ruled: bool) -> Format {
    let format = Format::new()
        .set_font_name("Noto Serif CJK SC")
        .set_font_size(if style == Style::Title { 16 } else { 9 })
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    let format = match style {
        Style::Text | Style::Passage | Style::Part | Style::Note => format,
        Style::Amount => format.set_align(FormatAlign::Right),
        _ => format.set_align(FormatAlign::Center),
    };
    if is_ruled {
        format.set_border(FormatBorder::Thin)
    } else {
        format
    }
}
