//! The list of projects.

use std::collections::BTreeSet;

use egui::{Align, Color32, Label, Layout, RichText, ScrollArea, Ui, WidgetInfo};
use egui_extras::{Column as Width, TableBuilder};

use super::{Line, Order};
use crate::{
    model::{
        deadlines::Urgency,
        id::Id,
        project::{Project, Stage},
    },
    ui::{
        icons,
        theme::{self, Palette, ROW, space},
        widgets::{button, choice},
    },
};

/// The widths of the columns before those of the stages, in points; that of the name is the least.
const CHECK: f32 = 30.0;
const NAME: f32 = 190.0;
const YEAR: f32 = 48.0;
const STAGE: f32 = 84.0;
const DUE: f32 = 160.0;
const LEFT: f32 = 92.0;
const DAY: f32 = 84.0;

/// Draws the list; the project that the person wants to go to.
pub(super) fn show(
    ui: &mut Ui,
    lines: &[&Line],
    chosen: &mut BTreeSet<Id<Project>>,
    order: &mut Order,
    room: f32,
) -> Option<Id<Project>> {
    if lines.is_empty() {
        ui.add_space(space::XL);
        ui.vertical_centered(|ui| {
            let faint = Palette::of(ui).text_faint;
            ui.label(RichText::new("没有这样的项目").color(faint));
        });
        ui.add_space((room - 2.0 * space::XL).max(0.0));
        return None;
    }
    let used: Vec<usize> = (0..Stage::ALL.len())
        .filter(|stage| lines.iter().any(|line| !line.days[*stage].is_empty()))
        .collect();
    let fixed = CHECK + YEAR + STAGE + DUE + LEFT + DAY * used.len() as f32;
    let gaps = (6 + used.len()) as f32 * ui.spacing().item_spacing.x;
    let name = (ui.available_width() - fixed - gaps).max(NAME);
    let mut goes_to = None;
    ScrollArea::horizontal()
        .id_salt("stages")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let widths = [CHECK, name, YEAR, STAGE, DUE, LEFT];
            let mut builder = TableBuilder::new(ui)
                .id_salt("progress of projects")
                .striped(false)
                .cell_layout(Layout::left_to_right(Align::Center))
                .auto_shrink([false, false])
                .min_scrolled_height(room)
                .max_scroll_height(room);
            for width in widths {
                builder = builder.column(Width::exact(width).clip(true));
            }
            builder
                .columns(Width::exact(DAY).clip(true), used.len())
                .header(ROW, |mut header| {
                    header.col(|ui| all(ui, lines, chosen));
                    header.col(|ui| sorting(ui, "项目", Order::Name, order));
                    header.col(|ui| caption(ui, "年度"));
                    header.col(|ui| sorting(ui, "现阶段", Order::Stage, order));
                    header.col(|ui| sorting(ui, "下一期限", Order::Due, order));
                    header.col(|ui| caption(ui, "剩余"));
                    for stage in &used {
                        header.col(|ui| caption(ui, &Stage::ALL[*stage].to_string()));
                    }
                })
                .body(|body| {
                    body.rows(ROW, lines.len(), |mut row| {
                        let line = lines[row.index()];
                        row.col(|ui| check(ui, line, chosen));
                        row.col(|ui| {
                            if button::quiet(ui, &line.name)
                                .on_hover_text(&line.name)
                                .clicked()
                            {
                                goes_to = Some(line.project);
                            }
                        });
                        row.col(|ui| cell(ui, &line.year, Palette::of(ui).text_weak, ""));
                        row.col(|ui| {
                            cell(ui, &line.stage.to_string(), Palette::of(ui).text, "");
                        });
                        due(&mut row, line);
                        for stage in &used {
                            row.col(|ui| {
                                let is_done = line.stage.is_done_with(Stage::ALL[*stage]);
                                let palette = Palette::of(ui);
                                let color = match is_done {
                                    true => palette.text_faint,
                                    false => palette.text,
                                };
                                cell(ui, &line.days[*stage], color, "");
                            });
                        }
                    });
                });
        });
    goes_to
}

fn due(row: &mut egui_extras::TableRow<'_, '_>, line: &Line) {
    let (what, left, remark) = match &line.due {
        Some((stage, day, left, remark)) => {
            (format!("{stage} {day}"), left.as_str(), remark.as_str())
        }
        None => (String::new(), "", ""),
    };
    row.col(|ui| cell(ui, &what, Palette::of(ui).text, remark));
    row.col(|ui| {
        let palette = Palette::of(ui);
        let (icon, color) = match line.urgency {
            Some(Urgency::Overdue) => (icons::WARNING, palette.error),
            Some(Urgency::ThisWeek) => (icons::CLOCK, palette.warning),
            Some(Urgency::Later) | None => ("", palette.text_weak),
        };
        let words = format!("{icon} {left}");
        cell(ui, words.trim(), color, remark);
    });
}

fn caption(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).font(theme::text::grid());
    ui.add(Label::new(text.color(Palette::of(ui).text_weak)).truncate());
}

/// A heading that sorts; once more, and the projects stand as in the document.
fn sorting(ui: &mut Ui, text: &str, by: Order, order: &mut Order) {
    let is_on = *order == by;
    let word = match is_on {
        true => format!("{text} {}", icons::ARROW_DOWN),
        false => text.to_owned(),
    };
    let response = button::quiet(ui, &word).on_hover_text("点击排序；再点一次恢复文件中的顺序");
    let name = format!("按{text}排序");
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, &name));
    if response.clicked() {
        *order = if is_on { Order::Document } else { by };
    }
}

/// Chooses all that are listed, or none.
fn all(ui: &mut Ui, lines: &[&Line], chosen: &mut BTreeSet<Id<Project>>) {
    let mut is_all = lines.iter().all(|line| chosen.contains(&line.project));
    let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_all, ""));
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::CheckBox, true, is_all, "选中列出的全部项目")
    });
    if response.changed() {
        for line in lines {
            match is_all {
                true => chosen.insert(line.project),
                false => chosen.remove(&line.project),
            };
        }
    }
}

fn check(ui: &mut Ui, line: &Line, chosen: &mut BTreeSet<Id<Project>>) {
    let mut is_chosen = chosen.contains(&line.project);
    let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_chosen, ""));
    let name = format!("选中 {}", line.name);
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_chosen, &name));
    if response.changed() {
        match is_chosen {
            true => chosen.insert(line.project),
            false => chosen.remove(&line.project),
        };
    }
}

fn cell(ui: &mut Ui, text: &str, color: Color32, more: &str) {
    if text.is_empty() {
        return;
    }
    let shown = RichText::new(text).font(theme::text::grid()).color(color);
    let response = ui.add(Label::new(shown).truncate());
    match more {
        "" => {}
        more => {
            response.on_hover_text(format!("{text}\n{more}"));
        }
    }
}
