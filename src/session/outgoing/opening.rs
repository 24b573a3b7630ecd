//! A 报送材料包 that was received: read with care, opened as a document, and its evidence put into a folder where that is asked
//! for.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    exchange::limits,
    session::{
        environment::Environment, export::order::told, one_line::one_line, print::failure,
        session::Session,
    },
    sharing::parcel::read::{self, LARGEST, Parcel},
    store::{StoreError, error::reason},
};

/// Whether a file is packed, by its name, so that it may be a parcel. Every workbook is a zip too.
pub fn is_packed(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Reads the parcel at `path`. Nothing is unpacked.
///
/// # Errors
///
/// Why it was not opened, in words.
pub fn open(environment: &Environment, path: &Path) -> Result<Parcel, String> {
    let about = |problem: &str| one_line(&format!("{problem}文件：{}", told(path)));
    let bytes = environment.fs().read(path, LARGEST).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::FileTooLarge => format!("超过 {} MB", LARGEST >> 20),
            _ => reason(&error),
        };
        about(&format!(
            "材料包没有打开（{why}）。请确认文件还在原处、没有被其他程序占用。"
        ))
    })?;
    read::open(Arc::from(bytes), &mut &*environment).map_err(|error| about(&error.to_string()))
}

impl Session {
    /// The document of a parcel, to be worked on and saved under a name of its own.
    pub fn of_parcel(environment: Arc<Environment>, parcel: &Parcel) -> Self {
        Self::unsaved(environment, parcel.opened.clone())
    }
}

/// What came of taking evidence out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenOut {
    /// How many files were written.
    pub written: usize,
    /// What was not, one sentence each.
    pub problems: Vec<String>,
}

/// Writes the files of evidence into a folder, in the folders that the parcel has them in. Nothing that is there is
/// overwritten.
pub fn take_out(
    environment: &Environment,
    parcel: &Parcel,
    folder: &Path,
    is_stopped: &dyn Fn() -> bool,
) -> TakenOut {
    let mut taken = TakenOut::default();
    for member in parcel.evidence.iter().take(limits::ENTRIES) {
        if is_stopped() {
            taken.problems.push("已停止，其余的没有取出。".into());
            break;
        }
        // The names were found to be harmless when the parcel was read.
        let path: PathBuf = member
            .name
            .split('/')
            .fold(folder.to_path_buf(), |path, part| path.join(part));
        match write(environment, parcel, member, &path) {
            Ok(()) => taken.written += 1,
            Err(problem) => taken.problems.push(problem),
        }
    }
    taken
}

fn write(
    environment: &Environment,
    parcel: &Parcel,
    member: &crate::sharing::parcel::manifest::Member,
    path: &Path,
) -> Result<(), String> {
    let bytes = parcel
        .content(member)
        .map_err(|error| one_line(&error.to_string()))?;
    if let Some(folder) = path.parent() {
        environment.fs().create_folders(folder).map_err(|error| {
            format!(
                "文件夹建不了（{}），没有取出。文件夹：{}",
                reason(&error),
                told(folder)
            )
        })?;
    }
    match environment.saver().write_new(path, &bytes) {
        Ok(_) => Ok(()),
        Err(StoreError::Exists { .. }) => {
            Err(format!("同名文件已存在，没有覆盖它：{}", told(path)))
        }
        Err(error) => Err(one_line(&failure::in_words(&error))),
    }
}
