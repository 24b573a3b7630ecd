//! A sheet's part with everything that is planned for it.

use super::{
    around::Around,
    merges,
    pieces::{Copy, Piece, Pieces, Tag},
    rows::Rows,
    survey::Survey,
};
use crate::exchange::{error::ReadError, watch::Budget};

/// What stands before merged areas behind the rows of a sheet, in the order of the format.
const BEFORE_MERGES: [&str; 8] = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
];

/// The part with its rows written, its merged areas and references moved.
pub(super) fn rewritten(text: &str, rows: &mut Rows, budget: &Budget) -> Result<String, ReadError> {
    let mut around = Around::of(Some(rows.sheet), rows.shifts);
    let mut pieces = Pieces::of(text);
    let mut copy = Copy::of(text);
    // Merged areas are missing where there were none, and rows have passed.
    let mut awaits_merges = false;
    while let Some((piece, range)) = pieces.next()? {
        let is_top = match piece {
            Piece::Open(_) => pieces.depth() == 2,
            Piece::Close(_) => pieces.depth() == 0,
            Piece::Empty(_) | Piece::Other => pieces.depth() == 1,
        };
        match piece {
            Piece::Open(tag) if is_top && tag.name() == "sheetData" => {
                rows.rewrite(text, &mut pieces, &mut copy, budget)?;
                awaits_merges = rows.merges.kept.is_empty() && !rows.merges.added.is_empty();
                continue;
            }
            Piece::Empty(tag) if is_top && tag.name() == "sheetData" => {
                copy.replace(range, &tag.opened());
                rows.missing(u32::MAX, &mut copy);
                copy.out
                    .push_str(&format!("</{}sheetData>", rows.survey.prefix));
                awaits_merges = rows.merges.kept.is_empty() && !rows.merges.added.is_empty();
                continue;
            }
            Piece::Open(tag) if is_top && tag.name() == "mergeCells" => {
                let end = pieces.skip()?;
                if !rows.own.is_still() {
                    copy.replace(range.start..end.end, &merged(rows, Some(tag)));
                }
                continue;
            }
            Piece::Open(tag) | Piece::Empty(tag)
                if is_top && awaits_merges && !BEFORE_MERGES.contains(&tag.name()) =>
            {
                copy.until(range.start);
                copy.out.push_str(&merged(rows, None));
                awaits_merges = false;
            }
            Piece::Close(_) if is_top && awaits_merges => {
                copy.until(range.start);
                copy.out.push_str(&merged(rows, None));
                awaits_merges = false;
            }
            _ => {}
        }
        around.piece(text, piece, range, &mut pieces, &mut copy)?;
    }
    Ok(copy.finish())
}

/// The list of merged areas, with the tag that it had.
fn merged(rows: &Rows, tag: Option<Tag>) -> String {
    let Survey { prefix, .. } = rows.survey;
    let areas: Vec<_> = rows.merges.all().collect();
    let count = areas.len().to_string();
    let begin = format!("<{prefix}mergeCells>");
    let begin = tag.unwrap_or(Tag(&begin)).with("count", Some(&count));
    let areas: String = areas
        .into_iter()
        .map(|area| format!("<{prefix}mergeCell ref=\"{}\"/>", merges::name(*area)))
        .collect();
    format!("{begin}{areas}</{prefix}mergeCells>")
}
