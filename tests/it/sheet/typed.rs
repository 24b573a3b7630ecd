//! What a form says, field by field, for comparing with what is printed.

use jiping::model::{
    edition::{Edition, FieldKind, FieldLayout, IndicatorRole, TotalPlace},
    indicator::{Group, Indicator, Section},
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    project::{Goal, Project},
    record::{KeyMap, Text},
};

/// Every text of a project in a field that its edition prints, with its place. Blank ones are left out.
pub fn printed_texts(project: &Project, edition: &Edition) -> Vec<(Place, String)> {
    let mut texts = Texts {
        edition,
        found: Vec::new(),
    };
    texts.fields(&edition.header, &project.header, Place::Header);
    texts.funds(project);
    for goal in project.goals.iter() {
        texts.goal(goal);
    }
    for layout in &edition.tables {
        for row in project
            .tables
            .get(&layout.key)
            .into_iter()
            .flat_map(|rows| rows.iter())
        {
            texts.fields(&layout.columns, &row.cells, |key| {
                Place::Table(layout.key.clone(), row.id, key)
            });
        }
    }
    texts.fields(&edition.texts, &project.texts, Place::Text);
    texts.fields(&edition.footer, &project.footer, Place::Footer);
    texts.stated(project);
    texts.found.retain(|(_, text)| !text.trim().is_empty());
    texts.found
}

struct Texts<'a> {
    edition: &'a Edition,
    found: Vec<(Place, String)>,
}

impl Texts<'_> {
    fn add(&mut self, place: Place, text: &str) {
        self.found.push((place, text.to_owned()));
    }

    fn fields(
        &mut self,
        layout: &[FieldLayout],
        filled: &KeyMap<Text>,
        place: impl Fn(String) -> Place,
    ) {
        for field in layout {
            let text = filled.get(&field.key).map_or("", |text| text);
            match field.kind {
                FieldKind::Choice | FieldKind::Choices => {
                    for choice in text.split(['、', '，', ',', ';', '；', '\n']) {
                        self.add(place(field.key.clone()), choice.trim());
                    }
                }
                // The title says 年 itself.
                FieldKind::Year => self.add(
                    place(field.key.clone()),
                    text.trim().trim_end_matches('度').trim_end_matches('年'),
                ),
                _ => self.add(place(field.key.clone()), text),
            }
        }
    }

    fn funds(&mut self, project: &Project) {
        for row in project.funds.iter() {
            self.add(Place::Fund(row.id, "name".into()), &row.name);
            for column in &self.edition.funds.columns {
                let place = |key: &str| Place::Fund(row.id, key.into());
                match column.role {
                    jiping::model::edition::FundRole::Remark => {
                        self.add(place("remark"), &row.remark);
                    }
                    _ => self.add(place(&column.key), row.figure(&column.key).text()),
                }
            }
        }
    }

    fn goal(&mut self, goal: &Goal) {
        let place = |field| Place::Goal(goal.id, field);
        self.add(place(GoalField::Caption), goal.caption.trim());
        self.add(place(GoalField::Weight), goal.weight.text().trim());
        self.add(place(GoalField::Expected), &goal.expected);
        if self.edition.goals.has_actual() {
            self.add(place(GoalField::Actual), &goal.actual);
        }
        self.fields(&self.edition.goals.extra, &goal.texts, |key| {
            place(GoalField::Text(key))
        });
        for section in goal.sections.iter() {
            self.section(section);
        }
        if self.has(IndicatorRole::Deviation) {
            for reason in goal.reasons.iter() {
                self.add(Place::Reason(reason.id), &reason.text);
            }
        }
    }

    fn has(&self, role: IndicatorRole) -> bool {
        self.edition.has_column(role)
    }

    fn section(&mut self, section: &Section) {
        let place = |field| Place::Section(section.id, field);
        // A form without the level has no cells of it.
        if self.has(IndicatorRole::Level1) {
            self.add(place(BlockField::Caption), &section.caption);
            if self.has(IndicatorRole::Weight) {
                self.add(place(BlockField::Weight), section.weight.text());
            }
            if self.has(IndicatorRole::Score) {
                self.add(place(BlockField::Score), section.score.text());
            }
        }
        for group in section.groups.iter() {
            self.group(group);
        }
    }

    fn group(&mut self, group: &Group) {
        let place = |field| Place::Group(group.id, field);
        // A form without the level has no cells of it.
        if self.has(IndicatorRole::Level2) {
            self.add(place(BlockField::Caption), &group.caption);
            if self.has(IndicatorRole::Weight) {
                self.add(place(BlockField::Weight), group.weight.text());
            }
            if self.has(IndicatorRole::Score) {
                self.add(place(BlockField::Score), group.score.text());
            }
        }
        for row in group.indicators.iter() {
            self.row(row);
        }
    }

    fn row(&mut self, row: &Indicator) {
        for column in &self.edition.indicators.columns {
            let field = match column.role {
                IndicatorRole::Level1 | IndicatorRole::Level2 => continue,
                IndicatorRole::Name => IndicatorField::Name,
                IndicatorRole::Nature => IndicatorField::Nature,
                IndicatorRole::Target => IndicatorField::Target,
                IndicatorRole::Unit => IndicatorField::Unit,
                IndicatorRole::Actual => IndicatorField::Actual,
                IndicatorRole::Weight => IndicatorField::Weight,
                IndicatorRole::Score => IndicatorField::Score,
                IndicatorRole::Deviation => IndicatorField::Deviation,
                IndicatorRole::Extra => IndicatorField::Extra(column.key.clone()),
            };
            let text = row.cell_text(&field).into_owned();
            self.add(Place::Indicator(row.id, field), &text);
        }
    }

    fn stated(&mut self, project: &Project) {
        let stated = &project.stated;
        let layout = &self.edition.totals;
        self.add(Place::Stated(StatedField::Title), stated.title.trim());
        if !layout.caption.is_empty() {
            if layout.weight && layout.place == TotalPlace::Row && self.has(IndicatorRole::Weight) {
                self.add(
                    Place::Stated(StatedField::TotalWeight),
                    stated.total_weight.text(),
                );
            }
            if layout.score {
                self.add(
                    Place::Stated(StatedField::TotalScore),
                    stated.total_score.text(),
                );
            }
            if layout.rating {
                self.add(Place::Stated(StatedField::Rating), stated.rating.text());
            }
        }
        for (index, note) in stated.footnotes.iter().enumerate() {
            self.add(Place::Stated(StatedField::Footnote(index)), note);
        }
    }
}
