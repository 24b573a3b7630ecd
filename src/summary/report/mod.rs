//! The 绩效自评报告: filled in as far as the documents say it, plainly marked where a person writes.
//!
//! | module | what it is |
//! |---|---|
//! | `told` | a project with what the chapters tell of it |
//! | `chapters` | the chapters in their order |
//! | `funds` | amounts, execution, management of the funds |
//! | `indicators` | completion by first-level indicator |
//! | `deviations` | reasons and measures as written, and those that are missing |
//! | `overview` | 汇总表: all projects in one table |
//! | `writing` | headings, paragraphs and tables |

mod chapters;
mod deviations;
mod funds;
mod indicators;
mod overview;
mod told;
mod writing;

use jiff::civil::DateTime;

use super::Subject;
use crate::{
    model::edition::Orientation,
    sheet::{
        fonts::Face,
        word::document::{Document, Look, Section},
    },
};
use told::Told;

/// The report on these projects.
///
/// Figures are those that the forms state, in the unit in which they state them. What is computed (a rate where none is
/// stated, sums over projects, amounts converted to another unit) says so. What no form says is asked for in a run that
/// cannot be overlooked.
pub fn report(subjects: &[Subject], time: DateTime) -> Document {
    let told: Vec<Told> = subjects.iter().map(|one| Told::new(one, time)).collect();
    let mut sections = vec![Section {
        page: Orientation::Portrait,
        restarts: true,
        footer: None,
        elements: chapters::elements(&told, time),
    }];
    if told.len() > 1 {
        sections.push(Section {
            page: Orientation::Landscape,
            restarts: false,
            footer: None,
            elements: overview::appendix(&told),
        });
    }
    Document {
        title: chapters::title(&told)
            .iter()
            .filter(|run| !run.open)
            .map(|run| run.text.as_str())
            .collect(),
        time,
        face: Face::FangSong,
        look: Look::Report,
        mark: None,
        sections,
    }
}
