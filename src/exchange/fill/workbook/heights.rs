//! Rows made high enough for the texts that were written into them. No program does that for a row whose height is fixed, nor
//! for merged cells: there a long text would be cut off, and nobody would know.

use std::{collections::HashMap, ops::Range};

use super::{
    cells::RowSource,
    looks::Looks,
    merges::Merges,
    pieces::{Copy, Piece, Pieces, Tag},
};
use crate::exchange::{error::ReadError, grid::Place, watch::Budget};

/// The height of a line, by the size of its letters.
const LINE: f64 = 1.3;

/// The height of a row at most, in points.
const HIGHEST: f64 = 409.0;

/// Heights are whole points of a usual screen.
const STEP: f64 = 0.75;

/// The part of a column's width that is sure to hold letters: in some fonts two figures are less wide than a Chinese character.
const SURE: f64 = 0.95;

/// What a column keeps free at its edges, in figures.
const EDGES: f64 = 0.71;

/// The height of a row and the width of a column where nothing is told.
const USUAL: (f64, f64) = (15.0, 9.14);

/// Columns whose widths are kept at most, as many as Excel has.
const COLUMNS: usize = 1 << 14;

/// A text that was written into a cell; empty where something short or nothing was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub place: Place,
    /// The number of its format.
    pub format: usize,
    pub text: String,
}

/// A sheet that is filled in, with what is needed to tell how high its rows must be.
pub(super) struct Heights<'a> {
    pub looks: &'a Looks,
    pub merges: &'a Merges,
    /// What was written.
    pub written: &'a [Text],
    /// What stood there before, at its new places.
    pub before: HashMap<Place, &'a str>,
}

/// A sheet with higher rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raised {
    pub text: String,
    /// How many rows are higher now.
    pub rows: usize,
    /// The cells that would need more than a row can be high.
    pub cut: Vec<Place>,
}

/// A row into which something was written, or which a cell covers that was.
struct Row {
    number: u32,
    /// Where its tag stands.
    tag: Range<usize>,
    height: f64,
    is_hidden: bool,
    /// Its height follows its texts, those of merged cells left out.
    is_free: bool,
    is_raised: bool,
    /// It is raised for a merged cell: no program must take it back.
    is_fixed: bool,
}

/// The widths of columns and the usual height of rows.
struct Measures {
    row: f64,
    column: f64,
    /// The first, the last, the width.
    columns: Vec<(u32, u32, f64)>,
}

/// A text that needs room.
struct Need {
    place: Place,
    last_row: u32,
    is_merged: bool,
    height: f64,
}

