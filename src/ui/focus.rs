//! Where the focus of the keyboard goes when nobody holds it any more: keys alone never lead to a dead end.

use egui::{Context, Event, FocusDirection, Id, Key, Popup, RawInput};

use super::app::App;

/// What held the focus when a dialog came in front of it.
#[derive(Debug, Default)]
pub(super) struct Beneath {
    holder: Option<Id>,
    was_covered: bool,
    /// Whether Tab led to a page that had nothing to take the focus.
    was_in_vain: bool,
}

/// What came behind a Tab in the same frame. egui moves the focus at the end of a frame, so on a slow machine the text for the
/// next field would go into the one before.
#[derive(Debug, Default)]
pub(super) struct BehindTab(Vec<Event>);

impl BehindTab {
    /// Puts what waited before what came, and holds back what stands behind the first Tab; whether anything waits now.
    pub(super) fn sift(&mut self, input: &mut RawInput) -> bool {
        let mut events = std::mem::take(&mut self.0);
        events.append(&mut input.events);
        if let Some(at) = events.iter().position(is_tab) {
            self.0 = events.split_off(at + 1);
        }
        input.events = events;
        !self.0.is_empty()
    }
}

fn is_tab(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Tab,
            pressed: true,
            ..
        }
    )
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

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;

    fn tab(pressed: bool) -> Event {
        Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn sift(behind: &mut BehindTab, events: &[Event]) -> (Vec<Event>, bool) {
        let mut input = RawInput {
            events: events.to_vec(),
            ..RawInput::default()
        };
        let waits = behind.sift(&mut input);
        (input.events, waits)
    }

    #[test]
    fn what_is_typed_behind_a_tab_comes_in_the_next_frame() {
        let text = |text: &str| Event::Text(text.into());
        let mut behind = BehindTab::default();
        let (first, second, third) = (text("一"), text("二"), text("三"));
        let all = [
            first.clone(),
            tab(true),
            tab(false),
            second.clone(),
            tab(true),
            third.clone(),
        ];
        assert_eq!(sift(&mut behind, &all), (vec![first, tab(true)], true));
        // What comes meanwhile stands behind what waited.
        let late = text("四");
        let next = sift(&mut behind, std::slice::from_ref(&late));
        assert_eq!(next, (vec![tab(false), second, tab(true)], true));
        assert_eq!(sift(&mut behind, &[]), (vec![third, late], false));
        assert_eq!(sift(&mut behind, &[tab(true)]), (vec![tab(true)], false));
    }
}
