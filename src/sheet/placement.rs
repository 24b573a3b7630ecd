//! Where everything came to lie in one pass of the layout, and what follows from it for the next.

use std::collections::{BTreeMap, HashMap};

use super::{
    booklet::Booklet,
    frames::{Found, FoundCell},
    markup::{Origins, TEXT_SIZE},
    pages::{PartPages, PlacedCell, Rect},
    paper::{INSET_X, Paper},
    spacing::{LastPage, Spacing},
    state::{Caption, Carried, Key, Segment, Shown, Size, State, fitting},
    table::{Cell, CellAddress, Style},
};

/// Heights by part, block and page.
type Tops = HashMap<(usize, usize, usize), f64>;

/// Where everything came to lie in one pass.
pub(super) struct Placement {
    found: Found,
    origins: Origins,
    pub parts: Vec<PartPages>,
    /// Where the rows of blocks begin: page and height.
    tops: HashMap<(usize, usize, usize), (usize, f64)>,
}

impl Placement {
    pub fn new(booklet: &Booklet, found: Found, origins: Origins) -> Self {
        let mut tops = HashMap::new();
        for cell in &found.cells {
            tops.entry((cell.part, cell.block, cell.row))
                .or_insert((cell.page, cell.corner.1));
        }
        let pages = found.lowest_lines.len();
        let ends = found.starts.iter().skip(1).chain([&pages]);
        let parts = found.starts.iter().zip(ends);
        let parts: Vec<PartPages> = parts
            .map(|(first, end)| PartPages {
                first: *first,
                count: end.saturating_sub(*first),
                is_close: false,
            })
            .collect();
        debug_assert_eq!(parts.len(), booklet.parts.len());
        Self {
            found,
            origins,
            parts,
            tops,
        }
    }

    /// By part, how many pages are counted with its own: those of its run of parts.
    pub fn totals(&self, booklet: &Booklet) -> Vec<usize> {
        let mut totals: Vec<usize> = Vec::new();
        let mut run = 0;
        for (index, part) in booklet.parts.iter().enumerate() {
            let count = self.parts.get(index).map_or(0, |part| part.count);
            if part.restarts || index == 0 {
                run = index;
            }
            totals.push(0);
            totals[run] += count;
        }
        for index in 1..totals.len() {
            if !booklet.parts[index].restarts {
                totals[index] = totals[index - 1];
            }
        }
        totals
    }

    /// The page on which a row begins.
    fn page_of(&self, part: usize, block: usize, row: usize) -> Option<usize> {
        self.tops.get(&(part, block, row)).map(|(page, _)| *page)
    }

    /// Where rows end that begin on `page`: where the next row of that page begins, else with the block, else with the page.
    fn bottom(
        &self,
        booklet: &Booklet,
        part: usize,
        block: usize,
        next: usize,
        page: usize,
    ) -> f64 {
        if let Some((_, top)) = self
            .tops
            .get(&(part, block, next))
            .filter(|(on, _)| *on == page)
        {
            return *top;
        }
        let is_last = booklet.parts[part].sheet.blocks[block].rows.len() <= next;
        match self.found.ends.get(&(part, block)) {
            Some((on, end)) if *on == page && is_last => *end,
            _ if booklet.parts[part].sheet.blocks[block].kind.is_ruled() => {
                self.found.lowest_lines[page]
            }
            _ => Paper::of(booklet.parts[part].sheet.page).bottom(),
        }
    }

