//! `rules`: the catalogue, as a list, as the rule book, or as a profile to begin with.

use std::fmt::Write as _;

use serde::Serialize;

use super::{
    arguments::{ProfileArguments, RulesArguments, RulesFormat},
    workspace::Workspace,
};
use crate::{
    model::policy::Severity,
    rules::{
        book,
        catalogue::{self, FixKind, Rule},
        profile::{Applied, as_it_is},
    },
};

/// A rule for programs: as the catalogue has it, and what a profile makes of it.
#[derive(Serialize)]
struct RuleOutput {
    #[serde(flatten)]
    rule: &'static Rule,
    /// Whether it is looked at.
    on: bool,
    /// Its level by the profile.
    level_in_force: Severity,
}

/// What the arguments ask for.
///
/// # Errors
///
/// Why the profile cannot be used, in words.
pub fn list(arguments: &RulesArguments) -> Result<String, String> {
    let workspace = Workspace::new();
    let in_force = workspace.in_force(&ProfileArguments {
        profile: arguments.profile.clone(),
    })?;
    let applied = in_force.general();
    Ok(match arguments.format {
        RulesFormat::Text => as_text(&applied),
        RulesFormat::Json => super::json(&as_json(&applied)),
        RulesFormat::Md => book::markdown(&applied),
        RulesFormat::Profile => {
            let editions = workspace.editions().list().iter();
            as_it_is(editions.map(|shelved| &*shelved.edition)).to_text()
        }
    })
}

fn as_text(applied: &Applied) -> String {
    let mut text = String::new();
    if let Some(words) = applied.in_words() {
        let _ = writeln!(text, "{words}\n");
    }
    for rule in catalogue::sorted() {
        write_rule(&mut text, rule, applied);
    }
    let _ = writeln!(text, "共 {} 条规则。", catalogue::all().count());
    text
}

fn write_rule(text: &mut String, rule: &Rule, applied: &Applied) {
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
    let level = match applied.is_on(rule.code) {
        true => applied.level_of(rule).to_string(),
        false => "停用".to_owned(),
    };
    let _ = writeln!(
        text,
        "{}  {level}  {}{fix}\n    {}\n    为什么：{}\n    依据：{}（{checked}）\n    怎么改：{}\n",
        rule.code, rule.name, rule.summary, rule.why, rule.basis, rule.mend
    );
}

fn as_json(applied: &Applied) -> Vec<RuleOutput> {
    let output = |rule: &'static Rule| RuleOutput {
        rule,
        on: applied.is_on(rule.code),
        level_in_force: applied.level_of(rule),
    };
    catalogue::all().map(output).collect()
}
