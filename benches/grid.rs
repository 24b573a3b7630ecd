//! The window without a GPU: what the program itself costs per frame.
//!
//! A frame of the indicator grid with 10,000 rows against one with 100 rows: only visible rows may cost. And re-checking and
//! redrawing after one edit in a document of 200 projects of 100 rows, against a frame in which nothing changed.

mod large;
mod stopwatch;

use std::{io, path::Path, process::ExitCode, sync::Arc, time::Duration};

use egui::{
    Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2,
    vec2,
};
use jiff::{civil::date, tz::TimeZone};
use jiping::{
    edit::command::EditCommand,
    model::path::{IndicatorField, Place},
    session::environment::{Environment, FixedClock},
    store::{format, simulated::SimulatedFs},
    ui::{
        action::Action,
        app::App,
        files::{FileAnswer, FileDialogs, FileRequest},
    },
};
use stopwatch::{median, timed};

const FRAMES: usize = 60;
/// 10,000 rows against 100.
const ROWS_LIMIT: f64 = 1.5;
/// An edit against a frame in which nothing changed.
const EDIT_LIMIT: f64 = 6.0;

fn main() -> ExitCode {
    let few = Desk::new(1, 100).frame_time();
    let many = Desk::new(1, 10_000).frame_time();
    let rows = told("10,000 rows", many, "100 rows", few, ROWS_LIMIT);
    let mut desk = Desk::new(200, 100);
    let still = desk.frame_time();
    let edit = desk.edit_time();
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

fn told(ours: &str, time: Duration, theirs: &str, against: Duration, limit: f64) -> bool {
    let ratio = time.as_secs_f64() / against.as_secs_f64();
    println!("{ours} {time:.2?}, {theirs} {against:.2?}, ratio {ratio:.2} (limit {limit})");
    ratio <= limit
}

/// Nobody is asked for files here.
struct NoDialogs;

impl FileDialogs for NoDialogs {
    fn ask(&self, _: &FileRequest) -> FileAnswer {
        FileAnswer::Cancelled
    }

    fn open_window(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn open_with_system(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn faces(&self) -> Vec<jiping::sheet::fonts::Face> {
        Vec::new()
    }
}

/// The program with a document, drawn into nothing.
struct Desk {
    ctx: Context,
    app: App,
    time: f64,
}

impl Desk {
    fn new(projects: usize, rows: usize) -> Self {
        let fs = SimulatedFs::new();
        let document = large::document(large::FILED, projects, rows);
        fs.put("/large.jiping", format::write(&document));
        let now = date(2021, 3, 5).at(9, 0, 0, 0).to_zoned(TimeZone::UTC);
        let clock = Arc::new(FixedClock::new(now.expect("a time")));
        let environment = Arc::new(Environment::for_tests(&fs, clock, 1));
        let ctx = Context::default();
        let mut app = App::new(&ctx, environment, Arc::new(NoDialogs));
        app.open("/large.jiping".as_ref());
        let mut desk = Self {
            ctx,
            app,
            time: 0.0,
        };
        // Fonts are loaded and texts measured once.
        for _ in 0..10 {
            desk.frame();
        }
        desk
    }

    /// Draws a frame in which the wheel turns a little, down and up again.
    fn frame(&mut self) {
        self.time += 1.0 / 60.0;
        let turn = if (self.time * 60.0) as i64 % 2 == 0 {
            40.0
        } else {
            -40.0
        };
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1366.0, 768.0))),
            time: Some(self.time),
            events: vec![
                Event::PointerMoved(pos2(600.0, 400.0)),
                Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta: vec2(0.0, turn),
                    phase: TouchPhase::Move,
                    source: MouseWheelSource::Wheel,
                    modifiers: Modifiers::NONE,
                },
            ],
            ..RawInput::default()
        };
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| app.ui(ui));
        let shapes = output.shapes.clone();
        let scale = output.pixels_per_point;
        output.drop_without_applying_deltas();
        std::hint::black_box(self.ctx.tessellate(shapes, scale));
    }

    fn frame_time(&mut self) -> Duration {
        median((0..FRAMES).map(|_| timed(|| self.frame())).collect())
    }

    /// A cell of the shown project is changed, everything is checked again and drawn.
    fn edit_time(&mut self) -> Duration {
        let shown = self.app.position().project;
        let desk = self.app.desk().expect("a document");
        let project = Arc::clone(desk.project(shown).expect("a project"));
        let row = project.rows().nth(3).expect("a row").indicator.id;
        let at = project.at(Place::Indicator(row, IndicatorField::Actual));
        let times = (0..FRAMES).map(|number| {
            timed(|| {
                self.app.send(Action::Edit(EditCommand::SetCell {
                    at: at.clone(),
                    text: number.to_string(),
                }));
                self.frame();
            })
        });
        median(times.collect())
    }
}
