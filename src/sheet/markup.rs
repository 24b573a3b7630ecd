//! Puts a booklet into the words of the template (`assets/print/form.typ`): columns, cells, and how each is to be set.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{
    booklet::{Booklet, Chip, Part, Redline, Tense},
    fonts::{Families, Fonts},
    outline::{Step, outlines},
    paper::{INSET_X, Paper},
    spacing::Spacing,
    state::{Caption, Key, State},
    table::{Block, BlockKind, Cell, CellAddress, Row, Style},
    text::{self, Advances as _},
};
use crate::model::edition::Orientation;

/// The size of text, in points.
pub(super) const TEXT_SIZE: f64 = 9.0;
/// Rows are held together only where they need no more than this share of a page.
const KEPT_SHARE: f64 = 0.4;

/// What the template reads.
#[derive(Serialize)]
struct Data<'a> {
    title: &'a str,
    fonts: &'a Families,
    size: f64,
    mark: Option<Vec<Vec<Step>>>,
    footer: Option<&'a str>,
    /// The number of all pages, where they are counted by project.
    pages: Option<usize>,
    parts: Vec<PartData>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PartData {
    landscape: bool,
    /// At the sides, above, beneath.
    margin: [f64; 3],
    mark_size: f64,
    /// The room above and beneath the texts of cells.
    inset: f64,
    /// The room between lines, in sizes.
    leading: f64,
    restarts: bool,
    total: usize,
    /// Captions beside the rest of high rows: page of the file, place, size, text.
    carried: Vec<(usize, [f64; 4], f64, String)>,
    blocks: Vec<BlockData>,
    /// Drawings beneath them: SVG, and what it says.
    drawings: Vec<(String, String)>,
    /// What stands at the foot of its pages beside their number.
    seal: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct BlockData {
    kind: &'static str,
    columns: Vec<f64>,
    /// Cells of the rows that are printed again on every page, by style.
    head: Groups,
    /// All other cells, by style.
    body: Groups,
    /// Runs of rows that are held together: first row and number of rows.
    guards: Vec<(usize, usize)>,
}

#[derive(Clone, Serialize, Default)]
struct CellData {
    x: usize,
    y: usize,
    columns: usize,
    rows: usize,
    /// The text of a cell that has nothing special to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The lines of any other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lines: Vec<String>,
    /// Another size than that of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<f64>,
    /// Room before and behind a number, in sizes, so that points stand below each other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pad: Option<(f64, f64)>,
    /// Whether it takes no height.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    floats: bool,
    /// The side at which it has no line.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<&'static str>,
    /// Numbers of findings, each with whether it is printed strongly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chips: Vec<(String, bool)>,
    /// Room that a text leaves for them at its right, in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    aside: Option<f64>,
    /// The page, from 1, and the point that it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<(usize, f64, f64)>,
    /// That it is marked as changed, and the lines of its runs, each with when it was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    redline: Option<Vec<(&'static str, Vec<String>)>>,
}

/// Cells by the name of their style.
type Groups = BTreeMap<&'static str, Vec<CellData>>;

impl CellData {
    /// With the text by itself where that is all, which the template sets quicker.
    fn simplified(mut self) -> Self {
        let is_special = self.size.is_some()
            || self.pad.is_some()
            || self.floats
            || self.open.is_some()
            || !self.chips.is_empty()
            || self.to.is_some()
            || self.redline.is_some();
        if !is_special && self.lines.len() == 1 {
            self.text = self.lines.pop();
        }
        self
    }
}

/// Where the template's cells come from: by part, block, column and row.
pub(super) type Origins = HashMap<(usize, usize, usize, usize), CellAddress>;

/// The booklet's data for the template, as JSON, and where its cells come from.
pub(super) fn data(booklet: &Booklet, state: &State, fonts: &Fonts) -> (Vec<u8>, Origins) {
    let mut origins = Origins::new();
    let parts = booklet
        .parts
        .iter()
        .enumerate()
        .map(|(index, part)| part_data(index, part, state, fonts, &mut origins))
        .collect();
    let data = Data {
        title: &booklet.title,
        fonts: &fonts.families,
        size: TEXT_SIZE,
        mark: booklet
            .mark
            .zip(Fonts::of_mark())
            .map(|(mark, font)| outlines(mark.words(), font)),
        footer: booklet.footer.as_deref(),
        pages: (booklet.parts.iter().filter(|part| part.restarts).count() > 1)
            .then_some(state.pages),
        parts,
    };
    // Texts and finite numbers only: this cannot fail.
    (serde_json::to_vec(&data).unwrap_or_default(), origins)
}

fn part_data(
    index: usize,
    part: &Part,
    state: &State,
    fonts: &Fonts,
    origins: &mut Origins,
) -> PartData {
    let paper = Paper::of(part.sheet.page);
    let spacing = state.spacings.get(index).copied().unwrap_or_default();
    let blocks = part.sheet.blocks.iter().enumerate().map(|(at, block)| {
        let drawing = Drawing {
            part: index,
            block: at,
            content: block,
            edges: block.edges(),
            chips: &part.chips,
            redlines: &part.redlines,
            paper: &paper,
            spacing,
            state,
            fonts,
        };
        drawing.data(origins)
    });
    PartData {
        landscape: part.sheet.page == Orientation::Landscape,
        margin: paper.margin,
        mark_size: 120.0,
        inset: spacing.inset(),
        leading: spacing.leading(),
        restarts: part.restarts,
        total: state.totals.get(index).copied().unwrap_or(1),
        carried: state
            .carried
            .iter()
            .filter(|one| one.part == index)
            .map(|one| {
                let width = ((one.place[2] - INSET_X) / one.size.points() * 100.0) as u32;
                let text = text::lines(&one.text).join(" ");
                let text = text::with_breaks(&text, width, &fonts.texts);
                (one.page, one.place, one.size.points(), text)
            })
            .collect(),
        blocks: blocks.collect(),
        drawings: part
            .drawings
            .iter()
            .map(|drawing| (drawing.svg.clone(), drawing.alternative.clone()))
            .collect(),
        seal: part.sheet.seal.clone(),
    }
}

/// One block on its way into the template.
struct Drawing<'a> {
    part: usize,
    block: usize,
    content: &'a Block,
    edges: Vec<u16>,
    chips: &'a BTreeMap<CellAddress, Vec<Chip>>,
    redlines: &'a BTreeMap<CellAddress, Redline>,
    paper: &'a Paper,
    spacing: Spacing,
    state: &'a State,
    fonts: &'a Fonts,
}

