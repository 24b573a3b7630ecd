//! The list of contents of a review copy with several projects.

use super::{Imprint, Reviewed};
use crate::{
    model::project::header,
    rules::checker::Verdict,
    sheet::{
        booklet::Reference,
        contents::{self, Column},
        table::{FormSheet, Style},
    },
};

const COLUMNS: [Column; 5] = [
    ("序号", 6, Style::Figure),
    ("项目名称", 34, Style::Text),
    ("实施单位", 26, Style::Text),
    ("自评总分", 10, Style::Figure),
    ("校验结论", 28, Style::Text),
];

/// The list.
pub(super) fn sheet(projects: &[Reviewed], imprint: &Imprint) -> FormSheet {
    let line = format!("{}　共 {} 个项目", imprint.document, projects.len());
    let row = |(number, one): (usize, &Reviewed)| {
        vec![
            number.to_string(),
            one.project.name().to_owned(),
            one.project.header(header::UNIT).to_owned(),
            one.project.stated.total_score.text().to_owned(),
            Verdict::of([one.findings]).to_string(),
        ]
    };
    contents::sheet(line, &COLUMNS, (1..).zip(projects).map(row))
}

/// The pages of the projects, whose first parts these are.
pub(super) fn references(firsts: &[usize]) -> impl Iterator<Item = Reference> {
    contents::references(firsts, COLUMNS.len())
}
