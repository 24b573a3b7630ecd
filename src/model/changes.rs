//! 调整记录: what is on record of changes of budget and targets, as one list to read, print and copy.

use super::{
    budget::{BudgetAdjustment, BudgetMove},
    edition::{Edition, IndicatorRole},
    indicator::{Adjustment, ApprovedField, Indicator},
    numeral::{MONEY_DECIMALS, aligned_money},
    project::Project,
    typed::trim,
};

/// A recorded change in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedChange {
    /// When, as typed.
    pub date: String,
    /// What was changed: a fund row, or an indicator and its column.
    pub subject: String,
    /// How: "调增 20.00 万元", "≥12场 → ≥10场", "取消".
    pub change: String,
    /// 文号
    pub document_no: String,
    /// Why.
    pub reason: String,
    /// 备注
    pub remark: String,
}

impl RecordedChange {
    /// The captions of its parts.
    pub const CAPTIONS: [&str; 6] = ["日期", "对象", "调整内容", "文号", "原因", "备注"];

    /// Its parts in the order of the captions.
    pub fn parts(&self) -> [&str; 6] {
        [
            &self.date,
            &self.subject,
            &self.change,
            &self.document_no,
            &self.reason,
            &self.remark,
        ]
    }
}

impl Project {
    /// All recorded changes: those of the budget, of indicators in the order of the form, and indicators that were given up.
    pub fn recorded_changes(&self, edition: &Edition) -> Vec<RecordedChange> {
        let budget = self.budget_adjustments.iter();
        let mut changes: Vec<_> = budget.map(|one| self.of_budget(one, edition)).collect();
        for view in self.rows() {
            let adjustments = view.indicator.adjustments.iter();
            changes.extend(adjustments.map(|one| of_indicator(view.indicator, one, edition)));
        }
        changes.extend(self.removed.iter().filter_map(|removed| {
            let cancelled = removed.cancelled.as_ref()?;
            Some(RecordedChange {
                date: trim(&cancelled.date).to_owned(),
                subject: format!("指标 · {}", trim(&removed.approved.name)),
                change: "取消".to_owned(),
                document_no: trim(&cancelled.document_no).to_owned(),
                reason: trim(&cancelled.reason).to_owned(),
                remark: String::new(),
            })
        }));
        changes
    }

    fn of_budget(&self, record: &BudgetAdjustment, edition: &Edition) -> RecordedChange {
        let row = self.adjusted_row(record, edition);
        RecordedChange {
            date: trim(&record.date).to_owned(),
            subject: format!("预算 · {}", row.map_or("", |row| row.short_name())),
            change: record.change_in_words(self),
            document_no: trim(&record.document_no).to_owned(),
            reason: trim(&record.reason).to_owned(),
            remark: trim(&record.remark).to_owned(),
        }
    }
}

impl BudgetAdjustment {
    /// "调增 20.00 万元"; what cannot be read as it was typed.
    pub fn change_in_words(&self, project: &Project) -> String {
        let (way, unit) = (self.way, project.money_unit);
        match self.effect(unit) {
            None => format!("{way} {}", trim(self.amount.text())),
            Some(amount) => {
                let shown = match way {
                    BudgetMove::Transfer => amount,
                    BudgetMove::Increase | BudgetMove::Decrease => amount.abs(),
                };
                format!("{way} {} {unit}", aligned_money(shown, MONEY_DECIMALS))
            }
        }
    }
}

fn of_indicator(row: &Indicator, adjustment: &Adjustment, edition: &Edition) -> RecordedChange {
    let role = match adjustment.field {
        ApprovedField::Name => IndicatorRole::Name,
        ApprovedField::Nature => IndicatorRole::Nature,
        ApprovedField::Target => IndicatorRole::Target,
        ApprovedField::Unit => IndicatorRole::Unit,
        ApprovedField::Weight => IndicatorRole::Weight,
    };
    let or_empty = |text: &str| match trim(text) {
        "" => "（空）".to_owned(),
        text => text.to_owned(),
    };
    RecordedChange {
        date: trim(&adjustment.date).to_owned(),
        subject: format!(
            "指标 · {} · {}",
            trim(&row.name),
            edition.indicator_caption(role)
        ),
        change: format!(
            "{} → {}",
            or_empty(&adjustment.old),
            or_empty(&adjustment.new)
        ),
        document_no: trim(&adjustment.document_no).to_owned(),
        reason: trim(&adjustment.reason).to_owned(),
        remark: String::new(),
    }
}
