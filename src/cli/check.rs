//! `check`: the findings of one or more files.

use std::{fmt::Write as _, sync::Arc};

use serde::Serialize;

use super::{one_line::one_line, workspace::OpenFile};
use crate::{
    model::{edition::Edition, policy::Severity, project::Project},
    rules::{
        checker::{ProjectFindings, Verdict},
        finding::{Finding, Mend},
        profile::{InForce, Named},
    },
};

/// The findings of one project of one file.
pub struct Checked {
    file: String,
    project: Arc<Project>,
    /// None where the edition is not at hand; there are no findings then.
    edition: Option<Arc<Edition>>,
    found: Arc<ProjectFindings>,
}

impl Checked {
    /// Whether the project was checked at all.
    pub fn is_checked(&self) -> bool {
        self.found.is_checked()
    }

    fn verdict(&self) -> Verdict {
        Verdict::of([&*self.found])
    }

    fn edition_name(&self) -> &str {
        match &self.edition {
            Some(edition) => &edition.name,
            None => &self.project.edition.id,
        }
    }
}

/// The findings of the projects of a file whose names contain `filter`; perhaps none.
pub fn check_projects(
    file: &mut OpenFile,
    filter: Option<&str>,
    in_force: &InForce,
) -> Vec<Checked> {
    file.judge_by(in_force);
    let chosen: Vec<Arc<Project>> = file.matching(filter).into_iter().cloned().collect();
    let findings = file.findings().to_vec();
    let found_in = |project: &Project| findings.iter().find(|found| found.project == project.id);
    chosen
        .into_iter()
        .filter_map(|project| {
            Some(Checked {
                file: file.name(),
                edition: file.edition_of(&project),
                found: Arc::clone(found_in(&project)?),
                project,
            })
        })
        .collect()
}

/// Whether any finding that still counts is at or above `level`.
pub fn reaches(checked: &[Checked], level: Severity) -> bool {
    checked
        .iter()
        .flat_map(|checked| &checked.found.findings)
        .any(|finding| finding.explained.is_none() && finding.level >= level)
}

/// The findings as text for people, the verdict in the last line. `unread` files could not be read.
pub fn as_text(checked: &[Checked], unread: usize, in_force: &InForce) -> String {
    let mut text = String::new();
    if let Some(words) = in_force.in_words() {
        let _ = writeln!(text, "{}\n", one_line(&words));
    }
    for one in checked {
        write_project(&mut text, one);
    }
    let verdict = verdict_of(checked);
    let _ = match (checked.len(), unread) {
        (0, _) => Ok(()),
        (1, 0) => writeln!(text, "结论：{verdict}"),
        (count, 0) => writeln!(text, "共 {count} 个项目，结论：{verdict}"),
        (count, unread) => writeln!(
            text,
            "共 {count} 个项目，结论：{verdict}；另有 {unread} 个文件没有读出，未校验"
        ),
    };
    text
}

fn verdict_of(checked: &[Checked]) -> Verdict {
    Verdict::of(checked.iter().map(|one| &*one.found))
}

fn write_project(text: &mut String, one: &Checked) {
    let found = &one.found;
    let _ = writeln!(
        text,
        "{}  {}  {}\n错误 {} · 警告 {} · 提示 {}    {}\n",
        one_line(one.project.shown_name()),
        one_line(one.edition_name()),
        one_line(&one.file),
        found.count(Severity::Error),
        found.count(Severity::Warning),
        found.count(Severity::Hint),
        one.verdict(),
    );
    let (approved, now): (Vec<_>, Vec<_>) = found
        .findings
        .iter()
        .filter(|finding| finding.explained.is_none())
        .partition(|finding| finding.mend == Mend::Approved);
    for finding in now {
        write_finding(text, one, finding);
    }
    if !approved.is_empty() {
        let _ = writeln!(
            text,
            "—— 以下涉及批复内容，本次不改，记入下年度或办理调整 ——\n"
        );
    }
    for finding in approved {
        write_finding(text, one, finding);
    }
    let explained = found
        .findings
        .iter()
        .filter(|finding| finding.explained.is_some())
        .count();
    if explained > 0 {
        let _ = writeln!(text, "另有 {explained} 处已填写核实说明。\n");
    }
}

