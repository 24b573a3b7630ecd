//! 送审、退回、定稿、公开、撤回、重新打开: one or several projects move on, after what stands against it was shown. Who did it,
//! when and why goes on record.

pub mod records;
pub mod verify;

use std::collections::BTreeSet;

use egui::{Key, Label, Modifiers, RichText, ScrollArea, Ui, WidgetInfo};

use super::{
    Dialog, Outcome, buttons, is_composing,
    name::{author, signature},
};
use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        project::{Project, Stage},
        review::StageRecord,
    },
    session::handing_on::Obstacles,
    ui::{
        action::Action,
        desk::Desk,
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

/// Asks whether projects are to move on.
pub struct StageDialog {
    to: Stage,
    lines: Vec<Line>,
    reason: String,
    problem: String,
    is_shown: bool,
}

/// A project that can move on.
struct Line {
    project: Id<Project>,
    name: String,
    from: Stage,
    is_chosen: bool,
    obstacles: Obstacles,
}

/// Whether a command offers this step. Every other step is made where the stage is chosen from a list.
pub fn is_offered(from: Stage, to: Stage) -> bool {
    match to {
        Stage::Submitted => from.is_editable(),
        Stage::Returned => from == Stage::Submitted,
        Stage::Final => from.is_editable() || from == Stage::Submitted,
        Stage::SelfEvaluation => !from.is_editable(),
        _ => false,
    }
}

/// Moves projects on: at once from one stage of work to another, else after it was asked.
pub fn move_on(scene: &mut Scene<'_>, projects: &BTreeSet<Id<Project>>, to: Stage) {
    let Some(desk) = scene.desk else { return };
    let moved: Vec<&Project> = projects
        .iter()
        .filter_map(|id| desk.project(*id))
        .map(|project| &**project)
        .filter(|project| project.stage != to)
        .collect();
    let is_work = |stage: Stage| stage.is_editable() && stage != Stage::Returned;
    if is_work(to) && moved.iter().all(|project| project.stage.is_editable()) {
        let commands = moved.iter().map(|project| step(scene, project, to, ""));
        let commands: Vec<EditCommand> = commands.collect();
        let said = match commands.len() {
            0 => return,
            1 => format!("已改为“{to}”"),
            count => format!("已把 {count} 个项目改为“{to}”"),
        };
        scene
            .send
            .send(Action::EditAndSay(as_one(commands, to), said));
    } else if !moved.is_empty() {
        let only = |project: &Project| projects.contains(&project.id) && project.stage != to;
        let dialog = StageDialog::new(desk, to, only, |_| true);
        scene.send.send(Action::WithName(Box::new(dialog)));
    }
}

/// The step of one project, signed and dated.
fn step(scene: &Scene<'_>, project: &Project, to: Stage, reason: &str) -> EditCommand {
    let id = Id::new(&mut &**scene.environment);
    let by = author(scene).unwrap_or_default();
    let time = scene.environment.time_in_words();
    let mut record = StageRecord::of(project, id, to, by, time);
    record.reason = reason.trim().into();
    EditCommand::MoveOn {
        project: project.id,
        record,
    }
}

fn as_one(mut commands: Vec<EditCommand>, to: Stage) -> EditCommand {
    match commands.len() {
        1 => commands.remove(0),
        count => EditCommand::Many {
            label: format!("{count} 个项目改为 {to}"),
            commands,
        },
    }
}

impl StageDialog {
    /// For the projects of the document that `can` move on; those that `is_chosen` says are chosen first.
    pub fn new(
        desk: &Desk,
        to: Stage,
        can: impl Fn(&Project) -> bool,
        is_chosen: impl Fn(&Project) -> bool,
    ) -> Self {
        let projects = desk.session.document().projects.iter();
        let lines = projects.filter(|project| can(project)).map(|project| {
            let found = desk.facts.project(project.id);
            let obstacles = found.map(|facts| Obstacles::of(project, &facts.findings));
            Line {
                project: project.id,
                name: project.shown_name().to_owned(),
                from: project.stage,
                is_chosen: is_chosen(project),
                obstacles: obstacles
                    .filter(|_| to.is_closed() || to == Stage::Submitted)
                    .unwrap_or_default(),
            }
        });
        Self {
            to,
            lines: lines.collect(),
            reason: String::new(),
            problem: String::new(),
            is_shown: false,
        }
    }

    fn chosen(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_chosen)
    }

    /// Whether something closed is opened again.
    fn opens(&self) -> bool {
        !self.to.is_closed() && self.chosen().any(|line| line.from.is_closed())
    }

    fn is_withdrawal(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.all(|line| line.from == Stage::Submitted)
    }

    fn verb(&self) -> &'static str {
        match self.to {
            Stage::Submitted => "送审",
            Stage::Returned => "退回",
            Stage::Final => "定稿",
            Stage::Published => "公开",
            _ if self.is_withdrawal() => "撤回",
            _ if self.lines.iter().all(|line| line.from.is_editable()) => "改阶段",
            _ => "重新打开",
        }
    }

    fn meaning(&self) -> &'static str {
        match self.to {
            Stage::Submitted => "送审后表中内容锁定，等待审核。需要再改的，可以撤回。",
            Stage::Returned => "退回后填表人可以修改。未处理的审核意见会一起留在表上。",
            Stage::Final => {
                "定稿后表中内容锁定。打印时页脚印上内容校验码，凭它核对纸面和文件是否一致。"
            }
            Stage::Published => "公开后表中内容锁定，页脚印上内容校验码。",
            _ if self.opens() => {
                "重新打开后可以修改，原因记入流转记录。已经打印的定稿与文件会不再一致。"
            }
            _ => "改动记入流转记录，表中内容可以修改。",
        }
    }

    fn projects(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        if let [only] = self.lines.as_slice() {
            let name = RichText::new(&only.name).font(theme::text::strong());
            ui.add(Label::new(name).wrap());
            obstacles(ui, only.obstacles);
            return;
        }
        let mut is_all = self.lines.iter().all(|line| line.is_chosen);
        let count = self.chosen().count();
        ui.horizontal(|ui| {
            let all = choice::beside_one_another(ui, |ui| ui.checkbox(&mut is_all, "全部项目"));
            if all.changed() {
                self.lines
                    .iter_mut()
                    .for_each(|line| line.is_chosen = is_all);
            }
            let words = format!("已选 {count} 个，共 {} 个", self.lines.len());
            ui.label(RichText::new(words).color(palette.text_weak));
        });
        let room = (ui.ctx().content_rect().height() - 420.0).clamp(96.0, 320.0);
        ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for line in &mut self.lines {
                    ui.horizontal(|ui| {
                        let name = format!("{}（{}）", line.name, line.from);
                        let response = choice::beside_one_another(ui, |ui| {
                            ui.checkbox(&mut line.is_chosen, &name)
                        });
                        let is_on = line.is_chosen;
                        response.widget_info(|| {
                            WidgetInfo::selected(egui::Role::CheckBox, true, is_on, &name)
                        });
                        if !line.obstacles.is_empty() {
                            let words =
                                RichText::new(format!("{} {}", icons::WARNING, line.obstacles));
                            let words = words.font(theme::text::small()).color(palette.warning);
                            let label = ui.add(Label::new(words).truncate());
                            label.on_hover_text(line.obstacles.to_string());
                        }
                    });
                }
            });
    }

    fn reason(&mut self, ui: &mut Ui) {
        let (name, hint) = match self.to {
            _ if self.opens() => ("原因", "例如：审计后更正全年执行数"),
            Stage::Returned => ("要改什么（可不填）", "例如：请补充满意度的依据"),
            _ => ("说明（可不填）", "例如：科室负责人已审阅"),
        };
        ui.add_space(space::XS);
        ui.label(name);
        let field = Entry::new(egui::Id::unique("reason of the step"), name)
            .lines(2)
            .hint(hint)
            .show(ui, &mut self.reason);
        if !std::mem::replace(&mut self.is_shown, true) {
            field.request_focus();
        }
        if !self.problem.is_empty() {
            let problem = RichText::new(&self.problem).font(theme::text::small());
            ui.add(Label::new(problem.color(Palette::of(ui).error)).wrap());
        }
    }

    /// Does it; `false` where something is lacking.
    fn go(&mut self, scene: &mut Scene<'_>) -> bool {
        if self.opens() && self.reason.trim().is_empty() {
            self.problem = "请写明重新打开的原因。".into();
            // The field takes the focus again.
            self.is_shown = false;
            return false;
        }
        let Some(desk) = scene.desk else { return true };
        let projects = self.chosen().filter_map(|line| desk.project(line.project));
        let commands: Vec<EditCommand> = projects
            .map(|project| step(scene, project, self.to, &self.reason))
            .collect();
        let verb = self.verb();
        let said = match commands.len() {
            1 => format!("已{verb}，记入流转记录"),
            count => format!("{count} 个项目已{verb}，记入流转记录"),
        };
        let command = as_one(commands, self.to);
        scene.send.send(Action::EditAndSay(command, said));
        true
    }
}

