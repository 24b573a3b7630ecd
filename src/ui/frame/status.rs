//! The status bar: verdict, what is selected, zoom.

use egui::{Align, Layout, RichText, Ui};

use super::Views;
use crate::ui::{
    command::UiCommand,
    scene::Scene,
    theme::{Palette, space, text},
    widgets::button,
};

/// Draws the status bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, views: &Views) {
    let Some(desk) = scene.desk else { return };
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let verdict = desk.facts.verdict;
        let color = if verdict.is_ready() {
            palette.good
        } else {
            palette.error
        };
        ui.label(
            RichText::new(verdict.to_string())
                .font(text::small())
                .color(color),
        );
        ui.add_space(space::L);
        if let Some(words) = views.grid.selection_in_words() {
            ui.label(
                RichText::new(words)
                    .font(text::small())
                    .color(palette.text_weak),
            );
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| zoom(ui, scene));
    });
}

fn zoom(ui: &mut Ui, scene: &mut Scene<'_>) {
    if button::icon(ui, crate::ui::icons::PLUS, "放大").clicked() {
        scene.send.command(UiCommand::ZoomIn);
    }
    let percent = RichText::new(format!("{}%", scene.settings.zoom)).font(text::small());
    let reset = ui.add(
        egui::Button::new(percent)
            .frame_when_inactive(false)
            .min_size([44.0, 24.0].into()),
    );
    reset.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "恢复 100%"));
    if reset.on_hover_text("恢复 100%").clicked() {
        scene.send.command(UiCommand::ZoomReset);
    }
    if button::icon(ui, crate::ui::icons::MINUS, "缩小").clicked() {
        scene.send.command(UiCommand::ZoomOut);
    }
}
