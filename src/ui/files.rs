//! Dialogs for files. Those of the system block their thread, so they run as jobs; where there are none, the program shows
//! a simple one of its own.

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use super::{evidence::Proves, exporting::summary::Form};
use crate::{
    model::{
        id::Id,
        project::{Evidence, Project},
    },
    session::import,
    sheet::fonts::{Face, SystemFonts},
    store::Backup,
};

/// Endings of templates that can be filled in.
const TEMPLATES: &[&str] = &["xlsx", "xlsm", "xls", "et", "docx"];

/// Endings of files that may hold forms.
const FORMS: &[&str] = &[
    "jiping", "json", "xlsx", "xlsm", "xls", "et", "ods", "docx", "doc", "wps", "pdf",
];

/// Endings of lists of indicators.
const LISTS: &[&str] = &["xlsx", "xls", "et", "ods", "csv", "json"];

/// What a chosen path is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Open a document.
    Open,
    /// Import files of other programs.
    Import,
    /// Import all files of a folder.
    ImportFolder,
    /// Save the document under this path from now on.
    SaveAs,
    /// Save a copy; the document stays with its own file.
    SaveCopy,
    /// Write an earlier version there.
    Version(Backup),
    /// Take this 复核口径 over.
    Profile,
    /// Make a 表样 of this form.
    Form,
    /// Take this 表样 over.
    Edition,
    /// Begin in this folder from now on.
    Folder,
    /// Write the pages of the preview as a PDF.
    ExportPdf,
    /// Write the pages of the preview as pictures.
    ExportPictures,
    /// Put exported files into this folder.
    ExportFolder,
    /// Fill this template in.
    Template,
    /// Write what was filled in.
    Filled,
    /// Take the form of the year before this project's out of it.
    LastYear(Id<Project>),
    /// Compare the document with it.
    Compare,
    /// Sum up documents.
    SumUp,
    /// Sum up all documents of a folder.
    SumUpFolder,
    /// Write a summary.
    Summary(Form),
    /// Take the indicators of forms into the library.
    LibraryForms,
    /// Take the indicators of all forms of a folder into the library.
    LibraryFolder,
    /// Take the indicators of a list into the library.
    LibraryList,
    /// Join this copy with the document.
    Merge,
    /// Take the projects of these documents in.
    Join,
    /// Write a file for each project into this folder.
    SplitFolder,
    /// Take the comments of these files into the 整改台账.
    Comments,
    /// Compare the 整改台账 with this earlier document.
    Earlier,
    /// Register these files as 佐证材料.
    Evidence(Proves),
    /// This is the file that was registered elsewhere.
    MovedEvidence(Id<Evidence>),
    /// Look in this folder for 佐证材料.
    EvidenceFolder,
    /// Write what goes to others, with this ending.
    Outgoing(&'static str),
    /// Put the evidence of a parcel into this folder.
    ParcelFolder,
    /// Put 填报表 into this folder.
    HandOutFolder,
    /// Take these 填报表 back.
    Collect,
    /// Take all 填报表 of a folder back.
    CollectFolder,
    /// Write this.
    Export(Export),
}

/// A file that is not the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// What the dialog's title says.
    pub title: &'static str,
    /// The kind of file and its extensions.
    pub filter: (&'static str, &'static [&'static str]),
}

/// What a file dialog is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRequest {
    /// What the path is for.
    pub purpose: Purpose,
    /// The folder to begin in.
    pub folder: Option<PathBuf>,
    /// The file name to begin with; empty for opening.
    pub name: String,
}

