//! A topic of each rule, and their index, made from the catalogue.

use super::{
    book::{Address, Topic},
    text::{Block, Span},
};
use crate::{
    rules::catalogue::{self, FixKind, Phase, Rule},
    ui::widgets::badge::level_name,
};

/// The name of the index in links.
pub const INDEX: &str = "rules";

/// What the first letter of a code stands for, in the order of the form.
const FAMILIES: [(&str, &str); 7] = [
    ("H", "表头和表的结构"),
    ("B", "资金和预算执行"),
    ("S", "分值"),
    ("I", "指标"),
    ("V", "指标值和完成值"),
    ("C", "得分"),
    ("G", "年度目标"),
];

/// The index of all rules, by family.
pub fn index() -> Topic {
    let mut blocks = vec![Block::Paragraph(vec![
        Span::plain("点规则看它检查什么、为什么、依据什么。怎样处理问题，见"),
        Span::link("校验", Address::topic("check")),
        Span::plain("。"),
    ])];
    for (letter, caption) in FAMILIES {
        blocks.push(Block::Heading(caption.to_owned()));
        let rules = catalogue::all().filter(|rule| rule.code.starts_with(letter));
        blocks.extend(rules.map(|rule| {
            let link = Span::link(title(rule), Address::topic(rule.code));
            Block::Item(None, vec![link])
        }));
    }
    Topic {
        name: INDEX.into(),
        title: "全部校验规则".into(),
        blocks,
    }
}

/// A topic of each rule.
pub fn topics() -> impl Iterator<Item = Topic> {
    catalogue::all().map(|rule| Topic {
        name: rule.code.to_owned(),
        title: title(rule),
        blocks: blocks(rule),
    })
}

fn title(rule: &Rule) -> String {
    format!("{} {}", rule.code, rule.name)
}

fn blocks(rule: &Rule) -> Vec<Block> {
    let read = match rule.verified {
        true => "（已核对原文）",
        false => "（尚未核对原文）",
    };
    let mends = match rule.fix {
        FixKind::Always => "能。校验栏里先给您看改前改后，确认了再改，可以撤销。",
        FixKind::Sometimes => "有时能，要看填的内容。能改的，校验栏里有修正按钮。",
        FixKind::Never => "不能，要由您核对后修改。",
    };
    let from = match rule.phase {
        Phase::Targets => "目标下达起，各阶段都检查。",
        Phase::Results => "自评阶段起检查。",
    };
    let parts = [
        ("检查什么", rule.summary.to_owned()),
        ("为什么", rule.why.to_owned()),
        ("依据", format!("{}{read}", rule.basis)),
        ("能自动修正吗", mends.to_owned()),
        ("什么时候检查", from.to_owned()),
    ];
    let mut blocks = vec![Block::Paragraph(vec![
        Span::plain("级别："),
        Span::bold(level_name(rule.level)),
    ])];
    for (caption, words) in parts {
        blocks.push(Block::Heading(caption.to_owned()));
        blocks.push(Block::Paragraph(vec![Span::plain(words)]));
    }
    blocks.push(Block::Paragraph(vec![
        Span::link("全部校验规则", Address::topic(INDEX)),
        Span::plain(" · "),
        Span::link("怎样处理问题", Address::topic("check")),
    ]));
    blocks
}
