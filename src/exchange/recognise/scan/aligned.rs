//! Rows of an indicator table whose columns can be relied on.

use std::cmp::Reverse;

use super::{
    super::{
        RowUse,
        found::{FoundReason, FoundRow, FoundSpan},
    },
    form::Reading,
    sheet::{Sheet, append, columns, overlap},
    table::{self, Table, remarked},
    words,
};
use crate::{exchange::grid::Cell, model::edition::IndicatorRole as Role};

/// Reads one row.
pub(super) fn row(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &mut Table,
    row: u32,
    said: Option<&RowUse>,
) {
    let mut found = Found::default();
    for index in sheet.line(row) {
        assign(sheet, reading, table, &mut found, index);
    }
    levels(sheet, table, &mut found);
    if found.cells.is_empty() && found.name_level.is_none() {
        return;
    }
    if words::is_subtotal(&words::key(
        found.text(table, Role::Name).unwrap_or_default(),
    )) || found.subtotal
    {
        subtotal(reading, table, found);
        return;
    }
    let has = |role| found.text(table, role).is_some();
    let valued = has(Role::Name) || has(Role::Target) || has(Role::Actual);
    if !valued && found.opened != Opened::Nothing && said.is_none() && found.name_level.is_none() {
        values_of_level(reading, table, found);
        return;
    }
    indicator(reading, table, row, found, said);
}

/// What a row opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Opened {
    #[default]
    Nothing,
    Section,
    Group,
}

/// The cells of a row.
#[derive(Default)]
struct Found {
    level1: Option<usize>,
    level2: Option<usize>,
    cells: Vec<(usize, Cell)>,
    opened: Opened,
    /// A caption that reaches over the column of names is the name too.
    name_level: Option<Cell>,
    subtotal: bool,
}

impl Found {
    fn text(&self, table: &Table, role: Role) -> Option<&str> {
        let column = table.column(role)?;
        let (_, cell) = self.cells.iter().find(|(at, _)| *at == column)?;
        Some(&cell.text)
    }
}

/// Puts a cell below the heading that it belongs to.
fn assign(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &Table,
    found: &mut Found,
    index: usize,
) {
    let here = sheet.columns(index);
    let under: Vec<(u32, usize)> = (0..table.columns.len())
        .map(|at| (overlap(&columns(&table.columns[at].cell), &here), at))
        .filter(|(common, _)| *common > 0)
        .collect();
    // A caption reaching over several columns belongs to the first; any other cell to the one it shares most with.
    let level = under
        .iter()
        .find(|(_, at)| matches!(table.role(*at), Role::Level1 | Role::Level2));
    let most = || {
        under
            .iter()
            .max_by_key(|(common, at)| (*common, Reverse(*at)))
    };
    let best = level.or_else(most).map(|(_, at)| *at);
    if table
        .unwanted
        .iter()
        .any(|unwanted| overlap(unwanted, &here) > 0)
        && best.is_none()
    {
        reading.ignore(sheet, index, "按指定不导入这一列");
        return;
    }
    let Some(at) = best else {
        beside(sheet, reading, table, index);
        return;
    };
    match table.role(at) {
        Role::Level1 if found.level1.is_none() => found.level1 = Some(index),
        Role::Level2 if found.level2.is_none() => found.level2 = Some(index),
        _ => {
            let cell = sheet.take(index);
            match found.cells.iter_mut().find(|(column, _)| *column == at) {
                Some((_, first)) => append(first, " ", &cell),
                None => found.cells.push((at, cell)),
            }
        }
    }
}

/// A cell under no heading: the caption at the side, else it is left over.
fn beside(sheet: &mut Sheet, reading: &mut Reading, table: &Table, index: usize) {
    let left = table
        .columns
        .first()
        .map_or(0, |heading| heading.cell.place.column);
    if sheet.columns(index).start >= left {
        reading.ignore(sheet, index, "这一列没有表头，没有导入");
        return;
    }
    let goal = reading.goal();
    if goal.table_caption.is_none() && words::is_table_side(sheet.key(index)) {
        goal.table_caption = Some(sheet.take(index));
    } else {
        reading.ignore(sheet, index, "表格左侧的标题");
    }
}

/// Opens what the captions of the row open.
fn levels(sheet: &mut Sheet, table: &mut Table, found: &mut Found) {
    let name = table
        .column(Role::Name)
        .map(|at| columns(&table.columns[at].cell));
    let has_name = found.text(table, Role::Name).is_some();
    for (index, is_section) in [(found.level1, true), (found.level2, false)] {
        let Some(index) = index else { continue };
        let reaches_name = name
            .as_ref()
            .is_some_and(|name| overlap(name, &sheet.columns(index)) > 0);
        let caption = sheet.take(index);
        found.subtotal |= words::is_subtotal(&words::key(&caption.text));
        if found.subtotal {
            found.cells.push((usize::MAX, caption));
            return;
        }
        if reaches_name && !has_name {
            found.name_level = Some(caption.clone());
        }
        let before = (table.sections.len(), table.open());
        if is_section {
            table.open_section(caption);
        } else {
            table.open_group(caption);
        }
        if before != (table.sections.len(), table.open()) {
            found.opened = if is_section {
                Opened::Section
            } else {
                Opened::Group
            };
        }
    }
}

