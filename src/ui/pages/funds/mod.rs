//! 资金: the fund table, and beneath it how far the budget was spent and what that scores.

mod card;
mod carried;
mod computed;
mod display;
mod execution;
mod table;

use egui::{RichText, Ui, Vec2};

use crate::{
    edit::{block::Block, paste},
    model::{path::CellPath, project::fund},
    ui::{
        action::Action,
        command::UiCommand,
        dialogs::paste::PasteDialog,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, cell::CellFocus},
    },
};
use display::Money;

/// What the page remembers.
#[derive(Default)]
pub struct FundsState {
    /// The cell of the table that the person is in.
    focus: CellFocus,
    /// Whether the working of the score is unfolded.
    working: bool,
    /// The height of the taller card beneath the table as drawn last, in points.
    card_height: f32,
    /// What was left of last year.
    carried: carried::Carried,
}

/// The narrowest page on which execution and score stand side by side, in points.
const SIDE_BY_SIDE: f32 = 640.0;

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut FundsState) {
    let money = Money::of(scene.settings, &shown.project);
    head(ui, scene, &money);
    table::show(ui, shown, scene, state, &money);
    state.carried.show(ui, shown, scene, &money);
    table::own_rows(ui, shown, scene);
    let Some(row) = shown.project.total_fund_row(&shown.edition) else {
        return;
    };
    ui.add_space(space::L);
    if ui.available_width() < SIDE_BY_SIDE {
        execution::show(ui, shown, row, &money, 0.0);
        ui.add_space(space::M);
        card::show(ui, shown, scene, state, 0.0);
        return;
    }
    let width = (ui.available_width() - space::L) / 2.0;
    let least = state.card_height;
    let heights = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let bars = ui.vertical(|ui| {
            ui.set_width(width);
            execution::show(ui, shown, row, &money, least)
        });
        let score = ui.vertical(|ui| {
            ui.set_width(width);
            card::show(ui, shown, scene, state, least)
        });
        f32::max(bars.inner, score.inner)
    });
    if state.card_height != heights.inner {
        state.card_height = heights.inner;
        ui.ctx().request_discard("the cards beneath the fund table");
    }
}

/// A card with a title, at least so high; how high its content is by itself.
fn card(ui: &mut Ui, title: &str, least: f32, content: impl FnOnce(&mut Ui)) -> f32 {
    let drawn = theme::card(ui).show(ui, |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::S);
        ui.set_min_width(ui.available_width());
        ui.label(RichText::new(title).font(theme::text::strong()));
        ui.add_space(space::XS);
        content(ui);
        let drawn = ui.min_rect();
        ui.expand_to_include_y(drawn.top() + least);
        drawn.height()
    });
    drawn.inner
}

/// The unit, the switch and the way to fill in all projects.
fn head(ui: &mut Ui, scene: &mut Scene<'_>, money: &Money) {
    ui.horizontal_wrapped(|ui| {
        display::switch(ui, scene, money);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for command in [UiCommand::BatchFunds, UiCommand::BudgetAdjustments] {
                let asked = button::plain(ui, command.label()).on_hover_text(command.explanation());
                if asked.clicked() {
                    scene.send.command(command);
                }
            }
        });
    });
    if let Some(note) = money.note() {
        let note = RichText::new(note).font(theme::text::small());
        ui.label(note.color(Palette::of(ui).text_weak));
    }
    ui.add_space(space::XS);
}

/// The columns of budget at the year's start, budget in force and spending, as far as the edition has them, each once.
fn execution_columns(shown: &Shown) -> Vec<&str> {
    let policy = &shown.edition.scoring.execution;
    let keys = [fund::INITIAL, &policy.denominator, &policy.numerator];
    shown.edition.fund_columns_named(&keys)
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
