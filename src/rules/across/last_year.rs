//! X06 and X07: the form beside that of the year before, which is on record or in the document.

use std::{collections::BTreeSet, sync::Arc};

use rust_decimal::{Decimal, dec};

use super::{
    buckets::Buckets,
    digest::{Digest, hashed},
    found::Found,
};
use crate::{
    model::{
        edition::Edition,
        id::Id,
        last_year::{HERE, LastYear},
        numeral::money,
        path::{IndicatorField, Place},
        policy::Severity,
        project::{FundRow, Project, fund},
    },
    rules::{
        account::Statement,
        alike::mixed,
        catalogue::Phase,
        finding::Mend,
        form::name_of,
        years::{Against, How, last_actual, pairs, target_of},
    },
};

/// A form by its id, by its code and by its name, each with its year.
#[derive(Clone)]
pub struct Kin {
    form: Option<(Arc<Project>, Arc<Edition>)>,
}

/// Two are the same where nothing of the form changed.
impl PartialEq for Kin {
    fn eq(&self, other: &Self) -> bool {
        match (&self.form, &other.form) {
            (Some((own, _)), Some((other, _))) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        }
    }
}

#[derive(Default)]
pub struct LastYears(Buckets<Kin, Kin>);

/// So many indicators are told of at most.
const TOLD: usize = 3;
/// Last year's result is far above this year's target from this share of the target on.
const FAR_ABOVE: Decimal = dec!(1.3);
/// A budget of less than this share of last year's is one that was cut: lower targets follow from it.
const NOT_CUT: Decimal = dec!(0.9);

fn key_of_id(id: Id<Project>) -> u64 {
    mixed(id.bits() ^ 0x1a57)
}

fn key_of_kin(kin: &str, year: i16) -> u64 {
    mixed(hashed(kin) ^ u64::from(year.unsigned_abs()))
}

/// Where next year's form looks for this one, and where this one looks for last year's.
pub fn of(project: &Arc<Project>, edition: &Arc<Edition>) -> Vec<(u64, Kin)> {
    let Some(year) = project.year() else {
        return Vec::new();
    };
    let kinship = project.kinship();
    let own = Kin {
        form: Some((Arc::clone(project), Arc::clone(edition))),
    };
    let gives = kinship.iter().map(|kin| key_of_kin(kin, year));
    let gives = std::iter::once(key_of_id(project.id)).chain(gives);
    let asks = sought(project, &kinship, year);
    gives
        .map(|key| (key, own.clone()))
        .chain(asks.map(|key| (key, Kin { form: None })))
        .collect()
}

/// The keys under which last year's form may be found, the surest first.
fn sought(project: &Project, kinship: &[String], year: i16) -> impl Iterator<Item = u64> {
    let recorded = project.last_year.as_ref().and_then(|last| last.project);
    let origin = [recorded, project.copied_from].into_iter().flatten();
    let by_kin = kinship
        .iter()
        .map(move |kin| key_of_kin(kin, year.saturating_sub(1)));
    origin
        .map(key_of_id)
        .chain(by_kin)
        .collect::<Vec<_>>()
        .into_iter()
}

fn of_digest(digest: Option<&Digest>) -> &[(u64, Kin)] {
    digest.map_or(&[], |digest| &digest.kin)
}

impl LastYears {
    pub fn replace(&mut self, id: Id<Project>, old: Option<&Digest>, new: Option<&Digest>) {
        self.0.replace(id, of_digest(old), of_digest(new));
    }

    /// Of several forms of one name and year none is taken for last year's.
    pub fn settle(&mut self, changed: &mut BTreeSet<Id<Project>>) {
        self.0.settle(changed, |members| {
            let mut forms = members.iter().filter(|(_, kin)| kin.form.is_some());
            let (_, only) = forms.next()?;
            forms.next().is_none().then(|| only.clone())
        });
    }

    /// What is known of the year before, as [`crate::model::document::Document::last_year`] finds it.
    fn known(&self, digest: &Digest) -> Option<LastYear> {
        let project = &digest.project;
        let record = project.last_year.as_ref();
        let Some(year) = project.year() else {
            return record.cloned();
        };
        let is_last_years = |form: &&(Arc<Project>, Arc<Edition>)| {
            form.0.id != project.id && form.0.year() == year.checked_sub(1)
        };
        let kinship = project.kinship();
        let form = sought(project, &kinship, year).find_map(|key| {
            let at = digest
                .kin
                .binary_search_by_key(&key, |(key, _)| *key)
                .ok()?;
            let (_, kin) = self.0.told(&digest.kin[at..=at]).next()?;
            kin.form.as_ref().filter(is_last_years)
        });
        let form =
            form.filter(|(form, _)| record.is_none_or(|record| record.project == Some(form.id)));
        match form {
            Some((form, edition)) => Some(LastYear::of(form, Some(edition), HERE)),
            None => record.cloned(),
        }
    }

