//! Help in front of a dialog that asks for it: what is asked beneath stays as it is.

use egui::Ui;

use super::{Dialog, Outcome, buttons};
use crate::ui::{
    help::{
        book::Address,
        panel::{self, HelpState},
    },
    scene::Scene,
    widgets::button,
};

/// Shows a topic.
pub struct HelpDialog {
    state: HelpState,
}

impl HelpDialog {
    /// Shows this topic first.
    pub fn new(at: Address) -> Self {
        let mut state = HelpState::default();
        state.open(at);
        state.want_focus();
        Self { state }
    }
}

impl Dialog for HelpDialog {
    fn title(&self) -> String {
        "帮助".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(120.0, 480.0);
        let size = egui::vec2(ui.available_width(), height);
        ui.allocate_ui(size, |ui| {
            ui.set_height(height);
            panel::body(ui, scene, &mut self.state);
        });
        let is_read = buttons(ui, |ui| {
            let is_read = button::primary(ui, "返回").clicked();
            if self.state.has_earlier() && button::plain(ui, "上一页").clicked() {
                self.state.back();
            }
            is_read
        });
        if is_read {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
