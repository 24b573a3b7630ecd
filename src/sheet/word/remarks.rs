//! What is remarked at the cells of a form: findings, with their numbers in the list, and notes of reviewers.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::{
    super::{
        office::Behind,
        table::{CellAddress, FormSheet, Style},
    },
    document::Remark,
};
use crate::{
    model::{path::Place, project::Note},
    rules::finding::Finding,
};

/// Who remarks what the program found.
const PROGRAM: &str = "绩评校验";

/// What is to be remarked at all forms.
pub(super) struct Remarks<'a> {
    behind: &'a [Behind<'a>],
    /// Which of them are not yet on a form: a copy of a project may stand in a booklet twice.
    left: Vec<bool>,
}

/// What is remarked at the cells of one form.
#[derive(Debug, Default)]
pub(super) struct AtCells(BTreeMap<CellAddress, Vec<Remark>>);

impl<'a> Remarks<'a> {
    /// Those of a review copy; none without findings.
    pub fn of(behind: &'a [Behind<'a>]) -> Self {
        Self {
            behind,
            left: vec![true; behind.len()],
        }
    }

    /// Those at the cells of a form. An appendix has none.
    pub fn at(&mut self, sheet: &FormSheet) -> AtCells {
        let is_form = sheet.cells().any(|(_, cell)| cell.at.is_some());
        let index = self
            .behind
            .iter()
            .zip(&self.left)
            .position(|(one, left)| *left && is_form && Some(one.project.id) == sheet.project);
        let Some(index) = index else {
            return AtCells::default();
        };
        self.left[index] = false;
        AtCells::new(&self.behind[index], sheet)
    }
}

impl AtCells {
    fn new(behind: &Behind, sheet: &FormSheet) -> Self {
        let Some(found) = behind.findings else {
            return Self::default();
        };
        let cells = sheet.index();
        let title = sheet
            .cells()
            .find(|(_, cell)| cell.style == Style::Title)
            .map(|(address, _)| address);
        let mut remarks = Self::default();
        let mut add = |place: &Place, remark: Remark| {
            // What is about a field that is printed nowhere is about the form as a whole.
            if let Some(cell) = cells.find(place).or(title) {
                remarks.0.entry(cell).or_default().push(remark);
            }
        };
        for (number, finding) in (1..).zip(&found.findings) {
            add(&finding.at.place, of_finding(number, finding));
        }
        for note in behind.project.notes.iter() {
            add(&note.at.place, of_note(note));
        }
        remarks
    }

    /// Those at a cell.
    pub fn of(&self, cell: CellAddress) -> Vec<Remark> {
        self.0.get(&cell).cloned().unwrap_or_default()
    }
}

fn of_finding(number: usize, finding: &Finding) -> Remark {
    let mut text = format!(
        "{number}. {}（{}）：{}\n建议：{}",
        finding.level, finding.rule.code, finding.message, finding.hint
    );
    if let Some(explanation) = &finding.explained {
        text.push_str("\n核实说明：");
        text.push_str(explanation);
    }
    Remark {
        author: PROGRAM.to_owned(),
        time: None,
        text,
    }
}

fn of_note(note: &Note) -> Remark {
    let dealt_with = if note.resolved { "（已处理）" } else { "" };
    let mut text = format!("{}：{}{dealt_with}", note.kind, &*note.text);
    for reply in note.replies.iter() {
        text.push_str(&format!("\n回复（{}）：{}", reply.signed(), &*reply.text));
    }
    Remark {
        author: match note.author.trim() {
            "" => "审核人".to_owned(),
            author => author.to_owned(),
        },
        time: DateTime::strptime("%Y-%m-%d %H:%M", &note.time).ok(),
        text,
    }
}
