//! X03: a budget went down by exactly what another one of the unit went up, and neither form says a word about it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    buckets::Buckets,
    digest::{Digest, Scope, Who, key_of_amount},
    found::Found,
};
use crate::{
    model::{
        figure::MoneyUnit,
        id::Id,
        numeral::money,
        path::Place,
        policy::Severity,
        project::{FundRow, Project, fund},
    },
    rules::{execution::explains_adjustment, finding::Mend, form::Form, fund_table::FundTable},
};

/// An adjustment that the form does not explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    who: Who,
    row: Id<FundRow>,
    /// How much more the budget is, in the form's unit.
    by: Decimal,
    unit: MoneyUnit,
}

/// The first project whose budget went up, and the first whose went down.
#[derive(PartialEq)]
struct Moved {
    up: Who,
    down: Who,
}

#[derive(Default)]
pub struct Budgets(Buckets<Change, Moved>);

/// An amount with fewer figures before its zeros (50 万, 120 万) may be the same by chance.
const FEWEST_FIGURES: i128 = 100;

/// The adjustment of the form's budget, where nothing explains it.
pub fn changes(form: &Form<'_>, who: &Who, scope: &Scope) -> Vec<(u64, Change)> {
    change(form, who, scope).into_iter().collect()
}

fn change(form: &Form<'_>, who: &Who, scope: &Scope) -> Option<(u64, Change)> {
    let table = FundTable::of(form);
    let by = table.main_amount(fund::ADJUSTED)? - table.main_amount(fund::INITIAL)?;
    let unit = form.project.money_unit;
    let yuan = unit.convert(by.abs(), MoneyUnit::Yuan)?.normalize();
    let mut figures = yuan.mantissa();
    while figures != 0 && figures % 10 == 0 {
        figures /= 10;
    }
    let tells = yuan >= form.edition.checks.transfer_from && figures >= FEWEST_FIGURES;
    if !tells || by.is_zero() || explains_adjustment(form) {
        return None;
    }
    let change = Change {
        who: who.clone(),
        row: table.main?.id,
        by,
        unit,
    };
    Some((key_of_amount(scope.unit?, yuan), change))
}

fn of_digest(digest: Option<&Digest>) -> &[(u64, Change)] {
    digest.map_or(&[], |digest| &digest.changes)
}

impl Budgets {
    pub fn replace(&mut self, id: Id<Project>, old: Option<&Digest>, new: Option<&Digest>) {
        self.0.replace(id, of_digest(old), of_digest(new));
    }

    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        self.0.settle(changed, |members| {
            let first = |up: bool| {
                let way = members
                    .iter()
                    .filter(|(_, one)| one.by.is_sign_positive() == up);
                way.map(|(_, one)| &one.who).min().cloned()
            };
            Some(Moved {
                up: first(true)?,
                down: first(false)?,
            })
        });
    }

    pub fn find(&self, digest: &Digest) -> Option<Found> {
        let (change, moved) = self.0.told(&digest.changes).next()?;
        let up = change.by.is_sign_positive();
        let (way, other_way, other) = match up {
            true => ("调增", "调减", &moved.down),
            false => ("调减", "调增", &moved.up),
        };
        let amount = money(change.by.abs());
        let level = match digest.edition.checks.explain_adjustment {
            true => Severity::Warning,
            false => Severity::Hint,
        };
        Some(Found {
            level: Some(level),
            cells: vec![Place::Fund(change.row, fund::ADJUSTED.to_owned())],
            mend: Mend::Now,
            message: format!(
                "预算{way} {amount} {}，与“{}”{other_way}的数额相同，没有说明",
                change.unit, other.name
            ),
            hint: "项目之间调剂资金的，两个项目都写明调剂的原因、数额和批准文号；只是数额相同的，可写核实说明"
                .into(),
            fix: None,
        })
    }
}
