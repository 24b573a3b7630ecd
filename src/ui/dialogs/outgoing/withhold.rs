//! 不公开: whether a project is left out of what is made public, and why.

use egui::Ui;

use super::weak;
use crate::{
    edit::command::EditCommand,
    model::{id::Id, project::Project, review::Withheld},
    ui::{
        action::Action,
        dialogs::{Dialog, Outcome, buttons, is_confirmed},
        scene::Scene,
        theme::space,
        widgets::{button, entry::Entry},
    },
};

/// The dialog.
pub struct WithholdDialog {
    project: Id<Project>,
    name: String,
    reason: String,
    /// The reason as it is on record; `None` where the project may be made public.
    before: Option<String>,
    is_shown: bool,
}

impl WithholdDialog {
    /// For this project.
    pub fn new(project: &Project) -> Self {
        let before = project
            .withheld
            .as_ref()
            .map(|withheld| withheld.reason.clone());
        Self {
            project: project.id,
            name: project.shown_name().to_owned(),
            reason: before.clone().unwrap_or_default(),
            before,
            is_shown: false,
        }
    }
}

impl Dialog for WithholdDialog {
    fn title(&self) -> String {
        "不公开".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("sharing")
    }

    fn holds_text(&self) -> bool {
        self.reason.trim() != self.before.as_deref().unwrap_or_default().trim()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.add(egui::Label::new(&self.name).wrap());
        weak(
            ui,
            "标为不公开的项目不会放入公开版；表格内容不受影响，别处照常使用。",
        );
        ui.add_space(space::XS);
        let field = Entry::new(egui::Id::unique("why withheld"), "不公开的理由")
            .hint("写明依据，例如：涉密项目")
            .show(ui, &mut self.reason);
        if !std::mem::replace(&mut self.is_shown, true) {
            field.request_focus();
        }
        let reason = self.reason.trim();
        let is_given = !reason.is_empty();
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let keep = ui.add_enabled_ui(is_given, |ui| button::primary(ui, "标为不公开"));
            let keep = keep.inner.on_disabled_hover_text("请先写明理由");
            let mut send = |withheld, said: &str| {
                let command = EditCommand::SetWithheld {
                    project: self.project,
                    withheld,
                };
                scene
                    .send
                    .send(Action::EditAndSay(command, said.to_owned()));
            };
            if keep.clicked() || (confirmed && is_given) {
                let withheld = Withheld {
                    reason: reason.to_owned(),
                    unknown: Default::default(),
                };
                send(Some(withheld), "已标为不公开");
                return Outcome::Close;
            }
            if self.before.is_some() && button::plain(ui, "改为可以公开").clicked() {
                send(None, "已改为可以公开");
                return Outcome::Close;
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}
