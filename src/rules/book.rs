//! The rule book as Markdown: what each rule looks at, why, on what basis, how to mend it. Help shows the same entries.

use std::fmt::Write as _;

use super::{
    catalogue::{self, FixKind, Phase, Rule},
    profile::{Applied, highest},
};
use crate::model::{policy::Severity, threshold};

/// The whole book: all rules by family, with the levels in force.
pub fn markdown(applied: &Applied) -> String {
    let mut text = format!("# 校验规则手册\n\n{}\n", paragraphs(applied).join("\n\n"));
    let mut family = "";
    for rule in catalogue::sorted() {
        if rule.family() != family {
            family = rule.family();
            // Writing to a string cannot fail.
            let _ = write!(text, "\n## {family}\n");
        }
        let _ = write!(text, "\n### {}\n\n{}", title(rule), entry(rule, applied));
    }
    text
}

/// What is to be known before reading it.
fn paragraphs(applied: &Applied) -> Vec<String> {
    let mut paragraphs = vec![
        format!(
            "共 {} 条规则。错误须改正后才能报送，警告应逐条核对，提示供参考。批复内容（指标名称、指标值、单位、分值、性质）中的问题不在自评时改，\
             记入下年度或按规定办理调整。“已核对原文”指依据的条文或出处看过原文；“依惯例”的未核对原文，以当地规定为准。",
            catalogue::all().count()
        ),
        "复核口径可以停用规则、改变级别和界限。调低级别的规则，问题都不再重于新的级别；调高的，各处问题同升几级。\
         本来只作提示的规则容易误报，最高调到警告，不会因此不能报送。"
            .to_owned(),
    ];
    paragraphs.extend(
        applied
            .in_words()
            .map(|words| format!("{}。", escaped(words))),
    );
    paragraphs
}

/// The heading of a rule: "C16 组内有指标未达标却得满分".
pub fn title(rule: &Rule) -> String {
    format!("{} {}", rule.code, escaped(rule.name))
}

/// What the book says of a rule, beneath its heading.
pub fn entry(rule: &Rule, applied: &Applied) -> String {
    let basis = match rule.verified {
        true => "已核对原文",
        false => "依惯例，未核对原文",
    };
    let mut text = format!("级别：**{}**\n\n", escaped(&level(rule, applied)));
    let mut part = |caption: &str, words: &str| {
        let _ = write!(text, "#### {caption}\n\n{}\n\n", escaped(words));
    };
    part("检查什么", rule.summary);
    part("为什么", rule.why);
    part("依据", &format!("{}（{basis}）", rule.basis));
    part("怎么改", rule.mend);
    part("例", rule.example);
    part("能自动修正吗", fix(rule.fix));
    part("什么时候检查", phase(rule.phase));
    let thresholds = thresholds(rule);
    if !thresholds.is_empty() {
        part("界限", &thresholds.join("；"));
    }
    if !rule.silences.is_empty() {
        let after = rule.silences.join("、");
        part("改了它再看", &format!("同一处有它时，不再报告 {after}。"));
    }
    text
}

fn level(rule: &Rule, applied: &Applied) -> String {
    let (own, level) = (rule.level, applied.level_of(rule));
    let mut words = match (applied.is_on(rule.code), level == own) {
        (true, true) => own.to_string(),
        (true, false) => format!("{level}（内置为{own}）"),
        (false, _) => format!("已停用（内置为{own}）"),
    };
    if highest(rule) != Severity::Error {
        words.push_str("，最高可调到警告");
    }
    words
}

fn fix(fix: FixKind) -> &'static str {
    match fix {
        FixKind::Always => "能。先给您看改前改后，确认了再改，可以撤销。",
        FixKind::Sometimes => "有时能，要看填的内容。能改的，校验栏里有修正按钮。",
        FixKind::Never => "不能，要由您核对后修改。",
    }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Targets => "目标下达起，各阶段都检查。",
        Phase::Results => "自评阶段起检查。",
    }
}

/// The thresholds that a rule reads, with their usual values: editions may have others.
fn thresholds(rule: &Rule) -> Vec<String> {
    let read = threshold::ALL
        .iter()
        .filter(|threshold| threshold.rules.contains(&rule.code));
    read.map(
        |threshold| match threshold.in_words(&threshold.default_value()).as_str() {
            "无" => format!("{}，一般不要求", threshold.name),
            usual => format!("{}，一般为 {usual}", threshold.name),
        },
    )
    .collect()
}

/// Text that Markdown does not take for markup; on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
