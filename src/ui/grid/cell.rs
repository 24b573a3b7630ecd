//! A cell as it is drawn: ground, text, marks, hairlines.

use egui::{Align, Align2, Painter, Rect, Stroke, Ui, pos2, vec2};

use super::{
    GridState,
    change::written,
    measure::{PAD_X, PAD_Y, job},
    pick,
    table::{GridCell, GridTable},
};
use crate::{
    model::{edition::IndicatorRole, figure::FigureCell, path::Place},
    sheet::table::Style,
    ui::{
        icons,
        scene::Shown,
        theme::{Palette, text},
        widgets::{badge, note_mark},
    },
};

/// Where a cell is drawn, and how it stands among the others.
pub struct Look {
    /// All of it.
    pub rect: Rect,
    /// What is in sight of it.
    pub visible: Rect,
    /// Whether it lies in the selected range.
    pub is_selected: bool,
    /// Whether the cursor is on it.
    pub has_cursor: bool,
}

/// Draws a cell.
pub fn draw(
    ui: &Ui,
    painter: &Painter,
    shown: &Shown,
    state: &GridState,
    cell: &GridCell,
    look: &Look,
) {
    let (rect, visible) = (look.rect, look.visible);
    let Some(table) = &state.table else { return };
    let palette = Palette::of(ui);
    let is_approved = table.is_approved(cell);
    let ground = match (look.is_selected, cell.style) {
        (true, _) => palette.accent_weak,
        (false, Style::Heading) => palette.ground,
        (false, _) if is_approved => palette.ground,
        _ => palette.surface,
    };
    painter.rect_filled(rect, 0.0, ground);
    let line = Stroke::new(1.0, palette.line);
    painter.vline(rect.right() - 0.5, rect.y_range(), line);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, line);
    if look.has_cursor && state.editor.is_open() {
        return;
    }
    let computed = computed_beside(state, shown, cell);
    draw_text(ui, painter, table, cell, look, computed.as_deref());
    if is_approved {
        let at = pos2(rect.right() - 3.0, rect.bottom() - 2.0);
        let font = egui::FontId::proportional(11.0);
        painter.text(
            at,
            Align2::RIGHT_BOTTOM,
            icons::LOCK,
            font,
            palette.text_faint,
        );
    }
    let offers = |place: &Place| look.has_cursor && pick::is_offered(shown, place);
    if !is_approved && cell.at.as_ref().is_some_and(offers) {
        let at = pos2(rect.right() - 4.0, visible.center().y);
        let font = egui::FontId::proportional(12.0);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            icons::CARET_DOWN,
            font,
            palette.text_weak,
        );
    }
    if let Some(place) = &cell.at {
        marks(
            painter,
            shown,
            place,
            visible,
            is_number_column(table, cell),
            palette,
        );
    }
}

/// The marks of findings and notes, beside one another in the corner that the text leaves free.
fn marks(
    painter: &Painter,
    shown: &Shown,
    place: &Place,
    visible: Rect,
    is_number: bool,
    palette: &Palette,
) {
    let (mut x, step) = match is_number {
        true => (visible.left() + 7.0, 11.0),
        false => (visible.right() - 8.0, -11.0),
    };
    let y = visible.top() + 7.0;
    if let Some(level) = shown.facts.level_at(place) {
        badge::paint(painter, pos2(x, y), 9.0, level, palette);
        x += step;
    }
    if let Some(kind) = note_mark::kind_at(shown, place) {
        note_mark::paint(painter, pos2(x, y + 2.0), 10.0, kind, palette);
    }
}

fn draw_text(
    ui: &Ui,
    painter: &Painter,
    table: &GridTable,
    cell: &GridCell,
    look: &Look,
    computed: Option<&str>,
) {
    let (rect, visible) = (look.rect, look.visible);
    let palette = Palette::of(ui);
    let is_number = is_number_column(table, cell);
    let (font, color) = match cell.style {
        Style::Heading => (text::grid_bold(), palette.text),
        Style::Span => (text::grid(), palette.text_weak),
        _ => (text::grid(), palette.text),
    };
    let indent = if cell.style == Style::Part { 14.0 } else { 0.0 };
    let width = rect.width() - 2.0 * PAD_X - indent;
    let galley =
        ui.fonts_mut(|fonts| fonts.layout_job(job(&cell.text, font, color, width, Align::LEFT)));
    let height = galley.size().y;
    // In a merged cell the text stays in sight; in the middle of it where it is short.
    let top = if cell.rows > 1 || height + 2.0 * PAD_Y < rect.height() {
        let middle = visible.center().y - height / 2.0;
        middle.clamp(
            rect.top() + PAD_Y,
            (rect.bottom() - PAD_Y - height).max(rect.top() + PAD_Y),
        )
    } else {
        rect.top() + PAD_Y
    };
    let left = if is_number {
        rect.right() - PAD_X - galley.size().x
    } else {
        rect.left() + PAD_X + indent
    };
    let own_left = left;
    painter.galley(pos2(left, top), galley, color);
    let Some(computed) = computed else { return };
    let faint = palette.text_weak;
    let mark =
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(format!("算 {computed}"), text::small(), faint));
    let at = if cell.text.trim().is_empty() {
        pos2(
            rect.right() - PAD_X - mark.size().x,
            visible.center().y - mark.size().y / 2.0,
        )
    } else {
        let left = (own_left - 6.0 - mark.size().x).max(rect.left() + 4.0);
        pos2(left, top + height - mark.size().y)
    };
    // Beside a typed score where there is room, else beneath it.
    let beside = at.x + mark.size().x <= own_left - 2.0 || cell.text.trim().is_empty();
    let at = if beside {
        at
    } else {
        at + vec2(0.0, mark.size().y)
    };
    painter.galley(at, mark, faint);
}

/// The computed score of a score cell, where the typed one is another or there is none.
pub fn computed_beside(state: &GridState, shown: &Shown, cell: &GridCell) -> Option<String> {
    let computed = state.computed.get(cell.at.as_ref()?)?;
    let typed = FigureCell::new(cell.text.clone()).number();
    (typed != Some(computed.score)).then(|| written(computed.score, &shown.edition))
}

/// Whether numbers stand in its column, at the right.
pub fn is_number_column(table: &GridTable, cell: &GridCell) -> bool {
    let role = table.columns.get(cell.column).map(|column| column.role);
    cell.columns == 1 && matches!(role, Some(IndicatorRole::Weight | IndicatorRole::Score))
}
