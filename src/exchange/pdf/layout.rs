//! One page: its tables with what is written in their cells, and the lines of text outside of them.

use std::collections::HashSet;

use kurbo::{Point, Rect};

use super::{
    ink::{Ink, Letter, Turn},
    lattice::{self, Lattice, Span},
    words::{self, Words},
};
use crate::exchange::{error::ReadError, watch::Budget};

/// Text outside of tables is cut into cells at gaps of so many letters.
const WIDE_GAP: f64 = 2.0;
/// The same on pages without tables, where gaps are all that tells columns apart.
const GAP: f64 = 1.2;
/// So many texts at a slant are told at most.
pub(super) const SKEWED: usize = 20;

/// A page as it is laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// How high it is.
    pub height: f64,
    /// Its tables and lines of text from top to bottom.
    pub blocks: Vec<Block>,
    /// Text at a slant, which is no part of a form.
    pub skewed: Vec<String>,
    /// Whether there were more lines than a form has, so that no tables were looked for.
    pub too_complex: bool,
}

/// What stands on a page from its left to its right side.
#[derive(Debug)]
pub(super) enum Block {
    /// A ruled table.
    Table(Table),
    /// A line of text, by its parts.
    Text(Vec<Words>),
}

/// A ruled table with its texts.
#[derive(Debug)]
pub(super) struct Table {
    /// Its vertical edges.
    pub xs: Vec<f64>,
    /// Its level edges.
    pub ys: Vec<f64>,
    /// Its cells by row, then column, blank ones too.
    pub cells: Vec<TableCell>,
}

/// A cell of a ruled table.
#[derive(Debug, Clone)]
pub(super) struct TableCell {
    /// Where it is.
    pub span: Span,
    /// What it says.
    pub text: String,
}

/// Letters drawn one after the other that belong together.
struct Run<'i> {
    letters: &'i [Letter],
    /// The table and cell they stand in.
    owner: Option<(usize, usize)>,
}

impl Layout {
    /// The tables of the page.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Text(_) => None,
        })
    }

    /// Whether the page after seems to be this one's right part: its rows are as high, and it says other things, though
    /// this page had room left for more rows.
    pub fn goes_on_right(&self, after: &Self) -> bool {
        let rows = |page: &Self| -> Vec<f64> {
            page.tables().flat_map(|table| table.ys.clone()).collect()
        };
        let (own_rows, rows) = (rows(self), rows(after));
        let full = own_rows.iter().any(|y| *y > 0.75 * self.height);
        if full || !(8..=200).contains(&rows.len()) {
            return false;
        }
        let known = |y: &&f64| own_rows.iter().any(|own| (own - **y).abs() <= 1.0);
        let own_texts: HashSet<&str> = self.long_texts().collect();
        let texts = after.long_texts().count();
        let repeated = after.long_texts().filter(|text| own_texts.contains(text));
        rows.iter().filter(known).count() * 10 >= rows.len() * 9 && repeated.count() * 3 < texts
    }

    fn long_texts(&self) -> impl Iterator<Item = &str> {
        let cells = self.tables().flat_map(|table| &table.cells);
        let texts = cells.map(|cell| cell.text.as_str());
        texts.filter(|text| text.chars().count() > 2)
    }

    /// Lays out what was drawn on a page.
    ///
    /// # Errors
    ///
    /// Cells or texts are past their limits.
    pub fn of(ink: &Ink, budget: &mut Budget) -> Result<Self, ReadError> {
        let tables = lattice::tables(&ink.lines);
        let too_complex = tables.is_err();
        let tables = tables.unwrap_or_default();
        let mut runs = runs(&ink.letters, &tables);
        keep_in_cells(&mut runs, &tables);
        let mut inside: Vec<Vec<Vec<&Letter>>> = tables
            .iter()
            .map(|table| vec![Vec::new(); table.cells.len()])
            .collect();
        let mut outside: Vec<&Letter> = Vec::new();
        let mut skewed: Vec<String> = Vec::new();
        for run in &runs {
            if run.letters.first().map(Letter::turn) == Some(Turn::Skewed) {
                if skewed.len() < SKEWED {
                    skewed.push(run.letters.iter().map(|letter| letter.text).collect());
                }
                continue;
            }
            let cell = run
                .owner
                .and_then(|(table, cell)| inside.get_mut(table)?.get_mut(cell));
            cell.unwrap_or(&mut outside).extend(run.letters);
        }
        let mut blocks = text_blocks(&outside, &tables);
        for (table, texts) in tables.into_iter().zip(&inside) {
            let top = table.rect().y0;
            blocks.push((top, Block::Table(Table::new(table, texts, budget)?)));
        }
        blocks.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let blocks: Vec<Block> = blocks.into_iter().map(|(_, block)| block).collect();
        for block in &blocks {
            if let Block::Text(parts) = block {
                for part in parts {
                    budget.take_cell(&part.text)?;
                }
            }
        }
        Ok(Self {
            height: ink.page.height(),
            blocks,
            skewed,
            too_complex,
        })
    }
}

