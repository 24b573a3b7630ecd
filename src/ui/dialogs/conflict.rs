//! Something else is on the disk than was expected.

use egui::Ui;
use jiff::Timestamp;

use super::{Dialog, Outcome, buttons};
use crate::{
    session::saving::Conflict,
    store::error::shown,
    ui::{
        action::{Action, Next},
        outside::OutsideAction,
        scene::Scene,
        widgets::button,
    },
};

/// Asks what is to be saved where.
pub struct ConflictDialog {
    conflict: Conflict,
    next: Option<Next>,
    /// When somebody else wrote a document that can be merged.
    time: Option<Timestamp>,
}

impl ConflictDialog {
    /// For this conflict; `next` follows when the document is saved.
    pub fn new(conflict: Conflict, next: Option<Next>) -> Self {
        Self {
            conflict,
            next,
            time: None,
        }
    }

    /// What is on the disk is a document that was written at this time, and can be merged.
    pub fn about(mut self, time: Timestamp) -> Self {
        self.time = Some(time);
        self
    }

    /// Whether a file is in the way that the document had nothing to do with.
    fn is_about_another(&self) -> bool {
        !self.conflict.own && self.conflict.on_disk.is_some()
    }
}

impl Dialog for ConflictDialog {
    fn title(&self) -> String {
        match self.is_about_another() {
            true => "替换同名文件吗",
            false => "没有保存",
        }
        .into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("saving")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        if let Some(time) = self.time {
            let time = scene.environment.moment_in_words(time);
            ui.label(format!(
                "文件已被别人改动（{time}），没有覆盖它，您的内容尚未保存。合并可以把两边的改动放到一起，您看过再定。"
            ));
            ui.label(shown(&self.conflict.path));
        } else if self.is_about_another() {
            ui.label("已有同名文件。替换后，它原来的内容不再保留。");
            ui.label(shown(&self.conflict.path));
        } else {
            ui.label(self.conflict.to_string());
        }
        let can_merge = self.time.is_some();
        buttons(ui, |ui| {
            if can_merge && button::primary(ui, "合并…").clicked() {
                scene.send.send(Action::Outside(OutsideAction::Merge));
                return Outcome::Close;
            }
            let button = match can_merge {
                true => button::plain,
                false => button::primary,
            };
            if button(ui, "另存为…").clicked() {
                scene.send.send(Action::SaveAsThen(self.next.clone()));
                return Outcome::Close;
            }
            let over = if self.is_about_another() {
                "替换它"
            } else if self.conflict.on_disk.is_some() {
                "覆盖它"
            } else {
                "仍保存到原处"
            };
            if button::plain(ui, over).clicked() {
                let action = Action::SaveOver(self.conflict.clone(), self.next.clone());
                scene.send.send(action);
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
