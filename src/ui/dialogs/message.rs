//! Something the person has to know before going on.

use egui::Ui;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{scene::Scene, widgets::button};

/// A message with one way on.
pub struct Message {
    title: String,
    text: String,
}

impl Message {
    /// A message.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
        }
    }
}

impl Dialog for Message {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Scene<'_>) -> Outcome {
        egui::ScrollArea::vertical()
            .max_height(360.0)
            .show(ui, |ui| {
                ui.add(egui::Label::new(&self.text).wrap().selectable(true));
            });
        let is_read = buttons(ui, |ui| button::primary(ui, "知道了").clicked());
        if is_read || is_confirmed(ui) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
