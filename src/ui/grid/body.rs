//! The rows that scroll. Captions and names at the left stay in sight.

use egui::{
    Align2, CursorIcon, Id, Painter, PointerButton, Rect, Response, ScrollArea, Sense, Stroke,
    SurrenderFocusOn, Ui, UiBuilder, Vec2, pos2, vec2,
};

use super::{
    GridState,
    cell::{self, Look},
    change,
    measure::NUMBERS,
    menu, pick,
    selection::{Range, Selection},
    table::{GridCell, GridTable, Spot},
};
use crate::ui::{
    scene::{Scene, Shown},
    theme::{Palette, text},
    widgets::{anchor::Anchor, badge, explained, note_mark},
};

/// Clicked and dragged, but no stop of Tab: the cursor's cell alone has the keyboard.
const POINTED: Sense = Sense::CLICK.union(Sense::DRAG);

/// What is in sight, in screen points.
pub struct Sight {
    /// The room of the body without scroll bars.
    pub room: Rect,
    /// Where the first row and the first column begin, scrolled.
    pub origin: egui::Pos2,
    /// Where the columns that stay begin.
    pub fixed: f32,
    /// Where the columns that scroll begin to show.
    pub scrolled: f32,
    /// How many columns stay.
    pub frozen: usize,
}

impl Sight {
    fn new(state: &GridState, room: Rect, origin: egui::Pos2) -> Self {
        let frozen = state.table.as_ref().map_or(0, |table| table.frozen());
        let width = state.edges.x.get(frozen).copied().unwrap_or_default();
        // Where the room is narrow, captions that stay would leave none to type in.
        let frozen = if width + NUMBERS > room.width() * 0.6 {
            0
        } else {
            frozen
        };
        let width = if frozen == 0 { 0.0 } else { width };
        Self {
            fixed: room.left() + NUMBERS,
            scrolled: room.left() + NUMBERS + width,
            frozen,
            room,
            origin,
        }
    }

    /// Where a cell lies.
    pub fn rect(&self, state: &GridState, cell: &GridCell) -> Rect {
        let (x, y) = (&state.edges.x, &state.edges.y);
        let left = if cell.column < self.frozen {
            self.fixed
        } else {
            self.origin.x + NUMBERS
        };
        let right = (cell.column + cell.columns).min(x.len() - 1);
        let bottom = (cell.row + cell.rows).min(y.len() - 1);
        Rect::from_min_max(
            pos2(left + x[cell.column], self.origin.y + y[cell.row]),
            pos2(left + x[right], self.origin.y + y[bottom]),
        )
    }

    /// The room in which a cell may be seen.
    pub fn clip(&self, cell: &GridCell) -> Rect {
        let left = if cell.column < self.frozen {
            self.fixed
        } else {
            self.scrolled
        };
        Rect::from_min_max(pos2(left, self.room.top()), self.room.max)
    }

    fn spot(&self, state: &GridState, at: egui::Pos2) -> Spot {
        let x = if at.x < self.scrolled {
            at.x - self.fixed
        } else {
            at.x - self.origin.x - NUMBERS
        };
        state.edges.spot(x, at.y - self.origin.y)
    }
}

/// Draws the body.
pub fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    room: Rect,
    is_free: bool,
) {
    let content = vec2(NUMBERS + state.edges.width(), state.edges.height());
    let mut child = ui.new_child(UiBuilder::new().id_salt("grid body").max_rect(room));
    let mut area = ScrollArea::both()
        .auto_shrink([false, false])
        .content_margin(0)
        .scroll_source(egui::containers::scroll_area::ScrollSource {
            drag: egui::scroll_area::DragScroll::Never,
            ..Default::default()
        })
        .id_salt(("grid", shown.project.id.bits()));
    if let Some(offset) = wanted_offset(state, room) {
        area = area.scroll_offset(offset);
    }
    let output = area.show_viewport(&mut child, |ui, viewport| {
        let origin = ui.max_rect().min;
        ui.set_min_size(content);
        let room = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
        let sight = Sight::new(state, room.intersect(ui.clip_rect()), origin);
        rows(ui, shown, scene, state, &sight, is_free);
    });
    state.offset = output.state.clamped_offset();
    let height = output.inner_rect.height();
    state.page = ((height / crate::ui::theme::ROW) as usize)
        .saturating_sub(1)
        .max(1);
}

