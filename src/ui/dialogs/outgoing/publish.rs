//! 制作公开版: which projects, as what, and what becomes of the names of persons.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{DRAWN, ask, caption, made, sentences, weak};
use crate::{
    model::{id::Id, project::Project},
    session::{
        jobs::Revision,
        outgoing::publish::{PublishOrder, Publishable},
    },
    sharing::publish::{Decision, Kind, Name},
    ui::{
        action::{Action, Outbox},
        dialogs::{Dialog, Outcome, buttons, export::projects::ProjectChoice, is_confirmed},
        outgoing::{Found, Order, OutgoingAction, Sought},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// The dialog.
pub struct PublishDialog {
    projects: ProjectChoice,
    kind: Kind,
    /// What was found, with what the person decided, for these projects at this revision.
    found: Option<(Vec<Id<Project>>, Revision, Publishable)>,
    /// What was decided before.
    decided: Vec<Name>,
}

impl Default for PublishDialog {
    fn default() -> Self {
        Self {
            projects: ProjectChoice::all(),
            kind: Kind::default(),
            found: None,
            decided: Vec::new(),
        }
    }
}

impl Dialog for PublishDialog {
    fn title(&self) -> String {
        "制作公开版".into()
    }

    fn width(&self) -> f32 {
        680.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("sharing")
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Outgoing(Box::new(OutgoingAction::Leave)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        match made(ui, scene, "公开版已生成") {
            Some(outcome) => outcome,
            None => self.choices(ui, scene),
        }
    }
}

impl PublishDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        weak(
            ui,
            "只有表格本身：没有电话、证件号、水印、审核意见、核实说明和复核底稿，文件属性中没有作者和路径。",
        );
        self.projects.show(ui, scene);
        ui.horizontal(|ui| {
            ui.set_min_height(theme::HIT);
            ui.label("生成");
            choice::beside_one_another(ui, |ui| {
                for kind in Kind::ALL {
                    ui.radio_value(&mut self.kind, kind, kind.to_string());
                }
            });
        });
        self.take_found(scene);
        let Some((_, _, found)) = &mut self.found else {
            weak(ui, "正在查找人名…");
            return buttons(ui, |ui| match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            });
        };
        if !found.left_out.is_empty() {
            sentences(ui, "left out", &found.left_out, Palette::of(ui).text_weak);
        }
        names(ui, &mut found.plan.names);
        let open = found.plan.undecided();
        let can = open == 0 && !found.plan.is_empty();
        let why = match found.plan.is_empty() {
            true => "没有可以公开的项目",
            false => "请先决定每个人名怎样处理",
        };
        let confirmed = is_confirmed(ui);
        let kind = self.kind;
        buttons(ui, |ui| {
            let go = ui.add_enabled_ui(can, |ui| button::primary(ui, "保存公开版…"));
            let go = go.inner.on_disabled_hover_text(why);
            if go.clicked() || (confirmed && can) {
                let order = PublishOrder {
                    plan: found.plan.clone(),
                    kind,
                    face: scene.settings.face.into(),
                };
                ask(scene, OutgoingAction::Save(Box::new(Order::Publish(order))));
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            if open > 0 {
                let color = Palette::of(ui).warning;
                ui.label(RichText::new(format!("还有 {open} 个人名未定")).color(color));
            }
            Outcome::Open
        })
    }

    /// Takes what was found for the chosen projects, or asks for it.
    fn take_found(&mut self, scene: &mut Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let ids = self.projects.ids(scene);
        let revision = desk.session.revision();
        let is_current =
            |(of, at, _): &(Vec<Id<Project>>, Revision, Publishable)| *of == ids && *at == revision;
        if self.found.as_ref().is_some_and(is_current) {
            return;
        }
        // What was decided for other projects is decided.
        if let Some((_, _, before)) = self.found.take() {
            self.decided = before.plan.names;
        }
        match scene.outgoing.found(Sought::Publishable, &ids, revision) {
            Some(Found::Publishable(found)) => {
                let mut found = found.clone();
                for name in &mut found.plan.names {
                    let mut decided = self.decided.iter();
                    if let Some(same) = decided.find(|one| one.text == name.text) {
                        name.decision = same.decision;
                    }
                }
                self.found = Some((ids, revision, found));
            }
            _ if ids.is_empty() => self.found = Some((ids, revision, Publishable::default())),
            _ if scene
                .outgoing
                .is_looking(Sought::Publishable, &ids, revision) => {}
            _ => ask(scene, OutgoingAction::Look(Sought::Publishable, ids)),
        }
    }
}

/// The names, each with its places and what becomes of it.
fn names(ui: &mut Ui, names: &mut [Name]) {
    if names.is_empty() {
        weak(ui, "没有发现人名。");
        return;
    }
    caption(ui, &format!("发现 {} 个人名，请决定怎样处理", names.len()));
    ui.horizontal(|ui| {
        ui.label("全部");
        for decision in Decision::ALL {
            if button::plain(ui, &format!("{decision}"))
                .on_hover_text(about(decision))
                .clicked()
            {
                names.iter_mut().for_each(|name| name.decision = decision);
            }
        }
    });
    ScrollArea::vertical()
        .id_salt("names of persons")
        .max_height(260.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for (index, name) in names.iter_mut().take(DRAWN).enumerate() {
                ui.push_id(index, |ui| one(ui, name));
            }
            if names.len() > DRAWN {
                ui.label(format!(
                    "另有 {} 个，可用上面的“全部”一次决定",
                    names.len() - DRAWN
                ));
            }
        });
}

fn one(ui: &mut Ui, name: &mut Name) {
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(theme::HIT);
        ui.label(RichText::new(&name.text).font(theme::text::strong()));
        ui.add_space(space::S);
        choice::beside_one_another(ui, |ui| {
            for decision in Decision::ALL {
                let words = format!("{decision}");
                let response = ui.radio_value(&mut name.decision, decision, &words);
                let label = format!("{} {words}", name.text);
                let is_on = name.decision == decision;
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &label)
                });
                response.on_hover_text(about(decision));
            }
        });
    });
    let palette = Palette::of(ui);
    for place in name.places.iter().take(3) {
        let line = format!("{}：{}", place.place, place.context);
        let line = RichText::new(line)
            .font(theme::text::small())
            .color(palette.text_weak);
        ui.add(Label::new(line).truncate());
    }
    if name.places.len() > 3 {
        weak(ui, &format!("另有 {} 处", name.places.len() - 3));
    }
}

fn about(decision: Decision) -> &'static str {
    match decision {
        Decision::Undecided => "",
        Decision::Keep => "照原样公开",
        Decision::Hide => "只留姓：张**",
        Decision::Remove => "从表中删去",
    }
}
