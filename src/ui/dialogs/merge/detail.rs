//! One entry of a merge: what stood there, what stands here and there, and what is to stand.

use std::time::Duration;

use egui::{
    Label, RichText, ScrollArea, TextFormat, Ui,
    text::{LayoutJob, TextWrapping},
};
use similar::{ChangeTag, TextDiff};

use super::Asked;
use crate::{
    ui::{
        merging::Ready,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
    versions::merge::{Choice, Item, Key},
};

/// Texts that differ more than can be found out in this time are shown without marks.
const PATIENCE: Duration = Duration::from_millis(20);

/// A text in pieces, those marked that the other text has not.
type Pieces = Vec<(bool, String)>;

/// The differences of the entry that was shown last.
#[derive(Default)]
pub(super) struct Differences {
    of: Option<Key>,
    mine: Pieces,
    theirs: Pieces,
}

impl Differences {
    fn find(&mut self, item: &Item) {
        if self.of.as_ref() == Some(&item.key) {
            return;
        }
        let before = item.base.as_deref();
        self.mine = pieces(before.unwrap_or(&item.theirs), &item.mine);
        self.theirs = pieces(before.unwrap_or(&item.mine), &item.theirs);
        self.of = Some(item.key.clone());
    }

    /// Shows the entry at a place of the list.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        ready: &Ready,
        at: usize,
        height: f32,
        asked: &mut Asked,
    ) {
        let merge = ready.merge();
        let Some((item, words)) = merge.items().get(at).zip(ready.words().get(at)) else {
            return;
        };
        self.find(item);
        let palette = Palette::of(ui);
        let project = merge.project_name(item).unwrap_or("整个文件");
        let about = match item.clash {
            Some(clash) => format!("{project} · {}", clash.words()),
            None => format!("{project} · {}", item.matter.name()),
        };
        let about = RichText::new(about).font(theme::text::small());
        ui.add(Label::new(about.color(palette.text_weak)).truncate());
        ui.add(Label::new(RichText::new(words).font(theme::text::strong())).wrap());
        ui.add_space(space::S);
        let room = (height - 150.0).max(80.0);
        self.columns(ui, item, room);
        ui.add_space(space::S);
        choices(ui, item, asked);
        ui.horizontal(|ui| {
            if button::quiet(ui, "上一处").clicked() {
                asked.steps = Some(-1);
            }
            if button::quiet(ui, "下一处").clicked() {
                asked.steps = Some(1);
            }
            let here = item.at.as_ref().filter(|at| {
                let project = merge.ours().project(at.project);
                project.is_some_and(|project| project.cell_text(&at.place).is_some())
            });
            if let Some(at) = here
                && button::quiet(ui, "到表中看").clicked()
            {
                asked.goes_to = Some(at.clone());
            }
        });
    }

    /// 原来, 我的, 对方的, beside one another.
    fn columns(&self, ui: &mut Ui, item: &Item, height: f32) {
        let before = item
            .base
            .as_deref()
            .map(|base| vec![(false, base.to_owned())]);
        let mut columns: Vec<(&str, &Pieces)> = Vec::new();
        if let Some(before) = &before {
            columns.push(("原来", before));
        }
        columns.push(("我的", &self.mine));
        columns.push(("对方的", &self.theirs));
        let gaps = space::S * (columns.len() - 1) as f32;
        let width = (ui.available_width() - gaps) / columns.len() as f32;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            for (name, pieces) in columns {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    column(ui, name, pieces, width, height);
                });
            }
        });
    }
}

fn column(ui: &mut Ui, name: &str, pieces: &Pieces, width: f32, height: f32) {
    let palette = Palette::of(ui);
    let caption = RichText::new(name).font(theme::text::small());
    ui.label(caption.color(palette.text_weak));
    theme::card(ui).show(ui, |ui| {
        let inner = width - 2.0 * space::M - 2.0;
        ui.set_width(inner);
        ScrollArea::vertical()
            .id_salt(name)
            .max_height(height - 60.0)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.add(
                    Label::new(job(ui, pieces, inner - space::M))
                        .wrap()
                        .selectable(true),
                );
            });
    });
}

fn job(ui: &Ui, pieces: &Pieces, width: f32) -> LayoutJob {
    let palette = Palette::of(ui);
    let mut job = LayoutJob {
        wrap: TextWrapping {
            max_width: width,
            ..TextWrapping::default()
        },
        ..LayoutJob::default()
    };
    let font = theme::text::grid();
    if pieces.iter().all(|(_, text)| text.is_empty()) {
        job.append("（空）", 0.0, TextFormat::simple(font, palette.text_faint));
        return job;
    }
    for (is_marked, text) in pieces {
        let mut format = TextFormat::simple(font.clone(), palette.text);
        if *is_marked {
            format.background = palette.accent_weak;
            format.underline = egui::Stroke::new(1.0, palette.accent);
        }
        job.append(text, 0.0, format);
    }
    job
}

fn choices(ui: &mut Ui, item: &Item, asked: &mut Asked) {
    if item.is_told_only() {
        return;
    }
    ui.horizontal(|ui| {
        choice::beside_one_another(ui, |ui| {
            for each in [Choice::Mine, Choice::Theirs, Choice::Both] {
                if each == Choice::Both && !item.allows_both {
                    continue;
                }
                let is_open = item.is_conflict() && !item.is_decided;
                let is_on = item.choice == each && !is_open;
                if ui.radio(is_on, each.to_string()).clicked() {
                    asked.choices.push((item.key.clone(), each));
                }
            }
        });
    });
}

/// The new text in pieces: marked are those that the old one has not.
fn pieces(old: &str, new: &str) -> Pieces {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_chars(old, new);
    let mut pieces: Pieces = Vec::new();
    for change in diff.iter_all_changes() {
        let is_marked = match change.tag() {
            ChangeTag::Delete => continue,
            ChangeTag::Insert => true,
            ChangeTag::Equal => false,
        };
        match pieces.last_mut() {
            Some((known, text)) if *known == is_marked => text.push_str(change.value()),
            _ => pieces.push((is_marked, change.value().to_owned())),
        }
    }
    pieces
}