/// The offset at which the cursor's cell is in sight, where it is not and should be.
fn wanted_offset(state: &mut GridState, room: Rect) -> Option<Vec2> {
    if !std::mem::take(&mut state.shows_cursor) {
        return None;
    }
    let table = state.table.as_ref()?;
    let cell = table.at(state.selection.cursor)?;
    let sight = Sight::new(state, room, room.min - state.offset);
    // Of a cell merged over many rows, the row of the cursor.
    let line = GridCell {
        row: state.selection.cursor.row,
        rows: 1,
        ..cell.clone()
    };
    let rect = sight.rect(state, &line);
    let bar = 10.0;
    let mut offset = state.offset;
    if rect.top() < room.top() {
        offset.y -= room.top() - rect.top();
    } else if rect.bottom() > room.bottom() - bar {
        offset.y += (rect.bottom() - room.bottom() + bar).min(rect.top() - room.top());
    }
    if cell.column >= sight.frozen {
        if rect.left() < sight.scrolled {
            offset.x -= sight.scrolled - rect.left();
        } else if rect.right() > room.right() - bar {
            offset.x += (rect.right() - room.right() + bar).min(rect.left() - sight.scrolled);
        }
    }
    (offset != state.offset).then(|| offset.max(Vec2::ZERO))
}

fn rows(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    sight: &Sight,
    is_free: bool,
) {
    let Some(table) = &state.table else { return };
    if table.rows.is_empty() || table.columns.is_empty() {
        return;
    }
    let top = sight.room.top() - sight.origin.y;
    let bottom = sight.room.bottom() - sight.origin.y;
    let first = state
        .edges
        .y
        .partition_point(|edge| *edge <= top)
        .saturating_sub(1);
    let last = state.edges.y.partition_point(|edge| *edge < bottom);
    let last = last.min(table.rows.len());
    let range = state.selection.range(table);
    edit(ui, shown, scene, state, sight, is_free);
    let mut hits = Vec::new();
    let Some(table) = &state.table else { return };
    // What stays is drawn over what scrolls.
    let columns = (sight.frozen..table.columns.len()).chain(0..sight.frozen);
    for column in columns {
        for row in first..last {
            let spot = Spot { row, column };
            let Some(cell) = table.at(spot) else { continue };
            let begins_here = cell.row == row || row == first;
            let is_leftmost = cell.column == column;
            if begins_here && is_leftmost {
                hits.extend(one_cell(ui, shown, state, sight, cell, range));
            }
        }
    }
    numbers(ui, state, sight, first..last, range, &mut hits);
    outline(ui, state, sight);
    for hit in hits {
        take_hit(ui, scene, state, sight, hit);
    }
    drag(ui, scene, state, sight);
}

/// What the pointer did.
enum Hit {
    Press(Spot, Response),
    Row(usize, Response),
}

fn one_cell(
    ui: &mut Ui,
    shown: &Shown,
    state: &GridState,
    sight: &Sight,
    cell: &GridCell,
    range: Range,
) -> Option<Hit> {
    let table = state.table.as_ref()?;
    let rect = sight.rect(state, cell);
    let clip = sight.clip(cell);
    let visible = rect.intersect(clip);
    if !visible.is_positive() {
        return None;
    }
    let spot = Spot {
        row: cell.row,
        column: cell.column,
    };
    let covers = |spot: Spot| table.index_at(spot) == table.index_at(state.selection.cursor);
    let look = Look {
        rect,
        visible,
        is_selected: range.contains(spot) && !is_alone(cell, range),
        has_cursor: covers(spot),
    };
    let painter = ui.painter().with_clip_rect(clip);
    cell::draw(ui, &painter, shown, state, cell, &look);
    let response = ui.interact(visible, cell_id(ui, cell), POINTED);
    response.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::Role::GridCell,
            true,
            look.has_cursor,
            spoken(shown, table, cell),
        )
    });
    Some(Hit::Press(spot, with_tooltip(response, shown, state, cell)))
}

