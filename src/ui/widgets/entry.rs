//! Text fields that are not cells of the form: searches and what dialogs ask.

use egui::{Id, Response, TextEdit, Ui};

/// A text field.
#[must_use = "an entry is shown with `show`"]
pub struct Entry<'a> {
    id: Id,
    name: &'a str,
    hint: &'a str,
    lines: usize,
    width: f32,
}

impl<'a> Entry<'a> {
    /// A field of one line. `name` is what screen readers say.
    pub fn new(id: Id, name: &'a str) -> Self {
        Self {
            id,
            name,
            hint: "",
            lines: 1,
            width: f32::INFINITY,
        }
    }

    /// A field of several lines, in which Enter begins a new one.
    pub fn lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }

    /// What stands faintly in the empty field.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// How wide it is, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// Shows the field.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        let edit = if self.lines == 1 {
            TextEdit::singleline(text)
        } else {
            TextEdit::multiline(text).desired_rows(self.lines)
        };
        let response = ui.add(
            edit.id(self.id)
                .hint_text(self.hint)
                .desired_width(self.width)
                .margin(egui::Margin::symmetric(8, 5)),
        );
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(ui.is_enabled(), "", &*text, self.hint);
            info.label = Some(self.name.to_owned());
            info
        });
        response
    }
}
