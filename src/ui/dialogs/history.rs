//! 操作记录: every step by name, and the way back or forward to each.

use egui::{Key, Modifiers, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_composing};
use crate::{
    edit::history::History,
    ui::{
        action::Action,
        scene::Scene,
        theme::{Palette, ROW, space},
        widgets::button,
    },
};

/// Shows the steps.
#[derive(Default)]
pub struct HistoryDialog {
    /// The step the keys have chosen, as its place in the list; `None` until a key was pressed.
    chosen: Option<usize>,
    /// Whether the list was brought to the present step.
    is_shown: bool,
}

impl HistoryDialog {
    fn take_keys(&mut self, ui: &Ui, current: usize, count: usize) -> bool {
        if is_composing(ui.ctx()) {
            return false;
        }
        let chosen = self.chosen.unwrap_or(current);
        ui.input_mut(|input| {
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.chosen = Some(chosen.saturating_sub(1));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.chosen = Some((chosen + 1).min(count - 1));
            }
            input.consume_key(Modifiers::NONE, Key::Enter)
        })
    }
}

/// Goes from the state at `current` to that at `wanted`.
fn go(scene: &mut Scene<'_>, current: usize, wanted: usize) {
    if wanted < current {
        scene.send.send(Action::Undo(current - wanted));
    } else if wanted > current {
        scene.send.send(Action::Redo(wanted - current));
    }
}

/// The names of all states, oldest first, and which of them is the present one.
fn states(history: &History) -> (Vec<&str>, usize) {
    let mut names: Vec<&str> = history.undo_labels().collect();
    let current = names.len();
    names.push("最早的状态");
    names.reverse();
    names.extend(history.redo_labels());
    (names, current)
}

impl Dialog for HistoryDialog {
    fn title(&self) -> String {
        "操作记录".into()
    }

    fn width(&self) -> f32 {
        420.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let palette = Palette::of(ui);
        let (names, current) = states(desk.session.history());
        let hint = RichText::new("点一步，文件就回到那一步做完时的样子。");
        ui.label(hint.color(palette.text_weak));
        ui.add_space(space::S);
        let was = self.chosen;
        let is_confirmed = self.take_keys(ui, current, names.len());
        if is_confirmed {
            go(scene, current, self.chosen.take().unwrap_or(current));
        }
        let height = (ui.available_height() - 64.0).clamp(ROW * 4.0, ROW * 12.0);
        let mut area = ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true]);
        if !std::mem::replace(&mut self.is_shown, true) || self.chosen != was {
            let at = self.chosen.unwrap_or(current) as f32 - 5.0;
            area = area.vertical_scroll_offset((at * (ROW + space::S)).max(0.0));
        }
        area.show_rows(ui, ROW, names.len(), |ui, range| {
            for index in range {
                let Some(name) = names.get(index) else {
                    continue;
                };
                let is_chosen = self.chosen.unwrap_or(current) == index;
                if step(ui, name, index, current, is_chosen) {
                    self.chosen = None;
                    go(scene, current, index);
                }
            }
        });
        let closes = buttons(ui, |ui| button::primary(ui, "关闭").clicked());
        if closes {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}

/// Draws a step; returns whether it was clicked.
fn step(ui: &mut Ui, name: &str, index: usize, current: usize, is_chosen: bool) -> bool {
    let palette = Palette::of(ui);
    let color = if index > current {
        palette.text_faint
    } else {
        palette.text
    };
    let (mark, told) = match index.cmp(&current) {
        std::cmp::Ordering::Less => ("　", format!("{index} {name}")),
        std::cmp::Ordering::Equal => ("●", format!("{index} {name}，现在")),
        std::cmp::Ordering::Greater => ("　", format!("{index} {name}，已撤销")),
    };
    let text = RichText::new(format!("{mark} {name}")).color(color);
    let width = ui.available_width();
    let button = egui::Button::selectable(is_chosen, text)
        .truncate()
        .min_size([width, ROW].into());
    let response = ui.add(button);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListItem, true, index == current, &told)
    });
    response.clicked()
}
