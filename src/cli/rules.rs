//! `rules`: the catalogue.

use std::fmt::Write as _;

use crate::rules::catalogue::{self, FixKind, Rule};

/// The catalogue as text for people.
pub fn as_text() -> String {
    let mut text = String::new();
    for rule in catalogue::all() {
        write_rule(&mut text, rule);
    }
    let _ = writeln!(text, "共 {} 条规则。", catalogue::all().count());
    text
}

fn write_rule(text: &mut String, rule: &Rule) {
    let fix = match rule.fix {
        FixKind::Never => "",
        FixKind::Sometimes => "  部分可自动修正",
        FixKind::Always => "  可自动修正",
    };
    let checked = if rule.verified {
        "已核对原文"
    } else {
        "依惯例，未核对原文"
    };
    let _ = writeln!(
        text,
        "{}  {}  {}{fix}\n    {}\n    为什么：{}\n    依据：{}（{checked}）\n",
        rule.code, rule.level, rule.name, rule.summary, rule.why, rule.basis
    );
}

/// The catalogue for programs.
pub fn as_json() -> Vec<&'static Rule> {
    catalogue::all().collect()
}
