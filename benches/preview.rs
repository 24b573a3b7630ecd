//! The preview after an edit against laying everything out and drawing it for the first time.
//!
//! What is measured is what the preview's jobs do: put the order together, lay out, compare looks, draw the pages that look
//! different now. The window goes on meanwhile.

mod stopwatch;

use std::{collections::HashSet, path::Path, process::ExitCode, sync::Arc, time::Duration};

use jiff::{civil::date, tz::TimeZone};
use jiping::{
    edit::command::EditCommand,
    model::path::{IndicatorField, Place},
    session::{
        environment::{Environment, FixedClock},
        print::{Copy, Extent, PrintOptions, Proof},
        session::Session,
    },
    sheet::{
        fonts::{Face, SystemFonts},
        layout::Typesetter,
        picture::Region,
    },
    store::simulated::SimulatedFs,
};
use stopwatch::{median, timed};

const SAMPLE: &[u8] = include_bytes!("../assets/samples/shenzhen-2020-filed.jiping");
const ROUNDS: usize = 15;
/// A refresh over a first layout, at most; and what is aimed at.
const LIMIT: f64 = 1.0;
const AIM: f64 = 0.5;
/// Pixels per point of 1/72 inch: pages as wide as in a window of 1366.
const SCALE: f64 = 1.0;

fn main() -> ExitCode {
    let typesetter = Typesetter::with_fonts(SystemFonts::from_fn(Vec::new));
    let mut session = opened();
    let mut known = HashSet::new();
    refresh(&mut session, &typesetter, &mut known);
    let (mut after_edit, mut at_first) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        edit(&mut session, round);
        after_edit.push(timed(|| refresh(&mut session, &typesetter, &mut known)));
    }
    for round in 0..ROUNDS {
        edit(&mut session, round);
        typst::comemo::evict(0);
        at_first.push(timed(|| {
            refresh(&mut session, &typesetter, &mut HashSet::new())
        }));
    }
    told(median(after_edit), median(at_first))
}

fn told(ours: Duration, against: Duration) -> ExitCode {
    let ratio = ours.as_secs_f64() / against.as_secs_f64();
    println!(
        "the preview after an edit {ours:.1?}, laid out and drawn at first {against:.1?}, ratio {ratio:.2} (limit {LIMIT}, aim {AIM})"
    );
    if ratio <= LIMIT {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn opened() -> Session {
    let fs = SimulatedFs::new();
    fs.put("/form.jiping", SAMPLE);
    let now = date(2021, 3, 5).at(9, 0, 0, 0).to_zoned(TimeZone::UTC);
    let clock = Arc::new(FixedClock::new(now.expect("a time")));
    let environment = Arc::new(Environment::for_tests(&fs, clock, 1));
    Session::open(environment, Path::new("/form.jiping")).expect("it opens")
}

/// Another actual value in a row of the first page.
fn edit(session: &mut Session, round: usize) {
    let project = session.document().projects.get(0).expect("a project");
    let row = project.rows().nth(3).expect("a row").indicator.id;
    let command = EditCommand::SetCell {
        at: project.at(Place::Indicator(row, IndicatorField::Actual)),
        text: format!("{} 次", round + 1),
    };
    session.edit(&command).expect("it is allowed");
}

/// Lays out, and draws the pages that look different from all before.
fn refresh(session: &mut Session, typesetter: &Typesetter, known: &mut HashSet<u128>) -> Proof {
    let project = session.document().projects.get(0).expect("a project").id;
    let order = session.print_order(PrintOptions {
        extent: Extent::Project(project),
        copy: Copy::Official,
        face: Face::Bundled,
    });
    let proof = order.proof(typesetter).expect("pages");
    for (page, look) in proof.looks.iter().enumerate() {
        if known.insert(*look) {
            let (width, height) = proof.pages.size(page).expect("a page");
            let region = Region {
                left: 0,
                top: 0,
                width: (width * SCALE) as u32,
                height: (height * SCALE) as u32,
            };
            let picture = proof.pages.part_of_picture(page, SCALE, region);
            std::hint::black_box(picture.expect("a picture"));
        }
    }
    proof
}
