//! The appendix of notes: what reviewers remarked, and what was answered.

use super::{Reviewed, appendix, captions};
use crate::{
    model::{path::Place, project::Note, review::NoteKind},
    sheet::{
        edges::divided,
        table::{Block, Cell, CellAddress, FormSheet, Row, Style},
    },
};

/// Relative widths: number, kind, place, note and answers, who and when, state, page.
const WIDTHS: [u32; 7] = [5, 8, 24, 40, 16, 8, 5];
/// The index of the block and of the column in which pages stand.
const TABLE: usize = 1;
const PAGE_COLUMN: usize = 6;

/// The appendix, and the cells in which a page is to be told, each with the place it is the page of; `None` where there are no
/// notes.
pub(super) fn sheet(
    one: &Reviewed,
    form: &FormSheet,
    ordinal: &str,
) -> Option<(FormSheet, Vec<(CellAddress, Place)>)> {
    if one.project.notes.is_empty() {
        return None;
    }
    let edges = divided(0, &WIDTHS);
    let mut rows = vec![captions(
        &edges,
        &[
            "序号",
            "类别",
            "位置",
            "意见和回复",
            "谁、何时",
            "状态",
            "页",
        ],
    )];
    let mut pages = Vec::new();
    for (number, note) in (1..).zip(one.project.notes.iter()) {
        let address = CellAddress {
            block: TABLE,
            row: rows.len(),
            cell: PAGE_COLUMN,
        };
        pages.push((address, note.at.place.clone()));
        rows.push(row(one, note, number, &edges));
    }
    let heading = format!("{ordinal}　审核意见");
    let table = Block::table(1, rows);
    Some((appendix(form, &heading, summary(one), table), pages))
}

/// How many notes there are, and how many of each kind are open.
fn summary(one: &Reviewed) -> String {
    let notes = || one.project.notes.iter();
    let open = |kind| {
        notes()
            .filter(|note| !note.resolved && note.kind == kind)
            .count()
    };
    let open: Vec<String> = NoteKind::ALL
        .into_iter()
        .filter(|kind| open(*kind) > 0)
        .map(|kind| format!("{kind} {} 条", open(kind)))
        .collect();
    let state = match open.is_empty() {
        true => "全部已处理".to_owned(),
        false => format!("未处理：{}", open.join("，")),
    };
    let name = one.project.shown_name();
    format!("{name}：共 {} 条。{state}。", notes().count())
}

fn row(one: &Reviewed, note: &Note, number: usize, edges: &[u16]) -> Row {
    let texts = [
        (number.to_string(), Style::Figure),
        (note.kind.to_string(), Style::Short),
        (note.at.in_words(one.project, one.edition), Style::Text),
        (told(note), Style::Text),
        (note.signed().replacen('，', "\n", 1), Style::Short),
        (note.state().to_owned(), Style::Short),
        ("—".to_owned(), Style::Figure),
    ];
    let cells = texts.into_iter().zip(edges.windows(2));
    Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
}

/// The note with its answers, a line each.
fn told(note: &Note) -> String {
    let replies = note.replies.iter();
    let replies = replies.map(|reply| format!("\n回复（{}）：{}", reply.signed(), &*reply.text));
    std::iter::once(note.text.to_string())
        .chain(replies)
        .collect()
}
