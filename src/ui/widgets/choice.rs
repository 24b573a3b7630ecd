//! One of several: a button that opens the list; and the ground rules of radio buttons and check boxes.

use std::sync::Arc;

use egui::{Atom, Button, ComboBox, Id, RichText, Stroke, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, HIT, Palette, space};

/// Shows the choice `name` under its caption, where it has one of its own, with the options, each with a few words about it; the index of the option that
/// was taken.
pub fn show<'o>(
    ui: &mut Ui,
    name: &str,
    caption: impl Into<Option<Id>>,
    current: &str,
    options: impl Iterator<Item = (&'o str, &'o str)>,
) -> Option<usize> {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let shown = ComboBox::from_id_salt(("choice", name))
        .selected_text(if current.is_empty() {
            "请选择"
        } else {
            current
        })
        .width(width)
        .height(420.0)
        .show_ui(ui, |ui| {
            let mut taken = None;
            for (index, (option, about)) in options.enumerate() {
                let is_on = option == current;
                let about = RichText::new(about).font(theme::text::small());
                let button = Button::selectable(
                    is_on,
                    (option, Atom::grow(), about.color(palette.text_weak)),
                )
                .min_size(vec2(ui.available_width(), HIT));
                let response = ui.add(button);
                let label = format!("{name} {option}");
                response
                    .widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, &label));
                if response.clicked() {
                    taken = Some(index).filter(|_| !is_on);
                }
            }
            taken
        });
    let enabled = ui.is_enabled();
    let response = match caption.into() {
        Some(caption) => shown.response.labelled_by(caption),
        None => shown.response,
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, enabled, name);
        info.current_text_value = Some(current.to_owned());
        info
    });
    shown.inner.flatten()
}

/// Radio buttons or check boxes beside one another: with edges that are seen, and room between one and the next. Not a part
/// of its own, so that a line that wraps goes on wrapping.
pub fn beside_one_another<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let before = Arc::clone(ui.style());
    let edge = Stroke::new(1.0, Palette::of(ui).edge);
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.bg_stroke = edge;
    widgets.hovered.bg_stroke = edge;
    ui.spacing_mut().item_spacing.x = space::M;
    let result = content(ui);
    ui.set_style(before);
    result
}
