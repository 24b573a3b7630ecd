//! 年度目标

use egui::Ui;

use crate::{
    model::path::{GoalField, Place},
    ui::{
        scene::{Scene, Shown},
        widgets::field::Field,
    },
};

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    for goal in shown.project.goals.iter() {
        for (field, layout) in [
            (GoalField::Expected, &shown.edition.goals.expected),
            (GoalField::Actual, &shown.edition.goals.actual),
        ] {
            let at = shown.project.at(Place::Goal(goal.id, field));
            Field::new(at, &layout.caption)
                .lines(6)
                .limit(layout.limit)
                .show(ui, shown, scene);
        }
    }
}
