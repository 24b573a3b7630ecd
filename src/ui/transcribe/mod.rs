//! 抄录窗 as it is drawn: what is chosen, the cell, the button that copies the next one.

mod cell;
mod jump;

use egui::{
    CentralPanel, EventFilter, Frame, Id, Key, Margin, Modifiers, Response, RichText, Ui,
    UiBuilder, ViewportClass, ViewportId, vec2,
};

use super::{
    theme::{HIT, Palette, space, text},
    transcribing::Board,
    widgets::{button, choice},
};
use crate::exchange::system::Walk;

/// The height of the button that copies, in points.
const PRESS: f32 = 48.0;

/// What the person wants of a walk.
enum Wish {
    Press,
    Back,
    GoTo(usize),
    SkipBlanks(bool),
}

/// Draws the window.
pub fn show(ui: &mut Ui, board: &mut Board, class: ViewportClass) {
    // Where the platform gives no window of its own, this stands inside the main one, whose keys are its own.
    let is_alone = class != ViewportClass::EmbeddedWindow;
    if is_alone {
        let frame = Frame::new()
            .fill(Palette::of(ui).surface)
            .inner_margin(Margin::same(16));
        CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| content(ui, board, is_alone));
        let closes = ui.input(|input| input.viewport().close_requested());
        if closes {
            close(ui, board);
        }
    } else {
        content(ui, board, is_alone);
    }
}

fn close(ui: &Ui, board: &mut Board) {
    board.is_closing = true;
    ui.ctx().request_repaint_of(ViewportId::ROOT);
}

fn content(ui: &mut Ui, board: &mut Board, is_alone: bool) {
    choices(ui, board);
    ui.separator();
    if let Some(why) = nothing_to_copy(board) {
        ui.label(RichText::new(why).color(Palette::of(ui).text_weak));
        if button::plain(ui, "关闭").clicked() {
            close(ui, board);
        }
        return;
    }
    let skips = board.skips_blanks();
    let wants_focus = std::mem::take(&mut board.wants_focus);
    let Some(walk) = board.walk() else { return };
    cell::show(ui, walk);
    // Not counted from above: what has the focus keeps it, whatever a cell takes more or fewer lines for.
    let controls = UiBuilder::new().scope_id(Id::unique("controls of transcribing"));
    let (wish, closes) = ui
        .scope_builder(controls, |ui| {
            controls_of(ui, walk, skips, wants_focus, is_alone)
        })
        .inner;
    if let Some(wish) = wish {
        fulfil(ui, board, wish);
    }
    if closes {
        close(ui, board);
    }
}

/// The buttons and the check box beneath a cell: what is wanted of the walk, and whether the window is to be closed.
fn controls_of(
    ui: &mut Ui,
    walk: &Walk,
    skips: bool,
    wants_focus: bool,
    is_alone: bool,
) -> (Option<Wish>, bool) {
    let press = press_button(ui, walk);
    if wants_focus {
        press.request_focus();
    }
    let mut wish = keys(ui, &press, is_alone);
    if press.clicked() {
        wish = Some(Wish::Press);
    }
    let mut closes = false;
    ui.horizontal(|ui| {
        let back = ui.add_enabled_ui(walk.position() > 0, |ui| button::plain(ui, "上一格"));
        if back
            .inner
            .on_hover_text("回到上一格，并复制它（←）")
            .clicked()
        {
            wish = Some(Wish::Back);
        }
        if let Some(position) = jump::show(ui, walk) {
            wish = Some(Wish::GoTo(position));
        }
        if button::plain(ui, "从头开始").clicked() {
            wish = Some(Wish::GoTo(0));
        }
        closes = button::plain(ui, "关闭").clicked();
    });
    let mut wanted = skips;
    let words = match walk.skipped() {
        0 => "跳过空格".to_owned(),
        count => format!("跳过空格（{count} 个）"),
    };
    if choice::beside_one_another(ui, |ui| ui.checkbox(&mut wanted, words)).changed() {
        wish = Some(Wish::SkipBlanks(wanted));
    }
    (wish, closes)
}

/// Why there is no cell to show, and what to do.
fn nothing_to_copy(board: &mut Board) -> Option<String> {
    match &board.projects {
        None => return Some("没有打开的文件。在绩评里打开文件后，就可以从这里逐格复制。".into()),
        Some(projects) if projects.is_empty() => {
            return Some("文件里还没有项目。添加项目并填写后，就可以从这里逐格复制。".into());
        }
        Some(_) => {}
    }
    if let Some(Err(why)) = board.listed().map(|listed| &listed.filed) {
        return Some(why.clone());
    }
    match board.walk() {
        Some(walk) if walk.is_empty() => {
            Some("这个项目在所选系统要的格里还没有填写内容。填写后，就可以从这里逐格复制。".into())
        }
        _ => None,
    }
}

