//! Every filled cell of a project, one after the other in the order of the form.

use super::{
    id::Id,
    indicator::{Group, Indicator, Section, SharedReason},
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    project::{FundRow, Goal, Project, TableRow, fund, header},
    record::{KeyMap, Text},
};

/// A filled cell.
#[derive(Debug, Clone, Copy)]
pub struct FilledCell<'a> {
    /// The text as typed, never empty.
    pub text: &'a str,
    at: At<'a>,
}

/// The place of a cell, made into an address only when somebody asks: a large file has very many cells.
#[derive(Debug, Clone, Copy)]
enum At<'a> {
    Key(fn(String) -> Place, &'a str),
    Fund(Id<FundRow>, &'a str),
    Goal(Id<Goal>, GoalCell<'a>),
    Section(Id<Section>, BlockField),
    Group(Id<Group>, BlockField),
    Indicator(Id<Indicator>, RowCell<'a>),
    Reason(Id<SharedReason>),
    Stated(StatedField),
    Table(&'a str, Id<TableRow>, &'a str),
}

#[derive(Debug, Clone, Copy)]
enum GoalCell<'a> {
    Caption,
    Weight,
    Expected,
    Actual,
    Text(&'a str),
}

#[derive(Debug, Clone, Copy)]
enum RowCell<'a> {
    Name,
    Nature,
    Target,
    Unit,
    Actual,
    Weight,
    Score,
    Deviation,
    Extra(&'a str),
}

impl FilledCell<'_> {
    /// The place of the cell.
    pub fn place(&self) -> Place {
        match self.at {
            At::Key(place, key) => place(key.to_owned()),
            At::Fund(row, key) => Place::Fund(row, key.to_owned()),
            At::Goal(goal, cell) => Place::Goal(
                goal,
                match cell {
                    GoalCell::Caption => GoalField::Caption,
                    GoalCell::Weight => GoalField::Weight,
                    GoalCell::Expected => GoalField::Expected,
                    GoalCell::Actual => GoalField::Actual,
                    GoalCell::Text(key) => GoalField::Text(key.to_owned()),
                },
            ),
            At::Section(section, field) => Place::Section(section, field),
            At::Group(group, field) => Place::Group(group, field),
            At::Indicator(row, cell) => Place::Indicator(
                row,
                match cell {
                    RowCell::Name => IndicatorField::Name,
                    RowCell::Nature => IndicatorField::Nature,
                    RowCell::Target => IndicatorField::Target,
                    RowCell::Unit => IndicatorField::Unit,
                    RowCell::Actual => IndicatorField::Actual,
                    RowCell::Weight => IndicatorField::Weight,
                    RowCell::Score => IndicatorField::Score,
                    RowCell::Deviation => IndicatorField::Deviation,
                    RowCell::Extra(key) => IndicatorField::Extra(key.to_owned()),
                },
            ),
            At::Reason(reason) => Place::Reason(reason),
            At::Stated(field) => Place::Stated(field),
            At::Table(table, row, key) => Place::Table(table.to_owned(), row, key.to_owned()),
        }
    }
}

impl Project {
    /// Shows every filled cell to `look`: title, header, funds, goals with their indicators and shared reasons, totals,
    /// further tables and texts, foot, footnotes. 完成档次 is a choice, not a text, and left out.
    pub fn each_filled_cell<'a>(&'a self, look: &mut dyn FnMut(FilledCell<'a>)) {
        let mut walk = Walk { look };
        let stated = &self.stated;
        walk.stated(&stated.title, StatedField::Title);
        walk.stated(&stated.money_unit, StatedField::MoneyUnit);
        walk.keys(&self.header, HEADER, Place::Header);
        for row in self.funds.iter() {
            walk.fund_row(row);
        }
        for goal in self.goals.iter() {
            walk.goal(goal);
        }
        walk.stated(stated.total_weight.text(), StatedField::TotalWeight);
        walk.stated(stated.total_score.text(), StatedField::TotalScore);
        walk.stated(stated.rating.text(), StatedField::Rating);
        for (table, rows) in &self.tables {
            for row in rows.iter() {
                for (key, text) in &row.cells {
                    walk.show(text, At::Table(table, row.id, key));
                }
            }
        }
        walk.keys(&self.texts, &[], Place::Text);
        walk.keys(&self.footer, &[], Place::Footer);
        for (index, text) in stated.footnotes.iter().enumerate() {
            walk.stated(text, StatedField::Footnote(index));
        }
    }
}

/// Header fields in the order in which forms print them.
const HEADER: &[&str] = &[
    header::PROJECT_NAME,
    header::PROJECT_CODE,
    header::YEAR,
    header::DEPARTMENT,
    header::UNIT,
];

/// The entries whose keys the program knows in its own order, then all others.
fn in_order<'a, T>(
    map: &'a KeyMap<T>,
    first: &'static [&'static str],
) -> impl Iterator<Item = (&'a str, &'a T)> {
    let known = first.iter().filter_map(|key| Some((*key, map.get(*key)?)));
    let others = map
        .iter()
        .map(|(key, value)| (key.as_str(), value))
        .filter(|(key, _)| !first.contains(key));
    known.chain(others)
}

