//! `compare`: in what two versions of a file differ.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS, arguments::read_project, json, one_line::one_line,
    workspace::Workspace,
};
use crate::{
    session::{
        comparing::{Compared, NamedState},
        print::failure,
    },
    sheet::{fonts::Face, layout::Typesetter},
    versions::compare::{Kind, Line, passages::excerpts},
};

/// What it ends with, and what stands in its JSON.
pub const HELP: &str = "\
项目、行和单元格按内部标识对应，改名、移动都认得出来。-o、--pdf 已有的文件不会被覆盖，除非加上 --overwrite。
退出码：0 内容相同；1 有改动；2 文件读不出、写不了。
--format json 的内容：
  older、newer  两份文件：name 文件名，time 修改时间
  same          内容是否相同
  summary       changed 有改动的项目数，added、removed 新增、删除的项目数，places 改动处数，beside 项目以外的改动处数
  alike         名称、编码相同而来源不同的项目
  changes       每一处：project 项目标识，project_name，topic（basics、funds、goals、indicators、scores、texts、review、
                records、other），kind（changed 修改、rewritten 只是写法不同、added、removed、moved），place 位置，
                cell 单元格地址（没有的为 null），before、after";

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// 旧文件
    #[arg(value_name = "旧文件", help_heading = "参数")]
    pub older: PathBuf,
    /// 新文件
    #[arg(value_name = "新文件", help_heading = "参数")]
    pub newer: PathBuf,
    /// 只比较名称中含有这些字的项目
    #[arg(long, value_name = "名称", value_parser = read_project, help_heading = "选项")]
    pub project: Option<String>,
    /// 只看内容改动，略去“10”和“10.0”这样只是写法不同的
    #[arg(long, help_heading = "选项")]
    pub content: bool,
    /// 输出格式：text（给人看）、json（给程序用）或 csv（表格）
    #[arg(
        long,
        value_name = "格式",
        value_enum,
        default_value_t = CompareFormat::Text,
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub format: CompareFormat,
    /// 把改动清单写成 .xlsx 或 .csv 文件
    #[arg(short, long, value_name = "清单", help_heading = "选项")]
    pub out: Option<PathBuf>,
    /// 把对照审阅稿写成 PDF：新文件的表，改动处带标记
    #[arg(long, value_name = "对照稿", help_heading = "选项")]
    pub pdf: Option<PathBuf>,
    /// 覆盖已有的文件
    #[arg(long, help_heading = "选项")]
    pub overwrite: bool,
}

/// For people, for programs, for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
    /// CSV for spreadsheets.
    Csv,
}

/// Compares, and writes what is asked for.
pub fn compare_files(arguments: &CompareArguments) -> Answer {
    let list = arguments.out.as_deref().map(ListKind::of).transpose()?;
    let workspace = Workspace::new();
    let state = |path: &Path| {
        let session = workspace.open(path)?.into_session();
        Ok::<_, String>(NamedState::of_file(workspace.environment(), path, &session))
    };
    let (older, newer) = (state(&arguments.older)?, state(&arguments.newer)?);
    let compared = Compared::of(older, newer, workspace.editions());
    let lines: Vec<&Line> = compared
        .lines
        .iter()
        .filter(|line| is_wanted(line, arguments))
        .collect();
    if let Some((kind, path)) = list.zip(arguments.out.as_deref()) {
        let bytes = match kind {
            ListKind::Csv => compared.csv(lines.iter().copied()),
            ListKind::Workbook => compared
                .workbook(lines.iter().copied(), &workspace.environment().now())
                .map_err(|error| one_line(&error.to_string()))?,
        };
        write(&workspace, path, &bytes, arguments.overwrite)?;
    }
    if let Some(path) = &arguments.pdf {
        let now = workspace.environment().now();
        let pdf = compared.pdf(
            lines.iter().copied(),
            &now,
            Face::default(),
            &Typesetter::new(),
        );
        let pdf = pdf.map_err(|error| one_line(&error.to_string()))?;
        write(&workspace, path, &pdf, arguments.overwrite)?;
    }
    let text = match arguments.format {
        CompareFormat::Text => as_text(&compared, &lines),
        CompareFormat::Json => json(&as_json(&compared, &lines)),
        CompareFormat::Csv => {
            let bytes = compared.csv(lines.iter().copied());
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    Ok((text, if lines.is_empty() { CLEAN } else { FINDINGS }))
}

fn is_wanted(line: &Line, arguments: &CompareArguments) -> bool {
    let is_content = !arguments.content || line.kind != Kind::Rewritten;
    let is_named = |name: &String| line.project.is_some() && line.project_name.contains(&**name);
    is_content && arguments.project.as_ref().is_none_or(is_named)
}

/// What a list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ListKind {
    Workbook,
    Csv,
}

impl ListKind {
    /// By the ending of the file's name.
    fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        match ending.to_str() {
            Some("xlsx") => Ok(Self::Workbook),
            Some("csv") => Ok(Self::Csv),
            _ => {
                Err("改动清单只能写成 .xlsx 或 .csv 文件，没有比较。请改 -o 后面的文件名。".into())
            }
        }
    }
}

