//! Dragging a project to another place.

use egui::{Rangef, Rect, Stroke, Ui};

use super::row;
use crate::{
    edit::command::EditCommand,
    model::{id::Id, project::Project},
    ui::theme::Palette,
};

/// How near to the edge of the list the pointer makes it scroll, in points.
const EDGE: f32 = 24.0;

/// A project on its way.
pub struct Drag {
    project: Id<Project>,
    /// The row it was taken from.
    from: usize,
    /// The row before which it would be put down.
    before: usize,
}

impl Drag {
    /// The project in this row is taken up.
    pub fn of(project: Id<Project>, from: usize) -> Self {
        Self {
            project,
            from,
            before: from,
        }
    }

    /// Follows the pointer and draws where the project would be put down; returns whether it was put down.
    pub fn follow(&mut self, ui: &Ui, top: f32, width: Rangef, rows: usize) -> bool {
        if let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) {
            let line = ((pointer.y - top) / row::HEIGHT).round().max(0.0) as usize;
            self.before = line.min(rows);
        }
        let y = top + row::HEIGHT * self.before as f32;
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().hline(width.shrink(4.0), y, stroke);
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        ui.input(|input| !input.pointer.any_down())
    }

    /// What puts the project down; `None` where that is its own place.
    pub fn command(self) -> Option<EditCommand> {
        // Places count without the project itself.
        let index = if self.before > self.from {
            self.before - 1
        } else {
            self.before
        };
        (index != self.from).then_some(EditCommand::MoveProject {
            project: self.project,
            index,
        })
    }

    /// Lets the list scroll while the pointer stands at its edge.
    pub fn scroll_at_edges(&self, ui: &Ui, list: Rect) {
        let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else {
            return;
        };
        let step = if pointer.y < list.top() + EDGE {
            8.0
        } else if pointer.y > list.bottom() - EDGE {
            -8.0
        } else {
            return;
        };
        ui.scroll_with_delta(egui::vec2(0.0, step));
        ui.ctx().request_repaint();
    }
}
