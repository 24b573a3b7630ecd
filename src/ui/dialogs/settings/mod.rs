//! 设置: everything the person can set, by groups or as a search finds it. Each change takes effect at once.
//!
//! | module | what it is |
//! |---|---|
//! | [`item`] | which settings there are, with their names and what they do |
//! | `controls` | what each is set with |
//! | `judging` | which 复核口径, and for which forms |
//! | `rules` | the rules: on or off, and their levels |
//! | `thresholds` | where checks draw their lines |

mod controls;
mod item;
mod judging;
mod rules;
mod thresholds;

use std::collections::BTreeSet;

use egui::{
    Align, Button, Id, Key, Label, Layout, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, vec2,
};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    model::folding::Pattern,
    store::settings::Settings,
    ui::{
        action::Action,
        icons,
        preferences::{Change, Group},
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, entry::Entry},
    },
};
use item::Item;
use judging::Judging;
use thresholds::Typed;

/// Narrower than this, the groups stand above their settings instead of beside them, in points.
const WITH_COLUMN: f32 = 480.0;
/// The width of the column of groups, in points.
const COLUMN: f32 = 128.0;

/// Shows and changes the settings.
#[derive(Default)]
pub struct SettingsDialog {
    group: Group,
    search: String,
    /// The rules that are listed alone: those that were off when the person asked for them.
    only: Option<BTreeSet<String>>,
    judging: Judging,
    typed: Typed,
    /// The name as typed.
    name: Option<String>,
    /// What was put back to its default, what that was called, and the settings before.
    before: Option<(Vec<Group>, &'static str, Box<Settings>)>,
    /// What had the focus in the frame before.
    focused: Option<Id>,
    is_entered: bool,
}

impl SettingsDialog {
    /// With the rules that are turned off in front.
    pub fn at_rules_that_are_off(codes: &BTreeSet<&'static str>) -> Self {
        Self {
            group: Group::Rules,
            only: Some(codes.iter().map(|code| (*code).to_owned()).collect()),
            ..Self::default()
        }
    }

