//! The text field of the selected cell. While nothing is typed it is there, focused and transparent: the input method is
//! switched on, and the first key is its. Once something is typed it is drawn over the cell.

use egui::{
    EventFilter, Frame, Id, Key, KeyboardShortcut, Margin, Modifiers, Rect, Stroke, TextEdit, Ui,
    UiBuilder, text_edit::TextEditState,
};

use super::{
    keys::{Keyboard, Typing},
    measure::{PAD_X, PAD_Y},
};
use crate::{
    edit::command::EditCommand,
    model::path::CellPath,
    ui::theme::{Palette, text},
};

/// The text field and what it holds.
#[derive(Default)]
pub struct Editor {
    text: String,
    open: Option<Open>,
    /// Keys on their way to it.
    pub keyboard: Keyboard,
    wants_focus: bool,
    has_focus: bool,
    /// Set when a text was put in from outside: the cursor goes to its end.
    moves_to_end: bool,
}

/// A cell that is being edited.
#[derive(Debug, Clone)]
struct Open {
    at: CellPath,
    typing: Typing,
    /// The cell's text before.
    before: String,
}

impl Editor {
    /// Whether a cell is being edited.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether it had the focus in the last frame.
    pub fn has_focus(&self) -> bool {
        self.has_focus
    }

    /// Whether keys wait for the next frame.
    pub fn has_more(&self) -> bool {
        self.keyboard.has_more()
    }

    /// Asks for the focus in the next frame.
    pub fn want_focus(&mut self) {
        self.wants_focus = true;
    }

    /// What the field is doing.
    pub fn typing(&self) -> Typing {
        self.open.as_ref().map_or(Typing::Ready, |open| open.typing)
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Opens a cell with a text to go on from.
    pub fn open(&mut self, at: CellPath, before: String, text: String) {
        self.text = text;
        self.open = Some(Open {
            at,
            typing: Typing::Inside,
            before,
        });
        self.moves_to_end = true;
        self.wants_focus = true;
    }

    /// What was typed, as the change that it will be; `None` where it changes nothing.
    pub fn draft(&self) -> Option<EditCommand> {
        let open = self.open.as_ref()?;
        (open.before != self.text).then(|| EditCommand::SetCell {
            at: open.at.clone(),
            text: self.text.clone(),
        })
    }

    /// Closes the cell and returns what was typed as a change.
    pub fn take(&mut self) -> Option<EditCommand> {
        let draft = self.draft();
        self.cancel();
        draft
    }

    /// Closes the cell as it was.
    pub fn cancel(&mut self) {
        self.open = None;
        self.text.clear();
    }

    /// Draws the field at a cell. `name` is the cell's for screen readers; `before` its text. Returns whether something was
    /// typed into a cell that was only selected.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        id: Id,
        rect: Rect,
        name: &str,
        at: Option<&CellPath>,
        before: &str,
    ) -> bool {
        let is_open = self.is_open();
        let palette = Palette::of(ui);
        let room = if is_open {
            Rect::from_min_size(rect.min, rect.size().max(egui::vec2(140.0, rect.height())))
        } else {
            rect
        };
        if self.moves_to_end {
            self.moves_to_end = false;
            let mut state = TextEditState::default();
            let end = egui::text::CCursor::new(self.text.chars().count());
            state
                .cursor
                .set_char_range(Some(egui::text::CCursorRange::one(end)));
            state.store(ui.ctx(), id);
        }
        let frame = if is_open {
            Frame::new()
                .fill(palette.surface)
                .stroke(Stroke::new(2.0, palette.accent))
        } else {
            Frame::new()
        };
        let padding = Margin::symmetric(PAD_X as i8 - 1, PAD_Y as i8);
        let mut child = ui.new_child(UiBuilder::new().id_salt("editor").max_rect(room));
        if !is_open {
            child.visuals_mut().text_cursor.stroke = Stroke::NONE;
        }
        let output = TextEdit::multiline(&mut self.text)
            .id(id)
            .font(text::grid())
            .frame(frame.inner_margin(padding))
            .desired_width(room.width() - 2.0 * PAD_X)
            .desired_rows(1)
            .min_size(room.size())
            .event_filter(EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
            })
            .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter))
            .show(&mut child);
        let response = output.response.response;
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(true, "", &self.text, "");
            info.label = Some(format!("编辑 {name}"));
            info
        });
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        self.has_focus = response.has_focus();
        if is_open || self.text.is_empty() {
            return false;
        }
        match at {
            Some(at) => {
                self.open = Some(Open {
                    at: at.clone(),
                    typing: Typing::Replacing,
                    before: before.to_owned(),
                });
            }
            None => self.text.clear(),
        }
        true
    }
}
