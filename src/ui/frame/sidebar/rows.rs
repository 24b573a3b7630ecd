//! The list on the screen. Heights of rows that were never seen are guessed, so that a list of thousands costs no more than
//! the rows in view; what was seen keeps its height while the rest of the list changes.

use std::collections::HashMap;

use egui::{Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    SidebarState, actions, item,
    list::{Entry, FindingKey, Group, GroupKey, List, Query},
};
use crate::ui::{
    action::Action,
    icons,
    scene::Scene,
    theme::{HIT, Palette, RADIUS, space, text},
    widgets::{anchor::Anchor, button},
};

/// The height of a group's heading, in points.
const HEADING: f32 = 30.0;
/// How many frames a finding is looked for: its place moves while rows above it turn out higher than guessed.
const TRIES: u8 = 4;

/// A row: a heading or a finding, by their indexes.
#[derive(Clone, Copy)]
enum Row {
    Heading(usize),
    Finding(usize, usize),
}

/// Where the rows are.
#[derive(Default)]
pub struct Rows {
    rows: Vec<Row>,
    /// The upper edge of each row, and last the lower edge of all.
    tops: Vec<f32>,
    /// Heights of rows that were seen, by [`Entry::shape`], without what opens beneath them.
    heights: HashMap<u64, f32>,
    /// The height of what is open beneath the open finding.
    body: f32,
    width: f32,
    offset: f32,
    view: f32,
    tries: u8,
}

/// What was clicked.
enum Click {
    Heading(GroupKey),
    Finding(usize, usize),
    /// 停用这条规则
    TurnOff(&'static str),
}

impl Rows {
    /// The list, or what is open in it, is another one.
    pub fn forget(&mut self) {
        self.rows.clear();
        self.tops.clear();
    }

    /// Brings the open finding into view.
    pub fn reveal(&mut self) {
        self.tries = TRIES;
        self.tops.clear();
    }

    fn height(&self, entry: &Entry, query: &Query, is_expanded: bool) -> f32 {
        let seen = self.heights.get(&entry.shape).copied();
        let head = seen.unwrap_or_else(|| item::guess(entry, query, self.width));
        head + if is_expanded { self.body } else { 0.0 }
    }

    /// Takes note of how high a finding turned out; says whether that was not known.
    fn note_height(&mut self, shape: u64, height: f32) -> bool {
        let known = self.heights.insert(shape, height);
        known.is_none_or(|known| differ(known, height))
    }

    /// Takes note of how high it is beneath the open finding; says whether that was not known.
    fn note_body(&mut self, height: f32) -> bool {
        differ(std::mem::replace(&mut self.body, height), height)
    }

    /// The row of the open finding, from its upper to its lower edge.
    fn span(&self, list: &List, expanded: Option<&FindingKey>) -> Option<(f32, f32)> {
        let key = expanded?;
        let is_it = |row: &Row| match *row {
            Row::Heading(_) => false,
            Row::Finding(group, index) => {
                entry(list, group, index).is_some_and(|entry| entry.key == *key)
            }
        };
        let row = self.rows.iter().position(is_it)?;
        Some((*self.tops.get(row)?, *self.tops.get(row + 1)?))
    }

