//! 送审、退回、定稿: what stands against moving a form on, and what is told of closed forms.

use std::fmt;

use super::session::Session;
use crate::{
    model::{
        content_hash::ContentHash, document::Document, policy::Severity, project::Project,
        review::StageRecord,
    },
    rules::checker::{ProjectFindings, Verdict},
};

/// The rule of what was left of a template: its words, and blanks 【…】.
const REMAINS: &str = "H08";

/// What stands against handing a form on. None of it prevents it: the person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Obstacles {
    /// What must be mended before it can be handed in.
    pub errors: usize,
    /// Notes 必须改 that nobody dealt with.
    pub demands: usize,
    /// Blanks 【…】 and words of a template that nobody replaced, where they do not count as errors.
    pub blanks: usize,
    /// 佐证材料 that name no file.
    pub evidence: usize,
    /// Whether the form could not be checked.
    pub unchecked: bool,
}

impl Obstacles {
    /// Of a project with what was found in it.
    pub fn of(project: &Project, findings: &ProjectFindings) -> Self {
        let is_missing = |file: &str| file.trim().is_empty();
        let remains = findings.findings.iter().filter(|finding| {
            finding.rule.code == REMAINS
                && finding.explained.is_none()
                && finding.level != Severity::Error
        });
        Self {
            errors: Verdict::of([findings]).blocking,
            demands: project.open_demands(),
            blanks: remains.count(),
            evidence: project
                .evidence
                .iter()
                .filter(|one| is_missing(&one.file))
                .count(),
            unchecked: !findings.is_checked(),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for Obstacles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = [
            (self.errors, "处必须修改的错误"),
            (self.demands, "条“必须改”的意见没有处理"),
            (self.blanks, "处【】或模板文字没有填写"),
            (self.evidence, "份佐证材料没有文件"),
        ];
        let mut parts: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{count} {words}"))
            .collect();
        if self.unchecked {
            parts.push("缺少表样，没有校验".to_owned());
        }
        f.write_str(&parts.join("，"))
    }
}

impl Session {
    /// What a person should know of closed forms, one sentence each: of those that no longer say what they said when they were
    /// closed.
    pub(super) fn broken_seals(&self) -> Vec<String> {
        let projects = self.document().projects.iter();
        projects
            .filter_map(|project| broken_seal(project))
            .collect()
    }
}

/// What is wrong with the seal of a project, where something is.
pub fn broken_seal(project: &Project) -> Option<String> {
    let seal = project.seal()?;
    let record = seal.record.filter(|_| seal.holds() == Some(false))?;
    Some(format!(
        "“{}”在 {} {}后内容有改动：当时的校验码是 {}，现在是 {}。请核对后再用；确需修改的，先“重新打开”并写明原因。",
        project.shown_name(),
        record.day(),
        record.to,
        record.content,
        seal.now,
    ))
}

/// What a 内容校验码 from paper belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Matched<'a> {
    /// The form as it is now.
    Now(&'a Project),
    /// The form as it was at the end of a step, and is no more.
    Then(&'a Project, &'a StageRecord),
}

/// Everything in a document that a 内容校验码 belongs to: forms as they are now first.
pub fn matched(document: &Document, code: ContentHash) -> Vec<Matched<'_>> {
    let projects = || document.projects.iter();
    let now = projects().filter(|project| project.content_hash() == code);
    let mut all: Vec<Matched<'_>> = now.map(|project| Matched::Now(project)).collect();
    for project in projects().filter(|project| project.content_hash() != code) {
        // The latest step says it best.
        let step = project.stages.iter().rev();
        let mut step = step.filter(|step| step.is_of(code) == Some(true));
        all.extend(step.next().map(|step| Matched::Then(project, step)));
    }
    all
}

impl fmt::Display for Matched<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now(project) => {
                let (name, stage) = (project.shown_name(), project.stage);
                write!(f, "一致：是“{name}”现在的内容（{stage}）。")
            }
            Self::Then(project, step) => {
                let (name, time, step) = (project.shown_name(), &step.time, step.called());
                write!(
                    f,
                    "不是现在的内容：是“{name}”在 {time} {step}时的内容，后来改过。"
                )
            }
        }
    }
}

/// That a 内容校验码 belongs to nothing in a file.
pub const NOT_MATCHED: &str =
    "不一致：文件中没有这个校验码的内容。请核对抄写是否有误，或者换一份文件再核对。";
/// That something is no 内容校验码.
pub const NOT_A_CODE: &str =
    "这不是内容校验码：应为 16 位数字和字母 A 至 F，例如 3F2A-91C0-77B4-0E15。请照纸上的抄写。";
