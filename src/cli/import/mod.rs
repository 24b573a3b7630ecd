//! `import`: other people's files become a document, with a report on every cell.

mod listing;
mod output;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    Answer, FINDINGS, UNREADABLE,
    arguments::Format,
    json,
    one_line::one_line,
    print,
    workspace::{Workspace, tell},
};
use crate::{
    exchange::{
        recognise::{Recognised, Wishes},
        report::{Entry, Report},
        step::{self},
    },
    model::project::EditionRef,
    session::{
        import::{self, Gathered, Progress, Source},
        saving::SaveEnd,
        session::Session,
    },
    store::error::shown,
};

/// What `import` prints, for programs.
pub const HELP: &str = "\
没有写 -o 时只列出结果，不生成文件。已有的文件不会被覆盖。
退出码：0 全部读入；1 有推测、未导入或跳过的内容；2 有文件读不出来，或没有认出自评表而没有生成文件。
--format json 的内容：
  files    每个文件：name 文件名，refused 读不出来的原因（读出的为 null），read、cleaned、guessed、ignored 各有几处
  forms    认出的表：file、sheet、cell 位置，kind（self_evaluation 自评表、targets 目标申报表或批复表），project、year、
           edition、edition_name，fit（chosen 指定的、known 已有的、built 按原表生成的），share 与已有表样相符的百分比
  accounts 认出的资金表：file、sheet、cell、rows 行数
  entries  每一格：fate（read、cleaned、guessed、ignored），sure 把握（百分比，只有 guessed 有），file、sheet、cell、text、
           field 填入的栏目，target 填入的位置，note 说明
  passed_over 没有查看的文件和文件夹；written 生成的文件，没有生成的为 null";

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// 要导入的文件或文件夹，可以写多个
    #[arg(value_name = "文件或文件夹", required = true, help_heading = "参数")]
    pub inputs: Vec<PathBuf>,
    /// 生成的文件（*.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    pub out: Option<PathBuf>,
    /// 全部按这个表样导入，见 editions 命令；不写时自动选择
    #[arg(long, value_name = "表样", help_heading = "选项")]
    pub edition: Option<String>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// What came of an import.
struct Outcome {
    gathered: Gathered,
    recognised: Recognised,
    /// What became of every cell, in the order of the files.
    report: Report,
    /// The file that was written.
    written: Option<String>,
}

/// Reads the files, writes the document if one is asked for, and reports.
pub fn import_files(arguments: &ImportArguments) -> Answer {
    let workspace = Workspace::new();
    let wishes = wishes(&workspace, arguments)?;
    let source = Source::Paths(arguments.inputs.clone());
    let environment = workspace.environment();
    let gathered = import::gather(environment, &source, &Progress::default());
    for passed_over in &gathered.passed_over {
        tell(passed_over);
    }
    if gathered.files.is_empty() {
        return Err(
            "没有找到可以导入的文件，没有生成文件。请确认文件夹中有表格、文档、PDF 或文本。".into(),
        );
    }
    let recognised = import::recognise(environment, workspace.editions(), &gathered, &wishes);
    let mut session = workspace.empty();
    let taking = step::proposed(session.document(), &recognised);
    let taken = import::take(&mut session, &gathered, &recognised, &taking, None)
        .map_err(|refusal| refusal.to_string())?;
    let mut entries: Vec<Entry> = gathered.entries(&recognised).cloned().collect();
    entries.extend(taken.entries);
    entries.sort_by(|one, other| one.source.cmp(&other.source));

    let mut problems: Vec<String> = gathered
        .refused
        .iter()
        .map(|(file, why)| {
            let name = gathered.files.get(*file).map_or("", |file| &*file.name);
            one_line(&format!("{name}：{why}"))
        })
        .collect();
    let mut written = None;
    if let Some(out) = &arguments.out {
        match write(&mut session, out) {
            Ok(name) => written = Some(name),
            Err(problem) => problems.push(problem),
        }
    }
    let outcome = Outcome {
        gathered,
        recognised,
        report: Report { entries },
        written,
    };
    let text = match arguments.format {
        Format::Text => listing::as_text(&outcome),
        Format::Json => json(&output::as_json(&outcome)),
    };
    if !problems.is_empty() {
        print(&text)?;
        return Err(problems.join("\n"));
    }
    Ok((text, outcome.exit_code()))
}

/// The edition that was asked for must be there.
fn wishes(workspace: &Workspace, arguments: &ImportArguments) -> Result<Wishes, String> {
    if let Some(id) = &arguments.edition {
        let reference = EditionRef {
            id: id.clone(),
            hash: String::new(),
            unknown: Default::default(),
        };
        if workspace.editions().get(&reference).is_none() {
            return Err(format!(
                "没有编号为“{}”的表样，没有导入任何内容。可用的表样见 jiping-cli editions",
                one_line(id)
            ));
        }
    }
    Ok(Wishes {
        edition: arguments.edition.clone(),
        ..Wishes::default()
    })
}

/// Writes the document. One without projects is not written: whoever goes on with it would find nothing.
fn write(session: &mut Session, out: &Path) -> Result<String, String> {
    if session.document().projects.is_empty() {
        return Err("没有认出自评表，没有生成文件。请确认选对了文件；表格特殊的，可以在窗口中导入并指定各列的用途。".into());
    }
    match session.save_as(out) {
        Ok(SaveEnd::Saved(warnings)) => {
            warnings
                .iter()
                .for_each(|warning| tell(&warning.to_string()));
            Ok(shown(out))
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(one_line(&conflict.to_string())),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

impl Outcome {
    fn exit_code(&self) -> u8 {
        let is_empty = self.recognised.forms.is_empty() && self.recognised.accounts.is_empty();
        let has_missed = is_empty || !self.gathered.passed_over.is_empty();
        let least = if has_missed { FINDINGS } else { 0 };
        self.report.exit_code().max(least).min(UNREADABLE)
    }
}
