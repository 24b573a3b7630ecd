//! Cells that say the same of several rows: weights, scores and reasons of groups and blocks.

use std::ops::Range;

use super::{
    super::found::{FoundGroup, FoundReason, FoundRow, FoundSection, FoundSpan},
    form::Reading,
    loose,
    sheet::append,
    table::{Table, remarked},
};
use crate::{exchange::grid::Cell, model::edition::IndicatorRole as Role};

/// Gives every merged cell what it spans, when all rows are known.
pub(super) fn settle(table: &mut Table, reading: &mut Reading, loose: bool) {
    let tall = std::mem::take(&mut table.tall);
    let merged_any = !tall.is_empty();
    let places = places(&table.sections);
    for (column, cell) in tall {
        let rows = cell.place.row..cell.place.row.saturating_add(cell.rows);
        let inside = inside(&places, &rows);
        match (inside, table.role(column)) {
            ([], _) => {
                let left = remarked(cell, "合并单元格旁边没有指标，没有导入");
                reading.form.ignored.push(left);
            }
            ([(_, only)], _) => put(table, *only, column, cell, ""),
            (_, Role::Deviation) => {
                let span = span(&table.sections, inside).found(rows);
                let sure = 100;
                table.reasons.push(FoundReason { cell, span, sure });
            }
            (_, role) => {
                let span = span(&table.sections, inside);
                points(table, reading, (role, column), span, cell);
            }
        }
    }
    lift(table, merged_any, loose);
    if loose {
        loose::warn_of_missing(reading, table);
    }
}

/// A row's place: block, group, row.
type At = (usize, usize, usize);

/// What a merged cell spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Section(usize),
    Group(usize, usize),
    /// Some rows; the place of the first.
    Rows(At),
}

impl Span {
    fn found(self, rows: Range<u32>) -> FoundSpan {
        match self {
            Self::Section(section) => FoundSpan::Section(section),
            Self::Group(section, group) => FoundSpan::Group(section, group),
            Self::Rows(_) => FoundSpan::Rows(rows),
        }
    }
}

/// Rows of all groups with their places, from top to bottom.
fn places(sections: &[FoundSection]) -> Vec<(u32, At)> {
    let mut places = Vec::new();
    for (section, block) in sections.iter().enumerate() {
        for (group, found) in block.groups.iter().enumerate() {
            let rows = found.rows.iter().enumerate();
            places.extend(rows.map(|(at, row)| (row.row, (section, group, at))));
        }
    }
    places
}

/// Those of the places that lie in the rows.
fn inside<'p>(places: &'p [(u32, At)], rows: &Range<u32>) -> &'p [(u32, At)] {
    let from = places.partition_point(|(row, _)| *row < rows.start);
    let to = places.partition_point(|(row, _)| *row < rows.end);
    places.get(from..to).unwrap_or_default()
}

/// What rows, at least one, make up.
fn span(sections: &[FoundSection], inside: &[(u32, At)]) -> Span {
    let [(_, first), .., (_, last)] = inside else {
        return Span::Rows((0, 0, 0));
    };
    let (first, last) = (*first, *last);
    let (section, group, _) = first;
    let block = &sections[section];
    let in_block: usize = block.groups.iter().map(|group| group.rows.len()).sum();
    let same_block = last.0 == section;
    let same_group = same_block && last.1 == group;
    let captioned = block.groups[group].caption.is_some();
    if same_group
        && inside.len() == block.groups[group].rows.len()
        && (captioned || inside.len() < in_block)
    {
        Span::Group(section, group)
    } else if same_block && inside.len() == in_block && block.caption.is_some() {
        Span::Section(section)
    } else if same_group && inside.len() == block.groups[group].rows.len() {
        Span::Group(section, group)
    } else {
        Span::Rows(first)
    }
}

/// A merged weight or score goes to what it spans; where that is neither a group nor a block, to its first row.
fn points(
    table: &mut Table,
    reading: &mut Reading,
    (role, column): (Role, usize),
    span: Span,
    cell: Cell,
) {
    let slot = match span {
        Span::Section(section) => {
            let block = &mut table.sections[section];
            if role == Role::Weight {
                &mut block.weight
            } else {
                &mut block.score
            }
        }
        Span::Group(section, group) => {
            let group = &mut table.sections[section].groups[group];
            if role == Role::Weight {
                &mut group.weight
            } else {
                &mut group.score
            }
        }
        Span::Rows(first) => {
            let note = "几行合并的分值或得分，已记在首行，请核对";
            put(table, first, column, cell, note);
            return;
        }
    };
    match slot {
        None => *slot = Some(cell),
        Some(_) => reading.form.ignored.push(remarked(
            cell,
            "同一组有多个合并的分值或得分，只取了第一个，请核对",
        )),
    }
}

/// Puts a cell into a row.
fn put(table: &mut Table, (section, group, row): At, column: usize, cell: Cell, note: &str) {
    let row = &mut table.sections[section].groups[group].rows[row];
    match row.cells.iter_mut().find(|(at, _)| *at == column) {
        Some((_, first)) => append(first, " ", &cell),
        None => row.cells.push((column, cell)),
    }
    row.cells.sort_by_key(|(at, _)| *at);
    if !note.is_empty() {
        row.sure = row.sure.min(80);
        note.clone_into(&mut row.note);
    }
}

/// Where groups are scored as a whole, the points in the first row of a group are the group's: cells are not merged in text,
/// and a group of one row needs no merging.
fn lift(table: &mut Table, merged: bool, loose: bool) {
    let (weight, score) = (table.column(Role::Weight), table.column(Role::Score));
    let pointed = |row: &FoundRow| {
        row.cells
            .iter()
            .any(|(at, _)| Some(*at) == weight || Some(*at) == score)
    };
    let groups = || table.sections.iter().flat_map(|section| &section.groups);
    let whole = |group: &FoundGroup| group.weight.is_some() || group.score.is_some();
    let several: Vec<&FoundGroup> = groups()
        .filter(|group| group.rows.iter().filter(|row| !row.part).count() >= 2)
        .collect();
    let only_first = several
        .iter()
        .all(|group| !group.rows.iter().skip(1).any(pointed));
    let first = |group: &&&FoundGroup| group.rows.first().is_some_and(pointed);
    let unmerged = several.iter().filter(first).count();
    let wide = several
        .iter()
        .filter(first)
        .any(|group| group.rows.len() >= 3);
    let merged = merged && groups().any(whole);
    let convinced = unmerged >= 1 && (merged || loose || unmerged >= 2 || wide);
    if !only_first || several.is_empty() || !(merged || convinced) {
        return;
    }
    for group in table
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.groups)
    {
        let guessed = !loose && group.rows.len() > 1;
        let Some(first) = group.rows.first_mut() else {
            continue;
        };
        for (column, slot) in [(weight, &mut group.weight), (score, &mut group.score)] {
            let Some(at) = first.cells.iter().position(|(at, _)| Some(*at) == column) else {
                continue;
            };
            if slot.is_none() {
                *slot = Some(first.cells.remove(at).1);
                if guessed {
                    first.sure = first.sure.min(80);
                    "分值和得分只写在本组首行，已按整组的读取，请核对".clone_into(&mut first.note);
                }
            }
        }
    }
}
