//! A project in the columns of a system.
//!
//! Captions of levels stand in every row. What stands in a cell merged over several rows (points of a group or a section, a
//! shared reason) stands in the first of its rows that says nothing of its own, and the other rows stay blank, as on paper.
//! 不适用, — and whatever else holds no number are written as typed.

use std::collections::HashSet;

use super::{
    FlatCell, FlatTable, SystemColumn, SystemMap, SystemRows, SystemTable,
    fields::{Field, field},
    number,
};
use crate::model::{
    document::RowView,
    edition::{Edition, FundRole},
    figure::{FigureCell, MoneyUnit},
    id::Id,
    indicator::{Indicator, SharedReason},
    measure::Nature,
    path::{BlockField, IndicatorField, Place, StatedField},
    project::{FundRow, Goal, Project, header},
};

/// The project's tables in the order of the map.
pub fn tables(project: &Project, edition: &Edition, map: &SystemMap) -> Vec<FlatTable> {
    let source = Source {
        project,
        edition,
        money_unit: map.money_unit.unwrap_or(project.money_unit),
    };
    map.tables
        .iter()
        .enumerate()
        .map(|(index, table)| FlatTable {
            table: index,
            rows: source.rows(table),
        })
        .collect()
}

/// Where cells come from.
struct Source<'p> {
    project: &'p Project,
    edition: &'p Edition,
    /// The unit in which amounts are wanted.
    money_unit: MoneyUnit,
}

