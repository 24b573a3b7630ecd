//! A 报送材料包 that was received: what is in it, and what can be done with it. Nothing of it is unpacked yet.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{ask, caption, sentences, weak};
use crate::{
    session::outgoing::size_in_words,
    ui::{
        dialogs::{Dialog, Outcome, buttons, is_confirmed},
        outgoing::{OutgoingAction, Received},
        scene::Scene,
        theme::{self, Palette},
        widgets::button,
    },
};

/// The dialog.
pub struct ReceivedDialog {
    received: Arc<Received>,
}

impl ReceivedDialog {
    /// For this parcel.
    pub fn new(received: Arc<Received>) -> Self {
        Self { received }
    }

    fn contents(&self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let parcel = &self.received.parcel;
        ui.add(
            Label::new(RichText::new(&self.received.name).font(theme::text::strong())).truncate(),
        );
        weak(ui, &format!("{} 制作", parcel.manifest.made));
        let projects = &parcel.opened.document.projects;
        caption(ui, &format!("{} 个项目", projects.len()));
        ScrollArea::vertical()
            .id_salt("projects of the parcel")
            .max_height(160.0)
            .auto_shrink([false, true])
            .show_rows(ui, 20.0, projects.len(), |ui, rows| {
                for index in rows {
                    if let Some(project) = projects.get(index) {
                        ui.add(
                            Label::new(format!("{}. {}", index + 1, project.shown_name()))
                                .truncate(),
                        );
                    }
                }
            });
        if !parcel.evidence.is_empty() {
            let size = size_in_words(parcel.evidence_size());
            ui.label(format!("佐证材料 {} 份，{size}", parcel.evidence.len()));
        }
        if let Some(profile) = &parcel.profile {
            ui.label(format!("复核口径“{}”", profile.name));
        }
        match parcel.remarks.as_slice() {
            [] => weak(ui, "文件与清单一致，没有被改动。"),
            remarks => sentences(ui, "remarks", remarks, palette.warning),
        }
    }
}

impl Dialog for ReceivedDialog {
    fn title(&self) -> String {
        "打开报送材料包".into()
    }

    fn width(&self) -> f32 {
        620.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("sharing")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.contents(ui);
        let received = || Arc::clone(&self.received);
        let parcel = &self.received.parcel;
        let has_evidence = !parcel.evidence.is_empty();
        if has_evidence || parcel.profile.is_some() {
            ui.horizontal(|ui| {
                if has_evidence && button::plain(ui, "取出佐证材料…").clicked() {
                    ask(scene, OutgoingAction::TakeOut(received()));
                }
                if parcel.profile.is_some() && button::plain(ui, "采用包内的复核口径").clicked()
                {
                    ask(scene, OutgoingAction::TakeProfile(received()));
                }
            });
        }
        let has_document = scene.desk.is_some();
        let is_dirty = scene.desk.is_some_and(|desk| desk.session.is_dirty());
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let words = if has_document {
                "并入打开的文件…"
            } else {
                "打开其中的表"
            };
            if button::primary(ui, words).clicked() || confirmed {
                let action = match has_document {
                    true => OutgoingAction::Merge(received()),
                    false => OutgoingAction::Use(received()),
                };
                ask(scene, action);
                return Outcome::Close;
            }
            if has_document {
                let open =
                    ui.add_enabled_ui(!is_dirty, |ui| button::plain(ui, "关闭当前文件并打开"));
                let open = open
                    .inner
                    .on_disabled_hover_text("当前文件有未保存的内容，请先保存");
                if open.clicked() {
                    ask(scene, OutgoingAction::Use(received()));
                    return Outcome::Close;
                }
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}
