//! The report on a merge: what was taken, what was in conflict and how it was decided.

use egui::{Label, ScrollArea, Ui};

use crate::ui::{
    action::Action,
    dialogs::{Dialog, Outcome, buttons, is_confirmed},
    merging::MergeAction,
    scene::Scene,
    widgets::button,
};

/// Shows the report on what was merged last.
pub struct ReportDialog;

impl Dialog for ReportDialog {
    fn title(&self) -> String {
        "合并报告".into()
    }

    fn width(&self) -> f32 {
        720.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("merge")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let report = scene.merging.report();
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(160.0, 480.0);
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.add(Label::new(report).wrap().selectable(true));
            });
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "关闭").clicked() || confirmed {
                return Outcome::Close;
            }
            if button::plain(ui, "导出…").clicked() {
                let action = Box::new(MergeAction::ExportReport);
                scene.send.send(Action::Merging(action));
            }
            if button::plain(ui, "复制").clicked() {
                scene.send.send(Action::Copy(report.to_owned()));
                scene.send.send(Action::Say("已复制合并报告".into()));
            }
            Outcome::Open
        })
    }
}
