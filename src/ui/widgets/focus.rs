//! Who had the focus of the keyboard in the last frame: commands take their keys before anything is drawn.

use egui::{Context, Id, Ui};

/// Something that is more than one widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// A field of the form: undo then means the document's, whose steps hold what is typed there.
    Field,
    /// The panel of findings.
    Findings,
    /// The panel of help.
    Help,
}

impl Holder {
    fn id(self) -> Id {
        Id::unique(("has the focus", self))
    }

    /// Says that it has the focus in this frame.
    pub fn mark(self, ui: &Ui) {
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data_mut(|data| data.insert_temp(self.id(), pass));
    }

    /// Whether it had the focus in the last frame.
    pub fn had_focus(self, ctx: &Context) -> bool {
        let now = ctx.cumulative_pass_nr();
        ctx.data(|data| data.get_temp::<u64>(self.id()))
            .is_some_and(|pass| pass + 1 >= now)
    }
}