/// Whether a range is nothing but this one cell, perhaps a merged one.
fn is_alone(cell: &GridCell, range: Range) -> bool {
    let first = Spot {
        row: cell.row,
        column: cell.column,
    };
    let last = Spot {
        row: cell.row + cell.rows - 1,
        column: cell.column + cell.columns - 1,
    };
    (range.first, range.last) == (first, last)
}

fn cell_id(ui: &Ui, cell: &GridCell) -> Id {
    ui.scope_id().with(("cell", cell.row, cell.column))
}

/// Findings, and how the score comes about.
fn with_tooltip(response: Response, shown: &Shown, state: &GridState, cell: &GridCell) -> Response {
    let Some(place) = &cell.at else {
        return response;
    };
    let has_marks =
        !shown.facts.at(place).is_empty() || !shown.facts.open_notes_at(place).is_empty();
    let is_computed = state.computed.contains_key(place);
    let is_hovered = response.hovered();
    let mid_year = is_hovered.then(|| explained::at_mid_year(shown, place));
    let mid_year = mid_year.flatten();
    if !has_marks && !is_computed && mid_year.is_none() {
        return response;
    }
    response.on_hover_ui(|ui| {
        if let Some(mid_year) = mid_year {
            ui.label(mid_year);
        }
        badge::explain(ui, shown, place);
        note_mark::explain(ui, shown, place);
        explained::hover(ui, shown, place);
    })
}

/// What screen readers say of a cell: its name, and the notes that wait there.
fn spoken(shown: &Shown, table: &GridTable, cell: &GridCell) -> String {
    let notes = cell
        .at
        .as_ref()
        .map(|place| note_mark::name_at(shown, place));
    match notes.filter(|notes| !notes.is_empty()) {
        Some(notes) => format!("{}，{notes}", table.name_of(cell)),
        None => table.name_of(cell),
    }
}

/// The text field of the cursor's cell.
fn edit(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    sight: &Sight,
    is_free: bool,
) {
    let Some(table) = &state.table else { return };
    let Some(cell) = table.at(state.selection.cursor) else {
        return;
    };
    let rect = sight.rect(state, cell);
    let clip = sight.clip(cell);
    // Scrolled out of sight, the field stays at the edge, so that typing goes on.
    let rect = if rect.intersects(clip) {
        rect
    } else {
        Rect::from_min_size(clip.min, vec2(140.0, crate::ui::theme::ROW))
    };
    let name = table.name_of(cell);
    let path = table.path(state.selection.cursor);
    let before = cell
        .at
        .as_ref()
        .map(|place| table.typed(place))
        .unwrap_or_default();
    let locked = cell
        .at
        .as_ref()
        .is_some_and(|place| table.approved_field(place).is_some())
        || scene.lock_of(shown).is_some();
    let id = Id::unique("grid editor");
    let is_nobodys =
        is_free && ui.memory(|memory| memory.focused().is_none()) && !ui.ctx().any_popup_open();
    if is_nobodys {
        state.editor.want_focus();
    }
    let is_open = state.editor.is_open();
    let mut child = if is_open {
        // Over everything, also over what stays.
        let layer = egui::LayerId::new(egui::Order::Middle, Id::unique("grid editor layer"));
        ui.new_child(UiBuilder::new().layer_id(layer).max_rect(sight.room))
    } else {
        ui.new_child(UiBuilder::new().id_salt("ready").max_rect(sight.room))
    };
    child.set_clip_rect(sight.room);
    let typed = keeping_focus(ui, is_clicked(ui, state, sight), || {
        state
            .editor
            .show(&mut child, id, rect, &name, path.as_ref(), &before)
    });
    if typed && locked {
        state.editor.cancel();
        super::perform::tell_locked(shown, scene, path);
    }
    if state.editor.is_open() {
        pick::complete(shown, scene, state);
    }
    pick::show(ui, scene, state, rect);
    if is_open && !state.editor.has_focus() && !ui.ctx().any_popup_open() {
        // Clicked away: what was typed is taken.
        state.finish(scene.send);
    }
}

