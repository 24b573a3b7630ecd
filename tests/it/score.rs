//! Worked examples of scoring, each table readable by a finance officer, and what holds for all numbers.

mod execution;
mod explained;
mod filed;
mod forms;
mod groups;
mod laws;
mod methods;
mod qualitative;
mod quantitative;
mod splits;
mod totals;

use std::sync::Arc;

use jiping::{
    model::{
        edition::Edition,
        figure::{FigureCell, MoneyUnit},
        id::CountedIds,
        indicator::{Group, Indicator, Section},
        policy::ScoringPolicy,
        project::Project,
    },
    score::{GroupScore, IndicatorScore, ProjectScore, Verdict, score_project},
    store::editions::EditionShelf,
};
use rust_decimal::Decimal;

/// The edition of the Ministry of Finance with changed policies.
fn edition(change: impl FnOnce(&mut ScoringPolicy)) -> Edition {
    let shelf = EditionShelf::built_in();
    let shelved = shelf
        .list()
        .iter()
        .find(|shelved| shelved.edition.id == "mof-2020")
        .expect("shipped");
    let mut edition = Edition::clone(&shelved.edition);
    change(&mut edition.scoring);
    edition
}

fn usual() -> Edition {
    edition(|_| {})
}

/// A row: name, target, actual value, points.
fn row(name: &str, target: &str, actual: &str, weight: &str) -> Indicator {
    let mut row = Indicator::blank(&mut CountedIds(0));
    row.name = name.into();
    row.target = target.into();
    row.actual = actual.into();
    row.weight = weight.into();
    row
}

/// A group of rows; `weight` in its merged cell, or empty.
fn group(caption: &str, weight: &str, rows: impl IntoIterator<Item = Indicator>) -> Group {
    let mut group = Group::blank(caption, &mut CountedIds(0));
    group.weight = weight.into();
    group.indicators = rows.into_iter().collect();
    group
}

/// A form of 2020 with one section of these groups.
fn form(edition: &Edition, groups: impl IntoIterator<Item = Group>) -> Project {
    let mut project = Project::blank(edition, &mut CountedIds(0));
    project.header.insert("year".into(), Arc::from("2020年"));
    let goal = project.goals.get_mut(0).expect("a blank form has a goal");
    let mut section: Section = goal.sections.first().expect("a section").as_ref().clone();
    section.caption = "产出指标".into();
    section.groups = groups.into_iter().collect();
    goal.sections = [section].into_iter().collect();
    project
}

fn scored(edition: &Edition, groups: impl IntoIterator<Item = Group>) -> ProjectScore {
    score_project(&form(edition, groups), edition)
}

/// The score of one row in a group of this caption.
fn score_row(edition: &Edition, caption: &str, row: Indicator) -> IndicatorScore {
    score_group(edition, group(caption, "", [row]))
        .members
        .remove(0)
}

fn score_group(edition: &Edition, group: Group) -> GroupScore {
    scored(edition, [group])
        .goals
        .remove(0)
        .sections
        .remove(0)
        .groups
        .remove(0)
}

/// A form with these amounts, points and score in the scored fund row.
fn with_funds(edition: &Edition, figures: &[(&str, &str)]) -> Project {
    let mut project = form(edition, []);
    project.money_unit = MoneyUnit::Yuan;
    let total = project.funds.get_mut(0).expect("a fund row");
    for (column, text) in figures {
        total
            .figures
            .insert((*column).into(), FigureCell::new(*text));
    }
    project
}

fn shown(number: Option<Decimal>) -> String {
    number.map_or_else(|| "—".into(), |number| number.to_string())
}

fn verdict(score: &IndicatorScore) -> &'static str {
    match score.verdict {
        Verdict::Met => "达成",
        Verdict::Missed => "未达成",
        Verdict::Open(_) => "不能判断",
        Verdict::NotJudged => "不参与",
    }
}
