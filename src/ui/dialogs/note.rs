//! A reviewer's note at a cell or at the whole form, and what is answered to one: written, and changed by whoever wrote it.

use egui::{Button, Event, Key, Modifiers, RichText, Ui, WidgetInfo, vec2};

use super::{
    Dialog, Outcome, buttons, id_of_draft, is_composing,
    name::{author, signature},
};
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        path::{CellPath, Place},
        project::{Note, Project},
        review::{NoteKind, Reply},
        rows::Rows,
    },
    ui::{
        action::Action,
        scene::{Scene, Shown},
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry::Entry, note_mark},
    },
};

/// What is written.
enum Task {
    /// A new note at the selected cell, with its place in words, or at the whole form.
    Add {
        cell: Option<(CellPath, String)>,
        is_at_whole: bool,
    },
    /// A note that is there, and where it is, in words.
    Change(Id<Note>, String),
    /// An answer to a note, which says this: a new one, or one that is there.
    Reply(Id<Note>, String, Option<Reply>),
}

/// Asks for a note or an answer.
pub struct NoteDialog {
    project: Id<Project>,
    task: Task,
    kind: NoteKind,
    text: String,
    before: String,
    is_shown: bool,
}

/// The keys of the kinds, together with Alt.
const KEYS: [Key; 3] = [Key::Num1, Key::Num2, Key::Num3];

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
        let is_at_whole = cell.is_none();
        Self::of(shown.project.id, Task::Add { cell, is_at_whole })
    }

    /// To change a note that is there; `place` says where it is.
    pub fn change(note: &Note, place: &str) -> Self {
        Self {
            kind: note.kind,
            text: note.text.to_string(),
            before: note.text.to_string(),
            ..Self::of(note.at.project, Task::Change(note.id, place.to_owned()))
        }
    }

    /// To answer a note, or to change an answer to it.
    pub fn reply(note: &Note, reply: Option<&Reply>) -> Self {
        let text = reply.map_or_else(String::new, |reply| reply.text.to_string());
        let told = note.text.to_string();
        Self {
            before: text.clone(),
            text,
            ..Self::of(note.at.project, Task::Reply(note.id, told, reply.cloned()))
        }
    }

    fn of(project: Id<Project>, task: Task) -> Self {
        Self {
            project,
            task,
            kind: NoteKind::default(),
            text: String::new(),
            before: String::new(),
            is_shown: false,
        }
    }

    fn place(&mut self, ui: &mut Ui) {
        let weak = Palette::of(ui).text_weak;
        match &mut self.task {
            Task::Add { cell: None, .. } => {
                ui.label("位置：整份表");
            }
            Task::Add {
                cell: Some((_, words)),
                is_at_whole,
            } => {
                ui.horizontal_wrapped(|ui| {
                    choice::beside_one_another(ui, |ui| {
                        ui.radio_value(is_at_whole, false, words.as_str());
                        ui.radio_value(is_at_whole, true, "整份表");
                    });
                });
            }
            Task::Change(_, place) => {
                ui.add(egui::Label::new(format!("位置：{place}")).wrap());
            }
            Task::Reply(_, told, _) => {
                let told = RichText::new(told.as_str()).color(weak);
                ui.add(egui::Label::new(told).wrap());
            }
        }
    }

    /// How much the note asks for: a button for each, the digits of the keys beside their names.
    fn kinds(&mut self, ui: &mut Ui) {
        if matches!(self.task, Task::Reply(..)) {
            return;
        }
        for (kind, key) in NoteKind::ALL.into_iter().zip(KEYS) {
            let is_pressed = ui.input_mut(|input| {
                let is_pressed = input.consume_key(Modifiers::ALT, key);
                // Some systems send the digit as text, too.
                let digit = |event: &Event| matches!(event, Event::Text(text) if text == key.symbol_or_name());
                input.events.retain(|event| !(is_pressed && digit(event)));
                is_pressed
            });
            if is_pressed {
                self.kind = kind;
            }
        }
        let palette = Palette::of(ui);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (index, kind) in NoteKind::ALL.into_iter().enumerate() {
                let is_on = self.kind == kind;
                let (rect, _) =
                    ui.allocate_exact_size(egui::Vec2::splat(14.0), egui::Sense::hover());
                note_mark::paint(ui.painter(), rect.center(), 12.0, kind, palette);
                let name = kind.to_string();
                let choice = Button::selectable(is_on, &name).min_size(vec2(64.0, HIT));
                let response = ui.add(choice);
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                let response = button::with_focus(ui, response);
                let chosen =
                    response.has_focus() && ui.input(|input| input.key_pressed(KEYS[index]));
                let hover = format!("{}（Alt+{}）", note_mark::meaning(kind), index + 1);
                if response.on_hover_text(hover).clicked() || chosen {
                    self.kind = kind;
                }
                ui.add_space(space::S);
            }
            let meaning = RichText::new(note_mark::meaning(self.kind)).font(theme::text::small());
            ui.label(meaning.color(palette.text_weak));
        });
        ui.add_space(space::XS);
    }

    /// What the button says, and the change with what is said of it.
    fn verb(&self) -> &'static str {
        match &self.task {
            Task::Add { .. } => "添加意见",
            Task::Change(..) => "保存意见",
            Task::Reply(_, _, None) => "回复",
            Task::Reply(_, _, Some(_)) => "保存回复",
        }
    }

    fn action(&self, scene: &Scene<'_>) -> Action {
        let author = author(scene).unwrap_or_default();
        let time = scene.environment.time_in_words();
        let command = self.command(
            Id::<Note>::new(&mut &**scene.environment).bits(),
            author,
            time,
        );
        let said = match &self.task {
            Task::Add { .. } => "已添加 1 条审核意见",
            Task::Change(..) => "已修改审核意见",
            Task::Reply(..) => "已回复",
        };
        Action::EditAndSay(command, said.to_owned())
    }

    /// What is written, as a change; `id` is that of what is new.
    fn command(&self, id: u64, author: String, time: String) -> EditCommand {
        let project = self.project;
        let text = self.text.trim_end();
        match &self.task {
            Task::Add { cell, is_at_whole } => {
                let at = match cell {
                    Some((at, _)) if !is_at_whole => at.clone(),
                    _ => CellPath {
                        project,
                        place: Place::Whole,
                    },
                };
                let note = Note {
                    id: Id::from_bits(id),
                    at,
                    author,
                    time,
                    text: text.into(),
                    kind: self.kind,
                    resolved: false,
                    replies: Rows::new(),
                    unknown: Default::default(),
                };
                EditCommand::AddNote { project, note }
            }
            Task::Change(note, _) => {
                let (text, kind) = (text.to_owned(), self.kind);
                let note = *note;
                EditCommand::ChangeNote {
                    project,
                    note,
                    text,
                    kind,
                }
            }
            Task::Reply(note, _, known) => {
                let mut reply = known.clone().unwrap_or_else(|| Reply {
                    id: Id::from_bits(id),
                    author,
                    time,
                    text: Default::default(),
                    unknown: Default::default(),
                });
                reply.text = text.into();
                let note = *note;
                EditCommand::ReplyToNote {
                    project,
                    note,
                    reply,
                }
            }
        }
    }
}

