//! What the person sets: each change, what follows from it at once, and what goes back to its default together.

use std::path::PathBuf;

use super::app::App;
use crate::{
    model::profile::Adjustments,
    rules::{catalogue, profile::InForce},
    store::settings::{Appearance, Face, MoneyDisplay, Renderer, Settings},
};

/// A change of the settings. It takes effect at once, and is remembered.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Light or dark.
    Appearance(Appearance),
    /// The size of everything, in percent; brought within [`Settings::ZOOM`].
    Zoom(u16),
    /// How amounts are shown.
    Money(MoneyDisplay),
    /// What draws the window, from the next start on.
    Renderer(Renderer),
    /// What forms are printed with.
    Face(Face),
    /// Whether each save leaves a PDF beside the file.
    AlsoExport(bool),
    /// Whether the user's own editions travel with the files that are on them.
    EmbedEditions(bool),
    /// How many seconds after the last change the recovery copy is written; brought within
    /// [`Settings::RECOVERY_DELAY`].
    RecoveryDelay(u16),
    /// The folder in which dialogs for files begin; `None` for the one used last.
    Folder(Option<PathBuf>),
    /// The name under notes and explanations; an empty one is asked for when it is needed.
    User(String),
    /// Shows the pointers of the first use once more.
    ShowPointers,
    /// Turns a rule on or off, for forms of every edition.
    Rule(&'static str, bool),
    /// The 复核口径 with this id, or the program's own.
    Profile(Option<String>),
    /// The person's own changes on top of it.
    Own(Box<Adjustments>),
    /// Takes these groups over from other settings: from the defaults, or back from what they were before.
    Take(Vec<Group>, Box<Settings>),
}

/// Settings that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Group {
    /// 外观
    #[default]
    Looks,
    /// 打印和导出
    Print,
    /// 保存和备份
    Files,
    /// 校验规则
    Rules,
    /// 校验界限
    Thresholds,
    /// 姓名和提示
    Person,
}

impl Group {
    /// All groups in their order.
    pub const ALL: [Self; 6] = [
        Self::Looks,
        Self::Print,
        Self::Files,
        Self::Rules,
        Self::Thresholds,
        Self::Person,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Looks => "外观",
            Self::Print => "打印和导出",
            Self::Files => "保存和备份",
            Self::Rules => "校验规则",
            Self::Thresholds => "校验界限",
            Self::Person => "姓名和提示",
        }
    }

    /// Takes the group over from other settings.
    fn copy(self, from: &Settings, into: &mut Settings) {
        match self {
            Self::Looks => {
                into.appearance = from.appearance;
                into.zoom = from.zoom;
                into.money = from.money;
                into.renderer = from.renderer;
            }
            Self::Print => {
                into.face = from.face;
                into.also_export = from.also_export;
            }
            Self::Files => {
                into.embed_editions = from.embed_editions;
                into.recovery_delay = from.recovery_delay;
                into.folder.clone_from(&from.folder);
            }
            Self::Rules => {
                into.profile.clone_from(&from.profile);
                into.own_rules.take_rules(&from.own_rules);
            }
            Self::Thresholds => into.own_rules.take_thresholds(&from.own_rules),
            Self::Person => into.user.clone_from(&from.user),
        }
    }

    /// Whether all of it is as at the first start.
    pub fn is_default(self, settings: &Settings) -> bool {
        let mut with_defaults = settings.clone();
        self.copy(&Settings::default(), &mut with_defaults);
        with_defaults == *settings
    }
}

impl App {
    /// Makes a change of the settings.
    pub(super) fn change_settings(&mut self, change: Change) {
        let settings = &mut self.settings;
        match change {
            Change::Appearance(appearance) => settings.appearance = appearance,
            Change::Zoom(percent) => {
                let (least, most) = Settings::ZOOM;
                settings.zoom = percent.clamp(least, most);
            }
            Change::Money(display) => settings.money = display,
            Change::Renderer(renderer) => settings.renderer = renderer,
            Change::Face(face) => settings.face = face,
            Change::AlsoExport(is_on) => settings.also_export = is_on,
            Change::EmbedEditions(is_on) => settings.embed_editions = is_on,
            Change::RecoveryDelay(seconds) => {
                let (shortest, longest) = Settings::RECOVERY_DELAY;
                settings.recovery_delay = seconds.clamp(shortest, longest);
            }
            Change::Folder(folder) => settings.folder = folder,
            Change::User(name) => {
                settings.user = Some(name).filter(|name| !name.trim().is_empty());
            }
            Change::ShowPointers => settings.pointers_seen = false,
            Change::Rule(code, is_on) => {
                let level = settings.own_rules.all.rules.get(code);
                let level = level.and_then(|rule| rule.level);
                let beneath = self.in_force.without_own().rules_on(None);
                let on = (beneath.is_on(code) != is_on).then_some(is_on);
                settings.own_rules.set_rule(None, code, on, level);
            }
            Change::Profile(id) => settings.profile = id,
            Change::Own(own) => settings.own_rules = *own,
            Change::Take(groups, from) => {
                for group in groups {
                    group.copy(&from, settings);
                }
            }
        }
        self.follow_profile();
    }

    /// Turns a rule off where its findings are listed, and says so with the way back.
    pub(super) fn turn_off_rule(&mut self, code: &'static str) {
        self.change_settings(Change::Rule(code, false));
        let name = catalogue::by_code(code).map_or("", |rule| rule.name);
        self.views.toasts.offering(
            format!("已停用规则 {code}“{name}”，它的问题不再列出、不再计数"),
            "重新启用",
            Change::Rule(code, true),
        );
    }

    /// Checks by what the settings put in force.
    pub(super) fn follow_profile(&mut self) {
        let in_force = self.environment.in_force(&self.settings);
        if in_force == self.in_force {
            return;
        }
        self.in_force = in_force.clone();
        if let Some(desk) = &mut self.desk {
            desk.session.judge_by(in_force);
        }
    }

    /// By what the window checks.
    pub fn in_force(&self) -> &InForce {
        &self.in_force
    }

    /// Shows the data folder in the file manager of the system.
    pub(super) fn open_data_folder(&mut self) {
        let Some(folders) = self.environment.folders() else {
            return;
        };
        let folder = folders.data();
        if let Err(error) = self.files.open_with_system(folder) {
            let text = format!(
                "没有打开文件夹（{error}）。文件没有改动；可以复制路径，在文件管理器中打开。文件夹：{}",
                crate::store::error::shown(folder)
            );
            self.tell("没有打开", text);
        }
    }
}
