//! The totals: points and scores of the execution and of all that is scored in the indicator table.

use rust_decimal::Decimal;

use super::{Form, Offered, expression::Expression};
use crate::{
    model::{
        edition::FundRole,
        indicator::Section,
        path::{BlockField, IndicatorField, Place, StatedField},
        project::fund,
    },
    score::{ProjectScore, SectionScore},
};

pub(super) fn offer(form: &Form, score: &ProjectScore, offered: &mut Offered) {
    let weight = sum(form, score, &WEIGHT).map(|sum| match score.execution.weight {
        // Points of the execution that the edition gives and no cell shows.
        Some(points)
            if execution(form, score, &WEIGHT).is_none_or(|at| form.number(&at).is_none()) =>
        {
            sum.plus(Expression::Number(points))
        }
        _ => sum,
    });
    let scores = sum(form, score, &SCORE);
    let per_hundred = scores.clone().zip(weight.clone()).map(|(scores, weight)| {
        let share = scores.over(weight);
        let points = share.times(Expression::Number(Decimal::ONE_HUNDRED));
        points.rounded(form.behind.edition.scoring.rounding)
    });
    offered.offer(&Place::Stated(StatedField::TotalWeight), weight);
    let total = Place::Stated(StatedField::TotalScore);
    offered.offer(&total, scores);
    if score.total.per_hundred.is_some() {
        offered.offer(&total, per_hundred);
    }
}

/// A column that is added up, by the names it has in each part of the form.
struct Column {
    fund: FundRole,
    usual: &'static str,
    block: BlockField,
    row: IndicatorField,
}

const WEIGHT: Column = Column {
    fund: FundRole::Weight,
    usual: fund::WEIGHT,
    block: BlockField::Weight,
    row: IndicatorField::Weight,
};

const SCORE: Column = Column {
    fund: FundRole::Score,
    usual: fund::SCORE,
    block: BlockField::Score,
    row: IndicatorField::Score,
};

fn sum(form: &Form, score: &ProjectScore, column: &Column) -> Option<Expression> {
    let goals = form.behind.project.goals.iter().zip(&score.goals);
    let sections = goals.flat_map(|(goal, score)| goal.sections.iter().zip(&score.sections));
    let below = sections.flat_map(|(section, score)| counted(form, section, score, column));
    form.sum(execution(form, score, column).into_iter().chain(below))
}

fn execution(form: &Form, score: &ProjectScore, column: &Column) -> Option<Place> {
    let row = form.behind.project.funds.get(score.execution.row?)?;
    let known = form.behind.edition.fund_column(column.fund);
    let key = known.map_or(column.usual, |known| &known.key);
    Some(Place::Fund(row.id, key.to_owned()))
}

/// The cells of a section that count: those of its groups, else those of their rows; its own where nothing beneath it has a
/// number.
fn counted(form: &Form, section: &Section, score: &SectionScore, column: &Column) -> Vec<Place> {
    let mut places = Vec::new();
    for (group, score) in section.groups.iter().zip(&score.groups) {
        let own = Place::Group(group.id, column.block);
        if form.number(&own).is_some() {
            places.push(own);
            continue;
        }
        let rows = group.indicators.iter().zip(&score.members);
        let rows = rows.filter(|(_, score)| score.counts);
        places.extend(rows.map(|(row, _)| Place::Indicator(row.id, column.row.clone())));
    }
    if places.iter().all(|place| form.number(place).is_none()) {
        places = vec![Place::Section(section.id, column.block)];
    }
    places
}
