//! What there is to explain at a place of the form, and the cells into which it can be written.

use super::{Deviation, Fact, Sentence, facts, phrases::Pattern};
use crate::{
    model::{
        edition::{FundRole, IndicatorRole},
        measure::Quantity,
        path::{CellPath, GoalField, IndicatorField, Place},
        project::fund,
        typed::trim,
    },
    rules::{
        form::{Form, Row, name_of},
        fund_table::FundTable,
    },
};

/// Something to explain.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    /// What it is about: the indicator, or the row of the fund table.
    pub name: String,
    /// What the form says about it; the first of `kinds` where it says nothing.
    pub deviation: Deviation,
    /// Whether the form says so.
    pub is_stated: bool,
    /// What may be written about it.
    pub kinds: &'static [Deviation],
    /// Where it can be written, the best place first.
    pub cells: Vec<Target>,
    facts: Vec<Fact>,
}

/// A cell for an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The cell.
    pub at: CellPath,
    /// The most characters that the edition allows in it.
    pub limit: Option<u32>,
    /// Whether the cell is about several indicators, so that the sentence has to name its own.
    pub is_shared: bool,
}

impl Occasion {
    /// The sentence of a pattern for a cell.
    pub fn sentence(&self, pattern: &Pattern, target: &Target) -> Sentence {
        let mut sentence = Sentence::new(pattern, &self.facts);
        if target.is_shared {
            let name = super::Part::Words(format!("{}：", self.name).into());
            sentence.parts.insert(0, name);
        }
        sentence
    }
}

/// Whether there can be anything to explain at a place.
pub fn is_possible(place: &Place) -> bool {
    matches!(
        place,
        Place::Indicator(..) | Place::Group(..) | Place::Reason(_) | Place::Fund(..)
    )
}

/// What there is to explain at a place, what was missed first; empty where nothing is judged there.
pub fn at(form: &Form<'_>, place: &Place) -> Vec<Occasion> {
    let of_rows = |is_meant: &dyn Fn(&Row<'_>) -> bool| {
        let rows = form.counted().filter(|row| is_meant(row));
        let mut occasions: Vec<Occasion> = rows.map(|row| of_row(form, row)).collect();
        // What was missed is owed first, then what went beyond its target.
        occasions.sort_by_key(|each| (!each.is_stated, each.deviation == Deviation::Over));
        occasions
    };
    match place {
        Place::Indicator(id, _) => of_rows(&|row| row.indicator().id == *id),
        Place::Group(id, _) => of_rows(&|row| row.view.group.id == *id),
        Place::Reason(id) => match form.project.reason(*id) {
            Some(reason) => of_rows(&|row| row.is_spanned_by(reason)),
            None => Vec::new(),
        },
        Place::Fund(_, column) => of_funds(form, column),
        _ => Vec::new(),
    }
}

fn of_row(form: &Form<'_>, row: &Row<'_>) -> Occasion {
    let aim = row.aim;
    let has_date = aim.is_some_and(|aim| matches!(aim.measure.quantity, Quantity::Date(_)));
    let stated = if row.is_missed() {
        Some(if has_date {
            Deviation::Late
        } else {
            Deviation::Missed
        })
    } else {
        row.score.over.map(|_| Deviation::Over)
    };
    Occasion {
        name: name_of(row.indicator()).to_owned(),
        deviation: stated.unwrap_or(Deviation::Missed),
        is_stated: stated.is_some(),
        kinds: Deviation::OF_INDICATORS,
        cells: cells_of_row(form, row),
        facts: facts::of_row(form, row),
    }
}

/// The row's own cell or the merged one over it; in an edition without such a column, where the form explains anything.
fn cells_of_row(form: &Form<'_>, row: &Row<'_>) -> Vec<Target> {
    let columns = &form.edition.indicators.columns;
    let mut columns = columns.iter();
    let Some(column) = columns.find(|column| column.role == IndicatorRole::Deviation) else {
        return texts(form, true);
    };
    let mut reasons = row.view.goal.reasons.iter();
    let shared = reasons.find(|reason| row.is_spanned_by(reason));
    let place = match shared {
        Some(reason) => Place::Reason(reason.id),
        None => row.place(IndicatorField::Deviation),
    };
    vec![Target {
        at: form.at(place),
        limit: column.limit,
        is_shared: shared.is_some(),
    }]
}

/// Other texts of the form, and 实际完成情况.
fn texts(form: &Form<'_>, is_shared: bool) -> Vec<Target> {
    let edition = form.edition;
    let of_texts = edition
        .texts
        .iter()
        .map(|field| (Place::Text(field.key.clone()), field.limit));
    let goals = form.goals.iter().filter(|_| edition.goals.has_actual());
    let of_goals = goals.map(|of| {
        let place = Place::Goal(of.goal.id, GoalField::Actual);
        (place, edition.goals.actual.limit)
    });
    of_texts
        .chain(of_goals)
        .map(|(place, limit)| Target {
            at: form.at(place),
            limit,
            is_shared,
        })
        .collect()
}

/// The two things to say about money; at a cell of the budget first what is said about that.
fn of_funds(form: &Form<'_>, column: &str) -> Vec<Occasion> {
    const KINDS: &[Deviation] = &[Deviation::LowExecution, Deviation::Adjusted];
    let table = FundTable::of(form);
    let Some(main) = table.main else {
        return Vec::new();
    };
    let is_adjusted = table
        .main_amount(fund::INITIAL)
        .zip(table.main_amount(fund::ADJUSTED))
        .is_some_and(|(initial, adjusted)| initial != adjusted);
    let limit = form.edition.checks.explain_rate_below;
    let is_low = form
        .score
        .execution
        .rate
        .is_some_and(|rate| rate < limit.unwrap_or(rust_decimal::Decimal::ONE_HUNDRED));
    let is_budget = column == fund::INITIAL || column == fund::ADJUSTED;
    let deviation = match (is_low, is_adjusted) {
        (_, true) if is_budget => Deviation::Adjusted,
        (false, true) => Deviation::Adjusted,
        _ => Deviation::LowExecution,
    };
    let mut cells = Vec::new();
    let mut columns = form.edition.funds.columns.iter();
    if let Some(remark) = columns.find(|column| column.role == FundRole::Remark) {
        cells.push(Target {
            at: form.at(Place::Fund(main.id, remark.key.clone())),
            limit: None,
            is_shared: false,
        });
    }
    cells.extend(texts(form, false));
    vec![Occasion {
        name: trim(table.name_of(main)).to_owned(),
        deviation,
        is_stated: is_low || is_adjusted,
        kinds: KINDS,
        cells,
        facts: facts::of_funds(form),
    }]
}
