//! Every cell of a form into which a person can type, one after the other.

use std::ops::BitOr;

use super::{
    facts::Facts,
    finding::Mend,
    form::{Form, Row},
    fund_table::mend_of,
    sink::{Hit, Sink},
};
use crate::model::{
    edition::Edition,
    id::Id,
    indicator::Indicator,
    monitoring,
    path::{GoalField, IndicatorField, Place},
    project::FundRow,
};

/// A filled cell.
pub struct Cell<'a> {
    /// The text as typed, never empty.
    pub text: &'a str,
    /// Who can mend it.
    pub mend: Mend,
    /// Whether it is meant for a number.
    pub numeric: bool,
    at: At<'a>,
}

/// The place of a cell, made into an address only when somebody asks.
enum At<'a> {
    Row(&'a Row<'a>, IndicatorField),
    Key(fn(String) -> Place, &'a str),
    Fund(Id<FundRow>, &'a str),
    Place(Place),
}

impl<'a> Cell<'a> {
    /// A hit at this cell; hits on rows of a group fold, and so do others with the same lead.
    pub fn hit(&self, sink: &Sink<'_>, lead: &'static str, hint: &'static str) -> Hit {
        let mut hit = match &self.at {
            At::Row(row, field) => sink.row_hit(row, field.clone(), lead, hint),
            _ => sink.hit(self.place(), lead, hint),
        };
        hit.folds = true;
        hit.mend(self.mend)
    }

    /// The place in words, for lists.
    pub fn in_words(&self, form: &Form<'_>) -> String {
        form.at(self.place()).in_words(form.project, form.edition)
    }

    /// The place in the project.
    pub fn place(&self) -> Place {
        match &self.at {
            At::Row(row, field) => row.place(field.clone()),
            At::Key(place, key) => place((*key).to_owned()),
            At::Fund(row, column) => Place::Fund(*row, (*column).to_owned()),
            At::Place(place) => place.clone(),
        }
    }

    /// Whether the cell is 预期目标.
    pub fn is_expected_goal(&self) -> bool {
        matches!(self.at, At::Place(Place::Goal(_, GoalField::Expected)))
    }

    fn is_goal(&self) -> bool {
        let at = match &self.at {
            At::Place(at) => at,
            _ => return false,
        };
        matches!(at, Place::Goal(_, GoalField::Expected | GoalField::Actual))
    }

    /// Whether the cell is the name of an indicator.
    pub fn is_name(&self) -> bool {
        matches!(self.at, At::Row(_, IndicatorField::Name))
    }
}

/// What all filled cells of a form together may hold; of rows and goals it is known already.
pub fn facts(form: &Form<'_>) -> Facts {
    let rows = form.rows.iter().map(|row| row.facts);
    let goals = form.goals.iter();
    let goals = goals.map(|goal| goal.expected_facts | goal.actual_facts);
    let mut facts = rows.chain(goals).fold(Facts::default(), BitOr::bitor);
    let mut look = |cell: &Cell<'_>| {
        if !cell.is_goal() {
            facts = facts | Facts::of(cell.text);
        }
    };
    each_above_rows(form, &mut look);
    each_below_rows(form, &mut look);
    facts
}

/// What the cells of a row may hold, its name aside.
pub fn facts_beside_name(indicator: &Indicator) -> Facts {
    let cells = [
        indicator.nature.text(),
        indicator.target.text(),
        &indicator.unit,
        indicator.actual.text(),
        indicator.weight.text(),
        indicator.score.text(),
        &indicator.deviation,
    ];
    let extra = indicator.extra.values().map(|text| &**text);
    let all = cells.into_iter().chain(extra);
    all.fold(Facts::default(), |facts, text| facts | Facts::of(text))
}

/// Shows every filled cell to `look`: header, funds, goals, indicators, reasons, texts and foot.
pub fn each_filled(form: &Form<'_>, look: &mut dyn FnMut(&Cell<'_>)) {
    each_above_rows(form, look);
    for row in &form.rows {
        each_of_row(form.edition, row, look);
    }
    each_below_rows(form, look);
}

