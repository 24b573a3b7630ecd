//! Forms in which every field is filled in, each with a text of its own.

use jiping::model::{
    edition::{Edition, FieldKind, FieldLayout},
    figure::FigureCell,
    id::{CountedIds, Id},
    indicator::{Indicator, Section, SharedReason},
    project::{FundRow, Goal, Project},
    record::{KeyMap, Text},
    rows::Rows,
};

/// Whose cells points stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Points {
    Rows,
    Groups,
    Sections,
}

impl Points {
    pub const ALL: [Self; 3] = [Self::Rows, Self::Groups, Self::Sections];
}

/// Texts no one of which is part of another.
struct Filler(u32);

impl Filler {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }

    fn text(&mut self) -> String {
        format!("甲{:04}乙", self.next())
    }

    fn figure(&mut self) -> FigureCell {
        format!("9{:04}.5", self.next()).as_str().into()
    }

    fn fields(&mut self, layout: &[FieldLayout], fields: &mut KeyMap<Text>) {
        for field in layout {
            let text = match field.kind {
                FieldKind::Choice | FieldKind::Choices if !field.options.is_empty() => {
                    field.options[0].clone()
                }
                FieldKind::Year => "2020年".to_owned(),
                _ => self.text(),
            };
            fields.insert(field.key.clone(), text.into());
        }
    }
}

/// A form of the edition with `rows` rows in each group, everything filled in.
pub fn filled(edition: &Edition, rows: usize, points: Points) -> Project {
    let mut ids = CountedIds(0);
    let mut filler = Filler(0);
    let mut project = Project::blank(edition, &mut ids);
    filler.fields(&edition.header, &mut project.header);
    filler.fields(&edition.texts, &mut project.texts);
    filler.fields(&edition.footer, &mut project.footer);
    for index in 0..project.funds.len() {
        fund_row(&mut filler, edition, project.funds.get_mut(index));
    }
    let count = project.goals.len();
    for index in 0..count {
        let goal = project.goals.get_mut(index).expect("a goal");
        fill_goal(&mut filler, edition, goal, rows, points, &mut ids);
    }
    for table in &edition.tables {
        let filled = project.tables.get_mut(&table.key).expect("a table");
        for index in 0..filled.len() {
            let row = filled.get_mut(index).expect("a row");
            filler.fields(&table.columns, &mut row.cells);
        }
    }
    let stated = &mut project.stated;
    stated.total_weight = filler.figure();
    stated.total_score = filler.figure();
    stated.rating = "优".into();
    stated.footnotes = vec![filler.text(), filler.text()];
    project
}

fn fund_row(filler: &mut Filler, edition: &Edition, row: Option<&mut FundRow>) {
    let row = row.expect("a row");
    row.name = filler.text();
    row.remark = filler.text().into();
    for column in &edition.funds.columns {
        row.figures.insert(column.key.clone(), filler.figure());
    }
}

fn fill_goal(
    filler: &mut Filler,
    edition: &Edition,
    goal: &mut Goal,
    rows: usize,
    points: Points,
    ids: &mut CountedIds,
) {
    goal.caption = filler.text();
    goal.weight = filler.figure();
    goal.expected = filler.text().into();
    goal.actual = filler.text().into();
    filler.fields(&edition.goals.extra, &mut goal.texts);
    for index in 0..goal.sections.len() {
        let section = goal.sections.get_mut(index).expect("a section");
        fill_section(filler, edition, section, rows, points, ids);
    }
    goal.reasons = Rows::from_iter(
        goal.sections
            .iter()
            .take(1)
            .map(|section| shared_reason(section, &filler.text(), ids)),
    );
}

/// A reason over a whole section.
pub fn shared_reason(section: &Section, text: &str, ids: &mut CountedIds) -> SharedReason {
    SharedReason {
        id: Id::new(ids),
        copied_from: None,
        section: Some(section.id),
        group: None,
        rows: Vec::new(),
        text: text.into(),
        unknown: Default::default(),
    }
}

fn fill_section(
    filler: &mut Filler,
    edition: &Edition,
    section: &mut Section,
    rows: usize,
    points: Points,
    ids: &mut CountedIds,
) {
    section.caption = filler.text();
    section.weight = FigureCell::default();
    if points == Points::Sections {
        (section.weight, section.score) = (filler.figure(), filler.figure());
    }
    for index in 0..section.groups.len() {
        let group = section.groups.get_mut(index).expect("a group");
        group.caption = filler.text();
        group.weight = FigureCell::default();
        if points == Points::Groups {
            (group.weight, group.score) = (filler.figure(), filler.figure());
        }
        group.indicators = (0..rows)
            .map(|_| row(filler, edition, points, ids))
            .collect();
    }
}

fn row(filler: &mut Filler, edition: &Edition, points: Points, ids: &mut CountedIds) -> Indicator {
    let mut row = Indicator::blank(ids);
    row.name = filler.text();
    row.nature = "≥".into();
    row.target = filler.text().as_str().into();
    row.unit = filler.text();
    row.actual = filler.text().as_str().into();
    // Some rows have a reason of their own, others are left to the one they share.
    let own = filler.text();
    if filler.0.is_multiple_of(3) {
        row.deviation = own.into();
    }
    if points == Points::Rows {
        (row.weight, row.score) = (filler.figure(), filler.figure());
    }
    for column in &edition.indicators.columns {
        if !column.key.is_empty() {
            row.extra.insert(column.key.clone(), filler.text().into());
        }
    }
    row
}
