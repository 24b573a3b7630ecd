//! 整改情况反馈表: the 整改台账 as it goes back to the bureau.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::{EditionOf, place_in_words};
use crate::{
    model::{
        document::Document,
        ledger::Rectified,
        project::{Project, header},
        typed::trim,
    },
    sharing::listing::Listing,
    sheet::table::Style,
};

const COLUMNS: [(&str, u32, Style); 10] = [
    ("序号", 5, Style::Short),
    ("项目名称", 14, Style::Text),
    ("指标（位置）", 16, Style::Text),
    ("审核意见", 30, Style::Text),
    ("修改前", 14, Style::Text),
    ("修改后", 14, Style::Text),
    ("整改情况", 24, Style::Text),
    ("责任人", 8, Style::Short),
    ("完成时间", 10, Style::Short),
    ("是否完成", 6, Style::Short),
];

/// The list, with the unit where all projects name the same, and the day it is made.
pub fn listing(document: &Document, editions: EditionOf<'_>, time: DateTime) -> Listing {
    let rows = document.ledger.iter().enumerate().map(|(index, entry)| {
        let number = match trim(&entry.number) {
            "" => (index + 1).to_string(),
            number => number.to_owned(),
        };
        vec![
            number,
            entry.shown_project(document).to_owned(),
            place_in_words(entry, document, editions),
            entry.comment.to_string(),
            entry.before.to_string(),
            entry.after.to_string(),
            entry.reply.to_string(),
            entry.by.clone(),
            entry.date.clone(),
            if entry.done { "已完成" } else { "未完成" }.to_owned(),
        ]
    });
    let Rectified { done, all } = document.rectified();
    let mut beside = Vec::new();
    if let Some(unit) = unit(document) {
        beside.push(format!("单位：{unit}"));
    }
    beside.push(format!("日期：{}", time.strftime("%Y年%-m月%-d日")));
    beside.push(format!("共 {all} 条，已整改 {done} 条"));
    Listing {
        title: "整改情况反馈表",
        beside,
        columns: COLUMNS.to_vec(),
        rows: rows.collect(),
        signatures: vec!["单位负责人", "填报人", "联系电话"],
    }
}

/// The unit whose projects these are: 实施单位 where all have the same, else 主管部门.
pub(in crate::sharing) fn unit(document: &Document) -> Option<String> {
    let common = |key: &str| {
        let of = |project: &Project| trim(project.header(key)).to_owned();
        let names: BTreeSet<String> = document.projects.iter().map(|one| of(one)).collect();
        let mut names = names.into_iter().filter(|name| !name.is_empty());
        match (names.next(), names.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    };
    common(header::UNIT).or_else(|| common(header::DEPARTMENT))
}
