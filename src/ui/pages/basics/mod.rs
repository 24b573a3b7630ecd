//! 基本信息: what the form says at its head and foot, and what it is.

mod fields;
mod form;
mod tables;

use egui::{RichText, Ui};

use crate::{
    edit::command::EditCommand,
    model::{
        edition::{FieldLayout, TotalPlace},
        path::{Place, StatedField},
    },
    ui::{
        action::Action,
        icons,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, field::Field},
    },
};

/// The narrowest page with two columns of fields, in points.
const TWO_COLUMNS: f32 = 560.0;

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    part(ui, "项目", |ui| header(ui, shown, scene));
    part(ui, "填报", |ui| form::show(ui, shown, scene));
    for table in &shown.edition.tables {
        part(ui, &table.caption, |ui| {
            tables::show(ui, shown, scene, table)
        });
    }
    if !shown.edition.texts.is_empty() {
        part(ui, "其他内容", |ui| {
            for layout in &shown.edition.texts {
                let at = Place::Text(layout.key.clone());
                fields::show(ui, shown, scene, at, layout);
            }
        });
    }
    if !shown.edition.footer.is_empty() {
        part(ui, "表尾", |ui| {
            let layouts: Vec<&FieldLayout> = shown.edition.footer.iter().collect();
            in_columns(ui, &layouts, |ui, layout| {
                let at = Place::Footer(layout.key.clone());
                fields::show(ui, shown, scene, at, layout);
            });
        });
    }
    part(ui, "表下注释", |ui| footnotes(ui, shown, scene));
}

/// A part of the page under its title.
fn part(ui: &mut Ui, title: &str, content: impl FnOnce(&mut Ui)) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::M;
        ui.label(RichText::new(title).font(theme::text::strong()));
        content(ui);
    });
    ui.add_space(space::M);
}

/// Things side by side, two in a row where there is room.
fn in_columns<T>(ui: &mut Ui, things: &[T], mut content: impl FnMut(&mut Ui, &T)) {
    let columns = if ui.available_width() < TWO_COLUMNS {
        1
    } else {
        2
    };
    let gaps = space::L * (columns - 1) as f32;
    let width = (ui.available_width() - gaps) / columns as f32;
    for row in things.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for thing in row {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.x = space::S;
                    content(ui, thing);
                });
            }
        });
    }
}

fn header(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let edition = &shown.edition;
    let layouts: Vec<&FieldLayout> = edition.header.iter().collect();
    in_columns(ui, &layouts, |ui, layout| {
        let at = Place::Header(layout.key.clone());
        fields::show(ui, shown, scene, at, layout);
    });
    let totals = &edition.totals;
    if totals.place == TotalPlace::Header {
        let fields = [
            (totals.weight, StatedField::TotalWeight, "总分（分值）"),
            (
                totals.score,
                StatedField::TotalScore,
                totals.caption.as_str(),
            ),
            (totals.rating, StatedField::Rating, "评价等级"),
        ];
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|(printed, ..)| *printed)
            .collect();
        in_columns(ui, &fields, |ui, (_, field, caption)| {
            let at = shown.project.at(Place::Stated(*field));
            Field::new(at, caption).show(ui, shown, scene);
        });
    }
}

fn footnotes(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let count = shown.project.stated.footnotes.len();
    let is_editable = shown.project.stage.is_editable();
    if count == 0 && !is_editable {
        ui.label(RichText::new("没有注释").color(Palette::of(ui).text_faint));
    }
    for index in 0..count {
        let label = format!("注释 {}", index + 1);
        ui.horizontal_top(|ui| {
            let at = Place::Stated(StatedField::Footnote(index));
            Field::new(shown.project.at(at), &label)
                .lines(2)
                .width(ui.available_width() - 40.0)
                .show(ui, shown, scene);
            let remove = format!("删除注释 {}", index + 1);
            if is_editable && button::icon(ui, icons::TRASH, &remove).clicked() {
                let command = EditCommand::RemoveFootnote {
                    project: shown.project.id,
                    index,
                };
                let said = format!("已删除注释 {}", index + 1);
                scene.send.send(Action::EditAndSay(command, said));
            }
        });
    }
    if is_editable {
        // Typing into the last, empty one appends it.
        let at = Place::Stated(StatedField::Footnote(count));
        Field::new(shown.project.at(at), "添加注释")
            .hint("在此输入新的注释")
            .show(ui, shown, scene);
    }
}
