//! Finds in laid out pages where every cell is.
//!
//! typst tells elements apart by tags inside the pages' frames. The tag of a cell stands at the cell's upper left corner; a
//! cell over several pages is a group of frames with that cell as their parent. Before and after each block the template
//! puts a metadata tag that names it.

use std::collections::HashMap;

use typst::{
    foundations::{Content, StyleChain, Value},
    introspection::{Location, MetadataElem, Tag},
    layout::{Frame, FrameItem, GridCell, Point},
    model::TableCell,
    visualize::Geometry,
};
use typst_layout::PagedDocument;

use super::pages::Rect;

/// A cell of the template's tables as it lies on the pages.
#[derive(Debug)]
pub(super) struct FoundCell {
    pub part: usize,
    pub block: usize,
    pub column: usize,
    pub row: usize,
    /// Page, counted from 0, and upper left corner.
    pub page: usize,
    pub corner: (f64, f64),
    /// Where a cell over several pages lies on each of them; empty for a cell on one page.
    pub pieces: Vec<(usize, Rect)>,
}

/// What is found on the pages.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub cells: Vec<FoundCell>,
    /// Where each block ends: page and height.
    pub ends: HashMap<(usize, usize), (usize, f64)>,
    /// The page on which each part begins.
    pub starts: Vec<usize>,
    /// The lowest line drawn on each page.
    pub lowest_lines: Vec<f64>,
}

/// Looks through all pages.
pub(super) fn find(document: &PagedDocument) -> Found {
    let mut walk = Walk::default();
    for (page, content) in document.pages().iter().enumerate() {
        walk.page = page;
        walk.found.lowest_lines.push(0.0);
        walk.frame(&content.frame, Point::zero());
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Found,
    page: usize,
    block: Option<(usize, usize)>,
    by_location: HashMap<Location, usize>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, origin: Point) {
        for (position, item) in frame.items() {
            let at = origin + *position;
            match item {
                FrameItem::Group(group) => {
                    if let Some(parent) = &group.parent
                        && let Some(index) = self.by_location.get(&parent.location)
                    {
                        let size = group.frame.size();
                        let rect = Rect {
                            x: at.x.to_pt(),
                            y: at.y.to_pt(),
                            width: size.x.to_pt(),
                            height: size.y.to_pt(),
                        };
                        self.found.cells[*index].pieces.push((self.page, rect));
                    }
                    // Rotated groups hold no cells, so the offset is all that counts.
                    self.frame(&group.frame, at);
                }
                FrameItem::Tag(Tag::Start(element, _)) => self.element(element, at),
                FrameItem::Shape(shape, _) => {
                    if let Geometry::Line(end) = shape.geometry
                        && end.y.to_pt().abs() < 0.01
                    {
                        let lowest = &mut self.found.lowest_lines[self.page];
                        *lowest = lowest.max(at.y.to_pt());
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &Content, at: Point) {
        let style = StyleChain::default();
        let place = if let Some(cell) = element.to_packed::<TableCell>() {
            (!cell.is_repeated.get(style)).then(|| (cell.x.get(style), cell.y.get(style)))
        } else if let Some(cell) = element.to_packed::<GridCell>() {
            Some((cell.x.get(style), cell.y.get(style)))
        } else {
            if let Some(metadata) = element.to_packed::<MetadataElem>()
                && let Value::Str(name) = &metadata.value
            {
                self.named(name, at);
            }
            None
        };
        let Some((column, row)) = place else { return };
        let (Some(column), Some(row)) = (column.custom(), row.custom()) else {
            return;
        };
        let Some((part, block)) = self.block else {
            return;
        };
        if let Some(location) = element.location() {
            self.by_location.insert(location, self.found.cells.len());
        }
        self.found.cells.push(FoundCell {
            part,
            block,
            column,
            row,
            page: self.page,
            corner: (at.x.to_pt(), at.y.to_pt()),
            pieces: Vec::new(),
        });
    }

    fn named(&mut self, name: &str, at: Point) {
        let mut words = name.split(' ');
        let kind = words.next();
        let mut number = || words.next().and_then(|word| word.parse::<usize>().ok());
        match (kind, number(), number()) {
            (Some("part"), Some(_), None) => self.found.starts.push(self.page),
            (Some("block"), Some(part), Some(block)) => self.block = Some((part, block)),
            (Some("end"), Some(part), Some(block)) => {
                self.block = None;
                self.found
                    .ends
                    .insert((part, block), (self.page, at.y.to_pt()));
            }
            _ => {}
        }
    }
}
