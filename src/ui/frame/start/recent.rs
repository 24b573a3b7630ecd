//! The files that were open before.

use egui::{Response, Ui};

use crate::{
    store::{error::shown, settings::RecentFile},
    ui::{
        action::Action,
        help::book::Address,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, row::Row},
    },
};

/// The height of a file's row, in points.
const HEIGHT: f32 = 66.0;

/// Draws the list.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    ui.label(egui::RichText::new("最近打开的文件").font(theme::text::section()));
    theme::card(ui).inner_margin(4).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        if scene.settings.recent.is_empty() {
            let words = "打开过的文件会列在这里，下次点一下就能继续";
            egui::Frame::new().inner_margin(space::S).show(ui, |ui| {
                ui.add(
                    egui::Label::new(egui::RichText::new(words).color(palette.text_weak)).wrap(),
                );
                if button::quiet(ui, "第一次用？看五分钟上手").clicked() {
                    let at = Address::topic("start");
                    scene.send.send(Action::Help(Some(at)));
                }
            });
        }
        for file in &scene.settings.recent {
            let response = row(ui, file);
            if response.clicked() {
                scene.send.send(Action::OpenFile(file.path.clone()));
            }
            response.context_menu(|ui| {
                if ui.button("从列表移除").clicked() {
                    scene.send.send(Action::ForgetRecent(file.path.clone()));
                    ui.close();
                }
                if ui.button("复制文件路径").clicked() {
                    scene.send.send(Action::Copy(shown(&file.path)));
                    ui.close();
                }
            });
        }
    });
}

fn row(ui: &mut Ui, file: &RecentFile) -> Response {
    let palette = Palette::of(ui);
    let name = file.path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = file.path.parent().unwrap_or(&file.path);
    let folder = shown(folder);
    let about = about(file);
    let small = theme::text::small();
    Row::new(&format!("最近的文件 {name}，{about}"))
        .icon(Some(icons::FILE_TEXT))
        .line(&name, theme::text::strong(), palette.text)
        .line(&folder, small.clone(), palette.text_weak)
        .line(&about, small, palette.text_weak)
        .show(ui, HEIGHT)
        .on_hover_ui(|ui| {
            ui.label(shown(&file.path));
        })
}

/// Number of projects, score and time, as they were when the file was open last.
fn about(file: &RecentFile) -> String {
    let mut parts = vec![format!("{} 个项目", file.projects)];
    if !file.score.is_empty() {
        parts.push(format!("{} 分", file.score));
    }
    if !file.time.is_empty() {
        parts.push(file.time.clone());
    }
    parts.join(" · ")
}