impl FileRequest {
    /// What the dialog's title says.
    pub fn title(&self) -> &'static str {
        match &self.purpose {
            Purpose::Open => "打开",
            Purpose::Import => "选择要导入的文件",
            Purpose::ImportFolder => "选择要导入的文件夹",
            Purpose::SaveAs => "另存为",
            Purpose::SaveCopy => "保存副本",
            Purpose::Version(_) => "另存历史版本",
            Purpose::Profile => "选择复核口径文件",
            Purpose::Form => "选择空白表",
            Purpose::Edition => "选择表样文件",
            Purpose::Folder => "选择文件夹",
            Purpose::ExportPdf => "导出 PDF",
            Purpose::ExportPictures => "导出图片",
            Purpose::ExportFolder => "选择导出到的文件夹",
            Purpose::Template => "选择要填的原表",
            Purpose::Filled => "保存填好的表",
            Purpose::LastYear(_) => "选择上年的自评表",
            Purpose::Compare => "选择要比较的文件",
            Purpose::SumUp => "选择要汇总的文件",
            Purpose::SumUpFolder => "选择要汇总的文件夹",
            Purpose::Summary(_) => "保存汇总表",
            Purpose::LibraryForms => "选择填好的自评表",
            Purpose::LibraryFolder => "选择放着自评表的文件夹",
            Purpose::LibraryList => "选择指标清单",
            Purpose::Merge => "选择退回的文件",
            Purpose::Join => "选择要并入的文件",
            Purpose::SplitFolder => "选择拆分到的文件夹",
            Purpose::Comments => "选择审核意见",
            Purpose::Earlier => "选择旧版文件",
            Purpose::Evidence(_) => "选择佐证材料",
            Purpose::MovedEvidence(_) => "选择移动后的文件",
            Purpose::EvidenceFolder => "在哪个文件夹中找",
            Purpose::Outgoing("zip") => "保存材料包",
            Purpose::Outgoing("jiping") => "保存脱敏副本",
            Purpose::Outgoing(_) => "保存公开版",
            Purpose::ParcelFolder => "选择放佐证材料的文件夹",
            Purpose::HandOutFolder => "选择填报表放到的文件夹",
            Purpose::Collect => "选择填好的表",
            Purpose::CollectFolder => "选择放着填好的表的文件夹",
            Purpose::Export(export) => export.title,
        }
    }

    /// The kind of file and its extensions.
    pub fn filter(&self) -> (&'static str, &'static [&'static str]) {
        match &self.purpose {
            Purpose::Merge | Purpose::Join | Purpose::Earlier => ("绩评文件", &["jiping", "json"]),
            Purpose::Import | Purpose::Form | Purpose::Comments => {
                ("表格、文档和文本", import::ENDINGS)
            }
            Purpose::Evidence(_) | Purpose::MovedEvidence(_) => ("所有文件", &["*"]),
            Purpose::Open => ("绩评文件和报送材料包", &["jiping", "json", "zip"]),
            Purpose::Edition => ("表样", &["json"]),
            Purpose::SaveAs | Purpose::SaveCopy | Purpose::Version(_) => ("绩评文件", &["jiping"]),
            Purpose::Folder
            | Purpose::ImportFolder
            | Purpose::ExportFolder
            | Purpose::EvidenceFolder
            | Purpose::SumUpFolder
            | Purpose::SplitFolder
            | Purpose::ParcelFolder
            | Purpose::HandOutFolder
            | Purpose::CollectFolder
            | Purpose::LibraryFolder => ("文件夹", &[]),
            Purpose::Collect => ("填好的表", &["xlsx", "xls", "et", "ods", "xlsm"]),
            Purpose::LibraryForms => ("自评表", FORMS),
            Purpose::LibraryList => ("指标清单", LISTS),
            Purpose::Profile => ("复核口径", &["json"]),
            Purpose::LastYear(_) => ("绩评文件、表格和文档", FORMS),
            Purpose::SumUp | Purpose::Compare => ("绩评文件", &["jiping", "json"]),
            Purpose::Template | Purpose::Filled => ("表格和文档", TEMPLATES),
            Purpose::Summary(Form::Workbook) => ("Excel 文件", &["xlsx"]),
            Purpose::Summary(Form::Pdf) => ("PDF 文件", &["pdf"]),
            Purpose::ExportPdf => ("PDF 文件", &["pdf"]),
            Purpose::ExportPictures => ("图片（PNG）", &["png"]),
            Purpose::Outgoing(ending) => match *ending {
                "zip" => ("压缩包", &["zip"]),
                "xlsx" => ("Excel 文件", &["xlsx"]),
                "docx" => ("Word 文件", &["docx"]),
                "jiping" => ("绩评文件", &["jiping"]),
                _ => ("PDF 文件", &["pdf"]),
            },
            Purpose::Export(export) => export.filter,
        }
    }

    /// Whether a file that exists is asked for.
    pub fn is_open(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Open
                | Purpose::Import
                | Purpose::Template
                | Purpose::Profile
                | Purpose::Form
                | Purpose::Edition
                | Purpose::LibraryForms
                | Purpose::LibraryList
                | Purpose::LastYear(_)
                | Purpose::SumUp
                | Purpose::Merge
                | Purpose::Join
                | Purpose::Comments
                | Purpose::Earlier
                | Purpose::Evidence(_)
                | Purpose::MovedEvidence(_)
                | Purpose::Compare
                | Purpose::Collect
        )
    }

    /// Whether a folder is asked for.
    pub fn is_folder(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Folder
                | Purpose::ImportFolder
                | Purpose::ExportFolder
                | Purpose::EvidenceFolder
                | Purpose::SumUpFolder
                | Purpose::SplitFolder
                | Purpose::ParcelFolder
                | Purpose::HandOutFolder
                | Purpose::CollectFolder
                | Purpose::LibraryFolder
        )
    }

    /// Whether several files may be chosen at once.
    pub fn takes_several(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Import
                | Purpose::SumUp
                | Purpose::Join
                | Purpose::Collect
                | Purpose::LibraryForms
                | Purpose::LibraryList
                | Purpose::Comments
                | Purpose::Evidence(_)
        )
    }
}

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileAnswer {
    /// Chose a path.
    Chosen(PathBuf),
    /// Chose several files, where that is possible.
    Several(Vec<PathBuf>),
    /// Chose nothing.
    Cancelled,
    /// There is no dialog of the system; the program shows its own.
    Unavailable,
}

