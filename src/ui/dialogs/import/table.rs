//! The source as it stands: its cells with what became of each, and the places where a column or row can be corrected.

use std::collections::HashMap;

use egui::{
    Align2, Color32, FontId, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::corrections;
use crate::{
    exchange::{
        account,
        grid::{Cell, Grid, Place},
        recognise::{ColumnUse, RowUse},
        report::{Fate, Source},
    },
    ui::{
        importing::Preview,
        theme::{self, HIT, Palette, space},
    },
};

/// Height of a row, in points.
const ROW: f32 = 26.0;
/// Height of the letters above the columns, in points.
const LETTERS: f32 = 22.0;
/// Width of the row numbers, in points.
const GUTTER: f32 = 44.0;
/// Widest column, in points.
const WIDEST: f32 = 168.0;
/// Letters of a cell that are looked at, at most.
const SHOWN: usize = 200;
/// Narrowest column, in points.
const NARROWEST: f32 = 52.0;
/// How much is seen to the left of a cell that is brought into sight, in points.
const CONTEXT: f32 = 240.0;
/// Columns give up so much of their width before the table is wider than its place.
const SMALLEST: f32 = 0.7;

/// What the person picked.
pub(super) enum Picked {
    /// A cell.
    Cell(Source),
    /// What a column is.
    Column(Source, ColumnUse),
    /// What a row is.
    Row(Source, RowUse),
}

/// One table of one file.
pub(super) struct SourceTable {
    file: usize,
    grid: usize,
    /// Left edges of the columns, and the right edge of the last.
    edges: Vec<f32>,
    /// How much of their width the columns get.
    scale: f32,
    /// The most rows that a cell covers.
    tallest: u32,
    fates: HashMap<Place, Fate>,
    picked: Option<Place>,
    /// Whether the picked cell is to be brought into sight.
    reveals: bool,
}

impl SourceTable {
    /// The first table with a form in it, else the first of all.
    pub(super) fn new(preview: &Preview) -> Self {
        let first = preview.recognised.forms.first();
        let (file, grid) = first.map_or((0, 0), |form| (form.source.file, form.source.grid));
        Self::of(preview, file, grid)
    }

    fn of(preview: &Preview, file: usize, grid: usize) -> Self {
        let here = |source: &Source| source.file == file && source.grid == grid;
        let entries = preview.report.entries.iter();
        let fates = entries
            .filter(|entry| here(&entry.source))
            .filter_map(|entry| Some((entry.source.place?, entry.fate)))
            .collect();
        let shown = grid_of(preview, file, grid);
        Self {
            file,
            grid,
            edges: shown.map(edges).unwrap_or_default(),
            scale: 1.0,
            tallest: shown.map_or(1, |grid| {
                grid.cells.iter().map(|cell| cell.rows).max().unwrap_or(1)
            }),
            fates,
            picked: None,
            reveals: false,
        }
    }

    /// Shows the cell of an entry.
    pub(super) fn go_to(&mut self, preview: &Preview, source: Source) {
        if (source.file, source.grid) != (self.file, self.grid) {
            *self = Self::of(preview, source.file, source.grid);
        }
        self.picked = source.place;
        self.reveals = source.place.is_some();
    }

    fn source(&self, place: Place) -> Source {
        Source {
            file: self.file,
            grid: self.grid,
            place: Some(place),
        }
    }

    /// Draws the table; what was picked in it.
    pub(super) fn show(&mut self, ui: &mut Ui, preview: &Preview) -> Option<Picked> {
        self.tables(ui, preview);
        let grid = grid_of(preview, self.file, self.grid)?;
        let width = self.edges.last().copied().unwrap_or_default();
        self.scale = ((ui.available_width() - GUTTER) / width.max(1.0)).clamp(SMALLEST, 1.0);
        let width = width * self.scale;
        let size = vec2(GUTTER + width, LETTERS + ROW * grid.height() as f32);
        let mut area = ScrollArea::both()
            .id_salt(("source of the import", self.file, self.grid))
            .auto_shrink([false, false]);
        if std::mem::take(&mut self.reveals)
            && let Some(place) = self.picked
        {
            let left = self.edges.get(place.column as usize);
            let left = self.scale * left.copied().unwrap_or_default();
            area = area
                .vertical_scroll_offset((place.row as f32 - 4.0).max(0.0) * ROW)
                .horizontal_scroll_offset((left - CONTEXT).max(0.0));
        }
        area.show_viewport(ui, |ui, seen| {
            ui.set_min_size(size);
            self.rows(ui, preview, grid, seen)
        })
        .inner
    }

    /// Which table of which file, where there are several.
    fn tables(&mut self, ui: &mut Ui, preview: &Preview) {
        let mut wanted = None;
        ui.horizontal(|ui| {
            ui.set_height(HIT);
            let weak = Palette::of(ui).text_weak;
            ui.label(
                egui::RichText::new("原表")
                    .font(theme::text::small())
                    .color(weak),
            );
            let current = name_of(preview, self.file, self.grid);
            egui::ComboBox::from_id_salt("table of the import")
                .selected_text(&current)
                .width((ui.available_width() - space::S).min(420.0))
                .height(360.0)
                .show_ui(ui, |ui| {
                    for (file, known) in preview.gathered.files.iter().enumerate() {
                        for grid in 0..known.content.grids.len() {
                            let is_on = (file, grid) == (self.file, self.grid);
                            let name = name_of(preview, file, grid);
                            if ui.selectable_label(is_on, name).clicked() {
                                wanted = Some((file, grid));
                            }
                        }
                    }
                })
                .response
                .widget_info(|| {
                    let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, "原表");
                    info.current_text_value = Some(current.clone());
                    info
                });
        });
        if let Some((file, grid)) = wanted {
            *self = Self::of(preview, file, grid);
        }
    }

    fn rows(&mut self, ui: &mut Ui, preview: &Preview, grid: &Grid, seen: Rect) -> Option<Picked> {
        let corner = ui.min_rect().min;
        let origin = corner + vec2(0.0, LETTERS);
        let first = ((seen.top() - LETTERS) / ROW).floor().max(0.0) as u32;
        let last = (seen.bottom() / ROW).ceil().max(0.0) as u32;
        let from = first.saturating_sub(self.tallest);
        let begin = grid.cells.partition_point(|cell| cell.place.row < from);
        let mut picked = None;
        for cell in &grid.cells[begin..] {
            if cell.place.row > last {
                break;
            }
            let rect = self.rect(cell, origin);
            if !ui.is_rect_visible(rect) {
                continue;
            }
            if let Some(new) = self.cell(ui, preview, cell, rect) {
                picked = Some(new);
            }
        }
        for row in first..last.min(grid.height()) {
            if let Some(new) = self.number(ui, preview, row, origin) {
                picked = Some(new);
            }
        }
        self.letters(ui, corner, seen);
        picked
    }

    /// The letters of the columns, which stay in sight above the rows.
    fn letters(&self, ui: &Ui, corner: Pos2, seen: Rect) {
        let palette = Palette::of(ui);
        let top = corner.y + seen.top();
        let strip = Rect::from_min_size(
            pos2(corner.x + seen.left(), top),
            vec2(seen.width(), LETTERS),
        );
        ui.painter().rect_filled(strip, 0.0, palette.ground);
        for (column, edges) in (0..).zip(self.edges.windows(2)) {
            let middle = self.scale * (edges[0] + edges[1]) / 2.0;
            let at = pos2(corner.x + GUTTER + middle, strip.center().y);
            let letters = Place { row: 0, column }.column_name();
            ui.painter().text(
                at,
                Align2::CENTER_CENTER,
                letters,
                theme::text::small(),
                palette.text_faint,
            );
        }
    }

    fn rect(&self, cell: &Cell, origin: Pos2) -> Rect {
        let edge = |column: u32| {
            let last = self.edges.last().copied().unwrap_or_default();
            self.scale * self.edges.get(column as usize).copied().unwrap_or(last)
        };
        let Place { row, column } = cell.place;
        Rect::from_min_max(
            origin + vec2(GUTTER + edge(column), ROW * row as f32),
            origin
                + vec2(
                    GUTTER + edge(column.saturating_add(cell.columns)),
                    ROW * row.saturating_add(cell.rows) as f32,
                ),
        )
    }

    fn cell(&mut self, ui: &mut Ui, preview: &Preview, cell: &Cell, rect: Rect) -> Option<Picked> {
        let palette = Palette::of(ui);
        let source = self.source(cell.place);
        let column = preview.recognised.columns.get(&source);
        let id = ui.scope_id().with(("cell", cell.place));
        let response = ui.interact(rect, id, Sense::click());
        let name = format!("{} {}", cell.place.name(), cell.text);
        let is_picked = self.picked == Some(cell.place);
        response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_picked, &name));
        let (fill, color) = match self.fates.get(&cell.place) {
            Some(Fate::Guessed { .. }) => (palette.warning_weak, palette.text),
            Some(Fate::Cleaned) => (palette.hint_weak, palette.text),
            Some(Fate::Ignored) => (palette.ground, palette.text_faint),
            Some(Fate::Refused) => (palette.error_weak, palette.text),
            Some(Fate::Read) | None => (palette.surface, palette.text),
        };
        let stroke = Stroke::new(1.0, palette.line);
        ui.painter()
            .rect(rect, 0.0, fill, stroke, StrokeKind::Middle);
        let font = match column {
            Some(_) => theme::text::grid_bold(),
            None => theme::text::grid(),
        };
        text(
            ui,
            rect,
            &cell.text,
            font,
            if column.is_some() {
                palette.accent
            } else {
                color
            },
        );
        if is_picked || response.has_focus() {
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter()
                .rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
        }
        if let Some(now) = column {
            let hover = format!(
                "{}\n当作：{}。点击可以更改",
                cell.text,
                corrections::words_of_column(now)
            );
            let response = response.on_hover_text(hover);
            return corrections::of_column(&response, now).map(|to| Picked::Column(source, to));
        }
        if !response.on_hover_text(&cell.text).clicked() {
            return None;
        }
        self.picked = Some(cell.place);
        Some(Picked::Cell(source))
    }

    /// The number of a row, which opens what the row can be.
    fn number(&self, ui: &mut Ui, preview: &Preview, row: u32, origin: Pos2) -> Option<Picked> {
        let palette = Palette::of(ui);
        let min = origin + vec2(0.0, ROW * row as f32);
        let rect = Rect::from_min_size(min, vec2(GUTTER, ROW));
        let source = self.source(Place { row, column: 0 });
        let now = preview.recognised.rows.get(&source);
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, palette.ground);
        let color = if now.is_some() {
            palette.accent
        } else {
            palette.text_faint
        };
        let at = pos2(rect.right() - space::S, rect.center().y);
        let number = (row + 1).to_string();
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            &number,
            theme::text::small(),
            color,
        );
        let now = now?;
        let response = ui.interact(rect, ui.scope_id().with(("row", row)), Sense::click());
        let name = format!("第 {number} 行");
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        let response = response.on_hover_text("点击指明这一行是什么");
        corrections::of_row(&response, now).map(|to| Picked::Row(source, to))
    }
}

