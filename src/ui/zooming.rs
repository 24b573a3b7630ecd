//! The size of everything in the window, by Ctrl and the wheel.

use egui::{Context, Event, MouseWheelUnit};

use super::{
    action::Action,
    app::{App, ZOOM_STEP},
    desk::Page,
};

impl App {
    pub(super) fn take_zoom(&mut self, ctx: &Context) {
        // egui spreads a turn of the wheel over many frames; here a notch of it is one step, and so is as much of a touchpad.
        let turned: f32 = ctx.input(|input| input.events.iter().map(zoom_steps).sum());
        self.zoom_turned += turned;
        let steps = self.zoom_turned.trunc();
        self.zoom_turned -= steps;
        if steps == 0.0 {
            return;
        }
        if self.position.page == Page::Preview && self.views.pages.preview.takes_zoom() {
            let preview = self.settings.preview;
            let action = self.views.pages.preview.zoomed(preview, steps);
            self.send.send(Action::Print(action));
        } else {
            self.zoom_by(ZOOM_STEP * steps as i32);
        }
    }
}

/// How many steps of the zoom an event means, in parts of a step.
fn zoom_steps(event: &Event) -> f32 {
    /// As far as most mice turn in one notch, in points.
    const NOTCH: f32 = 50.0;
    match event {
        Event::MouseWheel {
            unit,
            delta,
            modifiers,
            ..
        } if modifiers.command => match unit {
            MouseWheelUnit::Point => delta.y / NOTCH,
            MouseWheelUnit::Line | MouseWheelUnit::Page => delta.y,
        },
        Event::Zoom(factor) => (factor - 1.0) * 100.0 / ZOOM_STEP as f32,
        _ => 0.0,
    }
}