/// What the system does about files for the window.
pub trait FileDialogs: Send + Sync {
    /// Asks for a path, and waits for the answer. Called in a job's thread.
    fn ask(&self, request: &FileRequest) -> FileAnswer;

    /// Opens a document in a window of its own: one window holds one document.
    ///
    /// # Errors
    ///
    /// The system did not start the program.
    fn open_window(&self, path: &Path) -> io::Result<()>;

    /// Opens a file or folder with the system's own program for it.
    ///
    /// # Errors
    ///
    /// The system has none, or did not start it.
    fn open_with_system(&self, path: &Path) -> io::Result<()>;

    /// The faces that this computer has to print with. Called in a job's thread: it may take a second.
    fn faces(&self) -> Vec<Face>;
}

/// The dialogs of the system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemDialogs;

impl FileDialogs for SystemDialogs {
    fn ask(&self, request: &FileRequest) -> FileAnswer {
        if !has_system_dialogs() {
            return FileAnswer::Unavailable;
        }
        let mut dialog = rfd::FileDialog::new().set_title(request.title());
        if let Some(folder) = &request.folder {
            dialog = dialog.set_directory(folder);
        }
        if request.is_folder() {
            let chosen = dialog.pick_folder();
            return chosen.map_or(FileAnswer::Cancelled, FileAnswer::Chosen);
        }
        let (kind, extensions) = request.filter();
        dialog = dialog
            .add_filter(kind, extensions)
            .add_filter("所有文件", &["*"]);
        if request.takes_several() {
            let chosen = dialog.pick_files();
            return chosen.map_or(FileAnswer::Cancelled, FileAnswer::Several);
        }
        let chosen = if request.is_open() {
            dialog.pick_file()
        } else {
            dialog.set_file_name(&request.name).save_file()
        };
        chosen.map_or(FileAnswer::Cancelled, FileAnswer::Chosen)
    }

    fn open_window(&self, path: &Path) -> io::Result<()> {
        let mut child = Command::new(std::env::current_exe()?).arg(path).spawn()?;
        // It lives on without this window.
        child.try_wait().map(drop)
    }

    fn open_with_system(&self, path: &Path) -> io::Result<()> {
        open::that_detached(path)
    }

    fn faces(&self) -> Vec<Face> {
        let fonts = SystemFonts::installed();
        let faces = Face::ALL.into_iter();
        faces.filter(|face| fonts.has(*face)).collect()
    }
}

/// Windows and macOS always have dialogs. On Linux they come from a portal on the session's bus; without one the call
/// would look like a cancelled dialog.
fn has_system_dialogs() -> bool {
    cfg!(not(target_os = "linux")) || std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
}
