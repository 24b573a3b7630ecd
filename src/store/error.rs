//! What went wrong with a file: what happened, what it means for the data, what to do, and the path last.

use std::{
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{Fingerprint, fs::is_sharing_violation};

/// The step at which reading or saving failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading a file to open it.
    Open,
    /// Finding where the file is.
    Locate,
    /// Reading what is on the disk now, to compare.
    ReadCurrent,
    /// Copying the current file to the backups.
    Backup,
    /// Looking for backups.
    ListBackups,
    /// Creating the file beside.
    CreateTemporary,
    /// Writing the file beside.
    WriteTemporary,
    /// Making the file beside survive a power loss.
    SyncTemporary,
    /// Closing the file beside.
    CloseTemporary,
    /// Taking over the permissions.
    Permissions,
    /// Putting the new file in place of the old.
    Replace,
    /// Making the new name survive a power loss.
    SyncFolder,
    /// Reading the new file again.
    Verify,
    /// Finding the program's own folder.
    DataFolder,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "打开文件",
            Self::Locate => "查找文件位置",
            Self::ReadCurrent => "读取磁盘上的现有文件",
            Self::Backup => "写入备份",
            Self::ListBackups => "查找备份",
            Self::CreateTemporary => "新建临时文件",
            Self::WriteTemporary => "写入临时文件",
            Self::SyncTemporary => "把临时文件写到磁盘",
            Self::CloseTemporary => "关闭临时文件",
            Self::Permissions => "设置文件权限",
            Self::Replace => "替换原文件",
            Self::SyncFolder => "更新文件夹记录",
            Self::Verify => "重新读出核对",
            Self::DataFolder => "查找程序数据文件夹",
        })
    }
}

/// What a failed step left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The earlier file, as it was.
    Original,
    /// No file: there was none before.
    Nothing,
    /// Whatever was there: it could not be looked at.
    Untouched,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Original => "磁盘上的原文件未改动，本次内容尚未保存",
            Self::Nothing => "没有生成新文件，本次内容尚未保存",
            Self::Untouched => "磁盘上的文件未改动，本次内容尚未保存",
        })
    }
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing is there.
    #[error(
        "找不到文件，没有读入任何内容。请确认它未被移动、改名，U 盘或共享文件夹仍然连接。文件：{}",
        shown(path)
    )]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// A folder or a device.
    #[error(
        "这不是普通文件（可能是文件夹或设备），未作任何改动。请另选文件。位置：{}",
        shown(path)
    )]
    NotAFile {
        /// What was asked for.
        path: PathBuf,
    },
    /// More than the reader is willing to hold.
    #[error("内容超过{}的上限，没有处理；磁盘上的文件未改动。请确认选对了文件，或把项目分成几个文件。文件：{}", size(*limit), shown(path))]
    TooLarge {
        /// The most that is read or written, in bytes.
        limit: u64,
        /// The file.
        path: PathBuf,
    },
    /// The folder that a new file is to lie in is not there.
    #[error(
        "文件夹“{}”不存在，没有生成新文件，本次内容尚未保存。请先新建这个文件夹，或换一个位置。文件：{}",
        shown(folder),
        shown(path)
    )]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// The file.
        path: PathBuf,
    },
    /// A file could not be read; nothing was to be written.
    #[error(
        "{step}时出错：{}。文件未改动。{}。文件：{}",
        reason(source),
        advice_to_read(source),
        shown(path)
    )]
    Unreadable {
        /// What was being done.
        step: Step,
        /// The file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The file is marked read-only.
    #[error(
        "文件是只读的，不能覆盖。磁盘上的原文件未改动，本次内容尚未保存。请另存为新文件，或取消文件的只读属性后再保存。文件：{}",
        shown(path)
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The caller's check of the bytes failed before the disk was touched.
    #[error(
        "保存前核对未通过：{reason}。磁盘上的文件未改动，本次内容尚未保存。请撤销最近一步修改后再保存，并保留本提示以便查找原因。文件：{}",
        shown(path)
    )]
    Refused {
        /// What the check said.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// A file that must be new is there already.
    #[error(
        "同名文件已存在，没有覆盖它，也没有生成新文件。请换一个文件名。文件：{}",
        shown(path)
    )]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file changed between two looks a moment apart.
    #[error(
        "文件刚刚被其他程序改动或移走，没有覆盖它，本次内容尚未保存。请再试一次。文件：{}",
        shown(path)
    )]
    ChangedMeanwhile {
        /// The file.
        path: PathBuf,
    },
    /// A step before the replacement failed.
    #[error(
        "{step}时出错：{}。{left}。{}。文件：{}",
        reason(source),
        advice_to_write(source),
        shown(path)
    )]
    Failed {
        /// The step.
        step: Step,
        /// What is on the disk now.
        left: Left,
        /// The file that was to be written.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The new content is complete on the disk, but could not take the place of the file.
    #[error("{}时出错：{}。{}。新内容已完整写在：{}。请关闭占用该文件的程序后再保存，或另存为新文件。文件：{}", Step::Replace, reason(source), untouched(*left), shown(kept), shown(path))]
    NotReplaced {
        /// Where the new content is.
        kept: PathBuf,
        /// What is under the file's own name.
        left: Left,
        /// The file.
        path: PathBuf,
        /// The system's answer to the last attempt.
        source: io::Error,
    },
    /// The file was replaced, but could not be read again.
    #[error(
        "{}时出错：{}。新内容已经写入，但未能确认完好。请再保存一次；仍出现本提示时请另存到其他位置。文件：{}",
        Step::Verify,
        reason(source),
        shown(path)
    )]
    Unverified {
        /// What was written; the next save may expect it.
        written: Fingerprint,
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The file was replaced and reads back differently.
    #[error(
        "{}时发现文件内容与刚保存的不一致，可能有其他程序同时写入或磁盘有故障。程序中的内容未受影响。请立即另存到其他位置。文件：{}",
        Step::Verify,
        shown(path)
    )]
    Differs {
        /// What is on the disk now.
        on_disk: Fingerprint,
        /// The file.
        path: PathBuf,
    },
    /// A backup whose content is not what its name says.
    #[error(
        "这份备份已损坏，没有读入任何内容，现有文件不受影响。请改用另一份备份。文件：{}",
        shown(path)
    )]
    DamagedBackup {
        /// The backup.
        path: PathBuf,
    },
    /// The system names no folder for the program's data.
    #[error(
        "{}时出错：系统没有给出用户文件夹，备份和设置无处存放，文件没有改动。请用环境变量 {} 指定一个文件夹",
        Step::DataFolder,
        super::folders::DATA_FOLDER_VARIABLE
    )]
    NoDataFolder,
}

