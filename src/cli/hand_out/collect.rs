//! `collect`: workbooks that came back become part of the document.

use std::fmt::Write as _;

use serde::Serialize;

use crate::{
    cli::{
        Answer, CLEAN, FINDINGS,
        arguments::Format,
        hand_out::arguments::CollectArguments,
        json,
        one_line::{beginning, one_line},
        print,
        workspace::{Workspace, tell},
    },
    edit::command::EditCommand,
    model::project::Project,
    session::{collecting::Collected, progress::Progress, saving::SaveEnd, session::Session},
    sharing::fill_in::taken::{Choices, Offer},
    store::error::shown,
    versions::merge::{Merge, merge},
};

/// How many characters of a text are shown.
const SHOWN: usize = 40;

/// What came back, for programs.
#[derive(Serialize)]
struct Output<'a> {
    files: Vec<FileOutput<'a>>,
    refused: Vec<RefusedOutput<'a>>,
    taken: usize,
    conflicts: usize,
    notes: Vec<String>,
    written: Option<String>,
}

#[derive(Serialize)]
struct FileOutput<'a> {
    file: &'a str,
    to: &'a str,
    forms: Vec<FormOutput<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct FormOutput<'a> {
    project: &'a str,
    filled: usize,
    locked: usize,
    added: usize,
    notes: &'a [String],
}

#[derive(Serialize)]
struct RefusedOutput<'a> {
    file: &'a str,
    why: &'a str,
}

/// Reads what came back, writes the document with it if that is asked for, and reports.
pub fn collect(arguments: &CollectArguments) -> Answer {
    let workspace = Workspace::new();
    let mut session = workspace.open(&arguments.file)?.into_session();
    let order = session.collect_order(arguments.returned.clone());
    let collected = order.run(workspace.environment(), &Progress::default());
    collected.passed_over.iter().for_each(|one| tell(one));
    let choices = Choices {
        locked: arguments.locked,
        ..Choices::default()
    };
    let offer = session.offer(&collected, choices);
    let merged = merge(offer.base.as_ref(), session.document(), &offer.theirs);
    let conflicts = merged.conflicts().count();
    let text = report(&session, &collected, &offer, &merged);
    let mut written = None;
    if let Some(out) = &arguments.out
        && !collected.returned.is_empty()
    {
        let label = "收回填报表";
        let commands = [merged.command(label)]
            .into_iter()
            .chain(offer.records.clone());
        let command = EditCommand::Many {
            label: label.into(),
            commands: commands.collect(),
        };
        session
            .edit(&command)
            .map_err(|refusal| refusal.to_string())?;
        match session.save_as(out) {
            Ok(SaveEnd::Saved(warnings)) => {
                warnings
                    .iter()
                    .for_each(|warning| tell(&warning.to_string()));
            }
            Ok(SaveEnd::Conflict(conflict)) => return Err(one_line(&conflict.to_string())),
            Err(error) => return Err(one_line(&error.to_string())),
        }
        written = Some(shown(out));
    }
    let text = match arguments.format {
        Format::Text => match &written {
            Some(out) => format!("{text}已存为 {out}\n"),
            None if arguments.out.is_some() => "没有收回任何内容，没有生成文件。\n".to_owned(),
            None => format!("{text}没有写 -o，只列出结果，没有生成文件。\n"),
        },
        Format::Json => json(&as_json(&session, &collected, &offer, conflicts, written)),
    };
    if !collected.refused.is_empty() {
        print(&text)?;
        let refused = collected.refused.iter();
        let told: Vec<String> = refused
            .map(|(file, why)| one_line(&format!("{file}：{why}")))
            .collect();
        return Err(told.join("\n"));
    }
    let has_more = conflicts > 0
        || !offer.notes.is_empty()
        || collected.returned.iter().any(|one| {
            let forms = || one.forms.iter();
            let has_locked = forms().any(|form| form.locked().next().is_some());
            has_locked || !one.notes.is_empty() || forms().any(|form| !form.notes.is_empty())
        });
    Ok((text, if has_more { FINDINGS } else { CLEAN }))
}

/// What came back, for people.
fn report(session: &Session, collected: &Collected, offer: &Offer, merged: &Merge) -> String {
    let mut text = String::new();
    let document = session.document();
    for one in &collected.returned {
        let _ = writeln!(text, "{}", one_line(&one.file));
        for form in &one.forms {
            let _ = writeln!(
                text,
                "  {}：填写 {} 处，新增 {} 行",
                one_line(&form.name),
                form.filled(),
                form.added.len()
            );
            let project = document.project(form.project);
            let edition = project.and_then(|project| session.editions().of(project));
            for answer in form.locked() {
                let place = project
                    .zip(edition.as_ref())
                    .map_or_else(String::new, |(project, edition)| {
                        answer.at.in_words(project, edition)
                    });
                let _ = writeln!(
                    text,
                    "    锁定的格被改动，没有收回：{place}：{} → {}",
                    quoted(&answer.sent),
                    quoted(&answer.returned)
                );
            }
            for note in &form.notes {
                let _ = writeln!(text, "    {}", one_line(note));
            }
        }
        for note in one.notes.iter().chain(&one.cautions(document)) {
            let _ = writeln!(text, "  {}", one_line(note));
        }
    }
    for note in &offer.notes {
        let _ = writeln!(text, "{}", one_line(note));
    }
    let editions = |project: &Project| session.editions().of(project);
    for item in merged.conflicts() {
        let _ = writeln!(
            text,
            "发出后双方都改过，保留了本文件的：{}：{}，交回的是 {}",
            one_line(&merged.words(item, &editions)),
            quoted(&item.mine),
            quoted(&item.theirs)
        );
    }
    let _ = writeln!(text, "{}", merged.summary());
    text
}

fn quoted(text: &str) -> String {
    match text.trim() {
        "" => "（空）".to_owned(),
        text => format!("“{}”", beginning(text, SHOWN)),
    }
}

fn as_json<'a>(
    session: &Session,
    collected: &'a Collected,
    offer: &Offer,
    conflicts: usize,
    written: Option<String>,
) -> Output<'a> {
    let files = collected.returned.iter().map(|one| FileOutput {
        file: &one.file,
        to: &one.to,
        forms: one
            .forms
            .iter()
            .map(|form| FormOutput {
                project: &form.name,
                filled: form.filled(),
                locked: form.locked().count(),
                added: form.added.len(),
                notes: &form.notes,
            })
            .collect(),
        notes: one
            .notes
            .iter()
            .cloned()
            .chain(one.cautions(session.document()))
            .collect(),
    });
    let refused = collected.refused.iter();
    Output {
        files: files.collect(),
        refused: refused
            .map(|(file, why)| RefusedOutput { file, why })
            .collect(),
        taken: offer.changes,
        conflicts,
        notes: offer.notes.clone(),
        written,
    }
}
