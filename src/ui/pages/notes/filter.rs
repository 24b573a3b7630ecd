//! Which notes are shown: by state, kind, author and words.

use std::collections::BTreeSet;

use egui::{ComboBox, RichText, Ui, WidgetInfo};

use crate::{
    model::{
        project::{Note, Project},
        review::NoteKind,
    },
    ui::{
        command::UiCommand,
        scene::Scene,
        theme::{Palette, space},
        widgets::{button, entry::Entry},
    },
};

/// What is shown.
#[derive(Default)]
pub(super) struct Filter {
    search: String,
    state: State,
    kind: Option<NoteKind>,
    author: Option<String>,
}

/// Dealt with or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// 全部
    #[default]
    All,
    /// 未处理
    Open,
    /// 已处理
    Resolved,
}

impl Filter {
    /// Whether a note is shown.
    pub fn lets_through(&self, note: &Note, place: &str) -> bool {
        let is_of_state = match self.state {
            State::All => true,
            State::Open => !note.resolved,
            State::Resolved => note.resolved,
        };
        is_of_state
            && self.kind.is_none_or(|kind| kind == note.kind)
            && self
                .author
                .as_ref()
                .is_none_or(|author| *author == note.author)
            && self.holds(note, place)
    }

    /// Whether a note, an answer to it or its place holds what is searched for.
    fn holds(&self, note: &Note, place: &str) -> bool {
        let search = self.search.trim();
        let mut replies = note.replies.iter();
        note.text.contains(search)
            || note.author.contains(search)
            || place.contains(search)
            || replies.any(|reply| reply.text.contains(search) || reply.author.contains(search))
    }

    /// Search, filters, and adding.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        project: &Project,
        scene: &mut Scene<'_>,
        wants_focus: bool,
    ) {
        ui.horizontal_wrapped(|ui| {
            let search = Entry::new(egui::Id::unique("search notes"), "搜索审核意见")
                .hint("搜索内容、位置或姓名")
                .width(220.0)
                .show(ui, &mut self.search);
            if wants_focus {
                search.request_focus();
            }
            for (state, name) in [
                (State::All, "全部意见"),
                (State::Open, "只看未处理"),
                (State::Resolved, "只看已处理"),
            ] {
                ui.selectable_value(&mut self.state, state, name);
            }
            self.authors(ui, project);
            if button::plain(ui, UiCommand::AddNote.label()).clicked() {
                scene.send.command(UiCommand::AddNote);
            }
        });
        self.kinds(ui, project);
    }

    /// The kinds, each with how many are open.
    fn kinds(&mut self, ui: &mut Ui, project: &Project) {
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            let open = |kind: Option<NoteKind>| {
                let notes = project.notes.iter();
                notes
                    .filter(|note| !note.resolved && kind.is_none_or(|kind| note.kind == kind))
                    .count()
            };
            let kinds = std::iter::once(None).chain(NoteKind::ALL.map(Some));
            for kind in kinds {
                let word = kind.map_or_else(|| "不分类别".to_owned(), |kind| kind.to_string());
                let shown = format!("{word} {}", open(kind));
                let response = ui.selectable_label(self.kind == kind, shown);
                let is_on = self.kind == kind;
                let name = format!("类别 {word}");
                response.widget_info(|| {
                    WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name)
                });
                if response.on_hover_text("数字是未处理的条数").clicked() {
                    self.kind = kind;
                }
            }
        });
    }

    /// Whose notes; nothing where all are of one person.
    fn authors(&mut self, ui: &mut Ui, project: &Project) {
        let authors: BTreeSet<&str> = project.notes.iter().map(|note| &*note.author).collect();
        if self
            .author
            .as_deref()
            .is_some_and(|author| !authors.contains(author))
        {
            self.author = None;
        }
        if authors.len() < 2 {
            return;
        }
        let words = |author: &str| match author {
            "" => "未署名".to_owned(),
            author => author.to_owned(),
        };
        let current = self
            .author
            .as_deref()
            .map_or_else(|| "全部人".to_owned(), words);
        let shown = ComboBox::from_id_salt("authors of notes")
            .selected_text(RichText::new(&current).color(Palette::of(ui).text))
            .width(96.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(&mut self.author, None, "全部人");
                for author in authors {
                    let wanted = Some(author.to_owned());
                    ui.selectable_value(&mut self.author, wanted, words(author));
                }
            });
        shown.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, "谁的意见");
            info.current_text_value = Some(current.clone());
            info
        });
    }
}
