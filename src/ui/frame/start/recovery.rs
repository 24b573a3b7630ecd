//! Work that was not saved when the program ended, offered to be gone on with.

use egui::{Label, RichText, Ui};

use crate::ui::{
    action::Action,
    scene::Scene,
    theme::{self, Palette, space},
    widgets::button,
};

/// A copy that can be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryOffer {
    /// Whose copy it is: the file's name, or that there is no file yet.
    pub title: String,
    /// When it was made and how it differs from the file.
    pub detail: String,
}

/// Draws the offers; nothing where there are none.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, offers: &[RecoveryOffer]) {
    if offers.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    ui.label(RichText::new("恢复未保存的工作").font(theme::text::section()));
    for (index, offer) in offers.iter().enumerate() {
        let card = theme::card(ui).fill(palette.warning_weak);
        card.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::XS;
            ui.add(Label::new(RichText::new(&offer.title).font(theme::text::strong())).wrap());
            let detail = RichText::new(&offer.detail).font(theme::text::small());
            ui.add(Label::new(detail.color(palette.text_weak)).wrap());
            ui.add_space(space::XS);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                let restore = button::primary(ui, "恢复");
                named(&restore, &format!("恢复 {}", offer.title));
                if restore.clicked() {
                    scene.send.send(Action::Recover(index));
                }
                let decline = button::plain(ui, "放弃");
                named(&decline, &format!("放弃 {}", offer.title));
                if decline.clicked() {
                    scene.send.send(Action::DeclineRecovery(index));
                }
            });
        });
    }
}

fn named(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
}
