//! 复核口径 in the window: taken over from a file, handed out as one, removed.

use std::{path::Path, sync::Arc};

use super::{
    app::App,
    files::{Export, Purpose},
    preferences::Change,
};
use crate::{
    rules::profile::remarks, session::print::files::file_name, session::profiles::handed_out,
};

/// What the settings ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileAction {
    /// Ask for a file to take over.
    ChooseFile,
    /// Ask where to write what is in force, under this name, of this issuer, in this version.
    HandOut(HandOut),
    /// Remove the profile with this id, and its file in the data folder.
    Remove(String),
}

/// What a profile file that is handed out says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandOut {
    /// What it is called.
    pub name: String,
    /// Who hands it out.
    pub issuer: String,
    /// Its version or date.
    pub version: String,
}

impl App {
    pub(super) fn perform_profile(&mut self, action: ProfileAction) {
        match action {
            ProfileAction::ChooseFile => self.ask_where(Purpose::Profile, ""),
            ProfileAction::HandOut(told) => self.hand_profile_out(&told),
            ProfileAction::Remove(id) => self.remove_profile(&id),
        }
    }

    /// Takes a profile over from a file and checks by it. Whatever is wrong with the file, nothing changes.
    pub(super) fn take_profile_over(&mut self, path: &Path) {
        let profile = match self.environment.read_profile(path) {
            Ok(profile) => profile,
            Err(problem) => return self.tell("没有导入", problem),
        };
        let before = self.environment.profiles().get(&profile.id).cloned();
        let remarks = remarks(&profile);
        let profile = match self.environment.keep_profile(profile) {
            Ok(profile) => profile,
            Err(problem) => return self.tell("没有导入", problem),
        };
        self.change_settings(Change::Profile(Some(profile.id.clone())));
        let name = &profile.name;
        let said = match before {
            Some(before) if before != profile => {
                format!("已更新复核口径“{name}”，按新的口径校验")
            }
            _ => format!("已导入复核口径“{name}”，按它校验"),
        };
        self.views.toasts.done(said);
        for remark in remarks {
            self.views.toasts.warn(remark);
        }
    }

    fn hand_profile_out(&mut self, told: &HandOut) {
        let HandOut {
            name,
            issuer,
            version,
        } = told;
        let own = &self.settings.own_rules;
        let profile = handed_out(&self.in_force, own, name, issuer, version);
        let export = Export {
            bytes: Arc::from(profile.to_text().into_bytes()),
            title: "导出复核口径",
            filter: ("复核口径", &["json"]),
        };
        self.ask_where(
            Purpose::Export(export),
            &format!("{}.json", file_name(name)),
        );
    }

    fn remove_profile(&mut self, id: &str) {
        let name = self
            .environment
            .profiles()
            .get(id)
            .map(|profile| profile.name.clone());
        if let Err(problem) = self.environment.remove_profile(id) {
            return self.tell("没有移除", problem);
        }
        if self.settings.profile.as_deref() == Some(id) {
            self.change_settings(Change::Profile(None));
        }
        if let Some(name) = name {
            let said = format!("已移除复核口径“{name}”，按内置口径校验");
            self.views.toasts.done(said);
        }
    }
}
