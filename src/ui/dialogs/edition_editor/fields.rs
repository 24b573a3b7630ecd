//! Lists of fields: 表头, 表下文字, 表尾, further goal cells, columns of further tables.

use egui::Ui;

use super::pen::{Asked, Pen};
use crate::{
    edit::edition::{
        self,
        fields::{self, FieldList, HEADER_USES},
    },
    model::{
        edition::{FieldKind, FieldLayout, Need},
        project::header,
    },
};

const KINDS: [(FieldKind, &str); 9] = [
    (FieldKind::Line, "一行文字"),
    (FieldKind::Paragraph, "多行文字"),
    (FieldKind::Year, "年度"),
    (FieldKind::Date, "日期"),
    (FieldKind::Number, "数字"),
    (FieldKind::Person, "人名"),
    (FieldKind::Phone, "电话"),
    (FieldKind::Choice, "从选项中选一个"),
    (FieldKind::Choices, "从选项中选几个"),
];

/// How badly something is needed, in words.
pub const NEEDS: [(Need, &str); 3] = [
    (Need::Required, "必须填写"),
    (Need::Expected, "一般要填"),
    (Need::Optional, "可以不填"),
];

/// Draws a list of fields.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui, list: FieldList, noun: &str) {
    let rows: Vec<(String, String)> = list.of(pen.edition).iter().map(row).collect();
    let place = list.place();
    let asked = pen.list(ui, &place, noun, &rows, |pen, ui, index| {
        one(pen, ui, list, index);
    });
    match asked {
        Some(Asked::Add) => {
            fields::add(pen.edition, list, noun);
            pen.step(&format!("添加 {noun}"));
        }
        Some(Asked::Remove(index)) => {
            fields::remove(pen.edition, list, index);
            pen.step(&format!("删除 {noun}"));
        }
        Some(Asked::Step(index, is_up)) => {
            if let Some(fields) = list.of_mut(pen.edition) {
                edition::step(fields, index, is_up);
                pen.step(&format!("移动 {noun}"));
            }
        }
        None => {}
    }
}

fn row(field: &FieldLayout) -> (String, String) {
    let words = |all: &[(FieldKind, &'static str)]| {
        let mut all = all.iter();
        all.find(|(kind, _)| *kind == field.kind)
            .map_or("", |(_, words)| *words)
    };
    let need = match field.need {
        Need::Required => " · 必须填写",
        Need::Expected | Need::Optional => "",
    };
    (field.caption.clone(), format!("{}{need}", words(&KINDS)))
}

/// One field. Where there are several of its kind, it says what it holds.
fn one(pen: &mut Pen<'_>, ui: &mut Ui, list: FieldList, index: usize) {
    let place = format!("{}[{index}]", list.place());
    if list == FieldList::Header {
        content(pen, ui, &place, index);
    }
    layout(pen, ui, &place, &|edition| {
        list.of_mut(edition)?.get_mut(index)
    });
}

/// What a header field holds.
fn content(pen: &mut Pen<'_>, ui: &mut Ui, place: &str, index: usize) {
    let key = pen.edition.header.get(index).map(|field| field.key.clone());
    let known = |key: &String| HEADER_USES.iter().find(|(known, _)| known == key);
    let current = key.as_ref().and_then(known).map(|(key, _)| *key);
    let options: Vec<(Option<&str>, &str)> = HEADER_USES
        .iter()
        .map(|(key, words)| (Some(*key), *words))
        .chain([(None, "其他")])
        .collect();
    let place = format!("{place}.use");
    if let Some(key) = pen.one_of(ui, "这一栏是", &place, current, &options) {
        fields::set_use(pen.edition, index, key);
    }
}

/// Caption, kind, need, limit, options and hint of a field that `at` finds.
pub fn layout(
    pen: &mut Pen<'_>,
    ui: &mut Ui,
    place: &str,
    at: &dyn for<'e> Fn(&'e mut crate::model::edition::Edition) -> Option<&'e mut FieldLayout>,
) {
    let Some(field) = at(pen.edition).map(|field| field.clone()) else {
        return;
    };
    let caption = format!("{place}.caption");
    pen.text(ui, "标题", &caption, 1, |edition| {
        Some(&mut at(edition)?.caption)
    });
    let kind = pen.one_of(ui, "填写方式", &format!("{place}.kind"), field.kind, &KINDS);
    if let Some(kind) = kind.filter(|_| field.key != header::YEAR)
        && let Some(field) = at(pen.edition)
    {
        fields::set_kind(field, kind);
    }
    if matches!(field.kind, FieldKind::Choice | FieldKind::Choices) {
        let options = format!("{place}.options");
        pen.lines(ui, "选项", &options, "每行一个", |edition| {
            Some(&mut at(edition)?.options)
        });
    }
    let need = pen.one_of(ui, "是否必填", &format!("{place}.need"), field.need, &NEEDS);
    if let Some(need) = need
        && let Some(field) = at(pen.edition)
    {
        field.need = need;
    }
    let limit = format!("{place}.limit");
    if let Some(limit) = pen.count(ui, "字数上限", &limit, "字（不限则留空）", field.limit)
        && let Some(field) = at(pen.edition)
    {
        field.limit = limit;
    }
    let prompt = format!("{place}.prompt");
    pen.text(ui, "填写提示", &prompt, 1, |edition| {
        Some(&mut at(edition)?.prompt)
    });
}
