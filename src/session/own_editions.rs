//! The user's own 表样 of this computer: kept, replaced, removed, taken over from a file.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use super::environment::Environment;
use crate::{
    model::edition::Edition,
    store::{
        StoreError,
        editions::{EditionShelf, read_edition},
        error::{reason, shown},
    },
};

impl Environment {
    /// Reads an edition from a file. Nothing is kept of it.
    ///
    /// # Errors
    ///
    /// Why it cannot be used, in words.
    pub fn read_edition(&self, path: &Path) -> Result<Edition, String> {
        let text = self.text_of_user(path)?;
        read_edition(&shown(path), &text).map_err(|error| error.to_string())
    }

    /// Keeps an edition among the user's own, in the place of one with the same id: it is at hand from now on, and in each
    /// later run.
    ///
    /// # Errors
    ///
    /// Why it was not kept, in words; everything is then as before.
    pub fn put_edition(&self, edition: &Arc<Edition>) -> Result<(), String> {
        // Tried on a shelf of its own: what cannot be used is not written either.
        let mut shelf = EditionShelf::clone(&self.editions());
        shelf
            .put_user(Arc::clone(edition))
            .map_err(|error| error.to_string())?;
        let folders = self.folders().ok_or(StoreError::NoDataFolder);
        let folder = folders.map_err(|error| error.to_string())?.editions();
        let text = text_of(edition);
        self.fs().create_folders(&folder).map_err(|error| {
            let (reason, folder) = (reason(&error), shown(&folder));
            format!("表样没有保存：文件夹建不了（{reason}），修改仍在编辑窗口中。文件夹：{folder}")
        })?;
        let before = self.files_of_edition(&edition.id);
        let path = folder.join(format!("{}.json", edition.hash()));
        let written = self
            .saver()
            .replace_atomically(&path, text.as_bytes(), &self.now());
        written.map_err(|error| error.to_string())?;
        for other in before.iter().filter(|other| **other != path) {
            self.remove_file(other)?;
        }
        self.set_editions(shelf);
        Ok(())
    }

    /// Removes an edition of the user's own and its file.
    ///
    /// # Errors
    ///
    /// Why it is still there, in words.
    pub fn remove_edition(&self, id: &str) -> Result<(), String> {
        for path in self.files_of_edition(id) {
            self.remove_file(&path)?;
        }
        let mut shelf = EditionShelf::clone(&self.editions());
        shelf.remove_user(id);
        self.set_editions(shelf);
        Ok(())
    }

    fn remove_file(&self, path: &Path) -> Result<(), String> {
        self.fs().remove(path).map_err(|error| {
            let (reason, path) = (reason(&error), shown(path));
            format!(
                "表样的文件没有删掉（{reason}），下次启动时它还在。请关闭占用它的程序后再试一次。文件：{path}"
            )
        })
    }

    fn set_editions(&self, shelf: EditionShelf) {
        let mut editions = self.editions.lock().unwrap_or_else(PoisonError::into_inner);
        *editions = Arc::new(shelf);
    }

    fn files_of_edition(&self, id: &str) -> Vec<PathBuf> {
        let Some(folders) = self.folders() else {
            return Vec::new();
        };
        let mut files = self.json_files(&folders.editions());
        files.retain(|path| {
            self.read_edition(path)
                .is_ok_and(|edition| edition.id == id)
        });
        files
    }
}

/// The text of an edition's file.
pub fn text_of(edition: &Edition) -> String {
    let mut text = serde_json::to_string_pretty(edition).unwrap_or_default();
    text.push('\n');
    text
}
