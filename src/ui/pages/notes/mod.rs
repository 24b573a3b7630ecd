//! 审核意见: the notes of reviewers, open ones first.

use egui::{RichText, Ui};

use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        project::{Note, Project},
    },
    session::jobs::Revision,
    ui::{
        action::Action,
        command::UiCommand,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, entry::Entry},
    },
};

/// What the page remembers.
#[derive(Default)]
pub struct NotesState {
    search: String,
    filter: Filter,
    places: Option<Places>,
    wants_focus: bool,
}

impl NotesState {
    /// Has the search take the focus; where there is no note yet, the button that adds one.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }
}

/// Which notes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Filter {
    /// 全部
    #[default]
    All,
    /// 未处理
    Open,
    /// 已处理
    Resolved,
}

impl Filter {
    fn lets_through(self, resolved: bool) -> bool {
        match self {
            Self::All => true,
            Self::Open => !resolved,
            Self::Resolved => resolved,
        }
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
    head(ui, scene, state);
    let Some(places) = &state.places else { return };
    let matching: Vec<(&Note, &str)> = shown
        .project
        .notes
        .iter()
        .zip(&places.words)
        .map(|(note, place)| (&**note, place.as_str()))
        .filter(|(note, place)| {
            state.filter.lets_through(note.resolved) && holds(note, place, &state.search)
        })
        .collect();
    if matching.is_empty() {
        ui.add_space(space::L);
        let text = RichText::new("没有符合条件的审核意见");
        ui.label(text.color(Palette::of(ui).text_weak));
        if button::quiet(ui, "显示全部").clicked() {
            state.search.clear();
            state.filter = Filter::All;
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
            card(ui, scene, note, place);
        }
    }
}

/// Whether a note holds what is searched for.
fn holds(note: &Note, place: &str, search: &str) -> bool {
    let search = search.trim();
    note.text.contains(search) || note.author.contains(search) || place.contains(search)
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

/// Search, filter, and adding.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut NotesState) {
    ui.horizontal_wrapped(|ui| {
        let search = Entry::new(egui::Id::unique("search notes"), "搜索审核意见")
            .hint("搜索内容、位置或姓名")
            .width(220.0)
            .show(ui, &mut state.search);
        if std::mem::take(&mut state.wants_focus) {
            search.request_focus();
        }
        for (filter, name) in [
            (Filter::All, "全部意见"),
            (Filter::Open, "只看未处理"),
            (Filter::Resolved, "只看已处理"),
        ] {
            ui.selectable_value(&mut state.filter, filter, name);
        }
        if button::plain(ui, UiCommand::AddNote.label()).clicked() {
            scene.send.command(UiCommand::AddNote);
        }
    });
}

/// A note with what can be done with it.
fn card(ui: &mut Ui, scene: &mut Scene<'_>, note: &Note, place: &str) {
    let palette = Palette::of(ui);
    ui.push_id(note.id, |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    actions(ui, scene, note);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        let text = RichText::new(place).color(palette.accent);
                        let link = egui::Button::new(text).frame(false).truncate();
                        if ui.add(link).on_hover_text("转到此处").clicked() {
                            scene.send.send(Action::GoTo(note.at.clone()));
                        }
                    });
                });
            });
            let color = if note.resolved {
                palette.text_weak
            } else {
                palette.text
            };
            ui.add(egui::Label::new(RichText::new(&*note.text).color(color)).wrap());
            let by = RichText::new(format!("{} · {}", author(note), note.time));
            ui.label(by.font(theme::text::small()).color(palette.text_weak));
        });
    });
}

fn author(note: &Note) -> &str {
    if note.author.is_empty() {
        "未署名"
    } else {
        &note.author
    }
}

fn actions(ui: &mut Ui, scene: &mut Scene<'_>, note: &Note) {
    let project = note.at.project;
    if button::icon(ui, icons::TRASH, "删除这条意见").clicked() {
        let command = EditCommand::RemoveNote {
            project,
            note: note.id,
        };
        let said = "已删除 1 条审核意见".to_owned();
        scene.send.send(Action::EditAndSay(command, said));
    }
    let name = if note.resolved {
        "重新打开"
    } else {
        "标为已处理"
    };
    if button::quiet(ui, name).clicked() {
        scene.send.edit(EditCommand::ResolveNote {
            project,
            note: note.id,
            resolved: !note.resolved,
        });
    }
}
