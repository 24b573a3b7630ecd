//! 资金

use egui::Ui;

use crate::{
    model::path::Place,
    ui::{
        scene::{Scene, Shown},
        widgets::field::Field,
    },
};

/// What the page remembers.
#[derive(Default)]
pub struct FundsState;

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, _state: &mut FundsState) {
    for row in shown.project.funds.iter() {
        for column in &shown.edition.funds.columns {
            let at = shown.project.at(Place::Fund(row.id, column.key.clone()));
            let label = format!("{} {}", row.name, column.caption);
            Field::new(at, &label).show(ui, shown, scene);
        }
    }
}
