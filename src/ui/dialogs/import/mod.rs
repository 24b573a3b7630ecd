//! 导入: files, a folder or pasted text are read, shown with what became of every cell, corrected, and taken as one step.

mod asking;
mod corrections;
mod entries;
mod forms;
mod table;

use std::{path::PathBuf, sync::Arc};

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::{Dialog, Outcome, buttons, is_confirmed, progress};
use crate::{
    exchange::{
        recognise::{ColumnUse, Recognised, RowUse},
        report::Source as At,
    },
    session::import::{Progress, Source},
    ui::{
        action::{Action, Outbox},
        importing::{ImportAction, Phase, Preview},
        scene::Scene,
        theme::{Palette, space},
        widgets::button,
    },
};
use entries::Entries;
use table::{Picked, SourceTable};

/// The dialog.
#[derive(Default)]
pub struct ImportDialog {
    /// What was pasted.
    text: String,
    /// What is shown of a result; made anew with each.
    view: Option<View>,
}

/// What is shown of a result.
struct View {
    of: Arc<Recognised>,
    entries: Entries,
    table: SourceTable,
}

impl Dialog for ImportDialog {
    fn title(&self) -> String {
        "导入".into()
    }

    fn width(&self) -> f32 {
        1240.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("import")
    }

    fn holds_text(&self) -> bool {
        !self.text.trim().is_empty() || self.view.is_some()
    }

    fn closed(&self, send: &mut Outbox) {
        // Behind what it asked for before, such as 导入.
        send.send(Action::Import(Box::new(ImportAction::Stop)));
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        take_dropped(ui, scene);
        let importing = scene.importing;
        match importing.phase() {
            Phase::Asking => {
                self.view = None;
                asking::show(ui, &mut self.text, scene)
            }
            Phase::Reading(progress) => {
                self.view = None;
                reading(ui, progress, scene)
            }
            Phase::Read(preview) => self.preview(ui, preview, scene),
        }
    }
}

/// Reads files that are dropped on the dialog.
fn take_dropped(ui: &Ui, scene: &mut Scene<'_>) {
    let dropped: Vec<PathBuf> = ui.input(|input| {
        let files = input.raw.dropped_files.iter();
        files.map(|file| file.path().to_path_buf()).collect()
    });
    if !dropped.is_empty() {
        ask(scene, ImportAction::Read(Source::Paths(dropped)));
    }
}

fn ask(scene: &mut Scene<'_>, action: ImportAction) {
    scene.send.send(Action::Import(Box::new(action)));
}

/// How far the reading is.
fn reading(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) -> Outcome {
    let now = progress.now();
    let words = match now.files {
        0 | 1 => format!("正在读取 {}", now.name),
        files => format!(
            "正在读取第 {} 个文件，共 {files} 个：{}",
            now.file + 1,
            now.name
        ),
    };
    progress::show(ui, &words, &now, "打开的文件在确认导入之前不会改动");
    buttons(ui, |ui| {
        if button::plain(ui, "停止").clicked() {
            ask(scene, ImportAction::Stop);
        }
        Outcome::Open
    })
}

impl ImportDialog {
    fn preview(&mut self, ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>) -> Outcome {
        let is_current = |view: &View| Arc::ptr_eq(&view.of, &preview.recognised);
        let view = match self.view.take().filter(is_current) {
            Some(view) => self.view.insert(view),
            None => self.view.insert(View {
                of: Arc::clone(&preview.recognised),
                entries: Entries::new(&preview.report),
                table: SourceTable::new(preview),
            }),
        };
        let bottom = ui
            .max_rect()
            .bottom()
            .min(ui.ctx().content_rect().bottom() - 68.0);
        forms::show(ui, preview, scene);
        ui.add_space(space::S);
        let height = (bottom - ui.cursor().top() - 48.0).max(160.0);
        let width = ui.available_width();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            let left = vec2((width * 0.38).min(460.0), height);
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(left, down, |ui| {
                ui.set_min_size(left);
                ui.set_max_size(left);
                if let Some(source) = view.entries.show(ui, &preview.report) {
                    view.table.go_to(preview, source);
                }
            });
            let right = vec2(ui.available_width(), height);
            ui.allocate_ui_with_layout(right, down, |ui| {
                ui.set_min_size(right);
                ui.set_max_size(right);
                match view.table.show(ui, preview) {
                    Some(Picked::Cell(source)) => view.entries.pick(&preview.report, source),
                    Some(Picked::Column(at, to)) => correct_column(scene, preview, at, to),
                    Some(Picked::Row(at, to)) => correct_row(scene, preview, at, to),
                    None => {}
                }
            });
        });
        foot(ui, preview, scene)
    }
}

fn correct_column(scene: &mut Scene<'_>, preview: &Preview, at: At, to: ColumnUse) {
    let mut wishes = preview.wishes.clone();
    wishes.columns.insert(at, to);
    ask(scene, ImportAction::Wish(wishes));
}

fn correct_row(scene: &mut Scene<'_>, preview: &Preview, at: At, to: RowUse) {
    let mut wishes = preview.wishes.clone();
    wishes.rows.insert(at, to);
    ask(scene, ImportAction::Wish(wishes));
}

fn foot(ui: &mut Ui, preview: &Preview, scene: &mut Scene<'_>) -> Outcome {
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        let word = match preview.taken() {
            0 if preview.has_something() => "导入资金表".to_owned(),
            0 => "导入".to_owned(),
            count => format!("导入 {count} 个项目"),
        };
        let can = preview.has_something();
        let take = ui
            .add_enabled_ui(can, |ui| button::primary(ui, &word))
            .inner;
        if take.clicked() || (confirmed && can) {
            ask(scene, ImportAction::Finish);
            return Outcome::Close;
        }
        if button::plain(ui, "取消").clicked() {
            return Outcome::Close;
        }
        if button::plain(ui, "换别的文件").clicked() {
            ask(scene, ImportAction::Stop);
        }
        let weak = Palette::of(ui).text_weak;
        let note = "导入后可以一步撤销";
        ui.add(Label::new(RichText::new(note).color(weak)).truncate());
        Outcome::Open
    })
}
