//! The indicator table of the template: which rows it has for whom, blank ones included.

use std::ops::Range;

use super::{
    board::{Board, Spot},
    value::is_example,
};
use crate::{
    exchange::{
        grid::{Cell, Place},
        recognise::{
            captions::bare,
            found::{FoundForm, FoundGoal, FoundGroup, FoundRow, FoundSection},
            is_dash, is_placeholder,
        },
    },
    model::{edition::IndicatorRole as Role, typed::trim},
};

/// Rows of one group at most.
const ROWS: u32 = 2_000;

/// The table.
pub(super) struct Frame<'t> {
    pub(super) board: &'t Board<'t>,
    pub(super) goal: &'t FoundGoal,
    pub(super) groups: Vec<FrameGroup<'t>>,
    /// Whether captions of groups are merged over the rows that they stand for.
    pub(super) merges: bool,
    /// The column in which the cells of a heading mostly begin.
    typical: Vec<u32>,
}

/// A group of rows.
pub(super) struct FrameGroup<'t> {
    /// Its index among the first-level blocks, and itself.
    pub(super) section: Option<(usize, &'t FoundSection)>,
    /// `None` for a block without second level, or a table without any.
    pub(super) group: Option<&'t FoundGroup>,
    pub(super) rows: Vec<FrameRow<'t>>,
    /// The first row, and the first that belongs to something else.
    pub(super) range: Range<u32>,
}

/// A row of the table.
#[derive(Clone, Copy)]
pub(super) struct FrameRow<'t> {
    pub(super) row: u32,
    pub(super) found: Option<&'t FoundRow>,
    /// The name of its indicator; blank where it only holds the place of one.
    pub(super) name: &'t str,
}

/// The words of a level's caption: without points, brackets and 指标.
pub(super) fn level(caption: &str) -> String {
    let bare = bare(caption);
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '分');
    bare.strip_suffix("指标").unwrap_or(bare).to_owned()
}

impl<'t> Frame<'t> {
    /// The table of a goal block of the form.
    pub(super) fn new(board: &'t Board<'t>, form: &'t FoundForm, index: usize) -> Option<Self> {
        let goal = form.goals.get(index)?;
        let below_heading = goal
            .columns
            .iter()
            .map(|heading| below(&heading.cell))
            .max()?;
        let captions = goal.sections.iter().flat_map(|section| {
            let groups = section.groups.iter().map(|group| &group.caption);
            groups.chain([&section.caption]).flatten()
        });
        let several = goal.sections.iter().flat_map(|section| &section.groups);
        let mut frame = Self {
            board,
            goal,
            groups: Vec::new(),
            merges: captions.clone().any(|caption| caption.rows > 1)
                || several.clone().all(|group| group.rows.len() < 2),
            typical: typical(goal),
        };
        let (limit, told) = limit(form, index, below_heading);
        frame.groups = frame.groups(below_heading, limit, told);
        Some(frame)
    }

