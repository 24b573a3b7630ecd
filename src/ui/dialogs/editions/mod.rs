//! 表样管理: all 表样 at hand, what is known of each, and what can be done with it.

pub mod known;
pub mod remove;

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::{
    Dialog, Outcome, buttons, choosing::Choosing, edition_editor::EditionEditor,
    new::years_in_words,
};
use crate::{
    edit::edition::copy_of,
    model::pinyin::Sought,
    session::editions::{Conflict, DocumentEditions},
    store::editions::{EditionShelf, Origin, Shelved},
    ui::{
        action::Action,
        editions::EditionAction,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{blank_form, button, gaps, row::Row},
    },
};

/// The width of the list, in points.
const LIST: f32 = 320.0;
/// The height of a row, in points.
const ROW: f32 = 46.0;

/// Lists the editions.
#[derive(Default)]
pub struct EditionsDialog {
    choosing: Choosing,
    /// The one to begin with, by its hash.
    first: Option<String>,
}

impl EditionsDialog {
    /// With this edition chosen at the beginning.
    pub fn at(hash: &str) -> Self {
        Self {
            first: Some(hash.to_owned()),
            ..Self::default()
        }
    }

    /// The editions that answer the search, those of the document first.
    fn found(&self, shelf: &EditionShelf) -> Vec<Shelved> {
        let terms = Sought::terms(&self.choosing.search);
        let answers = |known: &&Shelved| {
            let edition = &known.edition;
            terms
                .iter()
                .all(|term| term.is_in(&edition.name) || term.is_in(&edition.region))
        };
        shelf.list().iter().filter(answers).cloned().collect()
    }

    fn list(&mut self, ui: &mut Ui, found: &[Shelved], scene: &Scene<'_>, height: f32) {
        self.choosing
            .field(ui, "搜索表样", "搜索名称、地区、拼音首字母", found.len());
        let mut clicked = None;
        ScrollArea::vertical()
            .id_salt("editions at hand")
            .max_height(height - 44.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let mut origin = None;
                for (line, known) in found.iter().enumerate() {
                    if origin != Some(known.origin) {
                        origin = Some(known.origin);
                        heading(ui, &group(known.origin));
                    }
                    let is_chosen = line == self.choosing.line;
                    let response = entry(ui, known, is_chosen, used(scene, known));
                    if is_chosen && self.choosing.moved {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        clicked = Some(line);
                    }
                }
                if found.is_empty() {
                    let words = RichText::new("没有找到这样的表样");
                    ui.label(words.color(Palette::of(ui).text_weak));
                }
            });
        if let Some(line) = clicked {
            self.choosing.line = line;
        }
    }
}

/// What editions of one origin are called together.
fn group(origin: Origin) -> String {
    match origin {
        Origin::Document => "本文件自带".into(),
        Origin::User => "自行添加".into(),
        Origin::BuiltIn => "程序自带".into(),
    }
}

/// The name of a group in a list.
pub fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space::XS);
    let words = RichText::new(words).font(theme::text::small());
    ui.label(words.color(Palette::of(ui).text_weak));
}

/// How many projects of the open document are on it.
fn used(scene: &Scene<'_>, known: &Shelved) -> usize {
    let desk = scene.desk.map(|desk| &desk.session);
    desk.map_or(0, |session| {
        session.editions().projects_on(known, session.document())
    })
}

fn entry(ui: &mut Ui, known: &Shelved, is_chosen: bool, used: usize) -> egui::Response {
    let palette = Palette::of(ui);
    let edition = &known.edition;
    let years = years_in_words(edition.years).map(|years| format!(" · {years}"));
    let years = years.unwrap_or_default();
    let about = format!("{}{years} · {}", edition.region, edition.status);
    let note = match used {
        0 => String::new(),
        count => format!("{count} 个项目"),
    };
    Row::new(&edition.name)
        .line(&edition.name, theme::text::grid(), palette.text)
        .line(&about, theme::text::small(), palette.text_weak)
        .note(&note)
        .chosen(is_chosen)
        .show(ui, ROW)
        .on_hover_text(&edition.name)
}

/// A name that none of the user's own has: "某市自评表 2".
pub fn free_name(shelf: &EditionShelf, name: &str) -> String {
    let is_taken = |name: &str| shelf.list().iter().any(|known| known.edition.name == name);
    let mut number = 2usize;
    let mut proposed = format!("{name}（修改）");
    while is_taken(&proposed) {
        proposed = format!("{name}（修改 {number}）");
        number += 1;
    }
    proposed
}

/// What is known of an edition, what it looks like, and what can be done with it.
fn details(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    known: &Shelved,
    conflict: Option<&Conflict>,
    height: f32,
) {
    let palette = Palette::of(ui);
    let edition = &known.edition;
    ui.add(Label::new(RichText::new(&edition.name).font(theme::text::strong())).truncate());
    actions(ui, scene, known);
    let words = 150.0;
    ScrollArea::vertical()
        .id_salt("about the edition")
        .max_height(words)
        .min_scrolled_height(words)
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            let years = years_in_words(edition.years).unwrap_or_else(|| "年份不限".into());
            let facts = format!(
                "{} · {years} · 金额单位{}",
                edition.region, edition.money_unit
            );
            let facts = RichText::new(facts).font(theme::text::small());
            ui.add(Label::new(facts.color(palette.text_weak)).wrap());
            if let Some(conflict) = conflict {
                differing(ui, conflict);
            }
            gaps::show(ui, edition);
        });
    let size = vec2(ui.available_width(), height - words - 84.0);
    blank_form::show(ui, scene, known, None, size);
}

