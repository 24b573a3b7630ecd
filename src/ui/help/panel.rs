//! The panel of help: it stands beside the page, so that steps can be read while they are done.

use egui::{Align, Event, Id, Key, Label, Layout, Modifiers, RichText, ScrollArea, Ui, Vec2, vec2};

use super::{
    book::{Address, Book, CONTENTS},
    draw,
    search::Hit,
};
use crate::ui::{
    action::Action,
    dialogs::is_composing,
    icons,
    scene::Scene,
    theme::{HIT, Palette, space, text},
    widgets::{button, entry::Entry, focus::Holder, row::Row},
};

/// The height of a line of what was found, in points.
const FOUND: f32 = 44.0;
/// How far the arrows scroll, in points.
const SCROLL: f32 = 48.0;
/// How far PageUp and PageDown scroll.
const PAGE: f32 = 320.0;

/// What the panel remembers.
#[derive(Default)]
pub struct HelpState {
    /// What was read, the latest last; nothing yet means the table of contents.
    trail: Vec<Address>,
    search: String,
    /// The search that `found` answers.
    searched: String,
    found: Vec<Hit>,
    /// The line of `found` that is chosen.
    line: usize,
    /// Whether the search wants the focus.
    wants_focus: bool,
    /// Whether what is shown was just opened, and is to be shown from its beginning or its heading.
    is_new: bool,
}

impl HelpState {
    /// Opens a topic.
    pub fn open(&mut self, at: Address) {
        self.search.clear();
        if self.here() != at {
            self.trail.push(at);
        }
        self.is_new = true;
    }

    /// Has the search take the focus.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }

    fn here(&self) -> Address {
        self.trail.last().cloned().unwrap_or_else(Address::contents)
    }

    /// Whether something was read before what is shown.
    pub fn has_earlier(&self) -> bool {
        self.trail.len() > 1
    }

    /// Goes back to what was read before.
    pub fn back(&mut self) {
        self.trail.pop();
        self.search.clear();
    }

    fn find(&mut self) {
        if self.search != self.searched {
            self.found = Book::get().index.find(&self.search);
            self.searched.clone_from(&self.search);
            self.line = 0;
        }
    }

    fn is_searching(&self) -> bool {
        !self.search.trim().is_empty()
    }
}

/// Draws the panel.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut HelpState) {
    take_escape(ui, scene, state);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let can_go_back = !state.trail.is_empty() || state.is_searching();
        let back = ui.add_enabled_ui(can_go_back, |ui| {
            button::icon(ui, icons::ARROW_LEFT, "返回上一页")
        });
        if back.inner.clicked() {
            state.back();
        }
        ui.label(RichText::new("帮助").font(text::section()));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if button::icon(ui, icons::X, "关闭帮助").clicked() {
                scene.send.send(Action::Help(None));
            }
            if button::icon(ui, icons::LIST_BULLETS, "帮助目录").clicked() {
                state.open(Address::contents());
            }
        });
    });
    body(ui, scene, state);
    note_focus(ui);
}

/// Draws the search, and what was found or the topic.
pub fn body(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut HelpState) {
    let id = search_id(ui);
    let keys = Keys::take(ui, id);
    search(ui, id, state);
    ui.add_space(space::XS);
    state.find();
    if state.is_searching() {
        return results(ui, state, keys);
    }
    let at = state.here();
    let book = Book::get();
    let Some(topic) = book.topic(&at.topic).or_else(|| book.topic(CONTENTS)) else {
        return;
    };
    let is_new = std::mem::take(&mut state.is_new);
    let mut area = ScrollArea::vertical()
        .id_salt(("help", &topic.name))
        .auto_shrink([false, false]);
    if is_new {
        area = area.vertical_scroll_offset(0.0);
    }
    let followed = area
        .show(ui, |ui| {
            if keys.scroll != 0.0 {
                ui.scroll_with_delta(vec2(0.0, keys.scroll));
            }
            let title = RichText::new(&topic.title).font(text::section());
            ui.add(Label::new(title).wrap().selectable(true));
            ui.add_space(space::XS);
            let wanted = at.heading.as_deref();
            let wanted = wanted.map(|heading| draw::Wanted { heading, is_new });
            let followed = draw::blocks(ui, scene, &topic.blocks, wanted.as_ref());
            // The last line does not stand at the very edge.
            ui.add_space(space::XL);
            followed
        })
        .inner;
    if let Some(to) = followed {
        state.open(to);
    }
    if is_new {
        ui.ctx().request_repaint();
    }
}

