//! `library`: the 指标库: finding in it, taking lists and forms into it, handing one's own entries on.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS,
    arguments::Format,
    json,
    one_line::one_line,
    workspace::{Workspace, tell},
};
use crate::{
    library::search::Query,
    model::library::{Entry, levels_in_words},
    session::{
        environment::Environment,
        library::{Fate, HandedOn, Offer, handed_on, offer_of_forms, offer_of_lists, take},
        progress::Progress,
    },
    store::error::shown,
};

/// Arguments of `library`.
#[derive(Debug, Args)]
pub struct LibraryArguments {
    /// 要查找的词，可以写名称、拼音首字母、项目类型和单位；不写时列出全部
    #[arg(value_name = "词", help_heading = "参数")]
    pub words: Vec<String>,
    /// 只列这个项目类型的指标，例如 会议
    #[arg(long, value_name = "项目类型", help_heading = "选项")]
    pub kind: Option<String>,
    /// 只列自建和收录的指标
    #[arg(long, help_heading = "选项")]
    pub own: bool,
    /// 导入指标清单（Excel、CSV）或别人导出的指标库（JSON）
    #[arg(long, value_name = "清单", num_args = 1.., conflicts_with_all = ["words", "kind", "own", "gather", "hand_on"], help_heading = "选项")]
    pub import: Vec<PathBuf>,
    /// 从填好的自评表、目标表中收录指标
    #[arg(long, value_name = "文件或文件夹", num_args = 1.., conflicts_with_all = ["words", "kind", "own", "hand_on"], help_heading = "选项")]
    pub gather: Vec<PathBuf>,
    /// 规则查出问题、又不能自动更正的也收录
    #[arg(long, help_heading = "选项")]
    pub faulty: bool,
    /// 把自建和收录的指标导出成 Excel（.xlsx）或数据文件（.json），交给别人使用
    #[arg(long, value_name = "输出", conflicts_with_all = ["words", "kind", "own"], help_heading = "选项")]
    pub hand_on: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// Does what is asked for.
pub fn answer(arguments: &LibraryArguments) -> Answer {
    let workspace = Workspace::new();
    let environment = workspace.shared();
    if let Some(problem) = environment.library().problem {
        tell(&problem);
    }
    let progress = Progress::default();
    if !arguments.import.is_empty() {
        let offer = offer_of_lists(environment, &arguments.import, &progress);
        taken(environment, &offer, arguments)
    } else if !arguments.gather.is_empty() {
        let shelf = workspace.editions();
        let offer = offer_of_forms(environment, shelf, &arguments.gather, &progress);
        taken(environment, &offer, arguments)
    } else if let Some(out) = &arguments.hand_on {
        hand_on(environment, out)
    } else {
        found(environment, arguments)
    }
}

fn found(environment: &Environment, arguments: &LibraryArguments) -> Answer {
    let index = environment.library().index;
    let words = arguments.words.join(" ");
    let found = index.find(&Query {
        words: &words,
        kind: arguments.kind.as_deref(),
        only_own: arguments.own,
        ..Query::default()
    });
    let items = index.shelf().items();
    let found = found.iter().filter_map(|at| items.get(*at));
    let entries: Vec<&Entry> = found.map(|item| &item.entry).collect();
    let code = if entries.is_empty() { FINDINGS } else { CLEAN };
    let text = match arguments.format {
        Format::Text => as_text(&entries),
        Format::Json => json(&entries.into_iter().map(output).collect::<Vec<_>>()),
    };
    Ok((text, code))
}

/// An entry for programs.
#[derive(Serialize)]
struct Output<'e> {
    name: &'e str,
    section: &'e str,
    group: &'e str,
    comparator: &'e str,
    target: &'e str,
    unit: &'e str,
    measured: &'e str,
    evidence: &'e str,
    kinds: &'e [String],
    remark: &'e str,
    origin: String,
    times_used: usize,
    last_year: Option<i16>,
}

fn output(entry: &Entry) -> Output<'_> {
    Output {
        name: &entry.name,
        section: entry.section_name(),
        group: entry.group_name(),
        comparator: entry.comparator.map_or("", |comparator| comparator.sign()),
        target: &entry.target,
        unit: &entry.unit,
        measured: &entry.measured,
        evidence: &entry.evidence,
        kinds: &entry.kinds,
        remark: &entry.remark,
        origin: entry.origin.to_string(),
        times_used: entry.times_used(),
        last_year: entry.last_year,
    }
}

fn as_text(entries: &[&Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let target = entry.whole_target();
        let name = [&*entry.name, &target].join("  ");
        let _ = writeln!(text, "{}", one_line(name.trim_end()));
        let kinds = entry.kinds.join("、");
        let facts = [&*levels_in_words(entry), &kinds, &entry.origin.to_string()];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let _ = writeln!(text, "    {}", one_line(&facts.join(" · ")));
        for (caption, told) in [
            ("怎样统计", &entry.measured),
            ("佐证材料", &entry.evidence),
            ("备注", &entry.remark),
        ] {
            if !told.is_empty() {
                let _ = writeln!(text, "    {caption}：{}", one_line(told));
            }
        }
        text.push('\n');
    }
    let _ = match entries.len() {
        0 => writeln!(text, "没有找到这样的指标"),
        count => writeln!(text, "共 {count} 条"),
    };
    text
}

/// Takes what is offered, and tells what became of each line.
fn taken(environment: &Environment, offer: &Offer, arguments: &LibraryArguments) -> Answer {
    offer.notes.iter().for_each(|note| tell(note));
    let mut text = String::new();
    for line in &offer.lines {
        let fate = match &line.fate {
            Fate::New => continue,
            Fate::Known => "已有".to_owned(),
            Fate::Doubtful(why) => format!("请核对：{why}"),
            Fate::Refused(why) => format!("没有收录：{why}"),
            Fate::Faulty(faults) => {
                let why: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
                let verb = match (line.is_mended(), arguments.faulty) {
                    (true, _) => "已更正",
                    (false, true) => "有问题，仍收录",
                    (false, false) => "没有收录",
                };
                format!("{verb}：{}", why.join("；"))
            }
        };
        let name = [&*line.place, &*line.entry.name].join(" ");
        let _ = writeln!(text, "{}  {}", one_line(name.trim()), one_line(&fate));
    }
    let said = take(
        environment,
        offer.taken(true, |_, line| arguments.faulty || line.is_sound()),
    )?;
    let _ = writeln!(text, "{said}");
    let left = offer.count(|fate| matches!(fate, Fate::Refused(_)));
    let is_complete = left == 0 && offer.notes.is_empty() && !offer.lines.is_empty();
    Ok((text, if is_complete { CLEAN } else { FINDINGS }))
}

fn hand_on(environment: &Environment, out: &Path) -> Answer {
    let ending = out.extension().unwrap_or_default().to_string_lossy();
    let form = match &*ending.to_ascii_lowercase() {
        "xlsx" => HandedOn::Workbook,
        "json" => HandedOn::Json,
        _ => return Err("输出的文件名须以 .xlsx 或 .json 结尾，没有生成文件。".into()),
    };
    let own = environment.library().own;
    if own.entries.is_empty() {
        return Err(
            "还没有自建或收录的指标，没有生成文件。请先用 --import 或 --gather 收录。".into(),
        );
    }
    let bytes = handed_on(&own, form)?;
    let written = environment.saver().write_new(out, &bytes);
    written.map_err(|error| one_line(&error.to_string()))?;
    let text = format!("已导出 {} 条指标：{}\n", own.entries.len(), shown(out));
    Ok((text, CLEAN))
}
