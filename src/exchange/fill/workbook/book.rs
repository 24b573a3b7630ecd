//! The parts that hold for the whole workbook: that it is to be calculated anew, and that nobody looks for the order of an
//! earlier calculation.

use super::pieces::{Copy, Piece, Pieces, Tag};
use crate::exchange::error::ReadError;

/// What stands before the settings of calculation in the part of a workbook, in the order of the format.
const BEFORE_SETTINGS: [&str; 9] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
];

/// The switch that has a program calculate all formulas as it opens the file.
const SWITCH: &str = "fullCalcOnLoad";

/// The part of a workbook that asks for its formulas to be calculated when it is opened.
pub(super) fn to_be_calculated(text: &str) -> Result<String, ReadError> {
    let mut pieces = Pieces::of(text);
    let mut copy = Copy::of(text);
    let mut prefix = "";
    let mut is_done = false;
    while let Some((piece, range)) = pieces.next()? {
        match piece {
            Piece::Open(tag) if pieces.depth() == 1 => prefix = tag.prefix(),
            Piece::Open(tag) | Piece::Empty(tag) if tag.name() == "calcPr" && !is_done => {
                copy.replace(range, &tag.with(SWITCH, Some("1")));
                is_done = true;
            }
            Piece::Open(tag) | Piece::Empty(tag) if !is_done => {
                let is_open = matches!(piece, Piece::Open(_));
                let is_top = pieces.depth() == 1 + usize::from(is_open);
                if is_top && !BEFORE_SETTINGS.contains(&tag.name()) && !is_foreign(tag) {
                    copy.until(range.start);
                    copy.out
                        .push_str(&format!("<{prefix}calcPr {SWITCH}=\"1\"/>"));
                    is_done = true;
                }
            }
            Piece::Close(_) if pieces.depth() == 0 && !is_done => {
                copy.until(range.start);
                copy.out
                    .push_str(&format!("<{prefix}calcPr {SWITCH}=\"1\"/>"));
                is_done = true;
            }
            _ => {}
        }
    }
    Ok(copy.finish())
}

/// What a later version of Excel has put between the parts of the format.
fn is_foreign(tag: Tag) -> bool {
    !tag.prefix().is_empty() && ["AlternateContent", "revisionPtr"].contains(&tag.name())
}

/// A list of relations or of types of parts without the order of calculation. `attribute` is what names the part.
pub(super) fn without_order(text: &str, attribute: &str) -> Result<String, ReadError> {
    let mut pieces = Pieces::of(text);
    let mut copy = Copy::of(text);
    while let Some((piece, range)) = pieces.next()? {
        let (Piece::Open(tag) | Piece::Empty(tag)) = piece else {
            continue;
        };
        let names_it = tag.get(attribute).is_some_and(|name| is_order(&name));
        if names_it {
            let end = match piece {
                Piece::Open(_) => pieces.skip()?.end,
                _ => range.end,
            };
            copy.replace(range.start..end, "");
        }
    }
    Ok(copy.finish())
}

/// Whether this names the part that lists formulas in the order in which they were calculated.
pub(super) fn is_order(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.to_ascii_lowercase().starts_with("calcchain")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_stands_where_the_format_has_it() {
        for (before, after) in [
            (
                "<workbook><sheets/><calcPr calcId=\"1\"/></workbook>",
                "<workbook><sheets/><calcPr fullCalcOnLoad=\"1\" calcId=\"1\"/></workbook>",
            ),
            (
                "<x:workbook><x:sheets><x:sheet/></x:sheets><x:extLst/></x:workbook>",
                "<x:workbook><x:sheets><x:sheet/></x:sheets><x:calcPr fullCalcOnLoad=\"1\"/><x:extLst/></x:workbook>",
            ),
            (
                "<workbook><mc:AlternateContent/><sheets/></workbook>",
                "<workbook><mc:AlternateContent/><sheets/><calcPr fullCalcOnLoad=\"1\"/></workbook>",
            ),
        ] {
            assert_eq!(to_be_calculated(before).unwrap(), after);
        }
    }

    #[test]
    fn the_order_is_named_no_more() {
        let list = "<T><R Target=\"/xl/calcChain.xml\"/><R Target=\"a.xml\"></R></T>";
        let left = without_order(list, "Target").unwrap();
        assert_eq!(left, "<T><R Target=\"a.xml\"></R></T>");
    }
}
