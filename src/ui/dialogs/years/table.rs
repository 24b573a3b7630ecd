//! The tables of the comparison: funds, total, indicators.

use egui::{Align, Color32, Label, Layout, RichText, Ui};
use egui_extras::{Column as Width, TableBuilder};
use rust_decimal::Decimal;

use super::or_dash;
use crate::{
    model::{
        numeral::{money, plain},
        path::CellPath,
        project::Project,
    },
    rules::years::{AMOUNTS, Amounts, Change, Comparison, FundLine, How, IndicatorLine},
    ui::{
        theme::{self, Palette, ROW, space},
        widgets::button,
    },
};

/// Funds, a row for each source: last year's, this year's and by how much they differ.
pub(super) fn funds(
    ui: &mut Ui,
    comparison: &Comparison,
    project: &Project,
    goes_to: &mut Option<CellPath>,
) {
    let lines = &comparison.funds;
    if lines.is_empty() {
        let weak = Palette::of(ui).text_weak;
        ui.label(RichText::new("两年都没有填资金").color(weak));
        ui.add_space(space::S);
        return;
    }
    let width = ui.available_width();
    let name = format!("项目资金（{}）", project.money_unit);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        TableBuilder::new(ui)
            .id_salt("funds of two years")
            .striped(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .auto_shrink([false, true])
            .vscroll(false)
            .column(Width::exact(width * 0.16).clip(true))
            .columns(Width::exact(width * 0.225).clip(true), 3)
            .column(Width::remainder().clip(true))
            .header(ROW, |mut header| {
                header.col(|ui| caption(ui, &name));
                for each in AMOUNTS {
                    header.col(|ui| caption(ui, each));
                }
                header.col(|ui| caption(ui, "执行率"));
            })
            .body(|body| {
                body.rows(ROW, lines.len(), |mut row| {
                    let line = &lines[row.index()];
                    row.col(|ui| name_of_funds(ui, line, goes_to));
                    for amounts in line.amounts {
                        row.col(|ui| both(ui, amounts));
                    }
                    row.col(|ui| rates(ui, line.rate));
                });
            });
    });
    ui.add_space(space::S);
}

fn caption(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).font(theme::text::grid());
    ui.add(Label::new(text.color(Palette::of(ui).text_weak)).truncate());
}

fn cell(ui: &mut Ui, text: &str, color: Color32) {
    if text.is_empty() {
        return;
    }
    let shown = RichText::new(text).font(theme::text::grid()).color(color);
    ui.add(Label::new(shown).truncate()).on_hover_text(text);
}

fn name_of_funds(ui: &mut Ui, line: &FundLine, goes_to: &mut Option<CellPath>) {
    match &line.at {
        Some(at) => {
            if button::quiet(ui, &line.name).clicked() {
                *goes_to = Some(at.clone());
            }
        }
        None => cell(
            ui,
            &format!("{}（上年）", line.name),
            Palette::of(ui).text_weak,
        ),
    }
}

/// "100.00 → 120.00　+20.00（+20%）"
fn both(ui: &mut Ui, amounts: Amounts) {
    let palette = Palette::of(ui);
    let amount = |amount: Option<Decimal>| amount.map_or_else(|| "—".to_owned(), money);
    if amounts == Amounts::default() {
        return;
    }
    let words = format!("{} → {}", amount(amounts.last), amount(amounts.now));
    cell(ui, &words, palette.text);
    let Some(difference) = amounts.difference() else {
        return;
    };
    let words = match (difference.is_zero(), amounts.percent()) {
        (true, _) => "不变".to_owned(),
        (false, Some(percent)) => format!(
            "{}（{}%）",
            signed(difference, money),
            signed(percent, plain)
        ),
        (false, None) => signed(difference, money),
    };
    cell(ui, &words, palette.text_weak);
}

fn signed(number: Decimal, written: fn(Decimal) -> String) -> String {
    match number > Decimal::ZERO {
        true => format!("+{}", written(number)),
        false => written(number),
    }
}

fn rates(ui: &mut Ui, [before, now]: [Option<Decimal>; 2]) {
    if before.is_none() && now.is_none() {
        return;
    }
    let rate = |rate: Option<Decimal>| {
        rate.map_or_else(|| "—".to_owned(), |rate| format!("{}%", plain(rate)))
    };
    let words = format!("{} → {}", rate(before), rate(now));
    cell(ui, &words, Palette::of(ui).text);
}

