//! What is to be imported: files, a folder, or text that is pasted.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::ask;
use crate::{
    session::import::Source,
    ui::{
        dialogs::{Outcome, buttons},
        importing::ImportAction,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// What can be read, in a line.
const KINDS: &str = "Excel 和 WPS 表格（.xlsx .xlsm .xls .xlsb .et .ods）、Word（.docx）、有文字的 PDF、CSV 和文本；可以一次选多个文件，也可以选整个文件夹。";

/// Draws the choice.
pub(super) fn show(ui: &mut Ui, text: &mut String, scene: &mut Scene<'_>) -> Outcome {
    let palette = Palette::of(ui);
    ui.add(Label::new("把自评表、目标表或资金表拖到这里，也可以选择：").wrap());
    ui.add(Label::new(RichText::new(KINDS).color(palette.text_weak)).wrap());
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        if button::plain(ui, "选择文件…").clicked() {
            ask(scene, ImportAction::ChooseFiles);
        }
        if button::plain(ui, "选择文件夹…").clicked() {
            ask(scene, ImportAction::ChooseFolder);
        }
    });
    ui.add_space(space::M);
    ui.label("或者粘贴从 PDF、网页、表格中复制的文字：");
    paste_area(ui, text);
    buttons(ui, |ui| {
        let can = !text.trim().is_empty();
        let read = ui.add_enabled_ui(can, |ui| button::primary(ui, "读取粘贴的内容"));
        if read.inner.clicked() {
            ask(scene, ImportAction::Read(Source::Text(text.clone())));
        }
        if button::plain(ui, "取消").clicked() {
            return Outcome::Close;
        }
        Outcome::Open
    })
}

fn paste_area(ui: &mut Ui, text: &mut String) {
    ScrollArea::vertical()
        .id_salt("pasted to import")
        .max_height(220.0)
        .show(ui, |ui| {
            let edit = TextEdit::multiline(text)
                .desired_rows(9)
                .font(theme::text::grid())
                .hint_text("在此按 Ctrl+V 粘贴")
                .desired_width(f32::INFINITY);
            let response = ui.add(edit);
            response.widget_info(|| {
                let mut info = WidgetInfo::text_edit(true, "", text.as_str(), "");
                info.label = Some("粘贴的内容".into());
                info
            });
            // What is pasted goes here from the first moment on.
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
        });
}
