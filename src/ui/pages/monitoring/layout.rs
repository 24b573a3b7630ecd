//! The places of rows and columns.

use egui::{Ui, Vec2, vec2};

use super::content::{Column, Row, Table};
use crate::ui::{pages::working_paper::Ruler, theme::ROW, widgets::cell::MARGIN};

/// The width of the names, which stay in sight while the other columns scroll, in points.
pub(super) const NAMES: f32 = 168.0;
/// The height of a caption between lines, in points.
const BAND: f32 = 28.0;

/// Where everything lies.
pub(super) struct Layout {
    /// Widths of the columns.
    pub widths: Vec<f32>,
    /// The upper edge of each row below the head and its height, in points.
    pub rows: Vec<(f32, f32)>,
    /// The height of the head, in points.
    pub head: f32,
}

impl Layout {
    /// Lays the table out in so much room beside the names.
    pub(super) fn of(ui: &Ui, table: &Table, room: f32) -> Self {
        let widths = widths(&table.columns, room);
        let ruler = Ruler::of(ui);
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut top = 0.0;
        for row in &table.rows {
            let height = match row {
                Row::Band(_) => BAND,
                Row::Line(line) => {
                    let cells = line.cells.iter().zip(&widths).zip(&table.columns);
                    let texts = cells.filter(|(_, column)| !column.is_number);
                    let cells = texts.map(|((cell, width), _)| ruler.lines(cell.text(), *width));
                    let most = cells.chain([ruler.lines(&line.name, NAMES)]).max();
                    let lines = most.unwrap_or(1) as f32;
                    (lines * ruler.line + MARGIN.sum().y).max(ROW)
                }
            };
            rows.push((top, height));
            top += height;
        }
        Self {
            widths,
            rows,
            head: ruler.line * 2.0 + MARGIN.sum().y,
        }
    }

    /// The size of what stands beside the names.
    pub(super) fn size(&self) -> Vec2 {
        let height = self.rows.last().map_or(0.0, |(top, height)| top + height);
        vec2(self.widths.iter().sum(), self.head + height)
    }
}

/// The least widths; what is left over goes to the columns of sentences.
fn widths(columns: &[Column], room: f32) -> Vec<f32> {
    let least: f32 = columns.iter().map(|column| column.width).sum();
    let wide = columns.iter().filter(|column| column.is_wide).count();
    let more = if wide == 0 {
        0.0
    } else {
        ((room - least) / wide as f32).max(0.0)
    };
    let width = |column: &Column| column.width + if column.is_wide { more } else { 0.0 };
    columns.iter().map(width).collect()
}
