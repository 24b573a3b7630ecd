//! Where the focus of the keyboard goes when nobody holds it any more: keys alone never lead to a dead end.

use egui::{Context, FocusDirection, Id, Key, Popup};

use super::app::App;

/// What held the focus when a dialog came in front of it.
#[derive(Debug, Default)]
pub(super) struct Beneath {
    holder: Option<Id>,
    was_covered: bool,
    /// Whether Tab led to a page that had nothing to take the focus.
    was_in_vain: bool,
}

impl App {
    /// Gives the focus back to whatever had it before the dialogs that are closed by now, unless they led elsewhere.
    pub(super) fn follow_focus(&mut self, ctx: &Context) {
        let is_covered = self.is_covered();
        let focused = ctx.memory(|memory| memory.focused());
        if is_covered && !self.beneath.was_covered {
            self.beneath.holder = focused;
        } else if !is_covered && self.beneath.was_covered {
            // In the frame after a dialog egui still lets nothing beneath it have the focus.
            ctx.request_repaint();
        } else if !is_covered
            && let Some(holder) = self.beneath.holder.take()
            && focused.is_none()
        {
            ctx.memory_mut(|memory| memory.request_focus(holder));
        }
        self.beneath.was_covered = is_covered;
    }

    /// Tab goes to the page where nothing has the focus, as after Esc: not to the far end of the window.
    pub(super) fn take_tab(&mut self, ctx: &Context) {
        let is_lost = ctx.memory(|memory| memory.focused().is_none());
        self.beneath.was_in_vain &= is_lost;
        if !is_lost || self.desk.is_none() || self.is_covered() || Popup::is_any_open(ctx) {
            return;
        }
        if !self.beneath.was_in_vain && ctx.input(|input| input.key_pressed(Key::Tab)) {
            self.beneath.was_in_vain = true;
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            self.focus_page();
        }
    }
}
