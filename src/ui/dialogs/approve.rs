//! 登记批复值: what it means, before it locks anything.

use egui::Ui;

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::command::EditCommand,
    model::{id::Id, project::Project},
    ui::{action::Action, scene::Scene, widgets::button},
};

/// Asks whether what is filed now is to be taken as approved.
pub struct ApproveDialog {
    project: Id<Project>,
    open: usize,
    approved: usize,
}

impl ApproveDialog {
    /// For a project.
    pub fn new(project: &Project) -> Self {
        let rows = || project.rows().map(|view| view.indicator);
        let approved = rows().filter(|row| row.approved.is_some()).count();
        Self {
            project: project.id,
            open: rows().count() - approved,
            approved,
        }
    }
}

impl Dialog for ApproveDialog {
    fn title(&self) -> String {
        "登记批复值".into()
    }

    fn help(&self) -> Option<&'static str> {
        Some("approved")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        if self.open == 0 {
            ui.label(
                "各行指标都已登记批复值。经批准调整的，请选中要改的单元格，用“记录调整”登记。",
            );
            let is_read = buttons(ui, |ui| button::primary(ui, "知道了").clicked());
            return match is_read || is_confirmed(ui) {
                true => Outcome::Close,
                false => Outcome::Open,
            };
        }
        ui.label(format!(
            "把 {} 行指标现在的名称、性质、指标值、单位和分值登记为随预算批复的值。",
            self.open
        ));
        if self.approved > 0 {
            ui.label(format!("已登记过的 {} 行不变。", self.approved));
        }
        ui.label(
            "登记后这些内容不能直接修改，行也不能删除；经批准调整或取消的，用“记录调整”登记日期、文号和理由。",
        );
        ui.label("登记后可以撤销。");
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "登记批复值").clicked() || confirmed {
                let project = self.project;
                let said = format!("已登记 {} 行指标的批复值", self.open);
                let command = EditCommand::ApproveTargets { project };
                scene.send.send(Action::EditAndSay(command, said));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
