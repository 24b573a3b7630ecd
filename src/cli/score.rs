//! `score`: what a form is worth, with the working.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Serialize;

use super::one_line::one_line;
use crate::{
    model::{
        edition::{Edition, FundRole},
        indicator::Group,
        numeral::plain,
        path::{BlockField, IndicatorField, Place},
        project::Project,
    },
    score::{Explained, GroupScore, IndicatorScore, ProjectScore, explained, score_project},
};

/// The scores of a project as text for people.
pub fn as_text(project: &Project, edition: &Edition) -> String {
    let score = score_project(project, edition);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}  {}\n",
        one_line(project.name()),
        one_line(&edition.name)
    );
    write_execution(&mut text, &score);
    for (goal, goal_score) in project.goals.iter().zip(&score.goals) {
        for (section, section_score) in goal.sections.iter().zip(&goal_score.sections) {
            let _ = writeln!(
                text,
                "{}  分值 {}  填报 {}  测算 {}",
                one_line(&section.caption),
                plain(section_score.weight.value),
                plain(section_score.filed.value),
                points(section_score.computed)
            );
            for (group, group_score) in section.groups.iter().zip(&section_score.groups) {
                write_group(&mut text, group, group_score);
            }
            text.push('\n');
        }
    }
    write_total(&mut text, project, &score);
    text
}

fn points(points: Option<Decimal>) -> String {
    points.map_or_else(|| "—".into(), |points| points.to_string())
}

fn working(score: &impl std::fmt::Display) -> String {
    let working = one_line(&score.to_string());
    if working.is_empty() {
        working
    } else {
        format!("    {working}")
    }
}

fn write_execution(text: &mut String, score: &ProjectScore) {
    let execution = &score.execution;
    let _ = writeln!(
        text,
        "预算执行率  分值 {}  填报 {}  测算 {}{}\n",
        execution.weight.map_or_else(|| "—".into(), plain),
        execution.filed.map_or_else(|| "—".into(), plain),
        points(execution.score),
        working(&execution.working)
    );
}

fn write_group(text: &mut String, group: &Group, score: &GroupScore) {
    if !score.applicable {
        let _ = writeln!(text, "  {}  不适用", one_line(&group.caption));
        return;
    }
    let _ = write!(
        text,
        "  {}  分值 {}  填报 {}",
        one_line(&group.caption),
        plain(score.weight.value),
        plain(score.filed.value)
    );
    if score.as_one {
        let computed = score
            .computed
            .map_or_else(|| "暂不能测算".into(), |points| points.to_string());
        let _ = writeln!(text, "  测算 {computed}{}", working(&score.working));
        return;
    }
    text.push('\n');
    let rows = group.indicators.iter().zip(&score.members).enumerate();
    for (index, (row, member)) in rows.filter(|(_, (_, member))| member.counts) {
        let _ = writeln!(
            text,
            "    {}. {}{}",
            index + 1,
            one_line(&row.name),
            row_score(member)
        );
    }
}

fn row_score(member: &IndicatorScore) -> String {
    format!(
        "  分值 {}  填报 {}  测算 {}{}",
        member.weight.map_or_else(|| "—".into(), plain),
        member.filed.map_or_else(|| "—".into(), plain),
        points(member.computed),
        working(&member.working)
    )
}

fn write_total(text: &mut String, project: &Project, score: &ProjectScore) {
    let total = &score.total;
    let stated = match project.stated.total_score.text() {
        "" => "—".into(),
        stated => one_line(stated),
    };
    let _ = writeln!(
        text,
        "总分  分值 {}  填报 {stated}  各项填报得分合计 {}  测算 {}",
        plain(total.weight.value),
        plain(total.filed.value),
        points(total.computed)
    );
    if let Some(per_hundred) = total.per_hundred {
        let _ = writeln!(text, "百分制折算 {per_hundred}");
    }
    if let Some(rating) = total.rating {
        let _ = writeln!(text, "评价等级 {rating}");
    }
}

