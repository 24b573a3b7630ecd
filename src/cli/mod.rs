//! The command line: one file per command. Text for people, JSON for programs, the same exit codes everywhere.

mod arguments;
mod check;
mod compare;
mod content;
mod convert;
mod editions;
mod evidence;
mod export;
mod hand_out;
mod import;
mod ledger;
mod library;
mod merge;
mod misuse;
mod new;
mod outgoing;
mod paper;
mod parts;
mod printers;
mod progress;
mod rules;
mod schema;
mod score;
mod show;
mod verify;
mod versions;
mod workspace;

use std::{
    ffi::OsString,
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{Parser as _, error::ErrorKind};
use serde::Serialize;

use arguments::{Arguments, CheckArguments, Command, FileArguments, Format, ScoreArguments};
use progress::Progress;
use workspace::{Workspace, no_project};

use crate::{session::one_line, store::error::reason};

/// Nothing to complain of.
const CLEAN: u8 = 0;
/// There are findings at or above the level asked for.
const FINDINGS: u8 = 1;
/// The command line is wrong, or a file cannot be read or written.
const UNREADABLE: u8 = 2;

/// What a command prints and the exit code it ends with, or why it could not be done.
type Answer = Result<(String, u8), String>;

/// Does what the arguments ask for, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
    match answer(arguments.command) {
        Ok((text, code)) => printed(&text, code),
        Err(problem) => {
            complain(&problem);
            ExitCode::from(UNREADABLE)
        }
    }
}

fn misused(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return printed(&error.to_string(), CLEAN);
    }
    complain(&misuse::in_chinese(error));
    ExitCode::from(UNREADABLE)
}

/// Prints the text; the code, unless what reads the output did not get it.
fn printed(text: &str, code: u8) -> ExitCode {
    match print(text) {
        Ok(()) => ExitCode::from(code),
        Err(problem) => {
            complain(&problem);
            ExitCode::from(UNREADABLE)
        }
    }
}

/// A reader that closed its end early (`| head`) is no error.
fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!(
            "输出结果时出错：{}。结果没有完整输出，文件未改动。请检查输出的位置后再试一次。",
            reason(&error)
        )),
        _ => Ok(()),
    }
}

fn complain(problem: &str) {
    let _ = writeln!(io::stderr().lock(), "{problem}");
}

fn answer(command: Command) -> Answer {
    match command {
        Command::New(arguments) => new::create(&Workspace::new(), &arguments).map(clean),
        Command::Convert(arguments) => convert::convert(&Workspace::new(), &arguments).map(clean),
        Command::Show(arguments) => show_file(&arguments),
        Command::Check(arguments) => check_files(&arguments),
        Command::Verify(arguments) => verify::answer(&arguments),
        Command::Score(arguments) => score_file(&arguments),
        Command::HandOut(arguments) => hand_out::hand_out(&arguments),
        Command::Collect(arguments) => hand_out::collect(&arguments),
        Command::Import(arguments) => import::import_files(&arguments),
        Command::Export(arguments) => export::export_files(&arguments),
        Command::Fill(arguments) => export::fill_template(&arguments),
        Command::Summary(arguments) => export::summarise(&arguments),
        Command::Pack(arguments) => outgoing::pack(&arguments),
        Command::Publish(arguments) => outgoing::publish(&arguments),
        Command::Anonymise(arguments) => outgoing::anonymise(&arguments),
        Command::Report(arguments) => export::report(&arguments),
        Command::Print(arguments) => paper::print_files(&arguments),
        Command::Compare(arguments) => compare::compare_files(&arguments),
        Command::Printers(arguments) => {
            let workspace = Workspace::new();
            let found = printers::found(workspace.environment().spooler())?;
            Ok(clean(match arguments.format {
                Format::Text => printers::as_text(found),
                Format::Json => json(&printers::as_json(found)),
            }))
        }
        Command::Editions(arguments) => editions::answer(&arguments),
        Command::Library(arguments) => library::answer(&arguments),
        Command::Ledger(arguments) => ledger::answer(&arguments),
        Command::Evidence(arguments) => evidence::answer(&arguments),
        Command::Versions(arguments) => versions::answer(&arguments),
        Command::Merge(arguments) => merge::merge_files(&arguments),
        Command::Split(arguments) => parts::split_file(&arguments),
        Command::Join(arguments) => parts::join_files(&arguments),
        Command::Rules(arguments) => rules::list(&arguments).map(clean),
        Command::Schema(arguments) => Ok(clean(schema::text(arguments.of))),
    }
}

fn clean(text: String) -> (String, u8) {
    (text, CLEAN)
}

/// One value per line, as in the files themselves.
fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn show_file(arguments: &FileArguments) -> Answer {
    let file = Workspace::new().open(&arguments.file)?;
    let flat: Vec<_> = file
        .chosen(arguments.project.as_deref())?
        .into_iter()
        .map(|project| show::FlatProject::new(project, file.edition_of(project).as_deref()))
        .collect();
    Ok(clean(match flat.as_slice() {
        [only] => json(only),
        several => json(&several),
    }))
}

fn score_file(arguments: &ScoreArguments) -> Answer {
    let file = Workspace::new().open(&arguments.input.file)?;
    let chosen = file.chosen(arguments.input.project.as_deref())?;
    let scored: Vec<_> = chosen
        .iter()
        .filter_map(|project| Some((project, file.edition_of(project)?)))
        .collect();
    let text = match arguments.format {
        Format::Text => {
            let texts: Vec<_> = scored
                .iter()
                .map(|(project, edition)| score::as_text(project, edition))
                .collect();
            texts.join("\n")
        }
        Format::Json => {
            let outputs: Vec<_> = scored
                .iter()
                .map(|(project, edition)| score::as_json(project, edition))
                .collect();
            match (outputs.as_slice(), chosen.len()) {
                ([only], 1) => json(only),
                (several, _) => json(&several),
            }
        }
    };
    match chosen.len() - scored.len() {
        0 => Ok(clean(text)),
        left_out => {
            print(&text)?;
            Err(file.about(&format!("有 {left_out} 个项目缺少表样，没有测算。")))
        }
    }
}

fn check_files(arguments: &CheckArguments) -> Answer {
    let workspace = Workspace::new();
    let in_force = workspace.in_force(&arguments.judge)?;
    let filter = arguments.project.as_deref();
    let mut checked = Vec::new();
    let mut problems = Vec::new();
    let mut unread = 0;
    let progress = Progress::new("校验", arguments.files.len());
    for path in &arguments.files {
        progress.step(path);
        match workspace.open(path) {
            Ok(mut file) => {
                let found = check::check_projects(&mut file, filter, &in_force);
                let unchecked = found.iter().filter(|one| !one.is_checked()).count();
                if unchecked > 0 {
                    problems
                        .push(file.about(&format!("有 {unchecked} 个项目缺少表样，没有校验。")));
                }
                if filter.is_none() && found.is_empty() {
                    problems.push(file.about(&no_project(None)));
                }
                checked.extend(found);
            }
            Err(problem) => {
                unread += 1;
                problems.push(problem);
            }
        }
    }
    progress.finish();
    if checked.is_empty() && problems.is_empty() {
        problems.push(no_project(filter));
    }
    let text = match arguments.format {
        Format::Text => check::as_text(&checked, unread, &in_force),
        Format::Json => json(&check::as_json(&checked, unread, &in_force)),
    };
    if !problems.is_empty() {
        print(&text)?;
        return Err(problems.join("\n"));
    }
    let reached = check::reaches(&checked, arguments.level);
    Ok((text, if reached { FINDINGS } else { CLEAN }))
}
