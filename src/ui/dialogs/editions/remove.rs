//! Before one of the user's own 表样 is removed.

use egui::{Label, Ui};

use crate::{
    store::editions::Shelved,
    ui::{
        action::Action,
        dialogs::{Dialog, Outcome, buttons},
        editions::EditionAction,
        scene::Scene,
        widgets::button,
    },
};

/// Asks whether it is to go; where the open document needs it, it is put into the document first.
pub struct RemoveEdition {
    known: Shelved,
    used: usize,
}

impl RemoveEdition {
    /// For an edition that so many projects of the open document are on without its travelling with them.
    pub fn new(known: Shelved, used: usize) -> Self {
        Self { known, used }
    }
}

impl Dialog for RemoveEdition {
    fn title(&self) -> String {
        "删除表样".into()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let name = &self.known.edition.name;
        let words = match self.used {
            0 => format!(
                "删除“{name}”？删除后不能撤销，可以先导出为文件。别的文件中没有随文件保存它的项目，将不能校验和测算。"
            ),
            count => format!(
                "“{name}”正用于本文件的 {count} 个项目。先把它随文件保存，再从本机删除，这些项目不受影响。删除后不能撤销。"
            ),
        };
        ui.add(Label::new(words).wrap());
        let verb = match self.used {
            0 => "删除",
            _ => "随文件保存并删除",
        };
        buttons(ui, |ui| {
            if button::primary(ui, verb).clicked() {
                let action = EditionAction::RemoveNow(self.known.clone(), self.used > 0);
                scene.send.send(Action::Edition(Box::new(action)));
                return Outcome::Close;
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}
