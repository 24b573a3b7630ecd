//! How worksheets are printed.

use rust_xlsxwriter::{ColNum, Worksheet, XlsxError};

use super::{look::caption_font, plan::Plan};
use crate::{
    model::edition::Orientation,
    sheet::{
        booklet::{Booklet, Part},
        paper::Paper,
    },
};

/// A4, as workbooks number papers.
pub const A4: u8 = 9;
/// How large a sheet is shown: its text is as small as on paper.
const ZOOM: u16 = 120;

/// Sets paper, margins, print area, repeated rows and page numbers.
pub(super) fn set_up(
    sheet: &mut Worksheet,
    booklet: &Booklet,
    part: &Part,
    plan: &Plan,
) -> Result<(), XlsxError> {
    let [sides, above, beneath] = Paper::of(part.sheet.page)
        .margin
        .map(|margin| margin / 72.0);
    sheet
        .set_paper_size(A4)
        .set_margins(sides, sides, above, beneath, above / 2.0, beneath / 2.0)
        .set_print_center_horizontally(true)
        // Programs differ in the width of a column by a little: never let one of them move to a page of its own.
        .set_print_fit_to_pages(1, 0)
        .set_screen_gridlines(false)
        .set_zoom(ZOOM)
        .set_footer(foot(booklet, part));
    match part.sheet.page {
        Orientation::Landscape => sheet.set_landscape(),
        Orientation::Portrait => sheet.set_portrait(),
    };
    if let Some(mark) = booklet.mark {
        sheet.set_header(format!("&R&8{}", written(mark.words(), booklet)));
    }
    if part.restarts {
        sheet.set_print_first_page_number(1);
    }
    // There are at most 1000 columns.
    let last = ColNum::try_from(plan.widths.len()).unwrap_or(ColNum::MAX);
    if plan.end() > 0 && last > 0 {
        sheet.set_print_area(0, 0, plan.end() - 1, last - 1)?;
    }
    if let Some((first, last)) = plan.repeated(&part.sheet) {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}

/// The foot of a page: its number, and on a review copy what the copy says of itself.
fn foot(booklet: &Booklet, part: &Part) -> String {
    /// The format takes 255 in all.
    const LONGEST: usize = 130;
    let number = written("第 ", booklet) + "&P 页　共 &N 页";
    let seal = part.sheet.seal.as_deref();
    let Some(footer) = &booklet.footer else {
        let sealed = seal.map(|seal| format!("&L&8{}", written(seal, booklet)));
        return format!("{}&C&8{number}", sealed.unwrap_or_default());
    };
    let mut text = footer.replace('&', "&&");
    if text.chars().count() > LONGEST {
        // What identifies the copy stands at the end.
        let end: Vec<char> = text.chars().rev().take(LONGEST).collect();
        text = std::iter::once('…').chain(end.into_iter().rev()).collect();
    }
    // Beneath it.
    let seal = seal.map(|seal| format!("\n{seal}")).unwrap_or_default();
    format!("&L&8{}{seal}&R&8{number}", written(&text, booklet))
}

/// A text behind the name of its font, which parts it from the size before it where it begins with a digit.
fn written(text: &str, booklet: &Booklet) -> String {
    format!("&\"{},Regular\"{text}", caption_font(booklet.face))
}
