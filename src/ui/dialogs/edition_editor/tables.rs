//! 附表与文字, and 合计与表尾.

use egui::Ui;

use super::{
    fields,
    pen::{Asked, Pen, remark, title},
};
use crate::{
    edit::edition::{self, fields::FieldList, tables},
    model::edition::TotalPlace,
};

/// Draws 附表与文字.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    title(ui, "表下文字");
    remark(ui, "例如评价结论、存在问题、改进措施。");
    fields::show(pen, ui, FieldList::Texts, "文字栏");
    title(ui, "附表");
    let all = pen.edition.tables.iter();
    let rows: Vec<(String, String)> = all
        .map(|table| {
            let about = format!("{} 列 {} 行", table.columns.len(), table.rows.len());
            (table.caption.clone(), about)
        })
        .collect();
    let asked = pen.list(ui, "tables", "附表", &rows, table);
    match asked {
        Some(Asked::Add) => {
            tables::add(pen.edition);
            pen.step("添加 附表");
        }
        Some(Asked::Remove(index)) => {
            pen.edition.tables.remove(index);
            pen.step("删除 附表");
        }
        Some(Asked::Step(index, is_up)) => {
            edition::step(&mut pen.edition.tables, index, is_up);
            pen.step("移动 附表");
        }
        None => {}
    }
}

fn table(pen: &mut Pen<'_>, ui: &mut Ui, index: usize) {
    pen.text(
        ui,
        "标题",
        &format!("tables[{index}].caption"),
        1,
        |edition| Some(&mut edition.tables.get_mut(index)?.caption),
    );
    title(ui, "列");
    fields::show(pen, ui, FieldList::Columns(index), "附表列");
    title(ui, "行");
    rows(pen, ui, index);
    let is_free = pen
        .edition
        .tables
        .get(index)
        .is_some_and(|table| table.free_rows);
    if let Some(is_free) = pen.check(ui, "填报时可以自己加附表行", is_free)
        && let Some(table) = pen.edition.tables.get_mut(index)
    {
        table.free_rows = is_free;
    }
}

fn rows(pen: &mut Pen<'_>, ui: &mut Ui, table: usize) {
    let Some(layout) = pen.edition.tables.get(table) else {
        return;
    };
    let all = layout.rows.iter();
    let rows: Vec<(String, String)> = all
        .map(|row| (row.caption.clone(), String::new()))
        .collect();
    let place = format!("tables[{table}].rows");
    let asked = pen.list(ui, &place, "附表行", &rows, |pen, ui, index| {
        let place = format!("tables[{table}].rows[{index}].caption");
        pen.text(ui, "标题", &place, 1, |edition| {
            let table = edition.tables.get_mut(table)?;
            Some(&mut table.rows.get_mut(index)?.caption)
        });
    });
    match asked {
        Some(Asked::Add) => {
            tables::add_row(pen.edition, table);
            pen.step("添加 附表行");
        }
        Some(Asked::Remove(index)) => {
            tables::remove_row(pen.edition, table, index);
            pen.step("删除 附表行");
        }
        Some(Asked::Step(index, is_up)) => {
            if let Some(table) = pen.edition.tables.get_mut(table) {
                edition::step(&mut table.rows, index, is_up);
                pen.step("移动 附表行");
            }
        }
        None => {}
    }
}

/// Draws 合计与表尾.
pub fn foot(pen: &mut Pen<'_>, ui: &mut Ui) {
    title(ui, "合计");
    pen.text(ui, "标题", "totals.caption", 1, |edition| {
        Some(&mut edition.totals.caption)
    });
    remark(ui, "没有合计行的表，标题留空。");
    let totals = pen.edition.totals.clone();
    ui.horizontal_wrapped(|ui| {
        if let Some(is_on) = pen.check(ui, "印出总分值", totals.weight) {
            pen.edition.totals.weight = is_on;
        }
        if let Some(is_on) = pen.check(ui, "印出总得分", totals.score) {
            pen.edition.totals.score = is_on;
        }
        if let Some(is_on) = pen.check(ui, "印出评价等级", totals.rating) {
            pen.edition.totals.rating = is_on;
        }
    });
    let places = [
        (TotalPlace::Row, "指标表最后一行"),
        (TotalPlace::Header, "表头"),
    ];
    if let Some(place) = pen.one_of(ui, "印在", "totals.place", totals.place, &places) {
        pen.edition.totals.place = place;
    }
    title(ui, "表尾");
    remark(ui, "例如项目负责人、财务负责人、填报日期。");
    fields::show(pen, ui, FieldList::Footer, "表尾栏目");
}
