//! The status bar: verdict, whether it is saved, what is selected, zoom.

use std::time::Duration;

use egui::{
    Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo, containers::menu::MenuButton,
};

use super::Views;
use crate::{
    model::policy::Severity,
    session::outside::Outside,
    ui::{
        action::Action,
        desk::Desk,
        exporting::ExportAction,
        icons,
        outgoing::OutgoingAction,
        preferences::Change,
        printing::PrintAction,
        scene::Scene,
        theme::{HIT, Palette, space, text},
        widgets::{badge, button},
    },
};

/// The sizes that the menu offers, in percent.
const SIZES: [u16; 8] = [50, 75, 90, 100, 110, 125, 150, 200];

/// How often it is looked how far a job is.
const STEP: Duration = Duration::from_millis(300);

/// Draws the status bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, views: &Views) {
    let Some(desk) = scene.desk else { return };
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        // What stands at the right keeps its room; the verdict is cut where the window is narrow.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            zoom(ui, scene);
            if let Some(words) = views.grid.selection_in_words() {
                ui.add_space(space::L);
                let words = RichText::new(words).font(text::small());
                ui.label(words.color(palette.text_weak));
            }
            ui.add_space(space::L);
            saved(ui, desk, views);
            writing(ui, scene);
            ui.add_space(space::L);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                verdict(ui, desk);
            });
        });
    });
}

/// Whether the file holds everything, and since when a copy is kept of what it does not hold.
fn saved(ui: &mut Ui, desk: &Desk, views: &Views) {
    let palette = Palette::of(ui);
    let (state, color) = if desk.session.is_saving() {
        ("正在保存…".to_owned(), palette.text_weak)
    } else if desk.session.is_dirty() {
        match &views.copied_at {
            Some(time) => (format!("● 未保存，{time} 已留副本"), palette.warning),
            None => ("● 未保存".to_owned(), palette.warning),
        }
    } else if desk.session.path().is_none() {
        ("尚无文件".to_owned(), palette.text_weak)
    } else {
        ("已保存".to_owned(), palette.text_weak)
    };
    ui.label(RichText::new(state).font(text::small()).color(color));
    if let Outside::Unseen(why) = desk.session.outside() {
        ui.add_space(space::S);
        let words = RichText::new("原文件暂时读不到").font(text::small());
        ui.label(words.color(palette.warning))
            .on_hover_text(format!(
                "{why}。现在不能存回原处；恢复后照常保存，也可以另存到别处。"
            ));
    }
}

/// What is being written, and the way to give it up.
fn writing(ui: &mut Ui, scene: &mut Scene<'_>) {
    let printing = scene.printing.writing();
    let printing = printing.map(|words| (words, Action::Print(PrintAction::Cancel)));
    let exporting = || {
        let stop = Action::ExportFiles(Box::new(ExportAction::Stop));
        Some((scene.exporting.writing()?, stop))
    };
    let outgoing = || {
        let stop = Action::Outgoing(Box::new(OutgoingAction::Stop));
        Some((scene.outgoing.writing()?, stop))
    };
    let Some((words, cancel)) = printing.or_else(exporting).or_else(outgoing) else {
        return;
    };
    ui.add_space(space::L);
    let button = button::quiet(ui, "取消").on_hover_text("不再继续");
    if button.clicked() {
        scene.send.send(cancel);
    }
    let words = RichText::new(words).font(text::small());
    ui.label(words.color(Palette::of(ui).text_weak));
    // How far it is.
    ui.ctx().request_repaint_after(STEP);
}

/// Whether the document can be handed in, by shape, words and colour.
fn verdict(ui: &mut Ui, desk: &Desk) {
    let palette = Palette::of(ui);
    let verdict = desk.facts.verdict;
    ui.spacing_mut().item_spacing.x = 6.0;
    let color = if verdict.is_ready() {
        let mark = RichText::new(icons::CHECK_CIRCLE).size(16.0);
        ui.label(mark.color(palette.good));
        palette.good
    } else {
        badge::show(ui, Severity::Error);
        palette.error
    };
    // The panel of findings beside it may speak of one project.
    let words = match desk.facts.projects().len() {
        0 | 1 => verdict.to_string(),
        count => format!("全部 {count} 个项目：{verdict}"),
    };
    let label = RichText::new(&words).font(text::small()).color(color);
    let label = ui.add(Label::new(label).truncate());
    let mut hover = String::new();
    if let Some(profile) = desk.session.in_force().in_words() {
        hover.push_str(&format!("\n{profile}。"));
    }
    if verdict.disabled > 0 {
        let codes: Vec<&str> = desk.facts.rules_off().into_iter().collect();
        let codes = codes.join("、");
        hover.push_str(&format!(
            "\n已停用的规则：{codes}。可以在“设置”中重新启用。"
        ));
    }
    if !hover.is_empty() {
        label.on_hover_text(format!("{words}{hover}"));
    }
}

fn zoom(ui: &mut Ui, scene: &mut Scene<'_>) {
    let zoom = scene.settings.zoom;
    let words = RichText::new(format!("缩放 {zoom}% {}", icons::CARET_DOWN)).font(text::small());
    let button = Button::new(words).frame_when_inactive(false);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(120.0);
        for size in SIZES {
            if ui
                .selectable_label(size == zoom, format!("{size}%"))
                .clicked()
            {
                scene.send.send(Action::Change(Change::Zoom(size)));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("恢复 100%").clicked() {
            scene.send.send(Action::Change(Change::Zoom(100)));
            ui.close();
        }
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("缩放 {zoom}%")));
}
