//! The 汇总表 over many projects.
//!
//! Amounts stand in 万元, exactly converted. What a form states and what the program computes have columns of their own. Means
//! and weighted means are rounded half up to two decimals, shares to six. What is missing or too large to be reckoned with is
//! blank, and its row says why.

mod alike;
mod departments;
mod findings;
mod full_marks;
mod indicators;
mod projects;
mod ranking;
mod ratings;
mod same;
mod sections;

use super::{Subject, facts::Facts, progress, table::Table};
use crate::sheet::chart::{self, Chart, Kind};

/// What is to be seen over many projects at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// When it was made, local time.
    pub time: jiff::civil::DateTime,
    /// Its tables, in the order in which they are shown: 项目一览, 进度 where there are deadlines, 部门汇总, 等级分布,
    /// 排名, 一级指标汇总, 一级指标, 满分情况,
    /// 同名指标汇总, 雷同文字, 全部问题, 全部指标.
    pub tables: Vec<Table>,
    /// Charts of all projects, for paper: 等级分布, 各项目预算执行率, 执行率与得分; those for which there is something to draw.
    pub charts: Vec<Chart>,
    /// What could not be taken in and why, one sentence each.
    pub remarks: Vec<String>,
}

impl Overview {
    /// The overview of these projects, in their order.
    pub fn of(subjects: &[Subject], time: jiff::civil::DateTime) -> Self {
        let facts = Facts::of(subjects);
        let (full_marks, full_remark) = full_marks::table(&facts);
        let (alike, alike_remark) = alike::table(&facts);
        let projects = facts.iter().map(|one| one.project);
        let mut remarks = projects::remarks(&facts);
        remarks.extend(overdue_remark(progress::overdue(
            projects.clone(),
            time.date(),
        )));
        remarks.extend(full_remark);
        remarks.extend(alike_remark);
        let mut tables = vec![
            projects::table(&facts),
            departments::table(&facts),
            ratings::table(&facts),
            ranking::table(&facts),
            sections::summary(&facts),
            sections::table(&facts),
            full_marks,
            same::table(&facts),
            alike,
            findings::table(&facts),
            indicators::table(&facts),
        ];
        // Without any deadline it would say no more than 项目一览.
        if projects.clone().any(|one| !one.deadlines.is_empty()) {
            tables.insert(1, progress::table(projects, time.date()));
        }
        Self {
            time,
            tables,
            charts: charts(&facts),
            remarks,
        }
    }

    /// The table with this key.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.key == key)
    }
}

fn overdue_remark(count: usize) -> Option<String> {
    (count > 0).then(|| format!("有 {count} 个项目已过期限，见“进度”。"))
}

fn charts(facts: &[Facts<'_>]) -> Vec<Chart> {
    let subjects: Vec<chart::Subject<'_>> = facts
        .iter()
        .map(|one| chart::Subject {
            project: one.project,
            edition: one.edition,
            score: &one.score,
        })
        .collect();
    let Some(first) = subjects.first() else {
        return Vec::new();
    };
    let kinds = [Kind::Ratings, Kind::Rates, Kind::Merits];
    let charts = kinds
        .into_iter()
        .map(|kind| Chart::of(kind, first, &subjects));
    charts.filter_map(Result::ok).collect()
}
