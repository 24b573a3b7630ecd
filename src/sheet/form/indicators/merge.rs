//! Cells merged over several lines: captions of levels, points of a group, reasons for several rows.

use std::{collections::HashSet, ops::Range};

use super::{Form, Line};
use crate::{
    model::{
        edition::{IndicatorRole, ScoredBy},
        id::Id,
        indicator::{Group, Section, SharedReason},
        path::{BlockField, IndicatorField, Place},
        project::Goal,
    },
    sheet::table::{Cell, Style},
};

/// Cells with the index of the line in which each begins.
type Placed = Vec<(usize, Cell)>;

/// One cell per section.
pub(super) fn sections(form: &Form, lines: &[Line], [left, right]: [u16; 2]) -> Placed {
    runs(lines, |line| line.section.id)
        .into_iter()
        .map(|(start, length, _)| {
            let section = lines[start].section;
            let run = start..start + length;
            let points = |field| {
                let is_printed = is_owned(form, lines, run.clone(), field, |owner| {
                    owner == Owner::Section(section.id)
                });
                (section_text(section, field), is_printed)
            };
            let text = with_unprinted(form, &section.caption, points);
            let cell = Cell::new(left, right, text, Style::Span)
                .over(length)
                .at(form.at(Place::Section(section.id, BlockField::Caption)));
            (start, cell)
        })
        .collect()
}

/// One cell per group.
pub(super) fn groups(form: &Form, lines: &[Line], [left, right]: [u16; 2]) -> Placed {
    runs(lines, |line| {
        (line.section.id, line.group.map(|group| group.id))
    })
    .into_iter()
    .map(|(start, length, _)| {
        let cell = match lines[start].group {
            None => Cell::new(left, right, "", Style::Span),
            Some(group) => {
                let run = start..start + length;
                let points = |field| {
                    let is_printed = is_owned(form, lines, run.clone(), field, |owner| {
                        owner == Owner::Group(group.id)
                    });
                    (group_text(Some(group), field), is_printed)
                };
                let text = with_unprinted(form, &group.caption, points);
                Cell::new(left, right, text, Style::Span)
                    .at(form.at(Place::Group(group.id, BlockField::Caption)))
            }
        };
        (start, cell.over(length))
    })
    .collect()
}

/// Whether one of these lines shows the points of such an owner.
fn is_owned(
    form: &Form,
    lines: &[Line],
    mut run: Range<usize>,
    field: BlockField,
    is_wanted: impl Fn(Owner) -> bool,
) -> bool {
    run.any(|index| is_wanted(owner(form, lines, index, field)))
}

/// The caption with points that stand in no cell of their column, since all rows have their own. `points` tells them and
/// whether they are printed.
fn with_unprinted<'t>(
    form: &Form,
    caption: &str,
    points: impl Fn(BlockField) -> (&'t str, bool),
) -> String {
    let columns = [
        (IndicatorRole::Weight, BlockField::Weight),
        (IndicatorRole::Score, BlockField::Score),
    ];
    let mut text = caption.to_owned();
    for (role, field) in columns {
        let (typed, is_printed) = points(field);
        let typed = typed.trim();
        if form.edition.has_column(role) && !typed.is_empty() && !is_printed {
            let name = form.edition.indicator_caption(role);
            text.push_str(&format!("（{name}{typed}）"));
        }
    }
    text
}

/// Whose cell a line shows in a column of points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Section(Id<Section>),
    Group(Id<Group>),
    /// The line with this index.
    Line(usize),
}

/// Points: the row's own where it has some, else those of its group, else those of its section. What one cell says is
/// printed once, over all its lines that follow each other.
pub(super) fn figures(
    form: &Form,
    lines: &[Line],
    field: BlockField,
    [left, right]: [u16; 2],
) -> Placed {
    let mut printed = HashSet::new();
    let mut cells = Placed::new();
    for (start, length, owner) in runs_by_index(lines, |index| owner(form, lines, index, field)) {
        let (text, at) = match owner {
            Owner::Section(id) => (
                section_text(lines[start].section, field),
                Place::Section(id, field),
            ),
            Owner::Group(id) => (
                group_text(lines[start].group, field),
                Place::Group(id, field),
            ),
            Owner::Line(index) => match lines[index].indicator {
                Some(row) => {
                    let (field, text) = match field {
                        BlockField::Weight => (IndicatorField::Weight, row.weight.text()),
                        _ => (IndicatorField::Score, row.score.text()),
                    };
                    (text, Place::Indicator(row.id, field))
                }
                None => {
                    cells.push((start, Cell::new(left, right, "", Style::Figure)));
                    continue;
                }
            },
        };
        let cell = Cell::new(left, right, "", Style::Figure).over(length);
        // What one cell says is printed once; a run that continues it further down stays blank.
        let is_first = printed.insert(at.clone());
        let cell = if is_first {
            Cell {
                text: text.to_owned(),
                at: Some(form.at(at)),
                ..cell
            }
        } else {
            cell
        };
        cells.push((start, cell));
    }
    cells
}