fn search_id(ui: &Ui) -> Id {
    ui.scope_id().with("search of help")
}

fn search(ui: &mut Ui, id: Id, state: &mut HelpState) {
    let row = vec2(ui.available_width(), HIT);
    // From the right, so that the field takes what room there is and not a point more: a row too wide would widen the panel.
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let is_empty = state.search.is_empty();
        if !is_empty && button::icon(ui, icons::X, "清除帮助搜索").clicked() {
            state.search.clear();
            state.want_focus();
        }
        let field = Entry::new(id, "搜索帮助")
            .hint("搜索，如 执行率、C16")
            .show(ui, &mut state.search);
        if std::mem::take(&mut state.wants_focus) {
            field.request_focus();
        }
    });
}

/// Keys of the search, which go through what was found, or scroll the topic where nothing is searched for.
#[derive(Default, Clone, Copy)]
struct Keys {
    scroll: f32,
    steps: isize,
    is_confirmed: bool,
}

impl Keys {
    fn take(ui: &Ui, id: Id) -> Self {
        let mut keys = Self::default();
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        if !has_focus || is_composing(ui.ctx()) {
            return keys;
        }
        let moves = [
            (Key::ArrowUp, SCROLL, -1),
            (Key::ArrowDown, -SCROLL, 1),
            (Key::PageUp, PAGE, -8),
            (Key::PageDown, -PAGE, 8),
        ];
        ui.input_mut(|input| {
            for (key, scroll, steps) in moves {
                let times = input.count_and_consume_key(Modifiers::NONE, key);
                keys.scroll += scroll * times as f32;
                keys.steps += steps * isize::try_from(times).unwrap_or(1);
            }
            // A text field gives the focus up at Enter; this one keeps it.
            keys.is_confirmed = input.consume_key(Modifiers::NONE, Key::Enter);
        });
        keys
    }
}

fn results(ui: &mut Ui, state: &mut HelpState, keys: Keys) {
    let palette = Palette::of(ui);
    if state.found.is_empty() {
        let words = format!("没有找到“{}”", state.search.trim());
        ui.label(RichText::new(words).font(text::strong()));
        let advice = "换一个短些的词再试，如“备份”“偏差”；也可以输入规则代码，如 C16。";
        let advice = RichText::new(advice)
            .font(text::grid())
            .color(palette.text_weak);
        ui.add(Label::new(advice).wrap());
        if button::plain(ui, "查看目录").clicked() {
            state.open(Address::contents());
        }
        return;
    }
    let last = state.found.len() - 1;
    state.line = state.line.saturating_add_signed(keys.steps).min(last);
    let mut chosen = keys.is_confirmed.then_some(state.line);
    ScrollArea::vertical()
        .id_salt("found in help")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for (line, hit) in state.found.iter().enumerate() {
                let name = format!("帮助：{}", hit.title);
                let response = Row::new(&name)
                    .line(&hit.title, text::grid_bold(), palette.text)
                    .line(&hit.sentence, text::small(), palette.text_weak)
                    .chosen(line == state.line)
                    .show(ui, FOUND);
                if keys.steps != 0 && line == state.line {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    chosen = Some(line);
                }
            }
        });
    let chosen = chosen.and_then(|line| state.found.get(line));
    if let Some(at) = chosen.map(|hit| hit.at.clone()) {
        state.open(at);
        state.want_focus();
        ui.ctx().request_repaint();
    }
}

/// Esc in the panel clears the search, and closes the panel where there is none.
fn take_escape(ui: &Ui, scene: &mut Scene<'_>, state: &mut HelpState) {
    let is_escape = |event: &Event| {
        matches!(
            event,
            Event::Key {
                key: Key::Escape,
                pressed: true,
                ..
            }
        )
    };
    let ctx = ui.ctx();
    let is_asked = ui.input(|input| input.events.iter().any(is_escape));
    if !is_asked || !Holder::Help.had_focus(ctx) || is_composing(ctx) {
        return;
    }
    if state.search.is_empty() {
        scene.send.send(Action::Help(None));
    } else {
        state.search.clear();
        state.want_focus();
    }
}

/// Says that the panel has the focus where one of its widgets has it.
fn note_focus(ui: &Ui) {
    let ctx = ui.ctx();
    let focused = ctx.memory(|memory| memory.focused());
    let response = focused.and_then(|id| ctx.read_response(id));
    let is_mine = |response: egui::Response| {
        response.layer_id == ui.layer_id() && ui.max_rect().contains(response.rect.center())
    };
    if response.is_some_and(is_mine) {
        Holder::Help.mark(ui);
    }
}
