//! 资金: the fund table, and beneath it how far the budget was spent and what that scores.

mod card;
mod cell;
mod computed;
mod display;
mod execution;
mod table;

use egui::{RichText, Ui};

use crate::{
    edit::{block::Block, paste},
    model::{
        path::CellPath,
        project::{FundRow, fund},
    },
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::paste::PasteDialog,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::button,
    },
};
use display::Money;

/// What the page remembers.
#[derive(Default)]
pub struct FundsState {
    /// The cell that had the focus in the last frame.
    focused: Option<CellPath>,
    /// The cell inside whose text the person is: arrow keys then move in it, not between cells.
    editing: Option<CellPath>,
    /// Whether the working of the score is unfolded.
    working: bool,
}

/// The narrowest page on which execution and score stand side by side, in points.
const SIDE_BY_SIDE: f32 = 640.0;

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut FundsState) {
    let money = Money::of(scene.settings, &shown.project);
    head(ui, scene, &money);
    table::show(ui, shown, scene, state, &money);
    table::own_rows(ui, shown, scene);
    let Some(row) = scored_row(shown) else {
        return;
    };
    ui.add_space(space::L);
    if ui.available_width() < SIDE_BY_SIDE {
        execution::show(ui, shown, row, &money);
        ui.add_space(space::M);
        card::show(ui, shown, scene, state);
        return;
    }
    let width = (ui.available_width() - space::L) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        ui.vertical(|ui| {
            ui.set_width(width);
            execution::show(ui, shown, row, &money);
        });
        ui.vertical(|ui| {
            ui.set_width(width);
            card::show(ui, shown, scene, state);
        });
    });
}

/// The unit, the switch and the way to fill in all projects.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, money: &Money) {
    ui.horizontal_wrapped(|ui| {
        display::switch(ui, scene, money);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = UiCommand::BatchFunds.label();
            let fill = button::plain(ui, label).on_hover_text(UiCommand::BatchFunds.explanation());
            if fill.clicked() {
                scene.send.command(UiCommand::BatchFunds);
            }
        });
    });
    if let Some(note) = money.note() {
        let note = RichText::new(note).font(theme::text::small());
        ui.label(note.color(Palette::of(ui).text_weak));
    }
    ui.add_space(space::XS);
}

/// The row of the form's total funds: the one that is scored, else the one that others add up to, else the first.
fn scored_row(shown: &Shown) -> Option<&FundRow> {
    let funds = &shown.edition.funds;
    let key = match shown.edition.scored_fund_row() {
        Some(layout) => Some(&layout.key),
        None => funds.splits.first().map(|split| &split.total),
    };
    let rows = &shown.project.funds;
    rows.iter()
        .find(|row| Some(&row.key) == key)
        .or_else(|| rows.first())
        .map(|row| &**row)
}

/// The columns of budget at the year's start, budget in force and spending, as far as the edition has them, each once.
fn execution_columns(shown: &Shown) -> Vec<&str> {
    let policy = &shown.edition.scoring.execution;
    let mut columns: Vec<&str> = Vec::new();
    for key in [fund::INITIAL, &policy.denominator, &policy.numerator] {
        if shown.edition.fund_column_named(key).is_some() && !columns.contains(&key) {
            columns.push(key);
        }
    }
    columns
}

/// Pastes cells with their upper left corner at `at`: one at once, several after they were seen.
fn paste_block(scene: &mut Scene<'_>, shown: &Shown, at: &CellPath, text: &str) {
    let Some(desk) = scene.desk else { return };
    let document = desk.session.document();
    let block = Block::parse(text);
    let mut ids = &**scene.environment;
    match paste::plan(document, &shown.edition, at, &block, &mut ids) {
        Ok(plan) if block.single().is_some() && plan.refused().next().is_none() => {
            scene.send.edit(plan.command());
        }
        Ok(plan) => {
            let dialog = Box::new(PasteDialog::new(plan));
            scene.send.send(Action::Ask(dialog));
        }
        Err(refusal) => scene.send.send(Action::Say(refusal.to_string())),
    }
}
