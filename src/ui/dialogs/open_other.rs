//! Another file is to be opened while one is open.

use std::path::PathBuf;

use egui::Ui;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    store::error::shown,
    ui::{
        action::{Action, Next},
        scene::Scene,
        widgets::button,
    },
};

/// Asks in which window the file is opened: one window holds one document.
pub struct OpenOther {
    path: PathBuf,
}

impl OpenOther {
    /// For this file.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }
}

impl Dialog for OpenOther {
    fn title(&self) -> String {
        "打开另一个文件".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label("一个窗口打开一个文件。要在新窗口中打开，还是关闭当前文件后在这里打开？");
        ui.label(shown(&self.path).to_string());
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "在新窗口打开").clicked() || confirmed {
                scene.send.send(Action::OpenWindow(self.path.clone()));
                return Outcome::Close;
            }
            if button::plain(ui, "在这里打开").clicked() {
                let next = Next::Open(self.path.clone());
                scene.send.send(Action::Leave(next));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
