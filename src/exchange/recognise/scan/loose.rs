//! Rows of an indicator table whose cells only keep their order, as in text copied out of a PDF.
//!
//! A first cell is a caption only if it is a known one; else it is an indicator of the open group, and the next cells are
//! what the headings say in their order, weight and score only where the row is long enough.

use super::{
    super::{RowUse, found::FoundRow},
    form::Reading,
    sheet::{Sheet, append},
    table::{self, Table, remarked},
    words,
};
use crate::{exchange::grid::Cell, model::edition::IndicatorRole as Role};

/// A line of this length is a paragraph, not a name.
const PARAGRAPH: usize = 16;

/// Reads one row.
pub(super) fn row(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &mut Table,
    row: u32,
    said: Option<&RowUse>,
) {
    let mut cells = sheet.line(row);
    let mut note = String::new();
    if said.is_none() {
        side(sheet, reading, table, &mut cells);
        note = tail(sheet, reading, table, &mut cells);
        levels(sheet, table, &mut cells);
    }
    match cells.as_slice() {
        [] => {}
        [only] if said.is_none() => single(sheet, reading, table, *only),
        cells => indicator(sheet, table, row, cells, note, said == Some(&RowUse::Part)),
    }
}

/// The caption beside the table, wherever the text has it.
fn side(sheet: &mut Sheet, reading: &mut Reading, table: &mut Table, cells: &mut Vec<usize>) {
    let Some(&first) = cells.first() else { return };
    if !words::is_table_side(sheet.key(first)) {
        return;
    }
    cells.remove(0);
    table.interrupt(sheet.cell(first));
    let goal = reading.goal();
    if goal.table_caption.is_none() {
        goal.table_caption = Some(sheet.take(first));
    } else {
        reading.ignore(sheet, first, "表格左侧的标题");
    }
}

/// The tail of the open block's caption, broken off: it joins the caption. Gives what is to be said of the row.
fn tail(
    sheet: &mut Sheet,
    reading: &mut Reading,
    table: &mut Table,
    cells: &mut Vec<usize>,
) -> String {
    let Some(&first) = cells.first() else {
        return String::new();
    };
    let text = sheet.text(first);
    let broken =
        text.ends_with([')', '）']) && !text.contains(['(', '（']) && words::length(text) <= 5;
    let Some(caption) = table
        .sections
        .last_mut()
        .and_then(|section| section.caption.as_mut())
        .filter(|_| broken)
    else {
        return String::new();
    };
    cells.remove(0);
    let before = caption.text.clone();
    let is_open = before.matches(['(', '（']).count() > before.matches([')', '）']).count();
    if is_open {
        caption.text.push_str(text);
    }
    reading.ignore(
        sheet,
        first,
        &format!("像是一级指标“{before}”折行断开的尾部，已并入该标题，不作为二级指标"),
    );
    if cells.is_empty() {
        return String::new();
    }
    format!("本行开头的“{text}”是标题断开的尾部，已去掉；本行归入上一个二级指标")
}

/// Opens what the captions at the start of the row open.
fn levels(sheet: &mut Sheet, table: &mut Table, cells: &mut Vec<usize>) {
    if let Some(&first) = cells.first()
        && opens_section(sheet, table, cells)
    {
        cells.remove(0);
        let caption = sheet.take(first);
        table.sections.push(super::super::found::FoundSection {
            caption: Some(caption),
            ..Default::default()
        });
        table.in_parts = false;
    }
    if let Some(&first) = cells.first()
        && words::is_level2(sheet.key(first))
        && is_caption(sheet, cells)
    {
        cells.remove(0);
        let caption = sheet.take(first);
        table.open_group(caption);
    }
}

/// Whether the first cell is a first-level caption here; 成本 and 满意度 are of either level.
fn opens_section(sheet: &Sheet, table: &Table, cells: &[usize]) -> bool {
    let Some(&first) = cells.first() else {
        return false;
    };
    let key = sheet.key(first);
    if !words::is_level1(key) || !is_caption(sheet, cells) {
        return false;
    }
    let open = table
        .sections
        .last()
        .and_then(|section| section.caption.as_ref());
    let open = open
        .map(|caption| words::key(&caption.text))
        .unwrap_or_default();
    let next_is_level = cells
        .get(1)
        .is_some_and(|&next| words::is_level2(sheet.key(next)) && is_caption(sheet, &cells[1..]));
    let within = (key.contains("成本") && open.contains("产出"))
        || (key.contains("满意") && open.contains("效益"));
    let either = words::is_level2(key) && within;
    !either || next_is_level || words::points(sheet.text(first)).is_some()
}

/// Whether a known caption in first place is one: an indicator may have the same words.
fn is_caption(sheet: &Sheet, cells: &[usize]) -> bool {
    let Some(&first) = cells.first() else {
        return false;
    };
    sheet.key(first).ends_with("指标")
        || words::points(sheet.text(first)).is_some()
        || cells.len() == 1
        || (cells.len() >= 4
            && cells
                .get(1)
                .is_some_and(|&next| !words::begins_as_value(sheet.text(next))))
}

