//! Comments on their way into the 整改台账: pasted or out of files, and shown before anything is added.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use egui::{FontId, Label, Rect, RichText, ScrollArea, TextEdit, Ui, UiBuilder, WidgetInfo, vec2};

use super::ask;
use crate::{
    model::{ledger::Rectification, project::Project},
    session::{import::Source, one_line::one_line, progress::Progress},
    sharing::ledger::place_in_words,
    ui::{
        action::{Action, Outbox},
        desk::Desk,
        dialogs::{Dialog, Outcome, buttons, is_confirmed, progress},
        ledger::{LedgerAction, Offer, Phase},
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
#[derive(Default)]
pub struct AddingDialog {
    text: String,
    /// What is left out, for this offer.
    left: Option<(Arc<Offer>, BTreeSet<usize>)>,
}

impl Dialog for AddingDialog {
    fn title(&self) -> String {
        "添加审核意见".into()
    }

    fn width(&self) -> f32 {
        860.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("ledger")
    }

    fn holds_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn closed(&self, send: &mut Outbox) {
        send.send(Action::Ledger(Box::new(LedgerAction::Stop)));
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let dropped: Vec<PathBuf> = ui.input(|input| {
            let files = input.raw.dropped_files.iter();
            files.map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            ask(scene, LedgerAction::Read(Source::Paths(dropped)));
        }
        match scene.ledger.phase() {
            Phase::Asking => self.asking(ui, scene),
            Phase::Reading(progress) => reading(ui, progress, scene),
            Phase::Offered(offer) => {
                let offer = Arc::clone(offer);
                self.offered(ui, &offer, scene)
            }
        }
    }
}

fn reading(ui: &mut Ui, progress: &Progress, scene: &mut Scene<'_>) -> Outcome {
    let now = progress.now();
    let words = format!("正在读取 {}", now.name);
    progress::show(ui, &words, &now, "确认之前台账不会改动");
    buttons(ui, |ui| {
        if button::plain(ui, "停止").clicked() {
            ask(scene, LedgerAction::Stop);
        }
        Outcome::Open
    })
}

impl AddingDialog {
    fn asking(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let weak = Palette::of(ui).text_weak;
        ui.label("把审核意见的文件拖到这里，也可以选择：");
        let about = "有标题行的表格（序号、项目、指标、问题、整改要求…），或逐条编号的文字。支持 Word（.docx）、Excel、PDF 和文本。";
        ui.add(Label::new(RichText::new(about).color(weak)).wrap());
        ui.add_space(space::S);
        if button::plain(ui, "选择文件…").clicked() {
            ask(scene, LedgerAction::ChooseComments);
        }
        ui.add_space(space::M);
        ui.label("或者粘贴意见的文字、从 Word 或 Excel 复制的表格：");
        self.paste_area(ui);
        let can = !self.text.trim().is_empty();
        buttons(ui, |ui| {
            let read = ui.add_enabled_ui(can, |ui| button::primary(ui, "读取粘贴的内容"));
            if read.inner.clicked() {
                ask(scene, LedgerAction::Read(Source::Text(self.text.clone())));
            }
            match button::plain(ui, "取消").clicked() {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }

    fn paste_area(&mut self, ui: &mut Ui) {
        ScrollArea::vertical()
            .id_salt("pasted comments")
            .max_height(220.0)
            .show(ui, |ui| {
                let edit = TextEdit::multiline(&mut self.text)
                    .desired_rows(9)
                    .font(theme::text::grid())
                    .hint_text("在此按 Ctrl+V 粘贴")
                    .desired_width(f32::INFINITY);
                let response = ui.add(edit);
                response.widget_info(|| {
                    let mut info = WidgetInfo::text_edit(true, "", self.text.as_str(), "");
                    info.label = Some("粘贴的意见".into());
                    info
                });
                if ui.memory(|memory| memory.focused().is_none()) {
                    response.request_focus();
                }
            });
    }

    fn left(&mut self, offer: &Arc<Offer>) -> &mut BTreeSet<usize> {
        let is_known = matches!(&self.left, Some((of, _)) if Arc::ptr_eq(of, offer));
        if !is_known {
            self.left = None;
        }
        let begun = || (Arc::clone(offer), BTreeSet::new());
        &mut self.left.get_or_insert_with(begun).1
    }

    fn offered(&mut self, ui: &mut Ui, offer: &Arc<Offer>, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        summary(ui, offer);
        let height = (ui.ctx().content_rect().height() - 360.0).clamp(140.0, 460.0);
        let left = self.left(offer);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ScrollArea::vertical()
                .id_salt("comments")
                .max_height(height)
                .auto_shrink([false, true])
                .show_rows(ui, HEIGHT, offer.entries.len(), |ui, rows| {
                    for at in rows {
                        let Some(entry) = offer.entries.get(at) else {
                            continue;
                        };
                        let mut is_taken = !left.contains(&at);
                        if line(ui, at, entry, desk, &mut is_taken) {
                            match is_taken {
                                true => left.remove(&at),
                                false => left.insert(at),
                            };
                        }
                    }
                });
        });
        let left = left.clone();
        self.take(ui, offer, &left, scene)
    }

    fn take(
        &mut self,
        ui: &mut Ui,
        offer: &Offer,
        left: &BTreeSet<usize>,
        scene: &mut Scene<'_>,
    ) -> Outcome {
        let count = offer.entries.len() - left.len();
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            let words = match count {
                0 => "添加".to_owned(),
                count => format!("添加 {count} 条"),
            };
            let take = ui.add_enabled_ui(count > 0, |ui| button::primary(ui, &words));
            if count > 0 && (take.inner.clicked() || confirmed) {
                let entries = offer.entries.iter().enumerate();
                let taken = entries.filter(|(at, _)| !left.contains(at));
                let taken = taken.map(|(_, entry)| entry.clone()).collect();
                ask(scene, LedgerAction::Add(taken));
                self.text.clear();
                return Outcome::Close;
            }
            if button::plain(ui, "返回").clicked() {
                ask(scene, LedgerAction::Stop);
            }
            Outcome::Open
        })
    }
}

/// How many there are, how many of them are guessed, and what is to be known of the reading.
fn summary(ui: &mut Ui, offer: &Offer) {
    let palette = Palette::of(ui);
    let all = offer.entries.len();
    let count = |which: &dyn Fn(&Rectification) -> bool| {
        offer.entries.iter().filter(|entry| which(entry)).count()
    };
    let placed = count(&|entry| entry.at.is_some());
    let guessed = count(&|entry| entry.guessed);
    let words = match all {
        0 => "没有找到审核意见".to_owned(),
        all => format!("找到 {all} 条意见，{placed} 条找到了单元格"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words).font(theme::text::strong()));
        if guessed > 0 {
            let words = format!("其中 {guessed} 条的项目或位置是按文字推测的，添加后请核对");
            ui.label(RichText::new(words).color(palette.warning));
        }
    });
    ScrollArea::vertical()
        .id_salt("notes of the comments")
        .max_height(84.0)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for note in offer.notes.iter().take(NOTES) {
                let note = RichText::new(note).font(theme::text::small());
                ui.add(Label::new(note.color(palette.text_weak)).wrap());
            }
        });
    ui.add_space(space::XS);
}

