//! `show`: every field of a form as flat JSON, for programs that know nothing of the file format.

use serde::Serialize;

use crate::{
    model::{
        aside::Aside,
        budget::BudgetAdjustment,
        deadlines::Deadline,
        edition::Edition,
        figure::FigureCell,
        id::Id,
        indicator::{Adjustment, Approved, Indicator, Removed, SharedReason},
        last_year::LastYear,
        measure::Tier,
        project::{Account, Evidence, Explanation, FundRow, Goal, Note, Project, fund, header},
        record::{KeyMap, Text},
        review::{StageRecord, Withheld},
        rows::Rows,
        working_paper::WorkingPaper,
    },
    score::{ProjectScore, score_project},
};

/// A project, flat. Cells stand as typed; an empty cell is null.
#[derive(Debug, Serialize)]
pub struct FlatProject<'a> {
    id: String,
    edition: &'a str,
    stage: String,
    project: &'a str,
    project_code: &'a str,
    year: &'a str,
    department: &'a str,
    unit: &'a str,
    money_unit: String,
    header: &'a KeyMap<Text>,
    funds: Vec<FlatFund<'a>>,
    goal_expected: &'a str,
    goal_actual: &'a str,
    goals: Vec<FlatGoal<'a>>,
    sections: Vec<FlatSection<'a>>,
    groups: Vec<FlatGroup<'a>>,
    indicators: Vec<FlatIndicator<'a>>,
    shared_deviations: Vec<&'a str>,
    shared_reasons: Vec<FlatReason<'a>>,
    tables: &'a KeyMap<Rows<crate::model::project::TableRow>>,
    texts: &'a KeyMap<Text>,
    footer: &'a KeyMap<Text>,
    footnotes: &'a [String],
    stated_title: &'a str,
    stated_money_unit: &'a str,
    evidence: &'a Rows<Evidence>,
    notes: &'a Rows<Note>,
    explanations: &'a Rows<Explanation>,
    account: Option<&'a Account>,
    budget_adjustments: &'a Rows<BudgetAdjustment>,
    removed: &'a Rows<Removed>,
    aside: Option<&'a Aside>,
    working_paper: Option<&'a WorkingPaper>,
    last_year: Option<&'a LastYear>,
    deadlines: &'a [Deadline],
    stages: &'a Rows<StageRecord>,
    content: String,
    withheld: Option<&'a Withheld>,
    total: FlatTotal<'a>,
}

#[derive(Debug, Serialize)]
struct FlatFund<'a> {
    name: &'a str,
    initial: Option<&'a str>,
    adjusted: Option<&'a str>,
    executed: Option<&'a str>,
    weight: Option<&'a str>,
    rate: Option<&'a str>,
    score: Option<&'a str>,
    remark: Option<&'a str>,
    #[serde(skip_serializing_if = "KeyMap::is_empty")]
    other: KeyMap<&'a str>,
}

#[derive(Debug, Serialize)]
struct FlatGoal<'a> {
    caption: &'a str,
    weight: Option<&'a str>,
    expected: &'a str,
    actual: &'a str,
    texts: &'a KeyMap<Text>,
}

#[derive(Debug, Serialize)]
struct FlatSection<'a> {
    level1: &'a str,
    caption: &'a str,
    weight: Option<&'a str>,
    score: Option<&'a str>,
}

/// A reason in a cell that spans a first-level block, a group or a run of rows: whichever is not null.
#[derive(Debug, Serialize)]
struct FlatReason<'a> {
    level1: Option<&'a str>,
    level2: Option<&'a str>,
    indicators: Vec<&'a str>,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct FlatGroup<'a> {
    caption: &'a str,
    level1: &'a str,
    level2: &'a str,
    applicable: bool,
    weight: Option<&'a str>,
    score: Option<&'a str>,
    computed: Option<String>,
}

