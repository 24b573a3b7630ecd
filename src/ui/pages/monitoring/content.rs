//! What stands in the tables of the page.

use jiff::civil::Date;

use crate::{
    model::{
        edition::Edition,
        indicator::Indicator,
        measure::Nature,
        monitoring::{self, key},
        numeral::money,
        path::{CellPath, IndicatorField, Place},
        project::{FundRow, Project, fund},
        typed::trim,
    },
    rules::monitoring::{FundProgress, Period, hint, progress},
    ui::widgets::cell::Kind,
};

/// The tables, and what follows from them.
pub(super) struct Content {
    /// Until when the figures count.
    pub period: Period,
    /// 资金
    pub funds: Table,
    /// 绩效指标
    pub indicators: Table,
    /// What a person should think about, in words.
    pub hints: Vec<String>,
}

/// A table: names at the left, cells beside them.
pub(super) struct Table {
    /// What it is called in ids.
    pub salt: &'static str,
    /// The caption of the names.
    pub names: &'static str,
    /// The other columns.
    pub columns: Vec<Column>,
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
}

/// A column.
pub(super) struct Column {
    /// Its caption, in up to two lines.
    pub caption: &'static str,
    /// Its least width in points; what is left over is shared by those that hold sentences.
    pub width: f32,
    /// Whether it holds sentences.
    pub is_wide: bool,
    /// Whether its texts stand at the right.
    pub is_number: bool,
}

/// A row.
pub(super) enum Row {
    /// A caption over the whole width.
    Band(String),
    /// A line.
    Line(Line),
}

