//! Amounts, execution, management of the funds.

use super::{
    told::{NOTHING, Told},
    writing::{Pages, cell, figure, row},
};
use crate::{
    model::{
        edition::{FundRole, TableLayout},
        markup::visible_text,
        numeral::plain,
        project::fund,
        typed::trim,
    },
    sheet::word::document::{Align, TableRow},
};

/// What is told of the funds, under headings of this level.
pub(super) fn write(pages: &mut Pages, one: &Told, level: u8) {
    let number = |number: usize| match level {
        3 => format!("{number}. "),
        _ => format!("（{number}）"),
    };
    pages.heading(level, format!("{}项目资金到位情况", number(1)));
    let [budget, _] = one.budget_keys();
    let mut said: Vec<String> = Vec::new();
    for key in [fund::INITIAL, budget] {
        if let Some(amount) = one.amount(key) {
            let sentence = format!("{} {amount}", one.fund_name(key));
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
    }
    if !said.is_empty() {
        pages.text(format!("{}。", said.join("，")));
    }
    table(pages, one);
    pages.open("资金到位金额、到位率和到位及时性");

    pages.heading(level, format!("{}项目资金执行情况", number(2)));
    match execution(one) {
        Some(sentence) => pages.text(sentence),
        None => pages.open("全年执行数和执行率"),
    }
    remarks(pages, one);

    pages.heading(level, format!("{}项目资金管理情况", number(3)));
    for layout in &one.edition.tables {
        further_table(pages, one, layout);
    }
    pages.open("资金管理制度的建立和执行、资金使用的合规性");
}

/// The fund table as the form states it.
fn table(pages: &mut Pages, one: &Told) {
    let columns: Vec<_> = one
        .edition
        .funds
        .columns
        .iter()
        .filter(|column| column.role == FundRole::Amount || column.role == FundRole::Rate)
        .collect();
    let rows: Vec<TableRow> = one
        .project
        .funds
        .iter()
        .filter_map(|line| {
            let texts: Vec<_> = columns
                .iter()
                .map(|column| one.fund_text(line, column))
                .collect();
            // A row that says nothing tells nothing.
            texts.iter().any(Option::is_some).then(|| {
                let name = cell(0, line.name.clone(), Align::Left);
                let figures = (1..).zip(texts).map(|(column, text)| {
                    let align = match columns[column - 1].role {
                        FundRole::Amount => Align::Right,
                        _ => Align::Centre,
                    };
                    figure(column, text.unwrap_or_else(|| NOTHING.to_owned()), align)
                });
                row(std::iter::once(name).chain(figures).collect())
            })
        })
        .collect();
    if rows.is_empty() || columns.is_empty() {
        return;
    }
    let unit = one.project.money_unit;
    let captions: Vec<String> = std::iter::once(format!("资金来源（{unit}）"))
        .chain(columns.iter().map(|column| column.caption.clone()))
        .collect();
    let widths: Vec<u32> = std::iter::once(17)
        .chain(columns.iter().map(|column| {
            if column.role == FundRole::Amount {
                14
            } else {
                9
            }
        }))
        .collect();
    pages.table(&widths, &captions, rows);
}

fn execution(one: &Told) -> Option<String> {
    let [_, executed] = one.budget_keys();
    let mut said = Vec::new();
    said.extend(
        one.amount(executed)
            .map(|amount| format!("{} {amount}", one.fund_name(executed))),
    );
    said.extend(one.rate().map(|rate| format!("执行率 {rate}")));
    if said.is_empty() {
        return None;
    }
    let execution = &one.score.execution;
    if let Some(filed) = execution.filed {
        let of = execution.weight.map_or_else(String::new, |weight| {
            format!("（分值 {} 分）", plain(weight))
        });
        said.push(format!("该项得分 {} 分{of}", plain(filed)));
    }
    Some(format!("{}。", said.join("，")))
}

/// What the form remarks at rows of the fund table.
fn remarks(pages: &mut Pages, one: &Told) {
    for line in one.project.funds.iter() {
        let remark = visible_text(&line.remark);
        if !trim(&remark).is_empty() {
            pages.quoted(&format!("{}：{}", line.short_name(), trim(&remark)));
        }
    }
}

/// A further table of the form, with those of its rows in which something is written.
fn further_table(pages: &mut Pages, one: &Told, layout: &TableLayout) {
    let Some(filled) = one.project.tables.get(&layout.key) else {
        return;
    };
    let rows: Vec<TableRow> = filled
        .iter()
        .filter_map(|line| {
            let text = |key: &str| line.cells.get(key).map_or("", |text| text);
            let texts = layout
                .columns
                .iter()
                .map(|column| visible_text(text(&column.key)));
            let texts: Vec<_> = texts.collect();
            let name = layout.rows.iter().find(|known| known.key == line.key);
            texts.iter().any(|text| !trim(text).is_empty()).then(|| {
                let name = cell(0, name.map_or("", |known| &known.caption), Align::Centre);
                let texts = (1..)
                    .zip(texts)
                    .map(|(column, text)| cell(column, text, Align::Left));
                row(std::iter::once(name).chain(texts).collect())
            })
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let captions: Vec<String> = std::iter::once(layout.caption.clone())
        .chain(layout.columns.iter().map(|column| column.caption.clone()))
        .collect();
    let widths: Vec<u32> = std::iter::once(2)
        .chain(layout.columns.iter().map(|_| 4))
        .collect();
    pages.table(&widths, &captions, rows);
}