impl Drawing<'_> {
    fn data(&self, origins: &mut Origins) -> BlockData {
        let numbers = self.number_columns();
        let (mut head, mut body) = (Groups::new(), Groups::new());
        for (row, content) in self.content.rows.iter().enumerate() {
            for (index, cell) in content.cells.iter().enumerate() {
                let address = CellAddress {
                    block: self.block,
                    row,
                    cell: index,
                };
                let is_head = row < self.content.header_rows;
                let groups = if is_head { &mut head } else { &mut body };
                let group = groups.entry(style_name(cell.style)).or_default();
                for data in self.drawn(cell, address, &numbers) {
                    origins.insert((self.part, self.block, data.x, data.y), address);
                    group.push(data.simplified());
                }
            }
        }
        let widths = self.edges.windows(2);
        BlockData {
            kind: match self.content.kind {
                BlockKind::Title => "title",
                BlockKind::Table => "table",
                BlockKind::Signatures => "signatures",
                BlockKind::Notes => "notes",
            },
            columns: widths
                .map(|edge| self.paper.points(edge[1] - edge[0]))
                .collect(),
            head,
            body,
            guards: if self.content.kind.is_ruled() {
                self.guards()
            } else {
                Vec::new()
            },
        }
    }

    fn column(&self, edge: u16) -> usize {
        self.edges.binary_search(&edge).unwrap_or_default()
    }

    /// The room for a cell's text, in hundredths of the text's size.
    fn room(&self, cell: &Cell, size: f64) -> u32 {
        let width = self.paper.points(cell.right - cell.left) - INSET_X;
        // Between 0 and some ten thousand.
        (width.max(size) / size * 100.0) as u32
    }

    /// A cell as it is drawn: once, or in a piece for each page where it is a caption that a page change splits.
    fn drawn(&self, cell: &Cell, address: CellAddress, numbers: &Numbers) -> Vec<CellData> {
        let x = self.column(cell.left);
        let whole = CellData {
            x,
            y: address.row,
            columns: self.column(cell.right) - x,
            rows: cell.rows,
            open: self.open_side(cell, address),
            chips: self
                .chips
                .get(&address)
                .map_or_else(Vec::new, |chips| shown(chips)),
            redline: self.redlines.get(&address).map(|_| Vec::new()),
            ..CellData::default()
        };
        let key = Key {
            part: self.part,
            address,
        };
        if let Some(segments) = self.state.splits.get(&key) {
            let pieces = segments.iter().enumerate().map(|(index, segment)| {
                let (text, size) = match segment.caption {
                    Caption::Left => (String::new(), TEXT_SIZE),
                    Caption::Printed(size) => {
                        let again = if index == 0 || cell.text.is_empty() {
                            ""
                        } else {
                            "（续）"
                        };
                        (format!("{}{again}", cell.text), size.points())
                    }
                };
                CellData {
                    y: segment.row,
                    rows: segment.rows,
                    lines: self.broken(&text, self.room(cell, size)),
                    size: (size < TEXT_SIZE).then_some(size),
                    floats: true,
                    open: whole.open.filter(|_| index == 0),
                    chips: if index == 0 {
                        whole.chips.clone()
                    } else {
                        Vec::new()
                    },
                    ..whole.clone()
                }
            });
            return pieces.collect();
        }
        let reference = self.state.references.get(&key);
        let text = reference.map_or(cell.text.as_str(), |reference| &reference.text);
        let aside = self.aside(cell, text, &whole.chips);
        let redline = self.redlines.get(&address);
        let widest = redline.and_then(|redline| self.widest_run(redline));
        let size = self.fitting_size(cell, widest.unwrap_or(text), aside.unwrap_or_default());
        let room = self.room(cell, size.max(least_measure(cell.style)));
        // Between 0 and some thousand.
        let taken = (aside.unwrap_or_default() / size * 100.0) as u32;
        let room = room.saturating_sub(taken);
        vec![CellData {
            lines: self.broken(text, room),
            aside,
            size: (size < TEXT_SIZE).then_some(size),
            // Two numbers in one cell stand nowhere beneath those of the column.
            pad: match redline {
                Some(redline) if !redline.runs.is_empty() => None,
                _ => self.padding(cell, text, size, numbers),
            },
            to: reference.and_then(|reference| reference.to),
            redline: redline.map(|redline| self.runs(redline, room)),
            ..whole
        }]
    }

    fn widest_run<'r>(&self, redline: &'r Redline) -> Option<&'r str> {
        let texts = redline.runs.iter().map(|run| &*run.text);
        texts.max_by_key(|text| self.fonts.numbers.width(text))
    }

    fn runs(&self, redline: &Redline, room: u32) -> Vec<(&'static str, Vec<String>)> {
        let runs = redline.runs.iter().map(|run| {
            let tense = match run.tense {
                Tense::Stays => "stays",
                Tense::Went => "went",
                Tense::Came => "came",
            };
            (tense, self.broken(&run.text, room))
        });
        runs.collect()
    }

    /// The room that a text leaves for numbers of findings, in points; rather too much. Amounts have them at their other side,
    /// and short texts in the middle of a wide column are far enough away.
    fn aside(&self, cell: &Cell, text: &str, chips: &[(String, bool)]) -> Option<f64> {
        let room = self.room(cell, TEXT_SIZE);
        let width = |(number, _): &(String, bool)| 4.5 + 3.3 * number.chars().count() as f64;
        let aside: f64 = chips.iter().map(width).sum();
        let is_near = match cell.style {
            Style::Short | Style::Figure | Style::Total => {
                let longest = text::lines(text)
                    .iter()
                    .map(|line| self.fonts.texts.width(line))
                    .max();
                // Between 0 and some thousand.
                longest.unwrap_or_default() + (2.0 * aside / TEXT_SIZE * 100.0) as u32 > room
            }
            Style::Text | Style::Passage | Style::Part | Style::Note | Style::Signature => true,
            _ => false,
        };
        (is_near && !chips.is_empty()).then_some(aside)
    }

    fn broken(&self, text: &str, room: u32) -> Vec<String> {
        text::lines(text)
            .iter()
            .map(|line| text::with_breaks(line, room, &self.fonts.texts))
            .collect()
    }

    /// The side caption and the corner above it are one cell to the eye. In the table they are two, since one of them is
    /// printed again on each page.
    fn open_side(&self, cell: &Cell, address: CellAddress) -> Option<&'static str> {
        let header = self.content.header_rows;
        if header == 0 || cell.left != 0 {
            return None;
        }
        if address.row + 1 == header && cell.text.is_empty() && cell.style == Style::Caption {
            Some("bottom")
        } else if address.row == header && cell.style == Style::Span {
            Some("top")
        } else {
            None
        }
    }

    /// A number that is too wide for its column is set smaller rather than broken.
    fn fitting_size(&self, cell: &Cell, text: &str, aside: f64) -> f64 {
        /// Smaller than this is not read with pleasure.
        const SMALLEST: f64 = 5.5;
        if !matches!(cell.style, Style::Amount | Style::Figure | Style::Total) {
            return TEXT_SIZE;
        }
        let width = f64::from(self.fonts.numbers.width(text.trim())) / 100.0 + 0.05;
        let room = self.paper.points(cell.right - cell.left) - INSET_X - aside;
        (room / width).clamp(SMALLEST, TEXT_SIZE)
    }

    /// The widest parts of numbers before and behind their points, by column.
    fn number_columns(&self) -> Numbers {
        let mut numbers = Numbers::new();
        let cells = self.content.rows.iter().flat_map(|row| &row.cells);
        for cell in cells.filter(|cell| matches!(cell.style, Style::Amount | Style::Figure)) {
            if let Some((before, behind)) = text::number_parts(&cell.text) {
                let widest = numbers.entry((cell.left, cell.right)).or_default();
                widest.0 = widest.0.max(self.fonts.numbers.width(before));
                widest.1 = widest.1.max(self.fonts.numbers.width(behind));
            }
        }
        numbers
    }

    /// Room around a number that puts its point below those of its column. None where the column is too narrow for that.
    fn padding(&self, cell: &Cell, text: &str, size: f64, numbers: &Numbers) -> Option<(f64, f64)> {
        if !matches!(cell.style, Style::Amount | Style::Figure) {
            return None;
        }
        let (before, behind) = text::number_parts(text)?;
        let widest = numbers.get(&(cell.left, cell.right))?;
        if size < TEXT_SIZE || widest.0 + widest.1 > self.room(cell, TEXT_SIZE) {
            return None;
        }
        let missing = |widest: u32, text| {
            f64::from(widest.saturating_sub(self.fonts.numbers.width(text))) / 100.0
        };
        let behind = missing(widest.1, behind);
        Some(match cell.style {
            // Amounts stand at the right edge: nothing is needed before them.
            Style::Amount => (0.0, behind),
            _ => (missing(widest.0, before), behind),
        })
        .filter(|(before, behind)| *before > 0.0 || *behind > 0.0)
    }

    /// Runs of rows that are to stay together, and rows of several lines, where they do not need much of a page.
    fn guards(&self) -> Vec<(usize, usize)> {
        let rows = &self.content.rows;
        let mut guards = Vec::new();
        let mut row = self.content.header_rows;
        while row < rows.len() {
            let length = 1 + rows[row..]
                .iter()
                .take(rows.len() - row - 1)
                .take_while(|row| row.keep_with_next)
                .count();
            // A row of one line cannot break.
            let needed = self.needed(row, length);
            let can_break = length > 1 || needed > self.height(1.5);
            if can_break && needed <= KEPT_SHARE * self.paper.text_height() {
                guards.push((row, length));
            }
            row += length;
        }
        guards
    }

    /// The height of a cell with so many lines.
    fn height(&self, lines: f64) -> f64 {
        lines * TEXT_SIZE * self.spacing.line_height() + 2.0 * self.spacing.inset()
    }

    /// The height that rows need, roughly and rather too much: that of their own cells, and of the highest cell that
    /// reaches into them from above or out of them below.
    fn needed(&self, start: usize, length: usize) -> f64 {
        let height = |cell: &Cell| {
            let lines = text::line_count(&cell.text, self.room(cell, TEXT_SIZE), &self.fonts.texts);
            self.height(f64::from(lines))
        };
        let highest =
            |cells: &mut dyn Iterator<Item = &Cell>| cells.map(height).fold(0.0, f64::max);
        let own: f64 = self.content.rows[start..start + length]
            .iter()
            .map(|row: &Row| highest(&mut row.cells.iter().filter(|cell| cell.rows == 1)))
            .sum();
        let reaching = self.content.rows[..start + length]
            .iter()
            .enumerate()
            .flat_map(|(row, content)| {
                let cells = content.cells.iter();
                cells.filter(move |cell| cell.rows > 1 && row + cell.rows > start)
            });
        own.max(highest(&mut { reaching }))
    }
}

