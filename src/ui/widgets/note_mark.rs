//! The mark of cells that reviewers have open notes at.

use egui::{Painter, Rect, Response, Sense, Ui, Vec2, pos2};

use crate::{
    model::path::Place,
    ui::{
        scene::Shown,
        theme::{self, Palette, space},
    },
};

/// Draws the mark: a small speech bubble.
pub fn paint(painter: &Painter, center: egui::Pos2, size: f32, palette: &Palette) {
    let half = size / 2.0;
    let bubble = Rect::from_center_size(
        pos2(center.x, center.y - half * 0.2),
        Vec2::new(size, size * 0.72),
    );
    painter.rect_filled(bubble, half * 0.4, palette.accent);
    let tail = vec![
        pos2(bubble.left() + half * 0.35, bubble.bottom() - 0.5),
        pos2(bubble.left() + half * 1.0, bubble.bottom() - 0.5),
        pos2(bubble.left() + half * 0.45, center.y + half),
    ];
    painter.add(egui::Shape::convex_polygon(
        tail,
        palette.accent,
        egui::Stroke::NONE,
    ));
}

/// The mark as a part of a line, with the open notes in its tooltip; nothing where there are none.
pub fn show(ui: &mut Ui, shown: &Shown, place: &Place) -> Option<Response> {
    let count = shown.facts.open_notes_at(place).len();
    if count == 0 {
        return None;
    }
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    paint(ui.painter(), rect.center(), 12.0, Palette::of(ui));
    let name = format!("{count} 条未处理的审核意见");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    Some(response.on_hover_ui(|ui| explain(ui, shown, place)))
}

/// The open notes at a cell: who, when and what.
pub fn explain(ui: &mut Ui, shown: &Shown, place: &Place) {
    let palette = Palette::of(ui);
    for index in shown.facts.open_notes_at(place) {
        let Some(note) = shown.project.notes.get(*index) else {
            continue;
        };
        let by = format!("{} · {}", note.author, note.time);
        let by = egui::RichText::new(by).font(theme::text::small());
        ui.label(by.color(palette.text_weak));
        ui.label(&*note.text);
        ui.add_space(space::XS);
    }
}
