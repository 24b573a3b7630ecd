//! The panel of projects.

use egui::Ui;

use crate::ui::{action::Action, scene::Scene};

/// What the panel remembers.
#[derive(Default)]
pub struct ProjectsState {
    /// What is searched for.
    search: String,
}

/// Draws the panel.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut ProjectsState) {
    let Some(desk) = scene.desk else { return };
    for facts in desk.facts.projects() {
        let project = facts.project();
        if !project.name().contains(&state.search) {
            continue;
        }
        let is_shown = scene.position.project == project.id;
        if ui.selectable_label(is_shown, project.name()).clicked() {
            scene.send.send(Action::ShowProject(project.id));
        }
    }
}
