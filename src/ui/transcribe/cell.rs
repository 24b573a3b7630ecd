//! The cell that is shown: where it stands, what it holds, whether it is copied.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use super::{height_for_text, place, small};
use crate::{
    exchange::system::Walk,
    ui::{
        icons,
        theme::{self, Palette, space, text},
    },
};

/// Draws it.
pub(super) fn show(ui: &mut Ui, walk: &Walk) {
    let Some(step) = walk.step() else { return };
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let count = format!("第 {} 格 / 共 {} 格", walk.position() + 1, walk.len());
        ui.label(RichText::new(count).color(palette.text_weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| state(ui, walk));
    });
    let words = place(walk, walk.position()).unwrap_or_default();
    ui.add(Label::new(RichText::new(words).font(text::section())).wrap());
    let name = walk.row_name(step);
    if !name.is_empty() && name != walk.text(step) {
        small(ui, name);
    }
    let height = height_for_text(ui);
    theme::card(ui).show(ui, |ui| {
        let inner = height - 2.0 * space::M;
        ScrollArea::vertical()
            .id_salt((step.table, step.row, step.column))
            .max_height(inner)
            .min_scrolled_height(inner)
            .auto_shrink(false)
            .show(ui, |ui| {
                let typed = walk.text(step);
                let shown = if typed.trim().is_empty() {
                    RichText::new("（空）").color(palette.text_faint)
                } else {
                    RichText::new(typed)
                };
                ui.add(Label::new(shown.font(text::large())).wrap());
            });
    });
    let next = if walk.is_copied() {
        walk.position() + 1
    } else {
        walk.position()
    };
    match place(walk, next) {
        Some(words) if walk.is_copied() => small(ui, &format!("下一格：{words}")),
        Some(_) => small(ui, "复制后，到网页里对应的格粘贴（Ctrl+V）"),
        None => small(ui, "都抄完了"),
    }
}

fn state(ui: &mut Ui, walk: &Walk) {
    let palette = Palette::of(ui);
    if walk.is_copied() {
        let words = format!("{} 已复制", icons::CHECK);
        ui.label(RichText::new(words).color(palette.good));
    } else {
        ui.label(RichText::new("还没有复制").color(palette.text_faint));
    }
}
