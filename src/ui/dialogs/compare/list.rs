//! The list of changes, project by project. Lines are drawn by hand: there can be very many, each is one thing to click.

use std::sync::Arc;

use egui::{
    Align2, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, text::LayoutJob, vec2,
};

use super::{Choosing, marks};
use crate::{
    session::comparing::Compared,
    ui::theme::{self, Palette, ROW, space},
    versions::compare::{Kind, Line},
};

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// The project of the changes beneath, as the index of the first of them, and how many there are.
    Heading(usize, usize),
    /// A change: its index in the list of lines.
    Line(usize),
}

/// What the person did in the list.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Picked {
    /// The change that was clicked.
    pub chosen: Option<usize>,
    /// Whether it was clicked twice.
    pub opened: bool,
}

/// The shares of the width: place, kind, before, after.
const SHARES: [f32; 4] = [0.38, 0.08, 0.27, 0.27];

/// Headings and changes in their order.
pub(super) fn entries(compared: &Compared, lines: &[usize]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let of = |at: usize| lines.get(at).and_then(|index| compared.lines.get(*index));
    let mut start = 0;
    while let Some(first) = of(start) {
        let is_same = |at: &usize| {
            of(*at).is_some_and(|line| {
                (line.project, &line.project_name) == (first.project, &first.project_name)
            })
        };
        let count = (start..).take_while(is_same).count();
        entries.push(Entry::Heading(start, count));
        entries.extend((start..start + count).map(Entry::Line));
        start += count;
    }
    entries
}

/// Draws the list.
pub(super) fn show(
    ui: &mut Ui,
    compared: &Arc<Compared>,
    entries: &[Entry],
    lines: &[usize],
    choosing: &Choosing,
    room: f32,
) -> Picked {
    let mut picked = Picked::default();
    if entries.is_empty() {
        let weak = Palette::of(ui).text_weak;
        ui.add_space(space::L);
        ui.label(egui::RichText::new("没有符合条件的改动").color(weak));
        return picked;
    }
    captions(ui);
    let mut area = ScrollArea::vertical()
        .id_salt("changes")
        .max_height(room)
        .min_scrolled_height(room.min(entries.len() as f32 * ROW))
        .auto_shrink([false, true]);
    if choosing.moved {
        let at = entries
            .iter()
            .position(|one| *one == Entry::Line(choosing.line));
        let top = at.unwrap_or_default() as f32 * ROW - room / 2.0;
        area = area.vertical_scroll_offset(top.max(0.0));
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, entries.len(), |ui, range| {
            for entry in &entries[range] {
                let found = |at: &usize| compared.lines.get(*lines.get(*at)?);
                match entry {
                    Entry::Heading(at, count) => {
                        if let Some(line) = found(at) {
                            heading(ui, line, *count);
                        }
                    }
                    Entry::Line(at) => {
                        let Some(line) = found(at) else { continue };
                        let response = change(ui, line, *at == choosing.line);
                        if response.clicked() {
                            picked.chosen = Some(*at);
                        }
                        if response.double_clicked() {
                            picked.opened = true;
                        }
                    }
                }
            }
        });
    });
    picked
}

/// The columns of a rectangle.
fn columns(rect: Rect) -> [Rect; 4] {
    let mut left = rect.left();
    SHARES.map(|share| {
        let width = rect.width() * share;
        let column = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        column.shrink2(vec2(space::XS, 0.0))
    })
}

fn captions(ui: &mut Ui) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let palette = Palette::of(ui);
    for (column, caption) in columns(rect)
        .into_iter()
        .zip(["位置", "类别", "改动前", "改动后"])
    {
        ui.painter().text(
            column.left_center(),
            Align2::LEFT_CENTER,
            caption,
            theme::text::small(),
            palette.text_weak,
        );
    }
    let line = egui::Stroke::new(1.0, palette.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

fn heading(ui: &mut Ui, line: &Line, count: usize) {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let words = format!("{}（{count}）", line.project_name);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let painter = ui.painter().with_clip_rect(rect);
    painter.text(
        rect.left_center() + vec2(space::XS, 0.0),
        Align2::LEFT_CENTER,
        words,
        theme::text::grid_bold(),
        Palette::of(ui).text,
    );
}

fn change(ui: &mut Ui, line: &Line, is_chosen: bool) -> Response {
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let palette = Palette::of(ui);
    let told = format!(
        "{} {}：{} → {}",
        line.kind, line.place, line.before, line.after
    );
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_chosen, &told));
    if is_chosen {
        let radius = theme::RADIUS;
        ui.painter().rect_filled(rect, radius, palette.accent_weak);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, theme::RADIUS, palette.hover);
    }
    let [place, kind, before, after] = columns(rect);
    let text = |words: &str, color| {
        let format = egui::TextFormat::simple(theme::text::grid(), color);
        LayoutJob::single_section(words.to_owned(), format)
    };
    put(ui, place, text(short_place(&line.place), palette.text));
    let color = match line.kind {
        Kind::Changed => palette.text,
        Kind::Rewritten => palette.text_faint,
        Kind::Added => palette.good,
        Kind::Removed => palette.error,
        Kind::Moved => palette.hint,
    };
    put(ui, kind, text(&line.kind.to_string(), color));
    for (column, own, is_before) in [(before, &line.before, true), (after, &line.after, false)] {
        let job = match own.is_empty() {
            true => marks::nothing(ui),
            false => marks::one_line(ui, &line.before, &line.after, is_before),
        };
        put(ui, column, job);
    }
    response.on_hover_text(&line.place)
}

/// The place without the word that most begin with.
fn short_place(place: &str) -> &str {
    place.strip_prefix("绩效指标 · ").unwrap_or(place)
}

/// Draws a text in one line, cut off with … where it does not fit.
fn put(ui: &Ui, column: Rect, mut job: LayoutJob) {
    job.wrap = egui::text::TextWrapping::truncate_at_width(column.width());
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let top = column.center().y - galley.size().y / 2.0;
    let color = Palette::of(ui).text;
    let painter = ui
        .painter()
        .with_clip_rect(column.intersect(ui.clip_rect()));
    painter.galley(pos2(column.left(), top), galley, color);
}
