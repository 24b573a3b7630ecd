//! What is asked in front of everything else. One dialog is a struct in a file of its own; the frame around it, Esc and the
//! veil are here.

pub mod about;
pub mod adjustment;
pub mod approve;
pub mod batch_funds;
mod choosing;
pub mod cleanup;
pub mod conflict;
pub mod history;
pub mod keys;
pub mod message;
pub mod messages;
pub mod name;
pub mod new;
pub mod note;
pub mod open_other;
pub mod palette;
pub mod paste;
pub mod path;
pub mod recover;
pub mod set_aside;
pub mod unsaved;

use egui::{Align, Context, Id, Key, Layout, Margin, Modal, Ui};

use super::{
    scene::Scene,
    theme::{self, Palette, space},
};

/// What becomes of a dialog after a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It stays.
    Open,
    /// It goes; whatever it wanted stands in the outbox.
    Close,
}

/// A dialog.
pub trait Dialog {
    /// Its title.
    fn title(&self) -> String;

    /// How wide it is, in points.
    fn width(&self) -> f32 {
        480.0
    }

    /// Its content, buttons included.
    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome;

    /// Whether Esc and a click beside it close it. `false` while an input method composes in it, or where nothing may be
    /// decided by accident.
    fn may_escape(&self) -> bool {
        true
    }
}

/// Shows a dialog in front of everything.
pub fn show(ctx: &Context, dialog: &mut dyn Dialog, scene: &mut Scene<'_>) -> Outcome {
    let palette = Palette::of_context(ctx);
    let frame = egui::Frame::new()
        .fill(palette.raised)
        .stroke(egui::Stroke::new(1.0, palette.line))
        .corner_radius(theme::CARD_RADIUS)
        .inner_margin(Margin::same(20));
    let room = ctx.content_rect().size();
    let modal = Modal::new(Id::unique(("dialog", dialog.title())))
        .frame(frame)
        .backdrop_color(palette.veil)
        .show(ctx, |ui| {
            ui.set_width(dialog.width().min(room.x - 64.0));
            ui.set_max_height(room.y - 96.0);
            ui.label(egui::RichText::new(dialog.title()).font(theme::text::section()));
            ui.add_space(space::S);
            dialog.ui(ui, scene)
        });
    // Composing with an input method, Esc ends the composition and nothing else.
    let escapes = modal.should_close() && dialog.may_escape() && !is_composing(ctx);
    if escapes { Outcome::Close } else { modal.inner }
}

/// Whether an input method is composing: keys then belong to it.
pub fn is_composing(ctx: &Context) -> bool {
    ctx.input(|input| {
        input.events.iter().any(|event| {
            matches!(event, egui::Event::Ime(egui::ImeEvent::Preedit { text, .. }) if !text.is_empty())
        })
    })
}

/// The row of buttons at the foot: at the right, the one that does it first from the right.
pub fn buttons<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::M);
    // As high as a button: alone, a layout from the right would take all the height there is.
    let row = egui::vec2(ui.available_width(), theme::HIT);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), content)
        .inner
}

/// Whether Enter was pressed and nothing that takes it holds the focus.
pub fn is_confirmed(ui: &Ui) -> bool {
    !is_composing(ui.ctx()) && ui.input(|input| input.key_pressed(Key::Enter))
}
