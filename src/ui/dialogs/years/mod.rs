//! 与上年比较: the form beside that of the year before, and where that one comes from.

pub mod choose;
mod source;
mod table;

use std::sync::Arc;

use egui::{Label, RichText, Ui};

use super::{Dialog, Outcome, buttons, is_confirmed};
use crate::{
    model::{
        document::Document, id::Id, last_year::LastYear, numeral::plain, path::CellPath,
        project::Project,
    },
    rules::years::Comparison,
    ui::{
        action::Action,
        scene::Scene,
        theme::{self, Palette, space},
        widgets::{button, choice},
    },
};

/// The dialog.
pub struct YearsDialog {
    project: Id<Project>,
    only_changes: bool,
    /// Whether it is being chosen where last year's form comes from.
    is_choosing: bool,
    compared: Option<Compared>,
}

/// What was compared, and of which document.
struct Compared {
    of: Arc<Document>,
    comparison: Option<Comparison>,
}

impl YearsDialog {
    /// For a project.
    pub fn new(project: Id<Project>) -> Self {
        Self {
            project,
            only_changes: false,
            is_choosing: false,
            compared: None,
        }
    }

    /// Compares anew where the document changed.
    fn compare(&mut self, scene: &Scene<'_>) {
        let Some(desk) = scene.desk else { return };
        let document = desk.session.document();
        let is_known = |compared: &Compared| Arc::ptr_eq(&compared.of, document);
        if self.compared.as_ref().is_some_and(is_known) {
            return;
        }
        let editions = desk.session.editions();
        let comparison = document.project(self.project).and_then(|project| {
            let last = document.last_year(project, &|form| editions.of(form))?;
            let edition = editions.of(project)?;
            Some(Comparison::of(project, &edition, last))
        });
        self.compared = Some(Compared {
            of: Arc::clone(document),
            comparison,
        });
    }
}

impl Dialog for YearsDialog {
    fn title(&self) -> String {
        "与上年比较".into()
    }

    fn width(&self) -> f32 {
        let compared = self.compared.as_ref();
        let has_tables = compared.is_none_or(|compared| compared.comparison.is_some());
        match has_tables && !self.is_choosing {
            true => 1180.0,
            false => 640.0,
        }
    }

    fn help(&self) -> Option<&'static str> {
        Some("years")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        self.compare(scene);
        let Some(project) = scene.desk.and_then(|desk| desk.project(self.project)) else {
            return Outcome::Close;
        };
        let project = Arc::clone(project);
        let comparison = self
            .compared
            .as_ref()
            .and_then(|compared| compared.comparison.as_ref());
        let Some(comparison) = comparison.filter(|_| !self.is_choosing) else {
            let is_known = comparison.is_some();
            let taken = source::show(ui, &project, scene, is_known);
            return match taken {
                source::Taken::Nothing => Outcome::Open,
                source::Taken::Source => {
                    self.is_choosing = false;
                    Outcome::Open
                }
                source::Taken::Close => Outcome::Close,
            };
        };
        let mut goes_to: Option<CellPath> = None;
        let mut is_choosing = false;
        head(ui, &project, &comparison.last, &mut is_choosing);
        let room = ui.ctx().content_rect().height() - 360.0;
        table::funds(ui, comparison, &project, &mut goes_to);
        table::total(ui, comparison, &mut goes_to);
        ui.horizontal(|ui| {
            ui.label(RichText::new("绩效指标").font(theme::text::strong()));
            ui.add_space(space::M);
            let told = comparison.indicators.iter().filter(|line| line.is_told());
            let words = format!("只看变化（{} 项）", told.count());
            choice::beside_one_another(ui, |ui| ui.checkbox(&mut self.only_changes, words));
        });
        let taken = (comparison.funds.len() as f32 + 1.0) * theme::ROW;
        let room = (room - taken).max(4.0 * theme::ROW);
        table::indicators(ui, comparison, self.only_changes, room, &mut goes_to);
        self.is_choosing = is_choosing;
        let outcome = foot(ui, comparison, &project, self.only_changes, scene);
        if let Some(at) = goes_to {
            scene.send.send(Action::GoTo(at));
            return Outcome::Close;
        }
        outcome
    }
}

/// Which two years stand here, and where last year's comes from.
fn head(ui: &mut Ui, project: &Project, last: &LastYear, is_choosing: &mut bool) {
    let weak = Palette::of(ui).text_weak;
    ui.horizontal_wrapped(|ui| {
        let now = project
            .year()
            .map_or_else(|| "今年".to_owned(), |year| format!("{year} 年"));
        let words = format!("{}：{now} 与 {}", project.shown_name(), last.called());
        ui.add(Label::new(RichText::new(words).font(theme::text::strong())).wrap());
        let mut about = vec![format!("上年来自{}", last.source)];
        if !last.edition.is_empty() {
            about.push(last.edition.clone());
        }
        if last.money_unit != project.money_unit {
            about.push(format!(
                "上年以{}填写，已换算为{}",
                last.money_unit, project.money_unit
            ));
        }
        let about = RichText::new(about.join(" · ")).font(theme::text::small());
        ui.add(Label::new(about.color(weak)).wrap());
        *is_choosing = button::quiet(ui, "换一份…").clicked();
    });
    ui.add_space(space::S);
}

fn foot(
    ui: &mut Ui,
    comparison: &Comparison,
    project: &Project,
    only_changes: bool,
    scene: &mut Scene<'_>,
) -> Outcome {
    let confirmed = is_confirmed(ui);
    buttons(ui, |ui| {
        if button::primary(ui, "关闭").clicked() || confirmed {
            return Outcome::Close;
        }
        let copy = button::plain(ui, "复制为表格").on_hover_text("可粘贴到 Excel");
        if copy.clicked() {
            let text = comparison.as_cells(project.money_unit, only_changes);
            scene.send.send(Action::Copy(text));
            scene
                .send
                .send(Action::Say("已复制，可粘贴到 Excel".into()));
        }
        Outcome::Open
    })
}

/// A number or a dash.
fn or_dash(number: Option<rust_decimal::Decimal>) -> String {
    number.map_or_else(|| "—".to_owned(), plain)
}
