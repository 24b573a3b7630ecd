//! What was read of forms and lists, before it is taken into the library.

use std::{collections::BTreeSet, sync::Arc};

use egui::{FontId, Label, Rect, RichText, ScrollArea, Ui, UiBuilder, WidgetInfo, vec2};

use super::ask;
use crate::{
    session::{
        library::{Fate, Line, Offer},
        progress::Progress,
    },
    ui::{
        action::{Action, Outbox},
        dialogs::{Dialog, Outcome, buttons, is_confirmed, progress},
        icons,
        library::{LibraryAction, Phase},
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice, row::Row},
    },
};

/// The height of a line, in points.
const HEIGHT: f32 = 44.0;
/// The room for the box that takes a line, in points.
const BOX: f32 = 26.0;
/// The most notes that are drawn: nobody reads further.
const NOTES: usize = 100;

/// The dialog.
pub struct TakingDialog {
    corrects: bool,
    /// What is taken, for this offer.
    chosen: Option<(Arc<Offer>, BTreeSet<usize>)>,
}

impl Default for TakingDialog {
    fn default() -> Self {
        Self {
            corrects: true,
            chosen: None,
        }
    }
}

impl Dialog for TakingDialog {
    fn title(&self) -> String {
        "收录到指标库".into()
    }

    fn width(&self) -> f32 {
        820.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("library")
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Library(Box::new(LibraryAction::Stop)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        match scene.library.phase() {
            Phase::Idle => Outcome::Close,
            Phase::Reading(progress) => reading(ui, progress),
            Phase::Offered(offer) => {
                let offer = Arc::clone(offer);
                self.offered(ui, &offer, scene)
            }
        }
    }
}

fn reading(ui: &mut Ui, progress: &Progress) -> Outcome {
    let now = progress.now();
    let words = format!("正在读取 {}", now.name);
    progress::show(ui, &words, &now, "读取的文件都不会改动");
    buttons(ui, |ui| match button::plain(ui, "停止").clicked() {
        true => Outcome::Close,
        false => Outcome::Open,
    })
}

impl TakingDialog {
    fn chosen(&mut self, offer: &Arc<Offer>) -> &mut BTreeSet<usize> {
        let is_known = matches!(&self.chosen, Some((of, _)) if Arc::ptr_eq(of, offer));
        if !is_known {
            let lines = offer.lines.iter().enumerate();
            let sound = lines.filter(|(_, line)| line.is_sound());
            self.chosen = Some((Arc::clone(offer), sound.map(|(at, _)| at).collect()));
        }
        let begun = || (Arc::clone(offer), BTreeSet::new());
        &mut self.chosen.get_or_insert_with(begun).1
    }