    fn search(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        const NAME: &str = "查找设置";
        let row = vec2(ui.available_width(), HIT);
        ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
            if !self.search.is_empty() && button::icon(ui, icons::X, "清除查找").clicked() {
                self.search.clear();
            }
            let id = Id::unique("search of settings");
            let field = Entry::new(id, NAME)
                .hint("输入名称，例如 字体、备份、C16")
                .show(ui, &mut self.search);
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                // What was found stands there already; the next word can be typed.
                field.request_focus();
            }
            if !self.is_entered {
                scene.send.send(Action::LookForFaces);
                field.request_focus();
                self.is_entered = field.has_focus();
            }
        });
    }

    /// The groups; choosing one ends a search.
    fn groups(&mut self, ui: &mut Ui, width: f32) {
        for group in Group::ALL {
            let is_on = self.search.trim().is_empty() && self.group == group;
            let tab = Button::selectable(is_on, group.name()).min_size(vec2(width, HIT));
            let response = ui.add(tab);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_on, group.name()));
            if response.clicked() {
                self.group = group;
                self.only = None;
                self.search.clear();
            }
        }
    }

    fn content(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, height: f32) {
        let terms: Vec<Pattern> = self.search.split_whitespace().map(Pattern::new).collect();
        ScrollArea::vertical()
            .id_salt(("settings", self.group.name(), terms.is_empty()))
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                // Whatever it was before, what is found stands at the left edge.
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    if terms.is_empty() {
                        self.items(ui, scene, self.group, &terms);
                        if !matches!(self.group, Group::Rules | Group::Thresholds) {
                            self.reset(ui, scene, self.group);
                        }
                    } else {
                        self.found(ui, scene, &terms);
                    }
                });
                self.follow_focus(ui);
            });
    }

    /// What a search finds, under the names of the groups.
    fn found(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, terms: &[Pattern]) {
        let mut is_empty = true;
        for group in Group::ALL {
            let has_some = Item::of(group).any(|item| item.answers(terms))
                || (group == Group::Rules && rules::answer(terms))
                || (group == Group::Thresholds && thresholds::answer(terms));
            if has_some {
                is_empty = false;
                ui.label(RichText::new(group.name()).font(theme::text::strong()));
                self.items(ui, scene, group, terms);
            }
        }
        if is_empty {
            let words = RichText::new("没有找到这样的设置").color(Palette::of(ui).text_weak);
            ui.label(words);
            if button::quiet(ui, "清除查找，查看全部设置").clicked() {
                self.search.clear();
            }
        }
    }

    /// The settings of a group that answer the search.
    fn items(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, group: Group, terms: &[Pattern]) {
        for item in Item::of(group).filter(|item| item.answers(terms)) {
            self.item(ui, scene, item);
        }
        match group {
            Group::Rules => self.rules(ui, scene, terms),
            Group::Thresholds => self.thresholds(ui, scene, terms),
            _ => {}
        }
    }

    fn rules(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, terms: &[Pattern]) {
        if terms.is_empty() {
            self.judging.profile(ui, scene);
            hairline(ui);
            self.judging.scope(ui, scene);
            rules::head(ui, scene, &self.judging, &mut self.only);
            // At the head of a long list, not at its end.
            self.reset(ui, scene, Group::Rules);
        }
        let only = self.only.as_ref().filter(|_| terms.is_empty());
        rules::list(ui, scene, &self.judging, only, terms);
    }

    fn thresholds(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, terms: &[Pattern]) {
        if terms.is_empty() {
            self.judging.scope(ui, scene);
            thresholds::head(ui);
            self.reset(ui, scene, Group::Thresholds);
        }
        self.typed.list(ui, scene, &self.judging, terms);
    }

    /// One setting: its name at the left where there is room, what it is set with, and what it does.
    fn item(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, item: Item) {
        /// The width of the column of names, and the room beside it that makes one worth having.
        const NAME: f32 = 96.0;
        const BESIDE: f32 = 320.0;
        let control = |ui: &mut Ui, dialog: &mut Self, scene: &mut Scene<'_>, caption: Id| {
            dialog.control(ui, scene, item, caption);
            let about = RichText::new(item.about()).font(theme::text::small());
            ui.add(Label::new(about.color(Palette::of(ui).text_weak)).wrap());
        };
        if ui.available_width() < NAME + BESIDE {
            let caption = ui.label(item.name()).id;
            control(ui, self, scene, caption);
        } else {
            ui.horizontal_top(|ui| {
                let size = vec2(NAME, HIT);
                let layout = Layout::left_to_right(Align::Center);
                let caption = ui
                    .allocate_ui_with_layout(size, layout, |ui| {
                        ui.set_min_width(NAME);
                        ui.label(item.name()).id
                    })
                    .inner;
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = space::XS;
                    control(ui, self, scene, caption);
                });
            });
        }
        hairline(ui);
    }

    /// Puts a group back to its defaults.
    fn reset(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, group: Group) {
        let is_enabled = !group.is_default(scene.settings);
        let response = ui
            .add_enabled_ui(is_enabled, |ui| button::plain(ui, "恢复默认"))
            .inner;
        let name = format!("恢复默认：{}", group.name());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &name));
        let response = response
            .on_hover_text("恢复后可以撤销")
            .on_disabled_hover_text("已是默认设置");
        if response.clicked() {
            self.put_back(scene, vec![group], group.name());
        }
    }

    fn put_back(&mut self, scene: &mut Scene<'_>, groups: Vec<Group>, words: &'static str) {
        self.before = Some((groups.clone(), words, Box::new(scene.settings.clone())));
        self.name = None;
        self.typed.forget();
        let change = Change::Take(groups, Box::default());
        scene.send.send(Action::Change(change));
    }

    /// Keeps what has the focus in view: Tab goes through more than fits.
    fn follow_focus(&mut self, ui: &Ui) {
        let focused = ui.memory(|memory| memory.focused());
        if focused == self.focused {
            return;
        }
        self.focused = focused;
        let response = focused.and_then(|id| ui.ctx().read_response(id));
        let is_here = |response: &egui::Response| ui.min_rect().contains(response.rect.center());
        if let Some(response) = response.filter(is_here) {
            ui.scroll_to_rect(response.rect.expand(space::S), None);
        }
    }

    /// The foot: the way out, the way to the defaults, and the way back from there.
    fn foot(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> bool {
        buttons(ui, |ui| {
            let closes = button::primary(ui, "关闭").clicked();
            let groups = Group::ALL.into_iter();
            let changed: Vec<Group> = groups
                .filter(|group| !group.is_default(scene.settings))
                .collect();
            let all =
                ui.add_enabled_ui(!changed.is_empty(), |ui| button::plain(ui, "全部恢复默认"));
            let all = all.inner.on_hover_text("恢复后可以撤销");
            if all.on_disabled_hover_text("已是默认设置").clicked() {
                self.put_back(scene, changed, "全部设置");
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                self.way_back(ui, scene)
            });
            closes
        })
    }

    fn way_back(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let Some((groups, words, settings)) = self.before.take() else {
            let words = RichText::new("更改立即生效，自动保存").font(theme::text::small());
            ui.add(Label::new(words.color(Palette::of(ui).text_weak)).truncate());
            return;
        };
        let said = RichText::new(format!("已恢复默认：{words}")).font(theme::text::small());
        ui.scope(|ui| {
            // The button keeps its room.
            ui.set_max_width(ui.available_width() - 2.0 * HIT);
            ui.add(Label::new(said).truncate());
        });
        let undo = button::quiet(ui, "撤销");
        // The tool bar has one of the same word.
        undo.widget_info(|| WidgetInfo::labeled(Role::Button, true, "撤销恢复默认"));
        if undo.clicked() {
            self.name = None;
            self.typed.forget();
            scene
                .send
                .send(Action::Change(Change::Take(groups, settings)));
        } else {
            self.before = Some((groups, words, settings));
        }
    }
}

/// A line between settings.
fn hairline(ui: &mut Ui) {
    let size = vec2(ui.available_width(), space::M);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let line = Stroke::new(1.0, Palette::of(ui).line);
    ui.painter().hline(rect.x_range(), rect.center().y, line);
}

impl Dialog for SettingsDialog {
    fn title(&self) -> String {
        "设置".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        /// What stands above and beneath the settings, and around the dialog, in points.
        const AROUND: f32 = 232.0;
        // Before the field with the focus gives it up to Enter.
        let is_typing = ui.ctx().text_edit_focused();
        self.search(ui, scene);
        ui.add_space(space::XS);
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(120.0, 460.0);
        if ui.available_width() < WITH_COLUMN {
            ui.horizontal_wrapped(|ui| self.groups(ui, 0.0));
            self.content(ui, scene, (height - 2.0 * HIT).max(80.0));
        } else {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(COLUMN);
                    ui.spacing_mut().item_spacing.y = space::XS;
                    self.groups(ui, COLUMN);
                });
                ui.add_space(space::S);
                ui.vertical(|ui| self.content(ui, scene, height));
            });
        }
        let closes = self.foot(ui, scene);
        if closes || (is_confirmed(ui) && !is_typing) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
