//! Work that was not saved when the program ended, offered to be gone on with.

use egui::{Label, RichText, Ui};

use crate::ui::{
    command::UiCommand,
    scene::Scene,
    theme::{self, Palette, space},
    widgets::button,
};

/// Says how many copies there are, with the way to them; nothing where there are none.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, copies: usize) {
    if copies == 0 {
        return;
    }
    let palette = Palette::of(ui);
    ui.label(RichText::new("恢复").font(theme::text::section()));
    let card = theme::card(ui).fill(palette.warning_weak);
    card.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        let title = format!("有 {copies} 份内容上次没有保存");
        ui.add(Label::new(RichText::new(title).font(theme::text::strong())).wrap());
        let detail = RichText::new("程序没有正常关闭时留下的副本").font(theme::text::small());
        ui.add(Label::new(detail.color(palette.text_weak)).wrap());
        ui.add_space(space::XS);
        if button::primary(ui, UiCommand::Recover.label()).clicked() {
            scene.send.command(UiCommand::Recover);
        }
    });
}
