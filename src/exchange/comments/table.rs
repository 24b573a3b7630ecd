//! Comments in a table with headings, in any order and many wordings.

use std::collections::BTreeMap;

use super::{Comment, Comments};
use crate::{
    exchange::grid::{Cell, Grid},
    model::{folding::squeezed, typed::trim},
};

/// Rows that one merged cell is followed down at most.
const FOLLOWED: u32 = 10_000;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Project,
    Place,
    Comment,
    /// What is asked for, or by when: goes with the comment, under its own heading.
    Beside,
    Before,
    After,
    Reply,
    By,
    Date,
    Done,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        /// Words that a heading holds, the telling ones first.
        const WORDS: &[(&[&str], Column)] = &[
            (&["序号", "编号", "项次"], Column::Number),
            (
                &["修改前", "整改前", "调整前", "原内容", "原值"],
                Column::Before,
            ),
            (&["修改后", "整改后", "调整后", "现内容"], Column::After),
            (
                &["时限", "期限", "截止", "类型", "类别", "分类"],
                Column::Beside,
            ),
            (
                &["整改要求", "修改要求", "整改建议", "修改建议"],
                Column::Beside,
            ),
            (
                &[
                    "整改情况",
                    "整改措施",
                    "整改结果",
                    "整改说明",
                    "整改内容",
                    "修改情况",
                    "修改说明",
                    "回复",
                    "答复",
                    "落实",
                    "采纳",
                    "处理情况",
                    "反馈情况",
                ],
                Column::Reply,
            ),
            (&["责任", "整改人", "经办", "修改人", "联系人"], Column::By),
            (&["是否", "状态", "完成情况", "销号"], Column::Done),
            (&["时间", "日期"], Column::Date),
            (
                &["问题", "意见", "审核", "评语", "要求", "建议"],
                Column::Comment,
            ),
            (
                &["指标", "位置", "栏目", "涉及", "部位", "环节", "单元格"],
                Column::Place,
            ),
            (&["项目", "单位名称"], Column::Project),
        ];
        const LONGEST: usize = 18;
        let heading = squeezed(heading);
        if heading.is_empty() || heading.chars().count() > LONGEST {
            return None;
        }
        let mut words = WORDS.iter();
        let found = words.find(|(words, _)| words.iter().any(|word| heading.contains(word)));
        found.map(|(_, column)| *column)
    }
}

/// A column of the table: where it is, what it says, and its heading.
struct Heading<'g> {
    first: u32,
    end: u32,
    column: Column,
    caption: &'g str,
}

/// Reads the tables of a grid; whether there was one.
pub(super) fn read(grid: &Grid, found: &mut Comments) -> bool {
    let rows = rows(grid);
    let mut headings: Vec<Heading<'_>> = Vec::new();
    let mut above = String::new();
    for cells in rows.values() {
        if let Some(new) = headings_of(cells) {
            headings = new;
            continue;
        }
        if headings.is_empty() {
            continue;
        }
        match caption(cells, &headings) {
            // "一、科协组织建设项目" over the rows that are about it.
            Some(caption) => above = caption,
            None => found.add(comment(cells, &headings, &above)),
        }
    }
    !headings.is_empty()
}

/// The cells with text by the rows that they reach, from left to right.
fn rows(grid: &Grid) -> BTreeMap<u32, Vec<&Cell>> {
    let mut rows: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
    for cell in grid
        .cells
        .iter()
        .filter(|cell| !trim(&cell.text).is_empty())
    {
        let first = cell.place.row;
        for row in first..first.saturating_add(cell.rows.clamp(1, FOLLOWED)) {
            // A merged cell goes for the rows that have something of their own.
            if row == first || grid.row(row).iter().any(|own| !trim(&own.text).is_empty()) {
                rows.entry(row).or_default().push(cell);
            }
        }
    }
    for cells in rows.values_mut() {
        cells.sort_by_key(|cell| cell.place.column);
    }
    rows
}

/// The headings, where a row has them: one for the comment, and one more at the least.
fn headings_of<'g>(cells: &[&'g Cell]) -> Option<Vec<Heading<'g>>> {
    let mut headings: Vec<Heading<'g>> = Vec::new();
    for cell in cells {
        let Some(column) = Column::of(&cell.text) else {
            continue;
        };
        let is_known = headings.iter().any(|known| known.column == column);
        headings.push(Heading {
            first: cell.place.column,
            end: cell.place.column.saturating_add(cell.columns),
            // What is said twice goes with the comment.
            column: if is_known { Column::Beside } else { column },
            caption: trim(&cell.text),
        });
    }
    let has = |column| headings.iter().any(|heading| heading.column == column);
    if !has(Column::Comment)
        && let Some(heading) = headings
            .iter_mut()
            .find(|heading| heading.column == Column::Beside)
    {
        heading.column = Column::Comment;
    }
    let has_comment = headings
        .iter()
        .any(|heading| heading.column == Column::Comment);
    (has_comment && headings.len() > 1).then_some(headings)
}

/// The text of a row that stands above the rows it is about: one cell over most of the columns.
fn caption(cells: &[&Cell], headings: &[Heading<'_>]) -> Option<String> {
    let [only] = cells else { return None };
    let end = only.place.column.saturating_add(only.columns);
    let covered = headings
        .iter()
        .filter(|heading| heading.first >= only.place.column && heading.end <= end);
    let is_wide = covered.count() * 2 > headings.len();
    is_wide.then(|| trim(&only.text).to_owned())
}

fn comment(cells: &[&Cell], headings: &[Heading<'_>], above: &str) -> Comment {
    let mut comment = Comment {
        project: above.to_owned(),
        ..Comment::default()
    };
    let mut beside = Vec::new();
    for cell in cells {
        let first = cell.place.column;
        let end = first.saturating_add(cell.columns);
        let under = headings
            .iter()
            .find(|heading| heading.first < end && first < heading.end);
        let Some(heading) = under else { continue };
        let text = trim(&cell.text);
        let slot = match heading.column {
            Column::Number => &mut comment.number,
            Column::Project => &mut comment.project,
            Column::Place => &mut comment.place,
            Column::Comment => &mut comment.comment,
            Column::Before => &mut comment.before,
            Column::After => &mut comment.after,
            Column::Reply => &mut comment.reply,
            Column::By => &mut comment.by,
            Column::Date => &mut comment.date,
            Column::Beside => {
                beside.push(format!("{}：{text}", heading.caption));
                continue;
            }
            Column::Done => {
                comment.done = is_done(text);
                continue;
            }
        };
        text.clone_into(slot);
    }
    if !trim(&comment.comment).is_empty() {
        for text in beside {
            comment.comment.push('\n');
            comment.comment.push_str(&text);
        }
    }
    comment
}

fn is_done(text: &str) -> bool {
    let text = squeezed(text);
    let is_open = ["未", "否", "不", "×", "待"]
        .iter()
        .any(|word| text.contains(word));
    !is_open && !text.is_empty()
}
