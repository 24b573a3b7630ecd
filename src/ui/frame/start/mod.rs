//! The start page, where no document is open: drop a file, begin, go on with what was open before.

mod drop_area;
mod recent;
mod recovery;

use egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};

pub use drop_area::{is_document, is_hovered, veil};
pub use recovery::RecoveryOffer;

use crate::ui::{
    command::UiCommand,
    scene::Scene,
    theme::{self, Palette, space},
};

/// From this width on, in points, recent files stand beside the drop area instead of beneath it.
const TWO_COLUMNS: f32 = 820.0;
/// The most that the page takes, in points.
const WIDEST: f32 = 1120.0;
/// The verbs beneath the drop area.
const VERBS: [UiCommand; 3] = [UiCommand::New, UiCommand::Open, UiCommand::OpenSample];

/// Draws the start page.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, recoveries: &[RecoveryOffer]) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let width = ui.available_width().min(WIDEST);
            let side = (ui.available_width() - width) / 2.0;
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    columns(ui, scene, recoveries);
                });
            });
        });
}

fn columns(ui: &mut Ui, scene: &mut Scene<'_>, recoveries: &[RecoveryOffer]) {
    ui.spacing_mut().item_spacing = vec2(space::XL, space::L);
    let width = ui.available_width();
    if width < TWO_COLUMNS {
        recovery::show(ui, scene, recoveries);
        begin(ui, scene, 180.0);
        recent::show(ui, scene);
        return;
    }
    let right = (width * 0.4).min(440.0);
    let left = width - right - space::XL;
    let height = (ui.clip_rect().height() - 200.0).clamp(220.0, 420.0);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(left);
            begin(ui, scene, height);
        });
        ui.vertical(|ui| {
            ui.set_width(right);
            recovery::show(ui, scene, recoveries);
            recent::show(ui, scene);
        });
    });
}

fn begin(ui: &mut Ui, scene: &mut Scene<'_>, height: f32) {
    if drop_area::show(ui, height).clicked() {
        scene.send.command(UiCommand::Open);
    }
    let gap = space::M;
    let count = VERBS.len() as f32;
    let width = (ui.available_width() - gap * (count - 1.0)) / count;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for command in VERBS {
            if verb(ui, command, width).clicked() {
                scene.send.command(command);
            }
        }
    });
}

/// A large button of a command: icon, name, and what it does.
fn verb(ui: &mut Ui, command: UiCommand, width: f32) -> egui::Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 84.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, command.label()));
    let painter = ui.painter();
    let fill = if response.hovered() {
        palette.hover
    } else {
        palette.surface
    };
    let radius = f32::from(theme::CARD_RADIUS);
    let stroke = if response.has_focus() {
        egui::Stroke::new(2.0, palette.accent)
    } else {
        egui::Stroke::new(1.0, palette.line)
    };
    painter.rect(rect, radius, fill, stroke, egui::StrokeKind::Inside);
    let inner = rect.shrink(space::M);
    let mut content = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::top_down(Align::Min)),
    );
    content.spacing_mut().item_spacing.y = space::XS;
    let icon = RichText::new(command.icon().unwrap_or_default()).size(20.0);
    let name = RichText::new(command.label()).font(theme::text::strong());
    content.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(icon.color(palette.accent));
        ui.add(egui::Label::new(name).truncate());
    });
    let explanation = RichText::new(command.explanation()).font(theme::text::small());
    content.add(egui::Label::new(explanation.color(palette.text_weak)).truncate());
    response.on_hover_text(command.explanation())
}