fn write_finding(text: &mut String, one: &Checked, finding: &Finding) {
    let place = one.edition.as_ref().map_or_else(String::new, |edition| {
        finding.at.in_words(&one.project, edition)
    });
    let _ = writeln!(
        text,
        "[{}] {}  {}\n    {}\n    {}\n",
        finding.level,
        finding.rule.code,
        one_line(&place),
        one_line(&finding.message),
        one_line(&finding.hint)
    );
}

/// The findings for programs.
#[derive(Serialize)]
pub struct CheckOutput<'a> {
    /// 复核口径: by what was checked.
    profile: Named,
    verdict: String,
    blocking: usize,
    /// Errors in approved content, which do not stand against handing in.
    approved: usize,
    /// Projects whose edition is not at hand.
    unchecked: usize,
    /// Files that could not be read.
    unread: usize,
    counts: Counts,
    projects: Vec<ProjectOutput<'a>>,
    findings: Vec<FindingOutput<'a>>,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    hint: usize,
}

#[derive(Serialize)]
struct ProjectOutput<'a> {
    file: &'a str,
    id: String,
    project: &'a str,
    edition: &'a str,
    checked: bool,
    verdict: String,
    blocking: usize,
    /// Codes of the rules that were off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules_off: Vec<&'static str>,
    counts: Counts,
}

#[derive(Serialize)]
struct FindingOutput<'a> {
    file: &'a str,
    project: &'a str,
    #[serde(flatten)]
    finding: &'a Finding,
    place: String,
    places: Vec<String>,
}

/// Puts the findings into the shape for programs; `unread` files could not be read.
pub fn as_json<'a>(checked: &'a [Checked], unread: usize, in_force: &InForce) -> CheckOutput<'a> {
    let count = |one: &Checked| Counts {
        error: one.found.count(Severity::Error),
        warning: one.found.count(Severity::Warning),
        hint: one.found.count(Severity::Hint),
    };
    let sum = |level| checked.iter().map(|one| one.found.count(level)).sum();
    let verdict = verdict_of(checked);
    CheckOutput {
        profile: in_force.named(),
        verdict: match (checked, unread) {
            ([], _) => "未校验".into(),
            (_, 0) => verdict.to_string(),
            _ => format!("{verdict}；另有 {unread} 个文件没有读出，未校验"),
        },
        blocking: verdict.blocking,
        approved: verdict.approved,
        unchecked: verdict.unchecked,
        unread,
        counts: Counts {
            error: sum(Severity::Error),
            warning: sum(Severity::Warning),
            hint: sum(Severity::Hint),
        },
        projects: checked
            .iter()
            .map(|one| ProjectOutput {
                file: &one.file,
                id: one.project.id.to_string(),
                project: one.project.name(),
                edition: &one.project.edition.id,
                checked: one.is_checked(),
                verdict: one.verdict().to_string(),
                blocking: one.found.blocking(),
                rules_off: one.found.judged_by.off().collect(),
                counts: count(one),
            })
            .collect(),
        findings: checked.iter().flat_map(findings_of).collect(),
    }
}

fn findings_of(one: &Checked) -> impl Iterator<Item = FindingOutput<'_>> {
    let findings = one.edition.iter().flat_map(move |edition| {
        let findings = one.found.findings.iter();
        findings.map(move |finding| (finding, edition))
    });
    findings.map(|(finding, edition)| FindingOutput {
        file: &one.file,
        project: one.project.name(),
        finding,
        place: finding.at.in_words(&one.project, edition),
        places: finding
            .cells
            .iter()
            .map(|cell| cell.in_words(&one.project, edition))
            .collect(),
    })
}
