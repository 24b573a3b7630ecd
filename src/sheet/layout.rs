//! Lays a booklet out. What depends on where pages end (captions split over pages, page numbers) is known only afterwards,
//! so all is laid out again until nothing moves any more.
//!
//! That ends: a caption that was split once takes no height from then on, so every pass has either the same rows on the same
//! pages as the one before or more captions without height, of which there are only so many. Nearly always two passes do.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use typst::diag::Warned;
use typst_layout::PagedDocument;

use super::{
    booklet::Booklet,
    fonts::{Face, Fonts, SystemFonts, is_bundled},
    frames::{self, Found, FoundCell},
    markup::{self, Origins, Paper, TEXT_SIZE},
    pages::{Pages, PartPages, PlacedCell, Rect, Unprintable},
    table::{Cell, CellAddress, Style},
    text,
    world::{PrintWorld, TEMPLATE},
};

/// More passes than any form was ever seen to need.
const MOST_PASSES: usize = 8;
/// For how many layouts typst remembers what it laid out, so that the next after a small edit is quick.
const REMEMBERED: usize = 10;

/// Why nothing was laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("排版没有完成，没有生成页面，表中内容没有改动。请保留以下信息并反馈给我们：{0}")]
pub struct LayoutError(String);

/// Lays booklets out. One for the whole program: what it once found out about fonts and texts it remembers.
pub struct Typesetter {
    system: SystemFonts,
    /// The fonts of the latest layout.
    fonts: Mutex<Option<Arc<Fonts>>>,
}

impl Typesetter {
    /// With the fonts of this computer to fall back on.
    pub fn new() -> Self {
        Self::with_fonts(SystemFonts::installed())
    }

    /// With these fonts to fall back on.
    pub fn with_fonts(system: SystemFonts) -> Self {
        Self {
            system,
            fonts: Mutex::new(None),
        }
    }

    /// Lays a booklet out.
    ///
    /// # Errors
    ///
    /// The template failed; that would be a fault of the program.
    pub fn lay_out(&self, booklet: &Booklet) -> Result<Pages, LayoutError> {
        self.settled(booklet).map(|(pages, _)| pages)
    }

    /// What typst is given for the booklet in the last pass: its source and `data.json`. With it, the same pages can be
    /// looked into with typst's own tools.
    ///
    /// # Errors
    ///
    /// As [`Self::lay_out`].
    pub fn markup(&self, booklet: &Booklet) -> Result<(&'static str, Vec<u8>), LayoutError> {
        self.settled(booklet).map(|(_, data)| (TEMPLATE, data))
    }

    /// Lays out until nothing moves any more: the pages, and the data of the last pass.
    fn settled(&self, booklet: &Booklet) -> Result<(Pages, Vec<u8>), LayoutError> {
        let used = characters(booklet);
        let fonts = self.fonts(used.keys().copied(), booklet.face);
        let mut state = State::first(booklet);
        let mut passes = 0;
        loop {
            passes += 1;
            let (data, origins) = markup::data(booklet, &state, &fonts);
            let world = PrintWorld::new(&fonts, data.clone());
            let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
            let document = output.map_err(|errors| {
                let errors: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
                LayoutError(errors.join("；"))
            })?;
            let placement = Placement::new(booklet, frames::find(&document), origins);
            let next = state.next(booklet, &placement);
            let is_settled = next == state;
            if is_settled || passes == MOST_PASSES {
                typst::comemo::evict(REMEMBERED);
                let pages = Pages {
                    document,
                    time: booklet.time,
                    cells: placement.cells(booklet),
                    parts: placement.parts,
                    unprintable: unprintable(booklet, &used, &fonts.lacking),
                    has_face: fonts.has_face,
                    passes,
                    is_settled,
                    warnings: warnings.iter().map(|one| one.message.to_string()).collect(),
                };
                return Ok((pages, data));
            }
            state = next;
        }
    }

