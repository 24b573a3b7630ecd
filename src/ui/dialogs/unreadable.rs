//! A file cannot be opened because it is damaged, and there are earlier versions of it.

use std::path::PathBuf;

use egui::{Label, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{action::Action, scene::Scene, versions::VersionsAction, widgets::button};

/// Says so and offers the versions.
pub struct Unreadable {
    path: PathBuf,
    text: String,
}

impl Unreadable {
    /// For the file at `path`; `text` says what is wrong with it.
    pub fn new(path: PathBuf, text: String) -> Self {
        Self { path, text }
    }
}

impl Dialog for Unreadable {
    fn title(&self) -> String {
        "没有打开".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("saving")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.add(Label::new(&self.text).wrap().selectable(true));
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "最近备份…").clicked() || confirmed {
                let action = VersionsAction::ShowOf(self.path.clone());
                scene.send.send(Action::Versions(action));
                return Outcome::Close;
            }
            if button::plain(ui, "知道了").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
