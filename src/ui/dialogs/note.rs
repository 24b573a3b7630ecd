//! A reviewer's note at a cell or at the whole form.

use egui::{Key, Modifiers, RichText, Ui};

use super::{Dialog, Outcome, buttons, is_composing, name::author};
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        path::{CellPath, Place},
        project::{Note, Project},
    },
    ui::{
        action::Action,
        command::UiCommand,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

/// Asks for a note.
pub struct NoteDialog {
    project: Id<Project>,
    /// The cell that was selected, with its place in words.
    cell: Option<(CellPath, String)>,
    is_at_whole: bool,
    text: String,
    is_shown: bool,
}

impl NoteDialog {
    /// For the selected cell, or the whole form where none is selected.
    pub fn new(shown: &Shown, cell: Option<&CellPath>) -> Self {
        let is_there = |at: &&CellPath| {
            at.project == shown.project.id && shown.project.cell_text(&at.place).is_some()
        };
        let cell = cell.filter(is_there).map(|at| {
            let words = at.in_words(&shown.project, &shown.edition);
            (at.clone(), words)
        });
        Self {
            project: shown.project.id,
            is_at_whole: cell.is_none(),
            cell,
            text: String::new(),
            is_shown: false,
        }
    }

    fn at(&self) -> CellPath {
        match &self.cell {
            Some((at, _)) if !self.is_at_whole => at.clone(),
            _ => CellPath {
                project: self.project,
                place: Place::Whole,
            },
        }
    }

    fn place(&mut self, ui: &mut Ui) {
        let Some((_, words)) = &self.cell else {
            ui.label("位置：整份表");
            return;
        };
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                ui.radio_value(&mut self.is_at_whole, false, words);
                ui.radio_value(&mut self.is_at_whole, true, "整份表");
            });
        });
    }
}

impl Dialog for NoteDialog {
    fn title(&self) -> String {
        "添加审核意见".into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn holds_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    fn help(&self) -> Option<&'static str> {
        Some("notes")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.place(ui);
        ui.add_space(space::XS);
        let field = Entry::new(egui::Id::unique("note"), "审核意见内容")
            .lines(4)
            .hint("写明哪里有问题、应怎样改")
            .show(ui, &mut self.text);
        if !std::mem::replace(&mut self.is_shown, true) {
            field.request_focus();
        }
        let palette = Palette::of(ui);
        ui.horizontal(|ui| {
            let by = RichText::new(format!("署名：{}", author(scene).unwrap_or_default()));
            ui.label(by.font(theme::text::small()).color(palette.text_weak));
            if button::quiet(ui, UiCommand::ChangeName.label()).clicked() {
                scene.send.command(UiCommand::ChangeName);
            }
        });
        let confirmed = !is_composing(ui.ctx())
            && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let is_ready = !self.text.trim().is_empty();
        buttons(ui, |ui| {
            let add = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, "添加意见"));
            let clicked = add.inner.on_hover_text("Ctrl+Enter").clicked();
            if is_ready && (clicked || confirmed) {
                let note = Note {
                    id: Id::new(&mut &**scene.environment),
                    at: self.at(),
                    author: author(scene).unwrap_or_default(),
                    time: scene.environment.time_in_words(),
                    text: self.text.trim_end().into(),
                    resolved: false,
                    unknown: Default::default(),
                };
                let project = self.project;
                let command = EditCommand::AddNote { project, note };
                let said = "已添加 1 条审核意见".to_owned();
                scene.send.send(Action::EditAndSay(command, said));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
