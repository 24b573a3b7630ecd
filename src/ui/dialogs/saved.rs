//! That a file was written, with the ways to it.

use std::path::Path;

use egui::{Label, RichText, Ui};

use super::{Outcome, buttons, is_confirmed};
use crate::{
    store::error::shown,
    ui::{
        action::Action,
        exporting::ExportAction,
        icons,
        scene::Scene,
        theme::{Palette, space},
        widgets::button,
    },
};

/// Says so, and offers to open the file or its folder.
pub fn show(ui: &mut Ui, words: &str, path: &Path, scene: &mut Scene<'_>) -> Outcome {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let mark = RichText::new(icons::CHECK_CIRCLE).size(18.0);
        ui.label(mark.color(palette.good));
        ui.label(words);
    });
    ui.add_space(space::XS);
    let file = RichText::new(shown(path)).color(palette.text_weak);
    ui.add(Label::new(file).wrap());
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "完成").clicked() || confirmed {
            return Outcome::Close;
        }
        let mut open = |ui: &mut Ui, word: &str, path: &Path| {
            if button::plain(ui, word).clicked() {
                let open = ExportAction::Open(path.to_path_buf());
                scene.send.send(Action::ExportFiles(Box::new(open)));
            }
        };
        open(ui, "打开文件", path);
        if let Some(folder) = path.parent() {
            open(ui, "打开文件夹", folder);
        }
        Outcome::Open
    })
}