/// Numbers of findings as they stand at a cell; of many, the first ones.
fn shown(chips: &[Chip]) -> Vec<(String, bool)> {
    /// More would not fit a narrow column.
    const MOST: usize = 4;
    let text = |chip: &Chip| (chip.number.to_string(), chip.is_error);
    if chips.len() <= MOST {
        return chips.iter().map(text).collect();
    }
    let more = (
        "…".to_owned(),
        chips[MOST - 1..].iter().any(|chip| chip.is_error),
    );
    chips[..MOST - 1].iter().map(text).chain([more]).collect()
}

/// The widest parts before and behind the point, by the column's edges.
type Numbers = HashMap<(u16, u16), (u32, u32)>;

/// The size in points by which texts of a style are measured, where it is more than that of the other texts: headings are
/// large, and bold letters are up to a fifth wider than those measured.
fn least_measure(style: Style) -> f64 {
    const BOLD: f64 = 1.2;
    match style {
        Style::Title => 16.0 * BOLD,
        Style::Heading => 13.0 * BOLD,
        _ => 0.0,
    }
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Title => "title",
        Style::Heading => "heading",
        Style::Aside => "aside",
        Style::Caption => "caption",
        Style::Span => "span",
        Style::Short => "short",
        Style::Text => "text",
        Style::Passage => "passage",
        Style::Part => "part",
        Style::Amount => "amount",
        Style::Figure => "figure",
        Style::Total => "total",
        Style::Signature => "signature",
        Style::Note => "note",
    }
}
