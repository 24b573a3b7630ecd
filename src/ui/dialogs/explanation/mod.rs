//! 计分说明: how the number at the selected cell comes about, and how its row is scored.

mod method;

use egui::{Label, RichText, ScrollArea, Ui};

use self::method::MethodEditor;
use super::{Dialog, Outcome, buttons};
use crate::{
    model::path::{BlockField, Place},
    score::Explained,
    ui::{
        action::Action,
        command::UiCommand,
        scene::{Scene, Shown},
        theme::{self, space},
        widgets::{button, explained},
    },
};

/// Shows an explanation.
pub struct ExplanationDialog {
    place: String,
    explained: Explained,
    /// Whether it is about a group whose points can be divided.
    is_of_group: bool,
    method: Option<MethodEditor>,
}

impl ExplanationDialog {
    /// About the number at a place, or that to which the place belongs; `None` where none is computed.
    pub fn new(shown: &Shown, place: &Place) -> Option<Self> {
        let method = MethodEditor::new(shown, place);
        let (place, explained) = explained::of(shown, place)?;
        let is_of_group = match place {
            Place::Group(id, BlockField::Score) => shown
                .project
                .groups()
                .any(|view| view.group.id == id && view.group.is_scored_as_one()),
            _ => false,
        };
        let at = shown.project.at(place);
        Some(Self {
            place: at.in_words(&shown.project, &shown.edition),
            explained,
            is_of_group,
            method,
        })
    }
}

impl ExplanationDialog {
    /// The buttons while another 计分办法 is typed.
    fn asked(&self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let command = self.method.as_ref().and_then(MethodEditor::command);
        let save = ui.add_enabled_ui(command.is_some(), |ui| button::primary(ui, "改用这个办法"));
        if let Some(command) = command.filter(|_| save.inner.clicked()) {
            let said = "已改计分办法，得分按它重新测算".to_owned();
            scene.send.send(Action::EditAndSay(command, said));
            return Outcome::Close;
        }
        if button::plain(ui, "取消").clicked() {
            return Outcome::Close;
        }
        Outcome::Open
    }
}

impl Dialog for ExplanationDialog {
    fn title(&self) -> String {
        "计分说明".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn holds_text(&self) -> bool {
        self.method.as_ref().is_some_and(MethodEditor::is_changed)
    }

    fn help(&self) -> Option<&'static str> {
        Some("scores")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let place = RichText::new(&self.place).font(theme::text::strong());
        ui.add(Label::new(place).wrap());
        ui.add_space(space::XS);
        let room = ui.available_height() - theme::HIT - 2.0 * space::L;
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                explained::show(ui, &self.explained);
                if let Some(method) = &mut self.method {
                    method.show(ui);
                }
            });
        let confirmed = super::is_confirmed(ui) && !self.holds_text();
        buttons(ui, |ui| {
            if self.holds_text() {
                return self.asked(ui, scene);
            }
            if button::primary(ui, "关闭").clicked() || confirmed {
                return Outcome::Close;
            }
            if button::plain(ui, "复制说明").clicked() {
                let text = explained::as_text(&self.place, &self.explained);
                scene.send.send(Action::Copy(text));
                scene.send.send(Action::Say("已复制计分说明".into()));
            }
            if self.is_of_group && button::plain(ui, UiCommand::SplitGroup.label()).clicked() {
                scene.send.command(UiCommand::SplitGroup);
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
