//! What dialogs share that let one thing be chosen from a list: a field for searching that keeps the focus, while the
//! arrows go through the list.

use egui::{Key, Margin, Modifiers, Response, TextEdit, Ui, WidgetInfo};

use super::is_composing;

/// A list to choose from, with the place of what is chosen.
#[derive(Default)]
pub struct Choosing {
    /// What is searched for.
    pub search: String,
    /// The line that is chosen.
    pub line: usize,
    /// Whether the arrows moved the choice in this frame: it then has to be brought into view.
    pub moved: bool,
    is_entered: bool,
}

impl Choosing {
    /// Draws the field; `lines` is how many there are to choose from. The field has the focus when the dialog opens.
    pub fn field(&mut self, ui: &mut Ui, name: &str, hint: &str, lines: usize) -> Response {
        self.take_arrows(ui, lines);
        let edit = TextEdit::singleline(&mut self.search)
            .hint_text(hint)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 6));
        let response = ui.add(edit);
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, "", &self.search, hint);
            info.label = Some(name.to_owned());
            info
        });
        if !self.is_entered {
            response.request_focus();
            self.is_entered = response.has_focus();
        }
        if response.changed() {
            self.line = 0;
            self.moved = true;
        }
        response
    }

    fn take_arrows(&mut self, ui: &Ui, lines: usize) {
        self.moved = false;
        if is_composing(ui.ctx()) {
            return;
        }
        let last = lines.saturating_sub(1);
        let steps = [
            (Key::ArrowUp, -1),
            (Key::ArrowDown, 1),
            (Key::PageUp, -8),
            (Key::PageDown, 8),
        ];
        for (key, by) in steps {
            let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            for _ in 0..times {
                self.line = self.line.saturating_add_signed(by).min(last);
                self.moved = true;
            }
        }
        self.line = self.line.min(last);
    }
}
