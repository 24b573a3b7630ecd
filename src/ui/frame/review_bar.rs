//! The quiet bar of 审阅模式: what is locked, how many notes are open, and the way out.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::ui::{
    command::UiCommand,
    icons,
    scene::Scene,
    theme::{self, HIT, Palette, space},
    widgets::button,
};

/// Draws the bar while the forms are being reviewed.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(desk) = scene.desk.filter(|desk| desk.session.is_reviewing()) else {
        return;
    };
    let palette = Palette::of(ui);
    let projects = || desk.session.document().projects.iter();
    let open = projects()
        .flat_map(|project| project.notes.iter())
        .filter(|note| !note.resolved)
        .count();
    let demands: usize = projects().map(|project| project.open_demands()).sum();
    let frame = Frame::new()
        .fill(palette.hint_weak)
        .inner_margin(Margin::symmetric(12, 3));
    Panel::top("review bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            // As high as the buttons of commands.
            ui.set_min_height(HIT + space::XS);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if button::quiet(ui, "结束审阅").clicked() {
                    scene.send.command(UiCommand::ReviewMode);
                }
                ui.add_space(space::S);
                for command in [
                    UiCommand::AddNote,
                    UiCommand::NextNote,
                    UiCommand::PreviousNote,
                ] {
                    let enabled = command == UiCommand::AddNote || open > 0;
                    if button::command(ui, command, enabled).clicked() {
                        scene.send.command(command);
                    }
                }
                let count = match (open, demands) {
                    (0, _) => "没有未处理的意见".to_owned(),
                    (open, 0) => format!("未处理 {open} 条"),
                    (open, demands) => format!("未处理 {open} 条，必须改 {demands} 条"),
                };
                let count = RichText::new(count).font(theme::text::small());
                ui.label(count.color(palette.text_weak));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.label(RichText::new(icons::EYE).color(palette.hint));
                    let words = "审阅模式：表中内容已锁定，可以写审核意见、填复核底稿";
                    ui.add(Label::new(words).truncate()).on_hover_text(words);
                });
            });
        });
    });
}
