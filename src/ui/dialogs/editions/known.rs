//! A 表样 that comes in is one that the user has with another content.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    edit::edition::copy_of,
    model::{edition::Edition, edition_difference::differences},
    store::editions::Shelved,
    ui::{
        action::Action,
        dialogs::{Dialog, Outcome, buttons},
        editions::EditionAction,
        scene::Scene,
        theme::{self, Palette},
        widgets::button,
    },
};

/// Asks whether it takes the place of the other one.
pub struct Known {
    edition: Arc<Edition>,
    own: Shelved,
    differences: Vec<String>,
}

impl Known {
    /// For an edition and the user's own of the same id.
    pub fn new(edition: Arc<Edition>, own: Shelved) -> Self {
        Self {
            differences: differences(&own.edition, &edition),
            edition,
            own,
        }
    }
}

impl Dialog for Known {
    fn title(&self) -> String {
        "已有这份表样".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("editions")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let name = &self.own.edition.name;
        let words = format!("您已有“{name}”，与这个文件中的内容不同。不同之处：");
        ui.add(Label::new(words).wrap());
        list(ui, &self.differences, 220.0);
        buttons(ui, |ui| {
            let mut keep = |edition: Arc<Edition>, before| {
                let action = EditionAction::Keep { edition, before };
                scene.send.send(Action::Edition(Box::new(action)));
                Outcome::Close
            };
            if button::primary(ui, "存为新表样").clicked() {
                let shelf = scene.environment.editions();
                let name = super::free_name(&shelf, &self.edition.name);
                let copy = copy_of(&self.edition, &name, &mut &**scene.environment);
                return keep(Arc::new(copy), None);
            }
            let over = button::plain(ui, "覆盖").on_hover_text("用文件中的内容代替原来的一份");
            if over.clicked() {
                return keep(Arc::clone(&self.edition), Some(Arc::clone(&self.own.hash)));
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}

/// Sentences, one beneath the other.
pub fn list(ui: &mut Ui, sentences: &[String], height: f32) {
    ScrollArea::vertical()
        .id_salt("differences")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for sentence in sentences {
                let words = RichText::new(format!("· {sentence}")).font(theme::text::grid());
                ui.add(Label::new(words.color(Palette::of(ui).text)).wrap());
            }
        });
}