    /// Captions over several pages in their pieces, and those that were split before.
    pub fn splits(&self, booklet: &Booklet, before: &State) -> BTreeMap<Key, Vec<Segment>> {
        let mut splits = BTreeMap::new();
        for (part, content) in booklet.parts.iter().enumerate() {
            let cells = content.sheet.cells();
            for (address, cell) in cells.filter(|(_, cell)| cell.style == Style::Span) {
                let key = Key { part, address };
                let mut segments = self.segments(booklet, key, cell);
                let was_split = before.splits.contains_key(&key);
                if segments.len() < 2 && !was_split {
                    continue;
                }
                let fits = |segment: &Segment| segment.caption != Caption::Left;
                if !segments.iter().any(fits) {
                    // A caption that fits nowhere stays whole and takes the height that it needs.
                    if !was_split {
                        continue;
                    }
                    // Going back would have no end; it is printed, if need be over its edges.
                    if let Some(largest) = segments.iter_mut().max_by_key(|one| one.rows) {
                        largest.caption = Caption::Printed(Size::Smallest);
                    }
                }
                splits.insert(key, segments);
            }
        }
        splits
    }

    fn segments(&self, booklet: &Booklet, key: Key, cell: &Cell) -> Vec<Segment> {
        let CellAddress { block, row, .. } = key.address;
        let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
        for row in row..row + cell.rows {
            let Some(page) = self.page_of(key.part, block, row) else {
                continue;
            };
            match pieces.last_mut() {
                Some((on, _, rows)) if *on == page => *rows += 1,
                _ => pieces.push((page, row, 1)),
            }
        }
        let paper = Paper::of(booklet.parts[key.part].sheet.page);
        let width = paper.points(cell.right - cell.left) - INSET_X;
        pieces
            .into_iter()
            .map(|(page, row, rows)| {
                let top = self.tops[&(key.part, block, row)].1;
                let height = self.bottom(booklet, key.part, block, row + rows, page) - top;
                let again = if row == key.address.row { 0 } else { 3 };
                Segment {
                    row,
                    rows,
                    caption: fitting(cell.text.chars().count() + again, width, height),
                }
            })
            .collect()
    }

    /// Captions on pages on which no row of theirs begins: of rows so high that they go on there.
    pub fn carried(&self, booklet: &Booklet) -> Vec<Carried> {
        let body_tops = self.body_tops();
        let mut carried = Vec::new();
        for (part, content) in booklet.parts.iter().enumerate() {
            let paper = Paper::of(content.sheet.page);
            let cells = content.sheet.cells();
            for (address, cell) in cells.filter(|(_, cell)| cell.style == Style::Span) {
                let CellAddress { block, row, .. } = address;
                let rows = row..row + cell.rows;
                let begun: Vec<usize> = rows
                    .clone()
                    .filter_map(|row| self.page_of(part, block, row))
                    .collect();
                let extents: Vec<Extent> = rows
                    .flat_map(|row| self.extents(booklet, part, block, row, &body_tops))
                    .collect();
                // A caption that needs more than its first page goes on by itself.
                let ends_there = extents.first().is_some_and(|first| {
                    let rect = first.rect(cell, &paper);
                    let length = cell.text.chars().count();
                    fitting(length, rect.width - INSET_X, rect.height)
                        == Caption::Printed(Size::Usual)
                });
                if ends_there {
                    let goes_on = extents
                        .iter()
                        .filter(|extent| !begun.contains(&extent.page));
                    carried.extend(
                        goes_on.filter_map(|extent| Carried::new(part, cell, extent, &paper)),
                    );
                }
            }
        }
        carried
    }

    pub fn references(&self, booklet: &Booklet) -> BTreeMap<Key, Shown> {
        if booklet.references.is_empty() {
            return BTreeMap::new();
        }
        let corners = self.corners();
        booklet
            .references
            .iter()
            .map(|reference| {
                let key = Key {
                    part: reference.part,
                    address: reference.cell,
                };
                let target = match reference.to_cell {
                    Some(address) => corners
                        .get(&Key {
                            part: reference.to_part,
                            address,
                        })
                        .copied(),
                    None => self
                        .parts
                        .get(reference.to_part)
                        .map(|part| (part.first, 0.0, 0.0)),
                };
                let Some((page, x, y)) = target else {
                    let text = "—".to_owned();
                    return (key, Shown { text, to: None });
                };
                let number = if reference.through {
                    page + 1
                } else {
                    page + 1 - self.first_of_run(booklet, reference.to_part)
                };
                let shown = Shown {
                    text: number.to_string(),
                    to: Some((page + 1, x.floor(), y.floor())),
                };
                (key, shown)
            })
            .collect()
    }

