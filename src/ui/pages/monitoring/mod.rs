//! 年中监控: how far the project has come at mid-year, beside what was planned and, later, what the year brought.

mod content;
mod layout;
mod table;

use std::sync::Arc;

use egui::{RichText, Ui};
use jiff::civil::Date;

use crate::{
    model::{
        monitoring::{self, key},
        path::{GoalField, Place},
    },
    rules::monitoring::Period,
    session::print::Copy,
    ui::{
        action::Action,
        command::UiCommand,
        desk::Page,
        facts::ProjectFacts,
        icons,
        printing::{PrintAction, Wish},
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, cell::CellFocus, field::Field},
    },
};
use content::Content;

/// What the page remembers.
#[derive(Default)]
pub struct MonitoringState {
    /// The tables of the shown project, and what they were worked out from.
    known: Option<(Arc<ProjectFacts>, Date, Arc<Content>)>,
    /// The cell that the person is in.
    focus: CellFocus,
    /// The row of a table whose cell is to get the focus: it is drawn wherever it lies.
    wanted: Option<(&'static str, usize)>,
    /// The row that the person is in, and the one of the last frame: one just come to is brought into sight.
    row: Option<(&'static str, usize)>,
    row_before: Option<(&'static str, usize)>,
}

impl MonitoringState {
    /// The tables; worked out when something changed.
    fn content(&mut self, shown: &Shown, today: Date) -> Arc<Content> {
        if let Some((facts, day, content)) = &self.known
            && Arc::ptr_eq(facts, &shown.facts)
            && *day == today
        {
            return Arc::clone(content);
        }
        let content = Arc::new(Content::of(&shown.project, &shown.edition, today));
        let facts = Arc::clone(&shown.facts);
        self.known = Some((facts, today, Arc::clone(&content)));
        content
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut MonitoringState) {
    let content = state.content(shown, scene.environment.today());
    head(ui, shown, scene, content.period);
    hints(ui, &content.hints);
    ui.add_space(space::M);
    caption(ui, &format!("资金（{}）", shown.project.money_unit));
    table::show(ui, shown, scene, state, &content.funds);
    ui.add_space(space::L);
    goals(ui, shown, scene);
    caption(ui, "绩效指标");
    if content.indicators.rows.is_empty() {
        let text = "还没有指标。在绩效指标页填写后，这里逐行列出";
        ui.label(RichText::new(text).color(Palette::of(ui).text_weak));
    } else {
        table::show(ui, shown, scene, state, &content.indicators);
    }
    state.focus.follow(ui);
    state.row_before = state.row.take();
}

fn caption(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::text::strong()));
    ui.add_space(space::XS);
}

/// Until when the figures count, and what can be done with the whole.
fn head(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, period: Period) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let at = shown.project.at(Place::Header(key::UNTIL.to_owned()));
        let label = monitoring::caption(key::UNTIL).unwrap_or_default();
        Field::new(at, label)
            .width(180.0)
            .hint("如 7月31日")
            .show(ui, shown, scene);
        ui.vertical(|ui| {
            // Beside the field, beneath the height of its caption.
            ui.add_space(22.0);
            ui.horizontal_wrapped(|ui| commands(ui, scene));
        });
    });
    let is_unread =
        !shown.project.header(key::UNTIL).trim().is_empty() && !matches!(period, Period::Stated(_));
    let words = match is_unread {
        true => "没有看出是哪一天，请写成如 7月31日".to_owned(),
        false => in_words(period),
    };
    let words = RichText::new(words).font(theme::text::small());
    ui.label(words.color(Palette::of(ui).text_weak));
}

fn in_words(period: Period) -> String {
    let day = |date: Date| format!("{}月{}日", date.month(), date.day());
    match period {
        Period::Stated(share) => format!(
            "监控期：1月1日至{}，全年已过 {}%",
            day(share.until),
            share.percent
        ),
        Period::Today(share) => format!(
            "还没有填监控截止日期，先按今天（{}）计算，全年已过 {}%",
            day(share.until),
            share.percent
        ),
        Period::Unknown => "填了监控截止日期，就会对照全年的进度".to_owned(),
    }
}

fn commands(ui: &mut Ui, scene: &mut Scene<'_>) {
    if button::plain(ui, &format!("{} 预览监控表", icons::EYE)).clicked() {
        let wish = Wish {
            copy: Copy::Monitoring,
            ..scene.printing.wish
        };
        scene.send.send(Action::Print(PrintAction::Wish(wish)));
        scene.send.send(Action::ShowPage(Page::Preview));
    }
    let adjustments = UiCommand::BudgetAdjustments;
    if button::quiet(ui, adjustments.label()).clicked() {
        scene.send.command(adjustments);
    }
}

/// What a person should think about; a few of them.
fn hints(ui: &mut Ui, hints: &[String]) {
    const FEW: usize = 4;
    let palette = Palette::of(ui);
    for hint in hints.iter().take(FEW) {
        let text = format!("{} {hint}", icons::INFO);
        ui.add(egui::Label::new(RichText::new(text).color(palette.text)).wrap());
    }
    if hints.len() > FEW {
        let text = format!("另有 {} 处", hints.len() - FEW);
        let text = RichText::new(text).font(theme::text::small());
        ui.label(text.color(palette.text_weak));
    }
}

/// 监控期完成情况 of each goal.
fn goals(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    let several = shown.project.goals.len() > 1;
    for (number, goal) in (1..).zip(shown.project.goals.iter()) {
        let field = GoalField::Text(key::MONITORED.to_owned());
        let caption = shown.edition.goal_caption(key::MONITORED);
        let label = match several {
            true => format!("{caption} {number}"),
            false => caption.to_owned(),
        };
        Field::new(shown.project.at(Place::Goal(goal.id, field)), &label)
            .lines(3)
            .show(ui, shown, scene);
        ui.add_space(space::M);
    }
}