impl Heights<'_> {
    /// Raises what is too low for its texts; `None` where nothing is. No row becomes lower.
    ///
    /// # Errors
    ///
    /// The sheet is broken, or nobody waits for it any more.
    pub fn raise(&self, text: &str, budget: &Budget) -> Result<Option<Raised>, ReadError> {
        let ends: HashMap<Place, Place> = self.merges.all().copied().collect();
        let mut spans: Vec<(u32, u32)> = self
            .written
            .iter()
            .map(|own| {
                (
                    own.place.row,
                    ends.get(&own.place).unwrap_or(&own.place).row,
                )
            })
            .collect();
        spans.sort_unstable();
        let (measures, mut rows) = self.read(text, &ends, &spans, budget)?;
        let mut cut = Vec::new();
        for need in self.needs(&measures, &ends) {
            budget.go_on()?;
            if !fulfil(&need, &mut rows, measures.row) {
                cut.push(need.place);
            }
        }
        let raised = rows.iter().filter(|row| row.is_raised);
        let count = raised.clone().count();
        let mut copy = Copy::of(text);
        for row in raised {
            let tag = Tag(text.get(row.tag.clone()).unwrap_or_default());
            let mut changed = tag.with("ht", Some(&row.height.to_string()));
            if row.is_fixed {
                changed = Tag(&changed).with("customHeight", Some("1"));
            }
            copy.replace(row.tag.clone(), &changed);
        }
        let raised = Raised {
            text: copy.finish(),
            rows: count,
            cut,
        };
        Ok((raised.rows > 0 || !raised.cut.is_empty()).then_some(raised))
    }

    /// The rows of these spans, which begin in order, and what they are measured by.
    fn read(
        &self,
        text: &str,
        ends: &HashMap<Place, Place>,
        spans: &[(u32, u32)],
        budget: &Budget,
    ) -> Result<(Measures, Vec<Row>), ReadError> {
        let mut measures = Measures {
            row: USUAL.0,
            column: USUAL.1,
            columns: Vec::new(),
        };
        let written: HashMap<Place, &str> = self
            .written
            .iter()
            .map(|own| (own.place, own.text.as_str()))
            .collect();
        let mut rows = Vec::new();
        let mut spans = spans.iter().peekable();
        let (mut next_row, mut reach) = (0, None);
        let mut pieces = Pieces::of(text);
        while let Some((piece, range)) = pieces.next()? {
            let (Piece::Open(tag) | Piece::Empty(tag)) = piece else {
                continue;
            };
            if tag.name() != "row" {
                measures.take(tag);
                continue;
            }
            budget.go_on()?;
            let source = RowSource::read(text, &mut pieces, (piece, range.clone()), next_row)?;
            next_row = source.number + 1;
            while let Some((_, last)) = spans.next_if(|(first, _)| *first <= source.number) {
                reach = reach.max(Some(*last));
            }
            if reach.is_some_and(|last| last >= source.number) {
                let told = number(tag, "ht");
                let own = |place: &Place| written.get(place).or_else(|| self.before.get(place));
                rows.push(Row {
                    number: source.number,
                    tag: range,
                    height: told.unwrap_or_else(|| self.free_height(&source, &measures, ends, own)),
                    is_hidden: is_hidden(tag) || told == Some(0.0),
                    is_free: told.is_none(),
                    is_raised: false,
                    is_fixed: false,
                });
            }
        }
        Ok((measures, rows))
    }

    /// The height that a program gives to a row for its texts.
    fn free_height<'t>(
        &self,
        row: &RowSource,
        measures: &Measures,
        ends: &HashMap<Place, Place>,
        text: impl Fn(&Place) -> Option<&'t &'t str>,
    ) -> f64 {
        let cells = row.cells.iter().map(|cell| {
            let place = Place {
                row: row.number,
                ..cell.place
            };
            (place, cell.style().and_then(|style| style.parse().ok()))
        });
        cells
            .filter(|(place, _)| !ends.contains_key(place))
            .filter_map(|(place, format)| {
                let width = measures.width(place.column, place.column);
                self.height(text(&place)?, format.unwrap_or(0), width)
            })
            .fold(measures.row, f64::max)
    }

    /// What was written and takes more than one line, single cells first, then from low to high ones.
    fn needs(&self, measures: &Measures, ends: &HashMap<Place, Place>) -> Vec<Need> {
        let needs = self.written.iter().filter_map(|own| {
            let end = ends.get(&own.place);
            let last = end.unwrap_or(&own.place);
            let width = measures.width(own.place.column, last.column);
            Some(Need {
                place: own.place,
                last_row: last.row,
                is_merged: end.is_some(),
                height: self.height(&own.text, own.format, width)?,
            })
        });
        let mut needs: Vec<Need> = needs.collect();
        needs.sort_by_key(|need| (need.last_row - need.place.row, need.is_merged));
        needs
    }

    /// The height of a text in a cell of this format and width; `None` for a single line, which fits wherever any does.
    fn height(&self, text: &str, format: usize, width: f64) -> Option<f64> {
        if !self.looks.wraps(format) {
            return None;
        }
        let size = self.looks.size(format);
        let room = (width - EDGES) * SURE * self.looks.usual_size() / size;
        let lines = lines(text, room.max(2.0));
        (lines > 1.0).then_some(lines * size * LINE)
    }
}

impl Measures {
    fn take(&mut self, tag: Tag) {
        match tag.name() {
            "sheetFormatPr" => {
                self.row = number(tag, "defaultRowHeight").unwrap_or(self.row);
                self.column = number(tag, "defaultColWidth").unwrap_or(self.column);
            }
            "col" if self.columns.len() < COLUMNS => {
                let column = |name| tag.get(name)?.parse::<u32>().ok()?.checked_sub(1);
                let width = number(tag, "width").unwrap_or(self.column);
                if let (Some(first), Some(last)) = (column("min"), column("max")) {
                    let width = if is_hidden(tag) { 0.0 } else { width };
                    self.columns.push((first, last, width));
                }
            }
            _ => {}
        }
    }

