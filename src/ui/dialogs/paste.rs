//! What pasting a block will do, before it is done.

use egui::{Grid, RichText, ScrollArea, Ui};

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
        let height = 24.0;
        ScrollArea::vertical()
            .max_height(320.0)
            .auto_shrink([false, true])
            .show_rows(ui, height, told.len(), |ui, rows| {
                Grid::new("paste preview")
                    .num_columns(3)
                    .spacing([space::M, space::XS])
                    .show(ui, |ui| {
                        for cell in &told[rows] {
                            row(ui, scene, cell);
                            ui.end_row();
                        }
                    });
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
    ui.add(egui::Label::new(RichText::new(short(&place)).font(font.clone())).truncate())
        .on_hover_text(&place);
    let change = format!("{} → {}", or_empty(&cell.old), or_empty(&cell.new));
    ui.add(egui::Label::new(RichText::new(change).font(font.clone())).truncate());
    match &cell.verdict {
        Verdict::Refused(refusal) => {
            let text = refusal.to_string();
            let label = RichText::new(&text).font(font).color(palette.error);
            ui.add(egui::Label::new(label).truncate())
                .on_hover_text(text);
        }
        Verdict::Fits | Verdict::Changed => {
            ui.label(RichText::new("改动").font(font).color(palette.warning));
        }
    }
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
