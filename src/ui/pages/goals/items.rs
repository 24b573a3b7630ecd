//! 分条: each numbered item of the expected text level with what became of it.

use egui::{RichText, TextEdit, Ui};

use super::{
    Block, SIDE_BY_SIDE, both, caption,
    pairs::{Item, Side},
    sides,
};
use crate::{
    edit::{command::EditCommand, history::Grouping},
    model::{
        path::{CellPath, GoalField, Place},
        project::Goal,
    },
    ui::{
        action::Action,
        dialogs::holds_preedit,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, field, focus::Holder},
    },
};

/// What a focused item holds that the text may not yet.
#[derive(Clone, Default)]
struct Draft {
    /// The text in the field.
    text: String,
    /// The whole text when the draft was last brought in line with it.
    whole: String,
    /// Where the item's text stands in it, in bytes.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Names the burst of typing.
    burst: u64,
}

/// Draws the items of a goal block.
pub(super) fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, goal: &Goal, block: &Block) {
    let texts = sides(shown);
    // One above the other, each item says which side it is of.
    let is_narrow = ui.available_width() < SIDE_BY_SIDE;
    heads(ui, shown, goal, block, is_narrow);
    for (row, pair) in block.pairs.iter().enumerate() {
        if row > 0 {
            ui.separator();
        }
        both(ui, |ui, side| {
            let (field, layout) = &texts[side];
            let (own, other) = match field {
                GoalField::Expected => (pair.expected, pair.actual),
                _ => (pair.actual, pair.expected),
            };
            let Some((text, others)) = block.side(field).zip(block.other(field)) else {
                return;
            };
            let view = ItemView {
                at: shown.project.at(Place::Goal(goal.id, field.clone())),
                caption: &layout.caption,
                side: text,
                is_narrow,
            };
            match own.and_then(|index| text.items.get(index).map(|item| (index, item))) {
                Some((index, item)) => view.show(ui, shown, scene, index, item),
                None => {
                    let model = other.and_then(|index| others.items.get(index));
                    view.gap(ui, shown, scene, model.zip(other));
                }
            }
        });
    }
}

/// What stands above the items: the captions of both sides with their counts, and what stands before the first number.
fn heads(ui: &mut Ui, shown: &Shown, goal: &Goal, block: &Block, is_narrow: bool) {
    let texts = sides(shown);
    let head = |ui: &mut Ui, index: usize| {
        let (field, layout) = &texts[index];
        if let Some(side) = block.side(field) {
            caption(ui, shown, goal, field, layout, side);
            if !is_narrow {
                preamble(ui, side);
            }
        }
    };
    if !is_narrow {
        return both(ui, head);
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = space::XL;
        ui.columns_const::<2, _>(|columns| {
            for (index, ui) in columns.iter_mut().enumerate() {
                ui.spacing_mut().item_spacing.x = space::S;
                head(ui, index);
            }
        });
    });
    for (field, _) in &texts {
        if let Some(side) = block.side(field) {
            preamble(ui, side);
        }
    }
}

impl Block {
    fn other(&self, field: &GoalField) -> Option<&Side> {
        match field {
            GoalField::Expected => Some(&self.actual),
            GoalField::Actual => Some(&self.expected),
            _ => None,
        }
    }
}

/// What stands before the first number; it is changed in the other view.
fn preamble(ui: &mut Ui, side: &Side) {
    let text = side.preamble();
    if !text.is_empty() {
        let color = Palette::of(ui).text_weak;
        ui.label(RichText::new(text).color(color));
    }
}

/// Where an item is shown.
struct ItemView<'a> {
    at: CellPath,
    caption: &'a str,
    side: &'a Side,
    is_narrow: bool,
}

