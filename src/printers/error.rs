//! Why nothing was printed, in words.

use crate::sheet::pdf::PdfError;

/// The other way to paper, in words.
const OTHERWISE: &str = "也可以导出 PDF，用其他程序打印";

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpoolError {
    /// This computer has no printing service, or it does not run.
    #[error(
        "这台电脑的打印服务没有启动或没有安装，没有打印，表中内容没有改动。请让管理员启动它（{service}），{OTHERWISE}。系统信息：{words}"
    )]
    NoService {
        /// What it is called here.
        service: &'static str,
        /// What the system said.
        words: String,
    },
    /// There is no printer of this name.
    #[error("没有名为“{0}”的打印机，没有打印，表中内容没有改动。请另选一台打印机，{OTHERWISE}。")]
    Unknown(String),
    /// The printer takes no jobs.
    #[error(
        "打印机“{printer}”现在不接受打印，没有打印，表中内容没有改动。请另选一台打印机，或请管理员处理，{OTHERWISE}。系统信息：{words}"
    )]
    Refused {
        /// The printer.
        printer: String,
        /// What the system said.
        words: String,
    },
    /// The service failed while it took the pages.
    #[error(
        "交给打印机“{printer}”时出错，可能只印出一部分或没有印出，表中内容没有改动。请检查打印机后再打印一次，{OTHERWISE}。系统信息：{words}"
    )]
    Failed {
        /// The printer.
        printer: String,
        /// What the system said.
        words: String,
    },
    /// The pages are no PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A page, counted from 1, could not be drawn.
    #[error(
        "第 {0} 页没有画出来，没有打印，表中内容没有改动。请再打印一次；仍不成功时，请导出 PDF 后打印。"
    )]
    NotDrawn(usize),
    /// The person gave it up.
    #[error("已取消打印")]
    Cancelled,
}
