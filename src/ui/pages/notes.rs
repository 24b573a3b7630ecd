//! 审核意见

use egui::Ui;

use crate::ui::scene::{Scene, Shown};

/// What the page remembers.
#[derive(Default)]
pub struct NotesState;

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, _scene: &mut Scene<'_>, _state: &mut NotesState) {
    for note in shown.project.notes.iter() {
        ui.label(&*note.text);
    }
}
