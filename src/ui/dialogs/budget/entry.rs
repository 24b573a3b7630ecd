//! An adjustment of the budget while it is filled in.

use egui::{Grid, Ui};

use crate::{
    model::{
        budget::{BudgetAdjustment, BudgetMove},
        edition::Edition,
        id::{Id, IdSource},
        project::{FundRow, Project},
        typed::trim,
    },
    ui::{
        dialogs::adjustment::paper::{Paper, field_id, line, told},
        theme::space,
        widgets::{choice, entry::Entry},
    },
};

/// What is filled in.
pub(super) struct Open {
    /// The record that is changed; `None` for a new one.
    known: Option<Id<BudgetAdjustment>>,
    fund: Option<Id<FundRow>>,
    way: BudgetMove,
    amount: String,
    paper: Paper,
    remark: String,
    /// What stands in the way.
    pub(super) problem: String,
    is_shown: bool,
}

impl Open {
    /// A new one of today.
    pub(super) fn new(today: String) -> Self {
        Self {
            known: None,
            fund: None,
            way: BudgetMove::default(),
            amount: String::new(),
            paper: Paper::new(today),
            remark: String::new(),
            problem: String::new(),
            is_shown: false,
        }
    }

    /// One that is on record, to be changed.
    pub(super) fn of(record: &BudgetAdjustment) -> Self {
        Self {
            known: Some(record.id),
            fund: record.fund,
            way: record.way,
            amount: record.amount.text().to_owned(),
            paper: Paper {
                date: record.date.clone(),
                document_no: record.document_no.clone(),
                reason: record.reason.to_string(),
            },
            remark: record.remark.to_string(),
            ..Self::new(String::new())
        }
    }

    pub(super) fn holds_text(&self) -> bool {
        let texts = [&self.amount, &self.remark];
        self.paper.holds_text() || texts.iter().any(|text| !text.is_empty())
    }

    /// The adjustment as it is to be recorded, or what is missing.
    pub(super) fn adjustment(
        &self,
        project: &Project,
        ids: &mut dyn IdSource,
    ) -> Result<BudgetAdjustment, String> {
        let known = self.known.and_then(|id| {
            let mut records = project.budget_adjustments.iter();
            records.find(|record| record.id == id)
        });
        let adjustment = BudgetAdjustment {
            id: self.known.unwrap_or_else(|| Id::new(ids)),
            fund: self.fund,
            way: self.way,
            amount: self.amount.as_str().into(),
            date: self.paper.date.clone(),
            document_no: self.paper.document_no.clone(),
            reason: self.paper.reason.as_str().into(),
            remark: self.remark.as_str().into(),
            unknown: known.map_or_else(Default::default, |known| known.unknown.clone()),
        };
        let effect = adjustment.effect(project.money_unit);
        if effect.is_none_or(|effect| effect.is_zero()) {
            return Err("没有登记：请填写调整的金额，例如 20.00。".to_owned());
        }
        if trim(&self.paper.reason).is_empty() {
            return Err("没有登记：请填写调整的理由。".to_owned());
        }
        Ok(adjustment)
    }

    /// Its fields.
    pub(super) fn ui(&mut self, ui: &mut Ui, project: &Project, edition: &Edition) {
        ui.add_space(space::XS);
        Grid::new("budget adjustment")
            .num_columns(2)
            .spacing([space::S, space::S])
            .show(ui, |ui| self.fields(ui, project, edition));
        told(ui, &self.problem);
    }

    fn fields(&mut self, ui: &mut Ui, project: &Project, edition: &Edition) {
        line(ui, "方向", |ui| {
            ui.horizontal_wrapped(|ui| {
                choice::beside_one_another(ui, |ui| {
                    for way in BudgetMove::ALL {
                        ui.radio_value(&mut self.way, way, way.to_string());
                    }
                });
            });
        });
        line(ui, "金额", |ui| {
            let hint = match self.way {
                BudgetMove::Transfer => format!("{}，调入为正，调出填负数", project.money_unit),
                _ => project.money_unit.to_string(),
            };
            let entry = Entry::new(field_id("amount"), "调整金额").hint(&hint);
            let entry = entry.show(ui, &mut self.amount);
            if !std::mem::replace(&mut self.is_shown, true) {
                entry.request_focus();
            }
        });
        line(ui, "资金", |ui| self.row(ui, project, edition));
        let is_refused = !self.problem.is_empty();
        self.paper.lines(ui, is_refused);
        line(ui, "备注", |ui| {
            Entry::new(field_id("remark"), "调整备注")
                .hint("可以不填")
                .show(ui, &mut self.remark);
        });
    }

    /// Which row of the fund table it is about.
    fn row(&mut self, ui: &mut Ui, project: &Project, edition: &Edition) {
        let total = project.total_fund_row(edition).map(|row| row.id);
        let rows: Vec<(Option<Id<FundRow>>, &str)> = project
            .funds
            .iter()
            .map(|row| {
                let is_total = Some(row.id) == total;
                ((!is_total).then_some(row.id), row.short_name())
            })
            .collect();
        let current = rows.iter().find(|(id, _)| *id == self.fund);
        let current = current.map_or("", |(_, name)| *name);
        let options = rows.iter().map(|(id, name)| {
            let about = if id.is_none() {
                "不分来源"
            } else {
                "同时计入总额"
            };
            (*name, about)
        });
        if let Some(taken) = choice::show(ui, "调整的资金", None, current, options)
            && let Some((id, _)) = rows.get(taken)
        {
            self.fund = *id;
        }
    }
}
