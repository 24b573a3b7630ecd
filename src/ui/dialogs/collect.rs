//! 收回填报表: files are chosen and read; what was filled in, what else was changed and what could not be found is shown before
//! anything is merged.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed, progress};
use crate::{
    sharing::fill_in::{Answer, Returned, ReturnedForm, taken::Choices},
    ui::{
        action::Action,
        filling_in::{Back, FillInAction, Reading},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// How many locked cells of a form are told one by one.
const TOLD: usize = 5;

/// The dialog.
pub struct CollectDialog;

fn ask(scene: &mut Scene<'_>, action: FillInAction) {
    scene.send.send(Action::FillIn(Box::new(action)));
}

impl Dialog for CollectDialog {
    fn title(&self) -> String {
        "收回填报表".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("fill-in")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let dropped = ui.ctx().input(|input| {
            let files = input.raw.dropped_files.iter();
            files
                .map(|file| file.path().to_path_buf())
                .collect::<Vec<_>>()
        });
        if !dropped.is_empty() {
            ask(scene, FillInAction::Read(dropped));
        }
        let filling_in = scene.filling_in;
        match filling_in.back() {
            Back::Asking => asking(ui, scene),
            Back::Reading(reading) => {
                let now = reading.now();
                let words = match now.files {
                    0 => "正在查找文件…".to_owned(),
                    files => format!(
                        "正在读取第 {} 个，共 {files} 个：{}",
                        now.file + 1,
                        now.name
                    ),
                };
                progress::show(ui, &words, &now, "读取时不会改动任何内容");
                buttons(ui, |ui| {
                    if button::plain(ui, "停止").clicked() {
                        ask(scene, FillInAction::Stop);
                    }
                    Outcome::Open
                })
            }
            Back::Read(reading) => read(ui, reading, scene),
        }
    }
}

fn asking(ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
    let weak = Palette::of(ui).text_weak;
    let words = "选择同事填好发回的 Excel 表，也可以拖到这里，可以一次选多个。改过文件名、挪动过行、另存为 .xls 的都认得出来；收回前先给您看改了哪些，再合并。";
    ui.add(Label::new(RichText::new(words).color(weak)).wrap());
    ui.add_space(space::M);
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "选择文件…").clicked() || confirmed {
            ask(scene, FillInAction::ChooseFiles);
        }
        if button::plain(ui, "选择文件夹…").clicked() {
            ask(scene, FillInAction::ChooseReturned);
        }
        match button::plain(ui, "取消").clicked() {
            true => Outcome::Close,
            false => Outcome::Open,
        }
    })
}

/// What came back, before it is merged.
fn read(ui: &mut Ui, reading: &Reading, scene: &mut Scene<'_>) -> Outcome {
    let collected = &reading.collected;
    let palette = Palette::of(ui);
    ui.add(Label::new(summary(reading)).wrap());
    ui.add_space(space::XS);
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(140.0, 460.0);
    ScrollArea::vertical()
        .id_salt("what came back")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (name, why) in &collected.refused {
                ui.label(RichText::new(name).font(theme::text::strong()));
                told(ui, why, palette.error);
            }
            for one in &collected.returned {
                file(ui, one, scene);
            }
            for sentence in &collected.passed_over {
                told(ui, sentence, palette.text_weak);
            }
            for sentence in &reading.offer.notes {
                told(ui, sentence, palette.warning);
            }
        });
    ui.add_space(space::XS);
    choose(ui, reading, scene);
    let confirmed = is_confirmed(ui);
    let can = !collected.returned.is_empty();
    buttons(ui, |ui| {
        let word = match reading.offer.changes {
            0 => "登记收回",
            _ => "查看并合并…",
        };
        let merge = ui.add_enabled_ui(can, |ui| button::primary(ui, word));
        if can && (merge.inner.clicked() || confirmed) {
            ask(scene, FillInAction::Merge);
            return Outcome::Close;
        }
        if button::plain(ui, "重新选择").clicked() {
            ask(scene, FillInAction::Again);
        }
        match button::plain(ui, "取消").clicked() {
            true => Outcome::Close,
            false => Outcome::Open,
        }
    })
}