/// That there is another one of this id, in what it differs, and which one counts.
fn differing(ui: &mut Ui, conflict: &Conflict) {
    let palette = Palette::of(ui);
    let words = format!(
        "{}的和{}的同一份表样内容不同。各项目按填报时所用的那一份；没有记录的按{}的。不同之处：",
        conflict.first.origin, conflict.other.origin, conflict.first.origin
    );
    let words = RichText::new(words).font(theme::text::small());
    ui.add(Label::new(words.color(palette.warning)).wrap());
    for sentence in conflict.differences() {
        let words = RichText::new(format!("· {sentence}")).font(theme::text::small());
        ui.add(Label::new(words).wrap());
    }
}

/// The buttons of one edition.
fn actions(ui: &mut Ui, scene: &mut Scene<'_>, known: &Shelved) {
    let edition = &known.edition;
    let is_own = known.origin == Origin::User;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let shelf = scene.environment.editions();
        let copy = |scene: &mut Scene<'_>| {
            let name = free_name(&shelf, &edition.name);
            let copy = copy_of(edition, &name, &mut &**scene.environment);
            let editor = EditionEditor::new(Arc::new(copy));
            scene.send.send(Action::Ask(Box::new(editor)));
        };
        if known.origin != Origin::BuiltIn {
            let edit = button::plain(ui, "修改…");
            if edit.clicked() {
                let editor = EditionEditor::new(Arc::clone(edition));
                scene.send.send(Action::Ask(Box::new(editor)));
            }
        }
        let words = "复制一份再修改，原来的不变";
        if button::plain(ui, "复制并修改…")
            .on_hover_text(words)
            .clicked()
        {
            copy(scene);
        }
        let mut ask = |action: EditionAction| {
            scene.send.send(Action::Edition(Box::new(action)));
        };
        if button::plain(ui, "导出为文件…").clicked() {
            ask(EditionAction::HandOut(Arc::clone(edition)));
        }
        let desk = scene.desk;
        let is_embedded = desk.is_some_and(|desk| {
            let mut own = desk.session.editions().shelf().list().iter();
            own.any(|own| own.origin == Origin::Document && own.hash == known.hash)
        });
        if known.origin != Origin::Document && desk.is_some() {
            let embed = ui.add_enabled_ui(!is_embedded, |ui| button::plain(ui, "随文件保存"));
            let embed = embed
                .inner
                .on_hover_text("放进打开的文件，没有这份表样的人也能打开")
                .on_disabled_hover_text("已随文件保存");
            if embed.clicked() {
                ask(EditionAction::Embed(Arc::clone(edition)));
            }
        }
        if is_own && button::plain(ui, "删除…").clicked() {
            ask(EditionAction::Remove(known.clone()));
        }
    });
}

impl Dialog for EditionsDialog {
    fn title(&self) -> String {
        "表样管理".into()
    }

    fn width(&self) -> f32 {
        980.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("editions")
    }

    fn takes_files(&self) -> bool {
        true
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let shelf = match scene.desk {
            Some(desk) => desk.session.editions().shelf().clone(),
            None => EditionShelf::clone(&scene.environment.editions()),
        };
        if let Some(made) = super::new::form::arrived(scene) {
            // Looked over before it is used.
            let editor = EditionEditor::new(made);
            scene.send.send(Action::Ask(Box::new(editor)));
            scene
                .send
                .send(Action::Edition(Box::new(EditionAction::ForgetForm)));
        }
        let found = self.found(&shelf);
        if let Some(first) = self.first.take() {
            let line = found.iter().position(|known| *known.hash == *first);
            self.choosing.line = line.unwrap_or(0);
            self.choosing.moved = true;
        }
        let conflicts = scene
            .desk
            .map(|desk| desk.session.editions())
            .map_or_else(Vec::new, DocumentEditions::conflicts);
        let height = (ui.ctx().content_rect().height() - 226.0).clamp(160.0, 620.0);
        let width = ui.available_width();
        let list = LIST.min(width * 0.4);
        super::new::form::line(ui, scene);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            ui.vertical(|ui| {
                ui.set_width(list);
                self.list(ui, &found, scene, height);
            });
            ui.vertical(|ui| {
                ui.set_width(width - list - space::L);
                ui.set_height(height);
                if let Some(known) = found.get(self.choosing.line) {
                    let of_it = |conflict: &&Conflict| {
                        [&conflict.first, &conflict.other]
                            .iter()
                            .any(|one| one.hash == known.hash && one.edition.id == known.edition.id)
                    };
                    let conflict = conflicts.iter().find(of_it);
                    details(ui, scene, known, conflict, height);
                }
            });
        });
        buttons(ui, |ui| {
            if button::primary(ui, "关闭").clicked() {
                return Outcome::Close;
            }
            let mut ask = |action: EditionAction| {
                scene.send.send(Action::Edition(Box::new(action)));
            };
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = "用财政局发的空白表做一份表样";
                if button::plain(ui, "从空白表新建…")
                    .on_hover_text(words)
                    .clicked()
                {
                    ask(EditionAction::ChooseForm);
                }
                let words = "从别人导出的表样文件";
                if button::plain(ui, "导入表样…")
                    .on_hover_text(words)
                    .clicked()
                {
                    ask(EditionAction::ChooseFile);
                }
            });
            Outcome::Open
        })
    }
}
