//! A blank form of an edition.

use rust_decimal::Decimal;

use super::{
    edition::{
        Edition, FieldLayout, FirstLevel, FundRole, FundRowLayout, GoalBlock, ScoredBy,
        TableLayout, TableRowLayout,
    },
    figure::FigureCell,
    id::{Id, IdSource},
    indicator::{Group, Indicator, Section},
    project::{FundRow, Goal, Project, Stage, Stated, TableRow},
    record::{KeyMap, Text},
    rows::Rows,
};

impl Project {
    /// A project with everything the edition prints on an unfilled form: captions, preset points, footnotes, and one empty
    /// row in every group.
    pub fn blank(edition: &Edition, ids: &mut dyn IdSource) -> Self {
        let blocks = &edition.goals.blocks;
        let goals = if blocks.is_empty() {
            Rows::from_iter([blank_goal(edition, None, ids)])
        } else {
            blocks
                .iter()
                .map(|block| blank_goal(edition, Some(block), ids))
                .collect()
        };
        Self {
            id: Id::new(ids),
            copied_from: None,
            edition: edition.reference(),
            stage: Stage::default(),
            money_unit: edition.money_unit,
            header: blank_fields(&edition.header),
            funds: edition
                .funds
                .rows
                .iter()
                .map(|row| blank_fund_row(edition, row, ids))
                .collect(),
            goals,
            tables: edition
                .tables
                .iter()
                .map(|table| (table.key.clone(), blank_table(table, ids)))
                .collect(),
            texts: blank_fields(&edition.texts),
            footer: blank_fields(&edition.footer),
            stated: Stated {
                title: String::new(),
                total_weight: FigureCell::default(),
                total_score: FigureCell::default(),
                rating: Default::default(),
                money_unit: edition.money_unit.to_string(),
                footnotes: edition.footnotes.clone(),
                unknown: Default::default(),
            },
            evidence: Rows::new(),
            notes: Rows::new(),
            explanations: Rows::new(),
            account: None,
            removed: Rows::new(),
            budget_adjustments: Rows::new(),
            stages: Rows::new(),
            withheld: None,
            working_paper: None,
            last_year: None,
            deadlines: Vec::new(),
            aside: None,
            unknown: Default::default(),
        }
    }
}

impl Indicator {
    /// A row in which nothing is filled in.
    pub fn blank(ids: &mut dyn IdSource) -> Self {
        Self {
            id: Id::new(ids),
            copied_from: None,
            part_of: None,
            name: String::new(),
            nature: Default::default(),
            target: Default::default(),
            unit: String::new(),
            actual: Default::default(),
            tier: None,
            method: Default::default(),
            weight: FigureCell::default(),
            score: FigureCell::default(),
            deviation: Text::default(),
            extra: KeyMap::new(),
            approved: None,
            adjustments: Vec::new(),
            unknown: Default::default(),
        }
    }
}

impl Group {
    /// A group with this caption and one blank row.
    pub fn blank(caption: &str, ids: &mut dyn IdSource) -> Self {
        Self {
            id: Id::new(ids),
            copied_from: None,
            caption: caption.to_owned(),
            weight: FigureCell::default(),
            score: FigureCell::default(),
            indicators: Rows::from_iter([Indicator::blank(ids)]),
            unknown: Default::default(),
        }
    }
}

impl Goal {
    /// A goal block with everything the edition prints on an unfilled form. `index` is its place among the blocks of the
    /// form, counted from 0; past the blocks that the edition prints it is captioned by number.
    pub fn blank(edition: &Edition, index: usize, ids: &mut dyn IdSource) -> Self {
        let layout = &edition.goals;
        let mut goal = blank_goal(edition, layout.blocks.get(index), ids);
        if goal.caption.is_empty() && layout.most_blocks > 1 {
            goal.caption = format!("{}{}", layout.caption, index + 1);
        }
        goal
    }
}

impl FundRow {
    /// A row of the person's own in which nothing is filled in.
    pub fn blank(ids: &mut dyn IdSource) -> Self {
        Self {
            id: Id::new(ids),
            copied_from: None,
            key: String::new(),
            name: String::new(),
            figures: KeyMap::new(),
            remark: Text::default(),
            unknown: Default::default(),
        }
    }
}

