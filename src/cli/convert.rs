//! `convert`: a file on another edition.

use std::{fmt::Write as _, sync::Arc};

use super::{
    arguments::{AmountsChoice, ConvertArguments, Format},
    json,
    one_line::one_line,
    workspace::{Workspace, tell},
};
use crate::{
    edit::convert_unit::Amounts,
    model::project::EditionRef,
    rules::profile::InForce,
    session::{
        changing::{Change, Knowledge, Told},
        saving::SaveEnd,
    },
    store::error::shown,
};

/// Writes the converted file and says what became of what was filled in.
///
/// # Errors
///
/// Why nothing was converted, in words.
pub fn convert(workspace: &Workspace, arguments: &ConvertArguments) -> Result<String, String> {
    if arguments.file == arguments.out {
        return Err("输出与原文件相同，没有换表样。请用 -o 写另一个文件名".into());
    }
    let file = workspace.open(&arguments.file)?;
    let chosen = file.chosen(arguments.project.as_deref())?;
    let projects: Vec<_> = chosen.iter().map(|project| project.id).collect();
    let mut session = file.into_session();
    let shelf = session.editions().shelf().clone();
    let reference = EditionRef {
        id: arguments.edition.clone(),
        hash: String::new(),
        unknown: Default::default(),
    };
    let found = shelf.get(&reference).ok_or_else(|| {
        format!(
            "没有编号为“{}”的表样，没有换表样。可用的表样见 jiping-cli editions",
            arguments.edition
        )
    })?;
    let document = Arc::clone(session.document());
    let knowledge = Knowledge {
        shelf: &shelf,
        in_force: &InForce::default(),
        today: workspace.environment().today(),
    };
    let amounts = match arguments.amounts {
        AmountsChoice::Convert => Amounts::Convert,
        AmountsChoice::Keep => Amounts::Keep,
    };
    let mut ids = workspace.environment();
    let change = Change::new(
        &document,
        &projects,
        &found.edition,
        amounts,
        &knowledge,
        &mut ids,
    );
    session
        .edit(&change.command())
        .map_err(|refusal| refusal.to_string())?;
    match session.save_as(&arguments.out) {
        Ok(SaveEnd::Saved(warnings)) => warnings
            .iter()
            .for_each(|warning| tell(&warning.to_string())),
        Ok(SaveEnd::Conflict(conflict)) => return Err(conflict.to_string()),
        Err(error) => return Err(one_line(&error.to_string())),
    }
    Ok(match arguments.format {
        Format::Json => json(&change.told),
        Format::Text => {
            let done = format!(
                "已按“{}”换好 {} 个项目，存为 {}\n",
                one_line(&found.edition.name),
                change.told.projects,
                shown(&arguments.out)
            );
            done + &as_text(&change.told)
        }
    })
}

fn as_text(told: &Told) -> String {
    let mut text = String::new();
    if told.converted > 0 {
        let _ = writeln!(text, "\n换算了 {} 个金额", told.converted);
    }
    if let Some([before, after]) = told.blocking {
        let _ = writeln!(
            text,
            "必须修改的问题：换表样前 {before} 处，换后 {after} 处"
        );
    }
    for (name, lines) in told.groups() {
        let _ = writeln!(text, "\n{name}（{}）", lines.len());
        for line in lines {
            let times = match line.count {
                1 => String::new(),
                count => format!("（{count} 处）"),
            };
            let value = match line.text.as_str() {
                "" => String::new(),
                value => format!("：{}", one_line(value)),
            };
            let _ = writeln!(text, "  {}{times}{value}", one_line(&line.caption));
        }
    }
    if !told.locked.is_empty() {
        let _ = writeln!(text, "\n已锁定，没有换（{}）", told.locked.len());
        for name in &told.locked {
            let _ = writeln!(text, "  {}", one_line(name));
        }
    }
    text
}
