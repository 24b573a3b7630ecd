//! 填回原表: which template, which projects; then what was filled in and what found no place, before anything is saved.

mod unplaced;

use std::path::PathBuf;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{
    Dialog, Outcome, buttons, export::projects::ProjectChoice, is_confirmed, progress, saved,
};
use crate::{
    session::{one_line::beginning, progress::Progress},
    store::error::shown,
    ui::{
        action::{Action, Outbox},
        exporting::{
            State,
            fill::{Done, FillAction, Phase},
        },
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::button,
    },
};

/// How much of a remark is shown, in characters; the whole of it stands in its tooltip.
const SHOWN: usize = 120;

/// The dialog.
pub struct FillDialog {
    projects: ProjectChoice,
}

impl Default for FillDialog {
    fn default() -> Self {
        Self {
            projects: ProjectChoice::current(),
        }
    }
}

fn ask(scene: &mut Scene<'_>, action: FillAction) {
    scene.send.send(Action::Fill(action));
}

impl Dialog for FillDialog {
    fn title(&self) -> String {
        "填回原表".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("export")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Fill(FillAction::Leave));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        take_dropped(ui, scene);
        let fill = &scene.exporting.fill;
        match fill.phase() {
            Phase::Asking => self.choices(ui, None, scene),
            Phase::Refused(problem) => self.choices(ui, Some(problem), scene),
            Phase::Running(progress) => running(ui, progress, scene),
            Phase::Done(done) => result(ui, done, scene),
        }
    }
}

/// The first file that is dropped on the dialog is the template.
fn take_dropped(ui: &Ui, scene: &mut Scene<'_>) {
    let dropped: Option<PathBuf> = ui.input(|input| {
        let first = input.raw.dropped_files.first();
        first.map(|file| file.path().to_path_buf())
    });
    if let Some(path) = dropped {
        ask(scene, FillAction::Template(path));
    }
}

impl FillDialog {
    fn choices(&mut self, ui: &mut Ui, problem: Option<&str>, scene: &mut Scene<'_>) -> Outcome {
        let palette = Palette::of(ui);
        let words = "选择财政部门下发的空白表，或当初导入的那份表（.xlsx .xlsm .xls .docx）；也可以拖到这里。内容按表上的栏目名称填进去，格式、公式和其他工作表都不动。";
        ui.add(Label::new(RichText::new(words).color(palette.text_weak)).wrap());
        ui.add_space(space::S);
        let template = scene.exporting.fill.template();
        ui.horizontal(|ui| {
            ui.set_min_height(HIT);
            ui.label("原表");
            let verb = match template {
                Some(_) => "更换…",
                None => "选择文件…",
            };
            if button::plain(ui, verb).clicked() {
                ask(scene, FillAction::ChooseTemplate);
            }
            if let Some(template) = template {
                let name = template.file_name().unwrap_or_default().to_string_lossy();
                ui.add(Label::new(name).truncate())
                    .on_hover_text(shown(template));
            }
        });
        ui.add_space(space::S);
        self.projects.show(ui, scene);
        if let Some(problem) = problem {
            ui.add_space(space::S);
            ui.add(Label::new(RichText::new(problem).color(palette.error)).wrap());
        }
        let projects = self.projects.ids(scene);
        let can = template.is_some() && !projects.is_empty();
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let fill = ui.add_enabled_ui(can, |ui| button::primary(ui, "填写"));
            if fill.inner.clicked() || (confirmed && can) {
                ask(scene, FillAction::Start(projects));
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            let weak = Palette::of(ui).text_weak;
            let note = "原表不会改动，填好后另存";
            ui.add(Label::new(RichText::new(note).color(weak)).truncate());
            Outcome::Open
        })
    }
}

fn running(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) -> Outcome {
    progress::show(
        ui,
        "正在填写…",
        &progress.now(),
        "原表和正在编辑的内容都不会改动",
    );
    buttons(ui, |ui| {
        if button::plain(ui, "停止").clicked() {
            ask(scene, FillAction::Again);
        }
        Outcome::Open
    })
}

/// What was filled in, before it is saved.
fn result(ui: &mut Ui, done: &Done, scene: &mut Scene<'_>) -> Outcome {
    if let State::Saved(path) = &done.state {
        return saved::show(ui, "填好的表已保存", path, scene);
    }
    let palette = Palette::of(ui);
    let filled = &done.filled;
    let name = done.template.file_name().unwrap_or_default();
    let mut words = format!("“{}”：填写 {} 格", name.to_string_lossy(), filled.written);
    if filled.inserted > 0 {
        words.push_str(&format!("，插入 {} 行", filled.inserted));
    }
    ui.add(Label::new(RichText::new(words).font(theme::text::strong())).wrap());
    let is_outdated = scene
        .desk
        .is_some_and(|desk| desk.session.revision() != done.revision);
    if is_outdated {
        let words = "填写之后表中内容又有改动。请点“重新填写”，让填好的表与现在的内容一致。";
        ui.add(Label::new(RichText::new(words).color(palette.warning)).wrap());
    }
    if let State::Failed(why) = &done.state {
        ui.add(Label::new(RichText::new(why).color(palette.error)).wrap());
    }
    ui.add_space(space::S);
    let height = (ui.ctx().content_rect().bottom() - 132.0 - ui.cursor().top()).max(96.0);
    let mut goes = None;
    ScrollArea::vertical()
        .id_salt("what came of filling in")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            goes = unplaced::show(ui, done, scene);
            ui.add_space(space::S);
            remarks(ui, done);
        });
    if let Some(at) = goes {
        scene.send.send(Action::GoTo(at));
        return Outcome::Close;
    }
    foot(ui, done, is_outdated, scene)
}

/// Where projects were filled in, and what a person should know.
fn remarks(ui: &mut Ui, done: &Done) {
    let palette = Palette::of(ui);
    let mut say = |words: &str, color| {
        let short = beginning(words, SHOWN);
        let label = RichText::new(short).font(theme::text::small()).color(color);
        let label = ui.add(Label::new(label).wrap());
        if words.chars().count() > SHOWN {
            label.on_hover_text(words);
        }
    };
    let without_place = done.without_place();
    if !without_place.is_empty() {
        let words = format!("原表中没有这些项目的位置：{}", without_place.join("、"));
        say(&words, palette.warning);
    }
    for remark in &done.filled.remarks {
        say(remark, palette.text_weak);
    }
    for (index, place) in &done.filled.projects {
        let name = done.projects.get(*index).map_or("", |(_, name)| name);
        say(&format!("“{name}”填在：{place}"), palette.text_weak);
    }
}

fn foot(ui: &mut Ui, done: &Done, is_outdated: bool, scene: &mut Scene<'_>) -> Outcome {
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        let can = done.state != State::Saving;
        let save = ui.add_enabled_ui(can, |ui| button::primary(ui, "保存…"));
        if save.inner.clicked() || (confirmed && can) {
            ask(scene, FillAction::Save);
        }
        if button::plain(ui, "取消").clicked() {
            ask(scene, FillAction::Again);
            return Outcome::Close;
        }
        if is_outdated && button::plain(ui, "重新填写").clicked() {
            let projects = done.projects.iter().map(|(id, _)| *id);
            ask(scene, FillAction::Start(projects.collect()));
        }
        if button::plain(ui, "返回").clicked() {
            ask(scene, FillAction::Again);
        }
        Outcome::Open
    })
}
