//! The form as a table of cells with spans. PDF, preview, Excel and Word all draw this one table, so none of them can show
//! another form than the others.
//!
//! Cells lie between vertical edges, in thousandths of the table's width. Edges rather than columns: the fund table and the
//! indicator table of a form have different columns, and a cell need not know of the other table's.

use std::collections::HashMap;

use crate::model::{
    edition::Orientation,
    id::Id,
    path::{BlockField, CellPath, GoalField, IndicatorField, Place, StatedField},
    project::Project,
};

/// The right edge of every table.
pub const FULL_WIDTH: u16 = 1000;

/// One project's form, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheet {
    /// The project; `None` for what is about several.
    pub project: Option<Id<Project>>,
    /// Its name, for the PDF's bookmarks and the list of contents; never empty.
    pub name: String,
    /// How the page lies.
    pub page: Orientation,
    /// The form's parts from top to bottom.
    pub blocks: Vec<Block>,
    /// What stands small at the foot of its pages, beside their number: of a closed form its 内容校验码.
    pub seal: Option<String>,
}

/// Rows that belong together and share their columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How many rows at its beginning are printed again on every further page.
    pub header_rows: usize,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The title and what stands beside it.
    Title,
    /// Part of the ruled table.
    Table,
    /// Lines for names beneath the table.
    Signatures,
    /// Footnotes.
    Notes,
}

impl BlockKind {
    /// Whether lines are drawn around its cells.
    pub fn is_ruled(self) -> bool {
        self == Self::Table
    }
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells that begin in this row, from left to right.
    pub cells: Vec<Cell>,
    /// Whether no page may end between this row and the next.
    pub keep_with_next: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Left edge in thousandths of the table's width.
    pub left: u16,
    /// Right edge in thousandths of the table's width.
    pub right: u16,
    /// How many rows it spans.
    pub rows: usize,
    /// What is printed; lines are separated by '\n'.
    pub text: String,
    /// How it is printed.
    pub style: Style,
    /// The field it shows; `None` for what the edition prints.
    pub at: Option<CellPath>,
}

/// How a cell is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The title of the form.
    Title,
    /// The title of an appendix.
    Heading,
    /// Small print beside the title.
    Aside,
    /// A caption of a field or a column.
    Caption,
    /// A caption merged over several rows, printed again with （续） where a page change splits it.
    Span,
    /// A short text, in the middle.
    Short,
    /// A text, from the left.
    Text,
    /// A text of several lines, from the top.
    Passage,
    /// A part (其中) of the row above, set in.
    Part,
    /// An amount of money.
    Amount,
    /// A rate, weight or score; its point stands below those of its column.
    Figure,
    /// A total, in the middle.
    Total,
    /// A caption and its value beneath the table.
    Signature,
    /// A footnote.
    Note,
}

impl Cell {
    /// A cell of one row.
    pub fn new(left: u16, right: u16, text: impl Into<String>, style: Style) -> Self {
        Self {
            left,
            right,
            rows: 1,
            text: text.into(),
            style,
            at: None,
        }
    }

    /// The cell as that of a field.
    #[must_use]
    pub fn at(mut self, at: CellPath) -> Self {
        self.at = Some(at);
        self
    }

    /// The cell merged over `rows` rows.
    #[must_use]
    pub fn over(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }
}

impl Row {
    /// A row of these cells.
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            cells: cells.into_iter().collect(),
            keep_with_next: false,
        }
    }

    /// The row, kept on one page with the next.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.keep_with_next = true;
        self
    }
}

impl Block {
    /// A block of the ruled table.
    pub fn table(header_rows: usize, rows: Vec<Row>) -> Self {
        Self {
            kind: BlockKind::Table,
            header_rows,
            rows,
        }
    }

    /// The vertical edges of its cells, from 0 to [`FULL_WIDTH`].
    pub fn edges(&self) -> Vec<u16> {
        edges_of(self.rows.iter())
    }
}

impl FormSheet {
    /// The vertical edges of all cells: the columns of a drawing that knows one set of columns only, as Excel does.
    pub fn edges(&self) -> Vec<u16> {
        edges_of(self.blocks.iter().flat_map(|block| &block.rows))
    }

    /// The title as it is printed.
    pub fn title(&self) -> &str {
        self.cells()
            .find(|(_, cell)| cell.style == Style::Title)
            .map_or("", |(_, cell)| &cell.text)
    }

    /// All cells in reading order, with their addresses.
    pub fn cells(&self) -> impl Iterator<Item = (CellAddress, &Cell)> {
        self.blocks.iter().enumerate().flat_map(|(block, rows)| {
            rows.rows.iter().enumerate().flat_map(move |(row, cells)| {
                cells
                    .cells
                    .iter()
                    .enumerate()
                    .map(move |(cell, content)| (CellAddress { block, row, cell }, content))
            })
        })
    }

    /// The printed cell for a field: its own, else the nearest that stands for it (the title for a year printed in it, the
    /// name of the row for a column that the edition does not print). `None` for what is on no page.
    pub fn cell_for(&self, place: &Place) -> Option<CellAddress> {
        self.index().find(place)
    }

    /// Finds the cells of many fields.
    pub fn index(&self) -> CellIndex<'_> {
        let cells = self.cells();
        CellIndex(
            cells
                .filter_map(|(address, cell)| Some((&cell.at.as_ref()?.place, address)))
                .collect(),
        )
    }
}

/// The printed cells by the field that they show.
pub struct CellIndex<'a>(HashMap<&'a Place, CellAddress>);

impl CellIndex<'_> {
    /// As [`FormSheet::cell_for`].
    pub fn find(&self, place: &Place) -> Option<CellAddress> {
        let found = self.0.get(place);
        found.or_else(|| self.0.get(&stand_in(place)?)).copied()
    }
}

/// Where a cell is in a [`FormSheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    /// Index of the block.
    pub block: usize,
    /// Index of the row in the block.
    pub row: usize,
    /// Index of the cell in the row.
    pub cell: usize,
}

/// The field beside which a field without a cell of its own is marked.
fn stand_in(place: &Place) -> Option<Place> {
    Some(match place {
        Place::Header(_) | Place::Stated(StatedField::MoneyUnit) => {
            Place::Stated(StatedField::Title)
        }
        Place::Fund(row, _) => Place::Fund(*row, "name".into()),
        Place::Goal(goal, GoalField::Weight) => Place::Goal(*goal, GoalField::Caption),
        Place::Section(section, _) => Place::Section(*section, BlockField::Caption),
        Place::Group(group, _) => Place::Group(*group, BlockField::Caption),
        Place::Indicator(row, IndicatorField::Tier) => {
            Place::Indicator(*row, IndicatorField::Actual)
        }
        Place::Indicator(row, _) => Place::Indicator(*row, IndicatorField::Name),
        Place::Stated(StatedField::TotalWeight | StatedField::Rating) => {
            Place::Stated(StatedField::TotalScore)
        }
        _ => return None,
    })
}

fn edges_of<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<u16> {
    let mut edges: Vec<u16> = rows
        .flat_map(|row| &row.cells)
        .flat_map(|cell| [cell.left, cell.right])
        .chain([0, FULL_WIDTH])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}