impl FirstLevel {
    /// What the form prints: the caption, or the name where there is none.
    pub fn printed(&self) -> &str {
        if self.caption.is_empty() {
            &self.name
        } else {
            &self.caption
        }
    }
}

fn blank_fields(fields: &[FieldLayout]) -> KeyMap<Text> {
    fields
        .iter()
        .map(|field| (field.key.clone(), Text::default()))
        .collect()
}

/// A row of the fund table as the edition prints it unfilled.
pub(crate) fn blank_fund_row(
    edition: &Edition,
    row: &FundRowLayout,
    ids: &mut dyn IdSource,
) -> FundRow {
    let points = edition
        .fund_column(FundRole::Weight)
        .filter(|_| row.scored && !edition.scoring.execution.weight.is_zero());
    FundRow {
        id: Id::new(ids),
        copied_from: None,
        key: row.key.clone(),
        name: row.caption.clone(),
        figures: points
            .map(|column| {
                let weight = FigureCell::of(edition.scoring.execution.weight);
                (column.key.clone(), weight)
            })
            .into_iter()
            .collect(),
        remark: Text::default(),
        unknown: Default::default(),
    }
}

/// A goal block as the edition prints it unfilled.
pub(crate) fn blank_goal(
    edition: &Edition,
    block: Option<&GoalBlock>,
    ids: &mut dyn IdSource,
) -> Goal {
    Goal {
        id: Id::new(ids),
        copied_from: None,
        caption: block.map(|block| block.caption.clone()).unwrap_or_default(),
        weight: preset(block.and_then(|block| block.weight)),
        expected: Text::default(),
        actual: Text::default(),
        texts: blank_fields(&edition.goals.extra),
        sections: blank_sections(edition, ids),
        reasons: Rows::new(),
        unknown: Default::default(),
    }
}

fn preset(points: Option<Decimal>) -> FigureCell {
    points.map(FigureCell::of).unwrap_or_default()
}

/// The sections that the edition prints unfilled.
pub(crate) fn blank_sections(edition: &Edition, ids: &mut dyn IdSource) -> Rows<Section> {
    let layout = &edition.indicators;
    if layout.columns.is_empty() {
        return Rows::new();
    }
    if layout.levels.is_empty() {
        return Rows::from_iter([section("", vec![Group::blank("", ids)], ids)]);
    }
    layout
        .levels
        .iter()
        .map(|level| {
            let groups = blank_groups(level, layout.scored_by, ids);
            section(level.printed(), groups, ids)
        })
        .collect()
}

/// A section with this caption.
pub(crate) fn section(caption: &str, groups: Vec<Group>, ids: &mut dyn IdSource) -> Section {
    Section {
        id: Id::new(ids),
        copied_from: None,
        caption: caption.to_owned(),
        weight: FigureCell::default(),
        score: FigureCell::default(),
        groups: groups.into_iter().collect(),
        unknown: Default::default(),
    }
}

/// The groups that a form prints unfilled under a first level.
pub(crate) fn blank_groups(
    level: &FirstLevel,
    scored_by: ScoredBy,
    ids: &mut dyn IdSource,
) -> Vec<Group> {
    if level.children.is_empty() {
        return vec![Group::blank("", ids)];
    }
    level
        .children
        .iter()
        .map(|child| {
            let mut group = Group::blank(&child.name, ids);
            if scored_by == ScoredBy::Group {
                group.weight = preset(child.weight);
            }
            group
        })
        .collect()
}

fn blank_table(table: &TableLayout, ids: &mut dyn IdSource) -> Rows<TableRow> {
    table
        .rows
        .iter()
        .map(|row| blank_table_row(table, row, ids))
        .collect()
}

/// A row of a further table as the edition prints it unfilled.
pub(crate) fn blank_table_row(
    table: &TableLayout,
    row: &TableRowLayout,
    ids: &mut dyn IdSource,
) -> TableRow {
    TableRow {
        id: Id::new(ids),
        copied_from: None,
        key: row.key.clone(),
        cells: blank_fields(&table.columns),
        unknown: Default::default(),
    }
}
