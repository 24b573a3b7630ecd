//! What was changed since an earlier state of the document: before and after of the cells that entries are about.

use std::sync::Arc;

use super::EditionOf;
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        id::Id,
        ledger::Rectification,
        path::{CellPath, Place},
        project::Project,
        typed::trim,
    },
    versions::compare::{Kind, Line, Topic, compare_projects},
};

/// What stands for a cell that the earlier form did not have.
const NOT_YET: &str = "（当时没有这一行）";
/// Changes of a whole project that are told, at most.
const TOLD: usize = 12;
/// What stands for a cell that the form has no more.
const NO_MORE: &str = "（已删除）";

/// What came of filling in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled {
    /// Entries that are different now.
    pub entries: Vec<Rectification>,
    /// How many entries are about something that is as it was.
    pub unchanged: usize,
    /// How many entries are about nothing that can be compared: no project is known, or the earlier state lacks it.
    pub unknown: usize,
}

impl Filled {
    /// The change of the document; `None` where nothing is to be filled in.
    pub fn command(self) -> Option<EditCommand> {
        let entries = self.entries.into_iter();
        let commands: Vec<EditCommand> = entries
            .map(|entry| EditCommand::SetRectification {
                entry: Box::new(entry),
            })
            .collect();
        (!commands.is_empty()).then(|| EditCommand::Many {
            label: "填写 整改台账的修改前后".into(),
            commands,
        })
    }

    /// What came of it in words.
    pub fn in_words(&self) -> String {
        let mut parts = vec![match self.entries.len() {
            0 => "没有可以填写的修改前后".to_owned(),
            count => format!("已填写 {count} 条的修改前后"),
        }];
        if self.unchanged > 0 {
            parts.push(format!("{} 条所指的内容没有改动", self.unchanged));
        }
        if self.unknown > 0 {
            parts.push(format!("{} 条没有对应的项目或位置", self.unknown));
        }
        parts.join("，")
    }
}

/// Fills in what the entries lack of before and after, against an earlier state; what was typed stays.
pub fn filled(document: &Document, earlier: &Document, editions: EditionOf<'_>) -> Filled {
    let mut filled = Filled::default();
    for entry in document.ledger.iter() {
        let (lacks_before, lacks_after) = (is_blank(&entry.before), is_blank(&entry.after));
        if !lacks_before && !lacks_after {
            continue;
        }
        let Some((before, after)) = change(document, earlier, entry, editions) else {
            filled.unknown += 1;
            continue;
        };
        if before == after {
            filled.unchanged += 1;
            continue;
        }
        let mut new = Rectification::clone(entry);
        if lacks_before {
            new.before = before.into();
        }
        if lacks_after {
            new.after = after.into();
        }
        match new == **entry {
            true => filled.unchanged += 1,
            false => filled.entries.push(new),
        }
    }
    filled
}

fn is_blank(text: &Arc<str>) -> bool {
    trim(text).is_empty()
}

/// What an entry is about, before and after.
fn change(
    document: &Document,
    earlier: &Document,
    entry: &Rectification,
    editions: EditionOf<'_>,
) -> Option<(String, String)> {
    match &entry.at {
        Some(at) if at.place != Place::Whole => cell(document, earlier, at),
        at => {
            let project = at.as_ref().map_or(entry.project, |at| Some(at.project))?;
            whole(document, earlier, project, editions)
        }
    }
}

/// What changed in a project, place by place: what the reviewer does with it, and other ways to write the same, left out.
fn whole(
    document: &Document,
    earlier: &Document,
    project: Id<Project>,
    editions: EditionOf<'_>,
) -> Option<(String, String)> {
    let (now, then) = (document.project(project)?, earlier.project(project)?);
    let edition = editions(now)?;
    let edition = |project: &Project| editions(project).or_else(|| Some(Arc::clone(&edition)));
    let compared = compare_projects(then, now);
    let lines = compared.map_or_else(Vec::new, |compared| compared.lines(&edition));
    let of_form = |line: &&Line| {
        !matches!(line.topic, Topic::Review | Topic::Other) && line.kind != Kind::Rewritten
    };
    let lines: Vec<&Line> = lines.iter().filter(of_form).collect();
    let side = |text: fn(&Line) -> &str| {
        let mut told: Vec<String> = lines
            .iter()
            .take(TOLD)
            .map(|line| format!("{}：{}", line.place, or_blank(text(line))))
            .collect();
        if let Some(more) = lines.len().checked_sub(TOLD).filter(|more| *more > 0) {
            told.push(format!("另有 {more} 处"));
        }
        told.join("\n")
    };
    Some((side(|line| &line.before), side(|line| &line.after)))
}

fn or_blank(text: &str) -> &str {
    match trim(text) {
        "" => "（空）",
        text => text,
    }
}

fn cell(document: &Document, earlier: &Document, at: &CellPath) -> Option<(String, String)> {
    let (now, then) = (document.project(at.project)?, earlier.project(at.project)?);
    let text = |project: &Project, missing: &str| {
        let text = project.cell_text(&at.place);
        text.map_or_else(|| missing.to_owned(), |text| text.into_owned())
    };
    let (before, after) = (text(then, NOT_YET), text(now, NO_MORE));
    (before != NOT_YET || after != NO_MORE).then_some((before, after))
}
