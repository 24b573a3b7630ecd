//! One open file, in a world in memory: what a page or a command may rely on.

mod comparing;
mod editions;
mod export;
mod findings;
mod import;
mod jobs;
mod library;
mod outside;
mod print;
mod privacy;
mod recovery;
mod reviewing;
mod saving;
mod versions;

use std::{path::Path, sync::Arc};

use jiff::{Zoned, civil::date};
use jiping::{
    edit::command::EditCommand,
    model::{
        path::{CellPath, IndicatorField, Place},
        project::header,
    },
    session::{
        environment::{Environment, FixedClock},
        session::Session,
    },
    store::simulated::SimulatedFs,
};

pub const FILE: &str = "/项目/自评表 2020.jiping";
const FILED: &[u8] = include_bytes!("../../assets/samples/shenzhen-2020-filed.jiping");

fn noon() -> Zoned {
    let noon = date(2021, 3, 1).at(12, 0, 0, 0);
    noon.in_tz("UTC").expect("a time that exists")
}

/// The world around a session, with ids that no sample has.
pub fn world(fs: &SimulatedFs) -> Arc<Environment> {
    let clock = Arc::new(FixedClock::new(noon()));
    Arc::new(Environment::for_tests(fs, clock, 0xF000_0000_0000_0000))
}

/// A disk with the filed sample as [`FILE`].
pub fn disk() -> SimulatedFs {
    let fs = SimulatedFs::new();
    fs.put(FILE, FILED);
    fs
}

pub fn open(fs: &SimulatedFs) -> Session {
    Session::open(world(fs), Path::new(FILE)).expect("opens")
}

/// Sets a cell of the first project.
fn set(session: &Session, place: Place, text: &str) -> EditCommand {
    let project = session.document().projects.first().expect("a project");
    EditCommand::SetCell {
        at: project.at(place),
        text: text.into(),
    }
}

fn rename(session: &mut Session, name: &str) {
    let command = set(session, Place::Header(header::PROJECT_NAME.into()), name);
    assert_eq!(session.edit(&command), Ok(true));
}

fn name(session: &Session) -> String {
    session
        .document()
        .projects
        .first()
        .expect("a project")
        .name()
        .to_owned()
}

/// The place of a field of the `index`-th row of the first project.
fn row_place(session: &Session, index: usize, field: IndicatorField) -> Place {
    let project = session.document().projects.first().expect("a project");
    let rows: Vec<_> = project.rows().map(|view| view.indicator.id).collect();
    Place::Indicator(rows[index % rows.len()], field)
}
