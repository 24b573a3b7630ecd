//! A cell of a table: a text field that behaves as a cell of Excel. Selected, all of its text is replaced by what is
//! typed, and arrow keys go to the neighbours; F2, a double click or typing go inside.

use std::sync::Arc;

use egui::{
    Align, Align2, Event, EventFilter, FontId, Frame, Galley, Id, Key, Margin, Modifiers, Rect,
    Response, Stroke, TextEdit, Ui,
    text::{CCursor, CCursorRange},
};

use super::{
    badge,
    draft::{self, Draft},
    explained,
    field::field_id,
    note_mark,
};
use crate::{
    edit::block::Block,
    model::{
        edition::FundRole,
        path::{CellPath, Place},
    },
    ui::{
        dialogs::is_composing,
        scene::{Scene, Shown},
        theme::{self, Palette},
    },
};

/// Which cell of a table the person is in.
#[derive(Default)]
pub struct CellFocus {
    /// The cell that had the focus in the last frame.
    focused: Option<CellPath>,
    /// The cell inside whose text the person is: arrow keys then move in it, not between cells.
    editing: Option<CellPath>,
}

impl CellFocus {
    /// Lets go of the cell where it no longer has the focus; called once all cells are drawn.
    pub fn follow(&mut self, ui: &Ui) {
        let has_focus = |at: &CellPath| ui.memory(|memory| memory.has_focus(field_id(at)));
        if !self.focused.as_ref().is_some_and(has_focus) {
            *self = Self::default();
        }
    }
}

/// What becomes of a block of cells that is pasted at a cell.
pub type Paste<'a> = &'a mut dyn FnMut(&mut Scene<'_>, &CellPath, &str);

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number, at the right.
    Number,
    /// One line of text.
    Line,
    /// Text of several lines.
    Lines,
}

/// A cell to be drawn.
pub struct Cell {
    /// Where it is stored.
    pub at: CellPath,
    /// What screen readers say.
    pub name: String,
    /// What it shows while it has not the focus.
    pub shown: String,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it is in the row of the total.
    pub is_bold: bool,
    /// How far the text is set in, in steps.
    pub indent: u8,
    /// What stands in it as long as nothing is typed: shown weakly, and what F2 begins with. Empty where nothing does.
    pub prefilled: String,
}

impl Cell {
    /// How its text is set.
    pub fn font(&self) -> FontId {
        if self.is_bold {
            theme::text::grid_bold()
        } else {
            theme::text::grid()
        }
    }

    /// The width of its text in one line, in points, with what it is set in by.
    pub fn text_width(&self, ui: &Ui) -> f32 {
        let text = layout(ui, &self.shown, self.font(), f32::INFINITY);
        text.size().x + self.margin().sum().x - MARGIN.sum().x
    }

    fn margin(&self) -> Margin {
        const INDENT: i8 = 14;
        Margin {
            left: MARGIN
                .left
                .saturating_add(INDENT.saturating_mul(self.indent.min(4) as i8)),
            ..MARGIN
        }
    }
}

/// A step to a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the column before.
    Left,
    /// To the column after.
    Right,
}

/// The space between a cell's edge and its text, in points.
pub const MARGIN: Margin = Margin::symmetric(8, 5);

/// What the person asked for by keys that are no text.
#[derive(Default)]
struct Keys {
    step: Option<Step>,
    restore: bool,
    inside: bool,
}