impl Table {
    fn new(
        lattice: Lattice,
        texts: &[Vec<&Letter>],
        budget: &mut Budget,
    ) -> Result<Self, ReadError> {
        let mut cells = Vec::with_capacity(lattice.cells.len());
        for (span, letters) in lattice.cells.iter().zip(texts) {
            let Rect { x0, x1, .. } = lattice.cell_rect(*span);
            let text = words::cell_text(letters, x0, x1);
            budget.take_cell(&text)?;
            cells.push(TableCell { span: *span, text });
        }
        Ok(Self {
            xs: lattice.xs,
            ys: lattice.ys,
            cells,
        })
    }
}

/// The letters by runs. A run ends at a gap, at another line, or where its next letter stands in another cell, unless the
/// two letters all but touch: then the text runs over its cell.
fn runs<'i>(letters: &'i [Letter], tables: &[Lattice]) -> Vec<Run<'i>> {
    let owners: Vec<_> = letters
        .iter()
        .map(|letter| owner(letter.anchor, tables))
        .collect();
    let mut result = Vec::new();
    let mut start = 0;
    for end in 1..=letters.len() {
        let goes_on = match (letters.get(end - 1), letters.get(end)) {
            (Some(last), Some(next)) => {
                let same_cell = owners.get(end - 1) == owners.get(end);
                follows(last, next, if same_cell { 0.5 } else { 0.1 })
            }
            _ => false,
        };
        if !goes_on {
            if let Some(run) = letters.get(start..end) {
                let middle = owners.get(start + run.len() / 2).copied().flatten();
                result.push(Run {
                    letters: run,
                    owner: middle,
                });
            }
            start = end;
        }
    }
    result
}

/// Text of several lines that is higher than its row runs over it on both sides. It was drawn in one go: where one of its
/// lines is cut by an edge, all belong to the cell in their middle.
fn keep_in_cells(runs: &mut [Run], tables: &[Lattice]) {
    let mut start = 0;
    for end in 1..=runs.len() {
        let goes_on = match (runs.get(end - 1), runs.get(end)) {
            (Some(last), Some(next)) => last.is_above(next),
            _ => false,
        };
        if goes_on {
            continue;
        }
        let Some(chain) = runs.get_mut(start..end) else {
            return;
        };
        start = end;
        let one_cell = chain
            .iter()
            .all(|run| Some(run.owner) == chain.first().map(|r| r.owner));
        if one_cell || !chain.iter().any(|run| run.is_cut(tables)) {
            continue;
        }
        let letters = || chain.iter().flat_map(|run| run.letters);
        let count = letters().count().max(1) as f64;
        let (top, bottom) = letters().fold((f64::MAX, f64::MIN), |(top, bottom), letter| {
            (top.min(letter.anchor.y), bottom.max(letter.anchor.y))
        });
        let x = letters().map(|letter| letter.anchor.x).sum::<f64>() / count;
        let middle = owner(Point::new(x, top.midpoint(bottom)), tables);
        chain.iter_mut().for_each(|run| run.owner = middle);
    }
}

impl Run<'_> {
    /// Whether another run is the next line of the same text.
    fn is_above(&self, next: &Run) -> bool {
        let ends = |run: &Run| Some((*run.letters.first()?, *run.letters.last()?));
        let (Some((from, to)), Some((next_from, next_to))) = (ends(self), ends(next)) else {
            return false;
        };
        let step = next_from.from.y - from.from.y;
        from.turn() == Turn::Level
            && next_from.turn() == Turn::Level
            && (from.size - next_from.size).abs() <= 0.05 * from.size
            && (0.8 * from.size..=1.8 * from.size).contains(&step)
            && next_from.from.x < to.to.x
            && next_to.to.x > from.from.x
    }

    /// Whether the upper or lower edge of its cell goes through it.
    fn is_cut(&self, tables: &[Lattice]) -> bool {
        let Some((table, cell)) = self.owner else {
            return false;
        };
        let rect = tables
            .get(table)
            .and_then(|table| Some(table.cell_rect(*table.cells.get(cell)?)));
        let (Some(rect), Some(letter)) = (rect, self.letters.first()) else {
            return false;
        };
        letter.from.y - 0.6 * letter.size < rect.y0 || letter.from.y > rect.y1
    }
}

