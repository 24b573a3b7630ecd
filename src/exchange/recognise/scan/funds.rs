//! 项目资金: a table of amounts in any layout, or amounts beside their captions.

use std::ops::Range;

use super::{
    super::{
        ColumnUse,
        found::{Field, FundHeading, FundLine, Funds},
    },
    form::Reading,
    goals, heading, outline,
    sheet::{Sheet, append, blank, columns, overlap},
    table::remarked,
    words::{self, Caption, FundWord},
};
use crate::exchange::grid::{Cell, Place};
use crate::model::{project::fund, typed::trim};

/// Whether the row heads a fund table.
pub(super) fn is_heading(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let keys = known(sheet, &line);
    let amounts = keys.iter().filter(|key| words::is_amount(key)).count();
    let numbers = line
        .iter()
        .any(|&index| words::is_number(sheet.text(index)));
    amounts >= 1 && keys.len() >= 2 && !numbers
}

/// Whether the row holds amounts beside their captions.
pub(super) fn is_pairs(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let pairs = pairs(sheet, &line);
    let amounts = pairs.iter().any(|&(index, _)| {
        matches!(word(sheet, index), Some(FundWord::Known(key)) if words::is_amount(key))
    });
    amounts && pairs.iter().filter(|(_, value)| value.is_some()).count() >= 1 && pairs.len() >= 2
}

/// What a cell means as a heading of amounts. "资金执行情况" may be one too, but not at the start of a row, where it is the
/// caption at the side.
fn word(sheet: &Sheet, index: usize) -> Option<FundWord> {
    let key = sheet.key(index);
    words::fund_heading(key).or_else(|| {
        let plain = key.strip_suffix("情况")?;
        let row = sheet.cell(index).place.row;
        let starts = sheet.all(row).first() == Some(&index);
        (!starts && !sheet.loose)
            .then(|| words::fund_heading(plain))
            .flatten()
    })
}

fn known(sheet: &Sheet, line: &[usize]) -> Vec<&'static str> {
    line.iter()
        .filter_map(|&index| match word(sheet, index)? {
            FundWord::Known(key) => Some(key),
            FundWord::Other => None,
        })
        .collect()
}

/// Captions of the line with the numbers that follow them.
fn pairs(sheet: &Sheet, line: &[usize]) -> Vec<(usize, Option<usize>)> {
    let is_value = |index: &&usize| words::is_points(sheet.text(**index));
    line.iter()
        .enumerate()
        .filter(|&(_, &index)| word(sheet, index).is_some())
        .map(|(at, &index)| (index, line.get(at + 1).filter(is_value).copied()))
        .collect()
}

/// Reads amounts beside their captions, over as many rows as hold them.
pub(super) fn read_pairs(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let mut funds = reading.form.funds.take().unwrap_or_default();
    let mut line = FundLine {
        name: blank(Place { row, column: 0 }),
        cells: Vec::new(),
        sure: 100,
    };
    let mut next = row;
    while next < reading.end {
        let cells = sheet.line(next);
        let pairs = pairs(sheet, &cells);
        if pairs.is_empty() || pairs.len() * 3 < cells.len() {
            break;
        }
        for (caption, value) in pairs {
            let column = funds.columns.len();
            let key = key_of(sheet, caption, &funds.columns);
            funds.columns.push(FundHeading {
                cell: sheet.take(caption),
                key,
            });
            if let Some(value) = value {
                line.cells.push((column, sheet.take(value)));
            }
        }
        name_of_pairs(sheet, reading, &mut funds, &mut line, next);
        next += 1;
    }
    funds.rows.push(line);
    note_unit(reading, &funds);
    reading.form.funds = Some(funds);
    next
}

/// What else stands in a row of pairs: the caption at the side, the caption of the row.
fn name_of_pairs(
    sheet: &mut Sheet,
    reading: &mut Reading,
    funds: &mut Funds,
    line: &mut FundLine,
    row: u32,
) {
    for index in sheet.line(row) {
        if !words::is_fund_caption(sheet.key(index)) {
            continue;
        }
        if funds.caption.is_none() {
            funds.caption = Some(sheet.take(index));
        } else if line.name.text.is_empty() {
            line.name = sheet.take(index);
        } else {
            reading.ignore(sheet, index, "资金表中多余的标题");
        }
    }
}

