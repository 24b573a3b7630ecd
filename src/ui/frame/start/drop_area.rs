//! Where files are dropped, and what is seen while one hovers over the window.

use std::path::Path;

use egui::{
    Align2, Area, Context, Id, Order, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::ui::{
    icons,
    theme::{self, CARD_RADIUS, Palette, space},
};

const ASKING: &str = "把表拖到这里";
const HOVERED: &str = "松开即打开";
const EXPLANATION: &str = "绩评文件 .jiping，或 Excel、Word、PDF 表格；也可以点这里选择文件";

/// Whether a file hovers over the window.
pub fn is_hovered(ctx: &Context) -> bool {
    ctx.input(|input| !input.raw.hovered_files.is_empty())
}

/// Whether a file is one that the program opens, by its name.
pub fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["jiping", "json"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Draws the area; a click on it chooses a file.
pub fn show(ui: &mut Ui, height: f32) -> Response {
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let palette = Palette::of(ui);
    let is_hovered = is_hovered(ui.ctx());
    let asking = if is_hovered { HOVERED } else { ASKING };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, asking));
    let is_inviting = is_hovered || response.hovered() || response.has_focus();
    let (fill, line) = if is_inviting {
        (palette.accent_weak, palette.accent)
    } else {
        (palette.surface, palette.text_faint)
    };
    let painter = ui.painter();
    painter.rect_filled(rect, f32::from(CARD_RADIUS), fill);
    let width = if is_hovered || response.has_focus() {
        2.0
    } else {
        1.0
    };
    painter.extend(dashed(rect.shrink(1.0), Stroke::new(width, line)));
    let icon = egui::FontId::proportional(44.0);
    for (below, text, font, color) in [
        (-44.0, icons::TRAY_ARROW_DOWN, icon, palette.accent),
        (12.0, asking, theme::text::page(), palette.text),
        (42.0, EXPLANATION, theme::text::grid(), palette.text_weak),
    ] {
        let at = rect.center() + vec2(0.0, below);
        painter.text(at, Align2::CENTER_CENTER, text, font, color);
    }
    response
}

/// The dashed outline of a rounded rectangle.
fn dashed(rect: Rect, stroke: Stroke) -> Vec<Shape> {
    let radius = f32::from(CARD_RADIUS);
    let inner = rect.shrink(radius);
    let corners = [
        (inner.right_top(), -0.25),
        (inner.right_bottom(), 0.0),
        (inner.left_bottom(), 0.25),
        (inner.left_top(), 0.5),
    ];
    let steps = 4;
    let arc = |(center, from): (Pos2, f32)| {
        (0..=steps).map(move |step| {
            let turn = from + 0.25 * step as f32 / steps as f32;
            center + radius * Vec2::angled(std::f32::consts::TAU * turn)
        })
    };
    let mut outline: Vec<Pos2> = corners.into_iter().flat_map(arc).collect();
    outline.push(pos2(inner.right(), rect.top()));
    Shape::dashed_line(&outline, stroke, 7.0, 5.0)
}

/// Lies over the open document while a file hovers over the window.
pub fn veil(ctx: &Context) {
    let palette = Palette::of_context(ctx);
    let room = ctx.content_rect();
    Area::new(Id::unique("veil of a hovering file"))
        .order(Order::Foreground)
        .fixed_pos(room.min)
        .interactable(false)
        .show(ctx, |ui| {
            ui.painter().rect_filled(room, 0.0, palette.veil);
            let card = Rect::from_center_size(room.center(), vec2(280.0, 120.0));
            let stroke = Stroke::new(2.0, palette.accent);
            let radius = f32::from(CARD_RADIUS);
            let inside = egui::StrokeKind::Inside;
            ui.painter()
                .rect(card, radius, palette.raised, stroke, inside);
            ui.scope_builder(egui::UiBuilder::new().max_rect(card), |ui| {
                ui.vertical_centered(|ui| {
                    ui.add_space(space::XL);
                    let icon = egui::RichText::new(icons::TRAY_ARROW_DOWN).size(30.0);
                    ui.label(icon.color(palette.accent));
                    ui.label(egui::RichText::new(HOVERED).font(theme::text::section()));
                });
            });
        });
}
