//! How two states of a document differ, in a few words: "3 个项目有改动，共 12 处单元格".

use std::{borrow::Cow, collections::BTreeMap, fmt};

use crate::model::{
    document::Document,
    path::{BlockField, GoalField, IndicatorField, Place, StatedField},
    project::{Goal, Project},
};

/// How many projects and cells are different.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Projects in both, but not the same in both.
    pub changed: usize,
    /// Projects that only the newer state has.
    pub added: usize,
    /// Projects that only the older state has.
    pub removed: usize,
    /// Cells of the projects in both whose text differs, those of rows that only one of them has included.
    pub cells: usize,
}

impl Difference {
    /// What `newer` has changed in `older`. Projects are told apart by their ids.
    pub fn between(older: &Document, newer: &Document) -> Self {
        let mut difference = Self::default();
        for project in newer.projects.iter() {
            match older.project(project.id) {
                None => difference.added += 1,
                Some(before) if before == project => {}
                Some(before) => {
                    difference.changed += 1;
                    difference.cells += changed_cells(before, project);
                }
            }
        }
        difference.removed = older
            .projects
            .iter()
            .filter(|project| newer.project(project.id).is_none())
            .count();
        difference
    }

    /// Whether the projects are the same.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            changed,
            added,
            removed,
            cells,
        } = self;
        let parts = [
            (*changed > 0).then(|| match cells {
                0 => format!("{changed} 个项目有改动"),
                _ => format!("{changed} 个项目有改动，共 {cells} 处单元格"),
            }),
            (*added > 0).then(|| format!("新增 {added} 个项目")),
            (*removed > 0).then(|| format!("删除 {removed} 个项目")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts[..] {
            [] => f.write_str("各项目内容相同"),
            _ => f.write_str(&parts.join("；")),
        }
    }
}

/// Texts that are not empty, by their places. A place without one counts as an empty cell.
type Cells<'a> = BTreeMap<Place, Cow<'a, str>>;

fn changed_cells(older: &Project, newer: &Project) -> usize {
    let (older, newer) = (cells(older), cells(newer));
    let only_older = older.keys().filter(|place| !newer.contains_key(place));
    let different = newer
        .iter()
        .filter(|(place, text)| older.get(place) != Some(text));
    only_older.count() + different.count()
}

fn cells(project: &Project) -> Cells<'_> {
    let mut cells = Cells::new();
    let mut add = |place: Place, text: Cow<'_, str>| {
        if !text.is_empty() {
            cells.insert(place, text.into_owned().into());
        }
    };
    let fields = [
        (&project.header, Place::Header as fn(String) -> Place),
        (&project.texts, Place::Text),
        (&project.footer, Place::Footer),
    ];
    for (texts, place) in fields {
        texts
            .iter()
            .for_each(|(key, text)| add(place(key.clone()), (&**text).into()));
    }
    for row in project.funds.iter() {
        add(Place::Fund(row.id, "name".into()), row.name.as_str().into());
        add(Place::Fund(row.id, "remark".into()), (&*row.remark).into());
        for (column, figure) in &row.figures {
            add(Place::Fund(row.id, column.clone()), figure.text().into());
        }
    }
    for (table, rows) in &project.tables {
        for row in rows.iter() {
            for (column, text) in &row.cells {
                let place = Place::Table(table.clone(), row.id, column.clone());
                add(place, (&**text).into());
            }
        }
    }
    for place in
        stated_places(project).chain(project.goals.iter().flat_map(|goal| goal_places(goal)))
    {
        if let Some(text) = project.cell_text(&place) {
            add(place, text);
        }
    }
    for (cell, text) in project.paper_texts() {
        add(Place::Paper(cell), text.into());
    }
    for view in project.rows() {
        let row = view.indicator;
        let extra = row.extra.keys().cloned().map(IndicatorField::Extra);
        for field in ROW_FIELDS.into_iter().chain(extra) {
            let text = row.cell_text(&field);
            add(Place::Indicator(row.id, field), text);
        }
    }
    cells
}

const ROW_FIELDS: [IndicatorField; 9] = [
    IndicatorField::Name,
    IndicatorField::Nature,
    IndicatorField::Target,
    IndicatorField::Unit,
    IndicatorField::Actual,
    IndicatorField::Tier,
    IndicatorField::Weight,
    IndicatorField::Score,
    IndicatorField::Deviation,
];

fn stated_places(project: &Project) -> impl Iterator<Item = Place> {
    let footnotes = 0..project.stated.footnotes.len();
    [
        StatedField::Title,
        StatedField::TotalWeight,
        StatedField::TotalScore,
        StatedField::Rating,
        StatedField::MoneyUnit,
    ]
    .into_iter()
    .chain(footnotes.map(StatedField::Footnote))
    .map(Place::Stated)
}

/// The places of a goal block, its sections, groups and shared reasons; not those of its rows.
fn goal_places(goal: &Goal) -> Vec<Place> {
    const BLOCK: [BlockField; 3] = [BlockField::Caption, BlockField::Weight, BlockField::Score];
    let own = [
        GoalField::Caption,
        GoalField::Weight,
        GoalField::Expected,
        GoalField::Actual,
    ];
    let texts = goal.texts.keys().cloned().map(GoalField::Text);
    let mut places: Vec<Place> = own
        .into_iter()
        .chain(texts)
        .map(|field| Place::Goal(goal.id, field))
        .collect();
    for section in goal.sections.iter() {
        places.extend(BLOCK.map(|field| Place::Section(section.id, field)));
        for group in section.groups.iter() {
            places.extend(BLOCK.map(|field| Place::Group(group.id, field)));
        }
    }
    places.extend(goal.reasons.iter().map(|reason| Place::Reason(reason.id)));
    places
}
