//! How wide columns and how high rows are. A row is as high as its text needs; texts are measured once and remembered, so
//! that a table of ten thousand rows costs no more per frame than one of a hundred.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use egui::{Color32, FontId, Ui, text::LayoutJob};

use super::table::{GridColumn, GridTable, Spot};
use crate::{
    model::edition::IndicatorRole,
    ui::theme::{ROW, text},
};

/// Left and right of a cell's text, in points.
pub const PAD_X: f32 = 8.0;
/// Above and below a cell's text, in points.
pub const PAD_Y: f32 = 6.0;
/// The column of row numbers, in points.
pub const NUMBERS: f32 = 36.0;
/// The narrowest column, in points.
pub const NARROWEST: f32 = 36.0;

/// Where columns and rows lie, in points, the column of row numbers not counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edges {
    /// Left edges of the columns and the right edge of the last.
    pub x: Vec<f32>,
    /// Upper edges of the rows and the lower edge of the last.
    pub y: Vec<f32>,
}

impl Edges {
    /// The width of all columns.
    pub fn width(&self) -> f32 {
        self.x.last().copied().unwrap_or_default()
    }

    /// The height of all rows.
    pub fn height(&self) -> f32 {
        self.y.last().copied().unwrap_or_default()
    }

    /// The spot at a position; beyond the edges the nearest.
    pub fn spot(&self, x: f32, y: f32) -> Spot {
        let find = |edges: &[f32], at: f32| {
            let after = edges.partition_point(|edge| *edge <= at);
            after.saturating_sub(1).min(edges.len().saturating_sub(2))
        };
        Spot {
            row: find(&self.y, y),
            column: find(&self.x, x),
        }
    }
}

/// Measures texts, and remembers what it measured.
#[derive(Default)]
pub struct Ruler {
    /// Widths of characters, in points, at the scale that `scale` says.
    advances: HashMap<char, f32>,
    scale: f32,
    /// Lines of texts that do not fit into one, by text and width.
    lines: HashMap<(u64, u32), u16>,
}

impl Ruler {
    /// The widths of the columns: as the person made them, else what fits into the room. What is left over goes to texts;
    /// where not even the least widths fit, the table scrolls.
    pub fn columns(&self, table: &GridTable, own: &HashMap<usize, f32>, room: f32) -> Vec<f32> {
        let columns = || table.columns.iter().enumerate();
        let sum = |width: fn(&GridColumn) -> f32| -> f32 {
            columns()
                .map(|(index, column)| own.get(&index).copied().unwrap_or_else(|| width(column)))
                .sum()
        };
        let (least, wished) = (sum(|column| column.least), sum(|column| column.width));
        let share = ((room - least) / (wished - least).max(1.0)).clamp(0.0, 1.0);
        let mut widths: Vec<f32> = columns()
            .map(|(index, column)| {
                let fitting = column.least + (column.width - column.least) * share;
                own.get(&index).copied().unwrap_or(fitting).floor()
            })
            .collect();
        let takes_more = |index: &usize| {
            let role = table.columns[*index].role;
            let is_text = matches!(
                role,
                IndicatorRole::Name | IndicatorRole::Deviation | IndicatorRole::Extra
            );
            is_text && !own.contains_key(index)
        };
        let takers: Vec<usize> = (0..widths.len()).filter(takes_more).collect();
        let left_over = room - widths.iter().sum::<f32>();
        if left_over > 0.0 && !takers.is_empty() {
            let share = (left_over / takers.len() as f32).floor();
            takers.iter().for_each(|index| widths[*index] += share);
        }
        widths
    }

    /// The edges of columns of these widths and of the rows that their texts need.
    pub fn edges(&mut self, ui: &Ui, table: &GridTable, widths: &[f32]) -> Edges {
        self.follow(ui);
        let mut x = vec![0.0];
        for width in widths {
            x.push(x.last().copied().unwrap_or_default() + width);
        }
        let line = ui.fonts_mut(|fonts| fonts.row_height(&text::grid()));
        let mut heights = vec![ROW; table.rows.len()];
        let mut tall = Vec::new();
        for (index, cell) in table.cells.iter().enumerate() {
            let width = x[(cell.column + cell.columns).min(widths.len())] - x[cell.column];
            let lines = self.count(ui, &cell.text, width - 2.0 * PAD_X);
            let height = f32::from(lines) * line + 2.0 * PAD_Y;
            match cell.rows {
                1 => heights[cell.row] = heights[cell.row].max(height.ceil()),
                _ if height > ROW * cell.rows as f32 => tall.push((index, height.ceil())),
                _ => {}
            }
        }
        // What a merged cell needs beyond its rows, its last row gives.
        for (index, height) in tall {
            let cell = &table.cells[index];
            let rows = cell.row..(cell.row + cell.rows).min(heights.len());
            let have: f32 = heights[rows.clone()].iter().sum();
            if let Some(last) = heights[rows].last_mut() {
                *last += (height - have).max(0.0);
            }
        }
        let mut y = vec![0.0];
        for height in heights {
            y.push(y.last().copied().unwrap_or_default() + height);
        }
        Edges { x, y }
    }

    /// At another scale glyphs are other widths.
    fn follow(&mut self, ui: &Ui) {
        let scale = ui.ctx().pixels_per_point();
        if self.scale != scale {
            *self = Self {
                scale,
                ..Self::default()
            };
        }
    }

    /// How many lines a text takes.
    fn count(&mut self, ui: &Ui, text: &str, width: f32) -> u16 {
        // Most texts fit into a line with room to spare, and that is quickly seen.
        if !text.contains('\n') && self.advance(ui, text) < width - 1.0 {
            return 1;
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let key = (hasher.finish(), width.to_bits());
        *self
            .lines
            .entry(key)
            .or_insert_with(|| lines_of(ui, text, width))
    }

    fn advance(&mut self, ui: &Ui, text: &str) -> f32 {
        let mut width = 0.0;
        for c in text.chars() {
            width += *self
                .advances
                .entry(c)
                .or_insert_with(|| ui.fonts_mut(|fonts| fonts.glyph_width(&text::grid(), c)));
        }
        width
    }
}

/// The job that lays a cell's text out; the one used for measuring and for drawing.
pub fn job(text: &str, font: FontId, color: Color32, width: f32, align: egui::Align) -> LayoutJob {
    let mut job = LayoutJob::simple(text.to_owned(), font, color, width);
    // Chinese breaks anywhere; long words and numbers break too before they are cut.
    job.wrap.break_anywhere = false;
    job.halign = align;
    job
}

fn lines_of(ui: &Ui, content: &str, width: f32) -> u16 {
    let job = job(
        content,
        text::grid(),
        Color32::PLACEHOLDER,
        width,
        egui::Align::LEFT,
    );
    let rows = ui.fonts_mut(|fonts| fonts.layout_job(job)).rows.len();
    u16::try_from(rows.max(1)).unwrap_or(u16::MAX)
}
