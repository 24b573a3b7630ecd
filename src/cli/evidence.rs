//! `evidence`: the register of 佐证材料: listed, looked at on the disk, made into a list for others.

use std::{fmt::Write as _, path::PathBuf};

use clap::Args;
use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS, arguments::Format, json, one_line::one_line, workspace::Workspace,
};
use crate::{
    model::{document::Document, project::Project},
    session::{
        evidence::{Checked, checked},
        listing::{ListForm, made},
        progress::Progress,
    },
    sharing::evidence::{
        Line,
        check::{State, States},
        completeness::Completeness,
        folder_of, lines,
        sheet::{listing, size_in_words},
    },
    sheet::{fonts::Face, layout::Typesetter},
    store::error::shown,
};

/// What stands beneath the help of the command.
pub const HELP: &str = "\
--check 读出每个登记的文件，与登记时的内容比较；大文件需要一些时间。没有写 -o 时只列出，不生成文件。
退出码：0 没有问题；1 加 --check 时有文件找不到、已改动或读不出来；2 绩评文件读不出，输出写不了。
--format json 的内容：
  projects  每个项目：project 名称，wanted 应有材料的指标数，with 有材料的指标数，without 没有材料的指标名称
  files     每份材料：project、indicator（整个项目的为 null）、title、file、length、sha256、
            state（present、changed、missing、unregistered、unreadable；没有 --check 时为 null）、reason 读不出来的原因";

/// Arguments of `evidence`.
#[derive(Debug, Args)]
pub struct EvidenceArguments {
    /// 绩评文件；本身不会改动
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 核对登记的文件是否还在、有没有改动
    #[arg(long, help_heading = "选项")]
    check: bool,
    /// 生成佐证材料登记表（.xlsx、.docx、.pdf）；已有的文件不会被覆盖
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    out: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

/// Does what is asked for.
pub fn answer(arguments: &EvidenceArguments) -> Answer {
    let workspace = Workspace::new();
    let environment = workspace.shared();
    let file = workspace.open(&arguments.file)?;
    let document = file.document();
    let own = Some(&*arguments.file);
    let found = match arguments.check {
        true => checked(environment, document, own, &Progress::default()),
        false => Checked {
            lines: lines(document, folder_of(environment.fs(), own).as_deref()),
            states: States::new(),
        },
    };
    if let Some(out) = &arguments.out {
        let form = ListForm::of_path(out).ok_or_else(|| {
            "输出的文件名须以 .xlsx、.docx 或 .pdf 结尾，没有生成文件。".to_owned()
        })?;
        let time = environment.now().datetime();
        let listing = listing(document, &found.lines, &found.states, time);
        let typesetter = Typesetter::new();
        let bytes = made(&listing, form, time, Face::default(), || &typesetter)?;
        let written = environment.saver().write_new(out, &bytes);
        written.map_err(|error| one_line(&error.to_string()))?;
    }
    let is_sound = found.states.values().all(State::is_sound);
    let mut text = match arguments.format {
        Format::Json => json(&output(document, &found)),
        Format::Text => as_text(document, &found),
    };
    if let (Some(out), Format::Text) = (&arguments.out, arguments.format) {
        let _ = writeln!(text, "已生成：{}", shown(out));
    }
    Ok((text, if is_sound { CLEAN } else { FINDINGS }))
}

/// The register for programs.
#[derive(Serialize)]
struct Output {
    projects: Vec<OfProject>,
    files: Vec<File>,
}

/// How complete a project's register is.
#[derive(Serialize)]
struct OfProject {
    project: String,
    wanted: usize,
    with: usize,
    without: Vec<String>,
}

/// A file for programs.
#[derive(Serialize)]
struct File {
    project: String,
    indicator: Option<String>,
    title: String,
    file: String,
    length: u64,
    sha256: String,
    state: Option<&'static str>,
    reason: Option<String>,
}

fn output(document: &Document, found: &Checked) -> Output {
    let of_project = |project: &Project| {
        let completeness = Completeness::of(project);
        let names = project
            .rows()
            .filter(|view| completeness.without.contains(&view.indicator.id))
            .map(|view| view.indicator.name.clone());
        OfProject {
            project: project.shown_name().to_owned(),
            wanted: completeness.wanted,
            with: completeness.with(),
            without: names.collect(),
        }
    };
    let of_file = |line: &Line| {
        let state = found.states.get(&line.evidence.id);
        File {
            project: line.project_name.clone(),
            indicator: line.indicator.clone(),
            title: line.title().to_owned(),
            file: line.evidence.file.clone(),
            length: line.evidence.length,
            sha256: line.evidence.hash.clone(),
            state: state.map(key),
            reason: match state {
                Some(State::Unreadable(reason)) => Some(reason.clone()),
                _ => None,
            },
        }
    };
    Output {
        projects: document
            .projects
            .iter()
            .map(|one| of_project(one))
            .collect(),
        files: found.lines.iter().map(of_file).collect(),
    }
}

fn key(state: &State) -> &'static str {
    match state {
        State::Present => "present",
        State::Changed => "changed",
        State::Missing => "missing",
        State::Unregistered => "unregistered",
        State::Unreadable(_) => "unreadable",
    }
}

fn as_text(document: &Document, found: &Checked) -> String {
    let mut text = String::new();
    for project in document.projects.iter() {
        let _ = writeln!(
            text,
            "{}：{}",
            one_line(project.shown_name()),
            Completeness::of(project).in_words()
        );
        for line in found.lines.iter().filter(|line| line.project == project.id) {
            let indicator = line.indicator.as_deref().unwrap_or("整个项目");
            let size = match line.evidence.hash.is_empty() {
                true => String::new(),
                false => format!("  {}", size_in_words(line.evidence.length)),
            };
            let state = match found.states.get(&line.evidence.id) {
                Some(State::Unreadable(reason)) => format!("  读不出来（{reason}）"),
                Some(state) => format!("  {state}"),
                None => String::new(),
            };
            let _ = writeln!(
                text,
                "    {} · {}  {}{size}{state}",
                one_line(indicator),
                one_line(line.title()),
                one_line(&line.evidence.file)
            );
        }
    }
    let count = |wanted: &State| {
        found
            .states
            .values()
            .filter(|state| *state == wanted)
            .count()
    };
    let _ = write!(text, "共 {} 份材料", found.lines.len());
    if !found.states.is_empty() {
        let sound = found
            .states
            .values()
            .filter(|state| state.is_sound())
            .count();
        let _ = write!(
            text,
            "，在 {sound} 份，已改动 {} 份，找不到 {} 份",
            count(&State::Changed),
            count(&State::Missing)
        );
    }
    text.push('\n');
    text
}