struct Walk<'l, 'a> {
    look: &'l mut dyn FnMut(FilledCell<'a>),
}

impl<'a> Walk<'_, 'a> {
    fn show(&mut self, text: &'a str, at: At<'a>) {
        if !text.is_empty() {
            (self.look)(FilledCell { text, at });
        }
    }

    fn stated(&mut self, text: &'a str, field: StatedField) {
        self.show(text, At::Stated(field));
    }

    fn keys(
        &mut self,
        map: &'a KeyMap<Text>,
        first: &'static [&'static str],
        place: fn(String) -> Place,
    ) {
        for (key, text) in in_order(map, first) {
            self.show(text, At::Key(place, key));
        }
    }

    fn fund_row(&mut self, row: &'a FundRow) {
        self.show(&row.name, At::Fund(row.id, "name"));
        for (column, cell) in in_order(&row.figures, &fund::ALL) {
            self.show(cell.text(), At::Fund(row.id, column));
        }
        self.show(&row.remark, At::Fund(row.id, "remark"));
    }

    fn goal(&mut self, goal: &'a Goal) {
        let at = |cell| At::Goal(goal.id, cell);
        self.show(&goal.caption, at(GoalCell::Caption));
        self.show(goal.weight.text(), at(GoalCell::Weight));
        self.show(&goal.expected, at(GoalCell::Expected));
        self.show(&goal.actual, at(GoalCell::Actual));
        for (key, text) in &goal.texts {
            self.show(text, at(GoalCell::Text(key)));
        }
        for section in goal.sections.iter() {
            let at = |field| At::Section(section.id, field);
            self.show(&section.caption, at(BlockField::Caption));
            self.show(section.weight.text(), at(BlockField::Weight));
            self.show(section.score.text(), at(BlockField::Score));
            for group in section.groups.iter() {
                self.group(group);
            }
        }
        for reason in goal.reasons.iter() {
            self.show(&reason.text, At::Reason(reason.id));
        }
    }

    fn group(&mut self, group: &'a Group) {
        let at = |field| At::Group(group.id, field);
        self.show(&group.caption, at(BlockField::Caption));
        self.show(group.weight.text(), at(BlockField::Weight));
        self.show(group.score.text(), at(BlockField::Score));
        for row in group.indicators.iter() {
            self.row(row);
        }
    }

    fn row(&mut self, row: &'a Indicator) {
        let at = |cell| At::Indicator(row.id, cell);
        self.show(&row.name, at(RowCell::Name));
        self.show(row.nature.text(), at(RowCell::Nature));
        self.show(row.target.text(), at(RowCell::Target));
        self.show(&row.unit, at(RowCell::Unit));
        self.show(row.actual.text(), at(RowCell::Actual));
        self.show(row.weight.text(), at(RowCell::Weight));
        self.show(row.score.text(), at(RowCell::Score));
        self.show(&row.deviation, at(RowCell::Deviation));
        for (key, text) in &row.extra {
            self.show(text, at(RowCell::Extra(key)));
        }
    }
}
