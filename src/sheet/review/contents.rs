//! The list of contents of a review copy with several projects.

use super::{Imprint, Reviewed, captions};
use crate::{
    model::{edition::Orientation, project::header},
    rules::checker::Verdict,
    sheet::{
        booklet::Reference,
        edges::divided,
        table::{Block, BlockKind, Cell, CellAddress, FULL_WIDTH, FormSheet, Row, Style},
    },
};

/// Relative widths: number, project, unit, total, verdict, page.
const WIDTHS: [u32; 6] = [6, 34, 26, 10, 28, 7];
/// The index of the block and of the column in which pages stand.
const TABLE: usize = 1;
const PAGE_COLUMN: usize = 5;

/// The list.
pub(super) fn sheet(projects: &[Reviewed], imprint: &Imprint) -> FormSheet {
    let edges = divided(0, &WIDTHS);
    let mut rows = vec![captions(
        &edges,
        &["序号", "项目名称", "实施单位", "自评总分", "校验结论", "页"],
    )];
    rows.extend(
        (1..)
            .zip(projects)
            .map(|(number, one)| row(number, one, &edges)),
    );
    let line = format!("{}　共 {} 个项目", imprint.document, projects.len());
    FormSheet {
        project: None,
        name: "目录".to_owned(),
        page: Orientation::Portrait,
        blocks: vec![
            Block {
                kind: BlockKind::Title,
                header_rows: 0,
                rows: vec![
                    Row::of([Cell::new(0, FULL_WIDTH, "目　录", Style::Title)]).kept(),
                    Row::of([Cell::new(0, FULL_WIDTH, line, Style::Aside)]).kept(),
                ],
            },
            Block::table(1, rows),
        ],
    }
}

fn row(number: usize, one: &Reviewed, edges: &[u16]) -> Row {
    let texts = [
        (number.to_string(), Style::Figure),
        (one.project.name().to_owned(), Style::Text),
        (one.project.header(header::UNIT).to_owned(), Style::Text),
        (
            one.project.stated.total_score.text().to_owned(),
            Style::Figure,
        ),
        (Verdict::of([one.findings]).to_string(), Style::Text),
        ("—".to_owned(), Style::Figure),
    ];
    let cells = texts.into_iter().zip(edges.windows(2));
    Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
}

/// The pages of the projects, whose first parts these are.
pub(super) fn references(firsts: &[usize]) -> impl Iterator<Item = Reference> {
    firsts.iter().enumerate().map(|(index, first)| Reference {
        part: 0,
        cell: CellAddress {
            block: TABLE,
            row: index + 1,
            cell: PAGE_COLUMN,
        },
        to_part: *first,
        to_cell: None,
        through: true,
    })
}