/// The scores of a project for programs. Numbers are decimal texts, so that no program reads them as floats.
#[derive(Debug, Serialize)]
pub struct ScoreOutput<'a> {
    project: &'a str,
    edition: &'a str,
    execution: ItemOutput<'a>,
    rate: Option<String>,
    groups: Vec<ItemOutput<'a>>,
    indicators: Vec<ItemOutput<'a>>,
    total: TotalOutput<'a>,
}

#[derive(Debug, Serialize)]
struct ItemOutput<'a> {
    level1: &'a str,
    level2: &'a str,
    name: &'a str,
    weight: Option<String>,
    filed: Option<String>,
    computed: Option<String>,
    working: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationOutput>,
}

/// Formula, rounding and basis of a score; what goes in stands in the form.
#[derive(Debug, Serialize)]
struct ExplanationOutput {
    formula: String,
    rounding: String,
    basis: String,
    verified: bool,
}

impl From<Explained> for ExplanationOutput {
    fn from(explained: Explained) -> Self {
        Self {
            formula: explained.formula,
            rounding: explained.rounding,
            basis: explained.basis,
            verified: explained.verified,
        }
    }
}

#[derive(Debug, Serialize)]
struct TotalOutput<'a> {
    weight: String,
    stated: &'a str,
    filed: String,
    computed: Option<String>,
    per_hundred: Option<String>,
    rating: Option<String>,
}

/// Puts the scores into the shape for programs.
pub fn as_json<'a>(project: &'a Project, edition: &'a Edition) -> ScoreOutput<'a> {
    let score = score_project(project, edition);
    let group_scores = score
        .goals
        .iter()
        .flat_map(|goal| goal.sections.iter().flat_map(|section| &section.groups));
    let explain =
        |place: Place| explained(project, edition, &score, &place).map(ExplanationOutput::from);
    let mut groups = Vec::new();
    let mut indicators = Vec::new();
    for (view, group) in project.groups().zip(group_scores) {
        let (level1, level2) = (view.section.name(), view.group.name());
        groups.push(ItemOutput {
            level1,
            level2,
            name: level2,
            weight: Some(group.weight.value.to_string()),
            filed: Some(group.filed.value.to_string()),
            computed: text_of(group.computed),
            working: group.working.to_string(),
            explanation: explain(Place::Group(view.group.id, BlockField::Score))
                .filter(|_| group.as_one),
        });
        for (row, member) in view.group.indicators.iter().zip(&group.members) {
            indicators.push(ItemOutput {
                level1,
                level2,
                name: &row.name,
                weight: text_of(member.weight),
                filed: text_of(member.filed),
                computed: text_of(member.computed),
                working: member.working.to_string(),
                explanation: explain(Place::Indicator(row.id, IndicatorField::Score)),
            });
        }
    }
    let execution = &score.execution;
    ScoreOutput {
        project: project.name(),
        edition: &edition.id,
        execution: ItemOutput {
            level1: "",
            level2: "",
            name: "预算执行率",
            weight: text_of(execution.weight),
            filed: text_of(execution.filed),
            computed: text_of(execution.score),
            working: execution.working.to_string(),
            explanation: execution
                .row
                .and_then(|at| project.funds.get(at))
                .zip(edition.fund_column(FundRole::Score))
                .and_then(|(row, column)| explain(Place::Fund(row.id, column.key.clone()))),
        },
        rate: text_of(execution.rate),
        groups,
        indicators,
        total: TotalOutput {
            weight: score.total.weight.value.to_string(),
            stated: project.stated.total_score.text(),
            filed: score.total.filed.value.to_string(),
            computed: text_of(score.total.computed),
            per_hundred: text_of(score.total.per_hundred),
            rating: score.total.rating.map(|rating| rating.to_string()),
        },
    }
}

fn text_of(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.to_string())
}
