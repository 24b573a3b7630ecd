//! Rows that are inserted into a table, as copies of the one above them without its texts.

use std::ops::Range;

use super::{
    Edits, bytes,
    cell::is_tracked,
    scan::{self, Paragraph},
};
use crate::exchange::{
    error::{Excess, ReadError},
    fill::{
        Insert,
        workbook::pieces::{Piece, Pieces, Tag},
    },
    grid::Place,
    limits,
    word::{
        located::{Located, LocatedCell, LocatedRow},
        stack::Merge,
    },
};

/// The document with the rows inserted.
pub(super) fn insert(
    text: &str,
    located: &Located,
    inserts: &[Insert],
) -> Result<String, ReadError> {
    let mut edits = Edits::default();
    // What a cell's or row's properties hold is copied as often as rows come in.
    let mut room = usize::try_from(limits::ENTRY).unwrap_or(usize::MAX);
    for insert in inserts {
        let at = located.rows.iter().position(|row| row.row == insert.after);
        let row = at.and_then(|at| {
            Some((
                at,
                located.rows.get(at)?,
                bytes(&located.rows.get(at)?.range)?,
            ))
        });
        let (at, row, range) = row.ok_or_else(|| no_row(insert.after))?;
        let maker = Maker {
            text,
            located,
            at,
            row,
            insert,
        };
        let copy = maker.copy(&range, &mut edits)?;
        let count = insert.count as usize;
        room = copy
            .len()
            .checked_mul(count)
            .and_then(|more| room.checked_sub(more))
            .ok_or(ReadError::TooLarge(Excess::Entry))?;
        edits.put(range.end..range.end, copy.repeat(count));
    }
    Ok(edits.apply(text))
}

fn no_row(row: u32) -> ReadError {
    ReadError::Broken(format!("第 {} 行后面不能插入表格行", row + 1))
}

/// Makes copies of one row.
struct Maker<'m> {
    text: &'m str,
    located: &'m Located,
    /// The number of the row among all.
    at: usize,
    row: &'m LocatedRow,
    insert: &'m Insert,
}

impl Maker<'_> {
    fn copy(&self, range: &Range<usize>, edits: &mut Edits) -> Result<String, ReadError> {
        let before = self.text.get(..range.start).unwrap_or_default();
        let tag = before
            .rfind('<')
            .and_then(|at| before.get(at..))
            .unwrap_or("<w:tr>");
        let p = Tag(tag).prefix();
        let inside = self.text.get(range.clone()).unwrap_or_default();
        let mut copy = format!("<{p}tr>{}", properties(inside)?);
        for cell in &self.row.cells {
            if let Some(range) = bytes(&cell.range) {
                copy.push_str(&self.cell(cell, range, p, edits)?);
            }
        }
        copy.push_str(&format!("</{p}tr>"));
        Ok(copy)
    }

    /// A cell of the copy. Where it goes on with a cell of the row that was not merged so far, that one begins to.
    fn cell(
        &self,
        cell: &LocatedCell,
        range: Range<usize>,
        p: &str,
        edits: &mut Edits,
    ) -> Result<String, ReadError> {
        let whole = self.text.get(range.clone()).unwrap_or_default();
        let end = whole.rfind("</").unwrap_or(whole.len());
        let inside = whole.get(..end).unwrap_or_default();
        let content = scan::content(inside)?;
        let own = content.properties.clone().unwrap_or(0..0);
        let own_text = inside.get(own.clone()).unwrap_or_default();
        let goes_on = self.goes_on(cell);
        if goes_on && cell.down == Merge::None {
            let begun = merged(
                own_text,
                p,
                Some(&format!("<{p}vMerge {p}val=\"restart\"/>")),
            )?;
            edits.put(range.start + own.start..range.start + own.end, begun);
        }
        let merge = goes_on.then(|| format!("<{p}vMerge/>"));
        let properties = merged(own_text, p, merge.as_deref())?;
        let first = content.paragraphs.iter().find(|own| !own.leaves.is_empty());
        let first = first.or(content.paragraphs.first());
        let paragraph = first.map_or_else(
            || format!("<{p}p/>"),
            |paragraph| blank_like(inside, paragraph, p),
        );
        Ok(format!("<{p}tc>{properties}{paragraph}</{p}tc>"))
    }

    /// Whether the cell of the copy is covered by one that begins above it.
    fn goes_on(&self, cell: &LocatedCell) -> bool {
        let same =
            |other: &&LocatedCell| (other.column, other.columns) == (cell.column, cell.columns);
        let next = self.located.rows.get(self.at + 1);
        let next = next.filter(|next| next.row == self.row.row + 1);
        let spans = next
            .and_then(|next| next.cells.iter().find(same))
            .is_some_and(|below| {
                below.covered && below.down == Merge::Goes && cell.down != Merge::None
            });
        let mut first = self.at;
        let covered = |at: usize| {
            let row = self.located.rows.get(at);
            row.and_then(|row| row.cells.iter().find(same))
                .is_some_and(|cell| cell.covered)
        };
        while first > 0 && covered(first) {
            first -= 1;
        }
        let top = self.located.rows.get(first).map(|row| Place {
            row: row.row,
            column: cell.column,
        });
        spans || top.is_some_and(|top| self.insert.grown.contains(&top))
    }
}

