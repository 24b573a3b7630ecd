//! 制作报送材料包: which projects, what goes in, what of the evidence is there.

use egui::Ui;

use super::{ask, caption, made, sentences, weak};
use crate::{
    model::{id::Id, project::Project},
    session::outgoing::{
        parcel::{ParcelRequest, Prints, Survey},
        size_in_words,
    },
    ui::{
        action::{Action, Outbox},
        dialogs::{Dialog, Outcome, buttons, export::projects::ProjectChoice, is_confirmed},
        outgoing::{Found, OutgoingAction, Sought},
        scene::Scene,
        theme::Palette,
        widgets::{button, choice},
    },
};

/// The dialog.
pub struct ParcelDialog {
    projects: ProjectChoice,
    prints: Prints,
    findings: bool,
    register: bool,
    evidence: bool,
    profile: bool,
}

impl Default for ParcelDialog {
    fn default() -> Self {
        Self {
            projects: ProjectChoice::all(),
            prints: Prints::default(),
            findings: true,
            register: true,
            evidence: false,
            profile: true,
        }
    }
}

impl Dialog for ParcelDialog {
    fn title(&self) -> String {
        "制作报送材料包".into()
    }

    fn width(&self) -> f32 {
        600.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("sharing")
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Outgoing(Box::new(OutgoingAction::Leave)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        match made(ui, scene, "材料包已生成") {
            Some(outcome) => outcome,
            None => self.choices(ui, scene),
        }
    }
}

impl ParcelDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        weak(
            ui,
            "一个压缩包，内有绩评文件、PDF 和清单。没有绩评的单位也能解压查看。",
        );
        self.projects.show(ui, scene);
        let ids = self.projects.ids(scene);
        let revision = desk.session.revision();
        caption(ui, "放入");
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                let is_one = ids.len() == 1;
                let together = if is_one {
                    "PDF"
                } else {
                    "PDF，全部项目一份"
                };
                ui.radio_value(&mut self.prints, Prints::Together, together);
                if !is_one {
                    ui.radio_value(&mut self.prints, Prints::Each, "PDF，每个项目一份");
                }
                ui.radio_value(&mut self.prints, Prints::None, "不放 PDF");
            });
        });
        ui.horizontal_wrapped(|ui| {
            choice::beside_one_another(ui, |ui| {
                ui.checkbox(&mut self.findings, "问题清单");
                ui.checkbox(&mut self.register, "佐证材料登记表");
                let in_force = scene.in_force;
                if in_force.profile().is_some() || in_force.own_changes() > 0 {
                    ui.checkbox(&mut self.profile, "复核口径");
                }
            });
        });
        let survey = match scene.outgoing.found(Sought::Evidence, &ids, revision) {
            Some(Found::Evidence(survey)) => Some(survey.clone()),
            _ if scene.outgoing.is_looking(Sought::Evidence, &ids, revision) => None,
            _ => {
                ask(scene, OutgoingAction::Look(Sought::Evidence, ids.clone()));
                None
            }
        };
        self.evidence(ui, survey.as_ref());
        let confirmed = is_confirmed(ui);
        let can = !ids.is_empty();
        buttons(ui, |ui| {
            let go = ui.add_enabled_ui(can, |ui| button::primary(ui, "保存材料包…"));
            let go = go.inner.on_disabled_hover_text("请至少选择一个项目");
            if go.clicked() || (confirmed && can) {
                let request = self.request(ids, scene);
                ask(scene, OutgoingAction::SaveParcel(request, self.profile));
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    fn evidence(&mut self, ui: &mut Ui, survey: Option<&Survey>) {
        let palette = Palette::of(ui);
        let Some(survey) = survey else {
            weak(ui, "正在查找佐证材料…");
            return;
        };
        if survey.registered == 0 {
            self.evidence = false;
            weak(ui, "没有登记佐证材料。");
            return;
        }
        ui.add_enabled_ui(survey.there > 0, |ui| {
            let words = format!(
                "佐证材料的文件（{} 份，{}）",
                survey.there,
                size_in_words(survey.size)
            );
            choice::beside_one_another(ui, |ui| ui.checkbox(&mut self.evidence, words));
        });
        if !survey.problems.is_empty() {
            let missing = survey.registered - survey.there;
            ui.label(format!(
                "登记了 {} 份，有 {missing} 份放不进去：",
                survey.registered
            ));
            sentences(ui, "missing evidence", &survey.problems, palette.warning);
        }
    }

    fn request(&self, projects: Vec<Id<Project>>, scene: &Scene<'_>) -> ParcelRequest {
        ParcelRequest {
            prints: self.prints,
            findings: self.findings,
            register: self.register,
            evidence: self.evidence,
            face: scene.settings.face.into(),
            ..ParcelRequest::of(projects)
        }
    }
}
