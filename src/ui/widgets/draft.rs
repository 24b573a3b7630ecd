//! What a focused text field holds that the document may not yet, and how it gets there: live, a burst of typing being one
//! step of undo.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Id, Response, Ui};

use crate::{
    edit::{command::EditCommand, history::Grouping},
    model::path::CellPath,
    ui::{action::Action, dialogs::holds_preedit, scene::Scene, widgets::focus::Holder},
};

/// What a focused field holds.
#[derive(Clone, Default)]
pub struct Draft {
    /// The text in the field.
    pub text: String,
    /// The document's text when the field got the focus.
    begun: String,
    /// The document's text when the draft was last brought in line with it.
    known: String,
    /// Names the burst of typing.
    burst: u64,
}

impl Draft {
    /// The draft of the field `id` of a cell; begun anew where the document's text is no longer the one it knows.
    pub fn load(ui: &Ui, id: Id, at: &CellPath, current: &str) -> Self {
        ui.data(|data| data.get_temp::<Self>(id))
            .filter(|draft| draft.known == current)
            .unwrap_or_else(|| Self {
                text: current.to_owned(),
                begun: current.to_owned(),
                known: current.to_owned(),
                burst: burst(at, ui.ctx().cumulative_frame_nr()),
            })
    }

    /// Puts back what the field held when it got the focus; `true` where that is something else.
    pub fn restore(&mut self) -> bool {
        let changes = self.text != self.begun;
        self.text.clone_from(&self.begun);
        changes
    }

    /// Sends the draft where it changed, and keeps it as long as its field has the focus.
    pub fn settle(
        mut self,
        ui: &Ui,
        at: &CellPath,
        response: &Response,
        changed: bool,
        scene: &mut Scene<'_>,
    ) {
        if response.has_focus() {
            if scene.position.cell.as_ref() != Some(at) {
                scene.position.cell = Some(at.clone());
            }
            Holder::Field.mark(ui);
        }
        // What an input method is still composing is not the document's yet.
        // Once the focus is gone, it is all that there will be.
        let is_held = response.has_focus() && holds_preedit(ui.ctx());
        if (changed || response.lost_focus()) && !is_held && self.text != self.known {
            let command = EditCommand::SetCell {
                at: at.clone(),
                text: self.text.clone(),
            };
            let action = Action::Type(command, Grouping(self.burst));
            scene.send.send(action);
            self.known.clone_from(&self.text);
        }
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(response.id, self));
        } else {
            ui.data_mut(|data| data.remove::<Self>(response.id));
        }
    }
}

/// Gives the field of a cell the focus where the person was sent to it.
pub fn take_target(at: &CellPath, response: &Response, scene: &mut Scene<'_>) {
    if scene.position.take_target(|target| target == at).is_some() {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// Names a burst of typing: the cell, and the frame in which it began.
pub fn burst(at: &CellPath, frame: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    at.hash(&mut hasher);
    frame.hash(&mut hasher);
    hasher.finish()
}
