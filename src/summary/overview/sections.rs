//! 一级指标: weights and scores by section, of each project and of all together.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::{
    model::{folding::folded, project::header},
    summary::{
        facts::{Facts, share_of},
        table::{Filled, Table, Value},
    },
};

/// 预算执行率 counts as a section: it has points of its own.
const EXECUTION: &str = "预算执行率";

/// A section of a project.
struct Part<'f, 'a> {
    facts: &'f Facts<'a>,
    goal_number: usize,
    name: &'a str,
    indicators: usize,
    weight: Option<Decimal>,
    filed: Option<Decimal>,
    computed: Option<Decimal>,
}

impl Part<'_, '_> {
    fn share(&self) -> Option<Decimal> {
        share_of(self.filed?, self.weight?)
    }
}

fn parts<'f, 'a>(facts: &'f Facts<'a>) -> impl Iterator<Item = Part<'f, 'a>> {
    let execution = &facts.score.execution;
    let is_scored = execution.weight.is_some() || execution.filed.is_some();
    let execution = is_scored.then_some(Part {
        facts,
        goal_number: 0,
        name: EXECUTION,
        indicators: 0,
        weight: execution.weight,
        filed: execution.filed,
        computed: execution.score,
    });
    let sections = facts.sections().map(move |one| Part {
        facts,
        goal_number: one.goal_number,
        name: match one.section.name() {
            "" => "绩效指标",
            name => name,
        },
        indicators: one
            .section
            .groups
            .iter()
            .map(|group| group.indicators.len())
            .sum(),
        weight: (one.score.weight.count > 0).then_some(one.score.weight.value),
        filed: (one.score.filed.count > 0).then_some(one.score.filed.value),
        computed: one.score.computed,
    });
    execution.into_iter().chain(sections)
}

/// 一级指标得分: a row for each section of each project.
pub(super) fn table(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Part<'_, '_>>> = vec![
        Filled("project_name", "项目名称", 16, |one| {
            Value::text(one.facts.name())
        }),
        Filled("unit", "实施单位", 12, |one| {
            Value::text(one.facts.header(header::UNIT))
        }),
        Filled("year", "年度", 4, |one| {
            Value::text(one.facts.header(header::YEAR))
        }),
        Filled("goal_number", "目标", 3, |one| match one.goal_number {
            0 => Value::Blank,
            number => Value::Count(number),
        }),
        Filled("section", "一级指标", 9, |one| Value::text(one.name)),
        Filled("indicators", "指标数", 4, |one| match one.goal_number {
            0 => Value::Blank,
            _ => Value::Count(one.indicators),
        }),
        Filled("weight", "分值", 5, |one| Value::number(one.weight)),
        Filled("score_stated", "得分（填报）", 5, |one| {
            Value::number(one.filed)
        }),
        Filled("score_computed", "得分（测算）", 5, |one| {
            Value::number(one.computed)
        }),
        Filled("share", "得分率", 5, |one| Value::share(one.share())),
        Filled("file", "文件", 14, |one| {
            Value::text(&one.facts.subject.file)
        }),
    ];
    Table::of(
        "sections",
        "一级指标",
        &columns,
        facts.iter().flat_map(parts),
    )
}

/// Sections of the same name in all projects.
struct Together<'a> {
    name: &'a str,
    projects: usize,
    /// Of those with weight and score.
    weight: Option<Decimal>,
    filed: Option<Decimal>,
    complete: usize,
    full: usize,
    lowest: Option<(Decimal, &'a str)>,
}

/// 一级指标汇总: a row for each section's name.
pub(super) fn summary(facts: &[Facts<'_>]) -> Table {
    let columns: Vec<Filled<Together<'_>>> = vec![
        Filled("section", "一级指标", 10, |one| Value::text(one.name)),
        Filled("projects", "项目数", 4, |one| Value::Count(one.projects)),
        Filled("complete", "有分值和得分的", 6, |one| {
            Value::Count(one.complete)
        }),
        Filled("weight", "分值合计", 6, |one| Value::number(one.weight)),
        Filled("score_stated", "得分合计", 6, |one| {
            Value::number(one.filed)
        }),
        Filled("share", "得分率", 6, |one| {
            Value::share(
                one.weight
                    .zip(one.filed)
                    .and_then(|(weight, filed)| share_of(filed, weight)),
            )
        }),
        Filled("full", "满分项目数", 5, |one| Value::Count(one.full)),
        Filled("lowest", "最低得分率", 6, |one| {
            Value::share(one.lowest.map(|lowest| lowest.0))
        }),
        Filled("lowest_project", "得分率最低的项目", 18, |one| {
            Value::text(one.lowest.map_or("", |lowest| lowest.1))
        }),
    ];
    Table::of("section_totals", "一级指标汇总", &columns, together(facts))
}

fn together<'a>(facts: &[Facts<'a>]) -> Vec<Together<'a>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<Together<'a>> = Vec::new();
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for (number, one) in facts.iter().enumerate() {
        for part in parts(one) {
            let place = *places.entry(folded(part.name)).or_insert_with(|| {
                all.push(Together::new(part.name));
                all.len() - 1
            });
            // A form with several goals has several sections of a name.
            if seen.insert(place, number) != Some(number) {
                all[place].projects += 1;
            }
            all[place].add(&part);
        }
    }
    all
}

impl<'a> Together<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            projects: 0,
            weight: Some(Decimal::ZERO),
            filed: Some(Decimal::ZERO),
            complete: 0,
            full: 0,
            lowest: None,
        }
    }

    fn add(&mut self, part: &Part<'_, 'a>) {
        let (Some(weight), Some(filed)) = (part.weight, part.filed) else {
            return;
        };
        self.complete += 1;
        self.weight = self.weight.and_then(|sum| sum.checked_add(weight));
        self.filed = self.filed.and_then(|sum| sum.checked_add(filed));
        self.full += usize::from(filed >= weight && weight > Decimal::ZERO);
        if let Some(share) = part.share()
            && self.lowest.is_none_or(|(lowest, _)| share < lowest)
        {
            self.lowest = Some((share, part.facts.name()));
        }
    }
}
