//! A further table of the edition: fixed rows with captions, and rows of the person's own where the edition allows them.

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::{
    edit::command::{EditCommand, NewParts, Parts},
    model::{
        edition::{FieldKind, TableLayout},
        id::Id,
        path::Place,
        project::TableRow,
    },
    ui::{
        icons,
        scene::{Scene, Shown},
        theme::{Palette, space, text},
        widgets::{badge, button, field::Field},
    },
};

/// Draws the table.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, table: &TableLayout) {
    const CAPTION: f32 = 120.0;
    const LEAST: f32 = 120.0;
    let columns = table.columns.len().max(1) as f32;
    let room = ui.available_width() - CAPTION - 40.0 - columns * space::S;
    let width = (room / columns).max(LEAST);
    ScrollArea::horizontal()
        .id_salt(("table", &table.key))
        .auto_shrink([false, true])
        .show(ui, |ui| {
            Grid::new(("table", &table.key))
                .spacing([space::S, space::XS])
                .show(ui, |ui| {
                    head(ui, table);
                    let rows = shown.project.tables.get(&table.key);
                    for (number, row) in rows.iter().flat_map(|rows| rows.iter()).enumerate() {
                        a_row(ui, shown, scene, table, row, number, width);
                        ui.end_row();
                    }
                });
        });
    if table.free_rows && shown.project.stage.is_editable() {
        let add = format!("{} 添加一行", icons::PLUS);
        if button::quiet(ui, &add).clicked() {
            scene.send.edit(EditCommand::Insert {
                project: shown.project.id,
                parts: NewParts::TableRows(table.key.clone(), vec![blank(scene)]),
                index: usize::MAX,
            });
        }
    }
}

fn blank(scene: &Scene<'_>) -> TableRow {
    TableRow {
        id: Id::new(&mut &**scene.environment),
        copied_from: None,
        key: String::new(),
        cells: Default::default(),
        unknown: Default::default(),
    }
}

fn head(ui: &mut Ui, table: &TableLayout) {
    let color = Palette::of(ui).text_weak;
    ui.label("");
    for column in &table.columns {
        ui.label(
            RichText::new(&column.caption)
                .font(text::small())
                .color(color),
        );
    }
    ui.end_row();
}

fn a_row(
    ui: &mut Ui,
    shown: &Shown,
    scene: &mut Scene<'_>,
    table: &TableLayout,
    row: &TableRow,
    number: usize,
    width: f32,
) {
    let layout = table.rows.iter().find(|layout| layout.key == row.key);
    let caption = match layout {
        Some(layout) => layout.caption.clone(),
        None => format!("第 {} 行", number + 1),
    };
    ui.label(&caption);
    for column in &table.columns {
        let place = Place::Table(table.key.clone(), row.id, column.key.clone());
        let name = format!("{} {caption} {}", table.caption, column.caption);
        let lines = if column.kind == FieldKind::Paragraph {
            2
        } else {
            1
        };
        ui.horizontal(|ui| {
            badge::findings(ui, shown, &place);
            Field::new(shown.project.at(place), &name)
                .uncaptioned()
                .lines(lines)
                .width(width)
                .show(ui, shown, scene);
        });
    }
    let is_own = layout.is_none() && shown.project.stage.is_editable();
    if is_own && button::icon(ui, icons::TRASH, &format!("删除{caption}")).clicked() {
        scene.send.edit(EditCommand::Remove {
            project: shown.project.id,
            parts: Parts::TableRows(table.key.clone(), vec![row.id]),
        });
    }
}