impl ItemView<'_> {
    /// Which side it is of, where the captions do not stand above it.
    fn side_label(&self, ui: &mut Ui) {
        if self.is_narrow {
            let text = RichText::new(self.caption).font(theme::text::small());
            ui.label(text.color(Palette::of(ui).text_weak));
        }
    }

    fn show(&self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, index: usize, item: &Item) {
        self.side_label(ui);
        ui.horizontal_top(|ui| {
            number(ui, &item.label);
            if self.side.is_marked_up {
                let text = egui::Label::new(&item.text).wrap();
                ui.add(text).on_hover_text("清理格式后可以逐条修改");
            } else {
                self.edit(ui, shown, scene, index, item);
            }
        });
    }

    fn edit(&self, ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, index: usize, item: &Item) {
        let id = egui::Id::unique(("goal item", &self.at, index));
        let mut draft = ui
            .data(|data| data.get_temp::<Draft>(id))
            .filter(|draft| draft.whole == self.side.text)
            .unwrap_or_else(|| Draft {
                text: item.text.clone(),
                whole: self.side.text.clone(),
                start: item.text_start,
                end: item.text_start + item.text.len(),
                burst: field::burst(&self.at, ui.ctx().cumulative_frame_nr()),
            });
        let is_editable = shown.project.stage.is_editable();
        let edit = TextEdit::multiline(&mut draft.text)
            .id(id)
            .interactive(is_editable)
            .desired_rows(2)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 5));
        let response = ui.add(edit);
        let name = format!("{} 第{}条", self.caption, item.number());
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::text_edit(is_editable, "", &draft.text, "");
            info.label = Some(name.clone());
            info
        });
        if response.has_focus() {
            if scene.position.cell.as_ref() != Some(&self.at) {
                scene.position.cell = Some(self.at.clone());
            }
            Holder::Field.mark(ui);
        }
        // Once the focus is gone, it is all that there will be.
        let is_held = response.has_focus() && holds_preedit(ui.ctx());
        if (response.changed() || response.lost_focus()) && !is_held {
            draft.write(&self.at, scene);
        }
        let is_kept = response.has_focus();
        ui.data_mut(|data| {
            if is_kept {
                data.insert_temp(id, draft);
            } else {
                data.remove::<Draft>(id);
            }
        });
    }

    /// Nothing stands here for the other side's item.
    fn gap(
        &self,
        ui: &mut Ui,
        shown: &Shown,
        scene: &mut Scene<'_>,
        model: Option<(&Item, usize)>,
    ) {
        let palette = Palette::of(ui);
        let Some((model, index)) = model else { return };
        self.side_label(ui);
        ui.horizontal_wrapped(|ui| {
            number(ui, &model.label);
            let text = format!("{}没有写到这一条", self.caption);
            ui.label(RichText::new(text).color(palette.warning));
            let is_next = index == self.side.items.len();
            if !is_next || self.side.is_marked_up || !shown.project.stage.is_editable() {
                return;
            }
            let name = format!("补写第{}条", model.number());
            if let Some(text) = self.side.with_item(model)
                && button::quiet(ui, &name).clicked()
            {
                let at = self.at.clone();
                scene.send.edit(EditCommand::SetCell { at, text });
                let id = egui::Id::unique(("goal item", &self.at, index));
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        });
    }
}

impl Draft {
    /// Puts the item's text into the whole one.
    fn write(&mut self, at: &CellPath, scene: &mut Scene<'_>) {
        let (Some(before), Some(after)) =
            (self.whole.get(..self.start), self.whole.get(self.end..))
        else {
            return;
        };
        let text = format!("{before}{}{after}", self.text);
        self.end = self.start + self.text.len();
        self.whole.clone_from(&text);
        let at = at.clone();
        let command = EditCommand::SetCell { at, text };
        scene.send.send(Action::Type(command, Grouping(self.burst)));
    }
}

fn number(ui: &mut Ui, label: &str) {
    let palette = Palette::of(ui);
    let text = RichText::new(label).font(theme::text::strong());
    let size = egui::vec2(32.0, theme::HIT);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.label(text.color(palette.text_weak));
    });
    ui.add_space(-space::XS);
}
