//! What stands below the indicator table: the total, conclusions, further tables, people, footnotes.

use super::{
    super::found::{Field, FurtherTable, Heading, Total},
    form::Reading,
    head, heading, outline, parts,
    sheet::{Sheet, append, columns, overlap},
    table::remarked,
    words::{self, Caption},
};
use crate::{exchange::grid::Cell, model::edition::IndicatorRole as Role};

/// Whether the row belongs below the indicator table.
pub(super) fn begins(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let Some(&first) = line.first() else {
        return false;
    };
    let key = sheet.key(first);
    words::is_people(key)
        || words::is_rating(key)
        || (words::is_foot(key) && line.len() <= 2)
        || (line.len() == 1
            && parts::split(sheet.cell(first), |key| {
                words::is_people(key) || words::is_foot(key)
            })
            .is_some())
        || is_further(sheet, row)
}

/// Reads what begins in the row; gives the first row after it.
pub(super) fn read(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let line = sheet.line(row);
    let Some(&first) = line.first() else {
        return row + 1;
    };
    if words::is_total(sheet.key(first)) && reading.form.total.is_none() {
        let columns = reading.goal().columns.clone();
        total(sheet, reading, &columns, row);
        return row + 1;
    }
    if is_further(sheet, row) {
        return further(sheet, reading, row);
    }
    let notes = matches!(sheet.key(first), "注" | "备注") && line.len() == 2;
    if notes || (line.len() == 1 && words::is_footnote(sheet.text(first))) {
        return footnotes(sheet, reading, row);
    }
    for &index in &line {
        split(sheet, reading, index);
    }
    let rest = sheet.line(row);
    if let ([only], true) = (rest.as_slice(), line.len() == 1) {
        return single(sheet, reading, *only, row);
    }
    let fields = head::fields(sheet, &rest, caption);
    reading.form.fields_below.extend(fields);
    row + 1
}

fn caption(key: &str) -> Caption {
    if words::is_foot(key) || words::is_total(key) {
        Caption::Sure
    } else {
        words::header(key)
    }
}

/// A cell that holds captions and values itself.
fn split(sheet: &mut Sheet, reading: &mut Reading, index: usize) {
    let known = |key: &str| {
        words::is_foot(key) || words::header(key) == Caption::Sure || words::is_total(key)
    };
    let Some(fields) = parts::split(sheet.cell(index), known) else {
        return;
    };
    // "填表人：" alone may have its value in the next cell.
    if fields.iter().all(|field| field.value.is_none()) && fields.len() == 1 {
        return;
    }
    let cell = sheet.take(index);
    for field in fields {
        if words::is_total(&words::key(&field.caption.text)) && reading.form.total.is_none() {
            let Field { caption, value } = field;
            reading.form.total = Some(Total {
                caption,
                weight: None,
                score: value,
                rating: None,
            });
        } else {
            reading.form.fields_below.push(Field {
                caption: Cell {
                    place: cell.place,
                    ..field.caption
                },
                ..field
            });
        }
    }
}

/// A line of one cell: a caption with its text in the next line, else a footnote's next line or nothing known.
fn single(sheet: &mut Sheet, reading: &mut Reading, index: usize, row: u32) -> u32 {
    let key = sheet.key(index).to_owned();
    if words::money_unit(sheet.text(index)).is_some_and(|(_, whole)| whole)
        && reading.form.money_unit.is_none()
    {
        let unit = words::money_unit(sheet.text(index)).map_or("", |(unit, _)| unit);
        reading.form.money_unit = Some((sheet.take(index), unit.to_owned()));
        return row + 1;
    }
    if caption(&key) == Caption::Sure {
        let next = sheet.next_line(row + 1, reading.end);
        let below = next.filter(|&next| {
            let line = sheet.line(next);
            line.len() == 1
                && line.iter().all(|&index| {
                    caption(sheet.key(index)) == Caption::No
                        && !words::is_footnote(sheet.text(index))
                })
                && !begins(sheet, next)
                && !outline::is_title(sheet, next)
        });
        let value = below.and_then(|next| {
            let line = sheet.line(next);
            sheet.take_joined(&line, " ")
        });
        let caption = sheet.take(index);
        reading.form.fields_below.push(Field { caption, value });
        return below.unwrap_or(row) + 1;
    }
    if words::is_page_number(sheet.text(index)) {
        reading.ignore(sheet, index, "页码");
    } else if words::is_year_line(sheet.text(index)) {
        reading.ignore(sheet, index, "表尾的年度");
    }
    row + 1
}

