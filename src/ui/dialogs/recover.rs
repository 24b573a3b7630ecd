//! What a crash left is offered at the next start.

use egui::{RichText, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    session::recovery::Offer,
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// Offers recovery copies, newest first. Each is opened or declined on its own; what is left open is offered again at the
/// next start.
pub struct Recover {
    offers: Vec<Offer>,
}

impl Recover {
    /// Offers these.
    pub fn new(offers: Vec<Offer>) -> Self {
        Self { offers }
    }
}

impl Dialog for Recover {
    fn title(&self) -> String {
        "恢复上次未保存的内容".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("saving")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label(
            "上次程序没有正常关闭。以下内容留有副本；恢复后请核对并保存，原文件在保存前不会改动。",
        );
        ui.add_space(space::S);
        let mut answer = None;
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, |ui| {
                for (index, offer) in self.offers.iter().enumerate() {
                    if let Some(recover) = row(ui, offer) {
                        answer = Some((index, recover));
                    }
                }
            });
        match answer {
            Some((index, true)) => {
                let offer = self.offers.remove(index);
                scene.send.send(Action::Recover(offer.entry));
                return Outcome::Close;
            }
            Some((index, false)) => {
                let offer = self.offers.remove(index);
                scene.send.send(Action::DeclineRecovery(offer.entry));
            }
            None => {}
        }
        let is_later = buttons(ui, |ui| button::plain(ui, "以后再说").clicked());
        if is_later || self.offers.is_empty() {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}

/// One copy; `Some(true)` to recover it, `Some(false)` to decline it.
fn row(ui: &mut Ui, offer: &Offer) -> Option<bool> {
    let palette = Palette::of(ui);
    let name = offer.path.as_deref().and_then(|path| path.file_name());
    let name = name.map_or_else(
        || "还没有文件名的表".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    ui.separator();
    ui.label(RichText::new(&name).strong());
    let details = [offer.time.clone(), offer.words()];
    let details: Vec<String> = details
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let details = RichText::new(details.join("，")).font(theme::text::small());
    ui.label(details.color(palette.text_weak));
    let answer = ui
        .horizontal(|ui| {
            let can = offer.entry.has_copy;
            let recover = can && button::primary(ui, &format!("恢复 {name}")).clicked();
            let decline = button::plain(ui, &format!("不恢复 {name}")).clicked();
            match (recover, decline) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            }
        })
        .inner;
    ui.add_space(space::S);
    answer
}
