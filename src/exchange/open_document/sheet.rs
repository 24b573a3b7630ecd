//! The rows of one sheet. Runs of like cells and rows are stored once with a count, which may reach to the last row that
//! there is: blank ones only move on, others are written out as far as a sheet may reach.

use std::io::BufRead;

use super::cell;
use crate::exchange::{
    error::{Excess, ReadError},
    grid::{Cell, Place},
    limits,
    markup::{Element, Markup, Node},
    watch::Budget,
    workbook::book::LeftOut,
};

pub(super) struct Sheet<'s, 'w> {
    budget: &'s mut Budget<'w>,
    cells: Vec<Cell>,
    /// The numbers of the cells that reach below the row in which they begin.
    tall: Vec<usize>,
    row: u32,
    /// Repeated cells went past the limits.
    pub(super) clipped: bool,
    /// What was passed over.
    pub(super) left_out: LeftOut,
}

impl<'s, 'w> Sheet<'s, 'w> {
    pub(super) fn new(budget: &'s mut Budget<'w>) -> Self {
        Self {
            budget,
            cells: Vec::new(),
            tall: Vec::new(),
            row: 0,
            clipped: false,
            left_out: LeftOut::default(),
        }
    }

    pub(super) fn into_cells(self) -> Vec<Cell> {
        self.cells
    }

    /// Reads the sheet whose element was opened last.
    pub(super) fn read<R: BufRead>(&mut self, markup: &mut Markup<R>) -> Result<(), ReadError> {
        let mut open = 1_usize;
        while open > 0 {
            match markup.next()? {
                Some(Node::Open(element)) => match element.name.as_str() {
                    "table-row" => self.rows(markup, &element)?,
                    // Drawings that lie on the sheet; where a sheet comes from; notes; what was calculated with it.
                    "shapes" => {
                        self.left_out.drawings = true;
                        markup.skip()?;
                    }
                    "forms" | "table-source" | "scenario" | "named-expressions" | "desc"
                    | "title" => markup.skip()?,
                    _ => open += 1,
                },
                Some(Node::Close(_)) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Reads a row, which may stand for many.
    fn rows<R: BufRead>(&mut self, markup: &mut Markup<R>, row: &Element) -> Result<(), ReadError> {
        self.budget.go_on()?;
        let from = self.cells.len();
        self.cells_of_row(markup)?;
        let to = self.cells.len();
        let count = count(row, "number-rows-repeated");
        if to > from {
            let room = limits::ROWS - self.row;
            self.clipped |= count > room;
            for offset in 1..count.min(room) {
                self.budget.go_on()?;
                for number in from..to {
                    self.repeat_below(number, offset)?;
                }
            }
        }
        self.row = self.row.saturating_add(count);
        self.tall.retain(|number| {
            let reaches = |cell: &Cell| cell.place.row + cell.rows > self.row;
            self.cells.get(*number).is_some_and(reaches)
        });
        Ok(())
    }

    fn cells_of_row<R: BufRead>(&mut self, markup: &mut Markup<R>) -> Result<(), ReadError> {
        let mut column = 0_u32;
        let mut open = 1_usize;
        while open > 0 {
            match markup.next()? {
                Some(Node::Open(element)) => match element.name.as_str() {
                    "table-cell" => {
                        let shown = cell::read(markup, &element)?;
                        self.left_out |= shown.left_out;
                        let repeated = count(&element, "number-columns-repeated");
                        if !shown.text.trim().is_empty() {
                            self.put(column, repeated, &element, &shown.text)?;
                        }
                        column = column.saturating_add(repeated);
                    }
                    // A merged cell lies over it; what it holds is not shown.
                    "covered-table-cell" => {
                        markup.skip()?;
                        column = column.saturating_add(count(&element, "number-columns-repeated"));
                    }
                    _ => open += 1,
                },
                Some(Node::Close(_)) => open -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Keeps a cell and its repetitions to the right.
    fn put(
        &mut self,
        column: u32,
        repeated: u32,
        element: &Element,
        text: &str,
    ) -> Result<(), ReadError> {
        if self.row >= limits::ROWS {
            return Err(ReadError::TooLarge(Excess::Rows));
        }
        if column >= limits::COLUMNS {
            return Err(ReadError::TooLarge(Excess::Columns));
        }
        let room = limits::COLUMNS - column;
        self.clipped |= repeated > room;
        let columns = count(element, "number-columns-spanned");
        let rows = count(element, "number-rows-spanned");
        for offset in 0..repeated.min(room) {
            let place = Place {
                row: self.row,
                column: column + offset,
            };
            // A merged cell is not repeated.
            let columns = if repeated > 1 { 1 } else { columns };
            let cell = Cell {
                place,
                rows: rows.min(limits::ROWS - place.row),
                columns: columns.min(limits::COLUMNS - place.column),
                text: text.to_owned(),
            };
            self.keep(cell)?;
        }
        Ok(())
    }

    fn repeat_below(&mut self, number: usize, offset: u32) -> Result<(), ReadError> {
        let Some(above) = self.cells.get_mut(number) else {
            return Ok(());
        };
        // A row that is repeated holds no cell that reaches into the next.
        above.rows = 1;
        let mut cell = above.clone();
        cell.place.row = self.row + offset;
        self.budget.take_cell(&cell.text)?;
        self.cells.push(cell);
        Ok(())
    }

    /// Keeps a cell. Where a broken file lets an earlier one reach over it, that one ends before it.
    fn keep(&mut self, cell: Cell) -> Result<(), ReadError> {
        self.budget.take_cell(&cell.text)?;
        let Place { row, column } = cell.place;
        if let Some(left) = self.cells.last_mut()
            && left.place.row == row
        {
            left.columns = left.columns.min(column - left.place.column);
        }
        for number in &self.tall {
            if let Some(above) = self.cells.get_mut(*number)
                && above.place.row < row
                && above.place.column < column + cell.columns
                && column < above.place.column + above.columns
            {
                above.rows = above.rows.min(row - above.place.row);
            }
        }
        if cell.rows > 1 {
            self.tall.push(self.cells.len());
        }
        self.cells.push(cell);
        Ok(())
    }
}

/// A count of repetitions or of merged cells; 1 unless it says more.
fn count(element: &Element, name: &str) -> u32 {
    element
        .get(name)
        .and_then(|count| count.trim().parse::<u32>().ok())
        .unwrap_or(1)
        .max(1)
}
