//! What was said in passing, to be read again.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::ui::{
    scene::Scene,
    theme::{Palette, space},
    widgets::button,
};

/// Shows messages.
pub struct MessagesDialog {
    messages: Vec<String>,
}

impl MessagesDialog {
    /// With these messages, newest first.
    pub fn new(messages: Vec<String>) -> Self {
        Self { messages }
    }
}

impl Dialog for MessagesDialog {
    fn title(&self) -> String {
        "最近的消息".into()
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Scene<'_>) -> Outcome {
        let palette = Palette::of(ui);
        if self.messages.is_empty() {
            ui.label(RichText::new("还没有消息").color(palette.text_weak));
        }
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(100.0, 360.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::S;
                for (index, message) in self.messages.iter().enumerate() {
                    if index > 0 {
                        ui.separator();
                    }
                    ui.add(Label::new(message).wrap().selectable(true));
                }
            });
        let is_read = buttons(ui, |ui| button::primary(ui, "关闭").clicked());
        if is_read || is_confirmed(ui) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
