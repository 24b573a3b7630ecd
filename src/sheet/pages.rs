//! Laid out pages: where everything is, and the ways onto paper and screen.

use typst_layout::PagedDocument;

use super::table::CellAddress;
use crate::model::path::CellPath;

/// A rectangle on a page, in points of 1/72 inch from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether a point lies in it.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }
}

/// Where a cell is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedCell {
    /// Index of the part.
    pub part: usize,
    /// The cell in that part's sheet.
    pub address: CellAddress,
    /// The field it shows.
    pub at: Option<CellPath>,
    /// On each page it is on, counted from 0, its rectangle.
    pub pieces: Vec<(usize, Rect)>,
}

/// The pages of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPages {
    /// The first of them in the file, counted from 0.
    pub first: usize,
    /// How many.
    pub count: usize,
    /// Whether its rows stand a little closer than usual, which saved a page that would have held hardly anything.
    pub is_close: bool,
}

/// A character that no font has. It is printed as a crossed box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unprintable {
    /// The character.
    pub character: char,
    /// Where it first occurs: the part's index and the cell.
    pub part: usize,
    /// The cell in that part's sheet; `None` for the foot of the pages.
    pub address: Option<CellAddress>,
    /// The field it is in, where the cell shows one.
    pub at: Option<CellPath>,
}

/// A booklet laid out.
#[derive(Debug, Clone)]
pub struct Pages {
    pub(super) document: PagedDocument,
    pub(super) time: jiff::civil::DateTime,
    /// All cells of all parts.
    pub cells: Vec<PlacedCell>,
    /// The pages of each part.
    pub parts: Vec<PartPages>,
    /// Characters that no font has.
    pub unprintable: Vec<Unprintable>,
    /// Whether the face asked for is on this computer.
    pub has_face: bool,
    /// How often all was laid out until nothing moved any more.
    pub passes: usize,
    /// Whether nothing moved in the last pass. If not, a caption may be split beside its page change; all text is there.
    pub is_settled: bool,
    /// What typesetting warns of, in its own words; for developers.
    pub warnings: Vec<String>,
}

impl Pages {
    /// How many pages there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// Width and height of a page in points.
    pub fn size(&self, page: usize) -> Option<(f64, f64)> {
        let size = self.document.pages().get(page)?.frame.size();
        Some((size.x.to_pt(), size.y.to_pt()))
    }

    /// The cell at a point of a page.
    pub fn cell_at(&self, page: usize, x: f64, y: f64) -> Option<&PlacedCell> {
        self.cells.iter().find(|cell| {
            cell.pieces
                .iter()
                .any(|(on, rect)| *on == page && rect.contains(x, y))
        })
    }

    /// Where the cell of a part is.
    pub fn placed(&self, part: usize, address: CellAddress) -> Option<&PlacedCell> {
        self.cells
            .iter()
            .find(|cell| cell.part == part && cell.address == address)
    }
}
