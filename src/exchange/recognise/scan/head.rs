//! The lines above the tables: the form's number, year, money unit, and fields as captions with values.

use super::{
    super::found::Field,
    form::Reading,
    parts,
    sheet::Sheet,
    words::{self, Caption},
};

/// Reads one line.
pub(super) fn line(sheet: &mut Sheet, reading: &mut Reading, row: u32) {
    for index in sheet.line(row) {
        lone(sheet, reading, index);
    }
    let cells = sheet.line(row);
    for field in fields(sheet, &cells, words::header) {
        field_or_unit(reading, field);
    }
    for index in sheet.line(row) {
        name_above_title(sheet, reading, index);
    }
}

/// Takes a field to the header; one that says the money unit ("金额单位 | 万元") to the form.
fn field_or_unit(reading: &mut Reading, field: Field) {
    let Field {
        caption,
        value: Some(value),
    } = &field
    else {
        reading.form.header.push(field);
        return;
    };
    let unit = matches!(
        words::key(&caption.text).as_str(),
        "金额单位" | "单位" | "货币单位"
    )
    .then(|| words::money_unit(&format!("单位:{}", value.text)))
    .flatten();
    match unit {
        Some((unit, true)) if reading.form.money_unit.is_none() => {
            reading.form.money_unit = Some((value.clone(), unit.to_owned()));
            reading.form.unit_caption = Some(caption.clone());
        }
        _ => reading.form.header.push(field),
    }
}

/// Takes a cell that tells something by itself.
fn lone(sheet: &mut Sheet, reading: &mut Reading, index: usize) {
    let text = sheet.text(index);
    let key = sheet.key(index).to_owned();
    if let Some((unit, whole)) = words::money_unit(text) {
        let before = reading
            .form
            .money_unit
            .as_ref()
            .map(|(cell, _)| is_unit_only(&cell.text));
        if before.is_none() || (whole && before == Some(false)) {
            reading.form.money_unit = Some((sheet.cell(index).clone(), unit.to_owned()));
        }
        if whole && before == Some(true) {
            reading.ignore(sheet, index, "金额单位写了多处，已取第一处");
        } else if whole {
            sheet.take(index);
        }
        if whole {
            return;
        }
    }
    let begins_line = sheet.line(sheet.cell(index).place.row).first() == Some(&index);
    if words::is_year_line(text) && (begins_line || text.starts_with(['(', '（'])) {
        match words::year(text) {
            Some(year) if reading.form.year.is_none() => {
                let cell = sheet.take(index);
                reading.form.year = Some((cell, year));
            }
            _ if text.starts_with(['(', '（']) => {
                reading.ignore(sheet, index, "年度没有填写，或与标题重复")
            }
            _ => {}
        }
        return;
    }
    let numbered = ["报表编号", "表号", "编号:", "编号："]
        .iter()
        .any(|word| text.starts_with(word))
        || (key.starts_with("公开") && key.ends_with('表') && words::length(&key) <= 8);
    if numbered && text.contains(|c: char| c.is_ascii_digit()) && reading.form.form_no.is_none() {
        reading.form.form_no = Some(sheet.take(index));
    } else if (key.starts_with("附件") || key.starts_with("附表")) && words::length(&key) <= 8 {
        reading.ignore(sheet, index, "附件编号，不是表中的内容");
    } else if words::is_part_title(text) && sheet.line(sheet.cell(index).place.row).len() == 1 {
        reading.ignore(sheet, index, "小标题，不是表中的内容");
    } else if words::is_page_number(text)
        && sheet.loose
        && sheet.line(sheet.cell(index).place.row).len() == 1
    {
        reading.ignore(sheet, index, "页码");
    } else {
        split(sheet, reading, index);
    }
}