    /// The index of a role's column among the headings.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.goal
            .columns
            .iter()
            .position(|heading| heading.role == role)
    }

    /// The cell of a row in a column.
    pub(super) fn cell(&self, row: &FrameRow, column: usize) -> Option<Spot<'t>> {
        let found = row.found.and_then(|found| {
            let cell = found.cells.iter().find(|(at, _)| *at == column);
            cell.map(|(_, cell)| self.board.at(cell.place))
        });
        found.or_else(|| self.cell_at(row.row, column))
    }

    /// The cell of any row in a column.
    pub(super) fn cell_at(&self, row: u32, column: usize) -> Option<Spot<'t>> {
        let heading = &self.goal.columns.get(column)?.cell;
        let range = heading.place.column..heading.place.column + heading.columns.max(1);
        let under = self.board.under(row, &range);
        let own = under.filter(|spot| self.heading_of(spot) == Some(column));
        own.or_else(|| {
            let place = Place {
                row,
                column: *self.typical.get(column)?,
            };
            Some(self.board.at(place)).filter(|spot| spot.place == place)
        })
    }

    /// The heading that a cell shares most columns with.
    fn heading_of(&self, spot: &Spot) -> Option<usize> {
        let common = |cell: &Cell| {
            let end = spot.right().min(cell.place.column + cell.columns.max(1));
            end.saturating_sub(spot.place.column.max(cell.place.column))
        };
        let headings = self.goal.columns.iter().enumerate();
        headings
            .map(|(at, heading)| (common(&heading.cell), std::cmp::Reverse(at)))
            .filter(|(common, _)| *common > 0)
            .max()
            .map(|(_, at)| at.0)
    }

    fn groups(&self, first: u32, limit: u32, told: bool) -> Vec<FrameGroup<'t>> {
        let mut groups: Vec<FrameGroup> = Vec::new();
        let open = |section, group, start: u32| FrameGroup {
            section,
            group,
            rows: Vec::new(),
            range: start..start,
        };
        for (index, section) in self.goal.sections.iter().enumerate() {
            let top = section.caption.as_ref().map(|caption| caption.place.row);
            if section.groups.is_empty() {
                groups.push(open(Some((index, section)), None, top.unwrap_or(first)));
            }
            for (at, group) in section.groups.iter().enumerate() {
                let own = group.caption.as_ref().map(|caption| caption.place.row);
                let row = group.rows.first().map(|row| row.row);
                let start = own.into_iter().chain(row).min();
                let top = top.filter(|_| at == 0);
                let start = top.into_iter().chain(start).min().unwrap_or(first);
                groups.push(open(Some((index, section)), Some(group), start));
            }
        }
        if groups.is_empty() {
            groups.push(open(None, None, first));
        }
        let starts: Vec<u32> = groups.iter().map(|group| group.range.start).collect();
        for (at, group) in groups.iter_mut().enumerate() {
            let next = starts.get(at + 1).copied();
            let end = end_of(group, next.unwrap_or(limit).min(limit));
            group.range.end = end.min(group.range.start.saturating_add(ROWS));
            group.rows = self.rows(group, told || next.is_some());
        }
        groups
    }

    fn rows(&self, group: &FrameGroup<'t>, told: bool) -> Vec<FrameRow<'t>> {
        let found = group.group.map_or(&[][..], |group| group.rows.as_slice());
        let rows = group.range.clone().filter_map(|row| {
            let found = found.iter().find(|found| found.row == row);
            if found.is_none() && !self.is_blank(row, told) {
                return None;
            }
            let mut frame = FrameRow {
                row,
                found,
                name: "",
            };
            let name = self
                .column(Role::Name)
                .and_then(|column| self.cell(&frame, column));
            let name = name
                .filter(|name| name.place.row == row)
                .map_or("", |name| name.text);
            if !is_placeholder(name) {
                frame.name = trim(name);
            }
            Some(frame)
        });
        rows.collect()
    }

    /// Whether a row that nothing was found in is there to be filled in. Where nothing tells how far the table reaches, it
    /// must have cells.
    fn is_blank(&self, row: u32, told: bool) -> bool {
        let Some(name) = self.column(Role::Name) else {
            return false;
        };
        let left = self
            .goal
            .columns
            .first()
            .map_or(0, |heading| heading.cell.place.column);
        let own = self
            .board
            .row(row)
            .filter(|spot| spot.place.row == row && spot.right() > left);
        let role = |spot: &Spot| {
            let heading = self.heading_of(spot);
            heading
                .and_then(|at| self.goal.columns.get(at))
                .map(|heading| heading.role)
        };
        let is_level = |spot: &Spot| matches!(role(spot), Some(Role::Level1 | Role::Level2));
        let (levels, open): (Vec<Spot>, Vec<Spot>) = own.partition(is_level);
        let is_sum = levels.iter().any(|spot| spot.text.contains('计'));
        let blank = |spot: &Spot| {
            let text = spot.text;
            // Points may be printed for an indicator that is still to be named.
            let points = !is_sum && spot.rows == 1 && role(spot) == Some(Role::Weight);
            points || spot.is_blank() || is_dash(text) || is_example(text) || is_placeholder(text)
        };
        let cell = self.cell_at(row, name);
        cell.is_some_and(|cell| cell.place.row == row && blank(&cell))
            && open.iter().all(blank)
            && (told || !open.is_empty())
    }
}

/// Where a group ends: with its own caption or its block's where these are merged, behind its last row at least.
fn end_of(group: &FrameGroup, next: u32) -> u32 {
    let captions = [
        group.group.and_then(|group| group.caption.as_ref()),
        group
            .section
            .and_then(|(_, section)| section.caption.as_ref()),
    ];
    let merged = captions
        .into_iter()
        .flatten()
        .filter(|caption| caption.rows > 1);
    let end = merged.map(below).fold(next, u32::min);
    let rows = group.group.and_then(|group| group.rows.last());
    let least = rows.map_or(group.range.start + 1, |row| row.row + 1);
    end.max(least)
}

/// The first row below a cell.
pub(super) fn below(cell: &Cell) -> u32 {
    cell.place.row.saturating_add(cell.rows.max(1))
}

/// The first row below the heading that belongs to something else, and whether a text tells so.
fn limit(form: &FoundForm, index: usize, from: u32) -> (u32, bool) {
    let fields = form.fields_below.iter().map(|field| &field.caption);
    let tables = form
        .tables
        .iter()
        .flat_map(|table| table.caption.iter().chain(&table.headings));
    let goals = form.goals.iter().skip(index + 1).flat_map(|goal| {
        let fields = [&goal.expected, &goal.actual].into_iter().flatten();
        let captions = fields.map(|field| &field.caption);
        let sides = [&goal.caption, &goal.side, &goal.table_caption];
        captions
            .chain(sides.into_iter().flatten())
            .chain(goal.columns.iter().map(|heading| &heading.cell))
    });
    let total = form.total.iter().map(|total| &total.caption);
    let rows = total
        .chain(fields)
        .chain(tables)
        .chain(goals)
        .chain(&form.footnotes)
        .map(|cell| cell.place.row);
    let told = rows.filter(|row| *row >= from).min();
    (told.unwrap_or(form.rows.end), told.is_some())
}

/// The column in which the cells below a heading mostly begin; the heading's own where it has none.
fn typical(goal: &FoundGoal) -> Vec<u32> {
    let rows = || {
        let groups = goal.sections.iter().flat_map(|section| &section.groups);
        groups.flat_map(|group| &group.rows)
    };
    let of = |(at, heading): (usize, &crate::exchange::recognise::found::Heading)| {
        let own = heading.cell.place.column;
        let mut counts: Vec<(usize, u32)> = Vec::new();
        let cells = rows().flat_map(|row| &row.cells);
        for (_, cell) in cells.filter(|(own, _)| *own == at) {
            let column = cell.place.column;
            match counts.iter_mut().find(|(_, known)| *known == column) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, column)),
            }
        }
        counts.into_iter().max().map_or(own, |(_, column)| column)
    };
    goal.columns.iter().enumerate().map(of).collect()
}
