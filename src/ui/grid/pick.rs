//! What can be picked for a cell instead of typed: comparators, units, tiers; and while a name or unit is typed, those that
//! the document has already.

use egui::{Area, Frame, Id, Margin, Order, Rect, Stroke, Ui};

use super::{GridState, keys::GridKey, selection::Step};
use crate::{
    edit::{command::EditCommand, suggest},
    model::{
        document::GroupView,
        edition::Sense,
        measure::{Comparator, Tier},
        path::{CellPath, IndicatorField, Place},
    },
    ui::{
        command::UiCommand,
        scene::{Scene, Shown},
        theme::{CARD_RADIUS, Palette, text},
    },
};

/// Choices for the cursor's cell.
pub struct List {
    choices: Vec<Choice>,
    /// The one that Enter takes.
    highlighted: Option<usize>,
    /// What was typed when they were looked for.
    typed: Option<String>,
}

/// A choice.
#[derive(Debug, Clone, PartialEq)]
struct Choice {
    label: String,
    at: CellPath,
    text: String,
}

/// Units that most forms need.
const USUAL_UNITS: [&str; 16] = [
    "个", "次", "人", "人次", "场", "项", "篇", "份", "册", "家", "台", "套", "万元", "元", "%",
    "天",
];

/// Opens the list, or highlights the first of the completions that are shown already.
pub fn open(shown: &Shown, scene: &mut Scene<'_>, state: &mut GridState) {
    if let Some(list) = &mut state.list {
        list.highlighted = Some(0);
        return;
    }
    let Some(table) = &state.table else { return };
    let at = table.path(state.selection.cursor);
    let Some(at) = at.filter(|_| !state.editor.is_open()) else {
        return;
    };
    let is_locked = table.approved_field(&at.place).is_some();
    if is_locked || scene.lock_of(shown).is_some() {
        return super::perform::tell_locked(shown, scene, Some(at));
    }
    if is_reason(&at.place) {
        return scene.send.command(UiCommand::WriteDeviation);
    }
    let choices = choices(shown, scene, &at);
    state.list = (!choices.is_empty()).then_some(List {
        choices,
        highlighted: Some(0),
        typed: None,
    });
}

/// Whether a cell has something to pick.
pub fn is_offered(shown: &Shown, place: &Place) -> bool {
    match place {
        Place::Indicator(_, IndicatorField::Nature | IndicatorField::Unit) => true,
        place if is_reason(place) => true,
        Place::Indicator(id, IndicatorField::Actual) => is_judged_by_words(shown, *id),
        _ => false,
    }
}

/// Whether an explanation stands in a cell: instead of a list there is a dialog that writes one.
fn is_reason(place: &Place) -> bool {
    matches!(
        place,
        Place::Reason(_) | Place::Indicator(_, IndicatorField::Deviation)
    )
}

fn choices(shown: &Shown, scene: &Scene<'_>, at: &CellPath) -> Vec<Choice> {
    let Place::Indicator(id, field) = &at.place else {
        return Vec::new();
    };
    let plain = |text: &str| Choice {
        label: text.to_owned(),
        at: at.clone(),
        text: text.to_owned(),
    };
    match field {
        IndicatorField::Nature => {
            let signs = [
                Comparator::AtLeast,
                Comparator::MoreThan,
                Comparator::Equal,
                Comparator::AtMost,
                Comparator::LessThan,
            ];
            let words = ["定性", "定量"].map(plain);
            signs
                .iter()
                .map(|sign| plain(sign.sign()))
                .chain(words)
                .collect()
        }
        IndicatorField::Unit => {
            let mut units = scene
                .desk
                .map(|desk| suggest::units(desk.session.document(), ""))
                .unwrap_or_default();
            for usual in USUAL_UNITS {
                if units.iter().all(|unit| unit != usual) {
                    units.push(usual.to_owned());
                }
            }
            units.iter().map(|unit| plain(unit)).collect()
        }
        IndicatorField::Actual => {
            let at = shown
                .project
                .at(Place::Indicator(*id, IndicatorField::Tier));
            let tier = |tier: Tier| Choice {
                label: tier.words().to_owned(),
                at: at.clone(),
                text: tier.to_string(),
            };
            Tier::ALL.map(tier).into()
        }
        _ => Vec::new(),
    }
}

fn is_judged_by_words(
    shown: &Shown,
    id: crate::model::id::Id<crate::model::indicator::Indicator>,
) -> bool {
    let view = shown.project.rows().find(|view| view.indicator.id == id);
    view.is_some_and(|view| {
        let target = view.indicator.target.value();
        target.is_some_and(|target| target.is_qualitative())
    })
}

