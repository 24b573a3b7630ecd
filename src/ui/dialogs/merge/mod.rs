//! 合并: what the other side changed, what both changed and how it is decided, what comes of it; then one step.

mod detail;
mod list;
pub mod report;

use egui::{Label, Layout, RichText, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    model::path::CellPath,
    ui::{
        action::{Action, Outbox},
        merging::{MergeAction, Ready},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, entry::Entry},
    },
    versions::merge::{Choice, Item, Key},
};
use list::{Listed, Tab};

/// Shows a merge and has it decided.
#[derive(Default)]
pub struct MergeDialog {
    tab: Option<Tab>,
    search: String,
    picked: Option<Key>,
    listed: Listed,
    detail: detail::Differences,
    /// Whether the list is to show what is picked.
    reveals: bool,
    has_decided: bool,
    /// Whether the person goes on later; else it is given up when the dialog goes.
    is_put_off: bool,
}

/// What the person asked for in a frame.
#[derive(Default)]
struct Asked {
    choices: Vec<(Key, Choice)>,
    goes_to: Option<CellPath>,
    steps: Option<i32>,
}

impl MergeDialog {
    fn head(&mut self, ui: &mut Ui, ready: &Ready) {
        let merge = ready.merge();
        let palette = Palette::of(ui);
        ui.add(Label::new(RichText::new(ready.title()).font(theme::text::strong())).truncate());
        let words = match merge.has_base() {
            true => {
                "找到了双方共同的上一版：只有对方改过的直接采用，双方都改过的请决定，没有决定的保留我的。"
            }
            false => {
                "没有找到双方共同的上一版，分不清是谁改的：一方有、另一方没有的视为新增，空白让位于已填内容，其余不同之处请决定，没有决定的保留我的。"
            }
        };
        let words = RichText::new(words).font(theme::text::small());
        ui.add(Label::new(words.color(palette.text_weak)).wrap());
        ui.add_space(space::S);
        let tab = *self.tab.get_or_insert_with(|| Tab::first(merge));
        ui.horizontal(|ui| {
            for each in Tab::ALL {
                let words = format!("{}（{}）", each.words(), each.count(merge));
                let shown = egui::Button::selectable(each == tab, words);
                if ui.add(shown.min_size([0.0, theme::HIT].into())).clicked() {
                    self.tab = Some(each);
                    self.picked = None;
                }
            }
            let id = ui.scope_id().with("search in merge");
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                let hint = "搜索项目、位置、内容";
                Entry::new(id, "搜索")
                    .hint(hint)
                    .width(220.0)
                    .show(ui, &mut self.search);
            });
        });
    }

    /// Decides all that is listed at once.
    fn in_groups(&self, ui: &mut Ui, ready: &Ready, asked: &mut Asked) {
        let items = ready.merge().items();
        let listed: Vec<&Item> = self
            .listed
            .items(items)
            .filter(|item| !item.is_told_only())
            .collect();
        if listed.len() < 2 {
            return;
        }
        let both = listed.iter().any(|item| item.allows_both);
        ui.horizontal(|ui| {
            let words = format!("列出的 {} 处全部：", listed.len());
            let words = RichText::new(words).font(theme::text::small());
            ui.label(words.color(Palette::of(ui).text_weak));
            for choice in [Choice::Mine, Choice::Theirs, Choice::Both] {
                if choice == Choice::Both && !both {
                    continue;
                }
                if button::quiet(ui, &choice.to_string()).clicked() {
                    let fit = listed
                        .iter()
                        .filter(|item| item.allows_both || choice != Choice::Both);
                    asked
                        .choices
                        .extend(fit.map(|item| (item.key.clone(), choice)));
                }
            }
        });
    }

    /// Picks the next undecided conflict, or one beside the picked one.
    fn step(&mut self, ready: &Ready, by: i32) {
        let items = ready.merge().items();
        let listed: Vec<&Item> = self.listed.items(items).collect();
        let at = listed
            .iter()
            .position(|item| Some(&item.key) == self.picked.as_ref());
        let next = match at {
            Some(at) => at
                .saturating_add_signed(by as isize)
                .min(listed.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(item) = listed.get(next) {
            self.picked = Some(item.key.clone());
            self.reveals = true;
        }
    }
}

impl Dialog for MergeDialog {
    fn title(&self) -> String {
        "合并".into()
    }

    fn width(&self) -> f32 {
        1180.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("merge")
    }

    /// Decisions are not given up by a slip of the hand.
    fn holds_text(&self) -> bool {
        self.has_decided
    }

    fn closed(&self, send: &mut Outbox) {
        if !self.is_put_off {
            send.send(Action::Merging(Box::new(MergeAction::Stop)));
        }
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(ready) = scene.merging.ready() else {
            return Outcome::Close;
        };
        self.head(ui, ready);
        let tab = self.tab.unwrap_or_else(|| Tab::first(ready.merge()));
        self.listed.list(ready, tab, &self.search);
        let mut asked = Asked::default();
        self.in_groups(ui, ready, &mut asked);
        ui.add_space(space::XS);
        let items = ready.merge().items();
        if self.picked.is_none() {
            self.picked = self.listed.items(items).next().map(|item| item.key.clone());
        }
        let height = (ui.ctx().content_rect().height() - 330.0).clamp(160.0, 560.0);
        let width = ui.available_width();
        let left = (width * 0.38).clamp(260.0, 430.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(left);
                let reveals = std::mem::take(&mut self.reveals);
                let picked = self
                    .listed
                    .show(ui, ready, self.picked.as_ref(), reveals, height);
                if let Some(key) = picked {
                    self.picked = Some(key);
                }
            });
            ui.vertical(|ui| {
                ui.set_width(width - left - space::L);
                ui.set_height(height);
                let picked = items
                    .iter()
                    .position(|item| Some(&item.key) == self.picked.as_ref());
                if let Some(at) = picked {
                    self.detail.show(ui, ready, at, height, &mut asked);
                }
            });
        });
        if let Some(by) = asked.steps {
            self.step(ready, by);
        }
        let outcome = foot(ui, ready, scene.send);
        if !asked.choices.is_empty() {
            self.has_decided = true;
            let action = MergeAction::Choose(asked.choices);
            scene.send.send(Action::Merging(Box::new(action)));
        }
        if let Some(at) = asked.goes_to {
            self.is_put_off = true;
            let action = MergeAction::Later(at);
            scene.send.send(Action::Merging(Box::new(action)));
            return Outcome::Close;
        }
        outcome
    }
}

/// What happens to what nobody decided, and the buttons.
fn foot(ui: &mut Ui, ready: &Ready, send: &mut Outbox) -> Outcome {
    let merge = ready.merge();
    let does_anything = ready.does_anything();
    buttons(ui, |ui| {
        let done = ui.add_enabled_ui(does_anything, |ui| button::primary(ui, "合并"));
        let is_cancelled = button::plain(ui, "取消").clicked();
        ui.with_layout(Layout::left_to_right(egui::Align::Center), |ui| {
            let words = match merge.undecided() {
                _ if !does_anything => "按现在的决定，本文件没有变化".to_owned(),
                0 => "合并是一步操作，可以撤销".to_owned(),
                count => format!("还有 {count} 处没有决定，将保留我的"),
            };
            let words = RichText::new(words).font(theme::text::small());
            ui.add(Label::new(words.color(Palette::of(ui).text_weak)).truncate());
        });
        if done.inner.clicked() {
            send.send(Action::Merging(Box::new(MergeAction::Finish)));
            return Outcome::Close;
        }
        if is_cancelled {
            return Outcome::Close;
        }
        Outcome::Open
    })
}