/// A row 小计: weight and score of the open block.
fn subtotal(reading: &mut Reading, table: &mut Table, found: Found) {
    for (column, cell) in found.cells {
        let role = table.role(column);
        let section = table.section();
        match role {
            Role::Weight if section.weight.is_none() => section.weight = Some(cell),
            Role::Score if section.score.is_none() => section.score = Some(cell),
            _ => reading
                .form
                .ignored
                .push(remarked(cell, "小计行，不是指标")),
        }
    }
}

/// Weight, score and reason beside a caption alone.
fn values_of_level(reading: &mut Reading, table: &mut Table, found: Found) {
    for (column, cell) in found.cells {
        let role = table.role(column);
        let group = found.opened == Opened::Group;
        let (weight, score) = if group {
            let group = table.group();
            (&mut group.weight, &mut group.score)
        } else {
            let section = table.section();
            (&mut section.weight, &mut section.score)
        };
        match role {
            Role::Weight if weight.is_none() => *weight = Some(cell),
            Role::Score if score.is_none() => *score = Some(cell),
            Role::Deviation => {
                let section = table.sections.len().saturating_sub(1);
                let span = match table.open() {
                    Some((section, group)) if found.opened == Opened::Group => {
                        FoundSpan::Group(section, group)
                    }
                    _ => FoundSpan::Section(section),
                };
                table.reasons.push(FoundReason {
                    cell,
                    span,
                    sure: 100,
                });
            }
            _ => reading
                .form
                .ignored
                .push(remarked(cell, "这一行没有指标名称和指标值，没有导入")),
        }
    }
}

/// A row of values.
fn indicator(
    reading: &mut Reading,
    table: &mut Table,
    row: u32,
    mut found: Found,
    said: Option<&RowUse>,
) {
    let name_column = table.column(Role::Name);
    if let (Some(column), Some(name)) = (name_column, found.name_level.take()) {
        found.cells.push((column, name));
    }
    let name = found.text(table, Role::Name).unwrap_or_default().to_owned();
    let valued = [Role::Target, Role::Actual]
        .into_iter()
        .any(|role| found.text(table, role).is_some());
    if said.is_none() && table::is_placeholder(&name) && !valued {
        let note = if name.is_empty() {
            "这一行没有指标名称和指标值，没有导入"
        } else {
            "空白的占位行，没有导入"
        };
        let (tall, cells): (Vec<_>, Vec<_>) = found
            .cells
            .into_iter()
            .partition(|(column, cell)| is_tall(table, *column, cell));
        table.tall.extend(tall);
        reading
            .form
            .ignored
            .extend(cells.into_iter().map(|(_, cell)| remarked(cell, note)));
        return;
    }
    let weighted = found.text(table, Role::Weight).is_some();
    let Some(part) = part(reading, table, &mut found, &name, weighted || valued, said) else {
        return;
    };
    let (tall, cells): (Vec<_>, Vec<_>) = found
        .cells
        .into_iter()
        .partition(|(column, cell)| is_tall(table, *column, cell));
    table.tall.extend(tall);
    table.push(FoundRow {
        row,
        cells,
        part,
        sure: 100,
        note: String::new(),
    });
}

/// Whether the cell says the same of several rows.
fn is_tall(table: &Table, column: usize, cell: &Cell) -> bool {
    cell.rows > 1
        && matches!(
            table.role(column),
            Role::Weight | Role::Score | Role::Deviation
        )
}

/// Whether the row is part of the one above; `None` for the line 其中： itself, which is told as ignored.
fn part(
    reading: &mut Reading,
    table: &mut Table,
    found: &mut Found,
    name: &str,
    filled: bool,
    said: Option<&RowUse>,
) -> Option<bool> {
    let key = words::key(name);
    let weighted = found.text(table, Role::Weight).is_some();
    match said {
        Some(RowUse::Part) => return Some(true),
        Some(_) => return Some(false),
        None => {}
    }
    if key == "其中" && !filled {
        table.in_parts = true;
        let cells = found
            .cells
            .drain(..)
            .map(|(_, cell)| remarked(cell, "“其中”：下面各行是上一指标的组成部分"));
        reading.form.ignored.extend(cells);
        return None;
    }
    let parent_weighted = table.group().rows.last().is_some_and(|row| row.part)
        || table.column(Role::Weight).is_some_and(|column| {
            table
                .group()
                .rows
                .last()
                .is_some_and(|row| row.cells.iter().any(|(at, _)| *at == column))
        });
    if key.starts_with("其中") && !table.group().rows.is_empty() {
        table.in_parts = parent_weighted && !weighted;
        return Some(true);
    }
    table.in_parts &= !weighted;
    Some(table.in_parts)
}
