//! The summary of a thousand projects against reading them: parsing their file and checking them all. Both are timed in turns;
//! the ratio of the medians must not pass [`LIMIT`].

mod large;
mod stopwatch;
mod thousand;
mod varied;

use std::{process::ExitCode, sync::Arc};

use jiff::civil::date;
use jiping::{
    model::{document::Document, edition::Edition, id::CountedIds, project::Project},
    rules::checker::check_project,
    store::{editions::EditionShelf, format},
    summary::{Subject, csv::csv, flat, lines::lines, overview::Overview, workbook::workbook},
};
use stopwatch::{median, timed};
use thousand::{PROJECTS, ROWS};

const ROUNDS: usize = 5;
/// The plain tables with their files, the overview and its workbook take at most so many times as long as reading.
const LIMIT: f64 = 10.0;

fn main() -> ExitCode {
    let mut kept = true;
    for (name, document) in thousand::documents() {
        kept &= measure(name, &told_apart(document));
    }
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The document with a name, a unit and a text of its own in every project, as a thousand forms have.
fn told_apart(mut document: Document) -> Document {
    for index in 0..document.projects.len() {
        let project = document.projects.get_mut(index).expect("a project");
        project.header.insert(
            "project_name".to_owned(),
            format!("第{index}号项目").as_str().into(),
        );
        project.header.insert(
            "unit".to_owned(),
            format!("第{}单位", index / 10).as_str().into(),
        );
        let goal = project.goals.get_mut(0).expect("a goal");
        let words = format!("第{index}号项目{}", &*goal.actual);
        goal.actual = words.as_str().into();
    }
    document
}

fn measure(name: &str, document: &Document) -> bool {
    let bytes = format::write(document);
    let reference = &document.projects.first().expect("a project").edition;
    let edition = EditionShelf::built_in()
        .get(reference)
        .expect("built in")
        .edition;
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..ROUNDS {
        let mut subjects = Vec::new();
        times[0].push(timed(|| subjects = read(&bytes, &edition)));
        times[1].push(timed(|| {
            let tables = flat::tables(&subjects);
            let sizes = tables
                .iter()
                .map(|table| csv(table).len() + lines(table).len());
            sizes.sum::<usize>()
        }));
        let mut overview = None;
        let time = date(2021, 3, 1).at(9, 0, 0, 0);
        times[2].push(timed(|| overview = Some(Overview::of(&subjects, time))));
        let overview = overview.expect("an overview");
        times[3].push(timed(|| workbook(&overview).expect("a workbook")));
    }
    let [reading, plain, overview, book] = times.map(median);
    let ratio = (plain + overview + book).as_secs_f64() / reading.as_secs_f64();
    println!("{name}: {PROJECTS} projects × {ROWS} indicators");
    println!(
        "  plain tables {plain:.1?}, overview {overview:.1?}, workbook {book:.1?}, reading {reading:.1?}: ratio {ratio:.1} (limit {LIMIT})"
    );
    ratio <= LIMIT
}

fn read(bytes: &[u8], edition: &Arc<Edition>) -> Vec<Subject> {
    let document = format::read(bytes, &mut CountedIds(0))
        .expect("our own bytes")
        .document;
    let subject = |project: &Arc<Project>| Subject {
        file: "一千个项目.jiping".to_owned(),
        project: Arc::clone(project),
        edition: Arc::clone(edition),
        findings: Arc::new(check_project(project, edition, date(2021, 3, 1))),
    };
    document.projects.iter().map(subject).collect()
}
