//! `merge`: two states of one file as one.

use std::{path::PathBuf, sync::Arc};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS,
    arguments::Format,
    json,
    one_line::one_line,
    workspace::{Workspace, tell},
};
use crate::{
    session::{saving::SaveEnd, session::Session},
    store::error::shown,
    versions::merge::{Choice, Item, Key, Merge},
};

/// What is told beneath the options.
pub(super) const HELP: &str = "\
只有一方改过的直接采用；双方都改过的按 --take 处理，不写时保留我的文件中的内容，并逐处列出。
不写 --base 时，在本机的备份中查找双方共同的上一版；找不到的，一方有、另一方没有的视为新增，空白让位于已填内容。
已定稿、已送审的项目不改动，审核意见和复核底稿除外。两个文件都不改动，已有的文件不会被覆盖。
退出码：0 已合并；1 已合并，有没有决定的不一致之处，保留了我的；2 文件读不出、写不了。
--format json 的内容：
  has_base 是否有共同的上一版，written 生成的文件，items 每一处不同：
  key 位置，project 项目，words 位置的说明，matter（text、added、removed、moved、order、stage、form、locked、note_kept），
  clash 不一致的原因（没有不一致的为 null），base、mine、theirs 三方的内容，choice（mine、theirs、both），decided 是否已决定";

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    /// 我的文件
    #[arg(value_name = "我的文件", help_heading = "参数")]
    pub(super) ours: PathBuf,
    /// 对方改过的文件
    #[arg(value_name = "对方的文件", help_heading = "参数")]
    pub(super) theirs: PathBuf,
    /// 双方共同的上一版
    #[arg(long, value_name = "上一版", help_heading = "选项")]
    pub(super) base: Option<PathBuf>,
    /// 双方都改过的怎样处理：mine（保留我的）、theirs（采用对方的）、both（文字两者都要，其余保留我的）
    #[arg(
        long,
        value_name = "谁的",
        value_enum,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub(super) take: Option<Take>,
    /// 列出合并报告：采用了哪些，不一致的怎样处理
    #[arg(long, help_heading = "选项")]
    pub(super) report: bool,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub(super) format: Format,
    /// 生成的文件（*.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub(super) out: PathBuf,
}

/// How conflicts are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Take {
    /// For the own file.
    Mine,
    /// For the other one.
    Theirs,
    /// Both texts where that is possible, else for the own file.
    Both,
}

impl Take {
    fn of(self, item: &Item) -> Choice {
        match self {
            Self::Theirs => Choice::Theirs,
            Self::Both if item.allows_both => Choice::Both,
            Self::Mine | Self::Both => Choice::Mine,
        }
    }
}

/// Writes the merged file and says what was taken.
///
/// # Errors
///
/// Why nothing was merged, in words.
pub(super) fn merge_files(arguments: &MergeArguments) -> Answer {
    if [&arguments.ours, &arguments.theirs].contains(&&arguments.out) {
        return Err("输出与原文件相同，没有合并。请用 -o 写另一个文件名".into());
    }
    let workspace = Workspace::new();
    let mut ours = workspace.open(&arguments.ours)?.into_session();
    let theirs = workspace.open(&arguments.theirs)?.into_session();
    let base = match &arguments.base {
        Some(path) => Some(Arc::clone(workspace.open(path)?.document())),
        None => ours.ancestor_of(theirs.lineage()).map(Arc::new),
    };
    let mut merge = Merge::new(
        base,
        Arc::clone(ours.document()),
        Arc::clone(theirs.document()),
    );
    if let Some(take) = arguments.take {
        let all: Vec<(Key, Choice)> = merge
            .conflicts()
            .map(|item| (item.key.clone(), take.of(item)))
            .collect();
        merge.choose(all);
    }
    let label = format!("合并 {}", shown(&arguments.theirs));
    ours.edit(&merge.command(label))
        .map_err(|refusal| refusal.to_string())?;
    save(&mut ours, &arguments.out)?;
    let code = match merge.undecided() {
        0 => CLEAN,
        _ => FINDINGS,
    };
    let editions = |project: &_| ours.editions().of(project);
    let text = match arguments.format {
        Format::Json => json(&told(&merge, &ours, &arguments.out)),
        Format::Text => {
            let mut text = format!("{}，存为 {}\n", merge.summary(), shown(&arguments.out));
            if arguments.report || code == FINDINGS {
                text.push('\n');
                text.push_str(&merge.report(&editions));
            }
            text
        }
    };
    Ok((text, code))
}

/// Saves to a file that must not exist.
///
/// # Errors
///
/// Why it was not saved, in words.
pub(super) fn save(session: &mut Session, out: &std::path::Path) -> Result<(), String> {
    match session.save_as(out) {
        Ok(SaveEnd::Saved(warnings)) => {
            let warnings = warnings.iter();
            warnings.for_each(|warning| tell(&warning.to_string()));
            Ok(())
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(conflict.to_string()),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

/// A merge as programs read it.
#[derive(Serialize)]
struct Told<'a> {
    has_base: bool,
    written: String,
    items: Vec<ToldItem<'a>>,
}

#[derive(Serialize)]
struct ToldItem<'a> {
    key: String,
    project: Option<&'a str>,
    words: String,
    matter: &'static str,
    clash: Option<&'static str>,
    base: Option<&'a str>,
    mine: &'a str,
    theirs: &'a str,
    choice: &'static str,
    decided: bool,
}

fn told<'a>(merge: &'a Merge, session: &Session, out: &std::path::Path) -> Told<'a> {
    let editions = |project: &_| session.editions().of(project);
    let item = |item: &'a Item| ToldItem {
        key: item.key.to_string(),
        project: merge.project_name(item),
        words: merge.words(item, &editions),
        matter: item.matter.code(),
        clash: item.clash.map(|clash| clash.code()),
        base: item.base.as_deref(),
        mine: &item.mine,
        theirs: &item.theirs,
        choice: match item.choice {
            Choice::Mine => "mine",
            Choice::Theirs => "theirs",
            Choice::Both => "both",
        },
        decided: item.is_decided,
    };
    Told {
        has_base: merge.has_base(),
        written: shown(out),
        items: merge.items().iter().map(item).collect(),
    }
}
