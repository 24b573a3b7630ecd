//! The rows and cells of a sheet as they stand in its part.

use std::ops::Range;

use super::pieces::{Piece, Pieces, Tag};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::Place,
    markup::unescaped,
    workbook::reference,
};

/// Rows and columns of a sheet at most, in any program.
const LINES: u32 = 1 << 20;

/// A row.
pub(super) struct RowSource<'s> {
    /// Its number from 0, in the sheet as it is.
    pub number: u32,
    pub tag: Tag<'s>,
    /// The bytes that it covers.
    pub range: Range<usize>,
    pub cells: Vec<CellSource<'s>>,
    /// What stands behind the last cell, the row's end included; empty for a row without content.
    pub tail: &'s str,
}

/// A cell.
#[derive(Clone)]
pub(super) struct CellSource<'s> {
    pub place: Place,
    pub tag: Tag<'s>,
    /// All of it.
    pub raw: &'s str,
    pub formula: Option<FormulaSource<'s>>,
}

/// The formula of a cell.
#[derive(Clone)]
pub(super) struct FormulaSource<'s> {
    pub tag: Tag<'s>,
    /// Where it stands in the cell.
    pub range: Range<usize>,
    pub text: String,
    /// Whether a result stands beside it.
    pub has_result: bool,
}

impl<'s> RowSource<'s> {
    /// Reads the row that began with `tag`, after the row before it.
    pub fn read(
        text: &'s str,
        pieces: &mut Pieces<'s>,
        (tag, range): (Piece<'s>, Range<usize>),
        expected: u32,
    ) -> Result<Self, ReadError> {
        let (tag, is_empty) = match tag {
            Piece::Open(tag) => (tag, false),
            Piece::Empty(tag) => (tag, true),
            Piece::Close(_) | Piece::Other => return Err(disordered()),
        };
        let number = match tag.get("r") {
            None => expected,
            Some(number) => {
                let number = number.trim().parse::<u32>().ok();
                let number = number.and_then(|number| number.checked_sub(1));
                number
                    .filter(|row| *row >= expected)
                    .ok_or_else(disordered)?
            }
        };
        if number >= LINES {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        let mut row = Self {
            number,
            tag,
            range,
            cells: Vec::new(),
            tail: "",
        };
        if !is_empty {
            row.read_cells(text, pieces)?;
        }
        Ok(row)
    }

    fn read_cells(&mut self, text: &'s str, pieces: &mut Pieces<'s>) -> Result<(), ReadError> {
        let mut end_of_cells = self.range.end;
        loop {
            let (piece, range) = pieces.inside()?;
            match piece {
                Piece::Open(tag) | Piece::Empty(tag) if tag.name() == "c" => {
                    let column = self.cells.last().map_or(0, |cell| cell.place.column + 1);
                    let place = tag.get("r").and_then(|name| reference::place(&name));
                    let place = place.unwrap_or(Place {
                        row: self.number,
                        column,
                    });
                    let is_open = matches!(piece, Piece::Open(_));
                    let cell = CellSource::read(text, pieces, (tag, range, is_open), place)?;
                    if place.row != self.number || place.column < column {
                        return Err(disordered());
                    }
                    end_of_cells = end_of_cells.max(cell.1);
                    self.cells.push(cell.0);
                }
                Piece::Open(_) => {
                    pieces.skip()?;
                }
                Piece::Close(_) => {
                    self.tail = text.get(end_of_cells..range.end).unwrap_or_default();
                    self.range.end = range.end;
                    return Ok(());
                }
                Piece::Empty(_) | Piece::Other => {}
            }
        }
    }
}

impl<'s> CellSource<'s> {
    fn read(
        text: &'s str,
        pieces: &mut Pieces<'s>,
        (tag, range, is_open): (Tag<'s>, Range<usize>, bool),
        place: Place,
    ) -> Result<(Self, usize), ReadError> {
        let mut cell = Self {
            place,
            tag,
            raw: "",
            formula: None,
        };
        let end = match is_open {
            true => cell.read_content(text, pieces, range.start)?,
            false => range.end,
        };
        cell.raw = text.get(range.start..end).unwrap_or_default();
        Ok((cell, end))
    }

    /// Reads what stands in the cell, which began at a place, and says where it ends.
    fn read_content(
        &mut self,
        text: &'s str,
        pieces: &mut Pieces<'s>,
        begin: usize,
    ) -> Result<usize, ReadError> {
        let mut has_result = false;
        loop {
            let (piece, inner) = pieces.inside()?;
            match piece {
                Piece::Open(tag) => {
                    let end = pieces.skip()?;
                    has_result |= tag.name() == "v" && inner.end < end.start;
                    if tag.name() == "f" {
                        let words = text.get(inner.end..end.start).unwrap_or_default();
                        self.formula = Some(FormulaSource {
                            tag,
                            range: inner.start - begin..end.end - begin,
                            text: unescaped(words),
                            has_result: false,
                        });
                    }
                }
                Piece::Empty(tag) if tag.name() == "f" => {
                    self.formula = Some(FormulaSource {
                        tag,
                        range: inner.start - begin..inner.end - begin,
                        text: String::new(),
                        has_result: false,
                    });
                }
                Piece::Close(_) => {
                    if let Some(formula) = &mut self.formula {
                        formula.has_result = has_result;
                    }
                    return Ok(inner.end);
                }
                Piece::Empty(_) | Piece::Other => {}
            }
        }
    }

    /// The number of its format, as written.
    pub fn style(&self) -> Option<String> {
        self.tag.get("s")
    }
}

fn disordered() -> ReadError {
    ReadError::Broken("工作表内的行或单元格没有按顺序排列".to_owned())
}