impl Dialog for NoteDialog {
    fn title(&self) -> String {
        match &self.task {
            Task::Add { .. } => "添加审核意见",
            Task::Change(..) => "修改审核意见",
            Task::Reply(_, _, None) => "回复审核意见",
            Task::Reply(_, _, Some(_)) => "修改回复",
        }
        .into()
    }

    fn width(&self) -> f32 {
        520.0
    }

    fn holds_text(&self) -> bool {
        self.text.trim() != self.before.trim()
    }

    fn draft(&self, user: &str, time: &str) -> Option<EditCommand> {
        self.holds_text().then(|| {
            self.command(
                id_of_draft::<Note>(&self.text).bits(),
                user.to_owned(),
                time.to_owned(),
            )
        })
    }

    fn help(&self) -> Option<&'static str> {
        Some("notes")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.place(ui);
        ui.add_space(space::XS);
        self.kinds(ui);
        let (name, hint) = match self.task {
            Task::Reply(..) => ("回复内容", "写明怎样改了，或为什么不改"),
            _ => ("审核意见内容", "写明哪里有问题、应怎样改"),
        };
        let field = Entry::new(egui::Id::unique("note"), name)
            .lines(4)
            .hint(hint)
            .show(ui, &mut self.text);
        if !std::mem::replace(&mut self.is_shown, true) {
            field.request_focus();
        }
        if !matches!(self.task, Task::Change(..) | Task::Reply(_, _, Some(_))) {
            signature(ui, scene);
        }
        let confirmed = !is_composing(ui.ctx())
            && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let is_ready = !self.text.trim().is_empty();
        buttons(ui, |ui| {
            let done = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, self.verb()));
            let clicked = done.inner.on_hover_text("Ctrl+Enter").clicked();
            if is_ready && (clicked || confirmed) {
                let action = self.action(scene);
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
