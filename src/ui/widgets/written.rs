//! A field of what lies beside the form (整改台账, 佐证材料): what is typed goes into the document at once, a burst of typing is
//! one step of undo.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Id, Response, Ui};

use super::entry::Entry;
use crate::{
    edit::{command::EditCommand, history::Grouping},
    ui::{action::Action, dialogs::holds_preedit, scene::Scene},
};

/// What a focused field holds.
#[derive(Clone, Default)]
struct Draft {
    text: String,
    /// The document's text when the draft was last brought in line with it.
    known: String,
    /// Names the burst of typing.
    burst: u64,
}

/// Shows the field `id`, whose text in the document is `current`; `change` makes the change to another text.
pub fn show(
    ui: &mut Ui,
    id: Id,
    entry: Entry<'_>,
    current: &str,
    scene: &mut Scene<'_>,
    change: impl FnOnce(String) -> EditCommand,
) -> Response {
    let known = ui.data(|data| data.get_temp::<Draft>(id));
    let mut draft = known
        .filter(|draft| draft.known == current)
        .unwrap_or_else(|| Draft {
            text: current.to_owned(),
            known: current.to_owned(),
            burst: burst(ui, id),
        });
    let response = entry.show(ui, &mut draft.text);
    // What an input method is still composing is not the document's yet; once the focus is gone, it is all that there will be.
    let is_held = response.has_focus() && holds_preedit(ui.ctx());
    if (response.changed() || response.lost_focus()) && !is_held && draft.text != draft.known {
        let command = change(draft.text.clone());
        scene
            .send
            .send(Action::Type(command, Grouping(draft.burst)));
        draft.known.clone_from(&draft.text);
    }
    // Asked before: within, the context is taken.
    let is_focused = response.has_focus();
    ui.data_mut(|data| match is_focused {
        true => drop(data.insert_temp(id, draft)),
        false => data.remove::<Draft>(id),
    });
    response
}

fn burst(ui: &Ui, id: Id) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    ui.ctx().cumulative_frame_nr().hash(&mut hasher);
    hasher.finish()
}
