//! Buttons.

use egui::{Button, Response, RichText, Ui, Vec2};

use crate::ui::{
    command::UiCommand,
    theme::{HIT, Palette},
};

/// The one button of a dialog or page that does what it is for.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui);
    let text = RichText::new(text).color(palette.on_accent);
    let button = Button::new(text)
        .fill(palette.accent)
        .stroke(egui::Stroke::NONE)
        .min_size(Vec2::new(72.0, HIT));
    ui.add(button)
}

/// Any other button.
pub fn plain(ui: &mut Ui, text: &str) -> Response {
    ui.add(Button::new(text).min_size(Vec2::new(72.0, HIT)))
}

/// A button that is a word in a line.
pub fn quiet(ui: &mut Ui, text: &str) -> Response {
    let text = RichText::new(text).color(Palette::of(ui).accent);
    ui.add(Button::new(text).frame(false))
}

/// A button of an icon alone; `name` is what tooltips and screen readers say.
pub fn icon(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let text = RichText::new(icon).size(17.0);
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(Vec2::splat(HIT));
    let response = ui.add(button).on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    response
}

/// The icon button of a command, with name and keys in its tooltip.
pub fn command(ui: &mut Ui, command: UiCommand, enabled: bool) -> Response {
    let name = command.label().trim_end_matches('…');
    let keys = command.shortcuts().first();
    let hover = match keys {
        Some(keys) => format!("{name}（{}）", ui.ctx().format_shortcut(keys)),
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