/// Looks for completions of what is being typed; only when it changed.
pub fn complete(shown: &Shown, scene: &Scene<'_>, state: &mut GridState) {
    let typed = state.editor.text().trim();
    if state
        .list
        .as_ref()
        .is_some_and(|list| list.typed.as_deref() == Some(typed))
    {
        return;
    }
    let table = state.table.as_ref();
    let at = table.and_then(|table| table.path(state.selection.cursor));
    let row = table.and_then(|table| table.rows.get(state.selection.cursor.row));
    let (Some(at), Some(row), Some(desk)) = (at, row, scene.desk) else {
        return;
    };
    let document = desk.session.document();
    let groups = || {
        shown
            .project
            .groups()
            .find(|view| Some(view.group.id) == row.group)
    };
    let texts = match &at.place {
        _ if typed.is_empty() => Vec::new(),
        Place::Indicator(_, IndicatorField::Name) => {
            let own = suggest::names(document, groups().map(|view| view.group.name()), typed);
            with_library(own, groups(), typed, shown, scene)
        }
        Place::Indicator(_, IndicatorField::Unit) => suggest::units(document, typed),
        _ => Vec::new(),
    };
    let choice = |text: String| Choice {
        label: text.clone(),
        at: at.clone(),
        text,
    };
    state.list = Some(List {
        choices: texts.into_iter().map(choice).collect(),
        highlighted: None,
        typed: Some(typed.to_owned()),
    });
}

/// What the document has already, then a few names of the library that measure the same as the group. One sign tells too
/// little.
fn with_library(
    mut names: Vec<String>,
    group: Option<GroupView<'_>>,
    typed: &str,
    shown: &Shown,
    scene: &Scene<'_>,
) -> Vec<String> {
    const MOST: usize = 4;
    let sense = group.map_or(Sense::Other, |view| {
        shown.edition.sense(view.section.name(), view.group.name())
    });
    if sense == Sense::Other || typed.chars().count() < 2 {
        return names;
    }
    let at_hand = scene.environment.library();
    for name in at_hand.index.names(typed, sense, MOST) {
        if names.len() < suggest::MOST && name != typed && names.iter().all(|own| own != name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Takes keys that mean the list. Returns whether the key was taken.
pub fn press(scene: &mut Scene<'_>, state: &mut GridState, key: &GridKey) -> bool {
    let Some(list) = &mut state.list else {
        return false;
    };
    let Some(at) = list.highlighted.filter(|_| !list.choices.is_empty()) else {
        return false;
    };
    match key {
        GridKey::Step(Step::Down, false) => {
            list.highlighted = Some((at + 1).min(list.choices.len() - 1));
        }
        GridKey::Step(Step::Up, false) => list.highlighted = Some(at.saturating_sub(1)),
        GridKey::Enter(false) => take(scene, state, at),
        GridKey::Escape => state.list = None,
        _ => return false,
    }
    true
}

/// Puts a choice into its cell.
fn take(scene: &mut Scene<'_>, state: &mut GridState, index: usize) {
    let Some(list) = state.list.take() else {
        return;
    };
    let Some(choice) = list.choices.into_iter().nth(index) else {
        return;
    };
    state.editor.cancel();
    state.editor.want_focus();
    scene.send.edit(EditCommand::SetCell {
        at: choice.at,
        text: choice.text,
    });
}

/// Draws the list beneath the cell.
pub fn show(ui: &Ui, scene: &mut Scene<'_>, state: &mut GridState, cell: Rect) {
    let Some(list) = &state.list else { return };
    let is_stale = list.typed.is_some() && !state.editor.is_open();
    if list.choices.is_empty() || is_stale {
        if is_stale {
            state.list = None;
        }
        return;
    }
    let palette = Palette::of(ui);
    let frame = Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::same(4));
    let mut taken = None;
    Area::new(Id::unique("grid choices"))
        .order(Order::Foreground)
        .fixed_pos(cell.left_bottom() + egui::vec2(0.0, 2.0))
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_min_width(cell.width().max(120.0));
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, choice) in list.choices.iter().enumerate() {
                    let is_on = list.highlighted == Some(index);
                    let label = egui::RichText::new(&choice.label).font(text::grid());
                    let response = ui.selectable_label(is_on, label);
                    // Pressed rather than clicked: a click would first take the focus from the cell.
                    if response.contains_pointer()
                        && ui.input(|input| input.pointer.primary_pressed())
                    {
                        taken = Some(index);
                    }
                }
                if list.typed.is_some() && list.highlighted.is_none() {
                    let hint = egui::RichText::new("F4 选用").font(text::small());
                    ui.label(hint.color(palette.text_faint));
                }
            });
        });
    if let Some(index) = taken {
        take(scene, state, index);
    }
}
