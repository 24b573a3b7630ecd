//! The appendix of 流转记录: who sent, returned or closed the form, and when.

use super::{Reviewed, appendix, captions};
use crate::{
    model::review::StageRecord,
    sheet::{
        edges::divided,
        table::{Block, Cell, FormSheet, Row, Style},
    },
};

/// Relative widths: number, step, from and to, who, when, reason, code.
const WIDTHS: [u32; 7] = [6, 10, 14, 11, 16, 24, 24];

/// The appendix; `None` where nothing is on record.
pub(super) fn sheet(one: &Reviewed, form: &FormSheet, ordinal: &str) -> Option<FormSheet> {
    let steps = &one.project.stages;
    if steps.is_empty() {
        return None;
    }
    let edges = divided(0, &WIDTHS);
    let mut rows = vec![captions(
        &edges,
        &[
            "序号",
            "事项",
            "阶段",
            "经手人",
            "时间",
            "原因",
            "当时的内容校验码",
        ],
    )];
    rows.extend(
        (1..)
            .zip(steps.iter())
            .map(|(number, step)| row(number, step, &edges)),
    );
    let name = one.project.shown_name();
    let line = format!(
        "{name}：现处于{}阶段，共 {} 步。",
        one.project.stage,
        steps.len()
    );
    let heading = format!("{ordinal}　流转记录");
    Some(appendix(form, &heading, line, Block::table(1, rows)))
}

fn row(number: usize, step: &StageRecord, edges: &[u16]) -> Row {
    let texts = [
        (number.to_string(), Style::Figure),
        (step.called(), Style::Short),
        (format!("{}→{}", step.from, step.to), Style::Short),
        (step.by.clone(), Style::Short),
        (step.time.clone(), Style::Short),
        (step.reason.to_string(), Style::Text),
        (step.content.clone(), Style::Short),
    ];
    let cells = texts.into_iter().zip(edges.windows(2));
    Row::of(cells.map(|((text, style), edge)| Cell::new(edge[0], edge[1], text, style)))
}
