//! How well an edition is known: its mark, and what is not known of it.

use egui::{Label, RichText, Ui};

use crate::{
    model::edition::{Edition, EditionStatus},
    ui::theme::{self, Palette},
};

/// The status of an edition, what is not known of it, and what it was made from.
pub fn show(ui: &mut Ui, edition: &Edition) {
    let palette = Palette::of(ui);
    status(ui, edition);
    list(ui, edition);
    let source = RichText::new(&edition.source).font(theme::text::small());
    ui.add(Label::new(source.color(palette.text_weak)).wrap());
}

/// The mark: 已核对, or that it is not.
pub fn status(ui: &mut Ui, edition: &Edition) {
    let palette = Palette::of(ui);
    let (text, ground) = match edition.status {
        EditionStatus::Verified => (palette.good, palette.good_weak),
        EditionStatus::Reference | EditionStatus::Draft => (palette.warning, palette.warning_weak),
    };
    egui::Frame::new()
        .fill(ground)
        .corner_radius(theme::RADIUS)
        .inner_margin(egui::Margin::symmetric(6, 1))
        .show(ui, |ui| {
            let words = RichText::new(edition.status.to_string()).font(theme::text::small());
            ui.label(words.color(text));
        });
}

/// What is not known of an edition, a line each.
pub fn list(ui: &mut Ui, edition: &Edition) {
    if edition.gaps.is_empty() {
        return;
    }
    let small = theme::text::small;
    ui.label(RichText::new("未知或未核对之处：").font(small()));
    for gap in &edition.gaps {
        ui.add(Label::new(RichText::new(format!("· {gap}")).font(small())).wrap());
    }
}

/// What those should know who are about to hand a form in, a line each.
pub fn cautions(ui: &mut Ui, cautions: &[String]) {
    for words in cautions {
        let words = RichText::new(words).font(theme::text::small());
        ui.add(Label::new(words.color(Palette::of(ui).warning)).wrap());
    }
}
