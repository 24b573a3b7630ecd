//! `versions`: what was kept of a file before each save, and getting one of them back as a file of its own.

use clap::Args;
use std::path::PathBuf;
use std::{fmt::Write as _, path::Path, sync::Arc};

use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS, arguments::Format, json, one_line::one_line, workspace::Workspace,
};
use crate::{
    model::document::Document,
    session::{
        session::Session,
        versions::{FileVersions, Look, Version},
    },
    store::error::shown,
};

/// Arguments of `versions`.
#[derive(Debug, Args)]
pub struct VersionsArguments {
    /// 文件；改名、移动、另存之前的版本也列出
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: PathBuf,
    /// 取出这一个版本，序号见清单，1 为最近
    #[arg(long, value_name = "序号", requires = "out", help_heading = "选项")]
    pub restore: Option<usize>,
    /// 取出的版本写到这里；已有的文件不覆盖
    #[arg(
        short,
        long,
        value_name = "输出",
        requires = "restore",
        help_heading = "选项"
    )]
    pub out: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Does what is asked for. Ends with 1 where nothing is kept of the file.
pub fn answer(arguments: &VersionsArguments) -> Answer {
    let workspace = Workspace::new();
    let environment = workspace.shared();
    let versions = FileVersions::of_file(Arc::clone(environment), &arguments.file);
    let list = versions
        .list()
        .map_err(|error| one_line(&error.to_string()))?;
    if let (Some(number), Some(out)) = (arguments.restore, &arguments.out) {
        return take_out(&workspace, &versions, &list, number, out);
    }
    // A file that cannot be opened may have versions all the same.
    let present = Session::open(Arc::clone(environment), &arguments.file).ok();
    let present = present.map(|session| Arc::clone(session.document()));
    let told: Vec<Output<'_>> = list
        .iter()
        .enumerate()
        .map(|(index, version)| Output::new(index, version, &versions, present.as_deref()))
        .collect();
    let code = if told.is_empty() { FINDINGS } else { CLEAN };
    Ok(match arguments.format {
        Format::Text => (as_text(&told), code),
        Format::Json => (json(&told), code),
    })
}

fn take_out(
    workspace: &Workspace,
    versions: &FileVersions,
    list: &[Version],
    number: usize,
    out: &Path,
) -> Answer {
    let version = number.checked_sub(1).and_then(|index| list.get(index));
    let version = version.ok_or_else(|| match list.len() {
        0 => "这份文件没有留下版本，没有写入文件。".to_owned(),
        count => format!("没有第 {number} 个版本，没有写入文件。序号为 1 到 {count}，1 为最近。"),
    })?;
    let said = |error: &dyn std::fmt::Display| one_line(&error.to_string());
    let bytes = versions.bytes(version).map_err(|error| said(&error))?;
    let written = workspace.environment().saver().write_new(out, &bytes);
    written.map_err(|error| said(&error))?;
    let time = version.time();
    let text = format!("已取出 {time} 之前的版本：{}\n", shown(out));
    Ok((text, CLEAN))
}

/// A version for programs.
#[derive(Serialize)]
struct Output<'v> {
    number: usize,
    until: String,
    bytes: u64,
    usable: bool,
    projects: usize,
    difference: String,
    backup: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'v Path>,
}

impl<'v> Output<'v> {
    fn new(
        index: usize,
        version: &'v Version,
        versions: &FileVersions,
        present: Option<&Document>,
    ) -> Self {
        let Look {
            words,
            is_whole,
            projects,
        } = versions.look(version, present);
        Self {
            number: index + 1,
            until: version.time(),
            bytes: version.size,
            usable: is_whole,
            projects,
            difference: words,
            backup: shown(&version.backup.path),
            was: version.was.as_deref(),
        }
    }
}

fn as_text(versions: &[Output<'_>]) -> String {
    let mut text = String::new();
    for version in versions {
        let was = version
            .was
            .map(|was| format!("（当时的文件：{}）", shown(was)));
        let line = format!(
            "{:>3}  {} 之前  {} KB  {}{}",
            version.number,
            version.until,
            version.bytes.div_ceil(1024),
            version.difference,
            was.unwrap_or_default()
        );
        let _ = writeln!(text, "{}", one_line(&line));
    }
    let _ = match versions.len() {
        0 => writeln!(text, "还没有历史版本。文件再次保存时，会留下保存前的内容。"),
        count => writeln!(text, "共 {count} 个版本，1 为最近"),
    };
    text
}
