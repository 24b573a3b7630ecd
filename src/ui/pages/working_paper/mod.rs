//! 复核底稿: the form line by line beside what a reviewer makes of it, which is typed here.

mod columns;
mod summary;
mod table;

use std::sync::Arc;

use egui::{RichText, Ui};

use crate::{
    edit::command::EditCommand,
    model::{
        path::Place,
        working_paper::{PaperCell, PaperLine},
    },
    rules::working_paper::Paper,
    session::print::Copy,
    ui::{
        action::Action,
        command::UiCommand,
        desk::Page,
        facts::ProjectFacts,
        icons,
        printing::PrintAction,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, cell::CellFocus, field::Field},
    },
};

pub(super) use columns::Ruler;
pub(super) use table::{caption, text};

/// What the page remembers.
#[derive(Default)]
pub struct PaperState {
    /// The working paper of the shown project, and what it was worked out from.
    known: Option<(Arc<ProjectFacts>, Arc<Paper>)>,
    /// The cell that the person is in.
    focus: CellFocus,
    /// The line whose cell is to get the focus: it is drawn wherever it lies.
    wanted: Option<usize>,
}

impl PaperState {
    /// The working paper; worked out when something changed.
    fn paper(&mut self, shown: &Shown) -> Option<Arc<Paper>> {
        if let Some((facts, paper)) = &self.known
            && Arc::ptr_eq(facts, &shown.facts)
        {
            return Some(Arc::clone(paper));
        }
        let facts = &shown.facts;
        let score = facts.score.as_ref()?;
        let paper = Paper::of(&shown.project, &shown.edition, score, &facts.findings);
        let paper = Arc::new(paper);
        self.known = Some((Arc::clone(facts), Arc::clone(&paper)));
        Some(paper)
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, state: &mut PaperState) {
    let Some(paper) = state.paper(shown) else {
        return;
    };
    if !paper.lines.iter().any(|line| line.section.is_some()) {
        return nothing_yet(ui, scene);
    }
    head(ui, shown, scene, &paper);
    ui.add_space(space::M);
    table::show(ui, shown, scene, state, &paper);
    ui.add_space(space::M);
    let opinion = shown.project.at(Place::Paper(PaperCell::Opinion));
    Field::new(opinion, PaperCell::Opinion.caption())
        .lines(4)
        .show(ui, shown, scene);
    if paper.elsewhere > 0 {
        let text = format!(
            "另有 {} 处错误或警告涉及资金、目标等，没有列入备注，见校验栏",
            paper.elsewhere
        );
        let text = RichText::new(text).font(theme::text::small());
        ui.label(text.color(Palette::of(ui).text_weak));
    }
}

/// Where there is nothing to review.
fn nothing_yet(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.add_space(space::XL * 2.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new("还没有可以复核的指标").font(theme::text::section()));
        let hint = "在绩效指标页填写指标后，这里逐行列出";
        ui.label(RichText::new(hint).color(Palette::of(ui).text_weak));
        ui.add_space(space::S);
        if button::primary(ui, "转到绩效指标").clicked() {
            scene.send.command(UiCommand::ShowPage(Page::Indicators));
        }
    });
}

/// How much room the fields of who reviews need for the commands to stand beside them, in points.
const BESIDE: f32 = 580.0;

/// Sums and rating, who reviews, and what can be done with the whole.
fn head(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>, paper: &Paper) {
    if paper.is_scored {
        summary::show(ui, paper);
        ui.add_space(space::M);
    }
    let is_narrow = ui.available_width() < BESIDE;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for cell in [PaperCell::Reviewer, PaperCell::Date] {
            Field::new(shown.project.at(Place::Paper(cell)), cell.caption())
                .width(160.0)
                .show(ui, shown, scene);
        }
        if !is_narrow {
            ui.vertical(|ui| {
                // Beside the fields, beneath the height of their captions.
                ui.add_space(22.0);
                ui.horizontal(|ui| commands(ui, shown, scene));
            });
        }
    });
    if is_narrow {
        ui.add_space(space::S);
        ui.horizontal_wrapped(|ui| commands(ui, shown, scene));
    }
}

fn commands(ui: &mut Ui, shown: &Shown, scene: &mut Scene<'_>) {
    if button::plain(ui, &format!("{} 预览底稿", icons::EYE)).clicked() {
        let wish = crate::ui::printing::Wish {
            copy: Copy::WorkingPaper,
            ..scene.printing.wish
        };
        scene.send.send(Action::Print(PrintAction::Wish(wish)));
        scene.send.send(Action::ShowPage(Page::Preview));
    }
    let paper = shown.project.working_paper.as_ref();
    let lines = paper.map_or(0, |paper| {
        paper.lines.iter().map(|line| is_typed(line)).sum()
    });
    let back = format!("{} 全部回到预填", icons::ARROW_COUNTER_CLOCKWISE);
    let back = ui
        .add_enabled_ui(lines > 0, |ui| button::quiet(ui, &back))
        .inner;
    if back.clicked() {
        let command = EditCommand::ClearWorkingPaper {
            project: shown.project.id,
            line: None,
        };
        let said = format!("{lines} 行已回到预填");
        scene.send.send(Action::EditAndSay(command, said));
    }
}

fn is_typed(line: &PaperLine) -> usize {
    use crate::model::working_paper::PaperField;
    let mut fields = PaperField::ALL.into_iter();
    usize::from(fields.any(|field| !line.text(field).is_empty()))
}
