//! The tool bar: what is done every day, as icons.

use egui::Ui;

use super::availability;
use crate::ui::{command::TOOLS, scene::Scene, theme::space, widgets::button};

/// Draws the tool bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (index, group) in TOOLS.iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            for command in *group {
                let enabled = availability::is_enabled(*command, scene.desk, scene.position);
                if button::command(ui, *command, enabled).clicked() {
                    scene.send.command(*command);
                }
            }
        }
    });
}
