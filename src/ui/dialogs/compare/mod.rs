//! 与其他文件比较: every change between two states, with a filter, what stood and what stands, and the way to the cell.

mod list;
mod marks;

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::{Dialog, Outcome, buttons, choosing::Choosing, is_confirmed};
use crate::{
    model::{folding::Pattern, path::Place},
    session::comparing::Compared,
    ui::{
        action::Action,
        comparing::{CompareAction, SavedAs},
        scene::Scene,
        theme::{self, Palette, ROW, space},
        widgets::{button, choice},
    },
    versions::compare::{Kind, Line, Topic},
};
use list::Entry;

/// The dialog.
#[derive(Default)]
pub struct CompareDialog {
    choosing: Choosing,
    filter: Filter,
    shown: Option<Shown>,
}

/// Which changes are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filter {
    search: String,
    topic: Option<Topic>,
    /// Without those that are only written otherwise.
    only_content: bool,
}

/// What is listed, and of which comparison by which filter.
struct Shown {
    of: Arc<Compared>,
    by: Filter,
    entries: Vec<Entry>,
    /// The listed changes, as indexes into those of the comparison.
    lines: Vec<usize>,
}

impl Filter {
    fn lets_through(&self, line: &Line, pattern: &Pattern) -> bool {
        let texts = [&line.place, &line.project_name, &line.before, &line.after];
        self.topic.is_none_or(|topic| topic == line.topic)
            && !(self.only_content && line.kind == Kind::Rewritten)
            && (pattern.is_empty() || texts.iter().any(|text| pattern.is_in(text)))
    }
}

impl Shown {
    fn of(compared: &Arc<Compared>, by: &Filter) -> Self {
        let pattern = Pattern::new(by.search.trim());
        let lines = compared.lines.iter().enumerate();
        let lines: Vec<usize> = lines
            .filter(|(_, line)| by.lets_through(line, &pattern))
            .map(|(index, _)| index)
            .collect();
        Self {
            of: Arc::clone(compared),
            by: by.clone(),
            entries: list::entries(compared, &lines),
            lines,
        }
    }
}

impl Dialog for CompareDialog {
    fn title(&self) -> String {
        "与其他文件比较".into()
    }

    fn width(&self) -> f32 {
        1180.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("compare")
    }

    fn is_comparison(&self) -> bool {
        true
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let Some(compared) = scene.comparing.compared().cloned() else {
            return waiting(ui);
        };
        if scene.desk.is_none() {
            return Outcome::Close;
        }
        head(ui, &compared, scene);
        if compared.comparison.is_empty() {
            return same(ui);
        }
        self.filters(ui, &compared);
        let is_current =
            |shown: &Shown| Arc::ptr_eq(&shown.of, &compared) && shown.by == self.filter;
        if !self.shown.as_ref().is_some_and(is_current) {
            self.shown = Some(Shown::of(&compared, &self.filter));
        }
        let Some(shown) = &self.shown else {
            return Outcome::Open;
        };
        self.choosing.line = self.choosing.line.min(shown.lines.len().saturating_sub(1));
        /// The marked texts of the chosen change.
        const DETAILS: f32 = 132.0;
        let room = ui.ctx().content_rect().height() - 470.0;
        let picked = list::show(
            ui,
            &compared,
            &shown.entries,
            &shown.lines,
            &self.choosing,
            room.max(4.0 * ROW),
        );
        if let Some(line) = picked.chosen {
            self.choosing.line = line;
        }
        let chosen = shown.lines.get(self.choosing.line);
        let chosen = chosen.and_then(|index| compared.lines.get(*index));
        details(ui, chosen, DETAILS);
        let goes = picked.opened || is_confirmed(ui);
        foot(ui, shown, chosen, goes, scene)
    }
}

impl CompareDialog {
    fn filters(&mut self, ui: &mut Ui, compared: &Compared) {
        let topics: Vec<Topic> = Topic::ALL
            .into_iter()
            .filter(|topic| compared.lines.iter().any(|line| line.topic == *topic))
            .collect();
        let rewritten = compared.lines.iter();
        let rewritten = rewritten
            .filter(|line| line.kind == Kind::Rewritten)
            .count();
        ui.horizontal(|ui| {
            ui.allocate_ui(vec2(150.0, theme::HIT), |ui| {
                let all = ["全部".to_owned()].into_iter();
                let names: Vec<String> =
                    all.chain(topics.iter().map(ToString::to_string)).collect();
                let current = self
                    .filter
                    .topic
                    .map_or("全部".to_owned(), |one| one.to_string());
                let options = names.iter().map(|name| (&**name, ""));
                if let Some(taken) = choice::show(ui, "内容", None, &current, options) {
                    self.filter.topic = taken.checked_sub(1).and_then(|at| topics.get(at)).copied();
                }
            });
            if rewritten > 0 {
                let words = format!("只看内容改动（略去 {rewritten} 处写法不同）");
                choice::beside_one_another(ui, |ui| {
                    ui.checkbox(&mut self.filter.only_content, words);
                });
            }
            let lines = self.shown.as_ref().map_or(0, |shown| shown.lines.len());
            let hint = "查找项目、位置、内容";
            self.choosing.field(ui, "查找改动", hint, lines);
            self.filter.search.clone_from(&self.choosing.search);
        });
        ui.add_space(space::S);
    }
}