fn write(workspace: &Workspace, path: &Path, bytes: &[u8], overwrites: bool) -> Result<(), String> {
    let environment = workspace.environment();
    let saver = environment.saver();
    let written = match overwrites {
        true => saver.replace_atomically(path, bytes, &environment.now()),
        false => saver.write_new(path, bytes),
    };
    written.map_err(|error| one_line(&failure::in_words(&error)))?;
    Ok(())
}

fn as_text(compared: &Compared, lines: &[&Line]) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "旧：{}", one_line(&compared.older.in_words()));
    let _ = writeln!(text, "新：{}", one_line(&compared.newer.in_words()));
    if lines.is_empty() {
        text.push_str("内容相同\n");
        return text;
    }
    let _ = writeln!(text, "{}", compared.comparison.summary());
    for sentence in compared.alike_in_words() {
        let _ = writeln!(text, "{}", one_line(&sentence));
    }
    let mut heading = None;
    for line in lines {
        if heading != Some((line.project, &line.project_name)) {
            heading = Some((line.project, &line.project_name));
            let _ = writeln!(text, "\n{}", one_line(&line.project_name));
        }
        let _ = writeln!(text, "  {}　{}", line.kind, one_line(&line.place));
        let (before, after) = excerpts(&line.before, &line.after);
        let _ = writeln!(text, "    {} → {}", shown(&before), shown(&after));
    }
    text
}

fn shown(text: &str) -> String {
    match one_line(text.trim()) {
        text if text.is_empty() => "（空）".to_owned(),
        text => text,
    }
}

#[derive(Serialize)]
struct StateOutput<'a> {
    name: &'a str,
    time: &'a str,
}

#[derive(Serialize)]
struct SummaryOutput {
    changed: usize,
    added: usize,
    removed: usize,
    places: usize,
    beside: usize,
}

#[derive(Serialize)]
struct ChangeOutput<'a> {
    project: Option<String>,
    project_name: &'a str,
    topic: &'static str,
    kind: &'static str,
    place: &'a str,
    cell: Option<String>,
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct Output<'a> {
    older: StateOutput<'a>,
    newer: StateOutput<'a>,
    same: bool,
    summary: SummaryOutput,
    alike: Vec<&'a str>,
    changes: Vec<ChangeOutput<'a>>,
}

fn as_json<'a>(compared: &'a Compared, lines: &[&'a Line]) -> Output<'a> {
    let state = |state: &'a NamedState| StateOutput {
        name: &state.name,
        time: &state.time,
    };
    let summary = compared.comparison.summary();
    let change = |line: &&'a Line| ChangeOutput {
        project: line.project.map(|id| id.to_string()),
        project_name: &line.project_name,
        topic: line.topic.key(),
        kind: line.kind.key(),
        place: &line.place,
        cell: line.at.as_ref().map(ToString::to_string),
        before: &line.before,
        after: &line.after,
    };
    let alike = compared.comparison.alike.iter();
    Output {
        older: state(&compared.older),
        newer: state(&compared.newer),
        same: lines.is_empty(),
        summary: SummaryOutput {
            changed: summary.changed,
            added: summary.added,
            removed: summary.removed,
            places: summary.places,
            beside: summary.beside,
        },
        alike: alike.map(|(project, _)| project.shown_name()).collect(),
        changes: lines.iter().map(change).collect(),
    }
}
