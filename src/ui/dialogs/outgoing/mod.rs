//! 报送材料包, 公开版 and 脱敏副本: what goes in, what was found, and what came of it.

pub mod anonymise;
pub mod parcel;
pub mod publish;
pub mod received;
pub mod withhold;

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Outcome, buttons, progress, saved};
use crate::{
    session::outgoing::size_in_words,
    ui::{
        action::Action,
        outgoing::{OutgoingAction, Phase},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// The most of one list that is drawn: nobody reads further.
const DRAWN: usize = 200;

fn ask(scene: &mut Scene<'_>, action: OutgoingAction) {
    scene.send.send(Action::Outgoing(Box::new(action)));
}

/// Shows what is being made and what came of it; `None` while it is still asked what to make.
fn made(ui: &mut Ui, scene: &mut Scene<'_>, done: &str) -> Option<Outcome> {
    let palette = Palette::of(ui);
    match scene.outgoing.phase() {
        Phase::Asking => None,
        Phase::Running(running) => {
            let now = running.now();
            progress::show(
                ui,
                &format!("正在生成：{}", now.name),
                &now,
                "打开的文件不会改动",
            );
            let is_stopped = buttons(ui, |ui| button::plain(ui, "停止").clicked());
            if is_stopped {
                ask(scene, OutgoingAction::Stop);
            }
            Some(Outcome::Open)
        }
        Phase::Done(written) => {
            let words = format!("{done}（{}）", size_in_words(written.size));
            let (path, notes) = (written.path.clone(), &written.notes);
            if !notes.is_empty() {
                ui.label(format!("有 {} 处请看一下：", notes.len()));
                sentences(ui, "notes", notes, palette.warning);
            }
            Some(saved::show(ui, &words, &path, scene))
        }
        Phase::Failed(why) => {
            ui.add(Label::new(RichText::new(why).color(palette.error)).wrap());
            let is_back = buttons(ui, |ui| button::primary(ui, "返回").clicked());
            if is_back {
                ask(scene, OutgoingAction::Again);
            }
            Some(Outcome::Open)
        }
    }
}

/// A list of sentences that scrolls.
fn sentences(ui: &mut Ui, salt: &str, sentences: &[String], color: egui::Color32) {
    ScrollArea::vertical()
        .id_salt(salt)
        .max_height(120.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for sentence in sentences.iter().take(DRAWN) {
                let sentence = RichText::new(sentence).font(theme::text::small());
                ui.add(Label::new(sentence.color(color)).wrap());
            }
            if sentences.len() > DRAWN {
                ui.label(format!("另有 {} 处", sentences.len() - DRAWN));
            }
        });
}

/// A line in small, pale letters.
fn weak(ui: &mut Ui, text: &str) {
    let color = Palette::of(ui).text_weak;
    let text = RichText::new(text).font(theme::text::small()).color(color);
    ui.add(Label::new(text).wrap());
}

/// The caption of a part of the dialog.
fn caption(ui: &mut Ui, text: &str) {
    ui.add_space(space::S);
    ui.label(RichText::new(text).font(theme::text::strong()));
}
