//! What a form is worth: pure functions from an edition's policies and the filed values to scores whose working can be
//! shown. The number a person typed stands; the computed one stands beside it.

mod comparator;
mod deadline;
mod execution;
pub mod explanation;
pub mod fraction;
mod group;
mod judgement;
pub mod outcome;
mod qualitative;
mod quantitative;
mod total;
mod unit;

pub use execution::{ExecutionRate, execution_rate};
pub use group::score_row;
pub use outcome::*;
pub use unit::{converted, says_the_same};

use crate::model::{edition::Edition, project::Project};

/// Scores a whole form.
///
/// Nothing is formatted here and nothing is allocated but the lists of the outcome: every check begins with it.
pub fn score_project(project: &Project, edition: &Edition) -> ProjectScore {
    let context = group::Context {
        edition,
        form_year: project.year(),
    };
    let goals: Vec<GoalScore> = project
        .goals
        .iter()
        .map(|goal| GoalScore {
            sections: goal
                .sections
                .iter()
                .map(|section| total::section(section, context))
                .collect(),
        })
        .collect();
    let execution = execution::score(project, edition);
    let total = total::total(project, edition, &execution, &goals);
    ProjectScore {
        execution,
        goals,
        total,
    }
}