impl Source<'_> {
    fn rows(&self, table: &SystemTable) -> Vec<Vec<FlatCell>> {
        let columns: Vec<(&SystemColumn, Option<Field<'_>>)> = table
            .columns
            .iter()
            .map(|column| (column, field(table.rows, &column.field)))
            .collect();
        let row = |cell: &dyn Fn(&SystemColumn, &Field<'_>) -> FlatCell| -> Vec<FlatCell> {
            columns
                .iter()
                .map(|(column, field)| {
                    field
                        .as_ref()
                        .map_or_else(blank, |field| cell(column, field))
                })
                .collect()
        };
        let project = self.project;
        match table.rows {
            SystemRows::Project | SystemRows::Foot => {
                vec![row(&|column, field| self.single(column, field))]
            }
            SystemRows::Funds => project
                .funds
                .iter()
                .map(|fund| row(&|column, field| self.fund(column, field, fund)))
                .collect(),
            SystemRows::Goals => project
                .goals
                .iter()
                .map(|goal| row(&|column, field| self.goal(column, field, goal)))
                .collect(),
            SystemRows::Indicators => {
                let table = Table {
                    merged: Merged::of(project),
                    splits_targets: splits_targets(&columns),
                };
                project
                    .rows()
                    .map(|view| row(&|column, field| self.indicator(column, field, &view, &table)))
                    .collect()
            }
        }
    }

    /// What is there once in a form.
    fn single(&self, column: &SystemColumn, field: &Field<'_>) -> FlatCell {
        let place = match *field {
            Field::Header(key) => Place::Header(key.to_owned()),
            Field::Stated(stated) => Place::Stated(stated),
            Field::Footer(key) => Place::Footer(key.to_owned()),
            Field::Text(key) => Place::Text(key.to_owned()),
            _ => return blank(),
        };
        let text = self.project.cell_text(&place).unwrap_or_default();
        let text = match *field {
            // A form that does not say it has one all the same.
            Field::Stated(StatedField::MoneyUnit) if text.trim().is_empty() => {
                self.project.money_unit.to_string()
            }
            Field::Header(header::YEAR) if column.number => {
                let year = self.project.year().map(|year| year.to_string());
                year.unwrap_or_else(|| text.into_owned())
            }
            _ => plain(column, &text),
        };
        self.cell(text, place)
    }

    fn fund(&self, column: &SystemColumn, field: &Field<'_>, row: &FundRow) -> FlatCell {
        let Field::Fund(key) = *field else {
            return blank();
        };
        let place = Place::Fund(row.id, key.to_owned());
        let text = match key {
            "name" => plain(column, &row.name),
            "remark" => plain(column, &row.remark),
            _ => self.fund_figure(column, key, row),
        };
        self.cell(text, place)
    }

    /// As on paper: what was typed; where nothing was, and the edition derives the column from others, what follows from them.
    fn fund_figure(&self, column: &SystemColumn, key: &str, row: &FundRow) -> String {
        let layout = self.edition.fund_column_named(key);
        let typed = row.figure(key);
        let derived = layout
            .filter(|layout| typed.is_empty() && layout.formula.is_some())
            .and_then(|layout| {
                let number = self.project.fund_number(row, key, self.edition)?;
                Some(FigureCell::new(layout.written(number)))
            });
        let cell = derived.as_ref().unwrap_or(typed);
        if !column.number {
            return cell.text().to_owned();
        }
        let is_amount = match layout {
            Some(layout) => layout.role == FundRole::Amount,
            None => cell.value().is_some_and(|figure| figure.unit.is_some()),
        };
        let number = if is_amount {
            number::of_amount(cell, self.project.money_unit, self.money_unit)
        } else {
            number::of_figure(cell)
        };
        number.unwrap_or_else(|| cell.text().to_owned())
    }

    fn goal(&self, column: &SystemColumn, field: &Field<'_>, goal: &Goal) -> FlatCell {
        let Field::Goal(field) = field else {
            return blank();
        };
        let place = Place::Goal(goal.id, field.clone());
        let text = self.project.cell_text(&place).unwrap_or_default();
        self.cell(plain(column, &text), place)
    }

    fn indicator(
        &self,
        column: &SystemColumn,
        field: &Field<'_>,
        view: &RowView<'_>,
        table: &Table<'_>,
    ) -> FlatCell {
        let row = view.indicator;
        let own = |text: String, field| self.cell(text, Place::Indicator(row.id, field));
        match field {
            Field::FirstLevel => caption(view.section.name()),
            Field::SecondLevel => caption(view.group.name()),
            Field::Sign => self.sign(row),
            Field::Value => {
                let value = number::of_measure(row.target.value());
                let text = value.unwrap_or_else(|| row.target.text().to_owned());
                own(text, IndicatorField::Target)
            }
            Field::Unit => match row.target.value() {
                Some(target)
                    if table.splits_targets
                        && row.unit.trim().is_empty()
                        && target.number().is_some() =>
                {
                    own(target.unit().to_owned(), IndicatorField::Target)
                }
                _ => own(row.unit.clone(), IndicatorField::Unit),
            },
            Field::Points(field) => {
                let (cell, place) = table.merged.points(view, *field);
                let number = number::of_figure(cell).filter(|_| column.number);
                self.cell(number.unwrap_or_else(|| cell.text().to_owned()), place)
            }
            Field::Reason => self.reason(row, &table.merged),
            Field::Row(field) => {
                let cell = match field {
                    IndicatorField::Target => row.target.value(),
                    IndicatorField::Actual => row.actual.value(),
                    _ => None,
                };
                let typed = row.cell_text(field);
                let text = match number::of_measure(cell) {
                    Some(number) if column.number => number,
                    _ => plain(column, &typed),
                };
                own(text, field.clone())
            }
            _ => blank(),
        }
    }

    /// The sign of its own column, else the one before the target's number; 定性 for words. What is written nowhere is not
    /// made up, and a target that cannot be taken apart (a range, a date) keeps its sign.
    fn sign(&self, row: &Indicator) -> FlatCell {
        let (text, field) = match (row.nature.value(), row.target.value()) {
            (Some(Nature::Compared(sign)), _) => (sign.sign(), IndicatorField::Nature),
            (Some(Nature::Qualitative), _) => ("定性", IndicatorField::Nature),
            (_, Some(target)) if target.is_qualitative() => ("定性", IndicatorField::Target),
            (_, target) => {
                let target = target.filter(|target| target.number().is_some());
                let sign = target.and_then(|target| target.comparator);
                (sign.map_or("", |sign| sign.sign()), IndicatorField::Target)
            }
        };
        self.cell(text.to_owned(), Place::Indicator(row.id, field))
    }

    /// The row's own reason, and those of merged cells that begin in this row.
    fn reason(&self, row: &Indicator, merged: &Merged<'_>) -> FlatCell {
        let mut text = row.deviation.to_string();
        let mut place = Place::Indicator(row.id, IndicatorField::Deviation);
        for reason in merged.reasons_in(row) {
            if text.trim().is_empty() {
                text = reason.text.to_string();
                place = Place::Reason(reason.id);
            } else {
                text = format!("{text}\n{}", reason.text);
            }
        }
        self.cell(text, place)
    }

    fn cell(&self, text: String, place: Place) -> FlatCell {
        FlatCell {
            text,
            at: Some(self.project.at(place)),
        }
    }
}

/// A text, or the number in it where that is wanted.
fn plain(column: &SystemColumn, text: &str) -> String {
    let number = column.number.then(|| number::of_text(text)).flatten();
    number.unwrap_or_else(|| text.to_owned())
}

