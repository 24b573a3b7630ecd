//! An indicator table while it is read: its rows, and where it ends.

use std::ops::Range;

use super::{
    super::{
        RowUse,
        found::{FoundGroup, FoundReason, FoundRow, FoundSection, FoundSpan, Heading, Remarked},
    },
    aligned, foot,
    form::Reading,
    goals,
    heading::{self, Head},
    loose, merged, outline,
    sheet::Sheet,
    words,
};
use crate::{exchange::grid::Cell, model::edition::IndicatorRole as Role};

/// How many rows below a note are looked at for more indicators.
const LOOKED_AHEAD: u32 = 60;

/// A table while it is read.
#[derive(Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Heading>,
    /// Columns of cells that a person wants left out.
    pub(super) unwanted: Vec<Range<u32>>,
    pub(super) sections: Vec<FoundSection>,
    pub(super) reasons: Vec<FoundReason>,
    /// Merged cells, each with its column; what they span is known when all rows are.
    pub(super) tall: Vec<(usize, Cell)>,
    /// Where the rows of a group are interrupted.
    pub(super) broken: Vec<(usize, usize, Cell)>,
    /// What interrupts the rows, until the next one comes.
    pub(super) interruption: Option<(usize, usize, Cell)>,
    /// The row after the last one of which a person said that it belongs to the table.
    said_until: u32,
    /// Whether the rows are parts (其中) of the one above.
    pub(super) in_parts: bool,
}

