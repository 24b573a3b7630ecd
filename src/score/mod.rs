//! What a form is worth: pure functions from an edition's policies and the filed values to scores whose working can be
//! shown. The number a person typed stands; the computed one stands beside it.

pub mod explanation;
pub mod outcome;

pub use outcome::*;

use crate::model::{edition::Edition, project::Project};

/// Scores a whole form.
pub fn score_project(_project: &Project, _edition: &Edition) -> ProjectScore {
    unimplemented!()
}
