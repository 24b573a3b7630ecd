//! 基本信息: header, further texts and tables, foot.

use egui::Ui;

use crate::{
    model::path::Place,
    ui::{
        scene::{Scene, Shown},
        widgets::field::Field,
    },
};

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    for layout in &shown.edition.header {
        let at = shown.project.at(Place::Header(layout.key.clone()));
        Field::new(at, &layout.caption).show(ui, shown, scene);
    }
}
