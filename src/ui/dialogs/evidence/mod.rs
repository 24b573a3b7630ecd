//! 佐证材料: which files prove which results, and whether they are still there.

mod list;

use std::path::PathBuf;

use egui::{Label, RichText, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    model::{document::Document, id::Id, project::Project},
    session::{evidence::Checked, listing::ListForm, progress::Progress},
    sharing::evidence::{
        Line,
        check::{State, States},
        completeness::Completeness,
        folder_of, lines_of, place,
        sheet::listing,
    },
    ui::{
        action::{Action, Outbox},
        desk::{Desk, Position},
        evidence::{EvidenceAction, Proves},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// The dialog.
pub struct EvidenceDialog {
    project: Id<Project>,
    /// The folder of the document; found out once, as a share may be slow.
    folder: Option<Option<PathBuf>>,
    list: list::List,
}

impl EvidenceDialog {
    /// For the shown project.
    pub fn new(position: &Position) -> Self {
        Self {
            project: position.project,
            folder: None,
            list: list::List::default(),
        }
    }
}

pub(super) fn ask(scene: &mut Scene<'_>, action: EvidenceAction) {
    scene.send.send(Action::Evidence(Box::new(action)));
}

impl Dialog for EvidenceDialog {
    fn title(&self) -> String {
        "佐证材料".into()
    }

    fn width(&self) -> f32 {
        1120.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("evidence")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Evidence(Box::new(EvidenceAction::Stop)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let document = desk.session.document();
        let Some(project) = document.project(self.project).or(document.projects.first()) else {
            return Outcome::Close;
        };
        self.project = project.id;
        let fs = scene.environment.fs();
        let folder = self
            .folder
            .get_or_insert_with(|| folder_of(fs, desk.session.path()));
        let lines = lines_of(project, folder.as_deref());
        self.take_dropped(ui, scene);
        self.head(ui, document, project, scene);
        told(ui, desk, &lines);
        let room = (ui.ctx().content_rect().height() - 370.0).max(140.0);
        self.list.show(ui, project, &lines, room, scene);
        self.add(ui, project, scene);
        foot(ui, document, scene)
    }
}

impl EvidenceDialog {
    fn proves(&self) -> Proves {
        Proves {
            project: self.project,
            indicator: self.list.chosen(),
        }
    }

    /// Files that are dropped prove what is chosen in the list.
    fn take_dropped(&self, ui: &Ui, scene: &mut Scene<'_>) {
        let dropped: Vec<PathBuf> = ui.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            ask(scene, EvidenceAction::Register(self.proves(), dropped));
        }
    }

    /// Which project, how complete it is, and how it is with the files of all projects.
    fn head(&mut self, ui: &mut Ui, document: &Document, project: &Project, scene: &mut Scene<'_>) {
        let palette = Palette::of(ui);
        ui.horizontal(|ui| {
            if document.projects.len() > 1 {
                ui.scope(|ui| {
                    ui.set_max_width(320.0);
                    let names = document.projects.iter().map(|one| (one.shown_name(), ""));
                    let taken = choice::show(ui, "材料的项目", None, project.shown_name(), names);
                    if let Some(other) = taken.and_then(|at| document.projects.get(at)) {
                        self.project = other.id;
                        self.list = list::List::default();
                    }
                });
            }
            let completeness = Completeness::of(project);
            let color = match completeness.without.is_empty() && completeness.wanted > 0 {
                true => palette.good,
                false => palette.text,
            };
            let words = RichText::new(completeness.in_words()).font(theme::text::strong());
            ui.label(words.color(color));
            ui.add_space(space::M);
            match scene.evidence.working() {
                Some(progress) => working(ui, progress, scene),
                None => {
                    let checked = scene.evidence.checked();
                    if let Some(checked) = checked.filter(|one| !one.lines.is_empty()) {
                        ui.label(RichText::new(in_words(checked)).color(palette.text_weak));
                    }
                    if button::quiet(ui, "重新核对").clicked() {
                        ask(scene, EvidenceAction::Check);
                    }
                }
            }
        });
        ui.add_space(space::XS);
    }

    /// The way to more files, and to those that are gone.
    fn add(&self, ui: &mut Ui, project: &Project, scene: &mut Scene<'_>) {
        ui.add_space(space::S);
        let is_open = project.stage.is_editable();
        ui.horizontal(|ui| {
            ui.add_enabled_ui(is_open, |ui| {
                let add = button::plain(ui, "添加文件…");
                let add = add.on_disabled_hover_text(format!(
                    "项目处于“{}”阶段，不能登记材料",
                    project.stage
                ));
                if add.clicked() {
                    ask(scene, EvidenceAction::Choose(self.proves()));
                }
            });
            let name = self.list.chosen().and_then(|id| {
                let view = project.rows().find(|view| view.indicator.id == id)?;
                Some(format!("“{}”", view.indicator.name.trim()))
            });
            let name = name.unwrap_or_else(|| "整个项目".into());
            let weak = Palette::of(ui).text_weak;
            let words = format!("登记到{name}；也可以把文件拖到这里。先点上面的指标，再添加。");
            ui.add(Label::new(RichText::new(words).color(weak)).truncate());
        });
        let is_lost = |state: &State| matches!(state, State::Missing);
        let lost = scene.evidence.checked();
        let lost = lost.map_or(0, |one| {
            one.states.values().filter(|one| is_lost(one)).count()
        });
        if lost > 0 {
            ui.horizontal(|ui| {
                let palette = Palette::of(ui);
                let more = "选一个文件夹，按内容在其中找（六层以内）";
                if button::plain(ui, "找回移动过的文件…")
                    .on_hover_text(more)
                    .clicked()
                {
                    ask(scene, EvidenceAction::ChooseFolder);
                }
                let words = format!("{lost} 份材料不在原处");
                ui.label(RichText::new(words).color(palette.warning));
            });
        }
    }
}

fn working(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) {
    let now = progress.now();
    ui.add(
        egui::ProgressBar::new(now.share())
            .desired_width(120.0)
            .desired_height(8.0),
    );
    let words = match now.name.as_str() {
        "" => "正在读取…".to_owned(),
        name => format!("正在读取 {name}"),
    };
    if button::quiet(ui, "停止").clicked() {
        ask(scene, EvidenceAction::Stop);
    }
    ui.add(Label::new(words).truncate());
    ui.ctx()
        .request_repaint_after(std::time::Duration::from_millis(150));
}

/// How it is with all files: "在 8 份 · 已改动 1 份".
fn in_words(checked: &Checked) -> String {
    let count =
        |which: fn(&State) -> bool| checked.states.values().filter(|one| which(one)).count();
    let counts = [
        ("在", count(|one| one.is_sound())),
        ("已改动", count(|one| *one == State::Changed)),
        ("找不到", count(|one| *one == State::Missing)),
        ("读不出来", count(|one| matches!(one, State::Unreadable(_)))),
    ];
    let told = counts.into_iter().filter(|(_, count)| *count > 0);
    let told: Vec<String> = told
        .map(|(word, count)| format!("{word} {count} 份"))
        .collect();
    told.join(" · ")
}

/// What a person should know of where the files lie.
fn told(ui: &mut Ui, desk: &Desk, lines: &[Line]) {
    let is_apart = |line: &&Line| place::is_absolute(&line.evidence.file);
    let apart = lines.iter().filter(is_apart).count();
    let words = match (desk.session.path(), apart) {
        (_, 0) => return,
        (None, _) => {
            "文件还没有保存：材料记的是完整路径，保存后改为相对表格的位置，可以一起复制走。"
                .to_owned()
        }
        (Some(_), apart) => {
            format!(
                "{apart} 份材料与表格不在同一个盘，记的是完整路径；换电脑前请把它们复制到表格旁边，再重新登记。"
            )
        }
    };
    let warning = Palette::of(ui).warning;
    ui.add(
        Label::new(
            RichText::new(words)
                .font(theme::text::small())
                .color(warning),
        )
        .wrap(),
    );
    ui.add_space(space::XS);
}

fn foot(ui: &mut Ui, document: &Document, scene: &mut Scene<'_>) -> Outcome {
    let has_some = document.projects.iter().any(|one| !one.evidence.is_empty());
    buttons(ui, |ui| {
        if button::primary(ui, "关闭").clicked() {
            return Outcome::Close;
        }
        ui.add_enabled_ui(has_some, |ui| {
            for form in ListForm::ALL.into_iter().rev() {
                let word = format!("导出 {}…", form.name());
                let made = button::plain(ui, &word).on_hover_text("导出佐证材料登记表");
                if made.clicked() {
                    ask(scene, EvidenceAction::Make(form));
                }
            }
            let copy = button::plain(ui, "复制为表格").on_hover_text("可粘贴到 Excel");
            if copy.clicked() {
                let time = scene.environment.now().datetime();
                let checked = scene.evidence.checked();
                let states = checked.map_or_else(States::new, |one| one.states.clone());
                let lines = crate::sharing::evidence::lines(document, None);
                let list = listing(document, &lines, &states, time);
                scene.send.send(Action::Copy(list.as_cells()));
                let said = "已复制，可粘贴到 Excel".to_owned();
                scene.send.send(Action::Say(said));
            }
        });
        Outcome::Open
    })
}