    /// The fonts for these characters: nearly always those of the layout before.
    fn fonts(&self, characters: impl Iterator<Item = char>, face: Face) -> Arc<Fonts> {
        let foreign: BTreeSet<char> = characters.filter(|c| !is_bundled(*c)).collect();
        // A panic elsewhere leaves nothing half done here.
        let mut latest = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*latest
            && known.face == face
            && known.foreign == foreign
        {
            return Arc::clone(known);
        }
        let fonts = Arc::new(Fonts::new(foreign, face, &self.system));
        *latest = Some(Arc::clone(&fonts));
        fonts
    }
}

impl fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typesetter").finish_non_exhaustive()
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

/// A cell of a booklet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub part: usize,
    pub address: CellAddress,
}

/// What one pass knows from the one before.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    /// Captions that take no height, each with its pieces.
    pub splits: BTreeMap<Key, Vec<Segment>>,
    /// By part, how many pages are counted with its own.
    pub totals: Vec<usize>,
    /// How many pages there are.
    pub pages: usize,
    /// What cells say that tell where something is.
    pub references: BTreeMap<Key, Shown>,
}

/// A piece of a caption: rows on one page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    pub row: usize,
    pub rows: usize,
    pub caption: Caption,
}

/// How a piece of a caption is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Caption {
    Printed(Size),
    /// Not at all: its rows have no room for it.
    Left,
}

/// Sizes of captions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Size {
    Usual,
    Smaller,
    Smallest,
}

impl Size {
    pub(super) fn points(self) -> f64 {
        match self {
            Self::Usual => TEXT_SIZE,
            Self::Smaller => 7.5,
            Self::Smallest => 6.0,
        }
    }
}

/// What a cell says that tells where something is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub text: String,
    /// Page, from 1, and point, in whole points.
    pub to: Option<(usize, f64, f64)>,
}

impl State {
    fn first(booklet: &Booklet) -> Self {
        Self {
            splits: BTreeMap::new(),
            totals: vec![1; booklet.parts.len()],
            pages: booklet.parts.len(),
            references: BTreeMap::new(),
        }
    }

    fn next(&self, booklet: &Booklet, placement: &Placement) -> Self {
        Self {
            splits: placement.splits(booklet, self),
            totals: placement.totals(booklet),
            pages: placement.parts.iter().map(|part| part.count).sum(),
            references: placement.references(booklet),
        }
    }
}

/// Where everything came to lie in one pass.
struct Placement {
    found: Found,
    origins: Origins,
    parts: Vec<PartPages>,
    /// Where the rows of blocks begin: page and height.
    tops: HashMap<(usize, usize, usize), (usize, f64)>,
}

