//! The program's own data folder.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use directories::ProjectDirs;

use super::{Backups, StoreError, presence::Presence, recovery::Recoveries};

/// The environment variable that puts the data folder elsewhere.
pub const DATA_FOLDER_VARIABLE: &str = "JIPING_DATA";

/// A file of this name beside the program makes it portable: it leaves nothing in the user's folders. What stands in it
/// does not matter.
pub const PORTABLE_MARKER: &str = "portable.txt";

/// The data folder of a portable program, beside it.
pub const PORTABLE_DATA: &str = "data";

/// Where the program keeps its own files. Nothing is created until something is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    data: PathBuf,
}

impl Folders {
    /// Everything below `data`.
    pub fn at(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into() }
    }

    /// The folder that [`DATA_FOLDER_VARIABLE`] names; where [`PORTABLE_MARKER`] lies beside the program, [`PORTABLE_DATA`]
    /// beside it; otherwise the user's own: `%LOCALAPPDATA%\Jiping\data`, `~/.local/share/jiping`. Local, not roaming: backups
    /// should not travel with a network profile.
    ///
    /// # Errors
    /// The system names no home folder.
    pub fn of_user() -> Result<Self, StoreError> {
        let program = std::env::current_exe().ok();
        Self::choose(
            std::env::var_os(DATA_FOLDER_VARIABLE),
            program.as_deref(),
            Path::exists,
        )
    }

    /// As [`of_user`](Self::of_user) with the variable's value given (an empty one counts as none), the path of the program,
    /// and a way to learn whether a file is there.
    ///
    /// # Errors
    /// As there.
    pub fn choose(
        chosen: Option<OsString>,
        program: Option<&Path>,
        exists: impl Fn(&Path) -> bool,
    ) -> Result<Self, StoreError> {
        if let Some(chosen) = chosen.filter(|value| !value.is_empty()) {
            let chosen = PathBuf::from(chosen);
            return Ok(Self::at(std::path::absolute(&chosen).unwrap_or(chosen)));
        }
        if let Some(beside) = program.and_then(Path::parent)
            && exists(&beside.join(PORTABLE_MARKER))
        {
            return Ok(Self::at(beside.join(PORTABLE_DATA)));
        }
        ProjectDirs::from("", "", "Jiping")
            .map(|dirs| Self::at(dirs.data_local_dir()))
            .ok_or(StoreError::NoDataFolder)
    }

    /// The folder that holds all the others.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where the user's own editions lie, one JSON file each.
    pub fn editions(&self) -> PathBuf {
        self.data.join("editions")
    }

    /// Where the user's own maps of budget systems lie, one JSON file each.
    pub fn systems(&self) -> PathBuf {
        self.data.join("systems")
    }

    /// Where profiles lie that the user took over, one JSON file each.
    pub fn profiles(&self) -> PathBuf {
        self.data.join("profiles")
    }

    /// The backups of all files.
    pub fn backups(&self) -> Backups {
        Backups::at(self.data.join("backups"))
    }

    /// The window's settings.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// The person's own entries of the 指标库.
    pub fn library(&self) -> PathBuf {
        self.data.join(super::library::FILE)
    }

    /// Recovery copies of documents with unsaved changes.
    pub fn recoveries(&self) -> Recoveries {
        Recoveries::at(self.data.join("recovery"))
    }

    /// Who has which file open.
    pub fn presence(&self) -> Presence {
        Presence::at(self.data.join("open"))
    }

    /// One lock per window that is running.
    pub fn runs(&self) -> PathBuf {
        self.data.join("running")
    }

    /// Files for other programs to show.
    pub fn views(&self) -> PathBuf {
        self.data.join("views")
    }

    /// Files that a reader in a process of its own is handed; they vanish with it.
    pub fn scratch(&self) -> PathBuf {
        self.data.join("reading")
    }

    /// The log file and the one before it.
    pub fn log(&self) -> PathBuf {
        self.data.join("log")
    }
}
