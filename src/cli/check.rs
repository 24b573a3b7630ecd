//! `check`: the findings of one or more files.

use std::{fmt::Write as _, sync::Arc};

use serde::Serialize;

use super::workspace::OpenFile;
use crate::{
    model::{document::Document, edition::Edition, policy::Severity, project::Project},
    rules::{
        checker::{ProjectFindings, check_project, verdict},
        finding::{Finding, Mend},
    },
};

/// The findings of one project of one file.
pub struct Checked {
    file: String,
    project: Arc<Project>,
    edition: Arc<Edition>,
    found: ProjectFindings,
}

/// Checks the projects of a file whose names contain `filter`.
pub fn check_file(file: &OpenFile, filter: Option<&str>, today: jiff::civil::Date) -> Vec<Checked> {
    chosen(&file.document, filter)
        .map(|project| {
            let edition = file.edition_of(project);
            Checked {
                file: file.name.clone(),
                found: check_project(project, &edition, today),
                project: Arc::clone(project),
                edition,
            }
        })
        .collect()
}

/// The projects whose names contain `filter`.
pub fn chosen<'d>(
    document: &'d Document,
    filter: Option<&'d str>,
) -> impl Iterator<Item = &'d Arc<Project>> {
    document
        .projects
        .iter()
        .filter(move |project| filter.is_none_or(|filter| project.name().contains(filter)))
}

/// Whether any finding that still counts is at or above `level`.
pub fn reaches(checked: &[Checked], level: Severity) -> bool {
    checked
        .iter()
        .flat_map(|checked| &checked.found.findings)
        .any(|finding| finding.explained.is_none() && finding.level >= level)
}

/// The findings as text for people.
pub fn as_text(checked: &[Checked]) -> String {
    let mut text = String::new();
    for one in checked {
        write_project(&mut text, one);
    }
    if checked.len() > 1 {
        let blocking = checked.iter().map(|one| one.found.blocking()).sum();
        let _ = writeln!(text, "共 {} 个项目，{}。", checked.len(), verdict(blocking));
    }
    text
}

fn write_project(text: &mut String, one: &Checked) {
    let found = &one.found;
    let name = match one.project.name() {
        "" => "（未填写项目名称）",
        name => name,
    };
    let _ = writeln!(
        text,
        "{name}  {}  {}\n错误 {} · 警告 {} · 提示 {}    {}\n",
        one.edition.name,
        one.file,
        found.count(Severity::Error),
        found.count(Severity::Warning),
        found.count(Severity::Hint),
        verdict(found.blocking()),
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
        let _ = writeln!(text, "—— 以下涉及批复内容，本次不改，记入下年度或办理调整 ——\n");
    }
    for finding in approved {
        write_finding(text, one, finding);
    }
    let explained = found.findings.iter().filter(|finding| finding.explained.is_some()).count();
    if explained > 0 {
        let _ = writeln!(text, "另有 {explained} 处已填写核实说明。\n");
    }
}

fn write_finding(text: &mut String, one: &Checked, finding: &Finding) {
    let place = finding.at.in_words(&one.project, &one.edition);
    let _ = writeln!(
        text,
        "[{}] {}  {place}\n    {}\n    {}\n",
        finding.level,
        finding.rule.code,
        finding.message,
        finding.hint
    );
}

/// The findings for programs.
#[derive(Serialize)]
pub struct CheckOutput<'a> {
    verdict: String,
    blocking: usize,
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
    verdict: String,
    blocking: usize,
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

/// Puts the findings into the shape for programs.
pub fn as_json(checked: &[Checked]) -> CheckOutput<'_> {
    let count = |one: &Checked| Counts {
        error: one.found.count(Severity::Error),
        warning: one.found.count(Severity::Warning),
        hint: one.found.count(Severity::Hint),
    };
    let sum = |level| checked.iter().map(|one| one.found.count(level)).sum();
    let blocking = checked.iter().map(|one| one.found.blocking()).sum();
    CheckOutput {
        verdict: verdict(blocking),
        blocking,
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
                edition: &one.edition.id,
                verdict: verdict(one.found.blocking()),
                blocking: one.found.blocking(),
                counts: count(one),
            })
            .collect(),
        findings: checked.iter().flat_map(findings_of).collect(),
    }
}

fn findings_of(one: &Checked) -> impl Iterator<Item = FindingOutput<'_>> {
    one.found.findings.iter().map(|finding| FindingOutput {
        file: &one.file,
        project: one.project.name(),
        finding,
        place: finding.at.in_words(&one.project, &one.edition),
        places: finding
            .cells
            .iter()
            .map(|cell| cell.in_words(&one.project, &one.edition))
            .collect(),
    })
}