    /// X06
    pub fn carried_over(&self, digest: &Digest) -> Option<Found> {
        let project = &digest.project;
        let row = project.carried_over_row()?;
        let (column, carried) = stated(project, row, &digest.edition)?;
        let last = self.known(digest)?;
        let left = Statement {
            amount: last.unspent()?,
            unit: last.money_unit,
        };
        if carried.agrees_with(&left) {
            return None;
        }
        let total = last.total_funds()?;
        let of_last = |cell| last.amount(cell).map(money).unwrap_or_default();
        let none_came_over = carried.amount.is_zero() && left.amount > Decimal::ZERO;
        Some(Found {
            // What the finance bureau takes back does not come over.
            level: none_came_over.then_some(Severity::Hint),
            cells: vec![Place::Fund(row.id, column.to_owned())],
            mend: Mend::Now,
            message: format!(
                "{}填写 {carried}，上年结余 {left}（{}全年预算 {}，全年执行 {}）",
                row.short_name(),
                last.called(),
                of_last(&total.adjusted),
                of_last(&total.executed),
            ),
            hint: "与上年决算核对：填错的改正；部分收回、上缴或结转到其他项目的，写明去向，可写核实说明".into(),
            fix: None,
        })
    }

    /// X07, while targets can still be set.
    pub fn lower_targets(&self, digest: &Digest) -> Option<Found> {
        if digest.phase != Phase::Targets {
            return None;
        }
        let project = &digest.project;
        let last = self.known(digest)?;
        if !is_as_well_funded(project, &digest.edition, &last) {
            return None;
        }
        let mut cells = Vec::new();
        let mut items = Vec::new();
        let mut is_approved = true;
        for pair in pairs(project, &last) {
            let row = project.rows().find(|view| view.indicator.id == pair.row);
            let (Some(view), Some(before)) = (row, last.indicators.get(pair.last)) else {
                continue;
            };
            let row = view.indicator;
            let far_above = Against::of(row, before).is_some_and(|against| {
                let limit = against.target.checked_mul(FAR_ABOVE);
                let is_lower = limit.is_some_and(|limit| against.reached >= limit);
                !against.is_percent && against.target > Decimal::ZERO && is_lower
            });
            if pair.how == How::Alike || row.part_of.is_some() || !far_above {
                continue;
            }
            cells.push(Place::Indicator(row.id, IndicatorField::Target));
            is_approved &= row.approved.is_some();
            if items.len() < TOLD {
                items.push(format!(
                    "{} 上年完成{}，今年{}",
                    name_of(row),
                    last_actual(before),
                    target_of(row)
                ));
            }
        }
        if cells.is_empty() {
            return None;
        }
        let more = match cells.len() > items.len() {
            true => format!("等{}项", cells.len()),
            false => String::new(),
        };
        Some(Found {
            level: None,
            mend: match is_approved {
                true => Mend::Approved,
                false => Mend::Now,
            },
            message: format!("指标值明显低于上年完成值：{}{more}", items.join("；")),
            hint: "预算没有减少而指标值定得低于上年实际的，会被要求说明测算依据；确有原因的写明"
                .into(),
            cells,
            fix: None,
        })
    }
}

/// What the form states of the carry-over: in the budget of the whole year, else in that of its beginning. A blank cell and a
/// dash state nothing.
fn stated(
    project: &Project,
    row: &FundRow,
    edition: &Edition,
) -> Option<(&'static str, Statement)> {
    [fund::ADJUSTED, fund::INITIAL]
        .into_iter()
        .find_map(|column| {
            let typed = Statement::typed(row.figure(column), project.money_unit);
            let derived = || {
                let amount = project.fund_number(row, column, edition)?;
                let unit = project.money_unit;
                Some(Statement { amount, unit })
            };
            Some((column, typed.or_else(derived)?))
        })
}

/// Whether this year's budget is known and was not cut.
fn is_as_well_funded(project: &Project, edition: &Edition, last: &LastYear) -> bool {
    let now = project.total_fund_row(edition).and_then(|row| {
        let amount = |column| project.fund_number(row, column, edition);
        amount(fund::ADJUSTED).or_else(|| amount(fund::INITIAL))
    });
    let before = last.total_funds().and_then(|total| {
        let amount = last
            .amount(&total.adjusted)
            .or(last.amount(&total.initial))?;
        last.money_unit.convert(amount, project.money_unit)
    });
    let least = before.and_then(|before| before.checked_mul(NOT_CUT));
    now.zip(least)
        .is_some_and(|(now, least)| now >= least && now > Decimal::ZERO)
}