impl StoreError {
    /// The error of reading `path`, told apart by what the system said.
    pub(super) fn reading(step: Step, path: &Path, limit: u64, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            ErrorKind::NotFound => Self::Missing { path },
            ErrorKind::IsADirectory => Self::NotAFile { path },
            // Said by `Fs::read` of devices and pipes; what the system does not support has a code.
            ErrorKind::Unsupported if source.raw_os_error().is_none() => Self::NotAFile { path },
            ErrorKind::FileTooLarge => Self::TooLarge { limit, path },
            _ => Self::Unreadable { step, path, source },
        }
    }

    /// The step and the reason alone, for messages that say themselves what it means.
    pub(super) fn cause(&self) -> String {
        match self {
            Self::Unreadable { step, source, .. } | Self::Failed { step, source, .. } => {
                format!("{step}时出错：{}", reason(source))
            }
            other => other.to_string(),
        }
    }

    /// The file or folder that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Missing { path }
            | Self::NotAFile { path }
            | Self::TooLarge { path, .. }
            | Self::NoFolder { path, .. }
            | Self::Unreadable { path, .. }
            | Self::ReadOnly { path }
            | Self::Refused { path, .. }
            | Self::Exists { path }
            | Self::ChangedMeanwhile { path }
            | Self::Failed { path, .. }
            | Self::NotReplaced { path, .. }
            | Self::Unverified { path, .. }
            | Self::Differs { path, .. }
            | Self::DamagedBackup { path } => Some(path),
            Self::NoDataFolder => None,
        }
    }

    /// Where the complete new content lies, if it could not take its place.
    pub fn kept(&self) -> Option<&Path> {
        match self {
            Self::NotReplaced { kept, .. } => Some(kept),
            _ => None,
        }
    }

    /// What is in the file now although the save did not end well: the next save may expect this.
    pub fn written(&self) -> Option<Fingerprint> {
        match self {
            Self::Unverified { written, .. } => Some(*written),
            _ => None,
        }
    }
}