/// Whether the pointer clicks on the table: the focus then goes from cell to cell and never leaves, and the input method
/// stays on.
fn is_clicked(ui: &Ui, state: &GridState, sight: &Sight) -> bool {
    let size = vec2(NUMBERS + state.edges.width(), state.edges.height());
    let table = Rect::from_min_size(sight.origin, size).intersect(sight.room);
    let clicked = ui.input(|input| {
        let pointer = &input.pointer;
        let is_clicked = pointer.any_pressed() || pointer.any_click();
        pointer.interact_pos().filter(|_| is_clicked)
    });
    clicked.is_some_and(|at| {
        let layer = ui.ctx().layer_id_at(at);
        table.contains(at) && layer.is_none_or(|layer| layer == ui.layer_id())
    })
}

/// Shows a text field that a click elsewhere does not take the focus from where `keeps` says so.
fn keeping_focus<T>(ui: &Ui, keeps: bool, show: impl FnOnce() -> T) -> T {
    if !keeps {
        return show();
    }
    let options = |surrender| {
        ui.ctx().options_mut(|options| {
            std::mem::replace(&mut options.input_options.surrender_focus_on, surrender)
        })
    };
    let before = options(SurrenderFocusOn::Never);
    let shown = show();
    options(before);
    shown
}

/// The numbers of the rows, by which rows are selected and dragged.
fn numbers(
    ui: &mut Ui,
    state: &GridState,
    sight: &Sight,
    rows: std::ops::Range<usize>,
    range: Range,
    hits: &mut Vec<Hit>,
) {
    let Some(table) = &state.table else { return };
    let palette = Palette::of(ui);
    for row in rows {
        let top = sight.origin.y + state.edges.y[row];
        let bottom = sight.origin.y + state.edges.y[row + 1];
        let rect = Rect::from_x_y_ranges(sight.room.left()..=sight.fixed, top..=bottom);
        let is_selected = (range.first.row..=range.last.row).contains(&row);
        let fill = if is_selected {
            palette.accent_weak
        } else {
            palette.ground
        };
        let painter = ui.painter().with_clip_rect(sight.room);
        painter.rect_filled(rect, 0.0, fill);
        painter.hline(
            rect.x_range(),
            rect.bottom() - 0.5,
            Stroke::new(1.0, palette.line),
        );
        painter.vline(
            rect.right() - 0.5,
            rect.y_range(),
            Stroke::new(1.0, palette.line),
        );
        let number = table.rows[row].number;
        if number == 0 {
            continue;
        }
        let color = if is_selected {
            palette.accent
        } else {
            palette.text_faint
        };
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            number,
            text::small(),
            color,
        );
        let visible = rect.intersect(sight.room);
        let response = ui.interact(visible, ui.scope_id().with(("row", row)), POINTED);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::RowHeader, true, format!("选中第{number}行"))
        });
        let response = response.on_hover_text("单击选中整行，拖动可移动行");
        hits.push(Hit::Row(row, response));
    }
}

/// The frame around the cursor's cell.
fn outline(ui: &Ui, state: &GridState, sight: &Sight) {
    let Some(table) = &state.table else { return };
    let palette = Palette::of(ui);
    let frame = |spot: Spot, stroke: Stroke| {
        if let Some(cell) = table.at(spot) {
            let painter: Painter = ui.painter().with_clip_rect(sight.clip(cell));
            let rect = sight.rect(state, cell).shrink(1.0);
            Anchor::Cell.note(ui.ctx(), rect.intersect(sight.clip(cell)));
            painter.rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Inside);
        }
    };
    let color = if state.editor.has_focus() {
        palette.accent
    } else {
        palette.text_faint
    };
    frame(state.selection.cursor, Stroke::new(2.0, color));
}

