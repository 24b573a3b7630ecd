//! A field of the form: what is typed goes into the document at once, a burst of typing is one step of undo.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Align, Id, Response, RichText, TextEdit, Ui};

use super::{badge, note_mark};
use crate::{
    edit::{command::EditCommand, history::Grouping},
    model::path::CellPath,
    ui::{
        action::Action,
        dialogs::is_composing,
        scene::{Scene, Shown},
        theme::{self, Palette},
    },
};

/// A field of the form.
#[must_use = "a field is shown with `show`"]
pub struct Field<'a> {
    at: CellPath,
    label: &'a str,
    lines: usize,
    limit: Option<usize>,
    hint: &'a str,
    captioned: bool,
    width: f32,
    align: Align,
}

/// What a focused field holds that the document may not yet.
#[derive(Clone, Default)]
struct Draft {
    /// The text in the field.
    text: String,
    /// The document's text when the draft was last brought in line with it.
    known: String,
    /// Names the burst of typing.
    burst: u64,
}

impl<'a> Field<'a> {
    /// The field of a cell. `label` is its caption and its name for screen readers.
    pub fn new(at: CellPath, label: &'a str) -> Self {
        Self {
            at,
            label,
            lines: 1,
            limit: None,
            hint: "",
            captioned: true,
            width: f32::INFINITY,
            align: Align::LEFT,
        }
    }

    /// A field of several lines.
    pub fn lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }

    /// The most characters the edition allows: shown, not enforced.
    pub fn limit(mut self, limit: Option<u32>) -> Self {
        self.limit = limit.map(|limit| limit as usize);
        self
    }

    /// What stands faintly in the empty field.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// A field whose caption stands elsewhere.
    pub fn uncaptioned(mut self) -> Self {
        self.captioned = false;
        self
    }

    /// How wide it is at most, in points.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// A field whose text stands at the right, as numbers do.
    pub fn right(mut self) -> Self {
        self.align = Align::RIGHT;
        self
    }

    /// Shows the field.
    pub fn show(self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) -> Response {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::space::XS;
            ui.set_max_width(self.width.min(ui.available_width()));
            if self.captioned {
                self.caption(ui, shown);
            }
            self.edit(ui, shown, scene)
        })
        .inner
    }

    fn caption(&self, ui: &mut Ui, shown: &Shown) {
        let palette = Palette::of(ui);
        ui.horizontal(|ui| {
            let caption = RichText::new(self.label).font(theme::text::small());
            ui.label(caption.color(palette.text_weak));
            badge::findings(ui, shown, &self.at.place);
            note_mark::show(ui, shown, &self.at.place);
            if let Some(limit) = self.limit {
                let text = shown.project.cell_text(&self.at.place).unwrap_or_default();
                count(ui, text.chars().count(), limit);
            }
        });
    }

    fn edit(&self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) -> Response {
        let id = field_id(&self.at);
        let current = shown.project.cell_text(&self.at.place).unwrap_or_default();
        let mut draft = ui
            .data(|data| data.get_temp::<Draft>(id))
            .filter(|draft| draft.known == current)
            .unwrap_or_else(|| Draft {
                text: current.to_string(),
                known: current.to_string(),
                burst: burst(&self.at, ui.ctx().cumulative_frame_nr()),
            });
        let is_editable = shown.project.stage.is_editable();
        let edit = if self.lines == 1 {
            TextEdit::singleline(&mut draft.text)
        } else {
            TextEdit::multiline(&mut draft.text).desired_rows(self.lines)
        };
        let edit = edit
            .id(id)
            .hint_text(self.hint)
            .interactive(is_editable)
            .align(egui::Align2([self.align, Align::TOP]))
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5));
        let response = ui.add(edit);
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(is_editable, "", &draft.text, self.hint);
            info.label = Some(self.label.to_owned());
            info
        });
        if scene
            .position
            .take_target(|target| *target == self.at)
            .is_some()
        {
            response.request_focus();
            response.scroll_to_me(Some(egui::Align::Center));
        }
        if response.has_focus() {
            if scene.position.cell.as_ref() != Some(&self.at) {
                scene.position.cell = Some(self.at.clone());
            }
            mark_focused(ui);
        }
        // What an input method is still composing is not the document's yet.
        if response.changed() && !is_composing(ui.ctx()) {
            let command = EditCommand::SetCell {
                at: self.at.clone(),
                text: draft.text.clone(),
            };
            scene
                .send
                .send(Action::Type(command, Grouping(draft.burst)));
            draft.known.clone_from(&draft.text);
        }
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(id, draft));
        } else {
            ui.data_mut(|data| data.remove::<Draft>(id));
        }
        response
    }
}

/// The id of a cell's field, wherever it is drawn.
pub fn field_id(at: &CellPath) -> Id {
    Id::unique(("field", at))
}

/// Names a burst of typing: the cell, and the frame in which it began.
pub fn burst(at: &CellPath, frame: u64) -> u64 {
    let mut hasher = DefaultHasher::new();
    at.hash(&mut hasher);
    frame.hash(&mut hasher);
    hasher.finish()
}

/// Characters of the most characters; over it, in the colour of a warning and with a word.
pub fn count(ui: &mut Ui, characters: usize, limit: usize) {
    let palette = Palette::of(ui);
    let (text, color) = if characters > limit {
        (
            format!("{characters}/{limit} 字，超出 {} 字", characters - limit),
            palette.warning,
        )
    } else {
        (format!("{characters}/{limit} 字"), palette.text_faint)
    };
    ui.label(RichText::new(text).font(theme::text::small()).color(color));
}

fn focus_flag() -> Id {
    Id::unique("a field of the form has the focus")
}

/// Says that a field of the form has the focus. Whoever writes into a cell while it is being typed says so.
pub fn mark_focused(ui: &Ui) {
    let frame = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(focus_flag(), frame));
}

/// Whether a field of the form had the focus in the last frame: undo then means the document's, whose steps hold what is
/// typed there.
pub fn had_focus(ctx: &egui::Context) -> bool {
    let now = ctx.cumulative_pass_nr();
    ctx.data(|data| data.get_temp::<u64>(focus_flag()))
        .is_some_and(|frame| frame + 1 >= now)
}
