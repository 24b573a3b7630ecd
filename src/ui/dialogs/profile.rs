//! What a 复核口径 that is handed out says of itself.

use egui::{Id, Label, RichText, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{
    action::Action,
    profiles::{HandOut, ProfileAction},
    scene::Scene,
    theme::{Palette, space},
    widgets::{button, entry::Entry},
};

/// The longest name, issuer and version that a profile file takes, in characters.
const LONGEST: usize = 80;

/// Asks for name, issuer and version before the file is written.
#[derive(Default)]
pub struct ProfileDialog {
    told: HandOut,
    is_entered: bool,
}

impl ProfileDialog {
    /// Begins with what the profile in force says of itself.
    pub fn new(told: HandOut) -> Self {
        Self {
            told,
            is_entered: false,
        }
    }

    /// Why it cannot be written yet.
    fn problem(&self) -> Option<&'static str> {
        let HandOut {
            name,
            issuer,
            version,
        } = &self.told;
        if name.trim().is_empty() {
            return Some("请填写名称");
        }
        let is_long = |text: &String| text.trim().chars().count() > LONGEST;
        [name, issuer, version]
            .into_iter()
            .any(is_long)
            .then_some("名称、发布单位和版本各不超过 80 个字")
    }
}

impl Dialog for ProfileDialog {
    fn title(&self) -> String {
        "导出复核口径".into()
    }

    fn help(&self) -> Option<&'static str> {
        Some("profile")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.add(
            Label::new("存成一个文件，发给别人导入后，按同样的口径校验。内容是现在采用的口径，加上本机更改。")
                .wrap(),
        );
        ui.add_space(space::XS);
        let told = &mut self.told;
        let fields = [
            ("名称", "例如 某市财政局 2024 年复核口径", &mut told.name),
            ("发布单位", "例如 某市财政局", &mut told.issuer),
            ("版本或日期", "例如 2024-03-01", &mut told.version),
        ];
        for (index, (name, hint, text)) in fields.into_iter().enumerate() {
            ui.label(name);
            let id = Id::unique(("profile to hand out", name));
            let field = Entry::new(id, name).hint(hint).show(ui, text);
            if index == 0 && !std::mem::replace(&mut self.is_entered, true) {
                field.request_focus();
            }
        }
        let problem = self.problem();
        if let Some(problem) = problem.filter(|_| !self.told.name.is_empty()) {
            let words = RichText::new(problem).color(Palette::of(ui).error);
            ui.add(Label::new(words).wrap());
        }
        let confirmed = is_confirmed(ui);
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = ui.add_enabled_ui(problem.is_none(), |ui| button::primary(ui, "导出…"));
            let done = done
                .inner
                .on_disabled_hover_text(problem.unwrap_or_default());
            (done.clicked(), button::plain(ui, "取消").clicked())
        });
        if (is_done || confirmed) && problem.is_none() {
            let told = HandOut {
                name: self.told.name.trim().to_owned(),
                issuer: self.told.issuer.trim().to_owned(),
                version: self.told.version.trim().to_owned(),
            };
            let action = ProfileAction::HandOut(told);
            scene.send.send(Action::Profile(action));
            return Outcome::Close;
        }
        match is_cancelled {
            true => Outcome::Close,
            false => Outcome::Open,
        }
    }
}
