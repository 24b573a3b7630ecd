//! The grid that paragraphs and tables are stacked in, one below the other, from column 0.

use std::{collections::BTreeMap, ops::Range};

use super::located::{Located, LocatedCell, LocatedRow};
use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Cell, Columns, Grid},
    limits,
    watch::Budget,
};

/// A cell of a table, not yet placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where it stands in the part, as of [`Located`]; empty for a gap, which is no cell.
    pub(super) range: Range<u64>,
    pub(super) columns: u32,
    /// Merged with the cell above.
    pub(super) down: Merge,
    /// Merged with the cell to the left.
    pub(super) across: Merge,
}

/// A cell's part in a merged one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::exchange) enum Merge {
    #[default]
    None,
    /// It is the first of the merged cells.
    Begins,
    /// It is a later one, and what it holds is not shown.
    Goes,
}

impl Default for Piece {
    fn default() -> Self {
        Self::blank(1)
    }
}

impl Piece {
    pub(super) fn blank(columns: u32) -> Self {
        Self {
            text: String::new(),
            range: 0..0,
            columns,
            down: Merge::None,
            across: Merge::None,
        }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The merged cells that the row above leaves open downwards, by their first column.
#[derive(Debug, Default)]
pub(super) struct Merges(BTreeMap<u32, OpenMerge>);

#[derive(Debug, Clone, Copy)]
struct OpenMerge {
    columns: u32,
    /// The number of its cell; `None` where it is blank.
    cell: Option<usize>,
}

/// A row of a table, not yet placed.
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    /// Where it stands in the part, as of [`Located`].
    pub(super) range: Range<u64>,
}

pub(super) struct Stack<'b, 'w> {
    budget: &'b mut Budget<'w>,
    located: Located,
    cells: Vec<Cell>,
    /// The numbers of the cells that are paragraphs: they become as wide as the widest table.
    paragraphs: Vec<usize>,
    row: u32,
}

impl<'b, 'w> Stack<'b, 'w> {
    pub(super) fn new(budget: &'b mut Budget<'w>) -> Self {
        Self {
            budget,
            located: Located::default(),
            cells: Vec::new(),
            paragraphs: Vec::new(),
            row: 0,
        }
    }

    /// Adds a paragraph outside of tables; a blank one is none.
    pub(super) fn paragraph(&mut self, text: &str, range: Range<u64>) -> Result<(), ReadError> {
        // A page break at the end of a paragraph is a line break, too.
        let text = text.trim_matches('\n');
        if text.trim().is_empty() {
            return Ok(());
        }
        let number = self.put(0, 1, text)?;
        self.paragraphs.push(number);
        let place = self.cells.get(number).map(|cell| cell.place);
        self.located
            .paragraphs
            .extend(place.map(|place| (place, range)));
        self.end_row()
    }

    /// Adds a row of a table. The answer is whether a merged cell covers text of the row.
    pub(super) fn row(&mut self, line: &Line, merges: &mut Merges) -> Result<bool, ReadError> {
        let mut located = LocatedRow {
            row: self.row,
            range: line.range.clone(),
            cells: Vec::with_capacity(line.pieces.len()),
        };
        let mut covers = false;
        let mut left_open = BTreeMap::new();
        let mut column = 0_u32;
        // The cell to the left: its first column, and its number if it has text.
        let mut left: Option<(u32, Option<usize>)> = None;
        for piece in &line.pieces {
            let after = column.saturating_add(piece.columns);
            if after > limits::COLUMNS {
                return Err(ReadError::TooLarge(Excess::Columns));
            }
            located.cells.push(LocatedCell {
                column,
                columns: piece.columns,
                range: piece.range.clone(),
                covered: false,
                down: piece.down,
            });
            if piece.across == Merge::Goes
                && let Some((first, number)) = left
            {
                // It is wider than the cell of the row above now: the two no longer merge.
                left_open.remove(&first);
                if let Some(cell) = number.and_then(|number| self.cells.get_mut(number)) {
                    cell.columns = after - first;
                }
                covers |= !piece.is_blank();
                located.cover();
                column = after;
                continue;
            }
            let above = merges
                .0
                .get(&column)
                .filter(|above| piece.down == Merge::Goes && above.columns == piece.columns)
                .copied();
            let number = match above {
                Some(above) => {
                    covers |= !piece.is_blank();
                    located.cover();
                    self.stretch(above.cell);
                    left_open.insert(column, above);
                    // What it covers to its right belongs to the row above.
                    None
                }
                None if piece.is_blank() && !self.keeps(piece) => None,
                None if piece.is_blank() => Some(self.put(column, piece.columns, "")?),
                None => Some(self.put(column, piece.columns, &piece.text)?),
            };
            if above.is_none() && piece.down != Merge::None {
                let open = OpenMerge {
                    columns: piece.columns,
                    cell: number,
                };
                left_open.insert(column, open);
            }
            left = Some((column, number));
            column = after;
        }
        merges.0 = left_open;
        self.located.rows.push(located);
        self.end_row()?;
        Ok(covers)
    }

    /// Whether a blank cell is kept.
    fn keeps(&self, piece: &Piece) -> bool {
        self.budget.keeps_blanks() && !piece.range.is_empty()
    }

    /// Where everything stands in the part.
    pub(super) fn into_located(self) -> Located {
        self.located
    }

    pub(super) fn into_grid(self) -> Grid {
        let mut grid = Grid {
            name: String::new(),
            columns: Columns::Aligned,
            cells: self.cells,
        };
        let width = grid.width().max(1);
        for number in self.paragraphs {
            if let Some(cell) = grid.cells.get_mut(number) {
                cell.columns = width;
            }
        }
        grid
    }

    fn put(&mut self, column: u32, columns: u32, text: &str) -> Result<usize, ReadError> {
        self.budget.take_cell(text)?;
        let cell = Cell::new(self.row, column, text).spanning(1, columns);
        self.cells.push(cell);
        Ok(self.cells.len() - 1)
    }

    /// Lets a cell of a row above reach down to this one.
    fn stretch(&mut self, number: Option<usize>) {
        let row = self.row;
        if let Some(cell) = number.and_then(|number| self.cells.get_mut(number)) {
            cell.rows = row - cell.place.row + 1;
        }
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        self.row += 1;
        if self.row > limits::ROWS {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        self.budget.go_on()
    }
}
