//! Find and replace: a bar above the page, beside which work goes on.

mod search;

use egui::{Frame, Id, Key, Margin, Modifiers, Panel, RichText, Ui, text::CCursorRange};

use crate::{
    edit::find::ReplacePlan,
    ui::{
        action::Action,
        desk::Desk,
        dialogs::{is_composing, message::Message},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};
use search::{Question, Search, in_words};

/// The width of the fields, in points: with it the first line is one line in a window of 1366.
const FIELD: f32 = 144.0;
/// The most refused cells that are listed by name.
const LISTED: usize = 30;

/// What the bar remembers.
#[derive(Default)]
pub struct FindState {
    is_open: bool,
    replaces: bool,
    question: Question,
    new: String,
    search: Search,
    /// Which field has the focus.
    focus: Option<Entered>,
    /// Which field is to get it back, and after how many frames: going to a cell takes it away for one.
    wanted: Option<(Entered, u8)>,
    selects_all: bool,
}

/// A field of the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entered {
    Query,
    New,
}

impl Entered {
    fn id(self) -> Id {
        match self {
            Self::Query => Id::unique("find query"),
            Self::New => Id::unique("find replacement"),
        }
    }
}

/// What the keys of the bar ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Step { back: bool },
    Replace,
    Close,
}

impl FindState {
    /// Opens the bar, with or without the line for replacing, and puts the focus there.
    pub fn open(&mut self, replaces: bool) {
        self.is_open = true;
        self.replaces = replaces;
        self.wanted = Some((Entered::Query, 0));
        self.selects_all = true;
    }

    /// Whether one of its fields has the focus.
    pub fn has_focus(&self) -> bool {
        self.focus.is_some()
    }

    fn close(&mut self, scene: &mut Scene<'_>) {
        self.is_open = false;
        self.focus = None;
        scene.position.target.clone_from(&scene.position.cell);
    }
}

/// Draws the bar where it is open.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut FindState) {
    scene.position.is_searching = state.is_open;
    let Some(desk) = scene.desk.filter(|_| state.is_open) else {
        return;
    };
    if let Some(next) = state.search.refresh(&state.question, desk, scene.position) {
        scene.send.send(Action::GoTo(next));
        ui.ctx().request_repaint();
    }
    let wish = keys(ui, state);
    let palette = Palette::of(ui);
    let frame = Frame::new()
        .fill(palette.ground)
        .inner_margin(Margin::symmetric(12, 6));
    let asked = Panel::top("find bar").frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let asked = query_line(ui, state);
        let replaced = state.replaces.then(|| replace_line(ui, scene, desk, state));
        excerpt(ui, &state.search);
        asked.or(replaced.flatten())
    });
    give_focus(ui, state);
    match wish.or(asked.inner) {
        Some(Wish::Step { back }) => step(scene, desk, state, back),
        Some(Wish::Replace) => replace_one(scene, desk, state),
        Some(Wish::Close) => state.close(scene),
        None => {}
    }
}

/// Takes Enter and Esc before the fields do.
fn keys(ui: &Ui, state: &FindState) -> Option<Wish> {
    let focus = state.focus?;
    if is_composing(ui.ctx()) {
        return None;
    }
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            Some(Wish::Close)
        } else if input.consume_key(Modifiers::SHIFT, Key::Enter) {
            Some(Wish::Step { back: true })
        } else if input.consume_key(Modifiers::NONE, Key::Enter) {
            Some(match focus {
                Entered::Query => Wish::Step { back: false },
                Entered::New => Wish::Replace,
            })
        } else {
            None
        }
    })
}

fn query_line(ui: &mut Ui, state: &mut FindState) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        let field = Entry::new(Entered::Query.id(), "查找内容")
            .hint("查找")
            .width(FIELD)
            .show(ui, &mut state.question.query);
        note_focus(&field, Entered::Query, &mut state.focus);
        let weak = Palette::of(ui).text_weak;
        let text = match (state.search.number(), state.search.count()) {
            _ if state.question.query.is_empty() => String::new(),
            (_, 0) => "没有找到".into(),
            (Some(number), count) => format!("{number}/{count}"),
            (None, count) => format!("{count} 处"),
        };
        ui.add_sized(
            [64.0, theme::HIT],
            egui::Label::new(RichText::new(text).color(weak)),
        );
        let is_found = state.search.count() > 0;
        ui.add_enabled_ui(is_found, |ui| {
            if button::icon(ui, icons::ARROW_UP, "上一处（Shift+Enter）").clicked() {
                wish = Some(Wish::Step { back: true });
            }
            if button::icon(ui, icons::ARROW_DOWN, "下一处（Enter）").clicked() {
                wish = Some(Wish::Step { back: false });
            }
        });
        let question = &mut state.question;
        choice::beside_one_another(ui, |ui| {
            ui.checkbox(&mut question.match_case, "区分大小写");
            ui.checkbox(&mut question.whole_cell, "整格匹配");
            ui.radio_value(&mut question.everywhere, false, "当前项目");
            ui.radio_value(&mut question.everywhere, true, "全部项目");
        });
        if !state.replaces && button::quiet(ui, "替换…").clicked() {
            state.replaces = true;
            state.wanted = Some((Entered::New, 0));
        }
        if button::icon(ui, icons::X, "关闭查找").clicked() {
            wish = Some(Wish::Close);
        }
    });
    wish
}

