//! The appendix of findings: every finding with its place, what is wrong and what to do.

use super::{Reviewed, appendix, captions};
use crate::{
    model::{path::Place, policy::Severity},
    rules::{
        checker::Verdict,
        finding::{Finding, Mend},
    },
    sheet::{
        edges::divided,
        table::{Block, Cell, CellAddress, FULL_WIDTH, FormSheet, Row, Style},
    },
};

/// Relative widths: number, level, place, what is wrong, page.
const WIDTHS: [u32; 5] = [6, 10, 26, 60, 5];
/// The index of the block and of the column in which pages stand.
const TABLE: usize = 1;
const PAGE_COLUMN: usize = 4;

/// The appendix, and the cells in which a page is to be told, each with the place it is the page of.
pub(super) fn sheet(
    one: &Reviewed,
    form: &FormSheet,
    ordinal: &str,
) -> (FormSheet, Vec<(CellAddress, Place)>) {
    let edges = divided(0, &WIDTHS);
    let mut rows = vec![captions(
        &edges,
        &["序号", "级别", "位置", "问题和建议", "页"],
    )];
    let mut pages = Vec::new();
    for (number, finding) in (1..).zip(&one.findings.findings) {
        let address = CellAddress {
            block: TABLE,
            row: rows.len(),
            cell: PAGE_COLUMN,
        };
        pages.push((address, finding.at.place.clone()));
        rows.push(row(one, finding, number, &edges));
    }
    if rows.len() == 1 {
        rows = vec![Row::of([Cell::new(
            0,
            FULL_WIDTH,
            "没有发现问题。",
            Style::Text,
        )])];
    }
    let header_rows = usize::from(rows.len() > 1);
    let heading = format!("{ordinal}　校验意见");
    let table = Block::table(header_rows, rows);
    (appendix(form, &heading, summary(one), table), pages)
}

/// The verdict, and how many findings of each level there are.
fn summary(one: &Reviewed) -> String {
    let count = |level| one.findings.count(level);
    let explained = one
        .findings
        .findings
        .iter()
        .filter(|one| one.explained.is_some())
        .count();
    let mut text = format!(
        "{}：{}。错误 {} 处，警告 {} 处，提示 {} 处",
        one.project.name(),
        Verdict::of([one.findings]),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Hint),
    );
    if explained > 0 {
        text.push_str(&format!("，另有 {explained} 处已填写核实说明"));
    }
    text.push('。');
    if !one.findings.findings.is_empty() {
        text.push_str("序号标在表中相应的单元格上。");
    }
    if let Some(words) = one.findings.judged_by.in_words() {
        text.push_str(&format!("{words}。"));
    }
    if let Some(words) = turned_off(one) {
        text.push_str(&words);
    }
    text
}

/// What whoever reads the list cannot see from it: which rules were not looked at.
fn turned_off(one: &Reviewed) -> Option<String> {
    let codes: Vec<&str> = one.findings.judged_by.off().collect();
    match codes.len() {
        0 => None,
        count => Some(format!(
            "有 {count} 条规则已停用，没有校验：{}。",
            codes.join("、")
        )),
    }
}

fn row(one: &Reviewed, finding: &Finding, number: usize, edges: &[u16]) -> Row {
    let approved = if finding.mend == Mend::Approved {
        "\n批复内容"
    } else {
        ""
    };
    let texts = [
        (number.to_string(), Style::Figure),
        (
            format!("{}\n{}{approved}", finding.level, finding.rule.code),
            Style::Short,
        ),
        (finding.at.in_words(one.project, one.edition), Style::Text),
        (told(finding), Style::Text),
        ("—".to_owned(), Style::Figure),
    ];
    let cells = texts.into_iter().zip(edges.windows(2));
    Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
}

fn told(finding: &Finding) -> String {
    let mut text = format!("{}\n建议：{}", shortened(finding), finding.hint);
    if let Some(explanation) = &finding.explained {
        text.push_str("\n核实说明：");
        text.push_str(explanation);
    }
    text
}

/// The message; of a long list of places, the beginning: the rest can be found by the numbers in the form.
fn shortened(finding: &Finding) -> String {
    const LONGEST: usize = 400;
    let message = &finding.message;
    let Some((end, _)) = message.char_indices().nth(LONGEST) else {
        return message.clone();
    };
    let whole = message[..end].rfind(['；', '、', '，']).unwrap_or(end);
    let count = finding.cells.len();
    format!("{}……（共 {count} 处，其余见表中序号）", &message[..whole])
}
