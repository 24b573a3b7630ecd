//! All fields of one entry.

use egui::{Id as UiId, Label, RichText, Ui};

use super::super::Outcome;
use crate::{
    edit::command::EditCommand,
    model::{
        document::Document,
        ledger::Rectification,
        path::{CellPath, Place},
        project::Project,
        typed::trim,
    },
    sharing::ledger::place_in_words,
    ui::{
        action::Action,
        desk::Desk,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry, written},
    },
};

/// Draws them under the table.
pub(super) fn show(
    ui: &mut Ui,
    entry: &Rectification,
    desk: &Desk,
    scene: &mut Scene<'_>,
) -> Outcome {
    ui.add_space(space::S);
    ui.separator();
    let document = desk.session.document();
    let outcome = head(ui, entry, desk, scene);
    ui.add_space(space::XS);
    ui.columns(3, |columns| {
        let [left, middle, right] = columns else {
            return;
        };
        field(
            left,
            entry,
            "审核意见",
            4,
            &entry.comment,
            scene,
            |entry, text| {
                entry.comment = text.into();
            },
        );
        field(
            middle,
            entry,
            "修改前",
            1,
            &entry.before,
            scene,
            |entry, text| {
                entry.before = text.into();
            },
        );
        field(
            middle,
            entry,
            "修改后",
            1,
            &entry.after,
            scene,
            |entry, text| {
                entry.after = text.into();
            },
        );
        field(
            right,
            entry,
            "整改情况（回复）",
            4,
            &entry.reply,
            scene,
            |entry, text| {
                entry.reply = text.into();
            },
        );
    });
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.label("序号");
        short(
            ui,
            entry,
            "序号",
            64.0,
            &entry.number,
            scene,
            |entry, text| {
                entry.number = text;
            },
        );
        ui.label("项目");
        project(ui, entry, document, scene);
        if entry.at.is_none() {
            ui.label("位置");
            short(
                ui,
                entry,
                "位置",
                220.0,
                &entry.place,
                scene,
                |entry, text| {
                    entry.place = text;
                },
            );
        }
    });
    outcome
}

/// Where it is, and what can be done with the entry.
fn head(ui: &mut Ui, entry: &Rectification, desk: &Desk, scene: &mut Scene<'_>) -> Outcome {
    let document = desk.session.document();
    let editions = |project: &Project| desk.session.editions().of(project);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        let place = place_in_words(entry, document, &editions);
        let target = entry.at.as_ref().filter(|at| is_there(document, at));
        if let Some(at) = target
            && button::plain(ui, "转到此处").clicked()
        {
            scene.send.send(Action::GoTo(at.clone()));
            outcome = Outcome::Close;
        }
        link(ui, entry, scene);
        if entry.at.is_some() && button::quiet(ui, "取消定位").clicked() {
            let at = None;
            set(
                scene,
                Rectification {
                    at,
                    ..looked_at(entry)
                },
            );
        }
        if entry.guessed {
            let warning = Palette::of(ui).warning;
            ui.label(RichText::new("项目和位置是推测的").color(warning));
            if button::quiet(ui, "推测正确").clicked() {
                set(scene, looked_at(entry));
            }
        }
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            acts(ui, entry, document, scene);
            let weak = Palette::of(ui).text_weak;
            let place = RichText::new(&place).font(theme::text::small()).color(weak);
            ui.add(Label::new(place).truncate());
        });
    });
    outcome
}

/// The entry is about the cell that was selected before the dialog came up.
fn link(ui: &mut Ui, entry: &Rectification, scene: &mut Scene<'_>) {
    let cell = scene.position.cell.clone();
    let cell = cell.filter(|cell| !matches!(cell.place, Place::Paper(_)));
    let is_new = cell.is_some() && cell != entry.at;
    let word = "定位到当前单元格";
    let pressed = ui.add_enabled_ui(is_new, |ui| {
        button::plain(ui, word)
            .on_hover_text("这条意见说的是打开台账前选中的那一格")
            .on_disabled_hover_text("先在表中选中一格，再打开台账")
    });
    if let Some(cell) = cell.filter(|_| is_new && pressed.inner.clicked()) {
        let project = scene.desk.and_then(|desk| desk.project(cell.project));
        let project_name = project.map_or_else(
            || entry.project_name.clone(),
            |project| trim(project.name()).to_owned(),
        );
        let entry = Rectification {
            project: Some(cell.project),
            project_name,
            at: Some(cell),
            ..looked_at(entry)
        };
        set(scene, entry);
    }
}

