//! What undo costs in memory: 1,000 changes in a project of 10,000 rows, all in one group.
//!
//! Document and history together have to stay under twice the size of the document alone, and the history's own estimate,
//! which bounds it, has to be near what the allocator counts. Exits with 1 where either fails.

use std::process::ExitCode;

use jiping::{
    edit::{
        command::{EditCommand, NewParts, Parts},
        history::{History, Limits},
    },
    model::{
        document::Document,
        edition::Edition,
        id::{CountedIds, Id},
        indicator::Indicator,
        path::IndicatorField,
        project::Project,
    },
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const ROWS: usize = 10_000;
const EDITS: usize = 1_000;
const MOST: f64 = 2.0;
/// How far the estimate may be from the count, as a factor.
const ESTIMATE: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// One of the changes, by number, in a project.
type Change = fn(&Project, usize, &mut CountedIds) -> EditCommand;

fn main() -> ExitCode {
    let kinds: [(&str, Change); 2] = [
        ("typing into 1,000 rows", typing),
        ("adding and removing rows", rows_in_and_out),
    ];
    let held: Vec<bool> = kinds
        .into_iter()
        .map(|(name, change)| is_held(name, change))
        .collect();
    if held.into_iter().all(|held| held) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn is_held(name: &str, change: Change) -> bool {
    let before = HEAP.current_usage();
    let mut ids = CountedIds(0);
    let mut history = History::new(document(&mut ids), Limits::default());
    let own = HEAP.current_usage() - before;
    for number in 0..EDITS {
        let document = history.document().clone();
        let project = document.projects.first().expect("a project");
        let command = change(project, number, &mut ids);
        let changed = history.edit(&command, None);
        assert_eq!(changed, Ok(true), "every change is a step");
    }
    assert_eq!(history.undo_labels().count(), EDITS, "no step was dropped");
    let counted = HEAP.current_usage() - before - own;
    let ratio = (own + counted) as f64 / own as f64;
    let estimate = history.bytes() as f64 / counted as f64;
    println!(
        "{name}: document {} KiB, history {} KiB, together {ratio:.2} times the document (at most {MOST}); \
         estimate {estimate:.2} times the count",
        own / 1024,
        counted / 1024,
    );
    ratio < MOST && ESTIMATE.contains(&estimate)
}

fn document(ids: &mut CountedIds) -> Document {
    let edition = include_str!("../assets/editions/shenzhen-2020.json");
    let edition: Edition = serde_json::from_str(edition).expect("an edition");
    let mut project = Project::blank(&edition, ids);
    let goal = project.goals.get_mut(0).expect("a goal");
    let section = goal.sections.get_mut(0).expect("a section");
    let group = section.groups.get_mut(0).expect("a group");
    group.indicators = (0..ROWS).map(|number| row(number, ids)).collect();
    let mut document = Document::new(Id::new(ids));
    document.projects.push(project);
    document
}

fn row(number: usize, ids: &mut CountedIds) -> Indicator {
    let mut row = Indicator::blank(ids);
    row.name = format!("年度课题数量（第{number}项）");
    row.target = "≥14个".into();
    row.actual = "15个".into();
    row.weight = "15".into();
    row.score = "14.70".into();
    row.deviation = "受疫情影响，部分课题顺延至下年完成，已调整计划。".into();
    row
}

fn typing(project: &Project, number: usize, _: &mut CountedIds) -> EditCommand {
    let row = project.rows().nth(number * 7919 % ROWS).expect("a row");
    EditCommand::SetCell {
        at: project.at_indicator(row.indicator, IndicatorField::Actual),
        text: format!("已完成{number}个"),
    }
}

fn rows_in_and_out(project: &Project, number: usize, ids: &mut CountedIds) -> EditCommand {
    let view = project.rows().nth(number * 7919 % ROWS).expect("a row");
    if number.is_multiple_of(2) {
        EditCommand::Insert {
            project: project.id,
            parts: NewParts::Indicators(view.group.id, vec![row(number, ids)]),
            index: view.number,
        }
    } else {
        EditCommand::Remove {
            project: project.id,
            parts: Parts::Indicators(vec![view.indicator.id]),
        }
    }
}