impl Table {
    /// The column of a role.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|heading| heading.role == role)
    }

    pub(super) fn role(&self, column: usize) -> Role {
        self.columns
            .get(column)
            .map_or(Role::Extra, |heading| heading.role)
    }

    /// Opens a first-level block, unless the caption repeats that of the open one.
    pub(super) fn open_section(&mut self, caption: Cell) {
        let open = self
            .sections
            .last()
            .and_then(|section| section.caption.as_ref());
        if open.is_some_and(|open| words::key(&open.text) == words::key(&caption.text)) {
            return;
        }
        self.in_parts = false;
        self.sections.push(FoundSection {
            caption: Some(caption),
            ..FoundSection::default()
        });
    }

    /// Opens a second-level group, unless the caption repeats that of the open one.
    pub(super) fn open_group(&mut self, caption: Cell) {
        let section = self.section();
        let open = section
            .groups
            .last()
            .and_then(|group| group.caption.as_ref());
        if open.is_some_and(|open| words::key(&open.text) == words::key(&caption.text)) {
            return;
        }
        section.groups.push(FoundGroup {
            caption: Some(caption),
            ..FoundGroup::default()
        });
        self.in_parts = false;
    }

    /// The open first-level block.
    pub(super) fn section(&mut self) -> &mut FoundSection {
        if self.sections.is_empty() {
            self.sections.push(FoundSection::default());
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    /// The open group.
    pub(super) fn group(&mut self) -> &mut FoundGroup {
        let section = self.section();
        if section.groups.is_empty() {
            section.groups.push(FoundGroup::default());
        }
        let last = section.groups.len() - 1;
        &mut section.groups[last]
    }

    /// The indices of the open block and group.
    pub(super) fn open(&self) -> Option<(usize, usize)> {
        let section = self.sections.len().checked_sub(1)?;
        let group = self.sections[section].groups.len().checked_sub(1)?;
        Some((section, group))
    }

    pub(super) fn push(&mut self, mut row: FoundRow) {
        row.cells.sort_by_key(|(column, _)| *column);
        self.group().rows.push(row);
        if let Some((section, group, cell)) = self.interruption.take()
            && self.open() == Some((section, group))
        {
            self.broken.push((section, group, cell));
        }
    }

    /// Something that is no row stands between the rows.
    pub(super) fn interrupt(&mut self, cell: &Cell) {
        if let Some((section, group)) = self.open() {
            self.interruption = Some((section, group, cell.clone()));
        }
    }

    /// A paragraph that gives the reason for the open block.
    pub(super) fn reason(&mut self, cell: Cell, sure: u8) {
        self.interrupt(&cell);
        let span = match self.sections.len().checked_sub(1) {
            Some(section) => FoundSpan::Section(section),
            None => FoundSpan::Rows(cell.place.row..cell.place.row + 1),
        };
        self.reasons.push(FoundReason { cell, span, sure });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
}

/// Reads the table that the row heads; gives the first row after it.
pub(super) fn read(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let head = heading::read(sheet, row, reading.end);
    let mut table = if continues(reading, &head) {
        resume(sheet, reading, &head)
    } else {
        begin(sheet, reading, &head)
    };
    table.said_until = said_until(sheet, row..reading.end);
    let mut next = row + head.depth;
    while let Some(at) = sheet.next_line(next, reading.end) {
        let said = sheet.said.row(at).cloned();
        if said.is_none() && heading::is_heading(sheet, at) && repeats(sheet, &head, at) {
            for index in sheet.line(at) {
                reading.ignore(sheet, index, "重复的表头");
            }
            next = at + head.depth;
            continue;
        }
        if said.is_none() && ends(sheet, reading, &table, at) {
            break;
        }
        line(sheet, reading, &mut table, at, said.as_ref());
        next = at + 1;
    }
    merged::settle(&mut table, reading, sheet.loose);
    reading.tabled = true;
    let goal = reading.goal();
    goal.columns = table.columns;
    goal.sections = table.sections;
    goal.reasons = table.reasons;
    next
}

/// Whether the heading repeats that of the last table, as at the top of a page, with no goal block of its own.
fn continues(reading: &Reading, head: &Head) -> bool {
    let keys = |columns: &[Heading]| -> Vec<String> {
        columns
            .iter()
            .map(|heading| words::key(&heading.cell.text))
            .collect()
    };
    let last = reading.form.goals.last();
    last.is_some_and(|goal| !goal.columns.is_empty() && keys(&goal.columns) == keys(&head.columns))
        && head.sides.is_empty()
}

/// Goes on with the last table.
fn resume(sheet: &mut Sheet, reading: &mut Reading, head: &Head) -> Table {
    for &index in head.cells.iter().chain(&head.parents).chain(&head.unwanted) {
        reading.ignore(sheet, index, "重复的表头");
    }
    let goal = reading.goal();
    Table {
        columns: std::mem::take(&mut goal.columns),
        sections: std::mem::take(&mut goal.sections),
        reasons: std::mem::take(&mut goal.reasons),
        unwanted: head
            .unwanted
            .iter()
            .map(|&index| sheet.columns(index))
            .collect(),
        ..Table::default()
    }
}

/// Takes the cells of the heading, and opens the goal block that the table belongs to.
fn begin(sheet: &mut Sheet, reading: &mut Reading, head: &Head) -> Table {
    let (goals, sides): (Vec<usize>, Vec<usize>) = head
        .sides
        .iter()
        .copied()
        .partition(|&index| words::goal(sheet.key(index)).is_some());
    for index in goals {
        goals::side_caption(sheet, reading, index);
    }
    let side = sheet.take_joined(&sides, " ");
    let goal = reading.goal_without_table();
    goal.table_caption = goal.table_caption.take().or(side);
    for &index in &head.cells {
        sheet.take(index);
    }
    for &index in &head.parents {
        reading.ignore(sheet, index, "几列共用的标题，已按下一行的各列标题读取");
    }
    for &index in &head.unwanted {
        reading.ignore(sheet, index, "按指定不导入这一列");
    }
    Table {
        columns: head.columns.clone(),
        unwanted: head
            .unwanted
            .iter()
            .map(|&index| sheet.columns(index))
            .collect(),
        ..Table::default()
    }
}

/// Whether the row repeats the heading, as at the top of a page.
fn repeats(sheet: &Sheet, head: &Head, row: u32) -> bool {
    let line = sheet.line(row);
    line.iter().all(|&index| {
        let known = head
            .cells
            .iter()
            .chain(&head.parents)
            .chain(&head.sides)
            .chain(&head.unwanted);
        known
            .into_iter()
            .any(|&own| sheet.key(own) == sheet.key(index))
    })
}

/// Whether the table ends before the row.
fn ends(sheet: &Sheet, reading: &Reading, table: &Table, row: u32) -> bool {
    let line = sheet.line(row);
    let Some(&first) = line.first() else {
        return false;
    };
    if words::is_total(sheet.key(first))
        || outline::is_title(sheet, row)
        || heading::is_heading(sheet, row)
        || goals::interrupts(sheet, row)
        || foot::begins(sheet, row)
    {
        return true;
    }
    if line.len() > 1 || table.said_until > row {
        return false;
    }
    let left = table
        .columns
        .first()
        .map_or(0, |heading| heading.cell.place.column);
    let beside = sheet.loose || sheet.columns(first).start <= left;
    let wide = sheet.cell(first).columns > 2;
    let level = words::is_level1(sheet.key(first)) || words::is_level2(sheet.key(first));
    let text = sheet.text(first);
    let note = words::is_footnote(text) || (wide && !level);
    beside && note && !more_rows(sheet, row + 1, reading.end)
}

/// The row after the last one of which a person said that it belongs to the table.
fn said_until(sheet: &Sheet, rows: Range<u32>) -> u32 {
    let belongs = |row: &u32| {
        use RowUse as R;
        let said = sheet.said.row(*row);
        matches!(
            said,
            Some(R::Indicator | R::Part | R::Group | R::Section | R::Reason)
        )
    };
    rows.rev().find(belongs).map_or(0, |row| row + 1)
}

/// Whether rows of indicators follow.
fn more_rows(sheet: &Sheet, from: u32, end: u32) -> bool {
    for row in from..end.min(from.saturating_add(LOOKED_AHEAD)) {
        let line = sheet.line(row);
        let Some(&first) = line.first() else { continue };
        if words::is_total(sheet.key(first)) {
            return true;
        }
        if foot::begins(sheet, row)
            || outline::is_title(sheet, row)
            || goals::interrupts(sheet, row)
        {
            return false;
        }
        if line.len() >= 3 {
            return true;
        }
    }
    false
}

/// Reads one row.
fn line(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &mut Table,
    row: u32,
    said: Option<&RowUse>,
) {
    let line = sheet.line(row);
    match said {
        Some(RowUse::Ignored) => {
            for index in line {
                reading.ignore(sheet, index, "按指定不导入这一行");
            }
        }
        Some(RowUse::Footnote) => reading.form.footnotes.extend(sheet.take_joined(&line, " ")),
        Some(RowUse::Reason) => {
            if let Some(cell) = sheet.take_joined(&line, " ") {
                table.reason(cell, 100);
            }
        }
        Some(RowUse::Total) => foot::total(sheet, reading, &table.columns, row),
        Some(RowUse::Section | RowUse::Group) if !line.is_empty() => {
            let caption = sheet.take(line[0]);
            if said == Some(&RowUse::Section) {
                table.sections.push(FoundSection {
                    caption: Some(caption),
                    ..FoundSection::default()
                });
            } else {
                table.section().groups.push(FoundGroup {
                    caption: Some(caption),
                    ..FoundGroup::default()
                });
            }
            if line.len() > 1 {
                row_of(sheet, reading, table, row, None);
            }
        }
        _ => row_of(sheet, reading, table, row, said),
    }
}

fn row_of(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &mut Table,
    row: u32,
    said: Option<&RowUse>,
) {
    if sheet.loose {
        loose::row(sheet, reading, table, row, said);
    } else {
        aligned::row(sheet, reading, table, row, said);
    }
}

/// A cell with why nothing was made of it.
pub(super) fn remarked(cell: Cell, note: impl Into<String>) -> Remarked {
    Remarked {
        cell,
        note: note.into(),
    }
}

/// Whether the name only holds the place of an indicator ("指标1：", "……").
pub(in crate::exchange) fn is_placeholder(text: &str) -> bool {
    let number = |rest: &str| {
        rest.chars().all(|c| {
            c.is_ascii_digit() || ":：.、".contains(c) || "一二三四五六七八九十".contains(c)
        })
    };
    let is_one = |line: &str| {
        let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let goal = plain.strip_prefix("目标").filter(|rest| !rest.is_empty());
        plain.chars().all(|c| "…⋯.。·".contains(c))
            || plain.strip_prefix("指标").or(goal).is_some_and(number)
    };
    text.lines().all(is_one)
}
