//! What a web form left in texts: shown as it is and as it would be, before anything is changed.

use std::ops::Range;

use egui::{Align, Layout, RichText, ScrollArea, TextFormat, Ui, text::LayoutJob};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::{cleanup, command::EditCommand},
    model::{markup::Markup, path::CellPath},
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
    /// What goes with the marks of web forms, in bytes of the old text.
    marks: Vec<Range<usize>>,
}

impl CleanupDialog {
    /// For these cells.
    pub fn new(shown: &Shown, cells: &[CellPath]) -> Self {
        let cleaned = |at: &CellPath| {
            let old = shown.project.cell_text(&at.place)?.into_owned();
            let new = cleanup::clean(&old);
            Some(Cleaned {
                at: at.clone(),
                name: at.in_words(&shown.project, &shown.edition),
                marks: marks(&old),
                new,
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
                    text(left, "现在", &cell.old, &cell.marks);
                    text(right, "清理后", &cell.new, &[]);
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

/// A text under its caption; what lies in `marked` is shown as going away.
fn text(ui: &mut Ui, caption: &str, text: &str, marked: &[Range<usize>]) {
    let palette = Palette::of(ui);
    let caption = RichText::new(caption).font(theme::text::small());
    ui.label(caption.color(palette.text_weak));
    let mut job = LayoutJob::default();
    let mut add = |range: Range<usize>, color, ground| {
        let mut format = TextFormat::simple(theme::text::grid(), color);
        format.background = ground;
        job.append(text.get(range).unwrap_or_default(), 0.0, format);
    };
    let none = egui::Color32::TRANSPARENT;
    let mut from = 0;
    for range in marked {
        add(from..range.start, palette.text, none);
        add(range.clone(), palette.error, palette.error_weak);
        from = range.end;
    }
    add(from..text.len(), palette.text, none);
    theme::card(ui).show(ui, |ui| {
        // A layout that justifies would pull the characters of a line apart.
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.set_width(ui.available_width());
            ui.add(egui::Label::new(job).wrap());
        });
    });
}

/// The marks of web forms in a text, in bytes: tags, and characters that are written by name or number.
fn marks(text: &str) -> Vec<Range<usize>> {
    /// The longest name of a character that is looked for, in bytes.
    const LONGEST: usize = 12;
    let is_mark = |range: &Range<usize>| {
        text.get(range.clone())
            .is_some_and(|mark| !Markup::in_text(mark).is_none())
    };
    let mut marks = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(['<', '&']).map(|at| from + at) {
        let rest = &text[at..];
        let end = if rest.starts_with('<') {
            rest.find('>')
        } else {
            rest.find(';').filter(|end| *end < LONGEST)
        };
        let range = end.map(|end| at..at + end + 1).filter(is_mark);
        from = range.as_ref().map_or(at + 1, |range| range.end);
        marks.extend(range);
    }
    marks
}
