//! A proof as files: a PDF, pictures, a PDF beside the document, a PDF for the system's own program.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{Proof, failure};
use crate::{
    printers::SpoolError,
    session::environment::Environment,
    sheet::{layout::LayoutError, pdf, pdf::Conformance, pdf::PdfError},
    store::{
        Expected, Fingerprint, MAX_FILE_BYTES, SaveOutcome, SaveRequest, StoreError, error::shown,
    },
};

/// Pixels per point of pictures: 200 per inch, sharp in a document and small enough for mail.
const SCALE: f64 = 200.0 / 72.0;

/// Why a print was not written.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// Nothing of what was asked for can be printed.
    #[error(
        "没有可以导出的内容：所选项目缺少表样，表中内容没有改动。请向提供文件的单位索取表样并添加。"
    )]
    Nothing,
    /// The pages were not laid out.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The pages are no PDF.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The printer or its service refused.
    #[error(transparent)]
    Spool(#[from] SpoolError),
    /// The disk refused.
    #[error("{}", failure::in_words(.0))]
    Store(#[from] StoreError),
    /// Another program's file has the name.
    #[error(
        "旁边已有同名的 PDF，它不是绩评导出的，或导出之后有人改动、批注过，没有覆盖它。文件已正常保存；需要 PDF 时请用“导出 PDF”另取名字。文件：{}",
        shown(.0)
    )]
    Foreign(PathBuf),
    /// Pictures with these names exist.
    #[error("同名图片已存在，没有覆盖")]
    Exist(Vec<PathBuf>),
    /// A page, counted from 1, gave no picture.
    #[error(
        "第 {0} 页没有生成图片，表中内容没有改动，前面各页的图片已经写好。请再导出一次；仍不成功时，请导出 PDF。"
    )]
    NoPicture(usize),
    /// The person gave it up.
    #[error("已取消导出")]
    Cancelled,
}

impl Proof {
    /// Writes a PDF; a file that exists is replaced, since the person was asked.
    ///
    /// # Errors
    ///
    /// The pages are no PDF, or the disk refused.
    pub fn write_pdf(&self, environment: &Environment, path: &Path) -> Result<(), PrintError> {
        let bytes = self.pages.pdf(Conformance::Tagged)?;
        let saver = environment.saver();
        saver.replace_atomically(path, &bytes, &environment.now())?;
        Ok(())
    }

    /// Writes each page as a picture: one page to `path`, several to names with their numbers. Those that exist are replaced
    /// only where `replaces` says so; `goes_on` is asked before each page.
    ///
    /// # Errors
    ///
    /// Some exist, which nobody was asked about; the disk refused; the person gave it up. Pages before are then written.
    pub fn write_pictures(
        &self,
        environment: &Environment,
        path: &Path,
        replaces: bool,
        goes_on: impl Fn() -> bool,
    ) -> Result<Vec<PathBuf>, PrintError> {
        let count = self.pages.count();
        let paths: Vec<PathBuf> = (1..=count).map(|page| of_page(path, page, count)).collect();
        if !replaces && count > 1 {
            let exists = |path: &&PathBuf| environment.fs().info(path).is_ok();
            let taken: Vec<PathBuf> = paths.iter().filter(exists).cloned().collect();
            if !taken.is_empty() {
                return Err(PrintError::Exist(taken));
            }
        }
        let saver = environment.saver();
        for (page, path) in paths.iter().enumerate() {
            if !goes_on() {
                return Err(PrintError::Cancelled);
            }
            let bytes = self.pages.png(page, SCALE);
            let bytes = bytes.ok_or(PrintError::NoPicture(page + 1))?;
            saver.replace_atomically(path, &bytes, &environment.now())?;
        }
        Ok(paths)
    }

    /// Writes a PDF beside a document, under its name. What stood there before goes to the backups; what this program did not
    /// write, or somebody worked on since, is left alone.
    ///
    /// # Errors
    ///
    /// Another's file has the name, or as [`Self::write_pdf`].
    pub fn write_beside(
        &self,
        environment: &Environment,
        document: &Path,
    ) -> Result<PathBuf, PrintError> {
        let path = document.with_extension("pdf");
        let expected = match environment.fs().read(&path, MAX_FILE_BYTES) {
            Ok(found) if pdf::is_untouched(&found) => Expected::Content(Fingerprint::of(&found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Expected::Absent,
            // What cannot be looked into may be anything.
            Ok(_) | Err(_) => return Err(PrintError::Foreign(path)),
        };
        let bytes = self.pages.pdf(Conformance::Tagged)?;
        let backups = environment.folders().map(|folders| folders.backups());
        let outcome = environment.saver().save(SaveRequest {
            path: &path,
            bytes: &bytes,
            expected,
            backups: backups.as_ref(),
            check: None,
            now: &environment.now(),
        })?;
        match outcome {
            SaveOutcome::Saved(_) => Ok(path),
            SaveOutcome::Conflict { .. } => Err(PrintError::Foreign(path)),
        }
    }

    /// Writes a PDF into the program's own folder, for another program to show. Those of earlier days are removed.
    ///
    /// # Errors
    ///
    /// There is no such folder, or as [`Self::write_pdf`].
    pub fn write_view(
        &self,
        environment: &Environment,
        title: &str,
    ) -> Result<PathBuf, PrintError> {
        let folders = environment.folders().ok_or(StoreError::NoDataFolder)?;
        let folder = folders.views();
        // What fails here is said by the writing below.
        let _said_below = environment.fs().create_folders(&folder);
        let now = environment.now();
        remove_old_views(environment, &folder, &now.strftime("%Y-%m-%d").to_string());
        let time = now.strftime("%Y-%m-%d %H-%M-%S");
        let path = folder.join(format!("{time} {}.pdf", file_name(title)));
        self.write_pdf(environment, &path)?;
        Ok(path)
    }
}

/// A title as a file's name: without what systems refuse, short, and never empty.
pub fn file_name(title: &str) -> String {
    match plain_name(title) {
        name if name.is_empty() => "绩效自评表".to_owned(),
        name => name,
    }
}

/// As much of a text as can stand in a file's name; may be empty.
pub fn plain_name(text: &str) -> String {
    /// As many characters as leave room for the rest of a path on every system.
    const LONGEST: usize = 60;
    let allowed = |c: &char| !c.is_control() && !r#"\/:*?"<>|"#.contains(*c);
    let name: String = text.chars().filter(allowed).take(LONGEST).collect();
    name.trim().trim_end_matches('.').trim_end().to_owned()
}

/// The name for a page, counted from 1.
fn of_page(path: &Path, page: usize, count: usize) -> PathBuf {
    if count == 1 {
        return path.to_path_buf();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let digits = count.to_string().len();
    path.with_file_name(format!("{stem} 第{page:0digits$}页.png"))
}

fn remove_old_views(environment: &Environment, folder: &Path, today: &str) {
    let names = environment.fs().list(folder).unwrap_or_default();
    for name in names {
        let is_old = |name: &str| name.ends_with(".pdf") && !name.starts_with(today);
        if name.to_str().is_some_and(is_old) {
            // Another program may still show it; tomorrow is another day.
            let _kept = environment.fs().remove(&folder.join(name));
        }
    }
}
