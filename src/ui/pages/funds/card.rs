//! Rate and score of the budget execution, with the working.

use egui::{RichText, Ui, WidgetInfo};
use rust_decimal::Decimal;

use super::{FundsState, card, computed::accepted};
use crate::{
    edit::command::EditCommand,
    model::{
        edition::FundRole,
        numeral::plain,
        path::Place,
        project::{FundRow, fund},
    },
    score::ExecutionScore,
    ui::{
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, explained},
    },
};

/// Draws the card, at least so high; how high it is by itself.
pub fn show(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    state: &mut FundsState,
    least: f32,
) -> f32 {
    let Some(score) = shown.facts.score.as_ref().map(|score| &score.execution) else {
        return 0.0;
    };
    let title = if is_scored(score) {
        "执行率与得分"
    } else {
        "执行率"
    };
    card(ui, title, least, |ui| {
        figures(ui, score);
        let row = score.row.and_then(|index| shown.project.funds.get(index));
        ui.horizontal_wrapped(|ui| {
            if let Some((row, computed)) = row.zip(score.score) {
                take_computed(ui, shown, scene, row, computed, score);
            }
            working(ui, score, state);
        });
        if state.working {
            let column = shown.edition.fund_column(FundRole::Score);
            let place = row
                .zip(column)
                .map(|(row, column)| Place::Fund(row.id, column.key.clone()));
            match place.and_then(|place| explained::of(shown, &place)) {
                Some((_, explained)) => explained::show(ui, &explained),
                None => {
                    let text = score.working.to_string();
                    ui.add(egui::Label::new(text).wrap().selectable(true));
                }
            }
        }
    })
}

/// Whether the form gives points for the execution at all.
fn is_scored(score: &ExecutionScore) -> bool {
    score.weight.is_some() || score.score.is_some() || score.filed.is_some()
}

fn figures(ui: &mut Ui, score: &ExecutionScore) {
    let percent = |rate: Decimal| format!("{rate}%");
    let shown = [
        ("执行率", score.shown_rate.map(percent)),
        ("分值", score.weight.map(plain)),
        ("填报得分", score.filed.map(plain)),
        ("测算得分", score.score.map(|score| score.to_string())),
    ];
    let count = if is_scored(score) { shown.len() } else { 1 };
    let palette = Palette::of(ui);
    let width = (ui.available_width() - 3.0 * space::S) / 4.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        for (caption, figure) in shown.into_iter().take(count) {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 2.0;
                let caption = RichText::new(caption).font(theme::text::small());
                ui.label(caption.color(palette.text_weak));
                let figure = figure.unwrap_or_else(|| "—".into());
                ui.label(RichText::new(figure).font(theme::text::page()));
            });
        }
    });
    ui.add_space(space::XS);
}

fn take_computed(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    row: &FundRow,
    computed: Decimal,
    score: &ExecutionScore,
) {
    let palette = Palette::of(ui);
    if accepted(score.filed, [Some(computed), score.score_from_shown]) {
        let text = format!("{} 填报得分与测算一致", icons::CHECK);
        ui.label(RichText::new(text).color(palette.good));
        return;
    }
    if !shown.project.stage.is_editable() {
        return;
    }
    let hover = format!("把得分改为 {computed}，可撤销");
    let take = button::plain(ui, "采用计算值").on_hover_text(hover);
    take.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "采用计算值：执行得分"));
    if take.clicked() {
        let column = shown.edition.fund_column(FundRole::Score);
        let key = column.map_or(fund::SCORE, |column| &column.key);
        scene.send.edit(EditCommand::SetCell {
            at: shown.project.at(Place::Fund(row.id, key.to_owned())),
            text: computed.to_string(),
        });
    }
}

fn working(ui: &mut Ui, score: &ExecutionScore, state: &mut FundsState) {
    if score.working.to_string().is_empty() {
        state.working = false;
        return;
    }
    let word = if state.working {
        "收起计算过程"
    } else {
        "查看计算过程"
    };
    if button::quiet(ui, word).clicked() {
        state.working = !state.working;
    }
}