fn caption(text: &str) -> FlatCell {
    FlatCell {
        text: text.to_owned(),
        at: None,
    }
}

/// For a field that cannot stand in such a table; maps with one are not taken in.
fn blank() -> FlatCell {
    caption("")
}

/// What the cells of an indicator table depend on beside their row.
struct Table<'p> {
    merged: Merged<'p>,
    splits_targets: bool,
}

/// Whether the table wants the number of a target apart: only then does a unit that stands in the target go into a column of
/// its own.
fn splits_targets(columns: &[(&SystemColumn, Option<Field<'_>>)]) -> bool {
    columns.iter().any(|(column, field)| match field {
        Some(Field::Value) => true,
        Some(Field::Row(IndicatorField::Target)) => column.number,
        _ => false,
    })
}

/// The rows in which cells merged over several rows stand.
struct Merged<'p> {
    /// First rows that have no points of their own, of a group or section.
    weights: HashSet<Id<Indicator>>,
    scores: HashSet<Id<Indicator>>,
    reasons: Vec<(Id<Indicator>, &'p SharedReason)>,
}

impl<'p> Merged<'p> {
    fn of(project: &'p Project) -> Self {
        let reasons = project.goals.iter().flat_map(|goal| {
            goal.reasons.iter().filter_map(move |reason| {
                let row = home(goal, reason)?;
                Some((row, &**reason))
            })
        });
        Self {
            weights: first_rows(project, BlockField::Weight),
            scores: first_rows(project, BlockField::Score),
            reasons: reasons.collect(),
        }
    }

    /// The cell of points for a row, and where it stands.
    fn points<'v>(&self, view: &RowView<'v>, field: BlockField) -> (&'v FigureCell, Place) {
        let firsts = match field {
            BlockField::Score => &self.scores,
            _ => &self.weights,
        };
        if firsts.contains(&view.indicator.id)
            && let Some((cell, place)) = shared_points(view, field)
        {
            return (cell, place);
        }
        let (cell, field) = own_points(view.indicator, field);
        (cell, Place::Indicator(view.indicator.id, field))
    }

    fn reasons_in(&self, row: &Indicator) -> impl Iterator<Item = &'p SharedReason> {
        let reasons = self.reasons.iter();
        reasons.filter_map(move |(home, reason)| (*home == row.id).then_some(*reason))
    }
}

fn own_points(row: &Indicator, field: BlockField) -> (&FigureCell, IndicatorField) {
    match field {
        BlockField::Score => (&row.score, IndicatorField::Score),
        _ => (&row.weight, IndicatorField::Weight),
    }
}

/// The points of the group, else of the section, where one of them states any.
fn shared_points<'v>(view: &RowView<'v>, field: BlockField) -> Option<(&'v FigureCell, Place)> {
    let (group, section) = match field {
        BlockField::Score => (&view.group.score, &view.section.score),
        _ => (&view.group.weight, &view.section.weight),
    };
    if !group.is_empty() {
        Some((group, Place::Group(view.group.id, field)))
    } else if !section.is_empty() {
        Some((section, Place::Section(view.section.id, field)))
    } else {
        None
    }
}

/// The first row without points of its own of each group or section that states some.
fn first_rows(project: &Project, field: BlockField) -> HashSet<Id<Indicator>> {
    let mut placed = HashSet::new();
    project
        .rows()
        .filter(|view| own_points(view.indicator, field).0.is_empty())
        .filter_map(|view| {
            let (_, place) = shared_points(&view, field)?;
            placed.insert(place).then_some(view.indicator.id)
        })
        .collect()
}

/// The row in which a shared reason stands: the first it covers that has none of its own, else the last it covers, else the
/// last of the goal. `None` where the goal has no row.
fn home(goal: &Goal, reason: &SharedReason) -> Option<Id<Indicator>> {
    if reason.text.trim().is_empty() {
        return None;
    }
    let mut first_free = None;
    let mut last_covered = None;
    let mut last = None;
    for section in goal.sections.iter() {
        for group in section.groups.iter() {
            for row in group.indicators.iter() {
                last = Some(row.id);
                let covers = match (reason.section, reason.group) {
                    (Some(id), _) => id == section.id,
                    (None, Some(id)) => id == group.id,
                    (None, None) => reason.rows.contains(&row.id),
                };
                if covers {
                    last_covered = Some(row.id);
                    if row.deviation.trim().is_empty() {
                        first_free = first_free.or(last_covered);
                    }
                }
            }
        }
    }
    first_free.or(last_covered).or(last)
}
