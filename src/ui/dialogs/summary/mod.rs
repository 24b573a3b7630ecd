//! 汇总: over the open document, or over files and folders; what was read, and as what it is saved.

use std::path::PathBuf;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed, progress, saved};
use crate::{
    session::{export::documents::Gathered, progress::Progress},
    store::error::shown,
    ui::{
        action::{Action, Outbox},
        exporting::{
            State,
            summary::{Form, Phase, Read, SummaryAction},
        },
        icons,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice},
    },
};

/// The most of one list that is drawn: nobody reads further.
const DRAWN: usize = 300;

/// The dialog.
pub struct SummaryDialog {
    /// Over files rather than over the open document.
    of_files: Option<bool>,
    form: Form,
}

impl Default for SummaryDialog {
    fn default() -> Self {
        Self {
            of_files: None,
            form: Form::Workbook,
        }
    }
}

fn ask(scene: &mut Scene<'_>, action: SummaryAction) {
    scene.send.send(Action::SumUp(action));
}

impl Dialog for SummaryDialog {
    fn title(&self) -> String {
        "汇总".into()
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("export")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::SumUp(SummaryAction::Again));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.take_dropped(ui, scene);
        match scene.exporting.summary.phase() {
            Phase::Asking => self.choices(ui, scene),
            Phase::Reading(progress) => reading(ui, progress, scene),
            Phase::Read(read) => self.result(ui, read, scene),
        }
    }
}

impl SummaryDialog {
    /// Files and folders that are dropped on the dialog come to the list.
    fn take_dropped(&mut self, ui: &Ui, scene: &mut Scene<'_>) {
        let dropped: Vec<PathBuf> = ui.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            self.of_files = Some(true);
            ask(scene, SummaryAction::Add(dropped));
        }
    }

    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let own = scene
            .desk
            .map(|desk| desk.session.document().projects.len());
        // Of one project there is nothing to sum up.
        let mut of_files = self.of_files.unwrap_or(own.is_none_or(|count| count < 2));
        if let Some(count) = own {
            ui.horizontal_wrapped(|ui| {
                choice::beside_one_another(ui, |ui| {
                    let words = format!("打开的文件（{count} 个项目）");
                    ui.radio_value(&mut of_files, false, words);
                    ui.radio_value(&mut of_files, true, "其他文件和文件夹");
                });
            });
            self.of_files = Some(of_files);
            ui.add_space(space::S);
        }
        if of_files {
            files(ui, scene);
        }
        self.form(ui);
        let count = match of_files {
            true => scene.exporting.summary.paths().len(),
            false => own.unwrap_or(0),
        };
        let confirmed = is_confirmed(ui);
        let verb = if of_files {
            "读取并汇总"
        } else {
            "保存…"
        };
        buttons(ui, |ui| {
            let go = ui.add_enabled_ui(count > 0, |ui| button::primary(ui, verb));
            if go.inner.clicked() || (confirmed && count > 0) {
                ask(
                    scene,
                    match of_files {
                        true => SummaryAction::Read,
                        false => SummaryAction::Save(self.form),
                    },
                );
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    /// As what it is saved.
    fn form(&mut self, ui: &mut Ui) {
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            ui.set_min_height(HIT);
            ui.label("保存为");
            choice::beside_one_another(ui, |ui| {
                ui.radio_value(&mut self.form, Form::Workbook, "Excel");
                ui.radio_value(&mut self.form, Form::Pdf, "PDF");
            });
        });
    }

    /// What was read, or what became of the summary.
    fn result(&mut self, ui: &mut Ui, read: &Read, scene: &mut Scene<'_>) -> Outcome {
        let palette = Palette::of(ui);
        if let State::Saved(path) = &read.state {
            return saved::show(ui, "汇总表已保存", path, scene);
        }
        if let Some(gathered) = &read.gathered {
            what_was_read(ui, gathered, read.files);
        }
        if let State::Failed(why) = &read.state {
            ui.add(Label::new(RichText::new(why).color(palette.error)).wrap());
        }
        self.form(ui);
        if read.state == State::Saving {
            ui.label("正在生成汇总表…");
        }
        let has_some = read
            .gathered
            .as_ref()
            .is_none_or(|gathered| !gathered.items.is_empty());
        let can = has_some && read.state != State::Saving;
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let save = ui.add_enabled_ui(can, |ui| button::primary(ui, "保存…"));
            if save.inner.clicked() || (confirmed && can) {
                ask(scene, SummaryAction::Save(self.form));
            }
            if button::plain(ui, "返回").clicked() {
                ask(scene, SummaryAction::Again);
            }
            Outcome::Open
        })
    }
}