/// The system and the project.
fn choices(ui: &mut Ui, board: &mut Board) {
    let maps = board.maps.iter();
    let options = maps.map(|map| {
        let about = if map.verified {
            ""
        } else {
            "未与系统核对"
        };
        (map.name.as_str(), about)
    });
    let current = board.maps.get(board.map);
    let chosen = line(ui, "系统", |ui, caption| {
        let name = current.map_or("", |map| &map.name);
        choice::show(ui, "系统", caption, name, options)
    });
    if let Some(chosen) = chosen {
        board.map = chosen;
        board.wants_focus = true;
    }
    let projects = board.projects.as_deref().unwrap_or_default();
    let current = board.listed().map_or("", |listed| &listed.name);
    let options = projects.iter().map(|listed| (listed.name.as_str(), ""));
    let chosen = line(ui, "项目", |ui, caption| {
        choice::show(ui, "项目", caption, current, options)
    });
    let chosen = chosen.and_then(|index| projects.get(index));
    if let Some(id) = chosen.map(|listed| listed.id) {
        board.project = Some(id);
        board.wants_focus = true;
    }
}

fn line<R>(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        let caption = RichText::new(caption).color(Palette::of(ui).text_weak);
        let caption = ui.label(caption).id;
        content(ui, caption)
    })
    .inner
}

/// The button that copies.
fn press_button(ui: &mut Ui, walk: &Walk) -> Response {
    let words = if walk.is_done() {
        "已是最后一格"
    } else if walk.is_copied() {
        "复制下一格"
    } else {
        "复制这一格"
    };
    ui.add_space(space::XS);
    ui.add_enabled_ui(!walk.is_done(), |ui| {
        let size = vec2(ui.available_width(), PRESS);
        button::large(ui, words, size).on_hover_text("空格键、回车键、→ 都可以")
    })
    .inner
}

/// The keys of the window: with the focus on the button, or on nothing where the window is its own.
fn keys(ui: &Ui, press: &Response, is_alone: bool) -> Option<Wish> {
    if press.has_focus() {
        let arrows = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(press.id, arrows));
    }
    let is_free = is_alone && ui.memory(|memory| memory.focused().is_none());
    if !press.has_focus() && !is_free {
        return None;
    }
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowLeft) {
            Some(Wish::Back)
        } else if pressed(Key::ArrowRight) {
            Some(Wish::Press)
        } else if is_free && (pressed(Key::Space) || pressed(Key::Enter)) {
            // With the focus on it, they click on the button.
            Some(Wish::Press)
        } else {
            None
        }
    })
}

fn fulfil(ui: &Ui, board: &mut Board, wish: Wish) {
    if let Wish::SkipBlanks(skips) = wish {
        board.skip_blanks(skips);
    }
    if let Wish::GoTo(_) = wish {
        board.wants_focus = true;
    }
    let Some(walk) = board.walk() else { return };
    let copied = match wish {
        Wish::Press => walk.press(),
        Wish::Back => walk.back(),
        Wish::GoTo(position) => {
            walk.go_to(position);
            None
        }
        Wish::SkipBlanks(_) => None,
    };
    if let Some(text) = copied {
        ui.ctx().copy_text(text.to_owned());
    }
    // What was drawn is out of date.
    ui.ctx().request_repaint();
}

/// The height that is left for the text of the cell: what stands beneath it keeps its room.
fn height_for_text(ui: &Ui) -> f32 {
    /// The next cell's name, the button that copies, the row of buttons, the check box.
    const BENEATH: f32 = 24.0 + PRESS + 2.0 * HIT + 6.0 * space::S;
    const LEAST: f32 = 72.0;
    (ui.available_height() - BENEATH).max(LEAST)
}

/// Words that tell where a cell stands: "绩效指标 第3行 · 指标值".
fn place(walk: &Walk, position: usize) -> Option<String> {
    let step = *walk.steps().get(position)?;
    Some(format!(
        "{} · {}",
        walk.row_in_words(step),
        walk.column_in_words(step)
    ))
}

/// A line of small text.
fn small(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).font(text::small());
    let words = words.color(Palette::of(ui).text_weak);
    ui.add(egui::Label::new(words).truncate());
}
