//! The program in its window, guarded: a panic in a frame or a lost graphics device ends the window, not the work.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use egui::{Context, Ui, ViewportCommand};

use super::{fault::Fault, renderers, rescue};
use crate::{store::settings::WindowPlace, ui::app::App};

/// If this environment variable is set, the program says `first frame` on standard output once its first frame is on the
/// screen: for measuring.
pub const PROBE_VARIABLE: &str = "JIPING_PROBE";

/// Why a window ended before the person closed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The graphics device is gone or fails, with its own words.
    Lost(String),
    /// The program panicked while drawing.
    Panicked,
}

/// What is known of a window, also when it has gone down with a panic.
#[derive(Debug, Default)]
pub struct Watch(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    trouble: Option<Trouble>,
    file: Option<PathBuf>,
}

impl Watch {
    /// What went wrong first.
    pub fn trouble(&self) -> Option<Trouble> {
        self.seen().trouble.clone()
    }

    /// The file of the document that was open last.
    pub fn file(&self) -> Option<PathBuf> {
        self.seen().file.clone()
    }

    fn note(&self, trouble: Trouble) {
        self.seen().trouble.get_or_insert(trouble);
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The program with its guard.
pub struct Guard {
    app: App,
    watch: Arc<Watch>,
    /// For the fault that loses it.
    device: Option<eframe::wgpu::Device>,
    frames: u64,
}

impl Guard {
    /// Guards `app` in the window that is being created.
    pub fn new(app: App, creation: &eframe::CreationContext<'_>, watch: Arc<Watch>) -> Self {
        let state = creation.wgpu_render_state.as_ref();
        if let Some(state) = state {
            let (watch, ctx) = (Arc::clone(&watch), creation.egui_ctx.clone());
            renderers::watch(state, move |words| {
                watch.note(Trouble::Lost(words));
                ctx.request_repaint();
            });
        }
        Self {
            app,
            watch,
            device: state.map(|state| state.device.clone()),
            frames: 0,
        }
    }

    fn frame(&mut self, ui: &mut Ui) {
        if ui.input(|input| input.viewport().close_requested()) {
            self.note_window(ui.ctx());
        }
        if Fault::Panic.strikes_at(self.app.has_unsaved()) {
            panic!("asked for by {}", super::fault::FAULT_VARIABLE);
        }
        self.app.ui(ui);
        rescue::remember(self.app.recovery_job());
        let session = self.app.desk().map(|desk| &desk.session);
        self.watch.seen().file = session.and_then(|session| session.path()).map(Into::into);
    }

    /// Loses the device if a test asked for that.
    fn lose_device(&self) {
        if let Some(device) = &self.device
            && Fault::DeviceLost.strikes_at(self.app.has_unsaved())
        {
            device.destroy();
            // The callback comes with the next look at the device, as after a real loss.
            let _said_by_the_callback = device.poll(eframe::wgpu::PollType::Poll);
        }
    }

    /// Remembers where the window is, for the next start.
    fn note_window(&mut self, ctx: &Context) {
        let zoom = ctx.zoom_factor();
        let place = ctx.input(|input| {
            let viewport = input.viewport();
            let (inner, outer) = (viewport.inner_rect?, viewport.outer_rect?);
            Some(WindowPlace {
                x: (outer.min.x * zoom).round() as i32,
                y: (outer.min.y * zoom).round() as i32,
                width: (inner.width() * zoom).round() as u32,
                height: (inner.height() * zoom).round() as u32,
                maximised: viewport.maximized.unwrap_or(false),
            })
        });
        let before = self.app.settings.window;
        self.app.settings.window = match (place, before) {
            // The size before the window filled the screen is what it goes back to.
            (Some(place), Some(before)) if place.maximised => Some(WindowPlace {
                maximised: true,
                ..before
            }),
            (Some(place), _) => Some(place),
            (None, before) => before,
        };
    }
}

impl eframe::App for Guard {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.frames += 1;
        if std::env::var_os(PROBE_VARIABLE).is_some() {
            match self.frames {
                1 => ui.ctx().request_repaint(),
                2 => println!("first frame"),
                _ => {}
            }
        }
        self.lose_device();
        if self.watch.trouble().is_none()
            && catch_unwind(AssertUnwindSafe(|| self.frame(ui))).is_err()
        {
            self.watch.note(Trouble::Panicked);
            ui.ctx().request_repaint();
        }
        if self.watch.trouble().is_some() {
            // The program is not asked any more: it might want to ask about unsaved changes.
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn raw_input_hook(&mut self, ctx: &Context, input: &mut egui::RawInput) {
        if Fault::PanicOutside.strikes_at(self.app.has_unsaved()) {
            panic!("asked for by {}", super::fault::FAULT_VARIABLE);
        }
        eframe::App::raw_input_hook(&mut self.app, ctx, input);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.app.let_go_of_file();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        eframe::App::clear_color(&self.app, visuals)
    }
}