/// The files and folders that are chosen.
fn files(ui: &mut Ui, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let words = "选择 .jiping 文件，或放着它们的文件夹（连同三层以内的子文件夹）；也可以拖到这里。";
    ui.add(Label::new(RichText::new(words).color(palette.text_weak)).wrap());
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        if button::plain(ui, "添加文件…").clicked() {
            ask(scene, SummaryAction::ChooseFiles);
        }
        if button::plain(ui, "添加文件夹…").clicked() {
            ask(scene, SummaryAction::ChooseFolder);
        }
    });
    let paths = scene.exporting.summary.paths();
    let mut removed = None;
    ScrollArea::vertical()
        .id_salt("files to sum up")
        .max_height(6.0 * HIT)
        .auto_shrink([false, true])
        .show_rows(ui, HIT, paths.len(), |ui, rows| {
            for index in rows {
                let Some(path) = paths.get(index) else {
                    continue;
                };
                ui.horizontal(|ui| {
                    let path = shown(path);
                    if button::icon(ui, icons::X, &format!("去掉 {path}")).clicked() {
                        removed = Some(index);
                    }
                    ui.add(Label::new(&path).truncate()).on_hover_text(path);
                });
            }
        });
    if let Some(index) = removed {
        ask(scene, SummaryAction::Remove(index));
    }
}

fn reading(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) -> Outcome {
    let now = progress.now();
    let words = match now.files {
        0 => "正在查找文件…".to_owned(),
        files => format!(
            "正在读取第 {} 个文件，共 {files} 个：{}",
            now.file + 1,
            now.name
        ),
    };
    progress::show(ui, &words, &now, "读取的文件都不会改动");
    buttons(ui, |ui| {
        if button::plain(ui, "停止").clicked() {
            ask(scene, SummaryAction::Again);
        }
        Outcome::Open
    })
}

fn what_was_read(ui: &mut Ui, gathered: &Gathered, files: usize) {
    let palette = Palette::of(ui);
    let words = match (gathered.items.len(), files) {
        (_, 0) => "没有找到绩评文件。请确认选对了文件夹，或另选文件。".to_owned(),
        (0, files) => format!("读取了 {files} 个文件，没有可以汇总的项目。"),
        (items, files) => format!("读取了 {files} 个文件，共 {items} 个项目。"),
    };
    ui.add(Label::new(RichText::new(words).font(theme::text::strong())).wrap());
    let told = gathered.problems.iter().map(|one| (one, palette.error));
    let notes = gathered.notes.iter().map(|one| (one, palette.warning));
    let all = gathered.problems.len() + gathered.notes.len();
    if all == 0 {
        return;
    }
    ui.add_space(space::XS);
    ui.label(format!("有 {all} 处请看一下："));
    ScrollArea::vertical()
        .id_salt("what was not read")
        .max_height(240.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (sentence, color) in told.chain(notes).take(DRAWN) {
                let sentence = RichText::new(sentence).font(theme::text::small());
                ui.add(Label::new(sentence.color(color)).wrap());
            }
            if all > DRAWN {
                ui.label(format!("另有 {} 处", all - DRAWN));
            }
        });
}
