//! What a form is worth: pure functions from an edition's policies and the filed values to scores whose working can be
//! shown. The number a person typed stands; the computed one stands beside it.

pub mod comparator;
mod deadline;
mod deviation;
mod execution;
mod explained;
pub mod explanation;
pub mod fraction;
mod group;
mod judgement;
mod method;
pub mod outcome;
mod qualitative;
mod quantitative;
mod split;
mod total;
mod unit;
mod yes_no;

pub use deviation::deviation;
pub use execution::{ExecutionRate, execution_rate, execution_score};
pub use explained::{Explained, explained};
pub use group::score_row;
pub use outcome::*;
pub use quantitative::may_pass_hundred;
pub use split::{Split, SplitHow, SplitRow, group_splits};
pub use total::{per_hundred, rating};
pub use unit::{converted, says_the_same};

use crate::model::{edition::Edition, project::Project};

/// Scores a whole form.
///
/// Nothing is formatted here and nothing is allocated but the lists of the outcome: every check begins with it.
pub fn score_project(project: &Project, edition: &Edition) -> ProjectScore {
    let context = group::Context::new(edition, project.year());
    let mut goals: Vec<GoalScore> = project
        .goals
        .iter()
        .map(|goal| GoalScore {
            sections: goal
                .sections
                .iter()
                .map(|section| total::section(section, context))
                .collect(),
            by_ratio: None,
        })
        .collect();
    let execution = execution::score(project, edition);
    total::by_ratio(project, edition, &execution, &mut goals);
    let total = total::total(project, edition, &execution, &goals);
    ProjectScore {
        execution,
        goals,
        total,
    }
}
