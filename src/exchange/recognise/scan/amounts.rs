//! Amounts without headings: every row a caption with its number, as 绩效目标申报表 have them.

use super::{
    super::found::{FundHeading, FundLine, Funds},
    form::Reading,
    funds,
    sheet::{Sheet, blank},
    table::remarked,
    words::{self, Caption},
};
use crate::{exchange::grid::Place, model::project::fund};

/// A caption and its amount.
type Pair = (usize, Option<usize>);

/// Whether such rows begin here: at least two, one below the other.
pub(super) fn begins(sheet: &Sheet, row: u32) -> bool {
    let filled = |row: u32| {
        pairs(sheet, row).is_some_and(|(_, pairs)| pairs.iter().any(|(_, value)| value.is_some()))
    };
    filled(row) && pairs(sheet, row + 1).is_some()
}

/// The caption at the side, and the captions of the row with their amounts; `None` where it holds anything else.
fn pairs(sheet: &Sheet, row: u32) -> Option<(Option<usize>, Vec<Pair>)> {
    let line = sheet.line(row);
    let is_name = |index: &usize| {
        words::is_fund_caption(sheet.key(*index))
            && !words::is_points(sheet.text(*index))
            && words::header(sheet.key(*index)) != Caption::Sure
    };
    let (side, mut rest) = match line.as_slice() {
        [side, name, ..] if is_name(side) && is_name(name) => (Some(*side), line.get(1..)?),
        whole => (None, whole),
    };
    let mut pairs = Vec::new();
    while let Some((name, after)) = rest.split_first() {
        if !is_name(name) {
            return None;
        }
        let value = after.first().copied();
        let value = value.filter(|&value| words::is_points(sheet.text(value)));
        pairs.push((*name, value));
        rest = after
            .get(usize::from(value.is_some())..)
            .unwrap_or_default();
    }
    (!pairs.is_empty()).then_some((side, pairs))
}

/// Reads the rows; gives the first row after them.
pub(super) fn read(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let mut funds = Funds::default();
    let mut next = row;
    // Where 中期 and 年度 stand side by side, each row has the year's name.
    let year = pairs(sheet, row).map_or(0, |(_, pairs)| {
        let of_year = |&(name, _): &Pair| {
            ["年度", "当年", "本年"]
                .iter()
                .any(|word| sheet.key(name).contains(word))
        };
        pairs.iter().position(of_year).unwrap_or(0)
    });
    while next < reading.end
        && let Some((side, pairs)) = pairs(sheet, next)
    {
        if next == row {
            columns(sheet, &mut funds, &pairs, year);
        }
        if let Some(side) = side {
            if funds.caption.is_none() {
                funds.caption = Some(sheet.take(side));
            } else {
                reading.ignore(sheet, side, "资金表中多余的标题");
            }
        }
        let line = line(sheet, reading, &pairs, (next, row), year);
        funds.rows.push(line);
        next += 1;
    }
    let first = funds.rows.first().and_then(|line| line.cells.first());
    if let Some((_, cell)) = first.filter(|_| !reading.states_targets()) {
        let note = "资金没有列标题，已按年初预算数读取，请核对";
        let warning = remarked(cell.clone(), note);
        reading.form.warnings.push(warning);
    }
    funds::note_unit(reading, &funds);
    reading.form.funds = Some(funds);
    next
}

/// A column for each caption of the first row; that of the year is 年初预算数.
fn columns(sheet: &Sheet, funds: &mut Funds, pairs: &[Pair], year: usize) {
    for (at, &(name, value)) in pairs.iter().enumerate() {
        let cell = if at == year {
            blank(sheet.cell(value.unwrap_or(name)).place)
        } else {
            sheet.cell(name).clone()
        };
        let key = (at == year).then_some(fund::INITIAL);
        funds.columns.push(FundHeading { cell, key });
    }
}

/// One row: its name, and an amount for each column.
fn line(
    sheet: &mut Sheet,
    reading: &mut Reading,
    pairs: &[Pair],
    (row, first): (u32, u32),
    year: usize,
) -> FundLine {
    let year = year.min(pairs.len().saturating_sub(1));
    let mut line = FundLine {
        name: blank(Place { row, column: 0 }),
        cells: Vec::new(),
        sure: 100,
    };
    for (at, &(name, value)) in pairs.iter().enumerate() {
        if at == year {
            line.name = sheet.take(name);
        } else if row == first {
            // It is the heading of its column.
            sheet.take(name);
        } else {
            reading.ignore(sheet, name, "与同一行的年度资金名称合为一行");
        }
        if let Some(value) = value {
            line.cells.push((at, sheet.take(value)));
        }
    }
    line
}
