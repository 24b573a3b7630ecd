//! Buttons.

use egui::{Atom, Button, Response, RichText, Stroke, StrokeKind, Ui, Vec2};

use crate::ui::{
    command::{UiCommand, in_words},
    theme::{HIT, Palette, RADIUS, text},
};

/// The one button of a dialog or page that does what it is for.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui);
    let text = RichText::new(text).color(palette.on_accent);
    let button = in_the_middle(text)
        .fill(palette.accent)
        .stroke(Stroke::NONE);
    let response = ui.add(button);
    with_focus(ui, response)
}

/// As [`primary`], of this size at the least: the one button that is pressed again and again.
pub fn large(ui: &mut Ui, text: &str, size: Vec2) -> Response {
    let palette = Palette::of(ui);
    let text = RichText::new(text).font(text::section());
    let button = in_the_middle(text.color(palette.on_accent))
        .fill(palette.accent)
        .stroke(Stroke::NONE)
        .min_size(size);
    let response = ui.add(button);
    with_focus(ui, response)
}

/// Any other button.
pub fn plain(ui: &mut Ui, text: &str) -> Response {
    ui.add(in_the_middle(text.into()))
}

/// A button whose word stands in its middle, however short it is.
fn in_the_middle(text: RichText) -> Button<'static> {
    Button::new((Atom::grow(), text, Atom::grow()))
        .gap(0.0)
        .min_size(Vec2::new(72.0, HIT))
}

/// A button that is a word in a line.
pub fn quiet(ui: &mut Ui, text: &str) -> Response {
    let text = RichText::new(text).color(Palette::of(ui).accent);
    let response = ui.add(Button::new(text).frame(false));
    with_focus(ui, response)
}

/// Shows the focus of a button that draws none of its own.
pub fn with_focus(ui: &Ui, response: Response) -> Response {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        let rect = response.rect.expand(2.0);
        ui.painter()
            .rect_stroke(rect, f32::from(RADIUS), stroke, StrokeKind::Outside);
    }
    response
}

/// A button of an icon alone; `name` is what tooltips and screen readers say.
pub fn icon(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let text = RichText::new(icon).size(17.0);
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(Vec2::splat(HIT));
    // A glyph with the padding of a word would be taller than the row, and wider than high.
    let response = ui.scope(|ui| {
        ui.spacing_mut().button_padding = Vec2::ZERO;
        ui.add(button)
    });
    let response = response.inner.on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    response
}

/// The icon button of a command, with name and keys in its tooltip.
pub fn command(ui: &mut Ui, command: UiCommand, enabled: bool) -> Response {
    let name = command.label().trim_end_matches('…');
    let keys = command.shortcuts().first();
    let hover = match keys {
        Some(keys) => format!("{name}（{}）", in_words(keys)),
        None => name.to_owned(),
    };
    let image = command.icon().unwrap_or_default();
    ui.add_enabled_ui(enabled, |ui| {
        let text = RichText::new(image).size(18.0);
        let button = Button::new(text)
            .frame_when_inactive(false)
            .min_size(Vec2::splat(32.0));
        let response = ui
            .add(button)
            .on_hover_text(format!("{hover}\n{}", command.explanation()))
            .on_disabled_hover_text(hover);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
        response
    })
    .inner
}
