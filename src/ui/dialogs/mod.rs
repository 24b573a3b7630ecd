//! What is asked in front of everything else. One dialog is a struct in a file of its own; the frame around it, Esc and the
//! veil are here.

pub mod about;
pub mod adjustment;
pub mod approve;
pub mod batch_funds;
pub mod budget;
pub mod change_edition;
pub mod change_unit;
mod choosing;
pub mod cleanup;
pub mod collect;
pub mod compare;
pub mod conflict;
pub mod deadlines;
pub mod deviation;
pub mod edition_editor;
pub mod editions;
pub mod elsewhere;
pub mod evidence;
pub mod explanation;
pub mod export;
pub mod fill;
pub mod hand_out;
pub mod help;
pub mod history;
pub mod import;
pub mod ledger;
pub mod library;
pub mod merge;
pub mod message;
pub mod messages;
pub mod missing;
pub mod name;
pub mod new;
pub mod note;
pub mod open_other;
pub mod outgoing;
pub mod palette;
pub mod paste;
pub mod path;
pub mod print;
pub mod profile;
mod progress;
pub mod recover;
pub mod replace_pictures;
mod saved;
pub mod sendings;
pub mod set_aside;
pub mod settings;
pub mod split;
pub mod splits;
pub mod stage;
pub mod summary;
pub mod unplaced;
pub mod unreadable;
pub mod unsaved;
pub mod versions;
pub mod years;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Align, Context, Id, Key, Layout, Margin, Modal, Ui, Vec2};

use super::{
    action::Outbox,
    scene::Scene,
    theme::{self, Palette, space},
};
use crate::{edit::command::EditCommand, model::id::Id as ModelId};

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

    /// The topic of help that F1 opens in front of it.
    fn help(&self) -> Option<&'static str> {
        None
    }

    /// Its content, buttons included.
    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome;

    /// Whether something was typed into it that would be lost: then Esc and a click beside it do not close it.
    fn holds_text(&self) -> bool {
        false
    }

    /// The change that it would make with what was typed into it so far, by `user` at `time`; stands in recovery copies, so that
    /// a long text is not lost with the window. Compared in every frame: the same text must give the same change.
    fn draft(&self, _user: &str, _time: &str) -> Option<EditCommand> {
        None
    }

    /// Is called when it goes, whichever way.
    fn closed(&self, _send: &mut Outbox) {}

    /// Whether it shows what was compared.
    fn is_comparison(&self) -> bool {
        false
    }

    /// Whether it takes files that are dropped on the window while it is in front.
    fn takes_files(&self) -> bool {
        false
    }
}

/// An id for what a dialog's [`draft`](Dialog::draft) adds: the same text has the same.
fn id_of_draft<T>(text: &str) -> ModelId<T> {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    ModelId::from_bits(hasher.finish())
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
    stay_in_the_middle(ctx, modal.response.rect.size());
    // Composing with an input method, Esc ends the composition and nothing else.
    let escapes = modal.should_close() && !dialog.holds_text() && !is_composing(ctx);
    if escapes { Outcome::Close } else { modal.inner }
}

/// Draws once more after a dialog got another size: it stands where one of its size before would be in the middle.
fn stay_in_the_middle(ctx: &Context, size: Vec2) {
    let id = Id::unique("size of the dialog");
    let before = ctx.data(|data| data.get_temp::<Vec2>(id));
    if before.is_none_or(|before| (before - size).length() > 0.5) {
        ctx.data_mut(|data| data.insert_temp(id, size));
        ctx.request_repaint();
    }
}

/// Covers the window while a dialog of the system is open beside it: what is chosen there is for the document as it is.
pub fn wait_for_system(ctx: &Context) {
    let palette = Palette::of_context(ctx);
    let frame = egui::Frame::new()
        .fill(palette.raised)
        .corner_radius(theme::CARD_RADIUS)
        .inner_margin(Margin::same(20));
    Modal::new(Id::unique("dialog of the system"))
        .frame(frame)
        .backdrop_color(palette.veil)
        .show(ctx, |ui| ui.label("请在文件对话框中选择，或取消它"));
}

/// Whether an input method was composing when the frame began, and is at its end.
#[derive(Debug, Default, Clone, Copy)]
struct Composition {
    before: bool,
    now: bool,
}

fn composition() -> Id {
    Id::unique("an input method is composing")
}

/// Follows the input method; called once per frame, before anything takes keys.
pub fn note_composition(ctx: &Context) {
    use egui::{Event, ImeEvent};
    let latest = ctx.input(|input| {
        let events = input.events.iter().rev();
        events
            .filter_map(|event| match event {
                Event::Ime(ImeEvent::Preedit { text, .. }) => Some(!text.is_empty()),
                Event::Ime(_) | Event::WindowFocused(false) => Some(false),
                _ => None,
            })
            .next()
    });
    ctx.data_mut(|data| {
        let Composition { now: before, .. } = data.get_temp(composition()).unwrap_or_default();
        let now = latest.unwrap_or(before);
        data.insert_temp(composition(), Composition { before, now });
    });
}

/// Whether an input method is composing, or was when this frame's keys were pressed: they belong to it.
pub fn is_composing(ctx: &Context) -> bool {
    let Composition { before, now } =
        ctx.data(|data| data.get_temp(composition()).unwrap_or_default());
    before || now
}

/// Whether the text that is being typed holds some that an input method has not settled yet.
pub fn holds_preedit(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<Composition>(composition()))
        .is_some_and(|composition| composition.now)
}

/// The row of buttons at the foot: at the right, the one that does it first from the right.
pub fn buttons<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::M);
    // As high as a button: alone, a layout from the right would take all the height there is.
    let row = egui::vec2(ui.available_width(), theme::HIT);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), content)
        .inner
}

/// Whether Enter was pressed for the button that does it: not for another one with the focus, not held down, and not to end
/// a composition.
pub fn is_confirmed(ui: &Ui) -> bool {
    let ctx = ui.ctx();
    let is_elsewhere = ctx.memory(|memory| memory.focused().is_some()) && !ctx.text_edit_focused();
    !is_elsewhere && !is_composing(ctx) && ui.input(|input| input.events.iter().any(is_fresh_enter))
}

fn is_fresh_enter(event: &egui::Event) -> bool {
    matches!(
        event,
        egui::Event::Key {
            key: Key::Enter,
            pressed: true,
            repeat: false,
            ..
        }
    )
}
