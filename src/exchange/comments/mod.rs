//! What a bureau objects to (审核意见), out of a table with headings or out of numbered paragraphs, for the 整改台账.

mod paragraphs;
mod table;

use super::grid::Content;
use crate::model::typed::trim;

/// Comments that are taken of one file at most.
const MOST: usize = 2_000;

/// One comment as it stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// 序号, without what stands around it.
    pub number: String,
    /// The project, as the file calls it; empty where it does not say.
    pub project: String,
    /// The place, as the file calls it; empty where it does not say.
    pub place: String,
    /// The comment.
    pub comment: String,
    /// What stood there before, where there is a column for it.
    pub before: String,
    /// What stands there after.
    pub after: String,
    /// 整改情况
    pub reply: String,
    /// 责任人
    pub by: String,
    /// When it was dealt with.
    pub date: String,
    /// Whether the file says that it is dealt with.
    pub done: bool,
}

/// The comments of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comments {
    /// The comments, in order.
    pub rows: Vec<Comment>,
    /// What a person should know of how it was read, one sentence each.
    pub notes: Vec<String>,
}

impl Comments {
    fn add(&mut self, comment: Comment) {
        if !trim(&comment.comment).is_empty() {
            self.rows.push(comment);
        }
    }
}

/// The comments in what was read. Where a grid has a row of headings (序号, 项目, 指标, 问题, 整改要求 …) its rows count, else its
/// numbered paragraphs, else every line.
pub fn read(content: &Content) -> Comments {
    let mut found = Comments {
        notes: content.remarks.clone(),
        ..Comments::default()
    };
    let has_table = content
        .grids
        .iter()
        .filter(|grid| table::read(grid, &mut found))
        .count();
    // A workbook's other sheets are covers and notes.
    if has_table == 0 {
        for grid in &content.grids {
            paragraphs::read(grid, &mut found);
        }
    }
    if found.rows.len() > MOST {
        found.notes.push(format!(
            "意见超过 {MOST} 条，只列出前 {MOST} 条。请把其余的另存为一个文件再添加。"
        ));
        found.rows.truncate(MOST);
    }
    if found.rows.is_empty() {
        found.notes.push(
            "没有找到审核意见：要有一行标题（其中有“问题”或“审核意见”一栏），或逐条写的文字。"
                .into(),
        );
    }
    found
}
