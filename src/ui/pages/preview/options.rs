//! Beside the paper: what is printed, and what can be made of it.

use egui::{ComboBox, Label, RichText, Ui, WidgetInfo};

use crate::{
    session::print::Copy,
    sheet::{booklet::Mark, fonts::Face, review::ReviewOptions},
    store::settings,
    ui::{
        action::Action,
        command::UiCommand,
        icons,
        preferences::Change,
        printing::PrintAction,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// Draws the options.
pub fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    let mut wish = scene.printing.wish;
    caption(ui, "内容");
    beside(ui, |ui| {
        let is_review = matches!(wish.copy, Copy::Review(..));
        if ui.radio(wish.copy == Copy::Official, "正式表").clicked() {
            wish.copy = Copy::Official;
        }
        if ui.radio(is_review, "审阅稿").clicked() && !is_review {
            wish.copy = Copy::Review(Mark::default(), ReviewOptions::default());
        }
        if ui
            .radio(wish.copy == Copy::WorkingPaper, "复核底稿")
            .clicked()
        {
            wish.copy = Copy::WorkingPaper;
        }
        if ui.radio(wish.copy == Copy::Monitoring, "监控表").clicked() {
            wish.copy = Copy::Monitoring;
        }
    });
    if let Copy::Review(mark, options) = &mut wish.copy {
        review(ui, mark, options);
    }
    let count = scene
        .desk
        .map_or(0, |desk| desk.session.document().projects.len());
    if count > 1 {
        caption(ui, "项目");
        beside(ui, |ui| {
            ui.radio_value(&mut wish.whole, false, "当前项目");
            ui.radio_value(&mut wish.whole, true, format!("全部 {count} 个项目"));
        });
    }
    caption(ui, "字体");
    face(ui, scene);
    if wish != scene.printing.wish {
        scene.send.send(Action::Print(PrintAction::Wish(wish)));
    }
    notes(ui, scene);
    ui.add_space(space::L);
    commands(ui, scene);
}

/// Choices in a line, as far as there is room.
fn beside(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| choice::beside_one_another(ui, content));
}

fn caption(ui: &mut Ui, words: &str) {
    ui.add_space(space::S);
    let words = RichText::new(words).font(theme::text::small());
    ui.label(words.color(Palette::of(ui).text_weak));
}

/// What the review copy has.
fn review(ui: &mut Ui, mark: &mut Mark, options: &mut ReviewOptions) {
    choice::beside_one_another(ui, |ui| {
        ui.checkbox(&mut options.findings, "校验意见");
        ui.checkbox(&mut options.working, "得分测算过程");
        ui.checkbox(&mut options.charts, "图表");
    });
    caption(ui, "标记");
    beside(ui, |ui| {
        for one in Mark::ALL {
            ui.radio_value(mark, one, one.words());
        }
    });
}

fn face(ui: &mut Ui, scene: &mut Scene<'_>) {
    let current = Face::from(scene.settings.face);
    let shown = ComboBox::from_id_salt("face of print")
        .selected_text(current.name())
        .width(ui.available_width())
        .show_ui(ui, |ui| {
            for face in settings::Face::ALL {
                let name = Face::from(face).name();
                if ui
                    .selectable_label(Face::from(face) == current, name)
                    .clicked()
                {
                    scene.send.send(Action::Change(Change::Face(face)));
                }
            }
        });
    shown.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ComboBox, true, "打印字体");
        info.current_text_value = Some(current.name().to_owned());
        info
    });
}

/// What a person should know of the pages.
fn notes(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(proof) = scene.printing.proof() else {
        return;
    };
    let palette = Palette::of(ui);
    for note in &proof.notes {
        ui.add_space(space::S);
        let words = RichText::new(format!("{} {note}", icons::WARNING));
        ui.add(Label::new(words.font(theme::text::small()).color(palette.warning)).wrap());
    }
}

/// What can be made of the pages.
fn commands(ui: &mut Ui, scene: &mut Scene<'_>) {
    let commands = [
        UiCommand::Print,
        UiCommand::ExportPdf,
        UiCommand::ExportPictures,
        UiCommand::OpenPdf,
    ];
    ui.vertical_centered_justified(|ui| {
        for command in commands {
            let label = command.label();
            let response = match command {
                UiCommand::Print => button::primary(ui, label),
                _ => button::plain(ui, label),
            };
            if response.on_hover_text(command.explanation()).clicked() {
                scene.send.command(command);
            }
        }
    });
}
