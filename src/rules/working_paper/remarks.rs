//! What the catalogue and the evidence say of the lines: remarks, and the scores that are to stand instead of filed ones.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{
    super::{checker::ProjectFindings, finding::Finding},
    Line,
};
use crate::{
    model::{
        figure::FigureCell,
        id::Id,
        indicator::Indicator,
        path::{CellPath, Place},
        policy::Severity,
        project::Project,
        working_paper::PaperSubject,
    },
    score::ProjectScore,
};

/// Rules that find a score wrong which can be computed.
const WRONG_SCORE: &[&str] = &[
    "B04", "B12", "B19", "C01", "C02", "C03", "C16", "C18", "C19", "S06", "S07", "S08",
];
/// Rules that find the stated execution rate wrong.
pub(super) const WRONG_RATE: &[&str] = &["B03"];
/// A finding about more lines than these is told at the first of them.
const MOST_LINES: usize = 3;

/// What is said of the lines.
pub(super) struct Said<'a> {
    project: &'a Project,
    /// Standing errors and warnings, and those that the unit explained.
    findings: Vec<&'a Finding>,
    /// The findings about each line, as indexes into `findings`.
    by_subject: HashMap<PaperSubject, Vec<usize>>,
    /// How many lines each finding is about.
    counts: Vec<usize>,
    /// The findings about total, total weight and rating.
    totals: Vec<usize>,
    evidence: HashMap<Id<Indicator>, usize>,
}

impl<'a> Said<'a> {
    pub fn of(project: &'a Project, score: &ProjectScore, findings: &'a ProjectFindings) -> Self {
        let execution = score.execution.row.and_then(|row| project.funds.get(row));
        let execution = execution.map(|row| row.id);
        let findings: Vec<&Finding> = findings
            .findings
            .iter()
            .filter(|finding| finding.level != Severity::Hint)
            .collect();
        let mut by_subject: HashMap<PaperSubject, Vec<usize>> = HashMap::new();
        let mut counts = Vec::with_capacity(findings.len());
        let mut totals = Vec::new();
        for (index, finding) in findings.iter().enumerate() {
            let mut subjects: Vec<PaperSubject> = Vec::new();
            for cell in &finding.cells {
                let subject = match cell.place {
                    Place::Indicator(id, _) => PaperSubject::Indicator(id),
                    Place::Group(id, _) => PaperSubject::Group(id),
                    Place::Fund(id, _) if Some(id) == execution => PaperSubject::Execution,
                    _ => continue,
                };
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
            counts.push(subjects.len());
            let is_total = |cell: &CellPath| matches!(cell.place, Place::Stated(_));
            if subjects.is_empty() && finding.cells.iter().any(is_total) {
                totals.push(index);
            }
            let told = if subjects.len() > MOST_LINES {
                1
            } else {
                subjects.len()
            };
            for subject in subjects.into_iter().take(told) {
                by_subject.entry(subject).or_default().push(index);
            }
        }
        let mut evidence = HashMap::new();
        for indicator in project.evidence.iter().filter_map(|one| one.indicator) {
            *evidence.entry(indicator).or_default() += 1;
        }
        Self {
            project,
            findings,
            by_subject,
            counts,
            totals,
            evidence,
        }
    }

    fn about(&self, subject: PaperSubject) -> &[usize] {
        self.by_subject.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// The remark on a line in short: what was found in it, and what proves it. `wants_evidence` says that the line has a
    /// result to be proved.
    pub fn remark(&self, subject: PaperSubject, wants_evidence: bool) -> String {
        let mut parts: Vec<String> = self
            .about(subject)
            .iter()
            .filter_map(|index| self.short(*index))
            .collect();
        parts.dedup();
        if let PaperSubject::Indicator(id) = subject {
            parts.extend(self.proof(id, wants_evidence));
        }
        parts.join("；")
    }

    /// The remark on total, total weight and rating.
    pub fn of_totals(&self) -> String {
        let mut parts: Vec<String> = self
            .totals
            .iter()
            .filter_map(|index| self.short(*index))
            .collect();
        parts.dedup();
        parts.join("；")
    }

    fn short(&self, index: usize) -> Option<String> {
        let finding = self.findings.get(index)?;
        let mut text = finding.rule.name.to_owned();
        match self.counts.get(index) {
            Some(count) if *count > MOST_LINES => text.push_str(&format!("（共{count}行）")),
            _ => {}
        }
        if let Some(explained) = &finding.explained {
            text.push_str(&format!("（单位说明：{explained}）"));
        }
        Some(text)
    }

    /// Where a project registers evidence, what there is for the indicator. Where it registers none, that is no line's fault.
    fn proof(&self, id: Id<Indicator>, is_wanted: bool) -> Option<String> {
        match self.evidence.get(&id) {
            Some(count) => Some(format!("佐证材料{count}份")),
            None if is_wanted && !self.project.evidence.is_empty() => Some("未附佐证材料".into()),
            None => None,
        }
    }

    /// What is to stand in a cell whose filed number is found wrong by one of `rules`: what the finding's own fix says, else
    /// the computed number.
    pub fn instead(
        &self,
        subject: PaperSubject,
        place: &Place,
        rules: &[&str],
        computed: Option<Decimal>,
    ) -> Option<Decimal> {
        let standing = self.about(subject).iter();
        let mut standing = standing
            .filter_map(|index| self.findings.get(*index))
            .filter(|finding| finding.explained.is_none());
        standing.find_map(|finding| {
            let is_here = finding.cells.iter().any(|cell| cell.place == *place);
            if !is_here || !rules.contains(&finding.rule.code) {
                return None;
            }
            let changes = finding.fix.iter().flat_map(|fix| &fix.changes);
            let mut fixed = changes.filter(|change| change.at.place == *place);
            let fixed = fixed.next().map(|change| FigureCell::new(&*change.new));
            fixed.and_then(|cell| cell.number()).or(computed)
        })
    }

    /// As [`Said::instead`], for a score.
    pub fn score_instead(
        &self,
        subject: PaperSubject,
        place: &Place,
        computed: Option<Decimal>,
    ) -> Option<Decimal> {
        self.instead(subject, place, WRONG_SCORE, computed)
    }

    /// How many findings stand in none of these lines.
    pub fn elsewhere(&self, lines: &[Line]) -> usize {
        let mut told = vec![false; self.findings.len()];
        for index in &self.totals {
            told[*index] = true;
        }
        for line in lines {
            for index in self.about(line.subject) {
                told[*index] = true;
            }
        }
        let findings = self.findings.iter().zip(told);
        findings
            .filter(|(finding, told)| !told && finding.explained.is_none())
            .count()
    }
}