/// Whether a letter follows another on its line, at most `gap` times its size away.
fn follows(last: &Letter, next: &Letter, gap: f64) -> bool {
    last.turn() == next.turn()
        && last.to.distance(next.from) <= gap * last.size.min(next.size)
        && last.from.distance(next.from) > 0.01 * last.size
}

/// The table and cell that a point lies in: the smallest, where tables lie in one another.
fn owner(point: Point, tables: &[Lattice]) -> Option<(usize, usize)> {
    let cells = tables.iter().enumerate().filter_map(|(number, table)| {
        let cell = table.cell_at(point)?;
        let area = table.cell_rect(*table.cells.get(cell)?).area();
        Some((area, number, cell))
    });
    cells
        .min_by(|(a, ..), (b, ..)| a.total_cmp(b))
        .map(|(_, table, cell)| (table, cell))
}

/// The text outside of tables with the place of each line; lines of one paragraph are one.
fn text_blocks(letters: &[&Letter], tables: &[Lattice]) -> Vec<(f64, Block)> {
    let gap = if tables.is_empty() { GAP } else { WIDE_GAP };
    let mut lines: Vec<Vec<Words>> = Vec::new();
    for turn in [Turn::Level, Turn::Up, Turn::Down, Turn::Over] {
        let own = letters.iter().copied().filter(|l| l.turn() == turn);
        let mut found = words::lines(own, turn, gap);
        if turn != Turn::Level {
            restore(&mut found, turn);
        }
        lines.extend(found);
    }
    lines.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let sides = lines.iter().flatten().map(|part| (part.from, part.to));
    let tables: Vec<Rect> = tables.iter().map(Lattice::rect).collect();
    let (left, right) = sides
        .chain(tables.iter().map(|rect| (rect.x0, rect.x1)))
        .fold((f64::MAX, f64::MIN), |(left, right), (from, to)| {
            (left.min(from), right.max(to))
        });
    let mut result = Vec::new();
    let mut open: Vec<Words> = Vec::new();
    for line in lines {
        if let ([part], Some(last)) = (&line[..], open.last())
            && wraps(last, part, &tables)
        {
            open.extend(line);
            continue;
        }
        close(&mut open, left, right, &mut result);
        if line.len() == 1 {
            open = line;
        } else {
            result.push((top(&line), Block::Text(line)));
        }
    }
    close(&mut open, left, right, &mut result);
    result
}

/// Turned text outside of tables is rare: it takes its place by where it begins.
fn restore(lines: &mut [Vec<Words>], turn: Turn) {
    for part in lines.iter_mut().flatten() {
        let length = part.to - part.from;
        let (x, y) = match turn {
            Turn::Up => (part.baseline, -part.from),
            Turn::Down => (-part.baseline, part.from),
            _ => (-part.from, -part.baseline),
        };
        (part.from, part.to, part.baseline) = (x, x + length.min(part.size), y);
    }
}

fn top(line: &[Words]) -> f64 {
    line.first().map_or(0.0, |part| part.baseline - part.size)
}

/// Whether a line stands close below another, in letters as large, with no table between.
fn wraps(last: &Words, next: &Words, tables: &[Rect]) -> bool {
    let step = next.baseline - last.baseline;
    let size = last.size.max(next.size);
    let between = |rect: &Rect| rect.y0 > last.baseline - size && rect.y0 < next.baseline;
    step <= 2.2 * size && (last.size - next.size).abs() <= 0.1 * size && !tables.iter().any(between)
}

/// Ends a paragraph, or several.
fn close(open: &mut Vec<Words>, left: f64, right: f64, into: &mut Vec<(f64, Block)>) {
    let Some(first) = open.first().cloned() else {
        return;
    };
    let place = top(open);
    let (from, to) = words::extent(open);
    for text in words::paragraphs(open, left, right) {
        let whole = Words {
            text,
            from,
            to,
            ..first.clone()
        };
        into.push((place, Block::Text(vec![whole])));
    }
    open.clear();
}