/// Draws the cell; the step that the person takes from it.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    cell: &Cell,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut CellFocus,
    paste: Paste<'_>,
) -> Option<Step> {
    let id = field_id(&cell.at);
    let current = shown.project.cell_text(&cell.at.place).unwrap_or_default();
    let mut draft = Draft::load(ui, id, &cell.at, &current);
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let arrives = has_focus && state.focused.as_ref() != Some(&cell.at);
    if arrives {
        state.focused = Some(cell.at.clone());
        state.editing = None;
    }
    let is_editing = state.editing.as_ref() == Some(&cell.at);
    let mut keys = Keys::default();
    if has_focus && !is_composing(ui.ctx()) {
        keys = take_keys(ui, cell.kind, is_editing);
        if !is_editing && let Some(text) = take_paste(ui) {
            paste(scene, &cell.at, &text);
        }
    }
    let restored = keys.restore && draft.restore();
    if keys.inside && draft.text.is_empty() {
        draft.text.clone_from(&cell.prefilled);
    }
    let mut text = if has_focus {
        draft.text.clone()
    } else {
        cell.shown.clone()
    };
    if keys.restore {
        state.editing = None;
    } else if keys.inside {
        state.editing = Some(cell.at.clone());
        select(ui, id, text.chars().count()..text.chars().count());
    }
    let is_editing = state.editing.as_ref() == Some(&cell.at);
    // While an input method composes, its text has a range of its own.
    if has_focus && !is_editing {
        select(ui, id, 0..text.chars().count());
    }
    let is_editable = scene.may_type(shown, &cell.at.place);
    let response = edit(ui, rect, cell, id, &mut text, is_editable);
    draft::take_target(&cell.at, &response, scene);
    if response.changed() {
        draft.text = text;
        state.editing = (!draft.text.is_empty()).then(|| cell.at.clone());
    } else if response.double_clicked() {
        state.editing = Some(cell.at.clone());
    }
    if arrives {
        response.scroll_to_me(None);
    }
    decorate(ui, rect, cell, shown, &response);
    if scene.position.is_hit(&cell.at) && !response.has_focus() {
        theme::hit(ui, rect, 0);
    }
    let changed = response.changed() || restored;
    // What F2 began with and nobody changed was not typed.
    if !changed && response.lost_focus() && current.is_empty() && draft.text == cell.prefilled {
        draft.text.clear();
    }
    draft.settle(ui, &cell.at, &response, changed, scene);
    keys.step
}

fn edit(
    ui: &mut Ui,
    rect: Rect,
    cell: &Cell,
    id: Id,
    text: &mut String,
    is_editable: bool,
) -> Response {
    let edit = match cell.kind {
        Kind::Lines => TextEdit::multiline(text)
            .desired_rows(1)
            .return_key(egui::KeyboardShortcut::new(Modifiers::ALT, Key::Enter)),
        Kind::Number | Kind::Line => TextEdit::singleline(text),
    };
    let across = match cell.kind {
        Kind::Number => Align::RIGHT,
        Kind::Line | Kind::Lines => Align::LEFT,
    };
    let edit = edit
        .id(id)
        .font(cell.font())
        .frame(Frame::new().inner_margin(cell.margin()))
        .interactive(is_editable)
        .align(Align2([across, Align::Center]))
        .min_size(rect.size())
        .desired_width(rect.width())
        .event_filter(EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        });
    let response = ui.put(rect, edit);
    if text.is_empty() && !cell.prefilled.is_empty() {
        paint_prefilled(ui, rect, cell);
    }
    let value = text.clone();
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(is_editable, "", &value, &cell.prefilled);
        info.label = Some(cell.name.clone());
        info
    });
    response
}

/// What stands in the cell without being typed, as its text would stand.
fn paint_prefilled(ui: &Ui, rect: Rect, cell: &Cell) {
    let inner = rect - cell.margin();
    let text = layout(ui, &cell.prefilled, cell.font(), inner.width());
    let x = match cell.kind {
        Kind::Number => inner.right() - text.size().x,
        Kind::Line | Kind::Lines => inner.left(),
    };
    let at = egui::pos2(x, inner.center().y - text.size().y / 2.0);
    let color = Palette::of(ui).text_weak;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.galley_with_override_text_color(at, text, color);
}

