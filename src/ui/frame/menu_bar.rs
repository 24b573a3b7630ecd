//! The menu bar, and at its right the file's name.

use egui::{Align, Button, Layout, MenuBar, RichText, Ui};

use super::availability;
use crate::{
    store::{error::shown, settings::Appearance},
    ui::{
        command::{self, MENUS, UiCommand},
        scene::Scene,
        theme::Palette,
    },
};

/// Draws the menu bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in MENUS {
            ui.menu_button(menu.caption, |ui| {
                // What is left of the default width would stand between a command and its keys.
                ui.set_width(260.0);
                for (index, group) in menu.groups.iter().enumerate() {
                    if index > 0 {
                        ui.separator();
                    }
                    group.iter().for_each(|command| item(ui, scene, *command));
                }
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            file_name(ui, scene)
        });
    });
}

pub(super) fn item(ui: &mut Ui, scene: &mut Scene<'_>, command: UiCommand) {
    let enabled = availability::is_enabled(command, scene.desk, scene.position);
    let mark = if is_on(command, scene) {
        crate::ui::icons::CHECK
    } else {
        "\u{2003}"
    };
    let mut button = Button::new((mark, command.label())).frame_when_inactive(false);
    if let Some(keys) = command.shortcuts().first() {
        button = button.shortcut_text(command::in_words(keys));
    }
    let response = ui
        .add_enabled_ui(enabled, |ui| {
            let width = ui.available_width();
            ui.add(button.min_size(egui::vec2(width, 0.0)))
        })
        .inner;
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::MenuItem, enabled, command.label()));
    if response.on_hover_text(command.explanation()).clicked() {
        scene.send.command(command);
        ui.close();
    }
}

/// Whether a command that switches something is on.
fn is_on(command: UiCommand, scene: &Scene<'_>) -> bool {
    let appearance = scene.settings.appearance;
    match command {
        UiCommand::ToggleProjects => scene.settings.left_panel.open,
        UiCommand::ToggleFindings => scene.settings.right_panel.open,
        UiCommand::AppearanceSystem => appearance == Appearance::System,
        UiCommand::AppearanceLight => appearance == Appearance::Light,
        UiCommand::AppearanceDark => appearance == Appearance::Dark,
        UiCommand::ShowPage(page) => scene.desk.is_some() && scene.position.page == page,
        _ => false,
    }
}

fn file_name(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(desk) = scene.desk else { return };
    let palette = Palette::of(ui);
    if desk.session.is_read_only() {
        ui.label(RichText::new("只读").color(palette.warning).small())
            .on_hover_text("文件标为只读，只能另存为别的文件");
    }
    let name = ui.label(RichText::new(desk.file_name()).color(palette.text_weak));
    if let Some(path) = desk.session.path() {
        name.on_hover_text(shown(path));
    }
}
