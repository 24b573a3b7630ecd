//! Many projects at once: tables for programs and people, the 汇总表 over documents, the 绩效自评报告.
//!
//! | module | what it is |
//! |---|---|
//! | [`table`] | a plain table: columns, rows of values |
//! | [`flat`] | projects, funds, indicators, findings as plain tables |
//! | [`csv`], [`lines`] | plain tables as CSV and as JSON Lines |
//! | `facts` | what all tables ask of a project |
//! | [`overview`] | the 汇总表: projects, sections, departments, units, ratings, texts that look alike |
//! | [`progress`] | stages and deadlines of all projects |
//! | [`workbook`], [`paper`] | the 汇总表 as .xlsx, and on paper |
//! | [`report`] | the 绩效自评报告 as a Word document |

use std::sync::Arc;

use crate::{
    model::{edition::Edition, project::Project},
    rules::checker::ProjectFindings,
};

pub mod csv;
mod facts;
pub mod flat;
pub mod lines;
pub mod overview;
pub mod paper;
pub mod progress;
pub mod report;
pub mod table;
pub mod workbook;

/// A project as it comes into a summary.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The name of its file, without folder.
    pub file: String,
    /// The project.
    pub project: Arc<Project>,
    /// The edition it is filled in on.
    pub edition: Arc<Edition>,
    /// What was found in it.
    pub findings: Arc<ProjectFindings>,
}