    fn offered(&mut self, ui: &mut Ui, offer: &Arc<Offer>, scene: &mut Scene<'_>) -> Outcome {
        summary(ui, offer);
        notes(ui, offer);
        let mended = offer.lines.iter().filter(|line| line.corrected.is_some());
        let mended = mended.count();
        if mended > 0 {
            choice::beside_one_another(ui, |ui| {
                let words =
                    format!("更正能更正的（{mended} 条：补符号、改单位写法、把比率移到质量指标）");
                ui.checkbox(&mut self.corrects, words);
            });
        }
        self.lines(ui, offer);
        let corrects = self.corrects;
        let chosen = self.chosen(offer).clone();
        let count = chosen.len();
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let words = match count {
                0 => "收录".to_owned(),
                count => format!("收录 {count} 条"),
            };
            let take = ui.add_enabled_ui(count > 0, |ui| button::primary(ui, &words));
            if count > 0 && (take.inner.clicked() || confirmed) {
                let entries = offer.taken(corrects, |at, _| chosen.contains(&at));
                ask(scene, LibraryAction::Take(entries));
                return Outcome::Close;
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    fn lines(&mut self, ui: &mut Ui, offer: &Arc<Offer>) {
        ui.add_space(space::XS);
        ui.spacing_mut().item_spacing.y = 0.0;
        let corrects = self.corrects;
        let height = (ui.ctx().content_rect().height() - 400.0).clamp(140.0, 420.0);
        let chosen = self.chosen(offer);
        ScrollArea::vertical()
            .id_salt("what may be taken")
            .max_height(height)
            .auto_shrink([false, true])
            .show_rows(ui, HEIGHT, offer.lines.len(), |ui, rows| {
                for at in rows {
                    let Some(line) = offer.lines.get(at) else {
                        continue;
                    };
                    let mut is_taken = chosen.contains(&at);
                    if show(ui, at, line, &mut is_taken, corrects) {
                        match is_taken {
                            true => chosen.insert(at),
                            false => chosen.remove(&at),
                        };
                    }
                }
            });
    }
}

fn summary(ui: &mut Ui, offer: &Offer) {
    let palette = Palette::of(ui);
    let counts = [
        (
            offer.count(|fate| matches!(fate, Fate::New)),
            "条新的",
            palette.good,
        ),
        (
            offer.count(|fate| matches!(fate, Fate::Doubtful(_))),
            "条请核对",
            palette.warning,
        ),
        (
            offer.count(|fate| matches!(fate, Fate::Faulty(_))),
            "条有问题",
            palette.warning,
        ),
        (
            offer.count(|fate| *fate == Fate::Known),
            "条已有，合并使用情况",
            palette.text_weak,
        ),
        (
            offer.count(|fate| matches!(fate, Fate::Refused(_))),
            "条不收录",
            palette.error,
        ),
    ];
    if offer.lines.is_empty() {
        ui.label("没有找到可以收录的指标");
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for (count, words, color) in counts.into_iter().filter(|(count, ..)| *count > 0) {
            ui.label(RichText::new(format!("{count} {words}")).color(color));
        }
    });
}

fn notes(ui: &mut Ui, offer: &Offer) {
    if offer.notes.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    ScrollArea::vertical()
        .id_salt("notes of the offer")
        .max_height(84.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for note in offer.notes.iter().take(NOTES) {
                let note = RichText::new(note).font(theme::text::small());
                ui.add(Label::new(note.color(palette.warning)).wrap());
            }
        });
    ui.add_space(space::XS);
}

/// Draws a line; whether its box was ticked or cleared.
fn show(ui: &mut Ui, at: usize, line: &Line, is_taken: &mut bool, corrects: bool) -> bool {
    let palette = Palette::of(ui);
    let (mark, color, said) = told(line, corrects, palette);
    let is_open = !matches!(line.fate, Fate::Refused(_));
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), egui::Sense::hover());
    let left = Rect::from_min_size(rect.min, vec2(BOX, HEIGHT)).shrink2(vec2(2.0, 10.0));
    let mut beside = ui.new_child(UiBuilder::new().max_rect(left).id_salt(("box", at)));
    let tick = beside.add_enabled_ui(is_open, |ui| {
        choice::beside_one_another(ui, |ui| ui.checkbox(is_taken, ""))
    });
    let entry = match &line.corrected {
        Some((corrected, _)) if corrects => corrected,
        _ => &line.entry,
    };
    let name = format!("收录 {}", entry.name);
    let is_on = *is_taken;
    tick.inner
        .widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, is_open, is_on, &name));
    let right = Rect::from_min_max(rect.min + vec2(BOX, 0.0), rect.max);
    let mut beside = ui.new_child(UiBuilder::new().max_rect(right).id_salt(("line", at)));
    let target = format!("{}  {}", entry.group_name(), entry.whole_target());
    let said = format!("{mark} {said}");
    let shown = if entry.name.is_empty() {
        &line.place
    } else {
        &entry.name
    };
    Row::new(&format!("{shown} {said}"))
        .line(shown, FontId::proportional(14.0), palette.text)
        .line(&said, theme::text::small(), color)
        .note(target.trim())
        .chosen(false)
        .show(&mut beside, HEIGHT)
        .on_hover_text(&said);
    tick.inner.changed()
}

/// What becomes of a line: a mark, its colour, and words.
fn told(line: &Line, corrects: bool, palette: &Palette) -> (&'static str, egui::Color32, String) {
    match &line.fate {
        Fate::New => (icons::CHECK, palette.good, line.place.clone()),
        Fate::Known => {
            let said = format!("{} · 指标库中已有", line.place);
            (icons::MINUS, palette.text_weak, said)
        }
        Fate::Doubtful(why) => (icons::WARNING, palette.warning, why.clone()),
        Fate::Faulty(faults) => {
            let why: Vec<&str> = faults.iter().map(|fault| &*fault.message).collect();
            let why = why.join("；");
            match (corrects, &line.corrected) {
                (true, Some((_, true))) => (icons::CHECK, palette.good, format!("已更正：{why}")),
                (true, Some((_, false))) => (
                    icons::WARNING,
                    palette.warning,
                    format!("更正了一部分：{why}"),
                ),
                _ => (icons::WARNING, palette.warning, why),
            }
        }
        Fate::Refused(why) => (icons::X, palette.error, why.clone()),
    }
}
