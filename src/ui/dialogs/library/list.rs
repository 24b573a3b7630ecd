//! The entries found.

use egui::{FontId, Rect, RichText, ScrollArea, Ui, UiBuilder, WidgetInfo, vec2};

use super::LibraryDialog;
use crate::{
    library::shelf::Item,
    model::library::Origin,
    ui::{
        icons,
        scene::Scene,
        theme::{self, Palette},
        widgets::{choice, row::Row},
    },
};

/// The height of a line, in points.
const HEIGHT: f32 = 44.0;
/// The room for the box that marks a line, in points.
const BOX: f32 = 26.0;

impl LibraryDialog {
    /// Draws the list; whether a line was taken by a double click.
    pub(super) fn list(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, height: f32) -> bool {
        let palette = Palette::of(ui);
        let told = match self.found.len() {
            0 => "没有找到这样的指标。换个词，或把筛选改为全部".to_owned(),
            count => format!("{count} 条 · 双击或按 Enter 加入，Ctrl+Enter 勾选"),
        };
        let told = RichText::new(told).font(theme::text::small());
        ui.label(told.color(palette.text_weak));
        if let Some(problem) = &self.at_hand.problem {
            let problem = RichText::new(problem).font(theme::text::small());
            ui.add(egui::Label::new(problem.color(palette.error)).wrap());
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut is_taken = false;
        ScrollArea::vertical()
            .id_salt("entries")
            .max_height(height - 20.0)
            .min_scrolled_height(height - 20.0)
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, viewport| {
                let top = ui.max_rect().top();
                let width = ui.max_rect().x_range();
                ui.set_height(HEIGHT * self.found.len() as f32);
                let rect = |line: usize| {
                    let y = top + HEIGHT * line as f32;
                    Rect::from_x_y_ranges(width, y..=y + HEIGHT)
                };
                if self.choosing.moved {
                    ui.scroll_to_rect(rect(self.choosing.line), None);
                }
                let first = (viewport.top() / HEIGHT).floor().max(0.0) as usize;
                let last = (viewport.bottom() / HEIGHT).ceil().max(0.0) as usize;
                for line in first..last.min(self.found.len()) {
                    is_taken |= self.line(ui, scene, line, rect(line));
                }
            });
        is_taken
    }

    /// Draws a line; whether it was taken.
    fn line(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, line: usize, rect: Rect) -> bool {
        // Of what comes with the program nothing is to be said.
        let is_own = self.item(line).is_some_and(|item| item.is_own);
        let is_faulty = is_own && !self.faults(scene, line).is_empty();
        let Some(item) = self.item(line) else {
            return false;
        };
        let key = item.key.clone();
        let mut is_marked = self.marked.contains(&key);
        let builder = UiBuilder::new().max_rect(rect).id_salt(line);
        let mut place = ui.new_child(builder);
        let left = Rect::from_min_size(rect.min, vec2(BOX, HEIGHT));
        let name = format!("勾选 {}", item.entry.name);
        let mut beside = place.new_child(UiBuilder::new().max_rect(left.shrink2(vec2(2.0, 10.0))));
        let tick = choice::beside_one_another(&mut beside, |ui| ui.checkbox(&mut is_marked, ""));
        tick.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_marked, &name));
        let right = Rect::from_min_max(rect.min + vec2(BOX, 0.0), rect.max);
        let mut beside = place.new_child(UiBuilder::new().max_rect(right));
        let shown = show(&mut beside, item, line == self.choosing.line, is_faulty);
        let _rest = place.allocate_rect(rect, egui::Sense::hover());
        if tick.changed() {
            self.toggle(key);
            tick.surrender_focus();
        }
        if shown.clicked() {
            self.choosing.line = line;
        }
        shown.double_clicked()
    }
}

fn show(ui: &mut Ui, item: &Item, is_chosen: bool, is_faulty: bool) -> egui::Response {
    let palette = Palette::of(ui);
    let entry = &item.entry;
    let level = match entry.group_name() {
        "" => entry.section_name(),
        group => group,
    };
    let mut facts = vec![level.to_owned()];
    facts.extend((!entry.kinds.is_empty()).then(|| entry.kinds.join("、")));
    if item.is_own {
        facts.push(match (entry.times_used(), &entry.origin) {
            (0, Origin::From(_)) => "收录".to_owned(),
            (0, _) => "自建".to_owned(),
            (times, _) => format!("用过 {times} 次"),
        });
    }
    let facts = facts.join(" · ");
    let mark = if is_faulty { icons::WARNING } else { "" };
    let target = format!("{} {mark}", entry.whole_target());
    let target = target.trim();
    let name = match is_faulty {
        true => format!("{} {target} 有问题", entry.name),
        false => format!("{} {target}", entry.name),
    };
    Row::new(&name)
        .line(&entry.name, FontId::proportional(14.0), palette.text)
        .line(&facts, theme::text::small(), palette.text_weak)
        .note(target)
        .chosen(is_chosen)
        .show(ui, HEIGHT)
}
