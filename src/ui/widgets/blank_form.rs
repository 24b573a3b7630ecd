//! The picture of an edition's blank form, drawn in the background.

use egui::{Rect, Sense, TextureHandle, Ui, Vec2, vec2};

use crate::{
    store::editions::Shelved,
    ui::{
        action::Action,
        pictures::Drawn,
        scene::Scene,
        theme::{self, Palette, space},
    },
};

/// The least width at which a form's captions can be made out, in points.
const READABLE: f32 = 220.0;

/// Shows the picture on the ground of this size; where it is not drawn yet, asks for it and shows `before`, the one of an
/// earlier state, meanwhile. Returns whether the picture is that of the edition.
pub fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    known: &Shelved,
    before: Option<&str>,
    size: Vec2,
) -> bool {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, f32::from(theme::RADIUS), palette.ground);
    let drawn = scene.pictures.get(&known.hash);
    let words = match drawn {
        Some(Drawn::Ready(_)) => None,
        Some(Drawn::Failed) => Some("这份表样的样子没有画出来，仍可以使用"),
        Some(Drawn::Underway) | None => Some("正在绘制…"),
    };
    let is_wanted = drawn.is_none();
    let ready = |hash: &str| match scene.pictures.get(hash) {
        Some(Drawn::Ready(texture)) => Some(texture),
        _ => None,
    };
    let own = ready(&known.hash);
    let is_own = own.is_some();
    let shown = own.or_else(|| before.and_then(ready));
    if let Some(texture) = shown {
        paper(ui, rect.shrink(space::M), texture, &known.edition.name);
    }
    if let Some(words) = words {
        let font = theme::text::small();
        let (anchor, at) = match shown {
            Some(_) => (
                egui::Align2::RIGHT_BOTTOM,
                rect.shrink(space::XS).right_bottom(),
            ),
            None => (egui::Align2::CENTER_CENTER, rect.center()),
        };
        painter.text(at, anchor, words, font, palette.text_weak);
    }
    if is_wanted && !scene.pictures.is_busy() {
        scene.send.send(Action::DrawEdition(known.clone()));
    }
    is_own
}

/// The page as wide as there is room, as far down as there is room, with its shadow. Paper is white in the dark, too.
fn paper(ui: &mut Ui, room: Rect, texture: &TextureHandle, name: &str) {
    let palette = Palette::of(ui);
    let size = texture.size_vec2();
    // Small enough to be seen whole where it still can be read; else its upper part.
    let (wide, whole) = (room.width() / size.x, room.height() / size.y);
    let scale = if whole * size.x < READABLE {
        wide
    } else {
        wide.min(whole)
    };
    let seen = (size * scale).min(room.size());
    let rect = Rect::from_center_size(room.center(), seen);
    let painter = ui.painter();
    painter.rect_filled(
        rect.translate(vec2(0.0, 2.0)).expand(1.0),
        2.0,
        palette.shadow,
    );
    let upper = egui::pos2(1.0, seen.y / (size.y * scale));
    egui::Image::from_texture((texture.id(), rect.size()))
        .uv(Rect::from_min_max(egui::Pos2::ZERO, upper))
        .paint_at(ui, rect);
    let id = ui.scope_id().with("paper");
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Image, true, format!("空白表：{name}"))
    });
}