/// What stands against it, a line each; a word where nothing does.
fn obstacles(ui: &mut Ui, obstacles: Obstacles) {
    if obstacles.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(icons::WARNING).color(palette.warning));
        let words = format!("还有 {obstacles}");
        ui.add(Label::new(RichText::new(words).color(palette.warning)).wrap());
    });
}

impl Dialog for StageDialog {
    fn title(&self) -> String {
        match self.verb() {
            "改阶段" => format!("改为{}", self.to),
            verb => verb.to_owned(),
        }
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("review")
    }

    fn holds_text(&self) -> bool {
        !self.reason.trim().is_empty()
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.add(Label::new(self.meaning()).wrap());
        ui.add_space(space::S);
        self.projects(ui);
        self.reason(ui);
        signature(ui, scene);
        let confirmed = !is_composing(ui.ctx())
            && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let is_ready = self.chosen().next().is_some();
        let is_hindered = self.chosen().any(|line| !line.obstacles.is_empty());
        let verb = self.verb();
        let word = match (is_hindered, self.chosen().count()) {
            (true, 0 | 1) => format!("仍要{verb}"),
            (true, count) => format!("仍要{verb} {count} 个项目"),
            (false, 0 | 1) => verb.to_owned(),
            (false, count) => format!("{verb} {count} 个项目"),
        };
        let (goes, is_cancelled) = buttons(ui, |ui| {
            let goes = ui.add_enabled_ui(is_ready, |ui| button::primary(ui, &word));
            let goes = goes.inner.on_hover_text("Ctrl+Enter").clicked();
            (goes || confirmed, button::plain(ui, "取消").clicked())
        });
        if is_cancelled || (is_ready && goes && self.go(scene)) {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
