//! The start page, where no document is open: drop a file, begin, go on with what was open before.

mod drop_area;
mod recent;
mod recovery;

use egui::{
    Align2, ScrollArea, Ui,
    text::{LayoutJob, TextWrapping},
    vec2,
};

pub use drop_area::{is_document, is_hovered, veil};

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
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, recoveries: usize) {
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

fn columns(ui: &mut Ui, scene: &mut Scene<'_>, recoveries: usize) {
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
    let left = rect.left() + space::M;
    let width = rect.width() - 2.0 * space::M;
    let y = rect.center().y;
    let icon = command.icon().unwrap_or_default();
    let at = egui::pos2(left + 10.0, y - 13.0);
    let font = egui::FontId::proportional(20.0);
    painter.text(at, Align2::CENTER_CENTER, icon, font, palette.accent);
    let texts = [
        (
            command.label(),
            theme::text::strong(),
            palette.text,
            28.0,
            -13.0,
        ),
        (
            command.explanation(),
            theme::text::small(),
            palette.text_weak,
            0.0,
            15.0,
        ),
    ];
    for (text, font, color, indent, below) in texts {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
        job.wrap = TextWrapping::truncate_at_width(width - indent);
        let galley = painter.layout_job(job);
        let at = egui::pos2(left + indent, y + below - galley.size().y / 2.0);
        painter.galley(at, galley, color);
    }
    response.on_hover_text(command.explanation())
}
