//! 计分办法 of a row: typed as a sentence, which is read back before it is taken.

use egui::{Id as WidgetId, Label, RichText, Ui};
use rust_decimal::{Decimal, dec};

use crate::{
    edit::command::EditCommand,
    model::{
        id::Id,
        indicator::Indicator,
        measure::Quantity,
        method::{Award, Away, Band, BandOn, Bands, COLUMN, Deduct, Method, Side},
        path::Place,
        project::Project,
        typed::trim,
    },
    ui::{
        scene::Shown,
        theme::{self, Palette, space},
        widgets::{button, entry::Entry},
    },
};

/// The editor of a row's 计分办法.
pub struct MethodEditor {
    project: Id<Project>,
    row: Id<Indicator>,
    weight: Option<Decimal>,
    has_date: bool,
    /// What the form's own column says.
    column: String,
    before: String,
    text: String,
}

impl MethodEditor {
    /// For the row at a place that is scored and can be changed.
    pub fn new(shown: &Shown, place: &Place) -> Option<Self> {
        let Place::Indicator(id, _) = place else {
            return None;
        };
        let mut rows = shown.project.rows();
        let row = rows.find(|view| view.indicator.id == *id)?.indicator;
        let is_open = shown.project.stage.is_editable();
        if !is_open || row.part_of.is_some() || !row.is_applicable() {
            return None;
        }
        let before = trim(row.method.text()).to_owned();
        let aim = row.aim();
        Some(Self {
            project: shown.project.id,
            row: row.id,
            weight: row.weight.number(),
            has_date: aim.is_some_and(|aim| matches!(aim.measure.quantity, Quantity::Date(_))),
            column: row
                .extra
                .get(COLUMN)
                .map_or("", |text| trim(text))
                .to_owned(),
            text: before.clone(),
            before,
        })
    }

    /// Whether something else was typed than stands.
    pub fn is_changed(&self) -> bool {
        trim(&self.text) != self.before
    }

    /// What was typed; why it cannot be taken.
    fn read(&self) -> Result<Option<Method>, &'static str> {
        let text = trim(&self.text);
        if text.is_empty() {
            return Ok(None);
        }
        let method = Method::read(text).ok_or("没有读懂。可以点上面的一种，再改其中的数。")?;
        match method.problem(self.weight) {
            Some(problem) => Err(problem),
            None => Ok(Some(method)),
        }
    }

    /// The change that takes what was typed.
    pub fn command(&self) -> Option<EditCommand> {
        let method = self.read().ok().filter(|_| self.is_changed())?;
        Some(EditCommand::SetMethod {
            project: self.project,
            row: self.row,
            method,
        })
    }

    /// Sentences to begin with, by what they are called.
    fn beginnings(&self) -> [(&'static str, String); 6] {
        let deduct = Deduct {
            away: if self.has_date {
                Away::Beyond
            } else {
                Away::Short
            },
            every: if self.has_date { dec!(1) } else { dec!(5) },
            unit: if self.has_date { "天" } else { "%" }.into(),
            points: dec!(1).min(self.weight.unwrap_or(dec!(1)).max(dec!(0.1))),
            begun: true,
        };
        let band = |limit, award| Band { limit, award };
        let bands = Bands {
            on: BandOn::Completion,
            side: Side::AtLeast,
            unit: "%".into(),
            bands: vec![
                band(dec!(100), Award::Full),
                band(dec!(80), Award::Share(dec!(80))),
                band(dec!(60), Award::Share(dec!(60))),
            ],
            rest: Award::NOTHING,
        };
        let pass = Method::Proportional {
            pass: Some(dec!(60)),
        };
        [
            ("按表样公式", String::new()),
            ("按比例", pass.to_string()),
            ("分档", Method::Banded(bands).to_string()),
            ("每差多少扣分", Method::Deduct(deduct).to_string()),
            ("是否", Method::YesNo.to_string()),
            ("人工判分", Method::Direct.to_string()),
        ]
    }

    /// Draws it.
    pub fn show(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        ui.add_space(space::S);
        ui.separator();
        ui.label(RichText::new("这一行的计分办法").font(theme::text::strong()));
        if !self.column.is_empty() {
            let words = format!("表中写着：{}", self.column);
            ui.add(Label::new(RichText::new(words).color(palette.text_weak)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::M;
            for (name, sentence) in self.beginnings() {
                if button::quiet(ui, name).clicked() {
                    self.text = sentence;
                }
            }
        });
        Entry::new(WidgetId::unique("计分办法"), "计分办法")
            .lines(2)
            .hint("空着就按表样的公式计分")
            .show(ui, &mut self.text);
        let (words, color) = match self.read() {
            Ok(None) => ("按表样的公式计分".to_owned(), palette.text_weak),
            Ok(Some(method)) => (format!("读作：{method}"), palette.good),
            Err(problem) => (problem.to_owned(), palette.error),
        };
        let words = RichText::new(words).font(theme::text::small()).color(color);
        ui.add(Label::new(words).wrap());
    }
}
