//! The review copy: the form with numbers at the cells that have findings, the findings in full, the notes of reviewers, how
//! every score comes about, and what is on record of adjustments and of the form's way from hand to hand. Several projects become one file with a list of contents.

mod adjustments;
pub mod changes;
mod charts;
mod contents;
mod findings;
mod notes;
mod stages;
mod working;

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use charts::Charts;

use super::{
    booklet::{Booklet, Chip, Mark, Part, Reference, title_of},
    chart::Subject,
    fonts::Face,
    table::{Block, BlockKind, Cell, CellAddress, CellIndex, FULL_WIDTH, FormSheet, Row, Style},
};
use crate::{
    model::{edition::Edition, path::Place, policy::Severity, project::Project},
    rules::checker::ProjectFindings,
};

/// A project with all that a review copy tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// The project.
    pub project: &'a Project,
    /// The edition it is filled in on.
    pub edition: &'a Edition,
    /// What was found in it.
    pub findings: &'a ProjectFindings,
}

/// What a review copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The document's name.
    pub document: String,
    /// Which state of the document this is: two copies with the same revision say the same.
    pub revision: String,
    /// When it is printed, local time.
    pub time: DateTime,
    /// How far it is on its way.
    pub mark: Mark,
}

/// What a review copy has beside the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewOptions {
    /// 校验意见: numbers at the cells, and the list of findings.
    pub findings: bool,
    /// 得分测算过程: how every score comes about.
    pub working: bool,
    /// 图表: of each project, and of all projects together.
    pub charts: bool,
}

impl Default for ReviewOptions {
    /// What is needed to review a form: everything but charts.
    fn default() -> Self {
        Self {
            findings: true,
            working: true,
            charts: false,
        }
    }
}

impl Imprint {
    fn footer(&self) -> String {
        let (document, revision) = (&self.document, &self.revision);
        let time = self.time.strftime("%Y-%m-%d %H:%M");
        format!("{document} · 版本 {revision} · {time} 打印")
    }
}

impl Booklet {
    /// The review copy of these projects.
    pub fn review(projects: &[Reviewed<'_>], imprint: &Imprint, options: ReviewOptions) -> Self {
        let mut parts = Vec::new();
        let mut references = Vec::new();
        let has_contents = projects.len() > 1;
        if has_contents {
            // Filled in once it is known which part each project begins with.
            parts.push(Part::alone(contents::sheet(projects, imprint)));
        }
        let mut firsts = Vec::new();
        let scores = if options.charts {
            charts::scores(projects)
        } else {
            Vec::new()
        };
        let drawn = Charts::new(projects, &scores);
        for (index, one) in projects.iter().enumerate() {
            firsts.push(parts.len());
            let subject = drawn.of(index).map(|subject| (subject, &drawn));
            add_project(one, options, subject, &mut parts, &mut references);
        }
        parts.extend(drawn.document());
        if has_contents {
            references.extend(contents::references(&firsts));
        }
        let forms: Vec<&FormSheet> = firsts.iter().map(|first| &parts[*first].sheet).collect();
        Self {
            title: format!("{}（{}）", title_of(&forms), imprint.mark.words()),
            time: imprint.time,
            mark: Some(imprint.mark),
            footer: Some(imprint.footer()),
            face: Face::default(),
            saves_pages: true,
            parts,
            references,
        }
    }
}

/// The form of a project and its appendices.
fn add_project(
    one: &Reviewed,
    options: ReviewOptions,
    drawn: Option<(&Subject<'_>, &Charts<'_>)>,
    parts: &mut Vec<Part>,
    references: &mut Vec<Reference>,
) {
    let sheet = FormSheet::new(one.project, one.edition);
    let form = parts.len();
    let mut appendices = Vec::new();
    let mut marks = BTreeMap::new();
    let cells = sheet.index();
    let mut lead = |part: usize, told: Vec<(CellAddress, Place)>| {
        references.extend(told.into_iter().filter_map(|(cell, at)| {
            let to_cell = cells.find(&at);
            // What is about a field that is printed nowhere is on no page.
            (to_cell.is_some() || at == Place::Whole).then_some(Reference {
                part,
                cell,
                to_part: form,
                to_cell,
                through: false,
            })
        }));
    };
    if options.findings {
        marks = chips(one, &cells);
        let (findings, found) = findings::sheet(one, &sheet, ORDINALS[0]);
        lead(form + 1, found);
        appendices.push(appendix_part(findings));
    }
    if let Some((noted, places)) = notes::sheet(one, &sheet, ORDINALS[appendices.len()]) {
        lead(form + 1 + appendices.len(), places);
        appendices.push(appendix_part(noted));
    }
    if options.working {
        let working = working::sheet(one, &sheet, ORDINALS[appendices.len()]);
        appendices.extend(working.map(appendix_part));
    }
    let adjusted = adjustments::sheet(one, &sheet, ORDINALS[appendices.len()]);
    appendices.extend(adjusted.map(appendix_part));
    let steps = stages::sheet(one, &sheet, ORDINALS[appendices.len()]);
    appendices.extend(steps.map(appendix_part));
    if let Some((subject, charts)) = drawn {
        let ordinal = ORDINALS[appendices.len()];
        appendices.extend(charts.project(subject, &sheet, ordinal));
    }
    parts.push(Part {
        chips: marks,
        ..Part::alone(sheet)
    });
    parts.extend(appendices);
}

/// An appendix as a part whose pages are counted on from those of the form.
fn appendix_part(sheet: FormSheet) -> Part {
    Part {
        restarts: false,
        ..Part::alone(sheet)
    }
}

/// Numbers of appendices: they are counted, whichever of them there are.
const ORDINALS: [&str; 6] = ["附一", "附二", "附三", "附四", "附五", "附六"];

/// The numbers of findings, counted from 1 in the order of the list, by the cell that they are about.
fn chips(one: &Reviewed, cells: &CellIndex) -> BTreeMap<CellAddress, Vec<Chip>> {
    let mut chips: BTreeMap<CellAddress, Vec<Chip>> = BTreeMap::new();
    for (number, finding) in (1..).zip(&one.findings.findings) {
        let chip = Chip {
            number,
            is_error: finding.level == Severity::Error && finding.explained.is_none(),
        };
        for at in &finding.cells {
            if let Some(cell) = cells.find(&at.place) {
                let chips = chips.entry(cell).or_default();
                // Two fields of a finding may be marked at the same cell.
                if chips.last() != Some(&chip) {
                    chips.push(chip);
                }
            }
        }
    }
    chips
}

/// An appendix: its heading, a line beneath it, a table.
fn appendix(form: &FormSheet, title: &str, line: String, table: Block) -> FormSheet {
    FormSheet {
        project: form.project,
        name: form.name.clone(),
        page: form.page,
        blocks: vec![heading(title, line), table],
        seal: None,
    }
}

/// The heading of an appendix and a line beneath it.
fn heading(title: &str, line: String) -> Block {
    Block {
        kind: BlockKind::Title,
        header_rows: 0,
        rows: vec![
            Row::of([Cell::new(0, FULL_WIDTH, title, Style::Heading)]).kept(),
            Row::of([Cell::new(0, FULL_WIDTH, line, Style::Aside)]).kept(),
        ],
    }
}

/// A row of captions.
fn captions(edges: &[u16], captions: &[&str]) -> Row {
    let cells = captions.iter().zip(edges.windows(2));
    Row::of(cells.map(|(caption, edge)| Cell::new(edge[0], edge[1], *caption, Style::Caption)))
}
