//! 制作脱敏副本: which words are replaced by what.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{ask, caption, made, weak};
use crate::{
    session::{jobs::Revision, outgoing::anonymous::AnonymousOrder},
    sharing::anonymise::{Plan, Word},
    ui::{
        action::{Action, Outbox},
        dialogs::{Dialog, Outcome, buttons, is_confirmed},
        outgoing::{Found, Order, OutgoingAction, Sought},
        scene::Scene,
        theme::{self, HIT, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

/// The dialog.
#[derive(Default)]
pub struct AnonymiseDialog {
    /// What is replaced, at this revision.
    plan: Option<(Revision, Plan)>,
    /// A word that is being typed.
    word: String,
    /// Why the last word was not added.
    problem: String,
}

impl Dialog for AnonymiseDialog {
    fn title(&self) -> String {
        "制作脱敏副本".into()
    }

    fn width(&self) -> f32 {
        640.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("sharing")
    }

    fn holds_text(&self) -> bool {
        !self.word.trim().is_empty()
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Outgoing(Box::new(OutgoingAction::Leave)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        match made(ui, scene, "脱敏副本已生成") {
            Some(outcome) => outcome,
            None => self.choices(ui, scene),
        }
    }
}

impl AnonymiseDialog {
    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        weak(
            ui,
            "向别人求助时用：单位、项目、人员和号码换成代称，同一个名称总是同一个代称；金额、指标和问题照旧。打开的文件不会改动。",
        );
        self.take_plan(scene);
        let Some((_, plan)) = &mut self.plan else {
            weak(ui, "正在查找名称…");
            return buttons(ui, |ui| match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            });
        };
        let on = plan.words.iter().filter(|word| word.is_on).count();
        caption(ui, &format!("将替换 {on} 个词，不用替换的请去掉勾选"));
        words(ui, &mut plan.words);
        let is_added = add(ui, &mut self.word, &self.problem);
        let typed = !self.word.trim().is_empty();
        if is_added && let Some(desk) = scene.desk {
            match plan.add(&self.word, desk.session.document()) {
                Ok(()) => {
                    self.word.clear();
                    self.problem.clear();
                }
                Err(error) => self.problem = error.to_string(),
            }
        }
        let confirmed = is_confirmed(ui) && !typed && !is_added;
        buttons(ui, |ui| {
            let is_chosen = button::primary(ui, "保存副本…").clicked() || confirmed;
            if is_chosen && let Some(desk) = scene.desk {
                let order = AnonymousOrder {
                    document: Arc::clone(desk.session.document()),
                    plan: plan.clone(),
                };
                ask(
                    scene,
                    OutgoingAction::Save(Box::new(Order::Anonymous(order))),
                );
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    fn take_plan(&mut self, scene: &mut Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let revision = desk.session.revision();
        if self.plan.as_ref().is_some_and(|(at, _)| *at == revision) {
            return;
        }
        match scene.outgoing.found(Sought::Words, &[], revision) {
            Some(Found::Words(plan)) => self.plan = Some((revision, plan.clone())),
            _ if scene.outgoing.is_looking(Sought::Words, &[], revision) => {}
            _ => ask(scene, OutgoingAction::Look(Sought::Words, Vec::new())),
        }
    }
}

/// The list, each word with what stands in its place.
fn words(ui: &mut Ui, words: &mut [Word]) {
    let palette = Palette::of(ui);
    ScrollArea::vertical()
        .id_salt("words to replace")
        .max_height(300.0)
        .auto_shrink([false, true])
        .show_rows(ui, HIT - space::XS, words.len(), |ui, rows| {
            for (index, word) in words.iter_mut().enumerate() {
                if !rows.contains(&index) {
                    continue;
                }
                ui.push_id(index, |ui| {
                    ui.horizontal(|ui| {
                        let shown = format!("{} → {}", word.text, word.alias);
                        choice::beside_one_another(ui, |ui| ui.checkbox(&mut word.is_on, shown));
                        let about = format!("{}，{} 处", word.kind.words(), word.places);
                        let about = RichText::new(about).font(theme::text::small());
                        ui.add(Label::new(about.color(palette.text_weak)).truncate());
                    });
                });
            }
        });
}

/// The field for a further word; whether it is to be added.
fn add(ui: &mut Ui, word: &mut String, problem: &str) -> bool {
    ui.add_space(space::S);
    let is_added = ui
        .horizontal(|ui| {
            let field = Entry::new(egui::Id::unique("word to replace"), "还要替换的词")
                .hint("例如：简称、活动名称")
                .width(260.0)
                .show(ui, word);
            let entered =
                field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let can = !word.trim().is_empty();
            let clicked = ui
                .add_enabled_ui(can, |ui| button::plain(ui, "添加").clicked())
                .inner;
            can && (clicked || entered)
        })
        .inner;
    if !problem.is_empty() {
        let color = Palette::of(ui).error;
        ui.add(Label::new(RichText::new(problem).color(color)).wrap());
    }
    is_added
}
