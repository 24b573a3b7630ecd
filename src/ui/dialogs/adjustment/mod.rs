//! 记录调整: the one way to change an approved value, and to give up an approved indicator.

pub mod paper;

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::{
        apply::apply,
        command::{ApprovedIndicator, EditCommand, NewAdjustment},
    },
    model::{
        edition::{Edition, IndicatorRole},
        id::Id,
        indicator::{ApprovedField, Indicator},
        path::{CellPath, IndicatorField, Place},
        project::Project,
        typed::trim,
    },
    ui::{
        action::Action,
        desk::Position,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};
use paper::{Paper, field_id, line, told};

/// The approved values in the order of the form.
const FIELDS: [(ApprovedField, IndicatorField, IndicatorRole); 5] = [
    (
        ApprovedField::Name,
        IndicatorField::Name,
        IndicatorRole::Name,
    ),
    (
        ApprovedField::Nature,
        IndicatorField::Nature,
        IndicatorRole::Nature,
    ),
    (
        ApprovedField::Target,
        IndicatorField::Target,
        IndicatorRole::Target,
    ),
    (
        ApprovedField::Unit,
        IndicatorField::Unit,
        IndicatorRole::Unit,
    ),
    (
        ApprovedField::Weight,
        IndicatorField::Weight,
        IndicatorRole::Weight,
    ),
];

/// What is adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// One of the values.
    Value(ApprovedField),
    /// The indicator itself, which is given up.
    Whole,
}

/// A value that the edition has a column for.
struct Value {
    field: ApprovedField,
    caption: String,
    /// What is filed now.
    filed: String,
    /// What was approved, where that is something else and no adjustment came since.
    approved: Option<String>,
}

/// Asks for an adjustment of an approved row.
pub struct AdjustmentDialog {
    project: Id<Project>,
    row: Id<Indicator>,
    name: String,
    values: Vec<Value>,
    /// Earlier adjustments in words, latest first.
    earlier: Vec<String>,
    what: What,
    new: String,
    paper: Paper,
    problem: String,
    is_shown: bool,
}

impl AdjustmentDialog {
    /// For the row of the selected cell; `None` where that is no approved row.
    pub fn new(shown: &Shown, position: &Position, today: String) -> Option<Self> {
        let (id, field) = selected(position)?;
        let row = approved_row(&shown.project, id)?;
        let edition = &shown.edition;
        let values: Vec<_> = FIELDS
            .iter()
            .filter(|(_, _, role)| edition.has_column(*role))
            .map(|(approved, field, role)| {
                let caption = edition.indicator_caption(*role).to_owned();
                Value {
                    field: *approved,
                    caption,
                    filed: row.cell_text(field).into_owned(),
                    approved: approved_otherwise(row, *approved),
                }
            })
            .collect();
        let wanted = FIELDS.iter().find(|(_, known, _)| known == field);
        let wanted = wanted.map_or(ApprovedField::Target, |(approved, ..)| *approved);
        let first = values
            .iter()
            .find(|value| value.field == wanted)
            .or_else(|| values.first())?;
        let (what, new) = (What::Value(first.field), first.filed.clone());
        Some(Self {
            project: shown.project.id,
            row: id,
            name: row.name.clone(),
            earlier: row
                .adjustments
                .iter()
                .rev()
                .map(|each| {
                    let caption = caption_of(edition, each.field);
                    format!(
                        "{}　{caption}：{} → {}　{}　{}",
                        each.date, each.old, each.new, each.document_no, each.reason
                    )
                })
                .collect(),
            values,
            what,
            new,
            paper: Paper::new(today),
            problem: String::new(),
            is_shown: false,
        })
    }

    /// The value that is adjusted, where it is one.
    fn value(&self) -> Option<&Value> {
        let What::Value(field) = self.what else {
            return None;
        };
        self.values.iter().find(|value| value.field == field)
    }

    fn old(&self) -> &str {
        self.value().map_or("", |value| &value.filed)
    }

    fn command(&self) -> EditCommand {
        let project = self.project;
        match self.what {
            What::Value(field) => EditCommand::RecordAdjustment {
                project,
                row: self.row,
                adjustment: NewAdjustment {
                    field,
                    new: self.new.clone(),
                    date: self.paper.date.clone(),
                    document_no: self.paper.document_no.clone(),
                    reason: self.paper.reason.clone(),
                },
            },
            What::Whole => EditCommand::RecordCancellation {
                project,
                of: ApprovedIndicator::Row(self.row),
                cancellation: self.paper.cancellation(),
            },
        }
    }

    fn said(&self) -> String {
        match self.what {
            What::Value(_) => format!("已登记“{}”的调整", self.name),
            What::Whole => format!("已登记取消“{}”", self.name),
        }
    }

    /// Why it cannot be recorded as it stands.
    fn refusal(&self, scene: &Scene<'_>) -> Option<String> {
        if let Some(problem) = self.paper.problem() {
            return Some(problem);
        }
        let desk = scene.desk?;
        let refused = apply(desk.session.document(), &self.command()).err();
        refused.map(|refusal| refusal.to_string())
    }