/// Draws a comment; whether its box was ticked or cleared.
fn line(ui: &mut Ui, at: usize, entry: &Rectification, desk: &Desk, is_taken: &mut bool) -> bool {
    let palette = Palette::of(ui);
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let left = Rect::from_min_size(rect.min, vec2(BOX, HEIGHT)).shrink2(vec2(2.0, 10.0));
    let mut beside = ui.new_child(UiBuilder::new().max_rect(left).id_salt(("box", at)));
    let tick = choice::beside_one_another(&mut beside, |ui| ui.checkbox(is_taken, ""));
    let comment = one_line(&entry.comment);
    let name = format!("添加 {comment}");
    let is_on = *is_taken;
    tick.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_on, &name));
    let document = desk.session.document();
    let editions = |project: &Project| desk.session.editions().of(project);
    let place = place_in_words(entry, document, &editions);
    let facts = [entry.shown_project(document), &place];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let (said, color) = match (facts.is_empty(), entry.guessed) {
        (true, _) => ("没有找到对应的项目和位置".to_owned(), palette.text_faint),
        (false, true) => (format!("推测：{}", facts.join(" · ")), palette.warning),
        (false, false) => (facts.join(" · "), palette.text_weak),
    };
    let right = Rect::from_min_max(rect.min + vec2(BOX, 0.0), rect.max);
    let mut beside = ui.new_child(UiBuilder::new().max_rect(right).id_salt(("line", at)));
    let shown = match entry.number.as_str() {
        "" => comment,
        number => format!("{number}　{comment}"),
    };
    Row::new(&format!("{shown} {said}"))
        .line(&shown, FontId::proportional(14.0), palette.text)
        .line(&said, theme::text::small(), color)
        .chosen(false)
        .show(&mut beside, HEIGHT)
        .on_hover_text(&*entry.comment);
    tick.changed()
}
