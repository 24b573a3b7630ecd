//! The indicator table: a row per indicator, cells merged as the form has them.

mod merge;

use super::Form;
use crate::{
    model::{
        edition::{IndicatorColumn, IndicatorRole},
        indicator::{Group, Indicator, Section},
        path::{BlockField, IndicatorField, Place},
        project::Goal,
    },
    sheet::table::{Block, Cell, Row, Style},
};

/// A printed line: a row, or the place of a row in an empty section or group.
#[derive(Clone, Copy)]
struct Line<'a> {
    section: &'a Section,
    group: Option<&'a Group>,
    indicator: Option<&'a Indicator>,
}

/// The indicator table of one goal: captions, rows, the caption at the side.
pub(super) fn block(form: &Form, goal: &Goal) -> Option<Block> {
    let columns = &form.edition.indicators.columns;
    if columns.is_empty() {
        return None;
    }
    let lines = lines(goal);
    let side = form.side();
    let mut head = vec![];
    if side > 0 {
        head.push(Cell::new(0, side, "", Style::Caption));
    }
    let edges = form.lines[1..].windows(2);
    head.extend(
        columns
            .iter()
            .zip(edges)
            .map(|(column, edge)| Cell::new(edge[0], edge[1], &column.caption, Style::Caption)),
    );
    let mut rows = vec![Row::of(head)];
    rows.extend(lines.iter().enumerate().map(|(index, _)| Row {
        cells: Vec::new(),
        keep_with_next: is_kept(&lines, index),
    }));
    if lines.is_empty() {
        rows.push(Row::default());
    }
    if side > 0 {
        let caption = &form.edition.indicators.caption;
        rows[1]
            .cells
            .push(Cell::new(0, side, caption, Style::Span).over(lines.len()));
    }
    for (column, edge) in columns.iter().zip(form.lines[1..].windows(2)) {
        if lines.is_empty() {
            rows[1]
                .cells
                .push(empty_table_cell(goal, column, [edge[0], edge[1]]));
        }
        for (line, cell) in column_cells(form, goal, column, &lines, [edge[0], edge[1]]) {
            rows[line + 1].cells.push(cell);
        }
    }
    Some(Block::table(1, rows))
}

/// The cell of the line that a table without rows keeps. Reasons are printed even there.
fn empty_table_cell(goal: &Goal, column: &IndicatorColumn, [left, right]: [u16; 2]) -> Cell {
    let text = match column.role {
        IndicatorRole::Deviation => merge::all_reasons(goal),
        _ => String::new(),
    };
    Cell::new(left, right, text, Style::Text)
}

fn lines(goal: &Goal) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for section in goal.sections.iter() {
        if section.groups.is_empty() {
            lines.push(Line {
                section,
                group: None,
                indicator: None,
            });
        }
        for group in section.groups.iter() {
            let line = Line {
                section,
                group: Some(group),
                indicator: None,
            };
            if group.indicators.is_empty() {
                lines.push(line);
            }
            lines.extend(group.indicators.iter().map(|indicator| Line {
                indicator: Some(indicator),
                ..line
            }));
        }
    }
    lines
}

/// Whether the line must not be the last of a page: the first of several lines of a group, and the last but one.
fn is_kept(lines: &[Line], index: usize) -> bool {
    let line = &lines[index];
    let belongs = |other: Option<&Line>| {
        other.is_some_and(|other| {
            std::ptr::eq(other.section, line.section)
                && other.group.map(|group| group.id) == line.group.map(|group| group.id)
        })
    };
    let before = index.checked_sub(1).and_then(|index| lines.get(index));
    let (next, after) = (lines.get(index + 1), lines.get(index + 2));
    belongs(next) && (!belongs(before) || !belongs(after))
}

/// The cells of one column with the index of the line in which each begins.
fn column_cells(
    form: &Form,
    goal: &Goal,
    column: &IndicatorColumn,
    lines: &[Line],
    edge: [u16; 2],
) -> Vec<(usize, Cell)> {
    match column.role {
        IndicatorRole::Level1 => merge::sections(form, lines, edge),
        IndicatorRole::Level2 => merge::groups(form, lines, edge),
        IndicatorRole::Weight => merge::figures(form, lines, BlockField::Weight, edge),
        IndicatorRole::Score => merge::figures(form, lines, BlockField::Score, edge),
        IndicatorRole::Deviation => merge::reasons(form, goal, lines, edge),
        _ => lines
            .iter()
            .enumerate()
            .map(|(index, line)| (index, row_cell(form, column, line, edge)))
            .collect(),
    }
}

/// The cell of a row in a column in which no cells are merged.
fn row_cell(form: &Form, column: &IndicatorColumn, line: &Line, [left, right]: [u16; 2]) -> Cell {
    let (field, style) = match column.role {
        IndicatorRole::Name => (IndicatorField::Name, Style::Text),
        IndicatorRole::Nature => (IndicatorField::Nature, Style::Short),
        IndicatorRole::Target => (IndicatorField::Target, Style::Short),
        IndicatorRole::Unit => (IndicatorField::Unit, Style::Short),
        IndicatorRole::Actual => (IndicatorField::Actual, Style::Short),
        _ => (IndicatorField::Extra(column.key.clone()), Style::Text),
    };
    let Some(row) = line.indicator else {
        return Cell::new(left, right, "", style);
    };
    let style = match field {
        IndicatorField::Name if row.part_of.is_some() => Style::Part,
        _ => style,
    };
    let mut text = row.cell_text(&field).into_owned();
    // A tier that was picked is the actual value of a row judged by words.
    if field == IndicatorField::Actual
        && text.trim().is_empty()
        && let Some(tier) = row.tier
    {
        text = tier.words().to_owned();
    }
    Cell::new(left, right, text, style).at(form.at(Place::Indicator(row.id, field)))
}
