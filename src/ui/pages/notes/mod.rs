//! 审核意见: the notes of reviewers, open ones first.

mod card;
mod filter;

use egui::{RichText, Ui};

use crate::{
    model::{
        id::Id,
        project::{Note, Project},
    },
    session::jobs::Revision,
    ui::{
        command::UiCommand,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::button,
    },
};
use filter::Filter;

/// What the page remembers.
#[derive(Default)]
pub struct NotesState {
    filter: Filter,
    places: Option<Places>,
    wants_focus: bool,
    /// The note that the person went to last.
    current: Option<Id<Note>>,
    /// Whether it is to be brought into sight.
    is_wanted: bool,
}

impl NotesState {
    /// Has the search take the focus; where there is no note yet, the button that adds one.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }

    /// The note that the person went to last.
    pub fn current(&self) -> Option<Id<Note>> {
        self.current
    }

    /// Goes to a note: it is brought into sight, and marked.
    pub fn go_to(&mut self, note: Id<Note>) {
        self.current = Some(note);
        self.is_wanted = true;
    }
}

/// The places of all notes in words; made once per revision.
struct Places {
    revision: Revision,
    project: Id<Project>,
    words: Vec<String>,
}

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut NotesState) {
    let Some(desk) = scene.desk else { return };
    if shown.project.notes.is_empty() {
        return nothing_yet(ui, scene, state);
    }
    let revision = desk.session.revision();
    let is_current =
        |places: &Places| places.revision == revision && places.project == shown.project.id;
    if !state.places.as_ref().is_some_and(is_current) {
        let notes = shown.project.notes.iter();
        state.places = Some(Places {
            revision,
            project: shown.project.id,
            words: notes
                .map(|note| note.at.in_words(&shown.project, &shown.edition))
                .collect(),
        });
    }
    let wants_focus = std::mem::take(&mut state.wants_focus);
    state.filter.show(ui, &shown.project, scene, wants_focus);
    let is_wanted = std::mem::take(&mut state.is_wanted);
    let Some(places) = &state.places else { return };
    let notes = shown.project.notes.iter();
    let matching: Vec<(&Note, &str)> = notes
        .zip(&places.words)
        .map(|(note, place)| (&**note, place.as_str()))
        .filter(|(note, place)| state.filter.lets_through(note, place))
        .collect();
    if matching.is_empty() {
        ui.add_space(space::L);
        let text = RichText::new("没有符合条件的审核意见");
        ui.label(text.color(Palette::of(ui).text_weak));
        if button::quiet(ui, "显示全部").clicked() {
            state.filter = Filter::default();
        }
        return;
    }
    for (resolved, caption) in [(false, "未处理"), (true, "已处理")] {
        let group = || {
            matching
                .iter()
                .filter(|(note, _)| note.resolved == resolved)
        };
        let count = group().count();
        if count == 0 {
            continue;
        }
        ui.add_space(space::M);
        let caption = RichText::new(format!("{caption}（{count}）"));
        ui.label(caption.font(theme::text::strong()));
        for (note, place) in group() {
            let is_current = state.current == Some(note.id);
            let drawn = card::show(ui, scene, note, place, is_current);
            if is_current && is_wanted {
                drawn.scroll_to_me(Some(egui::Align::Center));
            }
        }
    }
}

fn nothing_yet(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut NotesState) {
    let palette = Palette::of(ui);
    ui.add_space(space::XL * 2.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new("还没有审核意见").font(theme::text::section()));
        let hint = "选中一格，按 Shift+F2 填写；也可以对整份表提意见";
        ui.label(RichText::new(hint).color(palette.text_weak));
        ui.add_space(space::S);
        let add = button::primary(ui, UiCommand::AddNote.label());
        if std::mem::take(&mut state.wants_focus) {
            add.request_focus();
        }
        if add.clicked() {
            scene.send.command(UiCommand::AddNote);
        }
    });
}
