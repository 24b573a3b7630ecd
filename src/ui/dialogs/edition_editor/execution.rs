//! How the budget execution is scored.

use egui::Ui;
use rust_decimal::{Decimal, dec};

use super::pen::{Pen, remark};
use crate::{
    edit::edition::indicators,
    model::{
        edition::FundRole,
        numeral::{MAX_DECIMALS, plain},
        policy::{ExecutionBand, ExecutionMethod, Severity, ZeroBudget},
    },
    ui::{icons, theme::space, widgets::button},
};

/// Draws the fields.
pub fn show(pen: &mut Pen<'_>, ui: &mut Ui) {
    let execution = pen.edition.scoring.execution.clone();
    let weight = Some(execution.weight);
    let unit = "分（不计分填 0）";
    if let Some(points) = pen.number(ui, "分值", "scoring.execution.weight", unit, weight) {
        indicators::set_execution(pen.edition, points.unwrap_or_default());
    }
    columns(pen, ui);
    let methods = [(false, "执行率 × 分值"), (true, "按执行率分档")];
    let is_tiered = matches!(execution.method, ExecutionMethod::Tiered(_));
    let place = "scoring.execution.method";
    if let Some(is_tiered) = pen.one_of(ui, "怎样得分", place, is_tiered, &methods) {
        pen.edition.scoring.execution.method = match is_tiered {
            true => ExecutionMethod::Tiered(usual_bands(execution.weight)),
            false => ExecutionMethod::Linear,
        };
    }
    match &execution.method {
        ExecutionMethod::Linear => {
            let points = execution.weight.saturating_mul(dec!(0.95));
            let full = plain(execution.weight);
            remark(
                ui,
                &format!("例：执行率 95%，{full} 分得 {} 分。", plain(points)),
            );
        }
        ExecutionMethod::Tiered(bands) => tiers(pen, ui, bands),
    }
    let digits = Some(execution.rate.digits);
    let place = "scoring.execution.rate.digits";
    if let Some(digits) = pen.count(ui, "执行率保留", place, "位小数", digits) {
        pen.edition.scoring.execution.rate.digits = digits.unwrap_or(0).min(MAX_DECIMALS);
    }
    if let Some(is_capped) = pen.check(ui, "超过 100% 也最多得满分", execution.capped) {
        pen.edition.scoring.execution.capped = is_capped;
    }
    let severities = [
        (Severity::Error, "错误"),
        (Severity::Warning, "警告"),
        (Severity::Hint, "提示"),
    ];
    let place = "scoring.execution.over_100";
    if let Some(severity) = pen.one_of(ui, "超过 100% 算", place, execution.over_100, &severities)
    {
        pen.edition.scoring.execution.over_100 = severity;
    }
    let zeros = [
        (ZeroBudget::Open, "不计算，由人填写"),
        (ZeroBudget::Zero, "执行率和得分为 0"),
        (ZeroBudget::Full, "执行率为 100%"),
    ];
    let place = "scoring.execution.zero_budget";
    if let Some(zero) = pen.one_of(ui, "预算为 0 时", place, execution.zero_budget, &zeros) {
        pen.edition.scoring.execution.zero_budget = zero;
    }
}

/// The columns by which the rate is computed.
fn columns(pen: &mut Pen<'_>, ui: &mut Ui) {
    let amounts: Vec<(String, String)> = pen
        .edition
        .funds
        .columns
        .iter()
        .filter(|column| column.role == FundRole::Amount)
        .map(|column| (column.key.clone(), column.caption.clone()))
        .collect();
    let options: Vec<(&str, &str)> = amounts
        .iter()
        .map(|(key, caption)| (key.as_str(), caption.as_str()))
        .collect();
    let execution = pen.edition.scoring.execution.clone();
    let place = "scoring.execution.numerator";
    if let Some(key) = pen.one_of(
        ui,
        "执行数是",
        place,
        execution.numerator.as_str(),
        &options,
    ) {
        key.clone_into(&mut pen.edition.scoring.execution.numerator);
    }
    let place = "scoring.execution.denominator";
    if let Some(key) = pen.one_of(
        ui,
        "预算数是",
        place,
        execution.denominator.as_str(),
        &options,
    ) {
        key.clone_into(&mut pen.edition.scoring.execution.denominator);
    }
}

/// Full marks from 90 % on, nothing below 60 %.
fn usual_bands(weight: Decimal) -> Vec<ExecutionBand> {
    let half = weight.checked_div(dec!(2)).unwrap_or_default();
    let bands = [(dec!(90), weight), (dec!(60), half), (dec!(0), dec!(0))];
    bands
        .into_iter()
        .map(|(from, score)| ExecutionBand { from, score })
        .collect()
}

fn tiers(pen: &mut Pen<'_>, ui: &mut Ui, bands: &[ExecutionBand]) {
    let mut now = bands.to_vec();
    let mut removed = None;
    for (index, band) in bands.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            ui.label("执行率");
            let name = format!("第 {} 档执行率", index + 1);
            let place = format!("scoring.execution.method.from_{index}");
            if let Some(Some(from)) = pen.bare_number(ui, &name, &place, Some(band.from))
                && let Some(band) = now.get_mut(index)
            {
                band.from = from;
            }
            ui.label("% 起，得");
            let name = format!("第 {} 档得分", index + 1);
            let place = format!("scoring.execution.method.score_{index}");
            if let Some(Some(score)) = pen.bare_number(ui, &name, &place, Some(band.score))
                && let Some(band) = now.get_mut(index)
            {
                band.score = score;
            }
            ui.label("分");
            let name = format!("删除第 {} 档", index + 1);
            if bands.len() > 1 && button::icon(ui, icons::TRASH, &name).clicked() {
                removed = Some(index);
            }
        });
    }
    pen.told(ui, "scoring.execution.method.tiered");
    if let Some(index) = removed {
        now.remove(index);
        pen.step("删除 执行率的一档");
    }
    if button::plain(ui, "＋ 添加一档").clicked() {
        // Before the last, which begins at 0: between it and the one above.
        let last = now.len().saturating_sub(1);
        let above = last.checked_sub(1).and_then(|at| now.get(at)).copied();
        let middle = above.map_or(dec!(50), |above| {
            above.from.checked_div(dec!(2)).unwrap_or_default()
        });
        let score = above.map_or(dec!(0), |above| {
            above.score.checked_div(dec!(2)).unwrap_or_default()
        });
        now.insert(
            last,
            ExecutionBand {
                from: middle,
                score,
            },
        );
        pen.step("添加 执行率的一档");
    }
    if now != bands {
        pen.edition.scoring.execution.method = ExecutionMethod::Tiered(now);
    }
}