fn replace_line(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    desk: &Desk,
    state: &mut FindState,
) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal_wrapped(|ui| {
        let field = Entry::new(Entered::New.id(), "替换为")
            .hint("替换为")
            .width(FIELD)
            .show(ui, &mut state.new);
        note_focus(&field, Entered::New, &mut state.focus);
        let is_found = state.search.count() > 0;
        ui.add_enabled_ui(is_found, |ui| {
            if button::plain(ui, "替换").clicked() {
                wish = Some(Wish::Replace);
            }
        });
        let plan = state
            .search
            .plan(&state.question, &state.new, desk, scene.position);
        let text = format!("全部替换（{} 处）", plan.places());
        let is_possible = !plan.cells.is_empty();
        let all = ui.add_enabled_ui(is_possible, |ui| button::plain(ui, &text));
        if all.inner.clicked() {
            replace_all(scene, desk, plan);
        }
        let refused = plan.refused().count();
        if refused > 0 {
            let text = format!("另有 {refused} 格不能替换");
            let warning = Palette::of(ui).warning;
            ui.label(RichText::new(text).color(warning));
        }
    });
    wish
}

/// The shown place with the text around it.
fn excerpt(ui: &mut Ui, search: &Search) {
    let Some(excerpt) = search.excerpt() else {
        return;
    };
    let palette = Palette::of(ui);
    let mut job = egui::text::LayoutJob::default();
    let mut add = |text: &str, color, ground| {
        let mut format = egui::TextFormat::simple(theme::text::small(), color);
        format.background = ground;
        job.append(text, 0.0, format);
    };
    let none = egui::Color32::TRANSPARENT;
    add(&excerpt.place, palette.text_weak, none);
    add("　", palette.text_weak, none);
    add(&excerpt.before, palette.text, none);
    add(&excerpt.found, palette.text, palette.warning_weak);
    add(&excerpt.after, palette.text, none);
    let whole = job.text.clone();
    ui.add(egui::Label::new(job).truncate())
        .on_hover_text(whole);
}

fn note_focus(field: &egui::Response, which: Entered, focus: &mut Option<Entered>) {
    if field.has_focus() {
        *focus = Some(which);
    } else if *focus == Some(which) {
        *focus = None;
    }
}

/// Gives the focus back once the cell that was gone to has had it.
fn give_focus(ui: &Ui, state: &mut FindState) {
    match &mut state.wanted {
        Some((which, 0)) => {
            let which = *which;
            ui.memory_mut(|memory| memory.request_focus(which.id()));
            state.focus = Some(which);
            state.wanted = None;
            if std::mem::take(&mut state.selects_all) {
                select_all(ui, which, &state.question.query);
            }
            ui.ctx().request_repaint();
        }
        Some((_, frames)) => {
            *frames -= 1;
            ui.ctx().request_repaint();
        }
        None => {}
    }
}

fn select_all(ui: &Ui, which: Entered, text: &str) {
    let mut field = egui::TextEdit::load_state(ui.ctx(), which.id()).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    let all = CCursorRange::two(egui::text::CCursor::new(0), end);
    field.cursor.set_char_range(Some(all));
    egui::TextEdit::store_state(ui.ctx(), which.id(), field);
}

fn step(scene: &mut Scene<'_>, desk: &Desk, state: &mut FindState, back: bool) {
    if let Some(at) = state.search.step(back, desk, scene.position) {
        scene.send.send(Action::GoTo(at));
    }
    state.wanted = Some((state.focus.unwrap_or(Entered::Query), 2));
}

fn replace_one(scene: &mut Scene<'_>, desk: &Desk, state: &mut FindState) {
    if state.search.number().is_none() {
        return step(scene, desk, state, false);
    }
    let plan = state
        .search
        .replace_current(&state.question, &state.new, desk, scene.position);
    state.wanted = Some((Entered::New, 3));
    let Some(plan) = plan else { return };
    if let Some((_, refusal)) = plan.refused().next() {
        return tell_refused(scene, desk, &plan, refusal.to_string());
    }
    if plan.places() > 0 {
        scene.send.edit(plan.command());
    }
}

fn replace_all(scene: &mut Scene<'_>, desk: &Desk, plan: &ReplacePlan) {
    let places = plan.places();
    if places > 0 {
        let said = format!("已替换 {places} 处");
        scene.send.send(Action::EditAndSay(plan.command(), said));
    }
    if plan.refused().next().is_some() {
        let head = format!("已替换 {places} 处。下面这些格没有替换，内容没有变：");
        tell_refused(scene, desk, plan, head);
    }
}

/// Lists the cells that stay as they are, and why.
fn tell_refused(scene: &mut Scene<'_>, desk: &Desk, plan: &ReplacePlan, head: String) {
    let mut text = head;
    let count = plan.refused().count();
    for (at, refusal) in plan.refused().take(LISTED) {
        text.push_str(&format!("\n\n{}\n{refusal}", in_words(at, desk)));
    }
    if count > LISTED {
        text.push_str(&format!("\n\n……共 {count} 格"));
    }
    let message = Message::new("有的格没有替换", text);
    scene.send.send(Action::Ask(Box::new(message)));
}
