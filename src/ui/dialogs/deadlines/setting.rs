//! Deadlines and stages for the projects that are chosen.

use std::collections::BTreeSet;

use egui::{ComboBox, Id as UiId, Label, RichText, Ui, WidgetInfo};

use crate::{
    edit::command::EditCommand,
    model::{
        deadlines::Deadline,
        id::Id,
        project::{Project, Stage},
    },
    ui::{
        action::Action,
        dialogs::stage,
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, entry::Entry},
    },
};

/// What is being set.
#[derive(Default)]
pub(super) struct Setting {
    stage: Stage,
    date: String,
    remark: String,
    /// The stage that the chosen projects are moved to.
    to: Stage,
    problem: String,
}

const DATE: &str = "date of the deadline";

impl Setting {
    /// Whether something was typed that is not set yet.
    pub fn holds_text(&self) -> bool {
        !(self.date.trim().is_empty() && self.remark.trim().is_empty())
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui, chosen: &BTreeSet<Id<Project>>, scene: &mut Scene<'_>) {
        let count = chosen.len();
        let palette = Palette::of(ui);
        if count == 0 {
            let text = "勾选项目，就能为它们一起设期限、改阶段。";
            ui.label(RichText::new(text).color(palette.text_weak));
            ui.add_space(2.0 * HIT + space::S);
            return;
        }
        ui.horizontal(|ui| {
            ui.label(format!("选中 {count} 个项目，设"));
            stage_choice(ui, "期限的阶段", &mut self.stage);
            Entry::new(UiId::unique(DATE), "期限日期")
                .hint("2021-03-31 或 3月31日")
                .width(160.0)
                .show(ui, &mut self.date);
            Entry::new(UiId::unique("remark of the deadline"), "期限备注")
                .hint("备注（可不填）")
                .width(160.0)
                .show(ui, &mut self.remark);
            if button::plain(ui, "设期限").clicked() {
                self.set(ui, chosen, scene);
            }
            if button::plain(ui, "取消期限").clicked() {
                self.take_away(chosen, scene);
            }
        });
        ui.horizontal(|ui| {
            ui.label("一起改到阶段");
            stage_choice(ui, "改为阶段", &mut self.to);
            if button::plain(ui, "改阶段").clicked() {
                self.move_on(chosen, scene);
            }
        });
        if !self.problem.is_empty() {
            let problem = RichText::new(&self.problem).font(theme::text::small());
            ui.add(Label::new(problem.color(palette.error)).wrap());
        }
    }

    fn set(&mut self, ui: &Ui, chosen: &BTreeSet<Id<Project>>, scene: &mut Scene<'_>) {
        let deadline = Deadline {
            stage: self.stage,
            date: self.date.trim().to_owned(),
            remark: self.remark.trim().to_owned(),
            unknown: Default::default(),
        };
        let Some(desk) = scene.desk else { return };
        let day = |id: &Id<Project>| deadline.day(desk.project(*id)?.year());
        if chosen.iter().any(|id| day(id).is_none()) {
            self.problem =
                "没有设期限：日期看不懂，或项目没有填年度。请写上年份，例如 2021-03-31。".into();
            ui.memory_mut(|memory| memory.request_focus(UiId::unique(DATE)));
            return;
        }
        let stage = self.stage;
        let each = |id: &Id<Project>| EditCommand::SetDeadline {
            project: *id,
            stage,
            deadline: Some(deadline.clone()),
        };
        let said = format!(
            "已为 {} 个项目设{stage}期限 {}",
            chosen.len(),
            deadline.date
        );
        send(
            scene,
            format!("设定 {stage}期限"),
            said,
            chosen.iter().map(each).collect(),
        );
        self.date.clear();
        self.remark.clear();
        self.problem.clear();
    }

    fn take_away(&mut self, chosen: &BTreeSet<Id<Project>>, scene: &mut Scene<'_>) {
        let stage = self.stage;
        let each = |id: &Id<Project>| EditCommand::SetDeadline {
            project: *id,
            stage,
            deadline: None,
        };
        let said = format!("已取消 {} 个项目的{stage}期限", chosen.len());
        send(
            scene,
            format!("取消 {stage}期限"),
            said,
            chosen.iter().map(each).collect(),
        );
        self.problem.clear();
    }

    fn move_on(&mut self, chosen: &BTreeSet<Id<Project>>, scene: &mut Scene<'_>) {
        stage::move_on(scene, chosen, self.to);
        self.problem.clear();
    }
}

fn send(scene: &mut Scene<'_>, label: String, said: String, commands: Vec<EditCommand>) {
    let all = EditCommand::Many { label, commands };
    scene.send.send(Action::EditAndSay(all, said));
}

fn stage_choice(ui: &mut Ui, name: &str, stage: &mut Stage) {
    let shown = ComboBox::from_id_salt(("stage", name))
        .selected_text(stage.to_string())
        .width(104.0)
        .show_ui(ui, |ui| {
            for each in Stage::ALL {
                let response = ui.selectable_value(stage, each, each.to_string());
                let label = format!("{name} {each}");
                let is_on = *stage == each;
                response
                    .widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_on, &label));
            }
        });
    let current = stage.to_string();
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, name);
        info.current_text_value = Some(current.clone());
        info
    });
}
