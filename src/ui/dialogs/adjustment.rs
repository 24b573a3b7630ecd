//! 记录调整: the one way to change an approved value.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{Dialog, Outcome, buttons};
use crate::{
    edit::{
        apply::apply,
        command::{EditCommand, NewAdjustment},
    },
    model::{
        edition::{Edition, IndicatorRole},
        id::Id,
        indicator::{ApprovedField, Indicator},
        path::{IndicatorField, Place},
        project::Project,
    },
    ui::{
        action::Action,
        desk::Position,
        scene::{Scene, Shown},
        theme::{self, Palette, space},
        widgets::{button, choice, entry::Entry},
    },
};

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

const DATE: &str = "date";
const DOCUMENT_NO: &str = "document no";
const REASON: &str = "reason";

/// Asks for an adjustment of an approved row.
pub struct AdjustmentDialog {
    project: Id<Project>,
    row: Id<Indicator>,
    name: String,
    /// The values that the edition has columns for, with their captions and what is filed now.
    values: Vec<(ApprovedField, String, String)>,
    /// Earlier adjustments in words, latest first.
    earlier: Vec<String>,
    adjustment: NewAdjustment,
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
                (*approved, caption, row.cell_text(field).into_owned())
            })
            .collect();
        let wanted = FIELDS.iter().find(|(_, known, _)| known == field);
        let wanted = wanted.map_or(ApprovedField::Target, |(approved, ..)| *approved);
        let (field, _, old) = values
            .iter()
            .find(|(known, ..)| *known == wanted)
            .or_else(|| values.first())?
            .clone();
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
            adjustment: NewAdjustment {
                field,
                new: old,
                date: today,
                document_no: String::new(),
                reason: String::new(),
            },
            problem: String::new(),
            is_shown: false,
        })
    }

    fn old(&self) -> &str {
        let field = self.adjustment.field;
        let value = self.values.iter().find(|(known, ..)| *known == field);
        value.map_or("", |(_, _, old)| old)
    }

    fn command(&self) -> EditCommand {
        EditCommand::RecordAdjustment {
            project: self.project,
            row: self.row,
            adjustment: self.adjustment.clone(),
        }
    }

    /// The fields that have to be filled in and are empty, by id and caption.
    fn missing(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let adjustment = &self.adjustment;
        [
            (DATE, "日期", &adjustment.date),
            (DOCUMENT_NO, "文号", &adjustment.document_no),
            (REASON, "理由", &adjustment.reason),
        ]
        .into_iter()
        .filter(|(.., text)| text.trim().is_empty())
        .map(|(id, caption, _)| (id, caption))
    }

    /// Why it cannot be recorded as it stands.
    fn refusal(&self, scene: &Scene<'_>) -> Option<String> {
        let missing: Vec<&str> = self.missing().map(|(_, caption)| caption).collect();
        if !missing.is_empty() {
            return Some(format!("没有登记：请填写{}。", missing.join("、")));
        }
        let desk = scene.desk?;
        let refused = apply(desk.session.document(), &self.command()).err();
        refused.map(|refusal| refusal.to_string())
    }

    fn fields(&mut self, ui: &mut Ui) {
        let was = self.adjustment.field;
        line(ui, "调整", |ui| {
            ui.horizontal_wrapped(|ui| {
                choice::beside_one_another(ui, |ui| {
                    for (field, caption, _) in &self.values {
                        ui.radio_value(&mut self.adjustment.field, *field, caption);
                    }
                });
            });
        });
        if self.adjustment.field != was {
            self.adjustment.new = self.old().to_owned();
        }
        line(ui, "现值", |ui| {
            let old = if self.old().is_empty() {
                "（空）"
            } else {
                self.old()
            };
            ui.add(egui::Label::new(old).truncate());
        });
        // Once it was refused for it, what is still empty is marked.
        let is_refused = !self.problem.is_empty();
        let error = egui::Stroke::new(1.0, Palette::of(ui).error);
        let adjustment = &mut self.adjustment;
        let mut first = None;
        for (id, name, caption, hint, text) in [
            ("new", "调整后的值", "调整后", "", &mut adjustment.new),
            (DATE, "调整日期", "日期", "批准的日期", &mut adjustment.date),
            (
                DOCUMENT_NO,
                "调整文号",
                "文号",
                "批准调整的文件编号",
                &mut adjustment.document_no,
            ),
            (
                REASON,
                "调整理由",
                "理由",
                "为什么调整",
                &mut adjustment.reason,
            ),
        ] {
            line(ui, caption, |ui| {
                let entry = Entry::new(field_id(id), name).hint(hint).show(ui, text);
                let is_needed = [DATE, DOCUMENT_NO, REASON].contains(&id);
                if is_refused && is_needed && text.trim().is_empty() && !entry.has_focus() {
                    let inside = egui::StrokeKind::Inside;
                    ui.painter()
                        .rect_stroke(entry.rect, theme::RADIUS, error, inside);
                }
                first.get_or_insert(entry);
            });
        }
        if !std::mem::replace(&mut self.is_shown, true)
            && let Some(first) = first
        {
            first.request_focus();
        }
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

fn field_id(name: &str) -> egui::Id {
    egui::Id::unique(("adjustment", name))
}

/// A caption with something beside it.
fn line(ui: &mut Ui, caption: &str, content: impl FnOnce(&mut Ui)) {
    let weak = Palette::of(ui).text_weak;
    let text = RichText::new(caption).color(weak);
    let size = egui::vec2(56.0, theme::HIT);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.set_min_size(size);
        ui.label(text);
    });
    content(ui);
    ui.end_row();
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
        let typed = &self.adjustment;
        typed.new != self.old() || !(typed.document_no.is_empty() && typed.reason.is_empty())
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
        // The line is there before there is anything to say, so that the dialog keeps its height.
        ui.scope(|ui| {
            ui.set_min_height(theme::HIT);
            if !self.problem.is_empty() {
                let problem = RichText::new(&self.problem).color(Palette::of(ui).error);
                ui.add(egui::Label::new(problem).wrap());
            }
        });
        self.earlier(ui);
        let confirmed = super::is_confirmed(ui);
        buttons(ui, |ui| {
            if button::primary(ui, "登记调整").clicked() || confirmed {
                match self.refusal(scene) {
                    Some(problem) => {
                        self.problem = problem;
                        if let Some((first, _)) = self.missing().next() {
                            ui.memory_mut(|memory| memory.request_focus(field_id(first)));
                        }
                    }
                    None => {
                        let said = format!("已登记“{}”的调整", self.name);
                        scene.send.send(Action::EditAndSay(self.command(), said));
                        return Outcome::Close;
                    }
                }
            }
            if button::plain(ui, "取消").clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
