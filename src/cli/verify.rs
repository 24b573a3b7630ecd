//! `verify`: whether closed forms say what they said when they were closed, and what a 内容校验码 from paper belongs to.

use clap::Args;
use std::fmt::Write as _;

use serde::Serialize;

use super::{
    Answer, CLEAN, FINDINGS,
    arguments::{FileArguments, Format},
    json,
    one_line::one_line,
    workspace::Workspace,
};
use crate::{
    model::{content_hash::ContentHash, project::Project, review::StageRecord},
    session::handing_on::{Matched, NOT_A_CODE, NOT_MATCHED, matched},
};

/// What `verify` answers.
pub const HELP: &str = "\
退出码：0 定稿的内容都与定稿时一致，写了 --code 的是现在的内容；1 有不一致；2 文件读不出来，或校验码写法不对。
--format json 的内容：
  projects 每个项目：id、project 项目名称、stage 阶段、content 现在的校验码，closed 定稿的记录（step、time、by、content，
           没有记录的为 null），equal 与定稿时是否一致（不是定稿或没有记录的为 null）
  code     要核对的校验码；matches 它对应的内容：id、project，now 是否现在的内容，step、time 对应哪一步";

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The file.
    #[command(flatten)]
    pub input: FileArguments,
    /// 纸上的内容校验码，例如 3F2A-91C0-77B4-0E15
    #[arg(long, value_name = "校验码", help_heading = "选项")]
    pub code: Option<String>,
    /// 输出格式：text（给人看）或 json（给程序用）
    #[arg(long, value_name = "格式", value_enum, default_value_t = Format::Text, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub format: Format,
}

/// For programs.
#[derive(Serialize)]
struct Output<'a> {
    projects: Vec<ProjectOutput<'a>>,
    code: Option<String>,
    matches: Vec<MatchOutput<'a>>,
}

#[derive(Serialize)]
struct ProjectOutput<'a> {
    id: String,
    project: &'a str,
    stage: String,
    content: String,
    closed: Option<StepOutput<'a>>,
    /// Whether the content is that of the closing; null where it is not closed, or nothing is on record.
    equal: Option<bool>,
}

#[derive(Serialize)]
struct StepOutput<'a> {
    step: String,
    time: &'a str,
    by: &'a str,
    content: &'a str,
}

#[derive(Serialize)]
struct MatchOutput<'a> {
    id: String,
    project: &'a str,
    /// Whether the form says it now.
    now: bool,
    /// The step at which it did; null for what it says now.
    step: Option<String>,
    time: Option<&'a str>,
}

/// Verifies the forms of a file.
pub(super) fn answer(arguments: &VerifyArguments) -> Answer {
    let code = match &arguments.code {
        None => None,
        Some(typed) => Some(ContentHash::read(typed).ok_or(NOT_A_CODE)?),
    };
    let file = Workspace::new().open(&arguments.input.file)?;
    let chosen = file.chosen(arguments.input.project.as_deref())?;
    let is_chosen = |project: &Project| chosen.iter().any(|one| one.id == project.id);
    let mut found = code.map_or_else(Vec::new, |code| matched(file.document(), code));
    found.retain(|found| match found {
        Matched::Now(project) | Matched::Then(project, _) => is_chosen(project),
    });
    let projects: Vec<ProjectOutput<'_>> = chosen.iter().map(|one| of_project(one)).collect();
    let is_sound = projects.iter().all(|one| one.equal != Some(false))
        && (code.is_none() || found.iter().any(|one| matches!(one, Matched::Now(_))));
    let text = match arguments.format {
        Format::Text => as_text(&projects, code, &found),
        Format::Json => json(&Output {
            projects,
            code: code.map(|code| code.to_string()),
            matches: found.iter().map(of_match).collect(),
        }),
    };
    Ok((text, if is_sound { CLEAN } else { FINDINGS }))
}

fn of_project(project: &Project) -> ProjectOutput<'_> {
    let seal = project.seal();
    ProjectOutput {
        id: project.id.to_string(),
        project: project.shown_name(),
        stage: project.stage.to_string(),
        content: project.content_hash().to_string(),
        equal: seal.as_ref().and_then(|seal| seal.holds()),
        closed: seal.and_then(|seal| seal.record).map(of_step),
    }
}

fn of_step(step: &StageRecord) -> StepOutput<'_> {
    StepOutput {
        step: step.called(),
        time: &step.time,
        by: &step.by,
        content: &step.content,
    }
}

fn of_match<'a>(found: &Matched<'a>) -> MatchOutput<'a> {
    let (project, step) = match *found {
        Matched::Now(project) => (project, None),
        Matched::Then(project, step) => (project, Some(step)),
    };
    MatchOutput {
        id: project.id.to_string(),
        project: project.shown_name(),
        now: step.is_none(),
        step: step.map(StageRecord::called),
        time: step.map(|step| step.time.as_str()),
    }
}

fn as_text(
    projects: &[ProjectOutput<'_>],
    code: Option<ContentHash>,
    found: &[Matched<'_>],
) -> String {
    let mut text = String::new();
    for one in projects {
        let name = one_line(one.project);
        let _ = writeln!(
            text,
            "{name}  {}\n    内容校验码 {}",
            one.stage, one.content
        );
        if let Some(closed) = &one.closed {
            let verdict = match one.equal {
                Some(true) => "一致".to_owned(),
                Some(false) => format!("不一致，当时是 {}", one_line(closed.content)),
                None => "没有记录校验码".to_owned(),
            };
            let (time, step, by) = (one_line(closed.time), &closed.step, one_line(closed.by));
            let by = if by.is_empty() { "未署名" } else { &by };
            let _ = writeln!(text, "    与 {time} {step}（{by}）时：{verdict}");
        }
    }
    if let Some(code) = code {
        let _ = writeln!(text, "\n核对 {code}");
        for one in found {
            let _ = writeln!(text, "    {}", one_line(&one.to_string()));
        }
        if found.is_empty() {
            let _ = writeln!(text, "    {NOT_MATCHED}");
        }
    }
    text
}
