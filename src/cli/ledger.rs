//! `ledger`: the 整改台账: listed, comments added, before and after filled in, the 整改情况反馈表 made.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
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
    edit::{apply::apply, command::EditCommand},
    model::{document::Document, ledger::Rectified, project::Project},
    session::{
        import::Source,
        ledger::{self, Earlier},
        listing::{ListForm, made},
        progress::Progress,
        saving::SaveEnd,
        session::Session,
    },
    sharing::ledger::{EditionOf, changes, place_in_words, sheet, taken},
    sheet::{fonts::Face, layout::Typesetter},
    store::error::shown,
};

/// What stands beneath the help of the command.
pub const HELP: &str = "\
没有写 -o 时只列出，不生成文件；加 --add、--against 时列出的是添加、填写之后的台账。已有的文件不会被覆盖。
退出码：0 全部整改完成（或台账为空）；1 还有未完成的，或有意见没有列入；2 文件读不出、写不了。
--format json 的内容：
  done、all   已整改的条数和总条数
  entries     每一条：number 序号，project 项目，place 位置，comment 审核意见，before 修改前，after 修改后，reply 整改情况，
              by 责任人，date 完成时间，done 是否完成，guessed 项目和位置是否推测，at 单元格地址（没有的为 null）
  notes       读取意见时应当知道的事，每件一句";

/// Arguments of `ledger`.
#[derive(Debug, Args)]
pub struct LedgerArguments {
    /// 绩评文件；本身不会改动
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 添加这些文件中的审核意见（Word、Excel、PDF、文本），可以写多个
    #[arg(long, value_name = "意见", num_args = 1.., help_heading = "选项")]
    add: Vec<PathBuf>,
    /// 对照这份旧版文件，填写空着的修改前、修改后
    #[arg(long, value_name = "旧版", help_heading = "选项")]
    against: Option<PathBuf>,
    /// 生成的文件：整改情况反馈表（.xlsx、.docx、.pdf），或添加意见之后的绩评文件（.jiping）
    #[arg(short, long, value_name = "输出", help_heading = "选项")]
    out: Option<PathBuf>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

/// Does what is asked for.
pub fn answer(arguments: &LedgerArguments) -> Answer {
    let workspace = Workspace::new();
    let environment = workspace.shared();
    let file = workspace.open(&arguments.file)?;
    let editions = |project: &Project| file.edition_of(project);
    let mut document = Arc::clone(file.document());
    let mut commands = Vec::new();
    let (mut notes, mut count) = (Vec::new(), 0);
    let progress = Progress::default();
    if !arguments.add.is_empty() {
        let source = Source::Paths(arguments.add.clone());
        let comments = ledger::comments(environment, &source, &progress);
        let entries = taken(&comments, &document, &editions, &mut &**environment);
        notes.extend(comments.notes);
        count = entries.len();
        let index = usize::MAX;
        commands.push(EditCommand::AddRectifications { entries, index });
        document = changed(&document, commands.last())?;
    }
    if let Some(path) = &arguments.against {
        let which = Earlier::File(path.clone());
        let own = Some(&*arguments.file);
        let earlier = ledger::earlier(environment, &document, own, &which, &progress);
        let (earlier, _) = earlier.map_err(|problem| one_line(&problem))?;
        let filled = changes::filled(&document, &earlier, &editions);
        notes.push(format!("{}。", filled.in_words()));
        commands.extend(filled.command());
        document = changed(&document, commands.last())?;
    }
    if let Some(out) = arguments.out.as_deref().filter(|out| !is_document(out)) {
        write(&workspace, &document, &editions, out)?;
    }
    let Rectified { done, all } = document.rectified();
    let is_lost = !arguments.add.is_empty() && count == 0;
    let code = if done < all || is_lost {
        FINDINGS
    } else {
        CLEAN
    };
    let text = match arguments.format {
        Format::Json => json(&output(&document, &editions, notes)),
        Format::Text => {
            notes.iter().for_each(|note| tell(note));
            as_text(&document, &editions, arguments.out.as_deref())
        }
    };
    if let Some(out) = arguments.out.as_deref().filter(|out| is_document(out)) {
        save(file.into_session(), &commands, out)?;
    }
    Ok((text, code))
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("jiping"))
}