/// Focus, the mark of findings, and what does not fit in the cell.
fn decorate(ui: &Ui, rect: Rect, cell: &Cell, shown: &Shown, response: &Response) {
    let palette = Palette::of(ui);
    let place = &cell.at.place;
    let level = shown.facts.level_at(place);
    if let Some(level) = level {
        let corner = rect.left_top() + egui::vec2(9.0, 9.0);
        badge::paint(ui.painter(), corner, 11.0, level, palette);
    }
    let note = note_mark::kind_at(shown, place);
    if let Some(kind) = note {
        let x = if level.is_some() { 21.0 } else { 9.0 };
        let corner = rect.left_top() + egui::vec2(x, 9.0);
        note_mark::paint(ui.painter(), corner, 11.0, kind, palette);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, palette.accent);
        ui.painter()
            .rect_stroke(rect, 0, stroke, egui::StrokeKind::Inside);
    }
    let is_cut = cell.kind != Kind::Lines && cell.text_width(ui) > rect.width() - MARGIN.sum().x;
    let is_computed = is_of_execution(shown, place);
    let is_hovered = response.hovered();
    let mid_year = is_hovered.then(|| explained::at_mid_year(shown, place));
    let mid_year = mid_year.flatten();
    if level.is_none() && note.is_none() && !is_cut && !is_computed && mid_year.is_none() {
        return;
    }
    response.clone().on_hover_ui(|ui| {
        if let Some(mid_year) = mid_year {
            ui.label(mid_year);
        }
        if is_cut {
            ui.label(&cell.shown);
        }
        badge::explain(ui, shown, place);
        note_mark::explain(ui, shown, place);
        explained::hover(ui, shown, place);
    });
}

/// Whether the cell is rate or score of the execution.
fn is_of_execution(shown: &Shown, place: &Place) -> bool {
    let Place::Fund(row, column) = place else {
        return false;
    };
    let score = shown.facts.score.as_ref();
    let scored = score.and_then(|score| shown.project.funds.get(score.execution.row?));
    let role = shown
        .edition
        .fund_column_named(column)
        .map(|column| column.role);
    scored.is_some_and(|scored| scored.id == *row)
        && matches!(role, Some(FundRole::Rate | FundRole::Score))
}

/// Takes the keys that mean the table from the text field.
fn take_keys(ui: &Ui, kind: Kind, is_editing: bool) -> Keys {
    let inside_lines = is_editing && kind == Kind::Lines;
    ui.input_mut(|input| {
        // Alt+Enter is a line break; consume_key would take it for a plain Enter.
        let has_alt = input.modifiers.alt;
        let mut pressed = |modifiers, key| input.consume_key(modifiers, key);
        let plain = Modifiers::NONE;
        let mut keys = Keys {
            restore: pressed(plain, Key::Escape),
            inside: pressed(plain, Key::F2),
            step: None,
        };
        if pressed(Modifiers::SHIFT, Key::Enter) {
            keys.step = Some(Step::Up);
        } else if !has_alt && pressed(plain, Key::Enter) {
            keys.step = Some(Step::Down);
        }
        if !inside_lines {
            for (key, step) in [(Key::ArrowUp, Step::Up), (Key::ArrowDown, Step::Down)] {
                if pressed(plain, key) {
                    keys.step = Some(step);
                }
            }
        }
        if !is_editing {
            for (key, step) in [(Key::ArrowLeft, Step::Left), (Key::ArrowRight, Step::Right)] {
                if pressed(plain, key) {
                    keys.step = Some(step);
                }
            }
        }
        keys
    })
}

/// Takes what is pasted from the text field.
fn take_paste(ui: &Ui) -> Option<String> {
    ui.input_mut(|input| {
        let at = input.events.iter().position(is_paste)?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })
}

fn is_paste(event: &Event) -> bool {
    matches!(event, Event::Paste(text) if !Block::parse(text).rows().is_empty())
}

/// A text as a table sets it.
pub fn layout(ui: &Ui, text: &str, font: FontId, wrap: f32) -> Arc<Galley> {
    let color = Palette::of(ui).text;
    ui.fonts_mut(|fonts| fonts.layout(text.to_owned(), font, color, wrap))
}

fn select(ui: &Ui, id: Id, range: std::ops::Range<usize>) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}
