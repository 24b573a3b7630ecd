//! The mark of cells that reviewers have open notes at: a speech bubble, by kind told apart by shape as well as by colour.

use egui::{
    Color32, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use crate::{
    model::{path::Place, project::Note, review::NoteKind},
    ui::{
        scene::Shown,
        theme::{self, Palette, space},
    },
};

/// The colour of a kind.
pub fn color(kind: NoteKind, palette: &Palette) -> Color32 {
    match kind {
        NoteKind::MustChange => palette.error,
        NoteKind::Suggestion => palette.accent,
        NoteKind::Question => palette.hint,
    }
}

/// What a kind asks for, in a few words.
pub fn meaning(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::MustChange => "不改不能定稿",
        NoteKind::Suggestion => "改了更好",
        NoteKind::Question => "请说明情况",
    }
}

/// Draws the mark: 必须改 a square bubble with an exclamation mark, 建议 a round one, 疑问 an empty one with a question mark.
pub fn paint(painter: &Painter, center: Pos2, size: f32, kind: NoteKind, palette: &Palette) {
    let half = size / 2.0;
    let bubble = Rect::from_center_size(
        pos2(center.x, center.y - half * 0.2),
        vec2(size, size * 0.78),
    );
    let color = color(kind, palette);
    let tail = vec![
        pos2(bubble.left() + half * 0.35, bubble.bottom() - 0.5),
        pos2(bubble.left() + half, bubble.bottom() - 0.5),
        pos2(bubble.left() + half * 0.45, center.y + half),
    ];
    painter.add(Shape::convex_polygon(tail, color, Stroke::NONE));
    match kind {
        NoteKind::MustChange => {
            painter.rect_filled(bubble, 0.5, color);
            exclamation(painter, bubble, palette.on_mark());
        }
        NoteKind::Suggestion => {
            painter.rect_filled(bubble, half * 0.6, color);
        }
        NoteKind::Question => {
            let stroke = Stroke::new(1.2, color);
            painter.rect_filled(bubble, half * 0.6, palette.surface);
            painter.rect_stroke(bubble, half * 0.6, stroke, StrokeKind::Inside);
            let font = egui::FontId::proportional(size * 0.68);
            painter.text(
                bubble.center(),
                egui::Align2::CENTER_CENTER,
                "?",
                font,
                color,
            );
        }
    }
}

fn exclamation(painter: &Painter, bubble: Rect, color: Color32) {
    let (x, height) = (bubble.center().x, bubble.height());
    let stroke = Stroke::new((height * 0.17).max(1.2), color);
    let line = [0.16, 0.58].map(|share| pos2(x, bubble.top() + height * share));
    painter.line_segment(line, stroke);
    painter.circle_filled(
        pos2(x, bubble.top() + height * 0.8),
        stroke.width * 0.62,
        color,
    );
}

/// The open notes at a cell, in order.
fn open_at<'s>(shown: &'s Shown, place: &Place) -> impl Iterator<Item = &'s Note> {
    let indexes = shown.facts.open_notes_at(place).to_vec().into_iter();
    indexes.filter_map(|index| shown.project.notes.get(index).map(|note| &**note))
}

/// The strictest kind of the open notes at a cell; `None` where there are none.
pub fn kind_at(shown: &Shown, place: &Place) -> Option<NoteKind> {
    open_at(shown, place).map(|note| note.kind).min()
}

/// The mark as a part of a line, with the open notes in its tooltip; nothing where there are none.
pub fn show(ui: &mut Ui, shown: &Shown, place: &Place) -> Option<Response> {
    let kind = kind_at(shown, place)?;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    paint(ui.painter(), rect.center(), 12.0, kind, Palette::of(ui));
    let name = name_at(shown, place);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
    Some(response.on_hover_ui(|ui| explain(ui, shown, place)))
}

/// The open notes at a cell as screen readers say them; empty where there are none.
pub fn name_at(shown: &Shown, place: &Place) -> String {
    let count = shown.facts.open_notes_at(place).len();
    match kind_at(shown, place) {
        Some(NoteKind::MustChange) => format!("{count} 条未处理的审核意见，必须改"),
        Some(_) => format!("{count} 条未处理的审核意见"),
        None => String::new(),
    }
}

/// The open notes at a cell: what kind, who, when and what, and what was answered.
pub fn explain(ui: &mut Ui, shown: &Shown, place: &Place) {
    let palette = Palette::of(ui);
    let weak = |text: String| {
        let text = egui::RichText::new(text).font(theme::text::small());
        text.color(palette.text_weak)
    };
    for note in open_at(shown, place) {
        ui.horizontal(|ui| {
            let kind = egui::RichText::new(note.kind.to_string()).font(theme::text::small());
            ui.label(kind.color(color(note.kind, palette)));
            ui.label(weak(note.signed()));
        });
        ui.label(&*note.text);
        for reply in note.replies.iter() {
            ui.label(weak(format!(
                "回复（{}）：{}",
                reply.signed(),
                &*reply.text
            )));
        }
        ui.add_space(space::XS);
    }
}
