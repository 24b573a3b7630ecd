//! How amounts are shown: grouped, with two decimals, in 元 or 万元. What is stored never changes.

use egui::{Button, Ui, WidgetInfo};
use rust_decimal::Decimal;

use crate::{
    model::{
        edition::{Edition, FundColumn, FundRole},
        figure::{FigureCell, MoneyUnit},
        numeral::{MONEY_DECIMALS, aligned_money},
        project::Project,
    },
    store::settings::{MoneyDisplay, Settings},
    ui::{action::Action, preferences::Change, scene::Scene, theme::HIT},
};

/// How amounts of a form are shown.
#[derive(Debug, Clone, Copy)]
pub struct Money {
    display: MoneyDisplay,
    form: MoneyUnit,
    /// The least decimals.
    decimals: u32,
}

impl Money {
    /// As the person has set it, for a form.
    pub fn of(settings: &Settings, project: &Project) -> Self {
        Self {
            display: settings.money,
            form: project.money_unit,
            decimals: MONEY_DECIMALS,
        }
    }

    /// For amounts of the form's unit that stand beneath one another: all get the decimals of the one that has most.
    pub fn aligned(self, amounts: impl Iterator<Item = Decimal>) -> Self {
        let scale = |amount| Some(self.form.convert(amount, self.unit())?.normalize().scale());
        let decimals = amounts.filter_map(scale).fold(self.decimals, u32::max);
        Self { decimals, ..self }
    }

    /// As [`Money::aligned`] for the cells of a column.
    pub fn of_column<'c>(
        self,
        column: &FundColumn,
        cells: impl Iterator<Item = &'c FigureCell>,
    ) -> Self {
        let figures = cells.filter_map(|cell| self.figure(column, cell));
        let scales = figures.map(|amount| amount.normalize().scale());
        let decimals = scales.fold(self.decimals, u32::max);
        Self { decimals, ..self }
    }

    /// The unit in which amounts are shown.
    pub fn unit(self) -> MoneyUnit {
        match self.display {
            MoneyDisplay::AsFiled => self.form,
            MoneyDisplay::Yuan => MoneyUnit::Yuan,
            MoneyDisplay::TenThousand => MoneyUnit::TenThousandYuan,
        }
    }

    /// What is to be known where amounts are shown in another unit than the form's.
    pub fn note(self) -> Option<String> {
        let (unit, form) = (self.unit(), self.form);
        (unit != form).then(|| format!("显示为{unit}，表内仍为{form}"))
    }

    /// The caption of the table with the unit in which it is shown.
    pub fn caption(self, edition: &Edition) -> String {
        let (usual, shown) = (edition.money_unit.to_string(), self.unit().to_string());
        let caption = &edition.funds.caption;
        if caption.contains(&usual) {
            caption.replace(&usual, &shown)
        } else {
            format!("{caption}（{shown}）")
        }
    }

    /// An amount of the form's unit. Exact; one that has too many digits for the other unit stays in the form's and says so.
    pub fn amount(self, amount: Decimal) -> String {
        match self.form.convert(amount, self.unit()) {
            Some(shown) => aligned_money(shown, self.decimals),
            None => format!("{}{}", aligned_money(amount, MONEY_DECIMALS), self.form),
        }
    }

    /// A cell as shown where it is not edited: amounts grouped, everything else as typed.
    pub fn cell(self, column: &FundColumn, cell: &FigureCell) -> String {
        match self.figure(column, cell) {
            Some(amount) => aligned_money(amount, self.decimals),
            None => cell.text().to_owned(),
        }
    }

    /// The amount in a cell, in the unit that is shown; `None` where the cell is shown as typed.
    fn figure(self, column: &FundColumn, cell: &FigureCell) -> Option<Decimal> {
        let figure = cell.value().filter(|figure| !figure.percent)?;
        // A unit typed inside the cell is shown: it goes before the form's.
        let is_as_typed = figure.unit.is_some() && self.display == MoneyDisplay::AsFiled;
        if column.role != FundRole::Amount || is_as_typed {
            return None;
        }
        let unit = figure.unit.unwrap_or(self.form);
        unit.convert(figure.value, self.unit())
    }
}

/// The switch between the units of display.
pub fn switch(ui: &mut Ui, scene: &mut Scene<'_>, money: &Money) {
    let as_filed = format!("同表内（{}）", money.form);
    ui.label("显示单位");
    ui.spacing_mut().item_spacing.x = 2.0;
    for (display, word, says) in [
        (
            MoneyDisplay::AsFiled,
            as_filed.as_str(),
            "按表内填写的单位显示",
        ),
        (MoneyDisplay::Yuan, "元", "以元显示，不改表内数字"),
        (
            MoneyDisplay::TenThousand,
            "万元",
            "以万元显示，不改表内数字",
        ),
    ] {
        let is_on = money.display == display;
        let choice = Button::selectable(is_on, word).min_size(egui::vec2(44.0, HIT));
        let response = ui.add(choice).on_hover_text(says);
        let name = format!("显示单位 {word}");
        response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, is_on, &name));
        if response.clicked() {
            scene.send.send(Action::Change(Change::Money(display)));
        }
    }
    ui.add_space(8.0);
}
