//! Unsaved changes stand in the way of closing the document.

use egui::Ui;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{
    action::{Action, Next},
    scene::Scene,
    widgets::button,
};

/// Asks what becomes of unsaved changes.
pub struct Unsaved {
    name: String,
    next: Next,
}

impl Unsaved {
    /// For the file of this name, before going on to `next`.
    pub fn new(name: String, next: Next) -> Self {
        Self { name, next }
    }
}

impl Dialog for Unsaved {
    fn title(&self) -> String {
        "要保存更改吗".into()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label(format!(
            "“{}”有尚未保存的更改。不保存的话，这些更改会丢失。",
            self.name
        ));
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "保存").clicked() || confirmed {
                scene.send.send(Action::SaveThen(Some(self.next.clone())));
                return Outcome::Close;
            }
            if button::plain(ui, "不保存").clicked() {
                scene.send.send(Action::Proceed(self.next.clone()));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
