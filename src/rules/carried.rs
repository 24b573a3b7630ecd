//! Where a fix changes a score, the total and the rating that follow from it are changed with it: a fix leaves no fault
//! behind that was not there before.

use rust_decimal::{Decimal, dec};

use super::{
    finding::{CellChange, Finding, Fix},
    form::Form,
};
use crate::{
    model::{
        edition::FundRole,
        numeral::plain,
        path::{BlockField, IndicatorField, Place, StatedField},
        project::fund,
        typed::trim,
    },
    score,
};

/// A total that differs by no more is right.
const TOLERANCE: Decimal = dec!(0.01);

/// Adds to the fixes of scores what follows for the total, where the total states the sum of the scores as they stand.
pub fn carry_totals(form: &Form<'_>, findings: &mut [Finding]) {
    let Some(stated) = form.project.stated.total_score.number() else {
        return;
    };
    if (stated - form.score.total.filed.value).abs() > TOLERANCE {
        return;
    }
    for fix in findings
        .iter_mut()
        .filter_map(|finding| finding.fix.as_mut())
    {
        let gained: Decimal = fix.changes.iter().map(|change| gain(form, change)).sum();
        if !gained.is_zero() {
            carry(form, fix, stated, stated + gained);
        }
    }
}

/// By how much a change of a cell changes the sum of the scores.
fn gain(form: &Form<'_>, change: &CellChange) -> Decimal {
    let before = match &change.at.place {
        Place::Indicator(id, IndicatorField::Score) => {
            let row = form.rows.iter().find(|row| row.indicator().id == *id);
            row.filter(|row| row.score.counts && !row.as_one)
                .map(|row| row.score.filed)
        }
        Place::Group(id, BlockField::Score) => {
            let group = form.groups.iter().find(|group| group.group.id == *id);
            group.map(|group| group.group.score.number())
        }
        Place::Fund(_, column) => {
            let scores = form.edition.fund_column(FundRole::Score);
            let is_score = *column == scores.map_or(fund::SCORE, |known| &known.key);
            is_score.then_some(form.score.execution.filed)
        }
        _ => None,
    };
    let (Some(before), Ok(after)) = (before, trim(&change.new).parse::<Decimal>()) else {
        return Decimal::ZERO;
    };
    after - before.unwrap_or_default()
}

fn carry(form: &Form<'_>, fix: &mut Fix, stated: Decimal, total: Decimal) {
    let states = |place| {
        fix.changes
            .iter()
            .any(|change| change.at.place == Place::Stated(place))
    };
    if states(StatedField::TotalScore) {
        return;
    }
    let new = plain(total);
    fix.title = format!("{}，总分改为 {new}", fix.title);
    fix.changes.push(CellChange {
        at: form.at(Place::Stated(StatedField::TotalScore)),
        new,
    });
    let rating = |points| score::rating(points, &form.edition.scoring.ratings);
    let is_right = form.project.stated.rating.value().copied() == rating(stated);
    if let Some(after) = rating(total).filter(|after| is_right && Some(*after) != rating(stated)) {
        fix.title = format!("{}，等级改为{after}", fix.title);
        fix.changes.push(CellChange {
            at: form.at(Place::Stated(StatedField::Rating)),
            new: after.to_string(),
        });
    }
}
