//! The marks of findings: told apart by shape as well as by colour.

use egui::{Painter, Pos2, Response, Sense, Shape, Stroke, Ui, Vec2, pos2};

use crate::{
    model::{path::Place, policy::Severity},
    ui::{scene::Shown, theme::Palette},
};

/// What a level is called.
pub fn level_name(level: Severity) -> &'static str {
    match level {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Hint => "提示",
    }
}

/// Draws the mark of a level: 错误 a filled octagon, 警告 a triangle, 提示 a circle.
pub fn paint(painter: &Painter, center: Pos2, size: f32, level: Severity, palette: &Palette) {
    let color = palette.level(level);
    let radius = size / 2.0;
    match level {
        Severity::Error => {
            let corner = |index: usize| {
                let angle = std::f32::consts::TAU * (index as f32 + 0.5) / 8.0;
                center + radius * Vec2::angled(angle)
            };
            let corners = (0..8).map(corner).collect();
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
            cross(painter, center, radius * 0.38, palette.on_mark());
        }
        Severity::Warning => {
            let corners = vec![
                pos2(center.x, center.y - radius),
                pos2(center.x + radius, center.y + radius * 0.8),
                pos2(center.x - radius, center.y + radius * 0.8),
            ];
            painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
        }
        Severity::Hint => {
            painter.circle_filled(center, radius * 0.82, color);
        }
    }
}

fn cross(painter: &Painter, center: Pos2, reach: f32, color: egui::Color32) {
    let stroke = Stroke::new(1.4, color);
    for side in [-1.0, 1.0] {
        let tip = Vec2::new(reach, side * reach);
        painter.line_segment([center - tip, center + tip], stroke);
    }
}

/// The mark as a part of a line, with a name for screen readers.
pub fn show(ui: &mut Ui, level: Severity) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    paint(ui.painter(), rect.center(), 13.0, level, Palette::of(ui));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, level_name(level)));
    response
}

/// The mark of the worst finding about a cell, with all of them in its tooltip; nothing where there is none.
pub fn findings(ui: &mut Ui, shown: &Shown, place: &Place) {
    if let Some(level) = shown.facts.level_at(place) {
        show(ui, level).on_hover_ui(|ui| explain(ui, shown, place));
    }
}

/// The findings about a cell, one line each.
pub fn explain(ui: &mut Ui, shown: &Shown, place: &Place) {
    let all = &shown.facts.findings.findings;
    for index in shown.facts.at(place) {
        let Some(finding) = all.get(*index) else {
            continue;
        };
        ui.horizontal(|ui| {
            show(ui, finding.level);
            ui.label(&finding.message);
        });
    }
}
