//! The indicator grid: the edition's own table, typed into as in Excel.
//!
//! The selected cell always holds a focused, transparent text field, so that an input method gets the first key; keys that
//! move are taken before it. Only visible rows are drawn.
//!
//! | module | what it is |
//! |---|---|
//! | [`table`] | rows, columns and merged cells, from the printed form |
//! | [`measure`] | widths and heights, remembered |
//! | [`selection`] | the cursor, the range, and how keys move them |
//! | [`keys`] | which keys the grid takes when |
//! | [`editor`] | the text field of the selected cell |
//! | [`body`], [`cell`], [`edge`] | drawing: the rows that scroll, a cell, captions and total |
//! | [`change`] | commands made from what is selected |
//! | [`reasons`] | one reason for several rows |
//! | [`pick`], [`summary`] | lists to choose from; sum and average of what is selected |
//! | [`menu`] | the context menu |
//! | [`perform`] | what keys and menus do |

mod body;
mod cell;
pub mod change;
mod edge;
mod editor;
mod keys;
mod measure;
mod menu;
mod perform;
mod pick;
mod reasons;
mod selection;
mod summary;
mod table;

use std::collections::HashMap;

use egui::{Rect, Ui};

use self::{
    change::Computed,
    editor::Editor,
    measure::{Edges, Ruler},
    perform::GridAction,
    pick::List,
    selection::Selection,
    table::{GridTable, Spot},
};
use super::{
    action::Outbox,
    command::UiCommand,
    scene::{Scene, Shown},
};
use crate::{edit::command::EditCommand, model::path::Place};

/// What the grid remembers.
#[derive(Default)]
pub struct GridState {
    table: Option<GridTable>,
    computed: HashMap<Place, Computed>,
    ruler: Ruler,
    /// Widths that the person gave columns, by their index.
    widths: HashMap<usize, f32>,
    /// The edges as last computed, and what they were computed for.
    edges: Edges,
    edges_for: Option<(f32, f32, HashMap<usize, u32>)>,
    selection: Selection,
    /// Where the cursor is to be once rows were inserted: in the first of them.
    inserted_at: Option<Spot>,
    editor: Editor,
    /// Whether the cursor is to be scrolled into sight.
    shows_cursor: bool,
    /// How the body was scrolled when it was last drawn.
    offset: egui::Vec2,
    /// How many rows fit into sight.
    page: usize,
    /// Whether the pointer is drawing a range.
    is_dragging: bool,
    /// Rows that are being dragged to another place.
    dragged_rows: bool,
    /// What can be picked for the cursor's cell, while it is shown.
    list: Option<List>,
    /// What is selected, in words.
    summary: Option<String>,
    /// What menus and commands asked for since the last frame.
    asked: Vec<GridAction>,
}

impl GridState {
    /// Whether a cell is being edited.
    pub fn is_editing(&self) -> bool {
        self.editor.is_open()
    }

    /// Whether the grid holds the focus.
    pub fn has_focus(&self) -> bool {
        self.editor.has_focus()
    }

    /// What is selected, in words, where it is more than a cell.
    pub fn selection_in_words(&self) -> Option<&str> {
        self.summary.as_deref()
    }

    /// What was typed and is not the document's yet, as the change that it will be.
    pub fn draft(&self) -> Option<EditCommand> {
        self.editor.draft()
    }

    /// Closes the cell and returns what was typed as a change.
    pub fn take_draft(&mut self) -> Option<EditCommand> {
        self.list = None;
        self.editor.take()
    }

    /// Takes what was typed into the document.
    pub fn finish(&mut self, send: &mut Outbox) {
        if let Some(command) = self.editor.take() {
            send.edit(command);
        }
    }

    /// Takes the focus in the next frame.
    pub fn want_focus(&mut self) {
        self.editor.want_focus();
    }

    /// Does a command of the grid's in the next frame.
    pub fn ask(&mut self, command: UiCommand) {
        self.asked.extend(GridAction::of(command));
    }

