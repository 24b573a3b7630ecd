//! The chart page of a document with 200 projects against one with 5, without a GPU: what the program itself costs per frame,
//! and what it costs to make the charts anew after an edit.

mod drawn;
mod large;
mod stopwatch;

use std::process::ExitCode;

use drawn::{Drawn, told};
use egui::{Event, pos2, vec2};
use jiping::ui::{action::Action, desk::Page};

/// A frame with 200 projects against one with 5. Forty times as many marks are drawn, each a few triangles.
const FRAME_LIMIT: f64 = 3.0;
/// An edit on the chart page with 200 projects against the same edit on a page without charts.
const EDIT_LIMIT: f64 = 3.0;

fn main() -> ExitCode {
    let few = charts(5).frame_time();
    let mut many = charts(200);
    let time = many.frame_time();
    let frames = told("charts of 200 projects", time, "of 5", few, FRAME_LIMIT);
    let with = many.edit_time();
    many.app.send(Action::ShowPage(Page::Funds));
    many.settle();
    let without = many.edit_time();
    let edits = told(
        "an edit with charts",
        with,
        "one without",
        without,
        EDIT_LIMIT,
    );
    if frames && edits {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The chart page, as high as it is: all charts are in sight.
fn charts(projects: usize) -> Drawn {
    let document = large::document(large::FILED, projects, 100);
    let mut drawn = Drawn::new(&document, vec2(1366.0, 2000.0), over_the_charts);
    drawn.app.send(Action::ShowPage(Page::Charts));
    drawn.settle();
    drawn
}

fn over_the_charts(time: f64) -> Vec<Event> {
    let sway = (time * 60.0) as f32 % 200.0;
    vec![Event::PointerMoved(pos2(400.0 + sway, 900.0))]
}