fn key_of(sheet: &Sheet, index: usize, before: &[FundHeading]) -> Option<&'static str> {
    let key = match sheet.said.column(sheet.cell(index).place) {
        Some(ColumnUse::Fund(key)) => said_key(key),
        Some(_) => None,
        None => match word(sheet, index) {
            Some(FundWord::Known(key)) => Some(key),
            Some(FundWord::Other) | None => None,
        },
    };
    key.filter(|key| is_free(before, key))
}

fn is_free(before: &[FundHeading], key: &str) -> bool {
    before.iter().all(|heading| heading.key != Some(key))
}

/// Whether a heading says with the one over it that the amounts are the budget as adjusted ("预算数" over "调整后").
fn is_adjusted(sheet: &Sheet, parent: usize, index: usize) -> bool {
    let whole = format!("{}{}", sheet.key(index), sheet.key(parent));
    sheet.key(index).starts_with("调整后")
        && sheet.said.column(sheet.cell(index).place).is_none()
        && words::fund_heading(&whole) == Some(FundWord::Known(fund::ADJUSTED))
}

/// The key that a person said, as the program knows it.
fn said_key(key: &str) -> Option<&'static str> {
    let mut known = fund::ALL.into_iter().chain([words::REMARK]);
    known.find(|known| *known == key)
}

/// Reads the table that the row heads; gives the first row after it.
pub(super) fn read(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let first_body = row + depth(sheet, row, reading.end);
    let (side, headings) = headings(sheet, reading, row..first_body, first_body);
    let repeated = reading.form.funds.as_ref().is_some_and(|funds| {
        let same = |(old, new): (&FundHeading, &FundHeading)| {
            words::key(&old.cell.text) == words::key(&new.cell.text)
        };
        funds.columns.len() == headings.len() && funds.columns.iter().zip(&headings).all(same)
    });
    let mut funds = reading.form.funds.take().unwrap_or_default();
    if !funds.columns.is_empty() {
        let note = if repeated {
            "重复的表头"
        } else {
            "一张表只有一个资金表，另一种列的资金表没有导入"
        };
        let again = side
            .into_iter()
            .chain(headings.into_iter().map(|heading| heading.cell));
        reading
            .form
            .ignored
            .extend(again.map(|cell| remarked(cell, note)));
        if !repeated {
            reading.form.funds = Some(funds);
            return first_body;
        }
    } else {
        funds.caption = funds.caption.or(side);
        funds.columns = headings;
    }
    let mut next = first_body;
    while let Some(at) = sheet.next_line(next, reading.end) {
        if !is_fund_row(sheet, &funds, at) {
            break;
        }
        let line = if sheet.loose {
            loose_line(sheet, &funds, at)
        } else {
            aligned_line(sheet, &mut funds, at)
        };
        funds.rows.extend(line);
        next = at + 1;
    }
    note_unit(reading, &funds);
    reading.form.funds = Some(funds);
    next
}

pub(super) fn note_unit(reading: &mut Reading, funds: &Funds) {
    let cells = funds
        .caption
        .iter()
        .chain(funds.columns.iter().map(|heading| &heading.cell));
    let cells = cells.chain(funds.rows.iter().map(|row| &row.name));
    for cell in cells {
        if reading.form.money_unit.is_some() {
            return;
        }
        if let Some((unit, _)) = words::money_unit(&cell.text) {
            reading.form.money_unit = Some((cell.clone(), unit.to_owned()));
        }
    }
}

/// How many rows the headings take up.
fn depth(sheet: &Sheet, row: u32, end: u32) -> u32 {
    let next = sheet.line(row + 1);
    let headings = next.iter().all(|&index| {
        word(sheet, index).is_some()
            || (words::length(sheet.key(index)) <= 8 && !words::is_points(sheet.text(index)))
    });
    let below = || {
        next.iter().filter(|&&index| {
            sheet.line(row).iter().any(|&upper| {
                word(sheet, upper).is_some()
                    && overlap(&sheet.columns(upper), &sheet.columns(index)) > 0
            })
        })
    };
    let two = row + 1 < end && !sheet.loose && headings && below().count() >= 2;
    if two { 2 } else { 1 }
}