    /// How far to scroll so that the open finding is in view; `None` where it is.
    fn scroll_to(&self, list: &List, expanded: Option<&FindingKey>) -> Option<f32> {
        let (top, bottom) = self.span(list, expanded)?;
        let wanted = if top < self.offset || bottom - top > self.view {
            top
        } else if bottom > self.offset + self.view {
            bottom - self.view
        } else {
            return None;
        };
        let end = self.tops.last().copied().unwrap_or_default();
        Some(wanted.min(end - self.view).max(0.0))
    }
}

/// Whether heights are not the same, but for rounding.
fn differ(one: f32, other: f32) -> bool {
    (one - other).abs() > 0.5
}

fn entry(list: &List, group: usize, index: usize) -> Option<&Entry> {
    list.groups.get(group)?.entries.get(index)
}

impl SidebarState {
    /// Puts the rows in their places, if anything about them changed.
    fn place_rows(&mut self, width: f32) {
        if self.rows.width != width {
            self.rows.width = width;
            self.rows.heights.clear();
            self.rows.tops.clear();
        }
        let Some(list) = &self.list else { return };
        if !self.rows.tops.is_empty() {
            return;
        }
        let mut rows = Vec::new();
        for (index, group) in list.groups.iter().enumerate() {
            rows.push(Row::Heading(index));
            if self.is_open(group.key) {
                rows.extend((0..group.entries.len()).map(|entry| Row::Finding(index, entry)));
            }
        }
        let expanded = self.expanded.as_ref().map(|(key, _)| key);
        let mut tops = Vec::with_capacity(rows.len() + 1);
        let mut top = 0.0;
        for row in &rows {
            tops.push(top);
            top += match *row {
                Row::Heading(_) => HEADING,
                Row::Finding(group, index) => entry(list, group, index).map_or(0.0, |entry| {
                    let is_expanded = expanded == Some(&entry.key);
                    self.rows.height(entry, &list.query, is_expanded)
                }),
            };
        }
        tops.push(top);
        self.rows.rows = rows;
        self.rows.tops = tops;
    }
}

/// Draws the list.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut SidebarState) {
    if state.list.as_ref().is_none_or(List::is_empty) {
        return nothing(ui, state);
    }
    let bar = ui.spacing().scroll.allocated_width();
    state.place_rows(ui.available_width() - bar);
    let mut area = ScrollArea::vertical()
        .id_salt("findings")
        .auto_shrink([false, false]);
    if state.rows.tries > 0 {
        let expanded = state.expanded.as_ref().map(|(key, _)| key);
        let list = state.list.as_ref();
        if let Some(offset) = list.and_then(|list| state.rows.scroll_to(list, expanded)) {
            area = area.vertical_scroll_offset(offset);
        }
    }
    let mut click = None;
    let output = area.show_viewport(ui, |ui, viewport| {
        click = visible(ui, scene, state, viewport);
    });
    state.rows.offset = output.state.clamped_offset().y;
    state.rows.view = output.inner_rect.height();
    if state.rows.tries > 0 {
        state.rows.tries -= 1;
        ui.ctx().request_repaint();
    }
    match click {
        None => {}
        Some(Click::Heading(group)) => state.toggle(group),
        Some(Click::Finding(group, index)) => open(scene, state, group, index),
        Some(Click::TurnOff(code)) => scene.send.send(Action::TurnOffRule(code)),
    }
}

/// Opens a finding and goes to its cell, or closes it.
fn open(scene: &mut Scene<'_>, state: &mut SidebarState, group: usize, index: usize) {
    let Some(list) = &state.list else { return };
    let Some(clicked) = entry(list, group, index) else {
        return;
    };
    let key = clicked.key.clone();
    let is_open = state
        .expanded
        .as_ref()
        .is_some_and(|(open, _)| *open == key);
    state.expanded = if is_open {
        None
    } else {
        if let Some(finding) = clicked.finding() {
            scene.send.send(Action::GoTo(finding.at.clone()));
        }
        let place = list.open().position(|(_, entry)| entry.key == key);
        Some((key, place.unwrap_or_default()))
    };
    if is_open {
        state.rows.forget();
    } else {
        state.rows.reveal();
    }
}

/// Draws the rows in view, and takes note of how high they are.
fn visible(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    state: &mut SidebarState,
    viewport: Rect,
) -> Option<Click> {
    let SidebarState {
        list: Some(list),
        rows,
        expanded,
        toggled,
        rule_in_focus,
        ..
    } = state
    else {
        return None;
    };
    ui.set_height(rows.tops.last().copied().unwrap_or_default());
    let origin = ui.max_rect().min;
    let above = |top: &f32| *top <= viewport.min.y;
    let first = rows.tops.partition_point(above).saturating_sub(1);
    let mut y = rows.tops.get(first).copied().unwrap_or_default();
    let mut click = None;
    let mut is_otherwise = false;
    for number in first..rows.rows.len() {
        if y > viewport.max.y {
            break;
        }
        let at = pos2(origin.x, origin.y + y);
        match rows.rows[number] {
            Row::Heading(index) => {
                let Some(group) = list.groups.get(index) else {
                    continue;
                };
                let rect = Rect::from_min_size(at, vec2(rows.width, HEADING));
                let is_open = group.key.is_open_at_first() != toggled.contains(&group.key);
                if heading(ui, rect, group, is_open) {
                    click = Some(Click::Heading(group.key));
                }
                y += HEADING;
            }
            Row::Finding(group, index) => {
                let Some(entry) = entry(list, group, index) else {
                    continue;
                };
                let is_expanded = expanded.as_ref().is_some_and(|(key, _)| *key == entry.key);
                let drawn = item::show(ui, at, rows.width, entry, &list.query, is_expanded);
                let drawn_at = Rect::from_min_size(at, vec2(rows.width, drawn.height));
                Anchor::Finding.note(ui.ctx(), drawn_at.intersect(ui.clip_rect()));
                if drawn.has_focus {
                    *rule_in_focus = entry.finding().map(|finding| finding.rule.code);
                }
                if drawn.is_clicked {
                    click = Some(Click::Finding(group, index));
                }
                if let Some(finding) = entry.finding().filter(|_| drawn.is_turned_off) {
                    click = Some(Click::TurnOff(finding.rule.code));
                }
                is_otherwise |= rows.note_height(entry.shape, drawn.height);
                y += drawn.height;
                if is_expanded {
                    let below = pos2(at.x, origin.y + y);
                    let height = body(ui, below, rows.width, entry, scene, list);
                    is_otherwise |= rows.note_body(height);
                    y += height;
                }
            }
        }
    }
    if is_otherwise {
        rows.tops.clear();
        ui.ctx().request_repaint();
    }
    click
}

