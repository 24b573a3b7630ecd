//! Why a file cannot be read: what happened, what it means for the data, what to do.

use serde::{Deserialize, Serialize};

use super::kind::Kind;

/// Why nothing was read of a file. Nothing that is open was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// Nothing is in it.
    #[error("文件是空的，没有导入任何内容。请确认选对了文件，或向提供者重新索取。")]
    Empty,
    /// Of a kind that is not read, with what to do.
    #[error("{}", .0.advice())]
    Unreadable(Kind),
    /// Needs a password.
    #[error("{}", Kind::Encrypted.advice())]
    Protected,
    /// Pages are pictures.
    #[error(
        "PDF 的页面是扫描图片，里面没有文字，没有导入任何内容。请索取电子表格或 Word 原文件；只有扫描件时，可先用 WPS 的“图片转文字”转成表格，核对后再导入。"
    )]
    Scanned,
    /// Larger than a reader takes.
    #[error("{0}，超出读取上限，为保证安全没有读取，没有导入任何内容。{advice}", advice = .0.advice())]
    TooLarge(Excess),
    /// Took too long.
    #[error(
        "文件内容异常复杂，{0} 秒内没有读完，已停止，没有导入任何内容。请用 WPS 打开，把需要的表复制到新的表格中保存后再导入。"
    )]
    TooSlow(u64),
    /// Broken, with the part that is.
    #[error(
        "文件已损坏或不完整（{0}），没有导入任何内容。请用 WPS 打开确认能否显示；能显示时另存为 .xlsx 或 .docx 再导入，不能时请重新索取。"
    )]
    Broken(String),
    /// It has no table and no text.
    #[error("文件中没有找到表格或文字，没有导入任何内容。请确认选对了文件。")]
    NoTable,
    /// The reader in its own process broke down.
    #[error(
        "读取程序中途出错，已停止，打开的文件不受影响，没有导入任何内容。请用 WPS 打开此文件，另存为 .xlsx 或 .docx 后再导入。（{0}）"
    )]
    Crashed(String),
    /// The person cancelled.
    #[error("已取消，没有导入任何内容。")]
    Cancelled,
}

/// What is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Excess {
    /// The file.
    #[error("文件超过 20 MB")]
    File,
    /// Entries of a package.
    #[error("压缩包内的部件超过 2000 个")]
    Entries,
    /// One entry, unpacked.
    #[error("压缩包内有部件解开后超过 64 MB")]
    Entry,
    /// The ratio of packing.
    #[error("压缩包内有部件解开后是原来的 200 倍以上")]
    Ratio,
    /// All entries together.
    #[error("解开后的内容超过 160 MB")]
    Unpacked,
    /// The shared texts of a workbook claim more than their part can hold.
    #[error("工作簿声明的文字条数与实际内容不符")]
    SharedStrings,
    /// Rows of a sheet.
    #[error("表格超过 20000 行")]
    Rows,
    /// Columns of a sheet.
    #[error("表格超过 200 列")]
    Columns,
    /// Sheets.
    #[error("工作表超过 200 个")]
    Sheets,
    /// Cells.
    #[error("有内容的单元格超过 20 万个")]
    Cells,
    /// Text.
    #[error("文字超过 32 MB")]
    Text,
    /// One cell.
    #[error("有单元格的文字超过 256 KB")]
    Cell,
    /// Nesting.
    #[error("内容嵌套超过 128 层")]
    Depth,
    /// Pages.
    #[error("PDF 超过 300 页")]
    Pages,
    /// Memory.
    #[error("读取需要的内存超过 256 MB")]
    Memory,
}

impl Excess {
    fn advice(self) -> &'static str {
        match self {
            Self::Pages => "请只导出有自评表的几页，再导入。",
            Self::Rows | Self::Columns | Self::Sheets | Self::Cells => {
                "请在 WPS 中删去自评表以外的行、列和工作表，另存后再导入。"
            }
            _ => "请用 WPS 打开，把需要的表复制到新的表格中保存后再导入。",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::limits;

    #[test]
    fn what_is_too_large_is_told_with_the_limit_that_is_in_force() {
        let megabytes = |bytes: u64| format!("{} MB", bytes >> 20);
        for (excess, limit) in [
            (Excess::File, megabytes(limits::FILE as u64)),
            (Excess::Entries, format!("{} 个", limits::ENTRIES)),
            (Excess::Entry, megabytes(limits::ENTRY)),
            (Excess::Ratio, format!("{} 倍", limits::RATIO)),
            (Excess::Unpacked, megabytes(limits::UNPACKED)),
            (Excess::Rows, format!("{} 行", limits::ROWS)),
            (Excess::Columns, format!("{} 列", limits::COLUMNS)),
            (Excess::Sheets, format!("{} 个", limits::SHEETS)),
            (Excess::Cells, format!("{} 万个", limits::CELLS / 10_000)),
            (Excess::Text, megabytes(limits::TEXT as u64)),
            (Excess::Cell, format!("{} KB", limits::CELL >> 10)),
            (Excess::Depth, format!("{} 层", limits::DEPTH)),
            (Excess::Pages, format!("{} 页", limits::PAGES)),
            (Excess::Memory, megabytes(limits::MEMORY as u64)),
        ] {
            let told = ReadError::TooLarge(excess).to_string();
            assert!(told.contains(&format!(" {limit}")), "{told}: {limit}");
        }
    }
}
