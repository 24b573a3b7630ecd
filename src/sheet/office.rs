//! What workbooks and Word documents need beside the printed table, and why one could not be made.

use crate::{
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
};

/// What stands behind a printed form: where numbers and formulas come from, and what is remarked at its cells.
#[derive(Debug, Clone, Copy)]
pub struct Behind<'a> {
    /// The project.
    pub project: &'a Project,
    /// The edition it is filled in on.
    pub edition: &'a Edition,
    /// For a review copy: what was found. Its findings and the project's notes become comments at the cells.
    pub findings: Option<&'a ProjectFindings>,
}

/// Why a file could not be made. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OfficeError {
    /// More than the kind of file holds, in words ("工作表的行数超过 1048576").
    #[error("内容超出文件格式的上限（{0}），没有生成文件。请减少一次导出的项目后再试。")]
    TooLarge(String),
    /// The writer failed, with its own words.
    #[error(
        "生成文件时出错，没有生成文件，数据不受影响。请重试；仍然如此时请把下面的话告诉我们。（{0}）"
    )]
    Failed(String),
}
