//! 拆分为每个项目一个文件: what the files are called; the folder is asked for next.

use egui::{Label, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    session::splitting::PATTERN,
    ui::{
        action::Action,
        merging::MergeAction,
        scene::Scene,
        theme::{self, Palette, ROW, space},
        widgets::{button, entry::Entry},
    },
};

/// Asks for the names of the files.
pub struct SplitDialog {
    pattern: String,
}

impl Default for SplitDialog {
    fn default() -> Self {
        Self {
            pattern: PATTERN.to_owned(),
        }
    }
}

impl Dialog for SplitDialog {
    fn title(&self) -> String {
        "拆分为每个项目一个文件".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("merge")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        let palette = Palette::of(ui);
        let weak = |words: &str| {
            let words = RichText::new(words).font(theme::text::small());
            Label::new(words.color(palette.text_weak)).wrap()
        };
        ui.add(weak(
            "每个项目另存为一个 .jiping 文件，原文件不变。同事填好后，用“文件 → 合并退回的文件”合并回来，程序认得出是哪个项目。",
        ));
        ui.add_space(space::M);
        ui.label("文件名");
        let id = ui.scope_id().with("names of split files");
        Entry::new(id, "文件名").show(ui, &mut self.pattern);
        ui.add(weak(
            "{n} 序号　{name} 项目名称　{year} 年度　{file} 本文件的名称",
        ));
        ui.add_space(space::S);
        let planned = desk
            .session
            .split_order(std::path::Path::new(""), &self.pattern);
        let is_possible = planned.is_ok();
        match planned {
            Ok(order) => {
                let names: Vec<String> = order
                    .planned()
                    .map(|path| path.to_string_lossy().into_owned())
                    .collect();
                ui.label(format!("将生成 {} 个文件：", names.len()));
                ScrollArea::vertical()
                    .max_height(ROW * 7.0)
                    .auto_shrink([false, true])
                    .show_rows(ui, theme::HIT, names.len(), |ui, range| {
                        for name in names.get(range).unwrap_or_default() {
                            ui.add(Label::new(name).truncate());
                        }
                    });
            }
            Err(problem) => {
                ui.add(Label::new(RichText::new(problem).color(palette.error)).wrap());
            }
        }
        let confirmed = is_confirmed(ui);
        let (is_done, is_cancelled) = buttons(ui, |ui| {
            let done = ui.add_enabled_ui(is_possible, |ui| button::primary(ui, "选择文件夹…"));
            (done.inner.clicked(), button::plain(ui, "取消").clicked())
        });
        if is_possible && (is_done || confirmed) {
            let action = MergeAction::Split(self.pattern.clone());
            scene.send.send(Action::Merging(Box::new(action)));
            return Outcome::Close;
        }
        if is_cancelled {
            Outcome::Close
        } else {
            Outcome::Open
        }
    }
}