/// Takes a cell that holds captions and values itself ("填报单位：甲局  单位：万元").
fn split(sheet: &mut Sheet, reading: &mut Reading, index: usize) {
    let cell = sheet.cell(index);
    let Some(parts) = parts::split(cell, |key| {
        words::header(key) >= Caption::Likely || words::is_people(key)
    }) else {
        return;
    };
    // "年度：" alone has its value in the next cell.
    if parts.len() == 1 && parts.iter().all(|field| field.value.is_none()) {
        return;
    }
    sheet.take(index);
    for field in parts {
        let key = words::key(&field.caption.text);
        let unit = field
            .value
            .as_ref()
            .filter(|_| matches!(key.as_str(), "金额单位" | "单位" | "货币单位"));
        let unit = unit.and_then(|value| {
            Some((
                value.clone(),
                words::money_unit(&format!("单位:{}", value.text))?.0,
            ))
        });
        match unit {
            Some((value, unit))
                if reading
                    .form
                    .money_unit
                    .as_ref()
                    .is_none_or(|(at, _)| at.place == value.place) =>
            {
                reading.form.money_unit = Some((cell.clone(), unit.to_owned()));
            }
            _ => reading.form.header.push(field),
        }
    }
}

/// A line above the title that is no caption: an office's name, or nothing known.
fn name_above_title(sheet: &mut Sheet, reading: &mut Reading, index: usize) {
    if reading.form.title.is_none() && reading.form.header.is_empty() {
        reading.ignore(sheet, index, "标题上方的文字，不是表中的内容");
    }
}

/// Pairs the cells of a line: captions with the values that follow them.
pub(super) fn fields(
    sheet: &mut Sheet,
    cells: &[usize],
    caption: impl Fn(&str) -> Caption,
) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut at = 0;
    while let Some(&index) = cells.get(at) {
        at += 1;
        let next = cells.get(at).copied();
        if !is_caption(sheet, index, next, &caption) {
            continue;
        }
        let has_value =
            next.is_some_and(|next| is_value(sheet, next, cells.get(at + 1).copied(), &caption));
        let mut values = Vec::new();
        if has_value {
            values.extend(next);
            at += 1;
            // Boxes to tick may stand in a cell each.
            while values.iter().all(|&value| has_box(sheet, value)) {
                let Some(&more) = cells.get(at).filter(|&&more| has_box(sheet, more)) else {
                    break;
                };
                values.push(more);
                at += 1;
            }
        }
        fields.push(Field {
            caption: sheet.take(index),
            value: sheet.take_joined(&values, " "),
        });
    }
    fields
}

/// Whether the cell, which is not the value of one before it, is a caption.
fn is_caption(
    sheet: &Sheet,
    index: usize,
    next: Option<usize>,
    caption: impl Fn(&str) -> Caption,
) -> bool {
    let (text, key) = (sheet.text(index), sheet.key(index));
    match caption(key) {
        Caption::Sure | Caption::Likely => true,
        Caption::No => {
            let short = words::length(key) <= 12 || text.ends_with([':', '：']);
            let plain = !text.contains(['。', '，', ';', '；', '□', '☑', '√'])
                && !words::begins_as_value(text);
            next.is_some() && short && plain && words::length(key) <= 20 && words::length(key) >= 2
        }
    }
}

/// Whether the cell is the value of the caption before it.
fn is_value(
    sheet: &Sheet,
    index: usize,
    next: Option<usize>,
    caption: impl Fn(&str) -> Caption,
) -> bool {
    match caption(sheet.key(index)) {
        Caption::No => true,
        // "甲单位" is a value where a caption follows or nothing.
        Caption::Likely => next.is_none_or(|next| caption(sheet.key(next)) == Caption::Sure),
        Caption::Sure => false,
    }
}

fn has_box(sheet: &Sheet, index: usize) -> bool {
    sheet
        .text(index)
        .contains(['□', '☑', '☐', '■', '√', '✓', '☒'])
}

/// Whether the text names the money unit and nothing else.
pub(super) fn is_unit_only(text: &str) -> bool {
    words::money_unit(text).is_some_and(|(_, whole)| whole)
}