    fn fields(&mut self, ui: &mut Ui) {
        let was = self.what;
        line(ui, "调整", |ui| {
            ui.horizontal_wrapped(|ui| {
                choice::beside_one_another(ui, |ui| {
                    for value in &self.values {
                        let what = What::Value(value.field);
                        ui.radio_value(&mut self.what, what, &value.caption);
                    }
                    ui.radio_value(&mut self.what, What::Whole, "取消指标");
                });
            });
        });
        if self.what != was {
            self.new = self.old().to_owned();
        }
        let mut first = None;
        if let Some(value) = self.value() {
            if let Some(approved) = &value.approved {
                line(ui, "批复", |ui| shown(ui, approved));
            }
            line(ui, "现值", |ui| shown(ui, &value.filed));
            line(ui, "调整后", |ui| {
                let entry = Entry::new(field_id("new"), "调整后的值");
                first = Some(entry.show(ui, &mut self.new));
            });
        }
        let is_refused = !self.problem.is_empty();
        let date = self.paper.lines(ui, is_refused);
        if !std::mem::replace(&mut self.is_shown, true)
            && let Some(first) = first.or(date)
        {
            first.request_focus();
        }
    }

    /// What an adjustment of the whole does.
    fn warning(&self, ui: &mut Ui) {
        if self.what == What::Whole {
            let text = "这一行将从表中移出，批复值和这次调整留在“表中没有的批复指标”里，可以随时查看；可以撤销。";
            let weak = Palette::of(ui).text_weak;
            ui.add(egui::Label::new(RichText::new(text).color(weak)).wrap());
        }
    }

    /// The change that fills in again what was approved.
    fn back(&self) -> Option<EditCommand> {
        let value = self.value()?;
        let known = FIELDS.iter().find(|(field, ..)| *field == value.field);
        let (_, field, _) = known?;
        Some(EditCommand::SetCell {
            at: CellPath {
                project: self.project,
                place: Place::Indicator(self.row, field.clone()),
            },
            text: value.approved.clone()?,
        })
    }

    fn earlier(&self, ui: &mut Ui) {
        if self.earlier.is_empty() {
            return;
        }
        let palette = Palette::of(ui);
        ui.add_space(space::S);
        ui.label(RichText::new("以前的调整").font(theme::text::strong()));
        ScrollArea::vertical().max_height(120.0).show(ui, |ui| {
            for text in &self.earlier {
                let text = RichText::new(text).font(theme::text::small());
                ui.add(egui::Label::new(text.color(palette.text_weak)).wrap());
            }
        });
    }
}

/// A value that is only shown.
fn shown(ui: &mut Ui, text: &str) {
    let text = if text.is_empty() { "（空）" } else { text };
    ui.add(egui::Label::new(text).truncate());
}

/// What was approved, where something else is filed and no adjustment came since.
fn approved_otherwise(row: &Indicator, field: ApprovedField) -> Option<String> {
    let approved = row.in_force(field)?;
    let differs = approved != row.filed_value(field) && !trim(approved).is_empty();
    (differs && row.last_adjustment(field).is_none()).then(|| approved.to_owned())
}

fn caption_of(edition: &Edition, field: ApprovedField) -> &str {
    FIELDS
        .iter()
        .find(|(approved, ..)| *approved == field)
        .map_or("", |(_, _, role)| edition.indicator_caption(*role))
}

/// The row and column of the selected cell.
fn selected(position: &Position) -> Option<(Id<Indicator>, &IndicatorField)> {
    match &position.cell.as_ref()?.place {
        Place::Indicator(row, field) => Some((*row, field)),
        _ => None,
    }
}

fn approved_row(project: &Project, id: Id<Indicator>) -> Option<&Indicator> {
    let row = project.rows().find(|view| view.indicator.id == id)?;
    Some(row.indicator).filter(|row| row.approved.is_some())
}

/// Whether the row's values are approved.
pub fn is_approved(project: &Project, row: Id<Indicator>) -> bool {
    approved_row(project, row).is_some()
}

/// Whether the selected cell is in a row whose values are approved.
pub fn is_possible(project: &Project, position: &Position) -> bool {
    selected(position).is_some_and(|(row, _)| approved_row(project, row).is_some())
}

impl Dialog for AdjustmentDialog {
    fn title(&self) -> String {
        "记录调整".into()
    }

    fn width(&self) -> f32 {
        560.0
    }

    fn holds_text(&self) -> bool {
        let is_changed = self.value().is_some_and(|value| self.new != value.filed);
        is_changed || self.paper.holds_text()
    }

    fn help(&self) -> Option<&'static str> {
        Some("approved")
    }

    fn ui(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Outcome {
        let name = RichText::new(&self.name).font(theme::text::strong());
        ui.add(egui::Label::new(name).wrap());
        ui.add_space(space::XS);
        Grid::new("adjustment")
            .num_columns(2)
            .spacing([space::S, space::S])
            .show(ui, |ui| self.fields(ui));
        self.warning(ui);
        told(ui, &self.problem);
        self.earlier(ui);
        let confirmed = super::is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "登记调整").clicked() || confirmed {
                match self.refusal(scene) {
                    Some(problem) => {
                        self.problem = problem;
                        self.paper.focus_missing(ui);
                    }
                    None => {
                        let done = Action::EditAndSay(self.command(), self.said());
                        scene.send.send(done);
                        return Outcome::Close;
                    }
                }
            }
            if let Some(back) = self.back()
                && button::plain(ui, "填回批复值").clicked()
            {
                let said = format!("已按批复填回“{}”", self.name);
                scene.send.send(Action::EditAndSay(back, said));
                return Outcome::Close;
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
