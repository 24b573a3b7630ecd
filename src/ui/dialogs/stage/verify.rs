//! 核对校验码: what a code from paper belongs to.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::{
    model::{content_hash::ContentHash, document::Document},
    session::handing_on::{Matched, NOT_A_CODE, NOT_MATCHED, broken_seal, matched},
    ui::{
        dialogs::{Dialog, Outcome, buttons, is_confirmed},
        icons,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, entry::Entry},
    },
};

/// How many signs a code has.
const SIGNS: usize = 16;

/// Asks for a code, and says what it belongs to.
pub struct VerifyDialog {
    typed: String,
    /// The answer to what is typed, with whether it is what the form says now; made once per text.
    answer: Option<(String, Vec<(bool, String)>)>,
    /// The closed forms of the document, a line each, and whether each is as it was.
    closed: Vec<(bool, String)>,
    is_shown: bool,
}

impl VerifyDialog {
    /// For a document.
    pub fn new(document: &Document) -> Self {
        let projects = document.projects.iter();
        let closed = projects.filter_map(|project| {
            let seal = project.seal()?;
            let line = match broken_seal(project) {
                Some(broken) => (false, broken),
                None => (true, format!("{}：{seal}", project.shown_name())),
            };
            Some(line)
        });
        Self {
            typed: String::new(),
            answer: None,
            closed: closed.collect(),
            is_shown: false,
        }
    }

    fn answer(&mut self, document: &Document) -> &[(bool, String)] {
        let is_known = |(typed, _): &(String, _)| *typed == self.typed;
        if !self.answer.as_ref().is_some_and(is_known) {
            self.answer = Some((self.typed.clone(), answers(&self.typed, document)));
        }
        self.answer.as_ref().map_or(&[], |(_, answers)| answers)
    }
}

/// What is said of a text: nothing while it is being typed.
fn answers(typed: &str, document: &Document) -> Vec<(bool, String)> {
    if typed.chars().filter(|c| c.is_alphanumeric()).count() < SIGNS {
        return Vec::new();
    }
    let Some(code) = ContentHash::read(typed) else {
        return vec![(false, NOT_A_CODE.to_owned())];
    };
    let found = matched(document, code);
    if found.is_empty() {
        return vec![(false, NOT_MATCHED.to_owned())];
    }
    let told = |found: &Matched<'_>| (matches!(found, Matched::Now(_)), found.to_string());
    found.iter().map(told).collect()
}

/// A line with a mark by shape and colour.
fn line(ui: &mut Ui, is_good: bool, words: &str) {
    let palette = Palette::of(ui);
    let (icon, color) = match is_good {
        true => (icons::CHECK_CIRCLE, palette.good),
        false => (icons::WARNING, palette.warning),
    };
    ui.horizontal_top(|ui| {
        ui.label(RichText::new(icon).size(16.0).color(color));
        ui.add(Label::new(words).wrap());
    });
}

impl Dialog for VerifyDialog {
    fn title(&self) -> String {
        "核对校验码".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("review")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(desk) = scene.desk else {
            return Outcome::Close;
        };
        ui.label("输入纸上页脚的内容校验码：");
        let field = Entry::new(egui::Id::unique("code from paper"), "内容校验码")
            .hint("3F2A-91C0-77B4-0E15")
            .width(280.0)
            .show(ui, &mut self.typed);
        if !std::mem::replace(&mut self.is_shown, true) {
            field.request_focus();
        }
        ui.add_space(space::S);
        let answers = self.answer(desk.session.document());
        if answers.is_empty() {
            let hint = RichText::new("16 位，横线和空格可以不写，不分大小写。");
            ui.label(hint.color(Palette::of(ui).text_weak));
        }
        for (is_good, words) in answers {
            line(ui, *is_good, words);
        }
        if !self.closed.is_empty() {
            ui.add_space(space::M);
            ui.label(RichText::new("本文件的定稿").font(theme::text::strong()));
            let room = (ui.ctx().content_rect().height() - 360.0).clamp(80.0, 300.0);
            ScrollArea::vertical()
                .max_height(room)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for (is_good, words) in &self.closed {
                        line(ui, *is_good, words);
                    }
                });
        }
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            match button::primary(ui, "关闭").clicked() || confirmed {
                true => Outcome::Close,
                false => Outcome::Open,
            }
        })
    }
}
