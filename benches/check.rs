//! Checking a large document by all rules: against opening its file, and after one edit against checking it all. All are timed
//! in turns; the ratios of the medians must not pass their limits. The ratio to the plain serde_json parse of the file, which
//! opening is measured by, is told beside.

mod large;
mod plain;
mod stopwatch;
mod thousand;
mod varied;

use std::{process::ExitCode, sync::Arc};

use jiff::civil::date;
use jiping::{
    model::{document::Document, edition::Edition, id::CountedIds, project::EditionRef},
    rules::checker::{Checker, EditionSource},
    store::{editions::EditionShelf, format},
};
use stopwatch::{median, timed};
use thousand::{PROJECTS, ROWS};

const ROUNDS: usize = 9;
/// Checking everything takes at most as long as opening.
const CHECK_LIMIT: f64 = 1.0;
/// Checking again after one edit takes at most this share of checking everything.
const RECHECK_LIMIT: f64 = 1.0 / 300.0;

/// The one edition of the documents.
struct OneEdition(Arc<Edition>);

impl EditionSource for OneEdition {
    fn edition(&self, _: &EditionRef) -> Option<Arc<Edition>> {
        Some(Arc::clone(&self.0))
    }

    fn revision(&self) -> u64 {
        0
    }
}

fn main() -> ExitCode {
    let mut kept = true;
    for (name, document) in thousand::documents() {
        kept &= measure(name, &document);
    }
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn measure(name: &str, document: &Document) -> bool {
    let reference = document
        .projects
        .first()
        .expect("a project")
        .edition
        .clone();
    let edition = EditionShelf::built_in()
        .get(&reference)
        .expect("built in")
        .edition;
    let source = OneEdition(edition);
    let today = date(2021, 3, 1);
    let bytes = format::write(document);
    let (mut parses, mut opens) = (Vec::new(), Vec::new());
    let (mut checks, mut again) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        opens.push(timed(|| {
            format::read(&bytes, &mut CountedIds(0)).expect("our own bytes")
        }));
        parses.push(timed(|| plain::parse(&bytes)));
        let mut checker = Checker::default();
        checks.push(timed(|| checker.check(document, &source, today)));
        let edited = edited(document, round * 100);
        again.push(timed(|| checker.check(&edited, &source, today)));
    }
    let (parse, open) = (median(parses), median(opens));
    let (check, again) = (median(checks), median(again));
    let all = check.as_secs_f64() / open.as_secs_f64();
    let plain = check.as_secs_f64() / parse.as_secs_f64();
    let one = again.as_secs_f64() / check.as_secs_f64();
    println!("{name}: {PROJECTS} projects × {ROWS} indicators");
    println!(
        "  check everything {check:.1?}, opening {open:.1?}: ratio {all:.2} (limit {CHECK_LIMIT}); plain parse {parse:.1?}: {plain:.2}"
    );
    println!(
        "  check after one edit {again:.1?}: 1/{:.0} (limit 1/{:.0})",
        1.0 / one,
        1.0 / RECHECK_LIMIT
    );
    all <= CHECK_LIMIT && one <= RECHECK_LIMIT
}

/// The document after one cell of one project was changed.
fn edited(document: &Document, index: usize) -> Document {
    let mut document = document.clone();
    let project = document.projects.get_mut(index).expect("a project");
    let goal = project.goals.get_mut(0).expect("a goal");
    let group = goal
        .sections
        .get_mut(0)
        .and_then(|section| section.groups.get_mut(0));
    let row = group
        .and_then(|group| group.indicators.get_mut(3))
        .expect("a row");
    row.actual = "9次".into();
    document
}
