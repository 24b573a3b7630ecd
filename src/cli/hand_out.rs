//! `hand-out`: workbooks for colleagues to fill in; and `collect`: what came back of them.

pub mod arguments;
mod collect;

pub use collect::collect;

use arguments::{GroupingArgument, HandOutArguments, WantedArgument};

use serde::Serialize;

use super::{
    Answer, CLEAN, UNREADABLE,
    arguments::Format,
    json,
    one_line::one_line,
    workspace::{Workspace, tell},
};
use crate::{
    session::{
        handing_out::{self, Grouping, HandedOut, Request},
        progress::Progress,
        saving::SaveEnd,
        session::Session,
    },
    sharing::fill_in::wanted::Wanted,
    store::error::shown,
};

/// What was given out, for programs.
#[derive(Serialize)]
struct Output<'a> {
    files: Vec<FileOutput<'a>>,
    left_out: &'a [String],
    recorded: bool,
}

#[derive(Serialize)]
struct FileOutput<'a> {
    path: String,
    to: &'a str,
    projects: usize,
    sending: Option<String>,
    problem: Option<&'a str>,
}

/// Writes the workbooks, and notes them in the file where that is asked for.
pub fn hand_out(arguments: &HandOutArguments) -> Answer {
    let workspace = Workspace::new();
    let file = workspace.open(&arguments.file)?;
    let projects = file.chosen(arguments.project.as_deref())?;
    let request = Request {
        projects: projects.iter().map(|project| project.id).collect(),
        grouping: match arguments.by {
            GroupingArgument::Project => Grouping::Project,
            GroupingArgument::Unit => Grouping::Unit,
            GroupingArgument::Department => Grouping::Department,
        },
        wanted: Wanted {
            blank_rows: arguments.blank_rows.min(Wanted::MOST_BLANK_ROWS),
            ..match arguments.fill {
                WantedArgument::Results => Wanted::RESULTS,
                WantedArgument::All => Wanted::ALL,
            }
        },
        due: arguments.due.clone().unwrap_or_default(),
        return_to: arguments.return_to.clone().unwrap_or_default(),
        remark: String::new(),
        folder: arguments.out.clone(),
        pattern: handing_out::PATTERN.to_owned(),
    };
    let mut session = file.into_session();
    let order = session.hand_out_order(&request)?;
    if order.is_empty() {
        return Err(order.left_out().join("\n"));
    }
    let handed_out = order.run(workspace.environment(), &Progress::default());
    let recorded = match (arguments.save, handing_out::record(&handed_out)) {
        (true, Some(command)) => {
            session
                .edit(&command)
                .map_err(|refusal| refusal.to_string())?;
            save(&mut session)?;
            true
        }
        _ => false,
    };
    let is_whole = handed_out.iter().all(|one| one.end.is_ok()) && order.left_out().is_empty();
    let text = match arguments.format {
        Format::Text => as_text(&handed_out, order.left_out(), recorded),
        Format::Json => json(&as_json(&handed_out, order.left_out(), recorded)),
    };
    Ok((text, if is_whole { CLEAN } else { UNREADABLE }))
}

/// Saves a document to its own file.
fn save(session: &mut Session) -> Result<(), String> {
    match session.save() {
        Ok(SaveEnd::Saved(warnings)) => {
            warnings
                .iter()
                .for_each(|warning| tell(&warning.to_string()));
            Ok(())
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(one_line(&conflict.to_string())),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

fn as_text(handed_out: &[HandedOut], left_out: &[String], recorded: bool) -> String {
    let mut text = String::new();
    for one in handed_out {
        let (to, path) = (one_line(&one.to), shown(&one.path));
        text.push_str(&match &one.end {
            Ok(_) => format!("{to}：{} 个项目 → {path}\n", one.projects),
            Err(problem) => format!("{to}：{}\n", one_line(problem)),
        });
    }
    for sentence in left_out {
        text.push_str(&format!("{}\n", one_line(sentence)));
    }
    text.push_str(match recorded {
        true => "发出记录已存入原文件。\n",
        false => "发出记录没有存入文件；加上 --save 可以登记，收回时能看出谁还没有交。\n",
    });
    text
}

fn as_json<'a>(handed_out: &'a [HandedOut], left_out: &'a [String], recorded: bool) -> Output<'a> {
    let files = handed_out.iter().map(|one| FileOutput {
        path: shown(&one.path),
        to: &one.to,
        projects: one.projects,
        sending: one.end.as_ref().ok().map(|sending| sending.id.to_string()),
        problem: one.end.as_ref().err().map(String::as_str),
    });
    Output {
        files: files.collect(),
        left_out,
        recorded,
    }
}
