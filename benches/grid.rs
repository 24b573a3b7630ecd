//! The window without a GPU: what the program itself costs per frame.
//!
//! A frame of the indicator grid with 10,000 rows against one with 100 rows: only visible rows may cost. And re-checking and
//! redrawing after one edit in a document of 200 projects of 100 rows, against a frame in which nothing changed.

mod drawn;
mod large;
mod stopwatch;

use std::process::ExitCode;

use drawn::{Drawn, told};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};

/// 10,000 rows against 100.
const ROWS_LIMIT: f64 = 1.5;
/// An edit against a frame in which nothing changed.
const EDIT_LIMIT: f64 = 6.0;

fn main() -> ExitCode {
    let few = grid(1, 100).frame_time();
    let many = grid(1, 10_000).frame_time();
    let rows = told("10,000 rows", many, "100 rows", few, ROWS_LIMIT);
    let mut grid = grid(200, 100);
    let still = grid.frame_time();
    let edit = grid.edit_time();
    let edits = told(
        "an edit in 200 × 100",
        edit,
        "a frame without",
        still,
        EDIT_LIMIT,
    );
    if rows && edits {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn grid(projects: usize, rows: usize) -> Drawn {
    let document = large::document(large::FILED, projects, rows);
    Drawn::new(&document, vec2(1366.0, 768.0), turning_the_wheel)
}

/// The wheel turns a little, down and up again.
fn turning_the_wheel(time: f64) -> Vec<Event> {
    let turn = if (time * 60.0) as i64 % 2 == 0 {
        40.0
    } else {
        -40.0
    };
    vec![
        Event::PointerMoved(pos2(600.0, 400.0)),
        Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, turn),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        },
    ]
}
