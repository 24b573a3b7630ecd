//! The program with a document, drawn into nothing: what it costs by itself, without a GPU.

use std::{io, path::Path, sync::Arc, time::Duration};

use egui::{Context, Event, RawInput, Rect, Vec2, pos2};
use jiff::{civil::date, tz::TimeZone};
use jiping::{
    edit::command::EditCommand,
    model::{
        document::Document,
        path::{IndicatorField, Place},
    },
    session::environment::{Environment, FixedClock},
    sheet::fonts::Face,
    store::{format, simulated::SimulatedFs},
    ui::{
        action::Action,
        app::App,
        files::{FileAnswer, FileDialogs, FileRequest},
    },
};

use super::stopwatch::{median, timed};

const FRAMES: usize = 60;

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

    fn faces(&self) -> Vec<Face> {
        Vec::new()
    }
}

/// The program.
pub struct Drawn {
    pub app: App,
    ctx: Context,
    size: Vec2,
    /// What the pointer does in the frame at this time, in seconds.
    pointer: fn(f64) -> Vec<Event>,
    time: f64,
}

impl Drawn {
    /// A window of a size with a document, over which the pointer moves.
    pub fn new(document: &Document, size: Vec2, pointer: fn(f64) -> Vec<Event>) -> Self {
        let fs = SimulatedFs::new();
        fs.put("/form.jiping", format::write(document));
        let now = date(2021, 3, 5).at(9, 0, 0, 0).to_zoned(TimeZone::UTC);
        let clock = Arc::new(FixedClock::new(now.expect("a time")));
        let environment = Arc::new(Environment::for_tests(&fs, clock, 1));
        let ctx = Context::default();
        let mut app = App::new(&ctx, environment, Arc::new(NoDialogs));
        app.open("/form.jiping".as_ref());
        let mut drawn = Self {
            app,
            ctx,
            size,
            pointer,
            time: 0.0,
        };
        drawn.settle();
        drawn
    }

    /// Fonts are loaded and texts measured once.
    pub fn settle(&mut self) {
        for _ in 0..10 {
            self.frame();
        }
    }

    fn frame(&mut self) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size)),
            time: Some(self.time),
            events: (self.pointer)(self.time),
            ..RawInput::default()
        };
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| app.ui(ui));
        let shapes = output.shapes.clone();
        let scale = output.pixels_per_point;
        output.drop_without_applying_deltas();
        std::hint::black_box(self.ctx.tessellate(shapes, scale));
    }

    /// How long a frame takes.
    pub fn frame_time(&mut self) -> Duration {
        median((0..FRAMES).map(|_| timed(|| self.frame())).collect())
    }

    /// How long it takes until a cell of the shown project is changed, everything checked again, and drawn.
    pub fn edit_time(&mut self) -> Duration {
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

/// Prints what took how long; whether the ratio is within the limit.
pub fn told(ours: &str, time: Duration, theirs: &str, against: Duration, limit: f64) -> bool {
    let ratio = time.as_secs_f64() / against.as_secs_f64();
    println!("{ours} {time:.2?}, {theirs} {against:.2?}, ratio {ratio:.2} (limit {limit})");
    ratio <= limit
}
