//! 表中没有的批复指标: what was approved with the budget and the form lacks, and what becomes of it.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{
    Dialog, Outcome,
    adjustment::paper::{Paper, told},
    buttons, is_confirmed,
};
use crate::{
    edit::command::{ApprovedIndicator, EditCommand},
    model::{id::Id, indicator::Removed, project::Project, typed::trim},
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// Lists them, and asks for the adjustment by which one of them was given up.
pub struct MissingDialog {
    project: Id<Project>,
    today: String,
    /// The indicator whose adjustment is being recorded.
    open: Option<Open>,
}

struct Open {
    removed: Id<Removed>,
    name: String,
    paper: Paper,
    problem: String,
    is_shown: bool,
}

impl MissingDialog {
    /// For a project.
    pub fn new(project: &Project, today: String) -> Self {
        Self {
            project: project.id,
            today,
            open: None,
        }
    }

    fn list(&mut self, ui: &mut Ui, project: &Project, scene: &mut Scene<'_>) {
        let weak = Palette::of(ui).text_weak;
        let text = "随预算批复、自评表中没有的指标。应当考核的，在表中补上这一行；经批准取消的，登记调整；不是这个项目的，移出清单。";
        ui.add(egui::Label::new(RichText::new(text).color(weak)).wrap());
        ui.add_space(space::S);
        let height = (ui.available_height() - 64.0).clamp(120.0, 420.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                for removed in project.removed.iter() {
                    self.entry(ui, project, removed, scene);
                    ui.add_space(space::S);
                }
            });
    }

    fn entry(&mut self, ui: &mut Ui, project: &Project, removed: &Removed, scene: &mut Scene<'_>) {
        let name = shown_name(removed);
        let strong = RichText::new(&name).font(theme::text::strong());
        ui.add(egui::Label::new(strong).wrap());
        let palette = Palette::of(ui);
        let about = RichText::new(about(removed)).font(theme::text::small());
        ui.add(egui::Label::new(about.color(palette.text_weak)).wrap());
        ui.horizontal_wrapped(|ui| {
            ui.add_enabled_ui(project.stage.is_editable(), |ui| {
                let recorded = named(button::plain(ui, "登记调整…"), "登记调整", &name);
                if recorded.clicked() {
                    self.open = Some(Open {
                        removed: removed.id,
                        name: name.clone(),
                        paper: Paper::new(self.today.clone()),
                        problem: String::new(),
                        is_shown: false,
                    });
                }
                let dropped = named(button::plain(ui, "移出清单"), "移出清单", &name);
                if dropped.clicked() {
                    let command = EditCommand::DropRemoved {
                        project: self.project,
                        removed: removed.id,
                    };
                    let said = format!("已把“{name}”移出清单");
                    scene.send.send(Action::EditAndSay(command, said));
                }
            });
        });
    }
}

/// Buttons of several entries have the same words; their names say whose they are.
fn named(response: egui::Response, words: &str, name: &str) -> egui::Response {
    let is_enabled = response.enabled();
    let label = format!("{words}：{name}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, &label));
    response
}

fn shown_name(removed: &Removed) -> String {
    match trim(&removed.approved.name) {
        "" => "（未命名指标）".to_owned(),
        name => name.to_owned(),
    }
}

/// Where it belongs, what was approved, and what became of it.
fn about(removed: &Removed) -> String {
    let approved = &removed.approved;
    let target = format!(
        "{}{}{}",
        trim(&approved.nature),
        trim(&approved.target),
        trim(&approved.unit)
    );
    let mut parts = vec![
        format!("{} · {}", removed.section_name(), removed.group_name()),
        format!("指标值 {target}"),
    ];
    if !trim(&approved.weight).is_empty() {
        parts.push(format!("分值 {}", trim(&approved.weight)));
    }
    parts.push(match &removed.cancelled {
        Some(cancelled) => format!(
            "已取消　{}　{}　{}",
            cancelled.date, cancelled.document_no, cancelled.reason
        ),
        None => "没有调整记录".into(),
    });
    parts.join("　")
}

impl Open {
    fn ui(&mut self, ui: &mut Ui) {
        let name = RichText::new(&self.name).font(theme::text::strong());
        ui.add(egui::Label::new(name).wrap());
        ui.add_space(space::XS);
        let is_refused = !self.problem.is_empty();
        let first = Grid::new("cancellation")
            .num_columns(2)
            .spacing([space::S, space::S])
            .show(ui, |ui| self.paper.lines(ui, is_refused))
            .inner;
        if !std::mem::replace(&mut self.is_shown, true)
            && let Some(first) = first
        {
            first.request_focus();
        }
        told(ui, &self.problem);
    }

    fn command(&self, project: Id<Project>) -> EditCommand {
        EditCommand::RecordCancellation {
            project,
            of: ApprovedIndicator::Removed(self.removed),
            cancellation: self.paper.cancellation(),
        }
    }
}

impl Dialog for MissingDialog {
    fn title(&self) -> String {
        "表中没有的批复指标".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn holds_text(&self) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.paper.holds_text())
    }

    fn help(&self) -> Option<&'static str> {
        Some("approved")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let project = scene
            .desk
            .and_then(|desk| desk.session.document().project(self.project));
        let Some(project) = project.filter(|project| !project.removed.is_empty()) else {
            return Outcome::Close;
        };
        let Some(open) = &mut self.open else {
            self.list(ui, project, scene);
            let is_read = buttons(ui, |ui| button::primary(ui, "关闭").clicked());
            return match is_read || (is_confirmed(ui) && self.open.is_none()) {
                true => Outcome::Close,
                false => Outcome::Open,
            };
        };
        open.ui(ui);
        let confirmed = is_confirmed(ui);
        let (records, returns) = buttons(ui, |ui| {
            let records = button::primary(ui, "登记调整").clicked();
            (records || confirmed, button::plain(ui, "返回").clicked())
        });
        if records {
            match open.paper.problem() {
                Some(problem) => {
                    open.problem = problem;
                    open.paper.focus_missing(ui);
                    return Outcome::Open;
                }
                None => {
                    let said = format!("已登记取消“{}”", open.name);
                    let done = Action::EditAndSay(open.command(self.project), said);
                    scene.send.send(done);
                }
            }
        }
        if records || returns {
            self.open = None;
        }
        Outcome::Open
    }
}