/// "收回 3 个文件、4 个项目：填写 52 处，新增 1 行指标；1 个文件收不回来"
fn summary(reading: &Reading) -> String {
    let returned = &reading.collected.returned;
    let forms = || returned.iter().flat_map(|one| &one.forms);
    let filled: usize = forms().map(ReturnedForm::filled).sum();
    let added: usize = forms().map(|form| form.added.len()).sum();
    let mut words = match returned.len() {
        0 => "没有可以收回的文件".to_owned(),
        files => format!(
            "收回 {files} 个文件、{} 个项目：填写 {filled} 处",
            forms().count()
        ),
    };
    if added > 0 {
        words.push_str(&format!("，新增 {added} 行指标"));
    }
    match reading.collected.refused.len() {
        0 => {}
        count => words.push_str(&format!("；{count} 个文件收不回来")),
    }
    words
}

fn told(ui: &mut Ui, words: &str, color: egui::Color32) {
    let words = RichText::new(words).font(theme::text::small()).color(color);
    ui.add(Label::new(words).wrap());
}

fn file(ui: &mut Ui, one: &Returned, scene: &Scene<'_>) {
    let palette = Palette::of(ui);
    let name = match one.to.as_str() {
        "" => one.file.clone(),
        to => format!("{}（{to}）", one.file),
    };
    ui.add(Label::new(RichText::new(name).font(theme::text::strong())).truncate());
    let cautions = scene
        .desk
        .map(|desk| one.cautions(desk.session.document()))
        .unwrap_or_default();
    for sentence in cautions.iter().chain(&one.notes) {
        told(ui, sentence, palette.warning);
    }
    for form in &one.forms {
        let mut words = format!("{}：填写 {} 处", form.name, form.filled());
        if !form.added.is_empty() {
            words.push_str(&format!("，新增 {} 行", form.added.len()));
        }
        ui.add(Label::new(words).wrap());
        for sentence in &form.notes {
            told(ui, sentence, palette.warning);
        }
        let locked: Vec<&Answer> = form.locked().collect();
        for answer in locked.iter().take(TOLD) {
            let words = format!(
                "锁定的格被改动：{}：{} → {}",
                place(answer, scene),
                quoted(&answer.sent),
                quoted(&answer.returned)
            );
            told(ui, &words, palette.warning);
        }
        if let Some(more) = locked.len().checked_sub(TOLD).filter(|more| *more > 0) {
            told(ui, &format!("另有 {more} 格"), palette.warning);
        }
    }
    ui.add_space(space::XS);
}

fn place(answer: &Answer, scene: &Scene<'_>) -> String {
    let project = scene.desk.and_then(|desk| {
        let project = desk.project(answer.at.project)?;
        let edition = desk.session.editions().of(project)?;
        Some(answer.at.in_words(project, &edition))
    });
    project.unwrap_or_default()
}

fn quoted(text: &str) -> String {
    match text.trim() {
        "" => "（空）".to_owned(),
        text => format!("“{text}”"),
    }
}

/// What of it is taken besides what was asked for.
fn choose(ui: &mut Ui, reading: &Reading, scene: &mut Scene<'_>) {
    let forms = || reading.collected.returned.iter().flat_map(|one| &one.forms);
    let locked: usize = forms().map(|form| form.locked().count()).sum();
    let added: usize = forms().map(|form| form.added.len()).sum();
    let Choices {
        locked: mut takes_locked,
        rows: mut takes_rows,
    } = reading.choices;
    choice::beside_one_another(ui, |ui| {
        if added > 0 {
            ui.checkbox(&mut takes_rows, format!("把新增的 {added} 行作为新指标"));
        }
        if locked > 0 {
            let words = format!("锁定后仍被改动的 {locked} 格也取入（已批复的除外）");
            ui.checkbox(&mut takes_locked, words);
        }
    });
    let choices = Choices {
        locked: takes_locked,
        rows: takes_rows,
    };
    if choices != reading.choices {
        ask(scene, FillInAction::Choose(choices));
    }
}