fn take_hit(ui: &Ui, scene: &mut Scene<'_>, state: &mut GridState, sight: &Sight, hit: Hit) {
    let shift = ui.input(|input| input.modifiers.shift);
    match hit {
        Hit::Press(spot, response) => {
            if response.double_clicked() {
                state.asked.push(super::perform::GridAction::Open);
            } else if pressed(ui, &response, PointerButton::Primary) {
                let pressed_at = ui.input(|input| input.pointer.press_origin());
                let spot = pressed_at.map_or(spot, |at| sight.spot(state, at));
                select(scene, state, spot, shift);
                state.is_dragging = true;
            } else if pressed(ui, &response, PointerButton::Secondary) {
                let table = state.table.as_ref();
                let inside = table.is_some_and(|table| state.selection.range(table).contains(spot));
                if !inside {
                    select(scene, state, spot, false);
                }
            }
            menu::show(&response, state);
        }
        Hit::Row(row, response) => {
            let is_primary = pressed(ui, &response, PointerButton::Primary);
            if is_primary || pressed(ui, &response, PointerButton::Secondary) {
                let table = state.table.as_ref();
                let inside = table.is_some_and(|table| {
                    let range = state.selection.range(table);
                    state.selection.is_whole_rows(table)
                        && (range.first.row..=range.last.row).contains(&row)
                });
                if !inside || shift && is_primary {
                    select_row(scene, state, row, shift && is_primary);
                }
            }
            if response.dragged() {
                state.dragged_rows = true;
            }
            menu::show(&response, state);
        }
    }
}

fn pressed(ui: &Ui, response: &Response, button: PointerButton) -> bool {
    response.contains_pointer() && ui.input(|input| input.pointer.button_pressed(button))
}

fn select(scene: &mut Scene<'_>, state: &mut GridState, spot: Spot, extend: bool) {
    state.finish(scene.send);
    state.selection.cursor = spot;
    if !extend {
        state.selection = Selection::at(spot);
    }
    state.summary = None;
    state.editor.want_focus();
}

fn select_row(scene: &mut Scene<'_>, state: &mut GridState, row: usize, extend: bool) {
    state.finish(scene.send);
    let columns = state.table.as_ref().map_or(1, |table| table.columns.len());
    let anchor = if extend {
        state.selection.anchor.row
    } else {
        row
    };
    // The name rather than the merged captions: those would select their whole block.
    let first = state
        .table
        .as_ref()
        .map_or(0, |table| table.first_own_column());
    state.selection = Selection {
        cursor: Spot { row, column: first },
        anchor: Spot {
            row: anchor,
            column: columns - 1,
        },
    };
    state.summary = None;
    state.editor.want_focus();
}

/// A range drawn with the pointer, and rows dragged to another place.
fn drag(ui: &Ui, scene: &mut Scene<'_>, state: &mut GridState, sight: &Sight) {
    let pointer = ui.ctx().pointer_interact_pos();
    let is_down = ui.input(|input| input.pointer.primary_down());
    let Some(at) = pointer else { return };
    if state.is_dragging {
        if !is_down {
            state.is_dragging = false;
        // By the step since the last frame: a speed would need several frames within a moment, which slow machines do not draw.
        } else if ui.input(|input| input.pointer.delta() != Vec2::ZERO) {
            let spot = sight.spot(state, at.clamp(sight.room.min, sight.room.max));
            if spot != state.selection.cursor && !state.editor.is_open() {
                state.selection.cursor = spot;
                state.summary = None;
                state.shows_cursor = true;
            }
        }
    }
    if state.dragged_rows {
        drop_line(ui, scene, state, sight, at, is_down);
    }
}

fn drop_line(
    ui: &Ui,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    sight: &Sight,
    at: egui::Pos2,
    is_down: bool,
) {
    let Some(table) = &state.table else { return };
    let y = at.y - sight.origin.y;
    let edges = &state.edges.y;
    let near = edges.partition_point(|edge| *edge < y);
    let above = near.saturating_sub(1);
    let middle = (edges[above] + edges[near.min(edges.len() - 1)]) / 2.0;
    let target = if y < middle { above } else { near };
    let line = sight.origin.y + edges[target.min(edges.len() - 1)];
    let stroke = Stroke::new(2.0, Palette::of(ui).accent);
    ui.painter()
        .with_clip_rect(sight.room)
        .hline(sight.room.x_range(), line, stroke);
    ui.set_cursor_icon(CursorIcon::Grabbing);
    if is_down {
        return;
    }
    let rows = change::rows(table, state.selection);
    if let Some(command) = change::drop_rows(table, rows, target) {
        scene.send.edit(command);
    }
    state.dragged_rows = false;
}
