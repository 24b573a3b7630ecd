//! Choosing an edition, for a new document or for a new project in the open one.

use std::sync::Arc;

use egui::Ui;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    model::edition::Edition,
    ui::{action::Action, scene::Scene, theme::Palette, widgets::button},
};

/// What is made on the edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Making {
    Document,
    Project,
}

/// Asks for an edition.
pub struct NewDialog {
    making: Making,
    chosen: Option<Arc<Edition>>,
}

impl NewDialog {
    /// For a new document.
    pub fn document() -> Self {
        Self {
            making: Making::Document,
            chosen: None,
        }
    }

    /// For a new project in the open document.
    pub fn project() -> Self {
        Self {
            making: Making::Project,
            chosen: None,
        }
    }
}

impl Dialog for NewDialog {
    fn title(&self) -> String {
        match self.making {
            Making::Document => "新建".into(),
            Making::Project => "添加项目".into(),
        }
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let shelf = scene.environment.editions().list();
        for listed in shelf {
            let is_chosen = self.chosen.as_ref() == Some(&listed.edition);
            if ui
                .selectable_label(is_chosen, &listed.edition.name)
                .clicked()
            {
                self.chosen = Some(Arc::clone(&listed.edition));
            }
        }
        let _ = Palette::of(ui);
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let is_asked = button::primary(ui, "新建").clicked() || confirmed;
            if let Some(edition) = self.chosen.clone().filter(|_| is_asked) {
                scene.send.send(match self.making {
                    Making::Document => Action::CreateDocument(edition),
                    Making::Project => Action::CreateProject(edition),
                });
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
