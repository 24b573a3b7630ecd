//! `split` and `join`: a file for each project, and several files as one.

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use serde_json::json;

use super::{Answer, CLEAN, FINDINGS, arguments::Format, merge::save, workspace::Workspace};
use crate::{
    model::document::Document,
    session::splitting::PATTERN,
    store::error::shown,
    versions::{merge::Merge, parts::join},
};

/// What is told beneath the options of `split`.
pub(super) const SPLIT_HELP: &str = "\
每个文件保留项目原来的标识，填好后可以用 merge 或 join 合并回来。
已有的文件不会被覆盖：有同名文件的，一个也不生成。
退出码：0 全部生成；2 没有生成，或有文件写不了。";

/// What is told beneath the options of `join`.
pub(super) const JOIN_HELP: &str = "\
同一项目出现在几个文件中的合成一个，内容不同之处按排在前面的文件，并逐处列出。原文件不改动，已有的文件不会被覆盖。
退出码：0 已并成一个文件；1 已并成一个文件，有内容不同之处；2 文件读不出、写不了。";

/// Arguments of `split`.
#[derive(Debug, Args)]
pub(super) struct SplitArguments {
    /// 要拆分的文件
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(super) file: PathBuf,
    /// 文件名，可以写 {name} 项目名称、{year} 年度、{file} 源文件名和序号；不写时为序号加项目名称
    #[arg(long, value_name = "文件名", default_value = PATTERN, hide_default_value = true, help_heading = "选项")]
    pub(super) name: String,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub(super) format: Format,
    /// 放到哪个文件夹
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    pub(super) out: PathBuf,
}

/// Arguments of `join`.
#[derive(Debug, Args)]
pub(super) struct JoinArguments {
    /// 要并在一起的文件
    #[arg(value_name = "文件", required = true, help_heading = "参数")]
    pub(super) files: Vec<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub(super) format: Format,
    /// 生成的文件（*.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub(super) out: PathBuf,
}

/// Writes a file for each project.
///
/// # Errors
///
/// Why not all were written, in words.
pub(super) fn split_file(arguments: &SplitArguments) -> Answer {
    let workspace = Workspace::new();
    let session = workspace.open(&arguments.file)?.into_session();
    let order = session.split_order(&arguments.out, &arguments.name)?;
    let end = order.run(workspace.environment());
    let written: Vec<String> = end.written.iter().map(|path| shown(path)).collect();
    let text = match arguments.format {
        Format::Json => super::json(&json!({ "written": written })),
        Format::Text => {
            let mut text = format!("已拆分为 {} 个文件\n", written.len());
            written
                .iter()
                .for_each(|path| text.push_str(&format!("  {path}\n")));
            text
        }
    };
    match end.problems.is_empty() {
        true => Ok((text, CLEAN)),
        false => {
            if !written.is_empty() {
                super::print(&text)?;
            }
            Err(end.problems.join("\n"))
        }
    }
}

/// Writes one file with the projects of all.
///
/// # Errors
///
/// Why nothing was written, in words.
pub(super) fn join_files(arguments: &JoinArguments) -> Answer {
    if arguments.files.contains(&arguments.out) {
        return Err("输出与原文件相同，没有合并。请用 -o 写另一个文件名".into());
    }
    let workspace = Workspace::new();
    let mut sessions = Vec::new();
    for path in &arguments.files {
        sessions.push(workspace.open(path)?.into_session());
    }
    let documents: Vec<Arc<Document>> = sessions
        .iter()
        .map(|session| Arc::clone(session.document()))
        .collect();
    let joined = join(&documents, &mut workspace.environment());
    // The first file goes on: what is joined comes from its versions.
    let mut first = sessions.swap_remove(0);
    let ours = Arc::clone(first.document());
    let merge = Merge::new(None, ours, Arc::new(joined.document));
    first
        .edit(&merge.command("并入其他文件的项目"))
        .map_err(|refusal| refusal.to_string())?;
    save(&mut first, &arguments.out)?;
    let editions = |project: &_| first.editions().of(project);
    let clashes: Vec<(String, String, String)> = joined
        .clashes
        .iter()
        .flat_map(|merge| {
            let told = |item: &crate::versions::merge::Item| {
                let words = merge.words(item, &editions);
                (words, item.mine.clone(), item.theirs.clone())
            };
            merge.conflicts().map(told).collect::<Vec<_>>()
        })
        .collect();
    let projects = first.document().projects.len();
    let code = if clashes.is_empty() { CLEAN } else { FINDINGS };
    let text = match arguments.format {
        Format::Json => {
            let clash = |(words, kept, other): &(String, String, String)| json!({ "words": words, "kept": kept, "other": other });
            let clashes: Vec<_> = clashes.iter().map(clash).collect();
            super::json(&json!({
                "projects": projects,
                "written": shown(&arguments.out),
                "clashes": clashes,
            }))
        }
        Format::Text => {
            let out = shown(&arguments.out);
            let mut text = format!("已并成一个文件，共 {projects} 个项目，存为 {out}\n");
            if !clashes.is_empty() {
                text.push_str(&format!("\n内容不同、按前面文件的（{}）\n", clashes.len()));
            }
            for (words, kept, other) in &clashes {
                let line = format!("{words}：{kept}；后面的文件：{other}");
                text.push_str(&format!("  {}\n", super::one_line::one_line(&line)));
            }
            text
        }
    };
    Ok((text, code))
}