/// Footnotes: the first line, and the lines of one cell that follow it.
fn footnotes(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let line = sheet.line(row);
    reading
        .form
        .footnotes
        .extend(sheet.take_joined(&line, "："));
    let mut next = row + 1;
    while let Some(at) = sheet.next_line(next, reading.end) {
        let line = sheet.line(at);
        let [only] = line.as_slice() else { break };
        let known =
            begins(sheet, at) || outline::is_title(sheet, at) || heading::is_heading(sheet, at);
        if known || words::is_page_number(sheet.text(*only)) {
            break;
        }
        reading.form.footnotes.push(sheet.take(*only));
        next = at + 1;
    }
    next
}

/// Reads a total row.
pub(super) fn total(sheet: &mut Sheet, reading: &mut Reading, headings: &[Heading], row: u32) {
    let line = sheet.line(row);
    let Some((&first, rest)) = line.split_first() else {
        return;
    };
    if reading.form.total.is_some() {
        return;
    }
    let mut total = Total {
        caption: sheet.take(first),
        weight: None,
        score: None,
        rating: None,
    };
    let mut numbers = Vec::new();
    let mut caption: Option<usize> = None;
    for &index in rest {
        let text = sheet.text(index);
        if let Some(caption) = caption.take() {
            let field = Field {
                caption: sheet.take(caption),
                value: Some(sheet.take(index)),
            };
            reading.form.fields_below.push(field);
        } else if words::is_rating(sheet.key(index)) || words::is_total(sheet.key(index)) {
            caption = Some(index);
        } else if words::is_rating_value(text) && total.rating.is_none() {
            total.rating = Some(sheet.take(index));
        } else if words::is_dash(text) {
            reading.ignore(sheet, index, "占位符号，没有内容");
        } else if words::is_number(text) {
            numbers.push(index);
        } else {
            reading.ignore(sheet, index, "总分一行中没有认出的内容，没有导入");
        }
    }
    if let Some(caption) = caption {
        let caption = sheet.take(caption);
        reading.form.fields_below.push(Field {
            caption,
            value: None,
        });
    }
    totals(sheet, reading, headings, &mut total, &numbers);
    reading.form.total = Some(total);
}

/// Weight and score of the total: by their columns where these can be relied on, else in order; one number is the score.
fn totals(
    sheet: &mut Sheet,
    reading: &mut Reading,
    headings: &[Heading],
    total: &mut Total,
    numbers: &[usize],
) {
    let mut left = Vec::new();
    for &index in numbers {
        let here = sheet.columns(index);
        let under = |role: Role| {
            !sheet.loose
                && headings.iter().any(|heading| {
                    heading.role == role && overlap(&columns(&heading.cell), &here) > 0
                })
        };
        if under(Role::Weight) && !under(Role::Score) && total.weight.is_none() {
            total.weight = Some(sheet.take(index));
        } else if under(Role::Score) && total.score.is_none() {
            total.score = Some(sheet.take(index));
        } else {
            left.push(index);
        }
    }
    let weighted = headings.iter().any(|heading| heading.role == Role::Weight);
    let both = left.len() >= 2 && weighted;
    for index in left {
        let cell = sheet.take(index);
        if both && total.weight.is_none() {
            total.weight = Some(cell);
        } else if total.score.is_none() {
            total.score = Some(cell);
        } else {
            reading
                .form
                .ignored
                .push(remarked(cell, "总分一行中多余的数字，没有导入"));
        }
    }
}

