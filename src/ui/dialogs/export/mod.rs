//! 导出: which projects, as what, called how; then how far it is, and what came of it.

mod kinds;
mod names;
pub(in crate::ui::dialogs) mod projects;
mod results;

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::{Dialog, Outcome, buttons, is_confirmed, progress};
use crate::{
    exchange::system::SystemShelf,
    session::{
        editions::cautions,
        export::{Progress, Request},
    },
    ui::{
        action::{Action, Outbox},
        exporting::{ExportAction, Phase},
        scene::Scene,
        theme::{Palette, space},
        widgets::{button, gaps},
    },
};
use kinds::Kinds;
use names::Names;
use projects::ProjectChoice;

/// The least width at which the kinds stand in two columns, in points.
const TWO_COLUMNS: f32 = 760.0;

/// The dialog.
pub struct ExportDialog {
    projects: ProjectChoice,
    kinds: Kinds,
    names: Names,
}

impl Default for ExportDialog {
    fn default() -> Self {
        Self {
            projects: ProjectChoice::current(),
            kinds: Kinds::default(),
            names: Names::default(),
        }
    }
}

fn ask(scene: &mut Scene<'_>, action: ExportAction) {
    scene.send.send(Action::ExportFiles(Box::new(action)));
}

impl Dialog for ExportDialog {
    fn title(&self) -> String {
        "导出".into()
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("export")
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::ExportFiles(Box::new(ExportAction::Leave)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let exporting = scene.exporting;
        match exporting.phase() {
            Phase::Asking => self.choices(ui, scene),
            Phase::Running(progress) => running(ui, progress, scene),
            Phase::Taken(request, taken, planned) => {
                results::taken(ui, request, taken, *planned, scene)
            }
            Phase::Refused(problem) => refused(ui, problem, scene),
            Phase::Done(done) => results::show(ui, done, scene),
        }
    }
}

impl ExportDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let bottom = ui.ctx().content_rect().bottom() - 132.0;
        let height = (bottom - ui.cursor().top()).max(120.0);
        ScrollArea::vertical()
            .id_salt("what to export")
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                self.projects.show(ui, scene);
                ui.add_space(space::S);
                self.kinds(ui, scene.environment.systems());
                ui.add_space(space::S);
                let projects = self.projects.ids(scene).len();
                self.names.show(ui, scene, projects);
                names::folder(ui, scene);
            });
        let request = self.request(scene);
        let plan = request.as_ref().ok().and_then(|request| {
            let revision = scene.desk?.session.revision();
            let plan = scene.exporting.plan(request, revision);
            if plan.is_none() {
                let plan = ExportAction::Plan(request.clone());
                scene.send.send(Action::ExportFiles(Box::new(plan)));
            }
            plan
        });
        match &request {
            Ok(_) => names::examples(ui, plan),
            Err(problem) => {
                let weak = Palette::of(ui).text_weak;
                ui.add(Label::new(RichText::new(*problem).color(weak)).wrap());
            }
        }
        gaps::cautions(ui, &self.cautions(scene));
        let files = plan.map_or(0, |plan| plan.files.as_ref().map_or(0, Vec::len));
        foot(ui, scene, request.ok().filter(|_| files > 0), files)
    }

    fn kinds(&mut self, ui: &mut Ui, systems: &SystemShelf) {
        let width = ui.available_width();
        if width < TWO_COLUMNS {
            self.kinds.forms(ui);
            ui.add_space(space::S);
            self.kinds.others(ui, systems);
            return;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            let half = vec2((width - space::XL) / 2.0, 0.0);
            let down = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(half, down, |ui| {
                ui.set_width(half.x);
                self.kinds.forms(ui);
            });
            ui.allocate_ui_with_layout(half, down, |ui| {
                ui.set_width(half.x);
                self.kinds.others(ui, systems);
            });
        });
    }

    /// What is to be known of the editions of the chosen projects.
    fn cautions(&self, scene: &Scene<'_>) -> Vec<String> {
        let Some(desk) = scene.desk else {
            return Vec::new();
        };
        let chosen = self.projects.ids(scene).into_iter();
        let editions: Vec<_> = chosen
            .filter_map(|id| desk.facts.project(id)?.edition.clone())
            .collect();
        cautions(editions.iter())
    }

    /// What is asked for, or what is missing.
    fn request(&self, scene: &Scene<'_>) -> Result<Request, &'static str> {
        let projects = self.projects.ids(scene);
        if projects.is_empty() {
            return Err("请勾选要导出的项目");
        }
        let what = self.kinds.what(scene.environment.systems());
        if what.is_empty() {
            return Err("请勾选要导出的内容");
        }
        let folder = scene.exporting.folder();
        let folder = folder.ok_or("请选择文件放到哪个文件夹")?;
        Ok(Request {
            pattern: self.names.pattern(projects.len()),
            projects,
            what,
            folder: folder.to_path_buf(),
            face: scene.settings.face.into(),
            overwrites: false,
        })
    }
}

fn foot(ui: &mut Ui, scene: &mut Scene<'_>, request: Option<Request>, files: usize) -> Outcome {
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        let word = match files {
            0 => "导出".to_owned(),
            files => format!("导出 {files} 个文件"),
        };
        let start = ui.add_enabled_ui(request.is_some(), |ui| button::primary(ui, &word));
        if let Some(request) = request
            && (start.inner.clicked() || confirmed)
        {
            ask(scene, ExportAction::Start(request));
        }
        match button::plain(ui, "取消").clicked() {
            true => Outcome::Close,
            false => Outcome::Open,
        }
    })
}

fn running(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) -> Outcome {
    let now = progress.now();
    let words = match now.files {
        0 => "正在准备…".to_owned(),
        files => format!(
            "正在导出第 {} 个，共 {files} 个：{}",
            now.file + 1,
            now.name
        ),
    };
    let note = match progress.is_stopped() {
        true => "正在停下来，等手头的文件写完",
        false => "导出的是刚才的内容；可以关上这个对话框继续填表，进度在窗口下方",
    };
    progress::show(ui, &words, &now, note);
    buttons(ui, |ui| {
        if button::plain(ui, "停止").clicked() {
            ask(scene, ExportAction::Stop);
        }
        match button::plain(ui, "在后台继续").clicked() {
            true => Outcome::Close,
            false => Outcome::Open,
        }
    })
}

fn refused(ui: &mut Ui, problem: &str, scene: &mut Scene<'_>) -> Outcome {
    ui.add(Label::new(problem).wrap());
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "返回").clicked() || confirmed {
            ask(scene, ExportAction::Again);
        }
        Outcome::Open
    })
}
