//! 用空白表做表样: where an office's own form is dropped or chosen, and what becomes of it.

use std::{path::PathBuf, sync::Arc};

use egui::{Align, Frame, Label, Layout, Margin, RichText, Stroke, Ui, WidgetInfo};

use crate::{
    model::edition::Edition,
    ui::{
        action::Action,
        dialogs::edition_editor::EditionEditor,
        editions::{EditionAction, FormReading},
        frame::start::is_hovered,
        icons,
        scene::Scene,
        theme::{self, CARD_RADIUS, Palette},
        widgets::button,
    },
};

/// The first and largest choice: a card that takes the form.
pub fn card(ui: &mut Ui, scene: &mut Scene<'_>) {
    take_dropped(ui, scene);
    let palette = Palette::of(ui);
    let is_inviting = is_hovered(ui.ctx());
    let (fill, line) = match is_inviting {
        true => (palette.accent_weak, palette.accent),
        false => (palette.ground, palette.line),
    };
    let frame = Frame::new()
        .fill(fill)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(CARD_RADIUS)
        .inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            let icon = RichText::new(icons::TRAY_ARROW_DOWN).size(30.0);
            ui.label(icon.color(palette.accent));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                controls(ui, scene);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 2.0;
                        words(ui, scene);
                    });
                });
            });
        });
    });
}

/// The title of the card and a line beneath it.
fn words(ui: &mut Ui, scene: &Scene<'_>) {
    let palette = Palette::of(ui);
    let (title, about, color) = match scene.form {
        FormReading::Nothing => (
            "拖入本单位的空白表".to_owned(),
            "最稳妥：用财政局发的空白表做表样（Excel、Word、PDF）".to_owned(),
            palette.text_weak,
        ),
        FormReading::Reading(_, name) => {
            (format!("正在读取 {name}"), String::new(), palette.text_weak)
        }
        FormReading::Made(made, _, name) => {
            let about = match &made.alike {
                Some((known, share)) => {
                    format!(
                        "栏目与“{}”有 {share}% 相同，也可以直接选用那一份",
                        known.name
                    )
                }
                None => "请看一眼下面的样子；计分方法等可以点“修改…”调整".to_owned(),
            };
            (format!("已按“{name}”做成表样"), about, palette.text_weak)
        }
        FormReading::Failed(why) => ("没有做成表样".to_owned(), why.clone(), palette.error),
    };
    let title = RichText::new(title).font(theme::text::section());
    ui.add(Label::new(title).truncate());
    if !about.is_empty() {
        let about = RichText::new(about).font(theme::text::small());
        ui.add(Label::new(about.color(color)).wrap());
    }
}

fn controls(ui: &mut Ui, scene: &mut Scene<'_>) {
    let mut ask = |action: EditionAction| scene.send.send(Action::Edition(Box::new(action)));
    match scene.form {
        FormReading::Reading(..) => {
            if button::plain(ui, "停止").clicked() {
                ask(EditionAction::ForgetForm);
            }
        }
        FormReading::Made(made, ..) => {
            if button::plain(ui, "修改…").clicked() {
                let editor = EditionEditor::new(Arc::clone(&made.edition));
                scene.send.send(Action::Ask(Box::new(editor)));
            }
            if button::plain(ui, "换一份…").clicked() {
                scene
                    .send
                    .send(Action::Edition(Box::new(EditionAction::ChooseForm)));
            }
        }
        FormReading::Nothing | FormReading::Failed(_) => {
            if button::plain(ui, "选择文件…").clicked() {
                ask(EditionAction::ChooseForm);
            }
        }
    }
}

/// One line on a form that is being read, or that could not be; nothing otherwise.
pub fn line(ui: &mut Ui, scene: &mut Scene<'_>) {
    take_dropped(ui, scene);
    let palette = Palette::of(ui);
    let (words, color) = match scene.form {
        FormReading::Reading(_, name) => (format!("正在读取 {name}"), palette.text_weak),
        FormReading::Failed(why) => (why.clone(), palette.error),
        FormReading::Nothing | FormReading::Made(..) => return,
    };
    let response = ui.add(Label::new(RichText::new(&words).color(color)).wrap());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
}

/// The edition that was made, once it is there.
pub fn arrived(scene: &Scene<'_>) -> Option<Arc<Edition>> {
    scene.form.made().map(|made| Arc::clone(&made.edition))
}

/// Takes a form that was dropped on the window.
fn take_dropped(ui: &Ui, scene: &mut Scene<'_>) {
    let dropped: Option<PathBuf> = ui.input(|input| {
        let mut files = input.raw.dropped_files.iter();
        files.next().map(|file| file.path().to_path_buf())
    });
    if let Some(path) = dropped {
        let action = EditionAction::ReadForm(path);
        scene.send.send(Action::Edition(Box::new(action)));
    }
}