/// Whether the row heads a further table: what the situation is and what the problems are (资金管理情况), the tasks of the
/// year with their contents, or what was paid for and by which voucher (支出明细).
pub(super) fn is_further(sheet: &Sheet, row: u32) -> bool {
    let line = sheet.line(row);
    let has = |word: &str| line.iter().any(|&index| sheet.key(index).starts_with(word));
    let tasks = has("任务名称") && line.len() >= 3;
    let payments = has("支出内容") && has("会计凭证");
    (has("情况说明") && (has("存在问题") || has("存在的问题")) && line.len() >= 2)
        || tasks
        || payments
}

/// Reads a further table; gives the first row after it.
pub(super) fn further(sheet: &mut Sheet, reading: &mut Reading, row: u32) -> u32 {
    let line = sheet.line(row);
    let first = line.iter().position(|&index| {
        ["情况说明", "支出内容"]
            .iter()
            .any(|word| sheet.key(index).starts_with(word))
    });
    // The names of tasks have a heading of their own.
    let names = line
        .iter()
        .position(|&index| sheet.key(index).starts_with("任务名称"));
    let first = first.or(names.map(|at| at + 1)).unwrap_or(0);
    let (side, headings) = line.split_at(first);
    let side = side.split_at(names.unwrap_or(side.len()).min(side.len()));
    let beside = side.0.is_empty().then(|| beside(sheet, row + 1)).flatten();
    let caption = match beside {
        Some(index) => Some(sheet.take(index)),
        None => sheet.take_joined(side.0, " "),
    };
    for &index in side.1 {
        reading.ignore(sheet, index, "行标题一列的名称");
    }
    let headings: Vec<Cell> = headings.iter().map(|&index| sheet.take(index)).collect();
    let left = headings.first().map_or(0, |cell| cell.place.column);
    let mut rows = Vec::new();
    let mut next = row + 1;
    // A caption beside all rows tells where they end.
    let depth = headings.iter().map(|cell| cell.rows).max().unwrap_or(1);
    let end = caption
        .as_ref()
        .filter(|caption| !sheet.loose && caption.rows > depth)
        .map_or(reading.end, |caption| {
            caption.place.row.saturating_add(caption.rows)
        });
    while let Some(at) = sheet.next_line(next, end.min(reading.end)) {
        let cells = sheet.line(at);
        let Some(&name) = cells.first() else { break };
        let ends = words::is_people(sheet.key(name))
            || words::is_footnote(sheet.text(name))
            || heading::is_heading(sheet, at)
            || super::goals::begins(sheet, at)
            || (!sheet.loose && sheet.columns(name).start >= left)
            || (cells.len() == 1
                && (sheet.cell(name).columns > 2 || sheet.text(name).contains(['：', ':'])));
        if ends {
            break;
        }
        let mut found: Vec<Option<Cell>> = vec![None; headings.len() + 1];
        for (order, &index) in cells.iter().enumerate() {
            let here = sheet.columns(index);
            let column = if sheet.loose {
                order
            } else {
                headings
                    .iter()
                    .position(|heading| overlap(&columns(heading), &here) > 0)
                    .map_or(0, |at| at + 1)
            };
            match found.get_mut(column) {
                Some(Some(first)) => append(first, " ", &sheet.take(index)),
                Some(slot) => *slot = Some(sheet.take(index)),
                None => {}
            }
        }
        rows.push(found);
        next = at + 1;
    }
    reading.form.tables.push(FurtherTable {
        caption,
        headings,
        rows,
    });
    next
}

/// The caption of a further table that stands beside its rows, below a blank corner.
fn beside(sheet: &Sheet, row: u32) -> Option<usize> {
    let line = sheet.line(row);
    let (&first, &name) = (line.first()?, line.get(1)?);
    let is_tall = sheet.cell(first).rows > sheet.cell(name).rows;
    (!sheet.loose && is_tall).then_some(first)
}
