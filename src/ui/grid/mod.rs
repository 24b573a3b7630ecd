//! The indicator grid.

use egui::Ui;

use super::scene::{Scene, Shown};

/// What the grid remembers.
#[derive(Default)]
pub struct GridState;

impl GridState {
    /// Whether a cell is being edited.
    pub fn is_editing(&self) -> bool {
        false
    }

    /// Whether the grid holds the focus.
    pub fn has_focus(&self) -> bool {
        false
    }

    /// What is selected, in words, where it is more than a cell.
    pub fn selection_in_words(&self) -> Option<String> {
        None
    }
}

/// Draws the grid.
pub fn show(_ui: &mut Ui, _shown: &Shown, _scene: &mut Scene<'_>, _state: &mut GridState) {}
