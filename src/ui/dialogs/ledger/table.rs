//! The entries, one a row; what is done about them is typed in place.

use egui::{Align, Color32, Id as UiId, Label, Layout, RichText, Ui, WidgetInfo};
use egui_extras::{Column as Width, TableBuilder, TableRow};

use crate::{
    edit::command::EditCommand,
    model::{id::Id, ledger::Rectification, project::Project},
    session::one_line::one_line,
    sharing::ledger::place_in_words,
    ui::{
        desk::Desk,
        scene::Scene,
        theme::{self, Palette, ROW},
        widgets::{choice, entry::Entry, written},
    },
};

/// The height of a row: that of a field, and a little air.
const HEIGHT: f32 = ROW + 6.0;
/// The widths of columns, in points; what is left is shared by place, comment and reply.
const DONE: f32 = 44.0;
const NUMBER: f32 = 48.0;
const PROJECT: f32 = 112.0;
const BY: f32 = 84.0;
const DATE: f32 = 100.0;

/// Draws the table.
pub(super) fn show(
    ui: &mut Ui,
    entries: &[&Rectification],
    chosen: &mut Option<Id<Rectification>>,
    desk: &Desk,
    room: f32,
    scene: &mut Scene<'_>,
) {
    if entries.is_empty() {
        let faint = Palette::of(ui).text_faint;
        ui.vertical_centered(|ui| ui.label(RichText::new("没有这样的事项").color(faint)));
        ui.add_space(room - ROW);
        return;
    }
    let gaps = 10.0 * ui.spacing().item_spacing.x;
    let rest = ui.available_width() - (DONE + NUMBER + PROJECT + BY + DATE) - gaps;
    let share = |part: f32| (rest * part).max(0.0);
    let widths = [
        DONE,
        NUMBER,
        PROJECT,
        share(0.22),
        share(0.34),
        share(0.16),
        share(0.28),
        BY,
        DATE,
    ];
    let captions = [
        "完成",
        "序号",
        "项目",
        "位置",
        "审核意见",
        "修改前 → 修改后",
        "整改情况",
        "责任人",
        "完成时间",
    ];
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut builder = TableBuilder::new(ui)
            .id_salt("ledger")
            .striped(false)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .auto_shrink([false, true])
            .min_scrolled_height(room)
            .max_scroll_height(room);
        for width in widths {
            builder = builder.column(Width::exact(width).clip(true));
        }
        builder
            .header(ROW, |mut header| {
                for text in captions {
                    header.col(|ui| {
                        let weak = Palette::of(ui).text_weak;
                        let text = RichText::new(text).font(theme::text::grid());
                        ui.add(Label::new(text.color(weak)).truncate());
                    });
                }
            })
            .body(|body| {
                body.rows(HEIGHT, entries.len(), |mut row| {
                    let entry = entries[row.index()];
                    row.set_selected(*chosen == Some(entry.id));
                    line(&mut row, entry, desk, scene);
                    let response = row.response();
                    let name = format!("整改事项 {} {}", entry.number, one_line(&entry.comment));
                    let is_on = *chosen == Some(entry.id);
                    response.widget_info(|| {
                        WidgetInfo::selected(egui::Role::ListBoxOption, true, is_on, &name)
                    });
                    if response.clicked() {
                        *chosen = Some(entry.id);
                    }
                });
            });
    });
}

fn line(row: &mut TableRow<'_, '_>, entry: &Rectification, desk: &Desk, scene: &mut Scene<'_>) {
    let document = desk.session.document();
    let editions = |project: &Project| desk.session.editions().of(project);
    row.col(|ui| done(ui, entry, scene));
    row.col(|ui| cell(ui, &entry.number, Palette::of(ui).text));
    let guessed = |text: &str| match entry.guessed && !text.is_empty() {
        true => format!("{text}（推测）"),
        false => text.to_owned(),
    };
    row.col(|ui| {
        let project = entry.shown_project(document);
        let is_guess = entry.at.is_none();
        let shown = if is_guess {
            guessed(project)
        } else {
            project.to_owned()
        };
        cell(ui, &shown, Palette::of(ui).text_weak);
    });
    row.col(|ui| {
        let place = place_in_words(entry, document, &editions);
        let shown = if entry.at.is_some() {
            guessed(&place)
        } else {
            place
        };
        cell(ui, &shown, Palette::of(ui).text_weak);
    });
    row.col(|ui| cell(ui, &entry.comment, Palette::of(ui).text));
    row.col(|ui| {
        if !(entry.before.is_empty() && entry.after.is_empty()) {
            let shown = format!("{} → {}", or_blank(&entry.before), or_blank(&entry.after));
            cell(ui, &shown, Palette::of(ui).text_weak);
        }
    });
    row.col(|ui| {
        // A text of several lines is written beneath.
        if entry.reply.contains('\n') {
            return cell(ui, &entry.reply, Palette::of(ui).text);
        }
        field(
            ui,
            entry,
            "整改情况",
            &entry.reply,
            scene,
            |entry, text| {
                entry.reply = text.into();
            },
        );
    });
    row.col(|ui| {
        field(ui, entry, "责任人", &entry.by, scene, |entry, text| {
            entry.by = text
        });
    });
    row.col(|ui| {
        field(
            ui,
            entry,
            "完成时间",
            &entry.date,
            scene,
            |entry, text| entry.date = text,
        );
    });
}

fn or_blank(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

/// The box that says that it is dealt with; the day is put in where none stands there.
fn done(ui: &mut Ui, entry: &Rectification, scene: &mut Scene<'_>) {
    let mut is_done = entry.done;
    let response = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_done, ""));
    let name = format!("已完成 {}", entry.number);
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_done, &name));
    if response.changed() {
        let today = scene.environment.today().to_string();
        let date = match is_done && entry.date.is_empty() {
            true => today,
            false => entry.date.clone(),
        };
        scene.send.edit(EditCommand::SetRectification {
            entry: Box::new(Rectification {
                done: is_done,
                date,
                ..entry.clone()
            }),
        });
    }
}

fn field(
    ui: &mut Ui,
    entry: &Rectification,
    caption: &str,
    current: &str,
    scene: &mut Scene<'_>,
    write: impl FnOnce(&mut Rectification, String),
) {
    let id = UiId::unique(("ledger in place", entry.id, caption));
    let name = format!("{caption} {}", entry.number);
    let width = ui.available_width();
    let shown = Entry::new(id, &name).width(width);
    written::show(ui, id, shown, current, scene, |text| {
        let mut entry = entry.clone();
        write(&mut entry, text);
        EditCommand::SetRectification {
            entry: Box::new(entry),
        }
    });
}

fn cell(ui: &mut Ui, text: &str, color: Color32) {
    if text.is_empty() {
        return;
    }
    let shown = RichText::new(one_line(text)).font(theme::text::grid());
    // A click goes through to the row.
    let label = Label::new(shown.color(color)).truncate().selectable(false);
    ui.add(label).on_hover_text(text);
}
