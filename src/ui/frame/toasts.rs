//! What is said in passing: at the bottom left, four seconds, and readable afterwards in the list.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, Stroke, vec2};

use crate::ui::{
    command::UiCommand,
    icons,
    scene::Scene,
    theme::{CARD_RADIUS, Palette, space},
    widgets::button,
};

/// How long a toast stands, in seconds.
const SECONDS: f64 = 4.0;
/// How many are kept to be read afterwards.
const KEPT: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Good,
    Warning,
}

/// Something said.
struct Toast {
    text: String,
    tone: Tone,
    undoable: bool,
    /// When it was first drawn, in the window's seconds.
    since: Option<f64>,
}

/// What was said, newest last.
#[derive(Default)]
pub struct Toasts(Vec<Toast>);

impl Toasts {
    /// Says something.
    pub fn say(&mut self, text: String) {
        self.push(text, Tone::Plain, false);
    }

    /// Says that something went well.
    pub fn done(&mut self, text: String) {
        self.push(text, Tone::Good, false);
    }

    /// Says that something was not done, or not as one might think.
    pub fn warn(&mut self, text: String) {
        self.push(text, Tone::Warning, false);
    }

    /// Says that something was done that can be taken back at once.
    pub fn undoable(&mut self, text: String) {
        self.push(text, Tone::Good, true);
    }

    fn push(&mut self, text: String, tone: Tone, undoable: bool) {
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(Toast {
            text,
            tone,
            undoable,
            since: None,
        });
    }

    /// Everything said, newest first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().rev().map(|toast| toast.text.as_str())
    }

    /// Draws what stands now.
    pub fn show(&mut self, ctx: &Context, scene: &mut Scene<'_>) {
        let now = ctx.time();
        for toast in &mut self.0 {
            toast.since.get_or_insert(now);
        }
        let stands = |toast: &Toast| {
            toast
                .since
                .is_some_and(|since| now < since + duration(toast))
        };
        let last = self.0.iter().rposition(stands);
        let Some(toast) = last.and_then(|index| self.0.get_mut(index)) else {
            return;
        };
        let until = toast.since.unwrap_or(now) + duration(toast);
        ctx.request_repaint_after(Duration::from_secs_f64((until - now).max(0.05)));
        if draw(ctx, toast, scene) {
            toast.since = Some(f64::MIN);
        }
    }
}

/// Longer texts stand longer.
fn duration(toast: &Toast) -> f64 {
    SECONDS.max(toast.text.chars().count() as f64 / 8.0)
}

/// Draws a toast; returns whether it was dismissed.
fn draw(ctx: &Context, toast: &Toast, scene: &mut Scene<'_>) -> bool {
    let palette = Palette::of_context(ctx);
    let (icon, color) = match toast.tone {
        Tone::Plain => (icons::INFO, palette.hint),
        Tone::Good => (icons::CHECK_CIRCLE, palette.good),
        Tone::Warning => (icons::WARNING, palette.warning),
    };
    let frame = Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::symmetric(12, 8));
    let mut dismissed = false;
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::LEFT_BOTTOM, vec2(space::L, -space::XL * 2.0))
        .show(ctx, |ui| {
            frame.show(ui, |ui| {
                ui.set_max_width(440.0);
                ui.horizontal(|ui| {
                    ui.label(RichText::new(icon).size(18.0).color(color));
                    ui.add(egui::Label::new(&toast.text).wrap());
                    if toast.undoable && button::quiet(ui, "撤销").clicked() {
                        scene.send.command(UiCommand::Undo);
                        dismissed = true;
                    }
                    if button::icon(ui, icons::X, "不再显示这条提示").clicked() {
                        dismissed = true;
                    }
                });
            });
        });
    dismissed
}