    /// Brings the table up to date with the project.
    fn follow(&mut self, shown: &Shown) {
        if self.table.as_ref().is_some_and(|table| table.is_of(shown)) {
            return;
        }
        let before = self.table.take();
        let table = GridTable::new(shown);
        // Those of another edition are those of other columns.
        if before
            .as_ref()
            .is_some_and(|before| before.edition().id != table.edition().id)
        {
            self.widths.clear();
        }
        // The cursor stays with its cell when rows above it come or go.
        if let Some(before) = before.filter(|before| before.project().id == shown.project.id) {
            let place = before
                .at(self.selection.cursor)
                .and_then(|cell| cell.at.clone());
            let is_single = self.selection.cursor == self.selection.anchor;
            if let Some(spot) = self.inserted_at {
                self.selection = Selection::at(spot);
                self.shows_cursor = true;
            } else if is_single
                && let Some(place) = place
                && let Some(cell) = table.at(self.selection.cursor)
                && cell.at.as_ref() != Some(&place)
                && let Some(spot) = table.find(&place)
            {
                self.selection = Selection::at(spot);
            }
        } else {
            self.selection = Selection::at(table.first_to_fill());
            self.shows_cursor = true;
        }
        self.selection.clamp(&table);
        let score = shown.facts.score.as_deref();
        self.computed = score
            .map(|score| change::computed(&shown.project, score))
            .unwrap_or_default()
            .into_iter()
            .map(|one| (one.at.clone(), one))
            .collect();
        self.table = Some(table);
        self.edges_for = None;
        self.summary = None;
    }

    /// Goes where the person was sent: a cell takes the focus; for a field of the total row its column comes into sight, and
    /// the field takes the target itself.
    fn go_to_target(&mut self, scene: &mut Scene<'_>, shown: &Shown) {
        let Some(table) = &self.table else { return };
        let Some(target) = scene.position.target.as_ref() else {
            return;
        };
        if target.project != shown.project.id {
            return;
        }
        if let Some(spot) = table.find(&target.place) {
            scene.position.target = None;
            self.finish(scene.send);
            self.selection = Selection::at(spot);
            self.editor.want_focus();
        } else if let Some(column) = edge::column_of(table, &target.place) {
            self.finish(scene.send);
            self.selection.cursor.column = column;
            self.selection = Selection::at(self.selection.cursor);
        }
        self.shows_cursor = true;
    }

    /// The edges for a room of this width; computed when something changed.
    fn lay_out(&mut self, ui: &Ui, room: f32) {
        let own: HashMap<usize, u32> = self
            .widths
            .iter()
            .map(|(index, width)| (*index, width.to_bits()))
            .collect();
        let wanted = Some((room, ui.ctx().pixels_per_point(), own));
        if self.edges_for == wanted {
            return;
        }
        let Some(table) = &self.table else { return };
        let widths = self.ruler.columns(table, &self.widths, room);
        self.edges = self.ruler.edges(ui, table, &widths);
        self.edges_for = wanted;
    }
}

/// Draws the grid. `is_free` says that no dialog is in front, so that the grid may take the focus.
pub fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut GridState,
    is_free: bool,
) {
    state.follow(shown);
    state.go_to_target(scene, shown);
    perform::take_keys(ui, shown, scene, state);
    let outer = ui.available_rect_before_wrap();
    state.lay_out(ui, outer.width() - measure::NUMBERS - 14.0);
    let head = edge::head_height(ui, state);
    let total = edge::TOTAL;
    let body = Rect::from_min_max(
        outer.min + egui::vec2(0.0, head),
        egui::pos2(outer.right(), outer.bottom() - total),
    );
    ui.allocate_rect(outer, egui::Sense::hover());
    body::show(ui, shown, scene, state, body, is_free);
    let room = Rect::from_x_y_ranges(outer.x_range(), outer.top()..=body.top());
    edge::head(ui, state, room);
    let room = Rect::from_x_y_ranges(outer.x_range(), body.bottom()..=outer.bottom());
    edge::total(ui, shown, scene, state, room);
    // Nothing else here could take it.
    scene.position.target = None;
    note_cursor(shown, scene, state);
    if state.editor.has_more() || !state.asked.is_empty() {
        ui.ctx().request_repaint();
    }
}

/// Tells the rest of the window where the cursor is.
fn note_cursor(shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState) {
    let Some(table) = &state.table else { return };
    if state.summary.is_none() {
        state.summary = summary::of(table, state.selection);
    }
    if state.editor.has_focus() {
        let path = table.path(state.selection.cursor);
        // A finding may be about a field that shares the cell: it stays the one looked at.
        let is_same = |at: &crate::model::path::CellPath| {
            at.project == shown.project.id
                && table.find(&at.place).is_some_and(|spot| {
                    table.index_at(spot) == table.index_at(state.selection.cursor)
                })
        };
        if !scene.position.cell.as_ref().is_some_and(is_same) {
            scene.position.cell = path;
        }
    }
}
