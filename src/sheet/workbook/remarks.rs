//! Comments of a review copy: what was found at a cell, and what reviewers wrote there.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Note, Worksheet, XlsxError, utility::row_col_to_cell};

use super::{
    look::text_font,
    plan::{Plan, line_count},
};
use crate::{
    model::project,
    rules::finding::Finding,
    sheet::{
        fonts::Face,
        office::Behind,
        table::{CellAddress, FormSheet},
        text,
    },
};

/// Who comments, where nobody is named.
const AUTHOR: &str = "绩评";
/// The most that a comment holds, in units of UTF-16; a workbook takes a little more.
const LONGEST: usize = 30_000;

/// Puts comments to the cells of a form. What is about a field that is printed nowhere stands at the title.
pub(super) fn write(
    worksheet: &mut Worksheet,
    sheet: &FormSheet,
    plan: &Plan,
    behind: &Behind,
    face: Face,
) -> Result<(), XlsxError> {
    for (at, told) in remarks(sheet, plan, behind) {
        let cell = &sheet.blocks[at.block].rows[at.row].cells[at.cell];
        if let Some(area) = plan.area(at, cell) {
            worksheet.insert_note(area.row, area.column, &note(&shortened(&told), face))?;
        }
    }
    Ok(())
}

fn remarks(sheet: &FormSheet, plan: &Plan, behind: &Behind) -> BTreeMap<CellAddress, Vec<String>> {
    let mut remarks: BTreeMap<CellAddress, Vec<String>> = BTreeMap::new();
    let index = sheet.index();
    let first = sheet.cells().find(|(_, cell)| cell.at.is_some());
    let Some((title, _)) = first else {
        return remarks;
    };
    let mut add = |at: CellAddress, told: String| {
        let told_before = remarks.entry(at).or_default();
        // Two fields of a finding may be shown in the same cell.
        if told_before.last() != Some(&told) {
            told_before.push(told);
        }
    };
    let findings = behind.findings.iter().flat_map(|found| &found.findings);
    for (number, finding) in (1..).zip(findings) {
        let mut cells = finding
            .cells
            .iter()
            .map(|at| index.find(&at.place).unwrap_or(title));
        let Some(first) = cells.next() else {
            continue;
        };
        add(first, of_finding(number, finding));
        let again = again(number, finding, sheet, plan, first);
        cells
            .filter(|at| *at != first)
            .for_each(|at| add(at, again.clone()));
    }
    for note in behind.project.notes.iter() {
        add(index.find(&note.at.place).unwrap_or(title), of_note(note));
    }
    remarks
}

/// What stands at the further cells of a finding: its name, and where it is told in full.
fn again(
    number: usize,
    finding: &Finding,
    sheet: &FormSheet,
    plan: &Plan,
    first: CellAddress,
) -> String {
    let cell = &sheet.blocks[first.block].rows[first.row].cells[first.cell];
    let place = plan
        .area(first, cell)
        .map(|area| format!("，详见 {} 的批注", row_col_to_cell(area.row, area.column)))
        .unwrap_or_default();
    let (rule, level) = (finding.rule, finding.level);
    let count = finding.cells.len();
    format!(
        "{number}. 校验 {} {level}：{}（共 {count} 处{place}）",
        rule.code, rule.name
    )
}

/// Numbered as in the list of findings.
fn of_finding(number: usize, finding: &Finding) -> String {
    let (code, level) = (finding.rule.code, finding.level);
    let (message, hint) = (&finding.message, &finding.hint);
    let mut told = format!("{number}. 校验 {code} {level}：{message}\n建议：{hint}");
    if let Some(explained) = &finding.explained {
        told.push_str(&format!("\n核实说明：{explained}"));
    }
    told
}

fn of_note(note: &project::Note) -> String {
    let kind = note.kind.to_string();
    let by: Vec<&str> = [&kind, note.author.trim(), note.time.trim(), note.state()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let mut told = format!("审核意见（{}）：{}", by.join("，"), note.text);
    for reply in note.replies.iter() {
        told.push_str(&format!("\n回复（{}）：{}", reply.signed(), &*reply.text));
    }
    told
}

/// The remarks of a cell as one text; of very many, the first, and how many more there are.
fn shortened(remarks: &[String]) -> String {
    let mut text = String::new();
    let mut length = 0;
    for (index, remark) in remarks.iter().enumerate() {
        length += remark.encode_utf16().count() + 2;
        if length > LONGEST {
            let left = remarks.len() - index;
            text.push_str(&format!(
                "\n\n……另有 {left} 条，批注中放不下，请看校验意见或在绩评中查看。"
            ));
            break;
        }
        if index > 0 {
            text.push_str("\n\n");
        }
        text.push_str(remark);
    }
    text
}

/// A comment large enough to be read without a click: boxes of comments do not scroll.
fn note(told: &str, face: Face) -> Note {
    /// Pixels, and points of its text.
    const WIDTH: u32 = 330;
    const WIDER: u32 = 560;
    const LINE: u32 = 17;
    const SIZE: f64 = 9.0;
    /// From here on it is wider.
    const MANY_LINES: u32 = 24;
    let lines = |width: u32| -> u32 {
        // In hundredths of the text's size; some room at the sides.
        let room = (f64::from(width - 24) * 0.75 / SIZE * 100.0) as u32;
        let lines = text::lines(told);
        lines.iter().map(|line| line_count(line, room)).sum()
    };
    let width = if lines(WIDTH) > MANY_LINES {
        WIDER
    } else {
        WIDTH
    };
    let look = Format::new()
        .set_font_name(text_font(face))
        .set_font_size(SIZE)
        .set_background_color("#FFFFE1");
    Note::new(told)
        .set_author(AUTHOR)
        .add_author_prefix(false)
        .set_format(look)
        .set_width(width)
        .set_height((lines(width) + 1) * LINE)
}