fn acts(ui: &mut Ui, entry: &Rectification, document: &Document, scene: &mut Scene<'_>) {
    if button::icon(ui, icons::TRASH, "删除这一条").clicked() {
        let entries = vec![entry.id];
        let command = EditCommand::DropRectifications { entries };
        let said = format!("已删除整改事项 {}", entry.number);
        scene
            .send
            .send(Action::EditAndSay(command, said.trim_end().to_owned()));
    }
    let at = document.ledger.position(|known| known.id == entry.id);
    let Some(at) = at else { return };
    let mut relocate = |ui: &mut Ui, icon: &str, name: &str, index: Option<usize>| {
        let can = index.is_some_and(|index| index < document.ledger.len());
        let pressed = ui.add_enabled_ui(can, |ui| button::icon(ui, icon, name));
        if let Some(index) = index.filter(|_| can && pressed.inner.clicked()) {
            let entry = entry.id;
            scene
                .send
                .edit(EditCommand::MoveRectification { entry, index });
        }
    };
    relocate(ui, icons::ARROW_DOWN, "下移这一条", Some(at + 1));
    relocate(ui, icons::ARROW_UP, "上移这一条", at.checked_sub(1));
}

fn project(ui: &mut Ui, entry: &Rectification, document: &Document, scene: &mut Scene<'_>) {
    ui.scope(|ui| {
        ui.set_max_width(280.0);
        let none = match entry.project_name.as_str() {
            _ if entry.project.is_some() => "不限项目",
            "" => "不限项目",
            name => name,
        };
        let names: Vec<&str> = std::iter::once(none)
            .chain(document.projects.iter().map(|project| project.shown_name()))
            .collect();
        let current = match entry.project {
            Some(_) => entry.shown_project(document),
            None => none,
        };
        let options = names.iter().map(|name| (*name, ""));
        let Some(taken) = choice::show(ui, "所属项目", None, current, options) else {
            return;
        };
        let project = taken
            .checked_sub(1)
            .and_then(|at| document.projects.get(at));
        let id = project.map(|project| project.id);
        let entry = Rectification {
            project: id,
            project_name: project
                .map_or_else(String::new, |project| trim(project.name()).to_owned()),
            at: entry.at.clone().filter(|at| Some(at.project) == id),
            ..looked_at(entry)
        };
        set(scene, entry);
    });
}

/// The entry as somebody has looked at it: nothing of it is a guess any more.
fn looked_at(entry: &Rectification) -> Rectification {
    Rectification {
        guessed: false,
        ..entry.clone()
    }
}

fn set(scene: &mut Scene<'_>, entry: Rectification) {
    let entry = Box::new(entry);
    scene.send.edit(EditCommand::SetRectification { entry });
}

fn is_there(document: &Document, at: &CellPath) -> bool {
    let project = document.project(at.project);
    project
        .is_some_and(|project| at.place == Place::Whole || project.cell_text(&at.place).is_some())
}

fn field(
    ui: &mut Ui,
    entry: &Rectification,
    caption: &str,
    lines: usize,
    current: &str,
    scene: &mut Scene<'_>,
    write: impl FnOnce(&mut Rectification, String),
) {
    let weak = Palette::of(ui).text_weak;
    ui.label(
        RichText::new(caption)
            .font(theme::text::small())
            .color(weak),
    );
    let height = 26.0 * lines as f32 + 8.0;
    egui::ScrollArea::vertical()
        .id_salt(caption)
        .max_height(height)
        .show(ui, |ui| {
            let id = UiId::unique(("ledger", entry.id, caption));
            let shown = Entry::new(id, caption).lines(lines);
            written::show(ui, id, shown, current, scene, changed(entry, write));
        });
}

fn short(
    ui: &mut Ui,
    entry: &Rectification,
    caption: &str,
    width: f32,
    current: &str,
    scene: &mut Scene<'_>,
    write: impl FnOnce(&mut Rectification, String),
) {
    let id = UiId::unique(("ledger", entry.id, caption));
    let name = format!("事项的{caption}");
    let shown = Entry::new(id, &name).width(width);
    written::show(ui, id, shown, current, scene, changed(entry, write));
}

fn changed(
    entry: &Rectification,
    write: impl FnOnce(&mut Rectification, String),
) -> impl FnOnce(String) -> EditCommand {
    let mut entry = entry.clone();
    move |text| {
        write(&mut entry, text);
        EditCommand::SetRectification {
            entry: Box::new(entry),
        }
    }
}
