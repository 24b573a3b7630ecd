//! Where forms and budget tables begin and end.

use std::ops::Range;

use super::{amounts, funds, heading, sheet::Sheet, words};

/// A part of a grid.
pub(super) enum Part {
    Form(Range<u32>),
    Account(Range<u32>),
    Other(Range<u32>),
}

/// What begins in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Title,
    ProjectName,
    Table,
    Funds,
    Goals,
    Account,
}

/// How far above a title lines still belong to its form (附件, 报表编号).
const ABOVE_TITLE: u32 = 4;

/// The parts of a grid from top to bottom; together they are all of it.
pub(super) fn parts(sheet: &Sheet) -> Vec<Part> {
    let marks: Vec<(u32, Mark)> = (0..sheet.height())
        .filter_map(|row| Some((row, mark(sheet, row)?)))
        .collect();
    let starts = starts(sheet, &marks);
    let mut parts = Vec::new();
    let first = starts.first().map_or(sheet.height(), |&(row, _)| row);
    if first > 0 {
        parts.push(Part::Other(0..first));
    }
    for (at, &(row, account)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(sheet.height(), |&(next, _)| next);
        let within = || marks.iter().filter(|(at, _)| (row..end).contains(at));
        parts.push(if account {
            Part::Account(row..end)
        } else if within().any(|(_, mark)| *mark != Mark::Title) {
            Part::Form(row..end)
        } else {
            Part::Other(row..end)
        });
    }
    parts
}

/// The rows in which parts begin, and whether it is a budget table.
fn starts(sheet: &Sheet, marks: &[(u32, Mark)]) -> Vec<(u32, bool)> {
    let mut starts: Vec<(u32, bool)> = Vec::new();
    // What the open form has: anything, and an indicator table.
    let (mut begun, mut tabled, mut account, mut titled) = (false, false, false, false);
    let mut last_end = 0;
    for (at, &(row, mark)) in marks.iter().enumerate() {
        let new = match mark {
            Mark::Title if account || starts.is_empty() => true,
            Mark::Title => begun && !(tabled && is_page_title(sheet, marks, at)),
            Mark::ProjectName => starts.is_empty() || account || tabled,
            // Tasks with their amounts stand in forms of whole departments.
            Mark::Account => account || tabled || !titled || !has_table_below(marks, at),
            Mark::Table | Mark::Funds | Mark::Goals => starts.is_empty() || account,
        };
        if new {
            let from = if matches!(mark, Mark::Title | Mark::Account) {
                above(sheet, row, last_end)
            } else if starts.is_empty() {
                above(sheet, row, 0)
            } else {
                row
            };
            account = mark == Mark::Account;
            starts.push((from, account));
            (begun, tabled, titled) = (false, false, false);
        }
        titled |= mark == Mark::Title;
        begun |= mark != Mark::Title;
        tabled |= mark == Mark::Table;
        last_end = row + 1;
    }
    starts
}

/// Whether an indicator table comes before the next title.
fn has_table_below(marks: &[(u32, Mark)], at: usize) -> bool {
    let below = marks.iter().skip(at + 1).map(|(_, mark)| *mark);
    below
        .take_while(|mark| *mark != Mark::Title)
        .any(|mark| mark == Mark::Table)
}

/// Whether a title repeats the one before it at the top of a page: the indicator table goes on below it at once.
fn is_page_title(sheet: &Sheet, marks: &[(u32, Mark)], at: usize) -> bool {
    let title = |row: u32| {
        let mut titles = sheet.all(row).iter();
        titles
            .find_map(|&index| words::title(sheet.text(index)).map(|_| sheet.key(index).to_owned()))
    };
    let next = marks.get(at + 1).map(|(_, mark)| *mark);
    let before = marks[..at]
        .iter()
        .rev()
        .find(|(_, mark)| *mark == Mark::Title);
    let same = before.is_some_and(|(row, _)| title(*row) == title(marks[at].0));
    same && next == Some(Mark::Table)
}

/// Where the short lines above a title begin that belong to it.
fn above(sheet: &Sheet, title: u32, limit: u32) -> u32 {
    let mut from = title;
    for row in (limit.max(title.saturating_sub(ABOVE_TITLE))..title).rev() {
        let line = sheet.all(row);
        let belongs = line.iter().all(|&index| {
            let (text, key) = (sheet.text(index), sheet.key(index));
            key.starts_with("附件")
                || key.starts_with("附表")
                || words::money_unit(text).is_some()
                || words::is_year_line(text)
                || key.contains("编号")
                || key.contains("公开")
                || (words::length(text) <= 30
                    && line.len() == 1
                    && !words::is_footnote(text)
                    && !text.contains(['：', ':', '。']))
        });
        if !belongs {
            break;
        }
        if !line.is_empty() {
            from = row;
        }
    }
    from
}

/// What begins in the row.
fn mark(sheet: &Sheet, row: u32) -> Option<Mark> {
    let line = sheet.line(row);
    let first = *line.first()?;
    if is_title(sheet, row) {
        Some(Mark::Title)
    } else if heading::is_heading(sheet, row) {
        Some(Mark::Table)
    } else if is_account(sheet, row) {
        Some(Mark::Account)
    } else if funds::is_heading(sheet, row)
        || funds::is_pairs(sheet, row)
        || amounts::begins(sheet, row)
    {
        Some(Mark::Funds)
    } else if words::is_project_name(sheet.key(first)) {
        Some(Mark::ProjectName)
    } else {
        let goals = line
            .iter()
            .filter(|&&index| words::goal(sheet.key(index)).is_some())
            .count();
        (goals >= 2).then_some(Mark::Goals)
    }
}

/// Whether the row is a title.
pub(super) fn is_title(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    line.len() <= 3
        && line
            .iter()
            .any(|&index| words::title(sheet.text(index)).is_some())
}

/// Whether the row heads a budget or payment table: names or codes beside amounts, headings only, and numbers below.
fn is_account(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let is_amount = |index: usize| match words::fund_heading(sheet.key(index)) {
        Some(words::FundWord::Known(key)) => words::is_amount(key),
        Some(words::FundWord::Other) | None => false,
    };
    let names = |index: usize| {
        let key = sheet.key(index);
        words::length(key) <= 10
            && ["名称", "编码", "代码", "编号"]
                .iter()
                .any(|end| key.ends_with(end))
    };
    let amounts = line.iter().filter(|&&index| is_amount(index)).count();
    let Some(&name) = line.iter().find(|&&index| names(index)) else {
        return false;
    };
    if amounts == 0
        || line
            .iter()
            .any(|&index| words::is_number(sheet.text(index)))
    {
        return false;
    }
    // A value beside the name would make it a header row: the name's neighbour must be a heading too.
    let below = (row + 1..sheet.height().min(row + 4)).find(|&row| sheet.line(row).len() >= 2);
    below.is_some_and(|below| {
        let cells = sheet.line(below);
        let text_below = sheet.loose
            || cells.iter().any(|&index| {
                super::sheet::overlap(&sheet.columns(index), &sheet.columns(name)) > 0
            });
        text_below
            && cells
                .iter()
                .any(|&index| words::is_number(sheet.text(index)))
    })
}