    /// The first page of those that a part's pages are counted with.
    fn first_of_run(&self, booklet: &Booklet, part: usize) -> usize {
        self.parts
            .get(booklet.run_of(part).start)
            .map_or(0, |part| part.first)
    }

    /// Where each cell begins: page and point.
    fn corners(&self) -> HashMap<Key, (usize, f64, f64)> {
        let mut corners = HashMap::new();
        for cell in &self.found.cells {
            if let Some(address) = self.origin(cell).copied() {
                let part = cell.part;
                let corner = (cell.page, cell.corner.0, cell.corner.1);
                corners.entry(Key { part, address }).or_insert(corner);
            }
        }
        corners
    }

    fn origin(&self, cell: &FoundCell) -> Option<&CellAddress> {
        self.origins
            .get(&(cell.part, cell.block, cell.column, cell.row))
    }

    /// All cells with their rectangles. Cells of a row end where the next row begins, whatever typst drew of them: of a cell
    /// over several pages it draws nothing where no text is left.
    pub fn cells(&self, booklet: &Booklet) -> Vec<PlacedCell> {
        let body_tops = self.body_tops();
        let mut cells = Vec::new();
        for (part, content) in booklet.parts.iter().enumerate() {
            let paper = Paper::of(content.sheet.page);
            let mut extents: HashMap<(usize, usize), Vec<Extent>> = HashMap::new();
            for (address, cell) in content.sheet.cells() {
                let CellAddress { block, row, .. } = address;
                let mut pieces: Vec<(usize, Rect)> = Vec::new();
                for row in row..row + cell.rows {
                    let parts = extents
                        .entry((block, row))
                        .or_insert_with(|| self.extents(booklet, part, block, row, &body_tops));
                    for extent in parts {
                        match pieces.last_mut() {
                            Some((page, rect)) if *page == extent.page => {
                                rect.height = extent.bottom - rect.y;
                            }
                            _ => pieces.push((extent.page, extent.rect(cell, &paper))),
                        }
                    }
                }
                if !pieces.is_empty() {
                    cells.push(PlacedCell {
                        part,
                        address,
                        at: cell.at.clone(),
                        pieces,
                    });
                }
            }
        }
        cells
    }

    /// Where the rows of each block begin on each page, beneath the header that the page repeats.
    fn body_tops(&self) -> Tops {
        let mut tops = Tops::new();
        for cell in &self.found.cells {
            let pieces = cell.pieces.iter().map(|(page, rect)| (*page, rect.y));
            for (page, y) in pieces.chain([(cell.page, cell.corner.1)]) {
                let top = tops.entry((cell.part, cell.block, page)).or_insert(y);
                *top = y.min(*top);
            }
        }
        tops
    }

    /// By part, what its last page holds. `None` for a part with one page, and where drawings decide how many there are.
    pub fn last_pages(&self, booklet: &Booklet) -> Vec<Option<LastPage>> {
        let body_tops = self.body_tops();
        (0..booklet.parts.len())
            .map(|part| self.last_page(booklet, part, &body_tops))
            .collect()
    }

