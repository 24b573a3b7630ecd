//! 复核口径 of this computer: the files that were taken over, and the one that is in force.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use super::environment::Environment;
use crate::{
    model::profile::{Adjustments, Profile},
    rules::profile::{Chosen, InForce},
    store::{
        Fingerprint, StoreError,
        error::{reason, shown},
        profiles::{ProfileShelf, read_profile},
        settings::Settings,
    },
};

impl Environment {
    /// The profiles at hand.
    pub fn profiles(&self) -> Arc<ProfileShelf> {
        Arc::clone(&self.profiles.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the settings put in force: the chosen profile and the person's own changes.
    pub fn in_force(&self, settings: &Settings) -> InForce {
        let chosen = match &settings.profile {
            None => Chosen::BuiltIn,
            Some(id) => match self.profiles().get(id) {
                Some(profile) => Chosen::Profile(Arc::clone(profile)),
                None => Chosen::Missing(id.clone()),
            },
        };
        InForce::new(chosen, settings.own_rules.clone())
    }

    /// Reads a profile from a file. Nothing is kept of it.
    ///
    /// # Errors
    ///
    /// Why it cannot be used, in words.
    pub fn read_profile(&self, path: &Path) -> Result<Profile, String> {
        let text = self.text_of_user(path)?;
        read_profile(&shown(path), &text).map_err(|error| error.to_string())
    }

    /// Keeps a profile: it is at hand from now on and in each later run, in the place of one with the same id.
    ///
    /// # Errors
    ///
    /// Why it was not kept, in words; everything is then as before.
    pub fn keep_profile(&self, profile: Profile) -> Result<Arc<Profile>, String> {
        let folders = self.folders().ok_or(StoreError::NoDataFolder);
        let folder = folders.map_err(|error| error.to_string())?.profiles();
        self.fs().create_folders(&folder).map_err(|error| {
            let (reason, folder) = (reason(&error), shown(&folder));
            format!(
                "复核口径没有保存：文件夹建不了（{reason}）。校验仍按原来的口径。文件夹：{folder}"
            )
        })?;
        // Not the id alone: Windows reserves some names.
        let path = folder.join(format!("profile-{}.json", profile.id));
        let bytes = profile.to_text().into_bytes();
        let written = self.saver().replace_atomically(&path, &bytes, &self.now());
        written.map_err(|error| error.to_string())?;
        for other in self.files_of_profile(&profile.id) {
            if other != path {
                // Left where it is, it would only be read before the one just written.
                let _other_stays = self.fs().remove(&other);
            }
        }
        let profile = Arc::new(profile);
        self.change_shelf(|shelf| shelf.put(Arc::clone(&profile)));
        Ok(profile)
    }

    /// Removes a profile and its file.
    ///
    /// # Errors
    ///
    /// Why it is still there, in words.
    pub fn remove_profile(&self, id: &str) -> Result<(), String> {
        for path in self.files_of_profile(id) {
            self.fs().remove(&path).map_err(|error| {
                let (reason, path) = (reason(&error), shown(&path));
                format!("复核口径没有移除（{reason}），仍然可用。请关闭占用它的程序后再试一次。文件：{path}")
            })?;
        }
        self.change_shelf(|shelf| shelf.remove(id));
        Ok(())
    }

    /// Puts the profiles of the data folder on the shelf, in the order of their file names; why others are not, in words.
    pub(super) fn add_profiles(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for path in self.files_of_profiles() {
            match self.read_profile(&path) {
                Ok(profile) => self.change_shelf(|shelf| shelf.put(Arc::new(profile))),
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    fn files_of_profiles(&self) -> Vec<PathBuf> {
        let folder = self.folders().map(|folders| folders.profiles());
        folder.map_or_else(Vec::new, |folder| self.json_files(&folder))
    }

    fn files_of_profile(&self, id: &str) -> Vec<PathBuf> {
        let mut files = self.files_of_profiles();
        files.retain(|path| {
            self.read_profile(path)
                .is_ok_and(|profile| profile.id == id)
        });
        files
    }

    fn change_shelf(&self, change: impl FnOnce(&mut ProfileShelf)) {
        let mut shelf = self.profiles.lock().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut shelf));
    }
}

/// A profile file that says what is in force here, so that it can be handed out: the chosen profile with the person's changes
/// on top. Without a chosen profile its id comes from issuer and name, so that a later version takes the place of this one.
pub fn handed_out(
    in_force: &InForce,
    own: &Adjustments,
    name: &str,
    issuer: &str,
    version: &str,
) -> Profile {
    let mut profile = match in_force.chosen() {
        Chosen::Profile(profile) if profile.name == name && profile.issuer == issuer => {
            Profile::clone(profile)
        }
        Chosen::Profile(profile) => Profile {
            id: id_of(name, issuer),
            ..Profile::clone(profile)
        },
        Chosen::BuiltIn | Chosen::Missing(_) => Profile::new(id_of(name, issuer), name),
    };
    profile.name = name.to_owned();
    profile.issuer = issuer.to_owned();
    profile.version = version.to_owned();
    profile.changes.overlay(own);
    profile
}

/// The same name of the same issuer has the same id.
fn id_of(name: &str, issuer: &str) -> String {
    let digest = Fingerprint::of(format!("{issuer}\n{name}").as_bytes());
    format!("own-{}", digest.short())
}
