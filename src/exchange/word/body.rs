//! Paragraphs and tables in the order of the document.

use std::ops::Range;

use super::{
    paragraph,
    source::{Seen, Source},
    stack::{Line, Merge, Merges, Piece, Stack},
};
use crate::exchange::{
    error::{Excess, ReadError},
    limits,
    markup::{Element, Node, append},
};

/// Reads the whole document.
pub(super) fn read(source: &mut Source, stack: &mut Stack) -> Result<(), ReadError> {
    blocks(source, &mut Target::Document(stack))
}

/// Reads the paragraphs and tables inside the element that was opened last, as lines.
pub(super) fn lines(source: &mut Source) -> Result<String, ReadError> {
    let mut cell = Piece::default();
    blocks(source, &mut Target::Cell(&mut cell))?;
    Ok(cell.text)
}

/// Where paragraphs and tables go.
enum Target<'t, 'b, 'w> {
    Document(&'t mut Stack<'b, 'w>),
    Cell(&'t mut Piece),
}

impl Target<'_, '_, '_> {
    fn paragraph(
        &mut self,
        paragraph: &paragraph::Paragraph,
        range: Range<u64>,
    ) -> Result<(), ReadError> {
        match self {
            Self::Document(stack) => {
                stack.paragraph(&paragraph.text, range)?;
                paragraph
                    .boxes
                    .lines()
                    .try_for_each(|line| stack.paragraph(line, 0..0))
            }
            Self::Cell(cell) => {
                append(&mut cell.text, &paragraph.text)?;
                append(&mut cell.text, "\n")?;
                append(&mut cell.text, &paragraph.boxes)
            }
        }
    }
}

fn blocks(source: &mut Source, target: &mut Target) -> Result<(), ReadError> {
    let mut open = 1_usize;
    while open > 0 {
        match source.next()? {
            Some(Node::Open(element)) => match (element.name.as_str(), &mut *target) {
                ("p", target) => {
                    let begin = source.position();
                    let paragraph = paragraph::read(source)?;
                    target.paragraph(&paragraph, begin..source.position())?;
                }
                ("tbl", Target::Document(stack)) => table(source, stack)?,
                ("tbl", Target::Cell(cell)) => nested(source, cell)?,
                ("tcPr", Target::Cell(cell)) => shape(source, cell)?,
                _ => open += usize::from(source.enters(&element)?),
            },
            Some(Node::Close(_)) => open -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    Ok(())
}

fn table(source: &mut Source, stack: &mut Stack) -> Result<(), ReadError> {
    let mut merges = Merges::default();
    rows(source, |source, row| {
        if stack.row(&row, &mut merges)? {
            source.saw(Seen::Covered);
        }
        Ok(())
    })
}

/// A table inside a cell: a line per row.
fn nested(source: &mut Source, cell: &mut Piece) -> Result<(), ReadError> {
    source.saw(Seen::Nested);
    rows(source, |_, row| {
        for (number, piece) in row.pieces.iter().enumerate() {
            append(&mut cell.text, if number > 0 { " " } else { "" })?;
            append(&mut cell.text, piece.text.trim())?;
        }
        append(&mut cell.text, "\n")
    })
}

/// Goes through the rows of the table that was opened last, but those that were deleted with tracking on.
fn rows<'p, 'w>(
    source: &mut Source<'p, 'w>,
    mut take: impl FnMut(&mut Source<'p, 'w>, Line) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut open = 1_usize;
    while open > 0 {
        match source.next()? {
            Some(Node::Open(element)) if element.name == "tr" => {
                let begin = source.position();
                if let Some(pieces) = row(source)? {
                    let range = begin..source.position();
                    take(source, Line { pieces, range })?;
                }
            }
            Some(Node::Open(element)) => open += usize::from(source.enters(&element)?),
            Some(Node::Close(_)) => open -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    Ok(())
}

/// The cells of a row; `None` where it was deleted.
fn row(source: &mut Source) -> Result<Option<Vec<Piece>>, ReadError> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut deleted = false;
    let mut open = 1_usize;
    while open > 0 {
        match source.next()? {
            Some(Node::Open(element)) => match element.name.as_str() {
                "trPr" => {
                    let properties = row_properties(source)?;
                    deleted |= properties.deleted;
                    if properties.before > 0 {
                        pieces.push(Piece::blank(properties.before));
                    }
                }
                "tc" => pieces.push(cell(source)?),
                _ => open += usize::from(source.enters(&element)?),
            },
            Some(Node::Close(_)) => open -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
        if pieces.len() > limits::COLUMNS as usize {
            return Err(ReadError::TooLarge(Excess::Columns));
        }
    }
    Ok((!deleted).then_some(pieces))
}

#[derive(Default)]
struct RowProperties {
    before: u32,
    deleted: bool,
}

fn row_properties(source: &mut Source) -> Result<RowProperties, ReadError> {
    let mut properties = RowProperties::default();
    source.inside(|seen, element| {
        match element.name.as_str() {
            "gridBefore" => properties.before = count(element, 0),
            "ins" | "del" => {
                properties.deleted |= element.name == "del";
                seen.insert(Seen::Changes);
            }
            "trPrChange" => return Ok(false),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(properties)
}

fn cell(source: &mut Source) -> Result<Piece, ReadError> {
    let mut cell = Piece::default();
    let begin = source.position();
    blocks(source, &mut Target::Cell(&mut cell))?;
    cell.range = begin..source.position();
    let text = cell.text.trim_matches('\n');
    if text.len() < cell.text.len() {
        cell.text = text.to_owned();
    }
    Ok(cell)
}

fn shape(source: &mut Source, cell: &mut Piece) -> Result<(), ReadError> {
    source.inside(|seen, element| {
        match element.name.as_str() {
            "gridSpan" => cell.columns = count(element, 1),
            "vMerge" => cell.down = merge(element),
            "hMerge" => cell.across = merge(element),
            "cellIns" | "cellDel" | "cellMerge" => {
                seen.insert(Seen::Changes);
            }
            "tcPrChange" => return Ok(false),
            _ => {}
        }
        Ok(true)
    })
}

fn merge(element: &Element) -> Merge {
    if element.get("val") == Some("restart") {
        Merge::Begins
    } else {
        Merge::Goes
    }
}

fn count(element: &Element, least: u32) -> u32 {
    element
        .get("val")
        .and_then(|value| value.trim().parse::<u32>().ok())
        .unwrap_or(least)
        .max(least)
}
