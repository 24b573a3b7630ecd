//! What pasting a block will do, before it is done.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    edit::paste::{PastePlan, PlannedCell, Verdict},
    model::project::Project,
    ui::{
        action::Action,
        scene::Scene,
        theme::{Palette, space, text},
        widgets::button,
    },
};

/// The height of a line of the list, in points.
const HEIGHT: f32 = 24.0;

/// Shows a plan and asks.
pub struct PasteDialog {
    plan: PastePlan,
}

impl PasteDialog {
    /// For this plan.
    pub fn new(plan: PastePlan) -> Self {
        Self { plan }
    }

    fn count(&self, is_counted: impl Fn(&Verdict) -> bool) -> usize {
        let cells = self.plan.cells.iter();
        cells
            .filter(|cell| cell.old != cell.new && is_counted(&cell.verdict))
            .count()
    }

    fn counts(&self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let (added, of_rows) = self
            .plan
            .new_rows
            .as_ref()
            .map_or((0, 0), |rows| (rows.filled, rows.count));
        let fits = self.count(|verdict| *verdict == Verdict::Fits) + added;
        let changed = self.count(|verdict| *verdict == Verdict::Changed);
        let refused = self.plan.refused().count();
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("填入空格 {fits}")).color(palette.good));
            ui.add_space(space::M);
            ui.label(RichText::new(format!("改动 {changed}")).color(palette.warning));
            ui.add_space(space::M);
            ui.label(RichText::new(format!("不能粘贴 {refused}")).color(palette.error));
            if of_rows > 0 {
                ui.add_space(space::M);
                ui.label(format!("新增 {of_rows} 行"));
            }
        });
    }

    fn list(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let told: Vec<&PlannedCell> = self
            .plan
            .cells
            .iter()
            .filter(|cell| cell.verdict != Verdict::Fits)
            .collect();
        ScrollArea::vertical()
            .max_height(320.0)
            .auto_shrink([false, true])
            .show_rows(ui, HEIGHT, told.len(), |ui, rows| {
                for cell in &told[rows] {
                    row(ui, scene, cell);
                }
            });
    }
}

fn row(ui: &mut Ui, scene: &Scene<'_>, cell: &PlannedCell) {
    let palette = Palette::of(ui);
    let place = scene.shown().map(|shown| {
        let project: &Project = &shown.project;
        cell.at.in_words(project, &shown.edition)
    });
    let place = place.unwrap_or_default();
    let short = |words: &str| words.trim_start_matches("绩效指标 · ").to_owned();
    let font = text::small();
    let change = format!("{} → {}", or_empty(&cell.old), or_empty(&cell.new));
    let (verdict, color) = match &cell.verdict {
        Verdict::Refused(refusal) => (refusal.to_string(), palette.error),
        Verdict::Fits | Verdict::Changed => ("改动".to_owned(), palette.warning),
    };
    let room = ui.available_width();
    let cells = [
        (0.36, short(&place), place.as_str(), palette.text),
        (0.22, change.clone(), change.as_str(), palette.text),
        (0.42, verdict.clone(), verdict.as_str(), color),
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (share, words, whole, color) in cells {
            let size = vec2(room * share, HEIGHT);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_width(size.x - space::S);
                let words = RichText::new(words).font(font.clone()).color(color);
                ui.add(Label::new(words).truncate()).on_hover_text(whole);
            });
        }
    });
}

fn or_empty(text: &str) -> &str {
    if text.trim().is_empty() {
        "（空）"
    } else {
        text
    }
}

impl Dialog for PasteDialog {
    fn title(&self) -> String {
        "粘贴预览".into()
    }

    fn width(&self) -> f32 {
        680.0
    }

    fn help(&self) -> Option<&'static str> {
        Some("excel")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.counts(ui);
        ui.add_space(space::S);
        self.list(ui, scene);
        let confirmed = is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "粘贴").clicked() || confirmed {
                scene.send.send(Action::Edit(self.plan.command()));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
