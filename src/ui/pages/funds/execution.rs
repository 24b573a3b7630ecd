//! How far the budget was spent: 年初, 全年 and 执行 as bars inside one another.

use egui::{Align2, Rect, RichText, Sense, Stroke, Ui, WidgetInfo, vec2};
use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{Money, card, execution_columns};
use crate::{
    model::{project::FundRow, project::fund},
    ui::{
        scene::Shown,
        theme::{self, Palette, RADIUS, space},
    },
};

/// The height of the outermost bar, in points.
const BAR: f32 = 36.0;

/// Draws the bars with their figures, at least so high; how high they are by themselves.
pub fn show(ui: &mut Ui, shown: &Shown, row: &FundRow, money: &Money, least: f32) -> f32 {
    card(ui, "预算执行", least, |ui| {
        let amounts: Vec<(&str, Option<Decimal>)> = execution_columns(shown)
            .into_iter()
            .map(|key| (key, shown.project.fund_number(row, key, &shown.edition)))
            .collect();
        let money = money.aligned(amounts.iter().filter_map(|(_, amount)| *amount));
        bars(ui, &amounts);
        ui.add_space(space::XS);
        for (level, (key, amount)) in amounts.iter().enumerate() {
            let caption = shown.edition.fund_caption(key);
            let figure = amount.map_or_else(|| "未填".into(), |amount| money.amount(amount));
            line(
                ui,
                level,
                key,
                caption,
                &figure,
                amount.map(|_| money.unit().to_string()),
            );
        }
    })
}

/// Shares of the largest amount, from 0 to 1, for drawing only.
fn share(amount: Option<Decimal>, largest: Decimal) -> f32 {
    amount
        .filter(|amount| *amount > Decimal::ZERO)
        .and_then(|amount| amount.checked_div(largest))
        .and_then(|share| share.to_f32())
        .unwrap_or_default()
}

fn bars(ui: &mut Ui, amounts: &[(&str, Option<Decimal>)]) {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, "预算执行条形图"));
    let largest = amounts.iter().filter_map(|(_, amount)| *amount).max();
    let Some(largest) = largest.filter(|largest| *largest > Decimal::ZERO) else {
        let ground = rect.shrink2(vec2(0.0, 2.0));
        ui.painter().rect_filled(ground, RADIUS, palette.ground);
        let text = "填写预算数和执行数后显示";
        let font = theme::text::small();
        let color = palette.text_weak;
        ui.painter()
            .text(rect.center(), Align2::CENTER_CENTER, text, font, color);
        return;
    };
    for (level, (key, amount)) in amounts.iter().enumerate() {
        let bar = Rect::from_min_size(rect.min, vec2(rect.width() * share(*amount, largest), BAR));
        paint_bar(ui, bar.shrink2(vec2(0.0, inset(level))), level, key);
    }
}

/// How much thinner than the outermost a bar is, on each side.
fn inset(level: usize) -> f32 {
    6.0 * level as f32
}

fn paint_bar(ui: &Ui, rect: Rect, level: usize, key: &str) {
    let palette = Palette::of(ui);
    let fill = match (key, level) {
        (fund::INITIAL, _) => palette.hover,
        (_, 0) => palette.accent_weak,
        (_, 1) if key != fund::EXECUTED => palette.accent_weak,
        _ => palette.accent,
    };
    let edge = if fill == palette.accent {
        palette.accent
    } else {
        palette.text_faint
    };
    ui.painter().rect(
        rect,
        3,
        fill,
        Stroke::new(1.0, edge),
        egui::StrokeKind::Inside,
    );
}

fn line(ui: &mut Ui, level: usize, key: &str, caption: &str, figure: &str, unit: Option<String>) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
        let thin = inset(level) / 3.0;
        paint_bar(ui, rect.shrink2(vec2(0.0, thin)), level, key);
        ui.label(RichText::new(caption).color(palette.text_weak));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(unit) = unit {
                let unit = RichText::new(unit).font(theme::text::small());
                ui.label(unit.color(palette.text_faint));
            }
            ui.label(figure);
        });
    });
}