/// A line of one cell: a paragraph gives a reason; a short text is a name whose values are missing.
fn single(sheet: &mut Sheet, reading: &mut Reading, table: &mut Table, index: usize) {
    let text = sheet.text(index);
    let length = words::length(text);
    if words::is_page_number(text) {
        table.interrupt(sheet.cell(index));
        reading.ignore(sheet, index, "页码");
    } else if table.is_empty() {
        reading.ignore(sheet, index, "表头折行断开的一段");
    } else if length >= PARAGRAPH
        || text.contains('。')
        || (length >= 10 && text.contains(['，', ',']))
    {
        let cell = sheet.take(index);
        table.reason(cell, 60);
    } else if table::is_placeholder(text) {
        reading.ignore(sheet, index, "空白的占位行，没有导入");
    } else {
        let column = table.column(Role::Name).unwrap_or(0);
        let row = sheet.cell(index).place.row;
        let cell = sheet.take(index);
        let note = "只有一段文字，可能是上一行折行断开的部分，已按指标名称读取，请核对".to_owned();
        table.push(FoundRow {
            row,
            cells: vec![(column, cell)],
            part: false,
            sure: 50,
            note,
        });
    }
}

/// A row of values.
fn indicator(
    sheet: &mut Sheet,
    table: &mut Table,
    row: u32,
    cells: &[usize],
    mut note: String,
    part: bool,
) {
    let texts: Vec<&str> = cells.iter().map(|&index| sheet.text(index)).collect();
    let Places { columns, sure } = places(table, &texts);
    if sure < 100 && note.is_empty() {
        "单元格个数与表头不符，已按先后次序归入各列，请核对".clone_into(&mut note);
    }
    let sure = if note.is_empty() { sure } else { sure.min(90) };
    let mut found: Vec<(usize, Cell)> = Vec::new();
    for (&index, column) in cells.iter().zip(columns) {
        let cell = sheet.take(index);
        match found.iter_mut().find(|(at, _)| *at == column) {
            Some((_, first)) => append(first, " ", &cell),
            None => found.push((column, cell)),
        }
    }
    let begins_part = cells
        .first()
        .is_some_and(|&first| sheet.key(first).starts_with("其中"));
    let part = part || (begins_part && !table.group().rows.is_empty());
    table.push(FoundRow {
        row,
        cells: found,
        part,
        sure,
        note,
    });
}

/// Which column each text of a row goes to, and how sure.
struct Places {
    columns: Vec<usize>,
    sure: u8,
}

fn places(table: &Table, texts: &[&str]) -> Places {
    let of = |wanted: &[Role]| -> Vec<usize> {
        (0..table.columns.len())
            .filter(|&at| wanted.contains(&table.role(at)))
            .collect()
    };
    let values = of(&[
        Role::Name,
        Role::Nature,
        Role::Target,
        Role::Unit,
        Role::Actual,
    ]);
    let all: Vec<usize> = (0..table.columns.len())
        .filter(|&at| !matches!(table.role(at), Role::Level1 | Role::Level2))
        .collect();
    let points = of(&[Role::Weight, Role::Score]);
    let scored: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| values.contains(at) || points.contains(at))
        .collect();
    let fits = |columns: &[usize]| {
        columns
            .iter()
            .zip(texts)
            .all(|(at, text)| !points.contains(at) || words::is_points(text))
    };
    let count = texts.len();
    let (columns, sure) = if count == all.len() && fits(&all) {
        (all, 100)
    } else if count == values.len() {
        (values, 100)
    } else if count < values.len() {
        (values, 60)
    } else if count == scored.len() && !points.is_empty() && fits(&scored) {
        (scored, 100)
    } else if count > scored.len() && !points.is_empty() && fits(&scored) {
        let rest = all.iter().copied().filter(|at| !scored.contains(at));
        let sure = if count == scored.len() + 1 { 90 } else { 60 };
        (scored.iter().copied().chain(rest).collect(), sure)
    } else {
        // One more: a weight without score, or a reason.
        let last = texts.get(values.len()).copied().unwrap_or_default();
        let tail = if words::is_points(last) {
            points
        } else {
            of(&[Role::Deviation])
        };
        (values.iter().copied().chain(tail).collect(), 60)
    };
    fill(columns, count, table.columns.len().saturating_sub(1), sure)
}

/// As many columns as there are texts: those past the last join its column.
fn fill(mut columns: Vec<usize>, count: usize, otherwise: usize, sure: u8) -> Places {
    let sure = if columns.len() < count {
        sure.min(50)
    } else {
        sure
    };
    let last = columns.last().copied().unwrap_or(otherwise);
    columns.resize(count, last);
    Places { columns, sure }
}

/// Notes the groups that are interrupted and have fewer rows than others of their block: rows may be missing there.
pub(super) fn warn_of_missing(reading: &mut Reading, table: &mut Table) {
    let mut warned: Vec<(usize, usize)> = Vec::new();
    for (section, group, cell) in table.broken.drain(..) {
        let Some(block) = table.sections.get(section) else {
            continue;
        };
        let own = block.groups.get(group).map_or(0, |group| group.rows.len());
        let most = block
            .groups
            .iter()
            .map(|group| group.rows.len())
            .max()
            .unwrap_or(0);
        if own >= 2 && own < most && !warned.contains(&(section, group)) {
            warned.push((section, group));
            let name = block
                .groups
                .get(group)
                .and_then(|group| group.caption.as_ref());
            let name = name.map_or(String::new(), |caption| {
                format!("“{}”", caption.text.trim())
            });
            let note = format!(
                "分页处可能缺行：{name}在这里被打断，只有 {own} 行，同一一级指标下另有 {most} 行的组，请与原件核对"
            );
            reading.form.warnings.push(remarked(cell, note));
        }
    }
}