#[derive(Debug, Serialize)]
struct FlatIndicator<'a> {
    id: Id<Indicator>,
    part_of: Option<Id<Indicator>>,
    level1: &'a str,
    level2: &'a str,
    name: &'a str,
    nature: Option<&'a str>,
    target: Option<&'a str>,
    unit: Option<&'a str>,
    actual: Option<&'a str>,
    weight: Option<&'a str>,
    score: Option<&'a str>,
    computed: Option<String>,
    deviation: Option<&'a str>,
    tier: Option<Tier>,
    method: Option<&'a str>,
    approved: Option<&'a Approved>,
    adjustments: &'a [Adjustment],
    applicable: bool,
    #[serde(skip_serializing_if = "KeyMap::is_empty")]
    other: KeyMap<&'a str>,
}

#[derive(Debug, Serialize)]
struct FlatTotal<'a> {
    weight: Option<&'a str>,
    score: Option<&'a str>,
    rating: Option<&'a str>,
    computed: Option<String>,
    computed_rating: Option<String>,
}

impl<'a> FlatProject<'a> {
    /// The flat form of a project; nothing computed where its edition is not at hand.
    pub fn new(project: &'a Project, edition: Option<&Edition>) -> Self {
        let score = edition.map(|edition| score_project(project, edition));
        let total = score.as_ref().map(|score| &score.total);
        let goal = project.goals.first();
        Self {
            id: project.id.to_string(),
            edition: &project.edition.id,
            stage: project.stage.to_string(),
            project: project.name(),
            project_code: project.header(header::PROJECT_CODE),
            year: project.header(header::YEAR),
            department: project.header(header::DEPARTMENT),
            unit: project.header(header::UNIT),
            money_unit: project.money_unit.to_string(),
            header: &project.header,
            funds: project.funds.iter().map(|row| flat_fund(row)).collect(),
            goal_expected: goal.map_or("", |goal| &goal.expected),
            goal_actual: goal.map_or("", |goal| &goal.actual),
            goals: flat_goals(project),
            sections: flat_sections(project),
            groups: flat_groups(project, score.as_ref()),
            indicators: flat_indicators(project, score.as_ref()),
            shared_deviations: project
                .goals
                .iter()
                .flat_map(|goal| goal.reasons.iter())
                .map(|reason| &*reason.text)
                .collect(),
            shared_reasons: flat_reasons(project),
            tables: &project.tables,
            texts: &project.texts,
            footer: &project.footer,
            footnotes: &project.stated.footnotes,
            stated_title: &project.stated.title,
            stated_money_unit: &project.stated.money_unit,
            evidence: &project.evidence,
            notes: &project.notes,
            explanations: &project.explanations,
            account: project.account.as_ref(),
            budget_adjustments: &project.budget_adjustments,
            removed: &project.removed,
            aside: project.aside.as_ref(),
            working_paper: project.working_paper.as_ref(),
            last_year: project.last_year.as_ref(),
            deadlines: &project.deadlines,
            stages: &project.stages,
            content: project.content_hash().to_string(),
            withheld: project.withheld.as_ref(),
            total: FlatTotal {
                weight: typed(&project.stated.total_weight),
                score: typed(&project.stated.total_score),
                rating: filled(project.stated.rating.text()),
                computed: total.and_then(|total| text_of(total.computed)),
                computed_rating: total.and_then(|total| text_of(total.rating)),
            },
        }
    }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn typed(cell: &FigureCell) -> Option<&str> {
    filled(cell.text())
}

fn flat_fund(row: &FundRow) -> FlatFund<'_> {
    const NAMED: [&str; 6] = [
        fund::INITIAL,
        fund::ADJUSTED,
        fund::EXECUTED,
        fund::WEIGHT,
        fund::RATE,
        fund::SCORE,
    ];
    FlatFund {
        name: &row.name,
        initial: typed(row.figure(fund::INITIAL)),
        adjusted: typed(row.figure(fund::ADJUSTED)),
        executed: typed(row.figure(fund::EXECUTED)),
        weight: typed(row.figure(fund::WEIGHT)),
        rate: typed(row.figure(fund::RATE)),
        score: typed(row.figure(fund::SCORE)),
        remark: filled(&row.remark),
        other: row
            .figures
            .iter()
            .filter(|(key, _)| !NAMED.contains(&key.as_str()))
            .map(|(key, cell)| (key.clone(), cell.text()))
            .collect(),
    }
}