/// 总分 and 等级 in one line.
pub(super) fn total(ui: &mut Ui, comparison: &Comparison, goes_to: &mut Option<CellPath>) {
    let [before, now] = comparison.total.map(or_dash);
    let [rated, rates] = &comparison.rating;
    let mut words = format!("{before} → {now}");
    if !rated.is_empty() || !rates.is_empty() {
        let rating = |text: &String| match &**text {
            "" => "—".to_owned(),
            text => text.to_owned(),
        };
        words.push_str(&format!("　等级 {} → {}", rating(rated), rating(rates)));
    }
    ui.horizontal(|ui| {
        if button::quiet(ui, "总分").clicked() {
            *goes_to = Some(comparison.total_at.clone());
        }
        ui.label(RichText::new(words).font(theme::text::grid()));
    });
    ui.add_space(space::S);
}

/// The columns of indicators with their shares of the width.
const COLUMNS: [(&str, f32); 8] = [
    ("二级指标", 0.09),
    ("三级指标", 0.19),
    ("上年指标值", 0.105),
    ("上年完成值", 0.105),
    ("今年指标值", 0.105),
    ("今年完成值", 0.105),
    ("变化", 0.09),
    ("可能会被问到", 0.21),
];

/// Indicators side by side.
pub(super) fn indicators(
    ui: &mut Ui,
    comparison: &Comparison,
    only_changes: bool,
    room: f32,
    goes_to: &mut Option<CellPath>,
) {
    let lines: Vec<&IndicatorLine> = comparison
        .indicators
        .iter()
        .filter(|line| !only_changes || line.is_told())
        .collect();
    if lines.is_empty() {
        let weak = Palette::of(ui).text_weak;
        ui.add_space(space::L);
        ui.label(RichText::new("指标没有变化").color(weak));
        return;
    }
    let width = ui.available_width() - COLUMNS.len() as f32 * ui.spacing().item_spacing.x;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut builder = TableBuilder::new(ui)
            .id_salt("indicators of two years")
            .striped(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .auto_shrink([false, true])
            .min_scrolled_height(room)
            .max_scroll_height(room);
        for (_, share) in &COLUMNS[..COLUMNS.len() - 1] {
            builder = builder.column(Width::exact(width * share).clip(true));
        }
        builder
            .column(Width::remainder().clip(true))
            .header(ROW, |mut header| {
                for (name, _) in COLUMNS {
                    header.col(|ui| caption(ui, name));
                }
            })
            .body(|body| {
                body.rows(ROW, lines.len(), |mut row| {
                    let line = lines[row.index()];
                    row.col(|ui| cell(ui, &line.group, Palette::of(ui).text_weak));
                    row.col(|ui| name_of_indicator(ui, line, goes_to));
                    for text in [
                        &line.last_target,
                        &line.last_actual,
                        &line.target,
                        &line.actual,
                    ] {
                        row.col(|ui| cell(ui, text, Palette::of(ui).text));
                    }
                    row.col(|ui| {
                        let color = color_of(line.change, Palette::of(ui));
                        cell(ui, &line.change.to_string(), color);
                    });
                    row.col(|ui| cell(ui, &line.remark, Palette::of(ui).warning));
                });
            });
    });
}

fn color_of(change: Change, palette: &Palette) -> Color32 {
    match change {
        Change::New => palette.good,
        Change::Gone | Change::Lowered(false) | Change::Raised(true) => palette.warning,
        Change::OtherUnit | Change::Reworded => palette.hint,
        Change::Raised(false) | Change::Lowered(true) => palette.text,
        Change::Same => palette.text_faint,
    }
}

/// The name leads to the row. A pair that is not sure says so.
fn name_of_indicator(ui: &mut Ui, line: &IndicatorLine, goes_to: &mut Option<CellPath>) {
    let palette = Palette::of(ui);
    let was = line.was.as_ref().map(|was| match line.how {
        Some(How::Alike) => format!("上年可能是：{was}"),
        _ => format!("上年称：{was}"),
    });
    let Some(at) = &line.at else {
        return cell(ui, &line.name, palette.text_weak);
    };
    if let Some(was) = &was {
        let mark = match line.how {
            Some(How::Alike) => "可能是",
            _ => "改名",
        };
        let mark = RichText::new(mark).font(theme::text::small());
        ui.label(mark.color(palette.hint)).on_hover_text(was);
    }
    let name = match &*line.name {
        "" => "（未命名指标）",
        name => name,
    };
    let response = button::quiet(ui, name);
    let response = match was {
        Some(was) => response.on_hover_text(format!("{name}\n{was}")),
        None => response.on_hover_text(name),
    };
    if response.clicked() {
        *goes_to = Some(at.clone());
    }
}