/// A line of cells.
pub(super) struct Line {
    /// The name at its left.
    pub name: String,
    /// Where the name leads.
    pub leads_to: CellPath,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
pub(super) enum Cell {
    /// A text that is shown.
    Shown(String),
    /// A cell to type into.
    Typed(Typed),
    /// 完成目标可能性, of which one is chosen.
    Outlook(Typed),
}

/// A cell that is filled in.
pub(super) struct Typed {
    /// Where it is stored.
    pub at: CellPath,
    /// What it holds.
    pub text: String,
    /// How it is typed.
    pub kind: Kind,
    /// Its caption.
    pub caption: &'static str,
}

impl Content {
    /// That of a project.
    pub fn of(project: &Project, edition: &Edition, today: Date) -> Self {
        let period = Period::of(project, today);
        let mut hints = Vec::new();
        Self {
            period,
            funds: funds(project, edition, period, &mut hints),
            indicators: indicators(project, edition, &mut hints),
            hints,
        }
    }
}

fn number(caption: &'static str, width: f32) -> Column {
    Column {
        caption,
        width,
        is_wide: false,
        is_number: true,
    }
}

fn words(caption: &'static str, width: f32, is_wide: bool) -> Column {
    Column {
        caption,
        width,
        is_wide,
        is_number: false,
    }
}

fn funds(project: &Project, edition: &Edition, period: Period, hints: &mut Vec<String>) -> Table {
    let is_over = project
        .funds
        .iter()
        .any(|row| !row.figure(fund::EXECUTED).is_empty());
    let mut columns = vec![
        number("全年\n预算数", 112.0),
        number("截至监控日\n执行数", 112.0),
        number("执行率", 74.0),
        number("全年预计\n执行数", 112.0),
    ];
    if is_over {
        columns.push(number("全年\n执行数", 112.0));
    }
    let rows = project.funds.iter().map(|row| {
        let worked_out = FundProgress::of(project, row, edition, period);
        if !worked_out.hint.is_empty() {
            hints.push(format!("{}：{}", row.short_name(), worked_out.hint));
        }
        let amount = |amount: Option<_>| amount.map_or_else(String::new, money);
        let rate = worked_out.rate.map(|rate| format!("{rate:.2}%"));
        let mut cells = vec![
            Cell::Shown(amount(worked_out.budget)),
            fund_cell(project, row, key::MONITORED),
            Cell::Shown(rate.unwrap_or_default()),
            fund_cell(project, row, key::FORECAST),
        ];
        if is_over {
            cells.push(Cell::Shown(amount(project.fund_number(
                row,
                fund::EXECUTED,
                edition,
            ))));
        }
        Row::Line(Line {
            name: row.short_name().to_owned(),
            leads_to: project.at(Place::Fund(row.id, fund::ADJUSTED.to_owned())),
            cells,
        })
    });
    Table {
        salt: "funds at mid-year",
        names: "资金",
        rows: rows.collect(),
        columns,
    }
}

fn fund_cell(project: &Project, row: &FundRow, key: &'static str) -> Cell {
    Cell::Typed(Typed {
        at: project.at(Place::Fund(row.id, key.to_owned())),
        text: row.figure(key).text().to_owned(),
        kind: Kind::Number,
        caption: monitoring::fund_caption(key).unwrap_or_default(),
    })
}

fn indicators(project: &Project, edition: &Edition, hints: &mut Vec<String>) -> Table {
    let is_over = project.rows().any(|view| !view.indicator.actual.is_empty());
    let mut columns = vec![
        words("指标值", 84.0, false),
        words("截至监控日\n完成情况", 100.0, false),
        number("进度", 56.0),
        words("全年预计\n完成情况", 100.0, false),
        words("完成目标\n可能性", 112.0, false),
        words("偏差原因", 150.0, true),
        words("备注", 110.0, true),
    ];
    if is_over {
        columns.insert(4, words("全年实际\n完成值", 84.0, false));
    }
    let several = project.goals.len() > 1;
    let mut rows = Vec::new();
    let mut goal = None;
    for view in project.groups() {
        let filled = view.group.indicators.iter().filter(|row| is_filled(row));
        let lines: Vec<Row> = filled
            .map(|row| {
                let odd = hint(row);
                if !odd.is_empty() {
                    hints.push(format!("{}：{odd}", name_of(row)));
                }
                Row::Line(line(project, row, is_over))
            })
            .collect();
        if lines.is_empty() {
            continue;
        }
        if several && goal != Some(view.goal.id) {
            goal = Some(view.goal.id);
            let number = project.goals.position(|goal| goal.id == view.goal.id);
            let number = number.map_or(0, |at| at + 1);
            rows.push(Row::Band(format!("{}{number}", edition.goals.caption)));
        }
        let captions = [view.section.name(), view.group.name()];
        let captions: Vec<&str> = captions.into_iter().filter(|one| !one.is_empty()).collect();
        if !captions.is_empty() {
            rows.push(Row::Band(captions.join(" · ")));
        }
        rows.extend(lines);
    }
    Table {
        salt: "indicators at mid-year",
        names: "三级指标",
        columns,
        rows,
    }
}

/// Whether anything stands in a row: blank forms have rows to be filled in.
fn is_filled(row: &Indicator) -> bool {
    !trim(&row.name).is_empty() || !trim(row.target.text()).is_empty()
}

fn name_of(row: &Indicator) -> &str {
    match trim(&row.name) {
        "" => "（未命名指标）",
        name => name,
    }
}

fn line(project: &Project, row: &Indicator, is_over: bool) -> Line {
    let typed = |key: &'static str, kind| Typed {
        at: project.at_indicator(row, IndicatorField::Extra(key.to_owned())),
        text: row.monitoring(key).to_owned(),
        kind,
        caption: monitoring::indicator_caption(key).unwrap_or_default(),
    };
    let progress = progress(row).map(|percent| format!("{percent}%"));
    let sign = match row.nature.value() {
        Some(Nature::Compared(comparator)) => comparator.sign(),
        _ => "",
    };
    let target = [sign, row.target.text(), &row.unit].map(trim);
    let mut cells = vec![
        Cell::Shown(target.concat()),
        Cell::Typed(typed(key::MONITORED, Kind::Line)),
        Cell::Shown(progress.unwrap_or_default()),
        Cell::Typed(typed(key::FORECAST, Kind::Line)),
        Cell::Outlook(typed(key::OUTLOOK, Kind::Line)),
        Cell::Typed(typed(key::REASON, Kind::Lines)),
        Cell::Typed(typed(key::REMARK, Kind::Lines)),
    ];
    if is_over {
        cells.insert(4, Cell::Shown(trim(row.actual.text()).to_owned()));
    }
    Line {
        name: name_of(row).to_owned(),
        leads_to: project.at_indicator(row, IndicatorField::Actual),
        cells,
    }
}

impl Cell {
    /// The text in it.
    pub fn text(&self) -> &str {
        match self {
            Self::Shown(text) => text,
            Self::Typed(typed) | Self::Outlook(typed) => &typed.text,
        }
    }

    /// What is filled in, where it can be.
    pub fn filled_in(&self) -> Option<&Typed> {
        match self {
            Self::Shown(_) => None,
            Self::Typed(typed) | Self::Outlook(typed) => Some(typed),
        }
    }
}