/// The caption at the side, and the headings.
fn headings(
    sheet: &mut Sheet,
    reading: &mut Reading,
    rows: Range<u32>,
    body: u32,
) -> (Option<Cell>, Vec<FundHeading>) {
    let (parents, leaves) = sheet.headings(rows);
    let first = leaves
        .iter()
        .position(|&index| {
            let under = parents.iter().any(|&parent| sheet.is_over(parent, index));
            under || !is_side(sheet, index, body, leaves.first() == Some(&index))
        })
        .unwrap_or(leaves.len());
    let found = found_headings(
        sheet,
        reading,
        leaves.get(first..).unwrap_or_default(),
        &parents,
    );
    let mut sides = leaves.get(..first).unwrap_or_default();
    // A field of the header may stand left of the table.
    while let [caption, value, rest @ ..] = sides
        && !rest.is_empty()
        && words::header(sheet.key(*caption)) == Caption::Sure
    {
        reading.form.header.push(Field {
            caption: sheet.take(*caption),
            value: Some(sheet.take(*value)),
        });
        sides = rest;
    }
    let mut side = None;
    for &index in sides {
        if side.is_none() {
            side = Some(sheet.take(index));
        } else {
            reading.ignore(sheet, index, "资金表行标题一列的名称");
        }
    }
    (side, found)
}

/// The headings of amounts, those below others with their text before the own.
fn found_headings(
    sheet: &mut Sheet,
    reading: &mut Reading,
    leaves: &[usize],
    parents: &[usize],
) -> Vec<FundHeading> {
    let mut found: Vec<FundHeading> = Vec::new();
    for &index in leaves {
        if sheet.said.column(sheet.cell(index).place) == Some(&ColumnUse::Ignored) {
            continue;
        }
        let parent = parents
            .iter()
            .copied()
            .find(|&parent| sheet.is_over(parent, index));
        // What stands over one column only says what it is.
        let only = |parent: &usize| {
            leaves
                .iter()
                .filter(|&&leaf| sheet.is_over(*parent, leaf))
                .count()
                == 1
        };
        let inherited = parent
            .filter(only)
            .and_then(|parent| key_of(sheet, parent, &found));
        let adjusted = parent.filter(|&parent| is_adjusted(sheet, parent, index));
        let adjusted = adjusted
            .map(|_| fund::ADJUSTED)
            .filter(|key| is_free(&found, key));
        let key = key_of(sheet, index, &found).or(inherited).or(adjusted);
        let mut cell = sheet.take(index);
        if let Some(parent) = parent {
            cell.text = format!("{}·{}", sheet.text(parent), cell.text);
        }
        found.push(FundHeading { cell, key });
    }
    total_as_budget(&mut found);
    for &parent in parents {
        let cell = sheet.take(parent);
        let joined = found
            .iter()
            .any(|heading| heading.cell.text.contains(trim(&cell.text)));
        let note = if joined {
            "几列共用的标题，已并入下一行的各列标题"
        } else {
            "几列共用的标题，已按下一行的各列标题读取"
        };
        reading.form.ignored.push(remarked(cell, note));
    }
    found
}

/// Whether the cell of a heading row stands above or beside the rows' captions and heads no amounts.
fn is_side(sheet: &Sheet, index: usize, body: u32, first: bool) -> bool {
    if sheet.said.column(sheet.cell(index).place).is_some() {
        return false;
    }
    if word(sheet, index).is_some() {
        return false;
    }
    if sheet.loose {
        return true;
    }
    let here = sheet.columns(index);
    if heads_blank_amounts(sheet, &here, body) {
        return false;
    }
    let below: Vec<usize> = (body..body.saturating_add(3))
        .flat_map(|row| sheet.line(row))
        .filter(|&below| overlap(&sheet.columns(below), &here) > 0)
        .collect();
    // Further down another table may begin. A dash is an amount too, but beneath the first caption it is none.
    let amounts = below.first().is_some_and(|&below| {
        let text = sheet.text(below);
        words::is_number(text) || (!first && words::is_dash(text))
    });
    !amounts && (first || !below.is_empty() || words::is_fund_caption(sheet.key(index)))
}

/// Whether nothing stands below a heading in the first row, whose caption stands to the left: its amount is left blank.
fn heads_blank_amounts(sheet: &Sheet, here: &Range<u32>, body: u32) -> bool {
    let line = sheet.line(body);
    let is_blank = line
        .iter()
        .all(|&cell| overlap(&sheet.columns(cell), here) == 0);
    is_blank
        && line.iter().any(|&cell| {
            sheet.columns(cell).end <= here.start && !words::is_points(sheet.text(cell))
        })
}