fn changed(
    document: &Arc<Document>,
    command: Option<&EditCommand>,
) -> Result<Arc<Document>, String> {
    let Some(command) = command else {
        return Ok(Arc::clone(document));
    };
    let changed = apply(document, command);
    changed.map(Arc::new).map_err(|refusal| refusal.to_string())
}

/// Saves what was changed under another name.
fn save(mut session: Session, commands: &[EditCommand], out: &Path) -> Result<(), String> {
    for command in commands {
        let made = session.edit(command);
        made.map_err(|refusal| refusal.to_string())?;
    }
    match session.save_as(out) {
        Ok(SaveEnd::Saved(warnings)) => {
            warnings.iter().for_each(|one| tell(&one.to_string()));
            Ok(())
        }
        Ok(SaveEnd::Conflict(conflict)) => Err(one_line(&conflict.to_string())),
        Err(error) => Err(one_line(&error.to_string())),
    }
}

fn write(
    workspace: &Workspace,
    document: &Document,
    editions: EditionOf<'_>,
    out: &Path,
) -> Result<(), String> {
    let environment = workspace.environment();
    let form = ListForm::of_path(out).ok_or_else(|| {
        "输出的文件名须以 .xlsx、.docx、.pdf 或 .jiping 结尾，没有生成文件。".to_owned()
    })?;
    let time = environment.now().datetime();
    let listing = sheet::listing(document, editions, time);
    let typesetter = Typesetter::new();
    let bytes = made(&listing, form, time, Face::default(), || &typesetter)?;
    let written = environment.saver().write_new(out, &bytes);
    written
        .map(drop)
        .map_err(|error| one_line(&error.to_string()))
}

/// The ledger for programs.
#[derive(Serialize)]
struct Output {
    done: usize,
    all: usize,
    entries: Vec<Entry>,
    notes: Vec<String>,
}

/// An entry for programs.
#[derive(Serialize)]
struct Entry {
    number: String,
    project: String,
    place: String,
    comment: String,
    before: String,
    after: String,
    reply: String,
    by: String,
    date: String,
    done: bool,
    guessed: bool,
    at: Option<String>,
}

fn output(document: &Document, editions: EditionOf<'_>, notes: Vec<String>) -> Output {
    let Rectified { done, all } = document.rectified();
    let entries = document.ledger.iter().map(|entry| Entry {
        number: entry.number.clone(),
        project: entry.shown_project(document).to_owned(),
        place: place_in_words(entry, document, editions),
        comment: entry.comment.to_string(),
        before: entry.before.to_string(),
        after: entry.after.to_string(),
        reply: entry.reply.to_string(),
        by: entry.by.clone(),
        date: entry.date.clone(),
        done: entry.done,
        guessed: entry.guessed,
        at: entry.at.as_ref().map(ToString::to_string),
    });
    Output {
        done,
        all,
        entries: entries.collect(),
        notes,
    }
}

fn as_text(document: &Document, editions: EditionOf<'_>, out: Option<&Path>) -> String {
    let mut text = String::new();
    for (entry, index) in document.ledger.iter().zip(1..) {
        let number = match entry.number.trim() {
            "" => index.to_string(),
            number => number.to_owned(),
        };
        let state = if entry.done { "已完成" } else { "未完成" };
        let guessed = if entry.guessed { "（推测）" } else { "" };
        let place = place_in_words(entry, document, editions);
        let project = entry.shown_project(document);
        let _ = writeln!(text, "{number}  {}  {state}", one_line(&entry.comment));
        let facts: Vec<&str> = [project, &place]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .collect();
        if !facts.is_empty() {
            let _ = writeln!(text, "    {}{guessed}", one_line(&facts.join(" · ")));
        }
        if !(entry.before.is_empty() && entry.after.is_empty()) {
            let _ = writeln!(
                text,
                "    {} → {}",
                one_line(&entry.before),
                one_line(&entry.after)
            );
        }
        let told = [("整改情况", &*entry.reply), ("责任人", &entry.by)];
        for (caption, told) in told.into_iter().filter(|(_, told)| !told.is_empty()) {
            let _ = writeln!(text, "    {caption}：{}", one_line(told));
        }
    }
    let Rectified { done, all } = document.rectified();
    let _ = match all {
        0 => writeln!(text, "整改台账是空的"),
        all => writeln!(text, "已整改 {done} / {all}"),
    };
    if let Some(out) = out {
        let _ = writeln!(text, "已生成：{}", shown(out));
    }
    text
}