fn flat_goals(project: &Project) -> Vec<FlatGoal<'_>> {
    project
        .goals
        .iter()
        .map(|goal| FlatGoal {
            caption: &goal.caption,
            weight: typed(&goal.weight),
            expected: &goal.expected,
            actual: &goal.actual,
            texts: &goal.texts,
        })
        .collect()
}

fn flat_sections(project: &Project) -> Vec<FlatSection<'_>> {
    project
        .goals
        .iter()
        .flat_map(|goal| goal.sections.iter())
        .map(|section| FlatSection {
            level1: section.name(),
            caption: &section.caption,
            weight: typed(&section.weight),
            score: typed(&section.score),
        })
        .collect()
}

fn flat_reasons(project: &Project) -> Vec<FlatReason<'_>> {
    project
        .goals
        .iter()
        .flat_map(|goal| goal.reasons.iter().map(move |reason| (goal, reason)))
        .map(|(goal, reason)| flat_reason(goal, reason))
        .collect()
}

fn flat_reason<'a>(goal: &'a Goal, reason: &'a SharedReason) -> FlatReason<'a> {
    let groups = || {
        goal.sections
            .iter()
            .flat_map(|section| section.groups.iter())
    };
    let section = goal
        .sections
        .iter()
        .find(|section| reason.section == Some(section.id));
    let group = groups().find(|group| reason.group == Some(group.id));
    FlatReason {
        level1: section.map(|section| section.name()),
        level2: group.map(|group| group.name()),
        indicators: groups()
            .flat_map(|group| group.indicators.iter())
            .filter(|row| reason.rows.contains(&row.id))
            .map(|row| &*row.name)
            .collect(),
        text: &reason.text,
    }
}

fn flat_groups<'a>(project: &'a Project, score: Option<&ProjectScore>) -> Vec<FlatGroup<'a>> {
    let mut scores = score
        .into_iter()
        .flat_map(|score| &score.goals)
        .flat_map(|goal| goal.sections.iter().flat_map(|section| &section.groups));
    project
        .groups()
        .map(|view| FlatGroup {
            caption: &view.group.caption,
            level1: view.section.name(),
            level2: view.group.name(),
            applicable: view.group.is_applicable(),
            weight: typed(&view.group.weight),
            score: typed(&view.group.score),
            computed: scores.next().and_then(|score| text_of(score.computed)),
        })
        .collect()
}

fn flat_indicators<'a>(
    project: &'a Project,
    score: Option<&ProjectScore>,
) -> Vec<FlatIndicator<'a>> {
    let mut scores = score
        .into_iter()
        .flat_map(|score| &score.goals)
        .flat_map(|goal| &goal.sections)
        .flat_map(|section| section.groups.iter().flat_map(|group| &group.members));
    project
        .rows()
        .map(|view| {
            let row = view.indicator;
            FlatIndicator {
                id: row.id,
                part_of: row.part_of,
                level1: view.section.name(),
                level2: view.group.name(),
                name: &row.name,
                nature: filled(row.nature.text()),
                target: filled(row.target.text()),
                unit: filled(&row.unit),
                actual: filled(row.actual.text()),
                weight: typed(&row.weight),
                score: typed(&row.score),
                computed: scores.next().and_then(|score| text_of(score.computed)),
                deviation: filled(&row.deviation),
                tier: row.tier,
                method: filled(row.method.text()),
                approved: row.approved.as_ref(),
                adjustments: &row.adjustments,
                applicable: row.is_applicable(),
                other: row
                    .extra
                    .iter()
                    .map(|(key, text)| (key.clone(), &**text))
                    .collect(),
            }
        })
        .collect()
}

fn text_of(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