/// Where no column is called a budget, the total of its sources is what the execution is measured by.
fn total_as_budget(found: &mut [FundHeading]) {
    let has = |key: &str| found.iter().any(|heading| heading.key == Some(key));
    if !has(fund::EXECUTED) || has(fund::INITIAL) || has(fund::ADJUSTED) {
        return;
    }
    let total = found.iter_mut().find(|heading| {
        heading.key.is_none() && matches!(trim(&heading.cell.text), "合计" | "总计")
    });
    if let Some(total) = total {
        total.key = Some(fund::ADJUSTED);
    }
}

/// Whether the row belongs to the table.
fn is_fund_row(sheet: &Sheet, funds: &Funds, row: u32) -> bool {
    let line = sheet.line(row);
    let Some(&first) = line.first() else {
        return false;
    };
    // A heading repeated on the next page is read as one again.
    let begins_other = is_heading(sheet, row)
        || heading::is_heading(sheet, row)
        || goals::begins(sheet, row)
        || outline::is_title(sheet, row);
    if begins_other
        || words::header(sheet.key(first)) == Caption::Sure
        || words::is_foot(sheet.key(first))
    {
        return false;
    }
    let key = sheet.key(first);
    let budget = key.ends_with("总预算") || key.ends_with("年度预算");
    let named = budget || words::is_fund_caption(key);
    let values = line
        .iter()
        .filter(|&&index| words::is_points(sheet.text(index)))
        .count();
    let nameless = funds.rows.is_empty() && values == line.len();
    let has_text_name = !words::is_points(sheet.text(first)) && line.len() > values;
    nameless || named || (has_text_name && values >= 1)
}

/// A row whose columns can be relied on.
fn aligned_line(sheet: &mut Sheet, funds: &mut Funds, row: u32) -> Option<FundLine> {
    let line = sheet.line(row);
    let left = funds
        .columns
        .first()
        .map_or(0, |heading| heading.cell.place.column);
    let (names, values): (Vec<usize>, Vec<usize>) = line
        .iter()
        .copied()
        .partition(|&index| sheet.columns(index).start < left);
    let mut names = names;
    // The caption at the side may begin here where it is not merged over the headings.
    let tall =
        |index: usize| sheet.cell(index).rows > 1 && words::is_fund_caption(sheet.key(index));
    if names.len() > 1 && funds.caption.is_none() && names.first().is_some_and(|&first| tall(first))
    {
        funds.caption = Some(sheet.take(names.remove(0)));
    }
    let name = sheet.take_joined(&names, "").unwrap_or_else(|| {
        blank(Place {
            row,
            column: left.saturating_sub(1),
        })
    });
    let mut cells: Vec<(usize, Cell)> = Vec::new();
    for index in values {
        let here = sheet.columns(index);
        let best = (0..funds.columns.len())
            .max_by_key(|&at| {
                (
                    overlap(&columns(&funds.columns[at].cell), &here),
                    usize::MAX - at,
                )
            })
            .filter(|&at| overlap(&columns(&funds.columns[at].cell), &here) > 0);
        let Some(at) = best else { continue };
        let cell = sheet.take(index);
        match cells.iter_mut().find(|(column, _)| *column == at) {
            Some((_, first)) => append(first, " ", &cell),
            None => cells.push((at, cell)),
        }
    }
    (!cells.is_empty() || !name.text.is_empty()).then_some(FundLine {
        name,
        cells,
        sure: 100,
    })
}

/// A row whose cells only keep their order.
fn loose_line(sheet: &mut Sheet, funds: &Funds, row: u32) -> Option<FundLine> {
    let line = sheet.line(row);
    let named = line
        .first()
        .is_some_and(|&first| !words::is_points(sheet.text(first)));
    let (name, values) = line.split_at(usize::from(named));
    let name = sheet
        .take_joined(name, "")
        .unwrap_or_else(|| blank(Place { row, column: 0 }));
    let whole = values.len() == funds.columns.len();
    // Where cells are missing, a percentage tells its own column.
    let mut cells = Vec::new();
    let mut at = 0;
    for &index in values {
        let percent = sheet.text(index).ends_with(['%', '％']);
        let rate = funds
            .columns
            .iter()
            .position(|heading| heading.key == Some(fund::RATE));
        if let Some(rate) = rate.filter(|&rate| !whole && percent && rate >= at) {
            at = rate;
        }
        if at < funds.columns.len() {
            cells.push((at, sheet.take(index)));
            at += 1;
        }
    }
    Some(FundLine {
        name,
        cells,
        sure: if whole { 100 } else { 60 },
    })
}
