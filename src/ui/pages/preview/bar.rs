//! Above the paper: which page, how large, one or all beneath each other.

use egui::{Align, Button, Key, Layout, RichText, TextEdit, Ui, containers::menu::MenuButton};

use super::{PreviewState, options, show_as, sized};
use crate::{
    store::settings::{PageSize, Preview},
    ui::{
        action::Action,
        dialogs::is_composing,
        icons,
        scene::Scene,
        theme::{HIT, Palette, space, text},
        widgets::button,
    },
};

/// The sizes that the menu offers, in percent.
const SIZES: [u16; 7] = [50, 75, 100, 125, 150, 200, 400];

/// The least width behind the page numbers in which the arrangement stands beside the size, in points.
const WITH_ARRANGEMENT: f32 = 340.0;

/// Draws the bar.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>, state: &mut PreviewState, has_room: bool) {
    ui.horizontal(|ui| {
        ui.set_min_height(HIT);
        ui.spacing_mut().item_spacing.x = space::XS;
        pages(ui, scene, state);
        ui.add_space(space::M);
        let is_wide = ui.available_width() > WITH_ARRANGEMENT;
        sizes(ui, scene, state, is_wide);
        ui.add_space(space::M);
        if is_wide {
            arrangement(ui, scene);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if has_room {
                let plain = scene.settings.preview.plain;
                let name = if plain {
                    "显示选项"
                } else {
                    "隐藏选项"
                };
                if button::icon(ui, icons::SLIDERS_HORIZONTAL, name).clicked() {
                    let preview = scene.settings.preview;
                    show_as(
                        scene,
                        Preview {
                            plain: !plain,
                            ..preview
                        },
                    );
                }
            } else {
                folded_options(ui, scene);
            }
            if scene.printing.is_laying_out() && scene.printing.proof().is_some() {
                let words = RichText::new("正在更新…").font(text::small());
                ui.label(words.color(Palette::of(ui).text_weak));
            }
        });
    });
}

/// The options where they have no place beside the paper.
fn folded_options(ui: &mut Ui, scene: &mut Scene<'_>) {
    let words = format!("选项 {}", icons::CARET_DOWN);
    let config = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::from_button(Button::new(words))
        .config(config)
        .ui(ui, |ui| {
            ui.set_width(220.0);
            options::show(ui, scene);
        });
}

/// Which page, by steps and by number.
fn pages(ui: &mut Ui, scene: &Scene<'_>, state: &mut PreviewState) {
    let count = scene
        .printing
        .proof()
        .map_or(0, |proof| proof.pages.count());
    let page = state.paper.page();
    ui.add_enabled_ui(page > 0, |ui| {
        if button::icon(ui, icons::CARET_LEFT, "上一页").clicked() {
            state.paper.go_to_page(page.saturating_sub(1));
        }
    });
    let number = page + 1;
    let mut typed = state.typed.take().unwrap_or_else(|| number.to_string());
    ui.label("第");
    let edit = TextEdit::singleline(&mut typed)
        .desired_width(30.0)
        .align(egui::Align2::CENTER_CENTER)
        .margin(egui::Margin::symmetric(4, 4));
    let field = ui.add(edit);
    field.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(count > 0, "", typed.as_str(), "");
        info.label = Some("页码".to_owned());
        info
    });
    ui.label(format!("/ {count} 页"));
    let is_entered = ui.input(|input| input.key_pressed(Key::Enter)) && !is_composing(ui.ctx());
    if field.lost_focus() && is_entered {
        if let Ok(wanted @ 1..) = typed.trim().parse::<usize>() {
            state.paper.go_to_page(wanted.min(count.max(1)) - 1);
        }
    } else if field.has_focus() {
        state.typed = Some(typed);
    }
    ui.add_enabled_ui(number < count, |ui| {
        if button::icon(ui, icons::CARET_RIGHT, "下一页").clicked() {
            state.paper.go_to_page(number);
        }
    });
}

/// How large; where the arrangement has no place of its own, it stands in the same menu.
fn sizes(ui: &mut Ui, scene: &mut Scene<'_>, state: &PreviewState, is_wide: bool) {
    let preview = scene.settings.preview;
    let percent = state.paper.percent();
    if button::icon(ui, icons::MINUS, "缩小页面").clicked() {
        let action = state.zoomed(preview, -1.0);
        scene.send.send(Action::Print(action));
    }
    let words = format!("{percent:.0}% {}", icons::CARET_DOWN);
    let button = Button::new(words).frame_when_inactive(false);
    let (menu, _) = MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(120.0);
        let fits = [(PageSize::Width, "适合宽度"), (PageSize::Whole, "整页")];
        let percents = SIZES.map(|percent| (sized(f32::from(percent)), format!("{percent}%")));
        let all = fits.map(|(size, name)| (size, name.to_owned()));
        for (size, name) in all.into_iter().chain(percents) {
            if ui.selectable_label(preview.size == size, name).clicked() {
                show_as(scene, Preview { size, ..preview });
                ui.close();
            }
        }
        if !is_wide {
            ui.separator();
            arrangement(ui, scene);
        }
    });
    menu.widget_info(|| {
        let name = format!("页面大小 {percent:.0}%");
        egui::WidgetInfo::labeled(egui::Role::Button, true, name)
    });
    if button::icon(ui, icons::PLUS, "放大页面").clicked() {
        let action = state.zoomed(preview, 1.0);
        scene.send.send(Action::Print(action));
    }
}

/// All pages beneath each other, or one at a time.
fn arrangement(ui: &mut Ui, scene: &mut Scene<'_>) {
    let preview = scene.settings.preview;
    for (single, name) in [(false, "连续"), (true, "单页")] {
        if ui
            .selectable_label(preview.single == single, name)
            .clicked()
        {
            show_as(scene, Preview { single, ..preview });
        }
    }
}