    /// The width of columns from one to another, in figures.
    fn width(&self, first: u32, last: u32) -> f64 {
        let mut told = 0;
        let mut sum = 0.0;
        for (from, to, width) in &self.columns {
            let (from, to) = (first.max(*from), last.min(*to));
            if from <= to {
                told = to
                    .saturating_sub(from)
                    .saturating_add(1)
                    .saturating_add(told);
                sum += f64::from(to - from + 1) * width;
            }
        }
        sum + f64::from((last - first + 1).saturating_sub(told)) * self.column
    }
}

/// Gives a text its room, from the last of its rows upwards; whether there is enough.
fn fulfil(need: &Need, rows: &mut [Row], usual: f64) -> bool {
    let from = rows.partition_point(|row| row.number < need.place.row);
    let to = rows.partition_point(|row| row.number <= need.last_row);
    let Some(rows) = rows.get_mut(from..to) else {
        return true;
    };
    // What nobody sees needs no room; a row that follows its texts finds it by itself.
    let all_hidden = rows.iter().all(|row| row.is_hidden);
    let follows = !need.is_merged && rows.iter().all(|row| row.is_free);
    if all_hidden || follows {
        return true;
    }
    let seen = rows.iter().filter(|row| !row.is_hidden);
    let there: f64 = seen.map(|row| row.height).sum();
    let untold = (need.last_row - need.place.row + 1) as usize - rows.len();
    let mut missing = need.height - there - untold as f64 * usual;
    for row in rows.iter_mut().rev().filter(|row| !row.is_hidden) {
        if missing <= 0.0 {
            return true;
        }
        let height = ((row.height + missing) / STEP).ceil() * STEP;
        let height = height.min(HIGHEST);
        if height > row.height {
            missing -= height - row.height;
            row.height = height;
            row.is_raised = true;
            row.is_fixed |= need.is_merged;
        }
    }
    missing <= 0.0
}

/// How many lines a text takes where so many figures stand in one. Words stay whole, and no line begins with a stop.
fn lines(text: &str, room: f64) -> f64 {
    let mut count = 0.0;
    for line in text.split('\n') {
        count += 1.0;
        let mut used = 0.0;
        for word in words(line) {
            let width: f64 = word.chars().map(width).sum();
            if used > 0.0 && used + width > room {
                count += 1.0;
                used = 0.0;
            }
            // What is longer than a line goes on in the next.
            let more = (width / room).ceil().max(1.0) - 1.0;
            count += more;
            used += width - more * room;
        }
    }
    count
}

/// What stays together in a line: a Chinese character or a word, with the stops behind it.
fn words(line: &str) -> Vec<&str> {
    const STOPS: &str = "，。；：、！？”’）》】%,.;:!?)";
    let mut words = Vec::new();
    let mut begin = 0;
    let mut before: Option<char> = None;
    for (at, character) in line.char_indices() {
        let joins = |before: char| {
            STOPS.contains(character)
                || (width(before) < 2.0
                    && width(character) < 2.0
                    && !before.is_whitespace()
                    && !character.is_whitespace())
        };
        if before.is_some_and(|before| !joins(before)) {
            words.push(&line[begin..at]);
            begin = at;
        }
        before = Some(character);
    }
    words.push(&line[begin..]);
    words
}

/// The width of a character in figures, as fonts for Chinese have it.
fn width(character: char) -> f64 {
    match character {
        '\u{FF61}'..='\u{FFDC}' => 1.0,
        '\u{2010}'.. | '±' | '×' | '÷' | '·' | '°' => 2.0,
        _ => 1.0,
    }
}

/// Whether a row or column is not shown.
fn is_hidden(tag: Tag) -> bool {
    matches!(tag.get("hidden").as_deref(), Some("1" | "true"))
}

/// A number of an attribute that is not negative.
fn number(tag: Tag, name: &str) -> Option<f64> {
    let number = tag.get(name)?.trim().parse::<f64>().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_programs_break_them() {
        for (text, room, count) in [
            ("", 10.0, 1.0),
            ("一二三四五", 10.0, 1.0),
            ("一二三四五六", 10.0, 2.0),
            // A stop takes the character before it along.
            ("一二三四五。六七八", 10.0, 2.0),
            ("一二三四五。六七八九", 10.0, 3.0),
            // A word stays whole, unless it is longer than a line.
            ("一二 2024.5% 三", 10.0, 2.0),
            ("一ABCDEFGHIJKLMNOPQRSTU", 10.0, 4.0),
            ("一\n\n二\n", 10.0, 4.0),
        ] {
            assert_eq!(lines(text, room), count, "{text}");
        }
    }
}