    fn last_page(&self, booklet: &Booklet, part: usize, body_tops: &Tops) -> Option<LastPage> {
        let content = &booklet.parts[part];
        let pages = self.parts.get(part)?;
        if pages.count < 2 || !content.drawings.is_empty() {
            return None;
        }
        let last = pages.first + pages.count - 1;
        let paper = Paper::of(content.sheet.page);
        let blocks = 0..content.sheet.blocks.len();
        let top = blocks
            .clone()
            .filter_map(|block| body_tops.get(&(part, block, last)))
            .fold(f64::MAX, |top, other| top.min(*other));
        let (_, bottom) = self.found.ends.get(&(part, blocks.end.checked_sub(1)?))?;
        let height = bottom - top;
        let mut page = LastPage {
            share: height / paper.text_height(),
            height,
            rows: 0,
            rows_before: 0,
            lines_before: 0.0,
            blank_before: 0.0,
        };
        let mut lowest_before = 0.0_f64;
        for block in blocks.filter(|block| content.sheet.blocks[*block].kind.is_ruled()) {
            let rows = &content.sheet.blocks[block];
            for row in 0..rows.rows.len() {
                page.rows += usize::from(self.page_of(part, block, row) == Some(last));
                let repeats = if row < rows.header_rows {
                    pages.count - 2
                } else {
                    0
                };
                let extents = self.extents(booklet, part, block, row, body_tops);
                for extent in extents.iter().filter(|extent| extent.page < last) {
                    let lines = lines_in(extent.bottom - extent.top);
                    page.rows_before += 1 + repeats;
                    page.lines_before += lines * (1 + repeats) as f64;
                    if extent.page + 1 == last {
                        lowest_before = lowest_before.max(extent.bottom);
                    }
                }
            }
        }
        if lowest_before > 0.0 {
            page.blank_before = paper.bottom() - lowest_before;
        }
        Some(page)
    }

    /// From where to where a row reaches, on each page it is on.
    fn extents(
        &self,
        booklet: &Booklet,
        part: usize,
        block: usize,
        row: usize,
        body_tops: &Tops,
    ) -> Vec<Extent> {
        /// Lower than this, in points, is no row.
        const LEAST: f64 = 0.5;
        let Some((first, top)) = self.tops.get(&(part, block, row)).copied() else {
            return Vec::new();
        };
        let next = self.tops.get(&(part, block, row + 1)).copied();
        let end = next.or_else(|| self.found.ends.get(&(part, block)).copied());
        let (last, last_bottom) = end.unwrap_or((first, f64::MAX));
        let page_end = |page| self.bottom(booklet, part, block, row + 1, page);
        let mut extents = vec![Extent {
            page: first,
            top,
            bottom: page_end(first),
        }];
        for page in first + 1..=last {
            let Some(top) = body_tops.get(&(part, block, page)).copied() else {
                continue;
            };
            let bottom = if page == last {
                last_bottom
            } else {
                page_end(page)
            };
            if bottom > top + LEAST {
                extents.push(Extent { page, top, bottom });
            }
        }
        extents
    }
}

/// How many lines follow the first of a text in a row so high.
fn lines_in(height: f64) -> f64 {
    let usual = Spacing::Usual;
    let rest = height - 2.0 * usual.inset() - TEXT_SIZE;
    (rest / (TEXT_SIZE * usual.line_height())).round().max(0.0)
}

/// From where to where something reaches on a page.
struct Extent {
    page: usize,
    top: f64,
    bottom: f64,
}

impl Carried {
    fn new(part: usize, cell: &Cell, extent: &Extent, paper: &Paper) -> Option<Self> {
        let rect = extent.rect(cell, paper);
        let text = format!("{}（续）", cell.text);
        let fits = fitting(text.chars().count(), rect.width - INSET_X, rect.height);
        match fits {
            Caption::Printed(size) if !cell.text.is_empty() => Some(Self {
                part,
                page: extent.page + 1,
                // Whole points, so that passes can be compared.
                place: [rect.x, rect.y, rect.width, rect.height].map(f64::round),
                text,
                size,
            }),
            _ => None,
        }
    }
}

impl Extent {
    fn rect(&self, cell: &Cell, paper: &Paper) -> Rect {
        Rect {
            x: paper.line(cell.left),
            y: self.top,
            width: paper.line(cell.right).min(paper.right()) - paper.line(cell.left),
            height: self.bottom - self.top,
        }
    }
}
