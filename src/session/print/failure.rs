//! Why a printed file could not be written. The store speaks of content that is not saved yet; here the forms are safe in
//! their own files, and only the print is missing.

use std::io;

use crate::store::{
    Left, Step, StoreError,
    error::{reason, shown},
    fs::is_sharing_violation,
};

/// What the store said, in the words of printing; the path last.
pub fn in_words(error: &StoreError) -> String {
    match error {
        StoreError::NoFolder { folder, path } => no_folder(&shown(folder), "不存在", &shown(path)),
        StoreError::ReadOnly { path } => format!(
            "文件是只读的，没有覆盖它，表中内容没有改动。请换一个文件名，或取消文件的只读属性后再导出一次。文件：{}",
            shown(path)
        ),
        StoreError::ChangedMeanwhile { path } => format!(
            "文件刚刚被其他程序改动或移走，没有覆盖它，表中内容没有改动。请再导出一次。文件：{}",
            shown(path)
        ),
        StoreError::Failed {
            step,
            left,
            path,
            source,
        } => format!(
            "{step}时出错：{}。{}，表中内容没有改动。{}，再导出一次。文件：{}",
            reason(source),
            kept(*left),
            advice(source),
            shown(path)
        ),
        StoreError::NotReplaced {
            kept: printed,
            left,
            path,
            source,
        } => format!(
            "{}时出错：{}。{}，表中内容没有改动；导出的内容已完整写在：{}。请关闭占用该文件的程序后再导出一次，或换一个文件名。文件：{}",
            Step::Replace,
            reason(source),
            kept(*left),
            shown(printed),
            shown(path)
        ),
        StoreError::Unverified { path, source, .. } => format!(
            "{}时出错：{}。文件已经写出，但未能确认完好，表中内容没有改动。请再导出一次，或换一个位置。文件：{}",
            Step::Verify,
            reason(source),
            shown(path)
        ),
        StoreError::Differs { path, .. } => format!(
            "{}时发现文件内容与刚导出的不一致，可能有其他程序同时写入或磁盘有故障，表中内容没有改动。请换一个位置再导出一次。文件：{}",
            Step::Verify,
            shown(path)
        ),
        other => other.to_string(),
    }
}

/// That the folder for `out` cannot be used, and in what way: "不存在", "不是文件夹".
pub fn no_folder(folder: &str, fault: &str, out: &str) -> String {
    format!(
        "文件夹“{folder}”{fault}，没有生成文件，表中内容没有改动。请先建好这个文件夹，或换一个位置。输出：{out}"
    )
}

fn kept(left: Left) -> &'static str {
    match left {
        Left::Original => "原有的文件未改动",
        Left::Nothing => "没有生成文件",
        Left::Untouched => "没有生成文件，原有的文件未改动",
    }
}

fn advice(error: &io::Error) -> &'static str {
    use io::ErrorKind::{
        InvalidFilename, InvalidInput, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
        StorageFull,
    };
    match error.kind() {
        _ if is_sharing_violation(error) => "请关闭占用该文件的程序，或换一个文件名",
        StorageFull | QuotaExceeded => "请清理磁盘空间，或换一个磁盘",
        PermissionDenied | ReadOnlyFilesystem => "请换一个有写入权限的文件夹",
        InvalidFilename | InvalidInput => "请换一个较短、没有特殊字符的文件名",
        _ => "请检查磁盘、U 盘或共享文件夹的连接，或换一个位置",
    }
}