fn grid_of(preview: &Preview, file: usize, grid: usize) -> Option<&Grid> {
    preview.gathered.files.get(file)?.content.grids.get(grid)
}

fn name_of(preview: &Preview, file: usize, grid: usize) -> String {
    let source = Source {
        file,
        grid,
        place: None,
    };
    account::name_of(&preview.gathered.files, &source)
}

/// Left edges of the columns by what stands in them, and the right edge of the last.
fn edges(grid: &Grid) -> Vec<f32> {
    let mut widths = vec![NARROWEST; grid.width() as usize];
    for cell in grid.cells.iter().filter(|cell| cell.columns == 1) {
        if let Some(width) = widths.get_mut(cell.place.column as usize) {
            *width = width.max(about_as_wide_as(&cell.text));
        }
    }
    let mut edges = vec![0.0];
    let mut right = 0.0;
    for width in widths {
        right += width;
        edges.push(right);
    }
    edges
}

/// How wide a text is, about: exact widths of a whole workbook would take too long.
fn about_as_wide_as(text: &str) -> f32 {
    let first = text.lines().next().unwrap_or_default();
    let letters = first.chars().take(40);
    let width: f32 = letters.map(|c| if c.is_ascii() { 8.0 } else { 14.0 }).sum();
    (width + 2.0 * space::S).min(WIDEST)
}

/// One line of a text, cut where the cell ends.
fn text(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) {
    // Each frame: of a paragraph no more is looked at than a cell can show.
    let end = text
        .char_indices()
        .nth(SHOWN)
        .map_or(text.len(), |(at, _)| at);
    let line = text[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let mut job = LayoutJob::simple_singleline(line, font, color);
    job.wrap = TextWrapping::truncate_at_width((rect.width() - space::S).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(
        rect.left() + space::XS,
        rect.center().y - galley.size().y / 2.0,
    );
    ui.painter().galley(at, galley, color);
}
