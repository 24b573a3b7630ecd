//! A field of the form: what is typed goes into the document at once, a burst of typing is one step of undo.

use egui::{Align, Id, Response, RichText, TextEdit, Ui};

pub use super::draft::burst;
use super::{
    badge,
    completion::Completion,
    draft::{self, Draft},
    note_mark,
};
use crate::{
    model::path::CellPath,
    ui::{
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
    proposals: Option<Proposals<'a>>,
    align: Align,
}

/// What could be meant by a text.
type Proposals<'a> = Box<dyn FnOnce(&str) -> Vec<String> + 'a>;

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
            proposals: None,
            align: Align::LEFT,
        }
    }

    /// Proposes what could be meant by what is typed.
    pub fn proposals(mut self, proposals: impl FnOnce(&str) -> Vec<String> + 'a) -> Self {
        self.proposals = Some(Box::new(proposals));
        self
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
            let caption = self.captioned.then(|| self.caption(ui, shown));
            let response = self.edit(ui, shown, scene);
            match caption {
                Some(caption) => response.labelled_by(caption),
                None => response,
            }
        })
        .inner
    }

    fn caption(&self, ui: &mut Ui, shown: &Shown) -> Id {
        caption(ui, self.label, |ui| {
            badge::findings(ui, shown, &self.at.place);
            note_mark::show(ui, shown, &self.at.place);
            if let Some(limit) = self.limit {
                let text = shown.project.cell_text(&self.at.place).unwrap_or_default();
                count(ui, text.chars().count(), limit);
            }
        })
    }

    fn edit(mut self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) -> Response {
        let id = field_id(&self.at);
        let current = shown.project.cell_text(&self.at.place).unwrap_or_default();
        let mut draft = Draft::load(ui, id, &self.at, &current);
        let completion = self
            .proposals
            .take()
            .map(|proposals| (Completion::before(ui, id), proposals));
        let is_editable = scene.may_type(shown, &self.at.place);
        let mut edit = if self.lines == 1 {
            TextEdit::singleline(&mut draft.text)
        } else {
            TextEdit::multiline(&mut draft.text).desired_rows(self.lines)
        };
        if let Some((completion, _)) = &completion {
            edit = edit.event_filter(completion.filter());
        }
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
        draft::take_target(&self.at, &response, scene);
        if scene.position.is_hit(&self.at) && !response.has_focus() {
            theme::hit(ui, response.rect, theme::RADIUS);
        }
        let mut changed = response.changed();
        if let Some((completion, proposals)) = completion
            && let Some(taken) =
                completion.after(ui, &response, &draft.text, || proposals(&draft.text))
        {
            draft.text = taken;
            cursor_to_end(ui, id, &draft.text);
            changed = true;
        }
        draft.settle(ui, &self.at, &response, changed, scene);
        response
    }
}

fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}

/// The id of a cell's field, wherever it is drawn.
pub fn field_id(at: &CellPath) -> Id {
    Id::unique(("field", at))
}

/// The caption above a field, and what stands behind it; the id that the field is labelled by.
pub fn caption(ui: &mut Ui, text: &str, behind: impl FnOnce(&mut Ui)) -> Id {
    const HEIGHT: f32 = 18.0;
    let color = Palette::of(ui).text_weak;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = HEIGHT;
        ui.horizontal(|ui| {
            let text = RichText::new(text).font(theme::text::small());
            let label = ui.label(text.color(color));
            behind(ui);
            label.id
        })
        .inner
    })
    .inner
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
