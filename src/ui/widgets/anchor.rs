//! Where things were drawn that something else points at: whoever draws them says so, and nobody works it out again.

use egui::{Context, Id, Rect};

use crate::ui::desk::Page;

/// A thing that is pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The cell with the cursor.
    Cell,
    /// The first finding in sight.
    Finding,
    /// The tab of a page.
    Tab(Page),
}

impl Anchor {
    fn id(self) -> Id {
        Id::unique(("anchor", self))
    }

    /// Says where it is drawn in this frame; the first to say so counts, and what is out of sight does not.
    pub fn note(self, ctx: &Context, rect: Rect) {
        if rect.is_positive() && self.rect(ctx).is_none() {
            let pass = ctx.cumulative_pass_nr();
            ctx.data_mut(|data| data.insert_temp(self.id(), (pass, rect)));
        }
    }

    /// Where it was drawn in this frame.
    pub fn rect(self, ctx: &Context) -> Option<Rect> {
        let now = ctx.cumulative_pass_nr();
        ctx.data(|data| data.get_temp::<(u64, Rect)>(self.id()))
            .filter(|(pass, _)| *pass == now)
            .map(|(_, rect)| rect)
    }
}
