//! A short list of proposals under the focused text field: arrow keys choose, Enter or a click takes, Esc closes. Nothing is
//! chosen before the person chooses, so that Enter after typing keeps what was typed.

use egui::{Button, EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Response, Ui};

use crate::ui::{dialogs::is_composing, theme::HIT};

/// What the list of one field remembers while the field has the focus.
#[derive(Clone, Default)]
struct State {
    /// The text with which the field got the focus: the list stays away until it changes.
    begun: Option<String>,
    /// Whether the list was shown in the last frame.
    open: bool,
    /// The proposal that is chosen.
    chosen: Option<usize>,
    /// Whether the person asked for the list with the arrow key.
    asked: bool,
    /// The text at which the person closed it.
    closed_at: Option<String>,
    /// Whether the pointer is over it.
    hovered: bool,
}

/// The list of one field for one frame. Made before the text field, which must not see the list's keys.
pub struct Completion {
    id: Id,
    state: State,
    taken: bool,
    closed: bool,
}

impl Completion {
    /// Takes the keys that mean the list of the text field `field`.
    pub fn before(ui: &Ui, field: Id) -> Self {
        let id = field.with("completion");
        let mut state = ui
            .data(|data| data.get_temp::<State>(id))
            .unwrap_or_default();
        let (mut taken, mut closed) = (false, false);
        if ui.memory(|memory| memory.has_focus(field)) && !is_composing(ui.ctx()) {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if state.open {
                if pressed(Key::ArrowDown) {
                    state.chosen = Some(state.chosen.map_or(0, |chosen| chosen + 1));
                }
                if pressed(Key::ArrowUp) {
                    state.chosen = state.chosen.and_then(|chosen| chosen.checked_sub(1));
                }
                taken = state.chosen.is_some() && pressed(Key::Enter);
                closed = pressed(Key::Escape);
            } else if pressed(Key::ArrowDown) {
                state.asked = true;
                state.closed_at = None;
            }
        }
        Self {
            id,
            state,
            taken,
            closed,
        }
    }

    /// The keys that the text field has to keep from moving the focus.
    pub fn filter(&self) -> EventFilter {
        EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: self.state.open,
        }
    }

    /// Shows the list under the text field that holds `text`; the proposal that was taken.
    pub fn after(
        mut self,
        ui: &Ui,
        response: &Response,
        text: &str,
        proposals: impl FnOnce() -> Vec<String>,
    ) -> Option<String> {
        // A click on the list takes the focus from the field before it is a click.
        let is_clicked_on = self.state.open && self.state.hovered;
        if !(response.has_focus() || is_clicked_on) {
            ui.data_mut(|data| data.remove::<State>(self.id));
            return None;
        }
        let begun = self.state.begun.get_or_insert_with(|| text.to_owned());
        let is_new = text.is_empty() || *begun != text;
        if self.closed {
            self.state.closed_at = Some(text.to_owned());
            self.state.asked = false;
        }
        let wanted = (is_new || self.state.asked) && self.state.closed_at.as_deref() != Some(text);
        let mut proposals = if wanted { proposals() } else { Vec::new() };
        let last = proposals.len().checked_sub(1);
        self.state.chosen = self
            .state
            .chosen
            .zip(last)
            .map(|(chosen, last)| chosen.min(last));
        let mut taken = self.state.chosen.filter(|_| self.taken);
        self.state.open = last.is_some() && taken.is_none();
        self.state.hovered = false;
        if self.state.open {
            taken = self.list(response, &proposals);
        }
        let taken = taken.map(|index| proposals.swap_remove(index));
        if let Some(taken) = &taken {
            self.state = State {
                closed_at: Some(taken.clone()),
                begun: Some(taken.clone()),
                ..State::default()
            };
            response.request_focus();
        }
        ui.data_mut(|data| data.insert_temp(self.id, self.state));
        taken
    }

    /// Draws the list; the proposal that was clicked.
    fn list(&mut self, response: &Response, proposals: &[String]) -> Option<usize> {
        let chosen = self.state.chosen;
        let shown = Popup::from_response(response)
            .id(self.id.with("list"))
            .accessible_name("可选内容")
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .width(response.rect.width())
            .gap(2.0)
            .show(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let mut clicked = None;
                for (index, proposal) in proposals.iter().enumerate() {
                    let button = Button::selectable(chosen == Some(index), proposal.as_str())
                        .truncate()
                        .min_size(egui::vec2(ui.available_width(), HIT));
                    if ui.add(button).clicked() {
                        clicked = Some(index);
                    }
                }
                clicked
            })?;
        self.state.hovered = shown.response.contains_pointer();
        shown.inner
    }
}
