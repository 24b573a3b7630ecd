//! What is selected, and how keys move it: as in Excel.

use super::table::{GridTable, Spot};

/// A cell that has the cursor, and the range from where Shift or a drag began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// The cell with the cursor.
    pub cursor: Spot,
    /// Where the range began.
    pub anchor: Spot,
}

/// A rectangle of spots, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The upper left spot.
    pub first: Spot,
    /// The lower right spot.
    pub last: Spot,
}

/// How far a key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One cell up.
    Up,
    /// One cell down.
    Down,
    /// One cell to the left.
    Left,
    /// One cell to the right.
    Right,
    /// To the first row, or the edge of what is filled.
    FarUp,
    /// To the last row, or the edge of what is filled.
    FarDown,
    /// To the edge of what is filled on the left.
    FarLeft,
    /// To the edge of what is filled on the right.
    FarRight,
    /// To the first column.
    Home,
    /// To the last column.
    End,
    /// To the first cell.
    Start,
    /// To the last cell.
    Finish,
    /// This many rows up.
    PageUp(usize),
    /// This many rows down.
    PageDown(usize),
}

impl Range {
    /// Whether a spot lies in it.
    pub fn contains(&self, spot: Spot) -> bool {
        (self.first.row..=self.last.row).contains(&spot.row)
            && (self.first.column..=self.last.column).contains(&spot.column)
    }
}

impl Selection {
    /// One cell.
    pub fn at(spot: Spot) -> Self {
        Self {
            cursor: spot,
            anchor: spot,
        }
    }

    /// Whether whole rows are selected, as by their numbers.
    pub fn is_whole_rows(&self, table: &GridTable) -> bool {
        let columns = [self.cursor.column, self.anchor.column];
        let ends = (columns[0].min(columns[1]), columns[0].max(columns[1]) + 1);
        ends == (table.first_own_column(), table.columns.len())
    }

    /// The range, grown so that it cuts no merged cell. Whole rows are themselves only: the merged cells of their group do
    /// not draw its other rows in.
    pub fn range(&self, table: &GridTable) -> Range {
        let mut range = Range {
            first: Spot {
                row: self.cursor.row.min(self.anchor.row),
                column: self.cursor.column.min(self.anchor.column),
            },
            last: Spot {
                row: self.cursor.row.max(self.anchor.row),
                column: self.cursor.column.max(self.anchor.column),
            },
        };
        if self.is_whole_rows(table) {
            return range;
        }
        while let Some(grown) = grown(range, table) {
            range = grown;
        }
        range
    }

    /// The indexes of the selected cells, each once, row by row.
    pub fn cells(&self, table: &GridTable) -> Vec<usize> {
        let range = self.range(table);
        let mut cells = Vec::new();
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                let spot = Spot { row, column };
                let Some(index) = table.index_at(spot) else {
                    continue;
                };
                let cell = &table.cells[index];
                if (cell.row, cell.column) == (row, column) {
                    cells.push(index);
                }
            }
        }
        cells
    }

    /// Stays inside a table that may have become smaller.
    pub fn clamp(&mut self, table: &GridTable) {
        for spot in [&mut self.cursor, &mut self.anchor] {
            spot.row = spot.row.min(table.rows.len().saturating_sub(1));
            spot.column = spot.column.min(table.columns.len().saturating_sub(1));
        }
    }

    /// Moves the cursor; the range grows where `extend` says so.
    pub fn step(&mut self, table: &GridTable, step: Step, extend: bool) {
        self.cursor = stepped(table, self.cursor, step);
        if !extend {
            self.anchor = self.cursor;
        }
    }

    /// To the next cell in reading order, or back; wraps at the edges of the table.
    pub fn tab(&mut self, table: &GridTable, back: bool) {
        let columns = table.columns.len().max(1);
        let spots = table.rows.len() * columns;
        let here = self.cursor.row * columns + self.cursor.column;
        let width = table.at(self.cursor).map_or(1, |cell| cell.columns);
        let next = if back {
            here.checked_sub(1)
        } else {
            Some(here + width).filter(|next| *next < spots)
        };
        if let Some(next) = next {
            *self = Self::at(Spot {
                row: next / columns,
                column: next % columns,
            });
        }
    }
}

/// The range with every merged cell that it cuts; `None` where it cuts none.
fn grown(range: Range, table: &GridTable) -> Option<Range> {
    let mut grown = range;
    let Range { first, last } = range;
    let edges = (first.column..=last.column)
        .flat_map(|column| [first.row, last.row].map(|row| Spot { row, column }))
        .chain(
            (first.row..=last.row)
                .flat_map(|row| [first.column, last.column].map(|column| Spot { row, column })),
        );
    for spot in edges {
        if let Some(cell) = table.at(spot) {
            grown.first.row = grown.first.row.min(cell.row);
            grown.last.row = grown.last.row.max(cell.row + cell.rows - 1);
            grown.first.column = grown.first.column.min(cell.column);
            grown.last.column = grown.last.column.max(cell.column + cell.columns - 1);
        }
    }
    (grown != range).then_some(grown)
}

fn stepped(table: &GridTable, from: Spot, step: Step) -> Spot {
    let bottom = table.rows.len().saturating_sub(1);
    let right = table.columns.len().saturating_sub(1);
    let (row, column) = (from.row, from.column);
    let cell = table.at(from);
    let below = cell.map_or(row + 1, |cell| cell.row + cell.rows);
    let above = cell.map_or(row, |cell| cell.row);
    let beside = cell.map_or(column + 1, |cell| cell.column + cell.columns);
    match step {
        Step::Up => Spot {
            row: above.saturating_sub(1),
            column,
        },
        Step::Down if below > bottom => from,
        Step::Down => Spot { row: below, column },
        Step::Left => Spot {
            row,
            column: column.saturating_sub(1),
        },
        Step::Right if beside > right => from,
        Step::Right => Spot {
            row,
            column: beside,
        },
        Step::FarUp => far(table, from, Step::Up),
        Step::FarDown => far(table, from, Step::Down),
        Step::FarLeft => far(table, from, Step::Left),
        Step::FarRight => far(table, from, Step::Right),
        Step::Home => Spot { row, column: 0 },
        Step::End => Spot { row, column: right },
        Step::Start => Spot { row: 0, column: 0 },
        Step::Finish => Spot {
            row: bottom,
            column: right,
        },
        Step::PageUp(rows) => Spot {
            row: row.saturating_sub(rows),
            column,
        },
        Step::PageDown(rows) => Spot {
            row: (row + rows).min(bottom),
            column,
        },
    }
}

/// As Ctrl and an arrow in Excel: over filled cells to the last of them, over empty ones to the next filled one.
fn far(table: &GridTable, from: Spot, step: Step) -> Spot {
    let is_filled = |spot| {
        table
            .at(spot)
            .is_some_and(|cell| !cell.text.trim().is_empty())
    };
    let next = |spot| Some(stepped(table, spot, step)).filter(|next| *next != spot);
    let Some(mut spot) = next(from) else {
        return from;
    };
    if is_filled(from) && is_filled(spot) {
        while let Some(further) = next(spot).filter(|further| is_filled(*further)) {
            spot = further;
        }
    } else {
        while let Some(further) = next(spot).filter(|_| !is_filled(spot)) {
            spot = further;
        }
    }
    spot
}