/// The properties of a row, but what tells of tracked changes.
fn properties(row: &str) -> Result<String, ReadError> {
    let mut pieces = Pieces::of(
        row.get(..row.rfind("</").unwrap_or(row.len()))
            .unwrap_or_default(),
    );
    let mut kept = String::new();
    while let Some((piece, range)) = pieces.next()? {
        if let Piece::Open(tag) = piece {
            let whole = range.start..pieces.skip()?.end;
            let text = row.get(whole).unwrap_or_default();
            match tag.name() {
                "tblPrEx" => kept.push_str(text),
                "trPr" => kept.push_str(&without(text, &["ins", "del", "trPrChange"])?),
                _ => {}
            }
        }
    }
    Ok(kept)
}

/// An element without some of those right inside it.
fn without(element: &str, names: &[&str]) -> Result<String, ReadError> {
    let mut pieces = Pieces::of(element);
    let mut edits = Edits::default();
    pieces.next()?;
    while let Some((piece, range)) = pieces.next()? {
        let (tag, whole) = match piece {
            Piece::Open(tag) => (tag, range.start..pieces.skip()?.end),
            Piece::Empty(tag) => (tag, range),
            Piece::Close(_) | Piece::Other => continue,
        };
        if names.contains(&tag.name()) {
            edits.put(whole, "");
        }
    }
    Ok(edits.apply(element))
}

/// The properties of a cell with another mark of being merged, in the place that it has by the order of the format.
fn merged(properties: &str, p: &str, mark: Option<&str>) -> Result<String, ReadError> {
    let names = ["vMerge", "cellIns", "cellDel", "cellMerge", "tcPrChange"];
    let mark = mark.unwrap_or_default();
    if properties.is_empty() {
        let none = mark.is_empty();
        return Ok(if none {
            String::new()
        } else {
            format!("<{p}tcPr>{mark}</{p}tcPr>")
        });
    }
    let bare = without(properties, &names)?;
    let mut pieces = Pieces::of(&bare);
    let opening = pieces.next()?;
    if let Some((Piece::Empty(tag), _)) = opening {
        return Ok(format!("{}{mark}</{p}tcPr>", tag.opened()));
    }
    let mut at = opening.map_or(0, |(_, range)| range.end);
    while let Some((piece, range)) = pieces.next()? {
        let (tag, end) = match piece {
            Piece::Open(tag) => (tag, pieces.skip()?.end),
            Piece::Empty(tag) => (tag, range.end),
            Piece::Close(_) | Piece::Other => continue,
        };
        if matches!(tag.name(), "cnfStyle" | "tcW" | "gridSpan" | "hMerge") {
            at = end;
        }
    }
    let mut whole = bare;
    whole.insert_str(at, mark);
    Ok(whole)
}

/// A blank paragraph that looks like another, with a run to write into.
fn blank_like(text: &str, paragraph: &Paragraph, p: &str) -> String {
    let part = |range: Option<Range<usize>>| {
        let part = range.and_then(|range| text.get(range)).unwrap_or_default();
        if is_tracked(part) || part.contains("sectPr") {
            ""
        } else {
            part
        }
    };
    let leaf = paragraph.leaves.first().map(|leaf| leaf.run);
    let run = paragraph.runs.get(leaf.unwrap_or_default());
    let look = run
        .filter(|run| run.style.is_none())
        .and_then(|run| run.look.clone());
    let run = match part(look) {
        "" => String::new(),
        look => format!("<{p}r>{look}</{p}r>"),
    };
    format!("<{p}p>{}{run}</{p}p>", part(paragraph.properties.clone()))
}