impl Placement {
    fn new(booklet: &Booklet, found: Found, origins: Origins) -> Self {
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
    fn totals(&self, booklet: &Booklet) -> Vec<usize> {
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
    fn splits(&self, booklet: &Booklet, before: &State) -> BTreeMap<Key, Vec<Segment>> {
        let mut splits = BTreeMap::new();
        for (part, content) in booklet.parts.iter().enumerate() {
            let cells = content.sheet.cells();
            for (address, cell) in cells.filter(|(_, cell)| cell.style == Style::Span) {
                let key = Key { part, address };
                let segments = self.segments(booklet, key, cell);
                if segments.len() > 1 || before.splits.contains_key(&key) {
                    splits.insert(key, segments);
                }
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
        let width = paper.points(cell.right - cell.left) - 6.0;
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

    fn references(&self, booklet: &Booklet) -> BTreeMap<Key, Shown> {
        booklet
            .references
            .iter()
            .map(|reference| {
                let key = Key {
                    part: reference.part,
                    address: reference.cell,
                };
                let target = match reference.to_cell {
                    Some(cell) => self.position(reference.to_part, cell),
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
        let run = (0..=part)
            .rev()
            .find(|index| booklet.parts[*index].restarts);
        self.parts
            .get(run.unwrap_or(0))
            .map_or(0, |part| part.first)
    }

    fn position(&self, part: usize, address: CellAddress) -> Option<(usize, f64, f64)> {
        let cell = self
            .found
            .cells
            .iter()
            .find(|cell| self.origin(cell) == Some(&address) && cell.part == part)?;
        Some((cell.page, cell.corner.0, cell.corner.1))
    }

    fn origin(&self, cell: &FoundCell) -> Option<&CellAddress> {
        self.origins
            .get(&(cell.part, cell.block, cell.column, cell.row))
    }

    /// All cells with their rectangles.
    fn cells(&self, booklet: &Booklet) -> Vec<PlacedCell> {
        let mut cells: Vec<PlacedCell> = Vec::new();
        let mut known: HashMap<Key, usize> = HashMap::new();
        for found in &self.found.cells {
            let Some(address) = self.origin(found).copied() else {
                continue;
            };
            let key = Key {
                part: found.part,
                address,
            };
            let sheet = &booklet.parts[key.part].sheet;
            let cell = &sheet.blocks[address.block].rows[address.row].cells[address.cell];
            let index = *known.entry(key).or_insert_with(|| {
                cells.push(PlacedCell {
                    part: key.part,
                    address,
                    at: cell.at.clone(),
                    pieces: Vec::new(),
                });
                cells.len() - 1
            });
            if found.pieces.is_empty() {
                let rect = self.rect(booklet, found, cell, key);
                cells[index].pieces.push((found.page, rect));
            } else {
                cells[index].pieces.extend(found.pieces.iter().copied());
            }
        }
        cells
    }

    /// The rectangle of a cell on one page: all its rows that are on that page.
    fn rect(&self, booklet: &Booklet, found: &FoundCell, cell: &Cell, key: Key) -> Rect {
        let end = key.address.row + cell.rows;
        let next = (found.row + 1..end)
            .find(|row| self.page_of(found.part, found.block, *row) != Some(found.page))
            .unwrap_or(end);
        let paper = Paper::of(booklet.parts[key.part].sheet.page);
        let (x, y) = found.corner;
        Rect {
            x,
            y,
            width: paper.line(cell.right).min(paper.right()) - paper.line(cell.left),
            height: self.bottom(booklet, found.part, found.block, next, found.page) - y,
        }
    }
}

/// The largest size in which a caption of this many characters fits.
fn fitting(characters: usize, width: f64, height: f64) -> Caption {
    for size in [Size::Usual, Size::Smaller, Size::Smallest] {
        let points = size.points();
        // A table's columns are wider than one character, and captions shorter than a thousand.
        let per_line = (width / points).floor().max(1.0);
        let lines = (characters as f64 / per_line).ceil();
        if lines * points * 1.32 <= height {
            return Caption::Printed(size);
        }
    }
    Caption::Left
}

/// Every character that is printed, with the first cell it is in.
fn characters(booklet: &Booklet) -> BTreeMap<char, Option<Key>> {
    let mut used = BTreeMap::new();
    for (part, content) in booklet.parts.iter().enumerate() {
        for (address, cell) in content.sheet.cells() {
            for line in text::lines(&cell.text) {
                for character in line.chars() {
                    used.entry(character).or_insert(Some(Key { part, address }));
                }
            }
        }
    }
    let foot = booklet.footer.iter().flat_map(|text| text.chars());
    for character in foot.chain("（续）—0123456789".chars()) {
        used.entry(character).or_insert(None);
    }
    used
}

fn unprintable(
    booklet: &Booklet,
    used: &BTreeMap<char, Option<Key>>,
    lacking: &BTreeSet<char>,
) -> Vec<Unprintable> {
    lacking
        .iter()
        .map(|character| {
            let key = used.get(character).copied().flatten();
            Unprintable {
                character: *character,
                part: key.map_or(0, |key| key.part),
                address: key.map(|key| key.address),
                at: key.and_then(|key| {
                    let rows = &booklet.parts[key.part].sheet.blocks[key.address.block].rows;
                    rows[key.address.row].cells[key.address.cell].at.clone()
                }),
            }
        })
        .collect()
}
