//! Asks before pictures of pages replace others.

use std::path::PathBuf;

use egui::{Label, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    store::error::shown,
    ui::{action::Action, printing::PrintAction, scene::Scene, theme::space, widgets::button},
};

/// The most files that are named.
const LISTED: usize = 5;

/// Asks.
pub struct ReplacePictures {
    first: PathBuf,
    taken: Vec<PathBuf>,
}

impl ReplacePictures {
    /// These exist; `first` is what the person chose.
    pub fn new(first: PathBuf, taken: Vec<PathBuf>) -> Self {
        Self { first, taken }
    }
}

impl Dialog for ReplacePictures {
    fn title(&self) -> String {
        "同名图片已存在".into()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let count = self.taken.len();
        ui.add(
            Label::new(format!(
                "以下 {count} 张图片将被替换，目前还没有写入任何文件："
            ))
            .wrap(),
        );
        ui.add_space(space::XS);
        for path in self.taken.iter().take(LISTED) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            ui.add(Label::new(format!("· {name}")).truncate())
                .on_hover_text(shown(path));
        }
        if count > LISTED {
            ui.label(format!("…另有 {} 张", count - LISTED));
        }
        buttons(ui, |ui| {
            let replaces = button::primary(ui, "替换").clicked() || is_confirmed(ui);
            if replaces {
                let action = PrintAction::ReplacePictures(self.first.clone());
                scene.send.send(Action::Print(action));
            }
            let leaves = button::plain(ui, "取消").clicked();
            if replaces || leaves {
                Outcome::Close
            } else {
                Outcome::Open
            }
        })
    }
}