/// A path as people know it: without the `\\?\` that Windows puts before resolved paths.
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if let Some(share) = text.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{share}");
    }
    match text.strip_prefix(r"\\?\") {
        Some(plain) => plain.to_owned(),
        None => text,
    }
}

/// What the system's answer means, in Chinese.
pub fn reason(error: &io::Error) -> String {
    if is_sharing_violation(error) {
        return "文件正被其他程序占用（如 WPS、杀毒软件、同步盘），或没有权限".to_owned();
    }
    if is_link_loop(error) {
        return "链接循环，指回了自己".to_owned();
    }
    let known = match error.kind() {
        ErrorKind::StorageFull => "磁盘空间不足",
        ErrorKind::QuotaExceeded => "超出了磁盘配额",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::NotFound => "文件或文件夹不存在",
        ErrorKind::AlreadyExists => "同名文件或文件夹已存在",
        ErrorKind::NotADirectory => "上级位置不是文件夹",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::Unsupported if error.raw_os_error().is_none() => "不是普通文件",
        ErrorKind::Unsupported => "这个磁盘或系统不支持此操作",
        ErrorKind::InvalidFilename => "文件名过长或含有不允许的字符，或是系统保留的名称",
        ErrorKind::InvalidInput => "文件名中有不允许的字符",
        ErrorKind::FileTooLarge => "文件超过了这个磁盘允许的大小",
        ErrorKind::OutOfMemory => "内存不足",
        ErrorKind::WriteZero => "没有写完就停止了",
        ErrorKind::UnexpectedEof => "没有读完就中断了",
        ErrorKind::Interrupted => "操作被中断",
        ErrorKind::BrokenPipe => "接收的程序已经关闭",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::WouldBlock => {
            "文件或设备正忙"
        }
        ErrorKind::StaleNetworkFileHandle
        | ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionReset
        | ErrorKind::NotConnected
        | ErrorKind::NetworkDown => "与共享文件夹的连接已断开",
        ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            "共享文件夹没有响应"
        }
        _ => return format!("磁盘或网络读写失败（{}）", system_code(error)),
    };
    known.to_owned()
}

/// The number of an error that has no words here: the system's own words may be in any language.
pub fn system_code(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(code) => format!("系统错误代码 {code}"),
        None => "系统没有说明原因".to_owned(),
    }
}

/// Links that lead back to themselves. The standard library has no stable name for it.
fn is_link_loop(error: &io::Error) -> bool {
    const CODE: i32 = match () {
        () if cfg!(windows) => 1921,
        () if cfg!(target_os = "linux") => 40,
        () => 62,
    };
    error.raw_os_error() == Some(CODE)
}

fn advice_to_read(error: &io::Error) -> &'static str {
    match error.kind() {
        _ if is_sharing_violation(error) => "请关闭占用该文件的程序后再试",
        _ if is_link_loop(error) => "请另选文件，或删除这个链接",
        ErrorKind::PermissionDenied => "请向文件的所有者或管理员申请权限",
        ErrorKind::InvalidFilename => "请换一个文件名",
        _ => "请检查磁盘、U 盘或共享文件夹的连接后再试",
    }
}

fn advice_to_write(error: &io::Error) -> &'static str {
    match error.kind() {
        _ if is_sharing_violation(error) => "请关闭占用该文件的程序后再保存，或另存为新文件",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "请清理磁盘空间后再保存，或另存到其他磁盘"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "请另存到有写入权限的文件夹",
        ErrorKind::InvalidFilename => "请换一个较短、没有特殊字符的文件名",
        _ => "请检查磁盘、U 盘或共享文件夹的连接后再保存，或另存到其他位置",
    }
}

fn untouched(left: Left) -> &'static str {
    match left {
        Left::Original => "磁盘上的原文件未改动",
        Left::Nothing => "原位置没有生成文件",
        Left::Untouched => "磁盘上的文件未改动",
    }
}

/// Bytes in the unit that people read, rounded down, with the spaces that Chinese text has around digits and letters.
fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = KIB * KIB;
    match bytes {
        0..KIB => format!(" {bytes} 字节"),
        KIB..MIB => format!(" {} KB ", bytes / KIB),
        _ => format!(" {} MB ", bytes / MIB),
    }
}
