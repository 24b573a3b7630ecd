//! The panels beside the page: how wide they are, and which of them a narrow window has room for.

use egui::{Frame, InnerResponse, Panel, Ui};

use crate::store::settings::{self, Settings};

/// What the page is given where the window allows it, in points.
const PAGE: f32 = 560.0;
/// What the page needs at the least.
const NARROW_PAGE: f32 = 400.0;

/// A panel beside the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The projects.
    Left,
    /// The findings.
    Right,
}

impl Side {
    /// The least and the most that it takes, in points.
    const fn range(self) -> (f32, f32) {
        match self {
            Self::Left => (200.0, 400.0),
            Self::Right => (264.0, 520.0),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Left => "projects",
            Self::Right => "findings",
        }
    }

    /// What is remembered of it.
    pub fn settings(self, settings: &mut Settings) -> &mut settings::Panel {
        match self {
            Self::Left => &mut settings.left_panel,
            Self::Right => &mut settings.right_panel,
        }
    }
}

/// What views remember of the panels.
#[derive(Debug, Default)]
pub struct Panels {
    /// Which the person opened last: it comes first where there is room for one.
    opened: Option<Side>,
    /// Which that was before the guest came; `None` where there is no guest. A guest stands in the place of the findings.
    before_guest: Option<Option<Side>>,
    /// Which are in sight, and the most that each may take.
    left: Option<f32>,
    right: Option<f32>,
    /// The widths as drawn last.
    drawn: [f32; 2],
    /// The widths as the person left them.
    widths: [Option<f32>; 2],
}

impl Panels {
    /// Opens a panel that is not in sight, and closes one that is.
    pub fn toggle(&mut self, side: Side, settings: &mut Settings) {
        let is_in_sight = self.is_in_sight(side);
        side.settings(settings).open = !is_in_sight;
        self.opened = (!is_in_sight).then_some(side);
    }

    /// Opens a panel.
    pub fn open(&mut self, side: Side, settings: &mut Settings) {
        side.settings(settings).open = true;
        self.opened = Some(side);
    }

    /// Has the guest take the place of the findings, in front as a panel just opened.
    pub fn call_guest(&mut self) {
        self.before_guest.get_or_insert(self.opened);
        self.opened = Some(Side::Right);
    }

    /// Gives the findings their place back.
    pub fn dismiss_guest(&mut self) {
        if let Some(before) = self.before_guest.take()
            && self.opened == Some(Side::Right)
        {
            self.opened = before;
        }
    }

    /// Whether the guest stands in the place of the findings.
    pub fn has_guest(&self) -> bool {
        self.before_guest.is_some()
    }

    /// Decides what a window of this width has room for. Without a document there is only the guest.
    pub fn fit(&mut self, width: f32, settings: &Settings, has_document: bool) {
        let (left_least, left_most) = Side::Left.range();
        let (right_least, right_most) = Side::Right.range();
        let mut left = has_document && settings.left_panel.open;
        let mut right = (has_document && settings.right_panel.open) || self.has_guest();
        if left && right && width < left_least + NARROW_PAGE + right_least {
            left = self.opened == Some(Side::Left);
            right = !left;
        }
        // Where even one leaves too little, it comes only when it was called.
        if width < right_least + NARROW_PAGE {
            left &= self.opened == Some(Side::Left);
            right &= self.opened == Some(Side::Right);
        }
        let beside = if left { left_least } else { 0.0 };
        let right_room = (width - PAGE - beside).clamp(right_least, right_most);
        let beside = if right {
            f32::from(settings.right_panel.width).clamp(right_least, right_room)
        } else {
            0.0
        };
        let left_room = (width - PAGE - beside).clamp(left_least, left_most);
        self.left = left.then_some(left_room);
        self.right = right.then_some(right_room);
    }

    /// Whether a panel is in sight.
    pub fn is_in_sight(&self, side: Side) -> bool {
        self.room(side).is_some()
    }

    /// How wide a panel is; `None` where it is not in sight.
    pub fn width(&self, side: Side) -> Option<f32> {
        self.is_in_sight(side).then(|| self.drawn[side as usize])
    }

    fn room(&self, side: Side) -> Option<f32> {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Draws a panel where it is in sight.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        side: Side,
        width: u16,
        frame: Frame,
        content: impl FnOnce(&mut Ui),
    ) {
        let Some(most) = self.room(side) else { return };
        let least = side.range().0;
        let is_narrowed = f32::from(width) > most;
        // A panel of its own while there is too little room: the width that the person gave it comes back afterwards.
        let id = (side.name(), is_narrowed.then_some(most.round() as u32));
        let id = egui::Id::unique(id);
        let panel = match side {
            Side::Left => Panel::left(id),
            Side::Right => Panel::right(id),
        };
        let InnerResponse { response, .. } = panel
            .frame(frame)
            .default_size(f32::from(width).min(most))
            .size_range(least..=most)
            .show(ui, content);
        self.drawn[side as usize] = response.rect.width();
        if !is_narrowed {
            self.widths[side as usize] = Some(response.rect.width());
        }
    }

    /// Puts what the person did to the panels into the settings.
    pub fn note(&self, settings: &mut Settings) {
        for side in [Side::Left, Side::Right] {
            if let Some(width) = self.widths[side as usize] {
                side.settings(settings).width = width.round() as u16;
            }
        }
    }
}
