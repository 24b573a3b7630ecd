//! The validation sidebar.

use egui::Ui;

use crate::ui::{action::Action, scene::Scene};

/// What the sidebar remembers.
#[derive(Default)]
pub struct SidebarState {
    /// What is searched for.
    search: String,
}

/// Draws the sidebar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SidebarState) {
    let Some(shown) = scene.shown() else { return };
    egui::ScrollArea::vertical().show(ui, |ui| {
        for finding in &shown.facts.findings.findings {
            if finding.message.contains(&state.search)
                && ui.selectable_label(false, &finding.message).clicked()
            {
                scene.send.send(Action::GoTo(finding.at.clone()));
            }
        }
    });
}
