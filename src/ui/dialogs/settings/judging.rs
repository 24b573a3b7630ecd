//! By which 复核口径 is checked: which one, and for which forms the person's own changes are made.

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use crate::{
    model::{edition::Edition, profile::Profile},
    rules::profile::Chosen,
    ui::{
        action::Action,
        dialogs::profile::ProfileDialog,
        preferences::Change,
        profiles::{HandOut, ProfileAction},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// Where the person is on the pages of rules and thresholds.
#[derive(Default)]
pub struct Judging {
    /// The id of the edition whose forms the changes are for; `None` for all.
    pub edition: Option<String>,
    /// Whether it was asked to remove the profile in force.
    is_removing: bool,
}

const BUILT_IN: &str = "内置口径";
const EVERY_EDITION: &str = "全部表样";

impl Judging {
    /// The edition that the changes are for, where they are for one.
    pub fn edition(&self, scene: &Scene<'_>) -> Option<Arc<Edition>> {
        let id = self.edition.as_deref()?;
        let editions = scene.environment.editions();
        let mut shelved = editions.list().iter();
        let found = shelved.find(|shelved| shelved.edition.id == id)?;
        Some(Arc::clone(&found.edition))
    }

    /// Draws which profile it is, with what can be done about profiles.
    pub fn profile(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let shelf = scene.environment.profiles();
        let chosen = scene.in_force.chosen().clone();
        let caption = ui.label("复核口径").id;
        let shown = match &chosen {
            Chosen::Profile(profile) => profile.name.as_str(),
            Chosen::BuiltIn => BUILT_IN,
            Chosen::Missing(_) => "（文件不在了）",
        };
        let names = shelf.list().iter();
        let names = names.map(|profile| (profile.name.as_str(), profile.version.as_str()));
        let options = std::iter::once((BUILT_IN, "绩评自带")).chain(names);
        let taken = limited(ui, |ui| {
            choice::show(ui, "复核口径", caption, shown, options)
        });
        if let Some(index) = taken {
            let profile = index
                .checked_sub(1)
                .and_then(|index| shelf.list().get(index));
            let id = profile.map(|profile| profile.id.clone());
            scene.send.send(Action::Change(Change::Profile(id)));
            self.is_removing = false;
        }
        match &chosen {
            Chosen::Profile(profile) => about(ui, profile),
            Chosen::Missing(_) => {
                let words = "所选口径的文件不在数据文件夹中了，暂按内置口径校验。请重新导入，或改选别的口径。";
                let words = RichText::new(words).color(Palette::of(ui).warning);
                ui.add(Label::new(words).wrap());
            }
            Chosen::BuiltIn => {}
        }
        ui.horizontal_wrapped(|ui| self.buttons(ui, scene, &chosen));
        if let (true, Chosen::Profile(profile)) = (self.is_removing, &chosen) {
            self.removal(ui, scene, profile);
        }
    }

    fn buttons(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, chosen: &Chosen) {
        let take = button::plain(ui, "导入口径…");
        if take.on_hover_text("采用财政部门发的口径文件").clicked() {
            scene.send.send(Action::Profile(ProfileAction::ChooseFile));
        }
        let hand = button::plain(ui, "导出口径…");
        if hand
            .on_hover_text("把现在的口径存成文件，发给别人用")
            .clicked()
        {
            let told = match chosen {
                Chosen::Profile(profile) => HandOut {
                    name: profile.name.clone(),
                    issuer: profile.issuer.clone(),
                    version: profile.version.clone(),
                },
                Chosen::BuiltIn | Chosen::Missing(_) => HandOut::default(),
            };
            let dialog = ProfileDialog::new(told);
            scene.send.send(Action::Ask(Box::new(dialog)));
        }
        if matches!(chosen, Chosen::Profile(_)) && button::plain(ui, "移除口径").clicked() {
            self.is_removing = true;
        }
    }

    /// What cannot be undone is asked twice.
    fn removal(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, profile: &Profile) {
        let words = format!("从这台电脑移除“{}”？以后要用，需要重新导入。", profile.name);
        ui.add(Label::new(words).wrap());
        ui.horizontal(|ui| {
            if button::plain(ui, "移除").clicked() {
                let action = ProfileAction::Remove(profile.id.clone());
                scene.send.send(Action::Profile(action));
                self.is_removing = false;
            }
            if button::plain(ui, "不移除").clicked() {
                self.is_removing = false;
            }
        });
    }

    /// Draws for which forms changes are made.
    pub fn scope(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let editions = scene.environment.editions();
        let current = self.edition(scene);
        let shown = current
            .as_ref()
            .map_or(EVERY_EDITION, |edition| &edition.name);
        let caption = ui.label("更改适用于").id;
        let names = editions.list().iter();
        let names = names.map(|shelved| (shelved.edition.name.as_str(), ""));
        let options = std::iter::once((EVERY_EDITION, "")).chain(names);
        let taken = limited(ui, |ui| {
            choice::show(ui, "更改适用于", caption, shown, options)
        });
        if let Some(index) = taken {
            let shelved = index
                .checked_sub(1)
                .and_then(|index| editions.list().get(index));
            self.edition = shelved.map(|shelved| shelved.edition.id.clone());
        }
        ui.add_space(space::XS);
    }
}

/// Who hands the profile out, in which version, and what is to be known of it.
fn about(ui: &mut Ui, profile: &Profile) {
    let told = [&profile.issuer, &profile.version, &profile.note];
    let told: Vec<&str> = told
        .into_iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    if told.is_empty() {
        return;
    }
    let words = RichText::new(told.join(" · ")).font(theme::text::small());
    ui.add(Label::new(words.color(Palette::of(ui).text_weak)).wrap());
}

/// A list to choose from is no wider than names are.
fn limited<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(420.0));
        content(ui)
    })
    .inner
}
