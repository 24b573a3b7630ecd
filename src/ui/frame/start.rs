//! The start page, where no document is open.

use egui::Ui;

use crate::ui::{command::UiCommand, scene::Scene, widgets::button};

/// Draws the start page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.heading("把表拖到这里");
    for command in [UiCommand::Open, UiCommand::New, UiCommand::OpenSample] {
        if button::plain(ui, command.label()).clicked() {
            scene.send.command(command);
        }
    }
}