fn each_above_rows(form: &Form<'_>, look: &mut dyn FnMut(&Cell<'_>)) {
    let project = form.project;
    for (key, text) in &project.header {
        if is_beside(form.edition, key, || Place::Header(key.clone())) {
            continue;
        }
        show(
            look,
            text,
            At::Key(Place::Header, key),
            Kind::Words,
            Mend::Now,
        );
    }
    for row in project.funds.iter() {
        for (column, cell) in &row.figures {
            if is_beside(form.edition, column, || Place::Fund(row.id, column.clone())) {
                continue;
            }
            let mend = mend_of(column);
            show(
                look,
                cell.text(),
                At::Fund(row.id, column),
                Kind::Number,
                mend,
            );
        }
        let remark = At::Fund(row.id, "remark");
        show(look, &row.remark, remark, Kind::Words, Mend::Now);
    }
    each_of_goals(form, look);
}

fn each_below_rows(form: &Form<'_>, look: &mut dyn FnMut(&Cell<'_>)) {
    let project = form.project;
    for (key, text) in &project.texts {
        show(
            look,
            text,
            At::Key(Place::Text, key),
            Kind::Words,
            Mend::Now,
        );
    }
    for (key, text) in &project.footer {
        show(
            look,
            text,
            At::Key(Place::Footer, key),
            Kind::Words,
            Mend::Now,
        );
    }
}

/// Whether a cell is one of mid-year for which the form has no place: what stands there is no business of the form's.
fn is_beside(edition: &Edition, key: &str, place: impl FnOnce() -> Place) -> bool {
    monitoring::is_key(key) && monitoring::stands_beside(edition, &place())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Number,
}

fn show<'a>(look: &mut dyn FnMut(&Cell<'_>), text: &'a str, at: At<'a>, kind: Kind, mend: Mend) {
    if !text.is_empty() {
        look(&Cell {
            text,
            mend,
            numeric: kind == Kind::Number,
            at,
        });
    }
}

fn each_of_goals(form: &Form<'_>, look: &mut dyn FnMut(&Cell<'_>)) {
    for goal in form.project.goals.iter() {
        let place = |field| At::Place(Place::Goal(goal.id, field));
        // Approved is what the goal says: markup and invisible characters in it are not.
        show(
            look,
            &goal.expected,
            place(GoalField::Expected),
            Kind::Words,
            Mend::Now,
        );
        show(
            look,
            &goal.actual,
            place(GoalField::Actual),
            Kind::Words,
            Mend::Now,
        );
        for (key, text) in &goal.texts {
            let field = GoalField::Text(key.clone());
            if is_beside(form.edition, key, || Place::Goal(goal.id, field.clone())) {
                continue;
            }
            show(look, text, place(field), Kind::Words, Mend::Now);
        }
        for reason in goal.reasons.iter() {
            show(
                look,
                &reason.text,
                At::Place(Place::Reason(reason.id)),
                Kind::Words,
                Mend::Now,
            );
        }
    }
}

fn each_of_row<'a>(edition: &Edition, row: &'a Row<'a>, look: &mut dyn FnMut(&Cell<'_>)) {
    let indicator = row.indicator();
    let mut cell =
        |text: &'a str, field, kind, mend| show(look, text, At::Row(row, field), kind, mend);
    cell(
        &indicator.name,
        IndicatorField::Name,
        Kind::Words,
        Mend::Approved,
    );
    cell(
        indicator.target.text(),
        IndicatorField::Target,
        Kind::Number,
        Mend::Approved,
    );
    cell(
        &indicator.unit,
        IndicatorField::Unit,
        Kind::Words,
        Mend::Approved,
    );
    cell(
        indicator.actual.text(),
        IndicatorField::Actual,
        Kind::Number,
        Mend::Now,
    );
    cell(
        indicator.weight.text(),
        IndicatorField::Weight,
        Kind::Number,
        Mend::Approved,
    );
    cell(
        indicator.score.text(),
        IndicatorField::Score,
        Kind::Number,
        Mend::Now,
    );
    cell(
        &indicator.deviation,
        IndicatorField::Deviation,
        Kind::Words,
        Mend::Now,
    );
    for (key, text) in &indicator.extra {
        let field = IndicatorField::Extra(key.clone());
        if is_beside(edition, key, || row.place(field.clone())) {
            continue;
        }
        cell(text, field, Kind::Words, Mend::Now);
    }
}