/// A group's heading; says whether it was clicked.
fn heading(ui: &Ui, rect: Rect, group: &Group, is_open: bool) -> bool {
    let palette = Palette::of(ui);
    let response = ui.interact(rect, egui::Id::unique(("group", group.key)), Sense::click());
    let name = format!("{} {} 个问题", group.caption, group.entries.len());
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_open, &name));
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, RADIUS, palette.hover);
    }
    item::focus_ring(ui, &response);
    let caret = match is_open {
        true => icons::CARET_DOWN,
        false => icons::CARET_RIGHT,
    };
    let middle = rect.left_center();
    let left = egui::Align2::LEFT_CENTER;
    painter.text(
        middle + vec2(2.0, 0.0),
        left,
        caret,
        text::small(),
        palette.text_weak,
    );
    let count = format!("{}", group.entries.len());
    let right = egui::Align2::RIGHT_CENTER;
    let end = rect.right_center() - vec2(space::XS, 0.0);
    let counted = painter.text(end, right, count, text::small(), palette.text_weak);
    let mut job = egui::text::LayoutJob::simple_singleline(
        group.caption.to_owned(),
        text::grid_bold(),
        palette.text,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(counted.left() - rect.left() - 26.0);
    let galley = painter.layout_job(job);
    let at = middle + vec2(18.0, -galley.size().y / 2.0);
    painter.galley(at, galley, palette.text);
    let hover = match group.key {
        GroupKey::Approved => "批复时已确定的内容：不影响报送，请办理调整或下年度修正",
        GroupKey::Explained => "已填写核实说明，不再计入校验结论",
        _ => group.caption,
    };
    response.on_hover_text(hover).clicked()
}

/// What is open beneath a finding; returns its height.
fn body(
    ui: &mut Ui,
    at: egui::Pos2,
    width: f32,
    entry: &Entry,
    scene: &mut Scene<'_>,
    list: &List,
) -> f32 {
    let rect = Rect::from_min_size(
        at + vec2(item::INDENT, 0.0),
        vec2(width - item::INDENT - space::S, f32::INFINITY),
    );
    let mut below = ui.new_child(
        UiBuilder::new()
            .id_salt(&entry.key)
            .max_rect(rect)
            .layout(egui::Layout::top_down(egui::Align::Min)),
    );
    // Its ground lies beneath it, and is as high as it turns out to be.
    let ground = ui.painter().add(egui::Shape::Noop);
    actions::show(&mut below, entry, scene, list);
    let height = below.min_rect().height() + space::M;
    let palette = Palette::of(ui);
    let whole = Rect::from_min_size(at, vec2(width, height));
    let fill = egui::Shape::rect_filled(whole, item::below_corners(), palette.ground);
    ui.painter().set(ground, fill);
    height
}

/// Where nothing is listed.
fn nothing(ui: &mut Ui, state: &mut SidebarState) {
    let palette = Palette::of(ui);
    let is_unchecked = state.list.as_ref().is_some_and(|list| list.unchecked > 0);
    ui.add_space(space::XL);
    ui.vertical_centered(|ui| {
        if state.is_narrowed() {
            ui.label(RichText::new("没有符合条件的问题").color(palette.text_weak));
            if button::plain(ui, "清除筛选").clicked() {
                state.show_everything();
            }
        } else if is_unchecked {
            ui.label(RichText::new("缺少表样，未校验").color(palette.text_weak));
        } else {
            let mark = RichText::new(icons::CHECK_CIRCLE).size(HIT);
            ui.label(mark.color(palette.good));
            ui.label(RichText::new("没有发现问题").color(palette.text_weak));
        }
    });
}