fn owner(form: &Form, lines: &[Line], index: usize, field: BlockField) -> Owner {
    let line = &lines[index];
    let own = line.indicator.map_or("", |row| match field {
        BlockField::Weight => row.weight.text(),
        _ => row.score.text(),
    });
    let is_said = |text: &str| !text.trim().is_empty();
    match line.group {
        _ if is_said(own) => Owner::Line(index),
        Some(group) if is_said(group_text(Some(group), field)) => Owner::Group(group.id),
        _ if is_said(section_text(line.section, field)) => Owner::Section(line.section.id),
        // A form that scores groups has the merged cell even where nothing is filled in.
        Some(group) if form.edition.indicators.scored_by == ScoredBy::Group => {
            Owner::Group(group.id)
        }
        _ => Owner::Line(index),
    }
}

fn section_text(section: &Section, field: BlockField) -> &str {
    match field {
        BlockField::Weight => section.weight.text(),
        _ => section.score.text(),
    }
}

fn group_text(group: Option<&Group>, field: BlockField) -> &str {
    group.map_or("", |group| match field {
        BlockField::Weight => group.weight.text(),
        _ => group.score.text(),
    })
}

/// Reasons: a row's own in its own cell, those shared by rows in one cell over the rows that have none of their own.
pub(super) fn reasons(form: &Form, goal: &Goal, lines: &[Line], [left, right]: [u16; 2]) -> Placed {
    let mut cells = Placed::new();
    let mut printed: Vec<Id<SharedReason>> = Vec::new();
    let shown = |index: usize| -> (Option<usize>, Vec<&SharedReason>) {
        let own = lines[index]
            .indicator
            .is_some_and(|row| !row.deviation.trim().is_empty());
        let shared: Vec<&SharedReason> = if own {
            Vec::new()
        } else {
            goal.reasons
                .iter()
                .map(|reason| &**reason)
                .filter(|reason| covers(reason, &lines[index]))
                .collect()
        };
        (shared.is_empty().then_some(index), shared)
    };
    let same = |index: usize| {
        let (line, shared) = shown(index);
        (
            line,
            shared.iter().map(|reason| reason.id).collect::<Vec<_>>(),
        )
    };
    for (start, length, (_, ids)) in runs_by_index(lines, same) {
        let mut cell = Cell::new(left, right, "", Style::Text).over(length);
        if ids.is_empty() {
            if let Some(row) = lines[start].indicator {
                cell.text = row.deviation.to_string();
                cell = cell.at(form.at(Place::Indicator(row.id, IndicatorField::Deviation)));
            }
        } else {
            let (_, shared) = shown(start);
            let new: Vec<&SharedReason> = shared
                .into_iter()
                .filter(|reason| !printed.contains(&reason.id))
                .collect();
            cell.text = joined(&new);
            if let Some(first) = new.first() {
                cell = cell.at(form.at(Place::Reason(first.id)));
            }
            printed.extend(new.iter().map(|reason| reason.id));
        }
        cells.push((start, cell));
    }
    append_unprinted(goal, lines, &printed, &mut cells);
    cells
}

/// A shared reason whose rows all have reasons of their own stands behind the last of these.
fn append_unprinted(goal: &Goal, lines: &[Line], printed: &[Id<SharedReason>], cells: &mut Placed) {
    let left_over = goal
        .reasons
        .iter()
        .filter(|reason| !printed.contains(&reason.id) && !reason.text.trim().is_empty());
    for reason in left_over {
        let last = lines
            .iter()
            .rposition(|line| covers(reason, line))
            .unwrap_or(lines.len().saturating_sub(1));
        if let Some((_, cell)) = cells.iter_mut().rev().find(|(start, _)| *start <= last) {
            if !cell.text.is_empty() {
                cell.text.push('\n');
            }
            cell.text.push_str(&reason.text);
        }
    }
}

/// All reasons of a goal, for a table without rows.
pub(super) fn all_reasons(goal: &Goal) -> String {
    let reasons: Vec<&SharedReason> = goal.reasons.iter().map(|reason| &**reason).collect();
    joined(&reasons)
}

fn joined(reasons: &[&SharedReason]) -> String {
    let texts: Vec<&str> = reasons.iter().map(|reason| &*reason.text).collect();
    texts.join("\n")
}

fn covers(reason: &SharedReason, line: &Line) -> bool {
    if let Some(section) = reason.section {
        return line.section.id == section;
    }
    if let Some(group) = reason.group {
        return line.group.is_some_and(|own| own.id == group);
    }
    line.indicator
        .is_some_and(|row| reason.rows.contains(&row.id))
}

/// Lines that follow each other and have the same key: first line, number of lines, key.
fn runs<K: PartialEq>(lines: &[Line], key: impl Fn(&Line) -> K) -> Vec<(usize, usize, K)> {
    runs_by_index(lines, |index| key(&lines[index]))
}

fn runs_by_index<K: PartialEq>(lines: &[Line], key: impl Fn(usize) -> K) -> Vec<(usize, usize, K)> {
    let mut runs: Vec<(usize, usize, K)> = Vec::new();
    for index in 0..lines.len() {
        let key = key(index);
        match runs.last_mut() {
            Some((_, length, last)) if *last == key => *length += 1,
            _ => runs.push((index, 1, key)),
        }
    }
    runs
}
