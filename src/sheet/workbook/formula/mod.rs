//! Live formulas: sums, rates and scores as the edition has them computed. A formula stands only where it gives what the form
//! states; what is not so stays the number that was typed.

mod expression;
mod funds;
mod scores;
mod totals;

use std::collections::HashMap;

use rust_decimal::Decimal;

use self::expression::Expression;
use super::{
    number::Shown,
    plan::{Area, Plan, number},
};
use crate::{
    model::path::Place,
    score::score_project,
    sheet::{office::Behind, table::FormSheet},
};

/// Formulas are no longer than this.
const LONGEST: usize = 8000;

/// The formulas of a form by the field in whose cell they stand.
pub(super) fn formulas(sheet: &FormSheet, plan: &Plan, behind: &Behind) -> HashMap<Place, String> {
    let form = Form {
        behind,
        cells: cells(sheet, plan),
    };
    let score = score_project(behind.project, behind.edition);
    let mut offered = Offered {
        form: &form,
        taken: HashMap::new(),
    };
    funds::offer(&form, &score, &mut offered);
    scores::offer(&form, &score, &mut offered);
    totals::offer(&form, &score, &mut offered);
    offered.taken
}

/// Where the cells of a form stand, and the numbers that they hold.
fn cells(sheet: &FormSheet, plan: &Plan) -> HashMap<Place, (Area, Option<Shown>)> {
    let cells = sheet.cells().filter_map(|(address, cell)| {
        let at = cell.at.as_ref()?;
        Some((at.place.clone(), (plan.area(address, cell)?, number(cell))))
    });
    cells.collect()
}

/// A form and where its cells stand.
struct Form<'a> {
    behind: &'a Behind<'a>,
    cells: HashMap<Place, (Area, Option<Shown>)>,
}

impl Form<'_> {
    fn shown(&self, place: &Place) -> Option<&Shown> {
        self.cells.get(place)?.1.as_ref()
    }

    /// The number in the cell of a field.
    fn number(&self, place: &Place) -> Option<(Area, Decimal)> {
        let (area, shown) = self.cells.get(place)?;
        Some((*area, shown.as_ref()?.value))
    }

    /// The cell of a field where it holds just this number, else the number.
    fn operand(&self, place: &Place, value: Decimal) -> Expression {
        match self.number(place) {
            Some((area, held)) if held == value => Expression::Cell(area, held),
            _ => Expression::Number(value),
        }
    }

    /// The same for so many percent, as a share: 0.95 for 95.
    fn share(&self, place: &Place, percent: Decimal) -> Expression {
        let shown = self.shown(place).filter(|shown| shown.percent);
        let held = shown.map(|shown| shown.value);
        match (
            self.number(place),
            percent.checked_div(Decimal::ONE_HUNDRED),
        ) {
            (Some((area, value)), Some(share)) if held == Some(share) => {
                Expression::Cell(area, value)
            }
            _ => Expression::Percent(percent),
        }
    }

    /// The sum of the cells of these fields, in which words and blanks count for nothing; `None` where none holds a number.
    fn sum(&self, places: impl IntoIterator<Item = Place>) -> Option<Expression> {
        let cells = places
            .into_iter()
            .filter_map(|place| self.cells.get(&place));
        let mut cells: Vec<&(Area, Option<Shown>)> = cells.collect();
        cells.sort_by_key(|(area, _)| (area.column, area.row));
        let has_numbers = cells.iter().any(|(_, shown)| shown.is_some());
        let value =
            |shown: &Option<Shown>| shown.as_ref().map_or(Decimal::ZERO, |shown| shown.value);
        let cells = cells.iter().map(|(area, shown)| (*area, value(shown)));
        has_numbers.then(|| Expression::Sum(cells.collect()))
    }
}

/// Formulas on offer, of which those are taken that give what stands in their cells.
struct Offered<'a> {
    form: &'a Form<'a>,
    taken: HashMap<Place, String>,
}

impl Offered<'_> {
    /// Offers a formula for the cell of a field. The first that fits is taken.
    fn offer(&mut self, place: &Place, formula: Option<Expression>) {
        let Some(formula) = formula else {
            return;
        };
        let is_right = self
            .form
            .number(place)
            .is_some_and(|(_, stated)| formula.value() == Some(stated));
        if is_right && !self.taken.contains_key(place) {
            let written = format!("={formula}");
            if written.len() <= LONGEST {
                self.taken.insert(place.clone(), written);
            }
        }
    }
}
