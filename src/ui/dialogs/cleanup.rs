//! What a web form left in texts: shown as it is and as it would be, before anything is changed.

use egui::{RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::{cleanup, command::EditCommand},
    model::path::CellPath,
    ui::{
        action::Action,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::button,
    },
};

/// Asks whether texts are to be cleaned.
pub struct CleanupDialog {
    cells: Vec<Cleaned>,
}

struct Cleaned {
    at: CellPath,
    name: String,
    old: String,
    new: String,
}

impl CleanupDialog {
    /// For these cells.
    pub fn new(shown: &Shown, cells: &[CellPath]) -> Self {
        let cleaned = |at: &CellPath| {
            let old = shown.project.cell_text(&at.place)?.into_owned();
            Some(Cleaned {
                at: at.clone(),
                name: at.in_words(&shown.project, &shown.edition),
                new: cleanup::clean(&old),
                old,
            })
        };
        Self {
            cells: cells.iter().filter_map(cleaned).collect(),
        }
    }

    fn command(&self) -> EditCommand {
        let set = |cell: &Cleaned| EditCommand::SetCell {
            at: cell.at.clone(),
            text: cell.new.clone(),
        };
        EditCommand::Many {
            label: "清理格式".into(),
            commands: self.cells.iter().map(set).collect(),
        }
    }
}

impl Dialog for CleanupDialog {
    fn title(&self) -> String {
        "清理格式".into()
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        ui.label("去掉网页标记、多余的空格和空行，文字本身不变。");
        ui.add_space(space::S);
        let height = (ui.available_height() - 64.0).clamp(120.0, 440.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            for cell in &self.cells {
                ui.label(RichText::new(&cell.name).font(theme::text::strong()));
                ui.columns_const(|[left, right]| {
                    text(left, "现在", &cell.old);
                    text(right, "清理后", &cell.new);
                });
                ui.add_space(space::M);
            }
        });
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "清理格式").clicked() || confirmed {
                let said = format!("已清理 {} 处文字的格式", self.cells.len());
                scene.send.send(Action::EditAndSay(self.command(), said));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}

fn text(ui: &mut Ui, caption: &str, text: &str) {
    let palette = Palette::of(ui);
    let caption = RichText::new(caption).font(theme::text::small());
    ui.label(caption.color(palette.text_weak));
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let text = RichText::new(text).font(theme::text::grid());
        ui.add(egui::Label::new(text).wrap());
    });
}