fn waiting(ui: &mut Ui) -> Outcome {
    ui.add_space(space::L);
    ui.label("正在读取和比较…");
    buttons(ui, |ui| match button::plain(ui, "关闭").clicked() {
        true => Outcome::Close,
        false => Outcome::Open,
    })
}

/// Which state is which, and how much differs.
fn head(ui: &mut Ui, compared: &Compared, scene: &mut Scene<'_>) {
    let palette = Palette::of(ui);
    let (weak, warning) = (palette.text_weak, palette.warning);
    for (mark, state) in [("旧", &compared.older), ("新", &compared.newer)] {
        ui.horizontal(|ui| {
            ui.label(RichText::new(mark).font(theme::text::strong()));
            let words = state.in_words();
            ui.add(Label::new(&words).truncate()).on_hover_text(words);
        });
    }
    ui.horizontal_wrapped(|ui| {
        let summary = RichText::new(compared.comparison.summary().to_string());
        ui.label(summary.color(weak));
        ui.add_enabled_ui(!scene.comparing.is_busy(), |ui| {
            if button::quiet(ui, "交换新旧").clicked() {
                let action = CompareAction::Swap;
                scene.send.send(Action::Compare(action));
            }
            if button::quiet(ui, "换一个文件…").clicked() {
                let action = CompareAction::ChooseFile;
                scene.send.send(Action::Compare(action));
            }
        });
        if scene.comparing.is_busy() {
            ui.label(RichText::new("请稍候…").color(weak));
        }
    });
    for sentence in compared.alike_in_words() {
        ui.add(Label::new(RichText::new(sentence).color(warning)).wrap());
    }
    ui.add_space(space::S);
}

fn same(ui: &mut Ui) -> Outcome {
    ui.add_space(space::L);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new("两份内容相同").font(theme::text::section()));
        let weak = Palette::of(ui).text_weak;
        ui.label(RichText::new("表中内容、审核意见和登记的记录都没有不同。").color(weak));
    });
    buttons(ui, |ui| match button::primary(ui, "关闭").clicked() {
        true => Outcome::Close,
        false => Outcome::Open,
    })
}

/// The chosen change in full, what differs marked.
fn details(ui: &mut Ui, line: Option<&Line>, height: f32) {
    ui.add_space(space::S);
    let Some(line) = line else {
        ui.allocate_space(vec2(ui.available_width(), height));
        return;
    };
    let weak = Palette::of(ui).text_weak;
    let words = format!("{} · {} · {}", line.project_name, line.place, line.kind);
    ui.add(Label::new(RichText::new(&words).font(theme::text::strong())).truncate())
        .on_hover_text(&words);
    ui.columns_const(|columns: &mut [Ui; 2]| {
        let sides = [("改动前", &line.before), ("改动后", &line.after)];
        for (index, (column, (caption, text))) in columns.iter_mut().zip(sides).enumerate() {
            column.label(
                RichText::new(caption)
                    .font(theme::text::small())
                    .color(weak),
            );
            ScrollArea::vertical()
                .id_salt(("side of the change", index))
                .max_height(height - 56.0)
                .min_scrolled_height(height - 56.0)
                .auto_shrink(false)
                .show(column, |ui| {
                    let job = match text.is_empty() {
                        true => marks::nothing(ui),
                        false => marks::whole(ui, &line.before, &line.after, index == 0),
                    };
                    ui.add(Label::new(job).wrap());
                });
        }
    });
}

fn foot(
    ui: &mut Ui,
    shown: &Shown,
    chosen: Option<&Line>,
    goes: bool,
    scene: &mut Scene<'_>,
) -> Outcome {
    let target = chosen.and_then(|line| target(line, scene));
    buttons(ui, |ui| {
        if button::primary(ui, "关闭").clicked() {
            return Outcome::Close;
        }
        let go = ui.add_enabled_ui(target.is_some(), |ui| button::plain(ui, "转到这一处"));
        let is_clicked = go
            .inner
            .on_disabled_hover_text("现在的表中没有这一处")
            .clicked();
        if let Some(action) = target.filter(|_| is_clicked || goes) {
            scene.send.send(action);
            return Outcome::Close;
        }
        let is_free = !scene.comparing.is_busy() && !shown.lines.is_empty();
        ui.add_enabled_ui(is_free, |ui| {
            for (words, as_what) in [
                ("导出对照审阅稿…", SavedAs::MarkedCopy),
                ("导出 CSV…", SavedAs::Csv),
                ("导出 Excel…", SavedAs::Workbook),
            ] {
                if button::plain(ui, words).clicked() {
                    let action = CompareAction::Save(as_what, shown.lines.clone());
                    scene.send.send(Action::Compare(action));
                }
            }
        });
        Outcome::Open
    })
}

/// Where a change leads to in the open document, which may be either state and may have changed since.
fn target(line: &Line, scene: &Scene<'_>) -> Option<Action> {
    let project = scene.desk?.project(line.project?)?;
    match &line.at {
        Some(at) if at.place == Place::Whole => Some(Action::ShowProject(project.id)),
        Some(at) => {
            let text = project.cell_text(&at.place);
            text.map(|_| Action::GoTo(at.clone()))
        }
        None => Some(Action::ShowProject(project.id)),
    }
}
