//! The program's own data folder.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use directories::ProjectDirs;

use super::{Backups, StoreError, presence::Presence, recovery::Recoveries};

/// The environment variable that puts the data folder elsewhere.
pub const DATA_FOLDER_VARIABLE: &str = "JIPING_DATA";

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

    /// The folder that [`DATA_FOLDER_VARIABLE`] names, or the user's own: `%LOCALAPPDATA%\Jiping\data`,
    /// `~/.local/share/jiping`. Local, not roaming: backups should not travel with a network profile.
    ///
    /// # Errors
    /// The system names no home folder.
    pub fn of_user() -> Result<Self, StoreError> {
        Self::choose(std::env::var_os(DATA_FOLDER_VARIABLE))
    }

    /// As [`of_user`](Self::of_user) with the variable's value given; an empty one counts as none.
    ///
    /// # Errors
    /// As there.
    pub fn choose(chosen: Option<OsString>) -> Result<Self, StoreError> {
        if let Some(chosen) = chosen.filter(|value| !value.is_empty()) {
            let chosen = PathBuf::from(chosen);
            return Ok(Self::at(std::path::absolute(&chosen).unwrap_or(chosen)));
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

    /// The backups of all files.
    pub fn backups(&self) -> Backups {
        Backups::at(self.data.join("backups"))
    }

    /// The window's settings.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
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

    /// The log file and the one before it.
    pub fn log(&self) -> PathBuf {
        self.data.join("log")
    }
}
