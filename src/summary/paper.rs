//! The 汇总表 on paper.

use super::{
    overview::Overview,
    table::{Column, TOTAL, Table, Value},
    workbook::is_amount,
};
use crate::{
    model::{
        edition::Orientation,
        numeral::{MONEY_DECIMALS, aligned_money},
        policy::{Rounding, Severity},
    },
    sheet::{
        booklet::{Booklet, Drawing, Part},
        chart::clipped,
        divided,
        fonts::Face,
        table::{Block, BlockKind, Cell, FULL_WIDTH, FormSheet, Row, Style},
    },
};

const TITLE: &str = "绩效自评汇总表";
/// More rows of a table are not printed; the workbook has them all.
const MOST_ROWS: usize = 1_000;
/// Longer texts are cut.
const TEXT_LENGTH: usize = 160;

/// A table that is printed.
struct Printed {
    /// Its key.
    table: &'static str,
    /// The keys of its columns: what fits on a page and is read on paper.
    columns: &'static str,
    /// Whether it stands beneath the table before, on the same page where there is room.
    joins: bool,
}

const PRINTED: &[Printed] = &[
    Printed {
        table: "projects",
        columns: "number department unit project_name year budget_wan executed_wan rate_computed \
            score_stated score_computed rating_stated rating_by_score verdict errors warnings",
        joins: false,
    },
    Printed {
        table: "progress",
        columns: "number project_name unit year stage next due left remark due_targets due_adjustment \
            due_monitoring due_self_evaluation due_submitted due_returned due_final due_published",
        joins: false,
    },
    Printed {
        table: "departments",
        columns: "department units projects budget_wan executed_wan rate mean_score excellent good fair \
            poor unrated unready remark",
        joins: false,
    },
    Printed {
        table: "ratings",
        columns: "rating stated_count stated_share by_score_count by_score_share",
        joins: true,
    },
    Printed {
        table: "section_totals",
        columns: "section projects complete weight score_stated share full lowest lowest_project",
        joins: true,
    },
    Printed {
        table: "sections",
        columns: "project_name unit section indicators weight score_stated score_computed share",
        joins: false,
    },
    Printed {
        table: "same_indicators",
        columns: "section group name projects way operator target actual measure_unit completion \
            verdict weight score_computed remark",
        joins: false,
    },
    Printed {
        table: "alike",
        columns: "cluster projects similarity project_name unit place text",
        joins: false,
    },
    Printed {
        table: "findings",
        columns: "project_name unit level rule place message hint mend",
        joins: false,
    },
];

/// The booklet of an overview: its tables one after the other, landscape, then its charts. Of findings, hints are left out;
/// the list of all indicators is not printed.
pub fn booklet(overview: &Overview) -> Booklet {
    let mut sheets: Vec<FormSheet> = Vec::new();
    for printed in PRINTED {
        let table = overview.table(printed.table);
        let Some(table) = table.filter(|table| !table.rows.is_empty()) else {
            continue;
        };
        let blocks = blocks(overview, table, printed.columns, sheets.is_empty());
        match sheets.last_mut().filter(|_| printed.joins) {
            Some(sheet) => {
                sheet.blocks.push(titled("", Style::Aside));
                sheet.blocks.extend(blocks);
            }
            None => sheets.push(FormSheet {
                project: None,
                name: table.name.to_owned(),
                page: Orientation::Landscape,
                blocks,
                seal: None,
            }),
        }
    }
    if sheets.is_empty() {
        sheets.push(empty(overview));
    }
    let sheets = sheets.into_iter().enumerate();
    let tables = sheets.map(|(index, sheet)| Part {
        restarts: index == 0,
        ..Part::alone(sheet)
    });
    let made = overview.time.strftime("%Y-%m-%d %H:%M");
    Booklet {
        title: TITLE.to_owned(),
        time: overview.time,
        mark: None,
        footer: Some(format!("{TITLE} · {made} 汇总")),
        face: Face::default(),
        saves_pages: true,
        parts: tables.chain(charts(overview)).collect(),
        references: Vec::new(),
    }
}

/// A table with its heading, and what is to be said beneath it.
fn blocks(overview: &Overview, table: &Table, columns: &str, is_first: bool) -> Vec<Block> {
    let columns = columns.split_whitespace();
    let columns: Vec<usize> = columns.filter_map(|key| table.column(key)).collect();
    let is_printed = |row: &&Vec<Value>| !is_hint(table, row);
    let rows: Vec<&Vec<Value>> = table.rows.iter().filter(is_printed).collect();
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    let hints = table.rows.len() - rows.len();
    let mut notes = match is_first {
        true => overview.remarks.clone(),
        false => Vec::new(),
    };
    if left_out > 0 {
        notes.push(format!("另有 {left_out} 行没有印出，见汇总工作簿。"));
    }
    if hints > 0 {
        notes.push(format!("另有提示 {hints} 条没有印出，见汇总工作簿。"));
    }
    let mut blocks = vec![
        heading(overview, table, is_first),
        ruled(table, &columns, &rows[..rows.len() - left_out]),
    ];
    blocks.extend(noted(&notes));
    blocks
}

