//! 目录: a list of the projects of a file, with the page that each begins on.

use super::{
    booklet::Reference,
    edges::divided,
    table::{Block, BlockKind, Cell, CellAddress, FULL_WIDTH, FormSheet, Row, Style},
};
use crate::model::edition::Orientation;

/// The index of the block in which the list stands.
const TABLE: usize = 1;
/// What stands for a page until it is known.
const PAGE: &str = "—";

/// A column of the list: caption, relative width, and how its cells are printed.
pub(super) type Column = (&'static str, u32, Style);

/// The list: `line` stands beneath its heading; each row has a text for every column, and the page follows them.
pub(super) fn sheet(
    line: String,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> FormSheet {
    let mut columns = columns.to_vec();
    columns.push(("页", 7, Style::Figure));
    let widths: Vec<u32> = columns.iter().map(|column| column.1).collect();
    let edges = divided(0, &widths);
    let row = |texts: Vec<(String, Style)>| {
        let cells = texts.into_iter().zip(edges.windows(2));
        Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
    };
    let captions = columns
        .iter()
        .map(|column| (column.0.to_owned(), Style::Caption));
    let mut lines = vec![row(captions.collect())];
    lines.extend(rows.into_iter().map(|texts| {
        let texts = texts.into_iter().chain([PAGE.to_owned()]);
        row(texts.zip(columns.iter().map(|column| column.2)).collect())
    }));
    FormSheet {
        project: None,
        seal: None,
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
            Block::table(1, lines),
        ],
    }
}

/// The pages of the projects, whose first parts these are, in the last of so many columns (the page's own not counted).
pub(super) fn references(firsts: &[usize], columns: usize) -> impl Iterator<Item = Reference> {
    firsts
        .iter()
        .enumerate()
        .map(move |(index, first)| Reference {
            part: 0,
            cell: CellAddress {
                block: TABLE,
                row: index + 1,
                cell: columns,
            },
            to_part: *first,
            to_cell: None,
            through: true,
        })
}