/// Whether a row is a finding that is no more than a hint.
fn is_hint(table: &Table, row: &[Value]) -> bool {
    let level = table.column("level").and_then(|column| row.get(column));
    level == Some(&Value::Text(Severity::Hint.to_string()))
}

/// The title of the whole on the first sheet, the table's name on all.
fn heading(overview: &Overview, table: &Table, is_first: bool) -> Block {
    let mut rows = Vec::new();
    if is_first {
        rows.push(Row::of([Cell::new(0, FULL_WIDTH, TITLE, Style::Title)]).kept());
        let made = overview.time.strftime("%Y年%-m月%-d日 %H:%M");
        let line = format!("{made} 汇总　共 {} 个项目", table.rows.len());
        rows.push(Row::of([Cell::new(0, FULL_WIDTH, line, Style::Aside)]).kept());
    }
    rows.push(Row::of([Cell::new(0, FULL_WIDTH, table.name, Style::Heading)]).kept());
    Block {
        kind: BlockKind::Title,
        header_rows: 0,
        rows,
    }
}

fn ruled(table: &Table, columns: &[usize], rows: &[&Vec<Value>]) -> Block {
    let shown = |index: &usize| table.columns.get(*index);
    let widths: Vec<u32> = columns
        .iter()
        .filter_map(shown)
        .map(|one| one.width.into())
        .collect();
    let edges = divided(0, &widths);
    let line = |cells: &mut dyn Iterator<Item = (String, Style)>| {
        let cells = cells.zip(edges.windows(2));
        Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
    };
    let headings = columns.iter().filter_map(shown);
    let mut lines = vec![line(
        &mut headings.map(|column| (column.caption.clone(), Style::Caption)),
    )];
    for row in rows {
        let cells = columns
            .iter()
            .filter_map(|index| Some((shown(index)?, row.get(*index)?)));
        lines.push(line(
            &mut cells.map(|(column, value)| printed(column, value)),
        ));
    }
    if let Some(totals) = &table.totals {
        let cells = columns
            .iter()
            .filter_map(|index| Some((shown(index)?, totals.get(*index)?)));
        lines.push(line(&mut cells.map(|(column, value)| match value {
            Value::Text(text) if text == TOTAL => (text.clone(), Style::Caption),
            value => printed(column, value),
        })));
    }
    Block::table(1, lines)
}

/// A value as it is printed.
fn printed(column: &Column, value: &Value) -> (String, Style) {
    match value {
        Value::Blank => (String::new(), Style::Text),
        Value::Text(text) => (clipped(text, TEXT_LENGTH), Style::Text),
        Value::Number(number) if is_amount(column) => {
            (aligned_money(*number, MONEY_DECIMALS), Style::Amount)
        }
        Value::Number(number) => (number.to_string(), Style::Figure),
        Value::Share(share) => {
            let percent = share.checked_mul(rust_decimal::Decimal::ONE_HUNDRED);
            let rounding = Rounding::default();
            let shown = percent.map(|percent| format!("{:.2}%", rounding.apply(percent)));
            (shown.unwrap_or_default(), Style::Figure)
        }
        Value::Count(count) => (count.to_string(), Style::Figure),
        Value::Flag(flag) => (if *flag { "是" } else { "否" }.to_owned(), Style::Short),
    }
}

fn noted(notes: &[String]) -> Option<Block> {
    (!notes.is_empty()).then(|| Block {
        kind: BlockKind::Notes,
        header_rows: 0,
        rows: notes
            .iter()
            .map(|note| Row::of([Cell::new(0, FULL_WIDTH, note, Style::Note)]))
            .collect(),
    })
}

fn titled(title: &str, style: Style) -> Block {
    Block {
        kind: BlockKind::Title,
        header_rows: 0,
        rows: vec![Row::of([Cell::new(0, FULL_WIDTH, title, style)]).kept()],
    }
}

/// What is printed where there is no project.
fn empty(overview: &Overview) -> FormSheet {
    let blocks = [titled(TITLE, Style::Title)].into_iter();
    FormSheet {
        project: None,
        name: TITLE.to_owned(),
        page: Orientation::Landscape,
        blocks: blocks.chain(noted(&overview.remarks)).collect(),
        seal: None,
    }
}

fn charts(overview: &Overview) -> Option<Part> {
    let drawings = overview.charts.iter().map(|chart| Drawing {
        svg: chart.clear_svg(),
        alternative: chart.alternative(),
    });
    let sheet = FormSheet {
        project: None,
        name: "图表".to_owned(),
        page: Orientation::Portrait,
        blocks: vec![titled("图表", Style::Heading)],
        seal: None,
    };
    (!overview.charts.is_empty()).then(|| Part {
        drawings: drawings.collect(),
        restarts: false,
        ..Part::alone(sheet)
    })
}
